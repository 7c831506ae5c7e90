/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store as programs use it: threads, readers, listeners, one process a profile; lists and searches. */
#include "gxt-desk.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "gx-contact-point.h"
#include "gx-customer.h"
#include "gx-sql.h"
#include "gx-task.h"
#include "gx-transaction.h"
#include "gxc-blob.h"
#include "gxc-context.h"
#include "gxc-meta.h"
#include "gxc-overlay.h"
#include "gxc-search.h"
#include "gxc-store-private.h"

static char *
make_folder (void)
{
  g_autoptr(GError) error = NULL;
  char *folder = g_dir_make_tmp ("guanxi-test-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

static void
remove_folder (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_folder (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

static void
on_change (const GxcChange *change,
           gpointer         data)
{
  if (change->entities & (1u << gx_task_entity.number))
    g_atomic_int_inc ((int *) data);
}

static GxId
create_task (GxcStore *store)
{
  g_autoptr(GError) error = NULL;
  GxTask *task = gx_entity_new (&gx_task_entity);
  GxcWritten out;

  task->kind = 1;
  task->due_at = 1795223207000;
  task->title = g_strdup ("a");
  gx_id_parse ("01a2007a-64b5-7003-a0ed-c243b156f1e5", &task->assignee_id);
  gxc_store_create (store, &gx_task_entity, task, NULL, &out, &error);
  g_assert_no_error (error);
  gx_entity_free (&gx_task_entity, task);

  return out.id;
}

static gpointer
create_many (gpointer store)
{
  for (guint i = 0; i < 5; i++)
    create_task (store);
  return NULL;
}

static void
test_threads (void)
{
  g_autofree char *folder = make_folder ();
  GxcStoreOptions options = { .directory = folder, .threaded = TRUE };
  g_autoptr(GError) error = NULL;
  GxcStore *store = gxc_store_open (&options, &error);
  GThread *threads[4];
  GxcListQuery query = { .entity = &gx_task_entity };
  int heard = 0;
  guint listener;

  g_assert_no_error (error);
  listener = gxc_store_listen (store, on_change, &heard);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("writer", create_many, store);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (g_atomic_int_get (&heard), ==, 20);
  gxc_store_unlisten (store, listener);
  create_task (store);
  g_assert_cmpint (g_atomic_int_get (&heard), ==, 20);

  {
    g_autoptr(GxDb) reader = gxc_store_open_reader (store, &error);
    g_autoptr(GArray) ids = gxc_list_ids (reader, &query, &error);

    g_assert_no_error (error);
    g_assert_cmpuint (ids->len, ==, 21);
    g_assert_cmpint (gxc_queue_length (reader), ==, 21);
  }
  gxc_store_close (store);
  remove_folder (folder);
}

static gboolean
fail_here (GxcStore  *store,
           gpointer   data,
           GError   **error)
{
  return gx_fail (error, GX_ERROR_STATE, "as the test wants it");
}

static void
on_called (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (gxc_store_call_finish (NULL, result, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_STATE);
  g_main_loop_quit (data);
}

static void
test_async (void)
{
  g_autofree char *folder = make_folder ();
  GxcStoreOptions options = { .directory = folder, .threaded = TRUE };
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr(GError) error = NULL;
  GxcStore *store = gxc_store_open (&options, &error);

  g_assert_no_error (error);
  gxc_store_call_async (store, fail_here, NULL, NULL, NULL, on_called, loop);
  g_main_loop_run (loop);
  gxc_store_close (store);
  remove_folder (folder);
}

static void
test_one_process_a_profile (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "store.db", NULL);
  GxcStoreOptions options = { .directory = folder };
  g_autoptr(GError) error = NULL;
  GxcStore *store = gxc_store_open (&options, &error);
  struct stat st;

  g_assert_no_error (error);
  g_assert_null (gxc_store_open (&options, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_IN_USE);
  g_assert_cmpint (stat (path, &st), ==, 0);
  g_assert_cmpint (st.st_mode & 0777, ==, 0600);
  gxc_store_close (store);
  g_clear_error (&error);
  store = gxc_store_open (&options, &error);
  g_assert_no_error (error);
  gxc_store_close (store);
  remove_folder (folder);
}

/* What was queued is there after the program was gone. */
static gboolean
load_key (gpointer   data,
          guint8    *out_key,
          GError   **error)
{
  memset (out_key, 7, GX_SEALED_KEY_SIZE);
  return TRUE;
}

static void
test_the_queue_survives (void)
{
  g_autofree char *folder = make_folder ();
  GxcStoreOptions options = { .directory = folder };
  g_autoptr(GError) error = NULL;
  GxcStore *store = gxc_store_open (&options, &error);
  g_autoptr(GBytes) document = g_bytes_new_static ("document", 8);
  g_autofree char *sha256 = NULL;
  g_autoptr(GxcBlob) blob = NULL;
  g_autoptr(GBytes) bytes = NULL;
  GxId id;

  id = create_task (store);
  gxc_store_set_key_func (store, load_key, NULL);
  sha256 = gxc_blob_add (store, document, NULL, &error);
  g_assert_no_error (error);
  gxc_store_close (store);
  store = gxc_store_open (&options, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gxc_queue_length (gxc_store_get_db (store)), ==, 1);
  gxc_store_set_key_func (store, load_key, NULL);
  g_assert_true (gxc_list_is_pending (gxc_store_get_db (store), &gx_task_entity, &id));
  blob = gxc_blob_find (store, sha256, &error);
  g_assert_no_error (error);
  g_assert_cmpint (blob->state, ==, GXC_BLOB_WAITING);
  bytes = gxc_blob_read (store, sha256, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (bytes, document));
  gxc_store_close (store);
  remove_folder (folder);
}

static void
test_a_profile_has_one_owner (void)
{
  GxcContextOptions options = { .keyring = gxc_keyring_new_memory () };
  g_autoptr(GError) error = NULL;
  g_autoptr(GxcContext) context = gxc_context_new (&options, &error);
  GxcStore *store = gxc_context_get_store (context);

  g_assert_no_error (error);
  g_assert_false (gxc_context_has_profile (context));
  gxc_meta_set (store, GXC_META_SERVER, "https://bank:1", NULL);
  gxc_meta_set (store, GXC_META_LOGIN, "rm1", NULL);
  g_assert_false (gxc_context_sign_in (context, "https://bank:1", NULL, "rm2", "p", NULL, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_STATE);
  g_clear_error (&error);
  g_assert_false (gxc_context_sign_in (context, "https://other:1", NULL, "rm1", "p", NULL, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_STATE);
  g_clear_error (&error);
  g_assert_false (gxc_context_can_sign (context, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_KEYRING_ITEM);
}

static void
add_contact (GxtDesk    *desk,
             const GxId *customer,
             const char *value)
{
  GxContactPoint *contact = gx_entity_new (&gx_contact_point_entity);

  contact->meta.id = gxc_store_new_id (desk->store);
  contact->meta.v = contact->meta.v0 = 20;
  contact->customer_id = *customer;
  contact->kind = 1;
  contact->value = g_strdup (value);
  gxt_desk_put (desk, &gx_contact_point_entity, contact);
  gx_entity_free (&gx_contact_point_entity, contact);
}

static guint
count (GxtDesk    *desk,
       const char *search)
{
  GxcListQuery query = { .entity = &gx_customer_entity, .search = search };
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) ids = gxc_list_ids (gxc_store_get_db (desk->store), &query, &error);

  g_assert_no_error (error);
  return ids->len;
}

static void
test_search (void)
{
  static const struct { const char *typed; guint n; } rows[] = {
    { "张", 2 }, { "张三", 1 }, { "三丰", 1 }, { "丰", 1 }, { "zhang", 2 }, { "zhangsan", 1 }, { "zsf", 1 }, { "sanfeng", 1 },
    { "sf", 1 }, { "feng", 1 }, { "han", 0 }, { "8000", 1 }, { "138001", 1 }, { "张 8000", 1 }, { "李 8000", 0 }, { "李", 1 },
    { "1234", 0 }, { "x\"*)", 0 }, { "", 0 }, { "  ", 0 },
  };
  g_auto(GxtDesk) desk = { 0 };
  GxId id;

  gxt_desk_init (&desk);
  id = gxt_desk_customer (&desk, "张三丰", "zhang san feng", GX_CUSTOMER_ACTIVE, 17);
  add_contact (&desk, &id, "13800138000");
  gxt_desk_customer (&desk, "张无忌", "zhang wu ji", GX_CUSTOMER_ACTIVE, 18);
  gxt_desk_customer (&desk, "李四", "li si", GX_CUSTOMER_ACTIVE, 19);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].typed);
      g_assert_cmpuint (count (&desk, rows[i].typed), ==, rows[i].n);
    }

  gxt_desk_gone (&desk, &gx_customer_entity, &id);
  g_assert_cmpuint (count (&desk, "zsf"), ==, 0);
}

static void
set_number (GxtDesk    *desk,
            const GxId *customer,
            const char *cif_no)
{
  GxCustomer *row = gx_sql_load (gxc_store_get_db (desk->store), &gx_customer_entity, customer, NULL);

  g_assert_nonnull (row);
  g_free (row->cif_no);
  row->cif_no = g_strdup (cif_no);
  row->meta.v++;
  gxt_desk_put (desk, &gx_customer_entity, row);
  gx_entity_free (&gx_customer_entity, row);
}

/* Four digits are the end of a telephone or of a customer number, fewer the beginning of a telephone's end; more are the
 * beginning of either. */
static void
test_search_number (void)
{
  static const struct { const char *typed; guint n; } rows[] = {
    { "5678", 2 }, { " 5678 ", 2 }, { "567", 1 }, { "45678", 0 }, { "1000012345678", 1 }, { "10000", 2 }, { "0005", 1 }, { "12", 0 },
  };
  g_auto(GxtDesk) desk = { 0 };
  GxId first, second;

  gxt_desk_init (&desk);
  first = gxt_desk_customer (&desk, "张三丰", "zhang san feng", GX_CUSTOMER_ACTIVE, 17);
  second = gxt_desk_customer (&desk, "李四", "li si", GX_CUSTOMER_ACTIVE, 18);
  set_number (&desk, &first, "1000012345678");
  set_number (&desk, &second, "1000000000005");
  add_contact (&desk, &second, "13800135678");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].typed);
      g_assert_cmpuint (count (&desk, rows[i].typed), ==, rows[i].n);
    }
}

static char *
names_of (GxtDesk            *desk,
          const GxcListQuery *query)
{
  g_autoptr(GError) error = NULL;
  GxDb *db = gxc_store_get_db (desk->store);
  g_autoptr(GArray) ids = gxc_list_ids (db, query, &error);
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(GString) names = g_string_new (NULL);

  g_assert_no_error (error);
  rows = gxc_list_window (db, &gx_customer_entity, (const GxId *) (gpointer) ids->data, ids->len, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (names, "%s ", ((const GxCustomer *) gx_record_get_data (rows->pdata[i]))->name);

  return g_string_free (g_steal_pointer (&names), FALSE);
}

/* Many are found in another way than few are sorted: the order, the conditions and the limit must be the same. */
static void
test_search_many (void)
{
  static const GxcCondition active = { "status", GXC_IS, "ACTIVE" };
  g_auto(GxtDesk) desk = { 0 };
  g_autoptr(GString) all = g_string_new (NULL), actives = g_string_new (NULL);
  GxcListQuery query = { .entity = &gx_customer_entity, .search = "li", .sort = "name" };
  g_autofree char *found = NULL, *found_active = NULL, *last = NULL;

  gxt_desk_init (&desk);
  for (guint i = 0; i < 300; i++)
    {
      guint number = i * 7 % 300;
      g_autofree char *name = g_strdup_printf ("李%03u", number), *pinyin = g_strdup_printf ("li %03u", number);

      gxt_desk_customer (&desk, name, pinyin, number % 3 == 0 ? GX_CUSTOMER_PROSPECT : GX_CUSTOMER_ACTIVE, 17);
      gxt_desk_customer (&desk, "王五", "wang wu", GX_CUSTOMER_ACTIVE, 17);
    }
  for (guint i = 0; i < 300; i++)
    {
      g_string_append_printf (all, "李%03u ", i);
      if (i % 3 != 0)
        g_string_append_printf (actives, "李%03u ", i);
    }
  found = names_of (&desk, &query);
  g_assert_cmpstr (found, ==, all->str);
  query.conditions = &active;
  query.n_conditions = 1;
  found_active = names_of (&desk, &query);
  g_assert_cmpstr (found_active, ==, actives->str);
  query.descending = TRUE;
  query.limit = 2;
  last = names_of (&desk, &query);
  g_assert_cmpstr (last, ==, "李299 李298 ");
}

typedef struct
{
  guint n, round;
} Named;

static gboolean
add_named_here (GxcStore  *store,
                gpointer   data,
                GError   **error)
{
  const Named *named = data;
  g_autoptr(GxTransaction) transaction = gx_transaction_begin (gxc_store_get_db (store), error);
  gboolean ok = transaction != NULL;

  for (guint i = 0; ok && i < named->n; i++)
    {
      GxCustomer *customer = gx_entity_new (&gx_customer_entity);
      GxPut put = { .entity = &gx_customer_entity, .data = customer };

      customer->meta.id = gxc_store_new_id (store);
      customer->meta.v = customer->meta.v0 = 5;
      customer->status = GX_CUSTOMER_ACTIVE;
      customer->name = g_strdup ("李");
      customer->name_pinyin = g_strdup_printf ("li %u", 9 - named->round);
      ok = gxc_overlay_put (store, &put, error);
      gx_put_clear (&put);
    }

  return ok && gxc_store_commit (store, transaction, error);
}

static void
add_named (GxcStore *store,
           guint     n,
           guint     round)
{
  g_autoptr(GError) error = NULL;
  Named named = { n, round };

  gxc_store_call (store, add_named_here, &named, &error);
  g_assert_no_error (error);
}

static char *
names_again (GxDb               *db,
             const GxcListQuery *query,
             GxcListOrder       *order)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) ids = gxc_list_ids_again (db, query, order, &error);

  g_assert_no_error (error);
  return g_strdup_printf ("%u %s", ids->len, ids->len > 0 ? GX_ID_STR (&g_array_index (ids, GxId, 0)) : "-");
}

/* The remembered order is left as soon as anything is committed, and another question has another one. */
static void
test_order_again (void)
{
  g_autofree char *folder = make_folder ();
  GxcStoreOptions options = { .directory = folder };
  g_autoptr(GError) error = NULL;
  GxcListOrder order = { NULL };
  GxcListQuery up = { .entity = &gx_customer_entity, .sort = "name" }, down = up, found = up;
  GxcStore *store = gxc_store_open (&options, &error);
  GxDb *reader;

  g_assert_no_error (error);
  reader = gxc_store_open_reader (store, &error);
  g_assert_no_error (error);
  down.descending = TRUE;
  found.search = "li";
  for (guint round = 0; round < 3; round++)
    {
      add_named (store, 300, round);
      for (guint i = 0; i < 2; i++)
        {
          const GxcListQuery *queries[] = { &up, &up, &down, &found, &up };

          for (guint q = 0; q < G_N_ELEMENTS (queries); q++)
            {
              g_autofree char *again = names_again (reader, queries[q], &order), *anew = names_again (reader, queries[q], NULL);

              g_assert_cmpstr (again, ==, anew);
              g_assert_true (g_str_has_prefix (anew, round == 0 ? "300 " : round == 1 ? "600 " : "900 "));
            }
        }
    }
  gxc_list_order_clear (&order);
  gx_db_close (reader);
  gxc_store_close (store);
  remove_folder (folder);
}

static void
test_lists (void)
{
  static const GxcCondition active = { "status", GXC_IS, "ACTIVE" }, none = { "lang", GXC_IS_NONE, NULL };
  static const GxcCondition wrong = { "nose", GXC_IS, "1" }, bad = { "status", GXC_IS, "ALIVE" };
  g_auto(GxtDesk) desk = { 0 };
  g_autoptr(GError) error = NULL;
  GxcListQuery query = { .entity = &gx_customer_entity, .sort = "name" };
  g_autoptr(GArray) ids = NULL;
  g_autoptr(GPtrArray) window = NULL;
  GxId first, second, third;

  gxt_desk_init (&desk);
  third = gxt_desk_customer (&desk, "张三", "zhang san", GX_CUSTOMER_ACTIVE, 17);
  second = gxt_desk_customer (&desk, "李四", "li si", GX_CUSTOMER_PROSPECT, 18);
  first = gxt_desk_customer (&desk, "艾一", "ai yi", GX_CUSTOMER_ACTIVE, 19);
  ids = gxc_list_ids (gxc_store_get_db (desk.store), &query, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ids->len, ==, 3);
  g_assert_true (gx_id_equal (&g_array_index (ids, GxId, 0), &first));
  g_assert_true (gx_id_equal (&g_array_index (ids, GxId, 2), &third));

  gxt_desk_gone (&desk, &gx_customer_entity, &second);
  window = gxc_list_window (gxc_store_get_db (desk.store), &gx_customer_entity, (GxId *) (gpointer) ids->data, ids->len, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (window->len, ==, 3);
  g_assert_nonnull (window->pdata[0]);
  g_assert_null (window->pdata[1]);

  query.n_conditions = 1;
  query.conditions = &active;
  g_clear_pointer (&ids, g_array_unref);
  ids = gxc_list_ids (gxc_store_get_db (desk.store), &query, &error);
  g_assert_cmpuint (ids->len, ==, 2);
  query.conditions = &none;
  query.limit = 1;
  g_clear_pointer (&ids, g_array_unref);
  ids = gxc_list_ids (gxc_store_get_db (desk.store), &query, &error);
  g_assert_cmpuint (ids->len, ==, 1);

  query.conditions = &wrong;
  g_assert_null (gxc_list_ids (gxc_store_get_db (desk.store), &query, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_SCHEMA);
  g_clear_error (&error);
  query.conditions = &bad;
  g_assert_null (gxc_list_ids (gxc_store_get_db (desk.store), &query, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_INVALID);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/thread/many_writers_and_a_reader", test_threads);
  g_test_add_func ("/store/thread/async_errors_arrive", test_async);
  g_test_add_func ("/store/profile/one_process", test_one_process_a_profile);
  g_test_add_func ("/store/profile/the_queue_survives", test_the_queue_survives);
  g_test_add_func ("/store/profile/one_owner", test_a_profile_has_one_owner);
  g_test_add_func ("/store/list/search", test_search);
  g_test_add_func ("/store/list/search_finds_the_end_of_a_customer_number", test_search_number);
  g_test_add_func ("/store/list/search_keeps_the_order_of_many", test_search_many);
  g_test_add_func ("/store/list/order_again_follows_each_commit", test_order_again);
  g_test_add_func ("/store/list/order_windows_and_conditions", test_lists);

  return g_test_run ();
}
