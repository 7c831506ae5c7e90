/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A human of the bank. Name and unit are everybody's reference data; mobile and e-mail never leave the server. */
#include "gx-employee.h"

#include <glib/gi18n.h>

static const GxChoice statuses[] = { { "ACTIVE", N_("Active") }, { "LEFT", N_("Left") }, GX_CHOICES_END };

static const GxField fields[] = {
  GX_FIELD_TEXT (GxEmployee, staff_no, N_("Staff number"), .flags = GX_REQUIRED | GX_SERVER | GX_LISTED, .max = 20),
  GX_FIELD_TEXT (GxEmployee, name,     N_("Name"),         .flags = GX_REQUIRED | GX_SERVER | GX_LISTED | GX_SEARCHED,
                .max = 60),
  GX_FIELD_REF  (GxEmployee, org_id,   N_("Unit"),         .flags = GX_REQUIRED | GX_SERVER | GX_REVIEWED | GX_LISTED,
                .entity = "org_unit", .review = "permission.change"),
  GX_FIELD_TEXT (GxEmployee, mobile,   N_("Mobile"),       .flags = GX_SERVER | GX_SEALED | GX_LOCAL, .max = 20),
  GX_FIELD_TEXT (GxEmployee, email,    N_("E-mail"),       .flags = GX_SERVER | GX_SEALED | GX_LOCAL, .max = 120),
  GX_FIELD_ENUM (GxEmployee, status,   N_("Status"),       .flags = GX_REQUIRED | GX_SERVER | GX_REVIEWED,
                .choices = statuses, .review = "permission.change"),
};

GX_DEFINE_ENTITY (gx_employee_entity, GxEmployee, 4, "employee", N_("Employee"), fields, .reviewed = TRUE);
