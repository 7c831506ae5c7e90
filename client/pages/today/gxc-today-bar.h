/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-desk.h"

G_BEGIN_DECLS

#define GXC_TYPE_TODAY_BAR (gxc_today_bar_get_type ())
G_DECLARE_FINAL_TYPE (GxcTodayBar, gxc_today_bar, GXC, TODAY_BAR, GtkWidget)

GtkWidget *gxc_today_bar_new     (GxcDesk *desk);
void       gxc_today_bar_set_n   (GxcTodayBar *self, guint n_selected, gboolean choosing);
void       gxc_today_bar_ask_day (GxcTodayBar *self);

G_END_DECLS
