/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-customer-tab.h"

G_BEGIN_DECLS

#define GXC_TYPE_CUSTOMER_HISTORY (gxc_customer_history_get_type ())
G_DECLARE_FINAL_TYPE (GxcCustomerHistory, gxc_customer_history, GXC, CUSTOMER_HISTORY, GxcCustomerTab)

GtkWidget *gxc_customer_history_new (GxcCustomerFile *file);

G_END_DECLS
