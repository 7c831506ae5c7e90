/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each entity's own rules, on one good and one bad row of each as they travel (tests/fixtures/json), and where a rule only
 * warns, normalises or must be silent.
 */
#include "gx-catalog.h"
#include "gx-check.h"
#include "gx-clock.h"
#include "gx-contact-point.h"
#include "gx-entity-json.h"
#include "gx-holding.h"
#include "gx-identifier.h"
#include "gx-life-event.h"
#include "gx-org-profile.h"

#include <string.h>

/* What is wrong in each <entity>.bad.json; all else in it is right. */
static const struct { const char *entity, *field, *rule; } bad[] = {
  { "setting", "value", "form" },             { "org_unit", "path", "path" },
  { "employee", "status", "choice" },         { "login", "login", "form" },
  { "role_grant", "valid_to", "order" },      { "device", "pubkey_ed25519", "length" },
  { "product", "valid_to", "order" },         { "customer", "quiet_from", "form" },
  { "person_profile", "gender", "choice" },   { "org_profile", "uscc", "R-VALID" },
  { "change_request", "digest", "form" },     { "attachment", "mime", "form" },
  { "identifier", "number", "R-VALID" },      { "contact_point", "value", "R-VALID" },
  { "address", "postcode", "min-length" },    { "relationship", "to_id", "self" },
  { "holding", "matures_on", "order" },       { "holding_month", "month", "form" },
  { "txn_month", "in_amt", "type" },          { "interaction", "ended_at", "order" },
  { "task", "priority", "choice" },           { "life_event", "type", "domain" },
  { "need", "status", "choice" },             { "notification", "kind", "choice" },
  { "calendar_day", "name", "required" },     { "tier_policy", "contact_days", "range" },
  { "saved_view", "columns", "form" },        { "stage_hist", "to_stage", "same" },
  { "risk_assessment", "expires_on", "order" }, { "plan_tmpl", "code", "form" },
  { "plan_item_tmpl", "seq", "range" },       { "plan", "pct", "done" },
  { "visit", "check_in_geo", "consent" },     { "pin", "customer_id", "required" },
};

static gint32
today (void)
{
  return gx_date_from_ymd (2026, 11, 21);
}

static JsonNode *
load_fixture (const char *entity,
              const char *quality)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *name = g_strdup_printf ("%s.%s.json", entity, quality);
  g_autofree char *path = g_build_filename (g_getenv ("GUANXI_SOURCE_DIR"), "tests", "fixtures", "json", name, NULL);
  g_autofree char *text = NULL;
  JsonNode *node;

  g_test_message ("%s", name);
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  node = gx_json_parse (text, -1, &error);
  g_assert_no_error (error);
  return node;
}

/* The whole way in: JSON, each field by itself, the entity's own rules. */
static gboolean
take_in (const GxEntity  *entity,
         JsonObject      *object,
         gpointer         data,
         GError         **error)
{
  if (!gx_entity_from_json (entity, object, data, NULL, error))
    return FALSE;
  if (g_str_has_suffix (entity->name, "_profile"))
    ((GxMeta *) data)->id = *(const GxId *) gx_entity_member (entity, data, "customer_id");

  return gx_entity_validate (entity, data, gx_entity_wire_fields (entity), error) && gx_check_entity (entity, data, today (), error);
}

static void
test_good_rows_pass (void)
{
  for (guint i = 0; i < gx_n_entities; i++)
    {
      const GxEntity *entity = gx_entities[i];
      g_autoptr(JsonNode) node = load_fixture (entity->name, "good");
      g_autoptr(GError) error = NULL;
      g_autoptr(GString) text = g_string_new (NULL);
      g_autofree char *canonical = gx_json_canonical (node);
      gpointer data = gx_entity_new (entity);
      GxFieldSet fields;
      GxJsonWriter writer;

      take_in (entity, json_node_get_object (node), data, &error);
      g_assert_no_error (error);
      g_assert_null (gx_check_warnings (entity, data, today ()));

      /* And out again: the same bytes. */
      gx_entity_from_json (entity, json_node_get_object (node), data, &fields, &error);
      gx_json_writer_init_canonical (&writer, text);
      gx_entity_write_json (entity, data, fields, &writer);
      g_assert_cmpstr (text->str, ==, canonical);
      gx_entity_free (entity, data);
    }
}

static void
test_bad_rows_name_field_and_rule (void)
{
  g_assert_cmpuint (G_N_ELEMENTS (bad), ==, gx_n_entities);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      const GxEntity *entity = gx_entity_by_name (bad[i].entity);
      g_autoptr(JsonNode) node = load_fixture (entity->name, "bad");
      g_autoptr(GError) error = NULL;
      const GPtrArray *violations;
      gpointer data = gx_entity_new (entity);

      g_assert_false (take_in (entity, json_node_get_object (node), data, &error));
      g_assert_error (error, GX_ERROR, GX_ERROR_INVALID);
      violations = gx_error_get_violations (error);
      g_assert_cmpuint (violations->len, ==, 1);
      g_assert_cmpstr (((GxViolation *) g_ptr_array_index (violations, 0))->field, ==, bad[i].field);
      g_assert_cmpstr (((GxViolation *) g_ptr_array_index (violations, 0))->rule, ==, bad[i].rule);
      gx_entity_free (entity, data);
    }
}

static void
assert_identifier (GxIdentifierKind  kind,
                   const char       *number,
                   gboolean          passes,
                   gboolean          warns)
{
  GxIdentifier *identifier = gx_entity_new (&gx_identifier_entity);
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) warning = NULL;

  identifier->kind = kind;
  identifier->number = g_strdup (number);
  g_test_message ("%d %s", kind, number);
  g_assert_cmpint (gx_check_entity (&gx_identifier_entity, identifier, today (), &error), ==, passes);
  warning = gx_check_warnings (&gx_identifier_entity, identifier, today ());
  g_assert_cmpint (warning != NULL, ==, warns);
  gx_entity_free (&gx_identifier_entity, identifier);
}

static void
test_identifier_number_by_kind (void)
{
  assert_identifier (GX_IDENTIFIER_ID_CARD, "11010519491231002X", TRUE, FALSE);
  assert_identifier (GX_IDENTIFIER_ID_CARD, "440524188001010014", TRUE, TRUE);
  assert_identifier (GX_IDENTIFIER_ID_CARD, "110101199002300014", FALSE, FALSE);
  assert_identifier (GX_IDENTIFIER_USCC, "91310000MA1FL0007C", TRUE, FALSE);
  assert_identifier (GX_IDENTIFIER_USCC, "11010519491231002X", FALSE, FALSE);
  assert_identifier (GX_IDENTIFIER_PASSPORT, "E12345678", TRUE, FALSE);
  assert_identifier (GX_IDENTIFIER_PASSPORT, "E1", FALSE, FALSE);
  assert_identifier (GX_IDENTIFIER_MILITARY, "军字第20210001号", TRUE, FALSE);
  assert_identifier (GX_IDENTIFIER_OTHER, "a b c d", FALSE, FALSE);
}

static void
test_account_number_only_warns (void)
{
  GxHolding *holding = gx_entity_new (&gx_holding_entity);
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) warning = NULL;

  holding->acct_no = g_strdup ("576");
  g_assert_true (gx_check_entity (&gx_holding_entity, holding, today (), &error));
  warning = gx_check_warnings (&gx_holding_entity, holding, today ());
  g_assert_error (warning, GX_ERROR, GX_ERROR_INVALID);
  gx_entity_free (&gx_holding_entity, holding);
}

static void
test_masked_values_are_not_judged (void)
{
  GxContactPoint *contact = gx_entity_new (&gx_contact_point_entity);
  g_autoptr(GError) error = NULL;

  contact->kind = GX_CONTACT_MOBILE;
  contact->value = g_strdup ("138****5678");
  g_assert_false (gx_check_entity (&gx_contact_point_entity, contact, today (), &error));
  g_clear_error (&error);

  contact->meta.masked = g_strdup ("{\"value\":null}");
  g_assert_true (gx_check_entity (&gx_contact_point_entity, contact, today (), &error));
  gx_check_normalize (&gx_contact_point_entity, contact);
  g_assert_cmpstr (contact->value, ==, "138****5678");
  gx_entity_free (&gx_contact_point_entity, contact);
}

static void
test_numbers_are_normalised (void)
{
  GxContactPoint *contact = gx_entity_new (&gx_contact_point_entity);
  GxIdentifier *identifier = gx_entity_new (&gx_identifier_entity);

  contact->kind = GX_CONTACT_MOBILE;
  contact->value = g_strdup ("１３８ 1234-5678");
  gx_check_normalize (&gx_contact_point_entity, contact);
  g_assert_cmpstr (contact->value, ==, "13812345678");

  identifier->kind = GX_IDENTIFIER_ID_CARD;
  identifier->number = g_strdup (" 11010519491231002x");
  gx_check_normalize (&gx_identifier_entity, identifier);
  g_assert_cmpstr (identifier->number, ==, "11010519491231002X");

  gx_entity_free (&gx_contact_point_entity, contact);
  gx_entity_free (&gx_identifier_entity, identifier);
}

static void
test_all_that_is_wrong_is_told_at_once (void)
{
  GxLifeEvent *event = gx_entity_new (&gx_life_event_entity);
  g_autoptr(GError) error = NULL;

  event->domain = GX_DOMAIN_BUSINESS;
  event->type = GX_EVENT_ILLNESS;
  event->happened_on = today () + 2;
  event->note = g_strdup ("  ");
  g_assert_false (gx_check_entity (&gx_life_event_entity, event, today (), &error));
  g_assert_cmpuint (gx_error_get_violations (error)->len, ==, 4);
  gx_entity_free (&gx_life_event_entity, event);
}

static void
test_profile_shares_the_customers_id (void)
{
  GxOrgProfile *org = gx_entity_new (&gx_org_profile_entity);
  g_autoptr(GError) error = NULL;

  org->meta.id = gx_id_new ();
  org->customer_id = gx_id_new ();
  g_assert_false (gx_check_entity (&gx_org_profile_entity, org, today (), &error));
  g_clear_error (&error);
  org->customer_id = org->meta.id;
  g_assert_true (gx_check_entity (&gx_org_profile_entity, org, today (), &error));
  gx_entity_free (&gx_org_profile_entity, org);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/check/good_rows_pass", test_good_rows_pass);
  g_test_add_func ("/rules/check/bad_rows_name_field_and_rule", test_bad_rows_name_field_and_rule);
  g_test_add_func ("/rules/check/identifier_number_by_kind", test_identifier_number_by_kind);
  g_test_add_func ("/rules/check/account_number_only_warns", test_account_number_only_warns);
  g_test_add_func ("/rules/check/masked_values_are_not_judged", test_masked_values_are_not_judged);
  g_test_add_func ("/rules/check/numbers_are_normalised", test_numbers_are_normalised);
  g_test_add_func ("/rules/check/all_that_is_wrong_is_told_at_once", test_all_that_is_wrong_is_told_at_once);
  g_test_add_func ("/rules/check/profile_shares_the_customers_id", test_profile_shares_the_customers_id);
  return g_test_run ();
}
