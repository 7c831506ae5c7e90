/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holdings as a table: under the head of each class its holdings, in the head what they come to, at the end the sum of each
 * currency. Two currencies are two sums, never one. A customer has few holdings, so the table has its full height and the
 * tab around it scrolls. */

#include "gxc-customer-holdings.h"

#include <glib/gi18n.h>

#include "gx-holding.h"
#include "gxc-customer-sums.h"
#include "gxc-field-column.h"
#include "gxc-format.h"

#define NOT_THERE -1
#define PRODUCT_CHARS 8
#define SOON 30     /* days before its end from which on a maturity is told in amber */

/* A line of the table: a holding, or a heading or sum, which has words alone. */
#define GXC_TYPE_HOLDING_LINE (gxc_holding_line_get_type ())
G_DECLARE_FINAL_TYPE (GxcHoldingLine, gxc_holding_line, GXC, HOLDING_LINE, GObject)

struct _GxcHoldingLine
{
  GObject   parent_instance;

  GxRecord *holding;        /* (owned) (nullable) */
  char     *title;          /* (owned) (nullable) */
  char     *amount;         /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (GxcHoldingLine, gxc_holding_line, G_TYPE_OBJECT)

static void
gxc_holding_line_finalize (GObject *object)
{
  GxcHoldingLine *self = GXC_HOLDING_LINE (object);

  g_clear_object (&self->holding);
  g_free (self->title);
  g_free (self->amount);
  G_OBJECT_CLASS (gxc_holding_line_parent_class)->finalize (object);
}

static void
gxc_holding_line_class_init (GxcHoldingLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gxc_holding_line_finalize;
}

static void
gxc_holding_line_init (GxcHoldingLine *self)
{
}

static void
add_line (GListStore *lines, GxRecord *holding, const char *title, char *amount)
{
  g_autoptr(GxcHoldingLine) line = g_object_new (GXC_TYPE_HOLDING_LINE, NULL);

  line->holding = holding ? g_object_ref (holding) : NULL;
  line->title = g_strdup (title);
  line->amount = amount;
  g_list_store_append (lines, line);
}

/* --- the lines ---------------------------------------------------------------------------------------------------- */

static char *
sum_words (GxcDesk *desk, const GxcSum *sum)
{
  g_autofree char *unit = NULL, *figure = NULL, *owed = NULL;

  if (sum->n_masked || gxc_desk_get_curtain (desk))
    {
      figure = gxc_sum_dup_figure (sum, gxc_desk_get_curtain (desk), &unit);
      return g_strdup_printf ("%s %s", figure, unit);
    }
  figure = gxc_money_to_words (sum->assets, sum->ccy);
  owed = gxc_money_to_words (-sum->debts, sum->ccy);
  if (!sum->debts)
    return g_steal_pointer (&figure);
  return sum->assets ? g_strdup_printf ("%s / %s", figure, owed) : g_steal_pointer (&owed);
}

static char *
sums_words (GxcDesk *desk, GPtrArray *holdings)
{
  g_autoptr(GArray) sums = gxc_sums_by_currency (desk, holdings);
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < sums->len; i++)
    {
      g_autofree char *one = sum_words (desk, &g_array_index (sums, GxcSum, i));

      g_string_append_printf (words, "%s%s", i ? " · " : "", one);
    }
  return g_string_free (words, FALSE);
}

static void
add_class (GListStore *lines, GxcDesk *desk, GPtrArray *holdings, const char *title)
{
  add_line (lines, NULL, title, sums_words (desk, holdings));
  for (guint i = 0; i < holdings->len; i++)
    {
      GxRecord *holding = g_ptr_array_index (holdings, i);

      add_line (lines, holding, NULL, gxc_field_to_words (desk, holding, gx_entity_find (&gx_holding_entity, "balance")));
    }
}

/* The bank's own currency needs no name where there is no other. */
static char *
dup_sum_title (GxcDesk *desk, const GxcSum *sum, gboolean only, gboolean owed)
{
  const GxcPerson *person = gxc_desk_get_person (desk);

  if (only && person && g_strcmp0 (sum->ccy, person->ccy ? person->ccy : "CNY") == 0)
    return g_strdup (owed ? _("Debts in all") : _("In all"));
  return g_strdup_printf (owed ? _("Debts in %s") : _("Sum in %s"), sum->ccy);
}

/* What is owed is a line of its own, as long as what is had. */
static void
add_sums (GListStore *lines, GxcDesk *desk, GPtrArray *holdings)
{
  g_autoptr(GArray) sums = gxc_sums_by_currency (desk, holdings);

  for (guint i = 0; i < sums->len; i++)
    {
      const GxcSum *sum = &g_array_index (sums, GxcSum, i);
      g_autofree char *title = dup_sum_title (desk, sum, sums->len == 1, FALSE), *owed = NULL;

      if (!sum->assets || !sum->debts || sum->n_masked || gxc_desk_get_curtain (desk))
        {
          add_line (lines, NULL, title, sum_words (desk, sum));
          continue;
        }
      owed = dup_sum_title (desk, sum, sums->len == 1, TRUE);
      add_line (lines, NULL, title, gxc_money_to_words (sum->assets, sum->ccy));
      add_line (lines, NULL, owed, gxc_money_to_words (-sum->debts, sum->ccy));
    }
}

static GListStore *
make_lines (GxcDesk *desk, GPtrArray *holdings, gboolean with_sums)
{
  GListStore *lines = g_list_store_new (GXC_TYPE_HOLDING_LINE);

  for (guint class = 0; class < GXC_N_CLASSES; class++)
    {
      g_autoptr(GPtrArray) of_class = g_ptr_array_new ();

      for (guint i = 0; i < holdings->len; i++)
        if (gxc_asset_class_of (desk, g_ptr_array_index (holdings, i)) == class)
          g_ptr_array_add (of_class, g_ptr_array_index (holdings, i));
      if (of_class->len)
        add_class (lines, desk, of_class, gxc_asset_class_label (class));
    }
  if (with_sums)
    add_sums (lines, desk, holdings);
  return lines;
}

/* --- columns ------------------------------------------------------------------------------------------------------- */

typedef struct
{
  GxcDesk    *desk;         /* (owned) */
  const char *field;        /* of the holding; "balance" also of headings and sums */
  gboolean    right;
} Cell;

static void
cell_free (gpointer data)
{
  Cell *cell = data;

  g_object_unref (cell->desk);
  g_free (cell);
}

static void
on_setup_cb (GtkListItemFactory *factory, GtkListItem *item, Cell *cell)
{
  gtk_list_item_set_child (item, g_object_new (GTK_TYPE_LABEL, "xalign", cell->right ? 1.0 : 0.0, "ellipsize", PANGO_ELLIPSIZE_END,
                                               "single-line-mode", TRUE, "width-chars", g_str_equal (cell->field, "product_id") ? PRODUCT_CHARS : -1, NULL));
  gtk_list_item_set_activatable (item, FALSE);
}

static char *
dup_words (Cell *cell, GxcHoldingLine *line)
{
  if (g_str_equal (cell->field, "balance"))
    return g_strdup (line->amount);
  if (line->holding)
    return gxc_field_to_words (cell->desk, line->holding, gx_entity_find (&gx_holding_entity, cell->field));
  return g_strdup (g_str_equal (cell->field, "product_id") ? line->title : "");
}

static gboolean
is_soon (Cell *cell, GxcHoldingLine *line)
{
  const GxHolding *row = line->holding ? gx_record_get_data (line->holding) : NULL;
  gint32 today = gxc_desk_get_today (cell->desk);

  return row && g_str_equal (cell->field, "matures_on") && row->status != GX_HOLDING_CLOSED
         && row->matures_on != GX_INT32_NONE && row->matures_on >= today && row->matures_on - today <= SOON;
}

static void
set_class (GtkWidget *widget, const char *css_class, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

static void
on_bind_cb (GtkListItemFactory *factory, GtkListItem *item, Cell *cell)
{
  GxcHoldingLine *line = gtk_list_item_get_item (item);
  GtkWidget *label = gtk_list_item_get_child (item);
  g_autofree char *words = dup_words (cell, line), *soon = is_soon (cell, line) ? g_strdup_printf ("! %s", words) : NULL;

  gtk_label_set_text (GTK_LABEL (label), soon ? soon : words);
  gtk_widget_set_tooltip_text (label, words);
  set_class (label, "gx-strong", !line->holding);
  set_class (label, "gx-amber", soon != NULL);
}

static void
append_column (GtkColumnView *view, GxcDesk *desk, const char *title, const char *field, int width)
{
  Cell *cell = g_new (Cell, 1);
  GtkColumnViewColumn *column;

  *cell = (Cell) { g_object_ref (desk), field, g_str_equal (field, "balance") || g_str_equal (field, "rate_ppm") };
  column = gxc_column_new (title, NULL, width, G_CALLBACK (on_setup_cb), G_CALLBACK (on_bind_cb), cell);
  g_object_set_data_full (G_OBJECT (column), "gxc-cell", cell, cell_free);
  if (cell->right)
    gxc_column_set_right (column);
  gtk_column_view_append_column (view, column);
  g_object_unref (column);
}

static void
on_realize_cb (GtkColumnView *view)
{
  gxc_column_view_scale (view);
  gxc_column_view_align_heads (view);
}

/**
 * gxc_holdings_view_new:
 * @with_sums: whether the last lines are the sums of each currency
 * @narrow: without the day it was opened and the rate, so that the balance is seen without scrolling
 *
 * Returns: (transfer floating): a column view in its full height
 */
GtkWidget *
gxc_holdings_view_new (GxcDesk   *desk,
                       GPtrArray *holdings,
                       gboolean   with_sums,
                       gboolean   narrow)
{
  static const struct { const char *title, *field; int wide, narrow; } columns[] = {
    { N_("Product"), "product_id", 0, 0 }, { N_("Account number"), "acct_no", 196, 196 }, { N_("Opened"), "opened_on", 112, NOT_THERE },
    { N_("Matures"), "matures_on", 124, 112 }, { N_("Rate"), "rate_ppm", 76, NOT_THERE }, { N_("Balance"), "balance", 176, 148 },
  };
  GListStore *lines = make_lines (desk, holdings, with_sums);
  GtkWidget *view = gtk_column_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (lines)))), *scrolled = gtk_scrolled_window_new ();

  gtk_widget_add_css_class (view, "gx-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Holdings"), -1);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    if (!narrow || columns[i].narrow != NOT_THERE)
      append_column (GTK_COLUMN_VIEW (view), desk, _(columns[i].title), columns[i].field, narrow ? columns[i].narrow : columns[i].wide);
  g_signal_connect (view, "realize", G_CALLBACK (on_realize_cb), NULL);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  return scrolled;
}
