/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How figures, dates and spans are written for people; amounts to the last unit and bands are gx-money's. Patterns are translated text, not LC_TIME or LC_NUMERIC: a bank's
 * desk reads the same on every machine, whatever locales it has. Nothing here is for the wire. Minus is U+2212, ranges
 * U+2013; a figure and its unit come apart, since the unit is written smaller. */

#include "gxc-format.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "gx-clock.h"
#include "gx-money.h"

#define MINUS "\u2212"
#define YUAN_SIGN "\u00a5"
#define MS_PER_MINUTE G_GINT64_CONSTANT (60000)
#define MS_PER_HOUR   (60 * MS_PER_MINUTE)
#define MS_PER_DAY    (24 * MS_PER_HOUR)

static const char * const months[12] = {
  N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), NC_("month", "May"), N_("Jun"),
  N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec"),
};

static const char * const weekdays[7] = {      /* 1970-01-01 was a Thursday */
  N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"), N_("Mon"), N_("Tue"), N_("Wed"),
};

static void
append_grouped (GString *text, guint64 number)
{
  char digits[24];
  int n = g_snprintf (digits, sizeof digits, "%" G_GUINT64_FORMAT, number);

  for (int i = 0; i < n; i++)
    {
      if (i > 0 && (n - i) % 3 == 0)
        g_string_append_c (text, ',');
      g_string_append_c (text, digits[i]);
    }
}

static guint64
append_sign (GString *text, gint64 number)
{
  if (number >= 0)
    return number;

  g_string_append (text, MINUS);
  return -(guint64) number;
}

/**
 * gxc_format_number:
 *
 * Returns: (transfer full): "1,180"
 */
char *
gxc_format_number (gint64 number)
{
  GString *text = g_string_new (NULL);

  append_grouped (text, append_sign (text, number));
  return g_string_free (text, FALSE);
}

typedef struct
{
  guint64     from;         /* minor units */
  guint64     divisor;
  const char *yuan;
  const char *other;        /* %s is the currency */
} Magnitude;

static const Magnitude thousands[] = {
  { 100000000000, 100000000000, "¥ bn", "%s bn" },
  { 100000000, 100000000, "¥ m", "%s m" },
  { 100000, 100000, "¥ k", "%s k" },
  { 0, 100, "¥", "%s" },
};

static const Magnitude myriads[] = {
  { 10000000000, 10000000000, "亿元", "亿 %s" },
  { 1000000, 1000000, "万元", "万 %s" },
  { 0, 100, "元", "%s" },
};

static const Magnitude *
magnitude_of (guint64 size)
{
  const Magnitude *magnitude = gx_money_units () == GX_MONEY_MYRIADS ? myriads : thousands;

  while (size < magnitude->from)
    magnitude++;
  return magnitude;
}

static char *
unit_of (const Magnitude *magnitude, const char *ccy)
{
  if (g_strcmp0 (ccy, "CNY") == 0)
    return g_strdup (magnitude->yuan);
  return g_strdup_printf (magnitude->other, ccy ? ccy : "");
}

/**
 * gxc_format_figure:
 * @minor: in minor units
 * @ccy: ISO 4217
 * @out_unit: (out) (transfer full): "万元", "¥ m"
 *
 * Returns: (transfer full): the figure alone, two decimals: "536.20"
 */
char *
gxc_format_figure (gint64      minor,
                   const char *ccy,
                   char      **out_unit)
{
  GString *text = g_string_new (NULL);
  guint64 size = append_sign (text, minor);
  const Magnitude *magnitude = magnitude_of (size);
  guint64 hundredths = (size + magnitude->divisor / 200) / (magnitude->divisor / 100);

  append_grouped (text, hundredths / 100);
  g_string_append_printf (text, ".%02u", (guint) (hundredths % 100));
  *out_unit = unit_of (magnitude, ccy);

  return g_string_free (text, FALSE);
}

/** gxc_format_amount: (transfer full): a figure and its unit as a sentence has them: "¥36.65 m", "536.20 万元" */
char *
gxc_format_amount (gint64      minor,
                   const char *ccy)
{
  g_autofree char *unit = NULL, *figure = gxc_format_figure (minor, ccy, &unit);
  const char *size = minor < 0 ? figure + strlen (MINUS) : figure;

  if (!g_str_has_prefix (unit, YUAN_SIGN))
    return g_strdup_printf ("%s %s", figure, unit);
  return g_strdup_printf ("%s" YUAN_SIGN "%s%s", minor < 0 ? MINUS : "", size, unit + strlen (YUAN_SIGN));
}

/**
 * gxc_format_unit:
 * @most: the largest of the amounts that shall have one unit, in minor units
 * @out_unit: (out) (transfer full): "亿元", "¥ m"
 *
 * Returns: how many minor units the unit is
 */
double
gxc_format_unit (gint64      most,
                 const char *ccy,
                 char      **out_unit)
{
  const Magnitude *magnitude = magnitude_of (most < 0 ? -(guint64) most : (guint64) most);

  *out_unit = unit_of (magnitude, ccy);
  return magnitude->divisor;
}

/**
 * gxc_format_change:
 * @share: 0.024 for 2.4 %
 *
 * Returns: (transfer full): "▲ 2.4 %", "▼ 1.1 %", or an em dash where there is no such figure
 */
char *
gxc_format_change (double share)
{
  if (!isfinite (share))
    return g_strdup ("\u2014");
  return g_strdup_printf ("%s %.1f %%", share < 0 ? "▼" : "▲", fabs (share) * 100);
}

/* {y} {m} {d} {mm} {dd} {mon} {wd} */
static char *
expand (const char *pattern, gint32 days)
{
  GString *text = g_string_new (pattern);
  char number[16];
  int year, month, day;

  gx_date_to_ymd (days, &year, &month, &day);
  g_snprintf (number, sizeof number, "%04d", year);
  g_string_replace (text, "{y}", number, 0);
  g_snprintf (number, sizeof number, "%02d", month);
  g_string_replace (text, "{mm}", number, 0);
  g_snprintf (number, sizeof number, "%02d", day);
  g_string_replace (text, "{dd}", number, 0);
  g_snprintf (number, sizeof number, "%d", month);
  g_string_replace (text, "{m}", number, 0);
  g_snprintf (number, sizeof number, "%d", day);
  g_string_replace (text, "{d}", number, 0);
  g_string_replace (text, "{mon}", month == 5 ? g_dpgettext2 (NULL, "month", "May") : _(months[month - 1]), 0);
  g_string_replace (text, "{wd}", _(weekdays[((days % 7) + 7) % 7]), 0);

  return g_string_free (text, FALSE);
}

/**
 * gxc_format_date:
 * @days: since 1970-01-01
 * @today: the bank's date
 *
 * Returns: (transfer full): short within half a year, with the weekday within a fortnight, the full date otherwise
 */
char *
gxc_format_date (gint32 days,
                 gint32 today)
{
  gint32 distance = ABS (days - today);

  /* Translators: a near date; {wd} weekday, {d} {dd} day, {m} {mm} month as number, {mon} month as word, {y} year */
  if (distance <= 14)
    return expand (_("{wd} {d} {mon}"), days);
  /* Translators: a date of this half year */
  if (distance <= 183)
    return expand (_("{d} {mon}"), days);
  return gx_date_format (days);
}

/**
 * gxc_format_days_ago:
 *
 * Returns: (transfer full): "today", "34 d ago", "in 3 d"
 */
char *
gxc_format_days_ago (gint32 days,
                     gint32 today)
{
  int distance = days - today;

  if (distance == 0)
    return g_strdup (_("today"));
  if (distance == 1)
    return g_strdup (_("tomorrow"));
  if (distance == -1)
    return g_strdup (_("yesterday"));
  if (distance < 0)
    return g_strdup_printf (ngettext ("%d d ago", "%d d ago", -distance), -distance);
  return g_strdup_printf (ngettext ("in %d d", "in %d d", distance), distance);
}

#define FAR_DAYS    120         /* from here on days say less than months */
#define FAR_MONTHS  24          /* and months less than years */

/* Rounded down, as people count: what was 23 months and some days ago is 23 months. */
static char *
format_far (gint32 days, gint32 today)
{
  int n_months = ABS (days - today) / 30.4375, n_years = ABS (days - today) / 365.25;

  if (ABS (days - today) < FAR_DAYS)
    return gxc_format_days_ago (days, today);
  if (n_months < FAR_MONTHS)
    return days < today ? g_strdup_printf (ngettext ("%d month ago", "%d months ago", n_months), n_months)
                        : g_strdup_printf (ngettext ("in %d month", "in %d months", n_months), n_months);
  return days < today ? g_strdup_printf (ngettext ("%d year ago", "%d years ago", n_years), n_years)
                      : g_strdup_printf (ngettext ("in %d year", "in %d years", n_years), n_years);
}

/**
 * gxc_format_date_full:
 *
 * Returns: (transfer full): the full date and how far away it is: "2026-11-24 · 34 d ago", "2019-02-12 · 7 years ago"
 */
char *
gxc_format_date_full (gint32 days,
                      gint32 today)
{
  g_autofree char *date = gx_date_format (days);
  g_autofree char *distance = format_far (days, today);

  return g_strdup_printf ("%s · %s", date, distance);
}

/**
 * gxc_format_month:
 *
 * Returns: (transfer full): a month on an axis, the year with the first of each: "Mar", "2026"
 */
char *
gxc_format_month (gint32 days)
{
  int year, month, day;

  gx_date_to_ymd (days, &year, &month, &day);
  /* Translators: a month on an axis */
  return expand (month == 1 ? "{y}" : _("{mon}"), days);
}

/** gxc_format_month_word: (transfer full): a month in a sentence, without its year: "Mar" */
char *
gxc_format_month_word (gint32 days)
{
  return expand (_("{mon}"), days);
}

/** gxc_format_day_month: (transfer full): the first day of a month among bare numbers: "1 Mar" */
char *
gxc_format_day_month (gint32 days)
{
  return expand (_("{d} {mon}"), days);
}

/** gxc_format_month_head: (transfer full): a month with its year, over its days: "Mar 2026" */
char *
gxc_format_month_head (gint32 days)
{
  /* Translators: the month at the head of a calendar */
  return expand (_("{mon} {y}"), days);
}

/**
 * gxc_format_moment:
 * @ms: UTC
 * @now: UTC
 *
 * Returns: (transfer full): the time alone today, else the date with it
 */
char *
gxc_format_moment (gint64 ms,
                   gint64 now)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);
  g_autoptr(GDateTime) local = utc ? g_date_time_to_timezone (utc, zone) : NULL;
  gint32 day = gx_date_from_time (ms, zone);
  gint32 today = gx_date_from_time (now, zone);
  g_autofree char *date = NULL;

  if (!local)
    return g_strdup ("\u2014");
  if (day == today)
    return g_date_time_format (local, "%H:%M");
  if (ABS (day - today) > 183)
    return gx_date_format (day);

  date = expand (_("{d} {mon}"), day);
  return g_strdup_printf ("%s %02d:%02d", date, g_date_time_get_hour (local), g_date_time_get_minute (local));
}

/**
 * gxc_format_ago:
 *
 * Returns: (transfer full): how long ago, coarsely: "just now", "5 min ago", "3 h ago", then by the days of the calendar: "yesterday", "2 d ago"
 */
char *
gxc_format_ago (gint64 ms,
                gint64 now)
{
  gint64 span = now - ms;
  g_autoptr(GTimeZone) zone = NULL;

  if (span < MS_PER_MINUTE)
    return g_strdup (_("just now"));
  if (span < MS_PER_HOUR)
    return g_strdup_printf (ngettext ("%d min ago", "%d min ago", (int) (span / MS_PER_MINUTE)), (int) (span / MS_PER_MINUTE));
  if (span < MS_PER_DAY)
    return g_strdup_printf (ngettext ("%d h ago", "%d h ago", (int) (span / MS_PER_HOUR)), (int) (span / MS_PER_HOUR));
  zone = g_time_zone_new_local ();
  return gxc_format_days_ago (gx_date_from_time (ms, zone), gx_date_from_time (now, zone));
}

/**
 * gxc_format_size:
 * @bytes: ≥ 0
 *
 * GLib decides once whether its own words are translated, and is asked before the language is known: what has words is ours.
 *
 * Returns: (transfer full): "296 bytes", "29.6 kB", "256 MB" (with a no-break space, as GLib writes it)
 */
char *
gxc_format_size (gint64 bytes)
{
  g_autofree char *size = NULL;
  char *tenths;

  if (bytes < 1000)
    return g_strdup_printf (ngettext ("%d byte", "%d bytes", (gulong) bytes), (int) bytes);

  size = g_format_size (bytes);
  tenths = strstr (size, ".0");
  return tenths ? g_strdup_printf ("%.*s%s", (int) (tenths - size), size, tenths + strlen (".0")) : g_steal_pointer (&size);
}

/**
 * gxc_format_span:
 * @ms: ≥ 0
 *
 * Returns: (transfer full): what a clock chip says: "18 min", "5 h 08 min", "3 d 7 h", "1 d"
 */
char *
gxc_format_span (gint64 ms)
{
  int minutes = (ms + MS_PER_MINUTE - 1) / MS_PER_MINUTE;
  int hours = minutes / 60;

  if (ms < 2 * MS_PER_MINUTE)
    return g_strdup_printf (_("%d s"), (int) ((ms + 999) / 1000));
  if (hours == 0)
    return g_strdup_printf (_("%d min"), minutes);
  if (hours < 24)
    return g_strdup_printf (_("%d h %02d min"), hours, minutes % 60);
  if (hours % 24 == 0)
    return g_strdup_printf (ngettext ("%d d", "%d d", hours / 24), hours / 24);
  return g_strdup_printf (_("%d d %d h"), hours / 24, hours % 24);
}
