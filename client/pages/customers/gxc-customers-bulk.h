/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-customers-marks.h"
#include "gxc-form.h"

G_BEGIN_DECLS

/**
 * GxcCustomersBulk: one form that becomes a task for each of the ticked customers. Holds the form that it is given.
 */
#define GXC_TYPE_CUSTOMERS_BULK (gxc_customers_bulk_get_type ())
G_DECLARE_FINAL_TYPE (GxcCustomersBulk, gxc_customers_bulk, GXC, CUSTOMERS_BULK, GObject)

GxcCustomersBulk *gxc_customers_bulk_new  (GxcDesk *desk, GxcForm *form, GxcCustomersMarks *marks);
gboolean          gxc_customers_bulk_open (GxcCustomersBulk *self);
void              gxc_customers_bulk_take (GxcCustomersBulk *self, GxcFormKept *kept);

G_END_DECLS
