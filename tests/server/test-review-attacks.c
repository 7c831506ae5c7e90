/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a maker or a checker could have gained: each was possible once. Kept apart from test-review, which says how review
 * works; here is what nobody may do with it.
 */
#include "gx-change-request.h"
#include "gx-contact-point.h"
#include "gx-customer.h"
#include "gx-hash.h"
#include "gx-identifier.h"
#include "gx-json.h"
#include "gx-sql.h"
#include "gxs-review.h"
#include "gxt-bank.h"

#include <string.h>

#define assert_code(a, b) g_assert_cmpstr (slug (a), ==, slug (b))

static const char *
slug (GxError code)
{
  return code == GXT_OK ? "ok" : gx_error_info (code)->slug;
}

static GxError
submit (GxtBank          *bank,
        GxtPerson         maker,
        const GxtRequest *request,
        GxId             *out_id)
{
  g_autoptr(JsonObject) body = NULL;

  *out_id = gxt_bank_id (bank);
  body = gxt_bank_request (bank, maker, out_id, 1, request);
  return gxt_bank_submit (bank, maker, out_id, body, NULL);
}

static GxError
approve (GxtBank    *bank,
         GxtPerson   checker,
         const GxId *id,
         char      **out_state)
{
  g_autoptr(JsonObject) body = gxt_bank_decision (bank, checker, id, "approve", NULL);

  return gxt_bank_decide (bank, checker, id, body, out_state);
}

static void
run_sql (GxtBank    *bank,
         const char *sql)
{
  g_autoptr(GError) error = NULL;

  gx_db_exec (bank->db, sql, &error);
  g_assert_no_error (error);
}

/* A plain change by whoever may, as push would write it. */
static void
change (GxtBank        *bank,
        const GxEntity *entity,
        const GxId     *id,
        const char     *field,
        const char     *value)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GxsBatch) batch = gxt_bank_batch (bank);
  const GxsActor actor = { .login_id = bank->people[GXT_RM1].login };
  gpointer before = gx_sql_load (bank->db, entity, id, &error), data;

  g_assert_no_error (error);
  data = gx_entity_copy (entity, before);
  if (field != NULL)
    {
      gx_field_from_text (gx_entity_find (entity, field), data, value, &error);
      g_assert_no_error (error);
      gxs_write_update (batch, &actor, entity, before, data, &error);
    }
  else
    gxs_write_delete (batch, &actor, entity, data, &error);
  g_assert_no_error (error);
  gxs_batch_commit (batch, &error);
  g_assert_no_error (error);
  gx_entity_free (entity, before);
  gx_entity_free (entity, data);
}

static GxId
add_paper (GxtBank *bank)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GxsBatch) batch = gxt_bank_batch (bank);
  const GxsActor actor = { .login_id = bank->people[GXT_RM1].login };
  GxIdentifier *paper = gx_entity_new (&gx_identifier_entity);
  GxId id;

  paper->customer_id = bank->prospect;
  paper->kind = GX_IDENTIFIER_ID_CARD;
  paper->number = g_strdup ("310115198512310029");
  paper->valid_to = gx_date_from_ymd (2036, 1, 1);
  gxs_write_create (batch, &actor, &gx_identifier_entity, paper, &error);
  g_assert_no_error (error);
  gxs_batch_commit (batch, &error);
  g_assert_no_error (error);
  id = paper->meta.id;
  gx_entity_free (&gx_identifier_entity, paper);
  return id;
}

static GxtRequest
activation (GxtBank *bank)
{
  return (GxtRequest) { "customer.activate", "patch", &gx_customer_entity, bank->prospect, "{\"status\":\"ACTIVE\"}", "ID_IMAGE", NULL };
}

/* The image is of one paper, the number in the record becomes another one before the checker presses the button. */
static void
test_papers_swapped_under_an_activation (void)
{
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
  GxId paper = add_paper (bank), id;
  GxtRequest request = activation (bank);
  g_autofree char *state = NULL;
  g_autofree char *again = NULL;
  g_autoptr(JsonObject) body = NULL;
  g_autoptr(GxsAuthz) authz = NULL;
  g_autoptr(GxsBatch) batch = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *answer = NULL;

  assert_code (submit (bank, GXT_RM1, &request, &id), GXT_OK);
  change (bank, &gx_identifier_entity, &paper, "number", "510104200002290038");
  assert_code (approve (bank, GXT_SUP1, &id, &state), GXT_OK);
  g_assert_cmpstr (state, ==, "STALE");

  /* Handed in again, it stands over the papers as they are. */
  body = gxt_bank_request (bank, GXT_RM1, &id, 2, &request);
  authz = gxt_bank_authz (bank, GXT_RM1);
  batch = gxt_bank_batch (bank);
  gxs_review_rebase (batch, authz, &id, body, &answer, &error);
  g_assert_no_error (error);
  gxs_batch_commit (batch, &error);
  g_assert_no_error (error);
  assert_code (approve (bank, GXT_SUP1, &id, &again), GXT_OK);
  g_assert_cmpstr (again, ==, "APPLIED");
}

static void
test_paper_removed_under_an_activation (void)
{
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
  GxId paper = add_paper (bank), id;
  GxtRequest request = activation (bank);
  g_autofree char *state = NULL;

  assert_code (submit (bank, GXT_RM1, &request, &id), GXT_OK);
  change (bank, &gx_identifier_entity, &paper, NULL, NULL);
  assert_code (approve (bank, GXT_SUP1, &id, &state), GXT_OK);
  g_assert_cmpstr (state, ==, "STALE");
}

/* Making a contact the primary one, and removing it before that is approved, would leave the customer without any. */
static void
test_row_removed_under_its_request (void)
{
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
  GxtRequest request = { "customer.contact", "patch", &gx_contact_point_entity, bank->phone, "{\"is_primary\":true}", NULL, NULL };
  g_autofree char *state = NULL;
  GxId id;

  assert_code (submit (bank, GXT_RM1, &request, &id), GXT_OK);
  change (bank, &gx_contact_point_entity, &bank->phone, NULL, NULL);
  assert_code (approve (bank, GXT_SUP1, &id, &state), GXT_OK);
  g_assert_cmpstr (state, ==, "STALE");
}

/* An own later change of the row lifts base_v over a colleague's; the base of the field itself still tells. */
static void
test_strict_request_with_an_old_field_base (void)
{
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
  GxtRequest request = { "customer.identity", "patch", &gx_customer_entity, bank->customer, "{\"name\":\"张伟明\"}", "ID_IMAGE", NULL };
  GxtRequest other = { "customer.identity", "patch", &gx_customer_entity, bank->customer, "{\"name\":\"张大伟\"}", "ID_IMAGE", NULL };
  GxId first, second = gxt_bank_id (bank);
  g_autoptr(JsonObject) body = NULL;
  g_autofree char *state = NULL;
  gint64 seen, v;

  body = gxt_bank_request (bank, GXT_RM1, &second, 1, &request);
  seen = json_object_get_int_member (body, "base_v");
  assert_code (submit (bank, GXT_RM1, &other, &first), GXT_OK);
  assert_code (approve (bank, GXT_SUP1, &first, NULL), GXT_OK);
  change (bank, &gx_customer_entity, &bank->customer, "dnd", "true");
  g_assert_true (gx_db_query_int (bank->db, &v, NULL, "SELECT v FROM customer WHERE id=?", "u", &bank->customer));
  g_assert_cmpint (v, >, seen);
  json_object_set_int_member (body, "base_v", v);       /* as after an own change; base.name stays what was seen */
  assert_code (gxt_bank_submit (bank, GXT_RM1, &second, body, &state), GXT_OK);
  g_assert_cmpstr (state, ==, "STALE");
}

/* To name somebody's document by its hash would be to read it. */
static void
test_evidence_of_another_person (void)
{
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
  GxtRequest request = { "customer.identity", "patch", &gx_customer_entity, bank->customer, "{\"name\":\"张伟明\"}", "ID_IMAGE", NULL };
  g_autofree char *sha256 = gx_sha256_hex ("ID_IMAGE", -1);
  GxId id = gxt_bank_id (bank);
  g_autoptr(JsonObject) body = gxt_bank_request (bank, GXT_RM1, &id, 1, &request);

  run_sql (bank, "DELETE FROM blob_ref");
  gxt_bank_upload (bank, GXT_RM2, sha256);
  assert_code (gxt_bank_submit (bank, GXT_RM1, &id, body, NULL), GX_ERROR_EVIDENCE);
  gxt_bank_upload (bank, GXT_RM1B, sha256);             /* his own other login is he himself */
  assert_code (gxt_bank_submit (bank, GXT_RM1, &id, body, NULL), GXT_OK);
}

static void
make_rm2_wealth_manager (GxtBank *bank)
{
  g_autofree char *after = g_strdup_printf ("{\"wealth_mgr_id\":\"%s\"}", GX_ID_STR (&bank->people[GXT_RM2].employee));
  GxtRequest request = { "customer.wealth_mgr", "patch", &gx_customer_entity, bank->customer, after, NULL, NULL };
  GxId id;

  assert_code (submit (bank, GXT_RM1, &request, &id), GXT_OK);
  assert_code (approve (bank, GXT_SUP1, &id, NULL), GXT_OK);
}

/* A wealth manager works for the customer, and yet neither takes it over nor raises its tier. */
static void
test_wealth_manager_asks_for_the_customer (void)
{
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
  g_autofree char *mine = g_strdup_printf ("{\"primary_rm_id\":\"%s\"}", GX_ID_STR (&bank->people[GXT_RM2].employee));
  GxtRequest transfer = { "customer.transfer", "patch", &gx_customer_entity, bank->customer, mine, NULL, NULL };
  GxtRequest tier = { "tier.change", "patch", &gx_customer_entity, bank->customer, "{\"tier\":\"GOLD\"}", "ASSET_PROOF", NULL };
  GxtRequest none = { "customer.wealth_mgr", "patch", &gx_customer_entity, bank->customer, "{\"wealth_mgr_id\":null}", NULL, NULL };
  GxtRequest contact = { "customer.contact", "patch", &gx_contact_point_entity, bank->mobile, "{\"value\":\"13911112222\"}", NULL, NULL };
  GxId id;

  make_rm2_wealth_manager (bank);
  assert_code (submit (bank, GXT_RM2, &transfer, &id), GX_ERROR_FORBIDDEN);
  assert_code (submit (bank, GXT_RM2, &tier, &id), GX_ERROR_FORBIDDEN);
  assert_code (submit (bank, GXT_RM2, &none, &id), GX_ERROR_FORBIDDEN);
  assert_code (submit (bank, GXT_RM2, &contact, &id), GXT_OK);
}

/* The manager asks, so the maker is another person; but rm1b is rm1, who would get the customer. */
static void
test_checker_gets_the_customer (void)
{
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
  g_autofree char *to_rm2 = g_strdup_printf ("{\"primary_rm_id\":\"%s\"}", GX_ID_STR (&bank->people[GXT_RM2].employee));
  g_autofree char *to_rm1 = g_strdup_printf ("{\"primary_rm_id\":\"%s\"}", GX_ID_STR (&bank->people[GXT_RM1].employee));
  GxtRequest away = { "customer.transfer", "patch", &gx_customer_entity, bank->customer, to_rm2, NULL, NULL };
  GxtRequest back = { "customer.transfer", "patch", &gx_customer_entity, bank->customer, to_rm1, NULL, NULL };
  GxId id;

  assert_code (submit (bank, GXT_MGR1, &away, &id), GXT_OK);
  assert_code (approve (bank, GXT_SUP1, &id, NULL), GXT_OK);
  assert_code (submit (bank, GXT_MGR1, &back, &id), GXT_OK);
  assert_code (approve (bank, GXT_RM1B, &id, NULL), GX_ERROR_FOUR_EYES);
  assert_code (approve (bank, GXT_SUP1, &id, NULL), GXT_OK);
}

/* Somebody at the files, who knows how to take the guards away, writes other values into what was signed. */
static void
test_revision_rewritten_in_the_tables (void)
{
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
  GxtRequest request = { "customer.identity", "patch", &gx_customer_entity, bank->customer, "{\"name\":\"张伟明\"}", "ID_IMAGE", NULL };
  GxId id;

  assert_code (submit (bank, GXT_RM1, &request, &id), GXT_OK);
  run_sql (bank, "DROP TRIGGER review_rev_fixed; UPDATE cr_rev SET after_j='{\"name\":\"李鬼\"}'");
  assert_code (approve (bank, GXT_SUP1, &id, NULL), GX_ERROR_TAMPERED);
}

static void
test_value_in_another_form (void)
{
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
  GxtRequest request = { "customer.wealth_mgr", "patch", &gx_customer_entity, bank->customer, NULL, NULL, NULL };
  g_autofree char *upper = g_ascii_strup (GX_ID_STR (&bank->people[GXT_RM2].employee), -1);
  g_autofree char *after = g_strdup_printf ("{\"wealth_mgr_id\":\"%s\"}", upper);
  GxId id;

  request.after = after;
  assert_code (submit (bank, GXT_RM1, &request, &id), GX_ERROR_INVALID);
}

static void
test_reference_to_nothing (void)
{
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
  GxId nothing = gxt_bank_id (bank), id;
  g_autofree char *after = g_strdup_printf ("{\"customer_id\":\"%s\",\"image_att\":\"%s\",\"kind\":\"PASSPORT\",\"number\":\"E12345678\","
                                            "\"valid_to\":\"2031-01-01\"}", GX_ID_STR (&bank->customer), GX_ID_STR (&nothing));
  GxtRequest request = { "customer.identity", "create", &gx_identifier_entity, gxt_bank_id (bank), after, "ID_IMAGE", NULL };

  assert_code (submit (bank, GXT_RM1, &request, &id), GX_ERROR_INVALID);
}

/* A checker's desk keeps every request that waits in the branch, in a file: so it has masks, until one is opened. */
static void
test_numbers_in_a_checkers_store (void)
{
  static const char old_number[] = "110101199003070011", new_number[] = "310115198512310029";
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
  GxtRequest request = { "customer.identity", "patch", &gx_identifier_entity, bank->id_card, "{\"number\":\"310115198512310029\"}", "ID_IMAGE", NULL };
  g_autoptr(GxsAuthz) checker = NULL;
  g_autoptr(GxsAuthz) maker = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *opened = NULL;
  g_autofree char *list = NULL;
  GxChangeRequest *row;
  GxId id;

  assert_code (submit (bank, GXT_RM1, &request, &id), GXT_OK);
  checker = gxt_bank_authz (bank, GXT_SUP1);
  maker = gxt_bank_authz (bank, GXT_RM1);
  row = gx_sql_load (bank->db, &gx_change_request_entity, &id, &error);
  gxs_review_compose (bank->db, checker, row, &error);
  g_assert_no_error (error);
  g_assert_null (strstr (row->before, old_number));
  g_assert_null (strstr (row->after, new_number));
  gxs_review_compose (bank->db, maker, row, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (row->after, new_number));     /* his own words */
  gx_entity_free (&gx_change_request_entity, row);

  gxs_review_list (bank->db, checker, "to_check", NULL, &list, &error);
  g_assert_no_error (error);
  g_assert_null (strstr (list, new_number));
  gxs_review_show (bank->db, checker, &id, &opened, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (opened, new_number));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/review/papers_swapped_under_an_activation", test_papers_swapped_under_an_activation);
  g_test_add_func ("/server/review/paper_removed_under_an_activation", test_paper_removed_under_an_activation);
  g_test_add_func ("/server/review/row_removed_under_its_request", test_row_removed_under_its_request);
  g_test_add_func ("/server/review/strict_request_with_an_old_field_base", test_strict_request_with_an_old_field_base);
  g_test_add_func ("/server/review/evidence_of_another_person", test_evidence_of_another_person);
  g_test_add_func ("/server/review/wealth_manager_asks_for_the_customer", test_wealth_manager_asks_for_the_customer);
  g_test_add_func ("/server/review/checker_gets_the_customer", test_checker_gets_the_customer);
  g_test_add_func ("/server/review/revision_rewritten_in_the_tables", test_revision_rewritten_in_the_tables);
  g_test_add_func ("/server/review/value_in_another_form", test_value_in_another_form);
  g_test_add_func ("/server/review/numbers_in_a_checkers_store", test_numbers_in_a_checkers_store);
  g_test_add_func ("/server/review/reference_to_nothing", test_reference_to_nothing);
  return g_test_run ();
}
