/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one window: sign-in, or the frame with the pages of whoever is signed in. It holds no bank data; it joins pages to the
 * desk and to each other through actions (win.*), so that no page knows another. Which page is shown is decided in
 * gxc-window-pages.c, what the actions and keys do in gxc-window-actions.c. */

#include "gxc-window-private.h"

#include <glib/gi18n.h>

#include "gxc-look.h"
#include "gxc-sign-in-page.h"

#define NARROW_BELOW 1100

G_DEFINE_FINAL_TYPE (GxcWindow, gxc_window, ADW_TYPE_APPLICATION_WINDOW)

/* --- who is signed in --------------------------------------------------------------------------------------------- */

static void
open_desk (GxcWindow *self)
{
  const GxcPlace *first = gxc_place_first (self->desk);

  if (!self->frame)
    {
      self->frame = GXC_FRAME (gxc_frame_new (self->desk));
      adw_bin_set_child (ADW_BIN (self->desk_bin), GTK_WIDGET (self->frame));
      gxc_window_update_narrow (self);
    }
  gxc_frame_update_places (self->frame);
  gtk_stack_set_visible_child_name (self->stages, "desk");
  if (first && !gxc_window_page (self))
    gxc_window_show_page (self, first->name);
}

static gboolean
on_signed_in_idle_cb (gpointer data)
{
  GxcWindow *self = data;
  GtkWidget *page = gtk_widget_get_last_child (self->sign_in_box);

  if (GXC_IS_SIGN_IN_PAGE (page))
    gtk_box_remove (GTK_BOX (self->sign_in_box), page);
  open_desk (self);
  return G_SOURCE_REMOVE;
}

/* The page says so in the midst of its own work, so it is taken away later. */
static void
on_signed_in_cb (GxcWindow *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, on_signed_in_idle_cb, g_object_ref (self), g_object_unref);
}

void
gxc_window_open_sign_in (GxcWindow *self)
{
  GtkWidget *page = gtk_widget_get_last_child (self->sign_in_box);

  gtk_stack_set_visible_child_name (self->stages, "sign-in");
  if (GXC_IS_SIGN_IN_PAGE (page))
    return;
  page = gxc_sign_in_page_new (self->desk);
  gtk_widget_set_vexpand (page, TRUE);
  g_signal_connect_object (page, "done", G_CALLBACK (on_signed_in_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->sign_in_box), page);
}

/* --- the widget --------------------------------------------------------------------------------------------------- */

static gboolean
on_narrow_idle_cb (gpointer data)
{
  gxc_window_update_narrow (data);
  return G_SOURCE_REMOVE;
}

static void
gxc_window_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GxcWindow *self = GXC_WINDOW (widget);
  gboolean narrow = width / gxc_look_scale (widget) < NARROW_BELOW;

  GTK_WIDGET_CLASS (gxc_window_parent_class)->size_allocate (widget, width, height, baseline);
  if (narrow == self->narrow)
    return;
  self->narrow = narrow;
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_narrow_idle_cb, g_object_ref (self), g_object_unref);
}

static void
gxc_window_dispose (GObject *object)
{
  GxcWindow *self = GXC_WINDOW (object);

  self->frame = NULL;
  self->customer = NULL;
  gxc_trail_clear (&self->trail);
  G_OBJECT_CLASS (gxc_window_parent_class)->dispose (object);
  g_clear_object (&self->desk);
  g_clear_object (&self->preferences);
}

static void
gxc_window_class_init (GxcWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gxc_window_dispose;
  widget_class->size_allocate = gxc_window_size_allocate;
  gxc_window_install_actions (widget_class);
}

static GtkWidget *
make_sign_in_box (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *bar = adw_header_bar_new ();

  adw_header_bar_set_title_widget (ADW_HEADER_BAR (bar), gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  gtk_widget_add_css_class (bar, "flat");
  gtk_box_append (GTK_BOX (box), bar);
  return box;
}

static void
gxc_window_init (GxcWindow *self)
{
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  self->stages = GTK_STACK (gtk_stack_new ());
  self->sign_in_box = make_sign_in_box ();
  self->desk_bin = adw_bin_new ();
  gtk_stack_add_named (self->stages, self->sign_in_box, "sign-in");
  gtk_stack_add_named (self->stages, self->desk_bin, "desk");
  self->overlay = GTK_OVERLAY (gtk_overlay_new ());
  gtk_overlay_set_child (self->overlay, GTK_WIDGET (self->stages));
  adw_toast_overlay_set_child (self->toasts, GTK_WIDGET (self->overlay));
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self), GTK_WIDGET (self->toasts));
  gtk_widget_add_css_class (GTK_WIDGET (self), "gx-window");
  gtk_window_set_default_size (GTK_WINDOW (self), 1280, 800);
  gtk_widget_set_size_request (GTK_WIDGET (self), 720, 480);
}

/** gxc_window_new: signed in or not is the desk's to say */
GtkWidget *
gxc_window_new (GtkApplication *application,
                GxcDesk        *desk,
                GxcPreferences *preferences)
{
  GxcWindow *self = g_object_new (GXC_TYPE_WINDOW, "application", application, "title", _("Guanxi"), NULL);

  self->desk = g_object_ref (desk);
  self->preferences = g_object_ref (preferences);
  self->palette = GXC_PALETTE (gxc_palette_new (desk, preferences));
  gtk_overlay_add_overlay (self->overlay, GTK_WIDGET (self->palette));
  gxc_window_add_preferences (self);
  if (gxc_desk_get_person (desk))
    open_desk (self);
  else
    gxc_window_open_sign_in (self);
  return GTK_WIDGET (self);
}
