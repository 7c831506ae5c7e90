/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * GxcCustomersNamePopover: asks for a view's name. "named" (const char *name) once, with a name that is not empty.
 */
#define GXC_TYPE_CUSTOMERS_NAME_POPOVER (gxc_customers_name_popover_get_type ())
G_DECLARE_FINAL_TYPE (GxcCustomersNamePopover, gxc_customers_name_popover, GXC, CUSTOMERS_NAME_POPOVER, GtkPopover)

GtkWidget *gxc_customers_name_popover_new (void);
void       gxc_customers_name_popover_ask (GxcCustomersNamePopover *self, const char *title, const char *name);

G_END_DECLS
