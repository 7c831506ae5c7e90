/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-desk.h"

G_BEGIN_DECLS

#define GXC_TYPE_TASK_ROW (gxc_task_row_get_type ())
G_DECLARE_FINAL_TYPE (GxcTaskRow, gxc_task_row, GXC, TASK_ROW, GtkListBoxRow)

GtkWidget *gxc_task_row_new              (GxcDesk *desk, GxRecord *task, GxRecord *customer, guint group, int priority_width);
int        gxc_task_row_measure_priority (void);
GxRecord  *gxc_task_row_get_task         (GxcTaskRow *self);
guint      gxc_task_row_get_group        (GxcTaskRow *self);
gboolean   gxc_task_row_get_chosen       (GxcTaskRow *self);
void       gxc_task_row_set_chosen       (GxcTaskRow *self, gboolean chosen);
void       gxc_task_row_set_primary      (GxcTaskRow *self);

/* What a dragged task is, as a text: its id after this word. */
#define GXC_TASK_DRAG "guanxi-task:"

G_END_DECLS
