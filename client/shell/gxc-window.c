/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one window: sign-in, or the frame with the pages of whoever is signed in. It holds no bank data; it joins pages to the
 * desk and to each other through actions (win.*), so that no page knows another. Which page is shown is decided in
 * gxc-window-pages.c, what the actions and keys do in gxc-window-actions.c. */

#include "gxc-window-private.h"

#include <glib/gi18n.h>

#include "gxc-look.h"
#include "gxc-sign-in-page.h"
#include "gxc-toast-place.h"

#define NARROW_BELOW 1100

G_DEFINE_FINAL_TYPE (GxcWindow, gxc_window, ADW_TYPE_APPLICATION_WINDOW)

/* --- who is signed in --------------------------------------------------------------------------------------------- */

static void
make_frame (GxcWindow *self)
{
  const GxcPerson *person = gxc_desk_get_person (self->desk);

  self->roles = person ? person->roles : 0;
  self->frame = GXC_FRAME (gxc_frame_new (self->desk));
  adw_bin_set_child (ADW_BIN (self->desk_bin), GTK_WIDGET (self->frame));
  gxc_window_update_narrow (self);
}

static void
open_desk (GxcWindow *self)
{
  g_autofree char *first = gxc_window_dup_first_page (self);

  if (self->frame)
    gxc_frame_update_places (self->frame);
  else
    make_frame (self);
  gtk_stack_set_visible_child_name (self->stages, "desk");
  if (first && !gxc_window_page (self))
    gxc_window_show_page (self, first);
}

/* It stays until it is read: what was signed by the old key and still waits must be asked for again. */
static void
tell_new_key (GxcWindow *self)
{
  g_autofree char *renewed = gxc_desk_dup_setting (self->desk, "key-renewed");
  AdwToast *toast;

  if (!renewed)
    return;
  toast = adw_toast_new (_("This computer had lost its signing key. A new one is registered."));
  adw_toast_set_timeout (toast, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static gboolean
on_signed_in_idle_cb (gpointer data)
{
  GxcWindow *self = data;
  GtkWidget *page = gtk_widget_get_last_child (self->sign_in_box);

  if (GXC_IS_SIGN_IN_PAGE (page))
    gtk_box_remove (GTK_BOX (self->sign_in_box), page);
  open_desk (self);
  tell_new_key (self);
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
  if (self->frame)
    gxc_sign_in_page_let_leave (GXC_SIGN_IN_PAGE (page));
  gtk_widget_set_vexpand (page, TRUE);
  g_signal_connect_object (page, "done", G_CALLBACK (on_signed_in_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->sign_in_box), page);
}

static gboolean
on_left_idle_cb (gpointer data)
{
  GxcWindow *self = data;

  if (self->frame)
    on_signed_in_idle_cb (self);
  return G_SOURCE_REMOVE;
}

/** gxc_window_leave_sign_in: without a password back to the desk that lies open behind the page */
void
gxc_window_leave_sign_in (GxcWindow *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, on_left_idle_cb, g_object_ref (self), g_object_unref);
}

/* --- a desk that was too long without the bank --------------------------------------------------------------------- */

static gboolean
is_locked (GxcWindow *self)
{
  GxcSyncSummary summary;

  gxc_desk_get_summary (self->desk, &summary);
  return summary.lease.state == GXC_LEASE_LOCKED;
}

/* Nothing of the bank's stays behind the page that asks for the password. */
static void
close_desk (GxcWindow *self)
{
  GtkWidget *page = gtk_widget_get_last_child (self->sign_in_box);

  g_clear_handle_id (&self->other_roles, g_source_remove);
  self->customer = NULL;
  self->frame = NULL;
  gxc_window_drop_palette (self);
  adw_bin_set_child (ADW_BIN (self->desk_bin), NULL);
  if (GXC_IS_SIGN_IN_PAGE (page))
    gtk_box_remove (GTK_BOX (self->sign_in_box), page);
  gxc_window_open_sign_in (self);
}

static gboolean
on_lease_idle_cb (gpointer data)
{
  GxcWindow *self = data;
  gboolean locked = gxc_desk_get_person (self->desk) && is_locked (self);

  if (locked && !self->locked)
    close_desk (self);
  else if (!locked && self->locked)
    on_signed_in_idle_cb (self);
  self->locked = locked;
  return G_SOURCE_REMOVE;
}

/* Whoever tells may be in the midst of its own work. */
static void
check_lease_later (GxcWindow *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, on_lease_idle_cb, g_object_ref (self), g_object_unref);
}

/* --- another language --------------------------------------------------------------------------------------------- */

static void
remake_sign_in (GxcWindow *self)
{
  GtkWidget *page = gtk_widget_get_last_child (self->sign_in_box);

  if (!GXC_IS_SIGN_IN_PAGE (page))
    return;
  gtk_box_remove (GTK_BOX (self->sign_in_box), page);
  gxc_window_open_sign_in (self);
}

static void
remake_frame (GxcWindow *self)
{
  g_autoptr(GxcStop) stop = gxc_window_dup_stop (self);
  g_autoptr(GxcBegun) begun = stop ? gxc_page_keep_begun (gxc_window_page (self)) : NULL;

  gxc_window_keep_parts (self);
  self->customer = NULL;
  make_frame (self);
  if (stop && gxc_window_show_stop (self, stop) && begun)
    gxc_page_take_begun (gxc_window_page (self), begun);
}

/** gxc_window_remake: makes all that stands in the window again, for its words are in another language now */
void
gxc_window_remake (GxcWindow *self)
{
  gboolean choosing = self->choices != NULL;

  gtk_window_set_title (GTK_WINDOW (self), _("Guanxi"));
  if (choosing)
    gtk_window_destroy (self->choices);
  gxc_window_drop_palette (self);
  remake_sign_in (self);
  if (self->frame)
    remake_frame (self);
  gxc_window_remake_guide (self);
  if (choosing)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.preferences", NULL);
}

/* --- other roles -------------------------------------------------------------------------------------------------- */

/* A grant came or went with the last sync: pages and what can be done on them follow, without another sign-in. */
static gboolean
on_other_roles_idle_cb (gpointer data)
{
  GxcWindow *self = data;
  g_autofree char *first = gxc_window_dup_first_page (self);

  self->other_roles = 0;
  gxc_window_drop_palette (self);
  remake_frame (self);
  if (first && !gxc_window_page (self))
    gxc_window_show_page (self, first);
  return G_SOURCE_REMOVE;
}

static void
on_status_changed_cb (GxcWindow *self)
{
  const GxcPerson *person = gxc_desk_get_person (self->desk);

  if (self->frame && person && person->roles != self->roles && !self->other_roles)
    self->other_roles = g_idle_add (on_other_roles_idle_cb, self);
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

static gboolean
gxc_window_close_request (GtkWindow *window)
{
  gxc_window_keep_state (GXC_WINDOW (window));
  return GTK_WINDOW_CLASS (gxc_window_parent_class)->close_request (window);
}

static void
gxc_window_dispose (GObject *object)
{
  GxcWindow *self = GXC_WINDOW (object);

  g_clear_handle_id (&self->other_roles, g_source_remove);
  self->frame = NULL;
  self->customer = NULL;
  gxc_trail_clear (&self->trail);
  g_clear_weak_pointer (&self->choices);
  g_clear_pointer (&self->parts, g_hash_table_unref);
  G_OBJECT_CLASS (gxc_window_parent_class)->dispose (object);
  g_clear_object (&self->desk);
  g_clear_object (&self->preferences);
}

static void
gxc_window_class_init (GxcWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gxc_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = gxc_window_close_request;
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
  self->parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  gxc_toast_place_watch (self->toasts);
  self->stages = g_object_new (GTK_TYPE_STACK, "hhomogeneous", FALSE, "vhomogeneous", FALSE, NULL);
  self->sign_in_box = make_sign_in_box ();
  self->desk_bin = adw_bin_new ();
  gtk_stack_add_named (self->stages, self->sign_in_box, "sign-in");
  gtk_stack_add_named (self->stages, self->desk_bin, "desk");
  self->overlay = GTK_OVERLAY (gtk_overlay_new ());
  gtk_overlay_set_child (self->overlay, GTK_WIDGET (self->stages));
  adw_toast_overlay_set_child (self->toasts, GTK_WIDGET (self->overlay));
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self), GTK_WIDGET (self->toasts));
  gtk_widget_add_css_class (GTK_WIDGET (self), "gx-window");
  gtk_widget_set_size_request (GTK_WIDGET (self), 720, 480);
}

/** gxc_window_new: signed in or not is the desk's to say */
GtkWidget *
gxc_window_new (GtkApplication *application,
                GxcDesk        *desk,
                GxcPreferences *preferences)
{
  /* The role in words: of a second window GTK 4.8 asks too early, and takes it for a plain widget. */
  GxcWindow *self = g_object_new (GXC_TYPE_WINDOW, "application", application, "title", _("Guanxi"),
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_WINDOW, NULL);

  self->desk = g_object_ref (desk);
  self->preferences = g_object_ref (preferences);
  g_signal_connect_object (desk, "status-changed", G_CALLBACK (on_status_changed_cb), self, G_CONNECT_SWAPPED);
  gxc_window_apply_preferences (self);
  self->locked = gxc_desk_get_person (desk) && is_locked (self);
  if (gxc_desk_get_person (desk) && !self->locked)
    open_desk (self);
  else
    gxc_window_open_sign_in (self);
  g_signal_connect_object (desk, "status-changed", G_CALLBACK (check_lease_later), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
