/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts of a whole, few of them: a ring with the whole in its middle and the parts named beside it, each with figure and
 * share. The parts are the places of the first series; angles only help, the figures count. */

#include "gxc-ring-chart.h"

#include <math.h>

#include "gxc-marks.h"

#define THICK 12
#define LINE  22
#define GAP   16
#define LEAST_HEIGHT 112

struct _GxcRingChart
{
  GxcChart parent_instance;

  float    radius, x, y;    /* of the last layout */
};

G_DEFINE_FINAL_TYPE (GxcRingChart, gxc_ring_chart, GXC_TYPE_CHART)

static double
value_at (GxcChart *chart, guint place)
{
  double value = gxc_chart_data_series (gxc_chart_get_data (chart), 0)->values[place];

  return isfinite (value) ? MAX (value, 0) : 0;
}

static double
whole_of (GxcChart *chart)
{
  double whole = 0;

  for (guint place = 0; place < gxc_chart_get_data (chart)->n_labels; place++)
    whole += value_at (chart, place);
  return whole;
}

static GxcToken
token_at (guint place)
{
  return GXC_TOKEN_CHART_1 + MIN (place, GXC_CHART_MAX_SERIES - 1);
}

static float
line_height (GxcChart *chart)
{
  return LINE * gxc_look_scale (GTK_WIDGET (chart));
}

static float
first_line (GxcChart *chart)
{
  return GXC_RING_CHART (chart)->y - line_height (chart) * gxc_chart_get_data (chart)->n_labels / 2.0;
}

static void
lay_out (GxcRingChart *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  self->y = gtk_widget_get_height (widget) / 2.0;
  self->radius = MIN (self->y, gtk_widget_get_width (widget) / 5.0) - THICK / 2.0 - 2;
  self->x = self->radius + THICK / 2.0 + 2;
}

static void
draw_arcs (GxcRingChart *self, cairo_t *cr, double whole)
{
  GxcChart *chart = GXC_CHART (self);
  double angle = -G_PI / 2;

  cairo_set_line_width (cr, THICK);
  gdk_cairo_set_source_rgba (cr, gxc_token_rgba (GXC_TOKEN_GRID));
  cairo_arc (cr, self->x, self->y, self->radius, 0, 2 * G_PI);
  cairo_stroke (cr);
  for (guint place = 0; whole > 0 && place < gxc_chart_get_data (chart)->n_labels; place++)
    {
      double part = 2 * G_PI * value_at (chart, place) / whole;
      double seam = part > 0.1 && part < 2 * G_PI ? 0.02 : 0;

      gdk_cairo_set_source_rgba (cr, gxc_token_rgba (token_at (place)));
      cairo_set_line_width (cr, (int) place == gxc_chart_get_cursor (chart) ? THICK + 4 : THICK);
      if (part > 0)
        cairo_arc (cr, self->x, self->y, self->radius, angle, angle + part - seam);
      cairo_stroke (cr);
      angle += part;
    }
}

static void
draw_part (GxcRingChart *self, GtkSnapshot *snapshot, guint place, float middle, double whole)
{
  const GxcChartData *data = gxc_chart_get_data (GXC_CHART (self));
  GtkWidget *widget = GTK_WIDGET (self);
  float left = 2 * self->x + GAP, right = gtk_widget_get_width (widget);
  double value = value_at (GXC_CHART (self), place);
  g_autofree char *figure = gxc_chart_format_value (value);
  g_autofree char *share = g_strdup_printf ("%.0f %%", whole > 0 ? value / whole * 100 : 0);

  gxc_marks_bar (snapshot, gxc_token_rgba (token_at (place)), &GRAPHENE_RECT_INIT (left, middle - 5, 10, 10), 3);
  gxc_marks_caption (snapshot, widget, data->labels[place], FALSE, GXC_TOKEN_FG, left + 18, middle, 0);
  if (data->figures)
    gxc_marks_caption (snapshot, widget, figure, TRUE, GXC_TOKEN_FG, right - 48 * gxc_look_scale (widget), middle, 1);
  gxc_marks_caption (snapshot, widget, share, FALSE, GXC_TOKEN_DIM, right, middle, 1);
}

static void
gxc_ring_chart_draw (GxcChart *chart, GtkSnapshot *snapshot)
{
  GxcRingChart *self = GXC_RING_CHART (chart);
  const GxcChartData *data = gxc_chart_get_data (chart);
  double whole = whole_of (chart);
  g_autofree char *figure = gxc_chart_format_value (whole);
  GtkWidget *widget = GTK_WIDGET (chart);
  cairo_t *cr;

  lay_out (self);
  if (self->radius <= THICK)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, 2 * self->x + 2, gtk_widget_get_height (widget)));
  draw_arcs (self, cr, whole);
  cairo_destroy (cr);
  if (data->figures)
    gxc_marks_caption (snapshot, widget, figure, TRUE, GXC_TOKEN_FG, self->x, self->y - (data->unit ? 8 : 0), 0.5);
  if (data->figures && data->unit)
    gxc_marks_caption (snapshot, widget, data->unit, FALSE, GXC_TOKEN_DIM, self->x, self->y + 8, 0.5);
  for (guint place = 0; place < data->n_labels; place++)
    draw_part (self, snapshot, place, first_line (chart) + line_height (chart) * (place + 0.5), whole);
}

static int
part_at_angle (GxcChart *chart, double angle)
{
  double whole = whole_of (chart), sum = 0;

  for (guint place = 0; whole > 0 && place < gxc_chart_get_data (chart)->n_labels; place++)
    {
      sum += value_at (chart, place);
      if (angle <= 2 * G_PI * sum / whole)
        return place;
    }
  return -1;
}

static int
gxc_ring_chart_point_at (GxcChart *chart, double x, double y)
{
  GxcRingChart *self = GXC_RING_CHART (chart);
  double right = x - self->x, up = self->y - y, angle = atan2 (right, up);
  int place;

  if (fabs (hypot (right, up) - self->radius) <= THICK)
    return part_at_angle (chart, angle < 0 ? angle + 2 * G_PI : angle);
  place = floor ((y - first_line (chart)) / line_height (chart));
  return x > 2 * self->x && place >= 0 && place < (int) gxc_chart_get_data (chart)->n_labels ? place : -1;
}

static void
gxc_ring_chart_locate (GxcChart *chart, guint point, graphene_rect_t *out_bounds)
{
  float line = line_height (chart);

  graphene_rect_init (out_bounds, GXC_RING_CHART (chart)->x, first_line (chart) + line * point, 1, line);
}

static int
gxc_ring_chart_move (GxcChart *chart, int point, int right, int down)
{
  return CLAMP (point + right + down, 0, (int) gxc_chart_get_data (chart)->n_labels - 1);
}

static char *
gxc_ring_chart_describe (GxcChart *chart, guint point)
{
  g_autofree char *place = gxc_chart_data_dup_place (gxc_chart_get_data (chart), point);
  double whole = whole_of (chart);

  return g_strdup_printf ("%s · %.1f %%", place, whole > 0 ? value_at (chart, point) / whole * 100 : 0);
}

/* As tall as its list of parts, and never too small to be a ring. */
static void
gxc_ring_chart_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                        int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  GxcChart *chart = GXC_CHART (widget);

  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 200 : ceil (MAX (line_height (chart) * gxc_chart_get_data (chart)->n_labels, LEAST_HEIGHT));
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 320 : *minimum;
}

static void
gxc_ring_chart_class_init (GxcRingChartClass *klass)
{
  GxcChartClass *chart_class = GXC_CHART_CLASS (klass);

  GTK_WIDGET_CLASS (klass)->measure = gxc_ring_chart_measure;
  chart_class->draw = gxc_ring_chart_draw;
  chart_class->point_at = gxc_ring_chart_point_at;
  chart_class->locate = gxc_ring_chart_locate;
  chart_class->move = gxc_ring_chart_move;
  chart_class->describe = gxc_ring_chart_describe;
}

static void
gxc_ring_chart_init (GxcRingChart *self)
{
}

GtkWidget *
gxc_ring_chart_new (void)
{
  return g_object_new (GXC_TYPE_RING_CHART, NULL);
}
