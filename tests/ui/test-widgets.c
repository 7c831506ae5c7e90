/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each widget: made, set, read back, and gone without a trace. What it looks like is the gallery's business. */

#include <adwaita.h>

#include "gxc-diff.h"
#include "gxc-format.h"
#include "gxc-widgets.h"
#include "gxt-screenshot.h"

#define MINUTE G_GINT64_CONSTANT (60000)
#define HOUR   (60 * MINUTE)

static gboolean
has_class_within (GtkWidget *widget, const char *css_class)
{
  if (gtk_widget_has_css_class (widget, css_class))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (has_class_within (child, css_class))
      return TRUE;
  return FALSE;
}

static void
test_banner (void)
{
  GtkWidget *banner = g_object_ref_sink (gxc_banner_new ());

  g_assert_false (gxc_banner_is_shown (GXC_BANNER (banner)));
  gxc_banner_show (GXC_BANNER (banner), GXC_BANNER_ATTENTION, "network-offline-symbolic", "Offline", "all is kept");
  gxc_banner_set_action (GXC_BANNER (banner), "Retry", "win.sync");
  g_assert_true (gxc_banner_is_shown (GXC_BANNER (banner)));
  g_assert_true (has_class_within (banner, "amber"));
  gxc_banner_show (GXC_BANNER (banner), GXC_BANNER_INFORMATION, "changes-prevent-symbolic", "Review", NULL);
  g_assert_false (has_class_within (banner, "amber"));
  gxt_show_once (banner);
  gxc_banner_hide (GXC_BANNER (banner));
  g_assert_false (gxc_banner_is_shown (GXC_BANNER (banner)));
  g_assert_finalize_object (banner);
}

static void
test_tile (void)
{
  GtkWidget *tile = g_object_ref_sink (gxc_tile_new ("Assets"));
  const double values[] = { 1, 3, 2 };

  gxc_tile_set_figure (GXC_TILE (tile), "536.20", "万元", "11-23");
  gxc_tile_set_note (GXC_TILE (tile), GXC_TONE_GREEN, "▲ 2.4 %");
  gxc_tile_set_values (GXC_TILE (tile), values, 3, GXC_TOKEN_CHART_1);
  g_assert_true (has_class_within (tile, "gx-green"));
  gxt_show_once (tile);
  gxc_tile_set_missing (GXC_TILE (tile), "assess");
  g_assert_true (gtk_widget_has_css_class (tile, "missing"));
  g_assert_false (has_class_within (tile, "gx-green"));
  gxc_tile_set_figure (GXC_TILE (tile), "C4", NULL, NULL);
  g_assert_false (gtk_widget_has_css_class (tile, "missing"));
  g_assert_finalize_object (tile);
}

static void
test_tier_badge (void)
{
  GtkWidget *badge = g_object_ref_sink (gxc_tier_badge_new ());

  gxc_tier_badge_set_tier (GXC_TIER_BADGE (badge), "GOLD", "Gold");
  g_assert_true (has_class_within (badge, "gold"));
  gxc_tier_badge_set_tier (GXC_TIER_BADGE (badge), "PRIVATE", "Private");
  g_assert_false (has_class_within (badge, "gold"));
  g_assert_true (has_class_within (badge, "private"));
  g_assert_cmpstr (gxc_tier_badge_get_code (GXC_TIER_BADGE (badge)), ==, "PRIVATE");
  gxt_show_once (badge);
  gxc_tier_badge_set_tier (GXC_TIER_BADGE (badge), NULL, NULL);
  g_assert_null (gxc_tier_badge_get_code (GXC_TIER_BADGE (badge)));
  g_assert_finalize_object (badge);
}

static void
test_stage_glyph (void)
{
  static const char * const codes[] = { "PROSPECT", "NEW", "MATURE", "LOYAL", "DECLINING", "LOST", "WON_BACK" };
  GtkWidget *glyph = g_object_ref_sink (gxc_stage_glyph_new ());
  int alone, with_word;

  gtk_widget_measure (glyph, GTK_ORIENTATION_HORIZONTAL, -1, &alone, NULL, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      gxc_stage_glyph_set_stage (GXC_STAGE_GLYPH (glyph), codes[i], "word");
      gxt_show_once (glyph);
    }
  gtk_widget_measure (glyph, GTK_ORIENTATION_HORIZONTAL, -1, &with_word, NULL, NULL, NULL);
  g_assert_cmpint (with_word, >, alone);
  g_assert_finalize_object (glyph);
}

static void
test_state_chip (void)
{
  GtkWidget *chip = g_object_ref_sink (gxc_state_chip_new (GXC_STATE_OK, "Synced"));

  g_assert_true (has_class_within (chip, "ok"));
  for (GxcState state = 0; state < GXC_N_STATES; state++)
    {
      gxc_state_chip_set (GXC_STATE_CHIP (chip), state, "words");
      g_assert_true (has_class_within (chip, gxc_state_css_class (state)));
    }
  g_assert_false (has_class_within (chip, "ok"));
  gxt_show_once (chip);
  g_assert_finalize_object (chip);
}

static void
test_keycap (void)
{
  GtkWidget *button = g_object_ref_sink (gxc_button_new ("Approve", "A", "win.approve"));

  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (button)), ==, "win.approve");
  g_assert_true (has_class_within (button, "gx-keycap"));
  gxt_show_once (button);
  g_assert_finalize_object (button);
}

static void
test_clock_chip (void)
{
  GxFakeClock clock;
  GtkWidget *chip;

  gx_fake_clock_init (&clock, 1000 * HOUR);
  chip = g_object_ref_sink (gxc_clock_chip_new (&clock.parent));
  gxc_clock_chip_set_span (GXC_CLOCK_CHIP (chip), clock.now - HOUR, clock.now + 100 * HOUR);
  g_assert_false (has_class_within (chip, "red"));
  clock.now += 100 * HOUR + MINUTE;
  gxt_show_once (chip);
  g_assert_true (has_class_within (chip, "red"));
  gxc_clock_chip_set_done (GXC_CLOCK_CHIP (chip), clock.now - HOUR, clock.now);
  g_assert_false (has_class_within (chip, "red"));
  g_assert_finalize_object (chip);
}

static void
test_clock_reading (void)
{
  /* 1970-02-11 16:00 UTC is 00:00 in Shanghai: 24 h of today are ahead */
  const gint64 midnight = (41 * 24 + 16) * HOUR;
  static const struct { gint64 started, due; GxcClockTone tone; const char *words; } cases[] = {
    { -HOUR, 79 * HOUR, GXC_CLOCK_NEUTRAL, "3 d 7 h" },
    { -100 * HOUR, 26 * HOUR, GXC_CLOCK_AMBER, "1 d 2 h" },
    { -HOUR, 5 * HOUR + 8 * MINUTE, GXC_CLOCK_AMBER, "5 h 08 min" },
    { -HOUR, 18 * MINUTE, GXC_CLOCK_RED, "18 min" },
    { -HOUR, -12 * MINUTE, GXC_CLOCK_RED, "12 min late" },
    { -HOUR, MINUTE, GXC_CLOCK_RED, "60 s" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GxcClockReading reading;

      gxc_clock_read (midnight + cases[i].started, midnight + cases[i].due, midnight, &reading);
      g_assert_cmpint (reading.tone, ==, cases[i].tone);
      g_assert_cmpstr (reading.words, ==, cases[i].words);
      g_free (reading.words);
    }
}

static void
test_sync_indicator (void)
{
  const gint64 now = 1000 * HOUR;
  const struct { GxcSyncSummary summary; const char *words, *css_class; } cases[] = {
    { { .online = TRUE, .synced_at = now - MINUTE }, "Synced · 1 min ago", "ok" },
    { { .online = TRUE }, "Not synced yet", "ok" },
    { { .online = FALSE, .waiting = 4 }, "Offline · 4 waiting", "waiting" },
    { { .online = FALSE, .waiting = 4, .problem = "The certificate is not trusted" }, "Not syncing · 4 waiting", "waiting" },
    { { .online = TRUE, .waiting = 4, .conflicts = 1, .refused = 2 }, "2 refused · 1 conflict · 4 waiting", "refused" },
    { { .online = TRUE, .busy = TRUE }, "Syncing…", "draft" },
    { { .online = TRUE, .busy = TRUE, .coming = TRUE, .done = 1180, .total = 2000 }, "First sync 1,180 / 2,000", "draft" },
  };
  GtkWidget *indicator = g_object_ref_sink (gxc_sync_indicator_new ());

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = gxc_sync_summary_words (&cases[i].summary, now);

      g_assert_cmpstr (words, ==, cases[i].words);
      gxc_sync_indicator_update (GXC_SYNC_INDICATOR (indicator), &cases[i].summary, now);
      g_assert_true (gtk_widget_has_css_class (indicator, cases[i].css_class));
    }
  gxt_show_once (indicator);
  g_assert_finalize_object (indicator);
}

static char *
side_of (GArray *runs, GxcDiffKind side)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < runs->len; i++)
    {
      GxcDiffRun *run = &g_array_index (runs, GxcDiffRun, i);

      if (run->kind == side)
        g_string_append_printf (text, "[%s]", run->text);
      else if (run->kind == GXC_DIFF_SAME)
        g_string_append (text, run->text);
    }
  return g_string_free (text, FALSE);
}

static void
test_diff_words (void)
{
  static const struct { const char *before, *after, *removed, *added; } cases[] = {
    { "白金", "钻石", "[白金]", "[钻石]" },
    { "286.40 万元", "312.75 万元", "[286.40] 万元", "[312.75] 万元" },
    { "138****5678", "138****5679", "[138****5678]", "[138****5679]" },
    { "体检 1 次", "体检 2 次、券", "体检 [1] 次", "体检 [2] 次[、券]" },
    { "block 3", "block 35", "block [3]", "block [35]" },
    { NULL, "new", "", "[new]" },
    { "same words", "same words", "same words", "same words" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GArray) runs = gxc_diff_words (cases[i].before, cases[i].after);
      g_autofree char *removed = side_of (runs, GXC_DIFF_REMOVED), *added = side_of (runs, GXC_DIFF_ADDED);

      g_assert_cmpstr (removed, ==, cases[i].removed);
      g_assert_cmpstr (added, ==, cases[i].added);
    }
}

static void
test_diff_view (void)
{
  GtkWidget *view = g_object_ref_sink (gxc_diff_view_new ());

  gxc_diff_view_add (GXC_DIFF_VIEW (view), "Tier", "Platinum", "Diamond");
  gxc_diff_view_add (GXC_DIFF_VIEW (view), "Name", "Zhang", "Zhang");
  g_assert_cmpuint (gxc_diff_view_n_changed (GXC_DIFF_VIEW (view)), ==, 1);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_DARK);
  gxt_show_once (view);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_LIGHT);
  gxc_diff_view_clear (GXC_DIFF_VIEW (view));
  g_assert_cmpuint (gxc_diff_view_n_changed (GXC_DIFF_VIEW (view)), ==, 0);
  g_assert_finalize_object (view);
}

static void
test_format (void)
{
  static const struct { gint64 minor; const char *ccy, *figure, *unit; } cases[] = {
    { 536200000, "CNY", "5.36", "¥ m" }, { 8600050, "CNY", "86.00", "¥ k" }, { 12345, "CNY", "123.45", "¥" },
    { -536200000, "CZK", "\u22125.36", "CZK m" }, { 119200000000, "CNY", "1.19", "¥ bn" }, { 0, "CNY", "0.00", "¥" },
  };
  g_autofree char *number = gxc_format_number (-1234567);
  g_autofree char *near = gxc_format_date (gx_date_from_ymd (2026, 11, 24), gx_date_from_ymd (2026, 11, 20));
  g_autofree char *far = gxc_format_date (gx_date_from_ymd (2025, 2, 1), gx_date_from_ymd (2026, 11, 20));
  g_autofree char *ago = gxc_format_days_ago (100, 134), *change = gxc_format_change (-0.011);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *unit = NULL, *figure = gxc_format_figure (cases[i].minor, cases[i].ccy, &unit);

      g_assert_cmpstr (figure, ==, cases[i].figure);
      g_assert_cmpstr (unit, ==, cases[i].unit);
    }
  g_assert_cmpstr (number, ==, "\u22121,234,567");
  g_assert_cmpstr (near, ==, "Tue 24 Nov");
  g_assert_cmpstr (far, ==, "2025-02-01");
  g_assert_cmpstr (ago, ==, "34 d ago");
  g_assert_cmpstr (change, ==, "▼ 1.1 %");
}

static void
test_distances (void)
{
  static const struct { gint32 at; const char *words; } cases[] = {
    { 20000, "2024-10-04 · today" }, { 19881, "2024-06-07 · 119 d ago" }, { 19880, "2024-06-06 · 3 months ago" },
    { 19280, "2022-10-15 · 23 months ago" }, { 19200, "2022-07-27 · 2 years ago" }, { 20034, "2024-11-07 · in 34 d" },
    { 20400, "2025-11-08 · in 13 months" }, { 27000, "2043-12-04 · in 19 years" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = gxc_format_date_full (cases[i].at, 20000);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

/* Days are those of the calendar, as everywhere else: from half past twelve at night 25 hours reach into the day before yesterday. */
static void
test_ago (void)
{
  static const struct { int hour, minute, minutes_ago; const char *words; } cases[] = {
    { 12, 0, 0, "just now" }, { 12, 0, 59, "59 min ago" }, { 12, 0, 60, "1 h ago" }, { 0, 30, 24 * 60 - 1, "23 h ago" },
    { 12, 0, 24 * 60, "yesterday" }, { 12, 0, 36 * 60, "yesterday" }, { 12, 0, 36 * 60 + 1, "2 d ago" }, { 0, 30, 25 * 60, "2 d ago" },
    { 1, 0, 13 * 24 * 60 + 120, "14 d ago" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GDateTime) now = g_date_time_new_local (2026, 11, 24, cases[i].hour, cases[i].minute, 0);
      const gint64 ms = g_date_time_to_unix (now) * 1000;
      g_autofree char *words = gxc_format_ago (ms - cases[i].minutes_ago * G_GINT64_CONSTANT (60000), ms);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
test_sizes (void)
{
  static const struct { gint64 bytes; const char *words; } cases[] = {
    { 1, "1 byte" }, { 999, "999 bytes" }, { 1000, "1\u00a0kB" }, { 29640, "29.6\u00a0kB" },
    { 256000000, "256\u00a0MB" }, { 256040000, "256\u00a0MB" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = gxc_format_size (cases[i].bytes);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
test_tokens (void)
{
  for (GxcToken token = 0; token < GXC_N_TOKENS; token++)
    {
      g_assert_nonnull (gxc_token_rows[token].name);
      g_assert_cmpint (gxc_token_by_name (gxc_token_rows[token].name, GXC_N_TOKENS), ==, token);
    }
  g_assert_cmpint (gxc_token_by_name ("none such", GXC_TOKEN_FG), ==, GXC_TOKEN_FG);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  gxc_widgets_init ();

  g_test_add_func ("/look/tokens/each_has_a_name_of_its_own", test_tokens);
  g_test_add_func ("/look/format/writes_for_people", test_format);
  g_test_add_func ("/look/format/leaves_an_empty_tenth_out", test_sizes);
  g_test_add_func ("/look/format/counts_days_by_the_calendar", test_ago);
  g_test_add_func ("/look/format/tells_far_days_in_months_and_years", test_distances);
  g_test_add_func ("/widgets/banner/shows_hides_and_goes", test_banner);
  g_test_add_func ("/widgets/tile/tells_a_figure_from_a_missing_one", test_tile);
  g_test_add_func ("/widgets/tier_badge/follows_the_code", test_tier_badge);
  g_test_add_func ("/widgets/stage_glyph/draws_every_stage", test_stage_glyph);
  g_test_add_func ("/widgets/state_chip/has_one_state_at_a_time", test_state_chip);
  g_test_add_func ("/widgets/keycap/sits_in_its_button", test_keycap);
  g_test_add_func ("/widgets/clock_chip/turns_red_with_the_clock", test_clock_chip);
  g_test_add_func ("/widgets/clock_chip/reads_as_the_table_says", test_clock_reading);
  g_test_add_func ("/widgets/sync_indicator/says_what_waits", test_sync_indicator);
  g_test_add_func ("/widgets/diff/splits_by_words_never_by_digit", test_diff_words);
  g_test_add_func ("/widgets/diff_view/counts_changes_and_goes", test_diff_view);
  return g_test_run ();
}
