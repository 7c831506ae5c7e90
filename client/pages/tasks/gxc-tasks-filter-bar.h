/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-tasks-source.h"

G_BEGIN_DECLS

#define GXC_TYPE_TASKS_FILTER_BAR (gxc_tasks_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (GxcTasksFilterBar, gxc_tasks_filter_bar, GXC, TASKS_FILTER_BAR, GtkWidget)

GtkWidget            *gxc_tasks_filter_bar_new          (GxcDesk *desk);
const GxcTasksFilter *gxc_tasks_filter_bar_get          (GxcTasksFilterBar *self);
void                  gxc_tasks_filter_bar_set_kind     (GxcTasksFilterBar *self, int kind);
void                  gxc_tasks_filter_bar_set_customer (GxcTasksFilterBar *self, const GxId *id);
gboolean              gxc_tasks_filter_bar_is_set       (GxcTasksFilterBar *self);

G_END_DECLS
