/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The changes of a session's scopes since a cursor: one statement a scope walks the index (scope, seq), the walks are merged
 * by seq, and one seq is never split between pages.
 */
#include "gx-bug.h"
#include "gxs-feed-private.h"

#include "gx-catalog.h"

/* One scope's walk: a statement that stands on its next entry, if there is one. */
typedef struct
{
  const char  *name;          /* borrowed */
  GxStatement *statement;
  gboolean     there;
  gint64       seq;
  guint        table;
  GxId         id;
  gboolean     gone;
} Walk;

/* The session's scopes that hold the row now, in the order of the client's list. */
static GPtrArray *
scopes_holding (GxsFeed      *feed,
                const GxsRow *row)
{
  GPtrArray *names = g_ptr_array_new ();
  GxsScopeSet set;

  gxs_scopes_of (row->entity, row->data, &row->holders, &set);
  for (guint i = 0; g_ptr_array_index (feed->scopes, i) != NULL; i++)
    if (gxs_scope_set_has (&set, g_ptr_array_index (feed->scopes, i)))
      g_ptr_array_add (names, g_ptr_array_index (feed->scopes, i));
  g_ptr_array_add (names, NULL);

  return names;
}

static gboolean
put_row (GxsFeed         *feed,
         const GxEntity  *entity,
         const GxId      *id,
         GError         **error)
{
  g_auto(GxsRow) row = { 0 };
  g_autoptr(GPtrArray) names = NULL;

  if (!gxs_row_find (feed->db, entity, id, &row, error))
    return FALSE;
  if (row.data == NULL)
    return TRUE;

  names = scopes_holding (feed, &row);
  return names->len == 1 || gxs_feed_write_put (feed, &row, (const char *const *) names->pdata, error);
}

static gboolean
walk_on (Walk    *walk,
         GError **error)
{
  GError *local = NULL;

  walk->there = gx_statement_next (walk->statement, &local);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (walk->there)
    {
      walk->table = (guint) gx_statement_get_int (walk->statement, 0);
      walk->id = gx_statement_get_id (walk->statement, 1);
      walk->seq = gx_statement_get_int (walk->statement, 2);
      walk->gone = gx_statement_get_int (walk->statement, 3) != 0;
    }

  return TRUE;
}

static void
walk_clear (gpointer data)
{
  g_clear_pointer (&((Walk *) data)->statement, gx_statement_release);
}

static GArray *
begin_walks (GxsFeed *feed,
             gint64   cursor,
             GError **error)
{
  g_autoptr(GArray) walks = g_array_new (FALSE, TRUE, sizeof (Walk));

  g_array_set_clear_func (walks, walk_clear);
  for (guint i = 0; g_ptr_array_index (feed->scopes, i) != NULL; i++)
    {
      Walk walk = { .name = g_ptr_array_index (feed->scopes, i) };
      gint64 id;

      if (!gxs_scope_find (feed->db, walk.name, &id, error))
        return NULL;
      if (id == 0)
        continue;
      walk.statement = gx_db_query (feed->db, error, "SELECT tbl, row_id, seq, gone FROM scope_row WHERE scope = ? AND seq > ?"
                                    " ORDER BY seq", "ii", id, cursor);
      if (walk.statement == NULL)
        return NULL;
      g_array_append_val (walks, walk);
      if (!walk_on (&g_array_index (walks, Walk, walks->len - 1), error))
        return NULL;
    }

  return g_steal_pointer (&walks);
}

static Walk *
lowest_walk (GArray *walks)
{
  Walk *lowest = NULL;

  for (guint i = 0; i < walks->len; i++)
    {
      Walk *walk = &g_array_index (walks, Walk, i);

      if (walk->there && (lowest == NULL || walk->seq < lowest->seq))
        lowest = walk;
    }

  return lowest;
}

typedef struct
{
  guint table;
  GxId  id;
} Key;

static guint
key_hash (gconstpointer data)
{
  const Key *key = data;

  return gx_id_hash (&key->id) ^ key->table;
}

static gboolean
key_equal (gconstpointer a,
           gconstpointer b)
{
  return ((const Key *) a)->table == ((const Key *) b)->table && gx_id_equal (&((const Key *) a)->id, &((const Key *) b)->id);
}

/* All entries of one seq: first what is gone, then each row once. */
static gboolean
write_seq (GxsFeed *feed,
           GArray  *walks,
           gint64   seq,
           GError **error)
{
  g_autoptr(GHashTable) rows = g_hash_table_new_full (key_hash, key_equal, g_free, NULL);
  g_autoptr(GPtrArray) order = g_ptr_array_new ();
  Walk *walk;

  while ((walk = lowest_walk (walks)) != NULL && walk->seq == seq)
    {
      const GxEntity *entity = gx_entity_by_number (walk->table);
      const Key key = { walk->table, walk->id };

      if (entity != NULL && walk->gone && !GX_BUG (GX_BUG_GONE))
        gxs_feed_write_gone (feed, walk->name, entity, &walk->id);
      if (entity != NULL && !g_hash_table_contains (rows, &key))
        {
          Key *copy = g_memdup2 (&key, sizeof key);

          g_hash_table_add (rows, copy);
          g_ptr_array_add (order, copy);
        }
      if (!walk_on (walk, error))
        return FALSE;
    }

  for (guint i = 0; i < order->len; i++)
    {
      const Key *key = g_ptr_array_index (order, i);

      if (!put_row (feed, gx_entity_by_number (key->table), &key->id, error))
        return FALSE;
    }
  return TRUE;
}

/** gxs_feed_write_changes: to the page's last line, which says where the next begins */
gboolean
gxs_feed_write_changes (GxsFeed  *feed,
                        gint64    cursor,
                        gint64    limit,
                        GError  **error)
{
  g_autoptr(GArray) walks = begin_walks (feed, cursor, error);
  g_autofree char *text = NULL;
  guint first = feed->n;
  gboolean more = FALSE;
  Walk *walk;

  if (walks == NULL)
    return FALSE;

  while ((walk = lowest_walk (walks)) != NULL && !more)
    {
      cursor = walk->seq;
      if (!write_seq (feed, walks, cursor, error))
        return FALSE;
      more = feed->n - first >= limit && lowest_walk (walks) != NULL;
    }

  text = g_strdup_printf ("%" G_GINT64_FORMAT, more && !GX_BUG (GX_BUG_CURSOR) ? cursor : feed->head);
  gxs_feed_write_trailer (feed, "cursor", text, more);
  return TRUE;
}

