/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-timeline-model.h"

G_BEGIN_DECLS

#define GXT_LIFE_TODAY 20781      /* 2026-11-24 */

GxcTimelineModel *gxt_life_new (guint n_items);

G_END_DECLS
