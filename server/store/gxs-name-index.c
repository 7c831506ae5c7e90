/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The index of customers' names: single characters and all readings, so that any piece of a Chinese name is found
 * (sql.md 1.3). Full text differs from engine to engine: this file and gxs-search ask it, no other.
 *
 * Beside each name stands whose customer it is: a short word is in every tenth name, and reading the rows of ten thousand
 * customers to show fifty takes four times as long as sifting these. And the rows are numbered in the order of the names
 * (the first nine letters of the pinyin, then as they came), so what is found comes by name: nothing is sorted, and the
 * first fifty of ten thousand cost fifty.
 */
#include "gxs-name-index.h"

#include "gx-text.h"

#define LETTERS 9
#define LETTER_BITS 5
#define SAME_BITS 18            /* of names that begin alike */

static gboolean
find_row (GxDb        *db,
          const GxId  *customer_id,
          gint64      *out_n,
          GError     **error)
{
  *out_n = 0;

  return gx_db_find_int (db, out_n, error, "SELECT n FROM name_row WHERE customer_id = ?", "u", customer_id);
}

/**
 * gxs_name_index_number:
 * @pinyin: (nullable)
 *
 * Returns: the first number for names that begin like @pinyin: numbers are ordered as names are
 */
gint64
gxs_name_index_number (const char *pinyin)
{
  const char *p = pinyin != NULL ? pinyin : "";
  gint64 number = 0;

  for (guint i = 0; i < LETTERS; i++)
    {
      char letter = *p != '\0' ? g_ascii_tolower (*p++) : '\0';
      /* What is no letter stands before all letters, but after nothing. */
      guint value = letter == '\0' ? 0 : g_ascii_islower (letter) ? (guint) (letter - 'a') + 2 : 1;

      number = number << LETTER_BITS | value;
    }

  return (number << SAME_BITS) + 1;
}

static gboolean
is_taken (GxDb      *db,
          gint64     n,
          gboolean  *out_taken,
          GError   **error)
{
  gint64 count;

  if (!gx_db_query_int (db, &count, error, "SELECT COUNT(*) FROM name_row WHERE n = ?", "i", n))
    return FALSE;

  *out_taken = count > 0;
  return TRUE;
}

static gboolean
choose_number (GxDb        *db,
               const char  *pinyin,
               gint64      *out_n,
               GError     **error)
{
  gint64 first = gxs_name_index_number (pinyin);
  gboolean taken;

  if (!gx_db_query_int (db, out_n, error, "SELECT COALESCE(MAX(n) + 1, ?) FROM name_row WHERE n BETWEEN ? AND ?", "iii", first,
                        first, first + (1 << SAME_BITS) - 1))
    return FALSE;

  /* More of one beginning than there are numbers for: they go on among the next. */
  do
    {
      if (!is_taken (db, *out_n, &taken, error))
        return FALSE;
      *out_n += taken;
    }
  while (taken);
  return TRUE;
}

static gboolean
insert_row (GxDb              *db,
            const GxCustomer  *customer,
            gint64            *out_n,
            GError           **error)
{
  return choose_number (db, customer->name_pinyin, out_n, error)
         && gx_db_run (db, error, "INSERT INTO name_row(n, customer_id, pinyin, primary_rm_id, wealth_mgr_id, org_path)"
                       " VALUES(?, ?, ?, ?, ?, ?)", "iutuut", *out_n, &customer->meta.id, customer->name_pinyin,
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

  /* Another name has another number. */
  return gxs_name_index_remove (batch, &customer->meta.id, error)
         && insert_row (db, customer, &n, error)
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
