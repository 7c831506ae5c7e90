/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-desk.h"

G_BEGIN_DECLS

/**
 * GxcColumnOps: how a kind is shown in a list.
 */
typedef struct
{
  char    *(*to_words) (GxcDesk *desk, const GxField *field, gconstpointer row, gconstpointer member);
  gboolean   right;         /* numbers stand right */
  int        width;         /* px at 100 % text; 0: takes the rest */
} GxcColumnOps;

extern const GxcColumnOps gxc_column_ops[GX_N_KINDS];

gboolean             gxc_field_is_curtained (GxcDesk *desk, GxRecord *record, const GxField *field);
char                *gxc_own_money_to_words (GxcDesk *desk, gint64 amount, const char *ccy);
char                *gxc_field_to_words    (GxcDesk *desk, GxRecord *record, const GxField *field);
char                *gxc_money_to_words    (gint64 amount, const char *ccy);
char                *gxc_row_to_words      (GxcDesk *desk, const GxField *field, gconstpointer row);
GtkColumnViewColumn *gxc_field_column_new  (GxcDesk *desk, const GxField *field);
const GxField       *gxc_field_column_get_field (GtkColumnViewColumn *column);
GtkColumnViewColumn *gxc_column_new        (const char *title, const GxField *sorted_by, int width,
                                            GCallback setup, GCallback bind, gpointer data);
const GxField       *gxc_column_view_get_sort (GtkColumnView *view, gboolean *out_descending);
void                 gxc_column_view_scale (GtkColumnView *view);
void                 gxc_column_view_align_heads (GtkColumnView *view);
void                 gxc_column_set_right  (GtkColumnViewColumn *column);

G_END_DECLS
