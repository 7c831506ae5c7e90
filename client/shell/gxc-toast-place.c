/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a toast stands: above the action bar of whatever page is shown. AdwToastOverlay puts it at the very foot, where the
 * bar's buttons are, and knows of no bars; so the toast's own margin follows them, looked at after each frame that is drawn
 * while there is one. It says nothing and keeps nothing: what toasts tell is the pages' and the window's. */

#include "gxc-toast-place.h"

/* The classes of what stands at a page's foot and has buttons. */
static const char *const bars[] = { "gx-action-bar", "gx-filter-foot", "gx-form-foot", "gx-today-bar", "gx-inbox-foot" };

static GtkWidget *
find_toast (GtkWidget *overlay)
{
  GtkWidget *child = gtk_widget_get_last_child (overlay);

  while (child && !g_str_equal (gtk_widget_get_css_name (child), "toast"))
    child = gtk_widget_get_prev_sibling (child);
  return child;
}

/* How far a bar at the foot reaches up: 0 for one that is elsewhere, px otherwise. */
static int
height_over (GtkWidget *bar, GtkWidget *overlay)
{
  graphene_rect_t bounds;
  float foot = gtk_widget_get_height (overlay);

  if (!gtk_widget_compute_bounds (bar, overlay, &bounds))
    return 0;
  return foot - (bounds.origin.y + bounds.size.height) < bounds.size.height ? (int) (foot - bounds.origin.y) : 0;
}

static gboolean
is_bar (GtkWidget *widget)
{
  for (guint i = 0; i < G_N_ELEMENTS (bars); i++)
    if (gtk_widget_has_css_class (widget, bars[i]))
      return TRUE;
  return FALSE;
}

static int
highest_bar (GtkWidget *widget, GtkWidget *overlay)
{
  int highest = 0;

  if (!gtk_widget_get_mapped (widget))
    return 0;
  if (is_bar (widget))
    return height_over (widget, overlay);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      int here = highest_bar (child, overlay);

      highest = MAX (highest, here);
    }
  return highest;
}

static void
on_painted_cb (GtkWidget *overlay)
{
  GtkWidget *toast = find_toast (overlay), *content = adw_toast_overlay_get_child (ADW_TOAST_OVERLAY (overlay));
  int highest = toast && content ? highest_bar (content, overlay) : 0;

  if (toast && gtk_widget_get_margin_bottom (toast) != highest)
    gtk_widget_set_margin_bottom (toast, highest);
}

static void
on_realize_cb (GtkWidget *overlay)
{
  g_signal_connect_object (gtk_widget_get_frame_clock (overlay), "after-paint", G_CALLBACK (on_painted_cb), overlay, G_CONNECT_SWAPPED);
}

static void
on_unrealize_cb (GtkWidget *overlay)
{
  g_signal_handlers_disconnect_by_func (gtk_widget_get_frame_clock (overlay), on_painted_cb, overlay);
}

/** gxc_toast_place_watch: from now on what @overlay shows stands above the bar at the foot of what is in it */
void
gxc_toast_place_watch (AdwToastOverlay *overlay)
{
  g_return_if_fail (ADW_IS_TOAST_OVERLAY (overlay));

  g_signal_connect (overlay, "realize", G_CALLBACK (on_realize_cb), NULL);
  g_signal_connect (overlay, "unrealize", G_CALLBACK (on_unrealize_cb), NULL);
}
