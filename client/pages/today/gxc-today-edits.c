/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done to lines at once, as changes for gxc_desk_save(): done, put off to the next working morning, moved to
 * another day. Lines that are no tasks are passed over. Nothing is saved here; days are of the wall clock, as tasks are. */

#include "gxc-today-edits.h"

#include "gxc-task-edits.h"

/** gxc_today_tasks: (transfer full) (element-type GxRecord): of @items, those that are tasks */
GPtrArray *
gxc_today_tasks (GPtrArray *items)
{
  GPtrArray *tasks = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < items->len; i++)
    {
      GxcTodayItem *item = g_ptr_array_index (items, i);

      if (gxc_today_item_is_task (item))
        g_ptr_array_add (tasks, g_object_ref (item->record));
    }
  return tasks;
}

/** gxc_today_changes_done: (transfer full) (element-type GxcChangeItem) */
GPtrArray *
gxc_today_changes_done (GxcDesk   *desk,
                        GPtrArray *items)
{
  g_autoptr(GPtrArray) tasks = gxc_today_tasks (items);

  return gxc_task_changes_done (desk, tasks);
}

/** gxc_today_changes_snooze: (transfer full): due at nine on the next working day */
GPtrArray *
gxc_today_changes_snooze (GxcDesk   *desk,
                          GPtrArray *items)
{
  g_autoptr(GPtrArray) tasks = gxc_today_tasks (items);
  g_autoptr(GxcCalendar) calendar = gxc_calendar_new (desk);

  return gxc_task_changes_snooze (desk, calendar, tasks);
}

/** gxc_today_changes_move: (transfer full): due on @day at the hour that each had */
GPtrArray *
gxc_today_changes_move (GPtrArray *items,
                        gint32     day)
{
  g_autoptr(GPtrArray) tasks = gxc_today_tasks (items);

  return gxc_task_changes_move (tasks, day);
}
