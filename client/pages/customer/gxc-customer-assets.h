/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-customer-tab.h"

G_BEGIN_DECLS

#define GXC_TYPE_CUSTOMER_ASSETS (gxc_customer_assets_get_type ())
G_DECLARE_FINAL_TYPE (GxcCustomerAssets, gxc_customer_assets, GXC, CUSTOMER_ASSETS, GxcCustomerTab)

GtkWidget *gxc_customer_assets_new (GxcCustomerFile *file);

G_END_DECLS
