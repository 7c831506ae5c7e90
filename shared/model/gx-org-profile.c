/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of a company. Its id is the customer's. */
#include "gx-org-profile.h"

#include "gx-mask.h"

#include <glib/gi18n.h>

static const GxChoice enterprise_sizes[] = {
  { "MICRO", N_("Micro") }, { "SMALL", N_("Small") }, { "MEDIUM", N_("Medium") }, { "LARGE", N_("Large") },
  GX_CHOICES_END
};

static const GxChoice tax_ratings[] = {
  { "A", N_("A") }, { "B", N_("B") }, { "M", N_("M") }, { "C", N_("C") }, { "D", N_("D") }, GX_CHOICES_END
};

#define FIGURES "figures"

static const GxField fields[] = {
  GX_FIELD_REF   (GxOrgProfile, customer_id,     N_("Customer"),                              .flags = GX_REQUIRED | GX_FIXED,
                 .entity = "customer"),
  GX_FIELD_TEXT  (GxOrgProfile, uscc,            N_("Unified social credit code"),            .flags = GX_REQUIRED | GX_REVIEWED | GX_LISTED | GX_SEARCHED,
                 .review = "customer.identity", .min = 18, .max = 18),
  GX_FIELD_TEXT  (GxOrgProfile, legal_rep,       N_("Legal representative"),                  .flags = GX_REQUIRED | GX_REVIEWED | GX_LISTED | GX_MASKED,
                 .review = "customer.identity", .max = 120, .mask = gx_mask_name),
  GX_FIELD_TEXT  (GxOrgProfile, legal_rep_id,    N_("ID number of the legal representative"), .flags = GX_SEALED | GX_MASKED | GX_HIDDEN,
                 .max = 40, .mask = gx_mask_id),
  GX_FIELD_MONEY (GxOrgProfile, reg_capital,     N_("Registered capital"),                    .max = G_MAXINT64),
  GX_FIELD_DATE  (GxOrgProfile, reg_date,        N_("Registered on")),
  GX_FIELD_TEXT  (GxOrgProfile, industry,        N_("Industry"),                              .flags = GX_LISTED,
                 .max = 10),
  GX_FIELD_INT   (GxOrgProfile, employees,       N_("Employees"),                             .max = 100000000, .group = FIGURES),
  GX_FIELD_MONEY (GxOrgProfile, annual_revenue,  N_("Annual revenue"),                        .max = G_MAXINT64, .group = FIGURES),
  GX_FIELD_MONEY (GxOrgProfile, total_assets,    N_("Total assets"),                          .max = G_MAXINT64, .group = FIGURES),
  GX_FIELD_ENUM  (GxOrgProfile, enterprise_size, N_("Enterprise size"),                       .flags = GX_LISTED,
                 .choices = enterprise_sizes, .group = FIGURES),
  GX_FIELD_BOOL  (GxOrgProfile, listed,          N_("Listed company")),
  GX_FIELD_TEXT  (GxOrgProfile, group_name,      N_("Group"),                                 .max = 120),
  GX_FIELD_TEXT  (GxOrgProfile, credit_rating,   N_("Credit rating"),                         .flags = GX_REVIEWED,
                 .review = "credit.rating", .max = 8),
  GX_FIELD_ENUM  (GxOrgProfile, tax_rating,      N_("Tax rating"),                            .choices = tax_ratings),
};

GX_DEFINE_ENTITY (gx_org_profile_entity, GxOrgProfile, 9, "org_profile", N_("Company"), fields,
                  .reviewed = TRUE, .parents = { "customer_id" }, .same_id = TRUE);
