/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Done, put off, moved, reminded of, done again: what a page does to one task or to many, as changes that are saved together.
 * Nothing is saved here. Where days are counted they are working days by the bank's calendar; a day that a person names
 * (a drop, a choice) is taken as it is. */

#include "gxc-task-edits.h"

#include "gx-task.h"
#include "gxc-plan-edits.h"

#define MINUTE G_GINT64_CONSTANT (60000)

static GxFieldSet
bit (const char *field)
{
  return GX_FIELD_BIT (gx_entity_index_of (&gx_task_entity, field));
}

/* (transfer none): a copy of the @i-th task to change; it is in @changes already */
static GxTask *
begin (GPtrArray *changes, GPtrArray *tasks, guint i, GxFieldSet fields)
{
  GxRecord *record = g_ptr_array_index (tasks, i);
  GxTask *task = gx_entity_copy (&gx_task_entity, gx_record_get_data (record));

  g_ptr_array_add (changes, gxc_change_item_patch (record, task, fields));
  return task;
}

static GPtrArray *
set_status (GxcDesk *desk, GPtrArray *tasks, GxTaskStatus status)
{
  GPtrArray *changes = gxc_change_items_new ();

  for (guint i = 0; i < tasks->len; i++)
    begin (changes, tasks, i, bit ("status"))->status = status;
  gxc_plan_add_progress (desk, changes);
  return changes;
}

/** gxc_task_changes_done: what plans they belong to goes on by it */
GPtrArray *
gxc_task_changes_done (GxcDesk   *desk,
                       GPtrArray *tasks)
{
  return set_status (desk, tasks, GX_TASK_DONE);
}

GPtrArray *
gxc_task_changes_reopen (GxcDesk   *desk,
                         GPtrArray *tasks)
{
  return set_status (desk, tasks, GX_TASK_OPEN);
}

/* The reminder goes with the task. */
static void
put_off (GxTask *task, gint64 due_at)
{
  if (task->remind_at)
    task->remind_at += due_at - task->due_at;
  if (due_at > task->due_at)
    task->snooze_cnt = task->snooze_cnt == GX_INT_NONE ? 1 : task->snooze_cnt + 1;
  task->due_at = due_at;
}

static GxTask *
begin_move (GPtrArray *changes, GPtrArray *tasks, guint i)
{
  return begin (changes, tasks, i, bit ("due_at") | bit ("remind_at") | bit ("snooze_cnt"));
}

/** gxc_task_changes_snooze: due at nine on the next working day after today, or after its own day if that is later */
GPtrArray *
gxc_task_changes_snooze (GxcDesk     *desk,
                         GxcCalendar *calendar,
                         GPtrArray   *tasks)
{
  GPtrArray *changes = gxc_change_items_new ();
  gint32 today = gxc_local_today (desk);

  for (guint i = 0; i < tasks->len; i++)
    {
      GxTask *task = begin_move (changes, tasks, i);
      gint32 day = gxc_local_day (task->due_at);

      put_off (task, gxc_local_moment (gx_workdays_add (gxc_calendar_get_workdays (calendar), MAX (day, today), 1), 0));
    }
  return changes;
}

/** gxc_task_changes_move: to @day, at the hour that each has */
GPtrArray *
gxc_task_changes_move (GPtrArray *tasks,
                       gint32     day)
{
  GPtrArray *changes = gxc_change_items_new ();

  for (guint i = 0; i < tasks->len; i++)
    {
      GxTask *task = begin_move (changes, tasks, i);

      put_off (task, gxc_local_moment (day, task->due_at));
    }
  return changes;
}

/** gxc_task_changes_shift: each by so many working days from its own day, later or (negative) earlier */
GPtrArray *
gxc_task_changes_shift (GxcCalendar *calendar,
                        GPtrArray   *tasks,
                        int          working_days)
{
  GPtrArray *changes = gxc_change_items_new ();

  for (guint i = 0; i < tasks->len; i++)
    {
      GxTask *task = begin_move (changes, tasks, i);
      gint32 day = gx_workdays_add (gxc_calendar_get_workdays (calendar), gxc_local_day (task->due_at), working_days);

      put_off (task, gxc_local_moment (day, task->due_at));
    }
  return changes;
}

/** gxc_task_changes_week: each by so many weeks; from a holiday it goes on to the next working day */
GPtrArray *
gxc_task_changes_week (GxcCalendar *calendar,
                       GPtrArray   *tasks,
                       int          weeks)
{
  GPtrArray *changes = gxc_change_items_new ();

  for (guint i = 0; i < tasks->len; i++)
    {
      GxTask *task = begin_move (changes, tasks, i);
      gint32 day = gx_workdays_add (gxc_calendar_get_workdays (calendar), gxc_local_day (task->due_at) + 7 * weeks, 0);

      put_off (task, gxc_local_moment (day, task->due_at));
    }
  return changes;
}

/** gxc_task_changes_remind: @minutes_before: negative = no reminder */
GPtrArray *
gxc_task_changes_remind (GPtrArray *tasks,
                         int        minutes_before)
{
  GPtrArray *changes = gxc_change_items_new ();

  for (guint i = 0; i < tasks->len; i++)
    {
      GxTask *task = begin (changes, tasks, i, bit ("remind_at"));

      task->remind_at = minutes_before < 0 ? 0 : task->due_at - minutes_before * MINUTE;
    }
  return changes;
}

/* What a task that is made again keeps: what is to be done, with whom, by whom. */
static GxTask *
dup_again (const GxTask *task)
{
  GxTask *again = gx_entity_new (&gx_task_entity);

  again->title = g_strdup (task->title);
  again->customer_id = task->customer_id;
  again->assignee_id = task->assignee_id;
  again->kind = task->kind;
  again->priority = task->priority;
  again->status = GX_TASK_OPEN;
  again->source = g_strdup_printf ("{\"kind\":\"repeat\",\"task\":\"%s\"}", GX_ID_STR (&task->meta.id));
  return again;
}

/**
 * gxc_task_changes_repeat:
 *
 * New tasks like @tasks, @days and @months after each one's day but not before tomorrow, on a working day.
 */
GPtrArray *
gxc_task_changes_repeat (GxcDesk     *desk,
                         GxcCalendar *calendar,
                         GPtrArray   *tasks,
                         int          days,
                         int          months)
{
  GPtrArray *changes = gxc_change_items_new ();
  gint32 tomorrow = gxc_local_today (desk) + 1;

  for (guint i = 0; i < tasks->len; i++)
    {
      const GxTask *task = gx_record_get_data (g_ptr_array_index (tasks, i));
      GxTask *again = dup_again (task);
      gint32 day = gx_date_add_months (gxc_local_day (task->due_at), months) + days;

      day = gx_workdays_add (gxc_calendar_get_workdays (calendar), MAX (day, tomorrow), 0);
      again->due_at = gxc_local_moment (day, task->due_at);
      if (task->remind_at)
        again->remind_at = again->due_at - (task->due_at - task->remind_at);
      g_ptr_array_add (changes, gxc_change_item_create (&gx_task_entity, again));
    }
  return changes;
}
