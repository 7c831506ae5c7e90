/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-today-model.h"

G_BEGIN_DECLS

#define GXC_TYPE_TODAY_LIST (gxc_today_list_get_type ())
G_DECLARE_FINAL_TYPE (GxcTodayList, gxc_today_list, GXC, TODAY_LIST, GtkWidget)

GtkWidget *gxc_today_list_new          (GxcDesk *desk, GxcTodayModel *model);
GxId       gxc_today_list_get_customer (GxcTodayList *self);
gboolean   gxc_today_list_focus        (GxcTodayList *self);
void       gxc_today_list_settle       (GxcTodayList *self);

G_END_DECLS
