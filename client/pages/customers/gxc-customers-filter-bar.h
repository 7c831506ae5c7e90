/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-customers-filter.h"

G_BEGIN_DECLS

/**
 * GxcCustomersFilterBar: what is filtered by, as chips that can be taken out, and the button for more. "changed" after
 * the person changed the filter.
 */
#define GXC_TYPE_CUSTOMERS_FILTER_BAR (gxc_customers_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (GxcCustomersFilterBar, gxc_customers_filter_bar, GXC, CUSTOMERS_FILTER_BAR, GtkWidget)

GtkWidget                *gxc_customers_filter_bar_new (GxcDesk *desk);
void                      gxc_customers_filter_bar_set (GxcCustomersFilterBar *self, const GxcCustomersFilter *filter);
const GxcCustomersFilter *gxc_customers_filter_bar_get (GxcCustomersFilterBar *self);

G_END_DECLS
