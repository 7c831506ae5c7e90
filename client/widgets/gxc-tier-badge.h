/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define GXC_TYPE_TIER_BADGE (gxc_tier_badge_get_type ())
G_DECLARE_FINAL_TYPE (GxcTierBadge, gxc_tier_badge, GXC, TIER_BADGE, GtkWidget)

GtkWidget  *gxc_tier_badge_new      (void);
void        gxc_tier_badge_set_tier (GxcTierBadge *self,
                                     const char   *code,
                                     const char   *label);
const char *gxc_tier_badge_get_code (GxcTierBadge *self);

G_END_DECLS
