/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-today-item.h"

G_BEGIN_DECLS

/* How far the page looks ahead, in days. */
#define GXC_TODAY_MATURITY_DAYS 30
#define GXC_TODAY_BIRTHDAY_DAYS 7
#define GXC_TODAY_RISK_DAYS     30

/* Of one source, the most urgent ones; what is beyond stands on its own page. */
#define GXC_TODAY_MOST 60

GPtrArray *gxc_today_gather (GxcDesk *desk, GError **error);
guint      gxc_today_count  (GxcDesk *desk, gboolean *out_red);

G_END_DECLS
