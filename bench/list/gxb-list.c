/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gxb-list: the floor of a client's start. A GTK window with one column view over the floor's bank and nothing else:
 * no libadwaita, no store, no session.
 *
 *   gxb-list --db FILE --rows N
 *
 * After the first frame that holds rows it prints "painted MONOTONIC-MICROSECONDS" and stays, so that whoever started
 * it can subtract its own clock and read the memory. */

#include "gxb-row-list.h"

#include <gtk/gtk.h>
#include <stdio.h>

static guint bound_rows;

static const struct
{
  const char *title;
  int         width;
} columns[GXB_ROW_COLUMNS] = {
  { "Name", 140 }, { "CIF", 120 }, { "Pinyin", 140 }, { "Tier", 80 }, { "Stage", 120 }, { "Class", 120 }, { "Since", 100 },
  { "Unit", 140 },
};

static void
on_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_list_item_set_child (item, label);
}

static void
on_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  GxbRow *row = gtk_list_item_get_item (item);

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), row->texts[GPOINTER_TO_UINT (column)]);
  bound_rows++;
}

static GtkWidget *
make_view (GListModel *rows)
{
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (gtk_single_selection_new (g_object_ref (rows)));
  GtkWidget *view = gtk_column_view_new (selection);

  for (guint i = 0; i < GXB_ROW_COLUMNS; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (columns[i].title, factory);

      g_signal_connect (factory, "setup", G_CALLBACK (on_setup_cb), NULL);
      g_signal_connect (factory, "bind", G_CALLBACK (on_bind_cb), GUINT_TO_POINTER (i));
      gtk_column_view_column_set_fixed_width (column, columns[i].width);
      gtk_column_view_append_column (GTK_COLUMN_VIEW (view), column);
    }
  return view;
}

static void
on_painted_cb (GdkFrameClock *clock, gpointer data)
{
  if (bound_rows == 0)
    return;
  g_signal_handlers_disconnect_by_func (clock, on_painted_cb, data);
  printf ("painted %" G_GINT64_FORMAT "\n", g_get_monotonic_time ());
  fflush (stdout);
}

static void
on_realized_cb (GtkWidget *window, gpointer data)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (on_painted_cb), NULL);
}

static void
show_list (GListModel *rows)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), make_view (rows));
  gtk_window_set_child (GTK_WINDOW (window), scroller);
  g_signal_connect (window, "realize", G_CALLBACK (on_realized_cb), NULL);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_autofree char *file = NULL;
  int rows = 1000;
  const GOptionEntry entries[] = {
    { "db", 0, 0, G_OPTION_ARG_FILENAME, &file, "The floor's database", "FILE" },
    { "rows", 0, 0, G_OPTION_ARG_INT, &rows, "How many rows (1000)", "N" },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GxbRowList) list = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || file == NULL || rows < 1)
    {
      g_printerr ("gxb-list: %s\n", error != NULL ? error->message : "--db FILE is needed");
      return 2;
    }
  if (!gtk_init_check ())
    {
      g_printerr ("gxb-list: no display\n");
      return 1;
    }
  list = gxb_row_list_new (gxb_sql_open (file), rows);
  show_list (G_LIST_MODEL (list));
  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);
  return 0;
}
