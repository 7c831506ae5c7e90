/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mutations of older schemas in the words of the present one: the table, and what older programs really wrote (recorded queues). */
#include "gx-upcast.h"

#include <string.h>

#include "gx-catalog.h"
#include "gx-entity-json.h"
#include "gx-json.h"
#include "gx-protocol.h"

static JsonNode *
read_json (const char *text)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  JsonNode *node = gx_json_parse (json, -1, &error);

  g_assert_no_error (error);
  return node;
}

static void
test_table (void)
{
  static const struct { int schema; const char *before, *after; } rows[] = {
    { 1, "{'op':'create','tbl':'task','set':{'priority':1,'title':'t'}}", "{'op':'create','tbl':'task','set':{'priority':'URGENT','title':'t'}}" },
    { 1, "{'op':'patch','tbl':'task','set':{'priority':{'v':4,'b':{'s':9}}}}", "{'op':'patch','tbl':'task','set':{'priority':{'v':'CAN_WAIT','b':{'s':9}}}}" },
    { 1, "{'op':'patch','tbl':'task','set':{'priority':{'v':2,'b':{'m':3,'v':3}}}}",
      "{'op':'patch','tbl':'task','set':{'priority':{'v':'IMPORTANT','b':{'m':3,'v':'ROUTINE'}}}}" },
    { 1, "{'op':'patch','tbl':'task','set':{'priority':{'v':null,'b':{'s':9}}}}", NULL },
    { 1, "{'op':'create','tbl':'task','set':{'priority':'URGENT'}}", NULL },        /* the words were there before the number was */
    { 1, "{'op':'create','tbl':'task','set':{'priority':7}}", NULL },               /* refused then, refused now */
    { 1, "{'op':'create','tbl':'visit','set':{'priority':1}}", NULL },
    { 1, "{'op':'delete','tbl':'task','b':{'s':3}}", NULL },
    { 1, "{'op':'cr.submit','tbl':'change_request','set':{'after':{'priority':1},'tbl':'task'}}", NULL },
    { 1, "{'op':'patch','tbl':'task','set':{'priority':5}}", NULL },
    { 1, "{'op':'patch','tbl':'task','set':[]}", NULL },
    { 2, "{'op':'create','tbl':'task','set':{'priority':1}}", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(JsonNode) node = read_json (rows[i].before), wanted = read_json (rows[i].after != NULL ? rows[i].after : rows[i].before);
      g_autofree char *got = NULL, *expected = gx_json_canonical (wanted);

      gx_upcast_mutation (rows[i].schema, json_node_get_object (node));
      got = gx_json_canonical (node);
      g_assert_cmpstr (got, ==, expected);
    }
}

static void
test_values (void)
{
  g_autoptr(JsonNode) node = read_json ("{'priority':3,'title':'t'}");

  gx_upcast_values (1, "customer", json_node_get_object (node));
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (node), "priority"), ==, 3);
  gx_upcast_values (1, "task", json_node_get_object (node));
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (node), "priority"), ==, "ROUTINE");
}

/* What is signed may not change its words; and nothing is upcast from a schema that was never understood. */
static void
test_rows_fit_the_model (void)
{
  g_assert_cmpint (gx_upcast_oldest (), >=, 1);
  g_assert_cmpint (gx_upcast_oldest (), <=, GX_SCHEMA);
  for (guint i = 0; i < gx_n_upcasts; i++)
    {
      const GxEntity *entity = gx_entity_by_name (gx_upcasts[i].table);
      const GxField *field = entity != NULL ? gx_entity_find (entity, gx_upcasts[i].field) : NULL;

      g_assert_nonnull (field);
      g_assert_false (field->flags & GX_REVIEWED);
      g_assert_cmpint (gx_upcasts[i].until, <, GX_SCHEMA);
      g_assert_cmpint (gx_upcasts[i].until, >=, gx_upcast_oldest ());
    }
}

/* Whether each value of a create or patch is one of the present schema. */
static gboolean
is_understood (JsonObject *mutation)
{
  const GxEntity *entity = gx_entity_by_name (json_object_get_string_member (mutation, "tbl"));
  const char *op = json_object_get_string_member (mutation, "op");
  JsonObject *set = json_object_has_member (mutation, "set") ? json_object_get_object_member (mutation, "set") : NULL;
  gpointer row = gx_entity_new (entity);
  gboolean ok = TRUE;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (g_str_equal (op, "create"))
    ok = gx_entity_from_json (entity, set, row, NULL, NULL);
  if (g_str_equal (op, "patch"))
    {
      json_object_iter_init (&iter, set);
      while (json_object_iter_next (&iter, &name, &node))
        ok = ok && gx_field_from_json (gx_entity_find (entity, name), json_object_get_member (json_node_get_object (node), "v"), row, NULL);
    }
  gx_entity_free (entity, row);

  return ok;
}

static void
test_recorded (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("GUANXI_SOURCE_DIR"), "tests", "fixtures", "wire", "schema-1.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr(JsonNode) all = NULL;
  g_autoptr(GError) error = NULL;
  guint n = 0, n_old = 0;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  all = gx_json_parse (text, -1, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < json_array_get_length (json_node_get_array (all)); i++)
    {
      JsonArray *queue = json_object_get_array_member (json_array_get_object_element (json_node_get_array (all), i), "queue");

      for (guint k = 0; k < json_array_get_length (queue); k++)
        {
          JsonObject *mutation = json_array_get_object_element (queue, k);

          n++;
          n_old += !is_understood (mutation);
          gx_upcast_mutation (1, mutation);
          g_assert_true (is_understood (mutation));
        }
    }
  g_test_message ("%u recorded mutations, %u of them not understood as they stand", n, n_old);
  g_assert_cmpuint (n_old, ==, 4);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shared/upcast/table", test_table);
  g_test_add_func ("/shared/upcast/values", test_values);
  g_test_add_func ("/shared/upcast/rows_fit_the_model", test_rows_fit_the_model);
  g_test_add_func ("/shared/upcast/recorded_queues_are_understood", test_recorded);

  return g_test_run ();
}
