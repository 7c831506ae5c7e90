/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-api.h"
#include "gxc-store.h"

G_BEGIN_DECLS

gboolean gxc_clock_keep (GxcStore *store, GxcApi *api, GError **error);

G_END_DECLS
