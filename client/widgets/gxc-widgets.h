/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-banner.h"
#include "gxc-clock-chip.h"
#include "gxc-diff-label.h"
#include "gxc-diff-view.h"
#include "gxc-keycap.h"
#include "gxc-stage-glyph.h"
#include "gxc-state-box.h"
#include "gxc-state-chip.h"
#include "gxc-sync-indicator.h"
#include "gxc-tier-badge.h"
#include "gxc-tile.h"
#include "gxc-tip.h"

G_BEGIN_DECLS

void gxc_widgets_init (void);

G_END_DECLS
