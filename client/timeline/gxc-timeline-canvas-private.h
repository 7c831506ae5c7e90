/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gxc-timeline-canvas.h"
#include "gxc-timeline-paint.h"

G_BEGIN_DECLS

struct _GxcTimelineCanvas
{
  GtkWidget              parent_instance;

  GtkWidget             *card;        /* (owned) the only child */
  GxcTimelineModel      *model;       /* (owned) (nullable) */
  GxcTimelineLayout     *layout;      /* (owned) */
  GxcTimelinePaint       paint;
  guint                  groups;
  GxcTimelineScale       scale;       /* what is drawn; width 0 before the first allocation */
  GxcTimelineScale       from, to;    /* of the way that it is on */
  AdwAnimation          *animation;   /* (owned) */
  const GxcTimelineItem *selected;    /* (nullable) of the model */
  const GxcTimelineItem *hovered;     /* (nullable) likewise */
  gboolean               fitted;      /* everything is shown, so that a new width shows everything too */
  gboolean               stale;       /* the layout */

  GxcTimelineScale       pressed;     /* where a drag or a pinch began */
  double                 pressed_top; /* of the scrolled window around it */
  double                 pointer_x;
  double                 speed;       /* px a second, after a swipe */
  gint64                 swept_at;    /* µs */
  guint                  tick;
};

GxcTimelineScale        gxc_timeline_canvas_whole   (GxcTimelineCanvas *self, double width);
const GxcTimelineScale *gxc_timeline_canvas_goal    (GxcTimelineCanvas *self);
void     gxc_timeline_canvas_animate   (double share, gpointer data);
void     gxc_timeline_canvas_add_input (GxcTimelineCanvas *self);
void     gxc_timeline_canvas_bind_keys (GtkWidgetClass *klass);
void     gxc_timeline_canvas_go        (GxcTimelineCanvas *self, const GxcTimelineScale *to, gboolean animate);
void     gxc_timeline_canvas_stop      (GxcTimelineCanvas *self);
void     gxc_timeline_canvas_hover     (GxcTimelineCanvas *self, const GxcTimelineItem *item);
void     gxc_timeline_canvas_open      (GxcTimelineCanvas *self, const GxcTimelineMark *mark);
GtkAdjustment *gxc_timeline_canvas_get_vertical (GxcTimelineCanvas *self);
void     gxc_timeline_canvas_lay_out   (GxcTimelineCanvas *self);

G_END_DECLS
