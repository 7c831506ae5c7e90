/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The filter in sight: one chip a kind, each a button that takes it out, and the button that opens all kinds. What a filter
 * is, is gxc-customers-filter's; how one is set, the popover's. */

#include "gxc-customers-filter-bar.h"

#include <glib/gi18n.h>

#include "gxc-customers-filter-popover.h"

struct _GxcCustomersFilterBar
{
  GtkWidget           parent_instance;

  GtkWidget          *box;          /* (owned) the only child */
  GtkWidget          *chips;        /* (borrowed) */
  GtkWidget          *popover;      /* (borrowed) */

  /* Owned References */
  GxcDesk            *desk;
  GxcCustomersFilter *filter;
};

G_DEFINE_FINAL_TYPE (GxcCustomersFilterBar, gxc_customers_filter_bar, GTK_TYPE_WIDGET)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void show_chips (GxcCustomersFilterBar *self);

/* The focus goes on to where the next chip can be taken out, not to nowhere. */
static void
on_chip_clicked_cb (GxcCustomersFilterBar *self, GtkWidget *chip)
{
  const GxcFilterKind *kind = g_object_get_data (G_OBJECT (chip), "gxc-kind");

  gtk_widget_child_focus (self->box, GTK_DIR_TAB_FORWARD);
  gxc_customers_filter_set (self->filter, kind, NULL);
  gxc_customers_filter_popover_set (GXC_CUSTOMERS_FILTER_POPOVER (self->popover), self->filter);
  show_chips (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static GtkWidget *
make_chip (GxcCustomersFilterBar *self, const GxcFilterKind *kind)
{
  GtkWidget *chip = gtk_button_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 5);
  g_autofree char *words = gxc_filter_dup_words (kind, self->desk, gxc_customers_filter_get (self->filter, kind));
  g_autofree char *whole = g_strdup_printf ("%s %s", gxc_filter_label (kind), words);
  g_autofree char *name = g_strdup_printf (_("Remove the filter: %s"), whole);
  GtkWidget *value = g_object_new (GTK_TYPE_LABEL, "label", words, "ellipsize", PANGO_ELLIPSIZE_END, "max-width-chars", 28, NULL);

  gtk_box_append (GTK_BOX (box), gtk_label_new (gxc_filter_label (kind)));
  gtk_widget_add_css_class (value, "gx-caption-strong");
  gtk_widget_set_visible (value, *words);
  gtk_box_append (GTK_BOX (box), value);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("window-close-symbolic"));
  gtk_button_set_child (GTK_BUTTON (chip), box);
  gtk_widget_set_tooltip_text (chip, whole);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_add_css_class (chip, "gx-chip");
  gtk_widget_add_css_class (chip, "info");
  gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (chip), "gxc-kind", (gpointer) kind);
  g_signal_connect_object (chip, "clicked", G_CALLBACK (on_chip_clicked_cb), self, G_CONNECT_SWAPPED);
  return chip;
}

static void
show_chips (GxcCustomersFilterBar *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->chips)))
    gtk_box_remove (GTK_BOX (self->chips), child);
  for (guint i = 0; i < gxc_filter_n_kinds (); i++)
    if (gxc_customers_filter_get (self->filter, gxc_filter_kind (i)))
      gtk_box_append (GTK_BOX (self->chips), make_chip (self, gxc_filter_kind (i)));
}

static void
on_popover_changed_cb (GxcCustomersFilterBar *self)
{
  g_autoptr(GxcCustomersFilter) old = self->filter;

  self->filter = gxc_customers_filter_copy (gxc_customers_filter_popover_get (GXC_CUSTOMERS_FILTER_POPOVER (self->popover)));
  show_chips (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/** gxc_customers_filter_bar_set: @filter is copied; "changed" is not emitted */
void
gxc_customers_filter_bar_set (GxcCustomersFilterBar    *self,
                              const GxcCustomersFilter *filter)
{
  g_autoptr(GxcCustomersFilter) old = self->filter;

  self->filter = gxc_customers_filter_copy (filter);
  gxc_customers_filter_popover_set (GXC_CUSTOMERS_FILTER_POPOVER (self->popover), self->filter);
  show_chips (self);
}

/** gxc_customers_filter_bar_get: (transfer none) */
const GxcCustomersFilter *
gxc_customers_filter_bar_get (GxcCustomersFilterBar *self)
{
  return self->filter;
}

static void
gxc_customers_filter_bar_dispose (GObject *object)
{
  GxcCustomersFilterBar *self = GXC_CUSTOMERS_FILTER_BAR (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->filter, gxc_customers_filter_free);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (gxc_customers_filter_bar_parent_class)->dispose (object);
}

static void
gxc_customers_filter_bar_class_init (GxcCustomersFilterBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gxc_customers_filter_bar_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[CHANGED] = g_signal_new ("changed", GXC_TYPE_CUSTOMERS_FILTER_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gxc_customers_filter_bar_init (GxcCustomersFilterBar *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  self->chips = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Filters"), -1);
}

static GtkWidget *
make_more_button (GtkWidget *popover)
{
  GtkWidget *button = gtk_menu_button_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("list-add-symbolic"));
  gtk_box_append (GTK_BOX (box), gtk_label_new (C_("customers", "Filter")));
  gtk_menu_button_set_child (GTK_MENU_BUTTON (button), box);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, C_("customers", "Filter"), -1);
  return button;
}

GtkWidget *
gxc_customers_filter_bar_new (GxcDesk *desk)
{
  GxcCustomersFilterBar *self = g_object_new (GXC_TYPE_CUSTOMERS_FILTER_BAR, NULL);
  GtkWidget *scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_EXTERNAL, "vscrollbar-policy",
                                      GTK_POLICY_NEVER, "propagate-natural-width", TRUE, "child", self->chips, NULL);

  self->desk = g_object_ref (desk);
  self->filter = gxc_customers_filter_new (NULL);
  self->popover = gxc_customers_filter_popover_new (desk);
  g_signal_connect_object (self->popover, "changed", G_CALLBACK (on_popover_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), scroller);
  gtk_box_append (GTK_BOX (self->box), make_more_button (self->popover));
  return GTK_WIDGET (self);
}
