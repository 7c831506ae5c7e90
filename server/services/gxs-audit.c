/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit log: entries kept word for word, the leaves of an RFC 9162 Merkle tree (trust.md 2).
 *
 * The frontier of the tree is read at a batch's first entry and written back by the batch's own before_commit hook, so
 * audit order is commit order and no entry can exist without its effect, nor the other way round. Checkpoints are signed
 * elsewhere, after the commit (gxs-audit-checkpoint); whether all this still fits is asked by `audit verify`.
 */
#include "gxs-audit.h"

#include "gxs-audit-entry.h"

#include "gx-merkle.h"
#include "gx-sign.h"

#include <sodium.h>
#include <string.h>

#define STATE "audit"

/**
 * AuditState: what one batch knows of the log.
 */
typedef struct
{
  GxFrontier    tree;         /* after the last entry of this batch */
  gint64        last_at;      /* ms UTC of the last entry */
  GHashTable   *keys;         /* GxId of a customer -> GBytes */
} AuditState;

static void
state_free (gpointer data)
{
  AuditState *state = data;

  g_hash_table_unref (state->keys);
  g_free (state);
}

static gboolean
load_frontier (GxDb        *db,
               AuditState  *state,
               GError     **error)
{
  g_autoptr(GxStatement) statement = gx_db_query (db, error, "SELECT size, frontier FROM audit_head WHERE id=1", NULL);
  GError *local = NULL;
  gconstpointer frontier;
  gsize length;

  if (statement == NULL)
    return FALSE;
  if (!gx_statement_next (statement, &local))
    {
      if (local == NULL)
        return gx_fail (error, GX_ERROR_TAMPERED, "the audit log has no head");
      g_propagate_error (error, local);
      return FALSE;
    }

  frontier = gx_statement_get_blob (statement, 1, &length);
  return gx_frontier_parse ((guint64) gx_statement_get_int (statement, 0), frontier, length, &state->tree, error);
}

static gboolean
load_last_time (GxDb        *db,
                AuditState  *state,
                GError     **error)
{
  return gx_db_query_int (db, &state->last_at, error,
                          "SELECT COALESCE((SELECT at FROM audit_log ORDER BY seq DESC LIMIT 1), 0)", NULL);
}

static gboolean
write_head (GxsBatch  *batch,
            gpointer   data,
            GError   **error)
{
  AuditState *state = data;
  GxHash root;
  g_autoptr(GBytes) frontier = gx_frontier_to_bytes (&state->tree);
  g_autoptr(GBytes) root_bytes = NULL;

  gx_frontier_get_root (&state->tree, &root);
  root_bytes = g_bytes_new (&root, sizeof root);
  return gx_db_run (gxs_batch_get_db (batch), error, "UPDATE audit_head SET size=?, frontier=?, root=? WHERE id=1", "ibb",
                    (gint64) state->tree.size, frontier, root_bytes);
}

/**
 * AuditMark: where the log was when a part of the batch began. Keys are read again, since a part may have made some.
 */
typedef struct
{
  GxFrontier tree;
  gint64     last_at;
} AuditMark;

static gpointer
mark_state (gpointer data)
{
  AuditState *state = data;
  const AuditMark mark = { state->tree, state->last_at };

  return g_memdup2 (&mark, sizeof mark);
}

static void
restore_state (gpointer data,
               gpointer mark_data)
{
  AuditState *state = data;
  const AuditMark *mark = mark_data;

  state->tree = mark->tree;
  state->last_at = mark->last_at;
  g_hash_table_remove_all (state->keys);
}

static AuditState *
get_state (GxsBatch  *batch,
           GError   **error)
{
  AuditState *state = gxs_batch_get_state (batch, STATE);

  if (state != NULL)
    return state;

  state = g_new0 (AuditState, 1);
  state->keys = g_hash_table_new_full (gx_id_hash, gx_id_equal, g_free, (GDestroyNotify) g_bytes_unref);
  if (!load_frontier (gxs_batch_get_db (batch), state, error) || !load_last_time (gxs_batch_get_db (batch), state, error))
    {
      state_free (state);
      return NULL;
    }
  gxs_batch_set_state (batch, STATE, state, state_free, write_head);
  gxs_batch_set_marks (batch, STATE, mark_state, restore_state, g_free);

  return state;
}

static GBytes *
open_key (GxDb         *db,
          const GxId   *customer_id,
          GxStatement  *statement,
          GError      **error)
{
  GxSealer *sealer = gx_db_get_sealer (db);
  g_autofree char *hex = NULL;
  guint8 key[GX_SUBJECT_KEY_SIZE];
  gsize size, n;
  gconstpointer sealed = gx_statement_get_blob (statement, 0, &size);
  GBytes *bytes;

  hex = sealer->open (sealer, "subject_key", "key_sealed", customer_id, sealed, size, error);
  if (hex == NULL)
    return NULL;
  if (sodium_hex2bin (key, sizeof key, hex, strlen (hex), NULL, &n, NULL) != 0 || n != sizeof key)
    {
      gx_fail (error, GX_ERROR_TAMPERED, "the audit key of customer %s", GX_ID_STR (customer_id));
      return NULL;
    }

  bytes = g_bytes_new (key, sizeof key);
  sodium_memzero (key, sizeof key);
  sodium_memzero (hex, strlen (hex));
  return bytes;
}

static GBytes *
load_key (GxDb        *db,
          const GxId  *customer_id,
          GError     **error)
{
  g_autoptr(GxStatement) statement = gx_db_query (db, error, "SELECT key_sealed FROM subject_key WHERE entity_id=?", "u",
                                                  customer_id);
  GError *local = NULL;

  if (statement == NULL)
    return NULL;
  if (gx_statement_next (statement, &local))
    return open_key (db, customer_id, statement, error);

  if (local != NULL)
    g_propagate_error (error, local);
  else
    gx_fail (error, GX_ERROR_INTERNAL, "customer %s has no audit key", GX_ID_STR (customer_id));
  return NULL;
}

static const guint8 *
key_of (GxsBatch    *batch,
        AuditState  *state,
        const GxId  *customer_id,
        GError     **error)
{
  GBytes *key = g_hash_table_lookup (state->keys, customer_id);

  if (key == NULL)
    {
      key = load_key (gxs_batch_get_db (batch), customer_id, error);
      if (key == NULL)
        return NULL;
      g_hash_table_insert (state->keys, gx_id_copy (customer_id), key);
    }

  return g_bytes_get_data (key, NULL);
}

static gboolean
insert_row (GxsBatch             *batch,
            const GxsAuditEvent  *event,
            const GxsAuditPlace  *place,
            const char           *entry,
            const GxHash         *leaf,
            GError              **error)
{
  g_autoptr(GBytes) entry_bytes = g_bytes_new_static (entry, strlen (entry));
  g_autoptr(GBytes) leaf_bytes = g_bytes_new_static (leaf, sizeof *leaf);

  return gx_db_run (gxs_batch_get_db (batch), error,
                    "INSERT INTO audit_log(seq, at, actor, on_behalf_of, device, session, action, tbl, entity_id, cr_id,"
                    " mut_id, branch_id, entry, leaf) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)", "iiuuuuttuuuubb",
                    place->seq, place->at, &event->actor, &event->on_behalf_of, &event->device, &event->session,
                    event->action, event->entity != NULL ? event->entity->name : NULL, &event->entity_id, &event->cr_id,
                    &event->mut_id, &event->branch, entry_bytes, leaf_bytes);
}

/**
 * gxs_audit_append:
 *
 * Adds one entry to the log, in the batch's transaction.
 *
 * Errors: %GX_ERROR_INTERNAL if the subject has no key; %GX_ERROR_TAMPERED if the log's head cannot be read
 */
gboolean
gxs_audit_append (GxsBatch             *batch,
                  const GxsAuditEvent  *event,
                  GError              **error)
{
  AuditState *state = get_state (batch, error);
  g_autofree char *entry = NULL;
  GxHash leaf;
  const guint8 *key = NULL;
  GxsAuditPlace place;

  if (state == NULL)
    return FALSE;
  if (!gx_id_is_none (&event->subject) && (key = key_of (batch, state, &event->subject, error)) == NULL)
    return FALSE;

  place.seq = (gint64) state->tree.size + 1;
  place.at = MAX (gxs_batch_get_now (batch), state->last_at);
  entry = gxs_audit_entry_write (event, &place, key);
  gx_merkle_leaf (entry, strlen (entry), &leaf);
  if (!insert_row (batch, event, &place, entry, &leaf, error))
    return FALSE;

  gx_frontier_append (&state->tree, &leaf);
  state->last_at = place.at;
  return TRUE;
}

/**
 * gxs_audit_new_subject:
 * @customer_id: a customer that has no key yet
 *
 * Destroying the key later makes every commitment to the customer's values meaningless, and the tree still verifies.
 */
gboolean
gxs_audit_new_subject (GxsBatch    *batch,
                       const GxId  *customer_id,
                       GError     **error)
{
  GxSealer *sealer = gx_db_get_sealer (gxs_batch_get_db (batch));
  AuditState *state = get_state (batch, error);
  guint8 key[GX_SUBJECT_KEY_SIZE];
  char hex[GX_SUBJECT_KEY_SIZE * 2 + 1];
  g_autoptr(GBytes) sealed = NULL;

  if (state == NULL)
    return FALSE;

  g_assert (sealer != NULL);
  gx_random_bytes (gxs_batch_get_random (batch), key, sizeof key);
  sodium_bin2hex (hex, sizeof hex, key, sizeof key);
  sealed = sealer->seal (sealer, "subject_key", "key_sealed", customer_id, hex);
  g_hash_table_insert (state->keys, gx_id_copy (customer_id), g_bytes_new (key, sizeof key));
  sodium_memzero (key, sizeof key);
  sodium_memzero (hex, sizeof hex);

  return gx_db_run (gxs_batch_get_db (batch), error, "INSERT INTO subject_key(entity_id, key_sealed) VALUES(?, ?)", "ub",
                    customer_id, sealed);
}
