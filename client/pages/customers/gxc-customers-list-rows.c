/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in the rows of the list: a customer bound to a cell, all rows bound anew when other customers stand in them
 * (gxc-customers-shelf), the place that is kept when that happens behind the person's back, and what a click on a tick and a
 * rest of the pointer do. Which columns there are is gxc-customers-list.c's. */

#include "gxc-customers-list-private.h"
#include "gxc-tip.h"

#define SCREEN  64          /* rows that are seen without scrolling, and many more */

/**
 * gxc_customers_list_bind: @cell shows who stands at @position now, or nobody
 *
 * The model is asked, never the item that GTK holds: after a great change that is who stood there before, and a column
 * that is put back would show one customer's name beside another's money.
 */
void
gxc_customers_list_bind (GxcCustomersList *self,
                         GxcCustomersCell *cell,
                         guint             position)
{
  g_autoptr(GxRecord) customer = g_list_model_get_item (G_LIST_MODEL (self->model), position);
  GxcCustomersRow row = { NULL };

  if (customer && !gx_id_is_none (gx_record_get_id (customer)))
    gxc_customers_rows_get (self->rows, position, customer, &row);
  row.marked = gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->marks), position);
  gxc_customers_cell_bind (cell, &row, position);
}

/* --- the place ------------------------------------------------------------------------------------------------------ */

static GtkWidget *
rows_of (GxcCustomersList *self)
{
  return gtk_widget_get_last_child (GTK_WIDGET (self->view));
}

/* The first cell of a row tells whose it is. */
static GxcCustomersCell *
cell_in (GtkWidget *widget)
{
  while (widget && !GXC_IS_CUSTOMERS_CELL (widget))
    widget = gtk_widget_get_first_child (widget);
  return GXC_IS_CUSTOMERS_CELL (widget) ? GXC_CUSTOMERS_CELL (widget) : NULL;
}

/** gxc_customers_list_get_focused: whose row has the focus; none where it is elsewhere */
GxId
gxc_customers_list_get_focused (GxcCustomersList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;
  GxcCustomersCell *cell = focus && gtk_widget_is_ancestor (focus, rows_of (self)) ? cell_in (focus) : NULL;

  return cell ? *gxc_customers_cell_get_id (cell) : GX_ID_NONE;
}

static void
on_moving_cb (GxcCustomersList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL, *rows = rows_of (self);
  GxcCustomersCell *cell;

  self->focused = focus && gtk_widget_is_ancestor (focus, rows);
  cell = cell_in (self->focused ? focus : gtk_widget_pick (rows, gtk_widget_get_width (rows) / 2.0, 2, GTK_PICK_DEFAULT));
  self->place = cell ? *gxc_customers_cell_get_id (cell) : GX_ID_NONE;
}

static void
bind_row (GxcCustomersList *self, GtkWidget *widget)
{
  if (GXC_IS_CUSTOMERS_CELL (widget))
    gxc_customers_list_bind (self, GXC_CUSTOMERS_CELL (widget), gxc_customers_cell_get_position (GXC_CUSTOMERS_CELL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    bind_row (self, child);
}

static guint
position_of (GtkWidget *row)
{
  GxcCustomersCell *cell = cell_in (row);

  return cell ? gxc_customers_cell_get_position (cell) : 0;
}

/* Every row that there is shows the customer who now stands in it, or nobody. */
static void
bind_rows (GxcCustomersList *self, guint from, guint to)
{
  for (GtkWidget *row = gtk_widget_get_first_child (rows_of (self)); row; row = gtk_widget_get_next_sibling (row))
    {
      guint position = position_of (row);

      if (position >= from && position < to)
        bind_row (self, row);
    }
}

static gboolean
on_bind_idle_cb (gpointer data)
{
  GxcCustomersList *self = data;

  self->bind = 0;
  bind_rows (self, SCREEN, G_MAXUINT);
  return G_SOURCE_REMOVE;
}

/* From the top only what can be seen must be there in the next frame; nine tenths of the rows wait till after it. */
static void
bind_from_top (GxcCustomersList *self)
{
  bind_rows (self, 0, SCREEN);
  if (!self->bind)
    self->bind = g_idle_add_full (GDK_PRIORITY_REDRAW + 10, on_bind_idle_cb, self, NULL);
}

static void
focus_row (GxcCustomersList *self, guint position)
{
  for (GtkWidget *row = gtk_widget_get_first_child (rows_of (self)); row; row = gtk_widget_get_next_sibling (row))
    {
      GxcCustomersCell *cell = cell_in (row);

      if (cell && gxc_customers_cell_get_position (cell) == position)
        gtk_widget_grab_focus (row);
    }
}

static void
on_moved_cb (GxcCustomersList *self)
{
  guint position = self->from_top || gx_id_is_none (&self->place) ? G_MAXUINT : gxc_record_model_find (self->model, &self->place);

  if (position == G_MAXUINT)
    {
      bind_from_top (self);
      gtk_adjustment_set_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view)), 0);
      return;
    }
  bind_rows (self, 0, G_MAXUINT);
  if (position >= g_list_model_get_n_items (G_LIST_MODEL (self->shelf)))
    gxc_customers_shelf_settle (self->shelf);
  gxc_customers_list_show_row (self, position);
  if (self->focused)
    focus_row (self, position);
}

/** gxc_customers_list_from_top: while @from_top, changes are the person's own, and are looked at from their top */
void
gxc_customers_list_from_top (GxcCustomersList *self,
                             gboolean          from_top)
{
  self->from_top = from_top;
}

/** gxc_customers_list_show_row: scrolls to it */
void
gxc_customers_list_show_row (GxcCustomersList *self,
                             guint             position)
{
  gtk_widget_activate_action (rows_of (self), "list.scroll-to-item", "u", position);
}

/** gxc_customers_list_watch_rows: once, when the shelf is there */
void
gxc_customers_list_watch_rows (GxcCustomersList *self)
{
  g_signal_connect_object (self->shelf, "moving", G_CALLBACK (on_moving_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shelf, "moved", G_CALLBACK (on_moved_cb), self, G_CONNECT_SWAPPED);
}

/* --- the pointer ---------------------------------------------------------------------------------------------------- */

static GxcCustomersCell *
cell_at (GxcCustomersList *self, double x, double y)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self->view), x, y, GTK_PICK_DEFAULT);

  while (picked && !GXC_IS_CUSTOMERS_CELL (picked) && picked != GTK_WIDGET (self->view))
    {
      GtkWidget *child = gtk_widget_get_first_child (picked);

      if (child && GXC_IS_CUSTOMERS_CELL (child))
        return GXC_CUSTOMERS_CELL (child);
      picked = gtk_widget_get_parent (picked);
    }
  return GXC_IS_CUSTOMERS_CELL (picked) ? GXC_CUSTOMERS_CELL (picked) : NULL;
}

/* A click on the tick is taken before the row sees it. */
static void
on_pressed_cb (GxcCustomersList *self, int n_press, double x, double y, GtkGestureClick *gesture)
{
  GxcCustomersCell *cell = cell_at (self, x, y);
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  if (!cell || gxc_customers_cell_get_column (cell)->title)
    return;
  gxc_customers_marks_toggle (self->marks, gxc_customers_cell_get_position (cell), (state & GDK_SHIFT_MASK) != 0);
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

/* In full what the cell had no room for. */
static gboolean
on_query_tooltip_cb (GxcCustomersList *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  GxcCustomersCell *cell = keyboard ? NULL : cell_at (self, x, y);
  g_autofree char *words = cell && gxc_customers_cell_get_column (cell)->title ? gxc_customers_cell_dup_words (cell) : NULL;

  if (!words || g_str_equal (words, "\u2014"))
    return FALSE;
  gxc_tip_show (tooltip, words);
  return TRUE;
}

/** gxc_customers_list_add_pointer: once, when the view is there */
void
gxc_customers_list_add_pointer (GxcCustomersList *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_object (click, "pressed", G_CALLBACK (on_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self->view), TRUE);
  g_signal_connect_object (self->view, "query-tooltip", G_CALLBACK (on_query_tooltip_cb), self, G_CONNECT_SWAPPED);
}
