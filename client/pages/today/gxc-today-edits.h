/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-today-item.h"

G_BEGIN_DECLS

GPtrArray *gxc_today_tasks          (GPtrArray *items);
GPtrArray *gxc_today_changes_done   (GxcDesk *desk, GPtrArray *items);
GPtrArray *gxc_today_changes_snooze (GxcDesk *desk, GPtrArray *items);
GPtrArray *gxc_today_changes_move   (GPtrArray *items, gint32 day);

G_END_DECLS
