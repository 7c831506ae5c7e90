/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Care plans as the bank publishes them, and their steps. Everybody reads them; no client writes them. */
#include "gx-plan-tmpl.h"

#include "gx-task.h"

#include <glib/gi18n.h>

const GxChoice gx_offset_kinds[] = {
  { "CALENDAR", N_("Calendar days") }, { "WORKDAY", N_("Working days") }, GX_CHOICES_END
};

static const GxChoice statuses[] = {
  { "DRAFT", N_("Draft") }, { "PUBLISHED", N_("Published") }, { "RETIRED", N_("Out of use") }, GX_CHOICES_END
};

static const GxChoice triggers[] = {
  { "ACCOUNT_OPEN", N_("Account opened") }, { "STAGE", N_("New stage") }, { "TIER_UP", N_("Higher tier") },
  { "LIFE_EVENT", N_("Life event") }, { "CHURN", N_("Risk of leaving") }, { "COMPLAINT_DONE", N_("Complaint settled") },
  { "MANUAL", N_("By hand") }, GX_CHOICES_END
};

static const GxField fields[] = {
  GX_FIELD_TEXT (GxPlanTmpl, code,    N_("Code"),       .flags = GX_REQUIRED | GX_SERVER | GX_LISTED, .max = 40),
  GX_FIELD_TEXT (GxPlanTmpl, name,    N_("Name"),       .flags = GX_REQUIRED | GX_SERVER | GX_LISTED, .max = 120),
  GX_FIELD_INT  (GxPlanTmpl, version, N_("Version"),    .flags = GX_SERVER | GX_LISTED, .min = 1, .max = 10000),
  GX_FIELD_ENUM (GxPlanTmpl, status,  N_("Status"),     .flags = GX_SERVER | GX_LISTED, .choices = statuses),
  GX_FIELD_ENUM (GxPlanTmpl, trigger, N_("Started by"), .flags = GX_SERVER | GX_LISTED, .choices = triggers),
};

static const GxField item_fields[] = {
  GX_FIELD_REF  (GxPlanItemTmpl, tmpl_id,     N_("Plan template"), .flags = GX_REQUIRED | GX_SERVER | GX_FIXED, .entity = "plan_tmpl"),
  GX_FIELD_INT  (GxPlanItemTmpl, seq,         N_("Step"),          .flags = GX_REQUIRED | GX_SERVER | GX_LISTED, .min = 1, .max = 1000),
  GX_FIELD_TEXT (GxPlanItemTmpl, title,       N_("Title"),         .flags = GX_REQUIRED | GX_SERVER | GX_LISTED, .max = 200),
  GX_FIELD_ENUM (GxPlanItemTmpl, kind,        N_("Kind"),          .flags = GX_SERVER | GX_LISTED, .choices = gx_task_kinds),
  GX_FIELD_INT  (GxPlanItemTmpl, offset_days, N_("After days"),    .flags = GX_REQUIRED | GX_SERVER | GX_LISTED, .max = 3650),
  GX_FIELD_ENUM (GxPlanItemTmpl, offset_kind, N_("Days counted"),  .flags = GX_SERVER | GX_LISTED, .choices = gx_offset_kinds),
  GX_FIELD_BOOL (GxPlanItemTmpl, required,    N_("Required"),      .flags = GX_SERVER | GX_LISTED),
};

GX_DEFINE_ENTITY (gx_plan_tmpl_entity, GxPlanTmpl, 30, "plan_tmpl", N_("Plan template"), fields);

GX_DEFINE_ENTITY (gx_plan_item_tmpl_entity, GxPlanItemTmpl, 31, "plan_item_tmpl", N_("Step of a plan template"), item_fields);
