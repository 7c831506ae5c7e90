/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SQLite behind the driver table: the only file that calls it.
 *
 * Debian 12's 3.40.1 has the WAL-reset bug (sqlite.org/wal.html#the_wal_reset_bug): per file one connection writes and
 * checkpoints; readers are read-only and do not checkpoint even on close; mmap is off.
 */
#include "gx-db-driver.h"

#include "gx-bug.h"

#include <sqlite3.h>
#include <string.h>

typedef struct
{
  sqlite3     *sqlite;
  sqlite3_vfs *vfs;           /* (borrowed) */
  guint        wal_frames;
} Connection;

static GxError
code_of (int rc)
{
  if (rc == SQLITE_IOERR_DATA)      /* the file layer's word for a page that is not what was written */
    return GX_ERROR_TAMPERED;
  switch (rc & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return GX_ERROR_BUSY;
    case SQLITE_CONSTRAINT:
      return GX_ERROR_CONSTRAINT;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return GX_ERROR_TAMPERED;
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
      return GX_ERROR_IO;
    default:
      return GX_ERROR_DATABASE;
    }
}

/* Of a page that is not what was written, the file layer knows which it is. */
static gboolean
fail (GError     **error,
      Connection  *connection)
{
  int rc = sqlite3_extended_errcode (connection->sqlite);
  char words[512] = "";

  if (rc == SQLITE_IOERR_DATA && connection->vfs->xGetLastError (connection->vfs, sizeof words, words) == 0 && words[0] != '\0')
    return gx_fail (error, GX_ERROR_TAMPERED, "%s", words);

  return gx_fail (error, code_of (rc), "SQLite %d: %s", rc, sqlite3_errmsg (connection->sqlite));
}

static int
on_wal_committed (void       *user_data,
                  sqlite3    *sqlite,
                  const char *name,
                  int         frames)
{
  ((Connection *) user_data)->wal_frames = (guint) frames;
  return SQLITE_OK;
}

static void
sqlite_close (gpointer handle)
{
  Connection *connection = handle;
  int rc = sqlite3_close (connection->sqlite);

  g_assert (rc == SQLITE_OK);
  g_free (connection);
}

static gboolean
sqlite_exec (gpointer     handle,
             const char  *sql,
             GError     **error)
{
  Connection *connection = handle;

  if (sqlite3_exec (connection->sqlite, sql, NULL, NULL, NULL) != SQLITE_OK)
    return fail (error, connection);

  return TRUE;
}

static gboolean
configure (Connection         *connection,
           const GxDbOptions  *options,
           GError            **error)
{
  g_autofree char *sql =
    g_strdup_printf ("PRAGMA journal_mode=WAL; PRAGMA synchronous=%s; PRAGMA wal_autocheckpoint=0; PRAGMA foreign_keys=ON;"
                     "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY;"
                     "PRAGMA recursive_triggers=ON; PRAGMA cache_size=-%u;",
                     options->flags & GX_DB_RELAXED || GX_BUG (GX_BUG_SYNC) ? "NORMAL" : "FULL",
                     (options->cache_mib > 0 ? options->cache_mib : 16) * 1024);

  sqlite3_busy_timeout (connection->sqlite, options->busy_ms > 0 ? (int) options->busy_ms : 5000);
  sqlite3_db_config (connection->sqlite, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  if (options->flags & GX_DB_READ_ONLY)
    sqlite3_db_config (connection->sqlite, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  sqlite3_wal_hook (connection->sqlite, on_wal_committed, connection);

  /* A reader may not set the journal mode; all else holds for it too. */
  return sqlite_exec (connection, options->flags & GX_DB_READ_ONLY ? strchr (sql, ';') + 1 : sql, error);
}

/* SQLite's count of its memory is one lock that all connections of all threads take at every allocation. Nobody asks for
 * the count. Too late where another library used SQLite before us: then it stays as it was. */
static void
stop_counting_memory (void)
{
  static gsize done;

  if (g_once_init_enter (&done))
    {
      sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
      g_once_init_leave (&done, 1);
    }
}

/* An encrypting file layer keeps nonce and tag at the end of each page. */
static int
bytes_reserved (sqlite3 *sqlite)
{
  int bytes = 0;

  return sqlite3_file_control (sqlite, "main", GX_DB_FCNTL_RESERVED, &bytes) == SQLITE_OK ? bytes : 0;
}

static void
reserve_bytes (sqlite3 *sqlite,
               int      bytes)
{
  if (bytes > 0)
    sqlite3_file_control (sqlite, "main", SQLITE_FCNTL_RESERVE_BYTES, &bytes);
}

static Connection *
open_with (const GxDbOptions  *options,
           int                 more_flags,
           GError            **error)
{
  Connection *connection = g_new0 (Connection, 1);
  int flags = SQLITE_OPEN_NOMUTEX | (options->flags & GX_DB_READ_ONLY ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) | more_flags;

  if (options->flags & GX_DB_CREATE)
    flags |= SQLITE_OPEN_CREATE;

  stop_counting_memory ();
  connection->vfs = sqlite3_vfs_find (options->vfs);
  if (sqlite3_open_v2 (options->location, &connection->sqlite, flags, options->vfs) != SQLITE_OK)
    {
      fail (error, connection);
      if (error != NULL && !g_str_has_prefix ((*error)->message, options->location))
        g_prefix_error (error, "%s: ", options->location);
      sqlite_close (connection);
      return NULL;
    }
  sqlite3_extended_result_codes (connection->sqlite, 1);
  reserve_bytes (connection->sqlite, bytes_reserved (connection->sqlite));
  if (!configure (connection, options, error))
    {
      sqlite_close (connection);
      return NULL;
    }

  return connection;
}

static gpointer
sqlite_open (const GxDbOptions  *options,
             GError            **error)
{
  return open_with (options, 0, error);
}

/* How many bytes of a page the file layer of a database that is yet to be made wants. */
static gboolean
ask_reserved (const GxDbOptions  *options,
              int                *out_bytes,
              GError            **error)
{
  sqlite3 *sqlite = NULL;
  int rc = sqlite3_open_v2 (options->location, &sqlite, SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, options->vfs);

  *out_bytes = rc == SQLITE_OK ? bytes_reserved (sqlite) : 0;
  sqlite3_close (sqlite);
  return rc == SQLITE_OK || gx_fail (error, code_of (rc), "%s: %s", options->location, sqlite3_errstr (rc));
}

/* An URI, since only so another file layer can be named. */
static char *
write_copy (const GxDbOptions *to)
{
  g_autofree char *path = g_uri_escape_string (to->location, "/", FALSE);

  return g_strdup_printf ("VACUUM INTO 'file:%s?vfs=%s'", path, sqlite3_vfs_find (to->vfs)->zName);
}

/* SQLite's own backup would copy pages with the ends they have; VACUUM makes them anew, with room for what the other file
 * layer keeps there. */
static gboolean
sqlite_copy (const GxDbOptions  *from,
             const GxDbOptions  *to,
             GError            **error)
{
  g_autofree char *sql = write_copy (to);
  Connection *connection;
  gboolean ok;
  int bytes;

  if (!ask_reserved (to, &bytes, error))
    return FALSE;
  connection = open_with (from, SQLITE_OPEN_URI, error);
  if (connection == NULL)
    return FALSE;
  reserve_bytes (connection->sqlite, bytes);
  ok = sqlite_exec (connection, sql, error);
  sqlite_close (connection);
  return ok;
}

static gpointer
sqlite_prepare (gpointer     handle,
                const char  *sql,
                GError     **error)
{
  Connection *connection = handle;
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v3 (connection->sqlite, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK)
    {
      fail (error, connection);
      g_prefix_error (error, "%s: ", sql);
      return NULL;
    }

  return statement;
}

static void
sqlite_finalize (gpointer statement)
{
  sqlite3_finalize (statement);
}

static void
sqlite_reset (gpointer statement)
{
  sqlite3_reset (statement);
}

static void
sqlite_bind_null (gpointer statement,
                  int      index)
{
  sqlite3_bind_null (statement, index);
}

static void
sqlite_bind_int (gpointer statement,
                 int      index,
                 gint64   value)
{
  sqlite3_bind_int64 (statement, index, value);
}

static void
sqlite_bind_text (gpointer    statement,
                  int         index,
                  const char *text)
{
  sqlite3_bind_text (statement, index, text, -1, SQLITE_TRANSIENT);
}

static void
sqlite_bind_blob (gpointer       statement,
                  int            index,
                  gconstpointer  data,
                  gsize          size)
{
  sqlite3_bind_blob64 (statement, index, data, size, SQLITE_TRANSIENT);
}

static gboolean
sqlite_step (gpointer    handle,
             gpointer    statement,
             gboolean   *out_row,
             GError    **error)
{
  int rc = sqlite3_step (statement);

  *out_row = rc == SQLITE_ROW;
  if (rc == SQLITE_ROW || rc == SQLITE_DONE)
    return TRUE;

  return fail (error, handle);
}

static gboolean
sqlite_is_null (gpointer statement,
                int      column)
{
  return sqlite3_column_type (statement, column) == SQLITE_NULL;
}

static gint64
sqlite_get_int (gpointer statement,
                int      column)
{
  return sqlite3_column_int64 (statement, column);
}

static const char *
sqlite_get_text (gpointer statement,
                 int      column)
{
  return (const char *) sqlite3_column_text (statement, column);
}

static gconstpointer
sqlite_get_blob (gpointer  statement,
                 int       column,
                 gsize    *out_size)
{
  gconstpointer data = sqlite3_column_blob (statement, column);

  *out_size = (gsize) sqlite3_column_bytes (statement, column);
  return data;
}

static int
sqlite_n_columns (gpointer statement)
{
  return sqlite3_column_count (statement);
}

static int
sqlite_n_parameters (gpointer statement)
{
  return sqlite3_bind_parameter_count (statement);
}

static gint64
sqlite_changes (gpointer handle)
{
  return sqlite3_changes64 (((Connection *) handle)->sqlite);
}

static gboolean
sqlite_checkpoint (gpointer   handle,
                   gboolean   truncate,
                   GError   **error)
{
  Connection *connection = handle;
  int mode = truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE;
  int rc = sqlite3_wal_checkpoint_v2 (connection->sqlite, NULL, mode, NULL, NULL);

  if (rc != SQLITE_OK)
    return fail (error, connection);

  connection->wal_frames = 0;
  return TRUE;
}

static gboolean
sqlite_in_transaction (gpointer handle)
{
  return sqlite3_get_autocommit (((Connection *) handle)->sqlite) == 0;
}

static guint
sqlite_wal_frames (gpointer handle)
{
  return ((Connection *) handle)->wal_frames;
}

static const char *
sqlite_type_of (const char *macro)
{
  static const struct { const char *macro, *type; } types[] = {
    { "ID", "BLOB" },      { "INT", "INTEGER" },  { "BOOL", "INTEGER" }, { "ENUM", "INTEGER" }, { "MONEY", "INTEGER" },
    { "PPM", "INTEGER" },  { "DATE", "INTEGER" }, { "TIME", "INTEGER" }, { "TEXT", "TEXT" },    { "JSON", "TEXT" },
    { "BYTES", "BLOB" },   { "SEALED", "BLOB" },  { "STRICT", "STRICT" },
    { "COMPACT", "STRICT, WITHOUT ROWID" },   /* small rows, found by their whole key */
    { "CIRCULAR", "" },                       /* a key that another engine adds later: there, the start of a comment */
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (strcmp (types[i].macro, macro) == 0)
      return types[i].type;

  return NULL;
}

const GxDbDriver gx_db_sqlite = {
  .name = "sqlite",
  .begin_write = "BEGIN IMMEDIATE",
  .begin_read = "BEGIN",
  .type_of = sqlite_type_of,
  .open = sqlite_open,
  .close = sqlite_close,
  .exec = sqlite_exec,
  .prepare = sqlite_prepare,
  .finalize = sqlite_finalize,
  .reset = sqlite_reset,
  .bind_null = sqlite_bind_null,
  .bind_int = sqlite_bind_int,
  .bind_text = sqlite_bind_text,
  .bind_blob = sqlite_bind_blob,
  .step = sqlite_step,
  .is_null = sqlite_is_null,
  .get_int = sqlite_get_int,
  .get_text = sqlite_get_text,
  .get_blob = sqlite_get_blob,
  .n_columns = sqlite_n_columns,
  .n_parameters = sqlite_n_parameters,
  .changes = sqlite_changes,
  .checkpoint = sqlite_checkpoint,
  .wal_frames = sqlite_wal_frames,
  .in_transaction = sqlite_in_transaction,
  .copy = sqlite_copy,
};
