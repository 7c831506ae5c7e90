/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-db.h"

G_BEGIN_DECLS

/**
 * GxMigration: one step of a schema's history; never changed once it is on main.
 *
 * Either @resource or @run. @resource is a resource path without its ending: PATH.sql runs on every engine, then
 * PATH.<driver>.sql where there is one. Types stand in the text as macros: @ID@ @MONEY@ …
 */
typedef struct
{
  guint        number;                        /* 1, 2, 3 … */
  const char  *name;
  const char  *resource;                      /* (nullable) */
  gboolean   (*run) (GxDb *db, GError **error);   /* (nullable) */
} GxMigration;

gboolean  gx_migrator_run     (GxDb *db, const GxMigration *migrations, guint n_migrations, GxClock *clock, GError **error);
guint     gx_migrator_version (GxDb *db);
char     *gx_migrator_expand  (const GxDbDriver *driver, const char *sql, GError **error);

G_END_DECLS
