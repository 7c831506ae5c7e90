/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the profile remembers about itself, and the counts that the sync chip shows. No secret is ever here. */
#include "gxc-meta.h"

typedef struct { const char *key, *value; char *out; } MetaArgs;

static gboolean
set_here (GxcStore  *store,
          gpointer   data,
          GError   **error)
{
  MetaArgs *args = data;
  GxDb *db = gxc_store_get_db (store);

  gxc_store_note (store, GXC_CHANGED_META);
  if (args->value == NULL)
    return gx_db_run (db, error, "DELETE FROM meta WHERE k=?", "t", args->key);

  if (!gx_db_run (db, error, "UPDATE meta SET v=? WHERE k=?", "tt", args->value, args->key))
    return FALSE;
  return gx_db_changes (db) > 0 || gx_db_run (db, error, "INSERT INTO meta(k, v) VALUES(?, ?)", "tt", args->key, args->value);
}

/**
 * gxc_meta_set:
 * @value: (nullable): %NULL forgets the key
 */
gboolean
gxc_meta_set (GxcStore    *store,
              const char  *key,
              const char  *value,
              GError     **error)
{
  MetaArgs args = { key, value };

  return gxc_store_call (store, set_here, &args, error);
}

gboolean
gxc_meta_set_int (GxcStore    *store,
                  const char  *key,
                  gint64       value,
                  GError     **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  return gxc_meta_set (store, key, text, error);
}

/**
 * gxc_meta_dup:
 *
 * Returns: (transfer full) (nullable): the value, %NULL if there is none
 */
char *
gxc_meta_dup (GxDb       *db,
              const char *key)
{
  char *text = NULL;

  return gx_db_query_text (db, &text, NULL, "SELECT v FROM meta WHERE k=?", "t", key) ? text : NULL;
}

/**
 * gxc_meta_get_int:
 *
 * Returns: the value, 0 if there is none
 */
gint64
gxc_meta_get_int (GxDb       *db,
                  const char *key)
{
  g_autofree char *text = gxc_meta_dup (db, key);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

GxId
gxc_meta_get_id (GxDb       *db,
                 const char *key)
{
  g_autofree char *text = gxc_meta_dup (db, key);
  GxId id = GX_ID_NONE;

  if (text == NULL || !gx_id_parse (text, &id))
    return GX_ID_NONE;
  return id;
}

static gboolean
dup_here (GxcStore  *store,
          gpointer   data,
          GError   **error)
{
  MetaArgs *args = data;

  args->out = gxc_meta_dup (gxc_store_get_db (store), args->key);
  return TRUE;
}

/**
 * gxc_store_dup_meta:
 *
 * Returns: (transfer full) (nullable)
 */
char *
gxc_store_dup_meta (GxcStore   *store,
                    const char *key)
{
  MetaArgs args = { key };

  gxc_store_call (store, dup_here, &args, NULL);
  return args.out;
}

gboolean
gxc_counts_read (GxDb       *db,
                 GxcCounts  *out,
                 GError    **error)
{
  static const char sql[] =
    "SELECT (SELECT COUNT(*) FROM queue), (SELECT COUNT(*) FROM issue WHERE closed_at IS NULL), COUNT(*),"
    " COALESCE(SUM(held), 0), COALESCE(SUM(n_rows), 0), COALESCE(SUM(loaded), 0) FROM scope";
  g_autoptr(GxStatement) statement = gx_db_query (db, error, sql, NULL);

  if (statement == NULL || !gx_statement_next (statement, error))
    return FALSE;

  *out = (GxcCounts) {
    .pending = gx_statement_get_int (statement, 0),
    .issues = gx_statement_get_int (statement, 1),
    .last_sync = gxc_meta_get_int (db, GXC_META_LAST_SYNC),
    .clock_off = gxc_meta_get_int (db, GXC_META_CLOCK_OFFSET),
    .scopes = gx_statement_get_int (statement, 2),
    .scopes_complete = gx_statement_get_int (statement, 3),
    .rows_expected = gx_statement_get_int (statement, 4),
    .rows_loaded = gx_statement_get_int (statement, 5),
    .has_figures = gxc_meta_get_int (db, GXC_META_DIGEST) != 0,
  };
  return TRUE;
}
