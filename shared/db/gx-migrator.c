/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Brings a database to the newest schema: numbered steps, each in one transaction of its own, remembered in a table.
 *
 * A database that knows more steps than this program is from the future and is left alone.
 */
#include "gx-migrator.h"

#include "gx-db-driver.h"
#include "gx-transaction.h"

#include <gio/gio.h>
#include <string.h>

static const char create_table[] =
  "CREATE TABLE IF NOT EXISTS migration(number INTEGER PRIMARY KEY, name TEXT NOT NULL, at INTEGER NOT NULL)";

/**
 * gx_migrator_version:
 *
 * Returns: the number of the last step taken, 0 for an empty database
 */
guint
gx_migrator_version (GxDb *db)
{
  gint64 version = 0;

  if (!gx_db_query_int (db, &version, NULL, "SELECT COALESCE(MAX(number), 0) FROM migration", NULL))
    return 0;

  return (guint) version;
}

/**
 * gx_migrator_expand:
 *
 * Returns: (transfer full) (nullable): @sql with each @MACRO@ replaced by the engine's word for the type
 */
char *
gx_migrator_expand (const GxDbDriver  *driver,
                    const char        *sql,
                    GError           **error)
{
  g_auto(GStrv) parts = g_strsplit (sql, "@", -1);

  if (g_strv_length (parts) % 2 == 0)
    {
      gx_fail (error, GX_ERROR_INTERNAL, "a migration has an odd number of @");
      return NULL;
    }

  for (guint i = 1; parts[i] != NULL; i += 2)
    {
      const char *type = driver->type_of (parts[i]);

      if (type == NULL)
        {
          gx_fail (error, GX_ERROR_INTERNAL, "a migration has the unknown type @%s@", parts[i]);
          return NULL;
        }
      g_free (parts[i]);
      parts[i] = g_strdup (type);
    }

  return g_strjoinv ("", parts);
}

static gboolean
run_text (GxDb        *db,
          const char  *path,
          gboolean     optional,
          GError     **error)
{
  g_autoptr(GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  g_autofree char *sql = NULL;
  gsize size;
  const char *data;

  if (optional && !g_resources_get_info (path, 0, NULL, NULL, NULL))
    return TRUE;

  bytes = g_resources_lookup_data (path, 0, error);
  if (bytes == NULL)
    return gx_error_adopt (error);

  data = g_bytes_get_data (bytes, &size);
  text = g_strndup (data, size);
  sql = gx_migrator_expand (gx_db_get_driver (db), text, error);
  return sql != NULL && gx_db_exec (db, sql, error);
}

static gboolean
take_step (GxDb               *db,
           const GxMigration  *migration,
           GError            **error)
{
  g_autofree char *common = NULL;
  g_autofree char *dialect = NULL;

  if (migration->run != NULL)
    return migration->run (db, error);

  common = g_strconcat (migration->resource, ".sql", NULL);
  dialect = g_strconcat (migration->resource, ".", gx_db_get_driver (db)->name, ".sql", NULL);
  return run_text (db, common, FALSE, error) && run_text (db, dialect, TRUE, error);
}

/**
 * gx_migrator_run:
 * @migrations: numbered 1, 2, 3 … without gaps
 *
 * Errors: %GX_ERROR_FUTURE if the database is newer than the program
 */
gboolean
gx_migrator_run (GxDb               *db,
                 const GxMigration  *migrations,
                 guint               n_migrations,
                 GxClock            *clock,
                 GError            **error)
{
  guint version;

  if (!gx_db_exec (db, create_table, error))
    return FALSE;

  version = gx_migrator_version (db);
  if (version > n_migrations)
    return gx_fail (error, GX_ERROR_FUTURE, "the database has schema %u, this program knows %u: install the newer program",
                    version, n_migrations);

  for (guint i = version; i < n_migrations; i++)
    {
      g_autoptr(GxTransaction) transaction = NULL;

      g_assert (migrations[i].number == i + 1);
      transaction = gx_transaction_begin (db, error);
      if (transaction == NULL
          || !take_step (db, &migrations[i], error)
          || !gx_db_run (db, error, "INSERT INTO migration(number, name, at) VALUES(?, ?, ?)", "iti",
                         (gint64) migrations[i].number, migrations[i].name, gx_clock_now (clock))
          || !gx_transaction_commit (transaction, error))
        {
          g_prefix_error (error, "migration %u %s: ", migrations[i].number, migrations[i].name);
          return FALSE;
        }
    }

  return TRUE;
}
