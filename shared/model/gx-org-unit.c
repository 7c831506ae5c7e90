/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bank's tree of units. */
#include "gx-org-unit.h"

#include <glib/gi18n.h>

static const GxChoice kinds[] = {
  { "HQ", N_("Head office") }, { "REGION", N_("Region") }, { "BRANCH", N_("Branch") },
  { "SUB_BRANCH", N_("Sub-branch") }, { "DEPT", N_("Department") }, GX_CHOICES_END
};

static const GxChoice regions[] = {
  { "EAST", N_("East") }, { "NORTH", N_("North") }, { "SOUTH", N_("South") }, { "CENTRAL", N_("Central") },
  { "NORTHWEST", N_("Northwest") }, { "SOUTHWEST", N_("Southwest") }, { "NORTHEAST", N_("Northeast") }, GX_CHOICES_END
};

static const GxChoice dept_kinds[] = {
  { "CORPORATE", N_("Corporate banking") }, { "PERSONAL", N_("Personal banking") },
  { "MICRO_SMALL", N_("Micro and small business") }, { "MARKETING", N_("Marketing") },
  { "SERVICE", N_("Customer service") }, { "RISK", N_("Risk") }, { "COMPLIANCE", N_("Compliance") },
  { "PRODUCT", N_("Products") }, { "IT", N_("IT") }, { "AUDIT", N_("Audit") }, GX_CHOICES_END
};

static const GxField fields[] = {
  GX_FIELD_TEXT (GxOrgUnit, code,      N_("Code"),                  .flags = GX_REQUIRED | GX_SERVER | GX_LISTED,
                .max = 20),
  GX_FIELD_TEXT (GxOrgUnit, name,      N_("Name"),                  .flags = GX_REQUIRED | GX_SERVER | GX_LISTED | GX_SEARCHED,
                .max = 120),
  GX_FIELD_ENUM (GxOrgUnit, kind,      N_("Kind"),                  .flags = GX_REQUIRED | GX_SERVER | GX_LISTED,
                .choices = kinds),
  GX_FIELD_REF  (GxOrgUnit, parent_id, N_("Parent unit"),           .flags = GX_SERVER, .entity = "org_unit"),
  GX_FIELD_TEXT (GxOrgUnit, path,      N_("Path"),                  .flags = GX_REQUIRED | GX_SERVER, .max = 200),
  GX_FIELD_ENUM (GxOrgUnit, region,    N_("Region"),                .flags = GX_SERVER, .choices = regions),
  GX_FIELD_ENUM (GxOrgUnit, dept_kind, N_("Department"),            .flags = GX_SERVER, .choices = dept_kinds),
  GX_FIELD_TEXT (GxOrgUnit, duty_text, N_("Duties"),                .flags = GX_SERVER, .max = 4000),
  GX_FIELD_INT  (GxOrgUnit, duty_ver,  N_("Version of the duties"), .flags = GX_SERVER),
  GX_FIELD_BOOL (GxOrgUnit, active,    N_("Active"),                .flags = GX_SERVER),
};

GX_DEFINE_ENTITY (gx_org_unit_entity, GxOrgUnit, 3, "org_unit", N_("Unit"), fields);
