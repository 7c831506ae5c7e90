/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lying bars held against a mean: a line a place with its name, the bar in its track, and the figure. The first reference
 * is a stroke across the bar (the mean), the second a ring (the mean of the wider whole). Only the first series is drawn. */

#include "gxc-score-chart.h"

#include <math.h>

#include "gxc-marks.h"
#include "gxc-scale.h"

#define LINE  26
#define TRACK 8
#define GAP   10

struct _GxcScoreChart
{
  GxcChart parent_instance;

  GxcScale scale;           /* of the last layout */
  float    left, right;
};

G_DEFINE_FINAL_TYPE (GxcScoreChart, gxc_score_chart, GXC_TYPE_CHART)

static float
line_height (GxcChart *chart)
{
  return LINE * gxc_look_scale (GTK_WIDGET (chart));
}

static char *
figure_at (GxcChart *chart, guint place)
{
  const GxcChartData *data = gxc_chart_get_data (chart);
  g_autofree char *figure = gxc_chart_format_value (gxc_chart_data_series (data, 0)->values[place]);

  return data->unit && *data->unit ? g_strdup_printf ("%s %s", figure, data->unit) : g_steal_pointer (&figure);
}

static void
lay_out (GxcScoreChart *self)
{
  const GxcChartData *data = gxc_chart_get_data (GXC_CHART (self));
  double low, high;
  float names = 0, figures = 0;

  for (guint place = 0; place < data->n_labels; place++)
    {
      g_autofree char *figure = figure_at (GXC_CHART (self), place);

      names = MAX (names, gxc_marks_width (GTK_WIDGET (self), data->labels[place], FALSE));
      figures = MAX (figures, gxc_marks_width (GTK_WIDGET (self), figure, TRUE));
    }
  gxc_chart_data_range (data, FALSE, &low, &high);
  self->scale = gxc_scale_make (0, MAX (high, 0), 4);
  self->left = names + GAP;
  self->right = gtk_widget_get_width (GTK_WIDGET (self)) - figures - GAP;
}

static float
x_of (GxcScoreChart *self, double value)
{
  return gxc_scale_place (&self->scale, CLAMP (value, self->scale.low, self->scale.high), self->left, self->right);
}

static void
draw_ring (GtkSnapshot *snapshot, float x, float middle)
{
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (x - 7, middle - 7, 14, 14));

  gdk_cairo_set_source_rgba (cr, gxc_token_rgba (GXC_TOKEN_FG));
  cairo_set_line_width (cr, 1.5);
  cairo_arc (cr, x, middle, 4.5, 0, 2 * G_PI);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
draw_references (GxcScoreChart *self, GtkSnapshot *snapshot, guint place, float middle)
{
  const GxcChartData *data = gxc_chart_get_data (GXC_CHART (self));
  guint nth = 0;

  for (guint i = 1; i < data->series->len; i++)
    {
      const GxcChartSeries *series = gxc_chart_data_series (data, i);

      if (!series->reference || !isfinite (series->values[place]))
        continue;
      if (nth++ == 0)
        gtk_snapshot_append_color (snapshot, gxc_token_rgba (GXC_TOKEN_FG),
                                   &GRAPHENE_RECT_INIT (x_of (self, series->values[place]) - 1, middle - 8, 2, 16));
      else
        draw_ring (snapshot, x_of (self, series->values[place]), middle);
    }
}

static void
draw_row (GxcScoreChart *self, GtkSnapshot *snapshot, guint place, float middle)
{
  const GxcChartData *data = gxc_chart_get_data (GXC_CHART (self));
  double value = gxc_chart_data_series (data, 0)->values[place];
  g_autofree char *figure = figure_at (GXC_CHART (self), place);
  GtkWidget *widget = GTK_WIDGET (self);

  gxc_marks_caption (snapshot, widget, data->labels[place], FALSE, GXC_TOKEN_FG, 0, middle, 0);
  gxc_marks_bar (snapshot, gxc_token_rgba (GXC_TOKEN_GRID),
                 &GRAPHENE_RECT_INIT (self->left, middle - TRACK / 2, self->right - self->left, TRACK), TRACK / 2);
  if (isfinite (value) && value > 0)
    gxc_marks_bar (snapshot, gxc_token_rgba (GXC_TOKEN_CHART_1),
                   &GRAPHENE_RECT_INIT (self->left, middle - TRACK / 2, x_of (self, value) - self->left, TRACK), TRACK / 2);
  draw_references (self, snapshot, place, middle);
  gxc_marks_caption (snapshot, widget, figure, TRUE, GXC_TOKEN_FG, gtk_widget_get_width (widget), middle, 1);
}

static void
gxc_score_chart_draw (GxcChart *chart, GtkSnapshot *snapshot)
{
  GxcScoreChart *self = GXC_SCORE_CHART (chart);
  float line = line_height (chart);

  lay_out (self);
  if (self->right <= self->left)
    return;
  if (gxc_chart_get_cursor (chart) >= 0)
    gxc_marks_bar (snapshot, gxc_token_rgba (GXC_TOKEN_ACCENT_SOFT),
                   &GRAPHENE_RECT_INIT (-4, line * gxc_chart_get_cursor (chart), gtk_widget_get_width (GTK_WIDGET (chart)) + 8, line), 6);
  for (guint place = 0; place < gxc_chart_get_data (chart)->n_labels; place++)
    draw_row (self, snapshot, place, line * (place + 0.5));
}

static int
gxc_score_chart_point_at (GxcChart *chart, double x, double y)
{
  int place = floor (y / line_height (chart));

  return place < (int) gxc_chart_get_data (chart)->n_labels ? place : -1;
}

static void
gxc_score_chart_locate (GxcChart *chart, guint point, graphene_rect_t *out_bounds)
{
  float line = line_height (chart);

  graphene_rect_init (out_bounds, GXC_SCORE_CHART (chart)->left, line * point, 1, line);
}

static int
gxc_score_chart_move (GxcChart *chart, int point, int right, int down)
{
  return CLAMP (point + right + down, 0, (int) gxc_chart_get_data (chart)->n_labels - 1);
}

static void
gxc_score_chart_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                         int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  guint n = gxc_chart_get_data (GXC_CHART (widget))->n_labels;

  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 160 : ceil (line_height (GXC_CHART (widget)) * MAX (n, 1));
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 320 : *minimum;
}

static void
gxc_score_chart_class_init (GxcScoreChartClass *klass)
{
  GxcChartClass *chart_class = GXC_CHART_CLASS (klass);

  GTK_WIDGET_CLASS (klass)->measure = gxc_score_chart_measure;
  chart_class->draw = gxc_score_chart_draw;
  chart_class->point_at = gxc_score_chart_point_at;
  chart_class->locate = gxc_score_chart_locate;
  chart_class->move = gxc_score_chart_move;
}

static void
gxc_score_chart_init (GxcScoreChart *self)
{
}

GtkWidget *
gxc_score_chart_new (void)
{
  return g_object_new (GXC_TYPE_SCORE_CHART, NULL);
}
