/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxs-context.h"
#include "gxs-services.h"

G_BEGIN_DECLS

/* What handlers have in common: the services, the rights of whoever asks, reading on this thread's connection, writing
 * through the committer. */
GxsServices *gxs_handle_services  (GxsContext *ctx);
GxsSession  *gxs_handle_session   (GxsContext *ctx);
GxDb        *gxs_handle_reader    (GxsContext *ctx);
GxsAuthz    *gxs_handle_authz     (GxsContext *ctx, GxDb *db, GError **error);
JsonObject  *gxs_handle_object    (GxsContext *ctx, GError **error);
gboolean     gxs_handle_id_arg    (GxsContext *ctx, guint index, GxId *out_id, GError **error);
void         gxs_handle_take_json (GxsContext *ctx, char *json);
void         gxs_handle_take_text (GxsContext *ctx, const char *content_type, GString *text);

/* What a handler writes. Runs on the committer's thread; may run twice (see GxsStoreWork). @out: the answer's JSON, empty
 * for none. */
typedef gboolean (*GxsHandleWork) (GxsBatch *batch, const GxsAuthz *authz, GxsContext *ctx, GString *out, GError **error);

/* Of a %GXS_ROUTE_ASYNC route: TRUE, and the answer follows the commit. */
gboolean     gxs_handle_write     (GxsContext *ctx, GxsHandleWork work, GError **error);

G_END_DECLS
