/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which rows of an entity there are, in which order: ids only (100,000 in some 15 ms). Their records are gxc-list's.
 *
 * Fields become SQL by their description alone. Only a customer is special: his name sorts by its pinyin, searching asks the
 * indexes of names, contacts and numbers (gxc-find), and his figures stand in a table of their own (gxc-digest); other entities are
 * searched in the fields marked for it.
 */
#include "gxc-list.h"

#include "gx-customer.h"
#include "gx-sql.h"
#include "gx-text.h"
#include "gx-transaction.h"
#include "gxc-digest.h"
#include "gxc-find.h"

#define FEW 256     /* found ids whose order is asked for by themselves */

typedef enum { IDS, UNORDERED_IDS, COUNT } Wanted;

static const char *const comparisons[] = {
  [GXC_IS] = "=?", [GXC_IS_NOT] = "<>?", [GXC_LESS] = "<?", [GXC_GREATER] = ">?",
  [GXC_IS_NONE] = " IS NULL", [GXC_IS_SOME] = " IS NOT NULL", [GXC_IN] = " IN (?",
};

/* The words of a condition: none, one, or of %GXC_IN as many as there are. */
static char **
words_of (const GxcCondition *condition)
{
  const char *text = condition->text != NULL ? condition->text : "";
  const char *one[] = { text, NULL };

  if (condition->op == GXC_IS_NONE || condition->op == GXC_IS_SOME)
    return g_new0 (char *, 1);

  return condition->op == GXC_IN ? g_strsplit (text, ",", -1) : g_strdupv ((char **) one);
}

/* Whose field it is: the entity's own, or of a customer its digest's. */
static const GxEntity *
holder_of (const GxEntity *entity,
           const char     *name)
{
  if (gx_entity_find (entity, name) == NULL && entity == &gx_customer_entity && gx_entity_find (gxc_digest_entity (), name) != NULL)
    return gxc_digest_entity ();

  return entity;
}

static const GxField *
find_field (const GxEntity  *entity,
            const char      *name,
            GError         **error)
{
  const GxField *field = gx_entity_find (holder_of (entity, name), name);

  if (field == NULL || !gx_sql_has_column (GX_SIDE_CLIENT, field))
    {
      gx_fail_field (error, GX_ERROR_SCHEMA, name, "schema", "%s has no such field", entity->name);
      return NULL;
    }

  return field;
}

/* "c" is the entity's table, "d" the digest's. */
static char
alias_of (const GxcListQuery *query,
          const char         *name)
{
  return holder_of (query->entity, name) == query->entity ? 'c' : 'd';
}

static gboolean
sorts_by (const GxcListQuery *query,
          char                alias)
{
  return query->sort != NULL && alias_of (query, query->sort) == alias;
}

static gboolean
asks_of (const GxcListQuery *query,
         char                alias)
{
  if (sorts_by (query, alias))
    return TRUE;
  for (guint i = 0; i < query->n_conditions; i++)
    if (alias_of (query, query->conditions[i].field) == alias)
      return TRUE;

  return FALSE;
}

/* Where each customer has a digest, what is asked of figures alone is asked of the digests alone: in the order of a figure
 * that is one index. While a first load is under way some customers have none yet, and are listed all the same. Of both with
 * a limit, the figures come first: the few that are wanted are soon found. */
static void
append_tables (GString            *sql,
               GxDb               *db,
               const GxcListQuery *query)
{
  if (!asks_of (query, 'd'))
    g_string_append_printf (sql, " FROM %s c", query->entity->name);
  else if (gxc_digest_is_complete (db) && asks_of (query, 'c'))
    g_string_append (sql, " FROM customer_digest d CROSS JOIN customer c ON c.id=d.id");
  else if (gxc_digest_is_complete (db))
    g_string_append (sql, " FROM customer_digest d");
  else
    g_string_append (sql, " FROM customer c LEFT JOIN customer_digest d ON d.id=c.id");
}

static const char *
id_column (GxDb               *db,
           const GxcListQuery *query)
{
  return asks_of (query, 'd') && gxc_digest_is_complete (db) ? "d.id" : "c.id";
}

static void
append_condition (GString             *sql,
                  const char          *joint,
                  char                 alias,
                  const GxField       *field,
                  const GxcCondition  *condition)
{
  g_auto(GStrv) words = words_of (condition);

  g_string_append_printf (sql, "%s%c.%s%s", joint, alias, field->name, comparisons[condition->op]);
  if (condition->op != GXC_IN)
    return;
  for (guint i = 1; i < g_strv_length (words); i++)
    g_string_append (sql, ", ?");
  g_string_append_c (sql, ')');
}

static gboolean
append_conditions (GString             *sql,
                   const GxcListQuery  *query,
                   GError             **error)
{
  for (guint i = 0; i < query->n_conditions; i++)
    {
      const GxField *field = find_field (query->entity, query->conditions[i].field, error);

      if (field == NULL)
        return FALSE;
      append_condition (sql, i == 0 ? " WHERE " : " AND ", alias_of (query, field->name), field, &query->conditions[i]);
    }

  return TRUE;
}

static gboolean
is_customer_search (const GxcListQuery *query)
{
  return query->search != NULL && query->entity == &gx_customer_entity;
}

/* Of other entities: any searched field that has what was typed in it, folded or not. */
static guint
append_search (GString            *sql,
               const GxcListQuery *query)
{
  guint n = 0;

  g_string_append (sql, query->n_conditions == 0 ? " WHERE (" : " AND (");
  for (guint i = 0; i < gx_entity_n_fields (query->entity); i++)
    {
      const GxField *field = gx_entity_field (query->entity, i);

      if (field->kind == GX_KIND_TEXT && (field->flags & GX_SEARCHED))
        g_string_append_printf (sql, "%sinstr(lower(c.%s), ?)>0", n++ > 0 ? " OR " : "", field->name);
    }
  g_string_append (sql, n > 0 ? ")" : "FALSE)");

  return n;
}

/* Of figures, whoever has none stands last, whichever way round. */
static gboolean
append_order (GString             *sql,
              GxDb                *db,
              const GxcListQuery  *query,
              GError             **error)
{
  const char *direction = query->descending ? " DESC" : "";
  const char *id = id_column (db, query);
  const GxField *field;

  if (query->sort == NULL)
    {
      g_string_append_printf (sql, " ORDER BY %s%s", id, direction);
      return TRUE;
    }
  field = find_field (query->entity, query->sort, error);
  if (field == NULL)
    return FALSE;

  if (query->entity == &gx_customer_entity && g_str_equal (field->name, "name"))
    g_string_append_printf (sql, " ORDER BY c.name_pinyin%s, c.name%s, c.id%s", direction, direction, direction);
  else if (alias_of (query, field->name) == 'd')
    g_string_append_printf (sql, " ORDER BY d.%s%s, %s%s", field->name, query->descending ? direction : " NULLS LAST", id, direction);
  else
    g_string_append_printf (sql, " ORDER BY c.%s%s, c.id%s", field->name, direction, direction);

  return TRUE;
}

/* @n_search: (out): how often what is searched for is bound, after the conditions; of customers that is @find's to do */
static char *
make_sql (GxDb                *db,
          const GxcListQuery  *query,
          const GxcFind       *find,
          Wanted               wanted,
          guint               *out_n_search,
          GError             **error)
{
  g_autoptr(GString) sql = g_string_new ("SELECT ");

  *out_n_search = 0;
  g_string_append (sql, wanted == COUNT ? "COUNT(*)" : id_column (db, query));
  append_tables (sql, db, query);
  if (!append_conditions (sql, query, error))
    return NULL;
  if (is_customer_search (query))
    g_string_append_printf (sql, "%s %s IN (%s)", query->n_conditions == 0 ? " WHERE" : " AND", id_column (db, query), gxc_find_sql (find));
  else if (query->search != NULL)
    *out_n_search = append_search (sql, query);
  if (wanted == IDS && !append_order (sql, db, query, error))
    return NULL;
  if (query->limit > 0)
    g_string_append_printf (sql, " LIMIT %u", query->limit);

  return g_strdup (sql->str);
}

static gboolean
bind_condition (GxStatement         *statement,
                const GxField       *field,
                const GxcCondition  *condition,
                gpointer             row,
                int                 *index,
                GError             **error)
{
  g_auto(GStrv) words = words_of (condition);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (!gx_field_from_text (field, row, words[i], error))
        return FALSE;
      gx_sql_bind_field (statement, (*index)++, field, row);
    }

  return TRUE;
}

static gboolean
bind_conditions (GxStatement         *statement,
                 const GxcListQuery  *query,
                 int                 *index,
                 GError             **error)
{
  gboolean ok = TRUE;

  for (guint i = 0; ok && i < query->n_conditions; i++)
    {
      const GxcCondition *condition = &query->conditions[i];
      const GxEntity *holder = holder_of (query->entity, condition->field);
      gpointer row = gx_entity_new (holder);

      ok = bind_condition (statement, gx_entity_find (holder, condition->field), condition, row, index, error);
      gx_entity_free (holder, row);
    }

  return ok;
}

/* @out: %NULL where what was typed holds nothing to look for, so that no row fits. */
static gboolean
ask (GxDb                *db,
     const GxcListQuery  *query,
     Wanted               wanted,
     GxStatement        **out,
     GError             **error)
{
  g_autoptr(GxStatement) statement = NULL;
  g_auto(GxcFind) find = { NULL };
  g_autofree char *folded = query->search != NULL ? gx_text_fold (query->search) : NULL;
  g_autofree char *sql = NULL;
  guint n_search;
  int index = 1;

  *out = NULL;
  if (is_customer_search (query))
    {
      gxc_find_init (&find, query->search);
      if (find.match == NULL)
        return TRUE;
    }

  sql = make_sql (db, query, &find, wanted, &n_search, error);
  if (sql == NULL || (statement = gx_db_prepare (db, sql, error)) == NULL || !bind_conditions (statement, query, &index, error))
    return FALSE;
  for (guint i = 0; i < n_search; i++)
    gx_statement_bind_text (statement, index++, folded);
  if (is_customer_search (query))
    gxc_find_bind (&find, statement, index);
  *out = g_steal_pointer (&statement);

  return TRUE;
}

static GArray *
ask_ids (GxDb                *db,
         const GxcListQuery  *query,
         Wanted               wanted,
         GError             **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (GxId));
  g_autoptr(GxStatement) statement = NULL;

  if (!ask (db, query, wanted, &statement, error))
    return NULL;

  return statement == NULL || gx_statement_collect_ids (statement, ids, error) ? g_steal_pointer (&ids) : NULL;
}

/* --- of customers and figures at once ----------------------------------------------------------------------------- */

/* The conditions of one side. */
static GArray *
conditions_of (const GxcListQuery *query,
               char                alias)
{
  GArray *conditions = g_array_new (FALSE, FALSE, sizeof (GxcCondition));

  for (guint i = 0; i < query->n_conditions; i++)
    if (alias_of (query, query->conditions[i].field) == alias)
      g_array_append_val (conditions, query->conditions[i]);

  return conditions;
}

/* Those of @ids that are in @others too, in the order of @ids. */
static GArray *
keep_common (GArray *ids,
             GArray *others,
             guint   limit)
{
  g_autoptr(GHashTable) set = g_hash_table_new (gx_id_hash, gx_id_equal);
  GArray *common = g_array_new (FALSE, FALSE, sizeof (GxId));

  for (guint i = 0; i < others->len; i++)
    g_hash_table_add (set, &g_array_index (others, GxId, i));
  for (guint i = 0; i < ids->len && (limit == 0 || common->len < limit); i++)
    if (g_hash_table_contains (set, &g_array_index (ids, GxId, i)))
      g_array_append_val (common, g_array_index (ids, GxId, i));

  return common;
}

/* Each side by itself reads one index or one table from end to end; joined, each row of one would be looked up in the other,
 * which at 100,000 rows takes several times as long. */
static GArray *
ask_both (GxDb                *db,
          const GxcListQuery  *query,
          GError             **error)
{
  char first = sorts_by (query, 'd') ? 'd' : 'c';
  g_autoptr(GArray) sorted_conditions = conditions_of (query, first);
  g_autoptr(GArray) other_conditions = conditions_of (query, first == 'd' ? 'c' : 'd');
  GxcListQuery sorted = *query, other = { .entity = query->entity };
  g_autoptr(GxTransaction) snapshot = gx_transaction_begin_read (db, error);
  g_autoptr(GArray) ids = NULL;
  g_autoptr(GArray) others = NULL;

  sorted.conditions = (const GxcCondition *) (gpointer) sorted_conditions->data;
  sorted.n_conditions = sorted_conditions->len;
  other.conditions = (const GxcCondition *) (gpointer) other_conditions->data;
  other.n_conditions = other_conditions->len;
  if (snapshot == NULL
      || (ids = ask_ids (db, &sorted, IDS, error)) == NULL
      || (others = ask_ids (db, &other, UNORDERED_IDS, error)) == NULL)
    return NULL;

  return keep_common (ids, others, 0);
}

static gboolean
asks_of_both (GxDb               *db,
              const GxcListQuery *query)
{
  return query->limit == 0 && asks_of (query, 'd') && asks_of (query, 'c') && gxc_digest_is_complete (db);
}

static GArray *
list_all (GxDb                *db,
          const GxcListQuery  *query,
          GError             **error)
{
  return asks_of_both (db, query) ? ask_both (db, query, error) : ask_ids (db, query, IDS, error);
}

/* --- the same order again ----------------------------------------------------------------------------------------- */

/* What a list depends on besides the rows and what was typed. */
static char *
describe (const GxcListQuery *query)
{
  GString *words = g_string_new (query->entity->name);

  for (guint i = 0; i < query->n_conditions; i++)
    g_string_append_printf (words, "\n%s %d %s", query->conditions[i].field, query->conditions[i].op,
                            query->conditions[i].text != NULL ? query->conditions[i].text : "");
  g_string_append_printf (words, "\n%s %d", query->sort != NULL ? query->sort : "", query->descending);

  return g_string_free (words, FALSE);
}

void
gxc_list_order_clear (GxcListOrder *order)
{
  g_clear_pointer (&order->query, g_free);
  g_clear_pointer (&order->ids, g_array_unref);
}

/* All of them without a limit, within a snapshot: those of the last time if nobody has committed since. */
static GArray *
list_order (GxDb                *db,
            const GxcListQuery  *all,
            GxcListOrder        *order,
            GError             **error)
{
  g_autofree char *query = describe (all);
  gint64 version;

  if (order == NULL)
    return list_all (db, all, error);
  if (!gx_db_query_int (db, &version, error, "PRAGMA data_version", NULL))
    return NULL;
  if (order->ids == NULL || order->version != version || !g_str_equal (order->query, query))
    {
      gxc_list_order_clear (order);
      order->ids = list_all (db, all, error);
      order->query = g_steal_pointer (&query);
      order->version = version;
    }

  return order->ids != NULL ? g_array_ref (order->ids) : NULL;
}

/* --- of what was typed -------------------------------------------------------------------------------------------- */

/* A letter finds a third of all customers. To look up each one's name and sort them takes ten times as long as to read all
 * of them in the order of an index and keep those that were found. */
static GArray *
list_found (GxDb                *db,
            const GxcListQuery  *query,
            GxcListOrder        *order,
            GError             **error)
{
  g_auto(GxcFind) find = { NULL };
  g_autoptr(GArray) found = NULL;
  g_autoptr(GArray) ids = NULL;
  GxcListQuery all = *query;

  gxc_find_init (&find, query->search);
  found = gxc_find_ids (&find, db, error);
  if (found == NULL)
    return NULL;
  if (found->len <= FEW)
    return list_all (db, query, error);

  all.search = NULL;
  all.limit = 0;
  ids = list_order (db, &all, order, error);
  return ids != NULL ? keep_common (ids, found, query->limit) : NULL;
}

/**
 * gxc_list_ids_again:
 * @order: (nullable): what is remembered from one list to the next, zeroed at first; of one reader
 *
 * As gxc_list_ids(), for somebody who asks on and on: letter by letter, the order is the same.
 *
 * Returns: (transfer full) (nullable) (element-type GxId): not to be written to, since @order may hold it too
 */
GArray *
gxc_list_ids_again (GxDb                *db,
                    const GxcListQuery  *query,
                    GxcListOrder        *order,
                    GError             **error)
{
  g_autoptr(GxTransaction) snapshot = NULL;

  if (query->entity != &gx_customer_entity || (query->search == NULL && (query->limit > 0 || order == NULL)))
    return list_all (db, query, error);
  snapshot = gx_transaction_begin_read (db, error);
  if (snapshot == NULL)
    return NULL;

  return query->search != NULL ? list_found (db, query, order, error) : list_order (db, query, order, error);
}

/**
 * gxc_list_ids:
 *
 * Returns: (transfer full) (nullable) (element-type GxId): the ids of all rows that fit, in order
 *
 * Errors: %GX_ERROR_SCHEMA for a field that there is not, %GX_ERROR_INVALID for a value that the field cannot have
 */
GArray *
gxc_list_ids (GxDb                *db,
              const GxcListQuery  *query,
              GError             **error)
{
  return gxc_list_ids_again (db, query, NULL, error);
}

static gint64
count_both (GxDb                *db,
            const GxcListQuery  *query,
            GError             **error)
{
  g_autoptr(GArray) ids = ask_both (db, query, error);

  return ids != NULL ? (gint64) ids->len : -1;
}

/**
 * gxc_list_count:
 *
 * Returns: how many rows fit, whatever the query's limit; -1 with @error set
 *
 * Errors: as of gxc_list_ids()
 */
gint64
gxc_list_count (GxDb                *db,
                const GxcListQuery  *query,
                GError             **error)
{
  GxcListQuery all = *query;
  g_autoptr(GxStatement) statement = NULL;
  GError *local = NULL;
  gint64 n = 0;

  all.sort = NULL;
  all.limit = 0;
  if (asks_of_both (db, &all))
    return count_both (db, &all, error);
  if (!ask (db, &all, COUNT, &statement, error))
    return -1;
  if (statement != NULL && gx_statement_next (statement, &local))
    n = gx_statement_get_int (statement, 0);
  if (local == NULL)
    return n;

  g_propagate_error (error, local);
  return -1;
}
