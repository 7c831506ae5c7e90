/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Time to pixels and back, and where an axis puts its lines. Pure: a test is a table. What a label has room for is the
 * layout's business, which knows the font. */

#include "gxc-timeline-scale.h"

#include <glib/gi18n.h>
#include <math.h>

#include "gx-clock.h"
#include "gxc-format.h"

/* How many days a button shows, and up to how many a window still counts as that step. */
static const struct { double shown, up_to; } steps[GXC_N_STEPS] = {
  [GXC_STEP_WEEK]    = { 28, 62 },
  [GXC_STEP_MONTH]   = { 183, 480 },
  [GXC_STEP_QUARTER] = { 1461, 2300 },
  [GXC_STEP_YEAR]    = { 3653, 7300 },
  [GXC_STEP_DECADE]  = { 10957, INFINITY },
};

double
gxc_timeline_step_days (GxcTimelineStep step)
{
  g_return_val_if_fail (step < GXC_N_STEPS, 0);
  return steps[step].shown;
}

GxcTimelineStep
gxc_timeline_scale_step (const GxcTimelineScale *scale)
{
  GxcTimelineStep step = GXC_STEP_WEEK;

  while (step < GXC_STEP_DECADE && gxc_timeline_scale_days (scale) > steps[step].up_to)
    step++;
  return step;
}

/** gxc_timeline_scale_range: one that shows @from to @to, at least a day and at most sixty years, around their middle */
GxcTimelineScale
gxc_timeline_scale_range (double from,
                          double to,
                          double width)
{
  double days = CLAMP (to - from, GXC_TIMELINE_MIN_DAYS, GXC_TIMELINE_MAX_DAYS), middle = (from + to) / 2;

  width = MAX (width, 1);
  return (GxcTimelineScale) { middle - days / 2, width / days, width };
}

/** gxc_timeline_scale_zoom: @factor > 1 comes nearer; what stands at @x stays there */
GxcTimelineScale
gxc_timeline_scale_zoom (const GxcTimelineScale *scale,
                         double                  factor,
                         double                  x)
{
  double at = gxc_timeline_scale_at (scale, x);
  double days = CLAMP (gxc_timeline_scale_days (scale) / factor, GXC_TIMELINE_MIN_DAYS, GXC_TIMELINE_MAX_DAYS);
  GxcTimelineScale zoomed = { 0, scale->width / days, scale->width };

  zoomed.from = at - x / zoomed.per_day;
  return zoomed;
}

/** gxc_timeline_scale_clamp: the same, moved so that some of @first to @last stays in sight: its middle is between them */
GxcTimelineScale
gxc_timeline_scale_clamp (const GxcTimelineScale *scale,
                          double                  first,
                          double                  last)
{
  double half = gxc_timeline_scale_days (scale) / 2;
  GxcTimelineScale clamped = *scale;

  clamped.from = CLAMP (scale->from + half, first, MAX (first, last)) - half;
  return clamped;
}

/** gxc_timeline_scale_mix: on the way from @a (@share 0) to @b (1): the zoom runs evenly to the eye, around one point */
GxcTimelineScale
gxc_timeline_scale_mix (const GxcTimelineScale *a,
                        const GxcTimelineScale *b,
                        double                  share)
{
  GxcTimelineScale mixed = { 0, a->per_day * pow (b->per_day / a->per_day, share), b->width };
  double gap = 1 / a->per_day - 1 / b->per_day;

  if (share >= 1)
    return *b;
  if (fabs (gap) * b->width < 1e-3)
    mixed.from = a->from + (b->from - a->from) * share;
  else
    {
      double x = (b->from - a->from) / gap;

      mixed.from = a->from + x / a->per_day - x / mixed.per_day;
    }
  return mixed;
}

/* --- ticks -------------------------------------------------------------------------------------------------------- */

static void
add_tick (GArray *ticks, gint32 day, gboolean major, const char *label)
{
  GxcTimelineTick tick = { .at = day, .major = major };

  g_strlcpy (tick.label, label, sizeof tick.label);
  g_array_append_val (ticks, tick);
}

static void
add_month (GArray *ticks, gint32 day)
{
  g_autofree char *label = gxc_format_month (day);

  add_tick (ticks, day, TRUE, label);
}

static void
add_number (GArray *ticks, gint32 day, gboolean major, const char *format, int number)
{
  g_autofree char *label = g_strdup_printf (format, number);

  add_tick (ticks, day, major, label);
}

static void
add_days (GArray *ticks, gint32 first, gint32 last, gboolean weeks)
{
  for (gint32 day = first; day <= last; day++)
    {
      int year, month, number;

      gx_date_to_ymd (day, &year, &month, &number);
      if (number == 1)
        add_month (ticks, day);
      else if (!weeks || (((day + 3) % 7) + 7) % 7 == 0)      /* 1970-01-01 was a Thursday: Mondays */
        add_number (ticks, day, FALSE, "%d", number);
    }
}

static void
add_quarters (GArray *ticks, gint32 first, gint32 last)
{
  int year, month, day;

  gx_date_to_ymd (first, &year, &month, &day);
  for (gint32 at = gx_date_from_ymd (year, 1, 1); at <= last; at = gx_date_add_months (at, 3))
    {
      gx_date_to_ymd (at, &year, &month, &day);
      if (at < first)
        continue;
      if (month == 1)
        add_number (ticks, at, TRUE, "%d", year);
      else      /* Translators: a quarter on an axis */
        add_number (ticks, at, FALSE, _("Q%d"), (month - 1) / 3 + 1);
    }
}

static void
add_years (GArray *ticks, gint32 first, gint32 last, int every)
{
  int year, month, day;

  gx_date_to_ymd (first, &year, &month, &day);
  for (year = year / every * every; gx_date_from_ymd (year, 1, 1) <= last; year += every)
    if (gx_date_from_ymd (year, 1, 1) >= first)
      add_number (ticks, gx_date_from_ymd (year, 1, 1), TRUE, "%d", year);
}

/**
 * gxc_timeline_scale_ticks:
 *
 * Returns: (transfer full) (element-type GxcTimelineTick): the lines in sight, and those before from a year (a month, of days) on, from the left
 */
GArray *
gxc_timeline_scale_ticks (const GxcTimelineScale *scale)
{
  GArray *ticks = g_array_new (FALSE, FALSE, sizeof (GxcTimelineTick));
  gint32 last = ceil (gxc_timeline_scale_at (scale, scale->width));
  GxcTimelineStep step = gxc_timeline_scale_step (scale);
  static const int before[GXC_N_STEPS] = { 31, 31, 366, 366, 1830 };
  gint32 first = floor (scale->from) - before[step];

  if (step <= GXC_STEP_MONTH)
    add_days (ticks, first, last, step == GXC_STEP_MONTH);
  else if (step == GXC_STEP_QUARTER)
    add_quarters (ticks, first, last);
  else
    add_years (ticks, first, last, step == GXC_STEP_YEAR ? 1 : 5);
  return ticks;
}
