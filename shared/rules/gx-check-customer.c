/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rules of a customer and of what hangs on it. Each knows one row; forms and warnings are gx-check.c's.
 */
#include "gx-checker.h"

#include "gx-clock.h"
#include "gx-contact-point.h"
#include "gx-identifier.h"
#include "gx-life-event.h"
#include "gx-person-profile.h"
#include "gx-relationship.h"
#include "gx-task.h"

#include <glib/gi18n.h>

#define CLOCK_TIME "^([01][0-9]|2[0-3]):[0-5][0-9]$"

void
gx_check_customer (GxChecker *checker)
{
  gx_checker_match (checker, "cif_no", "^[0-9]{10}$", N_("must have 10 digits"));
  gx_checker_match (checker, "quiet_from", CLOCK_TIME, N_("must be a time of the form HH:MM"));
  gx_checker_match (checker, "quiet_to", CLOCK_TIME, N_("must be a time of the form HH:MM"));
  gx_checker_paired (checker, "quiet_from", "quiet_to");
  gx_checker_match (checker, "lang", "^[a-z]{2,3}(_[A-Z]{2})?$", N_("must be a language of the form zh_CN"));
  gx_checker_order (checker, "first_contact_at", "entry_due_at");
}

/* A 1:1 child shares the customer's id. */
static void
check_same_id (GxChecker  *checker,
               const GxId *customer_id)
{
  if (!gx_id_equal (&((const GxMeta *) checker->data)->id, customer_id))
    gx_checker_add (checker, GX_SEVERITY_BLOCK, "customer_id", "same-id", N_("must be the record's own id"));
}

void
gx_check_person_profile (GxChecker *checker)
{
  const GxPersonProfile *person = checker->data;

  check_same_id (checker, &person->customer_id);
  gx_checker_past (checker, "birth_date");
  if (person->birth_date != GX_INT32_NONE && person->birth_date < gx_date_from_ymd (1900, 1, 1))
    gx_checker_add (checker, GX_SEVERITY_WARN, "birth_date", "before-1900", N_("lies before 1900"));
  gx_checker_match (checker, "lunar_birthday", "^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|30)$", N_("must be a lunar month and day of the form MM-DD"));
  gx_checker_match (checker, "nationality", "^[A-Z]{2,3}$", N_("must be a country code of ISO 3166"));
}

void
gx_check_org_profile (GxChecker *checker)
{
  check_same_id (checker, gx_entity_member (checker->entity, checker->data, "customer_id"));
  gx_checker_valid (checker, GX_VALID_USCC, "uscc", GX_SEVERITY_BLOCK);
  gx_checker_valid (checker, GX_VALID_RESIDENT_ID, "legal_rep_id", GX_SEVERITY_WARN);
  gx_checker_past (checker, "reg_date");
  gx_checker_match (checker, "industry", "^[A-T][0-9]{0,4}$", N_("must be a section A to T and up to 4 digits (GB/T 4754)"));
}

/* Kinds without a rule of their own must at least look like a number. */
void
gx_check_identifier (GxChecker *checker)
{
  const GxIdentifier *identifier = checker->data;

  if (identifier->kind == GX_IDENTIFIER_ID_CARD)
    gx_checker_valid (checker, GX_VALID_RESIDENT_ID, "number", GX_SEVERITY_BLOCK);
  else if (identifier->kind == GX_IDENTIFIER_USCC)
    gx_checker_valid (checker, GX_VALID_USCC, "number", GX_SEVERITY_BLOCK);
  else if (identifier->kind == GX_IDENTIFIER_ORG_CODE)
    gx_checker_valid (checker, GX_VALID_ORG_CODE, "number", GX_SEVERITY_BLOCK);
  else
    gx_checker_match (checker, "number", "^[\\p{L}0-9()-]{4,40}$", N_("must have 4 to 40 letters and digits"));

  gx_checker_order (checker, "valid_from", "valid_to");
  if (identifier->valid_to != GX_INT32_NONE && identifier->valid_to < checker->today)
    gx_checker_add (checker, GX_SEVERITY_WARN, "valid_to", "expired", N_("has passed"));
}

void
gx_check_contact_point (GxChecker *checker)
{
  static const struct { GxContactKind kind; GxValidKind rule; } rules[] = {
    { GX_CONTACT_MOBILE, GX_VALID_MOBILE }, { GX_CONTACT_PHONE, GX_VALID_PHONE },
    { GX_CONTACT_FAX, GX_VALID_PHONE },     { GX_CONTACT_EMAIL, GX_VALID_EMAIL },
  };
  const GxContactPoint *contact = checker->data;

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (contact->kind == (int) rules[i].kind)
      gx_checker_valid (checker, rules[i].rule, "value", GX_SEVERITY_BLOCK);
}

void
gx_check_address (GxChecker *checker)
{
  gx_checker_match (checker, "region_code", "^[1-9][0-9]{5}$", N_("must have 6 digits (GB/T 2260)"));
  gx_checker_valid (checker, GX_VALID_POSTCODE, "postcode", GX_SEVERITY_BLOCK);
  gx_checker_paired (checker, "lat", "lon");
}

void
gx_check_relationship (GxChecker *checker)
{
  const GxRelationship *relationship = checker->data;

  if (gx_id_equal (&relationship->from_id, &relationship->to_id))
    gx_checker_add (checker, GX_SEVERITY_BLOCK, "to_id", "self", N_("is the customer itself"));
  gx_checker_order (checker, "from_date", "to_date");
}

void
gx_check_interaction (GxChecker *checker)
{
  gx_checker_order (checker, "started_at", "ended_at");
  gx_checker_match (checker, "attendees", "^\\[", N_("must be a list"));
  gx_checker_match (checker, "discussed_ids", "^\\[", N_("must be a list"));
}

/* Before 2000 is somebody's typing error: tasks do not come from old feeds. */
void
gx_check_task (GxChecker *checker)
{
  const GxTask *task = checker->data;
  gint64 first = (gint64) gx_date_from_ymd (2000, 1, 1) * 24 * 3600 * 1000;

  if (task->due_at != 0 && task->due_at < first)
    gx_checker_add (checker, GX_SEVERITY_BLOCK, "due_at", "range", N_("lies before 2000"));
  if (task->due_at != 0 && task->remind_at > task->due_at)
    gx_checker_add (checker, GX_SEVERITY_WARN, "remind_at", "order", N_("lies after the task is due"));
}

void
gx_check_life_event (GxChecker *checker)
{
  const GxLifeEvent *event = checker->data;

  if (event->type != 0 && gx_life_event_is_business (event->type) != (event->domain == GX_DOMAIN_BUSINESS))
    gx_checker_add (checker, GX_SEVERITY_BLOCK, "type", "domain", N_("does not belong to the domain"));
  if (gx_life_event_is_sensitive (event->type) && event->sensitivity != GX_SENSITIVITY_SENSITIVE)
    gx_checker_add (checker, GX_SEVERITY_BLOCK, "sensitivity", "sensitive", N_("must be sensitive for such an event"));
  gx_checker_past (checker, "happened_on");
  gx_checker_order (checker, "happened_on", "expires_on");
}
