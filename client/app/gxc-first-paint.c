/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells when the first rows of a list stand on the screen, for whoever measures how long a start takes: with
 * GUANXI_BENCH_FIRST_PAINT set, "painted MICROSECONDS rows N" goes to standard output once, by the monotonic clock.
 *
 * It looks at the window from outside and only in that case, so no page knows of it. */

#include "gxc-first-paint.h"

#include <stdio.h>

#define ENVIRONMENT "GUANXI_BENCH_FIRST_PAINT"

/* How many rows the first list that can be seen has; 0 if there is none. */
static guint
count_rows (GtkWidget *widget)
{
  guint n = 0;

  if (!gtk_widget_get_child_visible (widget) || !gtk_widget_get_mapped (widget))
    return 0;
  if (GTK_IS_COLUMN_VIEW (widget))
    return g_list_model_get_n_items (G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (widget))));
  if (GTK_IS_LIST_BOX (widget) && !gtk_widget_has_css_class (widget, "navigation-sidebar"))
    while (gtk_list_box_get_row_at_index (GTK_LIST_BOX (widget), n))
      n++;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !n; child = gtk_widget_get_next_sibling (child))
    n = count_rows (child);
  return n;
}

static void
on_after_paint_cb (GdkFrameClock *clock, gpointer window)
{
  guint n = count_rows (window);

  if (!n)
    return;
  g_signal_handlers_disconnect_by_func (clock, on_after_paint_cb, window);
  printf ("painted %" G_GINT64_FORMAT " rows %u\n", g_get_monotonic_time (), n);
  fflush (stdout);
}

/**
 * gxc_first_paint_watch:
 * @window: a window that is realized
 */
void
gxc_first_paint_watch (GtkWidget *window)
{
  if (g_getenv (ENVIRONMENT))
    g_signal_connect_object (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (on_after_paint_cb), window, 0);
}
