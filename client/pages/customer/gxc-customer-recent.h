/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-customer-file.h"

G_BEGIN_DECLS

guint gxc_customer_recent_add (GtkWidget *rows, GxcCustomerFile *file, guint n_max);

G_END_DECLS
