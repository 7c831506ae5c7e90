/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several rows saved together and taken back: all or nothing, and never over somebody else's change.
 */
#include "gxt-desk.h"

#include "gx-customer.h"
#include "gx-error.h"
#include "gx-plan.h"
#include "gx-task.h"
#include "gx-text.h"
#include "gxc-save.h"
#include "gxc-undo.h"

typedef struct
{
  GxtDesk    desk;
  GxId       customer;
} Fixture;

static void
set_up (Fixture *f)
{
  gxt_desk_init (&f->desk);
  f->customer = gxt_desk_customer (&f->desk, "张伟", "zhang wei", GX_CUSTOMER_ACTIVE, 10);
}

static void
tear_down (Fixture *f)
{
  gxt_desk_clear (&f->desk);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, tear_down)

static GxTask *
new_task (Fixture    *f,
          const char *title)
{
  GxTask *task = gx_entity_new (&gx_task_entity);

  gx_set_str (&task->title, title);
  task->customer_id = f->customer;
  task->kind = GX_TASK_CALL;
  task->due_at = f->desk.clock.now + 3600000;
  task->priority = 2;
  task->status = GX_TASK_OPEN;
  task->assignee_id = f->desk.me;

  return task;
}

/* One that the server has. */
static GxId
put_task (Fixture    *f,
          const char *title,
          gint64      v)
{
  GxTask *task = new_task (f, title);
  GxId id = gxc_store_new_id (f->desk.store);

  task->meta.id = id;
  task->meta.v = task->meta.v0 = v;
  gxt_desk_put (&f->desk, &gx_task_entity, task);
  gx_entity_free (&gx_task_entity, task);

  return id;
}

static GxRecord *
shown (Fixture    *f,
       const GxId *id)
{
  gpointer row = gxt_desk_load (&f->desk, &gx_task_entity, id);

  return row != NULL ? gx_record_new (&gx_task_entity, row) : NULL;
}

static GxcChangeItem *
set_priority (Fixture    *f,
              const GxId *id,
              int         priority)
{
  g_autoptr(GxRecord) original = shown (f, id);
  GxTask *row = gx_entity_copy (&gx_task_entity, gx_record_get_data (original));

  row->priority = priority;
  return gxc_change_item_patch (original, row, 0);
}

static gint64
priority_of (Fixture    *f,
             const GxId *id)
{
  g_autoptr(GxRecord) record = shown (f, id);

  g_assert_nonnull (record);
  return ((const GxTask *) gx_record_get_data (record))->priority;
}

static GxcUndo *
save (Fixture   *f,
      GPtrArray *changes)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) done = gxc_store_save (f->desk.store, changes, FALSE, &error);

  g_assert_no_error (error);
  return gxc_undo_new (done);
}

/* As the desk does it. */
static gboolean
turn (Fixture  *f,
      GxcUndo  *undo,
      GError  **error)
{
  g_autoptr(GPtrArray) steps = gxc_undo_steps (undo);
  g_autoptr(GPtrArray) done = gxc_store_save (f->desk.store, steps, TRUE, error);

  if (done == NULL)
    return FALSE;
  gxc_undo_turn (undo, done);
  return TRUE;
}

static void
test_several_rows_at_once (void)
{
  g_auto(Fixture) f;
  g_autoptr(GPtrArray) changes = gxc_change_items_new ();
  g_autoptr(GxcUndo) undo = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *words = NULL;
  GxId one, two;

  set_up (&f);
  one = put_task (&f, "到期承接", 11);
  two = put_task (&f, "生日致电", 12);
  g_ptr_array_add (changes, set_priority (&f, &one, 4));
  g_ptr_array_add (changes, set_priority (&f, &two, 3));
  undo = save (&f, changes);
  g_assert_cmpint (priority_of (&f, &one), ==, 4);
  g_assert_cmpint (priority_of (&f, &two), ==, 3);
  g_assert_cmpuint (gxc_undo_n_changes (undo), ==, 2);
  words = gxc_undo_dup_words (undo);
  g_assert_cmpstr (words, ==, "Changed: Task × 2");

  g_assert_true (turn (&f, undo, &error));
  g_assert_no_error (error);
  g_assert_true (gxc_undo_is_undone (undo));
  g_assert_cmpint (priority_of (&f, &one), ==, 2);
  g_assert_cmpint (priority_of (&f, &two), ==, 2);

  g_assert_true (turn (&f, undo, &error));
  g_assert_no_error (error);
  g_assert_cmpint (priority_of (&f, &one), ==, 4);
  g_assert_cmpint (priority_of (&f, &two), ==, 3);
}

static void
test_all_or_nothing (void)
{
  g_auto(Fixture) f;
  g_autoptr(GPtrArray) changes = gxc_change_items_new ();
  g_autoptr(GPtrArray) done = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *queue = NULL;
  GxId one, two;

  set_up (&f);
  one = put_task (&f, "到期承接", 11);
  two = put_task (&f, "生日致电", 12);
  g_ptr_array_add (changes, set_priority (&f, &one, 4));
  g_ptr_array_add (changes, set_priority (&f, &two, 9));      /* 1 to 4 */
  done = gxc_store_save (f.desk.store, changes, FALSE, &error);
  g_assert_error (error, GX_ERROR, GX_ERROR_INVALID);
  g_assert_null (done);
  g_assert_cmpint (priority_of (&f, &one), ==, 2);
  queue = gxt_desk_queue (&f.desk);
  g_assert_cmpstr (queue, ==, "");
}

static void
test_what_is_reviewed_is_refused (void)
{
  g_auto(Fixture) f;
  g_autoptr(GPtrArray) changes = gxc_change_items_new ();
  g_autoptr(GPtrArray) done = NULL;
  g_autoptr(GxRecord) original = NULL;
  g_autoptr(GError) error = NULL;
  GxCustomer *row;
  GxId task;

  set_up (&f);
  task = put_task (&f, "到期承接", 11);
  original = gx_record_new (&gx_customer_entity, gxt_desk_load (&f.desk, &gx_customer_entity, &f.customer));
  row = gx_entity_copy (&gx_customer_entity, gx_record_get_data (original));
  row->tier = GX_TIER_GOLD;
  g_ptr_array_add (changes, set_priority (&f, &task, 1));
  g_ptr_array_add (changes, gxc_change_item_patch (original, row, 0));
  done = gxc_store_save (f.desk.store, changes, FALSE, &error);
  g_assert_error (error, GX_ERROR, GX_ERROR_NEEDS_REVIEW);
  g_assert_cmpint (priority_of (&f, &task), ==, 2);
}

/* Only the fields that count are taken from the row. */
static void
test_only_the_fields_that_count (void)
{
  g_auto(Fixture) f;
  g_autoptr(GPtrArray) changes = gxc_change_items_new ();
  g_autoptr(GxRecord) original = NULL;
  g_autoptr(GxcUndo) undo = NULL;
  g_autofree char *words = NULL, *title = NULL;
  GxTask *row;
  GxId id;

  set_up (&f);
  id = put_task (&f, "到期承接", 11);
  original = shown (&f, &id);
  row = new_task (&f, "别的");
  row->priority = 1;
  g_ptr_array_add (changes, gxc_change_item_patch (original, row, GX_FIELD_BIT (gx_entity_index_of (&gx_task_entity, "priority"))));
  undo = save (&f, changes);
  title = gxt_desk_text (&f.desk, &gx_task_entity, &id, "title");
  g_assert_cmpstr (title, ==, "到期承接");
  g_assert_cmpint (priority_of (&f, &id), ==, 1);
  words = gxc_undo_dup_words (undo);
  g_assert_cmpstr (words, ==, "Changed: Task · Priority");
}

/* A colleague's change of the same field stands: nothing at all is taken back. */
static void
test_a_strangers_change_is_not_undone (void)
{
  g_auto(Fixture) f;
  g_autoptr(GPtrArray) changes = gxc_change_items_new ();
  g_autoptr(GxcUndo) undo = NULL;
  g_autoptr(GError) error = NULL;
  GxId one, two;
  GxTask *theirs;

  set_up (&f);
  one = put_task (&f, "到期承接", 11);
  two = put_task (&f, "生日致电", 12);
  g_ptr_array_add (changes, set_priority (&f, &one, 4));
  g_ptr_array_add (changes, set_priority (&f, &two, 4));
  undo = save (&f, changes);
  gxt_desk_settle (&f.desk, 1, "applied", 20, NULL);
  theirs = gxt_desk_load (&f.desk, &gx_task_entity, &one);
  theirs->priority = 1;
  theirs->meta.v = 30;
  gxt_desk_put (&f.desk, &gx_task_entity, theirs);
  gx_entity_free (&gx_task_entity, theirs);
  g_assert_cmpint (priority_of (&f, &one), ==, 1);

  g_assert_false (turn (&f, undo, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_STATE);
  g_assert_false (gxc_undo_is_undone (undo));
  g_assert_cmpint (priority_of (&f, &one), ==, 1);
  g_assert_cmpint (priority_of (&f, &two), ==, 4);
}

/* A row that never left leaves no trace when its making is undone, and comes back as itself. */
static void
test_made_and_taken_back (void)
{
  g_auto(Fixture) f;
  g_autoptr(GPtrArray) changes = gxc_change_items_new ();
  g_autoptr(GxcUndo) undo = NULL;
  g_autoptr(GxRecord) record = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *queue = NULL, *title = NULL;
  GxTask *task;
  GxId id;

  set_up (&f);
  task = new_task (&f, "到期承接");
  id = task->meta.id = gxc_store_new_id (f.desk.store);
  g_ptr_array_add (changes, gxc_change_item_create (&gx_task_entity, task));
  undo = save (&f, changes);
  title = gxt_desk_text (&f.desk, &gx_task_entity, &id, "title");
  g_assert_cmpstr (title, ==, "到期承接");

  g_assert_true (turn (&f, undo, &error));
  g_assert_no_error (error);
  record = shown (&f, &id);
  g_assert_null (record);
  queue = gxt_desk_queue (&f.desk);
  g_assert_cmpstr (queue, ==, "");

  g_assert_true (turn (&f, undo, &error));
  g_assert_no_error (error);
  record = shown (&f, &id);
  g_assert_nonnull (record);
}

static GxcUndo *
remove_task (Fixture    *f,
             const GxId *id)
{
  g_autoptr(GPtrArray) changes = gxc_change_items_new ();
  g_autoptr(GxRecord) original = shown (f, id);

  g_ptr_array_add (changes, gxc_change_item_remove (original));
  return save (f, changes);
}

/* While the removal waits it is simply not sent. */
static void
test_a_removal_that_has_not_left (void)
{
  g_auto(Fixture) f;
  g_autoptr(GxcUndo) undo = NULL;
  g_autoptr(GxRecord) gone = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *queue = NULL, *words = NULL;
  GxId id;

  set_up (&f);
  id = put_task (&f, "到期承接", 11);
  undo = remove_task (&f, &id);
  gone = shown (&f, &id);
  g_assert_null (gone);
  words = gxc_undo_dup_words (undo);
  g_assert_cmpstr (words, ==, "Removed: Task");

  g_assert_true (turn (&f, undo, &error));
  g_assert_no_error (error);
  g_assert_cmpint (priority_of (&f, &id), ==, 2);
  queue = gxt_desk_queue (&f.desk);
  g_assert_cmpstr (queue, ==, "");
}

/* After that the bank has removed it: it is made anew, and what undid it knows the new id. */
static void
test_a_removal_that_has_left (void)
{
  g_auto(Fixture) f;
  g_autoptr(GxcUndo) undo = NULL;
  g_autoptr(GPtrArray) steps = NULL;
  g_autoptr(GPtrArray) done = NULL;
  g_autoptr(GxRecord) gone = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *title = NULL;
  GxId id, again;

  set_up (&f);
  id = put_task (&f, "到期承接", 11);
  undo = remove_task (&f, &id);
  gxt_desk_settle (&f.desk, 1, "applied", 20, NULL);
  gxt_desk_gone (&f.desk, &gx_task_entity, &id);

  steps = gxc_undo_steps (undo);
  done = gxc_store_save (f.desk.store, steps, TRUE, &error);
  g_assert_no_error (error);
  gxc_undo_turn (undo, done);
  again = ((GxMeta *) ((GxcChangeItem *) g_ptr_array_index (done, 0))->row)->id;
  g_assert_false (gx_id_equal (&id, &again));
  title = gxt_desk_text (&f.desk, &gx_task_entity, &again, "title");
  g_assert_cmpstr (title, ==, "到期承接");

  g_assert_true (turn (&f, undo, &error));
  g_assert_no_error (error);
  gone = shown (&f, &again);
  g_assert_null (gone);
}

/* What was written into the row since its making would be lost with it. */
static void
test_making_is_not_undone_over_later_work (void)
{
  g_auto(Fixture) f;
  g_autoptr(GPtrArray) changes = gxc_change_items_new ();
  g_autoptr(GPtrArray) later = gxc_change_items_new ();
  g_autoptr(GxcUndo) undo = NULL;
  g_autoptr(GxcUndo) second = NULL;
  g_autoptr(GError) error = NULL;
  GxTask *task;
  GxId id;

  set_up (&f);
  task = new_task (&f, "到期承接");
  id = task->meta.id = gxc_store_new_id (f.desk.store);
  g_ptr_array_add (changes, gxc_change_item_create (&gx_task_entity, task));
  undo = save (&f, changes);
  g_ptr_array_add (later, set_priority (&f, &id, 1));
  second = save (&f, later);
  g_assert_false (turn (&f, undo, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_STATE);
  g_clear_error (&error);

  g_assert_true (turn (&f, second, &error));
  g_assert_true (turn (&f, undo, &error));
  g_assert_no_error (error);
}

/* --- a row that no client may remove ------------------------------------------------------------------------------ */

static GxcUndo *
start_plan (Fixture *f,
            GxId    *out_plan,
            GxId    *out_task)
{
  g_autoptr(GPtrArray) changes = gxc_change_items_new ();
  GxPlan *plan = gx_entity_new (&gx_plan_entity);
  GxTask *task = new_task (f, "到期承接");

  *out_plan = plan->meta.id = gxc_store_new_id (f->desk.store);
  *out_task = task->meta.id = gxc_store_new_id (f->desk.store);
  plan->tmpl_id = gxc_store_new_id (f->desk.store);
  plan->customer_id = f->customer;
  plan->started_on = gx_date_from_ymd (2026, 11, 24);
  plan->status = GX_PLAN_RUNNING;
  task->source = g_strdup_printf ("{\"kind\":\"plan\",\"plan\":\"%s\"}", GX_ID_STR (out_plan));
  g_ptr_array_add (changes, gxc_change_item_create (&gx_plan_entity, plan));
  g_ptr_array_add (changes, gxc_change_item_create (&gx_task_entity, task));

  return save (f, changes);
}

static void
assert_plan (Fixture    *f,
             const GxId *id,
             const char *status)
{
  g_autofree char *text = gxt_desk_text (&f->desk, &gx_plan_entity, id, "status");

  g_assert_cmpstr (text, ==, status);
}

/* While the bank knows nothing of it, nothing is left of it. */
static void
test_a_plan_that_has_not_left (void)
{
  g_auto(Fixture) f;
  g_autoptr(GxcUndo) undo = NULL;
  g_autoptr(GxRecord) task = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *queue = NULL;
  GxId plan, id;

  set_up (&f);
  undo = start_plan (&f, &plan, &id);
  g_assert_true (turn (&f, undo, &error));
  g_assert_no_error (error);
  g_assert_null (gxt_desk_load (&f.desk, &gx_plan_entity, &plan));
  task = shown (&f, &id);
  g_assert_null (task);
  queue = gxt_desk_queue (&f.desk);
  g_assert_cmpstr (queue, ==, "");

  g_assert_true (turn (&f, undo, &error));
  g_assert_no_error (error);
  assert_plan (&f, &plan, "RUNNING");
}

/* After that the plan ends, its tasks go, and no removal of the plan is sent. */
static void
test_a_plan_that_has_left (void)
{
  g_auto(Fixture) f;
  g_autoptr(GxcUndo) undo = NULL;
  g_autoptr(GxRecord) task = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *queue = NULL;
  GxId plan, id;

  set_up (&f);
  undo = start_plan (&f, &plan, &id);
  gxt_desk_settle (&f.desk, 1, "applied", 20, NULL);
  gxt_desk_settle (&f.desk, 2, "applied", 21, NULL);
  g_assert_true (turn (&f, undo, &error));
  g_assert_no_error (error);
  assert_plan (&f, &plan, "CANCELLED");
  task = shown (&f, &id);
  g_assert_null (task);
  queue = gxt_desk_queue (&f.desk);
  g_assert_nonnull (strstr (queue, "delete task"));
  g_assert_nonnull (strstr (queue, "patch plan"));
  g_assert_null (strstr (queue, "delete plan"));

  g_assert_true (turn (&f, undo, &error));
  g_assert_no_error (error);
  assert_plan (&f, &plan, "RUNNING");
  g_assert_true (turn (&f, undo, &error));
  g_assert_no_error (error);
  assert_plan (&f, &plan, "CANCELLED");
}

/* --- what may be asked -------------------------------------------------------------------------------------------- */

static gint64
count_where (Fixture      *f,
             const char   *field,
             GxcOperator   op,
             const char   *text,
             GError      **error)
{
  const GxcCondition condition = { field, op, text };
  const GxcListQuery query = { .entity = &gx_task_entity, .conditions = &condition, .n_conditions = 1, .limit = 1 };

  return gxc_list_count (gxc_store_get_db (f->desk.store), &query, error);
}

static void
test_conditions (void)
{
  static const struct { const char *field; GxcOperator op; const char *text; gint64 n; } cases[] = {
    { "priority", GXC_IS, "IMPORTANT", 3 },  { "priority", GXC_IS_NOT, "IMPORTANT", 0 },
    { "priority", GXC_IN, "URGENT,IMPORTANT", 3 }, { "priority", GXC_IN, "URGENT,ROUTINE", 0 },
    { "priority", GXC_IN, "", 0 },           { "status", GXC_IN, "OPEN,DOING", 3 },
    { "status", GXC_IN, "DONE", 0 },         { "title", GXC_IN, "生日致电,到期承接", 2 },
    { "remind_at", GXC_IS_NONE, NULL, 3 },   { "title", GXC_IS_SOME, NULL, 3 },
    { "priority", GXC_LESS, "ROUTINE", 3 },  { "priority", GXC_GREATER, "IMPORTANT", 0 },
  };
  g_auto(Fixture) f;
  g_autoptr(GError) error = NULL;

  set_up (&f);
  put_task (&f, "到期承接", 11);
  put_task (&f, "生日致电", 12);
  put_task (&f, "季度核验", 13);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpint (count_where (&f, cases[i].field, cases[i].op, cases[i].text, &error), ==, cases[i].n);
      g_assert_no_error (error);
    }
  g_assert_cmpint (count_where (&f, "status", GXC_IN, "OPEN,NEVER", &error), ==, -1);
  g_assert_error (error, GX_ERROR, GX_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_cmpint (count_where (&f, "no_such", GXC_IS, "1", &error), ==, -1);
  g_assert_error (error, GX_ERROR, GX_ERROR_SCHEMA);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client/save/several_rows_at_once", test_several_rows_at_once);
  g_test_add_func ("/client/save/all_or_nothing", test_all_or_nothing);
  g_test_add_func ("/client/save/what_is_reviewed_is_refused", test_what_is_reviewed_is_refused);
  g_test_add_func ("/client/save/only_the_fields_that_count", test_only_the_fields_that_count);
  g_test_add_func ("/client/save/a_strangers_change_is_not_undone", test_a_strangers_change_is_not_undone);
  g_test_add_func ("/client/save/made_and_taken_back", test_made_and_taken_back);
  g_test_add_func ("/client/save/a_removal_that_has_not_left", test_a_removal_that_has_not_left);
  g_test_add_func ("/client/save/a_removal_that_has_left", test_a_removal_that_has_left);
  g_test_add_func ("/client/save/making_is_not_undone_over_later_work", test_making_is_not_undone_over_later_work);
  g_test_add_func ("/client/save/a_plan_that_has_not_left_is_taken_back", test_a_plan_that_has_not_left);
  g_test_add_func ("/client/save/a_plan_that_has_left_ends_instead", test_a_plan_that_has_left);
  g_test_add_func ("/client/list/conditions", test_conditions);

  return g_test_run ();
}
