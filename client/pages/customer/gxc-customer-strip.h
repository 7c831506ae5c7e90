/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define GXC_TYPE_CUSTOMER_STRIP (gxc_customer_strip_get_type ())
G_DECLARE_FINAL_TYPE (GxcCustomerStrip, gxc_customer_strip, GXC, CUSTOMER_STRIP, GtkWidget)

GtkWidget *gxc_customer_strip_new       (gint32 from, gint32 to);
void       gxc_customer_strip_add_stage (GxcCustomerStrip *self, gint32 since, const char *code, const char *label);
void       gxc_customer_strip_add_flag  (GxcCustomerStrip *self, gint32 date, const char *label);
char      *gxc_customer_strip_dup_words (GxcCustomerStrip *self);

G_END_DECLS
