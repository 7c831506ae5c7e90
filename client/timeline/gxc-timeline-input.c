/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pointer and keys of the timeline's canvas. The wheel zooms where the pointer is, a touchpad's two fingers pan along and
 * zoom across, a pinch zooms, a drag pans both ways and runs on; the arrows go from item to item. */

#include "gxc-timeline-canvas-private.h"

#include <math.h>

#define WHEEL      1.25       /* a notch */
#define BUTTON     1.6        /* + and − */
#define CLICK      4          /* px: a press that moved less was a click */
#define FRICTION   4.0        /* of a swipe, a second */
#define STILL      20.0       /* px a second */

static double
x_in (GxcTimelineCanvas *self, double x)
{
  return x - self->layout->gutter;
}

static const GxcTimelineItem *
item_at (GxcTimelineCanvas *self, double x, double y, const GxcTimelineMark **out_mark)
{
  const GxcTimelineBand *band;

  *out_mark = NULL;
  if (!self->model)
    return NULL;
  gxc_timeline_canvas_lay_out (self);
  if (y < self->paint.top + self->layout->axis)
    return NULL;
  *out_mark = gxc_timeline_layout_hit (self->layout, x, y);
  if (*out_mark)
    return gxc_timeline_mark_item (self->layout, *out_mark, 0);
  band = gxc_timeline_layout_band (self->layout, x, y);
  return band ? band->item : NULL;
}

/* --- pointer -------------------------------------------------------------------------------------------------------- */

static void
on_motion_cb (GxcTimelineCanvas *self, double x, double y)
{
  const GxcTimelineMark *mark;

  self->pointer_x = x;
  gxc_timeline_canvas_hover (self, item_at (self, x, y, &mark));
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), self->hovered ? "pointer" : NULL);
}

static void
on_leave_cb (GxcTimelineCanvas *self)
{
  gxc_timeline_canvas_hover (self, NULL);
}

static gboolean
on_scroll_cb (GxcTimelineCanvas *self, double dx, double dy, GtkEventController *controller)
{
  gboolean wheel = gtk_event_controller_scroll_get_unit (GTK_EVENT_CONTROLLER_SCROLL (controller)) == GDK_SCROLL_UNIT_WHEEL;
  gboolean shift = gtk_event_controller_get_current_event_state (controller) & GDK_SHIFT_MASK;
  const GxcTimelineScale *from = gxc_timeline_canvas_goal (self);
  GxcTimelineScale scale = *from;

  if (!self->model || self->scale.width == 0)
    return FALSE;
  if (shift || (!wheel && fabs (dx) > fabs (dy)))
    scale.from += (shift && dx == 0 ? dy : dx) * (wheel ? 60 : 1) / scale.per_day;
  else
    scale = gxc_timeline_scale_zoom (from, pow (WHEEL, wheel ? -dy : -dy / 40), CLAMP (x_in (self, self->pointer_x), 0, from->width));
  gxc_timeline_canvas_go (self, &scale, wheel);
  return TRUE;
}

static void
on_drag_begin_cb (GxcTimelineCanvas *self)
{
  GtkAdjustment *vertical = gxc_timeline_canvas_get_vertical (self);

  gtk_widget_grab_focus (GTK_WIDGET (self));
  gxc_timeline_canvas_stop (self);
  self->pressed = self->scale;
  self->pressed_top = vertical ? gtk_adjustment_get_value (vertical) : 0;
}

static void
on_drag_update_cb (GxcTimelineCanvas *self, double dx, double dy)
{
  GtkAdjustment *vertical = gxc_timeline_canvas_get_vertical (self);
  GxcTimelineScale scale = self->pressed;

  if (!self->model || hypot (dx, dy) < CLICK)
    return;
  gxc_timeline_canvas_hover (self, NULL);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grabbing");
  scale.from -= dx / scale.per_day;
  gxc_timeline_canvas_go (self, &scale, FALSE);
  if (vertical)
    gtk_adjustment_set_value (vertical, self->pressed_top - dy);
}

static void
on_drag_end_cb (GxcTimelineCanvas *self, double dx, double dy, GtkGestureDrag *gesture)
{
  double x = 0, y = 0;
  const GxcTimelineMark *mark;
  const GxcTimelineItem *item;

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), NULL);
  if (hypot (dx, dy) >= CLICK || !gtk_gesture_drag_get_start_point (gesture, &x, &y))
    return;
  item = item_at (self, x, y, &mark);
  gxc_timeline_canvas_select (self, item);
  if (mark)
    gxc_timeline_canvas_open (self, mark);
}

static gboolean
on_tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  GxcTimelineCanvas *self = GXC_TIMELINE_CANVAS (widget);
  gint64 now = gdk_frame_clock_get_frame_time (clock);
  double seconds = MAX (now - self->swept_at, 0) / 1e6;
  GxcTimelineScale scale = self->scale;
  guint tick = self->tick;

  scale.from -= self->speed * seconds / scale.per_day;
  self->speed *= exp (-FRICTION * seconds);
  self->swept_at = now;
  self->tick = 0;
  gxc_timeline_canvas_go (self, &scale, FALSE);
  if (fabs (self->speed) < STILL)
    return G_SOURCE_REMOVE;
  self->tick = tick;
  return G_SOURCE_CONTINUE;
}

static void
on_swipe_cb (GxcTimelineCanvas *self, double speed_x, double speed_y)
{
  gboolean animate = TRUE;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &animate, NULL);
  if (!animate || fabs (speed_x) < 200 || !self->model || !gtk_widget_get_frame_clock (GTK_WIDGET (self)))
    return;
  gxc_timeline_canvas_stop (self);
  self->speed = speed_x;
  self->swept_at = gdk_frame_clock_get_frame_time (gtk_widget_get_frame_clock (GTK_WIDGET (self)));
  self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick_cb, NULL, NULL);
}

static void
on_pinch_begin_cb (GxcTimelineCanvas *self)
{
  gxc_timeline_canvas_stop (self);
  self->pressed = self->scale;
}

static void
on_pinch_cb (GxcTimelineCanvas *self, double factor, GtkGesture *gesture)
{
  double x = self->pointer_x, y;
  GxcTimelineScale scale;

  if (!self->model || self->scale.width == 0)
    return;
  gtk_gesture_get_bounding_box_center (gesture, &x, &y);
  scale = gxc_timeline_scale_zoom (&self->pressed, factor, x_in (self, x));
  gxc_timeline_canvas_go (self, &scale, FALSE);
}

static void
connect_swapped (gpointer source, const char *signal, GCallback callback, GxcTimelineCanvas *self)
{
  g_signal_connect_object (source, signal, callback, self, G_CONNECT_SWAPPED);
}

void
gxc_timeline_canvas_add_input (GxcTimelineCanvas *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkGesture *drag = gtk_gesture_drag_new (), *swipe = gtk_gesture_swipe_new (), *pinch = gtk_gesture_zoom_new ();

  connect_swapped (motion, "motion", G_CALLBACK (on_motion_cb), self);
  connect_swapped (motion, "leave", G_CALLBACK (on_leave_cb), self);
  connect_swapped (scroll, "scroll", G_CALLBACK (on_scroll_cb), self);
  connect_swapped (drag, "drag-begin", G_CALLBACK (on_drag_begin_cb), self);
  connect_swapped (drag, "drag-update", G_CALLBACK (on_drag_update_cb), self);
  connect_swapped (drag, "drag-end", G_CALLBACK (on_drag_end_cb), self);
  connect_swapped (swipe, "swipe", G_CALLBACK (on_swipe_cb), self);
  connect_swapped (pinch, "begin", G_CALLBACK (on_pinch_begin_cb), self);
  connect_swapped (pinch, "scale-changed", G_CALLBACK (on_pinch_cb), self);
  gtk_gesture_group (swipe, drag);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (swipe));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pinch));
}

/* --- keys ----------------------------------------------------------------------------------------------------------- */

static gboolean
choose (GxcTimelineCanvas *self, const GxcTimelineItem *item)
{
  if (item)
    gxc_timeline_canvas_select (self, item);
  return TRUE;
}

/* Without a choice the first step goes to what is nearest to the middle of the window. */
static gboolean
key_step (GtkWidget *widget, GVariant *by, gpointer data)
{
  GxcTimelineCanvas *self = GXC_TIMELINE_CANVAS (widget);
  double middle = gxc_timeline_scale_at (&self->scale, self->scale.width / 2);

  if (!self->model)
    return FALSE;
  if (!self->selected)
    return choose (self, gxc_timeline_model_nearest (self->model, self->groups, middle));
  return choose (self, gxc_timeline_model_step (self->model, self->groups, self->selected, g_variant_get_int32 (by)));
}

static gboolean
key_lane (GtkWidget *widget, GVariant *by, gpointer data)
{
  GxcTimelineCanvas *self = GXC_TIMELINE_CANVAS (widget);

  if (!self->model)
    return FALSE;
  if (!self->selected)
    return key_step (widget, by, data);
  return choose (self, gxc_timeline_model_step_lane (self->model, self->groups, self->selected, g_variant_get_int32 (by)));
}

/* The end is the latest there is in the whole; what ends in decades comes after it. */
static gboolean
key_end (GtkWidget *widget, GVariant *by, gpointer data)
{
  GxcTimelineCanvas *self = GXC_TIMELINE_CANVAS (widget);
  const GxcTimelineItem *item;

  if (!self->model)
    return FALSE;
  item = gxc_timeline_model_step (self->model, self->groups, NULL, g_variant_get_int32 (by));
  while (item && g_variant_get_int32 (by) < 0 && item->at > gxc_timeline_model_get_end (self->model))
    item = gxc_timeline_model_step (self->model, self->groups, item, -1);
  return choose (self, item);
}

static gboolean
key_zoom (GtkWidget *widget, GVariant *by, gpointer data)
{
  gxc_timeline_canvas_zoom (GXC_TIMELINE_CANVAS (widget), g_variant_get_int32 (by) > 0 ? BUTTON : 1 / BUTTON);
  return TRUE;
}

static gboolean
key_open (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  GxcTimelineCanvas *self = GXC_TIMELINE_CANVAS (widget);

  if (!self->selected)
    return FALSE;
  g_signal_emit_by_name (self, "activated", self->selected);
  return TRUE;
}

/* Let go of the choice first, so that the next Esc is the page's. */
static gboolean
key_escape (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  GxcTimelineCanvas *self = GXC_TIMELINE_CANVAS (widget);

  if (!self->selected)
    return FALSE;
  gxc_timeline_canvas_select (self, NULL);
  return TRUE;
}

static const struct { guint key; GtkShortcutFunc func; int by; } keys[] = {
  { GDK_KEY_Left, key_step, -1 },   { GDK_KEY_KP_Left, key_step, -1 },  { GDK_KEY_Right, key_step, 1 },   { GDK_KEY_KP_Right, key_step, 1 },
  { GDK_KEY_Up, key_lane, -1 },     { GDK_KEY_KP_Up, key_lane, -1 },    { GDK_KEY_Down, key_lane, 1 },    { GDK_KEY_KP_Down, key_lane, 1 },
  { GDK_KEY_Home, key_end, 1 },     { GDK_KEY_KP_Home, key_end, 1 },    { GDK_KEY_End, key_end, -1 },     { GDK_KEY_KP_End, key_end, -1 },
  { GDK_KEY_plus, key_zoom, 1 },    { GDK_KEY_equal, key_zoom, 1 },     { GDK_KEY_KP_Add, key_zoom, 1 },
  { GDK_KEY_minus, key_zoom, -1 },  { GDK_KEY_KP_Subtract, key_zoom, -1 },
  { GDK_KEY_Return, key_open, 0 },  { GDK_KEY_KP_Enter, key_open, 0 },  { GDK_KEY_space, key_open, 0 },
  { GDK_KEY_Escape, key_escape, 0 },
};

void
gxc_timeline_canvas_bind_keys (GtkWidgetClass *klass)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (klass, keys[i].key, 0, keys[i].func, "i", keys[i].by);
}
