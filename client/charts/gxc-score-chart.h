/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-chart.h"

G_BEGIN_DECLS

#define GXC_TYPE_SCORE_CHART (gxc_score_chart_get_type ())
G_DECLARE_FINAL_TYPE (GxcScoreChart, gxc_score_chart, GXC, SCORE_CHART, GxcChart)

GtkWidget *gxc_score_chart_new (void);

G_END_DECLS
