/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-timeline-model.h"

G_BEGIN_DECLS

#define GXC_TYPE_TIMELINE_ROW (gxc_timeline_row_get_type ())
G_DECLARE_FINAL_TYPE (GxcTimelineRow, gxc_timeline_row, GXC, TIMELINE_ROW, GtkWidget)

GtkWidget *gxc_timeline_row_new      (void);
void       gxc_timeline_row_set_item (GxcTimelineRow *self, const GxcTimelineItem *item, gboolean full_date);
void       gxc_timeline_row_set_year (GxcTimelineRow *self, int year, const GxcTimelineModel *model, guint n_items);
void       gxc_timeline_row_set_today (GxcTimelineRow *self, gint32 today);

G_END_DECLS
