/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line and one button, for the name of a view that is saved or renamed. */

#include "gxc-customers-name-popover.h"

#include <glib/gi18n.h>

#define MAX_NAME 60         /* as the saved view's field has it */

struct _GxcCustomersNamePopover
{
  GtkPopover  parent_instance;

  GtkWidget  *title;        /* (borrowed) */
  GtkWidget  *entry;
  GtkWidget  *button;
};

G_DEFINE_FINAL_TYPE (GxcCustomersNamePopover, gxc_customers_name_popover, GTK_TYPE_POPOVER)

enum { NAMED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
on_save_cb (GxcCustomersNamePopover *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));

  if (!*name)
    return;
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[NAMED], 0, name);
}

static void
on_changed_cb (GxcCustomersNamePopover *self)
{
  gtk_widget_set_sensitive (self->button, gtk_entry_get_text_length (GTK_ENTRY (self->entry)) > 0);
}

static void
gxc_customers_name_popover_class_init (GxcCustomersNamePopoverClass *klass)
{
  signals[NAMED] = g_signal_new ("named", GXC_TYPE_CUSTOMERS_NAME_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
gxc_customers_name_popover_init (GxcCustomersNamePopover *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);

  self->title = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, NULL);
  self->entry = g_object_new (GTK_TYPE_ENTRY, "max-length", MAX_NAME, "width-chars", 24, "placeholder-text", _("Name of the view"), NULL);
  self->button = gtk_button_new_with_mnemonic (_("_Save"));
  gtk_widget_add_css_class (self->title, "gx-strong");
  gtk_widget_add_css_class (self->button, "suggested-action");
  gtk_widget_add_css_class (box, "gx-popover-body");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name of the view"), -1);
  gtk_box_append (GTK_BOX (box), self->title);
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), self->button);
  gtk_popover_set_child (GTK_POPOVER (self), box);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (on_save_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (on_save_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
gxc_customers_name_popover_new (void)
{
  return g_object_new (GXC_TYPE_CUSTOMERS_NAME_POPOVER, NULL);
}

/** gxc_customers_name_popover_ask: opens it, @name filled in */
void
gxc_customers_name_popover_ask (GxcCustomersNamePopover *self,
                                const char              *title,
                                const char              *name)
{
  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), name);
  on_changed_cb (self);
  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_grab_focus (self->entry);
}
