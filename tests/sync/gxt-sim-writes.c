/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an independent eye makes of each push (I6): of every row that it patches or removes, what stood there before, then each
 * mutation by its result, and at the end the row must be exactly what came out. A value may be replaced only if its version is not
 * newer than what the writer says to have seen, or both are equal, or the field keeps both; and what was seen (gxt-sim-shown) must
 * be what stood there.
 */
#include "gxt-sim.h"

#include <string.h>

#include "gx-catalog.h"
#include "gx-delta.h"
#include "gx-entity-json.h"
#include "gx-json.h"
#include "gx-sql.h"
#include "gx-task.h"
#include "gx-text.h"
#include "gxs-result.h"

typedef struct
{
  const GxEntity *entity;
  GxId            id;
  gpointer        data;         /* (nullable): as it was, then as it should be */
  GxFieldSet      free;         /* fields that merge: whatever came out */
} Row;

static void
row_free (gpointer data)
{
  Row *row = data;

  gx_entity_free (row->entity, row->data);
  g_free (row);
}

/* A customer's profile has the customer's id. */
static guint
row_hash (gconstpointer row)
{
  return gx_id_hash (&((const Row *) row)->id);
}

static gboolean
row_equal (gconstpointer a,
           gconstpointer b)
{
  const Row *one = a, *other = b;

  return one->entity == other->entity && gx_id_equal (&one->id, &other->id);
}

static Row *
find_row (GxtSim     *sim,
          JsonObject *mutation)
{
  Row key = { .entity = gx_entity_by_name (json_object_get_string_member_with_default (mutation, "tbl", "")) };

  gx_id_parse (json_object_get_string_member_with_default (mutation, "id", ""), &key.id);
  return g_hash_table_lookup (sim->rows, &key);
}

static gpointer
find (GxtSim         *sim,
      const GxEntity *entity,
      const GxId     *id)
{
  g_autoptr(GError) error = NULL;
  gpointer data = NULL;

  gx_sql_find (sim->bank->db, entity, id, &data, &error);
  g_assert_no_error (error);
  return data;
}

/* A task's priority was a number. */
static void
in_todays_words (JsonObject *mutation)
{
  JsonObject *set = json_object_has_member (mutation, "set") ? json_object_get_object_member (mutation, "set") : NULL;
  JsonNode *node = set != NULL ? json_object_get_member (set, "priority") : NULL;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    {
      set = json_node_get_object (node);
      node = json_object_get_member (set, "v");
    }
  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64)
    json_object_set_string_member (set, set == json_object_get_object_member (mutation, "set") ? "priority" : "v",
                                   gx_choice_code (gx_task_priorities, (int) json_node_get_int (node)));
}

static JsonArray *
mutations_of (const GxcRequest  *request,
              JsonNode         **out_node)
{
  gsize size;
  const char *data = g_bytes_get_data (request->body, &size);
  JsonArray *mutations;

  *out_node = gx_json_parse (data, (gssize) size, NULL);
  mutations = json_object_get_array_member (json_node_get_object (*out_node), "mutations");
  for (guint i = 0; i < json_array_get_length (mutations); i++)
    in_todays_words (json_array_get_object_element (mutations, i));

  return mutations;
}

static const char *
member (JsonObject *object,
        const char *name)
{
  return json_object_get_string_member_with_default (object, name, "");
}

static GxId
id_of (JsonObject *object,
       const char *name)
{
  GxId id = GX_ID_NONE;

  gx_id_parse (member (object, name), &id);
  return id;
}

static gboolean
is_known (GxtSim     *sim,
          const GxId *mut_id)
{
  return gxt_number_of (sim->bank->db, "SELECT COUNT(*) FROM mut_result WHERE mut_id=?", mut_id) > 0;
}

void
gxt_sim_before_push (GxtSim           *sim,
                     GxtLine          *line,
                     const GxcRequest *request)
{
  g_autoptr(JsonNode) node = NULL;
  JsonArray *mutations = mutations_of (request, &node);

  g_clear_pointer (&sim->rows, g_hash_table_unref);
  g_clear_pointer (&sim->fresh, g_hash_table_unref);
  sim->rows = g_hash_table_new_full (row_hash, row_equal, row_free, NULL);
  sim->fresh = g_hash_table_new_full (gx_id_hash, gx_id_equal, g_free, NULL);
  for (guint i = 0; i < json_array_get_length (mutations); i++)
    {
      JsonObject *mutation = json_array_get_object_element (mutations, i);
      const GxEntity *entity = gx_entity_by_name (member (mutation, "tbl"));
      GxId id = id_of (mutation, "id"), mut_id = id_of (mutation, "mut_id");
      Row *row;

      if (!is_known (sim, &mut_id))
        g_hash_table_add (sim->fresh, gx_id_copy (&mut_id));
      if (entity == NULL || find_row (sim, mutation) != NULL)
        continue;
      row = g_new0 (Row, 1);
      *row = (Row) { .entity = entity, .id = id, .data = find (sim, entity, &id) };
      g_hash_table_add (sim->rows, row);
    }
}

/* The version that the writer says to have seen; -1 = that of a mutation that did nothing. */
static gint64
base_of (GxtSim     *sim,
         const GxId *client_id,
         JsonObject *base)
{
  gint64 seq = 0;

  if (json_object_has_member (base, "s"))
    return json_object_get_int_member (base, "s");
  gxs_result_find_base (sim->bank->db, client_id, json_object_get_int_member (base, "m"), &seq, NULL);
  return seq > 0 ? seq : -1;
}

static void
check_seen (GxtSim        *sim,
            const GxField *field,
            const GxId    *mut_id,
            gconstpointer  data)
{
  g_autofree char *key = g_strdup_printf ("%s/%s", GX_ID_STR (mut_id), field->name);
  g_autofree char *text = gx_field_to_text (field, data);
  const char *seen = g_hash_table_lookup (sim->seen, key);

  /* What a masked value is, nobody saw; a restored bank has older values than anybody saw. */
  if (seen != NULL && !sim->restored && !(field->flags & (GX_MASKED | GX_HIDDEN)))
    gxt_sim_check (sim, GXT_SIM_I6, g_str_equal (seen, text != NULL ? text : ""), "%s: “%s” is replaced by whoever saw “%s”", field->name, text,
                   seen);
}

static void
replace_field (GxtSim     *sim,
               GxtLine    *line,
               Row        *row,
               const char *name,
               JsonObject *change,
               const GxId *mut_id,
               gint64      seq)
{
  int index = gx_entity_index_of (row->entity, name);
  const GxField *field = gx_entity_field (row->entity, (guint) index);
  gint64 base = base_of (sim, &line->client_id, json_object_get_object_member (change, "b"));
  GxMeta *meta = row->data;
  gint64 version = gx_fv_get (meta->fv, name, meta->v0);
  gpointer wanted = gx_entity_new (row->entity);
  g_autoptr(GError) error = NULL;

  gx_field_from_json (field, json_object_get_member (change, "v"), wanted, &error);
  g_assert_no_error (error);
  if (field->merge != GX_MERGE_SURFACE)
    row->free |= GX_FIELD_BIT (index);
  else if (!gx_field_equal (field, wanted, row->data))
    {
      g_autofree char *fv = gx_fv_set (meta->fv, name, seq);

      gxt_sim_check (sim, GXT_SIM_I6, version <= base, "%s.%s of %" G_GINT64_FORMAT " is written over by whoever saw %" G_GINT64_FORMAT,
                     row->entity->name, name, version, base);
      check_seen (sim, field, mut_id, row->data);
      gx_field_copy (field, row->data, wanted);
      gx_set_str (&meta->fv, fv);
    }
  gx_entity_free (row->entity, wanted);
}

static void
apply_patch (GxtSim     *sim,
             GxtLine    *line,
             Row        *row,
             JsonObject *mutation,
             gint64      seq)
{
  GxId mut_id = id_of (mutation, "mut_id");
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, json_object_get_object_member (mutation, "set"));
  while (json_object_iter_next (&iter, &name, &node))
    replace_field (sim, line, row, name, json_node_get_object (node), &mut_id, seq);
  ((GxMeta *) row->data)->v = seq;
}

static gboolean
is_done (const char *st)
{
  return strcmp (st, "applied") == 0 || strcmp (st, "pending_review") == 0;
}

/* By the result that is kept of it: a refused one did nothing. */
static void
apply (GxtSim     *sim,
       GxtLine    *line,
       JsonObject *mutation)
{
  GxId mut_id = id_of (mutation, "mut_id");
  g_autoptr(GxStatement) result = gx_db_query (sim->bank->db, NULL, "SELECT st, seq FROM mut_result WHERE mut_id=?", "u", &mut_id);
  Row *row = find_row (sim, mutation);
  gint64 seq, base;

  if (row == NULL || !gx_statement_next (result, NULL) || !is_done (gx_statement_get_text (result, 0)))
    return;
  seq = gx_statement_get_int (result, 1);
  if (g_str_equal (member (mutation, "op"), "patch"))
    apply_patch (sim, line, row, mutation, seq);
  else if (g_str_equal (member (mutation, "op"), "delete"))
    {
      base = base_of (sim, &line->client_id, json_object_get_object_member (mutation, "b"));
      gxt_sim_check (sim, GXT_SIM_I6, ((GxMeta *) row->data)->v <= base, "a %s of %" G_GINT64_FORMAT " is removed by whoever saw %" G_GINT64_FORMAT,
                     row->entity->name, ((GxMeta *) row->data)->v, base);
      ((GxMeta *) row->data)->del = TRUE;
    }
  else
    {
      /* What its maker left out, the bank says. */
      gxt_sim_check (sim, GXT_SIM_I6, row->data == NULL, "a %s is made where there is one", row->entity->name);
      row->data = gx_entity_new (row->entity);
      if (g_str_equal (member (mutation, "op"), "create"))
        gx_entity_from_json (row->entity, json_object_get_object_member (mutation, "set"), row->data, NULL, NULL);
      ((GxMeta *) row->data)->v = ((GxMeta *) row->data)->v0 = seq;
      row->free = ~G_GUINT64_CONSTANT (0);
    }
}

/* The bank's own fields follow their own rules; all others say what came out above. */
static void
compare (GxtSim *sim,
         Row    *row)
{
  GxFieldSet own = gx_entity_with_flags (row->entity, GX_SERVER | GX_COMPOSED | GX_LOCAL), differ;
  gpointer now = find (sim, row->entity, &row->id);

  if (row->data == NULL || now == NULL)
    gxt_sim_check (sim, GXT_SIM_I6, row->data == now, "a %s came or went", row->entity->name);
  else
    {
      differ = gx_entity_diff (row->entity, row->data, now) & ~own & ~row->free & ~(GX_FIELD_BIT (gx_entity_first_own (row->entity)) - 1);
      for (guint i = 0; i < gx_entity_n_fields (row->entity); i++)
        gxt_sim_check (sim, GXT_SIM_I6, !(differ & GX_FIELD_BIT (i)), "%s.%s is not what came out of the push", row->entity->name,
                       gx_entity_field (row->entity, i)->name);
      gxt_sim_check (sim, GXT_SIM_I6, row->free != 0 || ((GxMeta *) row->data)->del == ((GxMeta *) now)->del, "a %s came or went",
                     row->entity->name);
    }
  gx_entity_free (row->entity, now);
}

void
gxt_sim_after_push (GxtSim            *sim,
                    GxtLine           *line,
                    const GxcRequest  *request,
                    const GxcResponse *response)
{
  g_autoptr(JsonNode) node = NULL;
  JsonArray *mutations = mutations_of (request, &node);
  GHashTableIter iter;
  gpointer row;

  for (guint i = 0; i < json_array_get_length (mutations); i++)
    {
      JsonObject *mutation = json_array_get_object_element (mutations, i);
      GxId mut_id = id_of (mutation, "mut_id");

      if (g_hash_table_contains (sim->fresh, &mut_id))
        apply (sim, line, mutation);
    }
  g_hash_table_iter_init (&iter, sim->rows);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    compare (sim, row);
}
