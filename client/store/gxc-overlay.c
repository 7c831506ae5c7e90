/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is shown = what the server said + this desk's own mutations of that row, replayed in order (Linear's rule).
 *
 *   covered.put  --parse-->  row  --cover.mid 17, 21, …: create | patch | delete | cr.submit-->  row of the entity's table
 *
 * A mutation covers its row from the moment it is made. A refusal lifts the cover; after an acknowledgement it stays
 * until a pull brings a row at least as new as the mutation's sequence, so that nothing on the screen jumps back. A row
 * that no mutation covers stands in the entity's table as the server said it, and nowhere else.
 */
#include "gxc-overlay.h"

#include "gx-bug.h"
#include "gx-catalog.h"
#include "gx-change-request.h"
#include "gx-customer.h"
#include "gx-delta.h"
#include "gx-name-keys.h"
#include "gx-sql.h"
#include "gx-text.h"
#include "gxc-digest.h"
#include "gxc-meta.h"
#include "gxc-queue-private.h"
#include "gxc-search.h"

typedef struct
{
  char *body;
  int   schema;
  char *original;           /* (nullable) */
} Step;

static void
step_clear (gpointer step)
{
  g_free (((Step *) step)->body);
  g_free (((Step *) step)->original);
}

/* The facts of a parent are one list: what came replaces what was. */
static gboolean
write_facts (GxDb         *db,
             const GxPut  *put,
             gboolean      fresh,
             GError      **error)
{
  const GxEntity *fact = gx_entity_fact_of (put->entity);
  const GxMeta *meta = put->data;

  if (fact == NULL)
    return TRUE;
  if (!fresh)
    {
      g_autofree char *sql = g_strdup_printf ("DELETE FROM %s WHERE %s=?", fact->name, fact->fact_key);

      if (!gx_db_run (db, error, sql, "u", &meta->id)
          || !gx_db_run (db, error, "DELETE FROM factless WHERE tbl=? AND id=?", "nu", (int) put->entity->number, &meta->id))
        return FALSE;
    }
  if (put->facts == NULL)
    return TRUE;
  if (put->facts->len == 0)
    return gx_db_run (db, error, "INSERT INTO factless(tbl, id) VALUES(?, ?)", "nu", (int) put->entity->number, &meta->id);
  for (guint i = 0; i < put->facts->len; i++)
    if (!gx_sql_insert (db, fact, g_ptr_array_index (put->facts, i), error))
      return FALSE;

  return TRUE;
}

static gboolean
delete_facts (GxDb            *db,
              const GxEntity  *entity,
              const GxId      *id,
              GError         **error)
{
  GxMeta meta = { .id = *id };
  GxPut none = { .entity = entity, .data = &meta };

  return write_facts (db, &none, FALSE, error);
}

/* Returns -1 if the row is not here. */
static gboolean
find_version (GxDb            *db,
              const GxEntity  *entity,
              const GxId      *id,
              gint64          *out_v,
              GError         **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT v FROM %s WHERE id=?", entity->name);

  *out_v = -1;

  return gx_db_find_int (db, out_v, error, sql, "u", id);
}

static gboolean
write_row (GxcStore        *store,
           const GxEntity  *entity,
           gconstpointer    data,
           gboolean         known,
           GError         **error)
{
  GxDb *db = gxc_store_get_db (store);
  const GxMeta *meta = data;

  gxc_store_note_row (store, entity, &meta->id);
  if (!(known ? gx_sql_update (db, entity, data, ~G_GUINT64_CONSTANT (0), error) : gx_sql_insert (db, entity, data, error)))
    return FALSE;

  gxc_digest_touch (store, entity, data);

  return gxc_search_touch (store, entity, data, error);
}

static gboolean
erase_row (GxcStore        *store,
           const GxEntity  *entity,
           const GxId      *id,
           GError         **error)
{
  GxDb *db = gxc_store_get_db (store);

  gxc_store_note_row (store, entity, id);

  return gxc_digest_forget (store, entity, id, error)
         && gx_sql_delete (db, entity, id, error)
         && gxc_search_forget (store, entity, id, error);
}

static char *
put_to_json (const GxPut *put)
{
  GxPut row = { .entity = put->entity, .data = put->data };
  GString *out = g_string_sized_new (512);
  GxJsonWriter writer;

  gx_json_writer_init (&writer, out);
  gx_put_write (&row, &writer);

  return g_string_free (out, FALSE);
}

static gpointer
parse_put (const char  *json,
           GError     **error)
{
  g_autoptr(JsonNode) node = gx_json_parse (json, -1, error);
  JsonObject *object = node != NULL ? gx_json_root_object (node, error) : NULL;
  GxPut put;

  if (object == NULL || !gx_put_read (object, &put, error))
    return NULL;

  return put.data;
}

/* One member of a patch: {"v":…,"b":…}; lists of words and lines are merged, so that a colleague's stay visible. */
static gboolean
replay_member (const GxEntity  *entity,
               gpointer         data,
               const char      *name,
               JsonNode        *value,
               JsonObject      *original,
               GError         **error)
{
  const GxField *field = gx_entity_find (entity, name);
  gpointer mine, seen;
  gboolean ok;

  if (field == NULL)
    return gx_fail_field (error, GX_ERROR_SCHEMA, name, "schema", "%s has no such field", entity->name);
  if ((field->merge != GX_MERGE_SET && field->merge != GX_MERGE_APPEND) || original == NULL)
    return gx_field_from_json (field, value, data, error);

  mine = gx_entity_new (entity);
  seen = gx_entity_new (entity);
  ok = gx_field_from_json (field, value, mine, error)
       && (!json_object_has_member (original, name)
           || gx_field_from_json (field, json_object_get_member (original, name), seen, error));
  if (ok)
    gx_merge_field (field, data, 1, mine, 0, seen);
  gx_entity_free (entity, mine);
  gx_entity_free (entity, seen);

  return ok;
}

static gboolean
replay_patch (const GxEntity  *entity,
              gpointer         data,
              JsonObject      *set,
              JsonObject      *original,
              GError         **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, set);
  while (json_object_iter_next (&iter, &name, &node))
    if (!replay_member (entity, data, name, json_object_get_member (json_node_get_object (node), "v"), original, error))
      return FALSE;

  return TRUE;
}

/* A request that this desk made and the server has not shown yet: to be read in its maker's list. */
static gboolean
replay_submit (GxcStore    *store,
               gpointer     data,
               JsonObject  *mutation,
               JsonObject  *set,
               GError     **error)
{
  static const char *const members[] = { "kind", "op", "tbl", "entity_id", "after", "reason", "evidence", "rev", "base_v" };
  GxChangeRequest *request = data;

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (json_object_has_member (set, members[i])
        && !gx_field_from_json (gx_entity_find (&gx_change_request_entity, members[i]),
                                json_object_get_member (set, members[i]), data, error))
      return FALSE;

  gx_set_str (&request->state, "DRAFT");
  request->maker_id = gxc_meta_get_id (gxc_store_get_db (store), GXC_META_EMPLOYEE_ID);
  request->submitted_at = json_object_get_int_member (mutation, "at");
  return TRUE;
}

/* What the server computes from a name, until it does. */
static void
derive (const GxEntity *entity,
        gpointer        data,
        JsonObject     *set)
{
  GxCustomer *customer = data;
  g_auto(GxNameKeys) keys = { 0 };

  if (entity != &gx_customer_entity || !json_object_has_member (set, "name") || customer->name == NULL)
    return;
  gx_text_name_keys (customer->name, customer->type == GX_CUSTOMER_PERSON, &keys);
  gx_set_str (&customer->name_pinyin, keys.pinyin);
  gx_set_str (&customer->name_initials, keys.initials);
}

static gpointer
new_row (const GxEntity *entity,
         const GxId     *id,
         gint64          at)
{
  GxMeta *meta = gx_entity_new (entity);

  meta->id = *id;
  meta->created_at = meta->updated_at = at;

  return meta;
}

/* @data is taken; what comes back in it is the row after the mutation, %NULL if there is none. */
static gboolean
replay (GxcStore        *store,
        const GxEntity  *entity,
        const GxId      *id,
        const Step      *step,
        gpointer        *data,
        GError         **error)
{
  g_autoptr(JsonNode) node = gxc_body_read (step->body, step->schema, error);
  g_autoptr(JsonNode) seen = step->original != NULL ? gx_json_parse (step->original, -1, NULL) : NULL;
  JsonObject *mutation = node != NULL ? json_node_get_object (node) : NULL;
  JsonObject *set = NULL;
  const char *op;
  gint64 at = 0;

  if (mutation == NULL
      || !gx_json_get_string (mutation, "op", &op, error)
      || !gx_json_opt_int (mutation, "at", &at, error)
      || !gx_json_opt_object (mutation, "set", &set, error))
    return FALSE;

  if (g_str_equal (op, "delete"))
    {
      gx_entity_free (entity, g_steal_pointer (data));
      return TRUE;
    }
  if (set == NULL)
    return gx_fail (error, GX_ERROR_INTERNAL, "a mutation of the queue says nothing");

  if (!g_str_equal (op, "patch") && *data == NULL)
    *data = new_row (entity, id, at);
  if (*data == NULL)
    return TRUE;

  if (g_str_equal (op, "cr.submit"))
    return replay_submit (store, *data, mutation, set, error);
  if (!(g_str_equal (op, "create") ? gx_entity_from_json (entity, set, *data, NULL, error)
                                   : replay_patch (entity, *data, set, seen != NULL ? json_node_get_object (seen) : NULL, error)))
    return FALSE;
  derive (entity, *data, set);

  return TRUE;
}

static GArray *
load_steps (GxDb            *db,
            const GxEntity  *entity,
            const GxId      *id,
            GError         **error)
{
  static const char sql[] =
    "SELECT COALESCE(q.body, a.body), COALESCE(q.schema, a.schema), c.original FROM cover c LEFT JOIN queue q ON q.mid=c.mid LEFT JOIN acked a ON a.mid=c.mid"
    " WHERE c.tbl=? AND c.id=? ORDER BY c.mid";
  g_autoptr(GArray) steps = g_array_new (FALSE, TRUE, sizeof (Step));
  g_autoptr(GxStatement) statement = gx_db_query (db, error, sql, "nu", (int) entity->number, id);
  GError *local = NULL;

  g_array_set_clear_func (steps, step_clear);
  if (statement == NULL)
    return NULL;
  while (gx_statement_next (statement, &local))
    {
      Step step = { g_strdup (gx_statement_get_text (statement, 0)), (int) gx_statement_get_int (statement, 1),
                    g_strdup (gx_statement_get_text (statement, 2)) };

      g_array_append_val (steps, step);
    }
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return NULL;
    }

  return g_steal_pointer (&steps);
}

static gboolean
find_covered (GxDb            *db,
              const GxEntity  *entity,
              const GxId      *id,
              gboolean        *out_covered,
              char           **out_put,
              GError         **error)
{
  g_autoptr(GxStatement) statement = gx_db_query (db, error, "SELECT put FROM covered WHERE tbl=? AND id=?", "nu",
                                                  (int) entity->number, id);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  *out_covered = gx_statement_next (statement, &local);
  *out_put = *out_covered ? g_strdup (gx_statement_get_text (statement, 0)) : NULL;
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }

  return TRUE;
}

static gboolean
set_covered (GxDb            *db,
             const GxEntity  *entity,
             const GxId      *id,
             const char      *put,
             GError         **error)
{
  if (!gx_db_run (db, error, "UPDATE covered SET put=? WHERE tbl=? AND id=?", "tnu", put, (int) entity->number, id))
    return FALSE;

  return gx_db_changes (db) > 0
         || gx_db_run (db, error, "INSERT INTO covered(tbl, id, put) VALUES(?, ?, ?)", "nut", (int) entity->number, id, put);
}

static gboolean
show_row (GxcStore        *store,
          const GxEntity  *entity,
          const GxId      *id,
          gconstpointer    data,
          GError         **error)
{
  gint64 v;

  if (!find_version (gxc_store_get_db (store), entity, id, &v, error))
    return FALSE;
  if (data != NULL)
    return write_row (store, entity, data, v >= 0, error);

  return v < 0 || erase_row (store, entity, id, error);
}

static gboolean
drop_covered (GxDb            *db,
              const GxEntity  *entity,
              const GxId      *id,
              gboolean         server_has_it,
              GError         **error)
{
  return gx_db_run (db, error, "DELETE FROM covered WHERE tbl=? AND id=?", "nu", (int) entity->number, id)
         && (server_has_it || delete_facts (db, entity, id, error));
}

/**
 * gxc_overlay_refresh:
 *
 * Shows the row anew: what the server said, with the covering mutations replayed.
 */
gboolean
gxc_overlay_refresh (GxcStore        *store,
                     const GxEntity  *entity,
                     const GxId      *id,
                     GError         **error)
{
  GxDb *db = gxc_store_get_db (store);
  g_autoptr(GArray) steps = NULL;
  g_autofree char *put = NULL;
  gpointer data = NULL;
  gboolean covered, ok;

  if (!find_covered (db, entity, id, &covered, &put, error))
    return FALSE;
  if (!covered)
    return TRUE;
  if (put != NULL && (data = parse_put (put, error)) == NULL)
    return FALSE;

  steps = load_steps (db, entity, id, error);
  ok = steps != NULL;
  for (guint i = 0; ok && i < steps->len; i++)
    ok = replay (store, entity, id, &g_array_index (steps, Step, i), &data, error);
  ok = ok && show_row (store, entity, id, data, error)
       && (steps->len > 0 || drop_covered (db, entity, id, put != NULL, error));
  gx_entity_free (entity, data);

  return ok;
}

/* The first mutation of a row: what the server said goes aside. */
static gboolean
set_aside (GxDb            *db,
           const GxEntity  *entity,
           const GxId      *id,
           GError         **error)
{
  g_autofree char *put = NULL;
  gboolean covered;
  GxPut row = { .entity = entity };

  if (!find_covered (db, entity, id, &covered, &put, error))
    return FALSE;
  if (covered)
    return TRUE;
  if (!gx_sql_find (db, entity, id, &row.data, error))
    return FALSE;
  if (row.data != NULL)
    put = put_to_json (&row);
  gx_entity_free (entity, row.data);

  return set_covered (db, entity, id, put, error);
}

/**
 * gxc_overlay_cover:
 * @original: (nullable): JSON {field: value}: what the person saw in the fields that the mutation changes
 *
 * The mutation @mid, which is in the queue, stands over its row from now on.
 */
gboolean
gxc_overlay_cover (GxcStore        *store,
                   gint64           mid,
                   const GxEntity  *entity,
                   const GxId      *id,
                   const char      *original,
                   GError         **error)
{
  GxDb *db = gxc_store_get_db (store);

  return set_aside (db, entity, id, error)
         && gx_db_run (db, error, "INSERT INTO cover(mid, tbl, id, original) VALUES(?, ?, ?, ?)", "inut",
                       mid, (int) entity->number, id, original)
         && gxc_overlay_refresh (store, entity, id, error);
}

/**
 * gxc_overlay_acknowledge:
 * @seq: of the mutation's effect; it stays over its row until a row at least as new has come
 */
gboolean
gxc_overlay_acknowledge (GxcStore  *store,
                         gint64     mid,
                         gint64     seq,
                         GError   **error)
{
  return gx_db_run (gxc_store_get_db (store), error, "UPDATE cover SET seq=? WHERE mid=?", "ii", seq, mid);
}

static gboolean
find_row_of (GxDb      *db,
             gint64     mid,
             GxcRow    *out_row,
             GError   **error)
{
  g_autoptr(GxStatement) statement = gx_db_query (db, error, "SELECT tbl, id FROM cover WHERE mid=?", "i", mid);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  out_row->entity = NULL;
  if (gx_statement_next (statement, &local))
    {
      out_row->entity = gx_entity_by_number ((guint) gx_statement_get_int (statement, 0));
      out_row->id = gx_statement_get_id (statement, 1);
    }
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }

  return TRUE;
}

/**
 * gxc_overlay_lift:
 *
 * The mutation covers its row no longer: it was refused, dropped, or the server's row has it inside.
 */
gboolean
gxc_overlay_lift (GxcStore  *store,
                  gint64     mid,
                  GError   **error)
{
  GxDb *db = gxc_store_get_db (store);
  GxcRow row;

  if (!find_row_of (db, mid, &row, error))
    return FALSE;

  return row.entity == NULL
         || (gx_db_run (db, error, "DELETE FROM cover WHERE mid=?", "i", mid)
             && gxc_overlay_refresh (store, row.entity, &row.id, error));
}

/**
 * gxc_overlay_lift_acked:
 * @up_to_mid: the last mutation that was acknowledged before a pull began which has now reached the end
 *
 * That pull saw the effects of these mutations: whatever row it did not bring is not this session's, or never changed.
 */
gboolean
gxc_overlay_lift_acked (GxcStore  *store,
                        gint64     up_to_mid,
                        GError   **error)
{
  g_autoptr(GArray) mids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GError *local = NULL;

  {
    g_autoptr(GxStatement) statement = gx_db_query (gxc_store_get_db (store), error,
                                                    "SELECT mid FROM cover WHERE seq IS NOT NULL AND mid<=?", "i", up_to_mid);

    if (statement == NULL)
      return FALSE;
    while (gx_statement_next (statement, &local))
      {
        gint64 mid = gx_statement_get_int (statement, 0);

        g_array_append_val (mids, mid);
      }
  }
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }

  for (guint i = 0; i < mids->len; i++)
    if (!gxc_overlay_lift (store, g_array_index (mids, gint64, i), error))
      return FALSE;

  return TRUE;
}

static gboolean
put_covered (GxcStore     *store,
             const GxPut  *put,
             const char   *before,
             GError      **error)
{
  GxDb *db = gxc_store_get_db (store);
  const GxMeta *meta = put->data;
  g_autofree char *json = put_to_json (put);
  GxMeta *old = before != NULL ? parse_put (before, error) : NULL;
  gboolean stale = old != NULL && old->v > meta->v;

  if (before != NULL && old == NULL)
    return FALSE;
  gx_entity_free (put->entity, old);
  if (stale)
    return TRUE;

  return write_facts (db, put, FALSE, error)
         && set_covered (db, put->entity, &meta->id, json, error)
         && gx_db_run (db, error, "DELETE FROM cover WHERE tbl=? AND id=? AND seq<=?", "nui", (int) put->entity->number, &meta->id,
                       meta->v)
         && gxc_overlay_refresh (store, put->entity, &meta->id, error);
}

/**
 * gxc_overlay_put:
 *
 * The server's row as it is now. One older than what is here (from a server that lags) is passed over.
 */
gboolean
gxc_overlay_put (GxcStore     *store,
                 const GxPut  *put,
                 GError      **error)
{
  GxDb *db = gxc_store_get_db (store);
  const GxMeta *meta = put->data;
  g_autofree char *before = NULL;
  gboolean covered;
  gint64 v;

  if (!find_covered (db, put->entity, &meta->id, &covered, &before, error))
    return FALSE;
  if (covered && !GX_BUG (GX_BUG_OVERLAY))
    return put_covered (store, put, before, error);

  if (!find_version (db, put->entity, &meta->id, &v, error))
    return FALSE;
  if (v > meta->v)
    return TRUE;

  return write_row (store, put->entity, put->data, v >= 0, error) && write_facts (db, put, v < 0, error);
}

/**
 * gxc_overlay_remove:
 *
 * The server's row is not this session's any longer. Mutations over it stay in the queue.
 */
gboolean
gxc_overlay_remove (GxcStore        *store,
                    const GxEntity  *entity,
                    const GxId      *id,
                    GError         **error)
{
  GxDb *db = gxc_store_get_db (store);
  g_autofree char *before = NULL;
  gboolean covered;

  if (!find_covered (db, entity, id, &covered, &before, error) || !delete_facts (db, entity, id, error))
    return FALSE;
  if (covered)
    return set_covered (db, entity, id, NULL, error) && gxc_overlay_refresh (store, entity, id, error);

  return erase_row (store, entity, id, error);
}

/**
 * gxc_overlay_find_said:
 *
 * What the server said of the row, whatever stands over it.
 *
 * Returns: (transfer full) (nullable): a struct of @entity; %NULL if the server said nothing
 */
gpointer
gxc_overlay_find_said (GxDb           *db,
                       const GxEntity *entity,
                       const GxId     *id)
{
  g_autofree char *put = NULL;
  gpointer data = NULL;
  gboolean covered;

  if (!find_covered (db, entity, id, &covered, &put, NULL))
    return NULL;
  if (covered)
    return put != NULL ? parse_put (put, NULL) : NULL;

  return gx_sql_find (db, entity, id, &data, NULL) ? data : NULL;
}

/**
 * gxc_overlay_mid_of:
 *
 * Returns: the last mutation standing over @field of the row, 0 if what is shown there is the server's
 */
gint64
gxc_overlay_mid_of (GxDb           *db,
                    const GxEntity *entity,
                    const GxId     *id,
                    const char     *field)
{
  static const char sql[] =
    "SELECT c.mid, COALESCE(q.body, a.body) FROM cover c LEFT JOIN queue q ON q.mid=c.mid LEFT JOIN acked a ON a.mid=c.mid"
    " WHERE c.tbl=? AND c.id=? ORDER BY c.mid DESC";
  g_autoptr(GxStatement) statement = gx_db_query (db, NULL, sql, "nu", (int) entity->number, id);

  while (statement != NULL && gx_statement_next (statement, NULL))
    {
      g_autoptr(JsonNode) node = gx_json_parse (gx_statement_get_text (statement, 1), -1, NULL);
      JsonObject *mutation = node != NULL ? gx_json_root_object (node, NULL) : NULL;
      const char *op = mutation != NULL ? json_object_get_string_member (mutation, "op") : "";
      JsonObject *set = mutation != NULL && json_object_has_member (mutation, "set")
                        ? json_object_get_object_member (mutation, "set") : NULL;

      /* A create stands over every field, also those that it left empty. */
      if (g_str_equal (op, "create") || (set != NULL && g_str_equal (op, "patch") && json_object_has_member (set, field)))
        return gx_statement_get_int (statement, 0);
    }

  return 0;
}

/**
 * gxc_overlay_dup_original:
 *
 * Returns: (transfer full) (nullable): what was given to gxc_overlay_cover()
 */
char *
gxc_overlay_dup_original (GxDb   *db,
                          gint64  mid)
{
  char *original = NULL;

  return gx_db_query_text (db, &original, NULL, "SELECT original FROM cover WHERE mid=?", "i", mid) ? original : NULL;
}
