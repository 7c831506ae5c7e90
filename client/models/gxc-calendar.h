/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-workday.h"
#include "gxc-desk.h"

G_BEGIN_DECLS

/**
 * GxcCalendar: the bank's calendar as this desk holds it. Days are of the wall clock, as tasks are.
 */
typedef struct _GxcCalendar GxcCalendar;

GxcCalendar *gxc_calendar_new         (GxcDesk *desk);
void         gxc_calendar_free        (GxcCalendar *self);
GxWorkdays  *gxc_calendar_get_workdays (GxcCalendar *self);
const char  *gxc_calendar_get_name    (GxcCalendar *self, gint32 date);

gint32       gxc_local_day            (gint64 ms);
gint64       gxc_local_moment         (gint32 date, gint64 time_of);
gint32       gxc_local_today          (GxcDesk *desk);
gint32       gxc_next_working_day     (GxcDesk *desk);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcCalendar, gxc_calendar_free)

G_END_DECLS
