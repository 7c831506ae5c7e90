/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every desk does by itself, whatever stands behind it: Ctrl+Z over the last saves, and the curtain.
 */
#include "gxt-fake-desk.h"

#include "gx-customer.h"
#include "gx-error.h"
#include "gx-holding.h"
#include "gx-money.h"
#include "gx-task.h"
#include "gx-text.h"
#include "gxc-field-column.h"
#include "gxc-record-model.h"

static void
on_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

/* Takes @result. */
static gboolean
finish (GxcDesk *desk, GAsyncResult *result, GError **error)
{
  g_autoptr(GAsyncResult) owned = result;

  return gxc_desk_finish (desk, owned, error);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (!*result)
    g_main_context_iteration (NULL, TRUE);
  return g_steal_pointer (result);
}

static GxcUndo *
set_priority (GxcDesk *desk, const GxId *id, int priority)
{
  g_autoptr(GPtrArray) changes = gxc_change_items_new ();
  g_autoptr(GxRecord) original = gxc_desk_read_one (desk, &gx_task_entity, id, NULL);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  GxTask *row = gx_entity_copy (&gx_task_entity, gx_record_get_data (original));
  GAsyncResult *done = NULL;
  GxcUndo *undo;

  row->priority = priority;
  g_ptr_array_add (changes, gxc_change_item_patch (original, row, 0));
  gxc_desk_save (desk, changes, on_done_cb, &done);
  result = wait_for (&done);
  undo = gxc_desk_finish_save (desk, result, &error);
  g_assert_no_error (error);
  return undo;
}

static gint64
priority_of (GxcDesk *desk, const GxId *id)
{
  g_autoptr(GxRecord) record = gxc_desk_read_one (desk, &gx_task_entity, id, NULL);

  return ((const GxTask *) gx_record_get_data (record))->priority;
}

static gboolean
undo_last (GxcDesk *desk, gboolean redo, GError **error)
{
  GAsyncResult *done = NULL;

  (redo ? gxc_desk_redo_last : gxc_desk_undo_last) (desk, on_done_cb, &done);
  return finish (desk, wait_for (&done), error);
}

static void
test_undo (void)
{
  g_autoptr(GxtFakeDesk) fake = gxt_fake_desk_new ("RM");
  GxcDesk *desk = GXC_DESK (fake);
  GxTask *task = gxt_fake_desk_add (fake, &gx_task_entity);
  const GxId id = task->meta.id;
  g_autoptr(GxcUndo) first = NULL;
  g_autoptr(GxcUndo) second = NULL;
  g_autoptr(GxcUndo) third = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *words = NULL, *none = NULL;

  task->priority = 1;
  g_assert_null (gxc_desk_dup_undo_words (desk));
  g_assert_false (undo_last (desk, FALSE, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_STATE);
  g_clear_error (&error);

  first = set_priority (desk, &id, 2);
  second = set_priority (desk, &id, 3);
  words = gxc_desk_dup_undo_words (desk);
  g_assert_cmpstr (words, ==, "Changed: Task · Priority");
  g_assert_true (undo_last (desk, FALSE, &error));
  g_assert_cmpint (priority_of (desk, &id), ==, 2);
  g_assert_true (undo_last (desk, FALSE, &error));
  g_assert_cmpint (priority_of (desk, &id), ==, 1);
  g_assert_true (undo_last (desk, TRUE, &error));
  g_assert_cmpint (priority_of (desk, &id), ==, 2);
  g_assert_true (gxc_undo_is_undone (second));
  g_assert_false (gxc_undo_is_undone (first));

  /* a new save ends what could be made again */
  third = set_priority (desk, &id, 4);
  none = gxc_desk_dup_redo_words (desk);
  g_assert_null (none);
  g_assert_false (undo_last (desk, TRUE, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_STATE);
}

/* The toast's undo is of its own save, and what was changed since is not lost by it. */
static void
test_undo_of_one_save (void)
{
  g_autoptr(GxtFakeDesk) fake = gxt_fake_desk_new ("RM");
  GxcDesk *desk = GXC_DESK (fake);
  GxTask *task = gxt_fake_desk_add (fake, &gx_task_entity);
  const GxId id = task->meta.id;
  g_autoptr(GxcUndo) first = set_priority (desk, &id, 2);
  g_autoptr(GxcUndo) second = set_priority (desk, &id, 3);
  g_autoptr(GError) error = NULL;
  GAsyncResult *done = NULL;

  gxc_desk_undo (desk, first, on_done_cb, &done);
  g_assert_false (finish (desk, wait_for (&done), &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_STATE);
  g_clear_error (&error);
  g_assert_cmpint (priority_of (desk, &id), ==, 3);

  gxc_desk_undo (desk, second, on_done_cb, &done);
  g_assert_true (finish (desk, wait_for (&done), &error));
  gxc_desk_undo (desk, first, on_done_cb, &done);
  g_assert_true (finish (desk, wait_for (&done), &error));
  g_assert_no_error (error);
  gxc_desk_undo (desk, first, on_done_cb, &done);
  g_assert_false (finish (desk, wait_for (&done), &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_STATE);
}

static char *
words (GxcDesk *desk, const GxEntity *entity, const GxId *id, const char *field)
{
  g_autoptr(GxRecord) record = gxc_desk_read_one (desk, entity, id, NULL);

  return gxc_field_to_words (desk, record, gx_entity_find (entity, field));
}

/* One row: what is told with the curtain up, and with it down. */
static void
check_words (GxcDesk *desk, const GxEntity *entity, const GxId *id, const char *field, const char *up, const char *down)
{
  g_autofree char *open = NULL, *shut = NULL;

  gxc_desk_set_curtain (desk, FALSE);
  open = words (desk, entity, id, field);
  gxc_desk_set_curtain (desk, TRUE);
  shut = words (desk, entity, id, field);
  g_assert_cmpstr (open, ==, up);
  g_assert_cmpstr (shut, ==, down);
}

static void
on_told_cb (GxcDesk *desk, guint *n)
{
  (*n)++;
}

static void
test_curtain (void)
{
  g_autoptr(GxtFakeDesk) fake = gxt_fake_desk_new ("RM");
  GxcDesk *desk = GXC_DESK (fake);
  GxCustomer *customer = gxt_fake_desk_add (fake, &gx_customer_entity);
  GxHolding *holding = gxt_fake_desk_add (fake, &gx_holding_entity);
  g_autofree char *band = NULL, *name = NULL, *own = NULL;
  guint told = 0;

  customer->name = g_strdup ("张明远");
  customer->cif_no = g_strdup ("3300012217");
  customer->tier = GX_TIER_GOLD;
  holding->acct_no = g_strdup ("6228480012345678");
  holding->balance = 42000000;
  band = gx_money_band_label (gx_money_band (holding->balance, NULL), NULL, gx_money_units ());
  g_signal_connect (desk, "curtain-changed", G_CALLBACK (on_told_cb), &told);

  check_words (desk, &gx_customer_entity, &customer->meta.id, "name", "张明远", "张*");
  check_words (desk, &gx_customer_entity, &customer->meta.id, "cif_no", "3300012217", "3300012217");
  check_words (desk, &gx_customer_entity, &customer->meta.id, "tier", "Gold", "Gold");
  check_words (desk, &gx_holding_entity, &holding->meta.id, "acct_no", "6228480012345678", "**** **** **** 5678");
  check_words (desk, &gx_holding_entity, &holding->meta.id, "balance", "¥420,000.00", band);
  g_assert_cmpuint (told, ==, 9);

  name = gxc_desk_dup_customer (desk, &customer->meta.id);
  g_assert_cmpstr (name, ==, "张* 2217");
  own = gxc_own_money_to_words (desk, holding->balance, NULL);
  g_assert_cmpstr (own, ==, band);
}

/* Who decides requests has no customers of his own, and must read what he signs. */
static void
test_a_checker_has_no_curtain (void)
{
  g_autoptr(GxtFakeDesk) fake = gxt_fake_desk_new ("SUPERVISOR");
  GxcDesk *desk = GXC_DESK (fake);
  GxCustomer *customer = gxt_fake_desk_add (fake, &gx_customer_entity);

  customer->name = g_strdup ("张明远");
  check_words (desk, &gx_customer_entity, &customer->meta.id, "name", "张明远", "张明远");
  g_assert_false (gxc_desk_get_curtain (desk));
}

/* A list's rows are other records afterwards, or a view would keep what it bound. */
static void
test_a_list_follows_the_curtain (void)
{
  g_autoptr(GxtFakeDesk) fake = gxt_fake_desk_new ("RM");
  g_autoptr(GxcRecordModel) model = NULL;
  guint reads;

  gxt_fake_desk_fill (fake, 3);
  model = gxc_record_model_new (GXC_DESK (fake), &gx_customer_entity);
  g_assert_true (gxc_record_model_refresh (model, NULL));
  g_object_unref (g_list_model_get_item (G_LIST_MODEL (model), 0));
  reads = gxc_record_model_n_reads (model);
  gxc_desk_set_curtain (GXC_DESK (fake), TRUE);
  g_object_unref (g_list_model_get_item (G_LIST_MODEL (model), 0));
  g_assert_cmpuint (gxc_record_model_n_reads (model), >, reads);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/undo/last_first", test_undo);
  g_test_add_func ("/desk/undo/of_one_save", test_undo_of_one_save);
  g_test_add_func ("/desk/curtain/masks_and_bands", test_curtain);
  g_test_add_func ("/desk/curtain/a_checker_has_none", test_a_checker_has_no_curtain);
  g_test_add_func ("/desk/curtain/a_list_follows", test_a_list_follows_the_curtain);
  return g_test_run ();
}
