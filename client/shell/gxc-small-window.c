/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What opens over the window to be read and closed again: a header, what is to be read, and Esc. */

#include "gxc-small-window.h"

static gboolean
close_by_key (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  gtk_window_close (GTK_WINDOW (widget));
  return TRUE;
}

static void
add_escape (GtkWidget *window)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                          gtk_callback_action_new (close_by_key, NULL, NULL)));
  gtk_widget_add_controller (window, controller);
}

/**
 * gxc_small_window_new:
 * @height: in pixels, -1 as @content needs
 * @content: (transfer floating)
 *
 * Returns: (transfer none): not yet presented; GTK holds it until it is closed
 */
GtkWidget *
gxc_small_window_new (GtkWindow  *parent,
                      const char *title,
                      int         width,
                      int         height,
                      GtkWidget  *content)
{
  GtkWidget *window = g_object_new (ADW_TYPE_WINDOW, "title", title, "transient-for", parent, "modal", TRUE,
                                    "default-width", width, "default-height", height, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_vexpand (content, TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), content);
  adw_window_set_content (ADW_WINDOW (window), box);
  add_escape (window);
  return window;
}
