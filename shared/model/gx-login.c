/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An account of an employee. What changes at each sign-in stays on the server, so that signing in makes no new version. */
#include "gx-login.h"

#include <glib/gi18n.h>

static const GxChoice statuses[] = { { "ACTIVE", N_("Active") }, { "LOCKED", N_("Locked") }, GX_CHOICES_END };

static const GxField fields[] = {
  GX_FIELD_REF  (GxLogin, employee_id, N_("Employee"),              .flags = GX_REQUIRED | GX_SERVER | GX_FIXED | GX_LISTED,
                .entity = "employee"),
  GX_FIELD_TEXT (GxLogin, login,       N_("Login"),                 .flags = GX_REQUIRED | GX_SERVER | GX_FIXED | GX_LISTED | GX_SEARCHED,
                .max = 40),
  GX_FIELD_TEXT (GxLogin, pw_hash,     N_("Password hash"),         .flags = GX_SERVER | GX_LOCAL, .max = 200),
  GX_FIELD_BOOL (GxLogin, pw_once,     N_("One-time password"),     .flags = GX_SERVER | GX_LOCAL),
  GX_FIELD_ENUM (GxLogin, status,      N_("Status"),                .flags = GX_REQUIRED | GX_SERVER | GX_REVIEWED | GX_LISTED,
                .choices = statuses, .review = "permission.change"),
  GX_FIELD_TIME (GxLogin, last_login,  N_("Last sign-in"),          .flags = GX_SERVER | GX_LOCAL),
  GX_FIELD_INT  (GxLogin, perm_ver,    N_("Version of the rights"), .flags = GX_SERVER | GX_LOCAL),
};

GX_DEFINE_ENTITY (gx_login_entity, GxLogin, 5, "login", N_("Login"), fields, .reviewed = TRUE);
