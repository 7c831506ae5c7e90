/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is shown while mutations are on their way, and the Issues tray where refused ones go. */
#include "gxt-desk.h"

#include "gx-change-request.h"
#include "gx-customer.h"
#include "gx-task.h"
#include "gx-text.h"
#include "gx-transaction.h"
#include "gxc-issues.h"
#include "gxc-overlay.h"
#include "gxc-store-private.h"

static void
set (GxtDesk    *desk,
     const GxId *id,
     const char *field,
     const char *text)
{
  g_autoptr(GError) error = NULL;

  gxt_desk_set (desk, &gx_customer_entity, id, field, text, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
send_all (GxtDesk *desk)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) taken = gxc_queue_take (desk->store, 200, 1 << 20, &error);

  g_assert_no_error (error);
}

static void
put_lang (GxtDesk    *desk,
          const GxId *id,
          const char *lang,
          gint64      v)
{
  GxCustomer *customer = gxt_desk_load (desk, &gx_customer_entity, id);

  customer->meta.v = v;
  g_free (customer->meta.fv);
  customer->meta.fv = g_strdup_printf ("{\"lang\":%" G_GINT64_FORMAT "}", v);
  gx_set_str (&customer->lang, lang);
  gxt_desk_put (desk, &gx_customer_entity, customer);
  gx_entity_free (&gx_customer_entity, customer);
}

static void
assert_shown (GxtDesk    *desk,
              const GxId *id,
              const char *field,
              const char *expected)
{
  g_autofree char *text = gxt_desk_text (desk, &gx_customer_entity, id, field);

  g_assert_cmpstr (text, ==, expected);
}

static gboolean
is_pending (GxtDesk    *desk,
            const GxId *id)
{
  return gxc_list_is_pending (gxc_store_get_db (desk->store), &gx_customer_entity, id);
}

static void
test_mine_stays_until_a_newer_row_comes (void)
{
  g_auto(GxtDesk) desk = { 0 };
  GxId id;

  gxt_desk_init (&desk);
  id = gxt_desk_customer (&desk, "张三", "zhang san", GX_CUSTOMER_ACTIVE, 17);
  set (&desk, &id, "lang", "en_GB");
  assert_shown (&desk, &id, "lang", "en_GB");
  send_all (&desk);
  put_lang (&desk, &id, "theirs", 20);
  assert_shown (&desk, &id, "lang", "en_GB");
  gxt_desk_settle (&desk, 1, "applied", 25, NULL);
  assert_shown (&desk, &id, "lang", "en_GB");
  g_assert_true (is_pending (&desk, &id));
  put_lang (&desk, &id, "older", 22);
  assert_shown (&desk, &id, "lang", "en_GB");
  put_lang (&desk, &id, "en_GB", 25);
  assert_shown (&desk, &id, "lang", "en_GB");
  g_assert_false (is_pending (&desk, &id));
}

static void
test_a_refusal_shows_the_servers_value_again (void)
{
  g_auto(GxtDesk) desk = { 0 };
  GxId id;

  gxt_desk_init (&desk);
  id = gxt_desk_customer (&desk, "张三", "zhang san", GX_CUSTOMER_ACTIVE, 17);
  set (&desk, &id, "lang", "de_DE");
  send_all (&desk);
  set (&desk, &id, "dnd", "true");
  gxt_desk_settle (&desk, 1, "conflict", 0, "{\"mid\":1,\"st\":\"conflict\",\"at\":[]}");
  assert_shown (&desk, &id, "lang", NULL);
  assert_shown (&desk, &id, "dnd", "true");
}

static void
test_a_row_that_left_and_came_back (void)
{
  g_auto(GxtDesk) desk = { 0 };
  g_autofree char *json = NULL;
  g_autofree char *queue = NULL;
  g_autoptr(GError) error = NULL;
  GxId id;

  gxt_desk_init (&desk);
  id = gxt_desk_customer (&desk, "张三", "zhang san", GX_CUSTOMER_ACTIVE, 17);
  json = gxc_list_to_json (gxc_store_get_db (desk.store), &gx_customer_entity, &id, &error);
  set (&desk, &id, "lang", "en_GB");
  gxt_desk_gone (&desk, &gx_customer_entity, &id);
  g_assert_null (gxt_desk_load (&desk, &gx_customer_entity, &id));
  queue = gxt_desk_queue (&desk);
  g_assert_cmpstr (queue, ==, "1 patch customer");
  gxt_desk_put_json (&desk, json);
  assert_shown (&desk, &id, "lang", "en_GB");
}

static void
test_an_old_row_does_not_undo_a_newer_one (void)
{
  g_auto(GxtDesk) desk = { 0 };
  GxId id;

  gxt_desk_init (&desk);
  id = gxt_desk_customer (&desk, "张三", "zhang san", GX_CUSTOMER_ACTIVE, 17);
  put_lang (&desk, &id, "new", 30);
  put_lang (&desk, &id, "old", 20);
  assert_shown (&desk, &id, "lang", "new");
}

static gboolean
lift_acked_here (GxcStore  *store,
                 gpointer   data,
                 GError   **error)
{
  g_autoptr(GxTransaction) transaction = gx_transaction_begin (gxc_store_get_db (store), error);

  return transaction != NULL && gxc_overlay_lift_acked (store, *(gint64 *) data, error)
         && gxc_store_commit (store, transaction, error);
}

/* Made, acknowledged, and deleted by somebody before it was ever pulled (sync.md 1.6). */
static void
test_an_acknowledged_row_that_never_comes_goes (void)
{
  g_auto(GxtDesk) desk = { 0 };
  g_autoptr(GError) error = NULL;
  GxTask *task = gx_entity_new (&gx_task_entity);
  gint64 acked = 1;
  GxcWritten out;

  gxt_desk_init (&desk);
  task->kind = 1;
  task->due_at = 1795223207000;
  task->title = g_strdup ("a");
  gxc_store_create (desk.store, &gx_task_entity, task, NULL, &out, &error);
  g_assert_no_error (error);
  send_all (&desk);
  gxt_desk_settle (&desk, 1, "applied", 30, NULL);
  gx_entity_free (&gx_task_entity, task);
  task = gxt_desk_load (&desk, &gx_task_entity, &out.id);
  g_assert_nonnull (task);
  gx_entity_free (&gx_task_entity, task);
  gxc_store_call (desk.store, lift_acked_here, &acked, &error);
  g_assert_no_error (error);
  g_assert_null (gxt_desk_load (&desk, &gx_task_entity, &out.id));
}

static void
test_a_request_is_in_its_makers_list (void)
{
  g_auto(GxtDesk) desk = { 0 };
  g_autoptr(GError) error = NULL;
  GxChangeRequest *request;
  GxcWritten out;
  GxId id;

  gxt_desk_init (&desk);
  id = gxt_desk_customer (&desk, "张三", "zhang san", GX_CUSTOMER_ACTIVE, 17);
  gxt_desk_set (&desk, &gx_customer_entity, &id, "name", "张三丰", "客户本人到场，证件已核对", &out, &error);
  g_assert_no_error (error);
  request = gxt_desk_load (&desk, &gx_change_request_entity, &out.cr_id);
  g_assert_nonnull (request);
  g_assert_cmpstr (request->state, ==, "DRAFT");
  g_assert_cmpstr (request->after, ==, "{\"name\":\"张三丰\"}");
  g_assert_true (gx_id_equal (&request->maker_id, &desk.me));
  gx_entity_free (&gx_change_request_entity, request);
}

static const char conflict[] =
  "{\"mid\":1,\"st\":\"conflict\",\"at\":[{\"f\":\"lang\",\"s\":40,\"server\":\"theirs\",\"yours\":\"mine\",\"by\":\"x\",\"at\":77,\"name\":\"何静\"}]}";

static void
make_conflict (GxtDesk *desk,
               GxId    *out_id)
{
  *out_id = gxt_desk_customer (desk, "张三", "zhang san", GX_CUSTOMER_ACTIVE, 17);
  put_lang (desk, out_id, "before", 18);
  set (desk, out_id, "lang", "en_GB");
  send_all (desk);
  gxt_desk_settle (desk, 1, "conflict", 0, conflict);
}

static void
test_an_issue_tells_all_three_values (void)
{
  g_auto(GxtDesk) desk = { 0 };
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) issues = NULL;
  const GxcIssueField *field;
  const GxcIssue *issue;
  GxId id;

  gxt_desk_init (&desk);
  make_conflict (&desk, &id);
  issues = gxc_issues_list (gxc_store_get_db (desk.store), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (issues->len, ==, 1);
  issue = issues->pdata[0];
  g_assert_true (issue->entity == &gx_customer_entity);
  g_assert_true (gx_id_equal (&issue->id, &id));
  g_assert_cmpuint (issue->fields->len, ==, 1);
  field = issue->fields->pdata[0];
  g_assert_cmpstr (field->base, ==, "before");
  g_assert_cmpstr (field->mine, ==, "en_GB");
  g_assert_cmpstr (field->theirs, ==, "theirs");
  g_assert_cmpint (field->seq, ==, 40);
  g_assert_true (field->conflict);
  g_assert_cmpstr (issue->theirs_by, ==, "何静");
  g_assert_cmpint (issue->theirs_at, ==, 77);
}

/* What waits is told in the same words as what was refused, without another side. */
static void
test_what_waits_is_told (void)
{
  g_auto(GxtDesk) desk = { 0 };
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) queue = NULL;
  g_autoptr(GxcIssue) issue = NULL;
  const GxcIssueField *field;
  GxId id;

  gxt_desk_init (&desk);
  id = gxt_desk_customer (&desk, "张伟", "zhang wei", GX_CUSTOMER_ACTIVE, 1);
  put_lang (&desk, &id, "before", 2);
  set (&desk, &id, "lang", "en_GB");
  queue = gxc_queue_list (gxc_store_get_db (desk.store), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (queue->len, ==, 1);

  issue = gxc_issues_read_waiting (gxc_store_get_db (desk.store), queue->pdata[0], &error);
  g_assert_no_error (error);
  g_assert_cmpstr (issue->kind, ==, "waiting");
  g_assert_cmpint (issue->mid, ==, 1);
  g_assert_true (issue->entity == &gx_customer_entity);
  g_assert_true (gx_id_equal (&issue->id, &id));
  g_assert_cmpstr (issue->op, ==, "patch");
  g_assert_null (issue->code);
  g_assert_cmpint (issue->opened_at, ==, ((GxcMutation *) queue->pdata[0])->created_at);
  g_assert_cmpuint (issue->fields->len, ==, 1);
  field = issue->fields->pdata[0];
  g_assert_cmpstr (field->field, ==, "lang");
  g_assert_cmpstr (field->base, ==, "before");
  g_assert_cmpstr (field->mine, ==, "en_GB");
  g_assert_null (field->theirs);
  g_assert_false (field->conflict);
}

static void
test_what_waits_but_cannot_be_read (void)
{
  g_auto(GxtDesk) desk = { 0 };
  g_autoptr(GError) error = NULL;
  const GxcMutation broken = { .mid = 7, .body = (char *) "[1]" };

  gxt_desk_init (&desk);
  g_assert_null (gxc_issues_read_waiting (gxc_store_get_db (desk.store), &broken, &error));
  g_assert_nonnull (error);
}

static void
test_keep_mine_is_a_new_mutation (void)
{
  g_auto(GxtDesk) desk = { 0 };
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) queue = NULL;
  GxId id;

  gxt_desk_init (&desk);
  make_conflict (&desk, &id);
  gxc_issues_keep_mine (desk.store, 1, &error);
  g_assert_no_error (error);
  queue = gxc_queue_list (gxc_store_get_db (desk.store), &error);
  g_assert_cmpuint (queue->len, ==, 1);
  g_assert_cmpint (((GxcMutation *) queue->pdata[0])->mid, ==, 2);
  g_assert_nonnull (strstr (((GxcMutation *) queue->pdata[0])->body, "{\"lang\":{\"b\":{\"s\":40},\"v\":\"en_GB\"}}"));
  assert_shown (&desk, &id, "lang", "en_GB");
  g_assert_false (gxc_issues_keep_mine (desk.store, 1, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_NOT_FOUND);
}

static void
test_drop_takes_theirs (void)
{
  g_auto(GxtDesk) desk = { 0 };
  g_autoptr(GError) error = NULL;
  g_autofree char *queue = NULL;
  GxId id;

  gxt_desk_init (&desk);
  make_conflict (&desk, &id);
  gxc_issues_drop (desk.store, 1, &error);
  g_assert_no_error (error);
  queue = gxt_desk_queue (&desk);
  g_assert_cmpstr (queue, ==, "");
  assert_shown (&desk, &id, "lang", "before");
}

static void
test_a_rejection_is_readable_and_not_kept (void)
{
  g_auto(GxtDesk) desk = { 0 };
  g_autoptr(GError) error = NULL;
  g_autoptr(GxcIssue) issue = NULL;
  GxId id;

  gxt_desk_init (&desk);
  id = gxt_desk_customer (&desk, "张三", "zhang san", GX_CUSTOMER_ACTIVE, 17);
  set (&desk, &id, "lang", "en_GB");
  send_all (&desk);
  gxt_desk_settle (&desk, 1, "rejected", 0, "{\"mid\":1,\"st\":\"rejected\",\"code\":\"FORBIDDEN\",\"detail\":\"not yours\"}");
  issue = gxc_issues_find (gxc_store_get_db (desk.store), 1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (issue->code, ==, "FORBIDDEN");
  g_assert_cmpstr (((GxcIssueField *) issue->fields->pdata[0])->mine, ==, "en_GB");
  g_assert_false (gxc_issues_keep_mine (desk.store, 1, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_STATE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/overlay/mine_stays_until_a_newer_row_comes", test_mine_stays_until_a_newer_row_comes);
  g_test_add_func ("/store/overlay/a_refusal_shows_the_servers_value_again", test_a_refusal_shows_the_servers_value_again);
  g_test_add_func ("/store/overlay/a_row_that_left_and_came_back", test_a_row_that_left_and_came_back);
  g_test_add_func ("/store/overlay/an_old_row_does_not_undo_a_newer_one", test_an_old_row_does_not_undo_a_newer_one);
  g_test_add_func ("/store/overlay/an_acknowledged_row_that_never_comes_goes", test_an_acknowledged_row_that_never_comes_goes);
  g_test_add_func ("/store/overlay/a_request_is_in_its_makers_list", test_a_request_is_in_its_makers_list);
  g_test_add_func ("/sync/issues/tells_all_three_values", test_an_issue_tells_all_three_values);
  g_test_add_func ("/sync/issues/what_waits_is_told_without_another_side", test_what_waits_is_told);
  g_test_add_func ("/sync/issues/what_waits_but_cannot_be_read_is_an_error", test_what_waits_but_cannot_be_read);
  g_test_add_func ("/sync/issues/keep_mine_is_a_new_mutation", test_keep_mine_is_a_new_mutation);
  g_test_add_func ("/sync/issues/drop_takes_theirs", test_drop_takes_theirs);
  g_test_add_func ("/sync/issues/a_rejection_is_readable_and_not_kept", test_a_rejection_is_readable_and_not_kept);

  return g_test_run ();
}
