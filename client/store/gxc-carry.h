/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-carried.h"
#include "gxc-store.h"

G_BEGIN_DECLS

#define GXC_CARRY_MB     256       /* of the budget until somebody chose another one */
#define GXC_CARRY_MB_MAX 16384

/* With any connection. */
gint64     gxc_carry_get_budget (GxDb *db);
GPtrArray *gxc_carry_list       (GxDb *db, GxClock *clock, const GxId *customers, guint n_customers, GError **error);

/* From any thread. */
GPtrArray *gxc_carry_missing    (GxcStore *store, GError **error);
gboolean   gxc_carry_take       (GxcStore *store, const GxId *customers, guint n, gboolean take, GError **error);
gboolean   gxc_carry_set_budget (GxcStore *store, gint64 mb, GError **error);
gboolean   gxc_carry_trim       (GxcStore *store, GError **error);

G_END_DECLS
