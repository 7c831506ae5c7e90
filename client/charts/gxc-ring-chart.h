/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-chart.h"

G_BEGIN_DECLS

#define GXC_TYPE_RING_CHART (gxc_ring_chart_get_type ())
G_DECLARE_FINAL_TYPE (GxcRingChart, gxc_ring_chart, GXC, RING_CHART, GxcChart)

GtkWidget *gxc_ring_chart_new (void);

G_END_DECLS
