/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-customers-views-bar.h"

G_BEGIN_DECLS

/* What a person does to the views themselves. @widget is where the toast is said. */
void gxc_customers_keep_as     (GtkWidget *widget, GxcDesk *desk, GxcCustomersViewsBar *bar, const GxcCustomersView *view, const char *label);
void gxc_customers_keep        (GtkWidget *widget, GxcDesk *desk, const GxcCustomersView *view);
void gxc_customers_keep_rename (GtkWidget *widget, GxcDesk *desk, const GxcCustomersView *view, const char *label);
void gxc_customers_keep_remove (GtkWidget *widget, GxcDesk *desk, const GxcCustomersView *view);
void gxc_customers_keep_move   (GtkWidget *widget, GxcDesk *desk, GPtrArray *views, const GxcCustomersView *view, int by);

G_END_DECLS
