/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-chart.h"

G_BEGIN_DECLS

#define GXC_TYPE_AXIS_CHART (gxc_axis_chart_get_type ())
G_DECLARE_DERIVABLE_TYPE (GxcAxisChart, gxc_axis_chart, GXC, AXIS_CHART, GxcChart)

/**
 * GxcAxisChartClass: places along the bottom, values up the side.
 *
 * @banded: whether a place is a band (bars) or a point on a line
 * @draw_marks: the series, between the grid and the labels
 */
struct _GxcAxisChartClass
{
  GxcChartClass parent_class;

  gboolean banded;
  void   (*draw_marks) (GxcAxisChart *self, GtkSnapshot *snapshot);
};

float  gxc_axis_chart_x          (GxcAxisChart     *self,
                                  guint             place);
guint  gxc_axis_chart_label_step (GxcAxisChart   *self);
float  gxc_axis_chart_y          (GxcAxisChart     *self,
                                  double            value);
void   gxc_axis_chart_get_plot   (GxcAxisChart     *self,
                                  graphene_rect_t  *out_plot);
graphene_point_t *gxc_axis_chart_points (GxcAxisChart *self,
                                  const double     *values);
void   gxc_axis_chart_draw_references (GxcAxisChart *self,
                                  GtkSnapshot      *snapshot);
cairo_t *gxc_axis_chart_begin    (GxcAxisChart     *self,
                                  GtkSnapshot      *snapshot);

G_END_DECLS
