/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Working days: Monday to Friday but for what the bank's calendar says (calendar_day): holidays, and rest days that are worked
 * to make up for them.
 *
 * Values in, values out: no clock, no SQL. A step walks day by day; the longest holiday has nine of them, and nobody plans
 * further than some years.
 */
#include "gx-workday.h"

#include "gx-calendar-day.h"

struct _GxWorkdays
{
  GHashTable *kinds;      /* date -> GxDayKind, only days that the calendar names */
};

/* Nobody plans so many days ahead; a calendar without a working day shall not hang the desk. */
#define FARTHEST 40000

GxWorkdays *
gx_workdays_new (void)
{
  GxWorkdays *workdays = g_new0 (GxWorkdays, 1);

  workdays->kinds = g_hash_table_new (NULL, NULL);
  return workdays;
}

void
gx_workdays_free (GxWorkdays *workdays)
{
  g_hash_table_unref (workdays->kinds);
  g_free (workdays);
}

/**
 * gx_weekday:
 *
 * Returns: 1 (Monday) to 7 (Sunday); 1970-01-01 was a Thursday
 */
int
gx_weekday (gint32 date)
{
  int since_monday = (int) (((gint64) date + 3) % 7);

  return (since_monday < 0 ? since_monday + 7 : since_monday) + 1;
}

/**
 * gx_workdays_set:
 * @kind: a #GxDayKind; 0 forgets what was set
 */
void
gx_workdays_set (GxWorkdays *workdays,
                 gint32      date,
                 int         kind)
{
  if (kind == 0)
    g_hash_table_remove (workdays->kinds, GINT_TO_POINTER (date));
  else
    g_hash_table_insert (workdays->kinds, GINT_TO_POINTER (date), GINT_TO_POINTER (kind));
}

/**
 * gx_workdays_kind:
 *
 * Returns: a #GxDayKind: the calendar's word, else WORK from Monday to Friday and REST on Saturday and Sunday
 */
int
gx_workdays_kind (GxWorkdays *workdays,
                  gint32      date)
{
  int kind = GPOINTER_TO_INT (g_hash_table_lookup (workdays->kinds, GINT_TO_POINTER (date)));

  if (kind != 0)
    return kind;

  return gx_weekday (date) <= 5 ? GX_DAY_WORK : GX_DAY_REST;
}

gboolean
gx_workdays_is_working (GxWorkdays *workdays,
                        gint32      date)
{
  int kind = gx_workdays_kind (workdays, date);

  return kind == GX_DAY_WORK || kind == GX_DAY_MAKEUP;
}

/**
 * gx_workdays_add:
 * @days: how many working days later, or earlier if negative
 *
 * With 0, @date itself if it is worked, else the next day that is: a task never falls on a holiday.
 *
 * Returns: a working day, or @date if there is none within a century
 */
gint32
gx_workdays_add (GxWorkdays *workdays,
                 gint32      date,
                 int         days)
{
  int step = days < 0 ? -1 : 1;
  int left = days == 0 && !gx_workdays_is_working (workdays, date) ? 1 : ABS (days);
  gint32 day = date;

  while (left > 0 && ABS (day - date) < FARTHEST)
    {
      day += step;
      if (gx_workdays_is_working (workdays, day))
        left--;
    }

  return left == 0 ? day : date;
}

/**
 * gx_workdays_between:
 *
 * Returns: how many working days come after @from up to @to, both ways: from Friday to Monday 1, from Monday to Friday
 *   before it -1; the inverse of gx_workdays_add() where @from and @to are worked
 */
int
gx_workdays_between (GxWorkdays *workdays,
                     gint32      from,
                     gint32      to)
{
  gint32 step = to < from ? -1 : 1;
  int n = 0;

  for (gint32 day = from; day != to; day += step)
    if (gx_workdays_is_working (workdays, day + step))
      n += step;

  return n;
}
