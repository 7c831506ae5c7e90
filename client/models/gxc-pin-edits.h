/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-desk.h"

G_BEGIN_DECLS

gboolean   gxc_pin_is_on   (GxcDesk *desk, const GxId *customer_id);
gboolean   gxc_pin_are_on  (GxcDesk *desk, const GxId *customers, guint n);
GPtrArray *gxc_pin_changes (GxcDesk *desk, const GxId *customers, guint n, gboolean on);

G_END_DECLS
