/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-today-item.h"

G_BEGIN_DECLS

#define GXC_TYPE_TODAY_ROW (gxc_today_row_get_type ())
G_DECLARE_FINAL_TYPE (GxcTodayRow, gxc_today_row, GXC, TODAY_ROW, GtkListBoxRow)

GtkWidget    *gxc_today_row_new         (GxcDesk *desk, GxcTodayItem *item);
GxcTodayItem *gxc_today_row_get_item    (GxcTodayRow *self);
void          gxc_today_row_set_first   (GxcTodayRow *self, gboolean first);

/* Pieces that the page's other cards show in the same way. */
char         *gxc_today_dup_name        (GxcDesk *desk, GxRecord *customer, char **out_tail);

G_END_DECLS
