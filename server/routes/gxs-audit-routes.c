/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Handlers of /v1/audit. Checkpoint and proofs are for every desktop, which keeps the last checkpoint and asks whether the
 * log it saw is still the beginning of the log there is; entries are for auditors (the table's matter).
 */
#include "gxs-audit-routes.h"

#include "gxs-audit-tree.h"
#include "gxs-handle.h"

#define ENTRIES_LIMIT 1000

gboolean
gxs_route_audit_checkpoint (GxsContext  *ctx,
                            GError     **error)
{
  GxDb *db = gxs_handle_reader (ctx);
  g_autoptr(GxsAuthz) authz = gxs_handle_authz (ctx, db, error);
  char *note;

  if (authz == NULL || !gxs_audit_get_checkpoint (db, &note, error))
    return FALSE;

  gxs_handle_take_text (ctx, "text/plain; charset=utf-8", g_string_new (note));
  g_free (note);
  return TRUE;
}

gboolean
gxs_route_audit_entries (GxsContext  *ctx,
                         GError     **error)
{
  GxDb *db = gxs_handle_reader (ctx);
  g_autoptr(GxsAuthz) authz = gxs_handle_authz (ctx, db, error);
  gint64 from, limit;
  char *answer;

  if (authz == NULL
      || !gxs_context_get_query_int (ctx, "from", 1, G_MAXINT64, 1, &from, error)
      || !gxs_context_get_query_int (ctx, "limit", 1, ENTRIES_LIMIT, ENTRIES_LIMIT, &limit, error)
      || !gxs_audit_list_entries (db, from, limit, &answer, error))
    return FALSE;

  gxs_handle_take_json (ctx, answer);
  return TRUE;
}

gboolean
gxs_route_audit_proof (GxsContext  *ctx,
                       GError     **error)
{
  GxDb *db = gxs_handle_reader (ctx);
  g_autoptr(GxsAuthz) authz = gxs_handle_authz (ctx, db, error);
  gint64 seq, size;
  char *answer;

  if (authz == NULL
      || !gxs_context_get_query_int (ctx, "seq", 1, G_MAXINT64, 0, &seq, error)
      || !gxs_context_get_query_int (ctx, "size", 1, G_MAXINT64, 0, &size, error)
      || !gxs_audit_prove_inclusion (db, seq, size, &answer, error))
    return FALSE;

  gxs_handle_take_json (ctx, answer);
  return TRUE;
}

gboolean
gxs_route_audit_consistency (GxsContext  *ctx,
                             GError     **error)
{
  GxDb *db = gxs_handle_reader (ctx);
  g_autoptr(GxsAuthz) authz = gxs_handle_authz (ctx, db, error);
  gint64 first, second;
  char *answer;

  if (authz == NULL
      || !gxs_context_get_query_int (ctx, "first", 0, G_MAXINT64, 0, &first, error)
      || !gxs_context_get_query_int (ctx, "second", 0, G_MAXINT64, 0, &second, error)
      || !gxs_audit_prove_consistency (db, first, second, &answer, error))
    return FALSE;

  gxs_handle_take_json (ctx, answer);
  return TRUE;
}
