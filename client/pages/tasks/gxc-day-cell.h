/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-day-lines.h"

G_BEGIN_DECLS

#define GXC_TYPE_DAY_CELL (gxc_day_cell_get_type ())
G_DECLARE_FINAL_TYPE (GxcDayCell, gxc_day_cell, GXC, DAY_CELL, GtkWidget)

GtkWidget *gxc_day_cell_new       (void);
void       gxc_day_cell_set_date  (GxcDayCell *self, gint32 date, gint32 today, gboolean in_month);
void       gxc_day_cell_set_kind  (GxcDayCell *self, int kind, const char *name);
void       gxc_day_cell_set_items (GxcDayCell *self, GPtrArray *items);
void       gxc_day_cell_set_selected (GxcDayCell *self, gboolean selected);
gint32     gxc_day_cell_get_date  (GxcDayCell *self);

G_END_DECLS
