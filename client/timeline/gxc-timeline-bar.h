/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-timeline-model.h"

G_BEGIN_DECLS

#define GXC_TYPE_TIMELINE_BAR (gxc_timeline_bar_get_type ())
G_DECLARE_FINAL_TYPE (GxcTimelineBar, gxc_timeline_bar, GXC, TIMELINE_BAR, GtkWidget)

GtkWidget *gxc_timeline_bar_new    (void);
void       gxc_timeline_bar_update (GxcTimelineBar *self, const GxcTimelineModel *model, guint groups, gboolean list, int step);
void       gxc_timeline_bar_set_width (GxcTimelineBar *self, int width);

G_END_DECLS
