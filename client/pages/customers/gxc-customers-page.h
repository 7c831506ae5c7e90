/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-page.h"

G_BEGIN_DECLS

#define GXC_TYPE_CUSTOMERS_PAGE (gxc_customers_page_get_type ())
G_DECLARE_FINAL_TYPE (GxcCustomersPage, gxc_customers_page, GXC, CUSTOMERS_PAGE, GxcPage)

GtkWidget  *gxc_customers_page_new       (GxcDesk *desk);
const GxId *gxc_customers_page_neighbour (GxcCustomersPage *self, const GxId *id, int by, guint *out_position, guint *out_total);

G_END_DECLS
