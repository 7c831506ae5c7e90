/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-customer-tab.h"

G_BEGIN_DECLS

#define GXC_TYPE_CUSTOMER_TIMELINE (gxc_customer_timeline_get_type ())
G_DECLARE_FINAL_TYPE (GxcCustomerTimeline, gxc_customer_timeline, GXC, CUSTOMER_TIMELINE, GxcCustomerTab)

GtkWidget *gxc_customer_timeline_new (GxcCustomerFile *file);

G_END_DECLS
