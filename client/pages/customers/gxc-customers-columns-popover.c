/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of a view, shown ones first in their order, each with a tick and with buttons that move it; Alt+↑ and Alt+↓
 * do the same for the row with the focus. It changes a list of its own and tells of it; that the narrow window shows fewer
 * is the list's doing, not a choice. */

#include "gxc-customers-columns-popover.h"

#include <glib/gi18n.h>

struct _GxcCustomersColumnsPopover
{
  GtkPopover  parent_instance;

  GtkWidget  *rows;         /* (borrowed) */
  GxcDesk    *desk;         /* (borrowed): the page's */
  GPtrArray  *shown;        /* (owned) of GxcCustomersColumn */
  GPtrArray  *all;          /* (owned): as the rows stand */
};

G_DEFINE_FINAL_TYPE (GxcCustomersColumnsPopover, gxc_customers_columns_popover, GTK_TYPE_POPOVER)

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void show_rows (GxcCustomersColumnsPopover *self, const GxcCustomersColumn *focused);

static gboolean
is_shown (GxcCustomersColumnsPopover *self, const GxcCustomersColumn *column)
{
  return g_ptr_array_find (self->shown, column, NULL);
}

static const GxcCustomersColumn *
column_of (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), "gxc-column");
}

/* Shown columns follow the order of the rows. */
static void
collect (GxcCustomersColumnsPopover *self, const GxcCustomersColumn *changed, gboolean on)
{
  g_autoptr(GPtrArray) before = self->shown;

  self->shown = g_ptr_array_new ();
  for (guint i = 0; i < self->all->len; i++)
    if (self->all->pdata[i] == changed ? on : g_ptr_array_find (before, self->all->pdata[i], NULL))
      g_ptr_array_add (self->shown, self->all->pdata[i]);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_toggled_cb (GxcCustomersColumnsPopover *self, GtkCheckButton *tick)
{
  collect (self, column_of (GTK_WIDGET (tick)), gtk_check_button_get_active (tick));
}

static void
move (GxcCustomersColumnsPopover *self, const GxcCustomersColumn *column, int by)
{
  guint at;

  if (!g_ptr_array_find (self->all, column, &at) || (by < 0 && at == 0) || at + by >= self->all->len)
    return;
  g_ptr_array_remove_index (self->all, at);
  g_ptr_array_insert (self->all, at + by, (gpointer) column);
  collect (self, column, is_shown (self, column));
  show_rows (self, column);
}

static void
on_up_clicked_cb (GxcCustomersColumnsPopover *self, GtkWidget *button)
{
  move (self, column_of (button), -1);
}

static void
on_down_clicked_cb (GxcCustomersColumnsPopover *self, GtkWidget *button)
{
  move (self, column_of (button), 1);
}

static gboolean
on_key_cb (GxcCustomersColumnsPopover *self, guint key, guint code, GdkModifierType modifiers, GtkEventController *keys)
{
  const GxcCustomersColumn *column = column_of (gtk_event_controller_get_widget (keys));

  if (!(modifiers & GDK_ALT_MASK) || (key != GDK_KEY_Up && key != GDK_KEY_Down))
    return FALSE;
  move (self, column, key == GDK_KEY_Up ? -1 : 1);
  return TRUE;
}

static GtkWidget *
make_arrow (GxcCustomersColumnsPopover *self, const GxcCustomersColumn *column, const char *icon, const char *pattern, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  g_autofree char *title = gxc_customers_column_dup_title (column, self->desk), *words = g_strdup_printf (pattern, title);

  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "gx-tiny");
  g_object_set_data (G_OBJECT (button), "gxc-column", (gpointer) column);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
make_row (GxcCustomersColumnsPopover *self, const GxcCustomersColumn *column)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  g_autofree char *title = gxc_customers_column_dup_title (column, self->desk);
  GtkWidget *tick = gtk_check_button_new_with_label (title);
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_check_button_set_active (GTK_CHECK_BUTTON (tick), is_shown (self, column));
  gtk_widget_set_hexpand (tick, TRUE);
  g_object_set_data (G_OBJECT (tick), "gxc-column", (gpointer) column);
  g_object_set_data (G_OBJECT (row), "gxc-column", (gpointer) column);
  g_signal_connect_object (tick, "toggled", G_CALLBACK (on_toggled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (row, keys);
  gtk_box_append (GTK_BOX (row), tick);
  gtk_box_append (GTK_BOX (row), make_arrow (self, column, "go-up-symbolic", _("Move “%s” to the left"), G_CALLBACK (on_up_clicked_cb)));
  gtk_box_append (GTK_BOX (row), make_arrow (self, column, "go-down-symbolic", _("Move “%s” to the right"), G_CALLBACK (on_down_clicked_cb)));
  return row;
}

static void
show_rows (GxcCustomersColumnsPopover *self, const GxcCustomersColumn *focused)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->rows)))
    gtk_box_remove (GTK_BOX (self->rows), child);
  for (guint i = 0; i < self->all->len; i++)
    {
      GtkWidget *row = make_row (self, self->all->pdata[i]);

      gtk_box_append (GTK_BOX (self->rows), row);
      if (self->all->pdata[i] == focused)
        gtk_widget_grab_focus (gtk_widget_get_first_child (row));
    }
}

/** gxc_customers_columns_popover_set: "changed" is not emitted */
void
gxc_customers_columns_popover_set (GxcCustomersColumnsPopover *self,
                                   const GxcCustomersView     *view)
{
  g_ptr_array_set_size (self->shown, 0);
  g_ptr_array_set_size (self->all, 0);
  g_ptr_array_extend (self->shown, view->columns, NULL, NULL);
  g_ptr_array_extend (self->all, view->columns, NULL, NULL);
  for (guint i = 2; i < gxc_customers_n_columns (); i++)
    if (!is_shown (self, gxc_customers_column (i)))
      g_ptr_array_add (self->all, (gpointer) gxc_customers_column (i));
  show_rows (self, NULL);
}

/** gxc_customers_columns_popover_get: (transfer none) (element-type GxcCustomersColumn) */
GPtrArray *
gxc_customers_columns_popover_get (GxcCustomersColumnsPopover *self)
{
  return self->shown;
}

static void
gxc_customers_columns_popover_finalize (GObject *object)
{
  g_ptr_array_unref (GXC_CUSTOMERS_COLUMNS_POPOVER (object)->shown);
  g_ptr_array_unref (GXC_CUSTOMERS_COLUMNS_POPOVER (object)->all);
  G_OBJECT_CLASS (gxc_customers_columns_popover_parent_class)->finalize (object);
}

static void
gxc_customers_columns_popover_class_init (GxcCustomersColumnsPopoverClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gxc_customers_columns_popover_finalize;
  signals[CHANGED] = g_signal_new ("changed", GXC_TYPE_CUSTOMERS_COLUMNS_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gxc_customers_columns_popover_init (GxcCustomersColumnsPopover *self)
{
  GtkWidget *scroller;

  self->shown = g_ptr_array_new ();
  self->all = g_ptr_array_new ();
  self->rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_widget_add_css_class (self->rows, "gx-popover-body");
  scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER, "propagate-natural-height", TRUE,
                           "max-content-height", 480, "min-content-width", 260, "child", self->rows, NULL);
  gtk_popover_set_child (GTK_POPOVER (self), scroller);
}

GtkWidget *
gxc_customers_columns_popover_new (GxcDesk *desk)
{
  GxcCustomersColumnsPopover *self = g_object_new (GXC_TYPE_CUSTOMERS_COLUMNS_POPOVER, NULL);

  self->desk = desk;
  return GTK_WIDGET (self);
}
