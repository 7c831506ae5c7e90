/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-look.h"

G_BEGIN_DECLS

#define GXC_TYPE_CUSTOMER_RING (gxc_customer_ring_get_type ())
G_DECLARE_FINAL_TYPE (GxcCustomerRing, gxc_customer_ring, GXC, CUSTOMER_RING, GtkWidget)

void gxc_customer_ring_set (GxcCustomerRing *self, int score, GxcToken token);

G_END_DECLS
