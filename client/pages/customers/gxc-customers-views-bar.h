/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-customers-view.h"

G_BEGIN_DECLS

/**
 * GxcCustomersViewsBar: one row of flat toggles with counts. "chosen" when the person went to another view.
 */
#define GXC_TYPE_CUSTOMERS_VIEWS_BAR (gxc_customers_views_bar_get_type ())
G_DECLARE_FINAL_TYPE (GxcCustomersViewsBar, gxc_customers_views_bar, GXC, CUSTOMERS_VIEWS_BAR, GtkWidget)

GtkWidget        *gxc_customers_views_bar_new     (GxcDesk *desk);
void              gxc_customers_views_bar_refresh (GxcCustomersViewsBar *self);
void              gxc_customers_views_bar_recount (GxcCustomersViewsBar *self);
gboolean          gxc_customers_views_bar_choose  (GxcCustomersViewsBar *self, const char *name);
void              gxc_customers_views_bar_expect  (GxcCustomersViewsBar *self, const char *name);
GxcCustomersView *gxc_customers_views_bar_get     (GxcCustomersViewsBar *self);
GPtrArray        *gxc_customers_views_bar_get_all (GxcCustomersViewsBar *self);

G_END_DECLS
