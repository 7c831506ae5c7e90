/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A care plan of a customer, started by the manager from a template. */
#include "gx-plan.h"

#include <glib/gi18n.h>

const GxChoice gx_plan_statuses[] = {
  { "RUNNING", N_("Running") }, { "DONE", N_("Done") }, { "EXPIRED", N_("Expired") }, { "CANCELLED", N_("Cancelled") },
  GX_CHOICES_END
};

static const GxField fields[] = {
  GX_FIELD_REF  (GxPlan, tmpl_id,     N_("Plan template"), .flags = GX_REQUIRED | GX_FIXED | GX_LISTED, .entity = "plan_tmpl"),
  GX_FIELD_REF  (GxPlan, customer_id, N_("Customer"),      .flags = GX_REQUIRED | GX_FIXED | GX_LISTED, .entity = "customer"),
  GX_FIELD_DATE (GxPlan, started_on,  N_("Started"),       .flags = GX_REQUIRED | GX_FIXED | GX_LISTED),
  GX_FIELD_ENUM (GxPlan, status,      N_("Status"),        .flags = GX_LISTED, .choices = gx_plan_statuses),
  GX_FIELD_INT  (GxPlan, pct,         N_("Per cent done"), .flags = GX_LISTED, .max = 100),
};

GX_DEFINE_ENTITY (gx_plan_entity, GxPlan, 32, "plan", N_("Plan"), fields, .parents = { "customer_id" },
                  .ended_by = "status", .ended = GX_PLAN_CANCELLED);
