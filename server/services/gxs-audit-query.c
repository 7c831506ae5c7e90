/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a desktop or an auditor asks of the audit log: the newest checkpoint, entries word for word, proofs.
 *
 * Reading only. Proofs are made from the stored leaves; whether a leaf still is its entry's hash is `audit verify`'s
 * question. Entries hold no values, so nothing here is masked.
 */
#include "gxs-audit-tree.h"

#include "gx-json-writer.h"

#include <string.h>

/**
 * LeafScan: a cursor over the leaves that starts anew when it is asked for another than the next.
 */
typedef struct
{
  GxDb        *db;            /* borrowed */
  GxStatement *statement;     /* owned, nullable */
  guint64      next;          /* the index of its next row */
} LeafScan;

static void
leaf_scan_clear (LeafScan *scan)
{
  g_clear_pointer (&scan->statement, gx_statement_release);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LeafScan, leaf_scan_clear)

static gboolean
seek (LeafScan  *scan,
      guint64    index,
      GError   **error)
{
  if (scan->statement != NULL && scan->next == index)
    return TRUE;

  leaf_scan_clear (scan);
  scan->next = index;
  scan->statement = gx_db_query (scan->db, error, "SELECT leaf FROM audit_log WHERE seq>=? ORDER BY seq", "i",
                                 (gint64) index + 1);
  return scan->statement != NULL;
}

static gboolean
read_leaf (guint64    index,
           GxHash    *out_leaf,
           gpointer   data,
           GError   **error)
{
  LeafScan *scan = data;
  GError *local = NULL;
  gconstpointer leaf;
  gsize length;

  if (!seek (scan, index, error))
    return FALSE;
  if (!gx_statement_next (scan->statement, &local))
    {
      if (local == NULL)
        return gx_fail (error, GX_ERROR_TAMPERED, "audit entry %" G_GUINT64_FORMAT " is missing", index + 1);
      g_propagate_error (error, local);
      return FALSE;
    }

  leaf = gx_statement_get_blob (scan->statement, 0, &length);
  if (length != sizeof *out_leaf)
    return gx_fail (error, GX_ERROR_TAMPERED, "the leaf of audit entry %" G_GUINT64_FORMAT, index + 1);
  memcpy (out_leaf, leaf, length);
  scan->next++;
  return TRUE;
}

/**
 * gxs_audit_get_checkpoint:
 * @out_note: (out) (transfer full): the newest signed checkpoint
 *
 * Errors: %GX_ERROR_NOT_FOUND before the first one
 */
gboolean
gxs_audit_get_checkpoint (GxDb    *db,
                          char   **out_note,
                          GError **error)
{
  return gx_db_query_text (db, out_note, error, "SELECT note FROM audit_sth ORDER BY size DESC LIMIT 1", NULL);
}

static void
write_entry (GxJsonWriter *writer,
             GxStatement  *statement)
{
  gsize length;
  gconstpointer entry = gx_statement_get_blob (statement, 1, &length);

  gx_json_writer_begin_object (writer);
  gx_json_writer_member (writer, "entry");
  gx_json_writer_string_len (writer, entry, length);
  gx_json_writer_put_int (writer, "seq", gx_statement_get_int (statement, 0));
  gx_json_writer_end_object (writer);
}

/**
 * gxs_audit_list_entries:
 * @from: the first number
 * @out_json: (out) (transfer full): {"entries":[{"entry":"…","seq":N}]}, each entry as the text that was hashed
 */
gboolean
gxs_audit_list_entries (GxDb    *db,
                        gint64   from,
                        gint64   limit,
                        char   **out_json,
                        GError **error)
{
  g_autoptr(GxStatement) statement =
    gx_db_query (db, error, "SELECT seq, entry FROM audit_log WHERE seq>=? ORDER BY seq LIMIT ?", "ii", from, limit);
  g_autoptr(GString) out = g_string_new (NULL);
  GError *local = NULL;
  GxJsonWriter writer;

  if (statement == NULL)
    return FALSE;

  gx_json_writer_init (&writer, out);
  gx_json_writer_begin_object (&writer);
  gx_json_writer_member (&writer, "entries");
  gx_json_writer_begin_array (&writer);
  while (gx_statement_next (statement, &local))
    write_entry (&writer, statement);
  gx_json_writer_end_array (&writer);
  gx_json_writer_end_object (&writer);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }

  *out_json = g_string_free (g_steal_pointer (&out), FALSE);
  return TRUE;
}

static void
write_hashes (GxJsonWriter *writer,
              const GArray *hashes)
{
  gx_json_writer_begin_array (writer);
  for (guint i = 0; i < hashes->len; i++)
    {
      g_autofree char *hex = gx_hash_to_hex (&g_array_index (hashes, GxHash, i));

      gx_json_writer_string (writer, hex);
    }
  gx_json_writer_end_array (writer);
}

/* {"<first_name>":…,"<second_name>":…,"hashes":[…]} */
static char *
proof_text (const char   *first_name,
            gint64        first,
            const char   *second_name,
            gint64        second,
            const GArray *hashes)
{
  GString *out = g_string_new (NULL);
  GxJsonWriter writer;

  gx_json_writer_init (&writer, out);
  gx_json_writer_begin_object (&writer);
  gx_json_writer_put_int (&writer, first_name, first);
  gx_json_writer_put_int (&writer, second_name, second);
  gx_json_writer_member (&writer, "hashes");
  write_hashes (&writer, hashes);
  gx_json_writer_end_object (&writer);

  return g_string_free (out, FALSE);
}

static gboolean
check_range (GxDb    *db,
             gint64   low,
             gint64   high,
             GError **error)
{
  gint64 size;

  if (!gx_db_query_int (db, &size, error, "SELECT size FROM audit_head WHERE id=1", NULL))
    return FALSE;
  if (low < 0 || low > high || high > size)
    return gx_fail (error, GX_ERROR_NOT_FOUND, "the audit log has %" G_GINT64_FORMAT " entries", size);

  return TRUE;
}

/**
 * gxs_audit_prove_inclusion:
 * @seq: an entry's number
 * @size: the tree in which it is to be proven
 * @out_json: (out) (transfer full): {"seq":…,"size":…,"hashes":[hex…]} (RFC 9162 2.1.3; leaf index = seq - 1)
 *
 * Errors: %GX_ERROR_NOT_FOUND
 */
gboolean
gxs_audit_prove_inclusion (GxDb    *db,
                           gint64   seq,
                           gint64   size,
                           char   **out_json,
                           GError **error)
{
  g_auto(LeafScan) scan = { .db = db };
  g_autoptr(GArray) hashes = NULL;

  if (!check_range (db, seq, size, error))
    return FALSE;
  if (seq == 0)
    return gx_fail (error, GX_ERROR_NOT_FOUND, "entries are numbered from 1");

  hashes = gx_merkle_prove_inclusion ((guint64) seq - 1, (guint64) size, read_leaf, &scan, error);
  if (hashes == NULL)
    return FALSE;

  *out_json = proof_text ("seq", seq, "size", size, hashes);
  return TRUE;
}

/**
 * gxs_audit_prove_consistency:
 * @first: size of the older tree
 * @second: size of the newer tree
 * @out_json: (out) (transfer full): {"first":…,"second":…,"hashes":[hex…]} (RFC 9162 2.1.4)
 *
 * Errors: %GX_ERROR_NOT_FOUND
 */
gboolean
gxs_audit_prove_consistency (GxDb    *db,
                             gint64   first,
                             gint64   second,
                             char   **out_json,
                             GError **error)
{
  g_auto(LeafScan) scan = { .db = db };
  g_autoptr(GArray) hashes = NULL;

  if (!check_range (db, first, second, error))
    return FALSE;

  hashes = gx_merkle_prove_consistency ((guint64) first, (guint64) second, read_leaf, &scan, error);
  if (hashes == NULL)
    return FALSE;

  *out_json = proof_text ("first", first, "second", second, hashes);
  return TRUE;
}
