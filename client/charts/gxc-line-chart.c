/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines, for values whose sum means nothing. The first is drawn last, on top; references are dashed and grey. */

#include "gxc-line-chart.h"

#include "gxc-marks.h"

struct _GxcLineChart
{
  GxcAxisChart parent_instance;
};

G_DEFINE_FINAL_TYPE (GxcLineChart, gxc_line_chart, GXC_TYPE_AXIS_CHART)

static void
gxc_line_chart_draw_marks (GxcAxisChart *axes, GtkSnapshot *snapshot)
{
  const GxcChartData *data = gxc_chart_get_data (GXC_CHART (axes));
  cairo_t *cr;

  gxc_axis_chart_draw_references (axes, snapshot);
  cr = gxc_axis_chart_begin (axes, snapshot);
  cairo_set_line_width (cr, 2);
  for (int i = (int) data->series->len - 1; i >= 0; i--)
    {
      const GxcChartSeries *series = gxc_chart_data_series (data, i);
      g_autofree graphene_point_t *points = NULL;

      if (series->reference)
        continue;
      points = gxc_axis_chart_points (axes, series->values);
      gdk_cairo_set_source_rgba (cr, gxc_token_rgba (gxc_chart_token (GXC_CHART (axes), i)));
      gxc_marks_trace (cr, points, data->n_labels);
      cairo_stroke (cr);
      gxc_marks_dot (cr, points, data->n_labels, 3.5);
    }
  cairo_destroy (cr);
}

static void
gxc_line_chart_class_init (GxcLineChartClass *klass)
{
  GXC_AXIS_CHART_CLASS (klass)->draw_marks = gxc_line_chart_draw_marks;
}

static void
gxc_line_chart_init (GxcLineChart *self)
{
}

GtkWidget *
gxc_line_chart_new (void)
{
  return g_object_new (GXC_TYPE_LINE_CHART, NULL);
}
