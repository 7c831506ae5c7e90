/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-record-model.h"

G_BEGIN_DECLS

#define GXC_TYPE_CUSTOMERS_SHELF (gxc_customers_shelf_get_type ())
G_DECLARE_FINAL_TYPE (GxcCustomersShelf, gxc_customers_shelf, GXC, CUSTOMERS_SHELF, GObject)

GxcCustomersShelf *gxc_customers_shelf_new    (GxcRecordModel *model);
void               gxc_customers_shelf_settle (GxcCustomersShelf *self);

G_END_DECLS
