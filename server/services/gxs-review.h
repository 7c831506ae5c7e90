/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "gxs-authz.h"
#include "gxs-batch.h"

G_BEGIN_DECLS

/* Dual review (trust.md 1). Each runs inside the committer's batch and sets @out_json to the answer's canonical text. */
gboolean gxs_review_submit   (GxsBatch *batch, const GxsAuthz *authz, const GxId *cr_id, const GxId *mut_id, JsonObject *set,
                              char **out_json, gint64 *out_seq, GError **error);
gboolean gxs_review_decide   (GxsBatch *batch, const GxsAuthz *authz, const GxId *cr_id, JsonObject *body, char **out_json, GError **error);
gboolean gxs_review_withdraw (GxsBatch *batch, const GxsAuthz *authz, const GxId *cr_id, JsonObject *body, char **out_json, GError **error);
gboolean gxs_review_rebase   (GxsBatch *batch, const GxsAuthz *authz, const GxId *cr_id, JsonObject *body, char **out_json, GError **error);
gboolean gxs_review_revise   (GxsBatch *batch, const GxsAuthz *authz, const GxId *cr_id, JsonObject *body, char **out_json, GError **error);

/* Timers. */
gboolean gxs_review_sweep    (GxsBatch *batch, GError **error);

/* Reading: one request in clear for whoever may decide or made it (a checker sees what the request before him touches);
 * lists, and the values of change_request's GX_COMPOSED fields for the feed, masked for @authz. */
gboolean gxs_review_show     (GxDb *db, const GxsAuthz *authz, const GxId *cr_id, char **out_json, GError **error);
gboolean gxs_review_list     (GxDb *db, const GxsAuthz *authz, const char *box, const char *cursor, char **out_json, GError **error);
gboolean gxs_review_compose  (GxDb *db, const GxsAuthz *authz, gpointer change_request, GError **error);

G_END_DECLS
