/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"

G_BEGIN_DECLS

/**
 * GxTierPolicy: what the bank owes customers of one tier.
 */
typedef struct
{
  GxMeta  meta;
  int     tier;                 /* GxTier; one row a tier */
  gint64  contact_days;         /* at least one contact in so many days */
  gint64  visit_per_quarter;
  gint64  report_per_quarter;   /* asset reports */
  gint64  rm_max_customers;     /* of that tier, of one manager */
} GxTierPolicy;

extern const GxEntity gx_tier_policy_entity;

G_END_DECLS
