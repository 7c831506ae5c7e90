/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often customers of a tier are to be contacted, visited and reported to. Everybody reads it; no client writes it. */
#include "gx-tier-policy.h"

#include "gx-customer.h"

#include <glib/gi18n.h>

static const GxField fields[] = {
  GX_FIELD_ENUM (GxTierPolicy, tier,               N_("Tier"),                     .flags = GX_REQUIRED | GX_SERVER | GX_LISTED, .choices = gx_tiers),
  GX_FIELD_INT  (GxTierPolicy, contact_days,       N_("Days between contacts"),    .flags = GX_SERVER | GX_LISTED, .min = 1, .max = 730),
  GX_FIELD_INT  (GxTierPolicy, visit_per_quarter,  N_("Visits a quarter"),         .flags = GX_SERVER | GX_LISTED, .max = 90),
  GX_FIELD_INT  (GxTierPolicy, report_per_quarter, N_("Asset reports a quarter"),  .flags = GX_SERVER | GX_LISTED, .max = 90),
  GX_FIELD_INT  (GxTierPolicy, rm_max_customers,   N_("Customers of one manager"), .flags = GX_SERVER | GX_LISTED, .min = 1, .max = 100000),
};

GX_DEFINE_ENTITY (gx_tier_policy_entity, GxTierPolicy, 26, "tier_policy", N_("Tier policy"), fields);
