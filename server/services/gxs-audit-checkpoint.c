/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signs the audit tree's root: a C2SP checkpoint that every desktop keeps, so that a rewritten log is found out.
 *
 * It signs what was committed, in a transaction of its own: a checkpoint of entries whose batch then failed would call
 * the next honest log a forgery. The whole note is stored, since only a note can prove that somebody signed two logs.
 */
#include "gxs-audit-tree.h"

#include "gx-note.h"
#include "gx-transaction.h"

#include <string.h>

typedef struct
{
  gint64 size;
  GxHash root;
  GBytes *frontier;
  gint64 last_size;     /* of the newest checkpoint */
  gint64 last_at;
} Head;

static void
head_clear (Head *head)
{
  g_clear_pointer (&head->frontier, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Head, head_clear)

static gboolean
read_head (GxDb    *db,
           Head    *head,
           GError **error)
{
  g_autoptr(GxStatement) statement =
    gx_db_query (db, error, "SELECT h.size, h.root, COALESCE(s.size, 0), COALESCE(s.at, 0), h.frontier FROM audit_head h"
                 " LEFT JOIN audit_sth s ON s.size=(SELECT MAX(size) FROM audit_sth) WHERE h.id=1", NULL);
  GError *local = NULL;
  gconstpointer root, frontier;
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

  head->size = gx_statement_get_int (statement, 0);
  root = gx_statement_get_blob (statement, 1, &length);
  if (length != sizeof head->root)
    return gx_fail (error, GX_ERROR_TAMPERED, "the audit log's root has %" G_GSIZE_FORMAT " bytes", length);
  memcpy (&head->root, root, length);
  head->last_size = gx_statement_get_int (statement, 2);
  head->last_at = gx_statement_get_int (statement, 3);
  frontier = gx_statement_get_blob (statement, 4, &length);
  head->frontier = g_bytes_new (frontier, length);
  return TRUE;
}

static gboolean
is_due (const Head *head,
        gint64      now,
        gboolean    force)
{
  gint64 grown = head->size - head->last_size;

  return grown > 0 && (force || grown >= GXS_CHECKPOINT_ENTRIES || now - head->last_at >= GXS_CHECKPOINT_MS);
}

static char *
sign_head (const Head   *head,
           const guint8 *seed)
{
  GxCheckpoint checkpoint = { .origin = (char *) GXS_AUDIT_ORIGIN, .size = (guint64) head->size, .root = head->root };
  g_autofree char *text = gx_checkpoint_format (&checkpoint);
  g_auto(GxSecretKey) key;

  gx_secret_key_from_seed (seed, &key);
  return gx_note_sign (text, GXS_AUDIT_ORIGIN, &key);
}

/**
 * gxs_audit_checkpoint:
 * @db: the writer's connection, between two batches
 * @seed: (array fixed-size=32): the bank's audit key
 * @now: ms UTC
 * @force: whether any growth will do (at a clean stop)
 * @out_made: (out) (optional): whether a checkpoint was due and is committed
 *
 * To be called after each batch; costs one indexed read when nothing is due.
 */
gboolean
gxs_audit_checkpoint (GxDb          *db,
                      const guint8   seed[static 32],
                      gint64         now,
                      gboolean       force,
                      gboolean      *out_made,
                      GError       **error)
{
  g_autoptr(GxTransaction) transaction = NULL;
  g_autofree char *note = NULL;
  g_autoptr(GBytes) root = NULL;
  g_auto(Head) head = { 0 };

  if (out_made != NULL)
    *out_made = FALSE;
  if (!read_head (db, &head, error))
    return FALSE;
  if (!is_due (&head, now, force))
    return TRUE;

  note = sign_head (&head, seed);
  root = g_bytes_new (&head.root, sizeof head.root);
  transaction = gx_transaction_begin (db, error);
  if (transaction == NULL
      || !gx_db_run (db, error, "INSERT INTO audit_sth(size, root, note, at, frontier) VALUES(?, ?, ?, ?, ?)", "ibtib", head.size,
                     root, note, now, head.frontier)
      || !gx_transaction_commit (transaction, error))
    return FALSE;

  if (out_made != NULL)
    *out_made = TRUE;
  return TRUE;
}
