/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-customer-file.h"
#include "gxc-form.h"
#include "gxc-page.h"

G_BEGIN_DECLS

#define GXC_TYPE_CUSTOMER_PAGE (gxc_customer_page_get_type ())
G_DECLARE_FINAL_TYPE (GxcCustomerPage, gxc_customer_page, GXC, CUSTOMER_PAGE, GxcPage)

GtkWidget       *gxc_customer_page_new        (GxcDesk *desk, const GxId *id);
gboolean         gxc_customer_page_show_tab   (GxcCustomerPage *self, const char *name);
GxcForm         *gxc_customer_page_get_form   (GxcCustomerPage *self);
GxcCustomerFile *gxc_customer_page_get_file   (GxcCustomerPage *self);

G_END_DECLS
