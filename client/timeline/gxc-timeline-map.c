/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole life in one strip under the canvas, with a frame around what the canvas shows: the frame is dragged, its two
 * handles resize it, a press beside it centres there. With the keys the canvas itself is easier, so it takes no focus. */

#include "gxc-timeline-map.h"

#include <glib/gi18n.h>
#include <math.h>

#include "gx-customer.h"
#include "gxc-timeline-paint.h"

#define STRIP  44
#define LOW    26       /* of the strip where the lanes need the room */
#define YEARS  20       /* below it */
#define HANDLE 10

enum { GRAB_NOTHING, GRAB_FRAME, GRAB_LEFT, GRAB_RIGHT };

struct _GxcTimelineMap
{
  GtkWidget          parent_instance;

  GxcTimelineCanvas *canvas;    /* (borrowed) beside it in the same box */
  GxcTimelineModel  *model;     /* (owned) (nullable) */
  GxcTimelinePaint   paint;
  gboolean           low;
  int                grabbed;
  double             from, to;  /* days, when it was grabbed */
};

G_DEFINE_FINAL_TYPE (GxcTimelineMap, gxc_timeline_map, GTK_TYPE_WIDGET)

static double
strip_of (GxcTimelineMap *self)
{
  return self->low ? LOW : STRIP;
}

static GxcTimelineScale
whole (GxcTimelineMap *self)
{
  double end = gxc_timeline_model_get_end (self->model), days = MAX (end - self->model->from, 28);

  return gxc_timeline_scale_range (end - days * 1.03, end + days * 0.03 + 1, gtk_widget_get_width (GTK_WIDGET (self)));
}

static void
frame_of (GxcTimelineMap *self, const GxcTimelineScale *scale, double *out_left, double *out_right)
{
  const GxcTimelineScale *shown = gxc_timeline_canvas_get_scale (self->canvas);
  double left = gxc_timeline_scale_x (scale, shown->from), right = gxc_timeline_scale_x (scale, shown->from + gxc_timeline_scale_days (shown));

  *out_left = CLAMP (left, 0, scale->width - 4);
  *out_right = CLAMP (right, *out_left + 4, scale->width);
}

/* --- drawing -------------------------------------------------------------------------------------------------------- */

typedef struct { double foot, room; } Curve;

static double
curve_y (gpointer data, double value)
{
  const Curve *curve = data;

  return curve->foot - curve->room * value;
}

static void
draw_bands (GxcTimelineMap *self, cairo_t *cr, const GxcTimelineScale *scale, double unit)
{
  for (guint i = 0; i < self->model->bands->len; i++)
    {
      const GxcTimelineBand *band = &g_array_index (self->model->bands, GxcTimelineBand, i);
      g_autofree char *name = g_ascii_strdown (gx_choice_code (gx_stages, band->stage), -1), *token = g_strdup_printf ("stage_%s_mark", name);

      cairo_rectangle (cr, gxc_timeline_scale_x (scale, band->from), 4 * unit, MAX ((band->to - band->from) * scale->per_day - 1, 1), 4 * unit);
      gxc_timeline_paint_source (&self->paint, cr, gxc_token_by_name (token, GXC_TOKEN_DIM), 0.85);
      cairo_fill (cr);
    }
}

static void
draw_assets (GxcTimelineMap *self, cairo_t *cr, const GxcTimelineScale *scale, double unit)
{
  Curve curve = { strip_of (self) * unit, (strip_of (self) - 16) * unit / MAX (self->model->most, 1) };
  double first, last;

  gxc_timeline_paint_curve (cr, self->model, scale, curve_y, &curve, &first, &last);
  if (last > first)
    {
      cairo_line_to (cr, last, curve.foot);
      cairo_line_to (cr, first, curve.foot);
      cairo_close_path (cr);
      gxc_timeline_paint_source (&self->paint, cr, GXC_TOKEN_CHART_1, 0.22);
      cairo_fill (cr);
    }
  cairo_new_path (cr);
}

static void
draw_years (GxcTimelineMap *self, cairo_t *cr, const GxcTimelineScale *scale, double unit)
{
  g_autoptr(GArray) ticks = gxc_timeline_scale_ticks (scale);
  double end = -INFINITY;

  for (guint i = 0; i < ticks->len; i++)
    {
      const GxcTimelineTick *tick = &g_array_index (ticks, GxcTimelineTick, i);
      double x = gxc_timeline_scale_x (scale, tick->at), width = gxc_timeline_paint_measure (&self->paint, tick->label);

      if (!tick->major || x - width / 2 < MAX (end + 10 * unit, 0) || x + width / 2 > scale->width)
        continue;
      gxc_timeline_paint_text (&self->paint, cr, tick->label, FALSE, GXC_TOKEN_DIM, x, (strip_of (self) + YEARS - 9) * unit, 0.5);
      end = x + width / 2;
    }
}

static void
draw_handle (GxcTimelineMap *self, cairo_t *cr, double x, double middle, double unit)
{
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  gxc_timeline_paint_source (&self->paint, cr, GXC_TOKEN_ACCENT_FILL, 1);
  cairo_set_line_width (cr, 7 * unit);
  cairo_move_to (cr, x, middle - 8 * unit);
  cairo_line_to (cr, x, middle + 8 * unit);
  cairo_stroke (cr);
  gxc_timeline_paint_source (&self->paint, cr, GXC_TOKEN_ON_FILL, 1);
  cairo_set_line_width (cr, 1.5 * unit);
  cairo_move_to (cr, x, middle - 4 * unit);
  cairo_line_to (cr, x, middle + 4 * unit);
  cairo_stroke (cr);
}

static void
draw_frame (GxcTimelineMap *self, cairo_t *cr, const GxcTimelineScale *scale, double unit)
{
  double left, right, height = strip_of (self) * unit;

  frame_of (self, scale, &left, &right);
  gxc_timeline_paint_source (&self->paint, cr, GXC_TOKEN_PAGE, 0.55);
  cairo_rectangle (cr, 0, 0, left, height);
  cairo_rectangle (cr, right, 0, scale->width - right, height);
  cairo_fill (cr);
  gxc_timeline_paint_source (&self->paint, cr, GXC_TOKEN_ACCENT_FILL, 1);
  cairo_set_line_width (cr, 2);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_rectangle (cr, left + 1, 1, MAX (right - left - 2, 1), height - 1);
  cairo_stroke (cr);
  draw_handle (self, cr, CLAMP (left, 4 * unit, scale->width), height / 2, unit);
  draw_handle (self, cr, CLAMP (right, 0, scale->width - 4 * unit), height / 2, unit);
}

static void
gxc_timeline_map_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GxcTimelineMap *self = GXC_TIMELINE_MAP (widget);
  double unit = gxc_look_scale (widget);
  GxcTimelineScale scale;
  cairo_t *cr;

  if (!self->model || gtk_widget_get_width (widget) <= 0)
    return;
  scale = whole (self);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget)));
  draw_assets (self, cr, &scale, unit);
  draw_bands (self, cr, &scale, unit);
  draw_years (self, cr, &scale, unit);
  draw_frame (self, cr, &scale, unit);
  cairo_destroy (cr);
}

static void
gxc_timeline_map_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                          int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? gxc_timeline_map_get_height (GXC_TIMELINE_MAP (widget), GXC_TIMELINE_MAP (widget)->low) : 100;
}

/* --- pointer -------------------------------------------------------------------------------------------------------- */

static int
grab_at (GxcTimelineMap *self, double x)
{
  GxcTimelineScale scale = whole (self);
  double left, right, reach = HANDLE * gxc_look_scale (GTK_WIDGET (self));

  frame_of (self, &scale, &left, &right);
  if (fabs (x - left) < reach || fabs (x - right) < reach)
    return fabs (x - left) < fabs (x - right) ? GRAB_LEFT : GRAB_RIGHT;
  return x > left && x < right ? GRAB_FRAME : GRAB_NOTHING;
}

static void
on_motion_cb (GxcTimelineMap *self, double x, double y)
{
  static const char * const cursors[] = { NULL, "grab", "ew-resize", "ew-resize" };

  if (self->model && self->grabbed == GRAB_NOTHING)
    gtk_widget_set_cursor_from_name (GTK_WIDGET (self), cursors[grab_at (self, x)]);
}

static void
on_drag_begin_cb (GxcTimelineMap *self, double x, double y)
{
  const GxcTimelineScale *shown = gxc_timeline_canvas_get_scale (self->canvas);
  double days = gxc_timeline_scale_days (shown), middle;
  GxcTimelineScale scale;

  if (!self->model)
    return;
  self->grabbed = grab_at (self, x);
  self->from = shown->from;
  self->to = shown->from + days;
  if (self->grabbed != GRAB_NOTHING)
    return;
  scale = whole (self);
  middle = gxc_timeline_scale_at (&scale, x);
  self->from = middle - days / 2;
  self->to = middle + days / 2;
  self->grabbed = GRAB_FRAME;
  gxc_timeline_canvas_set_range (self->canvas, self->from, self->to, TRUE);
}

static void
on_drag_update_cb (GxcTimelineMap *self, double dx, double dy)
{
  GxcTimelineScale scale;
  double by;

  if (!self->model || self->grabbed == GRAB_NOTHING || fabs (dx) < 1)
    return;
  scale = whole (self);
  by = dx / scale.per_day;
  gxc_timeline_canvas_set_range (self->canvas,
                                 self->grabbed == GRAB_RIGHT ? self->from : MIN (self->from + by, self->grabbed == GRAB_LEFT ? self->to - 1 : G_MAXDOUBLE),
                                 self->grabbed == GRAB_LEFT ? self->to : MAX (self->to + by, self->grabbed == GRAB_RIGHT ? self->from + 1 : -G_MAXDOUBLE),
                                 FALSE);
}

static void
on_drag_end_cb (GxcTimelineMap *self)
{
  self->grabbed = GRAB_NOTHING;
}

/* --- the widget ----------------------------------------------------------------------------------------------------- */

static void
gxc_timeline_map_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (gxc_timeline_map_parent_class)->css_changed (widget, change);
  g_hash_table_remove_all (GXC_TIMELINE_MAP (widget)->paint.layouts);
}

static void
gxc_timeline_map_finalize (GObject *object)
{
  GxcTimelineMap *self = GXC_TIMELINE_MAP (object);

  g_clear_pointer (&self->model, gxc_timeline_model_unref);
  gxc_timeline_paint_clear (&self->paint);
  G_OBJECT_CLASS (gxc_timeline_map_parent_class)->finalize (object);
}

static void
gxc_timeline_map_class_init (GxcTimelineMapClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gxc_timeline_map_finalize;
  widget_class->snapshot = gxc_timeline_map_snapshot;
  widget_class->measure = gxc_timeline_map_measure;
  widget_class->css_changed = gxc_timeline_map_css_changed;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
gxc_timeline_map_init (GxcTimelineMap *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();

  gxc_timeline_paint_init (&self->paint, gtk_widget_get_pango_context (GTK_WIDGET (self)), gxc_token_rgba);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (on_motion_cb), self);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (on_drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (on_drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (on_drag_end_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

/** gxc_timeline_map_new: of a canvas that lives as long */
GtkWidget *
gxc_timeline_map_new (GxcTimelineCanvas *canvas)
{
  GxcTimelineMap *self = g_object_new (GXC_TYPE_TIMELINE_MAP, NULL);

  self->canvas = canvas;
  g_signal_connect_object (canvas, "scale-changed", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
gxc_timeline_map_set_model (GxcTimelineMap   *self,
                            GxcTimelineModel *model)
{
  g_return_if_fail (GXC_IS_TIMELINE_MAP (self));

  gxc_timeline_model_ref (model);
  g_clear_pointer (&self->model, gxc_timeline_model_unref);
  self->model = model;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/** gxc_timeline_map_set_low: the strip is lower, for the lanes' sake */
void
gxc_timeline_map_set_low (GxcTimelineMap *self,
                          gboolean        low)
{
  g_return_if_fail (GXC_IS_TIMELINE_MAP (self));

  if (self->low == !!low)
    return;
  self->low = !!low;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/** gxc_timeline_map_get_height: px */
int
gxc_timeline_map_get_height (GxcTimelineMap *self,
                             gboolean        low)
{
  return ceil (((low ? LOW : STRIP) + YEARS) * gxc_look_scale (GTK_WIDGET (self)));
}
