/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxs-feed.h"
#include "gxs-row.h"

G_BEGIN_DECLS

/**
 * GxsFeed: one answer of the feed in the making: a snapshot's clock, and the lines so far.
 */
typedef struct
{
  GxDb           *db;
  const GxsAuthz *authz;
  GString        *out;
  gsize           start;      /* where the answer begins in out */
  guint           n;          /* lines so far */
  gint64          head;
  char           *epoch;
  GPtrArray      *scopes;     /* of char*, NULL at the end: what the client has and may have */
} GxsFeed;

gboolean gxs_feed_read_clock    (GxsFeed *feed, GError **error);
void     gxs_feed_end_line      (GxsFeed *feed);
void     gxs_feed_write_header  (GxsFeed *feed, const char *scope);
void     gxs_feed_write_trailer (GxsFeed *feed, const char *position, const char *value, gboolean more);
void     gxs_feed_write_gone    (GxsFeed *feed, const char *scope, const GxEntity *entity, const GxId *id);
gboolean gxs_feed_write_put     (GxsFeed *feed, GxsRow *row, const char *const *scopes, GError **error);
gboolean gxs_feed_write_scopes  (GxsFeed *feed, JsonArray *have, GError **error);
gboolean gxs_feed_write_results (GxsFeed *feed, gint64 ack_mid, GError **error);
gboolean gxs_feed_write_changes (GxsFeed *feed, gint64 cursor, gint64 limit, GError **error);
void     gxs_feed_clear         (GxsFeed *feed);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GxsFeed, gxs_feed_clear)

G_END_DECLS
