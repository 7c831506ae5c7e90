/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-store.h"

G_BEGIN_DECLS

/* The full-text index of the rows as they are shown. Inside a GxcStoreFunc. */
gboolean gxc_search_touch    (GxcStore *store, const GxEntity *entity, gconstpointer data, GError **error);
gboolean gxc_search_forget   (GxcStore *store, const GxEntity *entity, const GxId *id, GError **error);
gboolean gxc_search_flush    (GxcStore *store, GError **error);
void     gxc_search_defer    (GxcStore *store, gboolean defer);
gboolean gxc_search_catch_up (GxcStore *store, guint max_rows, gboolean *out_more, GError **error);

G_END_DECLS
