/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-timeline-layout.h"

G_BEGIN_DECLS

/**
 * GxcTimelineCanvas: the life cycle drawn on one axis.
 *
 * Signals: "selected" and "activated" (item: pointer, GxcTimelineItem of the model), "scale-changed".
 */
#define GXC_TYPE_TIMELINE_CANVAS (gxc_timeline_canvas_get_type ())
G_DECLARE_FINAL_TYPE (GxcTimelineCanvas, gxc_timeline_canvas, GXC, TIMELINE_CANVAS, GtkWidget)

GtkWidget              *gxc_timeline_canvas_new         (void);
void                    gxc_timeline_canvas_set_model   (GxcTimelineCanvas *self, GxcTimelineModel *model);
void                    gxc_timeline_canvas_set_groups  (GxcTimelineCanvas *self, guint groups);
void                    gxc_timeline_canvas_select      (GxcTimelineCanvas *self, const GxcTimelineItem *item);
const GxcTimelineItem  *gxc_timeline_canvas_get_selected (GxcTimelineCanvas *self);
const GxcTimelineScale *gxc_timeline_canvas_get_scale   (GxcTimelineCanvas *self);
void                    gxc_timeline_canvas_set_range   (GxcTimelineCanvas *self, double from, double to, gboolean animate);
void                    gxc_timeline_canvas_fit         (GxcTimelineCanvas *self);
void                    gxc_timeline_canvas_show_step   (GxcTimelineCanvas *self, GxcTimelineStep step);
void                    gxc_timeline_canvas_show_today  (GxcTimelineCanvas *self);
void                    gxc_timeline_canvas_zoom        (GxcTimelineCanvas *self, double factor);
GxcTimelineScale        gxc_timeline_canvas_get_whole   (GxcTimelineCanvas *self);
const GxcTimelineLayout *gxc_timeline_canvas_get_layout (GxcTimelineCanvas *self);

G_END_DECLS
