/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The course of a sum. One series is a line with a faint area under it; several pile up as bands, the first at the bottom.
 * For values of a month, not of moments between: what is missing leaves a gap. */

#include "gxc-area-chart.h"

#include <math.h>

#include "gxc-marks.h"

struct _GxcAreaChart
{
  GxcAxisChart parent_instance;
};

G_DEFINE_FINAL_TYPE (GxcAreaChart, gxc_area_chart, GXC_TYPE_AXIS_CHART)

static void
fill_faintly (GxcAxisChart *axes, cairo_t *cr, const GdkRGBA *colour, const graphene_point_t *points, guint n_points)
{
  cairo_pattern_t *pattern;
  graphene_rect_t plot;

  gxc_axis_chart_get_plot (axes, &plot);
  pattern = cairo_pattern_create_linear (0, plot.origin.y, 0, plot.origin.y + plot.size.height);
  cairo_pattern_add_color_stop_rgba (pattern, 0, colour->red, colour->green, colour->blue, 0.22);
  cairo_pattern_add_color_stop_rgba (pattern, 1, colour->red, colour->green, colour->blue, 0.04);
  cairo_set_source (cr, pattern);
  gxc_marks_fill_under (cr, points, n_points, plot.origin.y + plot.size.height);
  cairo_pattern_destroy (pattern);
}

static void
draw_one (GxcAxisChart *axes, cairo_t *cr, const double *values)
{
  const GdkRGBA *colour = gxc_token_rgba (GXC_TOKEN_CHART_1);
  guint n = gxc_chart_get_data (GXC_CHART (axes))->n_labels;
  g_autofree graphene_point_t *points = gxc_axis_chart_points (axes, values);

  fill_faintly (axes, cr, colour, points, n);
  gdk_cairo_set_source_rgba (cr, colour);
  cairo_set_line_width (cr, 2);
  gxc_marks_trace (cr, points, n);
  cairo_stroke (cr);
  gxc_marks_dot (cr, points, n, 3.5);
}

/* From the highest sum down: each fills to the bottom and the next covers it. */
static void
draw_bands (GxcAxisChart *axes, cairo_t *cr)
{
  const GxcChartData *data = gxc_chart_get_data (GXC_CHART (axes));
  g_autofree double *sums = g_new0 (double, data->n_labels);
  graphene_rect_t plot;

  gxc_axis_chart_get_plot (axes, &plot);
  for (guint place = 0; place < data->n_labels; place++)
    sums[place] = gxc_chart_data_total (data, place);
  for (int i = (int) data->series->len - 1; i >= 0; i--)
    {
      const GxcChartSeries *series = gxc_chart_data_series (data, i);
      g_autofree graphene_point_t *points = NULL;

      if (series->reference)
        continue;
      points = gxc_axis_chart_points (axes, sums);
      gdk_cairo_set_source_rgba (cr, gxc_token_rgba (gxc_chart_token (GXC_CHART (axes), i)));
      gxc_marks_fill_under (cr, points, data->n_labels, plot.origin.y + plot.size.height);
      for (guint place = 0; place < data->n_labels; place++)
        sums[place] -= isfinite (series->values[place]) ? series->values[place] : 0;
    }
}

static void
gxc_area_chart_draw_marks (GxcAxisChart *axes, GtkSnapshot *snapshot)
{
  const GxcChartData *data = gxc_chart_get_data (GXC_CHART (axes));
  cairo_t *cr = gxc_axis_chart_begin (axes, snapshot);

  if (gxc_chart_data_n_own (data) > 1)
    draw_bands (axes, cr);
  else
    for (guint i = 0; i < data->series->len; i++)
      if (!gxc_chart_data_series (data, i)->reference)
        draw_one (axes, cr, gxc_chart_data_series (data, i)->values);
  cairo_destroy (cr);
  gxc_axis_chart_draw_references (axes, snapshot);
}

static void
gxc_area_chart_class_init (GxcAreaChartClass *klass)
{
  GXC_CHART_CLASS (klass)->stacked = TRUE;
  GXC_AXIS_CHART_CLASS (klass)->draw_marks = gxc_area_chart_draw_marks;
}

static void
gxc_area_chart_init (GxcAreaChart *self)
{
}

GtkWidget *
gxc_area_chart_new (void)
{
  return g_object_new (GXC_TYPE_AREA_CHART, NULL);
}
