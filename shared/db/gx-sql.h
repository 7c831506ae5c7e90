/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-db.h"
#include "gx-entity.h"

G_BEGIN_DECLS

/**
 * GxSqlOps: the behaviour of one kind in a database.
 */
typedef struct
{
  const char *macro;        /* its type in migrations, without the @ */
  void      (*bind) (GxStatement *statement, int index, const GxField *field, gconstpointer p);
  void      (*read) (GxStatement *statement, int column, const GxField *field, gpointer p);
} GxSqlOps;

extern const GxSqlOps gx_sql_ops[GX_N_KINDS];

gboolean    gx_sql_has_column   (GxSide side, const GxField *field);
GxFieldSet  gx_sql_fields       (GxSide side, const GxEntity *entity);
char       *gx_sql_columns      (GxDb *db, const GxEntity *entity, const char *alias);
gpointer    gx_sql_read         (GxStatement *statement, const GxEntity *entity, int first_column, GError **error);

gboolean    gx_sql_insert       (GxDb *db, const GxEntity *entity, gconstpointer data, GError **error);
gboolean    gx_sql_update       (GxDb *db, const GxEntity *entity, gconstpointer data, GxFieldSet fields, GError **error);
gboolean    gx_sql_delete       (GxDb *db, const GxEntity *entity, const GxId *id, GError **error);
gboolean    gx_sql_find         (GxDb *db, const GxEntity *entity, const GxId *id, gpointer *out_data, GError **error);
gpointer    gx_sql_load         (GxDb *db, const GxEntity *entity, const GxId *id, GError **error);
void        gx_sql_bind_field   (GxStatement *statement, int index, const GxField *field, gconstpointer data);

G_END_DECLS
