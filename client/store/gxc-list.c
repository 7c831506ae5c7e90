/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The records behind the ids of a list: immutable, read in windows, or one with its months as it would travel. Which rows
 * there are, and in which order, is gxc-list-query's.
 */
#include "gxc-list.h"

#include "gx-entity-json.h"
#include "gx-sql.h"
#include "gx-transaction.h"

/**
 * gxc_list_find:
 *
 * Returns: (transfer full) (nullable): the row as it is shown
 *
 * Errors: %GX_ERROR_NOT_FOUND
 */
GxRecord *
gxc_list_find (GxDb            *db,
               const GxEntity  *entity,
               const GxId      *id,
               GError         **error)
{
  gpointer data = gx_sql_load (db, entity, id, error);

  return data != NULL ? gx_record_new (entity, data) : NULL;
}

static void
unref_if_any (gpointer record)
{
  if (record != NULL)
    g_object_unref (record);
}

/**
 * gxc_list_window:
 *
 * Returns: (transfer full) (nullable) (element-type GxRecord): one item an id, %NULL for a row that has gone meanwhile
 */
GPtrArray *
gxc_list_window (GxDb            *db,
                 const GxEntity  *entity,
                 const GxId      *ids,
                 guint            n_ids,
                 GError         **error)
{
  g_autoptr(GxTransaction) snapshot = gx_transaction_begin_read (db, error);
  g_autoptr(GPtrArray) records = g_ptr_array_new_full (n_ids, unref_if_any);

  if (snapshot == NULL)
    return NULL;
  for (guint i = 0; i < n_ids; i++)
    {
      gpointer data;

      if (!gx_sql_find (db, entity, &ids[i], &data, error))
        return NULL;
      g_ptr_array_add (records, data != NULL ? gx_record_new (entity, data) : NULL);
    }

  return g_steal_pointer (&records);
}

static gboolean
load_facts (GxDb      *db,
            GxPut     *put,
            GError   **error)
{
  const GxEntity *fact = gx_entity_fact_of (put->entity);
  g_autofree char *columns = gx_sql_columns (db, fact, NULL);
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM %s WHERE %s=? ORDER BY month", columns, fact->name, fact->fact_key);
  g_autoptr(GxStatement) statement = gx_db_query (db, error, sql, "u", &((GxMeta *) put->data)->id);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  put->fact = fact;
  put->facts = g_ptr_array_new ();
  while (gx_statement_next (statement, &local))
    g_ptr_array_add (put->facts, gx_sql_read (statement, fact, 0, NULL));
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, local);
  return FALSE;
}

/* No months, or an empty list of them: the server told which (masked amounts have none). */
static gboolean
drop_empty_facts (GxDb      *db,
                  GxPut     *put,
                  GError   **error)
{
  gint64 n;

  if (put->facts->len > 0)
    return TRUE;
  if (!gx_db_query_int (db, &n, error, "SELECT COUNT(*) FROM factless WHERE tbl=? AND id=?", "nu", (int) put->entity->number,
                        &((GxMeta *) put->data)->id))
    return FALSE;
  if (n == 0)
    g_clear_pointer (&put->facts, g_ptr_array_unref);

  return TRUE;
}

/**
 * gxc_list_load:
 * @out_put: (out caller-allocates): the row as it is shown, and its months, the oldest first; clear with gx_put_clear()
 *
 * Errors: %GX_ERROR_NOT_FOUND
 */
gboolean
gxc_list_load (GxDb            *db,
               const GxEntity  *entity,
               const GxId      *id,
               GxPut           *out_put,
               GError         **error)
{
  GxPut put = { .entity = entity, .data = gx_sql_load (db, entity, id, error) };

  if (put.data == NULL)
    return FALSE;
  if (gx_entity_fact_of (entity) != NULL && (!load_facts (db, &put, error) || !drop_empty_facts (db, &put, error)))
    {
      gx_put_clear (&put);
      return FALSE;
    }

  *out_put = put;
  return TRUE;
}

/**
 * gxc_list_to_json:
 *
 * Returns: (transfer full) (nullable): the row as /v1/records has it
 */
char *
gxc_list_to_json (GxDb            *db,
                  const GxEntity  *entity,
                  const GxId      *id,
                  GError         **error)
{
  GString *out;
  GxJsonWriter writer;
  GxPut put;

  if (!gxc_list_load (db, entity, id, &put, error))
    return NULL;
  out = g_string_sized_new (1024);
  gx_json_writer_init (&writer, out);
  gx_put_write (&put, &writer);
  gx_put_clear (&put);

  return g_string_free (out, FALSE);
}

/**
 * gxc_list_is_pending:
 *
 * Returns: whether the row shows something that the server has not confirmed yet
 */
gboolean
gxc_list_is_pending (GxDb           *db,
                     const GxEntity *entity,
                     const GxId     *id)
{
  gint64 n = 0;

  return gx_db_query_int (db, &n, NULL, "SELECT COUNT(*) FROM cover WHERE tbl=? AND id=?", "nu", (int) entity->number, id) && n > 0;
}
