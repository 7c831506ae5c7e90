/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-error.h"
#include "gx-sealer.h"

G_BEGIN_DECLS

typedef struct _GxDb        GxDb;
typedef struct _GxDbDriver  GxDbDriver;
typedef struct _GxStatement GxStatement;

/**
 * GxSide: whose tables a database holds; decides which fields have a column (GX_LOCAL, GX_COMPOSED) and whether
 * GX_SEALED is sealed.
 */
typedef enum
{
  GX_SIDE_SERVER,
  GX_SIDE_CLIENT,
} GxSide;

typedef enum
{
  GX_DB_READ_ONLY = 1 << 0,     /* never writes, never checkpoints, not even on close */
  GX_DB_CREATE    = 1 << 1,     /* makes the file if it is missing */
  GX_DB_RELAXED   = 1 << 2,     /* synchronous=NORMAL: a power cut may lose the last commits, never the order */
} GxDbFlags;

/**
 * GxDbOptions: how to open a database.
 */
typedef struct
{
  const char *location;         /* a path, or ":memory:" */
  const char *vfs;              /* (nullable): a registered file layer, for encryption and simulated power cuts */
  GxDbFlags   flags;
  GxSide      side;
  guint       cache_mib;        /* 0 = 16 */
  guint       busy_ms;          /* 0 = 5000 */
} GxDbOptions;

extern const GxDbDriver gx_db_sqlite;

GxDb              *gx_db_open              (const GxDbDriver *driver, const GxDbOptions *options, GError **error);
void               gx_db_close             (GxDb *db);
gboolean           gx_db_copy              (const GxDbDriver *driver, const GxDbOptions *from, const GxDbOptions *to, GError **error);
void               gx_db_adopt             (GxDb *db);
GxSide             gx_db_get_side          (GxDb *db);
const GxDbDriver  *gx_db_get_driver        (GxDb *db);
void               gx_db_set_sealer        (GxDb *db, GxSealer *sealer);
GxSealer          *gx_db_get_sealer        (GxDb *db);

gboolean           gx_db_exec              (GxDb *db, const char *sql, GError **error);
gboolean           gx_db_run               (GxDb *db, GError **error, const char *sql, const char *format, ...);
GxStatement       *gx_db_query             (GxDb *db, GError **error, const char *sql, const char *format, ...);
gboolean           gx_db_query_int         (GxDb *db, gint64 *out_value, GError **error, const char *sql, const char *format, ...);
gboolean           gx_db_find_int          (GxDb *db, gint64 *inout_value, GError **error, const char *sql, const char *format, ...);
gboolean           gx_db_query_text        (GxDb *db, char **out_text, GError **error, const char *sql, const char *format, ...);
GxStatement       *gx_db_prepare           (GxDb *db, const char *sql, GError **error);
gint64             gx_db_changes           (GxDb *db);

gboolean           gx_db_checkpoint        (GxDb *db, gboolean truncate, GError **error);
guint              gx_db_wal_frames        (GxDb *db);

/* Parameters are numbered from 1, columns from 0. What is bound is copied. */
void               gx_statement_bind_null  (GxStatement *statement, int index);
void               gx_statement_bind_int   (GxStatement *statement, int index, gint64 value);
void               gx_statement_bind_text  (GxStatement *statement, int index, const char *text);
void               gx_statement_bind_blob  (GxStatement *statement, int index, gconstpointer data, gsize size);
void               gx_statement_bind_bytes (GxStatement *statement, int index, GBytes *bytes);
void               gx_statement_bind_id    (GxStatement *statement, int index, const GxId *id);
void               gx_statement_rewind     (GxStatement *statement);
gboolean           gx_statement_next       (GxStatement *statement, GError **error);
gboolean           gx_statement_collect_ids (GxStatement *statement, GArray *ids, GError **error);
gboolean           gx_statement_run        (GxStatement *statement, GError **error);
gboolean           gx_statement_is_null    (GxStatement *statement, int column);
gint64             gx_statement_get_int    (GxStatement *statement, int column);
const char        *gx_statement_get_text   (GxStatement *statement, int column);
gconstpointer      gx_statement_get_blob   (GxStatement *statement, int column, gsize *out_size);
GBytes            *gx_statement_dup_bytes  (GxStatement *statement, int column);
GxId               gx_statement_get_id     (GxStatement *statement, int column);
int                gx_statement_n_columns  (GxStatement *statement);
GxDb              *gx_statement_get_db     (GxStatement *statement);
void               gx_statement_release    (GxStatement *statement);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxDb, gx_db_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxStatement, gx_statement_release)

G_END_DECLS
