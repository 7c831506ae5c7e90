/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bootstrap: all that is in one scope, page by page in the order of tables and ids (sync.md 1.7). Each page is a snapshot of
 * its own: what changes meanwhile comes with the pull that begins at the first page's "start".
 */
#include "gxs-feed-private.h"

#include "gx-catalog.h"
#include "gx-protocol.h"
#include "gx-transaction.h"

#include <string.h>

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
write_table (GxsFeed         *feed,
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
      if (!gxs_feed_write_put (feed, &row, scopes, &local))
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
write_page (GxsFeed     *feed,
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
          gxs_feed_write_trailer (feed, "after", NULL, FALSE);
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

          gxs_feed_write_trailer (feed, "after", text, TRUE);
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
  g_auto(GxsFeed) feed = { .db = db, .authz = authz, .out = out, .start = out->len };
  g_autoptr(GxTransaction) snapshot = NULL;
  guint table;
  GxId id;

  if (!gxs_authz_has_scope (authz, scope))
    return gx_fail (error, GX_ERROR_FORBIDDEN, "that scope is not yours");
  if (!parse_after (after, &table, &id, error))
    return FALSE;
  snapshot = gx_transaction_begin_read (db, error);
  if (snapshot == NULL || !gxs_feed_read_clock (&feed, error))
    return FALSE;

  gxs_feed_write_header (&feed, scope);
  return write_page (&feed, scope, table, id, CLAMP (limit, 1, GX_BOOTSTRAP_LIMIT), error);
}
