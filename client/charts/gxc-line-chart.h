/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-axis-chart.h"

G_BEGIN_DECLS

#define GXC_TYPE_LINE_CHART (gxc_line_chart_get_type ())
G_DECLARE_FINAL_TYPE (GxcLineChart, gxc_line_chart, GXC, LINE_CHART, GxcAxisChart)

GtkWidget *gxc_line_chart_new (void);

G_END_DECLS
