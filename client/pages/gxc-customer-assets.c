/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the customer has at the bank. Imports write it; here it is only read. */

#include "gxc-customer-assets.h"

#include <glib/gi18n.h>

#include "gx-holding.h"
#include "gxc-customer-cards.h"

struct _GxcCustomerAssets
{
  GxcCustomerTab parent_instance;
};

G_DEFINE_FINAL_TYPE (GxcCustomerAssets, gxc_customer_assets, GXC_TYPE_CUSTOMER_TAB)

static GtkWidget *
make_holdings (GxcDesk *desk, GPtrArray *holdings)
{
  GtkWidget *body, *rows = gxc_rows_new (), *card = gxc_card_new (_("Holdings"), NULL, NULL, &body);

  for (guint i = 0; i < holdings->len; i++)
    gxc_rows_add_holding (rows, desk, g_ptr_array_index (holdings, i));
  if (holdings->len == 0)
    gxc_rows_add_words (rows, _("No holding with this bank yet."));
  gtk_box_append (GTK_BOX (body), rows);
  return card;
}

static void
fill (GxcCustomerTab *tab)
{
  GtkWidget *body = gxc_customer_tab_get_body (tab), *chart;
  GPtrArray *holdings = gxc_customer_file_rows (gxc_customer_tab_get_file (tab), &gx_holding_entity);

  gxc_box_empty (body);
  gtk_box_append (GTK_BOX (body), make_holdings (gxc_customer_tab_get_desk (tab), holdings));
  chart = gxc_assets_card_new (gxc_customer_tab_get_desk (tab), holdings);
  if (chart)
    gtk_box_append (GTK_BOX (body), chart);
}

static void
gxc_customer_assets_class_init (GxcCustomerAssetsClass *klass)
{
  GXC_CUSTOMER_TAB_CLASS (klass)->fill = fill;
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
