/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-customer-tab.h"

G_BEGIN_DECLS

#define GXC_TYPE_CUSTOMER_RELATIONS (gxc_customer_relations_get_type ())
G_DECLARE_FINAL_TYPE (GxcCustomerRelations, gxc_customer_relations, GXC, CUSTOMER_RELATIONS, GxcCustomerTab)

GtkWidget *gxc_customer_relations_new (GxcCustomerFile *file);

G_END_DECLS
