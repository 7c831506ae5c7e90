/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests made offline, from the maker's desk to the checker's and back, against the real server core. */
#include "gxt-context.h"

#include <glib/gstdio.h>
#include <string.h>

#include "gx-change-request.h"
#include "gx-contact-point.h"
#include "gx-customer.h"
#include "gx-json.h"
#include "gx-sql.h"
#include "gx-text.h"
#include "gxc-blob.h"
#include "gxc-edit.h"
#include "gxc-issues.h"
#include "gxc-list.h"
#include "gxc-queue.h"
#include "gxc-review.h"
#include "gxc-sync.h"
#include "gxs-write.h"

#define WHY "客户本人到场，证件已核对"

typedef struct
{
  GxtLine     line;
  GxcContext *context;
} Desk;

static void
desk_open (Desk       *desk,
           GxtBank    *bank,
           GxtPerson   person,
           const char *directory)
{
  const GxcContextOptions other = { .directory = directory };

  desk->line = (GxtLine) { .bank = bank, .person = person };
  desk->context = gxt_context_sign_in (&desk->line, &other);
}

static void
desk_close (Desk *desk)
{
  gxc_context_free (desk->context);
  gxt_line_clear (&desk->line);
}

static GxDb *
db_of (Desk *desk)
{
  return gxc_store_get_db (gxc_context_get_store (desk->context));
}

static GxcWritten
set (Desk            *desk,
     const GxEntity  *entity,
     const GxId      *id,
     const char      *field,
     const char      *text,
     const GxcReason *reason)
{
  g_autoptr(GError) error = NULL;
  gpointer original = gx_sql_load (db_of (desk), entity, id, &error), current;
  GxcWritten written = { 0 };

  g_assert_no_error (error);
  current = gx_entity_copy (entity, original);
  gx_field_from_text (gx_entity_find (entity, field), current, text, &error);
  g_assert_no_error (error);
  gxc_store_edit (gxc_context_get_store (desk->context), entity, original, current, reason, &written, &error);
  g_assert_no_error (error);
  gx_entity_free (entity, original);
  gx_entity_free (entity, current);

  return written;
}

static char *
state_of (Desk       *desk,
          const GxId *cr_id)
{
  g_autoptr(GError) error = NULL;
  char *state = NULL;

  gx_db_query_text (db_of (desk), &state, &error, "SELECT state FROM change_request WHERE id=?", "u", cr_id);
  g_assert_no_error (error);

  return state;
}

static void
assert_state (Desk       *desk,
              const GxId *cr_id,
              const char *expected)
{
  g_autofree char *state = state_of (desk, cr_id);

  g_assert_cmpstr (state, ==, expected);
}

static void
assert_value (Desk       *desk,
              const GxId *id,
              const char *expected)
{
  g_autoptr(GError) error = NULL;
  GxContactPoint *contact = gx_sql_load (db_of (desk), &gx_contact_point_entity, id, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (contact->value, ==, expected);
  gx_entity_free (&gx_contact_point_entity, contact);
}

static void
decide (Desk       *desk,
        const GxId *cr_id,
        const char *verdict)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) shown = gxc_review_show (desk->context, cr_id, NULL, &error);
  g_autoptr(JsonNode) answer = NULL;

  g_assert_no_error (error);
  answer = gxc_review_decide (desk->context, json_node_get_object (shown), verdict, "已核对无误", NULL, &error);
  g_assert_no_error (error);
}

/* A plain change and a request of the same row, both made offline: the request is not stale by its maker's own doing. */
static void
test_after_an_own_change_of_the_row (void)
{
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
  const GxcReason why = { .reason = WHY };
  Desk maker, checker;
  GxcWritten written;

  desk_open (&maker, bank, GXT_RM1, NULL);
  desk_open (&checker, bank, GXT_SUP1, NULL);
  gxt_context_sync (maker.context);
  set (&maker, &gx_contact_point_entity, &bank->mobile, "label", "常用", NULL);
  written = set (&maker, &gx_contact_point_entity, &bank->mobile, "value", "13911112222", &why);
  assert_state (&maker, &written.cr_id, "DRAFT");
  gxt_context_sync (maker.context);
  assert_state (&maker, &written.cr_id, "PENDING");
  assert_value (&maker, &bank->mobile, "13800138000");

  gxt_context_sync (checker.context);
  assert_state (&checker, &written.cr_id, "PENDING");
  decide (&checker, &written.cr_id, "approve");
  gxt_context_sync (maker.context);
  assert_state (&maker, &written.cr_id, "APPLIED");
  assert_value (&maker, &bank->mobile, "13911112222");
  desk_close (&maker);
  desk_close (&checker);
}

/* A request for a wealth manager is strict: the maker's own change does not hide what somebody else wrote into the row before it. */
static void
test_a_strangers_change_before_an_own_one (gconstpointer with_stranger)
{
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
  const GxcReason why = { .reason = WHY };
  Desk maker, other;
  GxcWritten written;

  desk_open (&maker, bank, GXT_RM1, NULL);
  desk_open (&other, bank, GXT_RM1, NULL);
  gxt_context_sync (maker.context);
  gxt_context_sync (other.context);
  if (with_stranger != NULL)
    {
      set (&other, &gx_customer_entity, &bank->customer, "lang", "en", NULL);
      gxt_context_sync (other.context);
    }
  set (&maker, &gx_customer_entity, &bank->customer, "dnd", "true", NULL);
  written = set (&maker, &gx_customer_entity, &bank->customer, "wealth_mgr_id", GX_ID_STR (&bank->people[GXT_RM2].employee), &why);
  gxt_context_sync (maker.context);
  assert_state (&maker, &written.cr_id, with_stranger != NULL ? "STALE" : "PENDING");
  desk_close (&maker);
  desk_close (&other);
}

/* What the bank's own clock writes into the row is nothing that its maker had to see. */
static void
test_the_banks_clock_does_not_make_stale (void)
{
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
  const GxcReason why = { .reason = WHY };
  const GxsActor clock = { .action = "entry", .unaudited = TRUE };
  g_autoptr(GError) error = NULL;
  GxCustomer *before, *after;
  GxcWritten written;
  Desk maker;

  desk_open (&maker, bank, GXT_RM1, NULL);
  gxt_context_sync (maker.context);
  written = set (&maker, &gx_customer_entity, &bank->customer, "wealth_mgr_id", GX_ID_STR (&bank->people[GXT_RM2].employee), &why);
  {
    g_autoptr(GxsBatch) batch = gxt_bank_batch (bank);

    before = gx_sql_load (bank->db, &gx_customer_entity, &bank->customer, &error);
    after = gx_entity_copy (&gx_customer_entity, before);
    after->entry_due_at = after->first_contact_at + 86400000;
    gxs_write_update (batch, &clock, &gx_customer_entity, before, after, &error);
    g_assert_no_error (error);
    gxs_batch_commit (batch, &error);
    g_assert_no_error (error);
  }
  gxt_context_sync (maker.context);
  assert_state (&maker, &written.cr_id, "PENDING");
  gx_entity_free (&gx_customer_entity, before);
  gx_entity_free (&gx_customer_entity, after);
  desk_close (&maker);
}

/* A request about a value of one's own that is still on its way has that mutation's result as its base. */
static void
test_upon_an_own_value_on_its_way (void)
{
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
  const GxcReason why = { .reason = WHY };
  GxCustomer *customer = gx_entity_new (&gx_customer_entity);
  g_autoptr(GError) error = NULL;
  GxcWritten born, asked;
  Desk maker;
  gint64 n;

  desk_open (&maker, bank, GXT_RM1, NULL);
  gxt_context_sync (maker.context);
  customer->type = GX_CUSTOMER_PERSON;
  customer->name = g_strdup ("王五");
  gxc_store_create (gxc_context_get_store (maker.context), &gx_customer_entity, customer, NULL, &born, &error);
  g_assert_no_error (error);
  gx_entity_free (&gx_customer_entity, customer);
  asked = set (&maker, &gx_customer_entity, &born.id, "status", "ACTIVE", &why);
  gxt_context_sync (maker.context);

  /* It came whole and signed; that it lacks evidence is the policy's word, not the base's. */
  g_assert_true (gx_db_query_int (db_of (&maker), &n, &error, "SELECT COUNT(*) FROM issue WHERE mid=?"
                                  " AND json_extract(body, '$.result.code')='EVIDENCE'", "i", asked.request_mid));
  g_assert_cmpint (n, ==, 1);
  desk_close (&maker);
}

static void
test_stale_then_rebased (void)
{
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
  const GxcReason why = { .reason = WHY };
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) shown = NULL;
  g_autoptr(JsonNode) answer = NULL;
  Desk first, second, checker;
  GxcWritten early, late;

  desk_open (&first, bank, GXT_RM1, NULL);
  desk_open (&second, bank, GXT_MGR1, NULL);
  desk_open (&checker, bank, GXT_SUP1, NULL);
  gxt_context_sync (first.context);
  gxt_context_sync (checker.context);
  /* Made offline, before somebody else's request for the same number is through. */
  late = set (&first, &gx_contact_point_entity, &bank->mobile, "value", "13911112222", &why);
  {
    GxtRequest request = { "customer.contact", "patch", &gx_contact_point_entity, bank->mobile, "{\"value\":\"13933334444\"}", NULL, NULL };
    g_autoptr(JsonObject) body = NULL;

    early.cr_id = gxt_bank_id (bank);
    body = gxt_bank_request (bank, GXT_MGR1, &early.cr_id, 1, &request);
    g_assert_cmpint (gxt_bank_submit (bank, GXT_MGR1, &early.cr_id, body, NULL), ==, GXT_OK);
  }
  decide (&checker, &early.cr_id, "approve");

  gxt_context_sync (first.context);
  assert_state (&first, &late.cr_id, "STALE");
  shown = gxc_review_show (first.context, &late.cr_id, NULL, &error);
  g_assert_no_error (error);
  answer = gxc_review_rebase (first.context, json_node_get_object (shown), NULL, &error);
  g_assert_no_error (error);
  gxt_context_sync (first.context);
  assert_state (&first, &late.cr_id, "PENDING");
  decide (&checker, &late.cr_id, "approve");
  gxt_context_sync (first.context);
  assert_state (&first, &late.cr_id, "APPLIED");
  assert_value (&first, &bank->mobile, "13911112222");
  desk_close (&first);
  desk_close (&second);
  desk_close (&checker);
}

static void
test_returned_then_revised (void)
{
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
  const GxcReason why = { .reason = WHY };
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) shown = NULL;
  g_autoptr(JsonNode) answer = NULL;
  g_autoptr(JsonObject) after = json_object_new ();
  Desk maker, checker;
  GxcWritten written;

  desk_open (&maker, bank, GXT_RM1, NULL);
  desk_open (&checker, bank, GXT_SUP1, NULL);
  gxt_context_sync (maker.context);
  written = set (&maker, &gx_contact_point_entity, &bank->mobile, "value", "13911112222", &why);
  gxt_context_sync (maker.context);
  decide (&checker, &written.cr_id, "return");
  gxt_context_sync (maker.context);
  assert_state (&maker, &written.cr_id, "RETURNED");
  shown = gxc_review_show (maker.context, &written.cr_id, NULL, &error);
  g_assert_no_error (error);
  json_object_set_string_member (after, "value", "13955556666");
  answer = gxc_review_revise (maker.context, json_node_get_object (shown), after, NULL, NULL, &error);
  g_assert_no_error (error);
  decide (&checker, &written.cr_id, "approve");
  gxt_context_sync (maker.context);
  assert_value (&maker, &bank->mobile, "13955556666");
  desk_close (&maker);
  desk_close (&checker);
}

static void
test_withdrawn (void)
{
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
  const GxcReason why = { .reason = WHY };
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) shown = NULL;
  g_autoptr(JsonNode) answer = NULL;
  GxcWritten written;
  Desk maker;

  desk_open (&maker, bank, GXT_RM1, NULL);
  gxt_context_sync (maker.context);
  written = set (&maker, &gx_contact_point_entity, &bank->mobile, "value", "13911112222", &why);
  gxt_context_sync (maker.context);
  shown = gxc_review_show (maker.context, &written.cr_id, NULL, &error);
  g_assert_no_error (error);
  answer = gxc_review_withdraw (maker.context, json_node_get_object (shown), NULL, &error);
  g_assert_no_error (error);
  gxt_context_sync (maker.context);
  assert_state (&maker, &written.cr_id, "WITHDRAWN");
  desk_close (&maker);
}

/* A document that is lost must not stop what waits behind it. */
static void
test_a_lost_document_blocks_nobody (void)
{
  g_autoptr(GxtBank) bank = gxt_bank_new (":memory:");
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("guanxi-test-XXXXXX", &error);
  g_autoptr(GBytes) bytes = g_bytes_new_static ("scan", 4);
  g_autoptr(GPtrArray) issues = NULL;
  g_autofree char *sha256 = NULL;
  Desk maker;

  g_assert_no_error (error);
  desk_open (&maker, bank, GXT_RM1, folder);
  gxt_context_sync (maker.context);
  sha256 = gxc_blob_add (gxc_context_get_store (maker.context), bytes, NULL, &error);
  g_assert_no_error (error);
  {
    const GxcEvidence evidence = { sha256, "ID_IMAGE" };
    const GxcReason why = { .reason = WHY, .evidence = &evidence, .n_evidence = 1 };

    set (&maker, &gx_customer_entity, &bank->customer, "name", "张伟明", &why);
  }
  set (&maker, &gx_customer_entity, &bank->customer, "dnd", "true", NULL);
  {
    g_autoptr(GxcBlob) blob = gxc_blob_find (gxc_context_get_store (maker.context), sha256, &error);

    g_assert_no_error (error);
    g_assert_cmpint (g_unlink (blob->path), ==, 0);
  }

  gxt_context_sync (maker.context);
  g_assert_cmpint (gxc_queue_length (db_of (&maker)), ==, 0);
  issues = gxc_issues_list (db_of (&maker), &error);
  g_assert_cmpuint (issues->len, ==, 1);
  g_assert_cmpstr (((GxcIssue *) issues->pdata[0])->code, ==, "EVIDENCE");
  g_assert_cmpstr (((GxcIssueField *) ((GxcIssue *) issues->pdata[0])->fields->pdata[0])->mine, ==, "张伟明");
  desk_close (&maker);

  {
    static const char *const names[] = { "store.db", "store.db-wal", "store.db-shm", "lock", "blobs", "" };

    for (guint i = 0; i < G_N_ELEMENTS (names); i++)
      {
        g_autofree char *name = g_build_filename (folder, names[i], NULL);

        g_remove (name);
      }
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/request/after_an_own_change_of_the_row", test_after_an_own_change_of_the_row);
  g_test_add_data_func ("/sync/request/strict/after_an_own_change", NULL, test_a_strangers_change_before_an_own_one);
  g_test_add_data_func ("/sync/request/strict/a_strangers_change_before_an_own_one", "", test_a_strangers_change_before_an_own_one);
  g_test_add_func ("/sync/request/strict/the_banks_clock_does_not_make_it_stale", test_the_banks_clock_does_not_make_stale);
  g_test_add_func ("/sync/request/upon_an_own_value_on_its_way", test_upon_an_own_value_on_its_way);
  g_test_add_func ("/sync/request/stale_then_rebased", test_stale_then_rebased);
  g_test_add_func ("/sync/request/returned_then_revised", test_returned_then_revised);
  g_test_add_func ("/sync/request/withdrawn", test_withdrawn);
  g_test_add_func ("/sync/request/a_lost_document_blocks_nobody", test_a_lost_document_blocks_nobody);

  return g_test_run ();
}
