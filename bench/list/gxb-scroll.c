/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gxb-scroll: how smooth the desktop's own list of customers is. The real window over the real store of a profile, driven
 * from inside, one step a frame: so what is timed is the whole work of a frame (the step, layout, snapshot, rendering),
 * and not how often the screen could be refreshed.
 *
 *   gxb-scroll --profile DIR [--frames N] [--only WHAT]
 *
 * Prints one JSON object a line: {"what":"wheel","n":600,"p50":…,"p99":…,"max":…,"late":…}, in ms; "late" is the share of
 * frames above 16 ms; "cpu…" the same by the processor's time alone, which a busy machine does not lengthen; "blank" how many rows stood empty in a frame. It has no session and speaks to no server. */

#include <adwaita.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "gxc-core-desk.h"
#include "gxc-customers-cell.h"
#include "gxc-customers-list.h"
#include "gxc-field-column.h"
#include "gxc-shell.h"
#include "gxc-window.h"

#define WHEEL 71            /* px a notch, as GTK has it for a list of this height */
#define FRAME 16.0          /* ms */
#define ROW   36

typedef struct
{
  GtkWidget     *window;
  GtkWidget     *view;      /* the column view */
  GtkWidget     *rows;      /* its list view */
  GtkWidget     *search;
  GtkAdjustment *place;
  GArray        *spans;     /* of double, ms */
  GArray        *work;      /* the same, of the processor only */
  gint64         began;     /* µs; 0: no frame is timed */
  double         worked;    /* ms of the processor, when it began */
  gboolean       painted;
  guint          step, n_steps, n_blank;
  guint32        seed;
  void         (*run) (gpointer bench);
} Bench;

static double
processor_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

static void
begin (Bench *bench)
{
  bench->worked = processor_ms ();
  bench->began = g_get_monotonic_time ();
}

/* --- figures -------------------------------------------------------------------------------------------------------- */

static int
compare_spans (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
share (GArray *spans, double part)
{
  guint at = MIN ((guint) (part * spans->len), spans->len - 1);

  return g_array_index (spans, double, at);
}

static void
tell (Bench *bench, const char *what)
{
  guint late = 0;

  if (bench->spans->len == 0)
    return;
  g_array_sort (bench->spans, compare_spans);
  g_array_sort (bench->work, compare_spans);
  for (guint i = 0; i < bench->spans->len; i++)
    late += g_array_index (bench->spans, double, i) > FRAME;
  printf ("{\"what\":\"%s\",\"n\":%u,\"p50\":%.2f,\"p95\":%.2f,\"p99\":%.2f,\"max\":%.2f,\"late\":%.4f,"
          "\"cpu50\":%.2f,\"cpu99\":%.2f,\"cpumax\":%.2f,\"blank\":%u}\n", what,
          bench->spans->len, share (bench->spans, 0.5), share (bench->spans, 0.95), share (bench->spans, 0.99),
          share (bench->spans, 1), (double) late / bench->spans->len, share (bench->work, 0.5),
          share (bench->work, 0.99), share (bench->work, 1), bench->n_blank);
  fflush (stdout);
  g_array_set_size (bench->spans, 0);
  g_array_set_size (bench->work, 0);
  bench->n_blank = 0;
}

static void
add_span (Bench *bench)
{
  double ms = (g_get_monotonic_time () - bench->began) / 1000.0, work = processor_ms () - bench->worked;

  g_array_append_val (bench->spans, ms);
  g_array_append_val (bench->work, work);
  bench->began = 0;
}

/* --- frames --------------------------------------------------------------------------------------------------------- */

/* Every row that can be seen must have been bound to a customer. */
static void
count_blanks (Bench *bench)
{
  int height = gtk_widget_get_height (bench->rows), width = gtk_widget_get_width (bench->rows);

  for (int y = ROW / 2; y < height; y += ROW)
    {
      GtkWidget *picked = gtk_widget_pick (bench->rows, MIN (width / 10, 80), y, GTK_PICK_DEFAULT);
      GtkWidget *cell = picked && !GXC_IS_CUSTOMERS_CELL (picked) ? gtk_widget_get_first_child (picked) : picked;
      g_autofree char *words = GXC_IS_CUSTOMERS_CELL (cell) ? gxc_customers_cell_dup_words (GXC_CUSTOMERS_CELL (cell)) : NULL;

      bench->n_blank += !words || !*words;
    }
}

static void
on_before_paint_cb (GdkFrameClock *clock, Bench *bench)
{
  if (bench->run && bench->step < bench->n_steps)
    begin (bench);
}

static gboolean
on_tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Bench *bench = data;

  if (bench->run && bench->step < bench->n_steps && bench->began)
    {
      bench->run (bench);
      bench->step++;
    }
  return G_SOURCE_CONTINUE;
}

static void
on_after_paint_cb (GdkFrameClock *clock, Bench *bench)
{
  bench->painted = TRUE;
  if (!bench->began)
    return;
  add_span (bench);
  if (bench->run)
    count_blanks (bench);
}

static void
drive (Bench *bench, const char *what, void (*run) (gpointer bench), guint n_steps)
{
  bench->step = 0;
  bench->n_steps = n_steps;
  bench->run = run;
  while (bench->step < n_steps || bench->began)
    g_main_context_iteration (NULL, TRUE);
  bench->run = NULL;
  tell (bench, what);
}

static void
wheel (gpointer data)
{
  Bench *bench = data;

  gtk_adjustment_set_value (bench->place, gtk_adjustment_get_value (bench->place) + WHEEL);
}

static void
page_down (gpointer data)
{
  Bench *bench = data;

  gtk_adjustment_set_value (bench->place, gtk_adjustment_get_value (bench->place) + gtk_adjustment_get_page_size (bench->place));
}

static void
key_down (gpointer data)
{
  gtk_widget_child_focus (((Bench *) data)->rows, GTK_DIR_DOWN);
}

/* A hand on the thumb goes anywhere. */
static void
thumb (gpointer data)
{
  Bench *bench = data;
  double room = gtk_adjustment_get_upper (bench->place) - gtk_adjustment_get_page_size (bench->place);

  bench->seed = bench->seed * 1664525u + 1013904223u;
  gtk_adjustment_set_value (bench->place, room * (bench->seed >> 8) / (1 << 24));
}

/* --- single answers ------------------------------------------------------------------------------------------------- */

static void
settle (Bench *bench)
{
  gint64 until = g_get_monotonic_time () + 400000;

  while (g_get_monotonic_time () < until)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (2000);
}

static void
wait_for_paint (Bench *bench)
{
  bench->painted = FALSE;
  gtk_widget_queue_draw (bench->view);
  while (!bench->painted)
    g_main_context_iteration (NULL, TRUE);
}

static void
tell_last (Bench *bench, const char *what)
{
  GtkSelectionModel *model = gtk_column_view_get_model (GTK_COLUMN_VIEW (bench->view));

  if (g_getenv ("GXB_VERBOSE"))
    g_printerr ("%s: %.1f ms, %.1f of the processor, %u rows\n", what, g_array_index (bench->spans, double, bench->spans->len - 1),
                g_array_index (bench->work, double, bench->work->len - 1), g_list_model_get_n_items (G_LIST_MODEL (model)));
}

/* A letter behind those that stand there, as a hand does it: a text set anew is emptied first, and all are listed twice. */
static void
type_letter (Bench *bench, const char *letter)
{
  int end = -1;

  gtk_editable_insert_text (GTK_EDITABLE (bench->search), letter, g_utf8_next_char (letter) - letter, &end);
  g_signal_emit_by_name (bench->search, "search-changed");
}

static void
clear_search (Bench *bench)
{
  settle (bench);
  begin (bench);
  gtk_editable_set_text (GTK_EDITABLE (bench->search), "");
  wait_for_paint (bench);
  tell_last (bench, "");
}

/* From the letter to the frame that shows what it finds; GTK's own delay for typing is not counted. */
static void
search (Bench *bench)
{
  static const char * const words[] = { "zhang", "wsq", "lm", "5678", "张", "wang", "chen", "0" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      for (const char *letter = words[i]; *letter; letter = g_utf8_next_char (letter))
        {
          settle (bench);
          begin (bench);
          type_letter (bench, letter);
          wait_for_paint (bench);
          tell_last (bench, gtk_editable_get_text (GTK_EDITABLE (bench->search)));
        }
      clear_search (bench);
    }
  tell (bench, "search");
}

static void
sort (Bench *bench)
{
  GListModel *columns = gtk_column_view_get_columns (GTK_COLUMN_VIEW (bench->view));

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    for (guint descending = 0; descending < 2; descending++)
      {
        g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

        if (!gxc_field_column_get_field (column))
          continue;
        settle (bench);
        begin (bench);
        gtk_column_view_sort_by_column (GTK_COLUMN_VIEW (bench->view), column, descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
        wait_for_paint (bench);
        tell_last (bench, gxc_field_column_get_field (column)->name);
      }
  tell (bench, "sort");
}

/* --- the window ----------------------------------------------------------------------------------------------------- */

static GtkWidget *
find (GtkWidget *widget, GType type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (widget, type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found; child = gtk_widget_get_next_sibling (child))
    found = find (child, type);
  return found;
}

static gboolean
open_list (Bench *bench, GxcDesk *desk)
{
  g_autoptr(GxcPreferences) preferences = gxc_preferences_new (g_get_user_config_dir ());
  GtkWidget *list;

  bench->window = gxc_window_new (NULL, desk, preferences);
  gtk_window_set_default_size (GTK_WINDOW (bench->window), 1280, 800);
  gtk_window_present (GTK_WINDOW (bench->window));
  gxc_window_show_page (GXC_WINDOW (bench->window), "customers");
  settle (bench);
  list = find (bench->window, GXC_TYPE_CUSTOMERS_LIST);
  if (!list)
    return FALSE;
  bench->view = find (list, GTK_TYPE_COLUMN_VIEW);
  bench->rows = find (list, GTK_TYPE_LIST_VIEW);
  bench->search = find (bench->window, GTK_TYPE_SEARCH_ENTRY);
  bench->place = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (bench->view));
  gtk_widget_add_tick_callback (bench->view, on_tick_cb, bench, NULL);
  g_signal_connect (gtk_widget_get_frame_clock (bench->window), "before-paint", G_CALLBACK (on_before_paint_cb), bench);
  g_signal_connect (gtk_widget_get_frame_clock (bench->window), "after-paint", G_CALLBACK (on_after_paint_cb), bench);
  return TRUE;
}

static void
measure (Bench *bench, int frames, const char *only)
{
  if (!only || g_str_equal (only, "wheel"))
    drive (bench, "wheel", wheel, frames);
  gtk_widget_grab_focus (bench->rows);
  if (!only || g_str_equal (only, "keys"))
    drive (bench, "keys", key_down, frames);
  if (!only || g_str_equal (only, "pages"))
    drive (bench, "pages", page_down, frames);
  if (!only || g_str_equal (only, "thumb"))
    drive (bench, "thumb", thumb, frames / 4);
  gtk_adjustment_set_value (bench->place, 0);
  if (!only || g_str_equal (only, "search"))
    search (bench);
  if (!only || g_str_equal (only, "sort"))
    sort (bench);
  printf ("{\"what\":\"rows\",\"n\":%u}\n", g_list_model_get_n_items (G_LIST_MODEL (gtk_column_view_get_model (GTK_COLUMN_VIEW (bench->view)))));
}

int
main (int argc, char **argv)
{
  g_autofree char *profile = NULL, *only = NULL;
  int frames = 600;
  const GOptionEntry entries[] = {
    { "profile", 0, 0, G_OPTION_ARG_FILENAME, &profile, "Whose store", "DIR" },
    { "frames", 0, 0, G_OPTION_ARG_INT, &frames, "Frames of each way to scroll (600)", "N" },
    { "only", 0, 0, G_OPTION_ARG_STRING, &only, "One of wheel, keys, pages, thumb, search, sort", "WHAT" },
    { NULL }
  };
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GxcCoreDesk) desk = NULL;
  Bench bench = { .seed = 1 };

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || !profile || frames < 4)
    {
      g_printerr ("gxb-scroll: %s\n", error ? error->message : "--profile DIR is needed");
      return 2;
    }
  gxc_shell_register ();
  adw_init ();
  gxc_shell_init ();
  bench.spans = g_array_new (FALSE, FALSE, sizeof (double));
  bench.work = g_array_new (FALSE, FALSE, sizeof (double));
  if (!(desk = gxc_core_desk_new (profile, NULL, &error)) || !open_list (&bench, GXC_DESK (desk)))
    {
      g_printerr ("gxb-scroll: %s\n", error ? error->message : "the profile shows no list of customers");
      return 1;
    }
  measure (&bench, frames, only);
  gtk_window_destroy (GTK_WINDOW (bench.window));
  gxc_core_desk_stop (desk);
  g_array_unref (bench.spans);
  g_array_unref (bench.work);
  return 0;
}
