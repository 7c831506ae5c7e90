/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each kind of chart: drawn, walked by keys, told in words and as a table, and gone without a trace. How it looks is the
 * gallery's business. */

#include <adwaita.h>
#include <math.h>

#include "gxc-area-chart.h"
#include "gxc-bar-chart.h"
#include "gxc-heat-table.h"
#include "gxc-line-chart.h"
#include "gxc-ring-chart.h"
#include "gxc-scale.h"
#include "gxc-score-chart.h"
#include "gxc-sparkline.h"
#include "gxc-widgets.h"
#include "gxt-screenshot.h"

static const char * const labels[] = { "Jan", "Feb", "Mar" };
static const char * const full_labels[] = { "2026-01", "2026-02", "2026-03" };
static const double values[] = { 100, 120.5, 90 }, others[] = { 5, -6, 7 }, gaps[] = { NAN, 4, NAN };

typedef GtkWidget *(*MakeChart) (void);
static const MakeChart kinds[] = {
  gxc_line_chart_new, gxc_area_chart_new, gxc_bar_chart_new, gxc_score_chart_new, gxc_ring_chart_new, gxc_heat_table_new,
};

static GxcChart *
make (MakeChart kind)
{
  GxcChart *chart = g_object_ref_sink (GXC_CHART (kind ()));

  gxc_chart_set_axis (chart, labels, 3);
  gxc_chart_set_full_labels (chart, full_labels);
  gxc_chart_set_title (chart, "Balance", "¥ k");
  gxc_chart_add_series (chart, "Current", values);
  return chart;
}

static void
press (GxcChart *chart, const char *key)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (chart));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      for (guint j = 0; GTK_IS_SHORTCUT_CONTROLLER (controller) && j < g_list_model_get_n_items (G_LIST_MODEL (controller)); j++)
        {
          g_autoptr(GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);
          g_autofree char *trigger = gtk_shortcut_trigger_to_string (gtk_shortcut_get_trigger (shortcut));

          if (g_str_equal (trigger, key))
            gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, GTK_WIDGET (chart), gtk_shortcut_get_arguments (shortcut));
        }
    }
}

static void
test_sparkline (void)
{
  GtkWidget *line = g_object_ref_sink (gxc_sparkline_new ());
  const double steps[] = { 1, 2, NAN, 2 };

  gxt_show_once (line);
  gxc_sparkline_set_values (GXC_SPARKLINE (line), steps, 4);
  gxc_sparkline_set_token (GXC_SPARKLINE (line), GXC_TOKEN_AMBER_MARK);
  gxt_show_once (line);
  g_assert_finalize_object (line);
}

static void
test_draws (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      GxcChart *chart = g_object_ref_sink (GXC_CHART (kinds[i] ()));
      g_autofree char *nothing = gxc_chart_dup_words (chart);

      g_assert_cmpstr (nothing, ==, "Chart: no data");
      gxt_show_once (GTK_WIDGET (chart));
      gxc_chart_set_axis (chart, labels, 3);
      gxc_chart_add_series (chart, "Current", values);
      gxt_show_once (GTK_WIDGET (chart));
      gxc_chart_add_series (chart, "Time", others);
      gxc_chart_add_series (chart, "Fund", gaps);
      gxc_chart_add_reference (chart, "Mean", values);
      gxc_chart_add_reference (chart, "Bank", gaps);
      gxc_chart_add_threshold (chart, "Gold", 110);
      gxc_chart_set_cursor (chart, 1);
      gxt_show_once (GTK_WIDGET (chart));
      gxc_chart_set_figures (chart, FALSE);
      gxt_show_once (GTK_WIDGET (chart));
      gxc_chart_clear (chart);
      g_assert_cmpint (gxc_chart_get_cursor (chart), ==, -1);
      g_assert_finalize_object (chart);
    }
}

static void
test_says (void)
{
  GxcChart *chart = make (gxc_line_chart_new);
  g_autofree char *words = gxc_chart_dup_words (chart), *point = gxc_chart_dup_point (chart, 1);
  g_autofree char *table = NULL, *several = NULL;

  g_assert_cmpstr (words, ==, "Balance: 3 values, from 2026-01 100 ¥ k to 2026-03 90 ¥ k");
  g_assert_cmpstr (point, ==, "2026-02  120.50 ¥ k");
  gxc_chart_add_series (chart, "Time", others);
  several = gxc_chart_dup_point (chart, 1);
  g_assert_cmpstr (several, ==, "2026-02\nCurrent  120.50 ¥ k\nTime  −6 ¥ k");
  table = gxc_chart_dup_table (chart);
  g_assert_cmpstr (table, ==, "Balance\tCurrent ¥ k\tTime ¥ k\n2026-01\t100.00\t5.00\n2026-02\t120.50\t-6.00\n2026-03\t90.00\t7.00\n");
  g_assert_finalize_object (chart);
}

static void
test_sums (void)
{
  GxcChart *chart = make (gxc_bar_chart_new);
  g_autofree char *words = NULL;
  double low, high;

  gxc_chart_add_series (chart, "Time", others);
  gxc_chart_add_reference (chart, "Target", values);
  words = gxc_chart_dup_words (chart);
  g_assert_cmpstr (words, ==, "Balance: 3 values, from 2026-01 105 ¥ k to 2026-03 97 ¥ k");
  gxc_chart_data_range (gxc_chart_get_data (chart), TRUE, &low, &high);
  g_assert_cmpfloat (low, ==, -6);
  g_assert_cmpfloat (high, ==, 120.5);
  g_assert_cmpint (gxc_chart_token (chart, 1), ==, GXC_TOKEN_CHART_2);
  g_assert_cmpint (gxc_chart_token (chart, 2), ==, GXC_TOKEN_CHART_MEAN);
  g_assert_finalize_object (chart);
}

static void
test_masked (void)
{
  GxcChart *chart = make (gxc_area_chart_new);
  g_autofree char *words = NULL, *point = NULL, *table = NULL;

  gxc_chart_add_threshold (chart, "Gold", 95);
  gxc_chart_add_threshold (chart, "Private", 110);
  gxc_chart_set_figures (chart, FALSE);
  words = gxc_chart_dup_words (chart);
  point = gxc_chart_dup_point (chart, 1);
  table = gxc_chart_dup_table (chart);
  g_assert_cmpstr (words, ==, "Balance: 3 values, from 2026-01 ≥ Gold to 2026-03 < Gold");
  g_assert_cmpstr (point, ==, "2026-02  ≥ Private");
  g_assert_cmpstr (table, ==, "Balance\tCurrent ¥ k\n2026-01\t≥ Gold\n2026-02\t≥ Private\n2026-03\t< Gold\n");
  g_assert_finalize_object (chart);
}

static void
test_ring (void)
{
  GxcChart *chart = make (gxc_ring_chart_new);
  g_autofree char *point = gxc_chart_dup_point (chart, 0);

  g_assert_cmpstr (point, ==, "2026-01  100 ¥ k · 32.2 %");
  g_assert_finalize_object (chart);
}

static void
test_keys (void)
{
  GxcChart *chart = make (gxc_line_chart_new);

  press (chart, "Left");
  g_assert_cmpint (gxc_chart_get_cursor (chart), ==, 2);
  press (chart, "Left");
  g_assert_cmpint (gxc_chart_get_cursor (chart), ==, 1);
  press (chart, "Home");
  press (chart, "Left");
  g_assert_cmpint (gxc_chart_get_cursor (chart), ==, 0);
  press (chart, "End");
  press (chart, "Right");
  g_assert_cmpint (gxc_chart_get_cursor (chart), ==, 2);
  g_assert_finalize_object (chart);
}

static void
on_activated_cb (GxcChart *chart, int point, int *activated)
{
  *activated = point;
}

static void
test_heat (void)
{
  GxcChart *chart = make (gxc_heat_table_new);
  g_autofree char *point = NULL;
  int activated = -1;

  gxc_chart_set_title (chart, "Complaints", NULL);
  gxc_chart_add_series (chart, "Queue", others);
  g_signal_connect (chart, "activated", G_CALLBACK (on_activated_cb), &activated);
  gxc_chart_set_cursor (chart, 0);
  press (chart, "Down");
  press (chart, "Right");
  g_assert_cmpint (gxc_chart_get_cursor (chart), ==, 3);
  press (chart, "Down");
  press (chart, "Down");
  g_assert_cmpint (gxc_chart_get_cursor (chart), ==, 5);
  press (chart, "Return");
  g_assert_cmpint (activated, ==, 5);
  point = gxc_chart_dup_point (chart, 5);
  g_assert_cmpstr (point, ==, "2026-03 · Queue  7");
  g_assert_finalize_object (chart);
}

static void
test_scale (void)
{
  static const struct { double low, high; guint ticks; double from, to, step; } cases[] = {
    { 0, 100, 5, 0, 100, 20 },
    { 8.9, 11.92, 4, 8, 12, 1 },
    { 0, 0, 4, 0, 1, 0.25 },
    { 5, 5, 5, 0, 5, 1 },
    { -30, 70, 5, -40, 80, 20 },
    { 1200000, 5362000, 5, 1000000, 6000000, 1000000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GxcScale scale = gxc_scale_make (cases[i].low, cases[i].high, cases[i].ticks);

      g_assert_cmpfloat_with_epsilon (scale.low, cases[i].from, 1e-6);
      g_assert_cmpfloat_with_epsilon (scale.high, cases[i].to, 1e-6);
      g_assert_cmpfloat_with_epsilon (scale.step, cases[i].step, 1e-6);
      g_assert_cmpfloat_with_epsilon (gxc_scale_place (&scale, scale.high, 200, 10), 10, 1e-6);
    }
}

/* "12.5 / 15.0 / 17.5": as many as the tick with the most needs. */
static void
test_ticks_have_the_same_decimals (void)
{
  static const struct { double low, high; guint ticks; guint decimals; const char *first; } cases[] = {
    { 0, 20, 4, 0, "0" }, { 12.6, 17.4, 2, 1, "12.5" }, { 0, 1, 4, 2, "0.00" }, { 0, 5, 2, 1, "0.0" }, { 1000, 3000, 4, 0, "1,000" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GxcScale scale = gxc_scale_make (cases[i].low, cases[i].high, cases[i].ticks);
      g_autofree char *text = gxc_chart_format_decimals (scale.low, gxc_scale_decimals (&scale));

      g_assert_cmpuint (gxc_scale_decimals (&scale), ==, cases[i].decimals);
      g_assert_cmpstr (text, ==, cases[i].first);
    }
}

/* A year of months, as wide as the chart may be: the labels stand evenly, and none is lost that has room. */
static guint
label_step_at (int width)
{
  static const char * const months[] = { "Dec 2025", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov" };
  static const double line[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 };
  GtkWidget *chart = gxc_line_chart_new (), *window = gtk_window_new ();
  guint step;

  gxc_chart_set_axis (GXC_CHART (chart), months, G_N_ELEMENTS (months));
  gxc_chart_add_series (GXC_CHART (chart), "AUM", line);
  gtk_window_set_child (GTK_WINDOW (window), chart);
  gtk_window_set_default_size (GTK_WINDOW (window), width, 240);
  gtk_window_present (GTK_WINDOW (window));
  gxt_wait_shown (GTK_WINDOW (window));
  step = gxc_axis_chart_label_step (GXC_AXIS_CHART (chart));
  gtk_window_destroy (GTK_WINDOW (window));
  return step;
}

static void
test_months_stand_evenly (void)
{
  g_assert_cmpuint (label_step_at (1400), ==, 1);
  g_assert_cmpuint (label_step_at (320), >, 1);
  g_assert_cmpuint (label_step_at (320), <, 12);
}

/* The unit stands over the values of an axis, and takes its room only there: names of thresholds have none. */
static float
plot_top (MakeChart kind, const char *unit, gboolean figures)
{
  GtkWidget *chart = kind (), *window = gtk_window_new ();
  graphene_rect_t plot;

  gxc_chart_set_axis (GXC_CHART (chart), labels, 3);
  gxc_chart_set_title (GXC_CHART (chart), "Balance", unit);
  gxc_chart_add_series (GXC_CHART (chart), "Current", values);
  gxc_chart_add_threshold (GXC_CHART (chart), "Gold", 110);
  gxc_chart_set_figures (GXC_CHART (chart), figures);
  gtk_window_set_child (GTK_WINDOW (window), chart);
  gtk_window_set_default_size (GTK_WINDOW (window), 400, 240);
  gtk_window_present (GTK_WINDOW (window));
  gxt_wait_shown (GTK_WINDOW (window));
  gxc_axis_chart_get_plot (GXC_AXIS_CHART (chart), &plot);
  gtk_window_destroy (GTK_WINDOW (window));
  return plot.origin.y;
}

static void
test_axes_have_units (void)
{
  static const MakeChart with_axes[] = { gxc_line_chart_new, gxc_area_chart_new, gxc_bar_chart_new };

  for (guint i = 0; i < G_N_ELEMENTS (with_axes); i++)
    {
      float bare = plot_top (with_axes[i], NULL, TRUE);

      g_assert_cmpfloat (bare, >, 0);
      g_assert_cmpfloat (plot_top (with_axes[i], "¥ k", TRUE), >=, bare + 16);
      g_assert_cmpfloat (plot_top (with_axes[i], "¥ k", FALSE), ==, bare);
    }
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  gxc_widgets_init ();

  g_test_add_func ("/charts/scale/has_round_ends", test_scale);
  g_test_add_func ("/charts/scale/ticks_have_the_same_decimals", test_ticks_have_the_same_decimals);
  g_test_add_func ("/charts/axis/months_stand_evenly", test_months_stand_evenly);
  g_test_add_func ("/charts/axis/has_its_unit_over_it", test_axes_have_units);
  g_test_add_func ("/charts/sparkline/draws_and_goes", test_sparkline);
  g_test_add_func ("/charts/chart/draws_every_kind_with_gaps_and_without_data", test_draws);
  g_test_add_func ("/charts/chart/says_and_copies_what_it_shows", test_says);
  g_test_add_func ("/charts/chart/tells_no_figure_where_money_is_masked", test_masked);
  g_test_add_func ("/charts/chart/walks_from_point_to_point_by_keys", test_keys);
  g_test_add_func ("/charts/bars/sum_up_and_leave_references_out", test_sums);
  g_test_add_func ("/charts/ring/tells_the_share", test_ring);
  g_test_add_func ("/charts/heat_table/walks_in_four_directions_and_drills_down", test_heat);
  return g_test_run ();
}
