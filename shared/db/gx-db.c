/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A connection to a database: prepared statements kept by their text, values bound by a short format, one owner thread.
 *
 * It knows no engine (gx-db-driver.h does) and no entity (gx-sql does). A statement taken with gx_db_query() is
 * released, not freed: it goes back to the connection to be used again.
 */
#include "gx-db-driver.h"

#include <stdarg.h>
#include <string.h>

/* Texts are made from field sets that clients choose: of more than these, the idle ones are thrown away. */
#define MAX_STATEMENTS 256

struct _GxStatement
{
  GxDb     *db;             /* borrowed */
  char     *sql;            /* owned */
  gpointer  handle;         /* owned by the driver */
  gboolean  kept;           /* in the table of its connection; else freed on release */
  gboolean  busy;           /* between prepare and release */
};

struct _GxDb
{
  const GxDbDriver *driver;
  gpointer          handle;
  GxSide            side;
  GxSealer         *sealer;       /* borrowed, nullable */
  GHashTable       *statements;   /* SQL text -> GxStatement, idle or busy */
  GThread          *owner;
  guint             depth;
};

static void
statement_free (gpointer data)
{
  GxStatement *statement = data;

  statement->db->driver->finalize (statement->handle);
  g_free (statement->sql);
  g_free (statement);
}

/**
 * gx_db_open:
 *
 * Returns: (transfer full) (nullable): a connection for the calling thread only
 */
GxDb *
gx_db_open (const GxDbDriver   *driver,
            const GxDbOptions  *options,
            GError            **error)
{
  gpointer handle = driver->open (options, error);
  GxDb *db;

  if (handle == NULL)
    return NULL;

  db = g_new0 (GxDb, 1);
  db->driver = driver;
  db->handle = handle;
  db->side = options->side;
  db->statements = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, statement_free);
  db->owner = g_thread_self ();
  return db;
}

/**
 * gx_db_copy:
 * @from: an existing database that nobody writes to
 * @to: (not nullable): a file that is not there yet; location and file layer count, the rest does not
 *
 * Makes a whole copy with the same rows, the rows' own numbers included, under another file layer. It is not yet safe from
 * a power cut: the caller syncs what it wants to rely on.
 */
gboolean
gx_db_copy (const GxDbDriver   *driver,
            const GxDbOptions  *from,
            const GxDbOptions  *to,
            GError            **error)
{
  return driver->copy (from, to, error);
}

/**
 * gx_db_close:
 * @db: whose statements are all released
 */
void
gx_db_close (GxDb *db)
{
  g_hash_table_unref (db->statements);
  db->driver->close (db->handle);
  g_free (db);
}

/**
 * gx_db_adopt:
 *
 * Makes the calling thread the owner of @db; the thread that was must not touch it again.
 */
void
gx_db_adopt (GxDb *db)
{
  db->owner = g_thread_self ();
}

GxSide
gx_db_get_side (GxDb *db)
{
  return db->side;
}

const GxDbDriver *
gx_db_get_driver (GxDb *db)
{
  return db->driver;
}

/**
 * gx_db_set_sealer:
 * @sealer: (nullable) (transfer none): must outlive @db
 */
void
gx_db_set_sealer (GxDb     *db,
                  GxSealer *sealer)
{
  db->sealer = sealer;
}

GxSealer *
gx_db_get_sealer (GxDb *db)
{
  return db->sealer;
}

guint *
gx_db_depth (GxDb *db)
{
  return &db->depth;
}

/**
 * gx_db_exec:
 * @sql: one or more statements without parameters
 */
gboolean
gx_db_exec (GxDb        *db,
            const char  *sql,
            GError     **error)
{
  g_assert (db->owner == g_thread_self ());

  return db->driver->exec (db->handle, sql, error);
}

static gboolean
is_idle (gpointer key,
         gpointer value,
         gpointer user_data)
{
  return !((GxStatement *) value)->busy;
}

static void
keep (GxDb        *db,
      GxStatement *statement)
{
  if (g_hash_table_size (db->statements) >= MAX_STATEMENTS)
    g_hash_table_foreach_remove (db->statements, is_idle, NULL);
  g_hash_table_insert (db->statements, statement->sql, statement);
  statement->kept = TRUE;
}

/**
 * gx_db_prepare:
 *
 * Returns: (transfer full) (nullable): a statement with nothing bound
 */
GxStatement *
gx_db_prepare (GxDb        *db,
               const char  *sql,
               GError     **error)
{
  GxStatement *known, *statement;
  gpointer handle;

  g_assert (db->owner == g_thread_self ());

  /* A full disk makes the engine give the whole transaction up: what comes now would be written by itself. */
  if (db->depth > 0 && !db->driver->in_transaction (db->handle))
    {
      gx_fail (error, GX_ERROR_IO, "the database gave the transaction up");
      return NULL;
    }

  known = g_hash_table_lookup (db->statements, sql);
  if (known != NULL && !known->busy)
    {
      known->busy = TRUE;
      return known;
    }

  handle = db->driver->prepare (db->handle, sql, error);
  if (handle == NULL)
    return NULL;

  statement = g_new0 (GxStatement, 1);
  statement->db = db;
  statement->sql = g_strdup (sql);
  statement->handle = handle;
  statement->busy = TRUE;
  if (known == NULL)
    keep (db, statement);
  return statement;
}

/**
 * gx_statement_release:
 *
 * Gives the statement back to its connection.
 */
void
gx_statement_release (GxStatement *statement)
{
  if (!statement->kept)
    {
      statement_free (statement);
      return;
    }

  statement->db->driver->reset (statement->handle);
  statement->busy = FALSE;
}

/* i gint64, n int, t text, u const GxId *, b GBytes *; a NULL pointer or a none id binds NULL. */
static void
bind_all (GxStatement *statement,
          const char  *format,
          va_list      args)
{
  /* A parameter that nobody bound is NULL, silently: so the format must name them all. */
  if (statement->db->driver->n_parameters (statement->handle) != (format != NULL ? (int) strlen (format) : 0))
    g_error ("“%s” does not bind every parameter of: %s", format != NULL ? format : "", statement->sql);

  for (int i = 0; format != NULL && format[i] != '\0'; i++)
    switch (format[i])
      {
      case 'i':
        gx_statement_bind_int (statement, i + 1, va_arg (args, gint64));
        break;
      case 'n':
        gx_statement_bind_int (statement, i + 1, va_arg (args, int));
        break;
      case 't':
        gx_statement_bind_text (statement, i + 1, va_arg (args, const char *));
        break;
      case 'u':
        gx_statement_bind_id (statement, i + 1, va_arg (args, const GxId *));
        break;
      case 'b':
        gx_statement_bind_bytes (statement, i + 1, va_arg (args, GBytes *));
        break;
      default:
        g_assert_not_reached ();
      }
}

static GxStatement *
query_valist (GxDb        *db,
              GError     **error,
              const char  *sql,
              const char  *format,
              va_list      args)
{
  GxStatement *statement = gx_db_prepare (db, sql, error);

  if (statement != NULL)
    bind_all (statement, format, args);

  return statement;
}

/**
 * gx_db_query:
 * @format: (nullable): one letter a parameter: i gint64, n int, t text, u const GxId *, b GBytes *
 *
 * Returns: (transfer full) (nullable): a statement ready for gx_statement_next()
 */
GxStatement *
gx_db_query (GxDb        *db,
             GError     **error,
             const char  *sql,
             const char  *format,
             ...)
{
  va_list args;
  GxStatement *statement;

  va_start (args, format);
  statement = query_valist (db, error, sql, format, args);
  va_end (args);

  return statement;
}

/**
 * gx_db_run:
 * @format: (nullable): as of gx_db_query()
 *
 * Runs one statement to its end; what it returns is dropped.
 */
gboolean
gx_db_run (GxDb        *db,
           GError     **error,
           const char  *sql,
           const char  *format,
           ...)
{
  g_autoptr(GxStatement) statement = NULL;
  va_list args;

  va_start (args, format);
  statement = query_valist (db, error, sql, format, args);
  va_end (args);

  return statement != NULL && gx_statement_run (statement, error);
}

/**
 * gx_statement_collect_ids:
 * @ids: of GxId: the first column of every row that is left is added to it
 */
gboolean
gx_statement_collect_ids (GxStatement  *statement,
                          GArray       *ids,
                          GError      **error)
{
  GError *local = NULL;

  while (gx_statement_next (statement, &local))
    {
      GxId id = gx_statement_get_id (statement, 0);

      g_array_append_val (ids, id);
    }
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
first_row (GxStatement  *statement,
           GError      **error)
{
  GError *local = NULL;

  if (gx_statement_next (statement, &local))
    return TRUE;
  if (local == NULL)
    return gx_fail (error, GX_ERROR_NOT_FOUND, "no row");

  g_propagate_error (error, local);
  return FALSE;
}

/**
 * gx_db_query_int:
 *
 * Reads the first column of the first row.
 *
 * Errors: %GX_ERROR_NOT_FOUND if there is no row
 */
gboolean
gx_db_query_int (GxDb        *db,
                 gint64      *out_value,
                 GError     **error,
                 const char  *sql,
                 const char  *format,
                 ...)
{
  g_autoptr(GxStatement) statement = NULL;
  va_list args;

  va_start (args, format);
  statement = query_valist (db, error, sql, format, args);
  va_end (args);
  if (statement == NULL || !first_row (statement, error))
    return FALSE;

  *out_value = gx_statement_get_int (statement, 0);
  return TRUE;
}

/**
 * gx_db_find_int:
 * @inout_value: (inout): what it is if there is no row
 *
 * Reads the first column of the first row, where there is one. No row is no error.
 */
gboolean
gx_db_find_int (GxDb        *db,
                gint64      *inout_value,
                GError     **error,
                const char  *sql,
                const char  *format,
                ...)
{
  g_autoptr(GxStatement) statement = NULL;
  GError *local = NULL;
  va_list args;

  va_start (args, format);
  statement = query_valist (db, error, sql, format, args);
  va_end (args);
  if (statement == NULL)
    return FALSE;
  if (gx_statement_next (statement, &local))
    *inout_value = gx_statement_get_int (statement, 0);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, local);
  return FALSE;
}

/**
 * gx_db_query_text:
 * @out_text: (out) (nullable) (transfer full)
 *
 * Reads the first column of the first row.
 *
 * Errors: %GX_ERROR_NOT_FOUND if there is no row
 */
gboolean
gx_db_query_text (GxDb        *db,
                  char       **out_text,
                  GError     **error,
                  const char  *sql,
                  const char  *format,
                  ...)
{
  g_autoptr(GxStatement) statement = NULL;
  va_list args;

  va_start (args, format);
  statement = query_valist (db, error, sql, format, args);
  va_end (args);
  if (statement == NULL || !first_row (statement, error))
    return FALSE;

  *out_text = g_strdup (gx_statement_get_text (statement, 0));
  return TRUE;
}

/**
 * gx_db_changes:
 *
 * Returns: how many rows the last INSERT, UPDATE or DELETE changed
 */
gint64
gx_db_changes (GxDb *db)
{
  return db->driver->changes (db->handle);
}

/**
 * gx_db_checkpoint:
 * @truncate: wait for readers and cut the log, instead of copying what can be copied now
 */
gboolean
gx_db_checkpoint (GxDb      *db,
                  gboolean   truncate,
                  GError   **error)
{
  g_assert (db->owner == g_thread_self ());

  return db->driver->checkpoint (db->handle, truncate, error);
}

/**
 * gx_db_wal_frames:
 *
 * Returns: the length of the log after the last commit, in pages
 */
guint
gx_db_wal_frames (GxDb *db)
{
  return db->driver->wal_frames (db->handle);
}

void
gx_statement_bind_null (GxStatement *statement,
                        int          index)
{
  statement->db->driver->bind_null (statement->handle, index);
}

void
gx_statement_bind_int (GxStatement *statement,
                       int          index,
                       gint64       value)
{
  statement->db->driver->bind_int (statement->handle, index, value);
}

/**
 * gx_statement_bind_text:
 * @text: (nullable)
 */
void
gx_statement_bind_text (GxStatement *statement,
                        int          index,
                        const char  *text)
{
  if (text == NULL)
    gx_statement_bind_null (statement, index);
  else
    statement->db->driver->bind_text (statement->handle, index, text);
}

void
gx_statement_bind_blob (GxStatement   *statement,
                        int            index,
                        gconstpointer  data,
                        gsize          size)
{
  statement->db->driver->bind_blob (statement->handle, index, data, size);
}

/**
 * gx_statement_bind_bytes:
 * @bytes: (nullable)
 */
void
gx_statement_bind_bytes (GxStatement *statement,
                         int          index,
                         GBytes      *bytes)
{
  gsize size;
  gconstpointer data;

  if (bytes == NULL)
    {
      gx_statement_bind_null (statement, index);
      return;
    }

  data = g_bytes_get_data (bytes, &size);
  gx_statement_bind_blob (statement, index, data != NULL ? data : "", size);
}

/**
 * gx_statement_bind_id:
 * @id: (nullable): a none id binds NULL too
 */
void
gx_statement_bind_id (GxStatement *statement,
                      int          index,
                      const GxId  *id)
{
  if (id == NULL || gx_id_is_none (id))
    gx_statement_bind_null (statement, index);
  else
    gx_statement_bind_blob (statement, index, id->b, sizeof id->b);
}

/**
 * gx_statement_rewind:
 *
 * Makes the statement ready to be bound and run again; what is bound stays bound.
 */
void
gx_statement_rewind (GxStatement *statement)
{
  statement->db->driver->reset (statement->handle);
}

/**
 * gx_statement_next:
 *
 * Returns: %TRUE with the next row; %FALSE at the end, or with @error set
 */
gboolean
gx_statement_next (GxStatement  *statement,
                   GError      **error)
{
  gboolean row = FALSE;

  g_assert (statement->db->owner == g_thread_self ());

  return statement->db->driver->step (statement->db->handle, statement->handle, &row, error) && row;
}

/**
 * gx_statement_run:
 *
 * Runs to the end and rewinds.
 */
gboolean
gx_statement_run (GxStatement  *statement,
                  GError      **error)
{
  GError *local = NULL;

  while (gx_statement_next (statement, &local))
    ;
  gx_statement_rewind (statement);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, local);
  return FALSE;
}

gboolean
gx_statement_is_null (GxStatement *statement,
                      int          column)
{
  return statement->db->driver->is_null (statement->handle, column);
}

gint64
gx_statement_get_int (GxStatement *statement,
                      int          column)
{
  return statement->db->driver->get_int (statement->handle, column);
}

/**
 * gx_statement_get_text:
 *
 * Returns: (nullable) (transfer none): valid until the next row
 */
const char *
gx_statement_get_text (GxStatement *statement,
                       int          column)
{
  return statement->db->driver->get_text (statement->handle, column);
}

/**
 * gx_statement_get_blob:
 *
 * Returns: (nullable) (transfer none): valid until the next row
 */
gconstpointer
gx_statement_get_blob (GxStatement *statement,
                       int          column,
                       gsize       *out_size)
{
  return statement->db->driver->get_blob (statement->handle, column, out_size);
}

/**
 * gx_statement_dup_bytes:
 *
 * Returns: (nullable) (transfer full)
 */
GBytes *
gx_statement_dup_bytes (GxStatement *statement,
                        int          column)
{
  gsize size;
  gconstpointer data;

  if (gx_statement_is_null (statement, column))
    return NULL;

  data = gx_statement_get_blob (statement, column, &size);
  return g_bytes_new (data, size);
}

/**
 * gx_statement_get_id:
 *
 * Returns: the id, none if the column is NULL or has not 16 bytes
 */
GxId
gx_statement_get_id (GxStatement *statement,
                     int          column)
{
  GxId id = GX_ID_NONE;
  gsize size;
  gconstpointer data = gx_statement_get_blob (statement, column, &size);

  if (data != NULL && size == sizeof id.b)
    memcpy (id.b, data, size);

  return id;
}

int
gx_statement_n_columns (GxStatement *statement)
{
  return statement->db->driver->n_columns (statement->handle);
}

GxDb *
gx_statement_get_db (GxStatement *statement)
{
  return statement->db;
}
