/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far the documents of the profile are on their way to the bank, and which of those that the bank has are kept as a
 * cache. Files that no row names (the process ended between the two) go with what the cache loses.
 */
#include "gxc-blob-private.h"

#include <glib/gstdio.h>

#include "gx-bug.h"
#include "gx-transaction.h"
#include "gxc-partial.h"

#define STRAY_US (3600 * G_GINT64_CONSTANT (1000000))        /* a younger file may be about to get its row */
#define PART_US  (7 * 24 * STRAY_US)                         /* a younger piece may be fetched on */

/* --- sending ------------------------------------------------------------------------------------------------------ */

typedef struct
{
  const char   *sha256, *problem;
  gint64        sent;
  GxcBlobState  state;
} SentArgs;

static gboolean
set_sent_here (GxcStore  *store,
               gpointer   data,
               GError   **error)
{
  const SentArgs *args = data;

  gxc_store_note (store, GXC_CHANGED_SENDING);
  return gx_db_run (gxc_store_get_db (store), error, "UPDATE blob SET sent=? WHERE sha256=?", "it", args->sent, args->sha256);
}

/**
 * gxc_blob_set_sent:
 * @sent: how many bytes the bank has for good
 */
gboolean
gxc_blob_set_sent (GxcStore    *store,
                   const char  *sha256,
                   gint64       sent,
                   GError     **error)
{
  SentArgs args = { .sha256 = sha256, .sent = sent };

  return gxc_store_call (store, set_sent_here, &args, error);
}

static gboolean
settle_here (GxcStore  *store,
             gpointer   data,
             GError   **error)
{
  const SentArgs *args = data;

  gxc_store_note (store, GXC_CHANGED_SENDING);
  return gx_db_run (gxc_store_get_db (store), error, "UPDATE blob SET state=?, sent=CASE ? WHEN 'SENT' THEN size ELSE sent END, problem=?"
                    " WHERE sha256=?", "tttt", gxc_blob_states[args->state], gxc_blob_states[args->state], args->problem, args->sha256);
}

/**
 * gxc_blob_settle:
 * @problem: (nullable): why it was refused
 */
gboolean
gxc_blob_settle (GxcStore      *store,
                 const char    *sha256,
                 GxcBlobState   state,
                 const char    *problem,
                 GError       **error)
{
  SentArgs args = { .sha256 = sha256, .state = state, .problem = problem };

  return gxc_store_call (store, settle_here, &args, error);
}

/* --- the cache ---------------------------------------------------------------------------------------------------- */

typedef struct
{
  gint64      max_bytes;
  GHashTable *wanted;           /* (nullable): set of sha256 */
  GHashTable *files;            /* (owned): of those that have a row and a file */
  GPtrArray  *gone;             /* (owned): files that lost theirs */
} TrimArgs;

static gboolean
is_cache (GxStatement *row)
{
  const char *state = gx_statement_get_text (row, 2);

  return g_str_equal (state, "SENT") || g_str_equal (state, "HELD") || GX_BUG (GX_BUG_UNSENT);
}

static gboolean
is_wanted (const TrimArgs *args,
           GxStatement    *row)
{
  return args->wanted != NULL && g_hash_table_contains (args->wanted, gx_statement_get_text (row, 3));
}

/* What is wanted has its room first. */
static gboolean
sum_wanted (const TrimArgs  *args,
            GxStatement     *rows,
            gint64          *out_bytes,
            GError         **error)
{
  GError *local = NULL;

  *out_bytes = 0;
  while (gx_statement_next (rows, &local))
    if (is_cache (rows) && is_wanted (args, rows))
      *out_bytes += gx_statement_get_int (rows, 1);
  gx_statement_rewind (rows);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, local);
  return FALSE;
}

/* Of the rest, the longest unseen first; what waits to be sent is no cache. */
static gboolean
trim_here (GxcStore  *store,
           gpointer   data,
           GError   **error)
{
  TrimArgs *args = data;
  GxDb *db = gxc_store_get_db (store);
  g_autoptr(GxTransaction) transaction = gx_transaction_begin (db, error);
  g_autoptr(GxStatement) statement = transaction == NULL ? NULL
    : gx_db_query (db, error, "SELECT path, size, state, sha256 FROM blob WHERE path IS NOT NULL ORDER BY used_at DESC, sha256", NULL);
  gint64 kept;
  GError *local = NULL;

  if (statement == NULL || !sum_wanted (args, statement, &kept, error))
    return FALSE;
  while (gx_statement_next (statement, &local))
    {
      gboolean cache = is_cache (statement) && !is_wanted (args, statement);

      if (cache)
        kept += gx_statement_get_int (statement, 1);
      if (cache && kept > args->max_bytes)
        g_ptr_array_add (args->gone, g_strdup (gx_statement_get_text (statement, 0)));
      else
        g_hash_table_add (args->files, g_strdup (gx_statement_get_text (statement, 0)));
    }
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  for (guint i = 0; i < args->gone->len; i++)
    if (!gx_db_run (db, error, "UPDATE blob SET path=NULL, key_wrapped=NULL, kept_at=NULL WHERE path=?", "t", (const char *) args->gone->pdata[i]))
      return FALSE;

  return gx_transaction_commit (transaction, error);
}

static gboolean
is_gone (const TrimArgs *args,
         const char     *name)
{
  return g_ptr_array_find_with_equal_func (args->gone, name, g_str_equal, NULL);
}

static char *
path_of (GxcStore   *store,
         const char *name)
{
  return g_build_filename (gxc_store_get_papers (store), "blobs", name, NULL);
}

static gboolean
remove_strays_here (GxcStore  *store,
                    gpointer   data,
                    GError   **error)
{
  TrimArgs *args = data;
  g_autofree char *folder = path_of (store, NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (!g_hash_table_contains (args->files, name))
      {
        g_autofree char *path = path_of (store, name);
        gint64 kept = g_str_has_suffix (name, GXC_PARTIAL_SUFFIX) ? PART_US : STRAY_US;
        GStatBuf facts;

        if (is_gone (args, name) || (g_stat (path, &facts) == 0 && g_get_real_time () - facts.st_mtime * G_GINT64_CONSTANT (1000000) > kept))
          g_unlink (path);
      }

  return TRUE;
}

/**
 * gxc_blob_trim:
 * @max_bytes: of documents that the bank has too
 * @wanted: (nullable): set of the hashes of those that stay, hex
 *
 * Removes the files that have been looked at longest ago, and those that nothing names.
 */
gboolean
gxc_blob_trim (GxcStore    *store,
               gint64       max_bytes,
               GHashTable  *wanted,
               GError     **error)
{
  g_autoptr(GHashTable) files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GPtrArray) gone = g_ptr_array_new_with_free_func (g_free);
  TrimArgs args = { max_bytes, wanted, files, gone };

  return gxc_store_get_papers (store) == NULL
         || (gxc_store_call (store, trim_here, &args, error) && gxc_store_call (store, remove_strays_here, &args, error));
}

/* --- what a page tells -------------------------------------------------------------------------------------------- */

void
gxc_blob_count (GxDb          *db,
                GxcBlobCounts *out_counts)
{
  g_autoptr(GxStatement) statement =
    gx_db_query (db, NULL, "SELECT SUM(state='WAITING'), SUM(state='REFUSED'), SUM(CASE state WHEN 'WAITING' THEN sent END),"
                 " SUM(CASE state WHEN 'WAITING' THEN size END) FROM blob WHERE state IN ('WAITING', 'REFUSED')", NULL);

  *out_counts = (GxcBlobCounts) { 0 };
  if (statement == NULL || !gx_statement_next (statement, NULL))
    return;
  out_counts->n_waiting = gx_statement_get_int (statement, 0);
  out_counts->n_refused = gx_statement_get_int (statement, 1);
  out_counts->done = gx_statement_get_int (statement, 2);
  out_counts->total = gx_statement_get_int (statement, 3);
}

/**
 * gxc_blob_look:
 *
 * Returns: whether this desk knows the document
 */
gboolean
gxc_blob_look (GxDb         *db,
               const char   *sha256,
               GxcBlobState *out_state,
               gint64       *out_sent,
               gint64       *out_size)
{
  g_autoptr(GxStatement) statement = gx_db_query (db, NULL, "SELECT state, sent, size FROM blob WHERE sha256=?", "t", sha256);

  if (statement == NULL || !gx_statement_next (statement, NULL))
    return FALSE;
  for (guint i = 0; i < GXC_N_BLOB_STATES; i++)
    if (g_str_equal (gxc_blob_states[i], gx_statement_get_text (statement, 0)))
      *out_state = (GxcBlobState) i;
  *out_sent = gx_statement_get_int (statement, 1);
  *out_size = gx_statement_get_int (statement, 2);

  return TRUE;
}

gboolean
gxc_blob_is_waiting (GxDb       *db,
                     const char *sha256)
{
  gint64 n = 0;

  return gx_db_query_int (db, &n, NULL, "SELECT COUNT(*) FROM blob WHERE sha256=? AND state='WAITING'", "t", sha256) && n > 0;
}
