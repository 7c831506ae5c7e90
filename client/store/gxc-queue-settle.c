/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A mutation gets its result and leaves the queue: done, it is kept a while (its effect may not have come back yet, and a
 * server restored from a backup will want it again); refused, all of it goes to the Issues tray (sync.md 1.4, 2).
 *
 * A result that was told unasked names the mutation it is for: where another one has that number here, this store and
 * another were one, and have gone different ways.
 */
#include "gx-bug.h"
#include "gxc-queue-private.h"

#include "gx-json.h"
#include "gxc-meta.h"
#include "gxc-overlay.h"
#include "gxc-store-private.h"

#define ACKED_KEPT_MS (7 * 24 * 3600 * G_GINT64_CONSTANT (1000))     /* for a server that comes back from a backup */

/* What was asked, what came back, and what the person saw before: all that the Issues tray shows. */
/* An issue is told and kept in the words of the present schema: what is made of it is a new mutation. */
static char *
write_issue (const GxcMutation *mutation,
             const char        *result,
             const char        *original)
{
  GString *out = g_string_new (NULL);
  g_autoptr(JsonNode) node = gxc_body_read (mutation->body, mutation->schema, NULL);
  g_autofree char *body = node != NULL ? gxc_body_of_object (json_node_get_object (node)) : g_strdup (mutation->body);
  GxJsonWriter writer;

  gx_json_writer_init (&writer, out);
  gx_json_writer_begin_object (&writer);
  gx_json_writer_put_raw (&writer, "mutation", body);
  gx_json_writer_put_raw (&writer, "result", result);
  if (original != NULL)
    gx_json_writer_put_raw (&writer, "original", original);
  gx_json_writer_end_object (&writer);

  return g_string_free (out, FALSE);
}

static gboolean
open_issue (GxcStore           *store,
            const GxcMutation  *mutation,
            const char         *st,
            const char         *result,
            GError            **error)
{
  GxDb *db = gxc_store_get_db (store);
  g_autofree char *original = gxc_overlay_dup_original (db, mutation->mid);
  g_autofree char *body = write_issue (mutation, result, original);

  gxc_store_note (store, GXC_CHANGED_ISSUES);

  return gx_db_run (db, error, "INSERT INTO issue(mid, kind, body, opened_at, bundle) VALUES(?, ?, ?, ?, ?)", "ittiu", mutation->mid, st,
                    body, gx_clock_now (gxc_store_get_clock (store)), &mutation->bundle)
         && gx_db_run (db, error, "DELETE FROM queue WHERE mid=?", "i", mutation->mid)
         && gxc_overlay_lift (store, mutation->mid, error);
}

static gboolean
keep_acked (GxcStore           *store,
            const GxcMutation  *mutation,
            gint64              seq,
            GError            **error)
{
  GxDb *db = gxc_store_get_db (store);
  gint64 now = gx_clock_now (gxc_store_get_clock (store));
  g_autofree char *original = gxc_overlay_dup_original (db, mutation->mid);

  return gx_db_run (db, error, "INSERT INTO acked(mid, mut_id, tbl, id, seq, body, until, op, bundle, schema, created_at, original)"
                    " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", "iutuititunit", mutation->mid, &mutation->mut_id, mutation->tbl,
                    &mutation->id, seq, mutation->body, now + ACKED_KEPT_MS, mutation->op, &mutation->bundle, mutation->schema,
                    mutation->created_at, original)
         && gx_db_run (db, error, "DELETE FROM queue WHERE mid=?", "i", mutation->mid)
         && gx_db_run (db, error, "DELETE FROM acked WHERE until<? AND mid NOT IN (SELECT mid FROM cover)", "i", now)
         && gxc_overlay_acknowledge (store, mutation->mid, seq, error);
}

static gboolean
find_mutation (GxDb          *db,
               gint64         mid,
               GxcMutation  **out,
               GError       **error)
{
  g_autoptr(GxStatement) statement = gx_db_query (db, error, GXC_SELECT_QUEUE "WHERE mid=?", "i", mid);
  g_autoptr(GPtrArray) found = gxc_queue_load (statement, error);

  if (found == NULL)
    return FALSE;
  *out = found->len > 0 ? g_ptr_array_steal_index (found, 0) : NULL;

  return TRUE;
}

/* Results come in the order of the queue; one out of turn would be the end of those before it. */
static gboolean
check_turn (GxDb             *db,
            const GxcResult  *result,
            GError          **error)
{
  gint64 head = 0;

  if (!gx_db_find_int (db, &head, error, "SELECT COALESCE(MIN(mid), 0) FROM queue", NULL))
    return FALSE;

  return head == result->mid
         || gx_fail (error, GX_ERROR_MALFORMED, "a result for mutation %" G_GINT64_FORMAT ", where %" G_GINT64_FORMAT " is the next",
                     result->mid, head);
}

static gboolean
fail_forked (gint64   mid,
             GError **error)
{
  return gx_fail (error, GX_ERROR_CLIENT_FORKED, "mutation %" G_GINT64_FORMAT " is another one at the bank", mid);
}

/* Nothing here waits for that result: it is here already; told unasked, under a number never given, it is another's. */
static gboolean
settle_unknown (GxDb             *db,
                const GxcResult  *result,
                GError          **error)
{
  return gx_id_is_none (&result->mut_id) || result->mid <= gxc_meta_get_int (db, GXC_META_LAST_MID) || fail_forked (result->mid, error);
}

/**
 * gxc_queue_settle:
 *
 * The mutation has its result: it leaves the queue. If it was refused, all of it goes to the Issues tray. Told twice, the
 * second time does nothing. Inside a GxcStoreFunc and a transaction.
 *
 * Errors: %GX_ERROR_CLIENT_FORKED if it is another mutation's result, %GX_ERROR_MALFORMED if one before it has none
 */
gboolean
gxc_queue_settle (GxcStore         *store,
                  const GxcResult  *result,
                  GError          **error)
{
  GxDb *db = gxc_store_get_db (store);
  g_autoptr(GxcMutation) mutation = NULL;
  gboolean refused = !GX_BUG (GX_BUG_ISSUE) && (g_str_equal (result->st, "conflict") || g_str_equal (result->st, "rejected"));

  if (!find_mutation (db, result->mid, &mutation, error))
    return FALSE;
  if (mutation == NULL)
    return settle_unknown (db, result, error);
  if (!gx_id_is_none (&result->mut_id) && !gx_id_equal (&result->mut_id, &mutation->mut_id))
    return fail_forked (result->mid, error);
  if (!check_turn (db, result, error))
    return FALSE;

  gxc_store_note (store, GXC_CHANGED_QUEUE);

  return gx_db_run (db, error, "INSERT INTO result(mid, st, body) VALUES(?, ?, ?)", "itt", result->mid, result->st, result->text)
         && (refused ? open_issue (store, mutation, result->st, result->text, error)
             : keep_acked (store, mutation, result->seq, error))
         && gxc_meta_set_int (store, GXC_META_ACK_MID, result->mid, error);
}
