/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-customers-filter.h"

G_BEGIN_DECLS

/**
 * GxcCustomersFilterPopover: everything that customers can be filtered by. "changed" after each change: the list behind it
 * follows at once.
 */
#define GXC_TYPE_CUSTOMERS_FILTER_POPOVER (gxc_customers_filter_popover_get_type ())
G_DECLARE_FINAL_TYPE (GxcCustomersFilterPopover, gxc_customers_filter_popover, GXC, CUSTOMERS_FILTER_POPOVER, GtkPopover)

GtkWidget                *gxc_customers_filter_popover_new (GxcDesk *desk);
void                      gxc_customers_filter_popover_set (GxcCustomersFilterPopover *self, const GxcCustomersFilter *filter);
const GxcCustomersFilter *gxc_customers_filter_popover_get (GxcCustomersFilterPopover *self);

G_END_DECLS
