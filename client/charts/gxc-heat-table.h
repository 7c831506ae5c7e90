/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-chart.h"

G_BEGIN_DECLS

#define GXC_TYPE_HEAT_TABLE (gxc_heat_table_get_type ())
G_DECLARE_FINAL_TYPE (GxcHeatTable, gxc_heat_table, GXC, HEAT_TABLE, GxcChart)

GtkWidget *gxc_heat_table_new (void);

G_END_DECLS
