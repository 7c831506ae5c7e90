/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was written in an older schema of the wire, in the words of the present one (sync.md 1.10).
 *
 *   queue row {schema 1, JSON} --push, as it is--> server: hash, then upcast, then decide
 *                              --shown here------> upcast, then replayed over the row
 *
 * A queue row keeps its JSON and its schema for ever, so that what may have arrived is sent again byte for byte; only its reader
 * sees it anew. One row of the table a change, oldest first, each for one field; whoever changes how a field travels adds a row, raises
 * GX_SCHEMA, and keeps a recorded queue of the schema before (tests/fixtures/wire). What a request asks for is signed as it stands: a reviewed
 * field cannot change so, and a test says no.
 *
 * Schema 2 (2026-11): a task's priority is a word. What only came along with it, and needs nothing of older mutations: visits, plans, views
 * and the other entities from 25 on, months as a table, bundles, the clock's error, documents of customers.
 */
#include "gx-upcast.h"

#include "gx-bug.h"
#include "gx-json.h"
#include "gx-protocol.h"
#include "gx-task.h"

#define SCHEMAS_KEPT 2              /* before the present one */

static JsonNode *
priority_as_word (JsonNode *old)
{
  const char *code = JSON_NODE_HOLDS_VALUE (old) && json_node_get_value_type (old) == G_TYPE_INT64
                     ? gx_choice_code (gx_task_priorities, (int) CLAMP (json_node_get_int (old), 0, G_MAXINT)) : NULL;

  return code != NULL ? json_node_init_string (json_node_alloc (), code) : NULL;
}

const GxUpcast gx_upcasts[] = {
  { 1, "task", "priority", priority_as_word },
};
const guint gx_n_upcasts = G_N_ELEMENTS (gx_upcasts);

/** gx_upcast_oldest: the oldest schema that is understood; what is older waits for another program */
int
gx_upcast_oldest (void)
{
  return MAX (1, GX_SCHEMA - SCHEMAS_KEPT);
}

static void
convert_member (JsonObject     *object,
                const char     *name,
                const GxUpcast *upcast)
{
  JsonNode *old = json_object_has_member (object, name) ? json_object_get_member (object, name) : NULL;
  JsonNode *converted = old != NULL ? upcast->convert (old) : NULL;

  if (converted != NULL)
    json_object_set_member (object, name, converted);
}

static JsonObject *
object_member (JsonObject *object,
               const char *name)
{
  JsonNode *node = object != NULL && json_object_has_member (object, name) ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* {"v":…,"b":{"s":n,"v":…}} */
static void
convert_change (JsonObject     *set,
                const GxUpcast *upcast)
{
  JsonObject *change = object_member (set, upcast->field);

  if (change == NULL)
    return;
  convert_member (change, "v", upcast);
  if (object_member (change, "b") != NULL)
    convert_member (object_member (change, "b"), "v", upcast);
}

static gboolean
is_about (const GxUpcast *upcast,
          int             schema,
          const char     *table)
{
  return !GX_BUG (GX_BUG_UPCAST) && schema <= upcast->until && g_strcmp0 (table, upcast->table) == 0;
}

/**
 * gx_upcast_values:
 * @schema: that they were written in
 * @values: {field: value}, changed in place
 */
void
gx_upcast_values (int         schema,
                  const char *table,
                  JsonObject *values)
{
  for (guint i = 0; i < gx_n_upcasts; i++)
    if (is_about (&gx_upcasts[i], schema, table))
      convert_member (values, gx_upcasts[i].field, &gx_upcasts[i]);
}

/**
 * gx_upcast_mutation:
 * @schema: that it was written in, as old as gx_upcast_oldest()
 * @mutation: of the queue, not looked at yet; changed in place
 *
 * What is no mutation of that schema stays what it is, to be refused as such.
 */
void
gx_upcast_mutation (int         schema,
                    JsonObject *mutation)
{
  JsonObject *set = object_member (mutation, "set");
  const char *table, *op;

  if (set == NULL || !gx_json_get_string (mutation, "tbl", &table, NULL) || !gx_json_get_string (mutation, "op", &op, NULL))
    return;
  if (g_str_equal (op, "create"))
    gx_upcast_values (schema, table, set);
  if (!g_str_equal (op, "patch"))
    return;
  for (guint i = 0; i < gx_n_upcasts; i++)
    if (is_about (&gx_upcasts[i], schema, table))
      convert_change (set, &gx_upcasts[i]);
}
