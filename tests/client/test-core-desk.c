/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The desk that pages see, over a real store and without a server: what it answers, saves, takes back and tells.
 */
#include "gxc-core-desk-private.h"

#include <glib/gstdio.h>
#include <string.h>

#include "gx-customer.h"
#include "gx-entity-json.h"
#include "gx-error.h"
#include "gx-setting.h"
#include "gx-task.h"
#include "gx-text.h"
#include "gx-transaction.h"
#include "gxc-edit.h"
#include "gxc-overlay.h"
#include "gxc-store-private.h"

#define N_CUSTOMERS 3

typedef struct
{
  char        *folder;
  GxcCoreDesk *core;
  GxcDesk     *desk;
  GxId         customers[N_CUSTOMERS];
  GxId         day;         /* the setting */
  GString     *told;        /* names of the entities that changed */
  guint        n_closed;    /* of the customers */
} Fixture;

/* What a server would have brought before. */
static gboolean
fill_here (GxcStore  *store,
           gpointer   data,
           GError   **error)
{
  Fixture *f = data;
  g_autoptr(GxTransaction) transaction = gx_transaction_begin (gxc_store_get_db (store), error);
  GxSetting *day = gx_entity_new (&gx_setting_entity);
  GxPut put = { .entity = &gx_setting_entity, .data = day };
  gboolean ok;

  day->meta.id = f->day = gxc_store_new_id (store);
  gx_set_str (&day->code, "business_date");
  gx_set_str (&day->value, "2026-11-24");
  ok = gxc_overlay_put (store, &put, error);
  gx_put_clear (&put);
  for (guint i = 0; ok && i < N_CUSTOMERS; i++)
    {
      GxCustomer *customer = gx_entity_new (&gx_customer_entity);

      put = (GxPut) { .entity = &gx_customer_entity, .data = customer };
      customer->meta.id = f->customers[i] = gxc_store_new_id (store);
      customer->meta.v = customer->meta.v0 = 5;
      customer->type = GX_CUSTOMER_PERSON;
      customer->status = GX_CUSTOMER_ACTIVE;
      customer->tier = GX_TIER_STANDARD + (int) i;
      customer->lifecycle_stage = GX_STAGE_NEW;
      customer->value_class = GX_VALUE_BASIC;
      customer->cif_no = g_strdup_printf ("330000221%u", i);
      customer->name = g_strdup ("张伟");
      ok = gxc_overlay_put (store, &put, error);
      gx_put_clear (&put);
    }

  return ok && gx_transaction_commit (transaction, error);
}

static void
on_changed_cb (GxcDesk *desk, const char *entity, Fixture *f)
{
  g_string_append_printf (f->told, "%s ", entity);
}

static void
open_desk (Fixture *f)
{
  g_autoptr(GError) error = NULL;

  f->core = gxc_core_desk_new (f->folder, NULL, &error);
  g_assert_no_error (error);
  f->desk = GXC_DESK (f->core);
  g_signal_connect (f->desk, "changed", G_CALLBACK (on_changed_cb), f);
}

/* The thread of the last call may still hold the desk, or be closing it. */
static GxcStore *
open_store (Fixture *f)
{
  GxcStoreOptions options = { .directory = f->folder };
  GxcStore *store;
  GError *error = NULL;

  while (!(store = gxc_store_open (&options, &error)) && g_error_matches (error, GX_ERROR, GX_ERROR_IN_USE))
    {
      g_clear_error (&error);
      g_main_context_iteration (NULL, FALSE);
    }
  g_assert_no_error (error);
  return store;
}

static void
close_desk (Fixture *f)
{
  g_signal_handlers_disconnect_by_data (f->desk, f);
  f->desk = NULL;
  g_clear_object (&f->core);
  gxc_store_close (open_store (f));
}

/* What happens to the store while no desk is open. */
static void
change_store (Fixture *f, GxcStoreFunc func)
{
  g_autoptr(GError) error = NULL;
  GxcStore *store = open_store (f);

  gxc_store_call (store, func, f, &error);
  g_assert_no_error (error);
  gxc_store_close (store);
}

static void
set_up (Fixture *f)
{
  g_autoptr(GError) error = NULL;

  f->folder = g_dir_make_tmp ("guanxi-test-XXXXXX", &error);
  g_assert_no_error (error);
  change_store (f, fill_here);
  f->told = g_string_new (NULL);
  open_desk (f);
}

static void
tear_down (Fixture *f)
{
  static const char *const names[] = { "store.db", "store.db-wal", "store.db-shm", "lock" };

  close_desk (f);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (f->folder, names[i], NULL);

      g_unlink (path);
    }
  g_rmdir (f->folder);
  g_free (f->folder);
  g_string_free (f->told, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, tear_down)

static void
on_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (!*result)
    g_main_context_iteration (NULL, TRUE);
  return g_steal_pointer (result);
}

static void
on_day_cb (GxcDesk *desk, guint *n)
{
  (*n)++;
}

static void
wait_until_told (Fixture *f, const char *entity)
{
  while (!strstr (f->told->str, entity))
    g_main_context_iteration (NULL, TRUE);
}

static GxTask *
new_task (Fixture *f, guint customer, const char *title)
{
  GxTask *task = gx_entity_new (&gx_task_entity);

  gx_set_str (&task->title, title);
  task->customer_id = f->customers[customer];
  task->kind = GX_TASK_CALL;
  task->status = GX_TASK_OPEN;
  task->priority = 2;
  task->due_at = gxc_desk_now (f->desk);
  task->assignee_id = f->customers[0];      /* whoever: nobody is signed in */
  return task;
}

static GxcUndo *
save (Fixture *f, GPtrArray *changes)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GAsyncResult *done = NULL;
  GxcUndo *undo;

  gxc_desk_save (f->desk, changes, on_done_cb, &done);
  result = wait_for (&done);
  undo = gxc_desk_finish_save (f->desk, result, &error);
  g_assert_no_error (error);
  return undo;
}

static gint64
count_tasks (Fixture *f)
{
  g_autoptr(GError) error = NULL;
  const GxcQuery all = { 0 };
  gint64 n = gxc_desk_count (f->desk, &gx_task_entity, &all, &error);

  g_assert_no_error (error);
  return n;
}

static gboolean
undo_last (Fixture *f, gboolean redo)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GAsyncResult *done = NULL;
  gboolean ok;

  (redo ? gxc_desk_redo_last : gxc_desk_undo_last) (f->desk, on_done_cb, &done);
  result = wait_for (&done);
  ok = gxc_desk_finish (f->desk, result, &error);
  g_assert_no_error (error);
  return ok;
}

static const GxcDigest *
digest_of (Fixture *f, guint customer, GxRecord **record)
{
  g_autoptr(GError) error = NULL;

  *record = gxc_desk_read_one (f->desk, gxc_digest_entity (), &f->customers[customer], &error);
  g_assert_no_error (error);
  return gx_record_get_data (*record);
}

/* Two tasks at once, seen in the list, the figures and the queue; taken back and made again. */
static void
test_saved_and_taken_back (void)
{
  g_auto(Fixture) f = { 0 };
  g_autoptr(GPtrArray) changes = gxc_change_items_new ();
  g_autoptr(GPtrArray) queue = NULL;
  g_autoptr(GxcUndo) undo = NULL;
  g_autoptr(GxRecord) before = NULL;
  g_autoptr(GxRecord) after = NULL;
  g_autoptr(GxRecord) undone = NULL;
  g_autofree char *words = NULL;
  GxcSyncSummary summary;

  set_up (&f);
  wait_until_told (&f, "customer_digest");
  g_assert_cmpint (digest_of (&f, 1, &before)->open_tasks, ==, 0);
  g_string_truncate (f.told, 0);
  g_ptr_array_add (changes, gxc_change_item_create (&gx_task_entity, new_task (&f, 1, "到期承接")));
  g_ptr_array_add (changes, gxc_change_item_create (&gx_task_entity, new_task (&f, 1, "生日致电")));
  undo = save (&f, changes);
  wait_until_told (&f, "customer_digest");
  g_assert_nonnull (strstr (f.told->str, "task "));
  g_assert_cmpint (count_tasks (&f), ==, 2);
  g_assert_cmpint (digest_of (&f, 1, &after)->open_tasks, ==, 2);
  words = gxc_desk_dup_undo_words (f.desk);
  g_assert_cmpstr (words, ==, "Added: Task × 2");

  queue = gxc_desk_queue (f.desk, NULL);
  g_assert_cmpuint (queue->len, ==, 2);
  g_assert_cmpstr (((GxcQueueItem *) g_ptr_array_index (queue, 0))->customer, ==, "张伟 2211");
  gxc_desk_get_summary (f.desk, &summary);
  g_assert_cmpuint (summary.waiting, ==, 2);
  g_assert_cmpint (summary.store_bytes, >, 0);

  g_assert_true (undo_last (&f, FALSE));
  g_assert_cmpint (count_tasks (&f), ==, 0);
  g_assert_cmpint (digest_of (&f, 1, &undone)->open_tasks, ==, 0);
  g_assert_true (undo_last (&f, TRUE));
  g_assert_cmpint (count_tasks (&f), ==, 2);
}

/* create() and patch() are saves of one row, without an undo of their own. */
static void
test_one_row (void)
{
  g_auto(Fixture) f = { 0 };
  g_autoptr(GAsyncResult) made = NULL;
  g_autoptr(GAsyncResult) changed = NULL;
  g_autoptr(GxRecord) record = NULL;
  g_autoptr(GxRecord) again = NULL;
  g_autoptr(GArray) ids = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *title = NULL;
  GAsyncResult *done = NULL;
  const GxcQuery all = { 0 };
  GxTask *row;

  set_up (&f);
  gxc_desk_create (f.desk, &gx_task_entity, new_task (&f, 0, "到期承接"), on_done_cb, &done);
  made = wait_for (&done);
  g_assert_true (gxc_desk_finish (f.desk, made, &error));
  ids = gxc_desk_list (f.desk, &gx_task_entity, &all, &error);
  g_assert_cmpuint (ids->len, ==, 1);
  record = gxc_desk_read_one (f.desk, &gx_task_entity, &g_array_index (ids, GxId, 0), &error);

  row = gx_entity_copy (&gx_task_entity, gx_record_get_data (record));
  row->status = GX_TASK_DONE;
  gx_set_str (&row->title, "不在其列");
  gxc_desk_patch (f.desk, record, row, GX_FIELD_BIT (gx_entity_index_of (&gx_task_entity, "status")), on_done_cb, &done);
  gx_entity_free (&gx_task_entity, row);
  changed = wait_for (&done);
  g_assert_true (gxc_desk_finish (f.desk, changed, &error));
  g_assert_no_error (error);
  again = gxc_desk_read_one (f.desk, &gx_task_entity, &g_array_index (ids, GxId, 0), &error);
  title = gx_record_dup_text (again, "title");
  g_assert_cmpstr (title, ==, "到期承接");
  g_assert_cmpint (((const GxTask *) gx_record_get_data (again))->status, ==, GX_TASK_DONE);
  g_assert_null (gxc_desk_dup_undo_words (f.desk));
}

/* Who is not signed in manages nobody: the sums are those of the desk. */
static void
test_book_and_day (void)
{
  g_auto(Fixture) f = { 0 };
  g_autoptr(GxcBook) book = NULL;
  g_autoptr(GError) error = NULL;

  set_up (&f);
  wait_until_told (&f, "customer_digest");
  g_assert_cmpint (gxc_desk_get_today (f.desk), ==, gx_date_from_ymd (2026, 11, 24));
  book = gxc_desk_book (f.desk, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (book->n_customers, ==, N_CUSTOMERS);
  g_assert_cmpuint (book->n_by_tier[GX_TIER_GOLD], ==, 1);
  g_assert_cmpint (book->month[GXC_BOOK_MONTHS - 1], ==, gx_date_from_ymd (2026, 11, 1));
}

/* The bank says that it is another business day: whoever listens is told once, and reads the new one. */
static gboolean
next_day_here (GxcStore *store, gpointer data, GError **error)
{
  g_autoptr(GxTransaction) transaction = gx_transaction_begin (gxc_store_get_db (store), error);
  GxSetting *day = gx_entity_new (&gx_setting_entity);
  GxPut put = { .entity = &gx_setting_entity, .data = day };
  gboolean ok;

  day->meta.id = ((const Fixture *) data)->day;
  gx_set_str (&day->code, "business_date");
  gx_set_str (&day->value, "2026-11-25");
  ok = gxc_overlay_put (store, &put, error);
  gx_put_clear (&put);
  return ok && gxc_store_commit (store, transaction, error);
}

static void
test_new_day_is_told (void)
{
  g_auto(Fixture) f = { 0 };
  g_autoptr(GError) error = NULL;
  guint n = 0;

  set_up (&f);
  wait_until_told (&f, "customer_digest");
  g_signal_connect (f.desk, "day-changed", G_CALLBACK (on_day_cb), &n);
  g_assert_true (gxc_store_call (gxc_context_get_store (f.core->context), next_day_here, &f, &error));
  g_assert_no_error (error);
  while (n == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (gxc_desk_get_today (f.desk), ==, gx_date_from_ymd (2026, 11, 25));
  g_signal_handlers_disconnect_by_data (f.desk, &n);
}

/* --- a large book ------------------------------------------------------------------------------------------------- */

#define LARGE 2500

static gboolean
put_customer (GxcStore *store, const GxId *id, guint number, int status, GError **error)
{
  GxCustomer *customer = gx_entity_new (&gx_customer_entity);
  GxPut put = { .entity = &gx_customer_entity, .data = customer };
  gboolean ok;

  customer->meta.id = *id;
  customer->meta.v = customer->meta.v0 = 6 + (status == GX_CUSTOMER_CLOSED);
  customer->type = GX_CUSTOMER_PERSON;
  customer->status = status;
  customer->name = g_strdup_printf ("客户%u", number);
  ok = gxc_overlay_put (store, &put, error);
  gx_put_clear (&put);
  return ok;
}

static gboolean
fill_large_here (GxcStore *store, gpointer data, GError **error)
{
  g_autoptr(GxTransaction) transaction = gx_transaction_begin (gxc_store_get_db (store), error);
  gboolean ok = TRUE;

  for (guint i = 0; ok && i < LARGE; i++)
    {
      GxId id = gxc_store_new_id (store);

      ok = put_customer (store, &id, i, GX_CUSTOMER_ACTIVE, error);
    }
  return ok && gx_transaction_commit (transaction, error);
}

/* One customer more is closed. */
static gboolean
close_one_here (GxcStore *store, gpointer data, GError **error)
{
  Fixture *f = data;
  g_autoptr(GxTransaction) transaction = gx_transaction_begin (gxc_store_get_db (store), error);

  return put_customer (store, &f->customers[f->n_closed++], 0, GX_CUSTOMER_CLOSED, error) && gx_transaction_commit (transaction, error);
}

static guint
count_book (Fixture *f)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GxcBook) book = gxc_desk_book (f->desk, &error);

  g_assert_no_error (error);
  return book->n_customers;
}

/* What was summed at the last start is answered at once, and put right behind it. */
static void
test_large_book (void)
{
  g_auto(Fixture) f = { 0 };

  set_up (&f);
  wait_until_told (&f, "customer_digest");
  g_assert_cmpuint (count_book (&f), ==, N_CUSTOMERS);
  close_desk (&f);

  change_store (&f, fill_large_here);
  open_desk (&f);
  g_assert_cmpuint (count_book (&f), ==, LARGE + N_CUSTOMERS);
  close_desk (&f);

  for (guint start = 1; start <= 2; start++)
    {
      change_store (&f, close_one_here);
      g_string_truncate (f.told, 0);
      open_desk (&f);
      g_assert_cmpuint (count_book (&f), ==, LARGE + N_CUSTOMERS + 1 - start);
      wait_until_told (&f, "book");
      g_assert_cmpuint (count_book (&f), ==, LARGE + N_CUSTOMERS - start);
      if (start < 2)
        close_desk (&f);
    }
}

/* A request tells what is in force beside what is asked for, though it says of no field what stood there. */
static void
test_request_tells_what_is_in_force (void)
{
  g_auto(Fixture) f = { 0 };
  g_autoptr(GError) error = NULL;
  g_autoptr(GxRecord) record = NULL;
  g_autoptr(GPtrArray) queue = NULL;
  const GxcReason why = { .reason = "客户本人到场，证件已核对" };
  const GxcQueueField *field;
  GxCustomer *row;
  GxcStore *store;

  set_up (&f);
  record = gxc_desk_read_one (f.desk, &gx_customer_entity, &f.customers[0], &error);
  g_assert_no_error (error);
  row = gx_entity_copy (&gx_customer_entity, gx_record_get_data (record));
  gx_set_str (&row->name, "张大伟");
  close_desk (&f);
  store = open_store (&f);
  gxc_store_edit (store, &gx_customer_entity, gx_record_get_data (record), row, &why, NULL, &error);
  g_assert_no_error (error);
  gxc_store_close (store);
  gx_entity_free (&gx_customer_entity, row);

  open_desk (&f);
  queue = gxc_desk_queue (f.desk, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (queue->len, ==, 1);
  field = g_ptr_array_index (((GxcQueueItem *) g_ptr_array_index (queue, 0))->fields, 0);
  g_assert_cmpstr (field->name, ==, "name");
  g_assert_cmpstr (field->base, ==, "张伟");
  g_assert_cmpstr (field->mine, ==, "张大伟");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client/core_desk/saved_and_taken_back", test_saved_and_taken_back);
  g_test_add_func ("/client/core_desk/one_row", test_one_row);
  g_test_add_func ("/client/core_desk/a_request_tells_what_is_in_force", test_request_tells_what_is_in_force);
  g_test_add_func ("/client/core_desk/book_and_day", test_book_and_day);
  g_test_add_func ("/client/core_desk/a_new_business_day_is_told", test_new_day_is_told);
  g_test_add_func ("/client/core_desk/large_book_is_the_last_one_until_the_new_one_is_summed", test_large_book);

  return g_test_run ();
}
