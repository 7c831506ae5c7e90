/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define GXC_TYPE_CUSTOMER_MARK (gxc_customer_mark_get_type ())
G_DECLARE_FINAL_TYPE (GxcCustomerMark, gxc_customer_mark, GXC, CUSTOMER_MARK, GtkWidget)

GtkWidget *gxc_customer_mark_new_steps  (guint filled, guint n);
GtkWidget *gxc_customer_mark_new_shares (const double *shares, guint n);

G_END_DECLS
