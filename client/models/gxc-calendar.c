/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bank's calendar, read from this desk's rows: which days are worked, and what the others are called. It is a picture of
 * one moment: who shows it makes it anew when calendar_day changes. */

#include "gxc-calendar.h"

#include "gx-calendar-day.h"

#define MORNING 9

struct _GxcCalendar
{
  GxWorkdays *workdays;
  GHashTable *names;        /* date → name */
};

static void
read_days (GxcCalendar *self, GxcDesk *desk)
{
  const GxcQuery query = { 0 };
  g_autoptr(GArray) ids = gxc_desk_list (desk, &gx_calendar_day_entity, &query, NULL);
  g_autoptr(GPtrArray) days = ids ? gxc_desk_read (desk, &gx_calendar_day_entity, (GxId *) (gpointer) ids->data, ids->len, NULL) : NULL;

  for (guint i = 0; days && i < days->len; i++)
    {
      const GxCalendarDay *day = days->pdata[i] ? gx_record_get_data (days->pdata[i]) : NULL;

      if (!day)
        continue;
      gx_workdays_set (self->workdays, day->date, day->kind);
      if (day->name)
        g_hash_table_insert (self->names, GINT_TO_POINTER (day->date), g_strdup (day->name));
    }
}

/** gxc_calendar_new: Monday to Friday where the desk holds no rows */
GxcCalendar *
gxc_calendar_new (GxcDesk *desk)
{
  GxcCalendar *self = g_new0 (GxcCalendar, 1);

  self->workdays = gx_workdays_new ();
  self->names = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  read_days (self, desk);
  return self;
}

void
gxc_calendar_free (GxcCalendar *self)
{
  gx_workdays_free (self->workdays);
  g_hash_table_unref (self->names);
  g_free (self);
}

/** gxc_calendar_get_workdays: (transfer none) */
GxWorkdays *
gxc_calendar_get_workdays (GxcCalendar *self)
{
  return self->workdays;
}

/** gxc_calendar_get_name: (nullable) (transfer none): "春节" */
const char *
gxc_calendar_get_name (GxcCalendar *self,
                       gint32       date)
{
  return g_hash_table_lookup (self->names, GINT_TO_POINTER (date));
}

/** gxc_local_day: the day of a moment by the wall clock, in days since 1970-01-01 */
gint32
gxc_local_day (gint64 ms)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();

  return gx_date_from_time (ms, zone);
}

/**
 * gxc_local_moment:
 * @time_of: ms UTC of a moment whose hour and minute are kept; 0 = nine in the morning
 *
 * Returns: ms UTC of that hour on @date by the wall clock
 */
gint64
gxc_local_moment (gint32 date,
                  gint64 time_of)
{
  g_autoptr(GDateTime) clock = time_of ? g_date_time_new_from_unix_local (time_of / 1000) : NULL;
  g_autoptr(GDateTime) moment = NULL;
  int year, month, day;

  gx_date_to_ymd (date, &year, &month, &day);
  moment = g_date_time_new_local (year, month, day, clock ? g_date_time_get_hour (clock) : MORNING,
                                  clock ? g_date_time_get_minute (clock) : 0, 0);
  return g_date_time_to_unix (moment) * 1000;
}

/** gxc_local_today: the day by the wall clock, which tasks and visits go by; the business date is gxc_desk_get_today() */
gint32
gxc_local_today (GxcDesk *desk)
{
  return gxc_local_day (gxc_desk_now (desk));
}

/** gxc_next_working_day: the first one after today by the bank's calendar; Monday to Friday where this desk has none */
gint32
gxc_next_working_day (GxcDesk *desk)
{
  g_autoptr(GxcCalendar) calendar = gxc_calendar_new (desk);

  return gx_workdays_add (gxc_calendar_get_workdays (calendar), gxc_local_today (desk), 1);
}
