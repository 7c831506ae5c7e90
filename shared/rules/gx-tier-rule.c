/* SPDX-License-Identifier: GPL-3.0-or-later */
/* R-TIER: from which assets on a customer belongs to a tier. It proposes and explains; the tier itself changes only by a
 * reviewed request, never by a sum. */
#include "gx-tier-rule.h"

#include "gx-customer.h"

static const struct { gint64 person, org; } thresholds[] = {      /* yuan */
  [GX_TIER_STANDARD] = { 0, 0 },
  [GX_TIER_GOLD]     = { 200000, 1000000 },
  [GX_TIER_PLATINUM] = { 1000000, 5000000 },
  [GX_TIER_DIAMOND]  = { 3000000, 20000000 },
  [GX_TIER_PRIVATE]  = { 6000000, 100000000 },
};

/**
 * gx_tier_threshold:
 * @tier: a #GxTier
 * @org: of a company rather than a person
 *
 * Returns: the least mean assets of 30 days, in fen; 0 for STANDARD and for what is no tier
 */
gint64
gx_tier_threshold (int      tier,
                   gboolean org)
{
  if (tier < 1 || tier >= (int) G_N_ELEMENTS (thresholds))
    return 0;
  return 100 * (org ? thresholds[tier].org : thresholds[tier].person);
}
