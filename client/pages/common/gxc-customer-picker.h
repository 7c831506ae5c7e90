/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-desk.h"

G_BEGIN_DECLS

#define GXC_TYPE_CUSTOMER_PICKER (gxc_customer_picker_get_type ())
G_DECLARE_FINAL_TYPE (GxcCustomerPicker, gxc_customer_picker, GXC, CUSTOMER_PICKER, GtkWidget)

GtkWidget *gxc_customer_picker_new    (GxcDesk *desk, const GxId *not_this);
void       gxc_customer_picker_search (GxcCustomerPicker *self, const char *text);
void       gxc_customer_picker_clear  (GxcCustomerPicker *self);

G_END_DECLS
