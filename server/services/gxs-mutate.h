/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxs-authz.h"
#include "gxs-batch.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Push (sync.md 1.4, 1.5): ordered, idempotent mutations of one client. Beside what sync.md shows, a base may carry the
 * value that the writer saw, "b":{"s":17,"v":"a,b"}: fields that merge (SET, APPEND) need it to do so.
 * @out_json gets the whole answer. */
gboolean gxs_mutate_push (GxsBatch *batch, const GxsAuthz *authz, JsonObject *body, GString *out_json, GError **error);

gboolean gxs_fail_schema (gint64 schema, int oldest, GError **error);

G_END_DECLS
