/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A later edit of a row goes into its earlier mutation of the same group of fields, as long as that one has not left this machine, nothing else is based
 * on it, and both belong to the same bundle or to none: a person who types on does not fill the queue.
 */
#include "gxc-queue-private.h"

#include "gx-catalog.h"
#include "gx-json.h"
#include "gx-protocol.h"
#include "gxc-meta.h"
#include "gxc-overlay.h"
#include "gxc-store-private.h"

#include <string.h>

static gboolean
is_based_on (JsonObject *base,
             gpointer    data)
{
  return json_object_get_int_member_with_default (base, "m", 0) == *(const gint64 *) data;
}

/** gxc_queue_is_referred_to: whether a later mutation is based on mutation @mid */
gboolean
gxc_queue_is_referred_to (GxDb   *db,
                          gint64  mid)
{
  g_autoptr(GPtrArray) later = gxc_queue_load_after (db, mid, NULL);

  for (guint i = 0; later != NULL && i < later->len; i++)
    {
      const GxcMutation *mutation = g_ptr_array_index (later, i);
      g_autoptr(JsonNode) node = gx_json_parse (mutation->body, -1, NULL);

      if (node == NULL || gxc_body_visit_bases (json_node_get_object (node), is_based_on, &mid))
        return TRUE;
    }

  return later == NULL;
}

/* All fields of the groups that @set is about. */
static GxFieldSet
groups_of (const GxEntity *entity,
           JsonObject     *set)
{
  GxFieldSet groups = 0;
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init (&iter, set);
  while (json_object_iter_next (&iter, &name, NULL))
    {
      int index = gx_entity_index_of (entity, name);

      if (index >= 0)
        groups |= gx_entity_group (entity, GX_FIELD_BIT (index));
    }

  return groups;
}

/* Whether an earlier patch is about other groups only: then the two have nothing to do with each other. */
static gboolean
is_apart (const GxEntity    *entity,
          const GxcMutation *earlier,
          JsonObject        *set)
{
  g_autoptr(JsonNode) node = g_str_equal (earlier->op, "patch") ? gx_json_parse (earlier->body, -1, NULL) : NULL;

  return node != NULL
         && (groups_of (entity, json_object_get_object_member (json_node_get_object (node), "set")) & groups_of (entity, set)) == 0;
}

/* The last mutation of the row that is about what @set is, if it may still be changed. */
static GxcMutation *
find_open (GxcStore       *store,
           const GxEntity *entity,
           const GxId     *id,
           JsonObject     *set)
{
  GxDb *db = gxc_store_get_db (store);
  GxId bundle = gxc_store_get_bundle (store);
  g_autoptr(GxStatement) statement = gx_db_query (db, NULL, GXC_SELECT_QUEUE "WHERE id=? AND tbl=? ORDER BY mid DESC", "ut", id, entity->name);
  g_autoptr(GPtrArray) found = gxc_queue_load (statement, NULL);
  g_autoptr(GxcMutation) mutation = NULL;

  while (found != NULL && found->len > 0 && is_apart (entity, g_ptr_array_index (found, 0), set))
    g_ptr_array_remove_index (found, 0);
  mutation = found != NULL && found->len > 0 ? g_ptr_array_steal_index (found, 0) : NULL;
  if (mutation == NULL || !gx_id_equal (&mutation->bundle, &bundle))
    return NULL;
  if (mutation->schema != GX_SCHEMA)
    return NULL;            /* of an older program: it stays as that one wrote it */
  if (mutation->sent_at != 0 || !(g_str_equal (mutation->op, "create") || g_str_equal (mutation->op, "patch")))
    return NULL;

  return gxc_queue_is_referred_to (db, mutation->mid) ? NULL : g_steal_pointer (&mutation);
}

/* A reference might name a row that is made by a mutation after the open one. */
static gboolean
sets_reference (const GxEntity *entity,
                JsonObject     *set)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init (&iter, set);
  while (json_object_iter_next (&iter, &name, NULL))
    {
      const GxField *field = gx_entity_find (entity, name);

      if (field != NULL && field->entity != NULL)
        return TRUE;
    }

  return FALSE;
}

static void
merge_sets (JsonObject *open,
            gboolean    create,
            JsonObject *set)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init (&iter, set);
  while (json_object_iter_next (&iter, &name, &node))
    {
      JsonNode *value = json_object_get_member (json_node_get_object (node), "v");

      if (create && JSON_NODE_HOLDS_NULL (value))
        json_object_remove_member (open, name);
      else if (create)
        json_object_set_member (open, name, json_node_copy (value));
      else if (json_object_has_member (open, name))
        json_object_set_member (json_object_get_object_member (open, name), "v", json_node_copy (value));
      else
        json_object_set_member (open, name, json_node_copy (node));
    }
}

/* What the person saw first is what a conflict will show as the base. */
static gboolean
merge_original (GxDb        *db,
                gint64       mid,
                JsonObject  *original,
                GError     **error)
{
  g_autofree char *known = gxc_overlay_dup_original (db, mid);
  g_autoptr(JsonNode) node = known != NULL ? gx_json_parse (known, -1, NULL) : NULL;
  g_autofree char *merged = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (node == NULL || original == NULL)
    return TRUE;
  json_object_iter_init (&iter, original);
  while (json_object_iter_next (&iter, &name, &value))
    if (!json_object_has_member (json_node_get_object (node), name))
      json_object_set_member (json_node_get_object (node), name, json_node_copy (value));
  merged = gxc_body_of_object (json_node_get_object (node));

  return gx_db_run (db, error, "UPDATE cover SET original=? WHERE mid=?", "ti", merged, mid);
}

/** gxc_queue_coalesce: puts a patch into an earlier mutation of the row that has not left yet; *out_mid is 0 if there is none */
gboolean
gxc_queue_coalesce (GxcStore        *store,
                    const GxEntity  *entity,
                    const GxId      *id,
                    JsonObject      *set,
                    JsonObject      *original,
                    gint64          *out_mid,
                    GError         **error)
{
  GxDb *db = gxc_store_get_db (store);
  g_autoptr(GxcMutation) open = find_open (store, entity, id, set);
  g_autoptr(JsonNode) node = NULL;
  g_autofree char *body = NULL;
  JsonObject *mutation;

  *out_mid = 0;
  if (open == NULL)
    return TRUE;
  if (open->mid != gxc_meta_get_int (db, GXC_META_LAST_MID) && sets_reference (entity, set))
    return TRUE;
  node = gx_json_parse (open->body, -1, error);
  if (node == NULL)
    return FALSE;

  mutation = json_node_get_object (node);
  merge_sets (json_object_get_object_member (mutation, "set"), g_str_equal (open->op, "create"), set);
  body = gxc_body_of_object (mutation);
  if (strlen (body) > GX_PUSH_BODY_MAX / 2)
    return TRUE;
  *out_mid = open->mid;

  return gx_db_run (db, error, "UPDATE queue SET body=? WHERE mid=?", "ti", body, open->mid)
         && merge_original (db, open->mid, original, error)
         && gxc_overlay_refresh (store, entity, id, error);
}
