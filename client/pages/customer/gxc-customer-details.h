/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-customer-tab.h"
#include "gxc-page.h"

G_BEGIN_DECLS

#define GXC_TYPE_CUSTOMER_DETAILS (gxc_customer_details_get_type ())
G_DECLARE_FINAL_TYPE (GxcCustomerDetails, gxc_customer_details, GXC, CUSTOMER_DETAILS, GxcCustomerTab)

GtkWidget *gxc_customer_details_new  (GxcCustomerFile *file);
void       gxc_customer_details_keep (GxcCustomerDetails *self, GxcBegun *begun);
void       gxc_customer_details_take (GxcCustomerDetails *self, GxcBegun *begun);

G_END_DECLS
