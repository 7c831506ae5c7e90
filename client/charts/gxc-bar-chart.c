/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stacked bars, one a place: what is above zero piles up, what is below hangs down. References lie over them, dashed. */

#include "gxc-bar-chart.h"

#include <math.h>

#include "gxc-marks.h"

#define MOST_WIDE 28

struct _GxcBarChart
{
  GxcAxisChart parent_instance;
};

G_DEFINE_FINAL_TYPE (GxcBarChart, gxc_bar_chart, GXC_TYPE_AXIS_CHART)

static void
draw_piece (GxcAxisChart *axes, GtkSnapshot *snapshot, const GdkRGBA *colour, guint place, float width, double from, double to)
{
  float high = gxc_axis_chart_y (axes, MAX (from, to)), low = gxc_axis_chart_y (axes, MIN (from, to));
  float seam = from != 0 ? 1 : 0;

  gtk_snapshot_append_color (snapshot, colour,
                             &GRAPHENE_RECT_INIT (roundf (gxc_axis_chart_x (axes, place) - width / 2), high, width,
                                                  MAX (low - high - seam, 1)));
}

static void
draw_bar (GxcAxisChart *axes, GtkSnapshot *snapshot, guint place, float width)
{
  const GxcChartData *data = gxc_chart_get_data (GXC_CHART (axes));
  double up = 0, down = 0;

  for (guint i = 0; i < data->series->len; i++)
    {
      const GxcChartSeries *series = gxc_chart_data_series (data, i);
      double value = series->values[place], *end = value < 0 ? &down : &up;

      if (series->reference || !isfinite (value) || value == 0)
        continue;
      draw_piece (axes, snapshot, gxc_token_rgba (gxc_chart_token (GXC_CHART (axes), i)), place, width, *end, *end + value);
      *end += value;
    }
}

static void
gxc_bar_chart_draw_marks (GxcAxisChart *axes, GtkSnapshot *snapshot)
{
  guint n = gxc_chart_get_data (GXC_CHART (axes))->n_labels;
  graphene_rect_t plot;

  gxc_axis_chart_get_plot (axes, &plot);
  for (guint place = 0; place < n; place++)
    draw_bar (axes, snapshot, place, roundf (MIN (MOST_WIDE, 0.62 * plot.size.width / n)));
  gxc_axis_chart_draw_references (axes, snapshot);
}

static void
gxc_bar_chart_class_init (GxcBarChartClass *klass)
{
  GXC_CHART_CLASS (klass)->stacked = TRUE;
  GXC_AXIS_CHART_CLASS (klass)->banded = TRUE;
  GXC_AXIS_CHART_CLASS (klass)->draw_marks = gxc_bar_chart_draw_marks;
}

static void
gxc_bar_chart_init (GxcBarChart *self)
{
}

GtkWidget *
gxc_bar_chart_new (void)
{
  return g_object_new (GXC_TYPE_BAR_CHART, NULL);
}
