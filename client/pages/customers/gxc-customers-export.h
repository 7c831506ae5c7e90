/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-customers-columns.h"

G_BEGIN_DECLS

#define GXC_CUSTOMERS_EXPORT_MAX 200        /* R-EXPORT: more than that is not one person's to take away */

char *gxc_customers_to_table (GxcCustomersPaint *paint, GPtrArray *columns, const GxId *ids, guint n_ids, GError **error);
char *gxc_customers_to_csv   (GxcCustomersPaint *paint, GPtrArray *columns, const GxId *ids, guint n_ids, GError **error);

G_END_DECLS
