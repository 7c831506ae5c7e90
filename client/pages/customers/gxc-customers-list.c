/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The customers as a column view: which columns stand in it at which width, and the order that a head shows. It neither
 * filters nor sorts: the store does, over the page; it only tells which head was clicked. Columns are taken out and put
 * back, for GTK 4.8 keeps the room of a hidden one. */

#include "gxc-customers-list-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gx-money.h"
#include "gxc-field-column.h"

#define PAD     16          /* of a cell, by the stylesheet */
#define RAIL    56          /* of the window, beside the list */
#define NARROW  1100
#define SLIM    900         /* from which on the columns of a narrow one have their room, at 150 % text too */
#define TICK    60          /* seconds: "10:30" becomes "18 min" */

G_DEFINE_FINAL_TYPE (GxcCustomersList, gxc_customers_list, GTK_TYPE_WIDGET)

enum { ACTIVATED, SORTED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* --- cells ---------------------------------------------------------------------------------------------------------- */

typedef struct
{
  GxcCustomersList         *list;       /* (borrowed): holds the column */
  const GxcCustomersColumn *column;
} Column;

static void
on_selected_cb (GtkListItem *item)
{
  gxc_customers_cell_set_marked (GXC_CUSTOMERS_CELL (gtk_list_item_get_child (item)), gtk_list_item_get_selected (item));
}

static void
on_position_cb (GtkListItem *item)
{
  gxc_customers_cell_set_position (GXC_CUSTOMERS_CELL (gtk_list_item_get_child (item)), gtk_list_item_get_position (item));
}

static void
on_setup_cb (GtkListItemFactory *factory, GtkListItem *item, Column *column)
{
  gtk_list_item_set_child (item, gxc_customers_cell_new (column->column, column->list->paint));
  g_signal_connect (item, "notify::position", G_CALLBACK (on_position_cb), NULL);
  if (!column->column->title)
    g_signal_connect (item, "notify::selected", G_CALLBACK (on_selected_cb), NULL);
}

static void
on_bind_cb (GtkListItemFactory *factory, GtkListItem *item, Column *column)
{
  gxc_customers_list_bind (column->list, GXC_CUSTOMERS_CELL (gtk_list_item_get_child (item)), gtk_list_item_get_position (item));
}

static void
on_unbind_cb (GtkListItemFactory *factory, GtkListItem *item, Column *column)
{
  gxc_customers_cell_unbind (GXC_CUSTOMERS_CELL (gtk_list_item_get_child (item)));
}

/* --- columns -------------------------------------------------------------------------------------------------------- */

static int
width_of (GxcCustomersList *self, const GxcCustomersColumn *column)
{
  int width = gx_money_units () == GX_MONEY_MYRIADS || !column->width_en ? column->width : column->width_en;

  return ABS (width) * self->paint->scale + PAD;
}

static void
append_column (GxcCustomersList *self, const GxcCustomersColumn *column)
{
  Column *data = g_new (Column, 1);
  g_autofree char *title = gxc_customers_column_dup_title (column, self->paint->desk);
  GtkColumnViewColumn *made = gxc_column_new (title, gxc_customers_column_field (column),
                                              width_of (self, column), G_CALLBACK (on_setup_cb), G_CALLBACK (on_bind_cb), data);

  *data = (Column) { self, column };
  g_signal_connect (gtk_column_view_column_get_factory (made), "unbind", G_CALLBACK (on_unbind_cb), data);
  g_object_set_data_full (G_OBJECT (made), "gxc-column", data, g_free);
  gtk_column_view_column_set_expand (made, column->width < 0);
  if (column->right)
    gxc_column_set_right (made);
  gtk_column_view_append_column (self->view, made);
  g_object_unref (made);
}

static const GxcCustomersColumn *
column_of (GtkColumnViewColumn *made)
{
  return ((Column *) g_object_get_data (G_OBJECT (made), "gxc-column"))->column;
}

/* The head that shows the order, where its column is shown at all. */
static void
show_order (GxcCustomersList *self)
{
  GListModel *made = gtk_column_view_get_columns (self->view);
  GtkColumnViewColumn *by = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (made); i++)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (made, i);

      if (self->sort && g_strcmp0 (column_of (column)->field, self->sort) == 0)
        by = column;
    }
  gtk_column_view_sort_by_column (self->view, by, self->descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
}

static gboolean
fits (GxcCustomersList *self, const GxcCustomersColumn *column)
{
  return column->from <= self->width;
}

static void
build_columns (GxcCustomersList *self)
{
  GListModel *made = gtk_column_view_get_columns (self->view);

  self->building = TRUE;
  while (g_list_model_get_n_items (made))
    {
      g_autoptr(GtkColumnViewColumn) last = g_list_model_get_item (made, g_list_model_get_n_items (made) - 1);

      gtk_column_view_remove_column (self->view, last);
    }
  append_column (self, gxc_customers_column (0));
  append_column (self, gxc_customers_column (1));
  for (guint i = 0; i < self->columns->len; i++)
    if (fits (self, self->columns->pdata[i]))
      append_column (self, self->columns->pdata[i]);
  show_order (self);
  gxc_column_view_align_heads (self->view);
  self->building = FALSE;
}

static void
on_sorter_changed_cb (GxcCustomersList *self)
{
  const GxField *by;

  if (!self->view || self->building)
    return;
  by = gxc_column_view_get_sort (self->view, &self->descending);
  g_free (self->sort);
  self->sort = by ? g_strdup (by->name) : NULL;
  g_signal_emit (self, signals[SORTED], 0);
}

/* --- width ---------------------------------------------------------------------------------------------------------- */

static gboolean
on_fit_idle_cb (gpointer data)
{
  GxcCustomersList *self = data;

  self->fit = 0;
  build_columns (self);
  return G_SOURCE_REMOVE;
}

/* As wide as a window with a rail would be that has no more than the list: a sidebar or a form beside it takes room from it. */
static void
gxc_customers_list_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GxcCustomersList *self = GXC_CUSTOMERS_LIST (widget);
  double whole = width / self->paint->scale + RAIL;
  GxcCustomersWidth fitting = whole < SLIM ? GXC_CUSTOMERS_SLIM : whole < NARROW ? GXC_CUSTOMERS_NARROW : GXC_CUSTOMERS_WIDE;

  gtk_widget_allocate (self->scroller, width, height, baseline, NULL);
  if (fitting == self->width)
    return;
  self->width = fitting;
  if (!self->fit)
    self->fit = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_fit_idle_cb, self, NULL);
}

static void
gxc_customers_list_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                            int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (GXC_CUSTOMERS_LIST (widget)->scroller, orientation, for_size, minimum, natural, minimum_baseline, natural_baseline);
}

static void
on_scale_changed_cb (GxcCustomersList *self)
{
  gxc_customers_paint_rescale (self->paint);
  if (!self->fit)
    self->fit = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_fit_idle_cb, self, NULL);
}

static void
on_view_activated_cb (GxcCustomersList *self, guint position)
{
  g_signal_emit (self, signals[ACTIVATED], 0, position);
}

/* --- the widget ----------------------------------------------------------------------------------------------------- */

static gboolean
on_tick_cb (gpointer data)
{
  gxc_customers_list_tick (data);
  return G_SOURCE_CONTINUE;
}

static void
gxc_customers_list_dispose (GObject *object)
{
  GxcCustomersList *self = GXC_CUSTOMERS_LIST (object);

  g_clear_handle_id (&self->fit, g_source_remove);
  g_clear_handle_id (&self->bind, g_source_remove);
  g_clear_handle_id (&self->tick, g_source_remove);
  if (self->view)
    gtk_column_view_set_model (self->view, NULL);
  self->view = NULL;
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->rows);
  g_clear_object (&self->marks);
  g_clear_object (&self->shelf);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (gxc_customers_list_parent_class)->dispose (object);
}

static void
gxc_customers_list_finalize (GObject *object)
{
  GxcCustomersList *self = GXC_CUSTOMERS_LIST (object);

  gxc_customers_paint_free (self->paint);
  g_ptr_array_unref (self->columns);
  g_free (self->sort);
  G_OBJECT_CLASS (gxc_customers_list_parent_class)->finalize (object);
}

static gboolean
gxc_customers_list_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (GXC_CUSTOMERS_LIST (widget)->view));
}

static void
gxc_customers_list_class_init (GxcCustomersListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gxc_customers_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = gxc_customers_list_finalize;
  widget_class->size_allocate = gxc_customers_list_size_allocate;
  widget_class->measure = gxc_customers_list_measure;
  widget_class->grab_focus = gxc_customers_list_grab_focus;
  signals[ACTIVATED] = g_signal_new ("activated", GXC_TYPE_CUSTOMERS_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SORTED] = g_signal_new ("sorted", GXC_TYPE_CUSTOMERS_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gxc_customers_list_init (GxcCustomersList *self)
{
  self->width = GXC_CUSTOMERS_WIDE;
  self->columns = g_ptr_array_new ();
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  self->scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "child", self->view, NULL);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "gx-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Customers"), -1);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (on_view_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed", G_CALLBACK (on_sorter_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_widget_get_settings (GTK_WIDGET (self)), "notify::gtk-xft-dpi", G_CALLBACK (on_scale_changed_cb), self, G_CONNECT_SWAPPED);
  gxc_customers_list_add_pointer (self);
}

GtkWidget *
gxc_customers_list_new (GxcDesk        *desk,
                        GxcRecordModel *model)
{
  GxcCustomersList *self = g_object_new (GXC_TYPE_CUSTOMERS_LIST, NULL);

  self->model = g_object_ref (model);
  self->rows = gxc_customers_rows_new (desk, model);     /* forgets before the marks tell the view to bind */
  self->shelf = gxc_customers_shelf_new (model);
  self->marks = gxc_customers_marks_new (model, self->shelf);
  self->paint = gxc_customers_paint_new (desk, GTK_WIDGET (self->view));
  gxc_customers_list_watch_rows (self);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->marks));
  self->tick = g_timeout_add_seconds (TICK, on_tick_cb, self);
  return GTK_WIDGET (self);
}

GxcCustomersMarks *
gxc_customers_list_get_marks (GxcCustomersList *self)
{
  return self->marks;
}

GxcCustomersPaint *
gxc_customers_list_get_paint (GxcCustomersList *self)
{
  return self->paint;
}

GxcCustomersRows *
gxc_customers_list_get_rows (GxcCustomersList *self)
{
  return self->rows;
}

/** gxc_customers_list_set_view: its columns, and the head that shows its order; the order itself is the model's */
void
gxc_customers_list_set_view (GxcCustomersList       *self,
                             const GxcCustomersView *view)
{
  g_autoptr(GPtrArray) old = self->columns;

  self->columns = g_ptr_array_copy (view->columns, NULL, NULL);
  g_free (self->sort);
  self->sort = g_strdup (view->sort);
  self->descending = view->descending;
  build_columns (self);
}

/** gxc_customers_list_rename: the bank's currency may be another one: heads and amounts say so */
void
gxc_customers_list_rename (GxcCustomersList *self)
{
  GListModel *made = gtk_column_view_get_columns (self->view);

  for (guint i = 0; i < g_list_model_get_n_items (made); i++)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (made, i);
      g_autofree char *title = gxc_customers_column_dup_title (column_of (column), self->paint->desk);

      gtk_column_view_column_set_title (column, title);
    }
  gxc_customers_list_tick (self);
}

/** gxc_customers_list_get_sort: (nullable): the field that the person chose by a head */
const char *
gxc_customers_list_get_sort (GxcCustomersList *self,
                             gboolean         *out_descending)
{
  *out_descending = self->descending;
  return self->sort;
}

/** gxc_customers_list_dup_shown: (transfer full) (element-type GxcCustomersColumn): as they stand, without the tick */
GPtrArray *
gxc_customers_list_dup_shown (GxcCustomersList *self)
{
  GPtrArray *shown = g_ptr_array_new ();

  g_ptr_array_add (shown, (gpointer) gxc_customers_column (1));
  for (guint i = 0; i < self->columns->len; i++)
    if (fits (self, self->columns->pdata[i]))
      g_ptr_array_add (shown, self->columns->pdata[i]);
  return shown;
}

static void
redraw (GtkWidget *widget)
{
  if (GXC_IS_CUSTOMERS_CELL (widget))
    gtk_widget_queue_draw (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    redraw (child);
}

/** gxc_customers_list_tick: what is counted from now, or shown by the curtain, is drawn anew */
void
gxc_customers_list_tick (GxcCustomersList *self)
{
  gxc_customers_paint_update (self->paint);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    redraw (GTK_WIDGET (self->view));
}

/** gxc_customers_list_get_scroll: (transfer none): how far down the list stands */
GtkAdjustment *
gxc_customers_list_get_scroll (GxcCustomersList *self)
{
  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
}
