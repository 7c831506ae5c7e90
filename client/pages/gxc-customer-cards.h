/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-chart.h"
#include "gxc-desk.h"

G_BEGIN_DECLS

GtkWidget *gxc_card_new           (const char *title, const char *caption, GtkWidget *button, GtkWidget **out_body);
GtkWidget *gxc_rows_new           (void);
void       gxc_chart_show_balances (GxcChart *chart, GxcDesk *desk, GPtrArray *holdings, GtkWidget *caption);
void       gxc_rows_add_holding   (GtkWidget *rows, GxcDesk *desk, GxRecord *holding);
void       gxc_rows_add_task      (GtkWidget *rows, GxcDesk *desk, GxRecord *task, gboolean with_button);
void       gxc_rows_add_words     (GtkWidget *rows, const char *words);
void       gxc_rows_add_fields    (GtkWidget *rows, GxcDesk *desk, GxRecord *record);
gint64     gxc_holdings_total     (GPtrArray *holdings, const char **out_ccy, gboolean *out_masked);
guint      gxc_holdings_history   (GxcDesk *desk, GPtrArray *holdings, double *values, gint32 *months, guint n_max);

G_END_DECLS
