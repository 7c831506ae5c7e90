/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-desk.h"
#include "gxc-timeline-model.h"

G_BEGIN_DECLS

GxcTimelineModel *gxc_timeline_gather (GxcDesk *desk, const GxId *customer, GError **error);

G_END_DECLS
