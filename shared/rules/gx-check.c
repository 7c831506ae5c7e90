/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of the entities' own rules, and the few forms that rules have.
 *
 * A rule never looks at a masked value: what the viewer does not see cannot be judged. It knows one row; what needs a
 * second row (does the customer exist) is the server's matter.
 */
#include "gx-check.h"

#include "gx-checker.h"
#include "gx-text.h"

#include <glib/gi18n.h>
#include <string.h>

static const struct { const char *entity; GxCheckFunc check; } checks[] = {
  { "customer", gx_check_customer },             { "person_profile", gx_check_person_profile },
  { "org_profile", gx_check_org_profile },       { "identifier", gx_check_identifier },
  { "contact_point", gx_check_contact_point },   { "address", gx_check_address },
  { "relationship", gx_check_relationship },     { "interaction", gx_check_interaction },
  { "task", gx_check_task },                     { "life_event", gx_check_life_event },
  { "setting", gx_check_setting },               { "org_unit", gx_check_org_unit },
  { "employee", gx_check_employee },             { "login", gx_check_login },
  { "role_grant", gx_check_role_grant },         { "device", gx_check_device },
  { "product", gx_check_product },               { "holding", gx_check_holding },
  { "holding_month", gx_check_month },           { "txn_month", gx_check_month },
  { "change_request", gx_check_change_request }, { "attachment", gx_check_attachment },
  { "calendar_day", gx_check_calendar_day },     { "saved_view", gx_check_saved_view },
  { "stage_hist", gx_check_stage_hist },         { "risk_assessment", gx_check_risk_assessment },
  { "plan_tmpl", gx_check_plan_tmpl },           { "plan", gx_check_plan },
  { "visit", gx_check_visit },
};

static gboolean
is_masked (const GxChecker *checker,
           const char      *field)
{
  const char *masked = checker->entity->fact_of == NULL ? ((const GxMeta *) checker->data)->masked : NULL;
  g_autofree char *key = g_strdup_printf ("\"%s\":", field);

  return masked != NULL && strstr (masked, key) != NULL;
}

/* (nullable): the field's value as the machine's word, unless there is none or it is masked. */
static char *
dup_clear_text (const GxChecker *checker,
                const char      *field)
{
  const GxField *row = gx_entity_find (checker->entity, field);

  g_assert (row != NULL);
  return is_masked (checker, field) ? NULL : gx_field_to_text (row, checker->data);
}

/*
 * gx_checker_add:
 * @rule: the rule's word, e.g. "R-VALID"
 * @detail: untranslated English, marked for translation
 */
void
gx_checker_add (GxChecker  *checker,
                GxSeverity  severity,
                const char *field,
                const char *rule,
                const char *detail)
{
  if (severity != checker->wanted)
    return;

  if (checker->found == NULL)
    gx_fail_field (&checker->found, GX_ERROR_INVALID, field, rule, "%s", detail);
  else
    gx_error_add_violation (checker->found, field, rule, detail);
}

static void
normalize (GxChecker   *checker,
           GxValidKind  kind,
           const char  *field,
           const char  *text)
{
  char **member = (char **) gx_field_member (gx_entity_find (checker->entity, field), checker->writable);
  g_autofree char *normal = gx_valid_normalize (kind, text);

  if (*normal != '\0')
    gx_set_str (member, normal);
}

/* R-VALID on a text; @at_most lowers a verdict where the form is only likely. */
void
gx_checker_valid (GxChecker   *checker,
                  GxValidKind  kind,
                  const char  *field,
                  GxSeverity   at_most)
{
  g_autofree char *text = dup_clear_text (checker, field);
  const GxValidity *validity;

  if (text == NULL)
    return;
  if (checker->writable != NULL)
    {
      normalize (checker, kind, field, text);
      return;
    }

  validity = gx_valid (kind, text, checker->today);
  if (validity->severity != GX_SEVERITY_OK)
    gx_checker_add (checker, MIN (validity->severity, at_most), field, "R-VALID", validity->message);
}

void
gx_checker_match (GxChecker  *checker,
                  const char *field,
                  const char *pattern,
                  const char *detail)
{
  g_autofree char *text = dup_clear_text (checker, field);

  if (text != NULL && !g_regex_match_simple (pattern, text, G_REGEX_DOLLAR_ENDONLY, 0))
    gx_checker_add (checker, GX_SEVERITY_BLOCK, field, "form", detail);
}

/* A date or time as a number, G_MININT64 if there is none. Both fields of a pair are of one kind. */
static gint64
moment_of (const GxChecker *checker,
           const char      *field)
{
  const GxField *row = gx_entity_find (checker->entity, field);
  gconstpointer member;

  g_assert (row != NULL);
  member = gx_field_member (row, checker->data);
  if (is_masked (checker, field) || gx_field_is_none (row, checker->data))
    return G_MININT64;

  return row->size == sizeof (gint32) ? *(const gint32 *) member : *(const gint64 *) member;
}

void
gx_checker_order (GxChecker  *checker,
                  const char *earlier,
                  const char *later)
{
  gint64 first = moment_of (checker, earlier), last = moment_of (checker, later);

  if (first != G_MININT64 && last != G_MININT64 && last < first)
    gx_checker_add (checker, GX_SEVERITY_BLOCK, later, "order", N_("lies before the beginning"));
}

/* One day of grace: the device's clock or zone may be ahead. */
void
gx_checker_past (GxChecker  *checker,
                 const char *field)
{
  gint64 date = moment_of (checker, field);

  if (date != G_MININT64 && date > (gint64) checker->today + 1)
    gx_checker_add (checker, GX_SEVERITY_BLOCK, field, "future", N_("lies in the future"));
}

void
gx_checker_paired (GxChecker  *checker,
                   const char *one,
                   const char *other)
{
  gboolean no_one = gx_field_is_none (gx_entity_find (checker->entity, one), checker->data);
  gboolean no_other = gx_field_is_none (gx_entity_find (checker->entity, other), checker->data);

  if (no_one != no_other)
    gx_checker_add (checker, GX_SEVERITY_BLOCK, no_one ? one : other, "paired", N_("is missing: the two belong together"));
}

/* No text of blanks, whatever the entity. */
static void
check_blank_texts (GxChecker *checker)
{
  for (guint i = 0; i < gx_entity_n_fields (checker->entity); i++)
    {
      const GxField *field = gx_entity_field (checker->entity, i);
      const char *text;

      if (field->kind != GX_KIND_TEXT || gx_field_is_none (field, checker->data))
        continue;
      text = *(char *const *) gx_field_member (field, checker->data);
      if (strspn (text, " \t\r\n") == strlen (text))
        gx_checker_add (checker, GX_SEVERITY_BLOCK, field->name, "not-empty", N_("holds nothing but blanks"));
    }
}

static GError *
look (GxChecker checker)
{
  check_blank_texts (&checker);
  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    if (strcmp (checks[i].entity, checker.entity->name) == 0)
      checks[i].check (&checker);

  return checker.found;
}

/**
 * gx_check_entity:
 * @data: a struct of @entity that passed gx_entity_validate()
 * @today: days since 1970-01-01
 *
 * Checks the entity's own rules (R-VALID and what belongs together) and tells all that is wrong at once.
 *
 * Errors: %GX_ERROR_INVALID with one violation a finding; what only deserves a warning passes
 */
gboolean
gx_check_entity (const GxEntity  *entity,
                 gconstpointer    data,
                 gint32           today,
                 GError         **error)
{
  GError *found = look ((GxChecker) { .entity = entity, .data = data, .today = today, .wanted = GX_SEVERITY_BLOCK });

  if (found == NULL)
    return TRUE;

  g_propagate_error (error, found);
  return FALSE;
}

/**
 * gx_check_warnings:
 *
 * Returns: (nullable) (transfer full): what may be saved but should be looked at again, one violation a finding
 */
GError *
gx_check_warnings (const GxEntity *entity,
                   gconstpointer   data,
                   gint32          today)
{
  return look ((GxChecker) { .entity = entity, .data = data, .today = today, .wanted = GX_SEVERITY_WARN });
}

/**
 * gx_check_normalize:
 * @data: (inout): a struct of @entity
 *
 * Gives the numbers that R-VALID knows their one form (full width to half, no blanks or dashes, capitals), so that equal
 * numbers are equal texts. Done before checking and storing, wherever a row is made.
 */
void
gx_check_normalize (const GxEntity *entity,
                    gpointer        data)
{
  look ((GxChecker) { .entity = entity, .data = data, .writable = data, .wanted = GX_SEVERITY_OK });
}
