/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window's own picture of itself, written as PNG. Rendered from its snapshot rather than taken off the display, so that
 * it is the same with and without a window manager; popovers, being surfaces of their own, are not in it. */

#include "gxt-screenshot.h"

#define PATIENCE (60 * G_USEC_PER_SEC)     /* what comes comes long before; a busy machine is slow */
#define TURN_MS  20
#define STILL    3       /* turns without anything to do */

static gboolean
on_timeout_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
run_for (int priority, guint ms)
{
  gboolean done = FALSE;

  g_timeout_add_full (priority, ms, on_timeout_cb, &done, NULL);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

/* What the display server has to tell is here, and there is no more to do: what is laid out, drawn and done when idle comes
 * after a timer that has run out, which on a busy machine would end a wait before all of it. Where something moves all the
 * time and drawing it takes all there is, there is an end to it too. */
static void
settle (void)
{
  gint64 until = g_get_monotonic_time () + PATIENCE / 6;

  for (guint i = 0; i < STILL; i++)
    {
      gboolean done = FALSE;
      guint still = g_timeout_add_full (G_PRIORITY_LOW + 100, TURN_MS, on_timeout_cb, &done, NULL);

      gdk_display_sync (gdk_display_get_default ());
      while (!done && g_get_monotonic_time () < until)
        g_main_context_iteration (NULL, TRUE);
      if (!done)
        g_source_remove (still);
    }
}

/** gxt_wait_ms: so long, and until what came due meanwhile has been done */
void
gxt_wait_ms (guint ms)
{
  run_for (G_PRIORITY_DEFAULT, ms);
  settle ();
}

/**
 * gxt_wait_more:
 * @until: (inout): 0 before the first turn
 *
 * One turn of a wait for something.
 *
 * Returns: FALSE when it was waited for a minute, which no machine needs
 */
gboolean
gxt_wait_more (gint64 *until)
{
  if (*until == 0)
    *until = g_get_monotonic_time () + PATIENCE;
  else if (g_get_monotonic_time () > *until)
    return FALSE;
  run_for (G_PRIORITY_DEFAULT, TURN_MS);
  return TRUE;
}

/**
 * gxt_wait_shown: until the window is mapped and has been laid out and drawn
 */
void
gxt_wait_shown (GtkWindow *window)
{
  while (!gtk_widget_get_mapped (GTK_WIDGET (window)) || gtk_widget_get_width (GTK_WIDGET (window)) == 0)
    g_main_context_iteration (NULL, TRUE);
  gxt_wait_ms (350);
}

/**
 * gxt_screenshot:
 *
 * Returns: whether the file was written
 */
gboolean
gxt_screenshot (GtkWindow  *window,
                const char *path)
{
  int width = gtk_widget_get_width (GTK_WIDGET (window)), height = gtk_widget_get_height (GTK_WIDGET (window));
  g_autoptr(GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (window));
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr(GskRenderNode) node = NULL;
  g_autoptr(GdkTexture) texture = NULL;

  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  if (!node)
    return FALSE;
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, width, height));
  return gdk_texture_save_to_png (texture, path);
}

/**
 * gxt_destroy:
 * @window: a window of which nobody else may hold a part
 *
 * Destroys it, and waits until it is gone: what is under way may hold it a moment longer.
 */
void
gxt_destroy (GtkWidget *window)
{
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_destroy (GTK_WINDOW (window));
  GXT_WAIT_FOR (!window);
}

/** gxt_let_go: (transfer full): drops the last reference there may be but for what is under way, and waits until it is gone */
void
gxt_let_go (gpointer object)
{
  g_object_add_weak_pointer (object, &object);
  g_object_unref (object);
  GXT_WAIT_FOR (!object);
}

/** gxt_show_once: puts @widget into a window that is shown once, so that measure and snapshot run too */
void
gxt_show_once (GtkWidget *widget)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_child (GTK_WINDOW (window), widget);
  gtk_window_present (GTK_WINDOW (window));
  while (!gtk_widget_get_mapped (widget))
    g_main_context_iteration (NULL, TRUE);
  settle ();
  gtk_window_set_child (GTK_WINDOW (window), NULL);
  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE));
}
