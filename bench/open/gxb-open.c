/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long it takes until a customer stands on the screen: the real window on the real store of a profile, one customer
 * after the other, from the call to the frame that was painted with the page in it. No server is asked.
 *
 *   gxb-open PROFILE HOW-MANY [PART]
 *
 * Prints one JSON object: {"what":"open","n":60,"of":100000,"p50":…,"p95":…,"max":…,"cpu":…}, in ms; "cpu" is the processor's
 * time of one on average, which a busy machine does not lengthen. */

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "gx-customer.h"
#include "gxc-core-desk.h"
#include "gxc-page.h"
#include "gxc-shell.h"
#include "gxc-window.h"

typedef struct
{
  gboolean painted;
  gint64   at;              /* µs, monotonic */
} Paint;

static void
on_after_paint_cb (GdkFrameClock *clock, gpointer data)
{
  Paint *paint = data;

  paint->painted = TRUE;
  paint->at = g_get_monotonic_time ();
}

static void
wait_painted (GtkWidget *window, Paint *paint)
{
  paint->painted = FALSE;
  gtk_widget_queue_draw (window);
  while (!paint->painted)
    g_main_context_iteration (NULL, TRUE);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

static void
settle (guint iterations)
{
  for (guint i = 0; i < iterations && g_main_context_pending (NULL); i++)
    g_main_context_iteration (NULL, FALSE);
}

/* @out_cpu: µs of this process for one customer, on average: what a busy machine does not add to */
static GArray *
measure (GxcWindow *window, GArray *ids, guint n, const char *tab, double *out_cpu)
{
  GArray *times = g_array_new (FALSE, FALSE, sizeof (gint64));
  clock_t cpu = 0;
  Paint paint = { FALSE, 0 };
  GdkFrameClock *frames = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  gulong handler = g_signal_connect (frames, "after-paint", G_CALLBACK (on_after_paint_cb), &paint);

  for (guint i = 0; i < n; i++)
    {
      gint64 begin, took;
      clock_t before;

      settle (1000);
      before = clock ();
      begin = g_get_monotonic_time ();
      gxc_window_open_customer (window, &g_array_index (ids, GxId, (gsize) i * ids->len / n));
      if (tab)
        gxc_page_show_part (GXC_PAGE (gxc_window_get_page (window)), tab);
      wait_painted (GTK_WIDGET (window), &paint);
      took = paint.at - begin;
      cpu += clock () - before;
      g_array_append_val (times, took);
    }
  g_signal_handler_disconnect (frames, handler);
  g_array_sort (times, compare_times);
  *out_cpu = (double) cpu / CLOCKS_PER_SEC * 1e6 / n;
  return times;
}

static double
at_share (GArray *times, double share)
{
  return g_array_index (times, gint64, (guint) ((times->len - 1) * share)) / 1000.0;
}

int
main (int argc, char **argv)
{
  const GxcQuery all = { .limit = 0 };
  g_autoptr(GError) error = NULL;
  g_autoptr(GxcCoreDesk) desk = NULL;
  g_autoptr(GxcPreferences) preferences = NULL;
  g_autoptr(GArray) ids = NULL, times = NULL;
  GtkWidget *window;
  double cpu = 0;

  if (argc < 3)
    {
      fprintf (stderr, "usage: gxb-open PROFILE HOW-MANY [PART]\n");
      return 2;
    }
  gtk_init ();
  adw_init ();
  gxc_shell_init ();
  if (!(desk = gxc_core_desk_new (argv[1], NULL, &error)) || !(ids = gxc_desk_list (GXC_DESK (desk), &gx_customer_entity, &all, &error)))
    {
      fprintf (stderr, "gxb-open: %s\n", error->message);
      return 1;
    }
  preferences = gxc_preferences_new (argv[1]);
  window = gxc_window_new (NULL, GXC_DESK (desk), preferences);
  gtk_window_present (GTK_WINDOW (window));
  while (!gtk_widget_get_mapped (window))
    g_main_context_iteration (NULL, TRUE);
  times = measure (GXC_WINDOW (window), ids, MAX (atoi (argv[2]), 1), argc > 3 ? argv[3] : NULL, &cpu);
  printf ("{\"what\":\"open\",\"n\":%u,\"of\":%u,\"p50\":%.2f,\"p95\":%.2f,\"max\":%.2f,\"cpu\":%.2f}\n", times->len, ids->len,
          at_share (times, 0.5), at_share (times, 0.95), at_share (times, 1), cpu / 1000);
  gtk_window_destroy (GTK_WINDOW (window));
  gxc_core_desk_stop (desk);
  return 0;
}
