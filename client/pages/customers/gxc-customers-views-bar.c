/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The views as a row of toggles, the chosen one pressed, each with the number of its customers. Counting waits until the
 * list is painted and goes view by view, for among 100,000 customers each count takes some milliseconds. What a view is,
 * and how it is kept, is gxc-customers-view's. */

#include "gxc-customers-views-bar.h"

#include <glib/gi18n.h>

#include "gxc-format.h"

struct _GxcCustomersViewsBar
{
  GtkWidget   parent_instance;

  GtkWidget  *scroller;     /* (owned) the only child */
  GtkWidget  *box;          /* (borrowed) (nullable): goes with the scroller */

  /* Owned References */
  GxcDesk    *desk;
  GPtrArray  *views;
  char       *chosen;       /* name */
  char       *expected;     /* (nullable): name of one that is being saved */

  gboolean    filling;
  guint       counting;     /* idle */
};

G_DEFINE_FINAL_TYPE (GxcCustomersViewsBar, gxc_customers_views_bar, GTK_TYPE_WIDGET)

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

/* --- counts --------------------------------------------------------------------------------------------------------- */

static void
show_count (GtkWidget *button, const GxcCustomersView *view)
{
  GtkWidget *count = gtk_widget_get_last_child (gtk_button_get_child (GTK_BUTTON (button)));
  g_autofree char *number = view->count >= 0 ? gxc_format_number (view->count) : g_strdup ("");
  g_autofree char *name = view->count >= 0 ? g_strdup_printf ("%s %s", view->label, number) : g_strdup (view->label);

  gtk_label_set_text (GTK_LABEL (count), number);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static gboolean
count_next (gpointer data)
{
  GxcCustomersViewsBar *self = data;
  GtkWidget *button = gtk_widget_get_first_child (self->box);

  for (guint i = 0; i < self->views->len && button; i++, button = gtk_widget_get_next_sibling (button))
    {
      GxcCustomersView *view = self->views->pdata[i];

      if (view->count >= 0)
        continue;
      view->count = MAX (gxc_customers_view_count (view, self->desk), 0);
      show_count (button, view);
      return G_SOURCE_CONTINUE;
    }
  self->counting = 0;
  return G_SOURCE_REMOVE;
}

/** gxc_customers_views_bar_recount: rows have changed: counts follow when there is time */
void
gxc_customers_views_bar_recount (GxcCustomersViewsBar *self)
{
  for (guint i = 0; i < self->views->len; i++)
    ((GxcCustomersView *) self->views->pdata[i])->count = -1;
  if (!self->counting)
    self->counting = g_idle_add_full (G_PRIORITY_LOW, count_next, self, NULL);
}

/* --- toggles -------------------------------------------------------------------------------------------------------- */

static void
on_toggled_cb (GxcCustomersViewsBar *self, GtkToggleButton *button)
{
  GxcCustomersView *view = g_object_get_data (G_OBJECT (button), "gxc-view");

  if (self->filling || !gtk_toggle_button_get_active (button))
    return;
  g_free (self->chosen);
  self->chosen = g_strdup (view->name);
  g_signal_emit (self, signals[CHOSEN], 0);
}

static GtkWidget *
make_toggle (GxcCustomersViewsBar *self, GxcCustomersView *view)
{
  GtkWidget *button = gtk_toggle_button_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *count = gtk_label_new (NULL);

  gtk_box_append (GTK_BOX (box), gtk_label_new (view->label));
  gtk_widget_add_css_class (count, "gx-caption");
  gtk_box_append (GTK_BOX (box), count);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "gx-view");
  g_object_set_data (G_OBJECT (button), "gxc-view", view);
  g_signal_connect_object (button, "toggled", G_CALLBACK (on_toggled_cb), self, G_CONNECT_SWAPPED);
  show_count (button, view);
  return button;
}

static void
take_counts (GPtrArray *from, GPtrArray *to)
{
  for (guint i = 0; i < to->len; i++)
    {
      GxcCustomersView *view = to->pdata[i], *before = from ? gxc_customers_views_find (from, view->name) : NULL;

      view->count = before && gxc_customers_filter_equal (before->filter, view->filter) ? before->count : -1;
    }
}

/** gxc_customers_views_bar_refresh: reads the views again; a chosen one that went away gives way to the first */
void
gxc_customers_views_bar_refresh (GxcCustomersViewsBar *self)
{
  g_autoptr(GPtrArray) old = self->views;
  GtkWidget *first = NULL, *child;

  self->filling = TRUE;
  self->views = gxc_customers_views_read (self->desk);
  take_counts (old, self->views);
  while ((child = gtk_widget_get_first_child (self->box)))
    gtk_box_remove (GTK_BOX (self->box), child);
  if (self->expected && gxc_customers_views_find (self->views, self->expected))
    {
      g_free (self->chosen);
      self->chosen = g_steal_pointer (&self->expected);
    }
  if (!gxc_customers_views_find (self->views, self->chosen))
    {
      g_free (self->chosen);
      self->chosen = g_strdup (((GxcCustomersView *) self->views->pdata[0])->name);
    }
  for (guint i = 0; i < self->views->len; i++)
    {
      GxcCustomersView *view = self->views->pdata[i];
      GtkWidget *button = make_toggle (self, view);

      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (first));
      first = first ? first : button;
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), g_str_equal (view->name, self->chosen));
      gtk_box_append (GTK_BOX (self->box), button);
    }
  self->filling = FALSE;
  if (!self->counting)
    self->counting = g_idle_add_full (G_PRIORITY_LOW, count_next, self, NULL);
}

/** gxc_customers_views_bar_choose: FALSE if there is no such view; emits "chosen" if it was another */
gboolean
gxc_customers_views_bar_choose (GxcCustomersViewsBar *self,
                                const char           *name)
{
  for (GtkWidget *button = gtk_widget_get_first_child (self->box); button; button = gtk_widget_get_next_sibling (button))
    if (g_str_equal (((GxcCustomersView *) g_object_get_data (G_OBJECT (button), "gxc-view"))->name, name))
      {
        gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
        return TRUE;
      }
  return FALSE;
}

/** gxc_customers_views_bar_expect: a view that is being saved becomes the chosen one when it is there */
void
gxc_customers_views_bar_expect (GxcCustomersViewsBar *self,
                                const char           *name)
{
  g_free (self->expected);
  self->expected = g_strdup (name);
}

/** gxc_customers_views_bar_get: (transfer none): the chosen view, as it is kept */
GxcCustomersView *
gxc_customers_views_bar_get (GxcCustomersViewsBar *self)
{
  return gxc_customers_views_find (self->views, self->chosen);
}

/** gxc_customers_views_bar_get_all: (transfer none) (element-type GxcCustomersView): valid until the next refresh */
GPtrArray *
gxc_customers_views_bar_get_all (GxcCustomersViewsBar *self)
{
  return self->views;
}

/* --- the widget ----------------------------------------------------------------------------------------------------- */

static void
gxc_customers_views_bar_dispose (GObject *object)
{
  GxcCustomersViewsBar *self = GXC_CUSTOMERS_VIEWS_BAR (object);

  g_clear_handle_id (&self->counting, g_source_remove);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_pointer (&self->views, g_ptr_array_unref);
  g_clear_pointer (&self->chosen, g_free);
  g_clear_pointer (&self->expected, g_free);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (gxc_customers_views_bar_parent_class)->dispose (object);
}

static void
gxc_customers_views_bar_class_init (GxcCustomersViewsBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gxc_customers_views_bar_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[CHOSEN] = g_signal_new ("chosen", GXC_TYPE_CUSTOMERS_VIEWS_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gxc_customers_views_bar_init (GxcCustomersViewsBar *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  self->scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_EXTERNAL, "vscrollbar-policy", GTK_POLICY_NEVER,
                                 "propagate-natural-width", TRUE, "child", self->box, NULL);
  gtk_widget_add_css_class (self->scroller, "gx-views");
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Views"), -1);
}

GtkWidget *
gxc_customers_views_bar_new (GxcDesk *desk)
{
  GxcCustomersViewsBar *self = g_object_new (GXC_TYPE_CUSTOMERS_VIEWS_BAR, NULL);

  self->desk = g_object_ref (desk);
  gxc_customers_views_bar_refresh (self);
  return GTK_WIDGET (self);
}
