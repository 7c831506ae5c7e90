/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Working days, on the official Chinese calendar of 2026: Spring Festival from 15 to 23 February with 14 and 28 February worked,
 * National Day from 1 to 7 October with 20 September and 10 October worked.
 */
#include "gx-calendar-day.h"
#include "gx-clock.h"
#include "gx-workday.h"

static gint32
day (int month,
     int dom)
{
  return gx_date_from_ymd (2026, month, dom);
}

static GxWorkdays *
calendar_2026 (void)
{
  static const struct { int month, first, last, kind; } days[] = {
    { 2, 15, 23, GX_DAY_HOLIDAY }, { 2, 14, 14, GX_DAY_MAKEUP }, { 2, 28, 28, GX_DAY_MAKEUP },
    { 10, 1, 7, GX_DAY_HOLIDAY },  { 9, 20, 20, GX_DAY_MAKEUP }, { 10, 10, 10, GX_DAY_MAKEUP },
  };
  GxWorkdays *workdays = gx_workdays_new ();

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    for (int dom = days[i].first; dom <= days[i].last; dom++)
      gx_workdays_set (workdays, day (days[i].month, dom), days[i].kind);

  return workdays;
}

static void
test_weekdays (void)
{
  static const struct { int year, month, dom, weekday; } rows[] = {
    { 1970, 1, 1, 4 }, { 1969, 12, 31, 3 }, { 1969, 12, 29, 1 }, { 1969, 12, 28, 7 }, { 2026, 2, 14, 6 }, { 2026, 11, 22, 7 },
    { 2026, 11, 23, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (gx_weekday (gx_date_from_ymd (rows[i].year, rows[i].month, rows[i].dom)), ==, rows[i].weekday);
}

static void
test_without_a_calendar (void)
{
  g_autoptr(GxWorkdays) workdays = gx_workdays_new ();

  for (int dom = 16; dom <= 22; dom++)
    g_assert_cmpint (gx_workdays_is_working (workdays, day (11, dom)), ==, dom <= 20);
  g_assert_cmpint (gx_workdays_kind (workdays, day (11, 20)), ==, GX_DAY_WORK);
  g_assert_cmpint (gx_workdays_kind (workdays, day (11, 21)), ==, GX_DAY_REST);
  g_assert_cmpint (gx_workdays_add (workdays, day (11, 20), 1), ==, day (11, 23));
}

static void
test_spring_festival (void)
{
  g_autoptr(GxWorkdays) workdays = calendar_2026 ();

  g_assert_true (gx_workdays_is_working (workdays, day (2, 14)));       /* a Saturday */
  g_assert_true (gx_workdays_is_working (workdays, day (2, 28)));
  g_assert_cmpint (gx_workdays_kind (workdays, day (2, 28)), ==, GX_DAY_MAKEUP);
  for (int dom = 15; dom <= 23; dom++)
    g_assert_false (gx_workdays_is_working (workdays, day (2, dom)));
  g_assert_true (gx_workdays_is_working (workdays, day (2, 24)));
  g_assert_cmpint (gx_workdays_add (workdays, day (2, 13), 1), ==, day (2, 14));
  g_assert_cmpint (gx_workdays_add (workdays, day (2, 13), 2), ==, day (2, 24));
  g_assert_cmpint (gx_workdays_add (workdays, day (2, 24), -1), ==, day (2, 14));
  g_assert_cmpint (gx_workdays_between (workdays, day (2, 13), day (3, 2)), ==, 7);
}

static void
test_national_day (void)
{
  g_autoptr(GxWorkdays) workdays = calendar_2026 ();

  g_assert_true (gx_workdays_is_working (workdays, day (9, 20)));       /* a Sunday */
  g_assert_false (gx_workdays_is_working (workdays, day (9, 19)));
  g_assert_true (gx_workdays_is_working (workdays, day (10, 10)));      /* a Saturday */
  g_assert_false (gx_workdays_is_working (workdays, day (10, 11)));
  g_assert_cmpint (gx_workdays_add (workdays, day (9, 30), 3), ==, day (10, 10));
  g_assert_cmpint (gx_workdays_add (workdays, day (9, 30), 4), ==, day (10, 12));
  g_assert_cmpint (gx_workdays_between (workdays, day (9, 30), day (10, 12)), ==, 4);
}

static void
test_nothing_added (void)
{
  g_autoptr(GxWorkdays) workdays = calendar_2026 ();

  g_assert_cmpint (gx_workdays_add (workdays, day (11, 20), 0), ==, day (11, 20));
  g_assert_cmpint (gx_workdays_add (workdays, day (11, 21), 0), ==, day (11, 23));
  g_assert_cmpint (gx_workdays_add (workdays, day (2, 15), 0), ==, day (2, 24));
  g_assert_cmpint (gx_workdays_between (workdays, day (11, 20), day (11, 20)), ==, 0);
}

/* From any working day there and back again, over the whole year and both ways. */
static void
test_adding_and_counting_agree (void)
{
  g_autoptr(GxWorkdays) workdays = calendar_2026 ();

  for (gint32 from = day (1, 1); from <= day (12, 31); from++)
    for (int days = -30; days <= 30; days += 3)
      {
        gint32 to = gx_workdays_add (workdays, from, days);

        g_assert_true (gx_workdays_is_working (workdays, to));
        if (!gx_workdays_is_working (workdays, from))
          continue;
        g_assert_cmpint (gx_workdays_between (workdays, from, to), ==, days);
        g_assert_cmpint (gx_workdays_add (workdays, to, -days), ==, from);
      }
}

static void
test_a_day_is_set_and_forgotten (void)
{
  g_autoptr(GxWorkdays) workdays = gx_workdays_new ();

  gx_workdays_set (workdays, day (11, 23), GX_DAY_HOLIDAY);
  g_assert_false (gx_workdays_is_working (workdays, day (11, 23)));
  gx_workdays_set (workdays, day (11, 23), GX_DAY_WORK);
  g_assert_true (gx_workdays_is_working (workdays, day (11, 23)));
  gx_workdays_set (workdays, day (11, 23), GX_DAY_REST);
  gx_workdays_set (workdays, day (11, 23), 0);
  g_assert_true (gx_workdays_is_working (workdays, day (11, 23)));
}

static void
test_no_working_day_at_all (void)
{
  g_autoptr(GxWorkdays) workdays = gx_workdays_new ();

  for (gint32 date = day (1, 1); date < day (1, 1) + 41000; date++)
    gx_workdays_set (workdays, date, GX_DAY_REST);
  g_assert_cmpint (gx_workdays_add (workdays, day (1, 1), 1), ==, day (1, 1));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/workday/weekdays", test_weekdays);
  g_test_add_func ("/rules/workday/monday_to_friday_without_a_calendar", test_without_a_calendar);
  g_test_add_func ("/rules/workday/spring_festival", test_spring_festival);
  g_test_add_func ("/rules/workday/national_day", test_national_day);
  g_test_add_func ("/rules/workday/nothing_added_moves_off_a_holiday", test_nothing_added);
  g_test_add_func ("/rules/workday/adding_and_counting_agree", test_adding_and_counting_agree);
  g_test_add_func ("/rules/workday/a_day_is_set_and_forgotten", test_a_day_is_set_and_forgotten);
  g_test_add_func ("/rules/workday/no_working_day_at_all", test_no_working_day_at_all);
  return g_test_run ();
}
