/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gxc-customer-file.h"

G_BEGIN_DECLS

#define GXC_TYPE_CUSTOMER_HEADER (gxc_customer_header_get_type ())
G_DECLARE_FINAL_TYPE (GxcCustomerHeader, gxc_customer_header, GXC, CUSTOMER_HEADER, AdwBin)

void gxc_customer_header_show     (GxcCustomerHeader *self, GxcCustomerFile *file);
void gxc_customer_header_set_room (GxcCustomerHeader *self, gboolean narrow, gboolean beside_form);

G_END_DECLS
