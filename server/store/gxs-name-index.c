/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The index of customers' names: single characters and all readings, so that any piece of a Chinese name is found
 * (sql.md 1.3). Full text differs from engine to engine: this file and gxs-search ask it, no other.
 *
 * Beside each name stands whose customer it is and its place in a list by name: a short word is in every tenth name, and
 * reading the rows of ten thousand customers to show fifty takes four times as long as sifting these.
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

static gboolean
insert_row (GxDb              *db,
            const GxCustomer  *customer,
            gint64            *out_n,
            GError           **error)
{
  return gx_db_query_int (db, out_n, error, "INSERT INTO name_row(customer_id, pinyin, primary_rm_id, wealth_mgr_id, org_path)"
                          " VALUES(?, ?, ?, ?, ?) RETURNING n", "utuut", &customer->meta.id, customer->name_pinyin,
                          &customer->primary_rm_id, &customer->wealth_mgr_id, customer->meta.org_path);
}

/**
 * gxs_name_index_put:
 * @keys: (nullable): GxNameKeys.search
 *
 * For a customer that is new or has another name.
 */
gboolean
gxs_name_index_put (GxsBatch          *batch,
                    const GxCustomer  *customer,
                    const char        *keys,
                    GError           **error)
{
  GxDb *db = gxs_batch_get_db (batch);
  g_autofree char *split = gx_text_split (customer->name);
  gint64 n;

  if (!find_row (db, &customer->meta.id, &n, error))
    return FALSE;
  if (n != 0)
    return gx_db_run (db, error, "UPDATE name_fts SET name = ?, keys = ? WHERE rowid = ?", "tti", split, keys, n)
           && gxs_name_index_place (batch, customer, error);

  return insert_row (db, customer, &n, error)
         && gx_db_run (db, error, "INSERT INTO name_fts(rowid, name, keys) VALUES(?, ?, ?)", "itt", n, split, keys);
}

/**
 * gxs_name_index_place:
 *
 * For a customer that has other managers or another unit.
 */
gboolean
gxs_name_index_place (GxsBatch          *batch,
                      const GxCustomer  *customer,
                      GError           **error)
{
  return gx_db_run (gxs_batch_get_db (batch), error, "UPDATE name_row SET pinyin = ?, primary_rm_id = ?, wealth_mgr_id = ?,"
                    " org_path = ? WHERE customer_id = ?", "tuutu", customer->name_pinyin, &customer->primary_rm_id,
                    &customer->wealth_mgr_id, customer->meta.org_path, &customer->meta.id);
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
