/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-db.h"

G_BEGIN_DECLS

/**
 * GxDbDriver: what one database engine must do. No call of an engine stands anywhere but in its driver's file.
 *
 * @handle is the engine's connection, @statement its prepared statement. SQL reaches the driver with `?` parameters.
 */
struct _GxDbDriver
{
  const char   *name;                      /* "sqlite"; also the ending of dialect files */
  const char   *begin_write;
  const char   *begin_read;
  const char *(*type_of)     (const char *macro);      /* "MONEY" -> "INTEGER"; (nullable) for an unknown one */

  gpointer    (*open)        (const GxDbOptions *options, GError **error);
  void        (*close)       (gpointer handle);
  gboolean    (*exec)        (gpointer handle, const char *sql, GError **error);
  gpointer    (*prepare)     (gpointer handle, const char *sql, GError **error);
  void        (*finalize)    (gpointer statement);
  void        (*reset)       (gpointer statement);
  void        (*bind_null)   (gpointer statement, int index);
  void        (*bind_int)    (gpointer statement, int index, gint64 value);
  void        (*bind_text)   (gpointer statement, int index, const char *text);
  void        (*bind_blob)   (gpointer statement, int index, gconstpointer data, gsize size);
  gboolean    (*step)        (gpointer handle, gpointer statement, gboolean *out_row, GError **error);
  gboolean    (*is_null)     (gpointer statement, int column);
  gint64      (*get_int)     (gpointer statement, int column);
  const char *(*get_text)    (gpointer statement, int column);
  gconstpointer (*get_blob)  (gpointer statement, int column, gsize *out_size);
  int         (*n_columns)   (gpointer statement);
  int         (*n_parameters)(gpointer statement);
  gint64      (*changes)     (gpointer handle);
  gboolean    (*checkpoint)  (gpointer handle, gboolean truncate, GError **error);
  guint       (*wal_frames)  (gpointer handle);
  gboolean    (*in_transaction) (gpointer handle);
  gboolean    (*copy)        (const GxDbOptions *from, const GxDbOptions *to, GError **error);
};

/* What a file layer is asked before a database is made: how many bytes at the end of each page are its own (an int). */
#define GX_DB_FCNTL_RESERVED 0x67780001

/* For GxTransaction: how many transactions and savepoints are open. */
guint *gx_db_depth (GxDb *db);

G_END_DECLS
