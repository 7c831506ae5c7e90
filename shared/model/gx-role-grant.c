/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who holds which role where. Every grant after the first ones of the bank is a request. */
#include "gx-role-grant.h"

#include "gx-role.h"

#include <glib/gi18n.h>

static const GxField fields[] = {
  GX_FIELD_REF  (GxRoleGrant, login_id,   N_("Login"), .flags = GX_REQUIRED | GX_SERVER | GX_FIXED | GX_REVIEWED | GX_LISTED,
                .entity = "login", .review = "permission.change"),
  GX_FIELD_ENUM (GxRoleGrant, role,       N_("Role"),  .flags = GX_REQUIRED | GX_SERVER | GX_REVIEWED | GX_LISTED,
                .choices = gx_roles, .review = "permission.change"),
  GX_FIELD_REF  (GxRoleGrant, org_id,     N_("Unit"),  .flags = GX_REQUIRED | GX_SERVER | GX_REVIEWED | GX_LISTED,
                .entity = "org_unit", .review = "permission.change"),
  GX_FIELD_TIME (GxRoleGrant, valid_from, N_("From"),  .flags = GX_SERVER | GX_REVIEWED, .review = "permission.change"),
  GX_FIELD_TIME (GxRoleGrant, valid_to,   N_("Until"), .flags = GX_SERVER | GX_REVIEWED, .review = "permission.change"),
};

GX_DEFINE_ENTITY (gx_role_grant_entity, GxRoleGrant, 6, "role_grant", N_("Role"), fields, .reviewed = TRUE);
