/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tab that holds the life cycle of one customer. It is only the place: what is gathered and how it is drawn is the
 * timeline's. */

#include "gxc-customer-timeline.h"

#include <glib/gi18n.h>

#include "gxc-timeline-row.h"
#include "gxc-timeline.h"

struct _GxcCustomerTimeline
{
  GxcCustomerTab  parent_instance;

  GListStore     *items;    /* (owned) */
};

G_DEFINE_FINAL_TYPE (GxcCustomerTimeline, gxc_customer_timeline, GXC_TYPE_CUSTOMER_TAB)

static void
fill (GxcCustomerTab *tab)
{
  GxcCustomerTimeline *self = GXC_CUSTOMER_TIMELINE (tab);
  GxcCustomerFile *file = gxc_customer_tab_get_file (tab);
  g_autoptr(GPtrArray) found = gxc_timeline_read (gxc_customer_file_get_desk (file), gxc_customer_file_get_id (file), NULL);
  g_autoptr(GPtrArray) items = found ? gxc_timeline_with_headings (found) : g_ptr_array_new ();

  g_list_store_splice (self->items, 0, g_list_model_get_n_items (G_LIST_MODEL (self->items)), items->pdata, items->len);
}

static void
on_setup_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, gxc_timeline_row_new ());
}

static void
on_bind_cb (GtkListItemFactory *factory, GtkListItem *item)
{
  gxc_timeline_row_set_item (GXC_TIMELINE_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item), FALSE);
}

static GtkWidget *
make_list (GxcCustomerTimeline *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *list;

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind_cb), NULL);
  list = gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->items)))), factory);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Life cycle"), -1);
  gtk_widget_add_css_class (list, "gx-timeline");
  return list;
}

static void
gxc_customer_timeline_dispose (GObject *object)
{
  g_clear_object (&GXC_CUSTOMER_TIMELINE (object)->items);
  G_OBJECT_CLASS (gxc_customer_timeline_parent_class)->dispose (object);
}

static void
gxc_customer_timeline_class_init (GxcCustomerTimelineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_customer_timeline_dispose;
  GXC_CUSTOMER_TAB_CLASS (klass)->fill = fill;
}

/* A list scrolls by itself, so the tab's own scrolled window makes room for it. */
static void
gxc_customer_timeline_init (GxcCustomerTimeline *self)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->items = g_list_store_new (GXC_TYPE_TIMELINE_ITEM);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), make_list (self));
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_widget_add_css_class (card, "gx-card");
  gtk_widget_add_css_class (card, "flush");
  gtk_widget_set_overflow (card, GTK_OVERFLOW_HIDDEN);
  gtk_box_append (GTK_BOX (card), scrolled);
  gtk_widget_add_css_class (outer, "gx-tab-body");
  gtk_box_append (GTK_BOX (outer), card);
  adw_bin_set_child (ADW_BIN (self), outer);
}

GtkWidget *
gxc_customer_timeline_new (GxcCustomerFile *file)
{
  return gxc_customer_tab_new (GXC_TYPE_CUSTOMER_TIMELINE, file);
}
