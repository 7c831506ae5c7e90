/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is saved together: it travels together, is refused together and is kept together; and a queue under new numbers says
 * what it said before.
 */
#include "gxt-desk.h"

#include <string.h>

#include "gx-customer.h"
#include "gx-interaction.h"
#include "gx-json.h"
#include "gx-task.h"
#include "gxc-change-item.h"
#include "gxc-issues.h"
#include "gxc-meta.h"
#include "gxc-renumber.h"
#include "gxc-save.h"
#include "gxc-store-private.h"

static GxcChangeItem *
new_task (const GxId *customer,
          const char *title)
{
  GxTask *task = gx_entity_new (&gx_task_entity);

  task->customer_id = *customer;
  task->kind = 1;
  task->due_at = 1795223207000;
  task->title = g_strdup (title);
  return gxc_change_item_create (&gx_task_entity, task);
}

static GxcChangeItem *
new_note (const GxId *customer)
{
  GxInteraction *note = gx_entity_new (&gx_interaction_entity);

  note->customer_id = *customer;
  note->channel = note->purpose = 1;
  note->subject = g_strdup ("走访");
  note->started_at = 1795223207000;
  return gxc_change_item_create (&gx_interaction_entity, note);
}

static GxcChangeItem *
set_lang (GxtDesk    *desk,
          const GxId *customer,
          const char *lang)
{
  g_autoptr(GxRecord) original = gx_record_new (&gx_customer_entity, gxt_desk_load (desk, &gx_customer_entity, customer));
  GxCustomer *row = gx_entity_copy (&gx_customer_entity, gx_record_get_data (original));

  gx_field_from_text (gx_entity_find (&gx_customer_entity, "lang"), row, lang, NULL);
  return gxc_change_item_patch (original, row, 0);
}

static void
save (GxtDesk   *desk,
      GPtrArray *changes)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) done = gxc_store_save (desk->store, changes, FALSE, &error);

  g_assert_no_error (error);
}

static void
save_visit (GxtDesk    *desk,
            const GxId *customer)
{
  g_autoptr(GPtrArray) changes = gxc_change_items_new ();

  g_ptr_array_add (changes, new_note (customer));
  g_ptr_array_add (changes, new_task (customer, "回访"));
  g_ptr_array_add (changes, set_lang (desk, customer, "en_GB"));
  save (desk, changes);
}

/* "1 a, 2 a, 3 -": which mutation is in which bundle, bundles named in the order they come. */
static char *
bundles (GxtDesk *desk)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) queue = gxc_queue_list (gxc_store_get_db (desk->store), &error);
  GString *out = g_string_new (NULL);
  GxId last = GX_ID_NONE;
  char name = 'a' - 1;

  g_assert_no_error (error);
  for (guint i = 0; i < queue->len; i++)
    {
      const GxcMutation *mutation = g_ptr_array_index (queue, i);
      gboolean none = gx_id_is_none (&mutation->bundle);

      if (!none && !gx_id_equal (&mutation->bundle, &last))
        name++;
      last = mutation->bundle;
      g_assert_true (none == (strstr (mutation->body, "\"bundle\"") == NULL));
      g_string_append_printf (out, "%s%d %c", i > 0 ? ", " : "", (int) mutation->mid, none ? '-' : name);
    }

  return g_string_free (out, FALSE);
}

static void
assert_bundles (GxtDesk    *desk,
                const char *expected)
{
  g_autofree char *found = bundles (desk);

  g_assert_cmpstr (found, ==, expected);
}

static GxId
customer_of (GxtDesk *desk)
{
  return gxt_desk_customer (desk, "张三", "zhang san", GX_CUSTOMER_ACTIVE, 17);
}

static void
test_what_belongs_together (void)
{
  g_auto(GxtDesk) desk = { 0 };
  g_autoptr(GPtrArray) two = gxc_change_items_new ();
  g_autoptr(GPtrArray) many = gxc_change_items_new ();
  GxId customer, other;

  gxt_desk_init (&desk);
  customer = customer_of (&desk);
  other = gxt_desk_customer (&desk, "李四", "li si", GX_CUSTOMER_ACTIVE, 18);
  save_visit (&desk, &customer);
  assert_bundles (&desk, "1 a, 2 a, 3 a");

  /* Two customers, and one row alone, stand each for themselves. */
  g_ptr_array_add (two, new_task (&customer, "a"));
  g_ptr_array_add (two, new_task (&other, "b"));
  save (&desk, two);
  g_ptr_array_add (many, new_task (&other, "c"));
  save (&desk, many);
  assert_bundles (&desk, "1 a, 2 a, 3 a, 4 -, 5 -, 6 -");
}

/* An edit of its own does not slip into a bundle, nor a bundle's into an edit. */
static void
test_bundles_do_not_mix (void)
{
  g_auto(GxtDesk) desk = { 0 };
  g_autoptr(GError) error = NULL;
  GxId customer;

  gxt_desk_init (&desk);
  customer = customer_of (&desk);
  gxt_desk_set (&desk, &gx_customer_entity, &customer, "lang", "fr_FR", NULL, NULL, &error);
  g_assert_no_error (error);
  save_visit (&desk, &customer);
  gxt_desk_set (&desk, &gx_customer_entity, &customer, "lang", "de_DE", NULL, NULL, &error);
  g_assert_no_error (error);
  assert_bundles (&desk, "1 -, 2 a, 3 a, 4 a, 5 -");
}

static guint
take (GxtDesk *desk,
      guint    max_n)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) taken = gxc_queue_take (desk->store, max_n, 1 << 20, &error);

  g_assert_no_error (error);
  return taken->len;
}

static void
test_a_push_does_not_cut_a_bundle (void)
{
  g_auto(GxtDesk) desk = { 0 };
  g_autoptr(GError) error = NULL;
  GxId customer;

  gxt_desk_init (&desk);
  customer = customer_of (&desk);
  gxt_desk_set (&desk, &gx_customer_entity, &customer, "dnd", "true", NULL, NULL, &error);
  save_visit (&desk, &customer);
  save_visit (&desk, &customer);
  assert_bundles (&desk, "1 -, 2 a, 3 a, 4 a, 5 b, 6 b");
  g_assert_cmpuint (take (&desk, 1), ==, 1);
  g_assert_cmpuint (take (&desk, 3), ==, 1);
  g_assert_cmpuint (take (&desk, 4), ==, 4);
  g_assert_cmpuint (take (&desk, 5), ==, 4);
  g_assert_cmpuint (take (&desk, 200), ==, 6);
}

static void
refuse_visit (GxtDesk *desk)
{
  take (desk, 200);
  gxt_desk_settle (desk, 1, "rejected", 0, "{\"mid\":1,\"st\":\"rejected\",\"code\":\"BUNDLE\",\"detail\":\"\"}");
  gxt_desk_settle (desk, 2, "rejected", 0, "{\"mid\":2,\"st\":\"rejected\",\"code\":\"BUNDLE\",\"detail\":\"\"}");
  gxt_desk_settle (desk, 3, "conflict", 0, "{\"mid\":3,\"st\":\"conflict\",\"at\":[{\"f\":\"lang\",\"s\":40,\"server\":\"x\",\"yours\":\"y\"}]}");
}

static void
test_keeping_one_keeps_all (void)
{
  g_auto(GxtDesk) desk = { 0 };
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) issues = NULL;
  g_autofree char *queue = NULL;
  GxId customer;

  gxt_desk_init (&desk);
  customer = customer_of (&desk);
  save_visit (&desk, &customer);
  refuse_visit (&desk);
  assert_bundles (&desk, "");

  gxc_issues_keep_mine (desk.store, 3, &error);
  g_assert_no_error (error);
  assert_bundles (&desk, "4 a, 5 a, 6 a");
  queue = gxt_desk_queue (&desk);
  g_assert_cmpstr (queue, ==, "4 create interaction; 5 create task; 6 patch customer");
  issues = gxc_issues_list (gxc_store_get_db (desk.store), &error);
  g_assert_cmpuint (issues->len, ==, 0);
}

static gboolean
renumber_here (GxcStore  *store,
               gpointer   data,
               GError   **error)
{
  g_autoptr(GxTransaction) transaction = gx_transaction_begin (gxc_store_get_db (store), error);
  gboolean (*renumber) (GxcStore *, GError **) = *(gpointer *) data;

  return transaction != NULL && renumber (store, error) && gxc_store_commit (store, transaction, error);
}

static void
renumber (GxtDesk  *desk,
          gpointer  func)
{
  g_autoptr(GError) error = NULL;

  gxc_store_call (desk->store, renumber_here, &func, &error);
  g_assert_no_error (error);
}

static const GxcMutation *
nth (GPtrArray *queue,
     guint      i)
{
  return g_ptr_array_index (queue, i);
}

/* One done, one refused, one on its way, one based on each: all ids stay, and so does what they build on. */
static void
make_history (GxtDesk *desk,
              GxId    *out_customer)
{
  static const char *const langs[] = { "en_GB", "fr_FR", "de_DE" };
  g_autoptr(GError) error = NULL;

  *out_customer = customer_of (desk);
  gxt_desk_set (desk, &gx_customer_entity, out_customer, "lang", langs[0], NULL, NULL, &error);
  take (desk, 200);
  gxt_desk_set (desk, &gx_customer_entity, out_customer, "lang", langs[1], NULL, NULL, &error);
  take (desk, 200);
  gxt_desk_set (desk, &gx_customer_entity, out_customer, "lang", langs[2], NULL, NULL, &error);
  g_assert_no_error (error);
  gxt_desk_settle (desk, 1, "applied", 30, "{}");
}

static void
test_a_copy_takes_new_numbers (void)
{
  g_auto(GxtDesk) desk = { 0 };
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) before = NULL;
  g_autoptr(GPtrArray) after = NULL;
  g_autofree char *shown = NULL;
  GxId customer, client;

  gxt_desk_init (&desk);
  make_history (&desk, &customer);
  client = gxc_meta_get_id (gxc_store_get_db (desk.store), GXC_META_CLIENT_ID);
  before = gxc_queue_list (gxc_store_get_db (desk.store), &error);
  renumber (&desk, gxc_renumber_fork);
  after = gxc_queue_list (gxc_store_get_db (desk.store), &error);

  g_assert_cmpuint (after->len, ==, 2);
  g_assert_cmpint (nth (after, 0)->mid, ==, 4);
  g_assert_cmpint (nth (after, 1)->mid, ==, 5);
  g_assert_true (gx_id_equal (&nth (after, 0)->mut_id, &nth (before, 0)->mut_id));
  g_assert_nonnull (strstr (nth (after, 0)->body, "{\"s\":30}"));        /* of what the first one did */
  g_assert_nonnull (strstr (nth (after, 1)->body, "{\"m\":4}"));
  g_assert_cmpint (nth (after, 0)->sent_at, !=, 0);                      /* it may have arrived: it stays as it is */
  g_assert_cmpint (gxc_meta_get_int (gxc_store_get_db (desk.store), GXC_META_FROM_MID), ==, 4);
  {
    GxId now = gxc_meta_get_id (gxc_store_get_db (desk.store), GXC_META_CLIENT_ID);

    g_assert_false (gx_id_equal (&now, &client));
  }
  shown = gxt_desk_text (&desk, &gx_customer_entity, &customer, "lang");
  g_assert_cmpstr (shown, ==, "de_DE");
}

static void
test_a_restored_server_is_told_again (void)
{
  g_auto(GxtDesk) desk = { 0 };
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) after = NULL;
  g_autofree char *shown = NULL;
  GxId customer;

  gxt_desk_init (&desk);
  make_history (&desk, &customer);
  renumber (&desk, gxc_renumber_epoch);
  after = gxc_queue_list (gxc_store_get_db (desk.store), &error);
  g_assert_cmpuint (after->len, ==, 3);
  g_assert_cmpint (nth (after, 0)->mid, ==, 4);
  g_assert_nonnull (strstr (nth (after, 0)->body, "en_GB"));
  g_assert_nonnull (strstr (nth (after, 1)->body, "{\"m\":4}"));
  g_assert_nonnull (strstr (nth (after, 2)->body, "{\"m\":5}"));
  g_assert_null (gxc_meta_dup (gxc_store_get_db (desk.store), GXC_META_EPOCH));

  /* What the server says anew is shown with all three over it. */
  g_assert_null (gxt_desk_load (&desk, &gx_customer_entity, &customer));
}

/* A week later it is the server's alone. */
static void
test_only_the_last_week_is_told_again (void)
{
  g_auto(GxtDesk) desk = { 0 };
  g_autofree char *queue = NULL;
  GxId customer;

  gxt_desk_init (&desk);
  make_history (&desk, &customer);
  desk.clock.now += 8 * G_GINT64_CONSTANT (86400000);
  renumber (&desk, gxc_renumber_epoch);
  queue = gxt_desk_queue (&desk);
  g_assert_cmpstr (queue, ==, "4 patch customer; 5 patch customer");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/bundle/a_new_row_and_what_goes_with_it", test_what_belongs_together);
  g_test_add_func ("/store/bundle/bundles_do_not_mix", test_bundles_do_not_mix);
  g_test_add_func ("/store/bundle/a_push_does_not_cut_one", test_a_push_does_not_cut_a_bundle);
  g_test_add_func ("/sync/issues/keeping_one_of_a_bundle_keeps_all", test_keeping_one_keeps_all);
  g_test_add_func ("/store/renumber/a_copy_takes_new_numbers", test_a_copy_takes_new_numbers);
  g_test_add_func ("/store/renumber/a_restored_server_is_told_again", test_a_restored_server_is_told_again);
  g_test_add_func ("/store/renumber/only_the_last_week_is_told_again", test_only_the_last_week_is_told_again);

  return g_test_run ();
}
