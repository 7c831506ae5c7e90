/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-chart.h"
#include "gxc-desk.h"
#include "gxc-state-box.h"

G_BEGIN_DECLS

GtkWidget *gxc_card_new         (const char *title, const char *caption, GtkWidget *button, GtkWidget **out_body);
GtkWidget *gxc_assets_card_new  (GxcDesk *desk, GPtrArray *holdings, const char *ccy);
double     gxc_chart_unit       (double most, const char *ccy, char **out_unit);
void       gxc_chart_set_months (GxcChart *chart, const gint32 *months, guint n);
GtkWidget *gxc_small_button     (const char *label, const char *action_name, const char *target);
void       gxc_box_empty        (GtkWidget *box);

GtkWidget *gxc_rows_new         (void);
void       gxc_label_tip_when_cut (GtkWidget *label);
GtkWidget *gxc_two_lines        (const char *first, const char *second);
GtkWidget *gxc_two_lines_wrapped (const char *first, const char *second);
void       gxc_rows_add         (GtkWidget *rows, GtkWidget *child, const char *words);

/**
 * GxcTaskButtons: what a task's row offers.
 */
typedef enum
{
  GXC_TASK_NOTHING,
  GXC_TASK_FINISH,          /* the one that closes it */
  GXC_TASK_ALL,             /* and what edits it and puts it off */
} GxcTaskButtons;

void       gxc_rows_add_task    (GtkWidget *rows, GxcDesk *desk, GxRecord *task, GxcTaskButtons buttons);
void       gxc_rows_add_words   (GtkWidget *rows, const char *words);

G_END_DECLS
