/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-customers-marks.h"
#include "gxc-customers-view.h"

G_BEGIN_DECLS

/**
 * GxcCustomersList: the dense list itself. "activated" (guint position) when a row is opened, "sorted" when the person
 * chose another order by a head.
 */
#define GXC_TYPE_CUSTOMERS_LIST (gxc_customers_list_get_type ())
G_DECLARE_FINAL_TYPE (GxcCustomersList, gxc_customers_list, GXC, CUSTOMERS_LIST, GtkWidget)

GtkWidget         *gxc_customers_list_new       (GxcDesk *desk, GxcRecordModel *model);
GxcCustomersMarks *gxc_customers_list_get_marks (GxcCustomersList *self);
void               gxc_customers_list_rename    (GxcCustomersList *self);
void               gxc_customers_list_set_view  (GxcCustomersList *self, const GxcCustomersView *view);
const char        *gxc_customers_list_get_sort  (GxcCustomersList *self, gboolean *out_descending);
GPtrArray         *gxc_customers_list_dup_shown (GxcCustomersList *self);
GxcCustomersPaint *gxc_customers_list_get_paint (GxcCustomersList *self);
GxcCustomersRows  *gxc_customers_list_get_rows  (GxcCustomersList *self);
GtkAdjustment     *gxc_customers_list_get_scroll (GxcCustomersList *self);
void               gxc_customers_list_tick      (GxcCustomersList *self);
void               gxc_customers_list_from_top  (GxcCustomersList *self, gboolean from_top);
GxId               gxc_customers_list_get_focused (GxcCustomersList *self);
void               gxc_customers_list_show_row  (GxcCustomersList *self, guint position);

G_END_DECLS
