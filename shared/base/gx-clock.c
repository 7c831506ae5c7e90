/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Time as the program knows it: milliseconds UTC for moments, days since 1970-01-01 for dates, and a clock that can be
 * replaced, because lateness, leases and simulations must be testable without waiting.
 */
#include "gx-clock.h"

#include <stdio.h>

static gint64
system_now (GxClock *clock)
{
  return g_get_real_time () / 1000;
}

static gint64
system_monotonic (GxClock *clock)
{
  return g_get_monotonic_time ();
}

/**
 * gx_clock_system:
 *
 * Returns: (transfer none): the machine's own clock
 */
GxClock *
gx_clock_system (void)
{
  static GxClock clock = { system_now, system_monotonic };

  return &clock;
}

static gint64
fake_now (GxClock *clock)
{
  return ((GxFakeClock *) clock)->now;
}

static gint64
fake_monotonic (GxClock *clock)
{
  return ((GxFakeClock *) clock)->now * 1000;
}

void
gx_fake_clock_init (GxFakeClock *clock,
                    gint64       now)
{
  clock->parent.now = fake_now;
  clock->parent.monotonic = fake_monotonic;
  clock->now = now;
}

gint64
gx_clock_now (GxClock *clock)
{
  return clock->now (clock);
}

gint64
gx_clock_monotonic (GxClock *clock)
{
  return clock->monotonic (clock);
}

/* Howard Hinnant's days_from_civil: exact over the proleptic Gregorian calendar, no table, no locale. */
gint32
gx_date_from_ymd (int year,
                  int month,
                  int day)
{
  int y = month <= 2 ? year - 1 : year;
  int era = (y >= 0 ? y : y - 399) / 400;
  int yoe = y - era * 400;
  int doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

  return era * 146097 + doe - 719468;
}

void
gx_date_to_ymd (gint32  date,
                int    *out_year,
                int    *out_month,
                int    *out_day)
{
  int z = date + 719468;
  int era = (z >= 0 ? z : z - 146096) / 146097;
  int doe = z - era * 146097;
  int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  int mp = (5 * doy + 2) / 153;

  *out_day = doy - (153 * mp + 2) / 5 + 1;
  *out_month = mp < 10 ? mp + 3 : mp - 9;
  *out_year = yoe + era * 400 + (*out_month <= 2 ? 1 : 0);
}

/**
 * gx_date_parse:
 * @text: `YYYY-MM-DD`, years 1000 to 9999, nothing before or after
 * @out_date: days since 1970-01-01
 *
 * Returns: whether @text is a date of the calendar
 */
gboolean
gx_date_parse (const char *text,
               gint32     *out_date)
{
  int year, month, day, back_year, back_month, back_day;
  gint32 date;

  if (text == NULL || strlen (text) != 10 || text[4] != '-' || text[7] != '-')
    return FALSE;
  for (guint i = 0; i < 10; i++)
    if (i != 4 && i != 7 && !g_ascii_isdigit (text[i]))
      return FALSE;

  year = atoi (text);
  month = atoi (text + 5);
  day = atoi (text + 8);
  if (year < 1000 || month < 1 || month > 12 || day < 1)
    return FALSE;

  date = gx_date_from_ymd (year, month, day);
  gx_date_to_ymd (date, &back_year, &back_month, &back_day);
  if (back_year != year || back_month != month || back_day != day)
    return FALSE;

  *out_date = date;
  return TRUE;
}

char *
gx_date_format (gint32 date)
{
  int year, month, day;

  gx_date_to_ymd (date, &year, &month, &day);
  if (year < 0 || year > 9999)
    return g_strdup_printf ("%04d-%02d-%02d", year, month, day);

  /* A bootstrap writes millions of them, and printf takes ten times as long. */
  const char text[] = { '0' + year / 1000, '0' + year / 100 % 10, '0' + year / 10 % 10, '0' + year % 10, '-',
                        '0' + month / 10, '0' + month % 10, '-', '0' + day / 10, '0' + day % 10 };
  return g_strndup (text, sizeof text);
}

/**
 * gx_date_add_months:
 *
 * Returns: the same day of the month @months later, or that month's last day where it has no such day
 */
gint32
gx_date_add_months (gint32 date,
                    int    months)
{
  int year, month, day, last;

  gx_date_to_ymd (date, &year, &month, &day);
  months += year * 12 + month - 1;
  year = months / 12;
  month = months % 12 + 1;
  last = month == 12 ? 31 : gx_date_from_ymd (year, month + 1, 1) - gx_date_from_ymd (year, month, 1);

  return gx_date_from_ymd (year, month, MIN (day, last));
}

/**
 * gx_date_from_time:
 * @time: ms UTC
 * @zone: whose calendar
 */
gint32
gx_date_from_time (gint64     time,
                   GTimeZone *zone)
{
  gint64 seconds = time / 1000;
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, seconds);
  gint64 local = seconds + g_time_zone_get_offset (zone, interval);

  return (gint32) ((local >= 0 ? local : local - 86399) / 86400);
}

/**
 * gx_time_from_date:
 *
 * Returns: ms UTC of the first moment of @date in @zone
 */
gint64
gx_time_from_date (gint32     date,
                   GTimeZone *zone)
{
  gint64 local = (gint64) date * 86400;
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_STANDARD, local);

  return (local - g_time_zone_get_offset (zone, interval)) * 1000;
}
