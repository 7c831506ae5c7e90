/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity-json.h"
#include "gxc-store.h"

G_BEGIN_DECLS

/* View = what the server said + replay of this client's mutations on that row (sync.md 1.6). All inside a GxcStoreFunc. */
gboolean gxc_overlay_cover      (GxcStore *store, gint64 mid, const GxEntity *entity, const GxId *id, const char *original,
                                 GError **error);
gboolean gxc_overlay_acknowledge (GxcStore *store, gint64 mid, gint64 seq, GError **error);
gboolean gxc_overlay_lift       (GxcStore *store, gint64 mid, GError **error);
gboolean gxc_overlay_refresh    (GxcStore *store, const GxEntity *entity, const GxId *id, GError **error);
gboolean gxc_overlay_lift_acked (GxcStore *store, gint64 up_to_mid, GError **error);

gboolean gxc_overlay_put        (GxcStore *store, const GxPut *put, GError **error);
gboolean gxc_overlay_remove     (GxcStore *store, const GxEntity *entity, const GxId *id, GError **error);

gpointer gxc_overlay_find_said  (GxDb *db, const GxEntity *entity, const GxId *id);
gint64   gxc_overlay_mid_of     (GxDb *db, const GxEntity *entity, const GxId *id, const char *field);
char    *gxc_overlay_dup_original (GxDb *db, gint64 mid);

G_END_DECLS
