/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-axis-chart.h"

G_BEGIN_DECLS

#define GXC_TYPE_AREA_CHART (gxc_area_chart_get_type ())
G_DECLARE_FINAL_TYPE (GxcAreaChart, gxc_area_chart, GXC, AREA_CHART, GxcAxisChart)

GtkWidget *gxc_area_chart_new (void);

G_END_DECLS
