/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-customers-marks.h"

G_BEGIN_DECLS

/**
 * GxcCustomersBar: at the list's foot while customers are ticked: how many, and what can be done with them. Its buttons are
 * actions of the page (customers.*).
 */
#define GXC_TYPE_CUSTOMERS_BAR (gxc_customers_bar_get_type ())
G_DECLARE_FINAL_TYPE (GxcCustomersBar, gxc_customers_bar, GXC, CUSTOMERS_BAR, GtkWidget)

GtkWidget *gxc_customers_bar_new (GxcDesk *desk, GxcCustomersMarks *marks, GtkWidget *form);

G_END_DECLS
