/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-timeline-paint.h"

G_BEGIN_DECLS

GtkWidget *gxc_timeline_legend_new    (void);
void       gxc_timeline_legend_update (GtkWidget *legend, const GxcTimelineModel *model);
void       gxc_timeline_legend_paint  (GxcTimelinePaint *paint, cairo_t *cr, const GxcTimelineModel *model, double x, double middle);

G_END_DECLS
