/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-digest-entity.h"
#include "gxc-store.h"

G_BEGIN_DECLS

/* The customers' figures, kept with the rows behind them. Inside a GxcStoreFunc. */
void     gxc_digest_touch    (GxcStore *store, const GxEntity *entity, gconstpointer data);
gboolean gxc_digest_forget   (GxcStore *store, const GxEntity *entity, const GxId *id, GError **error);
gboolean gxc_digest_flush    (GxcStore *store, GError **error);
void     gxc_digest_defer    (GxcStore *store, gboolean defer);
gboolean gxc_digest_catch_up (GxcStore *store, guint max_rows, gboolean *out_more, GError **error);

/* Readers, see gxc-list.h. */
gint32   gxc_business_date      (GxDb *db, GxClock *clock);
gboolean gxc_digest_is_complete (GxDb *db);

G_END_DECLS
