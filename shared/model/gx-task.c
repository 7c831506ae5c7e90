/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Something to do. */
#include "gx-task.h"

#include <glib/gi18n.h>

const GxChoice gx_task_kinds[] = {
  { "CALL", N_("Call") }, { "VISIT", N_("Visit") }, { "DOC", N_("Document") }, { "REVIEW", N_("Review") },
  { "CALLBACK", N_("Call-back") }, { "CARE", N_("Care") }, { "RETENTION", N_("Retention") },
  { "ONBOARD", N_("Onboarding") }, { "REFRESH", N_("Data refresh") }, { "OTHER", N_("Other") }, GX_CHOICES_END
};

/* Up to schema 1 of the wire a number from 1 to 4: gx-upcast. */
const GxChoice gx_task_priorities[] = {
  { "URGENT", N_("Urgent") }, { "IMPORTANT", N_("Important") }, { "ROUTINE", N_("Routine") }, { "CAN_WAIT", N_("Can wait") },
  GX_CHOICES_END
};

static const GxChoice statuses[] = {
  { "OPEN", N_("Open") }, { "DOING", N_("In progress") }, { "WAITING", N_("Waiting") }, { "DONE", N_("Done") },
  { "CANCELLED", N_("Cancelled") }, GX_CHOICES_END
};

static const GxField fields[] = {
  GX_FIELD_TEXT (GxTask, title,        N_("Title"),         .flags = GX_REQUIRED | GX_LISTED | GX_SEARCHED, .max = 200),
  GX_FIELD_REF  (GxTask, customer_id,  N_("Customer"),      .flags = GX_FIXED | GX_LISTED, .entity = "customer"),
  GX_FIELD_ENUM (GxTask, kind,         N_("Kind"),          .flags = GX_REQUIRED | GX_LISTED, .choices = gx_task_kinds),
  GX_FIELD_TIME (GxTask, due_at,       N_("Due"),           .flags = GX_REQUIRED | GX_LISTED),
  GX_FIELD_TIME (GxTask, remind_at,    N_("Remind")),
  GX_FIELD_ENUM (GxTask, priority,     N_("Priority"),      .flags = GX_LISTED, .choices = gx_task_priorities),
  GX_FIELD_ENUM (GxTask, status,       N_("Status"),        .flags = GX_REQUIRED | GX_LISTED, .choices = statuses),
  GX_FIELD_REF  (GxTask, assignee_id,  N_("Assignee"),      .flags = GX_REQUIRED | GX_LISTED, .entity = "employee"),
  GX_FIELD_JSON (GxTask, source,       N_("Source"),        .flags = GX_FIXED, .max = 4000),
  GX_FIELD_REF  (GxTask, plan_item_id, N_("Plan item"),     .flags = GX_FIXED),
  GX_FIELD_TEXT (GxTask, result,       N_("Result"),        .max = 2000),
  GX_FIELD_INT  (GxTask, snooze_cnt,   N_("Times put off"), .merge = GX_MERGE_MAX, .max = 1000),
};

GX_DEFINE_ENTITY (gx_task_entity, GxTask, 19, "task", N_("Task"), fields,
                  .parents = { "customer_id" }, .owner = "assignee_id");
