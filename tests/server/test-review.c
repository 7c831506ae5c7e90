/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dual review through its services: what is applied, what is refused with which word, every operation in every state, and
 * all short games of three people over one request.
 */
#include "gx-address.h"
#include "gx-contact-point.h"
#include "gx-customer.h"
#include "gx-identifier.h"
#include "gx-json.h"
#include "gx-person-profile.h"
#include "gx-sql.h"
#include "gx-transaction.h"
#include "gxs-review.h"
#include "gxt-bank.h"
#include "gxt-number.h"

#include <string.h>

#define assert_code(a, b) g_assert_cmpstr (slug (a), ==, slug (b))

static const char *
slug (GxError code)
{
  return code == GXT_OK ? "ok" : gx_error_info (code)->slug;
}

static void
run_sql (GxtBank    *bank,
         const char *sql)
{
  g_autoptr(GError) error = NULL;

  gx_db_exec (bank->db, sql, &error);
  g_assert_no_error (error);
}

static GxtRequest
rename_to (GxtBank    *bank,
           const char *after)
{
  return (GxtRequest) { "customer.identity", "patch", &gx_customer_entity, bank->customer, after, "ID_IMAGE", NULL };
}

static GxtRequest
raise_tier (GxtBank *bank)
{
  return (GxtRequest) { "tier.change", "patch", &gx_customer_entity, bank->customer, "{\"tier\":\"GOLD\"}", "ASSET_PROOF", NULL };
}

static GxId
submit_ok (GxtBank          *bank,
           GxtPerson         maker,
           const GxtRequest *request)
{
  GxId id = gxt_bank_id (bank);
  g_autoptr(JsonObject) body = gxt_bank_request (bank, maker, &id, 1, request);
  g_autofree char *state = NULL;

  assert_code (gxt_bank_submit (bank, maker, &id, body, &state), GXT_OK);
  g_assert_cmpstr (state, ==, "PENDING");
  return id;
}

static GxError
decide (GxtBank    *bank,
        GxtPerson   checker,
        const GxId *id,
        const char *verdict,
        char      **out_state)
{
  g_autoptr(JsonObject) body = gxt_bank_decision (bank, checker, id, verdict, "已核对无误");

  return gxt_bank_decide (bank, checker, id, body, out_state);
}

static void
assert_state (GxtBank    *bank,
              const GxId *id,
              const char *state)
{
  g_autofree char *is = gxt_bank_state (bank, id);

  g_assert_cmpstr (is, ==, state);
}

static gpointer
load (GxtBank        *bank,
      const GxEntity *entity,
      const GxId     *id)
{
  g_autoptr(GError) error = NULL;
  gpointer row = gx_sql_load (bank->db, entity, id, &error);

  g_assert_no_error (error);
  return row;
}

/* ---- what is applied ---- */

static void
test_identity_is_applied (void)
{
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
  GxtRequest request = rename_to (bank, "{\"name\":\"张伟明\"}");
  GxId id = submit_ok (bank, GXT_RM1, &request);
  GxCustomer *customer = load (bank, &gx_customer_entity, &bank->customer);
  g_autofree char *state = NULL;

  g_assert_cmpstr (customer->name, ==, "张伟");             /* effective until approved */
  gx_entity_free (&gx_customer_entity, customer);
  g_assert_cmpint (gxt_number_of (bank->db, "SELECT COUNT(*) FROM cr_field_lock WHERE cr_id=?", &id), ==, 1);
  g_assert_cmpint (gxt_number (bank->db, "SELECT COUNT(*) FROM notification WHERE kind='CR_TO_CHECK'"), >=, 2);
  g_assert_cmpint (gxt_number_of (bank->db, "SELECT COUNT(*) FROM blob_ref WHERE id=?", &id), ==, 1);
  g_assert_cmpint (gxt_number_of (bank->db, "SELECT due_at FROM change_request WHERE id=?", &id), ==, bank->clock.now + 24 * 3600 * 1000);

  assert_code (decide (bank, GXT_SUP1, &id, "approve", &state), GXT_OK);
  g_assert_cmpstr (state, ==, "APPLIED");
  customer = load (bank, &gx_customer_entity, &bank->customer);
  g_assert_cmpstr (customer->name, ==, "张伟明");
  g_assert_true (gx_id_equal (&customer->meta.last_cr_id, &id));
  g_assert_cmpint (gxt_number_of (bank->db, "SELECT applied_seq FROM change_request WHERE id=?", &id), ==, customer->meta.v);
  g_assert_nonnull (strstr (customer->meta.fv, "\"name\""));
  gx_entity_free (&gx_customer_entity, customer);
  g_assert_cmpint (gxt_number (bank->db, "SELECT COUNT(*) FROM cr_field_lock"), ==, 0);
  g_assert_cmpint (gxt_number_of (bank->db, "SELECT COUNT(*) FROM notification WHERE kind='CR_APPLIED' AND employee_id=?",
                                  &bank->people[GXT_RM1].employee), ==, 1);
}

/* Every step leaves its entry, and no entry tells a value. */
static void
test_each_step_is_in_the_log (void)
{
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
  GxtRequest request = { "customer.contact", "patch", &gx_contact_point_entity, bank->mobile, "{\"value\":\"13911112222\"}", NULL, NULL };
  GxId id = submit_ok (bank, GXT_RM1, &request);

  assert_code (decide (bank, GXT_SUP1, &id, "approve", NULL), GXT_OK);
  g_assert_cmpint (gxt_number_of (bank->db, "SELECT COUNT(*) FROM audit_log WHERE cr_id=? AND action='cr.submit'", &id), ==, 1);
  g_assert_cmpint (gxt_number_of (bank->db, "SELECT COUNT(*) FROM audit_log WHERE cr_id=? AND action='cr.approve'", &id), ==, 1);
  g_assert_cmpint (gxt_number_of (bank->db, "SELECT COUNT(*) FROM audit_log WHERE cr_id=? AND action='cr.apply' AND tbl='contact_point'", &id), ==, 1);
  g_assert_cmpint (gxt_number (bank->db, "SELECT COUNT(*) FROM audit_log WHERE CAST(entry AS TEXT) LIKE '%13911112222%'"
                               " OR CAST(entry AS TEXT) LIKE '%13800138000%' OR CAST(entry AS TEXT) LIKE '%证件%'"), ==, 0);
  g_assert_cmpint (gxt_number (bank->db, "SELECT COUNT(*) FROM audit_log WHERE action='cr.apply' AND CAST(entry AS TEXT) LIKE '%\"after\":{\"value\":\"%'"), ==, 1);
}

static void
test_sealed_value_is_applied (void)
{
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
  GxtRequest request = { "customer.contact", "patch", &gx_contact_point_entity, bank->mobile, "{\"value\":\"13911112222\"}", NULL, NULL };
  GxId id = submit_ok (bank, GXT_RM1, &request);
  GxContactPoint *contact;

  g_assert_cmpint (gxt_number (bank->db, "SELECT COUNT(*) FROM cr_rev WHERE after_j LIKE '%13911112222%' OR before_j LIKE '%13800138000%'"), ==, 0);
  assert_code (decide (bank, GXT_MGR1, &id, "approve", NULL), GXT_OK);
  contact = load (bank, &gx_contact_point_entity, &bank->mobile);
  g_assert_cmpstr (contact->value, ==, "13911112222");
  gx_entity_free (&gx_contact_point_entity, contact);
}

static void
test_new_primary_takes_the_mark (void)
{
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
  GxId row = gxt_bank_id (bank);
  g_autofree char *after = g_strdup_printf ("{\"customer_id\":\"%s\",\"is_primary\":true,\"kind\":\"MOBILE\",\"value\":\"13700137000\"}",
                                            GX_ID_STR (&bank->customer));
  GxtRequest request = { "customer.contact", "create", &gx_contact_point_entity, row, after, NULL, NULL };
  GxId id = submit_ok (bank, GXT_RM1, &request), other = gxt_bank_id (bank);
  GxtRequest again = { "customer.contact", "create", &gx_contact_point_entity, gxt_bank_id (bank), after, NULL, NULL };
  g_autoptr(JsonObject) body = gxt_bank_request (bank, GXT_RM1, &other, 1, &again);

  assert_code (gxt_bank_submit (bank, GXT_RM1, &other, body, NULL), GX_ERROR_FIELD_LOCKED);
  assert_code (decide (bank, GXT_SUP1, &id, "approve", NULL), GXT_OK);
  g_assert_cmpint (gxt_number_of (bank->db, "SELECT is_primary FROM contact_point WHERE id=?", &row), ==, 1);
  g_assert_cmpint (gxt_number_of (bank->db, "SELECT is_primary FROM contact_point WHERE id=?", &bank->mobile), ==, 0);
}

static void
test_removal_is_applied (void)
{
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
  GxtRequest request = { "customer.identity", "delete", &gx_identifier_entity, bank->id_card, "{}", "ID_IMAGE", NULL };
  GxId id = submit_ok (bank, GXT_RM1, &request);

  assert_code (decide (bank, GXT_SUP1, &id, "approve", NULL), GXT_OK);
  g_assert_cmpint (gxt_number_of (bank->db, "SELECT del FROM identifier WHERE id=?", &bank->id_card), ==, 1);
}

static void
test_prospect_becomes_active (void)
{
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
  GxtRequest request = { "customer.activate", "patch", &gx_customer_entity, bank->prospect, "{\"status\":\"ACTIVE\"}", "ID_IMAGE", NULL };
  GxId id = submit_ok (bank, GXT_RM1, &request);
  GxCustomer *customer;

  assert_code (decide (bank, GXT_SUP1, &id, "approve", NULL), GXT_OK);
  customer = load (bank, &gx_customer_entity, &bank->prospect);
  g_assert_cmpint (customer->status, ==, GX_CUSTOMER_ACTIVE);
  g_assert_cmpint (customer->onboarded_on, ==, gx_date_from_ymd (2026, 9, 21));
  gx_entity_free (&gx_customer_entity, customer);
}

static void
test_transfer_and_wealth_manager (void)
{
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
  g_autofree char *transfer = g_strdup_printf ("{\"primary_rm_id\":\"%s\"}", GX_ID_STR (&bank->people[GXT_RM2].employee));
  g_autofree char *away = g_strdup_printf ("{\"primary_rm_id\":\"%s\"}", GX_ID_STR (&bank->people[GXT_RM3].employee));
  g_autofree char *wealth = g_strdup_printf ("{\"wealth_mgr_id\":\"%s\"}", GX_ID_STR (&bank->people[GXT_RM2].employee));
  GxtRequest request = { "customer.transfer", "patch", &gx_customer_entity, bank->customer, transfer, NULL, NULL };
  GxtRequest across = { "customer.transfer", "patch", &gx_customer_entity, bank->customer, away, NULL, NULL };
  GxtRequest manager = { "customer.wealth_mgr", "patch", &gx_customer_entity, bank->customer, wealth, NULL, NULL };
  GxtRequest none = { "customer.wealth_mgr", "patch", &gx_customer_entity, bank->customer, "{\"wealth_mgr_id\":null}", NULL, NULL };
  GxId id = gxt_bank_id (bank);
  g_autoptr(JsonObject) body = gxt_bank_request (bank, GXT_RM1, &id, 1, &across);

  assert_code (gxt_bank_submit (bank, GXT_RM1, &id, body, NULL), GX_ERROR_INVALID);
  id = submit_ok (bank, GXT_RM1, &manager);
  assert_code (decide (bank, GXT_SUP1, &id, "approve", NULL), GXT_OK);
  id = submit_ok (bank, GXT_RM1, &none);
  assert_code (decide (bank, GXT_SUP1, &id, "approve", NULL), GXT_OK);
  g_assert_cmpint (gxt_number_of (bank->db, "SELECT wealth_mgr_id IS NULL FROM customer WHERE id=?", &bank->customer), ==, 1);
  id = submit_ok (bank, GXT_MGR1, &request);
  assert_code (decide (bank, GXT_MGR1, &id, "approve", NULL), GX_ERROR_FOUR_EYES);
  assert_code (decide (bank, GXT_SUP1, &id, "approve", NULL), GXT_OK);
  g_assert_cmpint (gxt_number_of (bank->db, "SELECT COUNT(*) FROM customer WHERE primary_rm_id=?", &bank->people[GXT_RM2].employee), ==, 1);
}

static void
test_tier_takes_two_steps (void)
{
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
  GxtRequest request = raise_tier (bank);
  GxId id = submit_ok (bank, GXT_RM1, &request);
  g_autofree char *state = NULL;

  assert_code (decide (bank, GXT_SUP1, &id, "approve", NULL), GX_ERROR_FORBIDDEN);
  assert_code (decide (bank, GXT_HQ1, &id, "approve", NULL), GX_ERROR_FORBIDDEN);
  assert_code (decide (bank, GXT_MGR2, &id, "approve", NULL), GX_ERROR_FORBIDDEN);
  assert_code (decide (bank, GXT_MGR1, &id, "approve", &state), GXT_OK);
  g_assert_cmpstr (state, ==, "PENDING");
  g_assert_cmpint (gxt_number_of (bank->db, "SELECT tier FROM customer WHERE id=?", &bank->customer), ==, GX_TIER_STANDARD);
  g_assert_cmpint (gxt_number_of (bank->db, "SELECT COUNT(*) FROM notification WHERE kind='CR_TO_CHECK' AND employee_id=?",
                                  &bank->people[GXT_HQ1].employee), ==, 1);
  assert_code (decide (bank, GXT_SUP1, &id, "approve", NULL), GX_ERROR_FORBIDDEN);
  assert_code (decide (bank, GXT_MGR1, &id, "reject", NULL), GX_ERROR_FOUR_EYES);
  assert_code (decide (bank, GXT_HQ1, &id, "approve", NULL), GXT_OK);
  g_assert_cmpint (gxt_number_of (bank->db, "SELECT tier FROM customer WHERE id=?", &bank->customer), ==, GX_TIER_GOLD);
}

/* A supervisor above the branch reaches it. */
static void
test_unit_above_may_decide (void)
{
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
  GxtRequest request = rename_to (bank, "{\"name\":\"张伟明\"}");
  GxId id = submit_ok (bank, GXT_RM1, &request);

  assert_code (decide (bank, GXT_REGION, &id, "approve", NULL), GXT_OK);
}

/* ---- what is refused ---- */

typedef void (*Spoil) (GxtBank *bank, JsonObject *body);

static void no_spoil (GxtBank *bank, JsonObject *body) { }
static void short_reason (GxtBank *bank, JsonObject *body) { json_object_set_string_member (body, "reason", "  太短了的理由 "); }
static void future_base (GxtBank *bank, JsonObject *body) { json_object_set_int_member (json_object_get_object_member (body, "base"), "name", 1000000); }
static void no_base (GxtBank *bank, JsonObject *body) { json_object_remove_member (json_object_get_object_member (body, "base"), "name"); }
static void more_base (GxtBank *bank, JsonObject *body) { json_object_set_int_member (json_object_get_object_member (body, "base"), "tier", 1); }
static void future_v (GxtBank *bank, JsonObject *body) { json_object_set_int_member (body, "base_v", 1000000); }
static void no_evidence (GxtBank *bank, JsonObject *body) { json_object_remove_member (body, "evidence"); }
static void unknown_member (GxtBank *bank, JsonObject *body) { json_object_set_boolean_member (body, "force", TRUE); }
static void second_rev (GxtBank *bank, JsonObject *body) { json_object_set_int_member (body, "rev", 2); }
static void other_digest (GxtBank *bank, JsonObject *body) { json_object_set_string_member (body, "digest", "0000000000000000000000000000000000000000000000000000000000000000"); }
static void other_signature (GxtBank *bank, JsonObject *body) { json_object_set_string_member (body, "sig", "AAAA"); }
static void other_after (GxtBank *bank, JsonObject *body) { json_object_set_string_member (json_object_get_object_member (body, "after"), "name", "王五"); }
static void lose_blob (GxtBank *bank, JsonObject *body) { run_sql (bank, "DELETE FROM blob_ref; DELETE FROM blob"); }

static const struct
{
  const char *name;
  GxtPerson   maker;
  const char *kind, *op, *after, *evidence;
  Spoil       spoil;
  gboolean    sign_again;       /* after spoiling: then the signature is not what is wrong */
  GxError     code;
} bad_submissions[] = {
  { "stranger", GXT_RM2, "customer.identity", "patch", "{\"name\":\"王五\"}", "ID_IMAGE", no_spoil, FALSE, GX_ERROR_FORBIDDEN },
  { "other branch", GXT_SUP2, "customer.identity", "patch", "{\"name\":\"王五\"}", "ID_IMAGE", no_spoil, FALSE, GX_ERROR_FORBIDDEN },
  { "head office", GXT_HQ1, "customer.identity", "patch", "{\"name\":\"王五\"}", "ID_IMAGE", no_spoil, FALSE, GX_ERROR_FORBIDDEN },
  { "administrator", GXT_ADMIN1, "customer.identity", "patch", "{\"name\":\"王五\"}", "ID_IMAGE", no_spoil, FALSE, GX_ERROR_FORBIDDEN },
  { "no such kind", GXT_RM1, "customer.colour", "patch", "{\"name\":\"王五\"}", "ID_IMAGE", no_spoil, FALSE, GX_ERROR_SCHEMA },
  { "no such op", GXT_RM1, "customer.identity", "merge", "{\"name\":\"王五\"}", "ID_IMAGE", no_spoil, FALSE, GX_ERROR_SCHEMA },
  { "customer removed", GXT_RM1, "customer.identity", "delete", "{}", "ID_IMAGE", no_spoil, FALSE, GX_ERROR_SCHEMA },
  { "field of another kind", GXT_RM1, "customer.identity", "patch", "{\"tier\":\"GOLD\"}", "ID_IMAGE", no_spoil, FALSE, GX_ERROR_FIELD },
  { "field without review", GXT_RM1, "customer.identity", "patch", "{\"dnd\":true,\"name\":\"王五\"}", "ID_IMAGE", no_spoil, FALSE, GX_ERROR_FIELD },
  { "server field", GXT_RM1, "customer.identity", "patch", "{\"cif_no\":\"1\"}", "ID_IMAGE", no_spoil, FALSE, GX_ERROR_FIELD },
  { "head field", GXT_RM1, "customer.identity", "patch", "{\"v\":1}", "ID_IMAGE", no_spoil, FALSE, GX_ERROR_FIELD },
  { "unknown field", GXT_RM1, "customer.identity", "patch", "{\"nose\":1}", "ID_IMAGE", no_spoil, FALSE, GX_ERROR_SCHEMA },
  { "wrong type", GXT_RM1, "customer.identity", "patch", "{\"name\":1}", "ID_IMAGE", no_spoil, FALSE, GX_ERROR_INVALID },
  { "no value", GXT_RM1, "customer.identity", "patch", "{\"name\":null}", "ID_IMAGE", no_spoil, FALSE, GX_ERROR_INVALID },
  { "a mask", GXT_RM1, "customer.identity", "patch", "{\"name\":\"张*\"}", "ID_IMAGE", no_spoil, FALSE, GX_ERROR_FIELD },
  { "nothing", GXT_RM1, "customer.identity", "patch", "{}", "ID_IMAGE", no_spoil, FALSE, GX_ERROR_INVALID },
  { "no change", GXT_RM1, "customer.identity", "patch", "{\"name\":\"张伟\"}", "ID_IMAGE", no_spoil, FALSE, GX_ERROR_INVALID },
  { "not a prospect", GXT_RM1, "customer.activate", "patch", "{\"status\":\"DORMANT\"}", "ID_IMAGE", no_spoil, FALSE, GX_ERROR_STATE },
  { "no evidence", GXT_RM1, "customer.identity", "patch", "{\"name\":\"王五\"}", "ID_IMAGE", no_evidence, FALSE, GX_ERROR_EVIDENCE },
  { "evidence of another kind", GXT_RM1, "customer.identity", "patch", "{\"name\":\"王五\"}", "PHOTO", no_spoil, FALSE, GX_ERROR_EVIDENCE },
  { "evidence not uploaded", GXT_RM1, "customer.identity", "patch", "{\"name\":\"王五\"}", "ID_IMAGE", lose_blob, FALSE, GX_ERROR_EVIDENCE },
  { "tier without proof", GXT_RM1, "tier.change", "patch", "{\"tier\":\"GOLD\"}", "ID_IMAGE", no_spoil, FALSE, GX_ERROR_EVIDENCE },
  { "short reason", GXT_RM1, "customer.identity", "patch", "{\"name\":\"王五\"}", "ID_IMAGE", short_reason, TRUE, GX_ERROR_INVALID },
  { "base of the future", GXT_RM1, "customer.identity", "patch", "{\"name\":\"王五\"}", "ID_IMAGE", future_base, TRUE, GX_ERROR_INVALID },
  { "version of the future", GXT_RM1, "customer.identity", "patch", "{\"name\":\"王五\"}", "ID_IMAGE", future_v, TRUE, GX_ERROR_INVALID },
  { "no base", GXT_RM1, "customer.identity", "patch", "{\"name\":\"王五\"}", "ID_IMAGE", no_base, TRUE, GX_ERROR_INVALID },
  { "too much base", GXT_RM1, "customer.identity", "patch", "{\"name\":\"王五\"}", "ID_IMAGE", more_base, TRUE, GX_ERROR_INVALID },
  { "unknown member", GXT_RM1, "customer.identity", "patch", "{\"name\":\"王五\"}", "ID_IMAGE", unknown_member, FALSE, GX_ERROR_INVALID },
  { "second revision", GXT_RM1, "customer.identity", "patch", "{\"name\":\"王五\"}", "ID_IMAGE", second_rev, FALSE, GX_ERROR_INVALID },
  { "another digest", GXT_RM1, "customer.identity", "patch", "{\"name\":\"李四\"}", "ID_IMAGE", other_digest, FALSE, GX_ERROR_SIGNATURE },
  { "another signature", GXT_RM1, "customer.identity", "patch", "{\"name\":\"李四\"}", "ID_IMAGE", other_signature, FALSE, GX_ERROR_SIGNATURE },
  { "not what was signed", GXT_RM1, "customer.identity", "patch", "{\"name\":\"李四\"}", "ID_IMAGE", other_after, FALSE, GX_ERROR_SIGNATURE },
};

static void
test_bad_submissions (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_submissions); i++)
    {
      g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
      GxtRequest request = { bad_submissions[i].kind, bad_submissions[i].op, &gx_customer_entity, bank->customer,
                             bad_submissions[i].after, bad_submissions[i].evidence, NULL };
      GxId id = gxt_bank_id (bank);
      g_autoptr(JsonObject) body = gxt_bank_request (bank, bad_submissions[i].maker, &id, 1, &request);

      g_test_message ("%s", bad_submissions[i].name);
      bad_submissions[i].spoil (bank, body);
      if (bad_submissions[i].sign_again)
        gxt_bank_sign (bank, bad_submissions[i].maker, &id, 1, &request, body);
      assert_code (gxt_bank_submit (bank, bad_submissions[i].maker, &id, body, NULL), bad_submissions[i].code);
      g_assert_cmpint (gxt_number (bank->db, "SELECT (SELECT COUNT(*) FROM change_request) + (SELECT COUNT(*) FROM cr_field_lock)"), ==, 0);
    }
}

static void
test_field_is_locked (void)
{
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
  GxtRequest request = rename_to (bank, "{\"name\":\"张伟明\"}"), tier = raise_tier (bank);
  GxId id = submit_ok (bank, GXT_RM1, &request), other = gxt_bank_id (bank);
  g_autoptr(JsonObject) body = gxt_bank_request (bank, GXT_SUP1, &other, 1, &request);
  g_autoptr(JsonObject) twice = gxt_bank_request (bank, GXT_RM1, &id, 1, &tier);

  assert_code (gxt_bank_submit (bank, GXT_SUP1, &other, body, NULL), GX_ERROR_FIELD_LOCKED);
  assert_code (gxt_bank_submit (bank, GXT_RM1, &id, twice, NULL), GX_ERROR_EXISTS);
  submit_ok (bank, GXT_RM1, &tier);                         /* another field of the same row */
}

static const struct
{
  const char *name;
  GxtPerson   checker;
  const char *verdict, *note;
  const char *member, *value;   /* what is then put in the body */
  gint64      step_up_ms;       /* how long ago the password was entered */
  GxError     code;
} bad_decisions[] = {
  { "its maker", GXT_RM1, "approve", NULL, NULL, NULL, 0, GX_ERROR_FOUR_EYES },
  { "its maker by another login", GXT_RM1B, "approve", NULL, NULL, NULL, 0, GX_ERROR_FOUR_EYES },
  { "a manager of customers", GXT_RM2, "approve", NULL, NULL, NULL, 0, GX_ERROR_FORBIDDEN },
  { "another branch", GXT_SUP2, "approve", NULL, NULL, NULL, 0, GX_ERROR_FORBIDDEN },
  { "head office", GXT_HQ1, "approve", NULL, NULL, NULL, 0, GX_ERROR_FORBIDDEN },
  { "an administrator", GXT_ADMIN1, "approve", NULL, NULL, NULL, 0, GX_ERROR_FORBIDDEN },
  { "an auditor", GXT_AUDITOR1, "approve", NULL, NULL, NULL, 0, GX_ERROR_FORBIDDEN },
  { "another digest", GXT_SUP1, "approve", NULL, "digest", "00", 0, GX_ERROR_CHANGED },
  { "another signature", GXT_SUP1, "approve", NULL, "sig", "AAAA", 0, GX_ERROR_SIGNATURE },
  { "another note than signed", GXT_SUP1, "return", "请补充身份证背面", "note", "请补充身份证正面", 0, GX_ERROR_SIGNATURE },
  { "another verdict than signed", GXT_SUP1, "reject", "请补充身份证背面", "verdict", "approve", 0, GX_ERROR_SIGNATURE },
  { "no such verdict", GXT_SUP1, "approve", NULL, "verdict", "perhaps", 0, GX_ERROR_INVALID },
  { "a return without a note", GXT_SUP1, "return", NULL, NULL, NULL, 0, GX_ERROR_INVALID },
  { "a refusal with a short note", GXT_SUP1, "reject", " 不行 ", NULL, NULL, 0, GX_ERROR_INVALID },
  { "a password of long ago", GXT_SUP1, "approve", NULL, NULL, NULL, 5 * 60 * 1000 + 1, GX_ERROR_STEP_UP },
};

static void
test_bad_decisions (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_decisions); i++)
    {
      g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
      GxtRequest request = rename_to (bank, "{\"name\":\"张伟明\"}");
      GxId id = submit_ok (bank, GXT_RM1, &request);
      g_autoptr(JsonObject) body = gxt_bank_decision (bank, bad_decisions[i].checker, &id, bad_decisions[i].verdict, bad_decisions[i].note);
      g_autoptr(GxsAuthz) authz = gxt_bank_authz (bank, bad_decisions[i].checker);
      g_autoptr(GxsBatch) batch = NULL;
      g_autoptr(GError) error = NULL;
      g_autofree char *answer = NULL;

      g_test_message ("%s", bad_decisions[i].name);
      if (bad_decisions[i].member != NULL)
        json_object_set_string_member (body, bad_decisions[i].member, bad_decisions[i].value);
      bank->clock.now += bad_decisions[i].step_up_ms;
      batch = gxt_bank_batch (bank);
      g_assert_false (gxs_review_decide (batch, authz, &id, body, &answer, &error));
      g_assert_error (error, GX_ERROR, (int) bad_decisions[i].code);
    }
}

static void
test_device_must_be_in_force (void)
{
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
  GxtRequest request = rename_to (bank, "{\"name\":\"张伟明\"}");
  GxId id = submit_ok (bank, GXT_RM1, &request);

  run_sql (bank, "UPDATE device SET status=2");
  assert_code (decide (bank, GXT_SUP1, &id, "approve", NULL), GX_ERROR_DEVICE);
  run_sql (bank, "UPDATE device SET status=1");
  bank->people[GXT_SUP1].device = bank->people[GXT_MGR1].device;
  assert_code (decide (bank, GXT_SUP1, &id, "approve", NULL), GX_ERROR_DEVICE);
}

/* ---- states ---- */

static GxError
on_request (GxtBank    *bank,
            GxtPerson   who,
            const GxId *id,
            const char *what)
{
  GxtRequest request = rename_to (bank, "{\"name\":\"张伟明\"}");
  g_autoptr(GxsAuthz) authz = gxt_bank_authz (bank, who);
  g_autoptr(GxsBatch) batch = NULL;
  g_autoptr(JsonObject) body = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *answer = NULL;
  gint64 rev = gxt_number_of (bank->db, "SELECT rev FROM change_request WHERE id=?", id);
  gboolean done;

  if (strcmp (what, "withdraw") != 0 && strcmp (what, "rebase") != 0 && strcmp (what, "revise") != 0)
    return decide (bank, who, id, what, NULL);

  body = gxt_bank_request (bank, who, id, rev + 1, &request);
  batch = gxt_bank_batch (bank);
  done = strcmp (what, "withdraw") == 0 ? gxs_review_withdraw (batch, authz, id, NULL, &answer, &error)
         : strcmp (what, "rebase") == 0 ? gxs_review_rebase (batch, authz, id, body, &answer, &error)
         : gxs_review_revise (batch, authz, id, body, &answer, &error);
  if (done)
    {
      gxs_batch_commit (batch, &error);
      g_assert_no_error (error);
      return GXT_OK;
    }
  g_test_message ("%s: %s", what, error->message);
  return (GxError) error->code;
}

static void
touch_customer (GxtBank *bank)
{
  g_autoptr(GxsBatch) batch = gxt_bank_batch (bank);
  g_autoptr(GError) error = NULL;
  GxCustomer *before = load (bank, &gx_customer_entity, &bank->customer);
  GxCustomer *after = gx_entity_copy (&gx_customer_entity, before);
  const GxsActor actor = { .unaudited = TRUE };

  after->dnd = !after->dnd;
  gxs_write_update (batch, &actor, &gx_customer_entity, before, after, &error);
  g_assert_no_error (error);
  gxs_batch_commit (batch, &error);
  g_assert_no_error (error);
  gx_entity_free (&gx_customer_entity, before);
  gx_entity_free (&gx_customer_entity, after);
}

static const char *const operations[] = { "approve", "return", "reject", "withdraw", "rebase", "revise" };

/* The word after the colon is the state it leads to; nothing is not possible. */
static const struct { const char *state; const char *leads_to[6]; } machine[] = {
  { "PENDING",   { "APPLIED", "RETURNED", "REJECTED", "WITHDRAWN", NULL, NULL } },
  { "RETURNED",  { NULL, NULL, NULL, "WITHDRAWN", NULL, "PENDING" } },
  { "STALE",     { NULL, NULL, NULL, "WITHDRAWN", "PENDING", NULL } },
  { "APPLIED",   { NULL } },
  { "REJECTED",  { NULL } },
  { "WITHDRAWN", { NULL } },
};

static GxId
request_in (GxtBank    *bank,
            const char *state)
{
  GxtRequest request = rename_to (bank, "{\"name\":\"张伟明\"}");
  GxId id = submit_ok (bank, GXT_RM1, &request);

  if (strcmp (state, "RETURNED") == 0)
    assert_code (decide (bank, GXT_MGR1, &id, "return", NULL), GXT_OK);
  if (strcmp (state, "APPLIED") == 0)
    assert_code (decide (bank, GXT_MGR1, &id, "approve", NULL), GXT_OK);
  if (strcmp (state, "REJECTED") == 0)
    assert_code (decide (bank, GXT_MGR1, &id, "reject", NULL), GXT_OK);
  if (strcmp (state, "WITHDRAWN") == 0)
    assert_code (on_request (bank, GXT_RM1, &id, "withdraw"), GXT_OK);
  if (strcmp (state, "STALE") == 0)
    {
      touch_customer (bank);
      assert_code (decide (bank, GXT_MGR1, &id, "approve", NULL), GXT_OK);
    }
  assert_state (bank, &id, state);
  return id;
}

static void
test_every_operation_in_every_state (void)
{
  for (guint s = 0; s < G_N_ELEMENTS (machine); s++)
    for (guint o = 0; o < G_N_ELEMENTS (operations); o++)
      {
        g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
        GxId id = request_in (bank, machine[s].state);
        gint64 locks = gxt_number_of (bank->db, "SELECT COUNT(*) FROM cr_field_lock WHERE cr_id=?", &id);
        gboolean is_maker = o >= 3;
        GxError code = on_request (bank, is_maker ? GXT_RM1 : GXT_SUP1, &id, operations[o]);
        const char *to = machine[s].leads_to[o];

        g_test_message ("%s in %s", operations[o], machine[s].state);
        assert_code (code, to != NULL ? GXT_OK : GX_ERROR_STATE);
        assert_state (bank, &id, to != NULL ? to : machine[s].state);
        if (to == NULL || strcmp (to, "PENDING") == 0 || strcmp (to, "RETURNED") == 0)
          g_assert_cmpint (gxt_number_of (bank->db, "SELECT COUNT(*) FROM cr_field_lock WHERE cr_id=?", &id), ==, locks);
        else
          g_assert_cmpint (gxt_number_of (bank->db, "SELECT COUNT(*) FROM cr_field_lock WHERE cr_id=?", &id), ==, 0);
        if (is_maker)
          assert_code (on_request (bank, GXT_SUP1, &id, operations[o]), GX_ERROR_FORBIDDEN);
      }
}

static void
test_stale_base_is_found_and_rebased (void)
{
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
  GxtRequest request = rename_to (bank, "{\"name\":\"张伟明\"}");
  GxId id = gxt_bank_id (bank);
  g_autoptr(JsonObject) body = gxt_bank_request (bank, GXT_RM1, &id, 1, &request);
  g_autofree char *state = NULL;

  touch_customer (bank);                                     /* identity is strict: any change counts */
  assert_code (gxt_bank_submit (bank, GXT_RM1, &id, body, &state), GXT_OK);
  g_assert_cmpstr (state, ==, "STALE");
  assert_code (decide (bank, GXT_SUP1, &id, "approve", NULL), GX_ERROR_STATE);
  assert_code (on_request (bank, GXT_RM1, &id, "rebase"), GXT_OK);
  assert_state (bank, &id, "PENDING");
  g_assert_cmpint (gxt_number_of (bank->db, "SELECT rev FROM change_request WHERE id=?", &id), ==, 2);
  assert_code (decide (bank, GXT_SUP1, &id, "approve", NULL), GXT_OK);
  assert_state (bank, &id, "APPLIED");
}

/* A contact request is not strict: only its own field counts. */
static void
test_other_fields_may_move_under_a_lenient_request (void)
{
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
  GxtRequest request = { "customer.contact", "patch", &gx_contact_point_entity, bank->mobile, "{\"value\":\"13911112222\"}", NULL, NULL };
  GxId id = submit_ok (bank, GXT_RM1, &request);
  g_autoptr(GxsBatch) batch = gxt_bank_batch (bank);
  g_autoptr(GError) error = NULL;
  GxContactPoint *before = load (bank, &gx_contact_point_entity, &bank->mobile);
  GxContactPoint *after = gx_entity_copy (&gx_contact_point_entity, before);
  const GxsActor actor = { .unaudited = TRUE };

  after->label = g_strdup ("家");
  gxs_write_update (batch, &actor, &gx_contact_point_entity, before, after, &error);
  g_assert_no_error (error);
  gxs_batch_commit (batch, &error);
  g_clear_pointer (&batch, gxs_batch_free);
  gx_entity_free (&gx_contact_point_entity, before);
  gx_entity_free (&gx_contact_point_entity, after);

  assert_code (decide (bank, GXT_SUP1, &id, "approve", NULL), GXT_OK);
  assert_state (bank, &id, "APPLIED");
}

/* A new revision voids every approval of the last one. */
static void
test_revision_voids_approvals (void)
{
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
  GxtRequest request = raise_tier (bank);
  GxId id = submit_ok (bank, GXT_RM1, &request);
  g_autoptr(GxsAuthz) authz = gxt_bank_authz (bank, GXT_RM1);
  g_autoptr(JsonObject) body = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *answer = NULL;

  assert_code (decide (bank, GXT_MGR1, &id, "approve", NULL), GXT_OK);
  assert_code (decide (bank, GXT_HQ1, &id, "return", NULL), GXT_OK);
  request.after = "{\"tier\":\"PLATINUM\"}";
  body = gxt_bank_request (bank, GXT_RM1, &id, 2, &request);
  {
    g_autoptr(GxsBatch) batch = gxt_bank_batch (bank);

    gxs_review_revise (batch, authz, &id, body, &answer, &error);
    g_assert_no_error (error);
    gxs_batch_commit (batch, &error);
    g_assert_no_error (error);
  }
  assert_code (decide (bank, GXT_HQ1, &id, "approve", NULL), GX_ERROR_FORBIDDEN);
  assert_code (decide (bank, GXT_MGR1, &id, "approve", NULL), GXT_OK);
  assert_code (decide (bank, GXT_HQ1, &id, "approve", NULL), GXT_OK);
  g_assert_cmpint (gxt_number_of (bank->db, "SELECT tier FROM customer WHERE id=?", &bank->customer), ==, GX_TIER_PLATINUM);
}

static void
test_repeated_decision_is_told_the_same (void)
{
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
  GxtRequest request = rename_to (bank, "{\"name\":\"张伟明\"}");
  GxId id = submit_ok (bank, GXT_RM1, &request);
  g_autoptr(JsonObject) body = gxt_bank_decision (bank, GXT_SUP1, &id, "approve", NULL);
  g_autofree char *state = NULL;
  gint64 entries;

  assert_code (gxt_bank_decide (bank, GXT_SUP1, &id, body, NULL), GXT_OK);
  entries = gxt_number (bank->db, "SELECT COUNT(*) FROM audit_log");
  assert_code (gxt_bank_decide (bank, GXT_SUP1, &id, body, &state), GXT_OK);
  g_assert_cmpstr (state, ==, "APPLIED");
  g_assert_cmpint (gxt_number (bank->db, "SELECT COUNT(*) FROM audit_log"), ==, entries);
}

static void
sweep (GxtBank *bank)
{
  g_autoptr(GxsBatch) batch = gxt_bank_batch (bank);
  g_autoptr(GError) error = NULL;

  gxs_review_sweep (batch, &error);
  g_assert_no_error (error);
  gxs_batch_commit (batch, &error);
  g_assert_no_error (error);
}

/* Nobody decides: after a day the branch's manager hears of it, once; after three it is over and the field is free. */
static void
test_undecided_requests_escalate_and_expire (void)
{
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
  const gint64 hour = 3600000;
  GxtRequest request = rename_to (bank, "{\"name\":\"张伟明\"}");
  GxId id = submit_ok (bank, GXT_RM1, &request);

  bank->clock.now += 24 * hour;
  sweep (bank);
  g_assert_cmpint (gxt_number (bank->db, "SELECT COUNT(*) FROM notification WHERE kind='CR_ESCALATED'"), ==, 0);
  bank->clock.now += 1;
  sweep (bank);
  sweep (bank);
  g_assert_cmpint (gxt_number (bank->db, "SELECT COUNT(*) FROM notification WHERE kind='CR_ESCALATED'"), ==, 1);
  g_assert_cmpint (gxt_number_of (bank->db, "SELECT COUNT(*) FROM notification WHERE kind='CR_ESCALATED' AND employee_id=?",
                                  &bank->people[GXT_MGR1].employee), ==, 1);
  assert_state (bank, &id, "PENDING");
  bank->clock.now += 48 * hour;
  sweep (bank);
  assert_state (bank, &id, "EXPIRED");
  assert_code (decide (bank, GXT_SUP1, &id, "approve", NULL), GX_ERROR_STATE);
  g_assert_cmpint (gxt_number (bank->db, "SELECT COUNT(*) FROM cr_field_lock"), ==, 0);
  g_assert_cmpint (gxt_number_of (bank->db, "SELECT COUNT(*) FROM audit_log WHERE action IN ('cr.escalate','cr.expire') AND cr_id=?", &id), ==, 2);
  submit_ok (bank, GXT_RM1, &request);
}

/* ---- who sees what ---- */

static char *
show (GxtBank    *bank,
      GxtPerson   person,
      const GxId *id)
{
  g_autoptr(GxsAuthz) authz = gxt_bank_authz (bank, person);
  g_autoptr(GError) error = NULL;
  char *text = NULL;

  if (!gxs_review_show (bank->db, authz, id, &text, &error))
    {
      g_assert_error (error, GX_ERROR, GX_ERROR_NOT_FOUND);
      return g_strdup ("");
    }
  return text;
}

static void
test_sight_of_a_request (void)
{
  static const struct { GxtPerson person; gboolean at_all, before, after, may_decide; } looks[] = {
    { GXT_RM1, TRUE, FALSE, TRUE, FALSE },        /* its maker: the number was hidden even from him */
    { GXT_SUP1, TRUE, TRUE, TRUE, TRUE },
    { GXT_REGION, TRUE, TRUE, TRUE, TRUE },
    { GXT_RM1B, TRUE, FALSE, TRUE, FALSE },       /* the same person */
    { GXT_RM2, FALSE, FALSE, FALSE, FALSE },
    { GXT_SUP2, FALSE, FALSE, FALSE, FALSE },
    { GXT_AUDITOR1, TRUE, FALSE, FALSE, FALSE },
  };
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
  GxtRequest request = { "customer.identity", "patch", &gx_identifier_entity, bank->id_card, "{\"number\":\"310115198512310029\"}", "ID_IMAGE", NULL };
  GxId id = submit_ok (bank, GXT_RM1, &request);

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      g_autofree char *text = show (bank, looks[i].person, &id);

      g_test_message ("%u %s", looks[i].person, text);
      g_assert_true ((*text != '\0') == looks[i].at_all);
      g_assert_true ((strstr (text, "110101199003070011") != NULL) == looks[i].before);
      g_assert_true ((strstr (text, "310115198512310029") != NULL) == looks[i].after);
      g_assert_true ((strstr (text, "\"may_decide\":true") != NULL) == looks[i].may_decide);
    }

  assert_code (decide (bank, GXT_SUP1, &id, "approve", NULL), GXT_OK);
  {
    g_autofree char *text = show (bank, GXT_SUP1, &id);

    g_assert_null (strstr (text, "310115198512310029"));      /* decided: no longer before him */
  }
}

/* A prospect's paper and number, which the activation makes binding. */
static void
give_papers (GxtBank *bank)
{
  g_autoptr(GxsBatch) batch = gxt_bank_batch (bank);
  g_autoptr(GError) error = NULL;
  GxIdentifier *card = gx_entity_new (&gx_identifier_entity);
  GxContactPoint *mobile = gx_entity_new (&gx_contact_point_entity);

  card->customer_id = mobile->customer_id = bank->prospect;
  card->kind = GX_IDENTIFIER_ID_CARD;
  card->number = g_strdup ("310115198512310029");
  card->valid_to = gx_date_from_ymd (2036, 1, 1);
  mobile->kind = GX_CONTACT_MOBILE;
  mobile->value = g_strdup ("13911112222");
  mobile->is_primary = TRUE;
  gxt_bank_create (batch, &gx_identifier_entity, card);
  gxt_bank_create (batch, &gx_contact_point_entity, mobile);
  gxs_batch_commit (batch, &error);
  g_assert_no_error (error);
}

typedef struct { GxtPerson person; gboolean number, secret; } Look;

/* @number of a contact is its owner's to see, @secret of a paper nobody's but the checker's. */
static void
assert_touched (GxtBank    *bank,
                const GxId *id,
                const Look *looks,
                guint       n_looks,
                const char *number_text,
                const char *secret_text)
{
  for (guint i = 0; i < n_looks; i++)
    {
      g_autofree char *text = show (bank, looks[i].person, id);

      g_test_message ("%u %s", looks[i].person, text);
      g_assert_true ((strstr (text, number_text) != NULL) == looks[i].number);
      g_assert_true (!secret_text || (strstr (text, secret_text) != NULL) == looks[i].secret);
    }
}

static void
test_activation_shows_its_papers (void)
{
  static const Look looks[] = {
    { GXT_SUP1, TRUE, TRUE }, { GXT_RM1, TRUE, FALSE }, { GXT_AUDITOR1, FALSE, FALSE }, { GXT_RM2, FALSE, FALSE }, { GXT_SUP2, FALSE, FALSE },
    { GXT_ADMIN1, FALSE, FALSE },
  };
  static const Look afterwards[] = { { GXT_SUP1, FALSE, FALSE } };
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
  GxtRequest request = { "customer.activate", "patch", &gx_customer_entity, bank->prospect, "{\"status\":\"ACTIVE\"}", "ID_IMAGE", NULL };
  GxId id;

  give_papers (bank);
  id = submit_ok (bank, GXT_RM1, &request);
  assert_touched (bank, &id, looks, G_N_ELEMENTS (looks), "13911112222", "310115198512310029");
  assert_code (decide (bank, GXT_SUP1, &id, "return", NULL), GXT_OK);
  assert_touched (bank, &id, afterwards, G_N_ELEMENTS (afterwards), "13911112222", "310115198512310029");
}

static GxId
add_mobile (GxtBank *bank)
{
  g_autoptr(GxsBatch) batch = gxt_bank_batch (bank);
  g_autoptr(GError) error = NULL;
  GxContactPoint *mobile = gx_entity_new (&gx_contact_point_entity);
  GxId id;

  mobile->customer_id = bank->customer;
  mobile->kind = GX_CONTACT_MOBILE;
  mobile->value = g_strdup ("13911112222");
  id = gxt_bank_create (batch, &gx_contact_point_entity, mobile);
  gxs_batch_commit (batch, &error);
  g_assert_no_error (error);
  return id;
}

static void
test_primary_shows_both_numbers (void)
{
  static const Look looks[] = { { GXT_SUP1, TRUE, TRUE }, { GXT_RM1, TRUE, TRUE }, { GXT_AUDITOR1, FALSE, FALSE }, { GXT_RM2, FALSE, FALSE } };
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
  GxtRequest request = { "customer.contact", "patch", &gx_contact_point_entity, add_mobile (bank), "{\"is_primary\":true}", NULL, NULL };
  GxId id = submit_ok (bank, GXT_RM1, &request);
  g_autofree char *text = NULL;

  assert_touched (bank, &id, looks, G_N_ELEMENTS (looks), "13911112222", "13800138000");
  text = show (bank, GXT_SUP1, &id);
  g_assert_nonnull (strstr (text, "\"reviewers\":["));
  g_assert_nonnull (strstr (text, GX_ID_STR (&bank->people[GXT_SUP1].employee)));
  g_assert_null (strstr (strstr (text, "\"reviewers\":["), GX_ID_STR (&bank->people[GXT_RM2].employee)));
}

static guint
count_in_box (GxtBank    *bank,
              GxtPerson   person,
              const char *box)
{
  g_autoptr(GxsAuthz) authz = gxt_bank_authz (bank, person);
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  g_autoptr(JsonNode) node = NULL;

  gxs_review_list (bank->db, authz, box, NULL, &text, &error);
  g_assert_no_error (error);
  node = gx_json_parse (text, -1, &error);
  g_assert_no_error (error);
  return json_array_get_length (json_object_get_array_member (json_node_get_object (node), "requests"));
}

static void
assert_first_in_box (GxtBank    *bank,
                     GxtPerson   person,
                     const char *box,
                     const GxId *id)
{
  g_autoptr(GxsAuthz) authz = gxt_bank_authz (bank, person);
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  g_autoptr(JsonNode) node = NULL;
  JsonArray *requests;

  gxs_review_list (bank->db, authz, box, NULL, &text, &error);
  g_assert_no_error (error);
  node = gx_json_parse (text, -1, &error);
  g_assert_no_error (error);
  requests = json_object_get_array_member (json_node_get_object (node), "requests");
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (requests, 0), "id"), ==, GX_ID_STR (id));
}

static void
test_boxes (void)
{
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
  GxtRequest request = rename_to (bank, "{\"name\":\"张伟明\"}"), tier = raise_tier (bank);
  GxId id = submit_ok (bank, GXT_RM1, &request), later;

  bank->clock.now += 1000;
  later = submit_ok (bank, GXT_RM1, &tier);
  g_assert_cmpuint (count_in_box (bank, GXT_RM1, "mine"), ==, 2);
  assert_first_in_box (bank, GXT_RM1, "mine", &later);
  assert_first_in_box (bank, GXT_MGR1, "to_check", &id);
  g_assert_cmpuint (count_in_box (bank, GXT_RM1, "to_check"), ==, 0);
  g_assert_cmpuint (count_in_box (bank, GXT_RM1B, "to_check"), ==, 0);
  g_assert_cmpuint (count_in_box (bank, GXT_SUP1, "to_check"), ==, 1);
  g_assert_cmpuint (count_in_box (bank, GXT_MGR1, "to_check"), ==, 2);
  g_assert_cmpuint (count_in_box (bank, GXT_SUP2, "to_check"), ==, 0);
  assert_code (decide (bank, GXT_SUP1, &id, "approve", NULL), GXT_OK);
  g_assert_cmpuint (count_in_box (bank, GXT_SUP1, "to_check"), ==, 0);
  g_assert_cmpuint (count_in_box (bank, GXT_SUP1, "done"), ==, 1);
}

/* ---- all short games ---- */

typedef struct { GxtPerson person; const char *what; } Move;

static const Move moves[] = {
  { GXT_RM1, "approve" }, { GXT_RM1B, "approve" }, { GXT_SUP1, "approve" }, { GXT_SUP1, "return" },
  { GXT_RM1, "revise" }, { GXT_RM1, "withdraw" }, { GXT_RM1, "touch" }, { GXT_RM1, "rebase" },
};

/* A model of one strict request with one step, and what its checker decided about this revision. */
typedef struct { const char *state; gboolean moved; const char *decided; } Model;

static gboolean
model_move (Model      *model,
            const Move *move)
{
  gboolean pending = strcmp (model->state, "PENDING") == 0, other = move->person == GXT_SUP1;

  if (strcmp (move->what, "touch") == 0)
    return model->moved = TRUE;
  if (other && g_strcmp0 (move->what, model->decided) == 0)
    return TRUE;                                            /* said again: told the same */
  if (other && pending && strcmp (move->what, "approve") == 0 && model->moved)
    model->state = "STALE";
  else if (other && pending)
    {
      model->decided = move->what;
      model->state = strcmp (move->what, "approve") == 0 ? "APPLIED" : "RETURNED";
    }
  else if (strcmp (move->what, "withdraw") == 0 && (pending || strcmp (model->state, "RETURNED") == 0 || strcmp (model->state, "STALE") == 0))
    model->state = "WITHDRAWN";
  else if ((strcmp (move->what, "revise") == 0 && strcmp (model->state, "RETURNED") == 0)
           || (strcmp (move->what, "rebase") == 0 && strcmp (model->state, "STALE") == 0))
    {
      model->state = "PENDING";
      model->moved = FALSE;
      model->decided = NULL;
    }
  else
    return FALSE;

  return TRUE;
}

static void
assert_invariants (GxtBank     *bank,
                   const GxId  *id,
                   const Model *model)
{
  gboolean applied = gxt_number_of (bank->db, "SELECT COUNT(*) FROM customer WHERE id=? AND name='张伟明'", &bank->customer) == 1;
  gint64 others = gxt_number_of (bank->db, "SELECT COUNT(*) FROM cr_decision d JOIN change_request r ON r.id=d.cr_id AND r.rev=d.rev"
                                 " AND r.digest=d.digest WHERE d.cr_id=? AND d.verdict='approve' AND d.person_id<>r.maker_id", id);

  assert_state (bank, id, model->state);
  g_assert_true (applied == (strcmp (model->state, "APPLIED") == 0));
  g_assert_true (!applied || others >= 1);
}

static guint
play (GxtBank     *bank,
      const GxId  *id,
      const Model *model,
      guint        depth)
{
  guint games = 0;

  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      Model next = *model;
      gboolean possible = model_move (&next, &moves[i]);

      g_autoptr(GError) error = NULL;
      g_autoptr(GxTransaction) game = gx_transaction_begin (bank->db, &error);     /* undone at the end */

      g_assert_no_error (error);
      if (strcmp (moves[i].what, "touch") == 0)
        touch_customer (bank);
      else
        g_assert_true ((on_request (bank, moves[i].person, id, moves[i].what) == GXT_OK) == possible);
      assert_invariants (bank, id, &next);
      games++;
      if (depth > 1)
        games += play (bank, id, &next, depth - 1);
    }

  return games;
}

static void
test_all_short_games (void)
{
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
  GxtRequest request = rename_to (bank, "{\"name\":\"张伟明\"}");
  GxId id = submit_ok (bank, GXT_RM1, &request);
  const Model model = { "PENDING", FALSE, NULL };
  guint depth = 5, expected = 0, power = 1;

  for (guint i = 0; i < depth; i++)
    expected += power *= G_N_ELEMENTS (moves);
  g_assert_cmpuint (play (bank, &id, &model, depth), ==, expected);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/review/identity_is_applied", test_identity_is_applied);
  g_test_add_func ("/server/review/each_step_is_in_the_log", test_each_step_is_in_the_log);
  g_test_add_func ("/server/review/sealed_value_is_applied", test_sealed_value_is_applied);
  g_test_add_func ("/server/review/new_primary_takes_the_mark", test_new_primary_takes_the_mark);
  g_test_add_func ("/server/review/removal_is_applied", test_removal_is_applied);
  g_test_add_func ("/server/review/prospect_becomes_active", test_prospect_becomes_active);
  g_test_add_func ("/server/review/transfer_and_wealth_manager", test_transfer_and_wealth_manager);
  g_test_add_func ("/server/review/tier_takes_two_steps", test_tier_takes_two_steps);
  g_test_add_func ("/server/review/activation_shows_its_papers", test_activation_shows_its_papers);
  g_test_add_func ("/server/review/primary_shows_both_numbers", test_primary_shows_both_numbers);
  g_test_add_func ("/server/review/unit_above_may_decide", test_unit_above_may_decide);
  g_test_add_func ("/server/review/bad_submissions", test_bad_submissions);
  g_test_add_func ("/server/review/field_is_locked", test_field_is_locked);
  g_test_add_func ("/server/review/bad_decisions", test_bad_decisions);
  g_test_add_func ("/server/review/device_must_be_in_force", test_device_must_be_in_force);
  g_test_add_func ("/server/review/every_operation_in_every_state", test_every_operation_in_every_state);
  g_test_add_func ("/server/review/stale_base_is_found_and_rebased", test_stale_base_is_found_and_rebased);
  g_test_add_func ("/server/review/other_fields_may_move_under_a_lenient_request", test_other_fields_may_move_under_a_lenient_request);
  g_test_add_func ("/server/review/revision_voids_approvals", test_revision_voids_approvals);
  g_test_add_func ("/server/review/repeated_decision_is_told_the_same", test_repeated_decision_is_told_the_same);
  g_test_add_func ("/server/review/undecided_requests_escalate_and_expire", test_undecided_requests_escalate_and_expire);
  g_test_add_func ("/server/review/sight_of_a_request", test_sight_of_a_request);
  g_test_add_func ("/server/review/boxes", test_boxes);
  g_test_add_func ("/server/review/all_short_games", test_all_short_games);
  return g_test_run ();
}
