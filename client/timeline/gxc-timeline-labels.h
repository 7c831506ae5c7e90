/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-timeline-scale.h"

G_BEGIN_DECLS

/* How wide a tick's label is, px. */
typedef double (*GxcTimelineLabelMeasure) (gpointer data, const GxcTimelineTick *tick);

void gxc_timeline_label_ticks (const GxcTimelineScale *scale, GArray *ticks, double unit, GxcTimelineLabelMeasure measure, gpointer data);

G_END_DECLS
