/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxs-authz.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The feed (sync.md 1.6, 1.7), as NDJSON. Cursors are opaque to clients, but as decimal numbers they may be compared.
 *
 *   pull       {"t":"hdr","epoch":…,"perm_ver":…,"roles":[…]}
 *              {"t":"scope-","s":…}  {"t":"scope+","s":…,"rows":n}
 *              {"t":"gone","s":…,"tbl":…,"id":…}  {"t":"put","s":[…],…}
 *              {"t":"end","cursor":"5122","more":false,"n":1873,"sha":"…"}
 *   bootstrap  {"t":"hdr","epoch":…,"perm_ver":…,"scope":…,"start":"5100"}
 *              {"t":"put","s":["br:NB01"],…}
 *              {"t":"end","after":"…","more":true,"n":…,"sha":"…"}       (no "after" on the last page)
 *
 * n counts the lines before "end", sha is the SHA-256 over their bytes, newlines included. Every page is one snapshot of
 * @db. "start" of a scope's first page is where the pull must begin. */
gboolean gxs_feed_pull      (GxDb *db, const GxsAuthz *authz, JsonObject *body, GString *out, GError **error);
gboolean gxs_feed_bootstrap (GxDb *db, const GxsAuthz *authz, const char *scope, const char *after, gint64 limit,
                             GString *out, GError **error);

G_END_DECLS
