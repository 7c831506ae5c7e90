/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of the feed that are not about changes: header, trailer, rows, scopes that come and go, results that their
 * client may not have got. Which rows, is the matter of gxs-feed-walk and gxs-feed-load.
 */
#include "gx-bug.h"
#include "gxs-feed-private.h"

#include "gx-hash.h"
#include "gxs-result.h"

#include <string.h>

#define RESULTS_LIMIT 500       /* of one page: the next page brings the others */

void
gxs_feed_clear (GxsFeed *feed)
{
  g_free (feed->epoch);
  g_clear_pointer (&feed->scopes, g_ptr_array_unref);
}

gboolean
gxs_feed_read_clock (GxsFeed  *feed,
                     GError  **error)
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

void
gxs_feed_end_line (GxsFeed *feed)
{
  g_string_append_c (feed->out, '\n');
  feed->n++;
}

void
gxs_feed_write_header (GxsFeed    *feed,
                       const char *scope)
{
  GxJsonWriter writer;

  gx_json_writer_init (&writer, feed->out);
  gx_json_writer_begin_object (&writer);
  gx_json_writer_put_string (&writer, "t", "hdr");
  gx_json_writer_put_string (&writer, "epoch", feed->epoch);
  gx_json_writer_put_int (&writer, "perm_ver", feed->authz->perm_ver);
  if (scope == NULL)
    gxs_authz_write_roles (feed->authz, &writer);
  else
    {
      g_autofree char *start = g_strdup_printf ("%" G_GINT64_FORMAT, feed->head);

      gx_json_writer_put_string (&writer, "scope", scope);
      gx_json_writer_put_string (&writer, "start", start);
    }
  gx_json_writer_end_object (&writer);
  gxs_feed_end_line (feed);
}

void
gxs_feed_write_trailer (GxsFeed    *feed,
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

void
gxs_feed_write_gone (GxsFeed        *feed,
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
  gxs_feed_end_line (feed);
}

gboolean
gxs_feed_write_put (GxsFeed            *feed,
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
    gxs_feed_end_line (feed);

  return TRUE;
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
write_scope_added (GxsFeed     *feed,
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
  gxs_feed_end_line (feed);
  return TRUE;
}

static void
write_scope_dropped (GxsFeed    *feed,
                     const char *scope)
{
  GxJsonWriter writer;

  gx_json_writer_init (&writer, feed->out);
  gx_json_writer_begin_object (&writer);
  gx_json_writer_put_string (&writer, "t", "scope-");
  gx_json_writer_put_string (&writer, "s", scope);
  gx_json_writer_end_object (&writer);
  gxs_feed_end_line (feed);
}

/* What the client has is a claim: it only tells what to add and to drop. Data comes from what the session may have. */
gboolean
gxs_feed_write_scopes (GxsFeed    *feed,
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
      if (gxs_authz_has_scope (feed->authz, scope) || GX_BUG (GX_BUG_SCOPES))
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

static void
write_result (const char *json,
              gpointer    data)
{
  GxsFeed *feed = data;

  /* The result is an object of its own: its members go on here. */
  g_string_append (feed->out, "{\"t\":\"res\",");
  g_string_append (feed->out, json + 1);
  gxs_feed_end_line (feed);
}

/**
 * gxs_feed_write_results:
 * @ack_mid: the last mutation whose result the client has
 *
 * An answer to a push that was lost is told here once more, without asking for the same push again.
 */
gboolean
gxs_feed_write_results (GxsFeed  *feed,
                        gint64    ack_mid,
                        GError  **error)
{
  return gxs_result_foreach (feed->db, &feed->authz->client_id, ack_mid, RESULTS_LIMIT, write_result, feed, error);
}
