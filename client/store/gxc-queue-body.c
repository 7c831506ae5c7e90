/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A mutation as it travels: written once when it is made, and then changed only as a whole: a number, a base that names
 * another number. What is in "set" is the editor's matter.
 */
#include "gxc-queue-private.h"

#include "gx-json.h"
#include "gx-upcast.h"
#include "gxc-meta.h"

static int
zone_offset (gint64 now)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, now / 1000);

  return g_time_zone_get_offset (zone, interval) / 60;
}

static void
write_object (GxJsonWriter *writer,
              const char   *name,
              JsonObject   *object)
{
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), object);

  gx_json_writer_member (writer, name);
  gx_json_writer_node (writer, node);
}

/**
 * gxc_body_write:
 * @mutation: its numbers, names and time; the body is what is written here
 * @set: (nullable)
 * @base: (nullable): of a delete
 *
 * Returns: (transfer full): JSON, with the hour that this machine shows, its zone, and how far it knew that hour to be wrong
 */
char *
gxc_body_write (GxcStore          *store,
                const GxcMutation *mutation,
                JsonObject        *set,
                JsonObject        *base)
{
  GString *out = g_string_sized_new (256);
  gint64 clk = gxc_meta_get_int (gxc_store_get_db (store), GXC_META_CLOCK_OFFSET);
  GxJsonWriter writer;

  gx_json_writer_init (&writer, out);
  gx_json_writer_begin_object (&writer);
  gx_json_writer_put_int (&writer, "mid", mutation->mid);
  gx_json_writer_put_id (&writer, "mut_id", &mutation->mut_id);
  gx_json_writer_put_string (&writer, "op", mutation->op);
  gx_json_writer_put_string (&writer, "tbl", mutation->tbl);
  gx_json_writer_put_id (&writer, "id", &mutation->id);
  if (!gx_id_is_none (&mutation->bundle))
    gx_json_writer_put_id (&writer, "bundle", &mutation->bundle);
  gx_json_writer_put_int (&writer, "at", mutation->created_at);
  gx_json_writer_put_int (&writer, "off", zone_offset (mutation->created_at));
  if (clk != 0)
    gx_json_writer_put_int (&writer, "clk", clk);
  if (base != NULL)
    write_object (&writer, "b", base);
  if (set != NULL)
    write_object (&writer, "set", set);
  gx_json_writer_end_object (&writer);

  return g_string_free (out, FALSE);
}

/**
 * gxc_body_read:
 * @schema: that it was written in
 *
 * Returns: (transfer full) (nullable): the mutation, an object, in the words of the present schema
 */
JsonNode *
gxc_body_read (const char  *body,
               int          schema,
               GError     **error)
{
  g_autoptr(JsonNode) node = gx_json_parse (body, -1, error);
  JsonObject *mutation = node != NULL ? gx_json_root_object (node, error) : NULL;

  if (mutation == NULL)
    return NULL;
  gx_upcast_mutation (schema, mutation);

  return g_steal_pointer (&node);
}

/** gxc_body_of_object: (transfer full) (nullable) */
char *
gxc_body_of_object (JsonObject *object)
{
  g_autoptr(JsonNode) node = NULL;
  GString *out;

  if (object == NULL)
    return NULL;
  node = json_node_init_object (json_node_alloc (), object);
  out = g_string_new (NULL);
  gx_json_write_node (out, node);

  return g_string_free (out, FALSE);
}

static gboolean
visit_base (JsonNode *node,
            GxcBaseFunc func,
            gpointer data)
{
  JsonObject *base = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  return base != NULL && func (base, data);
}

/**
 * gxc_body_visit_bases:
 *
 * Returns: whether @func returned %TRUE for any of them
 */
gboolean
gxc_body_visit_bases (JsonObject  *mutation,
                      GxcBaseFunc  func,
                      gpointer     data)
{
  gboolean found = visit_base (json_object_get_member (mutation, "b"), func, data);
  gboolean submit = g_str_equal (json_object_get_string_member (mutation, "op"), "cr.submit");
  gboolean patch = g_str_equal (json_object_get_string_member (mutation, "op"), "patch");
  JsonObject *set = json_object_has_member (mutation, "set") ? json_object_get_object_member (mutation, "set") : NULL;
  JsonObject *list = submit && set != NULL && json_object_has_member (set, "base") ? json_object_get_object_member (set, "base")
                     : patch ? set : NULL;
  JsonObjectIter iter;
  JsonNode *node;

  if (list == NULL)
    return found;
  json_object_iter_init (&iter, list);
  while (json_object_iter_next (&iter, NULL, &node))
    {
      if (patch)
        node = JSON_NODE_HOLDS_OBJECT (node) ? json_object_get_member (json_node_get_object (node), "b") : NULL;
      found |= visit_base (node, func, data);
    }

  return found;
}
