/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a row leaves the server, whichever way it was asked for: read with its customers in one query, masked by gx_sight,
 * composed where others tables speak in it, its months with it where the amounts are in clear.
 *
 * Whether the session may have the row at all is asked before (gxs_authz_may_read(), the scopes of the feed).
 */
#include "gxs-row.h"

#include "gx-bug.h"
#include "gx-change-request.h"
#include "gx-customer.h"
#include "gx-entity-json.h"
#include "gx-sql.h"
#include "gxs-review.h"
#include "gxs-rights.h"

#include <string.h>

#define MAX_MONTHS 120
#define MAX_NUMBER 64           /* of entities */

/* Texts are the same for every connection: made once, kept for ever. */
typedef struct
{
  char *rows;                   /* gxs_row_select() */
  char *one;                    /* the same, by id */
  char *facts;                  /* (nullable) */
  int   n_columns;
} Texts;

static void
append_columns (GString        *sql,
                const GxEntity *entity,
                int            *out_n)
{
  *out_n = 0;
  for (guint i = 0; i < gx_entity_n_fields (entity); i++)
    if (gx_sql_has_column (GX_SIDE_SERVER, gx_entity_field (entity, i)))
      g_string_append_printf (sql, "%st.%s", (*out_n)++ > 0 ? "," : "", gx_entity_field (entity, i)->name);
}

static char *
make_rows_text (const GxEntity *entity,
                int            *out_n)
{
  GString *sql = g_string_new ("SELECT ");

  append_columns (sql, entity, out_n);
  for (guint i = 0; i < 2 && entity->parents[i] != NULL; i++)
    g_string_append_printf (sql, ",c%u.primary_rm_id,c%u.wealth_mgr_id,c%u.org_path,c%u.del", i, i, i, i);
  g_string_append_printf (sql, " FROM %s t", entity->name);
  for (guint i = 0; i < 2 && entity->parents[i] != NULL; i++)
    g_string_append_printf (sql, " LEFT JOIN customer c%u ON c%u.id = t.%s", i, i, entity->parents[i]);

  return g_string_free (sql, FALSE);
}

static char *
make_facts_text (const GxEntity *parent)
{
  const GxEntity *fact = gx_entity_fact_of (parent);
  g_autoptr(GString) sql = g_string_new ("SELECT ");
  int n;

  if (fact == NULL)
    return NULL;

  append_columns (sql, fact, &n);
  g_string_append_printf (sql, " FROM %s t WHERE %s = ? ORDER BY month DESC LIMIT %d", fact->name, fact->fact_key, MAX_MONTHS);
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

static const Texts *
texts_of (const GxEntity *entity)
{
  static Texts *all[MAX_NUMBER];

  g_assert (entity->number < MAX_NUMBER);
  if (g_once_init_enter (&all[entity->number]))
    {
      Texts *texts = g_new0 (Texts, 1);

      texts->rows = make_rows_text (entity, &texts->n_columns);
      texts->one = g_strconcat (texts->rows, " WHERE t.id = ?", NULL);
      texts->facts = make_facts_text (entity);
      g_once_init_leave (&all[entity->number], texts);
    }

  return all[entity->number];
}

/**
 * gxs_row_select:
 *
 * Returns: (transfer none): the beginning of a query whose rows gxs_row_read() reads; the table is `t`
 */
const char *
gxs_row_select (const GxEntity *entity)
{
  return texts_of (entity)->rows;
}

static void
read_holder (GxStatement *statement,
             int          column,
             GxsHolder   *holder)
{
  const char *path = gx_statement_get_text (statement, column + 2);

  holder->live = !gx_statement_is_null (statement, column + 3) && gx_statement_get_int (statement, column + 3) == 0;
  holder->primary_rm_id = gx_statement_get_id (statement, column);
  holder->wealth_mgr_id = gx_statement_get_id (statement, column + 1);
  g_strlcpy (holder->org_path, path != NULL ? path : "", sizeof holder->org_path);
}

/**
 * gxs_row_read:
 * @statement: a row of a gxs_row_select() query
 */
gboolean
gxs_row_read (GxStatement     *statement,
              const GxEntity  *entity,
              GxsRow          *out_row,
              GError         **error)
{
  int column = texts_of (entity)->n_columns;

  out_row->entity = entity;
  memset (&out_row->holders, 0, sizeof out_row->holders);
  out_row->data = gx_sql_read (statement, entity, 0, error);
  if (out_row->data == NULL)
    return FALSE;
  if (entity == &gx_customer_entity)
    return gxs_holders_load (NULL, entity, out_row->data, &out_row->holders, error);

  for (guint i = 0; i < 2 && entity->parents[i] != NULL; i++, column += 4)
    {
      out_row->holders.of[i].id = *(const GxId *) gx_entity_member (entity, out_row->data, entity->parents[i]);
      read_holder (statement, column, &out_row->holders.of[i]);
    }
  return TRUE;
}

void
gxs_row_clear (GxsRow *row)
{
  if (row->data != NULL)
    gx_entity_free (row->entity, g_steal_pointer (&row->data));
}

/**
 * gxs_row_find:
 * @out_row: without data if there is no such row; a removed one is found
 */
gboolean
gxs_row_find (GxDb            *db,
              const GxEntity  *entity,
              const GxId      *id,
              GxsRow          *out_row,
              GError         **error)
{
  g_autoptr(GxStatement) statement = gx_db_query (db, error, texts_of (entity)->one, "u", id);
  GError *local = NULL;

  *out_row = (GxsRow) { .entity = entity };
  if (statement == NULL)
    return FALSE;
  if (gx_statement_next (statement, &local))
    return gxs_row_read (statement, entity, out_row, error);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, local);
  return FALSE;
}

/* The newest months, oldest first. */
static GPtrArray *
read_facts (GxDb            *db,
            const GxEntity  *entity,
            const GxId      *id,
            GError         **error)
{
  const GxEntity *fact = gx_entity_fact_of (entity);
  g_autoptr(GxStatement) statement = gx_db_query (db, error, texts_of (entity)->facts, "u", id);
  GPtrArray *facts;
  GError *local = NULL;

  if (statement == NULL)
    return NULL;

  facts = g_ptr_array_new ();
  while (gx_statement_next (statement, &local))
    {
      gpointer data = gx_sql_read (statement, fact, 0, &local);

      if (data == NULL)
        break;
      g_ptr_array_add (facts, data);
    }
  for (guint i = 0; i < facts->len / 2; i++)
    {
      gpointer first = facts->pdata[i];

      facts->pdata[i] = facts->pdata[facts->len - 1 - i];
      facts->pdata[facts->len - 1 - i] = first;
    }
  if (local == NULL)
    return facts;

  for (guint i = 0; i < facts->len; i++)
    gx_entity_free (fact, facts->pdata[i]);
  g_ptr_array_unref (facts);
  g_propagate_error (error, local);
  return NULL;
}

static gboolean
add_facts (GxDb            *db,
           const GxViewer  *viewer,
           GxPut           *put,
           GError         **error)
{
  const GxEntity *fact = gx_entity_fact_of (put->entity);

  if (fact == NULL || gx_sight_of_facts (viewer, fact) != GX_SIGHT_CLEAR)
    return TRUE;

  put->fact = fact;
  put->facts = read_facts (db, put->entity, &((GxMeta *) put->data)->id, error);
  return put->facts != NULL;
}

/**
 * gxs_row_show:
 * @row: (inout): masked in place for the session
 * @scopes: (nullable): the feed's "s"
 * @with_facts: whether the months go along, where they may; lists do without
 * @out_shown: whether anything was written: nothing is where the session may see nothing of such rows
 */
gboolean
gxs_row_show (GxDb                *db,
              const GxsAuthz      *authz,
              GxsRow              *row,
              const char *const   *scopes,
              gboolean             with_facts,
              GxJsonWriter        *writer,
              gboolean            *out_shown,
              GError             **error)
{
  GxPut put = { .entity = row->entity, .data = row->data, .scopes = scopes };
  GxViewer viewer;

  gxs_rights_viewer (authz, row->entity, row->data, &row->holders, &viewer);
  *out_shown = GX_BUG (GX_BUG_SIGHT) || gx_sight_mask (&viewer, row->entity, row->data);
  if (!*out_shown)
    return TRUE;
  if (row->entity == &gx_change_request_entity && !gxs_review_compose (db, authz, row->data, error))
    return FALSE;
  if (with_facts && !add_facts (db, &viewer, &put, error))
    return FALSE;

  gx_put_write (&put, writer);
  put.data = NULL;
  gx_put_clear (&put);
  return TRUE;
}
