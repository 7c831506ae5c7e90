/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-book.h"

G_BEGIN_DECLS

#define GXC_TYPE_TODAY_CHART (gxc_today_chart_get_type ())
G_DECLARE_FINAL_TYPE (GxcTodayChart, gxc_today_chart, GXC, TODAY_CHART, GtkWidget)

GtkWidget *gxc_today_chart_new      (void);
void       gxc_today_chart_show_new (GxcTodayChart *self, const GxcBook *book);
void       gxc_today_chart_show     (GxcTodayChart *self, const GxcBook *book, gint32 today);

G_END_DECLS
