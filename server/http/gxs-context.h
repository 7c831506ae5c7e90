/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "gxs-route.h"

G_BEGIN_DECLS

/**
 * GxsHeader: the request headers that handlers may ask for. Nothing else of the HTTP message crosses to them.
 */
typedef enum
{
  GXS_HEADER_CLIENT,              /* X-Client */
  GXS_HEADER_SCHEMA,              /* X-Schema */
  GXS_HEADER_IDEMPOTENCY_KEY,
  GXS_HEADER_UPLOAD_OFFSET,
  GXS_HEADER_CHUNK_SHA256,        /* X-Chunk-Sha256 */
  GXS_HEADER_IF_MATCH,
  GXS_HEADER_IF_NONE_MATCH,
  GXS_HEADER_RANGE,               /* of routes with %GXS_ROUTE_RANGE, whose answers are cut by the gate */
  GXS_N_HEADERS
} GxsHeader;

/**
 * GxsContext: one request on its way through a handler, and its answer on the way back. A plain struct, no GObject: it
 * belongs to one thread at a time, handed from the I/O worker to a pool (to the committer) and back.
 */

/* The request */
const GxsRoute *gxs_context_get_route       (GxsContext *ctx);
const char     *gxs_context_get_arg         (GxsContext *ctx, guint index);
const char     *gxs_context_get_query       (GxsContext *ctx, const char *name);
gboolean        gxs_context_get_query_int   (GxsContext *ctx, const char *name, gint64 min, gint64 max, gint64 fallback,
                                             gint64 *out_value, GError **error);
void            gxs_context_foreach_query   (GxsContext *ctx, GHFunc func, gpointer user_data);
const char     *gxs_context_get_header      (GxsContext *ctx, GxsHeader header);
JsonNode       *gxs_context_get_json        (GxsContext *ctx);
GBytes         *gxs_context_get_body        (GxsContext *ctx);
const char     *gxs_context_get_remote_ip   (GxsContext *ctx);
guint64         gxs_context_get_request_id  (GxsContext *ctx);

gint64          gxs_context_get_started     (GxsContext *ctx);

/* Who asks, and what the server gives to work with */
gpointer        gxs_context_get_session     (GxsContext *ctx);
gpointer        gxs_context_get_services    (GxsContext *ctx);
gpointer        gxs_context_get_thread_data (GxsContext *ctx);

/* The answer */
void            gxs_context_set_status      (GxsContext *ctx, guint status);
void            gxs_context_set_json        (GxsContext *ctx, GBytes *json);
void            gxs_context_set_body        (GxsContext *ctx, const char *content_type, GBytes *body);
void            gxs_context_add_header      (GxsContext *ctx, const char *name, const char *value);
void            gxs_context_complete        (GxsContext *ctx, GError *error);

G_END_DECLS
