/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gxc-customer-file.h"

G_BEGIN_DECLS

#define GXC_TYPE_CUSTOMER_TILES (gxc_customer_tiles_get_type ())
G_DECLARE_FINAL_TYPE (GxcCustomerTiles, gxc_customer_tiles, GXC, CUSTOMER_TILES, AdwBin)

void gxc_customer_tiles_show     (GxcCustomerTiles *self, GxcCustomerFile *file);
void gxc_customer_tiles_set_room (GxcCustomerTiles *self, gboolean narrow, gboolean beside_form);

G_END_DECLS
