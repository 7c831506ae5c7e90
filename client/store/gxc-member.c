/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which rows are here by which scope (sync.md 1.2, 1.6). A row lives as long as some scope holds it; what this desk's own
 * mutations say of it is the overlay's matter.
 *
 * Cursors are opaque: instead of comparing them, a scope remembers the shared cursor from when its first load began, and
 * the shared cursor goes back to that one when the scope joins. It is not newer than the load's first page, so nothing
 * that happened meanwhile is missed; some of it comes twice, which changes nothing.
 */
#include "gxc-member.h"

#include "gx-bug.h"
#include "gx-catalog.h"
#include "gxc-meta.h"
#include "gxc-overlay.h"

void
gxc_scope_free (GxcScope *scope)
{
  g_free (scope->name);
  g_free (scope->after);
  g_free (scope->rewind);
  g_free (scope);
}

#define SELECT_SCOPE "SELECT name, held, after, rewind, n_rows, loaded FROM scope "

static GxcScope *
read_scope (GxStatement *statement)
{
  GxcScope *scope = g_new0 (GxcScope, 1);

  scope->name = g_strdup (gx_statement_get_text (statement, 0));
  scope->complete = gx_statement_get_int (statement, 1) != 0;
  scope->after = g_strdup (gx_statement_get_text (statement, 2));
  scope->rewind = g_strdup (gx_statement_get_text (statement, 3));
  scope->rows = gx_statement_get_int (statement, 4);
  scope->loaded = gx_statement_get_int (statement, 5);

  return scope;
}

/**
 * gxc_member_scopes:
 *
 * Returns: (transfer full) (nullable) (element-type GxcScope): all scopes of the session, by name
 */
GPtrArray *
gxc_member_scopes (GxDb    *db,
                   GError **error)
{
  g_autoptr(GPtrArray) scopes = g_ptr_array_new_with_free_func ((GDestroyNotify) gxc_scope_free);
  g_autoptr(GxStatement) statement = gx_db_query (db, error, SELECT_SCOPE "ORDER BY name", NULL);
  GError *local = NULL;

  if (statement == NULL)
    return NULL;
  while (gx_statement_next (statement, &local))
    g_ptr_array_add (scopes, read_scope (statement));
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return NULL;
    }

  return g_steal_pointer (&scopes);
}

/**
 * gxc_member_next:
 *
 * Reference data first, then one's own customers: with these the desk is usable; then reviews, then the branch.
 *
 * Returns: (transfer full) (nullable): the scope to load next, %NULL without @error if all are here
 */
GxcScope *
gxc_member_next (GxDb    *db,
                 GError **error)
{
  static const char sql[] = SELECT_SCOPE
    "WHERE held=0 ORDER BY CASE substr(name, 1, 3) WHEN 'ref' THEN 0 WHEN 'ow:' THEN 1 WHEN 'cr:' THEN 2 ELSE 3 END, name LIMIT 1";
  g_autoptr(GxStatement) statement = gx_db_query (db, error, sql, NULL);

  return statement != NULL && gx_statement_next (statement, error) ? read_scope (statement) : NULL;
}

/**
 * gxc_member_join:
 * @rows: how many rows the server said it has, 0 = unknown
 *
 * The session may hold @scope now; its first load is due. Known already, it is left as it stands.
 */
gboolean
gxc_member_join (GxcStore    *store,
                 const char  *scope,
                 gint64       rows,
                 GError     **error)
{
  GxDb *db = gxc_store_get_db (store);

  gxc_store_note (store, GXC_CHANGED_SCOPES);
  if (!gx_db_run (db, error, "UPDATE scope SET n_rows=? WHERE name=?", "it", rows, scope))
    return FALSE;

  return gx_db_changes (db) > 0
         || gx_db_run (db, error, "INSERT INTO scope(name, n_rows) VALUES(?, ?)", "ti", scope, rows);
}

static gint64
find_scope (GxDb       *db,
            const char *name)
{
  gint64 number = 0;

  return gx_db_query_int (db, &number, NULL, "SELECT id FROM scope WHERE name=?", "t", name) ? number : 0;
}

static GArray *
rows_of_scope (GxDb    *db,
               gint64   scope,
               GError **error)
{
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (GxcRow));
  g_autoptr(GxStatement) statement = gx_db_query (db, error, "SELECT tbl, id FROM member WHERE scope=?", "i", scope);
  GError *local = NULL;

  if (statement == NULL)
    return NULL;
  while (gx_statement_next (statement, &local))
    {
      GxcRow row = { gx_entity_by_number ((guint) gx_statement_get_int (statement, 0)), gx_statement_get_id (statement, 1) };

      if (row.entity != NULL)
        g_array_append_val (rows, row);
    }
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return NULL;
    }

  return g_steal_pointer (&rows);
}

static gboolean
remove_if_orphan (GxcStore      *store,
                  const GxcRow  *row,
                  GError       **error)
{
  gint64 n;

  if (!gx_db_query_int (gxc_store_get_db (store), &n, error, "SELECT COUNT(*) FROM member WHERE tbl=? AND id=?", "nu",
                        (int) row->entity->number, &row->id))
    return FALSE;

  return n > 0 || gxc_overlay_remove (store, row->entity, &row->id, error);
}

static gboolean
empty_scope (GxcStore  *store,
             gint64     scope,
             GError   **error)
{
  GxDb *db = gxc_store_get_db (store);
  g_autoptr(GArray) rows = rows_of_scope (db, scope, error);

  if (rows == NULL || !gx_db_run (db, error, "DELETE FROM member WHERE scope=?", "i", scope))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    if (!remove_if_orphan (store, &g_array_index (rows, GxcRow, i), error))
      return FALSE;

  return gx_db_run (db, error, "UPDATE scope SET held=0, after=NULL, rewind=NULL, start=NULL, loaded=0 WHERE id=?", "i", scope);
}

/* Scopes that hold a row of @scope too: its sight may have come from there, so they are loaded anew. */
static GArray *
neighbours (GxDb    *db,
            gint64   scope,
            GError **error)
{
  static const char sql[] = "SELECT DISTINCT b.scope FROM member a JOIN member b ON b.tbl=a.tbl AND b.id=a.id AND b.scope<>a.scope"
                            " WHERE a.scope=?";
  g_autoptr(GArray) scopes = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GxStatement) statement = gx_db_query (db, error, sql, "i", scope);
  GError *local = NULL;

  if (statement == NULL)
    return NULL;
  while (gx_statement_next (statement, &local))
    {
      gint64 number = gx_statement_get_int (statement, 0);

      g_array_append_val (scopes, number);
    }
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return NULL;
    }

  return g_steal_pointer (&scopes);
}

/**
 * gxc_member_leave:
 *
 * The session may hold @scope no longer: its rows go at once, even those that another scope holds; these other scopes are
 * loaded anew, since the rows may be seen differently from there.
 */
gboolean
gxc_member_leave (GxcStore    *store,
                  const char  *scope,
                  GError     **error)
{
  GxDb *db = gxc_store_get_db (store);
  gint64 number = find_scope (db, scope);
  g_autoptr(GArray) others = NULL;

  if (number == 0)
    return TRUE;
  others = neighbours (db, number, error);
  if (others == NULL)
    return FALSE;
  for (guint i = 0; i < others->len; i++)
    if (!empty_scope (store, g_array_index (others, gint64, i), error))
      return FALSE;

  gxc_store_note (store, GXC_CHANGED_SCOPES);
  return (GX_BUG (GX_BUG_LEAVE) || empty_scope (store, number, error))
         && gx_db_run (db, error, "DELETE FROM scope WHERE id=?", "i", number);
}

/**
 * gxc_member_advance:
 * @after: where the next page begins
 * @rewind: (nullable): the shared cursor before the first page; only the first one counts
 * @n_rows: of this page
 */
gboolean
gxc_member_advance (GxcStore    *store,
                    const char  *scope,
                    const char  *after,
                    const char  *rewind,
                    gint64       n_rows,
                    GError     **error)
{
  gxc_store_note (store, GXC_CHANGED_SCOPES);

  return gx_db_run (gxc_store_get_db (store), error,
                    "UPDATE scope SET after=?, rewind=COALESCE(rewind, ?), loaded=loaded+? WHERE name=?", "ttit",
                    after, rewind, n_rows, scope);
}

/**
 * gxc_member_complete:
 *
 * The first load of @scope is here; from now on pull keeps it current, beginning at the cursor of before the load.
 */
gboolean
gxc_member_complete (GxcStore    *store,
                     const char  *scope,
                     GError     **error)
{
  GxDb *db = gxc_store_get_db (store);
  g_autofree char *rewind = NULL;

  gxc_store_note (store, GXC_CHANGED_SCOPES);
  if (!gx_db_query_text (db, &rewind, error, "SELECT rewind FROM scope WHERE name=?", "t", scope))
    return FALSE;

  return gx_db_run (db, error, "UPDATE scope SET held=1, after=NULL, rewind=NULL, n_rows=loaded WHERE name=?", "t", scope)
         && (rewind == NULL || GX_BUG (GX_BUG_LATE_HEAD) || gxc_meta_set (store, GXC_META_CURSOR, rewind, error));
}

gboolean
gxc_member_add (GxcStore        *store,
                const char      *scope,
                const GxEntity  *entity,
                const GxId      *id,
                GError         **error)
{
  return gx_db_run (gxc_store_get_db (store), error,
                    "INSERT INTO member(tbl, id, scope) SELECT ?, ?, s.id FROM scope s WHERE s.name=?"
                    " ON CONFLICT(tbl, id, scope) DO NOTHING", "nut",
                    (int) entity->number, id, scope);
}

/**
 * gxc_member_gone:
 *
 * @scope holds the row no longer; if it was the last one, the row goes.
 */
gboolean
gxc_member_gone (GxcStore        *store,
                 const char      *scope,
                 const GxEntity  *entity,
                 const GxId      *id,
                 GError         **error)
{
  GxcRow row = { entity, *id };

  return gx_db_run (gxc_store_get_db (store), error,
                    "DELETE FROM member WHERE tbl=? AND id=? AND scope=(SELECT id FROM scope WHERE name=?)", "nut",
                    (int) entity->number, id, scope)
         && remove_if_orphan (store, &row, error);
}

/**
 * gxc_member_reset:
 *
 * Forgets all that the server said, so that everything is loaded anew. Never touches the queue (sync.md I10).
 */
gboolean
gxc_member_reset (GxcStore  *store,
                  GError   **error)
{
  g_autoptr(GPtrArray) scopes = gxc_member_scopes (gxc_store_get_db (store), error);

  if (scopes == NULL || (GX_BUG (GX_BUG_RESET) && !gx_db_exec (gxc_store_get_db (store), "DELETE FROM queue", error)))
    return FALSE;
  for (guint i = 0; i < scopes->len; i++)
    {
      const GxcScope *scope = g_ptr_array_index (scopes, i);
      gint64 number = find_scope (gxc_store_get_db (store), scope->name);

      if (!empty_scope (store, number, error))
        return FALSE;
    }

  return gxc_meta_set (store, GXC_META_CURSOR, NULL, error);
}

/**
 * gxc_member_reload:
 *
 * Every scope is loaded once more, over the rows that are here; what changed or went meanwhile is pulled from where the scope
 * stands now.
 */
gboolean
gxc_member_reload (GxcStore  *store,
                   GError   **error)
{
  GxDb *db = gxc_store_get_db (store);
  g_autofree char *cursor = gxc_meta_dup (db, GXC_META_CURSOR);

  gxc_store_note (store, GXC_CHANGED_SCOPES);
  return gx_db_run (db, error, "UPDATE scope SET rewind=COALESCE(rewind, ?), after=NULL, loaded=0, held=0", "t", cursor);
}
