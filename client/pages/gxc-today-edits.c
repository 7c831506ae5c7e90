/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done to lines at once, as changes for gxc_desk_save(): done, put off to the next working morning, moved to
 * another day. Lines that are no tasks are passed over. Nothing is saved here; days are of the wall clock, as tasks are. */

#include "gxc-today-edits.h"

#include "gx-calendar-day.h"
#include "gx-task.h"
#include "gx-workday.h"

#define MORNING 9

static GxWorkdays *
read_workdays (GxcDesk *desk)
{
  GxWorkdays *workdays = gx_workdays_new ();
  const GxcQuery query = { 0 };
  g_autoptr(GArray) ids = gxc_desk_list (desk, &gx_calendar_day_entity, &query, NULL);
  g_autoptr(GPtrArray) days = ids ? gxc_desk_read (desk, &gx_calendar_day_entity, (GxId *) (gpointer) ids->data, ids->len, NULL) : NULL;

  for (guint i = 0; days && i < days->len; i++)
    {
      const GxCalendarDay *day = days->pdata[i] ? gx_record_get_data (days->pdata[i]) : NULL;

      if (day)
        gx_workdays_set (workdays, day->date, day->kind);
    }
  return workdays;
}

/** gxc_today_wall_date: the day on the wall, which tasks go by; the business date is gxc_desk_get_today() */
gint32
gxc_today_wall_date (GxcDesk *desk)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();

  return gx_date_from_time (gxc_desk_now (desk), zone);
}

/**
 * gxc_today_next_working_day:
 * @days: how many working days later, at least 1
 *
 * Returns: a date by the bank's calendar; Monday to Friday where this desk has none
 */
gint32
gxc_today_next_working_day (GxcDesk *desk,
                            gint32   after,
                            guint    days)
{
  g_autoptr(GxWorkdays) workdays = read_workdays (desk);

  return gx_workdays_add (workdays, after, days);
}

/* @time_of: whose time of day is kept, 0 for the morning. */
static gint64
moment_on (gint32 date, gint64 time_of)
{
  g_autoptr(GDateTime) utc = time_of ? g_date_time_new_from_unix_utc (time_of / 1000) : NULL;
  g_autoptr(GDateTime) clock = utc ? g_date_time_to_local (utc) : NULL;
  g_autoptr(GDateTime) moment = NULL;
  int year, month, day;

  gx_date_to_ymd (date, &year, &month, &day);
  moment = g_date_time_new_local (year, month, day, clock ? g_date_time_get_hour (clock) : MORNING,
                                  clock ? g_date_time_get_minute (clock) : 0, 0);
  return g_date_time_to_unix (moment) * 1000;
}

static GxFieldSet
bit (const char *field)
{
  return GX_FIELD_BIT (gx_entity_index_of (&gx_task_entity, field));
}

/* (transfer none): a copy of the item's task to change, or NULL where it is none */
static GxTask *
begin (GPtrArray *changes, GxcTodayItem *item, GxFieldSet fields)
{
  GxTask *task;

  if (!gxc_today_item_is_task (item))
    return NULL;
  task = gx_entity_copy (&gx_task_entity, gx_record_get_data (item->record));
  g_ptr_array_add (changes, gxc_change_item_patch (item->record, task, fields));
  return task;
}

/** gxc_today_changes_done: (transfer full) (element-type GxcChangeItem) */
GPtrArray *
gxc_today_changes_done (GPtrArray *items)
{
  GPtrArray *changes = gxc_change_items_new ();

  for (guint i = 0; i < items->len; i++)
    {
      GxTask *task = begin (changes, g_ptr_array_index (items, i), bit ("status"));

      if (task)
        task->status = GX_TASK_DONE;
    }
  return changes;
}

static void
put_off (GxTask *task, gint64 due_at)
{
  if (task->remind_at)
    task->remind_at += due_at - task->due_at;
  task->due_at = due_at;
  task->snooze_cnt = task->snooze_cnt == GX_INT_NONE ? 1 : task->snooze_cnt + 1;
}

/** gxc_today_changes_snooze: (transfer full): due at nine on the next working day */
GPtrArray *
gxc_today_changes_snooze (GxcDesk   *desk,
                          GPtrArray *items)
{
  GPtrArray *changes = gxc_change_items_new ();
  gint32 day = gxc_today_next_working_day (desk, gxc_today_wall_date (desk), 1);

  for (guint i = 0; i < items->len; i++)
    {
      GxTask *task = begin (changes, g_ptr_array_index (items, i), bit ("due_at") | bit ("remind_at") | bit ("snooze_cnt"));

      if (task)
        put_off (task, moment_on (day, 0));
    }
  return changes;
}

/** gxc_today_changes_move: (transfer full): due on @day at the hour that each had */
GPtrArray *
gxc_today_changes_move (GPtrArray *items,
                        gint32     day)
{
  GPtrArray *changes = gxc_change_items_new ();

  for (guint i = 0; i < items->len; i++)
    {
      GxTask *task = begin (changes, g_ptr_array_index (items, i), bit ("due_at") | bit ("remind_at") | bit ("snooze_cnt"));

      if (task)
        put_off (task, moment_on (day, task->due_at));
    }
  return changes;
}
