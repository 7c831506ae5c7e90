/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-store.h"

G_BEGIN_DECLS

gboolean gxc_shape_check (GxcStore *store, GError **error);

G_END_DECLS
