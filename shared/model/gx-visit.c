/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A visit to a customer (domain.md 2 and 5). It shares its id with the interaction that is made at check-in: notes, next steps
 * and mood stand there, once. Where it took place by satellite is kept only with the customer's consent.
 */
#include "gx-visit.h"

#include "gx-mask.h"

#include <glib/gi18n.h>

static const GxChoice statuses[] = {
  { "PLANNED", N_("Planned") }, { "MISSED", N_("Missed") }, { "CHECKED_IN", N_("Checked in") },
  { "CANCELLED", N_("Cancelled") }, { "DONE", N_("Done") }, GX_CHOICES_END
};

static const GxChoice geo_states[] = {
  { "NOT_COLLECTED", N_("Not collected") }, { "UNVERIFIED", N_("Not verified") }, { "VERIFIED", N_("Verified") },
  { "INVALID", N_("Too far away") }, GX_CHOICES_END
};

static const GxField fields[] = {
  GX_FIELD_REF  (GxVisit, customer_id,  N_("Customer"),            .flags = GX_REQUIRED | GX_FIXED | GX_LISTED, .entity = "customer"),
  GX_FIELD_REF  (GxVisit, owner_id,     N_("Owner"),               .flags = GX_REQUIRED | GX_FIXED | GX_LISTED, .entity = "employee"),
  GX_FIELD_REF  (GxVisit, task_id,      N_("Task"),                .flags = GX_FIXED, .entity = "task"),
  GX_FIELD_TIME (GxVisit, plan_at,      N_("Planned for"),         .flags = GX_REQUIRED | GX_LISTED),
  GX_FIELD_INT  (GxVisit, minutes,      N_("Duration in minutes"), .min = 5, .max = 1440),
  GX_FIELD_INT  (GxVisit, position,     N_("Order"),               .min = 0, .max = 1000),
  GX_FIELD_ENUM (GxVisit, status,       N_("Status"),              .flags = GX_REQUIRED | GX_LISTED, .merge = GX_MERGE_MAX,
                .choices = statuses),
  GX_FIELD_TEXT (GxVisit, goal,         N_("Goal"),                .flags = GX_LISTED | GX_SEARCHED, .max = 200),
  GX_FIELD_TEXT (GxVisit, place,        N_("Place"),               .flags = GX_LISTED, .max = 200),
  GX_FIELD_TIME (GxVisit, check_in_at,  N_("Checked in at")),
  GX_FIELD_TEXT (GxVisit, check_in_geo, N_("Location"),            .flags = GX_MASKED, .mask = gx_mask_all, .max = 40),
  GX_FIELD_ENUM (GxVisit, geo_state,    N_("Location check"),      .choices = geo_states),
  GX_FIELD_INT  (GxVisit, radius_m,     N_("Radius in metres"),    .min = 10, .max = 10000),
  GX_FIELD_TIME (GxVisit, check_out_at, N_("Checked out at")),
  GX_FIELD_TEXT (GxVisit, result,       N_("Result"),              .max = 2000),
  GX_FIELD_BOOL (GxVisit, offline,      N_("Without a network")),
  GX_FIELD_TIME (GxVisit, at,           N_("Written"),             .flags = GX_FIXED),
  GX_FIELD_INT  (GxVisit, off,          N_("Minutes east of UTC"), .flags = GX_FIXED, .min = -1080, .max = 1080),
  GX_FIELD_INT  (GxVisit, clock_off,    N_("Clock offset"),        .flags = GX_FIXED),
};

GX_DEFINE_ENTITY (gx_visit_entity, GxVisit, 33, "visit", N_("Visit"), fields,
                  .parents = { "customer_id" }, .owner = "owner_id");
