/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ids, dates and errors: the smallest things everything else leans on. */
#include "gx-error.h"
#include "gx-id.h"

#include <gio/gio.h>

static void
test_id_grows_when_clock_goes_back (void)
{
  GxFakeClock clock;
  GxSeededRandom random;
  GxIdMaker maker;
  GxId last = GX_ID_NONE;

  gx_fake_clock_init (&clock, 1795223207000);
  gx_seeded_random_init (&random, 7);
  gx_id_maker_init (&maker, &clock.parent, &random.parent);

  for (guint i = 0; i < 10000; i++)
    {
      GxId id = gx_id_make (&maker);

      g_assert_cmpint (gx_id_compare (&last, &id), <, 0);
      g_assert_cmpint (id.b[6] >> 4, ==, 7);
      g_assert_cmpint (id.b[8] >> 6, ==, 2);
      last = id;
      if (i == 5000)
        clock.now -= 3600 * 1000;
    }
}

static void
test_id_text_round_trip (void)
{
  GxId id = gx_id_new (), back;
  g_autofree char *text = gx_id_to_string (&id);

  g_assert_true (gx_id_parse (text, &back));
  g_assert_true (gx_id_equal (&id, &back));
  g_assert_false (gx_id_parse ("00000000-0000-0000-0000-000000000000", &back));
  g_assert_false (gx_id_parse ("0192f000-0000-7000-8000-00000000000", &back));
  g_assert_false (gx_id_parse ("0192f000x0000-7000-8000-000000000000", &back));
  g_assert_false (gx_id_parse (NULL, &back));
}

static void
test_date_parse (void)
{
  static const struct { const char *text; gboolean valid; gint32 date; } rows[] = {
    { "1970-01-01", TRUE, 0 },       { "1969-12-31", TRUE, -1 },     { "2000-02-29", TRUE, 11016 },
    { "2026-11-21", TRUE, 20778 },   { "1900-02-29", FALSE, 0 },     { "2026-13-01", FALSE, 0 },
    { "2026-1-01", FALSE, 0 },       { "2026-01-01 ", FALSE, 0 },    { "", FALSE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gint32 date = 0;

      g_assert_cmpint (gx_date_parse (rows[i].text, &date), ==, rows[i].valid);
      g_assert_cmpint (date, ==, rows[i].date);
      if (rows[i].valid)
        {
          g_autofree char *text = gx_date_format (date);
          g_assert_cmpstr (text, ==, rows[i].text);
        }
    }

  g_assert_cmpint (gx_date_add_months (gx_date_from_ymd (2026, 1, 31), 1), ==, gx_date_from_ymd (2026, 2, 28));
  g_assert_cmpint (gx_date_add_months (gx_date_from_ymd (2026, 1, 31), -2), ==, gx_date_from_ymd (2025, 11, 30));
}

static void
test_date_of_time_follows_zone (void)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier ("Asia/Shanghai");
  gint32 date = gx_date_from_ymd (2026, 11, 21);

  g_assert_cmpint (gx_date_from_time (gx_time_from_date (date, zone), zone), ==, date);
  g_assert_cmpint (gx_date_from_time (gx_time_from_date (date, zone) - 1, zone), ==, date - 1);
}

static void
test_error_table_is_whole (void)
{
  for (guint code = 0; code < GX_N_ERRORS; code++)
    {
      const GxErrorInfo *info = gx_error_info (code);

      g_assert_true (gx_error_info_by_slug (info->slug) == info);
      g_assert_cmpuint (info->status, >=, 400);
    }
  g_assert_null (gx_error_info_by_slug ("NO_SUCH"));
}

static void
test_error_carries_violations (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) copy = NULL;

  g_assert_false (gx_fail_field (&error, GX_ERROR_INVALID, "mobile", "R-VALID", "must have 11 digits, has %d", 9));
  gx_error_add_violation (error, "name", "required", "is missing");
  copy = g_error_copy (error);
  g_assert_cmpuint (gx_error_get_violations (copy)->len, ==, 2);
  g_assert_cmpstr (copy->message, ==, "mobile: must have 11 digits, has 9");
}

static void
test_error_adopts_foreign_domains (void)
{
  g_autoptr(GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, "no");

  gx_error_adopt (&error);
  g_assert_error (error, GX_ERROR, GX_ERROR_OFFLINE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/id/grows_when_clock_goes_back", test_id_grows_when_clock_goes_back);
  g_test_add_func ("/base/id/text_round_trip", test_id_text_round_trip);
  g_test_add_func ("/base/date/parse", test_date_parse);
  g_test_add_func ("/base/date/of_time_follows_zone", test_date_of_time_follows_zone);
  g_test_add_func ("/base/error/table_is_whole", test_error_table_is_whole);
  g_test_add_func ("/base/error/carries_violations", test_error_carries_violations);
  g_test_add_func ("/base/error/adopts_foreign_domains", test_error_adopts_foreign_domains);
  return g_test_run ();
}
