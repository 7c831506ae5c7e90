/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-calendar.h"
#include "gxc-day-cell.h"

G_BEGIN_DECLS

#define GXC_TYPE_MONTH_VIEW (gxc_month_view_get_type ())
G_DECLARE_FINAL_TYPE (GxcMonthView, gxc_month_view, GXC, MONTH_VIEW, GtkWidget)

GtkWidget *gxc_month_view_new       (void);
void       gxc_month_view_set_calendar (GxcMonthView *self, GxcCalendar *calendar, gint32 today);
void       gxc_month_view_set_items (GxcMonthView *self, GPtrArray *items);
void       gxc_month_view_set_day   (GxcMonthView *self, gint32 day);
gint32     gxc_month_view_get_day   (GxcMonthView *self);
void       gxc_month_view_get_range (GxcMonthView *self, gint32 *out_first, gint32 *out_last);
void       gxc_month_view_turn      (GxcMonthView *self, int months);
void       gxc_month_view_focus     (GxcMonthView *self);

G_END_DECLS
