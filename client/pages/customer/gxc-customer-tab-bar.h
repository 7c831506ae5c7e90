/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define GXC_TYPE_CUSTOMER_TAB_BAR (gxc_customer_tab_bar_get_type ())
G_DECLARE_FINAL_TYPE (GxcCustomerTabBar, gxc_customer_tab_bar, GXC, CUSTOMER_TAB_BAR, GtkWidget)

void        gxc_customer_tab_bar_add        (GxcCustomerTabBar *self, const char *name, const char *label);
void        gxc_customer_tab_bar_set_count  (GxcCustomerTabBar *self, const char *name, guint count);
gboolean    gxc_customer_tab_bar_select     (GxcCustomerTabBar *self, const char *name);
const char *gxc_customer_tab_bar_get_active (GxcCustomerTabBar *self);
void        gxc_customer_tab_bar_step       (GxcCustomerTabBar *self, int step);

G_END_DECLS
