/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The queue: numbers without gaps, what may still change and what may not, and each result once. */
#include "gxt-desk.h"

#include <string.h>

#include "gx-contact-point.h"
#include "gx-customer.h"
#include "gx-json.h"
#include "gx-task.h"
#include "gxc-meta.h"

static void
assert_queue (GxtDesk    *desk,
              const char *expected)
{
  g_autofree char *queue = gxt_desk_queue (desk);

  g_assert_cmpstr (queue, ==, expected);
}

static guint
take (GxtDesk *desk,
      guint    max_n,
      gsize    max_bytes)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) taken = gxc_queue_take (desk->store, max_n, max_bytes, &error);

  g_assert_no_error (error);
  return taken->len;
}

static GxId
new_task (GxtDesk    *desk,
          const char *title)
{
  g_autoptr(GError) error = NULL;
  GxTask *task = gx_entity_new (&gx_task_entity);
  GxcWritten out;

  task->kind = 1;
  task->due_at = 1795223207000;
  task->title = g_strdup (title);
  gxc_store_create (desk->store, &gx_task_entity, task, NULL, &out, &error);
  g_assert_no_error (error);
  gx_entity_free (&gx_task_entity, task);

  return out.id;
}

static void
set_title (GxtDesk    *desk,
           const GxId *id,
           const char *title)
{
  g_autoptr(GError) error = NULL;

  gxt_desk_set (desk, &gx_task_entity, id, "title", title, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
delete_task (GxtDesk    *desk,
             const GxId *id)
{
  g_autoptr(GError) error = NULL;

  gxc_store_delete (desk->store, &gx_task_entity, id, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
test_an_edit_goes_into_what_has_not_left (void)
{
  g_auto(GxtDesk) desk = { 0 };
  g_autofree char *title = NULL;
  GxId id;

  gxt_desk_init (&desk);
  id = new_task (&desk, "a");
  set_title (&desk, &id, "b");
  assert_queue (&desk, "1 create task");
  title = gxt_desk_text (&desk, &gx_task_entity, &id, "title");
  g_assert_cmpstr (title, ==, "b");

  g_assert_cmpuint (take (&desk, 200, 1 << 20), ==, 1);
  set_title (&desk, &id, "c");
  set_title (&desk, &id, "d");
  assert_queue (&desk, "1 create task; 2 patch task");
}

static void
test_a_row_made_and_removed_leaves_nothing (void)
{
  g_auto(GxtDesk) desk = { 0 };
  GxId first, second, third;

  gxt_desk_init (&desk);
  first = new_task (&desk, "a");
  second = new_task (&desk, "b");
  third = new_task (&desk, "c");
  delete_task (&desk, &second);
  assert_queue (&desk, "1 create task; 2 create task");
  g_assert_null (gxt_desk_load (&desk, &gx_task_entity, &second));

  g_assert_cmpuint (take (&desk, 1, 1 << 20), ==, 1);
  delete_task (&desk, &first);
  assert_queue (&desk, "1 create task; 2 create task; 3 delete task");
  delete_task (&desk, &third);
  assert_queue (&desk, "1 create task; 2 delete task");
  g_assert_cmpint (gxc_meta_get_int (gxc_store_get_db (desk.store), GXC_META_LAST_MID), ==, 2);
}

/* "As my mutation 2 left it" is still that mutation when an earlier one is taken back. */
static void
test_references_move_up (void)
{
  g_auto(GxtDesk) desk = { 0 };
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) queue = NULL;
  GxId first, second;

  gxt_desk_init (&desk);
  first = new_task (&desk, "a");
  second = new_task (&desk, "b");
  delete_task (&desk, &first);
  g_assert_cmpuint (take (&desk, 1, 1 << 20), ==, 1);
  set_title (&desk, &second, "c");
  queue = gxc_queue_list (gxc_store_get_db (desk.store), &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (((GxcMutation *) queue->pdata[0])->body, "\"mid\":1,"));
  g_assert_nonnull (strstr (((GxcMutation *) queue->pdata[1])->body, "\"m\":1"));
}

/* A contact made for the customer names it: then the customer cannot vanish from under it. */
static void
test_a_row_that_others_name_is_not_taken_back (void)
{
  g_auto(GxtDesk) desk = { 0 };
  g_autoptr(GError) error = NULL;
  gboolean done;
  GxCustomer *customer = gx_entity_new (&gx_customer_entity);
  GxContactPoint *contact = gx_entity_new (&gx_contact_point_entity);
  GxcWritten out;

  gxt_desk_init (&desk);
  customer->type = GX_CUSTOMER_PERSON;
  customer->org_id = desk.me;
  customer->name = g_strdup ("张三");
  gxc_store_create (desk.store, &gx_customer_entity, customer, NULL, &out, &error);
  g_assert_no_error (error);
  contact->customer_id = out.id;
  contact->kind = 1;
  contact->is_primary = TRUE;
  contact->value = g_strdup ("13800138000");
  gxc_store_create (desk.store, &gx_contact_point_entity, contact, NULL, NULL, &error);
  g_assert_no_error (error);
  gxc_queue_withdraw_row (desk.store, &gx_customer_entity, &out.id, &done, &error);
  g_assert_no_error (error);
  g_assert_false (done);
  assert_queue (&desk, "1 create customer; 2 create contact_point");
  gx_entity_free (&gx_customer_entity, customer);
  gx_entity_free (&gx_contact_point_entity, contact);
}

static void
test_take_is_bounded (void)
{
  g_auto(GxtDesk) desk = { 0 };

  gxt_desk_init (&desk);
  for (guint i = 0; i < 10; i++)
    new_task (&desk, "a");
  g_assert_cmpuint (take (&desk, 3, 1 << 20), ==, 3);
  g_assert_cmpuint (take (&desk, 200, 1000), <, 10);
  g_assert_cmpuint (take (&desk, 200, 1), ==, 1);           /* the head always goes */
  g_assert_cmpuint (take (&desk, 200, 1 << 20), ==, 10);
}

static void
test_a_request_waits_until_it_is_the_head (void)
{
  g_auto(GxtDesk) desk = { 0 };
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) head = NULL;
  GxId id;

  gxt_desk_init (&desk);
  id = gxt_desk_customer (&desk, "张三", "zhang san", GX_CUSTOMER_ACTIVE, 17);
  new_task (&desk, "a");
  gxt_desk_set (&desk, &gx_customer_entity, &id, "name", "张三丰", "客户本人到场，证件已核对", NULL, &error);
  g_assert_no_error (error);
  new_task (&desk, "b");
  g_assert_cmpuint (take (&desk, 200, 1 << 20), ==, 1);
  gxt_desk_settle (&desk, 1, "applied", 20, NULL);

  head = gxc_queue_take (desk.store, 200, 1 << 20, &error);
  g_assert_cmpuint (head->len, ==, 1);
  g_assert_false (((GxcMutation *) head->pdata[0])->sealed);
  /* Not sent: it may still be taken back. */
  g_assert_cmpint (((GxcMutation *) head->pdata[0])->sent_at, ==, 0);
}

static void
test_each_result_counts_once (void)
{
  g_auto(GxtDesk) desk = { 0 };
  gint64 n;
  GxId id;

  gxt_desk_init (&desk);
  id = new_task (&desk, "a");
  take (&desk, 200, 1 << 20);
  gxt_desk_settle (&desk, 1, "applied", 20, "{\"mid\":1,\"st\":\"applied\",\"seq\":20}");
  gxt_desk_settle (&desk, 1, "rejected", 0, "{\"mid\":1,\"st\":\"rejected\"}");
  assert_queue (&desk, "");
  g_assert_true (gx_db_query_int (gxc_store_get_db (desk.store), &n, NULL, "SELECT COUNT(*) FROM issue", NULL));
  g_assert_cmpint (n, ==, 0);
  g_assert_cmpint (gxc_meta_get_int (gxc_store_get_db (desk.store), GXC_META_ACK_MID), ==, 1);
  gxt_desk_settle (&desk, 7, "applied", 21, NULL);           /* of a mutation that never was */
  g_assert_true (gxc_list_is_pending (gxc_store_get_db (desk.store), &gx_task_entity, &id));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/queue/an_edit_goes_into_what_has_not_left", test_an_edit_goes_into_what_has_not_left);
  g_test_add_func ("/store/queue/a_row_made_and_removed_leaves_nothing", test_a_row_made_and_removed_leaves_nothing);
  g_test_add_func ("/store/queue/references_move_up", test_references_move_up);
  g_test_add_func ("/store/queue/a_row_that_others_name_is_not_taken_back", test_a_row_that_others_name_is_not_taken_back);
  g_test_add_func ("/store/queue/take_is_bounded", test_take_is_bounded);
  g_test_add_func ("/store/queue/a_request_waits_until_it_is_the_head", test_a_request_waits_until_it_is_the_head);
  g_test_add_func ("/store/queue/each_result_counts_once", test_each_result_counts_once);

  return g_test_run ();
}
