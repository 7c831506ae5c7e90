/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-store.h"

G_BEGIN_DECLS

void gxc_defaults_fill (GxcStore *store, const GxEntity *entity, gpointer data);

G_END_DECLS
