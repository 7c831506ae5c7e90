/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-calendar.h"

G_BEGIN_DECLS

/* What can be done to tasks (GxRecord), as changes for gxc_desk_save(): (transfer full) (element-type GxcChangeItem). */
GPtrArray *gxc_task_changes_done   (GxcDesk *desk, GPtrArray *tasks);
GPtrArray *gxc_task_changes_reopen (GxcDesk *desk, GPtrArray *tasks);
GPtrArray *gxc_task_changes_snooze (GxcDesk *desk, GxcCalendar *calendar, GPtrArray *tasks);
GPtrArray *gxc_task_changes_move   (GPtrArray *tasks, gint32 day);
GPtrArray *gxc_task_changes_shift  (GxcCalendar *calendar, GPtrArray *tasks, int working_days);
GPtrArray *gxc_task_changes_week   (GxcCalendar *calendar, GPtrArray *tasks, int weeks);
GPtrArray *gxc_task_changes_remind (GPtrArray *tasks, int minutes_before);
GPtrArray *gxc_task_changes_repeat (GxcDesk *desk, GxcCalendar *calendar, GPtrArray *tasks, int days, int months);

G_END_DECLS
