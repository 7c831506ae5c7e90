/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a customer is reached. The owner sees numbers in clear, offline too; on the server they are sealed. */
#include "gx-contact-point.h"

#include "gx-mask.h"

#include <glib/gi18n.h>

static const GxChoice kinds[] = {
  { "MOBILE", N_("Mobile") }, { "PHONE", N_("Phone") }, { "EMAIL", N_("E-mail") }, { "WECHAT", N_("WeChat") },
  { "FAX", N_("Fax") }, GX_CHOICES_END
};

static const GxField fields[] = {
  GX_FIELD_REF  (GxContactPoint, customer_id,   N_("Customer"),    .flags = GX_REQUIRED | GX_FIXED, .entity = "customer"),
  GX_FIELD_ENUM (GxContactPoint, kind,          N_("Kind"),        .flags = GX_REQUIRED | GX_REVIEWED | GX_LISTED,
                .choices = kinds, .review = "customer.contact"),
  GX_FIELD_TEXT (GxContactPoint, value,         N_("Value"),       .flags = GX_REQUIRED | GX_REVIEWED | GX_LISTED | GX_SEARCHED | GX_MASKED | GX_SEALED | GX_TAILED,
                .review = "customer.contact", .max = 120, .mask = gx_mask_contact),
  GX_FIELD_TEXT (GxContactPoint, label,         N_("Label"),       .max = 40),
  GX_FIELD_BOOL (GxContactPoint, is_primary,    N_("Primary"),     .flags = GX_REVIEWED | GX_LISTED,
                .review = "customer.contact"),
  GX_FIELD_TIME (GxContactPoint, verified_at,   N_("Verified")),
  GX_FIELD_TEXT (GxContactPoint, verify_method, N_("Verified by"), .max = 40),
  GX_FIELD_BOOL (GxContactPoint, opt_out,       N_("No marketing")),
};

GX_DEFINE_ENTITY (gx_contact_point_entity, GxContactPoint, 11, "contact_point", N_("Contact"), fields,
                  .reviewed = TRUE, .parents = { "customer_id" });
