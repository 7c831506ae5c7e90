/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-axis-chart.h"

G_BEGIN_DECLS

#define GXC_TYPE_BAR_CHART (gxc_bar_chart_get_type ())
G_DECLARE_FINAL_TYPE (GxcBarChart, gxc_bar_chart, GXC, BAR_CHART, GxcAxisChart)

GtkWidget *gxc_bar_chart_new (void);

G_END_DECLS
