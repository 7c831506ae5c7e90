/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Official documents: the number is sealed on the server and hidden from everybody until revealed. */
#include "gx-identifier.h"

#include "gx-mask.h"

#include <glib/gi18n.h>

static const GxChoice kinds[] = {
  { "ID_CARD", N_("ID card") }, { "PASSPORT", N_("Passport") }, { "HKMO_PERMIT", N_("Hong Kong and Macao permit") },
  { "TW_PERMIT", N_("Taiwan permit") }, { "FOREIGN_PR", N_("Foreign permanent residence") },
  { "MILITARY", N_("Military ID") }, { "USCC", N_("Unified social credit code") },
  { "ORG_CODE", N_("Organisation code") }, { "OTHER", N_("Other") }, GX_CHOICES_END
};

static const GxField fields[] = {
  GX_FIELD_REF  (GxIdentifier, customer_id,   N_("Customer"),    .flags = GX_REQUIRED | GX_FIXED, .entity = "customer"),
  GX_FIELD_ENUM (GxIdentifier, kind,          N_("Kind"),        .flags = GX_REQUIRED | GX_REVIEWED | GX_LISTED,
                .choices = kinds, .review = "customer.identity"),
  GX_FIELD_TEXT (GxIdentifier, number,        N_("Number"),      .flags = GX_REQUIRED | GX_REVIEWED | GX_LISTED | GX_MASKED | GX_HIDDEN | GX_SEALED,
                .review = "customer.identity", .max = 40, .mask = gx_mask_id),
  GX_FIELD_TEXT (GxIdentifier, issue_org,     N_("Issued by"),   .max = 120),
  GX_FIELD_DATE (GxIdentifier, valid_from,    N_("Valid from")),
  GX_FIELD_DATE (GxIdentifier, valid_to,      N_("Valid until"), .flags = GX_REQUIRED | GX_REVIEWED | GX_LISTED,
                .review = "customer.identity"),
  GX_FIELD_TIME (GxIdentifier, verified_at,   N_("Verified")),
  GX_FIELD_TEXT (GxIdentifier, verify_method, N_("Verified by"), .max = 40),
  GX_FIELD_REF  (GxIdentifier, image_att,     N_("Image"),       .entity = "attachment"),
};

GX_DEFINE_ENTITY (gx_identifier_entity, GxIdentifier, 10, "identifier", N_("Identity document"), fields,
                  .reviewed = TRUE, .parents = { "customer_id" });
