/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A word to one employee, worded by the client. The only thing that a client writes is that it was read. */
#include "gx-notification.h"

#include <glib/gi18n.h>

const GxChoice gx_notification_kinds[] = {
  { "CR_TO_CHECK", N_("A request waits for your review") }, { "CR_RETURNED", N_("Your request was returned") },
  { "CR_REJECTED", N_("Your request was rejected") }, { "CR_APPLIED", N_("Your request was approved and applied") },
  { "CR_STALE", N_("Your request is out of date") }, { "CR_EXPIRED", N_("Your request expired") },
  { "CR_WITHDRAWN", N_("A request was withdrawn") }, { "CR_ESCALATED", N_("A request waits too long") },
  { "CUSTOMER_ASSIGNED", N_("A customer was assigned to you") },
  { "TASK_ASSIGNED", N_("A task was assigned to you") },
  { "SIGN_IN_FAILED", N_("Somebody failed to sign in as you") },
  { "ENTRY_DUE", N_("Key data of a new customer is due within 6 hours") },
  { "ENTRY_LATE", N_("Key data of a new customer was not entered within 24 hours") }, GX_CHOICES_END
};

static const GxField fields[] = {
  GX_FIELD_REF  (GxNotification, employee_id, N_("Employee"), .flags = GX_REQUIRED | GX_SERVER | GX_FIXED,
                .entity = "employee"),
  GX_FIELD_TEXT (GxNotification, kind,        N_("Kind"),     .flags = GX_REQUIRED | GX_SERVER | GX_FIXED | GX_LISTED,
                .choices = gx_notification_kinds, .max = 40),
  GX_FIELD_JSON (GxNotification, params,      N_("Details"),  .flags = GX_SERVER | GX_FIXED, .max = 2000),
  GX_FIELD_TEXT (GxNotification, link,        N_("Link"),     .flags = GX_SERVER | GX_FIXED, .max = 120),
  GX_FIELD_TIME (GxNotification, read_at,     N_("Read at"),  .flags = GX_LISTED, .merge = GX_MERGE_MAX),
};

GX_DEFINE_ENTITY (gx_notification_entity, GxNotification, 24, "notification", N_("Notification"), fields,
                  .owner = "employee_id");
