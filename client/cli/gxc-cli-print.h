/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-db.h"
#include "gx-entity.h"

G_BEGIN_DECLS

/**
 * GxcTable: rows of text, printed in columns as wide as their widest cell.
 */
typedef struct _GxcTable GxcTable;

GxcTable *gxc_table_new    (guint n_columns);
void      gxc_table_add    (GxcTable *table, ...) G_GNUC_NULL_TERMINATED;
void      gxc_table_take   (GxcTable *table, char *cell);
void      gxc_table_print  (GxcTable *table, gboolean header);
void      gxc_table_free   (GxcTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcTable, gxc_table_free)

char     *gxc_print_field  (GxDb *db, const GxEntity *entity, gconstpointer data, const GxField *field);
char     *gxc_print_time   (gint64 time);
void      gxc_print_line   (const char *format, ...) G_GNUC_PRINTF (1, 2);
void      gxc_print_error  (const GError *error, gboolean json);

G_END_DECLS
