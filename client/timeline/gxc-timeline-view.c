/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the timeline's canvas stands: how far it is zoomed, how it gets elsewhere, and how somebody else may ask it to. Not
 * what is drawn there: that is gxc-timeline-canvas.c's. */

#include "gxc-timeline-canvas-private.h"

#define MARGIN 0.03       /* of the whole, left and right of it */

/** gxc_timeline_canvas_whole: a scale that shows everything */
GxcTimelineScale
gxc_timeline_canvas_whole (GxcTimelineCanvas *self,
                           double             width)
{
  double end = gxc_timeline_model_get_end (self->model), days = MAX (end - self->model->from, 28);

  return gxc_timeline_scale_range (end - days * (1 + MARGIN), end + days * MARGIN + 1, width);
}

/** gxc_timeline_canvas_get_whole: a scale that shows everything, also of a canvas that nobody has seen yet */
GxcTimelineScale
gxc_timeline_canvas_get_whole (GxcTimelineCanvas *self)
{
  return gxc_timeline_canvas_whole (self, MAX (self->scale.width, 900));
}

static void
set_scale (GxcTimelineCanvas *self, const GxcTimelineScale *scale)
{
  self->scale = gxc_timeline_scale_clamp (scale, self->model->from, self->model->to);
  self->stale = TRUE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (self->selected || self->hovered)
    gtk_widget_queue_allocate (GTK_WIDGET (self));    /* the card goes with its item */
  g_signal_emit_by_name (self, "scale-changed");
}

/** gxc_timeline_canvas_animate: @share of the way from where it stood to where it goes */
void
gxc_timeline_canvas_animate (double share, gpointer data)
{
  GxcTimelineCanvas *self = data;
  GxcTimelineScale mixed = gxc_timeline_scale_mix (&self->from, &self->to, share);

  if (self->model)
    set_scale (self, &mixed);
}

/** gxc_timeline_canvas_stop: where it is on the way, there it stays */
void
gxc_timeline_canvas_stop (GxcTimelineCanvas *self)
{
  if (adw_animation_get_state (self->animation) == ADW_ANIMATION_PLAYING)
    adw_animation_pause (self->animation);
  if (self->tick)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
}

/** gxc_timeline_canvas_go: 250 ms unless animations are off */
void
gxc_timeline_canvas_go (GxcTimelineCanvas      *self,
                        const GxcTimelineScale *to,
                        gboolean                animate)
{
  if (!self->model || self->scale.width == 0)
    return;
  gxc_timeline_canvas_stop (self);
  self->fitted = FALSE;
  self->from = self->scale;
  self->to = gxc_timeline_scale_clamp (to, self->model->from, self->model->to);
  if (!animate || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      set_scale (self, &self->to);
      return;
    }
  adw_animation_reset (self->animation);
  adw_animation_play (self->animation);
}

/** gxc_timeline_canvas_goal: from where a zoom that is still on its way shall go on */
const GxcTimelineScale *
gxc_timeline_canvas_goal (GxcTimelineCanvas *self)
{
  return adw_animation_get_state (self->animation) == ADW_ANIMATION_PLAYING ? &self->to : &self->scale;
}

void
gxc_timeline_canvas_set_range (GxcTimelineCanvas *self,
                               double             from,
                               double             to,
                               gboolean           animate)
{
  GxcTimelineScale scale = gxc_timeline_scale_range (from, to, self->scale.width);

  gxc_timeline_canvas_go (self, &scale, animate);
}

/** gxc_timeline_canvas_fit: all of it */
void
gxc_timeline_canvas_fit (GxcTimelineCanvas *self)
{
  GxcTimelineScale scale;

  if (!self->model || self->scale.width == 0)
    return;
  scale = gxc_timeline_canvas_whole (self, self->scale.width);
  gxc_timeline_canvas_go (self, &scale, TRUE);
  self->fitted = adw_animation_get_state (self->animation) != ADW_ANIMATION_PLAYING;
}

/** gxc_timeline_canvas_show_step: as much as that step's button shows, around the chosen item, or up to today */
void
gxc_timeline_canvas_show_step (GxcTimelineCanvas *self,
                               GxcTimelineStep    step)
{
  double days = gxc_timeline_step_days (step), at = gxc_timeline_scale_at (&self->scale, self->scale.width);

  if (!self->model || self->scale.width == 0)
    return;
  if (self->selected)
    gxc_timeline_canvas_set_range (self, self->selected->at - days / 2, self->selected->at + days / 2, TRUE);
  else
    {
      at = MIN (at, self->model->today + 1 + days * MARGIN);
      gxc_timeline_canvas_set_range (self, at - days, at, TRUE);
    }
}

void
gxc_timeline_canvas_show_today (GxcTimelineCanvas *self)
{
  GxcTimelineScale scale = *gxc_timeline_canvas_goal (self);

  if (!self->model || self->scale.width == 0)
    return;
  scale.from = self->model->today - gxc_timeline_scale_days (&scale) * 0.85;
  gxc_timeline_canvas_go (self, &scale, TRUE);
}

/** gxc_timeline_canvas_zoom: around the chosen item if it is in sight, else around the middle */
void
gxc_timeline_canvas_zoom (GxcTimelineCanvas *self,
                          double             factor)
{
  const GxcTimelineScale *from = gxc_timeline_canvas_goal (self);
  double x = self->selected ? gxc_timeline_scale_x (from, self->selected->at) : -1;
  GxcTimelineScale scale;

  if (!self->model || self->scale.width == 0)
    return;
  scale = gxc_timeline_scale_zoom (from, factor, x >= 0 && x <= from->width ? x : from->width / 2);
  gxc_timeline_canvas_go (self, &scale, TRUE);
}
