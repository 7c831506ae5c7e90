/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-change-item.h"
#include "gxc-store.h"

G_BEGIN_DECLS

GPtrArray *gxc_store_save (GxcStore *store, GPtrArray *changes, gboolean strict, GError **error);

G_END_DECLS
