/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every tab of a customer's page is: a scrolled body that is filled from the file when it is seen, and again when
 * something changed while it is seen. A tab that nobody looks at is neither filled nor kept up to date. What could not be
 * read is never shown as if there were none of it: the tab says so instead, and offers to try again. */

#include "gxc-customer-tab.h"

#include "gxc-state-box.h"

typedef struct
{
  GxcCustomerFile *file;    /* (owned) */
  GtkWidget       *states;  /* (borrowed): "content", and "error" while there is one */
  GtkWidget       *body;    /* (borrowed) */
  gboolean         stale;
} GxcCustomerTabPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (GxcCustomerTab, gxc_customer_tab, ADW_TYPE_BIN)

#define PRIVATE(self) ((GxcCustomerTabPrivate *) gxc_customer_tab_get_instance_private (self))

static void
show_error (GxcCustomerTabPrivate *priv, const GError *error)
{
  GtkStack *states = GTK_STACK (priv->states);
  GtkWidget *old = gtk_stack_get_child_by_name (states, "error");

  if (old)
    gtk_stack_remove (states, old);
  if (error)
    gtk_stack_add_named (states, gxc_error_new (error), "error");
  gtk_stack_set_visible_child_name (states, error ? "error" : "content");
}

static void
fill_if_stale (GxcCustomerTab *self)
{
  GxcCustomerTabPrivate *priv = PRIVATE (self);
  g_autoptr(GError) before = NULL, error = NULL;

  if (!priv->stale || !gxc_customer_file_get_customer (priv->file))
    return;
  priv->stale = FALSE;
  before = gxc_customer_file_take_error (priv->file);
  GXC_CUSTOMER_TAB_GET_CLASS (self)->fill (self);
  error = gxc_customer_file_take_error (priv->file);
  show_error (priv, error);
}

static void
gxc_customer_tab_map (GtkWidget *widget)
{
  fill_if_stale (GXC_CUSTOMER_TAB (widget));
  GTK_WIDGET_CLASS (gxc_customer_tab_parent_class)->map (widget);
}

static void
gxc_customer_tab_dispose (GObject *object)
{
  g_clear_object (&PRIVATE (GXC_CUSTOMER_TAB (object))->file);
  G_OBJECT_CLASS (gxc_customer_tab_parent_class)->dispose (object);
}

static void
gxc_customer_tab_class_init (GxcCustomerTabClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_customer_tab_dispose;
  GTK_WIDGET_CLASS (klass)->map = gxc_customer_tab_map;
}

static void
gxc_customer_tab_init (GxcCustomerTab *self)
{
  GxcCustomerTabPrivate *priv = PRIVATE (self);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  priv->stale = TRUE;
  priv->body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_add_css_class (priv->body, "gx-tab-body");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), priv->body);
  priv->states = g_object_new (GTK_TYPE_STACK, "hhomogeneous", FALSE, "vhomogeneous", FALSE, NULL);
  gtk_stack_add_named (GTK_STACK (priv->states), scrolled, "content");
  adw_bin_set_child (ADW_BIN (self), priv->states);
}

/** gxc_customer_tab_new: (transfer floating): a tab of @type; it is filled when it is first seen */
GtkWidget *
gxc_customer_tab_new (GType            type,
                      GxcCustomerFile *file)
{
  GxcCustomerTab *self = g_object_new (type, NULL);

  PRIVATE (self)->file = g_object_ref (file);
  return GTK_WIDGET (self);
}

GxcCustomerFile *
gxc_customer_tab_get_file (GxcCustomerTab *self)
{
  return PRIVATE (self)->file;
}

GxcDesk *
gxc_customer_tab_get_desk (GxcCustomerTab *self)
{
  return gxc_customer_file_get_desk (PRIVATE (self)->file);
}

/** gxc_customer_tab_get_body: (transfer none) (nullable): a vertical box inside the scrolled window */
GtkWidget *
gxc_customer_tab_get_body (GxcCustomerTab *self)
{
  return PRIVATE (self)->body;
}

/** gxc_customer_tab_fill_with: @child, which scrolls by itself, in the place of the scrolled body, which is gone then */
void
gxc_customer_tab_fill_with (GxcCustomerTab *self,
                            GtkWidget      *child)
{
  GxcCustomerTabPrivate *priv = PRIVATE (self);

  gtk_stack_remove (GTK_STACK (priv->states), gtk_stack_get_child_by_name (GTK_STACK (priv->states), "content"));
  gtk_stack_add_named (GTK_STACK (priv->states), child, "content");
  priv->body = NULL;
}

/** gxc_customer_tab_refresh: the file was loaded anew */
void
gxc_customer_tab_refresh (GxcCustomerTab *self)
{
  PRIVATE (self)->stale = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    fill_if_stale (self);
}

void
gxc_customer_tab_set_room (GxcCustomerTab *self,
                           gboolean        one_column)
{
  if (GXC_CUSTOMER_TAB_GET_CLASS (self)->set_room)
    GXC_CUSTOMER_TAB_GET_CLASS (self)->set_room (self, one_column);
}

gboolean
gxc_customer_tab_save (GxcCustomerTab *self)
{
  return GXC_CUSTOMER_TAB_GET_CLASS (self)->save && GXC_CUSTOMER_TAB_GET_CLASS (self)->save (self);
}

gboolean
gxc_customer_tab_leave (GxcCustomerTab *self)
{
  return GXC_CUSTOMER_TAB_GET_CLASS (self)->leave && GXC_CUSTOMER_TAB_GET_CLASS (self)->leave (self);
}
