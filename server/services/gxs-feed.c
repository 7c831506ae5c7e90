/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pull and bootstrap: what changed in a session's scopes since a cursor, and all that is in one scope.
 *
 * One statement a scope walks the index (scope, seq); the walks are merged by seq, and one seq is never split between
 * pages. A row is sent in its present state, once, with all scopes of the session that hold it; what left a scope is
 * "gone" there, and put again at the remaining sight where another scope still holds it. Each answer is one snapshot.
 */
#include "gxs-feed.h"

#include "gx-catalog.h"
#include "gx-hash.h"
#include "gx-protocol.h"
#include "gx-transaction.h"
#include "gxs-row.h"

#include <stdlib.h>
#include <string.h>

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

typedef struct
{
  GxDb           *db;
  const GxsAuthz *authz;
  GString        *out;
  gsize           start;      /* where the answer begins in out */
  guint           n;          /* lines so far */
  gint64          head;
  char           *epoch;
  GPtrArray      *scopes;     /* of char*, NULL at the end: what the client has and may have */
} Feed;

static void
feed_clear (Feed *feed)
{
  g_free (feed->epoch);
  g_clear_pointer (&feed->scopes, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Feed, feed_clear)

static gboolean
read_clock (Feed    *feed,
            GError **error)
{
  g_autoptr(GxStatement) statement = gx_db_query (feed->db, error, "SELECT seq, epoch FROM sync_clock WHERE shard = 0", NULL);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  if (!gx_statement_next (statement, &local))
    {
      if (local == NULL)
        return gx_fail (error, GX_ERROR_DATABASE, "the database has no clock row");
      g_propagate_error (error, local);
      return FALSE;
    }

  feed->head = gx_statement_get_int (statement, 0);
  feed->epoch = g_strdup (gx_statement_get_text (statement, 1));
  return TRUE;
}

static void
end_line (Feed *feed)
{
  g_string_append_c (feed->out, '\n');
  feed->n++;
}

static void
write_header (Feed       *feed,
              const char *scope)
{
  GxJsonWriter writer;

  gx_json_writer_init (&writer, feed->out);
  gx_json_writer_begin_object (&writer);
  gx_json_writer_put_string (&writer, "t", "hdr");
  gx_json_writer_put_string (&writer, "epoch", feed->epoch);
  gx_json_writer_put_int (&writer, "perm_ver", feed->authz->perm_ver);
  if (scope != NULL)
    {
      g_autofree char *start = g_strdup_printf ("%" G_GINT64_FORMAT, feed->head);

      gx_json_writer_put_string (&writer, "scope", scope);
      gx_json_writer_put_string (&writer, "start", start);
    }
  gx_json_writer_end_object (&writer);
  end_line (feed);
}

static void
write_trailer (Feed       *feed,
               const char *position,
               const char *value,
               gboolean    more)
{
  g_autofree char *sha = gx_sha256_hex (feed->out->str + feed->start, (gssize) (feed->out->len - feed->start));
  GxJsonWriter writer;

  gx_json_writer_init (&writer, feed->out);
  gx_json_writer_begin_object (&writer);
  gx_json_writer_put_string (&writer, "t", "end");
  if (value != NULL)
    gx_json_writer_put_string (&writer, position, value);
  gx_json_writer_put_bool (&writer, "more", more);
  gx_json_writer_put_int (&writer, "n", feed->n);
  gx_json_writer_put_string (&writer, "sha", sha);
  gx_json_writer_end_object (&writer);
  g_string_append_c (feed->out, '\n');
}

static void
write_gone (Feed           *feed,
            const char     *scope,
            const GxEntity *entity,
            const GxId     *id)
{
  GxJsonWriter writer;

  gx_json_writer_init (&writer, feed->out);
  gx_json_writer_begin_object (&writer);
  gx_json_writer_put_string (&writer, "t", "gone");
  gx_json_writer_put_string (&writer, "s", scope);
  gx_json_writer_put_string (&writer, "tbl", entity->name);
  gx_json_writer_put_id (&writer, "id", id);
  gx_json_writer_end_object (&writer);
  end_line (feed);
}

static gboolean
count_rows (GxDb        *db,
            const char  *scope,
            gint64      *out_rows,
            GError     **error)
{
  return gx_db_query_int (db, out_rows, error, "SELECT COUNT(*) FROM scope_row WHERE gone = 0"
                          " AND scope = (SELECT id FROM scope WHERE name = ?)", "t", scope);
}

static gboolean
write_scope_added (Feed        *feed,
                   const char  *scope,
                   GError     **error)
{
  GxJsonWriter writer;
  gint64 rows;

  if (!count_rows (feed->db, scope, &rows, error))
    return FALSE;

  gx_json_writer_init (&writer, feed->out);
  gx_json_writer_begin_object (&writer);
  gx_json_writer_put_string (&writer, "t", "scope+");
  gx_json_writer_put_string (&writer, "s", scope);
  gx_json_writer_put_int (&writer, "rows", rows);
  gx_json_writer_end_object (&writer);
  end_line (feed);
  return TRUE;
}

static void
write_scope_dropped (Feed       *feed,
                     const char *scope)
{
  GxJsonWriter writer;

  gx_json_writer_init (&writer, feed->out);
  gx_json_writer_begin_object (&writer);
  gx_json_writer_put_string (&writer, "t", "scope-");
  gx_json_writer_put_string (&writer, "s", scope);
  gx_json_writer_end_object (&writer);
  end_line (feed);
}

/* What the client has is a claim: it only tells what to add and to drop. Data comes from what the session may have. */
static gboolean
compare_scopes (Feed       *feed,
                JsonArray  *have,
                GError    **error)
{
  g_autoptr(GHashTable) claimed = g_hash_table_new (g_str_hash, g_str_equal);

  feed->scopes = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < json_array_get_length (have); i++)
    {
      const char *scope;

      if (!gx_json_item_string (have, i, "have", &scope, error))
        return FALSE;
      if (!g_hash_table_add (claimed, (gpointer) scope))
        continue;
      if (gxs_authz_has_scope (feed->authz, scope))
        g_ptr_array_add (feed->scopes, g_strdup (scope));
      else
        write_scope_dropped (feed, scope);
    }
  g_ptr_array_add (feed->scopes, NULL);

  for (guint i = 0; feed->authz->scopes[i] != NULL; i++)
    if (!g_hash_table_contains (claimed, feed->authz->scopes[i])
        && !write_scope_added (feed, feed->authz->scopes[i], error))
      return FALSE;

  return TRUE;
}

/* The session's scopes that hold the row now, in the order of the client's list. */
static GPtrArray *
scopes_holding (Feed         *feed,
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
write_put (Feed               *feed,
           GxsRow             *row,
           const char *const  *scopes,
           GError            **error)
{
  GxJsonWriter writer;
  gboolean shown;

  gx_json_writer_init (&writer, feed->out);
  if (!gxs_row_show (feed->db, feed->authz, row, scopes, TRUE, &writer, &shown, error))
    return FALSE;
  if (shown)
    end_line (feed);

  return TRUE;
}

static gboolean
put_row (Feed            *feed,
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
  return names->len == 1 || write_put (feed, &row, (const char *const *) names->pdata, error);
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
begin_walks (Feed    *feed,
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
write_seq (Feed    *feed,
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

      if (entity != NULL && walk->gone)
        write_gone (feed, walk->name, entity, &walk->id);
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

static gboolean
write_changes (Feed     *feed,
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

  text = g_strdup_printf ("%" G_GINT64_FORMAT, more ? cursor : feed->head);
  write_trailer (feed, "cursor", text, more);
  return TRUE;
}

static gboolean
parse_cursor (Feed        *feed,
              const char  *text,
              gint64      *out_cursor,
              GError     **error)
{
  *out_cursor = 0;
  if (text == NULL || *text == '\0')
    return TRUE;
  if (!g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, out_cursor, NULL))
    return gx_fail_field (error, GX_ERROR_INVALID, "cursor", "form", "is no cursor of this server");
  /* A node that lags behind: the client asks again, it never gets a smaller cursor than it has. */
  if (*out_cursor > feed->head)
    return gx_fail_busy (error, 1, "this server has not yet got so far");

  return TRUE;
}

static gboolean
read_pull (JsonObject      *body,
           const GxsAuthz  *authz,
           const char     **out_cursor,
           JsonArray      **out_have,
           gint64          *out_limit,
           GError         **error)
{
  static const char *const members[] = { "client_id", "schema", "cursor", "have", "limit", "ack_mid", NULL };
  gint64 schema, ack_mid;
  GxId client_id;

  *out_cursor = NULL;
  *out_limit = GX_PULL_LIMIT;
  if (!gx_json_allow_members (body, members, error)
      || !gx_json_get_id (body, "client_id", &client_id, error)
      || !gx_json_get_int (body, "schema", &schema, error)
      || !gx_json_opt_string (body, "cursor", out_cursor, error)
      || !gx_json_get_array (body, "have", out_have, error)
      || !gx_json_opt_int (body, "limit", out_limit, error)
      || !gx_json_opt_int (body, "ack_mid", &ack_mid, error))
    return FALSE;
  if (!gx_id_equal (&client_id, &authz->client_id))
    return gx_fail (error, GX_ERROR_DEVICE, "the session is another client's");
  if (schema != GX_SCHEMA)
    return gx_fail (error, GX_ERROR_UPGRADE, "the server speaks schema %d, the client %" G_GINT64_FORMAT, GX_SCHEMA, schema);

  *out_limit = CLAMP (*out_limit, 1, GX_PULL_LIMIT);
  return TRUE;
}

/**
 * gxs_feed_pull:
 * @db: a reader
 * @body: the request, strictly parsed
 *
 * Errors: %GX_ERROR_INVALID, %GX_ERROR_DEVICE, %GX_ERROR_UPGRADE, %GX_ERROR_BUSY
 */
gboolean
gxs_feed_pull (GxDb            *db,
               const GxsAuthz  *authz,
               JsonObject      *body,
               GString         *out,
               GError         **error)
{
  g_auto(Feed) feed = { .db = db, .authz = authz, .out = out, .start = out->len };
  g_autoptr(GxTransaction) snapshot = NULL;
  const char *cursor_text;
  JsonArray *have;
  gint64 limit, cursor;

  if (!read_pull (body, authz, &cursor_text, &have, &limit, error))
    return FALSE;
  snapshot = gx_transaction_begin_read (db, error);
  if (snapshot == NULL || !read_clock (&feed, error) || !parse_cursor (&feed, cursor_text, &cursor, error))
    return FALSE;

  write_header (&feed, NULL);
  return compare_scopes (&feed, have, error) && write_changes (&feed, cursor, limit, error);
}

/* The key after which a page goes on: "15:0192…"; the tables in the order of their numbers. */
static gboolean
parse_after (const char  *text,
             guint       *out_table,
             GxId        *out_id,
             GError     **error)
{
  char *rest;
  guint64 table;

  *out_table = 0;
  *out_id = GX_ID_NONE;
  if (text == NULL || *text == '\0')
    return TRUE;

  table = g_ascii_strtoull (text, &rest, 10);
  if (table == 0 || table > 1000 || *rest != ':' || !gx_id_parse (rest + 1, out_id))
    return gx_fail_field (error, GX_ERROR_INVALID, "after", "form", "is no place in this feed");

  *out_table = (guint) table;
  return TRUE;
}

static char *
page_text (const GxEntity *entity)
{
  g_autofree char *select = g_strdup (gxs_row_select (entity));
  char *from = strstr (select, " FROM ");
  g_autoptr(GString) sql = g_string_new_len (select, from - select);

  /* The index first, in its own order; CROSS keeps the engine from turning it round. */
  g_string_append_printf (sql, " FROM scope_row s CROSS JOIN %s t ON t.id = s.row_id%s WHERE s.scope = ? AND s.tbl = ?"
                          " AND s.row_id > ? AND s.gone = 0 ORDER BY s.row_id LIMIT ?",
                          entity->name, from + strlen (" FROM ") + strlen (entity->name) + strlen (" t"));
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

static gboolean
write_table (Feed            *feed,
             gint64           scope_id,
             const char      *scope,
             const GxEntity  *entity,
             GxId            *after,
             gint64          *left,
             GError         **error)
{
  const char *const scopes[] = { scope, NULL };
  g_autofree char *sql = page_text (entity);
  g_autoptr(GxStatement) statement = gx_db_query (feed->db, error, sql, "iiui", scope_id, (gint64) entity->number, after, *left);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  if (gx_id_is_none (after))
    gx_statement_bind_blob (statement, 3, "", 0);

  while (local == NULL && gx_statement_next (statement, &local))
    {
      g_auto(GxsRow) row = { 0 };

      if (!gxs_row_read (statement, entity, &row, &local))
        break;
      *after = ((GxMeta *) row.data)->id;
      (*left)--;
      if (!write_put (feed, &row, scopes, &local))
        break;
    }
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
next_table (GxDb     *db,
            gint64    scope_id,
            guint     from,
            guint    *out_table,
            GError  **error)
{
  gint64 table = 0;

  if (!gx_db_query_int (db, &table, error, "SELECT COALESCE(MIN(tbl), 0) FROM scope_row WHERE scope = ? AND tbl >= ?", "ii",
                        scope_id, (gint64) from))
    return FALSE;

  *out_table = (guint) table;
  return TRUE;
}

static gboolean
write_page (Feed        *feed,
            const char  *scope,
            guint        table,
            GxId         after,
            gint64       left,
            GError     **error)
{
  gint64 scope_id;

  if (!gxs_scope_find (feed->db, scope, &scope_id, error))
    return FALSE;

  for (;;)
    {
      const GxEntity *entity;
      guint found;

      if (!next_table (feed->db, scope_id, MAX (table, 1), &found, error))
        return FALSE;
      if (found == 0)
        {
          write_trailer (feed, "after", NULL, FALSE);
          return TRUE;
        }
      if (found != table)
        after = GX_ID_NONE;
      table = found;
      entity = gx_entity_by_number (table);
      if (entity != NULL && !write_table (feed, scope_id, scope, entity, &after, &left, error))
        return FALSE;
      if (left == 0)
        {
          g_autofree char *text = g_strdup_printf ("%u:%s", table, GX_ID_STR (&after));

          write_trailer (feed, "after", text, TRUE);
          return TRUE;
        }
      table++;
      after = GX_ID_NONE;
    }
}

/**
 * gxs_feed_bootstrap:
 * @db: a reader
 * @after: (nullable): of the page before
 * @limit: rows of the page
 *
 * Errors: %GX_ERROR_FORBIDDEN if the scope is not the session's, %GX_ERROR_INVALID
 */
gboolean
gxs_feed_bootstrap (GxDb            *db,
                    const GxsAuthz  *authz,
                    const char      *scope,
                    const char      *after,
                    gint64           limit,
                    GString         *out,
                    GError         **error)
{
  g_auto(Feed) feed = { .db = db, .authz = authz, .out = out, .start = out->len };
  g_autoptr(GxTransaction) snapshot = NULL;
  guint table;
  GxId id;

  if (!gxs_authz_has_scope (authz, scope))
    return gx_fail (error, GX_ERROR_FORBIDDEN, "that scope is not yours");
  if (!parse_after (after, &table, &id, error))
    return FALSE;
  snapshot = gx_transaction_begin_read (db, error);
  if (snapshot == NULL || !read_clock (&feed, error))
    return FALSE;

  write_header (&feed, scope);
  return write_page (&feed, scope, table, id, CLAMP (limit, 1, GX_BOOTSTRAP_LIMIT), error);
}
