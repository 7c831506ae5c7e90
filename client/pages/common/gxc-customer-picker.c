/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds a customer by name, initials, telephone tail or number: a search line and the first few that fit. It offers
 * those of this desk and chooses nothing by itself: "picked" tells which one. */

#include "gxc-customer-picker.h"

#include <glib/gi18n.h>

#include "gx-customer.h"

#define MAX_FOUND 8

struct _GxcCustomerPicker
{
  GtkWidget  parent_instance;

  GtkWidget *search;        /* (borrowed) */
  GtkWidget *list;          /* (borrowed) */
  GxcDesk   *desk;          /* (owned) */
  GxId       not_this;
};

G_DEFINE_FINAL_TYPE (GxcCustomerPicker, gxc_customer_picker, GTK_TYPE_WIDGET)

enum { PICKED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
add_row (GxcCustomerPicker *self, const GxId *id)
{
  g_autofree char *words = gxc_desk_dup_customer (self->desk, id);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", words, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  GtkWidget *row = g_object_new (GTK_TYPE_LIST_BOX_ROW, "child", label, NULL);

  gtk_widget_add_css_class (label, "gx-timeline-row");
  g_object_set_data_full (G_OBJECT (row), "gxc-id", g_strdup (GX_ID_STR (id)), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

/** gxc_customer_picker_search: lists who fits; nothing for an empty line */
void
gxc_customer_picker_search (GxcCustomerPicker *self,
                            const char        *text)
{
  const GxcQuery query = { .search = text, .sort_field = "name", .limit = MAX_FOUND + 1 };
  g_autoptr(GArray) ids = text && *text ? gxc_desk_list (self->desk, &gx_customer_entity, &query, NULL) : NULL;
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (self->list)))
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
  for (guint i = 0; ids && i < MIN (ids->len, MAX_FOUND); i++)
    if (!gx_id_equal (&g_array_index (ids, GxId, i), &self->not_this))
      add_row (self, &g_array_index (ids, GxId, i));
}

static void
on_search_changed_cb (GxcCustomerPicker *self, GtkEditable *search)
{
  gxc_customer_picker_search (self, gtk_editable_get_text (search));
}

static void
on_activated_cb (GxcCustomerPicker *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[PICKED], 0, g_object_get_data (G_OBJECT (row), "gxc-id"));
}

/* Enter in the search line takes the first of what fits what is typed by now. */
static void
on_search_activated_cb (GxcCustomerPicker *self)
{
  GtkListBoxRow *first;

  gxc_customer_picker_search (self, gtk_editable_get_text (GTK_EDITABLE (self->search)));
  first = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0);
  if (first)
    on_activated_cb (self, first);
}

/* The line would keep Esc to itself. */
static void
on_stop_cb (GxcCustomerPicker *self)
{
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_POPOVER);

  if (popover)
    gtk_popover_popdown (GTK_POPOVER (popover));
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.escape", NULL);
}

/** gxc_customer_picker_clear: as if nothing had been typed */
void
gxc_customer_picker_clear (GxcCustomerPicker *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gxc_customer_picker_search (self, "");
}

static gboolean
gxc_customer_picker_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GXC_CUSTOMER_PICKER (widget)->search);
}

static void
gxc_customer_picker_dispose (GObject *object)
{
  GxcCustomerPicker *self = GXC_CUSTOMER_PICKER (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (gxc_customer_picker_parent_class)->dispose (object);
}

static void
gxc_customer_picker_class_init (GxcCustomerPickerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_customer_picker_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = gxc_customer_picker_grab_focus;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  /** GxcCustomerPicker::picked: the id of a customer, as text */
  signals[PICKED] = g_signal_new ("picked", GXC_TYPE_CUSTOMER_PICKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
gxc_customer_picker_init (GxcCustomerPicker *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))), 8);
  self->search = g_object_new (GTK_TYPE_SEARCH_ENTRY, "placeholder-text", _("Name, initials, phone tail, CIF"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Find a customer"), -1);
  self->list = g_object_new (GTK_TYPE_LIST_BOX, "selection-mode", GTK_SELECTION_NONE, NULL);
  gtk_widget_add_css_class (self->list, "gx-rows");
  gtk_widget_set_parent (self->search, GTK_WIDGET (self));
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (on_search_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "activate", G_CALLBACK (on_search_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "stop-search", G_CALLBACK (on_stop_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (on_activated_cb), self, G_CONNECT_SWAPPED);
}

/** gxc_customer_picker_new: @not_this: (nullable): is never offered */
GtkWidget *
gxc_customer_picker_new (GxcDesk    *desk,
                         const GxId *not_this)
{
  GxcCustomerPicker *self = g_object_new (GXC_TYPE_CUSTOMER_PICKER, NULL);

  self->desk = g_object_ref (desk);
  self->not_this = not_this ? *not_this : GX_ID_NONE;
  return GTK_WIDGET (self);
}
