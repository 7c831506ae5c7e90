/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-customer-tab.h"

G_BEGIN_DECLS

#define GXC_TYPE_CUSTOMER_TASKS (gxc_customer_tasks_get_type ())
G_DECLARE_FINAL_TYPE (GxcCustomerTasks, gxc_customer_tasks, GXC, CUSTOMER_TASKS, GxcCustomerTab)

GtkWidget *gxc_customer_tasks_new (GxcCustomerFile *file);

G_END_DECLS
