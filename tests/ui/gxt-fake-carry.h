/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxt-fake-desk.h"

G_BEGIN_DECLS

GxcCarried   *gxt_fake_carry_add  (GxtFakeDesk *desk, const GxId *customer, GxcCarryWhy why, gint64 size, gint64 since);
GPtrArray    *gxt_fake_carry_all  (GxtFakeDesk *desk);
GxcCarryRoom *gxt_fake_carry_room (GxtFakeDesk *desk);
void          gxt_fake_carry_init (GxcDeskInterface *iface);

G_END_DECLS
