/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SQLite with nothing in between, for the floors.
 *
 * Not the driver of shared/db: the floors exist to show what that driver and everything above it cost. A failure ends
 * the program, since half a measurement is none. */

#include "gxb-sql.h"

#include <string.h>

static void
check (sqlite3 *db, int result, const char *what)
{
  if (result != SQLITE_OK && result != SQLITE_ROW && result != SQLITE_DONE)
    g_error ("%s: %s", what, sqlite3_errmsg (db));
}

/**
 * gxb_sql_open:
 *
 * Returns: (transfer full): a connection in WAL mode with synchronous=FULL and a cache of 64 MB
 */
sqlite3 *
gxb_sql_open (const char *path)
{
  sqlite3 *db = NULL;

  check (db, sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL), path);
  gxb_sql_run (db, "PRAGMA journal_mode=WAL");
  gxb_sql_run (db, "PRAGMA synchronous=FULL");
  gxb_sql_run (db, "PRAGMA cache_size=-65536");
  return db;
}

/**
 * gxb_sql_run:
 *
 * Runs one or more statements without parameters.
 */
void
gxb_sql_run (sqlite3 *db, const char *sql)
{
  check (db, sqlite3_exec (db, sql, NULL, NULL, NULL), sql);
}

/**
 * gxb_sql_prepare:
 *
 * Returns: (transfer full): a statement that lives as long as the program
 */
sqlite3_stmt *
gxb_sql_prepare (sqlite3 *db, const char *sql)
{
  sqlite3_stmt *statement = NULL;

  check (db, sqlite3_prepare_v3 (db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL), sql);
  return statement;
}

/**
 * gxb_sql_step:
 *
 * Returns: whether there is a row; at the end the statement is reset
 */
gboolean
gxb_sql_step (sqlite3_stmt *statement)
{
  int result = sqlite3_step (statement);

  check (sqlite3_db_handle (statement), result, sqlite3_sql (statement));
  if (result == SQLITE_ROW)
    return TRUE;
  sqlite3_reset (statement);
  return FALSE;
}

/**
 * gxb_sql_done:
 *
 * Runs a statement that gives no row, and makes it ready for the next time.
 */
void
gxb_sql_done (sqlite3_stmt *statement)
{
  while (gxb_sql_step (statement))
    continue;
}

void
gxb_sql_bind_id (sqlite3_stmt *statement, int column, const GxId *id)
{
  sqlite3_bind_blob (statement, column, id->b, sizeof id->b, SQLITE_TRANSIENT);
}
