/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-customer-tab.h"

G_BEGIN_DECLS

#define GXC_TYPE_CUSTOMER_NEEDS (gxc_customer_needs_get_type ())
G_DECLARE_FINAL_TYPE (GxcCustomerNeeds, gxc_customer_needs, GXC, CUSTOMER_NEEDS, GxcCustomerTab)

GtkWidget *gxc_customer_needs_new (GxcCustomerFile *file);

G_END_DECLS
