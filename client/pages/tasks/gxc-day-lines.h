/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gx-id.h"

G_BEGIN_DECLS

#define GXC_DAY_LINE_POINTS 9.0     /* of its text, as .gx-day-line has it */

/**
 * GxcMonthItem: what a month shows of a task.
 */
typedef struct
{
  GxId      id;
  gint32    date;           /* days since 1970-01-01 */
  char     *words;          /* (owned): of the matter first, then the name */
  char     *whole;          /* (owned): with its hour, for who wants to know all */
  gboolean  done;
  gboolean  late;
} GxcMonthItem;

void gxc_month_item_free (GxcMonthItem *item);
void gxc_day_lines_fill  (GtkWidget *box, GPtrArray *items, guint n_lines, int width);

G_END_DECLS
