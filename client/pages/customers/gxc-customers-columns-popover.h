/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-customers-view.h"

G_BEGIN_DECLS

/**
 * GxcCustomersColumnsPopover: which columns, in which order. "changed" after each change.
 */
#define GXC_TYPE_CUSTOMERS_COLUMNS_POPOVER (gxc_customers_columns_popover_get_type ())
G_DECLARE_FINAL_TYPE (GxcCustomersColumnsPopover, gxc_customers_columns_popover, GXC, CUSTOMERS_COLUMNS_POPOVER, GtkPopover)

GtkWidget *gxc_customers_columns_popover_new (GxcDesk *desk);
void       gxc_customers_columns_popover_set (GxcCustomersColumnsPopover *self, const GxcCustomersView *view);
GPtrArray *gxc_customers_columns_popover_get (GxcCustomersColumnsPopover *self);

G_END_DECLS
