/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The life-cycle timeline: what its model keeps, where its scale puts things, what its layout folds and drops, and that
 * the keys reach every item once. On an invented life of ten thousand items; what is drawn is looked at, not tested. */

#include <adwaita.h>
#include <glib/gstdio.h>
#include <math.h>

#include "gx-clock.h"
#include "gx-customer.h"
#include "gx-error.h"
#include "gx-interaction.h"
#include "gx-tier-rule.h"
#include "gxc-look.h"
#include "gxc-timeline-canvas.h"
#include "gxc-timeline-gather.h"
#include "gxc-timeline-labels.h"
#include "gxc-timeline-list.h"
#include "gxc-timeline-map.h"
#include "gxc-timeline-print.h"
#include "gxc-timeline-row.h"
#include "gxc-timeline.h"
#include "gxc-widgets.h"
#include "gxt-fake-desk.h"
#include "gxt-find.h"
#include "gxt-life.h"
#include "gxt-screenshot.h"

#define MANY 10000

static double
measure_by_bytes (gpointer data, const char *text)
{
  return 6.0 * strlen (text);
}

static GxcTimelineItem *
item_at (const GxcTimelineModel *model, guint i)
{
  return g_ptr_array_index (model->items, i);
}

/* --- model ---------------------------------------------------------------------------------------------------------- */

static void
test_items_are_in_order (void)
{
  g_autoptr(GxcTimelineModel) model = gxt_life_new (MANY);
  guint in_lanes = 0;

  g_assert_cmpuint (model->items->len, ==, MANY);
  for (guint i = 1; i < model->items->len; i++)
    {
      g_assert_cmpfloat (item_at (model, i - 1)->at, <=, item_at (model, i)->at);
      g_assert_cmpuint (item_at (model, i)->index, ==, i);
    }
  for (guint i = 0; i < model->lanes->len; i++)
    {
      const GxcTimelineLane *lane = g_ptr_array_index (model->lanes, i);

      in_lanes += lane->items->len;
      for (guint j = 0; j < lane->items->len; j++)
        {
          const GxcTimelineItem *item = g_ptr_array_index (lane->items, j);

          g_assert_cmpuint (item->lane, ==, i);
          g_assert_cmpuint (item->place, ==, j);
          g_assert_cmpint (gxc_timeline_kind_group (item->kind), ==, lane->group);
        }
    }
  g_assert_cmpuint (in_lanes, ==, MANY);
}

static void
test_bands_stand_side_by_side (void)
{
  g_autoptr(GxcTimelineModel) model = gxt_life_new (200);

  for (guint i = 1; i < model->bands->len; i++)
    g_assert_cmpfloat (g_array_index (model->bands, GxcTimelineBand, i - 1).to, ==, g_array_index (model->bands, GxcTimelineBand, i).from);
  g_assert_cmpint (gxc_timeline_model_band_at (model, model->today)->stage, ==, GX_STAGE_LOYAL);
  g_assert_null (gxc_timeline_model_band_at (model, model->from - 1));
}

static void
test_lines_of_a_lane_do_not_cover_each_other (void)
{
  g_autoptr(GxcTimelineModel) model = gxc_timeline_model_new (GXT_LIFE_TODAY);
  GxcTimelineLane *lane = gxc_timeline_model_lane (model, GXC_TIMELINE_PRODUCTS, 0, "Wealth", GXC_TOKEN_CHART_3);
  GxcTimelineItem *closed, *matures;
  const GxId ids[] = { { .b = { 1 } }, { .b = { 2 } }, { .b = { 3 } } };

  gxc_timeline_model_add_span (model, lane, &ids[0], 100, 200);
  gxc_timeline_model_add_span (model, lane, &ids[1], 150, INFINITY);
  gxc_timeline_model_add_span (model, lane, &ids[2], 210, 300);
  closed = gxc_timeline_model_add (model, lane, GXC_TIMELINE_CLOSED, 200);
  closed->id = ids[0];
  matures = gxc_timeline_model_add (model, lane, GXC_TIMELINE_MATURES, 250);
  matures->id = ids[1];
  gxc_timeline_model_finish (model);
  g_assert_cmpuint (closed->line, ==, 0);
  g_assert_cmpuint (matures->line, ==, 1);
  g_assert_cmpuint (lane->n_rows, ==, 2);
  g_assert_cmpuint (g_array_index (model->spans, GxcTimelineSpan, 0).row, ==, 0);
  g_assert_cmpuint (g_array_index (model->spans, GxcTimelineSpan, 1).row, ==, 1);
  g_assert_cmpuint (g_array_index (model->spans, GxcTimelineSpan, 2).row, ==, 0);
  g_assert_true (isfinite (model->to));
}

/* Where a narrow window puts current, card, funds and insurance into one row, none lies on another. */
static void
test_four_lines_have_a_place_each (void)
{
  g_autoptr(GxcTimelineModel) model = gxc_timeline_model_new (GXT_LIFE_TODAY);
  GxcTimelineLane *lane = gxc_timeline_model_lane (model, GXC_TIMELINE_PRODUCTS, 0, "Other products", GXC_TOKEN_DIM);

  for (guint8 i = 0; i < 4; i++)
    gxc_timeline_model_add_span (model, lane, &(GxId) { .b = { i + 1 } }, 100 + i, INFINITY);
  gxc_timeline_model_finish (model);
  g_assert_cmpuint (lane->n_rows, ==, 4);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpuint (g_array_index (model->spans, GxcTimelineSpan, i).row, ==, i);
}

static void
test_assets_between_months_are_in_proportion (void)
{
  g_autoptr(GxcTimelineModel) model = gxc_timeline_model_new (GXT_LIFE_TODAY);

  gxc_timeline_model_add_month (model, 20, 300);
  gxc_timeline_model_add_month (model, 10, 60);
  gxc_timeline_model_add_month (model, 10, 40);
  gxc_timeline_model_finish (model);
  g_assert_cmpuint (model->months->len, ==, 2);
  g_assert_cmpfloat (gxc_timeline_model_value_at (model, 10), ==, 100);
  g_assert_cmpfloat_with_epsilon (gxc_timeline_model_value_at (model, 15), 200, 1e-9);
  g_assert_true (isnan (gxc_timeline_model_value_at (model, 9)));
  g_assert_true (isnan (gxc_timeline_model_value_at (model, 21)));
}

static void
test_tiers_begin_where_the_rule_says (void)
{
  g_assert_cmpint (gx_tier_threshold (GX_TIER_STANDARD, FALSE), ==, 0);
  g_assert_cmpint (gx_tier_threshold (GX_TIER_DIAMOND, FALSE), ==, G_GINT64_CONSTANT (300000000));
  g_assert_cmpint (gx_tier_threshold (GX_TIER_PRIVATE, TRUE), ==, G_GINT64_CONSTANT (10000000000));
  g_assert_cmpint (gx_tier_threshold (0, FALSE), ==, 0);
  g_assert_cmpint (gx_tier_threshold (99, FALSE), ==, 0);
}

static void
test_rare_lanes_become_one (void)
{
  g_autoptr(GxcTimelineModel) model = gxc_timeline_model_new (GXT_LIFE_TODAY);

  for (int key = 1; key <= 6; key++)
    for (int i = 0; i < key; i++)
      gxc_timeline_model_add (model, gxc_timeline_model_lane (model, GXC_TIMELINE_CONTACTS, key, "channel", GXC_TOKEN_DIM), GXC_TIMELINE_IN, 100 + i);
  gxc_timeline_model_name_rest (model, GXC_TIMELINE_CONTACTS, 4, "others", GXC_TOKEN_DIM);
  gxc_timeline_model_finish (model);
  g_assert_cmpuint (model->lanes->len, ==, 4);
  g_assert_cmpuint (((GxcTimelineLane *) model->lanes->pdata[0])->items->len, ==, 4);
  g_assert_cmpuint (((GxcTimelineLane *) model->lanes->pdata[3])->items->len, ==, 1 + 2 + 3);
  g_assert_cmpstr (((GxcTimelineLane *) model->lanes->pdata[3])->label, ==, "others");
  g_assert_cmpuint (model->items->len, ==, 21);
}

/* A life with seven sorts of products, six channels and a maturity in twenty years, as the busiest customer has. */
static GxcTimelineModel *
make_busy_life (void)
{
  GxcTimelineModel *model = gxc_timeline_model_new (GXT_LIFE_TODAY);
  static const GxcTimelineGroup groups[] = { GXC_TIMELINE_PRODUCTS, GXC_TIMELINE_CONTACTS };
  static const int n_keys[] = { 7, 6 };

  for (guint g = 0; g < G_N_ELEMENTS (groups); g++)
    for (int key = 1; key <= n_keys[g]; key++)
      for (int i = 0; i < key; i++)
        {
          GxcTimelineLane *lane = gxc_timeline_model_lane (model, groups[g], key, "lane", GXC_TOKEN_CHART_1 + key % 5);
          GxcTimelineItem *item = gxc_timeline_model_add (model, lane, g ? GXC_TIMELINE_IN : GXC_TIMELINE_OPENED, GXT_LIFE_TODAY - 3000 + 400 * i);

          item->id.b[0] = key * 16 + i + 1;
          if (!g)
            gxc_timeline_model_add_span (model, lane, &item->id, item->at, INFINITY);
        }
  for (int flag = 0; flag < 2; flag++)
    gxc_timeline_model_add (model, gxc_timeline_model_lane (model, GXC_TIMELINE_EVENTS, flag, "flags", GXC_TOKEN_FG), GXC_TIMELINE_EVENT,
                            GXT_LIFE_TODAY - 900)->brief = g_strdup ("New home");
  gxc_timeline_model_add_band (model, GX_STAGE_LOYAL, GXT_LIFE_TODAY - 3000,
                               gxc_timeline_model_add (model, gxc_timeline_model_lane (model, GXC_TIMELINE_STAGES, 0, "stage", GXC_TOKEN_FG),
                                                       GXC_TIMELINE_STAGE, GXT_LIFE_TODAY - 3000));
  gxc_timeline_model_add (model, gxc_timeline_model_lane (model, GXC_TIMELINE_PRODUCTS, 7, "lane", GXC_TOKEN_CHART_3), GXC_TIMELINE_MATURES,
                          GXT_LIFE_TODAY + 7300);
  for (int i = 0; i < 90; i++)
    gxc_timeline_model_add_month (model, GXT_LIFE_TODAY - 30 * i, 5e6 - 4e4 * i);
  gxc_timeline_model_name_rest (model, GXC_TIMELINE_PRODUCTS, G_MAXUINT, "other products", GXC_TOKEN_DIM);
  gxc_timeline_model_name_rest (model, GXC_TIMELINE_CONTACTS, 6, "other channels", GXC_TOKEN_DIM);
  gxc_timeline_model_finish (model);
  return model;
}

/* Each item is in one row, at its place there, whatever the rows are; its colour stays that of its own lane. */
static void
check_rows (const GxcTimelineModel *model, guint n_rows)
{
  guint n = 0, in_rows = 0;

  for (guint i = 0; i < model->lanes->len; i++)
    {
      const GxcTimelineLane *lane = g_ptr_array_index (model->lanes, i);

      n += lane->group == GXC_TIMELINE_PRODUCTS || lane->group == GXC_TIMELINE_CONTACTS;
      in_rows += lane->items->len;
      for (guint j = 0; j < lane->items->len; j++)
        {
          const GxcTimelineItem *item = g_ptr_array_index (lane->items, j);

          g_assert_cmpuint (item->lane, ==, i);
          g_assert_cmpuint (item->place, ==, j);
          g_assert_cmpint (item->home->group, ==, lane->group);
          g_assert_true (item->home == lane || item->home->into == lane);
        }
    }
  g_assert_cmpuint (n, ==, n_rows);
  g_assert_cmpuint (in_rows, ==, model->items->len);
  for (guint i = 0; i < model->spans->len; i++)
    g_assert_true (g_ptr_array_find (model->lanes, g_array_index (model->spans, GxcTimelineSpan, i).in, NULL));
}

static void
test_lanes_share_rows_and_part_again (void)
{
  g_autoptr(GxcTimelineModel) model = make_busy_life ();
  static const struct { guint room, rows; } cases[] = { { 13, 13 }, { 12, 12 }, { 7, 7 }, { 4, 4 }, { 0, 4 }, { 9, 9 }, { G_MAXUINT, 13 } };

  g_assert_cmpuint (gxc_timeline_model_count_rows (model, GXC_TIMELINE_ALL), ==, 13);
  check_rows (model, 13);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gxc_timeline_model_share_lanes (model, GXC_TIMELINE_ALL, cases[i].room);
      check_rows (model, cases[i].rows);
      g_assert_false (gxc_timeline_model_share_lanes (model, GXC_TIMELINE_ALL, cases[i].room));
    }
  g_assert_true (gxc_timeline_model_share_lanes (model, GXC_TIMELINE_ALL & ~(1u << GXC_TIMELINE_CONTACTS), 7));
  check_rows (model, 13);       /* what is hidden takes no room from the others */
}

/* The window of 1024 × 700 leaves the canvas 389 px beside the whole map and the legend. */
static void
test_a_busy_life_fits_a_small_window (void)
{
  g_autoptr(GxcTimelineModel) model = make_busy_life ();
  g_autoptr(GxcTimelineLayout) layout = gxc_timeline_layout_new ();
  GxcTimelineScale scale = gxc_timeline_scale_range (GXT_LIFE_TODAY - 3100, GXT_LIFE_TODAY + 100, 840);
  const GxcTimelineSlot *last;
  int rows = gxc_timeline_layout_room (model, GXC_TIMELINE_ALL, 1, 389);

  g_assert_cmpint (rows, >=, 7);
  g_assert_cmpint (gxc_timeline_layout_room (model, GXC_TIMELINE_ALL, 1.5, 389 * 1.5), ==, rows);
  gxc_timeline_model_share_lanes (model, GXC_TIMELINE_ALL, rows);
  g_assert_cmpint (gxc_timeline_layout_room (model, GXC_TIMELINE_ALL, 1, 389), ==, rows);
  gxc_timeline_layout_update (layout, model, GXC_TIMELINE_ALL, &scale, 1, 84, 389, measure_by_bytes, NULL);
  last = gxc_timeline_layout_row (layout, model->lanes->len - 1);
  g_assert_cmpfloat (layout->assets.height, >=, 130);
  g_assert_cmpfloat (last->top + last->height, <=, 389);
  g_assert_cmpfloat (last->height, >=, 17);
}

/* --- scale ---------------------------------------------------------------------------------------------------------- */

static void
test_scale_is_its_own_inverse (void)
{
  GxcTimelineScale scale = gxc_timeline_scale_range (1000, 4650, 916);

  for (double x = 0; x <= 916; x += 13.7)
    g_assert_cmpfloat_with_epsilon (gxc_timeline_scale_x (&scale, gxc_timeline_scale_at (&scale, x)), x, 1e-6);
}

static void
test_zoom_keeps_what_is_under_the_pointer (void)
{
  GxcTimelineScale scale = gxc_timeline_scale_range (1000, 4650, 916);

  for (double x = 0; x <= 916; x += 101)
    for (double factor = 0.2; factor < 5; factor *= 1.7)
      {
        GxcTimelineScale zoomed = gxc_timeline_scale_zoom (&scale, factor, x);

        g_assert_cmpfloat_with_epsilon (gxc_timeline_scale_at (&zoomed, x), gxc_timeline_scale_at (&scale, x), 1e-6);
      }
}

static void
test_zoom_has_ends (void)
{
  GxcTimelineScale scale = gxc_timeline_scale_range (1000, 4650, 916), near = gxc_timeline_scale_zoom (&scale, 1e9, 0), far = gxc_timeline_scale_zoom (&scale, 1e-9, 0);

  g_assert_cmpfloat_with_epsilon (gxc_timeline_scale_days (&near), GXC_TIMELINE_MIN_DAYS, 1e-9);
  g_assert_cmpfloat_with_epsilon (gxc_timeline_scale_days (&far), GXC_TIMELINE_MAX_DAYS, 1e-6);
}

static void
test_the_way_begins_and_ends_where_it_should (void)
{
  GxcTimelineScale a = gxc_timeline_scale_range (1000, 4650, 916), b = gxc_timeline_scale_range (4000, 4028, 916);
  GxcTimelineScale begin = gxc_timeline_scale_mix (&a, &b, 0), middle = gxc_timeline_scale_mix (&a, &b, 0.5), end = gxc_timeline_scale_mix (&a, &b, 1);

  g_assert_cmpfloat_with_epsilon (begin.from, a.from, 1e-6);
  g_assert_cmpfloat_with_epsilon (begin.per_day, a.per_day, 1e-9);
  g_assert_cmpfloat (end.from, ==, b.from);
  g_assert_cmpfloat_with_epsilon (middle.per_day, sqrt (a.per_day * b.per_day), 1e-9);
  g_assert_cmpfloat (middle.from, >, a.from);
  g_assert_cmpfloat (middle.from, <, b.from);
}

static void
test_each_step_has_its_ticks (void)
{
  for (GxcTimelineStep step = 0; step < GXC_N_STEPS; step++)
    {
      double days = gxc_timeline_step_days (step);
      GxcTimelineScale scale = gxc_timeline_scale_range (GXT_LIFE_TODAY - days, GXT_LIFE_TODAY, 916);
      g_autoptr(GArray) ticks = gxc_timeline_scale_ticks (&scale);

      g_assert_cmpint (gxc_timeline_scale_step (&scale), ==, step);
      g_assert_cmpuint (ticks->len, >, 3);
      g_assert_cmpuint (ticks->len, <, 100);
      for (guint i = 1; i < ticks->len; i++)
        g_assert_cmpfloat (g_array_index (ticks, GxcTimelineTick, i - 1).at, <, g_array_index (ticks, GxcTimelineTick, i).at);
    }
}

static double
measure_letters (gpointer data, const GxcTimelineTick *tick)
{
  return *(double *) data * g_utf8_strlen (tick->label, -1);
}

/* Of the quarters in sight of five years from May on, @width px: how many are named. */
static guint
name_quarters (double width, double letter, GArray **out_ticks)
{
  GxcTimelineScale scale = gxc_timeline_scale_range (gx_date_from_ymd (2021, 5, 20), gx_date_from_ymd (2026, 5, 20), width);
  GArray *ticks = gxc_timeline_scale_ticks (&scale);
  guint n = 0;

  g_assert_cmpint (gxc_timeline_scale_step (&scale), ==, GXC_STEP_QUARTER);
  gxc_timeline_label_ticks (&scale, ticks, 1, measure_letters, &letter);
  for (guint i = 0; i < ticks->len; i++)
    n += !g_array_index (ticks, GxcTimelineTick, i).major && g_array_index (ticks, GxcTimelineTick, i).width > 0;
  *out_ticks = ticks;
  return n;
}

static void
test_quarters_are_named_evenly (void)
{
  static const double widths[] = { 1600, 705, 700, 690, 600 };

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      g_autoptr(GArray) ticks = NULL;
      guint n = name_quarters (widths[i], 9, &ticks), n_third = 0;

      for (guint j = 0; j < ticks->len; j++)
        n_third += g_str_equal (g_array_index (ticks, GxcTimelineTick, j).label, "Q3") && g_array_index (ticks, GxcTimelineTick, j).width > 0;
      g_assert_cmpuint (n_third, >=, 4);
      if (i == 0)
        g_assert_cmpuint (n, >=, 13);
      else
        g_assert_cmpuint (n, ==, n_third);
    }
}

/* Where the axis begins within a year, that year stands at its edge, and touches nothing. */
static void
test_the_first_year_is_named (void)
{
  g_autoptr(GArray) ticks = NULL;
  const GxcTimelineTick *before = NULL;

  name_quarters (1600, 9, &ticks);
  for (guint i = 0; i < ticks->len; i++)
    {
      const GxcTimelineTick *tick = &g_array_index (ticks, GxcTimelineTick, i);

      if (tick->width == 0)
        continue;
      if (!before)
        g_assert_cmpstr (tick->label, ==, "2021");
      g_assert_cmpfloat (tick->x - tick->width / 2, >=, before ? before->x + before->width / 2 + 8 : 0);
      before = tick;
    }
  g_assert_nonnull (before);
}

/* --- layout --------------------------------------------------------------------------------------------------------- */

typedef struct
{
  GxcTimelineModel  *model;
  GxcTimelineLayout *layout;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer n_items)
{
  fixture->model = gxt_life_new (GPOINTER_TO_UINT (n_items));
  fixture->layout = gxc_timeline_layout_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer n_items)
{
  gxc_timeline_layout_free (fixture->layout);
  gxc_timeline_model_unref (fixture->model);
}

static void
lay_out (Fixture *fixture, double from, double to)
{
  GxcTimelineScale scale = gxc_timeline_scale_range (from, to, 916);

  gxc_timeline_layout_update (fixture->layout, fixture->model, GXC_TIMELINE_ALL, &scale, 1, 84, 520, measure_by_bytes, NULL);
}

static const GxcTimelineMark *
mark_at (Fixture *fixture, guint i)
{
  return &g_array_index (fixture->layout->marks, GxcTimelineMark, i);
}

static void
check_marks (Fixture *fixture)
{
  for (guint i = 1; i < fixture->layout->marks->len; i++)
    {
      const GxcTimelineMark *before = mark_at (fixture, i - 1), *mark = mark_at (fixture, i);

      g_assert_cmpuint (before->lane, <=, mark->lane);
      if (before->lane != mark->lane)
        continue;
      g_assert_cmpuint (before->first + before->n, ==, mark->first);
      g_assert_cmpfloat (before->x, <=, mark->x + 1e-9);
      if (before->n > 1 && mark->n > 1)
        g_assert_cmpfloat (before->x + before->half, <, mark->x - mark->half);
      if (before->label)
        g_assert_cmpfloat (before->label_end, <, mark->x - mark->half);
    }
}

static void
test_order_is_kept_and_nothing_covers_a_label (Fixture *fixture, gconstpointer n_items)
{
  for (double days = 3; days < 8000; days *= 1.7)
    for (double end = 0; end < 3600; end += 700)
      {
        lay_out (fixture, GXT_LIFE_TODAY - end - days, GXT_LIFE_TODAY - end);
        check_marks (fixture);
      }
}

static void
test_folds_add_up_to_everything (Fixture *fixture, gconstpointer n_items)
{
  guint n = 0, in_stages = 0;

  lay_out (fixture, fixture->model->from - 10, fixture->model->to + 10);
  for (guint i = 0; i < fixture->layout->marks->len; i++)
    {
      g_assert_true (mark_at (fixture, i)->n == 1 || mark_at (fixture, i)->n >= 3);
      n += mark_at (fixture, i)->n;
    }
  for (guint i = 0; i < fixture->model->items->len; i++)
    in_stages += item_at (fixture->model, i)->kind == GXC_TIMELINE_STAGE;
  g_assert_cmpuint (n + in_stages, ==, fixture->model->items->len);
  g_assert_cmpuint (fixture->layout->marks->len, <, 916);
}

static void
test_panning_changes_no_fold (Fixture *fixture, gconstpointer n_items)
{
  g_autoptr(GHashTable) folds = g_hash_table_new (NULL, NULL);
  guint seen = 0;

  for (double by = 0; by < 200; by += 7.3)
    {
      lay_out (fixture, GXT_LIFE_TODAY - 1600 - by, GXT_LIFE_TODAY - 600 - by);
      for (guint i = 0; i < fixture->layout->marks->len; i++)
        {
          gpointer item = gxc_timeline_mark_item (fixture->layout, mark_at (fixture, i), 0), n = g_hash_table_lookup (folds, item);

          if (n && ++seen)
            g_assert_cmpuint (mark_at (fixture, i)->n, ==, GPOINTER_TO_UINT (n));
          g_hash_table_insert (folds, item, GUINT_TO_POINTER (mark_at (fixture, i)->n));
        }
    }
  g_assert_cmpuint (seen, >, 100);
}

static void
test_what_is_hit_is_what_is_drawn_there (Fixture *fixture, gconstpointer n_items)
{
  guint hits = 0;

  lay_out (fixture, GXT_LIFE_TODAY - 900, GXT_LIFE_TODAY);
  for (guint i = 0; i < fixture->layout->marks->len; i++)
    {
      const GxcTimelineMark *mark = mark_at (fixture, i), *hit;
      const GxcTimelineSlot *slot = &g_array_index (fixture->layout->rows, GxcTimelineSlot, mark->lane);

      hit = gxc_timeline_layout_hit (fixture->layout, fixture->layout->gutter + mark->x, slot->top + slot->height / 2);
      g_assert_nonnull (hit);
      g_assert_cmpuint (hit->lane, ==, mark->lane);
      g_assert_cmpfloat_with_epsilon (hit->x, mark->x, 1e-9);
      hits++;
      g_assert_true (gxc_timeline_layout_mark_of (fixture->layout, gxc_timeline_mark_item (fixture->layout, mark, mark->n - 1)) == mark);
    }
  g_assert_cmpuint (hits, >, 10);
  g_assert_null (gxc_timeline_layout_hit (fixture->layout, fixture->layout->gutter + 300, fixture->layout->assets.top + 20));
}

static void
test_lanes_stand_below_each_other (Fixture *fixture, gconstpointer n_items)
{
  double bottom = 0;

  lay_out (fixture, GXT_LIFE_TODAY - 900, GXT_LIFE_TODAY);
  for (guint i = 0; i < fixture->layout->rows->len; i++)
    {
      const GxcTimelineSlot *slot = &g_array_index (fixture->layout->rows, GxcTimelineSlot, i);

      g_assert_cmpfloat (slot->height, >, 0);
      g_assert_cmpfloat (slot->top, >=, bottom);
      bottom = slot->top + slot->height;
    }
  g_assert_cmpfloat (bottom, <=, 520);
  g_assert_cmpfloat (gxc_timeline_layout_asset_y (fixture->layout, fixture->model->most), >, fixture->layout->assets.top);
  g_assert_cmpfloat (gxc_timeline_layout_asset_y (fixture->layout, 0), <, fixture->layout->assets.top + fixture->layout->assets.height);
}

/* From roomy to the least: first the lanes give, then assets, and nothing ever stands outside. */
static void
test_lanes_give_way_before_assets_do (Fixture *fixture, gconstpointer n_items)
{
  GxcTimelineScale scale = gxc_timeline_scale_range (GXT_LIFE_TODAY - 900, GXT_LIFE_TODAY, 916);
  double least, natural = gxc_timeline_layout_natural (fixture->model, GXC_TIMELINE_ALL, 1, &least), before = INFINITY, bottom = 0;
  guint last = fixture->model->lanes->len - 1;

  for (double height = natural + 60; height >= least; height -= 7)
    {
      double lane, assets;

      gxc_timeline_layout_update (fixture->layout, fixture->model, GXC_TIMELINE_ALL, &scale, 1, 84, height, measure_by_bytes, NULL);
      lane = gxc_timeline_layout_row (fixture->layout, last)->height;
      assets = fixture->layout->assets.height;
      bottom = gxc_timeline_layout_row (fixture->layout, last)->top + lane + fixture->layout->pad;
      g_assert_cmpfloat (lane, <=, before);
      g_assert_true (assets >= 130 - 1e-6 || lane <= 17.5 + 1e-6);
      g_assert_cmpfloat_with_epsilon (bottom, height, 1e-6);
      before = lane;
    }
  g_assert_cmpfloat (before, <, 22);
}

static void
test_a_hidden_group_takes_no_room (Fixture *fixture, gconstpointer n_items)
{
  GxcTimelineScale scale = gxc_timeline_scale_range (GXT_LIFE_TODAY - 900, GXT_LIFE_TODAY, 916);
  double all, few, least;

  all = gxc_timeline_layout_natural (fixture->model, GXC_TIMELINE_ALL, 1, &least);
  few = gxc_timeline_layout_natural (fixture->model, 1u << GXC_TIMELINE_CONTACTS, 1, &least);
  g_assert_cmpfloat (few, <, all);
  gxc_timeline_layout_update (fixture->layout, fixture->model, 1u << GXC_TIMELINE_CONTACTS, &scale, 1, 84, 520, measure_by_bytes, NULL);
  for (guint i = 0; i < fixture->layout->marks->len; i++)
    g_assert_cmpint (((GxcTimelineLane *) fixture->model->lanes->pdata[mark_at (fixture, i)->lane])->group, ==, GXC_TIMELINE_CONTACTS);
  g_assert_cmpuint (fixture->layout->marks->len, >, 0);
}

/* --- keys and list -------------------------------------------------------------------------------------------------- */

static void
test_arrows_visit_every_item_once (Fixture *fixture, gconstpointer n_items)
{
  guint n = 0;
  const GxcTimelineItem *item = NULL;

  while ((item = gxc_timeline_model_step (fixture->model, GXC_TIMELINE_ALL, item, 1)))
    g_assert_cmpuint (item->index, ==, n++);
  g_assert_cmpuint (n, ==, fixture->model->items->len);
  while ((item = gxc_timeline_model_step (fixture->model, GXC_TIMELINE_ALL, item, -1)))
    g_assert_cmpuint (item->index, ==, --n);
  g_assert_cmpuint (n, ==, 0);
}

static void
test_arrows_skip_what_is_hidden (Fixture *fixture, gconstpointer n_items)
{
  guint shown = 1u << GXC_TIMELINE_EVENTS, n = 0, all = 0;

  for (guint i = 0; i < fixture->model->items->len; i++)
    all += gxc_timeline_kind_group (item_at (fixture->model, i)->kind) == GXC_TIMELINE_EVENTS;
  for (const GxcTimelineItem *item = gxc_timeline_model_step (fixture->model, shown, NULL, 1); item;
       item = gxc_timeline_model_step (fixture->model, shown, item, 1))
    {
      g_assert_cmpint (gxc_timeline_kind_group (item->kind), ==, GXC_TIMELINE_EVENTS);
      n++;
    }
  g_assert_cmpuint (n, ==, all);
  g_assert_null (gxc_timeline_model_step (fixture->model, 0, NULL, 1));
}

static void
test_up_and_down_go_through_every_lane (Fixture *fixture, gconstpointer n_items)
{
  const GxcTimelineItem *item = gxc_timeline_model_step (fixture->model, GXC_TIMELINE_ALL, NULL, 1);
  guint lane = item->lane;

  for (const GxcTimelineItem *next = item; next; next = gxc_timeline_model_step_lane (fixture->model, GXC_TIMELINE_ALL, next, 1))
    g_assert_cmpuint (next->lane, ==, lane++);
  g_assert_cmpuint (lane, ==, fixture->model->lanes->len);
}

static void
test_the_list_has_a_heading_a_year_and_one_for_today (Fixture *fixture, gconstpointer n_items)
{
  GtkWidget *list = g_object_ref_sink (gxc_timeline_list_new ());
  int from, to, month, day;

  gx_date_to_ymd ((gint32) floor (item_at (fixture->model, 0)->at), &from, &month, &day);
  gx_date_to_ymd ((gint32) floor (item_at (fixture->model, fixture->model->items->len - 1)->at), &to, &month, &day);
  g_assert_cmpfloat (item_at (fixture->model, fixture->model->items->len - 1)->at, >, fixture->model->today);
  gxc_timeline_list_set_model (GXC_TIMELINE_LIST (list), fixture->model, GXC_TIMELINE_ALL);
  g_assert_cmpuint (g_list_model_get_n_items (gxc_timeline_list_get_rows (GXC_TIMELINE_LIST (list))), ==, fixture->model->items->len + to - from + 1 + 1);
  gxc_timeline_list_set_model (GXC_TIMELINE_LIST (list), fixture->model, 0);
  g_assert_cmpuint (g_list_model_get_n_items (gxc_timeline_list_get_rows (GXC_TIMELINE_LIST (list))), ==, 0);
  g_assert_finalize_object (list);
}

/* Whether a row with these words is in sight. */
static gboolean
sees (GtkWidget *widget, GtkWidget *within, const char *words)
{
  graphene_rect_t bounds;

  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), words))
    return gtk_widget_compute_bounds (widget, within, &bounds) && bounds.origin.y >= 0
           && bounds.origin.y + bounds.size.height <= gtk_widget_get_height (within);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (sees (child, within, words))
      return TRUE;
  return FALSE;
}

/* Thirty maturities to come, and a hundred contacts that were: neither end of the list is where it opens. */
static GxcTimelineModel *
make_life_with_a_future (void)
{
  GxcTimelineModel *model = gxc_timeline_model_new (GXT_LIFE_TODAY);

  for (int i = 0; i < 130; i++)
    {
      gboolean past = i < 100;
      GxcTimelineLane *lane = gxc_timeline_model_lane (model, past ? GXC_TIMELINE_CONTACTS : GXC_TIMELINE_PRODUCTS, 0, "lane", GXC_TOKEN_DIM);
      GxcTimelineItem *item = gxc_timeline_model_add (model, lane, past ? GXC_TIMELINE_IN : GXC_TIMELINE_MATURES,
                                                      GXT_LIFE_TODAY + (past ? -30 * i : 90 * (i - 99)));

      item->what = g_strdup ("what");
      item->text = g_strdup_printf ("item %d", i);
    }
  gxc_timeline_model_finish (model);
  return model;
}

static void
test_the_list_opens_at_today (void)
{
  g_autoptr(GxcTimelineModel) model = make_life_with_a_future ();
  GtkWidget *window = gtk_window_new (), *list = gxc_timeline_list_new ();

  gxc_timeline_list_set_model (GXC_TIMELINE_LIST (list), model, GXC_TIMELINE_ALL);
  gtk_window_set_child (GTK_WINDOW (window), list);
  gtk_window_set_default_size (GTK_WINDOW (window), 900, 400);
  gtk_window_present (GTK_WINDOW (window));
  gxt_wait_shown (GTK_WINDOW (window));
  GXT_WAIT_FOR (sees (list, list, "Today"));
  GXT_WAIT_FOR (sees (list, list, "item 0"));          /* the latest that was */
  GXT_WAIT_FOR (sees (list, list, "item 100"));        /* the next that is to come */
  g_assert_false (sees (list, list, "item 129"));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* --- the widget ----------------------------------------------------------------------------------------------------- */

static void
test_a_fake_desk_s_customer_is_gathered (void)
{
  g_autoptr(GxtFakeDesk) desk = gxt_fake_desk_new ("RM");
  g_autoptr(GxcTimelineModel) model = NULL;
  g_autoptr(GError) error = NULL;
  GxId nobody = { .b = { 1, 2, 3 } };

  gxt_fake_desk_fill (desk, 3);
  model = gxc_timeline_gather (GXC_DESK (desk), gx_record_get_id (gxt_fake_desk_rows (desk, &gx_customer_entity)->pdata[0]), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (model->items->len, >, 1);
  g_assert_true (gxc_timeline_model_has (model, GXC_TIMELINE_STAGES));
  for (guint i = 0; i < model->items->len; i++)
    {
      g_assert_nonnull (item_at (model, i)->what);
      g_assert_nonnull (item_at (model, i)->text);
      g_assert_nonnull (item_at (model, i)->entity);
    }
  g_assert_null (gxc_timeline_gather (GXC_DESK (desk), &nobody, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_NOT_FOUND);
}

/* The pointer's controller of a kind. */
static gpointer
controller_of (gpointer widget, GType type)
{
  g_autoptr(GListModel) all = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (all, i);

      if (G_OBJECT_TYPE (controller) == type)
        return controller;        /* the widget has it too */
    }
  return NULL;
}

static GxcTimelineScale
scale_of (GxcTimelineCanvas *canvas)
{
  gxt_wait_ms (400);        /* it may glide there */
  return *gxc_timeline_canvas_get_scale (canvas);
}

/* What the wheel, a drag and the frame of the small map do to the days that are seen; fingers cannot be made up here. */
static void
test_pointer_zooms_and_pans (void)
{
  g_autoptr(GxtFakeDesk) desk = gxt_fake_desk_new ("RM");
  GtkWidget *window = gtk_window_new (), *timeline, *strip;
  GxcTimelineCanvas *canvas;
  GxcTimelineScale before, now;
  gpointer drag, map;
  gboolean taken = FALSE;

  gxt_fake_desk_fill (desk, 3);
  timeline = gxc_timeline_new (GXC_DESK (desk), gx_record_get_id (gxt_fake_desk_rows (desk, &gx_customer_entity)->pdata[0]));
  gtk_window_set_default_size (GTK_WINDOW (window), 1200, 700);
  gtk_window_set_child (GTK_WINDOW (window), timeline);
  gxc_timeline_refresh (GXC_TIMELINE (timeline));
  gtk_window_present (GTK_WINDOW (window));
  gxt_wait_shown (GTK_WINDOW (window));
  canvas = GXC_TIMELINE_CANVAS (gxc_timeline_get_canvas (GXC_TIMELINE (timeline)));
  before = scale_of (canvas);
  g_signal_emit_by_name (controller_of (canvas, GTK_TYPE_EVENT_CONTROLLER_SCROLL), "scroll", 0.0, -1.0, &taken);
  g_assert_true (taken);
  now = scale_of (canvas);
  g_assert_cmpfloat (gxc_timeline_scale_days (&now), <, gxc_timeline_scale_days (&before));

  before = now;
  drag = controller_of (canvas, GTK_TYPE_GESTURE_DRAG);
  g_signal_emit_by_name (drag, "drag-begin", 300.0, 200.0);
  g_signal_emit_by_name (drag, "drag-update", 50.0, 0.0);
  now = scale_of (canvas);
  g_assert_cmpfloat_with_epsilon (now.from, before.from - 50 / before.per_day, 1);

  for (guint i = 0; i < 6; i++)
    g_signal_emit_by_name (controller_of (canvas, GTK_TYPE_EVENT_CONTROLLER_SCROLL), "scroll", 0.0, -1.0, &taken);
  before = scale_of (canvas);
  strip = gxt_find (timeline, GXC_TYPE_TIMELINE_MAP);
  map = controller_of (strip, GTK_TYPE_GESTURE_DRAG);
  g_signal_emit_by_name (map, "drag-begin", gtk_widget_get_width (strip) - 40.0, 10.0);        /* beside the frame: there it goes */
  now = scale_of (canvas);
  g_assert_cmpfloat (now.from, >, before.from);
  g_signal_emit_by_name (map, "drag-update", -100.0, 0.0);
  before = scale_of (canvas);
  g_assert_cmpfloat (before.from, <, now.from);
  g_signal_emit_by_name (map, "drag-end", -100.0, 0.0);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
on_activated_cb (GtkWidget *timeline, const GxEntity *entity, const GxId *id, gpointer data)
{
  (*(guint *) data)++;
}

static void
test_canvas_and_list_have_one_choice (void)
{
  g_autoptr(GxtFakeDesk) desk = gxt_fake_desk_new ("RM");
  GtkWidget *window = gtk_window_new (), *timeline;
  GxcTimelineCanvas *canvas;
  guint activated = 0;

  gxt_fake_desk_fill (desk, 3);
  timeline = gxc_timeline_new (GXC_DESK (desk), gx_record_get_id (gxt_fake_desk_rows (desk, &gx_customer_entity)->pdata[0]));
  gtk_window_set_default_size (GTK_WINDOW (window), 1200, 700);
  gtk_window_set_child (GTK_WINDOW (window), timeline);
  gxc_timeline_refresh (GXC_TIMELINE (timeline));
  g_signal_connect (timeline, "item-activated", G_CALLBACK (on_activated_cb), &activated);
  gtk_window_present (GTK_WINDOW (window));
  gxt_wait_shown (GTK_WINDOW (window));
  gxt_wait_ms (200);
  GXT_WAIT_FOR (!gxc_timeline_is_list (GXC_TIMELINE (timeline)));

  canvas = GXC_TIMELINE_CANVAS (gxc_timeline_get_canvas (GXC_TIMELINE (timeline)));
  gxc_timeline_canvas_select (canvas, gxc_timeline_canvas_get_layout (canvas)->model->items->pdata[0]);
  g_assert_nonnull (gxc_timeline_canvas_get_selected (canvas));
  g_signal_emit_by_name (canvas, "activated", gxc_timeline_canvas_get_selected (canvas));
  g_assert_cmpuint (activated, ==, 1);
  gxc_timeline_refresh (GXC_TIMELINE (timeline));
  g_assert_nonnull (gxc_timeline_canvas_get_selected (canvas));
  gtk_widget_activate_action (timeline, "timeline.list", "b", TRUE);
  g_assert_true (gxc_timeline_is_list (GXC_TIMELINE (timeline)));
  gtk_widget_activate_action (timeline, "timeline.turn", NULL);
  g_assert_false (gxc_timeline_is_list (GXC_TIMELINE (timeline)));
  gtk_widget_activate_action (timeline, "timeline.filter", "i", GXC_TIMELINE_STAGES);
  g_assert_cmpuint (gxc_timeline_canvas_get_layout (canvas)->groups, ==, GXC_TIMELINE_ALL & ~(1u << GXC_TIMELINE_STAGES));
  gtk_widget_activate_action (timeline, "timeline.filter", "i", GXC_TIMELINE_STAGES);
  g_assert_cmpuint (gxc_timeline_canvas_get_layout (canvas)->groups, ==, GXC_TIMELINE_ALL);
  gtk_window_destroy (GTK_WINDOW (window));
}

static guint
count_ticks (GtkWidget *widget)
{
  g_autoptr(GPtrArray) images = gxt_find_all (widget, GTK_TYPE_IMAGE);
  guint n = 0;

  for (guint i = 0; i < images->len; i++)
    n += gtk_widget_get_mapped (images->pdata[i]) && g_strcmp0 (gtk_image_get_icon_name (images->pdata[i]), "object-select-symbolic") == 0;
  return n;
}

/* What the window of 1024 × 700 leaves below the customer's tabs: assets, map and legend are all there, and what is shown has
 * a tick. */
static void
test_a_small_window_has_all_of_it (void)
{
  g_autoptr(GxtFakeDesk) desk = gxt_fake_desk_new ("RM");
  GtkWidget *window = gtk_window_new (), *timeline, *map;
  GxcTimelineCanvas *canvas;
  guint ticks;

  gxt_fake_desk_fill (desk, 3);
  timeline = gxc_timeline_new (GXC_DESK (desk), gx_record_get_id (gxt_fake_desk_rows (desk, &gx_customer_entity)->pdata[0]));
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), 928, 528);
  gtk_window_set_child (GTK_WINDOW (window), timeline);
  gxc_timeline_refresh (GXC_TIMELINE (timeline));
  gtk_window_present (GTK_WINDOW (window));
  gxt_wait_shown (GTK_WINDOW (window));
  gxt_wait_ms (200);
  canvas = GXC_TIMELINE_CANVAS (gxc_timeline_get_canvas (GXC_TIMELINE (timeline)));
  map = gxt_find (timeline, GXC_TYPE_TIMELINE_MAP);
  g_assert_cmpint (gtk_widget_get_height (timeline), ==, 528);
  g_assert_cmpint (gtk_widget_get_height (map), ==, 64);
  g_assert_true (gtk_widget_get_mapped (gtk_widget_get_next_sibling (map)));        /* the legend */
  g_assert_cmpfloat (gxc_timeline_canvas_get_layout (canvas)->assets.height, >=, 130);
  ticks = count_ticks (timeline);
  g_assert_cmpuint (ticks, >=, 3);
  gtk_widget_activate_action (timeline, "timeline.filter", "i", GXC_TIMELINE_STAGES);
  gxt_wait_ms (100);
  GXT_WAIT_FOR (count_ticks (timeline) == ticks - 1);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Who may write is told how; who may only look is not. */
static void
test_an_empty_one_says_what_to_do (void)
{
  static const struct { const char *role, *words; } cases[] = {
    { "RM", "Ctrl+I logs the first interaction." }, { "SUPERVISOR", "What the customer's manager writes appears here." },
  };
  const GxId nobody = { .b = { 1, 2, 3 } };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GxtFakeDesk) desk = gxt_fake_desk_new (cases[i].role);
      GtkWidget *window = gtk_window_new (), *timeline = gxc_timeline_new (GXC_DESK (desk), &nobody);

      gtk_window_set_child (GTK_WINDOW (window), timeline);
      gxc_timeline_refresh (GXC_TIMELINE (timeline));
      gtk_window_present (GTK_WINDOW (window));
      gxt_wait_shown (GTK_WINDOW (window));
      g_assert_true (gxt_wait_saying (window, cases[i].words, 1));
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

/* What cannot be read is said, with a way to try again; it does not look like a life in which nothing happened. */
static void
test_an_error_is_said (void)
{
  g_autoptr(GxtFakeDesk) desk = gxt_fake_desk_new ("RM");
  g_autoptr(GError) error = g_error_new (GX_ERROR, GX_ERROR_IO, "the disk is gone");
  GtkWidget *window = gtk_window_new (), *timeline;

  gxt_fake_desk_fill (desk, 3);
  timeline = gxc_timeline_new (GXC_DESK (desk), gx_record_get_id (gxt_fake_desk_rows (desk, &gx_customer_entity)->pdata[0]));
  gtk_window_set_default_size (GTK_WINDOW (window), 1200, 700);
  gtk_window_set_child (GTK_WINDOW (window), timeline);
  gxt_fake_desk_fail_reading (desk, error);
  gxc_timeline_refresh (GXC_TIMELINE (timeline));
  gtk_window_present (GTK_WINDOW (window));
  gxt_wait_shown (GTK_WINDOW (window));
  g_assert_true (gxt_wait_saying (window, "This could not be read", 1));
  GXT_WAIT_FOR (gxt_count_saying (window, "Try again"));
  gxc_timeline_refresh (GXC_TIMELINE (timeline));
  g_assert_true (gtk_widget_get_mapped (gxc_timeline_get_canvas (GXC_TIMELINE (timeline))));
  gtk_window_destroy (GTK_WINDOW (window));
}

static guint
count_rows (GtkWidget *widget)
{
  guint n = GXC_IS_TIMELINE_ROW (widget) && gtk_widget_get_mapped (widget) && gtk_widget_get_child_visible (gtk_widget_get_parent (widget));

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    n += count_rows (child);
  return n;
}

static gboolean
is_chosen (GtkWidget *row)
{
  return row && gtk_widget_get_state_flags (row) & GTK_STATE_FLAG_SELECTED;
}

/* Chosen while nobody sees it, the list is full when it is shown, and the arrows go on from the choice. */
static void
test_the_list_is_full_when_it_comes (Fixture *fixture, gconstpointer n_items)
{
  GtkWidget *window = gtk_window_new (), *stack = gtk_stack_new (), *list = gxc_timeline_list_new ();
  const GxcTimelineItem *item = item_at (fixture->model, fixture->model->items->len / 2);

  gtk_stack_add_named (GTK_STACK (stack), gtk_label_new ("canvas"), "canvas");
  gtk_stack_add_named (GTK_STACK (stack), list, "list");
  gtk_window_set_child (GTK_WINDOW (window), stack);
  gtk_window_set_default_size (GTK_WINDOW (window), 900, 600);
  gxc_timeline_list_set_model (GXC_TIMELINE_LIST (list), fixture->model, GXC_TIMELINE_ALL);
  gtk_window_present (GTK_WINDOW (window));
  gxt_wait_shown (GTK_WINDOW (window));
  gxc_timeline_list_select (GXC_TIMELINE_LIST (list), item);
  gtk_stack_set_visible_child_name (GTK_STACK (stack), "list");
  gtk_widget_grab_focus (list);
  GXT_WAIT_FOR (is_chosen (gtk_window_get_focus (GTK_WINDOW (window))));
  GXT_WAIT_FOR (count_rows (list) >= 600 / 40);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_a_pdf_is_written (Fixture *fixture, gconstpointer n_items)
{
  GtkWidget *canvas = g_object_ref_sink (gxc_timeline_canvas_new ());
  GxcTimelineScale scale = gxc_timeline_scale_range (fixture->model->from, fixture->model->to, 900);
  g_autofree char *folder = g_dir_make_tmp ("gxt-XXXXXX", NULL), *path = g_build_filename (folder, "life.pdf", NULL), *contents = NULL;
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GxcTimelinePaper) paper = NULL;
  const GxcTimelineHead head = { "张* 2217", "东澜银行", "林悦" };
  g_autoptr(GError) error = NULL;
  gsize size;

  paper = gxc_timeline_paper_new (canvas, fixture->model, GXC_TIMELINE_ALL, &scale, &head);
  g_assert_true (gxc_timeline_export_pdf (paper, file, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
  g_assert_true (size > 10000 && g_str_has_prefix (contents, "%PDF-"));
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_clear_pointer (&paper, gxc_timeline_paper_free);
  g_assert_finalize_object (canvas);
}

/* Every item and every year once, a year again where a page begins inside it; never a page without a line. */
static void
test_pages_hold_every_item (Fixture *fixture, gconstpointer n_items)
{
  GtkWidget *canvas = g_object_ref_sink (gxc_timeline_canvas_new ());
  GxcTimelineScale scale = gxc_timeline_scale_range (fixture->model->from, fixture->model->to, 900);
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cairo_t *cr = cairo_create (surface);
  const GxcTimelineHead head = { "张* 2217", NULL, NULL };
  int before = G_MAXINT;

  for (double height = 300; height < 900; height += 150)
    {
      g_autoptr(GxcTimelinePaper) paper = gxc_timeline_paper_new (canvas, fixture->model, GXC_TIMELINE_ALL, &scale, &head);
      PangoContext *context = pango_cairo_create_context (cr);
      int per_page = (height - 46 - 26) / 18, n_pages = gxc_timeline_paper_begin (paper, context, 1000, height) - 1;

      g_assert_cmpint (n_pages, >=, ((int) fixture->model->items->len + 11) / per_page);
      g_assert_cmpint (n_pages, <=, ((int) fixture->model->items->len + 2 * 12 + n_pages) / per_page + 1);
      g_assert_cmpint (n_pages, <, before);
      for (int page = 0; page <= n_pages; page++)
        gxc_timeline_paper_draw (paper, cr, page);
      g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
      before = n_pages;
      g_object_unref (context);
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  g_assert_finalize_object (canvas);
}

#define ADD(path, n, func) g_test_add (path, Fixture, GUINT_TO_POINTER (n), set_up, func, tear_down)

int
main (int argc, char **argv)
{
  adw_init ();
  g_test_init (&argc, &argv, NULL);
  gxc_widgets_init ();
  gxc_look_install (gdk_display_get_default ());

  g_test_add_func ("/timeline/model/items_are_in_order", test_items_are_in_order);
  g_test_add_func ("/timeline/model/bands_stand_side_by_side", test_bands_stand_side_by_side);
  g_test_add_func ("/timeline/model/lines_of_a_lane_do_not_cover_each_other", test_lines_of_a_lane_do_not_cover_each_other);
  g_test_add_func ("/timeline/model/four_lines_have_a_place_each", test_four_lines_have_a_place_each);
  g_test_add_func ("/timeline/model/assets_between_months_are_in_proportion", test_assets_between_months_are_in_proportion);
  g_test_add_func ("/timeline/model/tiers_begin_where_the_rule_says", test_tiers_begin_where_the_rule_says);
  g_test_add_func ("/timeline/model/rare_lanes_become_one", test_rare_lanes_become_one);
  g_test_add_func ("/timeline/model/lanes_share_rows_and_part_again", test_lanes_share_rows_and_part_again);
  g_test_add_func ("/timeline/layout/a_busy_life_fits_a_small_window", test_a_busy_life_fits_a_small_window);
  g_test_add_func ("/timeline/list/opens_at_today", test_the_list_opens_at_today);
  g_test_add_func ("/timeline/scale/is_its_own_inverse", test_scale_is_its_own_inverse);
  g_test_add_func ("/timeline/scale/zoom_keeps_what_is_under_the_pointer", test_zoom_keeps_what_is_under_the_pointer);
  g_test_add_func ("/timeline/scale/zoom_has_ends", test_zoom_has_ends);
  g_test_add_func ("/timeline/scale/the_way_begins_and_ends_where_it_should", test_the_way_begins_and_ends_where_it_should);
  g_test_add_func ("/timeline/scale/each_step_has_its_ticks", test_each_step_has_its_ticks);
  g_test_add_func ("/timeline/scale/quarters_are_named_evenly", test_quarters_are_named_evenly);
  g_test_add_func ("/timeline/scale/the_first_year_is_named", test_the_first_year_is_named);
  ADD ("/timeline/layout/order_is_kept_and_nothing_covers_a_label", MANY, test_order_is_kept_and_nothing_covers_a_label);
  ADD ("/timeline/layout/order_is_kept_with_few_items_too", 200, test_order_is_kept_and_nothing_covers_a_label);
  ADD ("/timeline/layout/folds_add_up_to_everything", MANY, test_folds_add_up_to_everything);
  ADD ("/timeline/layout/panning_changes_no_fold", 2000, test_panning_changes_no_fold);
  ADD ("/timeline/layout/what_is_hit_is_what_is_drawn_there", MANY, test_what_is_hit_is_what_is_drawn_there);
  ADD ("/timeline/layout/lanes_stand_below_each_other", 200, test_lanes_stand_below_each_other);
  ADD ("/timeline/layout/lanes_give_way_before_assets_do", 200, test_lanes_give_way_before_assets_do);
  ADD ("/timeline/layout/a_hidden_group_takes_no_room", 200, test_a_hidden_group_takes_no_room);
  ADD ("/timeline/keys/arrows_visit_every_item_once", MANY, test_arrows_visit_every_item_once);
  ADD ("/timeline/keys/arrows_skip_what_is_hidden", 2000, test_arrows_skip_what_is_hidden);
  ADD ("/timeline/keys/up_and_down_go_through_every_lane", 2000, test_up_and_down_go_through_every_lane);
  ADD ("/timeline/list/has_a_heading_a_year_and_one_for_today", MANY, test_the_list_has_a_heading_a_year_and_one_for_today);
  g_test_add_func ("/timeline/desk/a_customer_is_gathered", test_a_fake_desk_s_customer_is_gathered);
  g_test_add_func ("/timeline/widget/pointer_zooms_and_pans", test_pointer_zooms_and_pans);
  g_test_add_func ("/timeline/widget/canvas_and_list_have_one_choice", test_canvas_and_list_have_one_choice);
  g_test_add_func ("/timeline/widget/a_small_window_has_all_of_it", test_a_small_window_has_all_of_it);
  g_test_add_func ("/timeline/widget/an_error_is_said_and_can_be_tried_again", test_an_error_is_said);
  g_test_add_func ("/timeline/widget/an_empty_one_says_what_to_do", test_an_empty_one_says_what_to_do);
  ADD ("/timeline/list/is_full_when_it_comes", 2000, test_the_list_is_full_when_it_comes);
  ADD ("/timeline/paper/pages_hold_every_item", 500, test_pages_hold_every_item);
  ADD ("/timeline/paper/a_pdf_is_written", 500, test_a_pdf_is_written);
  return g_test_run ();
}
