/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store of results: one a mutation, written with its effect, told as often as its client asks, and by every pull until
 * the client has acknowledged it (sync.md 1.4).
 *
 * A mutation is known by its number and the hash of its body; a queue that was renumbered (a copied profile, a restored
 * server) is known by the ids that its mutations kept: then the first result is the answer under the new number too.
 * It decides nothing about mutations: that is gxs-mutation's matter, and their order gxs-mutate's.
 */
#include "gxs-result.h"

#include "gx-base64.h"
#include "gx-bug.h"
#include "gx-catalog.h"
#include "gx-json.h"

#include <string.h>

#define SEALED '!'      /* before the base64 of a body that is sealed; no JSON begins so */

/**
 * gxs_result_append:
 * @out: a list's content: a comma is put where one is needed
 * @mut_id: (nullable)
 * @body: (nullable): further members, as an object of its own
 */
void
gxs_result_append (GString    *out,
                   gint64      mid,
                   const GxId *mut_id,
                   const char *st,
                   gint64      seq,
                   const char *body)
{
  if (out->len > 0 && out->str[out->len - 1] == '}')
    g_string_append_c (out, ',');
  g_string_append_printf (out, "{\"mid\":%" G_GINT64_FORMAT ",", mid);
  if (mut_id != NULL)
    g_string_append_printf (out, "\"mut_id\":\"%s\",", GX_ID_STR (mut_id));
  g_string_append_printf (out, "\"st\":\"%s\"", st);
  if (seq > 0)
    g_string_append_printf (out, ",\"seq\":%" G_GINT64_FORMAT, seq);
  /* The body is an object of its own: its members go on here. */
  if (body != NULL)
    {
      g_string_append_c (out, ',');
      g_string_append (out, body + 1);
    }
  else
    g_string_append_c (out, '}');
}

/* A conflict tells values, and some are sealed where they stand: then so is what is kept of it. */
static char *
seal_body (GxDb               *db,
           const GxsMutation  *mutation,
           const char         *body)
{
  const GxEntity *entity = mutation->table != NULL ? gx_entity_by_name (mutation->table) : NULL;
  GxSealer *sealer = gx_db_get_sealer (db);
  g_autoptr(GBytes) sealed = NULL;
  g_autofree char *text = NULL;

  if (body == NULL || sealer == NULL || entity == NULL || gx_entity_with_flags (entity, GX_SEALED) == 0)
    return g_strdup (body);

  sealed = sealer->seal (sealer, "mut_result", "body", &mutation->mut_id, body);
  text = gx_base64_encode (g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed));
  return g_strdup_printf ("%c%s", SEALED, text);
}

static gboolean
open_body (GxDb        *db,
           const GxId  *mut_id,
           const char  *kept,
           char       **out_body,
           GError     **error)
{
  GxSealer *sealer = gx_db_get_sealer (db);
  g_autoptr(GBytes) sealed = NULL;

  *out_body = NULL;
  if (kept == NULL || *kept != SEALED)
    {
      *out_body = g_strdup (kept);
      return TRUE;
    }
  sealed = gx_base64_decode (kept + 1);
  if (sealed == NULL || sealer == NULL)
    return gx_fail (error, GX_ERROR_TAMPERED, "a stored result does not open");

  *out_body = sealer->open (sealer, "mut_result", "body", mut_id, g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed),
                            error);
  return *out_body != NULL;
}

/**
 * gxs_result_store:
 * @sha: of the mutation's canonical body
 *
 * Errors: %GX_ERROR_CONSTRAINT if the mutation's id is in use
 */
gboolean
gxs_result_store (GxsBatch           *batch,
                  const GxsMutation  *mutation,
                  const GxHash       *sha,
                  const GxsOutcome   *outcome,
                  GError            **error)
{
  GxDb *db = gxs_batch_get_db (batch);
  g_autoptr(GBytes) body_sha = g_bytes_new_static (sha->b, sizeof sha->b);
  g_autofree char *body = seal_body (db, mutation, outcome->body);

  if (GX_BUG (GX_BUG_TWICE))
    gx_db_run (db, NULL, "DELETE FROM mut_result WHERE mut_id = ?", "u", &mutation->mut_id);

  return gx_db_run (db, error,
                    "INSERT INTO mut_result(client_id, mid, mut_id, st, seq, body, at, body_sha, bundle, made_at, off, clk)"
                    " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", "uiutitibuiii", &mutation->client_id, mutation->mid,
                    &mutation->mut_id, outcome->st, outcome->seq, body, gxs_batch_get_now (batch), body_sha, &mutation->bundle,
                    mutation->at, mutation->off, mutation->clk);
}

/* Columns: st, seq, body, mut_id. */
static gboolean
append_row (GxDb         *db,
            GxStatement  *statement,
            gint64        mid,
            gboolean      with_id,
            GString      *out,
            GError      **error)
{
  GxId mut_id = gx_statement_get_id (statement, 3);
  g_autofree char *body = NULL;

  if (!open_body (db, &mut_id, gx_statement_get_text (statement, 2), &body, error))
    return FALSE;

  gxs_result_append (out, mid, with_id ? &mut_id : NULL, gx_statement_get_text (statement, 0), gx_statement_get_int (statement, 1),
                     body);
  return TRUE;
}

static gboolean
fail_forked (gint64   mid,
             GError **error)
{
  return gx_fail (error, GX_ERROR_CLIENT_FORKED, "mutation %" G_GINT64_FORMAT " was another one", mid);
}

static gboolean
is_same_body (GxStatement  *statement,
              int           column,
              const GxHash *sha)
{
  gsize size;
  gconstpointer stored = gx_statement_get_blob (statement, column, &size);

  return (size == sizeof sha->b && memcmp (stored, sha->b, size) == 0) || GX_BUG (GX_BUG_FORK);
}

/* Under its first number: the same body, or it is somebody else's mutation. */
static gboolean
find_first (GxDb               *db,
            const GxsMutation  *mutation,
            const GxHash       *sha,
            GString            *out,
            gboolean           *out_found,
            GError            **error)
{
  g_autoptr(GxStatement) statement =
    gx_db_query (db, error, "SELECT st, seq, body, mut_id, body_sha FROM mut_result WHERE client_id = ? AND mid = ?", "ui",
                 &mutation->client_id, mutation->mid);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  *out_found = gx_statement_next (statement, &local);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (!*out_found)
    return TRUE;

  return (is_same_body (statement, 4, sha) || fail_forked (mutation->mid, error))
         && append_row (db, statement, mutation->mid, FALSE, out, error);
}

/* Under a later number: the id tells. */
static gboolean
find_later (GxDb               *db,
            const GxsMutation  *mutation,
            GString            *out,
            gboolean           *out_found,
            GError            **error)
{
  g_autoptr(GxStatement) statement =
    gx_db_query (db, error, "SELECT r.st, r.seq, r.body, r.mut_id FROM mut_again a JOIN mut_result r ON r.mut_id = a.mut_id"
                 " WHERE a.client_id = ? AND a.mid = ?", "ui", &mutation->client_id, mutation->mid);
  GError *local = NULL;
  GxId mut_id;

  if (statement == NULL)
    return FALSE;
  *out_found = gx_statement_next (statement, &local);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (!*out_found)
    return TRUE;

  mut_id = gx_statement_get_id (statement, 3);
  return (gx_id_equal (&mut_id, &mutation->mut_id) || fail_forked (mutation->mid, error))
         && append_row (db, statement, mutation->mid, FALSE, out, error);
}

/**
 * gxs_result_find:
 * @mutation: one that its client numbered not higher than the last
 * @out: gets its result, if there is one
 *
 * Errors: %GX_ERROR_CLIENT_FORKED if that number was another mutation's
 */
gboolean
gxs_result_find (GxDb               *db,
                 const GxsMutation  *mutation,
                 const GxHash       *sha,
                 GString            *out,
                 gboolean           *out_found,
                 GError            **error)
{
  return find_first (db, mutation, sha, out, out_found, error)
         && (*out_found || find_later (db, mutation, out, out_found, error));
}

/**
 * gxs_result_find_again:
 *
 * The result of a mutation whose id @login_id used before, under whatever number; kept for the present number as well.
 */
gboolean
gxs_result_find_again (GxsBatch           *batch,
                       const GxId         *login_id,
                       const GxsMutation  *mutation,
                       GString            *out,
                       gboolean           *out_found,
                       GError            **error)
{
  GxDb *db = gxs_batch_get_db (batch);
  GError *local = NULL;

  {
    g_autoptr(GxStatement) statement =
      gx_db_query (db, error, "SELECT r.st, r.seq, r.body, r.mut_id FROM mut_result r JOIN client c ON c.id = r.client_id"
                   " WHERE r.mut_id = ? AND c.login_id = ?", "uu", &mutation->mut_id, login_id);

    if (statement == NULL)
      return FALSE;
    *out_found = gx_statement_next (statement, &local);
    if (local != NULL)
      {
        g_propagate_error (error, local);
        return FALSE;
      }
    if (!*out_found)
      return TRUE;
    if (!append_row (db, statement, mutation->mid, FALSE, out, error))
      return FALSE;
  }

  return gx_db_run (db, error, "INSERT INTO mut_again(client_id, mid, mut_id, at) VALUES(?, ?, ?, ?)"
                    " ON CONFLICT(client_id, mid) DO NOTHING", "uiui", &mutation->client_id, mutation->mid, &mutation->mut_id,
                    gxs_batch_get_now (batch));
}

/**
 * gxs_result_find_base:
 * @out_seq: (out): as the client's mutation @mid left its row; 0 if it was not applied
 */
gboolean
gxs_result_find_base (GxDb        *db,
                      const GxId  *client_id,
                      gint64       mid,
                      gint64      *out_seq,
                      GError     **error)
{
  *out_seq = 0;

  return gx_db_find_int (db, out_seq, error, "SELECT seq FROM mut_result WHERE client_id = ? AND mid = ? AND st IN ('applied', 'noop')",
                         "ui", client_id, mid)
         && (*out_seq != 0
             || gx_db_find_int (db, out_seq, error, "SELECT r.seq FROM mut_again a JOIN mut_result r ON r.mut_id = a.mut_id"
                                " WHERE a.client_id = ? AND a.mid = ? AND r.st IN ('applied', 'noop')", "ui", client_id, mid));
}

/**
 * gxs_result_is_bundle:
 * @out_same: (out): whether mutation @mid belonged to @bundle
 */
gboolean
gxs_result_is_bundle (GxDb        *db,
                      const GxId  *client_id,
                      gint64       mid,
                      const GxId  *bundle,
                      gboolean    *out_same,
                      GError     **error)
{
  gint64 n = 0;

  if (!gx_db_query_int (db, &n, error, "SELECT COUNT(*) FROM mut_result WHERE client_id = ? AND mid = ? AND bundle = ?", "uiu",
                        client_id, mid, bundle))
    return FALSE;

  *out_same = n > 0;
  return TRUE;
}

/**
 * gxs_result_foreach:
 * @after_mid: the last one that the client has
 *
 * Tells the results that a client may not have got, in their order.
 */
gboolean
gxs_result_foreach (GxDb           *db,
                    const GxId     *client_id,
                    gint64          after_mid,
                    gint64          limit,
                    GxsResultFunc   func,
                    gpointer        data,
                    GError        **error)
{
  g_autoptr(GxStatement) statement =
    gx_db_query (db, error, "SELECT r.st, r.seq, r.body, r.mut_id, k.mid FROM"
                 " (SELECT mid, mut_id FROM mut_result WHERE client_id = ? AND mid > ?"
                 "  UNION ALL SELECT mid, mut_id FROM mut_again WHERE client_id = ? AND mid > ?) k"
                 " JOIN mut_result r ON r.mut_id = k.mut_id ORDER BY k.mid LIMIT ?", "uiuii", client_id, after_mid, client_id, after_mid,
                 limit);
  GError *local = NULL;

  while (local == NULL && statement != NULL && gx_statement_next (statement, &local))
    {
      g_autoptr(GString) out = g_string_new (NULL);

      if (append_row (db, statement, gx_statement_get_int (statement, 4), TRUE, out, &local))
        func (out->str, data);
    }
  if (local != NULL)
    g_propagate_error (error, local);

  return statement != NULL && local == NULL;
}

/**
 * gxs_result_sweep:
 *
 * A mutation whose result its client has will not be asked for again; it stays known for a while all the same, should the
 * client's disk be brought back from a copy.
 */
gboolean
gxs_result_sweep (GxsBatch  *batch,
                  GError   **error)
{
  GxDb *db = gxs_batch_get_db (batch);
  gint64 before = gxs_batch_get_now (batch) - GXS_RESULTS_KEPT;

  return gx_db_run (db, error, "DELETE FROM mut_again WHERE at < ? AND mid <= (SELECT ack_mid FROM client c WHERE c.id = client_id)", "i",
                    before)
         && gx_db_run (db, error, "DELETE FROM mut_result WHERE at < ? AND mid <= (SELECT ack_mid FROM client c WHERE c.id = client_id)"
                       " AND NOT EXISTS (SELECT 1 FROM mut_again a WHERE a.mut_id = mut_result.mut_id)", "i", before);
}
