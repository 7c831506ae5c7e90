/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One cell of the customer list: one widget, drawn in one snapshot, without children. A list keeps two hundred rows of a
 * dozen cells, and a thumb drag binds them all anew within a frame: so binding only takes the row and asks for drawing,
 * never for a new size; what is drawn and said is the column's (gxc-customers-columns). */

#include "gxc-customers-cell.h"

#define HEIGHT 35

struct _GxcCustomersCell
{
  GtkWidget                 parent_instance;

  const GxcCustomersColumn *column;
  GxcCustomersPaint        *paint;      /* (borrowed): the page's, which outlives its list */
  GxcCustomersRow           row;
  guint                     position;
};

G_DEFINE_FINAL_TYPE (GxcCustomersCell, gxc_customers_cell, GTK_TYPE_WIDGET)

static void
paint_words (GxcPaintCell *cell, const GxcCustomersColumn *column)
{
  g_autofree char *words = gxc_customers_column_words (column, cell->paint, cell->row);

  if (column->right)
    gxc_paint_text_right (cell, GXC_PAINT_BODY, GXC_TOKEN_FG, words, cell->width);
  else
    gxc_paint_text (cell, GXC_PAINT_BODY, GXC_TOKEN_FG, words, 0, cell->width);
}

static void
gxc_customers_cell_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GxcCustomersCell *self = GXC_CUSTOMERS_CELL (widget);
  GxcPaintCell cell = { self->paint, snapshot, &self->row, gtk_widget_get_width (widget), gtk_widget_get_height (widget) };

  if (!self->row.customer)
    return;
  if (self->column->paint)
    self->column->paint (&cell);
  else
    paint_words (&cell, self->column);
}

static void
gxc_customers_cell_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                            int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  GxcCustomersCell *self = GXC_CUSTOMERS_CELL (widget);

  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 0 : (int) (HEIGHT * self->paint->scale);
}

static void
gxc_customers_cell_finalize (GObject *object)
{
  gxc_customers_row_clear (&GXC_CUSTOMERS_CELL (object)->row);
  G_OBJECT_CLASS (gxc_customers_cell_parent_class)->finalize (object);
}

static void
gxc_customers_cell_class_init (GxcCustomersCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gxc_customers_cell_finalize;
  widget_class->snapshot = gxc_customers_cell_snapshot;
  widget_class->measure = gxc_customers_cell_measure;
  gtk_widget_class_set_css_name (widget_class, "label");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
gxc_customers_cell_init (GxcCustomersCell *self)
{
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
}

/** gxc_customers_cell_new: @paint must live as long as the cell is shown */
GtkWidget *
gxc_customers_cell_new (const GxcCustomersColumn *column,
                        GxcCustomersPaint        *paint)
{
  GxcCustomersCell *self = g_object_new (GXC_TYPE_CUSTOMERS_CELL, NULL);

  self->column = column;
  self->paint = paint;
  return GTK_WIDGET (self);
}

static void
say (GxcCustomersCell *self)
{
  g_autofree char *words = gxc_customers_column_words (self->column, self->paint, &self->row);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

/** gxc_customers_cell_bind: @row is taken over and left empty; without a customer the cell is empty */
void
gxc_customers_cell_bind (GxcCustomersCell *self,
                         GxcCustomersRow  *row,
                         guint             position)
{
  gxc_customers_row_clear (&self->row);
  self->row = *row;
  self->position = position;
  *row = (GxcCustomersRow) { NULL };
  if (self->row.customer)
    say (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
gxc_customers_cell_unbind (GxcCustomersCell *self)
{
  gxc_customers_row_clear (&self->row);
}

void
gxc_customers_cell_set_marked (GxcCustomersCell *self,
                               gboolean          marked)
{
  if (marked == self->row.marked)
    return;
  self->row.marked = marked;
  if (self->row.customer)
    say (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

const GxcCustomersColumn *
gxc_customers_cell_get_column (GxcCustomersCell *self)
{
  return self->column;
}

/** gxc_customers_cell_get_id: of its customer; none while it is bound to nobody */
const GxId *
gxc_customers_cell_get_id (GxcCustomersCell *self)
{
  static const GxId none;

  return self->row.customer ? gx_record_get_id (self->row.customer) : &none;
}

/** gxc_customers_cell_set_position: rows came or went above it */
void
gxc_customers_cell_set_position (GxcCustomersCell *self,
                                 guint             position)
{
  self->position = position;
}

/** gxc_customers_cell_get_position: of its row in the list */
guint
gxc_customers_cell_get_position (GxcCustomersCell *self)
{
  return self->position;
}

/** gxc_customers_cell_dup_words: (transfer full) (nullable): what stands in the cell, in full */
char *
gxc_customers_cell_dup_words (GxcCustomersCell *self)
{
  return self->row.customer ? gxc_customers_column_words (self->column, self->paint, &self->row) : NULL;
}
