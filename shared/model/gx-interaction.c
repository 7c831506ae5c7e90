/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A contact with a customer. Device-authored: `at`, `off` and `clock_off` tell what the device's clock said and how wrong it was. */
#include "gx-interaction.h"

#include "gx-customer.h"

#include <glib/gi18n.h>

static const GxChoice directions[] = { { "IN", N_("Incoming") }, { "OUT", N_("Outgoing") }, GX_CHOICES_END };

static const GxChoice purposes[] = {
  { "RECEPTION", N_("Reception") }, { "TRANSACTION", N_("Transaction") }, { "PROBLEM", N_("Problem") },
  { "MAINTENANCE", N_("Maintenance") }, { "SALES", N_("Sales") }, { "VISIT", N_("Visit") },
  { "CALLBACK", N_("Call-back") }, { "SURVEY", N_("Survey") }, GX_CHOICES_END
};

static const GxChoice confidentialities[] = {
  { "PUBLIC", N_("Public") }, { "CONFIDENTIAL", N_("Confidential") }, GX_CHOICES_END
};

static const GxField fields[] = {
  GX_FIELD_REF  (GxInteraction, customer_id,     N_("Customer"),            .flags = GX_REQUIRED | GX_FIXED,
                .entity = "customer"),
  GX_FIELD_ENUM (GxInteraction, channel,         N_("Channel"),             .flags = GX_REQUIRED | GX_LISTED,
                .choices = gx_channels),
  GX_FIELD_ENUM (GxInteraction, direction,       N_("Direction"),           .flags = GX_LISTED, .choices = directions),
  GX_FIELD_ENUM (GxInteraction, purpose,         N_("Purpose"),             .flags = GX_REQUIRED | GX_LISTED,
                .choices = purposes),
  GX_FIELD_TEXT (GxInteraction, subject,         N_("Subject"),             .flags = GX_REQUIRED | GX_LISTED | GX_SEARCHED,
                .max = 200),
  GX_FIELD_TEXT (GxInteraction, notes,           N_("Notes"),               .merge = GX_MERGE_APPEND, .max = 8000),
  GX_FIELD_TEXT (GxInteraction, next_steps,      N_("Next steps"),          .merge = GX_MERGE_APPEND, .max = 4000),
  GX_FIELD_TIME (GxInteraction, started_at,      N_("Started"),             .flags = GX_REQUIRED | GX_LISTED),
  GX_FIELD_TIME (GxInteraction, ended_at,        N_("Ended")),
  GX_FIELD_INT  (GxInteraction, minutes,         N_("Duration in minutes"), .max = 1440),
  GX_FIELD_REF  (GxInteraction, owner_id,        N_("Owner"),               .flags = GX_REQUIRED | GX_FIXED | GX_LISTED,
                .entity = "employee"),
  GX_FIELD_JSON (GxInteraction, attendees,       N_("Attendees"),           .max = 4000),
  GX_FIELD_JSON (GxInteraction, discussed_ids,   N_("Products discussed"),  .max = 4000),
  GX_FIELD_ENUM (GxInteraction, confidentiality, N_("Confidentiality"),     .choices = confidentialities),
  GX_FIELD_INT  (GxInteraction, sentiment,       N_("Mood"),                .min = -2, .max = 2),
  GX_FIELD_REF  (GxInteraction, prev_ver_id,     N_("Earlier version"),     .flags = GX_FIXED, .entity = "interaction"),
  GX_FIELD_JSON (GxInteraction, lint_flags,      N_("Wording flags"),       .flags = GX_SERVER),
  GX_FIELD_TIME (GxInteraction, at,              N_("Written"),             .flags = GX_FIXED),
  GX_FIELD_INT  (GxInteraction, off,             N_("Minutes east of UTC"), .flags = GX_FIXED, .min = -1080, .max = 1080),
  GX_FIELD_INT  (GxInteraction, clock_off,       N_("Clock offset"),        .flags = GX_FIXED),
};

GX_DEFINE_ENTITY (gx_interaction_entity, GxInteraction, 18, "interaction", N_("Interaction"), fields,
                  .parents = { "customer_id" }, .owner = "owner_id");
