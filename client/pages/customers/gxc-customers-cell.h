/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-customers-columns.h"

G_BEGIN_DECLS

#define GXC_TYPE_CUSTOMERS_CELL (gxc_customers_cell_get_type ())
G_DECLARE_FINAL_TYPE (GxcCustomersCell, gxc_customers_cell, GXC, CUSTOMERS_CELL, GtkWidget)

GtkWidget                *gxc_customers_cell_new        (const GxcCustomersColumn *column, GxcCustomersPaint *paint);
void                      gxc_customers_cell_bind       (GxcCustomersCell *self, GxcCustomersRow *row, guint position);
void                      gxc_customers_cell_unbind     (GxcCustomersCell *self);
void                      gxc_customers_cell_set_marked (GxcCustomersCell *self, gboolean marked);
const GxcCustomersColumn *gxc_customers_cell_get_column (GxcCustomersCell *self);
const GxId               *gxc_customers_cell_get_id     (GxcCustomersCell *self);
void                      gxc_customers_cell_set_position (GxcCustomersCell *self, guint position);
guint                     gxc_customers_cell_get_position (GxcCustomersCell *self);
char                     *gxc_customers_cell_dup_words  (GxcCustomersCell *self);

G_END_DECLS
