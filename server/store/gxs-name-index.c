/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The index of customers' names: single characters and all readings, so that any piece of a Chinese name is found
 * (sql.md 1.3). Full text differs from engine to engine: this file and gxs-search ask it, no other.
 */
#include "gxs-name-index.h"

#include "gx-text.h"

static gboolean
find_row (GxDb        *db,
          const GxId  *customer_id,
          gint64      *out_n,
          GError     **error)
{
  g_autoptr(GxStatement) statement = gx_db_query (db, error, "SELECT n FROM name_row WHERE customer_id = ?", "u", customer_id);
  GError *local = NULL;

  *out_n = 0;
  if (statement == NULL)
    return FALSE;
  if (gx_statement_next (statement, &local))
    *out_n = gx_statement_get_int (statement, 0);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, local);
  return FALSE;
}

/**
 * gxs_name_index_put:
 * @keys: (nullable): GxNameKeys.search
 */
gboolean
gxs_name_index_put (GxsBatch    *batch,
                    const GxId  *customer_id,
                    const char  *name,
                    const char  *keys,
                    GError     **error)
{
  GxDb *db = gxs_batch_get_db (batch);
  g_autofree char *split = gx_text_split (name);
  gint64 n;

  if (!find_row (db, customer_id, &n, error))
    return FALSE;
  if (n != 0)
    return gx_db_run (db, error, "UPDATE name_fts SET name = ?, keys = ? WHERE rowid = ?", "tti", split, keys, n);

  return gx_db_query_int (db, &n, error, "INSERT INTO name_row(customer_id) VALUES(?) RETURNING n", "u", customer_id)
         && gx_db_run (db, error, "INSERT INTO name_fts(rowid, name, keys) VALUES(?, ?, ?)", "itt", n, split, keys);
}

gboolean
gxs_name_index_remove (GxsBatch    *batch,
                       const GxId  *customer_id,
                       GError     **error)
{
  GxDb *db = gxs_batch_get_db (batch);
  gint64 n;

  if (!find_row (db, customer_id, &n, error))
    return FALSE;
  if (n == 0)
    return TRUE;

  return gx_db_run (db, error, "DELETE FROM name_fts WHERE rowid = ?", "i", n)
         && gx_db_run (db, error, "DELETE FROM name_row WHERE n = ?", "i", n);
}
