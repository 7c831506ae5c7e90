/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one customer is to another: family, shareholders, signatories, suppliers. It shares the scopes of both. */
#include "gx-relationship.h"

#include <glib/gi18n.h>

static const GxChoice kinds[] = {
  { "SPOUSE", N_("Spouse") }, { "PARENT", N_("Parent") }, { "CHILD", N_("Child") }, { "SIBLING", N_("Sibling") },
  { "LEGAL_REP", N_("Legal representative") }, { "SIGNATORY", N_("Signatory") }, { "SHAREHOLDER", N_("Shareholder") },
  { "BENEFICIAL_OWNER", N_("Beneficial owner") }, { "GUARANTOR", N_("Guarantor") }, { "EMPLOYER", N_("Employer") },
  { "SUPPLIER", N_("Supplier") }, { "BUYER", N_("Buyer") }, { "GROUP_PARENT", N_("Parent company") },
  { "REFERRER", N_("Referrer") }, { "OTHER", N_("Other") }, GX_CHOICES_END
};

static const GxField fields[] = {
  GX_FIELD_REF  (GxRelationship, from_id,   N_("Customer"),   .flags = GX_REQUIRED | GX_FIXED | GX_LISTED,
                .entity = "customer"),
  GX_FIELD_REF  (GxRelationship, to_id,     N_("Related to"), .flags = GX_REQUIRED | GX_FIXED | GX_LISTED,
                .entity = "customer"),
  GX_FIELD_ENUM (GxRelationship, kind,      N_("Kind"),       .flags = GX_REQUIRED | GX_LISTED, .choices = kinds),
  GX_FIELD_PPM  (GxRelationship, pct,       N_("Share"),      .max = 1000000),
  GX_FIELD_DATE (GxRelationship, from_date, N_("From")),
  GX_FIELD_DATE (GxRelationship, to_date,   N_("Until")),
  GX_FIELD_TEXT (GxRelationship, source,    N_("Source"),     .max = 60),
};

GX_DEFINE_ENTITY (gx_relationship_entity, GxRelationship, 13, "relationship", N_("Relationship"), fields,
                  .parents = { "from_id", "to_id" });
