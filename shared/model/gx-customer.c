/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The customer: what every other record hangs on. */
#include "gx-customer.h"

#include "gx-mask.h"

#include <glib/gi18n.h>
#include <string.h>

const GxChoice gx_customer_types[] = { { "PERSON", N_("Person") }, { "ORG", N_("Company") }, GX_CHOICES_END };
const GxChoice gx_customer_statuses[] = {
  { "PROSPECT", N_("Prospect") }, { "ACTIVE", N_("Active") }, { "DORMANT", N_("Dormant") },
  { "CLOSED", N_("Closed") }, { "MERGED", N_("Merged") }, GX_CHOICES_END
};
const GxChoice gx_tiers[] = {
  { "STANDARD", N_("Standard") }, { "GOLD", N_("Gold") }, { "PLATINUM", N_("Platinum") },
  { "DIAMOND", N_("Diamond") }, { "PRIVATE", N_("Private") }, GX_CHOICES_END
};
const GxChoice gx_stages[] = {
  { "PROSPECT", N_("Prospect") }, { "NEW", N_("New") }, { "MATURE", N_("Mature") }, { "LOYAL", N_("Loyal") },
  { "DECLINING", N_("Declining") }, { "LOST", N_("Lost") }, { "WON_BACK", N_("Won back") }, GX_CHOICES_END
};
const GxChoice gx_value_classes[] = {
  { "CORE", N_("Core") }, { "POTENTIAL", N_("Potential") }, { "BASIC", N_("Basic") }, GX_CHOICES_END
};
const GxChoice gx_channels[] = {
  { "BRANCH", N_("At the branch") }, { "PHONE", N_("Phone") }, { "SMS", N_("SMS") }, { "WECHAT", N_("WeChat") },
  { "EMAIL", N_("E-mail") }, { "FAX", N_("Fax") }, { "NETBANK", N_("Online bank") }, { "MOBILE", N_("Mobile bank") },
  { "VIDEO", N_("Video") }, { "SELF_SERVICE", N_("Self-service") }, { "VISIT", N_("Visit") }, { "EVENT", N_("Bank event") },
  { "SOCIAL", N_("Social media") }, { "LETTER", N_("Letter") }, GX_CHOICES_END
};
static const GxChoice entry_states[] = {
  { "OPEN", N_("Open") }, { "DONE", N_("Done") }, { "BREACHED", N_("Late") }, GX_CHOICES_END
};
static const GxChoice confidentialities[] = {
  { "NORMAL", N_("Normal") }, { "RESTRICTED", N_("Restricted") }, { "VIP_WALL", N_("Walled") }, GX_CHOICES_END
};

/* How the customer wants to be spoken to, apart from what the customer is. */
#define PREFERENCES "preferences"

static const GxField fields[] = {
  GX_FIELD_TEXT (GxCustomer, cif_no,           N_("Customer number"),      .flags = GX_SERVER | GX_LISTED | GX_SEARCHED, .max = 10),
  GX_FIELD_ENUM (GxCustomer, type,             N_("Type"),                 .flags = GX_REQUIRED | GX_FIXED | GX_LISTED, .choices = gx_customer_types),
  GX_FIELD_TEXT (GxCustomer, name,             N_("Name"),                 .flags = GX_REQUIRED | GX_REVIEWED | GX_LISTED | GX_SEARCHED | GX_MASKED,
                 .review = "customer.identity", .max = 120, .mask = gx_mask_name),
  GX_FIELD_TEXT (GxCustomer, name_pinyin,      N_("Pinyin"),               .flags = GX_SERVER | GX_SEARCHED | GX_MASKED, .max = 1000, .mask = gx_mask_all),
  GX_FIELD_TEXT (GxCustomer, name_initials,    N_("Initials"),             .flags = GX_SERVER | GX_SEARCHED | GX_MASKED, .max = 400, .mask = gx_mask_all),
  GX_FIELD_ENUM (GxCustomer, status,           N_("Status"),               .flags = GX_REQUIRED | GX_REVIEWED | GX_LISTED,
                 .review = "customer.activate", .choices = gx_customer_statuses),
  GX_FIELD_REF  (GxCustomer, merged_into_id,   N_("Merged into"),          .flags = GX_SERVER, .entity = "customer"),
  GX_FIELD_ENUM (GxCustomer, lifecycle_stage,  N_("Life-cycle stage"),     .flags = GX_REQUIRED | GX_SERVER | GX_LISTED, .choices = gx_stages),
  GX_FIELD_ENUM (GxCustomer, value_class,      N_("Value class"),          .flags = GX_REQUIRED | GX_SERVER | GX_LISTED, .choices = gx_value_classes),
  GX_FIELD_ENUM (GxCustomer, tier,             N_("Tier"),                 .flags = GX_REQUIRED | GX_SERVER | GX_REVIEWED | GX_LISTED,
                 .review = "tier.change", .choices = gx_tiers),
  GX_FIELD_INT  (GxCustomer, need_diversity,   N_("Need diversity"),       .flags = GX_SERVER, .max = 100),
  GX_FIELD_BOOL (GxCustomer, key_account,      N_("Key account")),
  GX_FIELD_REF  (GxCustomer, primary_rm_id,    N_("Relationship manager"), .flags = GX_REVIEWED | GX_LISTED, .review = "customer.transfer", .entity = "employee"),
  GX_FIELD_REF  (GxCustomer, wealth_mgr_id,    N_("Wealth manager"),       .flags = GX_REVIEWED, .review = "customer.wealth_mgr", .entity = "employee"),
  GX_FIELD_REF  (GxCustomer, org_id,           N_("Unit"),                 .flags = GX_REQUIRED | GX_REVIEWED, .review = "customer.transfer", .entity = "org_unit"),
  GX_FIELD_TIME (GxCustomer, first_contact_at, N_("First contact"),        .flags = GX_REQUIRED | GX_FIXED),
  GX_FIELD_TIME (GxCustomer, entry_due_at,     N_("Key data due"),         .flags = GX_SERVER),
  GX_FIELD_TIME (GxCustomer, entry_done_at,    N_("Key data done"),        .flags = GX_SERVER),
  GX_FIELD_ENUM (GxCustomer, entry_state,      N_("Key data"),             .flags = GX_SERVER, .choices = entry_states),
  GX_FIELD_DATE (GxCustomer, onboarded_on,     N_("Customer since"),       .flags = GX_SERVER),
  GX_FIELD_INT  (GxCustomer, dq_score,         N_("Data quality"),         .flags = GX_SERVER, .max = 100),
  GX_FIELD_JSON (GxCustomer, dq_missing,       N_("Missing data"),         .flags = GX_SERVER),
  GX_FIELD_ENUM (GxCustomer, pref_channel,     N_("Preferred channel"),    .choices = gx_channels, .group = PREFERENCES),
  GX_FIELD_TEXT (GxCustomer, quiet_from,       N_("Quiet from"),           .min = 5, .max = 5, .group = PREFERENCES),
  GX_FIELD_TEXT (GxCustomer, quiet_to,         N_("Quiet to"),             .min = 5, .max = 5, .group = PREFERENCES),
  GX_FIELD_BOOL (GxCustomer, dnd,              N_("Do not disturb"), .group = PREFERENCES),
  GX_FIELD_BOOL (GxCustomer, profiling_optout, N_("No profiling"), .group = PREFERENCES),
  GX_FIELD_TEXT (GxCustomer, lang,             N_("Language"),             .max = 16, .group = PREFERENCES),
  GX_FIELD_ENUM (GxCustomer, confidentiality,  N_("Confidentiality"),      .flags = GX_SERVER, .choices = confidentialities),
};

/**
 * gx_customer_tail:
 * @customer: (nullable)
 *
 * Returns: (nullable): the last four digits of its number, which tell two masked names apart; %NULL while it has none
 */
const char *
gx_customer_tail (const GxCustomer *customer)
{
  gsize length = customer && customer->cif_no ? strlen (customer->cif_no) : 0;

  return length > 0 ? customer->cif_no + (length > 4 ? length - 4 : 0) : NULL;
}

GX_DEFINE_ENTITY (gx_customer_entity, GxCustomer, 1, "customer", N_("Customer"), fields, .reviewed = TRUE);
