/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-desk.h"

G_BEGIN_DECLS

#define GXC_TYPE_TASKS_LIST (gxc_tasks_list_get_type ())
G_DECLARE_FINAL_TYPE (GxcTasksList, gxc_tasks_list, GXC, TASKS_LIST, GtkWidget)

GtkWidget *gxc_tasks_list_new         (GxcDesk *desk, gboolean slim);
void       gxc_tasks_list_begin       (GxcTasksList *self);
void       gxc_tasks_list_add         (GxcTasksList *self, const char *heading, GPtrArray *tasks, GHashTable *customers);
void       gxc_tasks_list_end         (GxcTasksList *self, GtkWidget *nothing);
guint      gxc_tasks_list_n_chosen    (GxcTasksList *self);
GPtrArray *gxc_tasks_list_dup_targets (GxcTasksList *self);
void       gxc_tasks_list_choose_all  (GxcTasksList *self, gboolean chosen);
gboolean   gxc_tasks_list_step        (GxcTasksList *self, int by);
gboolean   gxc_tasks_list_focus       (GxcTasksList *self);

G_END_DECLS
