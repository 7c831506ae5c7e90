/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who changed what, and when: the audit log, read for one row by somebody who may see that row.
 *
 * The log holds names of fields and versions and never a value, so nothing here is masked; refusals stay with the auditor.
 * What an import brought has one entry a batch (trust.md 2), so a row's history begins with its first change afterwards.
 */
#include "gxs-history.h"

#include "gx-catalog.h"
#include "gx-customer.h"
#include "gx-json.h"
#include "gx-transaction.h"
#include "gxs-row.h"

#include <string.h>

/* The row itself, or a customer with every row whose parent it is. */
static char *
history_text (const GxEntity *entity)
{
  GString *ids = g_string_new ("SELECT ?1");

  for (guint i = 0; i < gx_n_entities && entity == &gx_customer_entity; i++)
    for (guint p = 0; p < G_N_ELEMENTS (gx_entities[i]->parents) && gx_entities[i]->fact_of == NULL; p++)
      if (gx_entities[i]->parents[p] != NULL)
        g_string_append_printf (ids, " UNION SELECT id FROM %s WHERE %s = ?1", gx_entities[i]->name, gx_entities[i]->parents[p]);

  g_string_prepend (ids, "SELECT a.seq, a.entry, p.name FROM audit_log a LEFT JOIN login l ON l.id = a.actor"
                    " LEFT JOIN employee p ON p.id = l.employee_id WHERE a.entity_id IN (");
  g_string_append (ids, ") AND a.seq < ?2 ORDER BY a.seq DESC LIMIT ?3");
  return g_string_free (ids, FALSE);
}

static gboolean
had_effect (JsonObject *entry)
{
  const char *result = json_object_get_string_member_with_default (entry, "result", "applied");

  return strcmp (result, "noop") != 0 && strcmp (result, "conflict") != 0
         && strcmp (json_object_get_string_member_with_default (entry, "action", ""), "refused") != 0;
}

static void
copy_member (GxJsonWriter *writer,
             JsonObject   *entry,
             const char   *member,
             const char   *as)
{
  JsonNode *node = json_object_get_member (entry, member);

  if (node == NULL)
    return;
  gx_json_writer_member (writer, as);
  gx_json_writer_node (writer, node);
}

static void
write_item (GxJsonWriter *writer,
            JsonObject   *entry,
            const char   *actor_name)
{
  gx_json_writer_begin_object (writer);
  copy_member (writer, entry, "action", "action");
  copy_member (writer, entry, "actor", "actor");
  if (actor_name != NULL)
    gx_json_writer_put_string (writer, "actor_name", actor_name);
  copy_member (writer, entry, "at", "at");
  copy_member (writer, entry, "cr_id", "cr_id");
  copy_member (writer, entry, "tbl", "entity");
  copy_member (writer, entry, "fields", "fields");
  copy_member (writer, entry, "entity_id", "id");
  copy_member (writer, entry, "n", "seq");
  copy_member (writer, entry, "result", "state");
  copy_member (writer, entry, "v", "v");
  gx_json_writer_end_object (writer);
}

/* One entry of the log. @out_last: its number, shown or not */
static gboolean
add_entry (GxJsonWriter  *writer,
           GxStatement   *statement,
           gint64        *out_last,
           GError       **error)
{
  gsize length;
  const char *text = gx_statement_get_blob (statement, 1, &length);
  g_autoptr(JsonNode) root = gx_json_parse (text, (gssize) length, error);
  JsonObject *entry = root != NULL ? gx_json_root_object (root, error) : NULL;

  *out_last = gx_statement_get_int (statement, 0);
  if (entry == NULL)
    return FALSE;
  if (had_effect (entry))
    write_item (writer, entry, gx_statement_get_text (statement, 2));

  return TRUE;
}

static gboolean
write_items (GxDb                   *db,
             const GxsHistoryQuery  *query,
             GString                *out,
             GError                **error)
{
  g_autofree char *sql = history_text (query->entity);
  g_autoptr(GxStatement) statement = gx_db_query (db, error, sql, "uii", &query->id, query->before, query->limit + 1);
  GError *local = NULL;
  gint64 n = 0, last = 0;
  gboolean more = FALSE;
  GxJsonWriter writer;

  if (statement == NULL)
    return FALSE;

  gx_json_writer_init (&writer, out);
  gx_json_writer_begin_object (&writer);
  gx_json_writer_member (&writer, "items");
  gx_json_writer_begin_array (&writer);
  while (!more && gx_statement_next (statement, &local))
    {
      more = n++ == query->limit;
      if (!more && !add_entry (&writer, statement, &last, &local))
        break;
    }
  gx_json_writer_end_array (&writer);
  gx_json_writer_put_bool (&writer, "more", more);
  if (more)
    gx_json_writer_put_int (&writer, "next", last);
  gx_json_writer_end_object (&writer);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, local);
  return FALSE;
}

/**
 * gxs_history:
 * @db: a reader
 * @out: {"items":[{"action","actor","actor_name","at","cr_id","entity","fields","id","seq","state","v"}],"more":…,"next":N},
 *   newest first; ask again with @before = next
 *
 * Errors: %GX_ERROR_NOT_FOUND also for what the session may not see
 */
gboolean
gxs_history (GxDb                   *db,
             const GxsAuthz         *authz,
             const GxsHistoryQuery  *query,
             GString                *out,
             GError                **error)
{
  g_autoptr(GxTransaction) snapshot = gx_transaction_begin_read (db, error);
  g_auto(GxsRow) row = { 0 };

  if (snapshot == NULL || !gxs_row_find (db, query->entity, &query->id, &row, error))
    return FALSE;
  if (row.data == NULL || !gxs_authz_may_read (authz, query->entity, row.data, &row.holders))
    return gx_fail (error, GX_ERROR_NOT_FOUND, "there is no such %s", query->entity->name);

  return write_items (db, query, out, error);
}
