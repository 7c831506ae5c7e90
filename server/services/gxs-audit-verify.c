/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether the audit log is the one that was written (trust.md 2): everything is recomputed from the entries' own bytes, nothing
 * that the database says about them is believed.
 *
 *   each entry → its leaf, its number, its time, its loose columns → the tree → each checkpoint on the way → the head
 *
 * What a rewritten log can still hide from the database alone is what happened after the last checkpoint that anybody else
 * keeps; that is the desktops' question (consistency proofs). Whether applied requests have all they need is
 * gxs-audit-verify-requests'.
 */
#include "gxs-audit-verify.h"

#include "gx-json.h"
#include "gx-merkle.h"
#include "gx-note.h"
#include "gxs-audit-entry.h"
#include "gxs-audit-tree.h"
#include "gxs-audit-verify-private.h"

#include <string.h>

typedef struct
{
  GxDb              *db;            /* borrowed */
  const GxPublicKey *key;           /* borrowed */
  GxsAuditReport    *report;        /* borrowed */
  GxFrontier         tree;
  gint64             last_at;
  gint64             signed_to;     /* size of the last checkpoint that was right */
  GxStatement       *sth;           /* owned: checkpoints in order of size */
  gboolean           has_sth;       /* it stands on a row */
} Walk;

void
gxs_audit_report_clear (GxsAuditReport *report)
{
  g_clear_pointer (&report->fault, g_free);
}

/**
 * gxs_audit_blame:
 *
 * Notes the first fault; later ones are of no interest. Returns TRUE: finding a fault is what verifying is for.
 */
gboolean
gxs_audit_blame (GxsAuditReport *report,
                 gint64          seq,
                 const char     *format,
                 ...)
{
  va_list args;

  if (report->fault != NULL)
    return TRUE;

  va_start (args, format);
  report->fault = g_strdup_vprintf (format, args);
  va_end (args);
  report->bad_seq = seq;
  return TRUE;
}

static gboolean
next_row (GxStatement  *statement,
          gboolean     *out_row,
          GError      **error)
{
  GError *local = NULL;

  *out_row = gx_statement_next (statement, &local);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, local);
  return FALSE;
}

/* ---- one entry ---- */

static gboolean
is_same_value (GxStatement          *statement,
               int                   column,
               const GxsAuditColumn *what,
               JsonObject           *entry)
{
  JsonNode *node = json_object_get_member (entry, what->member);
  gboolean absent = node == NULL || JSON_NODE_HOLDS_NULL (node);
  GxId id, is;

  if (gx_statement_is_null (statement, column) || absent)
    return gx_statement_is_null (statement, column) && absent;

  switch (what->type)
    {
    case GXS_AUDIT_INT:
      return json_node_get_value_type (node) == G_TYPE_INT64
             && json_node_get_int (node) == gx_statement_get_int (statement, column);
    case GXS_AUDIT_TEXT:
      return g_strcmp0 (json_node_get_string (node), gx_statement_get_text (statement, column)) == 0;
    case GXS_AUDIT_ID:
    default:
      is = gx_statement_get_id (statement, column);
      return json_node_get_string (node) != NULL && gx_id_parse (json_node_get_string (node), &id) && gx_id_equal (&id, &is);
    }
}

static gboolean
check_columns (Walk        *walk,
               GxStatement *statement,
               gint64       seq,
               const char  *text,
               gsize        length)
{
  g_autoptr(JsonNode) root = gx_json_parse (text, (gssize) length, NULL);
  JsonObject *entry = root != NULL ? gx_json_root_object (root, NULL) : NULL;

  if (entry == NULL)
    return gxs_audit_blame (walk->report, seq, "is no entry");
  for (guint i = 0; i < gxs_n_audit_columns; i++)
    if (!is_same_value (statement, (int) i, &gxs_audit_columns[i], entry))
      return gxs_audit_blame (walk->report, seq, "column %s is not what the entry says", gxs_audit_columns[i].column);

  return TRUE;
}

static void
check_entry (Walk        *walk,
             GxStatement *statement)
{
  gint64 expected = walk->report->entries + 1, seq = gx_statement_get_int (statement, 0);
  gint64 at = gx_statement_get_int (statement, 1);
  gsize length, leaf_length;
  const char *text = gx_statement_get_blob (statement, (int) gxs_n_audit_columns, &length);
  gconstpointer stored;
  GxHash leaf;

  if (seq != expected)
    {
      gxs_audit_blame (walk->report, expected, "is missing");
      return;
    }
  gx_merkle_leaf (text, length, &leaf);
  stored = gx_statement_get_blob (statement, (int) gxs_n_audit_columns + 1, &leaf_length);
  if (leaf_length != sizeof leaf || memcmp (stored, &leaf, sizeof leaf) != 0)
    gxs_audit_blame (walk->report, seq, "the entry is not the one whose hash was kept");
  check_columns (walk, statement, seq, text, length);
  if (at < walk->last_at)
    gxs_audit_blame (walk->report, seq, "is older than the entry before it");

  gx_frontier_append (&walk->tree, &leaf);
  walk->last_at = at;
  walk->report->entries = seq;
}

/* ---- checkpoints ---- */

static gboolean
is_same_root (GxStatement  *statement,
              int           column,
              const GxHash *root)
{
  gsize length;
  gconstpointer blob = gx_statement_get_blob (statement, column, &length);

  return length == sizeof *root && memcmp (blob, root, length) == 0;
}

static void
check_checkpoint (Walk         *walk,
                  const GxHash *root)
{
  gint64 size = gx_statement_get_int (walk->sth, 0);
  g_auto(GxCheckpoint) checkpoint = { 0 };
  g_autoptr(GError) error = NULL;

  if (!gx_checkpoint_open (gx_statement_get_text (walk->sth, 2), -1, GXS_AUDIT_ORIGIN, walk->key, &checkpoint, &error))
    gxs_audit_blame (walk->report, size, "the checkpoint of %" G_GINT64_FORMAT " entries is not signed by the bank's key", size);
  else if (checkpoint.size != (guint64) size || !is_same_root (walk->sth, 1, &checkpoint.root))
    gxs_audit_blame (walk->report, size, "the checkpoint of %" G_GINT64_FORMAT " entries is kept beside another one's note", size);
  else if (!gx_hash_equal (&checkpoint.root, root))
    gxs_audit_blame (walk->report, walk->signed_to + 1, "among entries %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT
                     " some are not those that were signed", walk->signed_to + 1, size);
  else
    walk->signed_to = size;
  walk->report->checkpoints++;
}

/* All checkpoints of the size that the tree has now. */
static gboolean
check_checkpoints (Walk    *walk,
                   GError **error)
{
  GxHash root;

  if (!walk->has_sth || gx_statement_get_int (walk->sth, 0) > walk->report->entries)
    return TRUE;

  gx_frontier_get_root (&walk->tree, &root);
  while (walk->has_sth && gx_statement_get_int (walk->sth, 0) <= walk->report->entries)
    {
      check_checkpoint (walk, &root);
      if (!next_row (walk->sth, &walk->has_sth, error))
        return FALSE;
    }

  return TRUE;
}

/* ---- the head ---- */

static gboolean
check_head (Walk    *walk,
            GError **error)
{
  g_autoptr(GxStatement) statement = gx_db_query (walk->db, error, "SELECT size, frontier, root FROM audit_head WHERE id=1", NULL);
  g_autoptr(GBytes) frontier = gx_frontier_to_bytes (&walk->tree);
  gint64 entries = walk->report->entries, size;
  gboolean has_row;
  gsize length;
  gconstpointer kept;
  GxHash root;

  if (statement == NULL || !next_row (statement, &has_row, error))
    return FALSE;
  if (!has_row)
    return gxs_audit_blame (walk->report, 0, "the log has no head");

  size = gx_statement_get_int (statement, 0);
  if (size > entries)
    return gxs_audit_blame (walk->report, entries + 1, "is missing, and all after it up to %" G_GINT64_FORMAT, size);
  if (size < entries)
    return gxs_audit_blame (walk->report, size + 1, "came in without the head");

  gx_frontier_get_root (&walk->tree, &root);
  kept = gx_statement_get_blob (statement, 1, &length);
  if (!is_same_root (statement, 2, &root) || length != g_bytes_get_size (frontier)
      || (length > 0 && memcmp (kept, g_bytes_get_data (frontier, NULL), length) != 0))
    return gxs_audit_blame (walk->report, walk->signed_to + 1, "among the entries after %" G_GINT64_FORMAT
                            " some are not those that the head was made of", walk->signed_to);

  return TRUE;
}

static gboolean
walk_entries (Walk    *walk,
              GError **error)
{
  g_autoptr(GxStatement) statement =
    gx_db_query (walk->db, error, "SELECT seq, at, actor, on_behalf_of, device, session, action, tbl, entity_id, cr_id, mut_id,"
                 " branch_id, entry, leaf FROM audit_log WHERE seq>? ORDER BY seq", "i", walk->report->entries);
  gboolean has_row;

  if (statement == NULL || !next_row (statement, &has_row, error))
    return FALSE;
  while (has_row && walk->report->fault == NULL)
    {
      check_entry (walk, statement);
      if (!check_checkpoints (walk, error) || !next_row (statement, &has_row, error))
        return FALSE;
    }

  return TRUE;
}

/* Every result that a desk was given has its entry: a log whose end was cut off, head and all, is found by what it did. */
static gboolean
check_results (Walk    *walk,
               GError **error)
{
  gint64 n;

  if (!gx_db_query_int (walk->db, &n, error, "SELECT COUNT(*) FROM mut_result WHERE mut_id NOT IN"
                        " (SELECT mut_id FROM audit_log WHERE mut_id IS NOT NULL)", NULL))
    return FALSE;

  return n == 0 || gxs_audit_blame (walk->report, walk->report->entries + 1, "and others are missing: %" G_GINT64_FORMAT
                                    " changes of desks have results and no entry", n);
}

static gboolean
verify_tree (Walk    *walk,
             GError **error)
{
  walk->sth = gx_db_query (walk->db, error, "SELECT size, root, note FROM audit_sth ORDER BY size", NULL);
  if (walk->sth == NULL || !next_row (walk->sth, &walk->has_sth, error) || !walk_entries (walk, error))
    return FALSE;
  if (walk->report->fault == NULL && walk->has_sth)
    gxs_audit_blame (walk->report, walk->report->entries + 1, "is missing: a checkpoint was signed over %" G_GINT64_FORMAT
                     " entries", gx_statement_get_int (walk->sth, 0));

  return walk->report->fault != NULL || (check_head (walk, error) && (walk->report->fault != NULL || check_results (walk, error)));
}

/* --- the end of it ------------------------------------------------------------------------------------------------- */

/* What a checkpoint of before there were frontiers was made of. */
static gboolean
add_leaves (Walk    *walk,
            gint64   size,
            GError **error)
{
  g_autoptr(GxStatement) statement = gx_db_query (walk->db, error, "SELECT leaf FROM audit_log WHERE seq<=? ORDER BY seq", "i", size);
  gboolean has_row;

  if (statement == NULL || !next_row (statement, &has_row, error))
    return FALSE;
  while (has_row)
    {
      gsize length;
      gconstpointer leaf = gx_statement_get_blob (statement, 0, &length);

      if (length != sizeof (GxHash))
        return gxs_audit_blame (walk->report, (gint64) walk->tree.size + 1, "the entry is not the one whose hash was kept");
      gx_frontier_append (&walk->tree, leaf);
      if (!next_row (statement, &has_row, error))
        return FALSE;
    }

  return walk->tree.size == (guint64) size
         || gxs_audit_blame (walk->report, (gint64) walk->tree.size + 1, "or one before the checkpoint of %" G_GINT64_FORMAT " is missing", size);
}

static gboolean
take_frontier (Walk    *walk,
               gint64   size,
               GError **error)
{
  gsize length;
  gconstpointer frontier = gx_statement_get_blob (walk->sth, 3, &length);
  g_autoptr(GError) local = NULL;

  if (gx_statement_is_null (walk->sth, 3))
    return add_leaves (walk, size, error);

  return gx_frontier_parse ((guint64) size, frontier, length, &walk->tree, &local)
         || gxs_audit_blame (walk->report, size, "the checkpoint of %" G_GINT64_FORMAT " entries is kept beside another one's tree", size);
}

/* The last entries that a checkpoint is about, each by itself, and whatever follows. */
static gboolean
look_back (Walk    *walk,
           gint64   size,
           GError **error)
{
  Walk last = { .db = walk->db, .key = walk->key, .report = walk->report };

  gx_frontier_init (&last.tree);
  walk->report->entries = MAX (0, size - GXS_CHECKPOINT_ENTRIES);
  if (!walk_entries (&last, error))
    return FALSE;

  return walk->report->entries >= size || gxs_audit_blame (walk->report, walk->report->entries + 1, "is missing: a checkpoint was signed over %"
                                                           G_GINT64_FORMAT " entries", size);
}

/* From the newest checkpoint, which vouches for all before it. */
static gboolean
begin_at_checkpoint (Walk    *walk,
                     GError **error)
{
  gint64 size;
  GxHash root;

  walk->sth = gx_db_query (walk->db, error, "SELECT size, root, note, frontier FROM audit_sth ORDER BY size DESC LIMIT 1", NULL);
  if (walk->sth == NULL || !next_row (walk->sth, &walk->has_sth, error))
    return FALSE;
  if (!walk->has_sth)
    return TRUE;

  size = gx_statement_get_int (walk->sth, 0);
  if (!look_back (walk, size, error) || !take_frontier (walk, size, error))
    return FALSE;
  gx_frontier_get_root (&walk->tree, &root);
  check_checkpoint (walk, &root);
  walk->report->entries = size;

  return gx_db_find_int (walk->db, &walk->last_at, error, "SELECT at FROM audit_log WHERE seq=?", "i", size);
}

/* Whether it could be checked; within one snapshot, from no fault on. */
static gboolean
verify (GxDb               *db,
        const GxPublicKey  *key,
        gboolean          (*look) (Walk *walk, GError **error),
        GxsAuditReport     *out_report,
        GError            **error)
{
  g_autoptr(GxTransaction) snapshot = gx_transaction_begin_read (db, error);
  Walk walk = { .db = db, .key = key, .report = out_report };
  gboolean done;

  memset (out_report, 0, sizeof *out_report);
  if (snapshot == NULL)
    return FALSE;

  gx_frontier_init (&walk.tree);
  done = look (&walk, error);
  g_clear_pointer (&walk.sth, gx_statement_release);
  return done;
}

static gboolean
look_at_end (Walk    *walk,
             GError **error)
{
  if (!begin_at_checkpoint (walk, error))
    return FALSE;
  if (walk->report->fault != NULL)
    return TRUE;

  walk->has_sth = FALSE;        /* no checkpoint is newer */
  return walk_entries (walk, error) && (walk->report->fault != NULL || check_head (walk, error));
}

/**
 * gxs_audit_verify_end:
 * @key: the bank's audit key
 *
 * What a start can look at: the newest checkpoint's signature, the last %GXS_CHECKPOINT_ENTRIES entries before it, those after it, and
 * the head that they make. What lies further back is taken as it is.
 *
 * Returns: %FALSE if it could not be checked
 */
gboolean
gxs_audit_verify_end (GxDb               *db,
                      const GxPublicKey  *key,
                      GxsAuditReport     *out_report,
                      GError            **error)
{
  return verify (db, key, look_at_end, out_report, error);
}

static gboolean
look_at_all (Walk    *walk,
             GError **error)
{
  return verify_tree (walk, error) && (walk->report->fault != NULL || gxs_audit_verify_requests (walk->db, walk->report, error));
}

/**
 * gxs_audit_verify:
 * @db: read within one transaction
 * @key: the bank's audit key
 * @out_report: (out caller-allocates): what was found; a fault in it is no error of this function
 *
 * Returns: %FALSE if it could not be checked
 */
gboolean
gxs_audit_verify (GxDb               *db,
                  const GxPublicKey  *key,
                  GxsAuditReport     *out_report,
                  GError            **error)
{
  return verify (db, key, look_at_all, out_report, error);
}

/**
 * gxs_audit_report_json:
 *
 * Returns: (transfer full): {"bad_seq","checkpoints","entries","fault","requests"}
 */
char *
gxs_audit_report_json (const GxsAuditReport *report)
{
  GString *out = g_string_new (NULL);
  GxJsonWriter writer;

  gx_json_writer_init_canonical (&writer, out);
  gx_json_writer_begin_object (&writer);
  gx_json_writer_put_int (&writer, "bad_seq", report->bad_seq);
  gx_json_writer_put_int (&writer, "checkpoints", report->checkpoints);
  gx_json_writer_put_int (&writer, "entries", report->entries);
  gx_json_writer_put_string (&writer, "fault", report->fault);
  gx_json_writer_put_int (&writer, "requests", report->requests);
  gx_json_writer_end_object (&writer);

  return g_string_free (out, FALSE);
}
