/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happened in a life or a company. What is sensitive (illness, death, lawsuits) shows its note to the owner only. */
#include "gx-life-event.h"

#include "gx-mask.h"

#include <glib/gi18n.h>

static const GxChoice domains[] = { { "LIFE", N_("Life") }, { "BUSINESS", N_("Business") }, GX_CHOICES_END };

static const GxChoice types[] = {
  { "BIRTH", N_("Birth of a child") }, { "MARRIAGE", N_("Marriage") }, { "DIVORCE", N_("Divorce") },
  { "NEW_HOME", N_("New home") }, { "HOME_SALE", N_("Home sold") }, { "NEW_JOB", N_("New job") },
  { "PROMOTION", N_("Promotion") }, { "RETIREMENT", N_("Retirement") }, { "CHILD_SCHOOL", N_("Child starts school") },
  { "STUDY_ABROAD", N_("Study abroad") }, { "EMIGRATION", N_("Emigration") }, { "INHERITANCE", N_("Inheritance") },
  { "ILLNESS", N_("Illness") }, { "DEATH_IN_FAMILY", N_("Death in the family") },
  { "START_BUSINESS", N_("Started a business") }, { "FOUNDING", N_("Founding") },
  { "FUNDING_ROUND", N_("Funding round") }, { "IPO", N_("Going public") }, { "M_AND_A", N_("Merger or acquisition") },
  { "NEW_PLANT", N_("New plant") }, { "OVERSEAS_EXPANSION", N_("Expansion abroad") },
  { "LEGAL_REP_CHANGE", N_("New legal representative") }, { "CAPITAL_CHANGE", N_("Change of capital") },
  { "BID_WON", N_("Bid won") }, { "LAWSUIT", N_("Lawsuit") }, { "CREDIT_DOWNGRADE", N_("Credit downgrade") },
  { "RELOCATION", N_("Relocation") }, GX_CHOICES_END
};

static const GxChoice sources[] = {
  { "CUSTOMER", N_("Customer") }, { "OBSERVED", N_("Observed") }, { "PARTNER", N_("Partner") }, GX_CHOICES_END
};

static const GxChoice sensitivities[] = {
  { "NORMAL", N_("Normal") }, { "SENSITIVE", N_("Sensitive") }, GX_CHOICES_END
};

static const GxField fields[] = {
  GX_FIELD_REF  (GxLifeEvent, customer_id,  N_("Customer"),        .flags = GX_REQUIRED | GX_FIXED, .entity = "customer"),
  GX_FIELD_ENUM (GxLifeEvent, domain,       N_("Domain"),          .flags = GX_REQUIRED | GX_LISTED, .choices = domains),
  GX_FIELD_ENUM (GxLifeEvent, type,         N_("Type"),            .flags = GX_REQUIRED | GX_LISTED, .choices = types),
  GX_FIELD_DATE (GxLifeEvent, happened_on,  N_("Happened"),        .flags = GX_REQUIRED | GX_LISTED),
  GX_FIELD_ENUM (GxLifeEvent, source,       N_("Source"),          .flags = GX_REQUIRED, .choices = sources),
  GX_FIELD_ENUM (GxLifeEvent, sensitivity,  N_("Sensitivity"),     .choices = sensitivities),
  GX_FIELD_TEXT (GxLifeEvent, note,         N_("Note"),            .flags = GX_MASKED,
                .merge = GX_MERGE_APPEND, .max = 4000, .mask = gx_mask_all),
  GX_FIELD_DATE (GxLifeEvent, expires_on,   N_("Expires")),
  GX_FIELD_JSON (GxLifeEvent, check_fields, N_("Fields to check"), .max = 4000),
};

GX_DEFINE_ENTITY (gx_life_event_entity, GxLifeEvent, 20, "life_event", N_("Life event"), fields,
                  .parents = { "customer_id" });

/**
 * gx_life_event_is_business:
 * @type: a #GxLifeEventType
 *
 * Returns: whether @type belongs to the domain BUSINESS
 */
gboolean
gx_life_event_is_business (int type)
{
  return type >= GX_EVENT_FOUNDING;
}

/**
 * gx_life_event_is_sensitive:
 * @type: a #GxLifeEventType
 *
 * Returns: whether an event of @type must be marked SENSITIVE
 */
gboolean
gx_life_event_is_sensitive (int type)
{
  return type == GX_EVENT_ILLNESS || type == GX_EVENT_DEATH_IN_FAMILY ||
         type == GX_EVENT_LAWSUIT || type == GX_EVENT_CREDIT_DOWNGRADE;
}
