/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ways through the customer list: the search line and what it found, from the line into the list and out of it, Esc
 * back. Enter in the search line opens the first hit, which is also how a program without a pointer opens a row. What is
 * listed is the page's matter. */

#include "gxc-customers-page-private.h"

#include <glib/gi18n.h>

static void
open_position (GxcCustomersPage *self, guint position)
{
  const GxId *id = gxc_record_model_get_id (self->model, position);

  if (id)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-customer", "s", GX_ID_STR (id));
}

/** gxc_customers_page_search: for what the line says now; it tells of a change once more when it is first shown, which lists
 * nothing new */
void
gxc_customers_page_search (GxcCustomersPage *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->search));

  if (g_str_equal (typed, gxc_record_model_get_search (self->model)))
    return;
  gxc_record_model_set_search (self->model, typed);
  gxc_customers_page_list_anew (self);
}

static void
on_search_activated_cb (GxcCustomersPage *self)
{
  gxc_customers_page_search (self);
  open_position (self, 0);
}

static void
on_search_stopped_cb (GxcCustomersPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
on_hint_closed_cb (GxcCustomersPage *self)
{
  gtk_widget_set_visible (self->hint, FALSE);
}

/* Tab walks from row to row in GTK 4.8; here it leaves the list. */
static gboolean
on_list_key_cb (GxcCustomersPage *self, guint key, guint code, GdkModifierType modifiers)
{
  if (key == GDK_KEY_ISO_Left_Tab)
    return gtk_widget_grab_focus (self->search);
  if (key == GDK_KEY_Tab)
    return gtk_widget_activate_action (GTK_WIDGET (self), "win.focus-sidebar", NULL);
  return FALSE;
}

/* Down goes from the line to what it found; GTK would go to whatever lies beneath it. */
static gboolean
on_search_key_cb (GxcCustomersPage *self, guint key, guint code, GdkModifierType modifiers)
{
  return (key == GDK_KEY_Down || key == GDK_KEY_KP_Down) && gtk_widget_get_mapped (GTK_WIDGET (self->list))
         && gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static gboolean
focus_search (GxcPage *page)
{
  return gtk_widget_grab_focus (GXC_CUSTOMERS_PAGE (page)->search);
}

static gboolean
escape (GxcPage *page)
{
  GxcCustomersPage *self = GXC_CUSTOMERS_PAGE (page);
  GxcCustomersMarks *marks = gxc_customers_list_get_marks (self->list);

  if (gxc_form_close (self->form))
    return gtk_widget_grab_focus (GTK_WIDGET (self->list)) || TRUE;
  return gxc_customers_marks_get_n (marks) && gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (marks));
}

static const GxcKey *
get_keys (GxcPage *page, guint *out_n_keys)
{
  static const GxcKey keys[] = {
    { "Return", NC_("keys", "Open the customer; in the search line, the first one found") },
    { "Down", NC_("keys", "From the search line into the list") },
    { "space", NC_("keys", "Tick the customer, or take the tick off") },
    { "<Shift>Up <Shift>Down", NC_("keys", "Tick from here to there") },
    { "<Ctrl>a", NC_("keys", "Tick all that are listed") },
    { "<Ctrl>t", NC_("keys", "A task for each that is ticked") },
    { "<Ctrl>d", NC_("keys", "Pin who is ticked, or take the pin off") },
    { "<Ctrl><Shift>c", NC_("keys", "Copy as table") },
    GXC_FORM_KEYS,
  };

  *out_n_keys = G_N_ELEMENTS (keys);
  return keys;
}

/* Before @widget itself sees the key. */
static void
watch_keys (GxcCustomersPage *self, GtkWidget *widget, GCallback on_key)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", on_key, self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, keys);
}

/** gxc_customers_page_watch_ways: once the list is there */
void
gxc_customers_page_watch_ways (GxcCustomersPage *self)
{
  g_signal_connect_object (self->list, "activated", G_CALLBACK (open_position), self, G_CONNECT_SWAPPED);
  watch_keys (self, GTK_WIDGET (self->list), G_CALLBACK (on_list_key_cb));
  watch_keys (self, self->search, G_CALLBACK (on_search_key_cb));
}

/** gxc_customers_page_install_ways: with the template, whose search line calls back here */
void
gxc_customers_page_install_ways (GxcPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  klass->focus_search = focus_search;
  klass->escape = escape;
  klass->get_keys = get_keys;
  gtk_widget_class_bind_template_callback_full (widget_class, "on_search_changed_cb", G_CALLBACK (gxc_customers_page_search));
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_hint_closed_cb);
}
