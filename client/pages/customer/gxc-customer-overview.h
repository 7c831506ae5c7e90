/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-customer-tab.h"

G_BEGIN_DECLS

#define GXC_TYPE_CUSTOMER_OVERVIEW (gxc_customer_overview_get_type ())
G_DECLARE_FINAL_TYPE (GxcCustomerOverview, gxc_customer_overview, GXC, CUSTOMER_OVERVIEW, GxcCustomerTab)

GtkWidget *gxc_customer_overview_new (GxcCustomerFile *file);

G_END_DECLS
