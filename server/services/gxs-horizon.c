/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tombstone horizon (sync.md 1.2): a row that left a scope stays in the feed as "gone" for 180 days, then it is forgotten,
 * and whoever was away for longer is told so instead of being told half (pouchdb#7645: what was purged came back).
 *
 *   sync_mark: day -> head of that day's first sweep          horizon = the newest mark that is old enough
 *
 * A seq carries no time, and needs none: the marks give it one. The horizon moves before what lies behind it goes, in the
 * same transaction.
 */
#include "gxs-horizon.h"

#define KEY "horizon_seq"
#define DAY_MS G_GINT64_CONSTANT (86400000)
#define AT_ONCE 5000            /* rows of one sweep: nobody waits long for the committer */

gboolean
gxs_horizon_read (GxDb    *db,
                  gint64  *out_seq,
                  GError **error)
{
  *out_seq = 0;

  return gx_db_find_int (db, out_seq, error, "SELECT CAST(v AS BIGINT) FROM meta WHERE k = '" KEY "'", NULL);
}

static gboolean
set_mark (GxsBatch  *batch,
          GError   **error)
{
  gint64 now = gxs_batch_get_now (batch), last = 0;
  GxDb *db = gxs_batch_get_db (batch);

  if (!gx_db_find_int (db, &last, error, "SELECT COALESCE(MAX(at), 0) FROM sync_mark", NULL))
    return FALSE;

  return now - last < DAY_MS
         || gx_db_run (db, error, "INSERT INTO sync_mark(at, seq) VALUES(?, ?)", "ii", now, gxs_batch_get_head (batch));
}

static gboolean
move_horizon (GxDb    *db,
              gint64   seq,
              GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, seq);

  return gx_db_run (db, error, "INSERT INTO meta(k, v) VALUES('" KEY "', ?) ON CONFLICT(k) DO UPDATE SET v = excluded.v", "t", text);
}

/**
 * gxs_horizon_sweep:
 *
 * What is too much for one sweep goes with the next ones.
 */
gboolean
gxs_horizon_sweep (GxsBatch  *batch,
                   GError   **error)
{
  GxDb *db = gxs_batch_get_db (batch);
  gint64 before = gxs_batch_get_now (batch) - GXS_HORIZON_AGE, known, seq = 0;

  if (!set_mark (batch, error)
      || !gxs_horizon_read (db, &known, error)
      || !gx_db_find_int (db, &seq, error, "SELECT COALESCE(MAX(seq), 0) FROM sync_mark WHERE at <= ?", "i", before))
    return FALSE;
  if (seq > known && !move_horizon (db, seq, error))
    return FALSE;
  seq = MAX (seq, known);
  if (seq == 0)
    return TRUE;

  return gx_db_run (db, error, "DELETE FROM sync_mark WHERE at <= ? AND seq < ?", "ii", before, seq)
         && gx_db_run (db, error, "DELETE FROM scope_row WHERE (scope, tbl, row_id) IN"
                       " (SELECT scope, tbl, row_id FROM scope_row WHERE gone = 1 AND seq <= ? ORDER BY seq LIMIT ?)", "in", seq, AT_ONCE);
}
