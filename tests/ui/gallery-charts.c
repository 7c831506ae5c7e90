/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every kind of chart in the gallery, with a cursor, with gaps, masked, and with nothing to show. Invented figures. */

#include "gallery.h"

#include <math.h>

#include "gxc-area-chart.h"
#include "gxc-bar-chart.h"
#include "gxc-heat-table.h"
#include "gxc-line-chart.h"
#include "gxc-ring-chart.h"
#include "gxc-score-chart.h"

#define MONTHS 12

static const char * const months[MONTHS] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
static const char * const products[] = { "活期", "定期", "理财", "基金", "保险", "其他" };

static GxcChart *
add (GtkWidget *column, const char *title, const char *caption, GtkWidget *chart)
{
  GtkWidget *box = gxt_gallery_card (title, caption);

  gtk_widget_set_vexpand (chart, TRUE);
  gtk_box_append (GTK_BOX (gtk_widget_get_first_child (box)), gxc_chart_copy_button_new (GXC_CHART (chart)));
  gtk_box_append (GTK_BOX (box), chart);
  gtk_box_append (GTK_BOX (column), box);
  return GXC_CHART (chart);
}

static void
add_months (GxcChart *chart, guint n_series, double from, double by, gboolean gap)
{
  if (gxc_chart_get_data (chart)->n_labels == 0)
    gxc_chart_set_axis (chart, months, MONTHS);
  for (guint s = 0; s < n_series; s++)
    {
      double values[MONTHS];

      for (int i = 0; i < MONTHS; i++)
        values[i] = gap && i == 4 ? NAN : from / (s + 1) + by * i + from * 0.04 * sin (i + s);
      gxc_chart_add_series (chart, products[s], values);
    }
}

static void
add_target (GxcChart *chart, double from, double by)
{
  double values[MONTHS];

  for (int i = 0; i < MONTHS; i++)
    values[i] = from + by * i;
  gxc_chart_add_reference (chart, "目标", values);
}

static void
fill_left (GtkWidget *column)
{
  GxcChart *chart = add (column, "Area", "亿元 · with a target", gxc_area_chart_new ());

  gxc_chart_set_axis (chart, months, MONTHS);
  gxc_chart_set_title (chart, "Assets", "亿元");
  add_months (chart, 1, 8.9, 0.28, FALSE);
  add_target (chart, 9.2, 0.28);
  chart = add (column, "Lines", "a gap, a cursor", gxc_line_chart_new ());
  gxc_chart_set_title (chart, "Deposits", "万元");
  add_months (chart, 3, 20, 0.3, TRUE);
  gxc_chart_set_cursor (chart, 7);
  chart = add (column, "Masked", "thresholds instead of figures", gxc_area_chart_new ());
  add_months (chart, 1, 300, 32, FALSE);
  gxc_chart_add_threshold (chart, "钻石", 300);
  gxc_chart_add_threshold (chart, "私行", 600);
  gxc_chart_set_figures (chart, FALSE);
  gxc_chart_set_cursor (chart, 9);
}

static void
fill_middle (GtkWidget *column)
{
  static const double flows[MONTHS] = { 3, 5, -2, 4, 1, -6, 2, 0, 7, 3, NAN, 4 };
  GxcChart *chart = add (column, "Stacked bars", "亿元", gxc_bar_chart_new ());

  gxc_chart_set_title (chart, "Composition", "亿元");
  add_months (chart, 6, 3, 0.1, FALSE);
  chart = add (column, "Net inflow", "above and below zero", gxc_bar_chart_new ());
  gxc_chart_set_axis (chart, months, MONTHS);
  gxc_chart_set_title (chart, "Net inflow", "万元");
  gxc_chart_add_series (chart, "Net inflow", flows);
  gxc_chart_set_cursor (chart, 5);
  chart = add (column, "Bands", "stacked area", gxc_area_chart_new ());
  add_months (chart, 5, 3, 0.1, FALSE);
}

static void
fill_right (GtkWidget *column)
{
  static const char * const kinds[] = { "1 小时响应", "24 小时反馈", "3 工作日办结", "24 小时建档" };
  static const char * const tiers[] = { "普通", "金牌", "白金", "钻石", "私行" };
  static const char * const branches[] = { "滨江", "萧山", "余杭" };
  static const double scores[] = { 98, 96, 71, 97 }, means[] = { 85, 85, 85, 85 }, banks[] = { 90, 92, 88, 80 };
  static const double counts[] = { 812, 640, 310, 180, 58 };
  static const double heat[][3] = { { 4, 7, 3 }, { 6, 3, 2 }, { 2, 2, 0 }, { 3, 2, 11 }, { 9, 5, 5 }, { 14, 6, 5 } };
  static const char * const causes[] = { "流程", "沟通", "专业", "系统", "价格", "排队" };
  GxcChart *chart = add (column, "Against a mean", "% · stroke = branch, ring = bank", gxc_score_chart_new ());

  gxc_chart_set_axis (chart, kinds, 4);
  gxc_chart_set_title (chart, "On time", "%");
  gxc_chart_add_series (chart, "Mine", scores);
  gxc_chart_add_reference (chart, "Branch", means);
  gxc_chart_add_reference (chart, "Bank", banks);
  chart = add (column, "Ring", "customers by tier", gxc_ring_chart_new ());
  gxc_chart_set_axis (chart, tiers, 5);
  gxc_chart_set_title (chart, "Customers", "户");
  gxc_chart_add_series (chart, "Customers", counts);
  chart = add (column, "Heat table", "件 · Enter drills down", gxc_heat_table_new ());
  gxc_chart_set_axis (chart, branches, 3);
  gxc_chart_set_title (chart, "Complaints", "件");
  for (guint i = 0; i < G_N_ELEMENTS (causes); i++)
    gxc_chart_add_series (chart, causes[i], heat[i]);
  gxc_chart_set_cursor (chart, 5);
  add (column, "Nothing", "no figures", gxc_line_chart_new ());
}

GtkWidget *
gxt_gallery_charts (void)
{
  static void (* const fill[]) (GtkWidget *) = { fill_left, fill_middle, fill_right };
  GtkWidget *columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_box_set_homogeneous (GTK_BOX (columns), TRUE);
  gtk_widget_add_css_class (columns, "gx-page-body");
  for (guint i = 0; i < G_N_ELEMENTS (fill); i++)
    {
      GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

      fill[i] (column);
      gtk_box_append (GTK_BOX (columns), column);
    }
  return columns;
}
