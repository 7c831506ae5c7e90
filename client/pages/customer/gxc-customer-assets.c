/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the customer has at the bank: open holdings by class with the sum of each currency, assets by month, what matures
 * when, and the closed ones folded away. Imports write it; here it is only read. */

#include "gxc-customer-assets.h"

#include <glib/gi18n.h>
#include <math.h>

#include "gx-holding.h"
#include "gx-money.h"
#include "gxc-bar-chart.h"
#include "gxc-cards.h"
#include "gxc-customer-holdings.h"
#include "gxc-customer-sums.h"
#include "gxc-format.h"

#define LADDER 12           /* months */

struct _GxcCustomerAssets
{
  GxcCustomerTab parent_instance;

  GtkWidget     *charts;    /* (borrowed) (nullable) */
  gboolean       one_column;
};

G_DEFINE_FINAL_TYPE (GxcCustomerAssets, gxc_customer_assets, GXC_TYPE_CUSTOMER_TAB)

static GPtrArray *
pick (GPtrArray *holdings, gboolean closed)
{
  GPtrArray *picked = g_ptr_array_new ();

  for (guint i = 0; i < holdings->len; i++)
    if ((((const GxHolding *) gx_record_get_data (g_ptr_array_index (holdings, i)))->status == GX_HOLDING_CLOSED) == closed)
      g_ptr_array_add (picked, g_ptr_array_index (holdings, i));
  return picked;
}

static GtkWidget *
make_holdings (GxcDesk *desk, GPtrArray *open, gboolean narrow)
{
  GtkWidget *body, *card;
  g_autofree char *caption = g_strdup_printf (ngettext ("%u open", "%u open", open->len), open->len);

  card = gxc_card_new (_("Holdings"), caption, NULL, &body);
  gtk_widget_set_overflow (card, GTK_OVERFLOW_HIDDEN);
  gtk_box_append (GTK_BOX (body), gxc_holdings_view_new (desk, open, TRUE, narrow));
  return card;
}

static GtkWidget *
make_closed (GxcDesk *desk, GPtrArray *closed, gboolean narrow)
{
  g_autofree char *title = g_strdup_printf (ngettext ("%u closed holding", "%u closed holdings", closed->len), closed->len);
  GtkWidget *expander = gtk_expander_new (title), *body, *card = gxc_card_new (NULL, NULL, NULL, &body);

  gtk_box_remove (GTK_BOX (card), gtk_widget_get_first_child (card));
  gtk_widget_add_css_class (expander, "gx-fold");
  gtk_expander_set_child (GTK_EXPANDER (expander), gxc_holdings_view_new (desk, closed, FALSE, narrow));
  gtk_widget_set_overflow (card, GTK_OVERFLOW_HIDDEN);
  gtk_box_append (GTK_BOX (body), expander);
  return card;
}

/* --- the ladder: what becomes free in which month ------------------------------------------------------------------ */

static gboolean
fill_ladder (GxcDesk *desk, GPtrArray *open, const char *ccy, double *values, gint32 *months)
{
  int y, m, d, y2, m2;
  gboolean any = FALSE;

  gx_date_to_ymd (gxc_desk_get_today (desk), &y, &m, &d);
  for (guint i = 0; i < LADDER; i++)
    {
      months[i] = gx_date_add_months (gx_date_from_ymd (y, m, 1), i);
      values[i] = 0;
    }
  for (guint i = 0; i < open->len; i++)
    {
      const GxHolding *row = gx_record_get_data (g_ptr_array_index (open, i));
      int place;

      if (row->matures_on == GX_INT32_NONE || row->balance == GX_INT_NONE || row->balance <= 0 || g_strcmp0 (row->ccy, ccy) != 0)
        continue;
      gx_date_to_ymd (row->matures_on, &y2, &m2, &d);
      place = (y2 - y) * 12 + m2 - m;
      if (place < 0 || place >= LADDER)
        continue;
      values[place] += row->balance / (double) gx_money_scale (ccy);
      any = TRUE;
    }
  return any;
}

static GtkWidget *
make_ladder (GxcDesk *desk, GPtrArray *open, const char *ccy)
{
  double values[LADDER], most = 0, divisor;
  gint32 months[LADDER];
  g_autofree char *unit = NULL;
  GtkWidget *chart, *card, *body;

  if (gxc_desk_get_curtain (desk) || !fill_ladder (desk, open, ccy, values, months))
    return NULL;
  for (guint i = 0; i < LADDER; i++)
    most = MAX (most, values[i]);
  divisor = gxc_chart_unit (most, ccy, &unit);
  for (guint i = 0; i < LADDER; i++)
    values[i] /= divisor;
  chart = gxc_bar_chart_new ();
  card = gxc_card_new (_("Maturities"), _("next twelve months"), gxc_chart_copy_button_new (GXC_CHART (chart)), &body);
  gxc_chart_set_title (GXC_CHART (chart), _("Maturities"), unit);
  gxc_chart_set_months (GXC_CHART (chart), months, LADDER);
  gxc_chart_add_series (GXC_CHART (chart), _("Matures"), values);
  gtk_widget_set_size_request (chart, -1, 232);
  gtk_widget_add_css_class (body, "gx-card-body");
  gtk_widget_set_vexpand (chart, TRUE);
  gtk_widget_set_vexpand (card, FALSE);
  gtk_box_append (GTK_BOX (body), chart);
  return card;
}

/* --- the tab ------------------------------------------------------------------------------------------------------ */

/* A pair of charts for each currency. Amounts of somebody else's customer are not drawn. */
static void
add_charts (GxcCustomerAssets *self, GxcDesk *desk, GPtrArray *open, GtkWidget *body)
{
  g_autoptr(GArray) sums = gxc_sums_by_currency (desk, open);

  for (guint i = 0; i < sums->len; i++)
    {
      const char *ccy = g_array_index (sums, GxcSum, i).ccy;
      GtkWidget *pair = g_object_new (GTK_TYPE_BOX, "spacing", 12, "homogeneous", !self->one_column, "orientation",
                                      self->one_column ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL, NULL);
      GtkWidget *cards[] = { gxc_assets_card_new (desk, open, ccy), make_ladder (desk, open, ccy) };

      for (guint j = 0; j < G_N_ELEMENTS (cards); j++)
        if (cards[j])
          gtk_box_append (GTK_BOX (pair), cards[j]);
      gtk_box_append (GTK_BOX (body), pair);
    }
}

static void
fill (GxcCustomerTab *tab)
{
  GxcCustomerAssets *self = GXC_CUSTOMER_ASSETS (tab);
  GtkWidget *body = gxc_customer_tab_get_body (tab);
  GxcDesk *desk = gxc_customer_tab_get_desk (tab);
  GPtrArray *holdings = gxc_customer_file_rows (gxc_customer_tab_get_file (tab), &gx_holding_entity);
  g_autoptr(GPtrArray) open = pick (holdings, FALSE), closed = pick (holdings, TRUE);

  gxc_box_empty (body);
  if (holdings->len == 0)
    {
      gtk_box_append (GTK_BOX (body), gxc_empty_new ("folder-symbolic", _("No holding with this bank yet"),
                                                     _("Holdings come with the bank's imports. What the customer wants can be noted as a need."),
                                                     _("New need"), "customer.add", "need"));
      return;
    }
  if (open->len)
    gtk_box_append (GTK_BOX (body), make_holdings (desk, open, self->one_column));
  add_charts (self, desk, open, body);
  if (closed->len)
    gtk_box_append (GTK_BOX (body), make_closed (desk, closed, self->one_column));
}

static void
set_room (GxcCustomerTab *tab, gboolean one_column)
{
  GxcCustomerAssets *self = GXC_CUSTOMER_ASSETS (tab);

  if (self->one_column == one_column)
    return;
  self->one_column = one_column;
  gxc_customer_tab_refresh (tab);
}

static void
gxc_customer_assets_class_init (GxcCustomerAssetsClass *klass)
{
  GXC_CUSTOMER_TAB_CLASS (klass)->fill = fill;
  GXC_CUSTOMER_TAB_CLASS (klass)->set_room = set_room;
}

static void
gxc_customer_assets_init (GxcCustomerAssets *self)
{
}

GtkWidget *
gxc_customer_assets_new (GxcCustomerFile *file)
{
  return gxc_customer_tab_new (GXC_TYPE_CUSTOMER_ASSETS, file);
}
