/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-desk.h"

G_BEGIN_DECLS

#define GXC_TYPE_TASKS_BAR (gxc_tasks_bar_get_type ())
G_DECLARE_FINAL_TYPE (GxcTasksBar, gxc_tasks_bar, GXC, TASKS_BAR, GtkWidget)

GtkWidget *gxc_tasks_bar_new         (GxcDesk *desk);
void       gxc_tasks_bar_set_targets (GxcTasksBar *self, GPtrArray *tasks, gboolean chosen);
void       gxc_tasks_bar_ask_day     (GxcTasksBar *self);

G_END_DECLS
