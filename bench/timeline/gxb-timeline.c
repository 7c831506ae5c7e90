/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a frame of the timeline takes over ten thousand items, from the layout to the last pixel: 600 frames of zooming
 * from ten years to a week and back, 600 of panning at three zooms, and the same with a hovered item. Nothing is left out:
 * the time is what the frame clock needs for update, layout and paint, with whatever renderer GSK_RENDERER names. Prints
 * a JSON line a workload, in milliseconds: by the clock, and by this thread's processor time, which neighbours on a busy
 * machine do not lengthen; and how long it took to put the items in order.
 * Usage: gxb-timeline [ITEMS] [FILE.png], the picture being of the first frame. */

#include <adwaita.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "gxc-look.h"
#include "gxc-timeline-map.h"
#include "gxc-widgets.h"
#include "gxt-life.h"
#include "gxt-screenshot.h"

#define FRAMES 600

typedef struct
{
  GMainLoop         *loop;
  GxcTimelineCanvas *canvas;
  GxcTimelineModel  *model;
  void             (*move) (GxcTimelineCanvas *canvas, guint frame);
  double             times[FRAMES], cpu[FRAMES];
  guint              frame;
  gint64             begun;
  double             cpu_begun;
} Bench;

static void
zoom (GxcTimelineCanvas *canvas, guint frame)
{
  double share = fabs (1 - 2.0 * frame / FRAMES), days = 7 * pow (3650.0 / 7, share), end = GXT_LIFE_TODAY - 1200 * (1 - share);

  gxc_timeline_canvas_set_range (canvas, end - days, end, FALSE);
}

static void
pan (GxcTimelineCanvas *canvas, guint frame)
{
  static const double days[] = { 3650, 700, 40 };
  double width = days[frame * 3 / FRAMES], end = GXT_LIFE_TODAY - (frame % (FRAMES / 3)) * width / 100;

  gxc_timeline_canvas_set_range (canvas, end - width, end, FALSE);
}

static void
step (GxcTimelineCanvas *canvas, guint frame)
{
  const GxcTimelineLayout *layout = gxc_timeline_canvas_get_layout (canvas);

  gxc_timeline_canvas_select (canvas, g_ptr_array_index (layout->model->items, layout->model->items->len - 1 - frame * 3 % layout->model->items->len));
}

static const struct { const char *name; void (*move) (GxcTimelineCanvas *canvas, guint frame); } workloads[] = {
  { "zoom", zoom }, { "pan", pan }, { "step", step },
};

static double
cpu_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

static void
on_before_paint_cb (GdkFrameClock *clock, Bench *bench)
{
  bench->begun = g_get_monotonic_time ();
  bench->cpu_begun = cpu_ms ();
}

static void
on_after_paint_cb (GdkFrameClock *clock, Bench *bench)
{
  if (bench->frame > 0)
    bench->cpu[bench->frame - 1] = cpu_ms () - bench->cpu_begun;
  if (bench->frame > 0)
    bench->times[bench->frame - 1] = (g_get_monotonic_time () - bench->begun) / 1000.0;
  if (bench->frame == FRAMES)
    g_main_loop_quit (bench->loop);
}

static gboolean
on_tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Bench *bench = data;

  if (bench->frame == FRAMES)
    return G_SOURCE_REMOVE;
  bench->move (bench->canvas, bench->frame++);
  return G_SOURCE_CONTINUE;
}

static int
compare (const void *a, const void *b)
{
  return (*(const double *) a > *(const double *) b) - (*(const double *) a < *(const double *) b);
}

static void
run (Bench *bench, guint workload)
{
  bench->move = workloads[workload].move;
  bench->frame = 0;
  gtk_widget_add_tick_callback (GTK_WIDGET (bench->canvas), on_tick_cb, bench, NULL);
  g_main_loop_run (bench->loop);
  qsort (bench->times, FRAMES, sizeof (double), compare);
  qsort (bench->cpu, FRAMES, sizeof (double), compare);
  printf ("{\"what\":\"%s\",\"items\":%u,\"p50\":%.2f,\"p95\":%.2f,\"p99\":%.2f,\"max\":%.2f,\"cpu_p50\":%.2f,\"cpu_p99\":%.2f}\n",
          workloads[workload].name, bench->model->items->len, bench->times[FRAMES / 2], bench->times[FRAMES * 95 / 100],
          bench->times[FRAMES * 99 / 100], bench->times[FRAMES - 1], bench->cpu[FRAMES / 2], bench->cpu[FRAMES * 99 / 100]);
}

static void
tell_model (guint n_items)
{
  gint64 begun = g_get_monotonic_time ();
  g_autoptr(GxcTimelineModel) model = gxt_life_new (n_items);

  printf ("{\"what\":\"model\",\"items\":%u,\"p99\":%.2f}\n", model->items->len, (g_get_monotonic_time () - begun) / 1000.0);
}

int
main (int argc, char **argv)
{
  guint n_items = argc > 1 ? strtoul (argv[1], NULL, 10) : 10000;
  Bench bench = { 0 };
  GtkWidget *window, *box, *map;
  GdkFrameClock *clock;

  adw_init ();
  gxc_widgets_init ();
  gxc_look_install (gdk_display_get_default ());
  tell_model (MAX (n_items, 100));
  bench.model = gxt_life_new (MAX (n_items, 100));
  bench.loop = g_main_loop_new (NULL, FALSE);
  window = gtk_window_new ();
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  bench.canvas = GXC_TIMELINE_CANVAS (gxc_timeline_canvas_new ());
  map = gxc_timeline_map_new (bench.canvas);
  gtk_widget_set_vexpand (GTK_WIDGET (bench.canvas), TRUE);
  gxc_timeline_canvas_set_model (bench.canvas, bench.model);
  gxc_timeline_map_set_model (GXC_TIMELINE_MAP (map), bench.model);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (bench.canvas));
  gtk_box_append (GTK_BOX (box), map);
  gtk_window_set_default_size (GTK_WINDOW (window), 1040, 640);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
  gxt_wait_shown (GTK_WINDOW (window));
  gxt_wait_ms (500);
  if (argc > 2)
    gxt_screenshot (GTK_WINDOW (window), argv[2]);
  clock = gtk_widget_get_frame_clock (window);
  g_signal_connect (clock, "before-paint", G_CALLBACK (on_before_paint_cb), &bench);
  g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint_cb), &bench);
  for (guint i = 0; i < G_N_ELEMENTS (workloads); i++)
    run (&bench, i);
  gtk_window_destroy (GTK_WINDOW (window));
  g_main_loop_unref (bench.loop);
  gxc_timeline_model_unref (bench.model);
  return 0;
}
