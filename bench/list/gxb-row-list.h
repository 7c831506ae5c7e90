/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxb-sql.h"
#include <gio/gio.h>

G_BEGIN_DECLS

#define GXB_ROW_COLUMNS 8

#define GXB_TYPE_ROW (gxb_row_get_type ())
G_DECLARE_FINAL_TYPE (GxbRow, gxb_row, GXB, ROW, GObject)

/**
 * GxbRow: one customer as the list shows it.
 */
struct _GxbRow
{
  GObject parent_instance;
  char   *texts[GXB_ROW_COLUMNS];
};

#define GXB_TYPE_ROW_LIST (gxb_row_list_get_type ())
G_DECLARE_FINAL_TYPE (GxbRowList, gxb_row_list, GXB, ROW_LIST, GObject)

GxbRowList *gxb_row_list_new (sqlite3 *db, guint rows);

G_END_DECLS
