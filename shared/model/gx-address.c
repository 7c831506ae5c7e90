/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a customer is found. The position is hidden from everybody until revealed. */
#include "gx-address.h"

#include "gx-mask.h"

#include <glib/gi18n.h>

static const GxChoice kinds[] = {
  { "HOME", N_("Home") }, { "WORK", N_("Work") }, { "REG", N_("Registered") }, { "MAIL", N_("Postal") },
  GX_CHOICES_END
};

static const GxField fields[] = {
  GX_FIELD_REF  (GxAddress, customer_id, N_("Customer"),    .flags = GX_REQUIRED | GX_FIXED, .entity = "customer"),
  GX_FIELD_ENUM (GxAddress, kind,        N_("Kind"),        .flags = GX_LISTED, .choices = kinds),
  GX_FIELD_TEXT (GxAddress, region_code, N_("Region code"), .flags = GX_LISTED, .min = 6, .max = 6),
  GX_FIELD_TEXT (GxAddress, line,        N_("Address"),     .flags = GX_REQUIRED | GX_REVIEWED | GX_LISTED | GX_MASKED,
                .review = "customer.contact", .max = 200, .mask = gx_mask_all),
  GX_FIELD_TEXT (GxAddress, postcode,    N_("Postcode"),    .min = 6, .max = 6),
  GX_FIELD_INT  (GxAddress, lat,         N_("Latitude"),    .flags = GX_MASKED | GX_HIDDEN,
                .min = -90000000, .max = 90000000),
  GX_FIELD_INT  (GxAddress, lon,         N_("Longitude"),   .flags = GX_MASKED | GX_HIDDEN,
                .min = -180000000, .max = 180000000),
};

GX_DEFINE_ENTITY (gx_address_entity, GxAddress, 12, "address", N_("Address"), fields,
                  .reviewed = TRUE, .parents = { "customer_id" });
