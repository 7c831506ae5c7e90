/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The online readers: one record, and lists by one field, each row asked whether the session may have it.
 *
 * A list walks ids and stops at its limit of shown rows or after looking at a bounded number of rows, so that a list over
 * what one may not see costs no more than one over what one may. Writes go through push, never through here.
 */
#include "gxs-records.h"

#include "gx-customer.h"
#include "gx-holding.h"
#include "gx-protocol.h"
#include "gx-sight.h"
#include "gx-sql.h"
#include "gx-transaction.h"
#include "gxs-rights.h"
#include "gxs-row.h"

#include <string.h>

/* Rows looked at for one answer, seen or not. */
#define MAX_LOOKED_AT 5000

/**
 * gxs_records_get:
 *
 * Errors: %GX_ERROR_NOT_FOUND also for what the session may not see
 */
gboolean
gxs_records_get (GxDb            *db,
                 const GxsAuthz  *authz,
                 const GxEntity  *entity,
                 const GxId      *id,
                 GString         *out,
                 GError         **error)
{
  g_auto(GxsRow) row = { 0 };
  GxJsonWriter writer;
  gboolean shown = FALSE;

  if (!gxs_row_find (db, entity, id, &row, error))
    return FALSE;
  gx_json_writer_init (&writer, out);
  if (row.data != NULL && gxs_authz_may_read (authz, entity, row.data, &row.holders)
      && !gxs_row_show (db, authz, &row, NULL, TRUE, &writer, &shown, error))
    return FALSE;

  return shown || gx_fail (error, GX_ERROR_NOT_FOUND, "there is no such %s", entity->name);
}

typedef struct
{
  GxDb                  *db;
  const GxsAuthz        *authz;
  const GxsRecordsQuery *query;
  GString               *out;
  GxStatement           *totals;      /* (nullable) */
  guint                  n_shown;
  guint                  n_looked_at;
  GxId                   last;
} List;

static char *
list_text (const GxsRecordsQuery *query)
{
  if (query->field == NULL)
    return g_strconcat (gxs_row_select (query->entity), " WHERE t.id > ? AND t.del = 0 ORDER BY t.id LIMIT ?", NULL);

  return g_strconcat (gxs_row_select (query->entity), " WHERE t.", query->field->name,
                      " = ? AND t.id > ? AND t.del = 0 ORDER BY t.id LIMIT ?", NULL);
}

static GxStatement *
prepare_list (List    *list,
              GError **error)
{
  const GxsRecordsQuery *query = list->query;
  g_autofree char *sql = list_text (query);
  g_autoptr(GxStatement) statement = gx_db_prepare (list->db, sql, error);
  int index = 1;

  if (statement == NULL)
    return NULL;
  if (query->field != NULL)
    {
      gpointer data = gx_entity_new (query->entity);
      gboolean valid = gx_field_from_text (query->field, data, query->value, error);

      if (valid)
        gx_sql_bind_field (statement, index++, query->field, data);
      gx_entity_free (query->entity, data);
      if (!valid)
        return NULL;
    }
  if (gx_id_is_none (&query->after))
    gx_statement_bind_blob (statement, index++, "", 0);
  else
    gx_statement_bind_id (statement, index++, &query->after);
  gx_statement_bind_int (statement, index, MAX_LOOKED_AT);

  return g_steal_pointer (&statement);
}

/* {"CNY":1200,"USD":5}: of amounts that the session sees */
static gboolean
write_totals (List          *list,
              const GxsRow  *row,
              GError       **error)
{
  GxJsonWriter writer;
  GError *local = NULL;

  gx_statement_rewind (list->totals);
  gx_statement_bind_id (list->totals, 1, &((GxMeta *) row->data)->id);
  gx_json_writer_init (&writer, list->out);
  gx_json_writer_begin_object (&writer);
  while (gx_statement_next (list->totals, &local))
    gx_json_writer_put_int (&writer, gx_statement_get_text (list->totals, 0), gx_statement_get_int (list->totals, 1));
  gx_json_writer_end_object (&writer);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, local);
  return FALSE;
}

/* They go into the row's own object, at its end. */
static gboolean
add_totals (List            *list,
            const GxsRow    *row,
            const GxViewer  *viewer,
            GError         **error)
{
  const GxEntity *holding = &gx_holding_entity;

  if (gx_sight (viewer->roles, viewer->relation, holding, gx_entity_find (holding, "balance")) != GX_SIGHT_CLEAR)
    return TRUE;

  g_assert (list->out->str[list->out->len - 1] == '}');
  g_string_truncate (list->out, list->out->len - 1);
  g_string_append (list->out, ",\"totals\":");
  if (!write_totals (list, row, error))
    return FALSE;
  g_string_append_c (list->out, '}');
  return TRUE;
}

static gboolean
show_row (List    *list,
          GxsRow  *row,
          GError **error)
{
  gsize at = list->out->len;
  GxJsonWriter writer;
  GxViewer viewer;
  gboolean shown;

  if (!gxs_authz_may_read (list->authz, row->entity, row->data, &row->holders))
    return TRUE;

  gxs_rights_viewer (list->authz, row->entity, row->data, &row->holders, &viewer);
  if (list->n_shown > 0)
    g_string_append_c (list->out, ',');
  gx_json_writer_init (&writer, list->out);
  if (!gxs_row_show (list->db, list->authz, row, NULL, list->query->with_months, &writer, &shown, error))
    return FALSE;
  if (!shown)
    {
      g_string_truncate (list->out, at);
      return TRUE;
    }

  list->n_shown++;
  return list->totals == NULL || add_totals (list, row, &viewer, error);
}

static gboolean
walk (List         *list,
      GxStatement  *statement,
      gboolean     *out_more,
      GError      **error)
{
  GError *local = NULL;

  *out_more = FALSE;
  while (gx_statement_next (statement, &local))
    {
      g_auto(GxsRow) row = { 0 };

      if (list->n_shown >= list->query->limit)
        {
          *out_more = TRUE;
          return TRUE;
        }
      if (!gxs_row_read (statement, list->query->entity, &row, error))
        return FALSE;
      list->last = ((GxMeta *) row.data)->id;
      list->n_looked_at++;
      if (!show_row (list, &row, error))
        return FALSE;
    }
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }

  *out_more = list->n_looked_at >= MAX_LOOKED_AT;
  return TRUE;
}

static gboolean
run_list (List    *list,
          GError **error)
{
  g_autoptr(GxStatement) statement = prepare_list (list, error);
  gboolean more;

  if (statement == NULL)
    return FALSE;

  g_string_append (list->out, "{\"rows\":[");
  if (!walk (list, statement, &more, error))
    return FALSE;
  g_string_append_c (list->out, ']');
  if (more)
    g_string_append_printf (list->out, ",\"after\":\"%s\"", GX_ID_STR (&list->last));
  g_string_append_c (list->out, '}');
  return TRUE;
}

static gboolean
check_field (const GxsRecordsQuery  *query,
             GError                **error)
{
  const GxField *field = query->field;

  if (field == NULL)
    return TRUE;
  if (field->flags & (GX_LOCAL | GX_COMPOSED | GX_SEALED | GX_MASKED | GX_HIDDEN) || field->kind == GX_KIND_JSON)
    return gx_fail_field (error, GX_ERROR_INVALID, field->name, "query", "cannot be asked for");

  return TRUE;
}

/**
 * gxs_records_list:
 *
 * Errors: %GX_ERROR_INVALID naming the field that cannot be asked for, or whose value it is none
 */
gboolean
gxs_records_list (GxDb                   *db,
                  const GxsAuthz         *authz,
                  const GxsRecordsQuery  *query,
                  GString                *out,
                  GError                **error)
{
  List list = { .db = db, .authz = authz, .query = query, .out = out };
  g_autoptr(GxTransaction) snapshot = NULL;
  g_autoptr(GxStatement) totals = NULL;

  if (!check_field (query, error))
    return FALSE;
  snapshot = gx_transaction_begin_read (db, error);
  if (snapshot == NULL)
    return FALSE;
  if (query->with_totals && query->entity == &gx_customer_entity)
    {
      totals = gx_db_prepare (db, "SELECT ccy, SUM(balance) FROM holding WHERE customer_id = ? AND del = 0 AND balance IS NOT NULL"
                              " AND ccy IS NOT NULL GROUP BY ccy ORDER BY ccy", error);
      if (totals == NULL)
        return FALSE;
      list.totals = totals;
    }

  return run_list (&list, error);
}
