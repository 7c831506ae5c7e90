/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-chart-data.h"
#include "gxc-look.h"

G_BEGIN_DECLS

#define GXC_TYPE_CHART (gxc_chart_get_type ())
G_DECLARE_DERIVABLE_TYPE (GxcChart, gxc_chart, GXC, CHART, GtkWidget)

/**
 * GxcChartClass: what a kind of chart adds. A point is what the cursor can stand on, 0 to n_points - 1; unless a kind says
 * otherwise the points are the places.
 *
 * @stacked: whether the series pile up, so that a place's value is their sum
 * @draw: everything but the cursor's call-out; there is data
 * @point_at: the point under a pixel, -1 for none
 * @locate: where a point is drawn, for its call-out
 * @n_points: (nullable)
 * @describe: (nullable): (transfer full): a point in words
 * @move: (nullable): the point right (left) and below (above) another
 */
struct _GxcChartClass
{
  GtkWidgetClass parent_class;

  gboolean stacked;
  void   (*draw)     (GxcChart *self, GtkSnapshot *snapshot);
  int    (*point_at) (GxcChart *self, double x, double y);
  void   (*locate)   (GxcChart *self, guint point, graphene_rect_t *out_bounds);
  guint  (*n_points) (GxcChart *self);
  char  *(*describe) (GxcChart *self, guint point);
  int    (*move)     (GxcChart *self, int point, int right, int down);
};

void       gxc_chart_set_title       (GxcChart           *self,
                                      const char         *title,
                                      const char         *unit);
void       gxc_chart_clear           (GxcChart           *self);
void       gxc_chart_set_axis        (GxcChart           *self,
                                      const char * const *labels,
                                      guint               n_labels);
void       gxc_chart_set_full_labels (GxcChart           *self,
                                      const char * const *labels);
void       gxc_chart_add_series      (GxcChart           *self,
                                      const char         *name,
                                      const double       *values);
void       gxc_chart_add_reference   (GxcChart           *self,
                                      const char         *name,
                                      const double       *values);
void       gxc_chart_add_threshold   (GxcChart           *self,
                                      const char         *label,
                                      double              value);
void       gxc_chart_set_figures     (GxcChart           *self,
                                      gboolean            figures);
void       gxc_chart_set_cursor      (GxcChart           *self,
                                      int                 point);
int        gxc_chart_get_cursor      (GxcChart           *self);
const GxcChartData *gxc_chart_get_data (GxcChart         *self);
GxcToken   gxc_chart_token           (GxcChart           *self,
                                      guint               series);
char      *gxc_chart_dup_words       (GxcChart           *self);
char      *gxc_chart_dup_point       (GxcChart           *self,
                                      guint               point);
char      *gxc_chart_dup_table       (GxcChart           *self);
void       gxc_chart_copy_table      (GxcChart           *self);
GtkWidget *gxc_chart_copy_button_new (GxcChart           *self);

G_END_DECLS
