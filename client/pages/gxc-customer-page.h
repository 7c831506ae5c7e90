/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-page.h"

G_BEGIN_DECLS

#define GXC_TYPE_CUSTOMER_PAGE (gxc_customer_page_get_type ())
G_DECLARE_FINAL_TYPE (GxcCustomerPage, gxc_customer_page, GXC, CUSTOMER_PAGE, GxcPage)

GtkWidget *gxc_customer_page_new        (GxcDesk *desk, const GxId *id);
gboolean   gxc_customer_page_close_form (GxcCustomerPage *self);
void       gxc_customer_page_show_tab   (GxcCustomerPage *self, const char *name);

G_END_DECLS
