/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A client in a hundred lines, so that what the feed promises can be checked without the real one: rows by their words,
 * memberships by scope, a page applied only under a trailer that proves it whole.
 */
#include "gxt-replica.h"

#include "gx-hash.h"
#include "gx-json.h"
#include "gxs-feed.h"

#include <string.h>

GxtReplica *
gxt_replica_new (GxtSync   *sync,
                 GxtPerson  person)
{
  GxtReplica *replica = g_new0 (GxtReplica, 1);

  replica->sync = sync;
  replica->person = person;
  replica->have = g_ptr_array_new_with_free_func (g_free);
  replica->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  replica->members = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return replica;
}

void
gxt_replica_free (GxtReplica *replica)
{
  g_free (replica->cursor);
  g_ptr_array_unref (replica->have);
  g_hash_table_unref (replica->rows);
  g_hash_table_unref (replica->members);
  g_free (replica);
}

static char *
key_of (JsonObject *line)
{
  return g_strdup_printf ("%s/%s", json_object_get_string_member (line, "tbl"), json_object_get_string_member (line, "id"));
}

static gboolean
is_held (GxtReplica *replica,
         const char *key)
{
  GHashTableIter iter;
  gpointer member;

  g_hash_table_iter_init (&iter, replica->members);
  while (g_hash_table_iter_next (&iter, &member, NULL))
    if (g_str_has_suffix (member, key))
      return TRUE;

  return FALSE;
}

static void
leave (GxtReplica *replica,
       const char *scope,
       const char *key)
{
  g_autofree char *member = g_strdup_printf ("%s %s", scope, key);

  g_hash_table_remove (replica->members, member);
  if (!is_held (replica, key))
    g_hash_table_remove (replica->rows, key);
}

static void
put (GxtReplica *replica,
     JsonObject *line)
{
  JsonArray *scopes = json_object_get_array_member (line, "s");
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  char *key = key_of (line);

  for (guint i = 0; i < json_array_get_length (scopes); i++)
    g_hash_table_add (replica->members, g_strdup_printf ("%s %s", json_array_get_string_element (scopes, i), key));
  json_object_remove_member (line, "s");
  json_node_set_object (node, line);
  g_hash_table_replace (replica->rows, key, gx_json_canonical (node));
}

static void
drop_scope (GxtReplica *replica,
            const char *scope)
{
  g_autofree char *prefix = g_strconcat (scope, " ", NULL);
  g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer member;
  guint index;

  g_hash_table_iter_init (&iter, replica->members);
  while (g_hash_table_iter_next (&iter, &member, NULL))
    if (g_str_has_prefix (member, prefix))
      g_ptr_array_add (keys, g_strdup ((char *) member + strlen (prefix)));
  for (guint i = 0; i < keys->len; i++)
    leave (replica, scope, g_ptr_array_index (keys, i));
  if (g_ptr_array_find_with_equal_func (replica->have, scope, g_str_equal, &index))
    g_ptr_array_remove_index (replica->have, index);
}

static void
apply_line (GxtReplica *replica,
            JsonObject *line,
            GPtrArray  *added)
{
  const char *t = json_object_get_string_member (line, "t");

  if (strcmp (t, "put") == 0)
    put (replica, line);
  else if (strcmp (t, "gone") == 0)
    {
      g_autofree char *key = key_of (line);

      leave (replica, json_object_get_string_member (line, "s"), key);
    }
  else if (strcmp (t, "scope-") == 0)
    drop_scope (replica, json_object_get_string_member (line, "s"));
  else if (strcmp (t, "scope+") == 0)
    g_ptr_array_add (added, g_strdup (json_object_get_string_member (line, "s")));
}

/* The trailer must cover every byte before it. Returns it. */
static JsonObject *
apply_page (GxtReplica *replica,
            const char *page,
            GPtrArray  *added)
{
  const char *end = g_strrstr (page, "{\"t\":\"end\"");
  g_autofree char *sha = NULL;
  g_auto(GStrv) lines = NULL;
  g_autoptr(JsonNode) trailer = NULL;
  g_autoptr(GError) error = NULL;
  guint n;

  g_assert_nonnull (end);
  sha = gx_sha256_hex (page, end - page);
  trailer = gx_json_parse (end, (gssize) strlen (end) - 1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (trailer), "sha"), ==, sha);

  lines = g_strsplit (page, "\n", -1);
  for (n = 0; !g_str_has_prefix (lines[n], "{\"t\":\"end\""); n++)
    {
      g_autoptr(JsonNode) line = gx_json_parse (lines[n], -1, &error);

      g_assert_no_error (error);
      apply_line (replica, json_node_get_object (line), added);
    }
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (trailer), "n"), ==, n);
  return json_object_ref (json_node_get_object (trailer));
}

/**
 * gxt_replica_pull:
 *
 * Returns: (transfer full): one page of the feed, as it is, not applied
 */
char *
gxt_replica_pull (GxtReplica *replica,
                  guint       limit)
{
  g_autoptr(GxsAuthz) authz = gxt_sync_authz (replica->sync, replica->person);
  g_autoptr(GString) have = g_string_new (NULL);
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = NULL;
  g_autofree char *body = NULL;

  for (guint i = 0; i < replica->have->len; i++)
    g_string_append_printf (have, "%s'%s'", i > 0 ? "," : "", (char *) g_ptr_array_index (replica->have, i));
  body = gxt_json ("{'client_id':'%s','schema':2,'cursor':'%s','have':[%s],'limit':%u}",
                   GX_ID_STR (&replica->sync->client[replica->person]), replica->cursor != NULL ? replica->cursor : "", have->str,
                   limit);
  node = gx_json_parse (body, -1, &error);
  g_assert_no_error (error);
  gxs_feed_pull (replica->sync->db, authz, json_node_get_object (node), out, &error);
  g_assert_no_error (error);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
lower_cursor (GxtReplica *replica,
              const char *start)
{
  if (replica->cursor != NULL && g_ascii_strtoll (replica->cursor, NULL, 10) <= g_ascii_strtoll (start, NULL, 10))
    return;

  g_free (replica->cursor);
  replica->cursor = g_strdup (start);
}

static void
load_scope (GxtReplica *replica,
            const char *scope,
            guint       limit)
{
  g_autoptr(GPtrArray) none = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *after = NULL;
  gboolean more = TRUE;

  for (guint pages = 0; more; pages++)
    {
      g_autoptr(GxsAuthz) authz = gxt_sync_authz (replica->sync, replica->person);
      g_autoptr(GString) out = g_string_new (NULL);
      g_autoptr(GError) error = NULL;
      g_autoptr(JsonObject) trailer = NULL;
      g_autoptr(JsonNode) header = NULL;

      g_assert_cmpuint (pages, <, 1000);
      gxs_feed_bootstrap (replica->sync->db, authz, scope, after, limit, out, &error);
      g_assert_no_error (error);
      header = gx_json_parse (out->str, strchr (out->str, '\n') - out->str, &error);
      g_assert_no_error (error);
      if (pages == 0)
        lower_cursor (replica, json_object_get_string_member (json_node_get_object (header), "start"));
      trailer = apply_page (replica, out->str, none);
      if (replica->n_between > 0)
        {
          replica->n_between--;
          replica->between (replica->between_data);
        }
      more = json_object_get_boolean_member (trailer, "more");
      g_free (after);
      after = more ? g_strdup (json_object_get_string_member (trailer, "after")) : NULL;
    }
  g_ptr_array_add (replica->have, g_strdup (scope));
}

void
gxt_replica_sync (GxtReplica *replica,
                  guint       limit)
{
  gboolean more = TRUE;

  for (guint rounds = 0; more; rounds++)
    {
      g_autofree char *page = gxt_replica_pull (replica, limit);
      g_autoptr(GPtrArray) added = g_ptr_array_new_with_free_func (g_free);
      g_autoptr(JsonObject) trailer = apply_page (replica, page, added);

      g_assert_cmpuint (rounds, <, 10000);
      g_free (replica->cursor);
      replica->cursor = g_strdup (json_object_get_string_member (trailer, "cursor"));
      for (guint i = 0; i < added->len; i++)
        load_scope (replica, g_ptr_array_index (added, i), limit);
      more = added->len > 0 || json_object_get_boolean_member (trailer, "more");
    }
}

/**
 * gxt_replica_get:
 *
 * Returns: (nullable): the row's words
 */
const char *
gxt_replica_get (GxtReplica *replica,
                 const char *table,
                 const GxId *id)
{
  g_autofree char *key = g_strdup_printf ("%s/%s", table, GX_ID_STR (id));

  return g_hash_table_lookup (replica->rows, key);
}

void
gxt_replica_assert_equal (GxtReplica *replica)
{
  g_autoptr(GxtReplica) fresh = gxt_replica_new (replica->sync, replica->person);
  GHashTableIter iter;
  gpointer key, value;

  gxt_replica_sync (fresh, 2000);
  g_hash_table_iter_init (&iter, fresh->rows);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_assert_cmpstr (g_hash_table_lookup (replica->rows, key), ==, value);
  g_hash_table_iter_init (&iter, replica->rows);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_assert_cmpstr (g_hash_table_lookup (fresh->rows, key), ==, value);
  g_hash_table_iter_init (&iter, fresh->members);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_assert_true (g_hash_table_contains (replica->members, key));
  g_assert_cmpuint (g_hash_table_size (replica->members), ==, g_hash_table_size (fresh->members));
}
