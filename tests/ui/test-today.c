/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Today page on a desk of rows made by hand: which lines there are and in what order, what doing, putting off and moving
 * writes, and the page's keys and states. That the store finds the same lines is the store's own test. */

#include <adwaita.h>
#include <string.h>

#include "gx-calendar-day.h"
#include "gx-change-request.h"
#include "gx-customer.h"
#include "gx-error.h"
#include "gx-holding.h"
#include "gx-task.h"
#include "gx-text.h"
#include "gx-visit.h"
#include "gxc-area-chart.h"
#include "gxc-shell.h"
#include "gxc-sparkline.h"
#include "gxc-state-chip.h"
#include "gxc-tile.h"
#include "gxc-today-edits.h"
#include "gxc-today-list.h"
#include "gxc-today-model.h"
#include "gxc-today-page.h"
#include "gxc-today-row.h"
#include "gxc-today-sources.h"
#include "gxt-fake-desk.h"
#include "gxt-find.h"
#include "gxt-screenshot.h"

#define HOUR G_GINT64_CONSTANT (3600000)
#define DAY  (24 * HOUR)

typedef struct
{
  GxtFakeDesk *desk;
  GxId         customer;
} Fixture;

static gint64
now_of (Fixture *fixture)
{
  return gxc_desk_now (GXC_DESK (fixture->desk));
}

static gint32
today_of (Fixture *fixture)
{
  return gxc_desk_get_today (GXC_DESK (fixture->desk));
}

static GxId
add_customer (Fixture *fixture, gint64 aum)
{
  GxCustomer *customer = gxt_fake_desk_add (fixture->desk, &gx_customer_entity);
  GxcDigest *digest = gx_entity_new (gxc_digest_entity ());

  customer->name = g_strdup ("张明远");
  customer->cif_no = g_strdup ("3300002217");
  customer->status = GX_CUSTOMER_ACTIVE;
  customer->tier = GX_TIER_DIAMOND;
  customer->primary_rm_id = gxc_desk_get_person (GXC_DESK (fixture->desk))->employee_id;
  digest->meta.id = customer->meta.id;
  digest->ccy = g_strdup ("CNY");
  digest->aum = aum;
  gxt_fake_desk_put (fixture->desk, gxc_digest_entity (), digest);
  return customer->meta.id;
}

static GxcDigest *
digest_of (Fixture *fixture, const GxId *customer)
{
  g_autoptr(GxRecord) record = gxc_desk_read_one (GXC_DESK (fixture->desk), gxc_digest_entity (), customer, NULL);

  return (GxcDigest *) gx_record_get_data (record);
}

static GxTask *
add_task (Fixture *fixture, int kind, gint64 due_at)
{
  GxTask *task = gxt_fake_desk_add (fixture->desk, &gx_task_entity);

  task->customer_id = fixture->customer;
  task->title = g_strdup ("到期承接");
  task->kind = kind;
  task->status = GX_TASK_OPEN;
  task->due_at = due_at;
  task->meta.created_at = now_of (fixture) - DAY;
  task->assignee_id = gxc_desk_get_person (GXC_DESK (fixture->desk))->employee_id;
  return task;
}

static GxVisit *
add_visit (Fixture *fixture, int status, gint64 plan_at)
{
  GxVisit *visit = gxt_fake_desk_add (fixture->desk, &gx_visit_entity);

  visit->customer_id = fixture->customer;
  visit->owner_id = gxc_desk_get_person (GXC_DESK (fixture->desk))->employee_id;
  visit->status = status;
  visit->plan_at = plan_at;
  visit->minutes = 30;
  visit->goal = g_strdup ("a talk");
  return visit;
}

static void
set_up (Fixture *fixture, gconstpointer role)
{
  fixture->desk = gxt_fake_desk_new (role);
  fixture->customer = add_customer (fixture, 860000000);
}

static void
tear_down (Fixture *fixture, gconstpointer role)
{
  gxt_wait_ms (50);
  gxt_let_go (fixture->desk);
}

static GxcTodayModel *
read_model (Fixture *fixture)
{
  GxcTodayModel *model = gxc_today_model_new (GXC_DESK (fixture->desk));
  g_autoptr(GError) error = NULL;

  g_assert_true (gxc_today_model_refresh (model, &error));
  g_assert_no_error (error);
  return model;
}

/* The kinds in order, a letter each. */
static char *
kinds_of (GxcTodayModel *model)
{
  static const char letters[] = { [GXC_TODAY_TASK] = 't', [GXC_TODAY_TO_PLAN] = 'p', [GXC_TODAY_MISSED] = 'm', [GXC_TODAY_UNENDED] = 'u', [GXC_TODAY_ENTRY] = 'e', [GXC_TODAY_REVIEW] = 'r',
                                  [GXC_TODAY_RETURNED] = 'b', [GXC_TODAY_SYNC] = 's', [GXC_TODAY_MATURITY] = 'M',
                                  [GXC_TODAY_BIRTHDAY] = 'B', [GXC_TODAY_CADENCE] = 'C', [GXC_TODAY_RISK] = 'R' };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++)
    {
      g_autoptr(GxcTodayItem) item = g_list_model_get_item (G_LIST_MODEL (model), i);

      g_string_append_c (text, letters[item->kind]);
    }
  return g_string_free (text, FALSE);
}

static void
assert_kinds (Fixture *fixture, const char *expected)
{
  g_autoptr(GxcTodayModel) model = read_model (fixture);
  g_autofree char *kinds = NULL;

  gxc_today_model_set_folded (model, FALSE);
  kinds = kinds_of (model);
  g_assert_cmpstr (kinds, ==, expected);
}

/* --- which lines -------------------------------------------------------------------------------------------------- */

static void
test_tasks (Fixture *fixture, gconstpointer role)
{
  GxTask *task;

  add_task (fixture, GX_TASK_CALL, now_of (fixture) - DAY);
  add_task (fixture, GX_TASK_VISIT, now_of (fixture) + HOUR / 2);
  add_task (fixture, GX_TASK_CALL, now_of (fixture) + 3 * DAY);         /* later */
  add_task (fixture, GX_TASK_CALL, now_of (fixture))->status = GX_TASK_DONE;
  task = add_task (fixture, GX_TASK_CALL, now_of (fixture));
  task->assignee_id = fixture->customer;                                 /* somebody else's */
  assert_kinds (fixture, "tp");
}

/* Today's are on their card; what an earlier day left is late until somebody ends it, plans it again or cancels it. */
static void
test_visits (Fixture *fixture, gconstpointer role)
{
  gboolean red = FALSE;
  GxVisit *begun;
  GxTask *task = add_task (fixture, GX_TASK_VISIT, now_of (fixture) - HOUR);

  add_visit (fixture, GX_VISIT_PLANNED, now_of (fixture) + HOUR);
  add_visit (fixture, GX_VISIT_CANCELLED, now_of (fixture) - 3 * DAY);
  add_visit (fixture, GX_VISIT_DONE, now_of (fixture) - 3 * DAY);
  assert_kinds (fixture, "p");
  add_visit (fixture, GX_VISIT_PLANNED, now_of (fixture) + 2 * DAY)->task_id = task->meta.id;     /* speaks for the task */
  assert_kinds (fixture, "");
  g_assert_cmpuint (gxc_today_count (GXC_DESK (fixture->desk), &red), ==, 0);
  g_assert_false (red);
  add_visit (fixture, GX_VISIT_MISSED, now_of (fixture) - 2 * DAY);
  begun = add_visit (fixture, GX_VISIT_CHECKED_IN, now_of (fixture) - DAY);
  begun->check_in_at = begun->plan_at;
  add_visit (fixture, GX_VISIT_MISSED, now_of (fixture) - 2 * DAY)->owner_id = fixture->customer;  /* somebody else's */
  assert_kinds (fixture, "mu");
  g_assert_cmpuint (gxc_today_count (GXC_DESK (fixture->desk), &red), ==, 2);
  g_assert_true (red);
}

static void
test_clocks (Fixture *fixture, gconstpointer role)
{
  g_autoptr(GxRecord) record = gxc_desk_read_one (GXC_DESK (fixture->desk), &gx_customer_entity, &fixture->customer, NULL);
  GxCustomer *customer = (GxCustomer *) gx_record_get_data (record);
  const GxcPerson *person = gxc_desk_get_person (GXC_DESK (fixture->desk));
  GxChangeRequest *request = gxt_fake_desk_add (fixture->desk, &gx_change_request_entity);

  customer->entry_state = 1;
  customer->entry_due_at = now_of (fixture) + HOUR;
  customer->first_contact_at = now_of (fixture) - 23 * HOUR;
  request->kind = g_strdup ("tier.change");
  request->op = g_strdup ("patch");
  request->tbl = g_strdup ("customer");
  request->entity_id = fixture->customer;
  request->maker_id = person->employee_id;
  request->state = g_strdup ("RETURNED");
  gxt_fake_desk_summary (fixture->desk)->refused = 1;
  assert_kinds (fixture, "ebs");
  customer->entry_state = 2;
  gx_set_str (&request->state, "APPLIED");
  gxt_fake_desk_summary (fixture->desk)->refused = 0;
  assert_kinds (fixture, "");
}

static void
test_care (Fixture *fixture, gconstpointer role)
{
  GxcDigest *digest = digest_of (fixture, &fixture->customer);
  gint32 today = today_of (fixture);

  digest->matures_on = today + 31;
  digest->birthday = 1202;
  digest->cadence_due_on = today + 1;
  digest->risk_expires_on = today + 31;
  assert_kinds (fixture, "");
  digest->matures_on = today + 30;
  digest->birthday = 1130;
  digest->cadence_due_on = today - 40;
  digest->risk_expires_on = today - 1;
  assert_kinds (fixture, "BCRM");
}

static void
test_birthday_over_new_year (Fixture *fixture, gconstpointer role)
{
  g_autoptr(GxcTodayModel) model = NULL;
  g_autoptr(GxcTodayItem) item = NULL;

  gxt_fake_desk_set_today (fixture->desk, gx_date_from_ymd (2026, 12, 30));
  digest_of (fixture, &fixture->customer)->birthday = 102;
  model = read_model (fixture);
  item = g_list_model_get_item (G_LIST_MODEL (model), 0);
  g_assert_nonnull (item);
  g_assert_cmpint (item->due_on, ==, gx_date_from_ymd (2027, 1, 2));
}

static void
test_reviews (Fixture *fixture, gconstpointer role)
{
  GxChangeRequest *request = gxt_fake_desk_add (fixture->desk, &gx_change_request_entity);

  request->kind = g_strdup ("tier.change");
  request->op = g_strdup ("patch");
  request->tbl = g_strdup ("customer");
  request->entity_id = fixture->customer;
  request->maker_id = fixture->customer;
  request->state = g_strdup ("PENDING");
  request->due_at = now_of (fixture) + 70 * HOUR;
  assert_kinds (fixture, g_str_equal (role, "RM") ? "" : "r");
}

static void
test_order (Fixture *fixture, gconstpointer role)
{
  g_autoptr(GxcTodayModel) model = NULL;
  g_autoptr(GxcTodayItem) first = NULL, richest = NULL;
  GxId poor = fixture->customer, rich;
  GxcTodaySums sums;

  add_task (fixture, GX_TASK_CALL, now_of (fixture) - DAY);
  rich = fixture->customer = add_customer (fixture, 4120000000);
  add_task (fixture, GX_TASK_CALL, now_of (fixture) + HOUR / 2);
  add_task (fixture, GX_TASK_CALL, now_of (fixture) - HOUR / 2);
  model = read_model (fixture);
  first = g_list_model_get_item (G_LIST_MODEL (model), 0);
  g_assert_true (gx_id_equal (&first->customer_id, &poor));
  gxc_today_model_set_by_value (model, TRUE);
  richest = g_list_model_get_item (G_LIST_MODEL (model), 0);
  g_assert_true (gx_id_equal (&richest->customer_id, &rich));
  gxc_today_model_get_sums (model, &sums);
  g_assert_cmpuint (sums.n_lines, ==, 3);
  g_assert_cmpuint (sums.n_late, ==, 2);
  g_assert_cmpuint (sums.n_soon, ==, 1);
  g_assert_cmpint (sums.value, ==, 860000000 + 4120000000);      /* each customer once */
}

static void
test_folds (Fixture *fixture, gconstpointer role)
{
  g_autoptr(GxcTodayModel) model = NULL;
  guint n_shown;

  for (int i = 0; i < 20; i++)
    add_task (fixture, GX_TASK_CALL, now_of (fixture) - i * HOUR);
  model = read_model (fixture);
  n_shown = g_list_model_get_n_items (G_LIST_MODEL (model));
  g_assert_cmpuint (n_shown, <, 20);
  g_assert_cmpuint (n_shown + gxc_today_model_n_folded (model), ==, 20);
  gxc_today_model_set_folded (model, FALSE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 20);
}

static void
test_count (Fixture *fixture, gconstpointer role)
{
  gboolean red = FALSE;

  add_task (fixture, GX_TASK_CALL, now_of (fixture) + 2 * HOUR);
  g_assert_cmpuint (gxc_today_count (GXC_DESK (fixture->desk), &red), ==, 1);
  g_assert_false (red);
  add_task (fixture, GX_TASK_CALL, now_of (fixture) - HOUR);
  g_assert_cmpuint (gxc_today_count (GXC_DESK (fixture->desk), &red), ==, 2);
  g_assert_true (red);
  gxt_fake_desk_sign_out (fixture->desk);
  g_assert_cmpuint (gxc_today_count (GXC_DESK (fixture->desk), &red), ==, 0);
}

/* --- what is written ---------------------------------------------------------------------------------------------- */

static const GxTask *
changed_task (GPtrArray *changes, guint i)
{
  return ((GxcChangeItem *) g_ptr_array_index (changes, i))->row;
}

static void
test_edits (Fixture *fixture, gconstpointer role)
{
  g_autoptr(GPtrArray) items = NULL, done = NULL, snoozed = NULL, moved = NULL;
  GxCalendarDay *holiday = gxt_fake_desk_add (fixture->desk, &gx_calendar_day_entity);
  g_autoptr(GxcTodayModel) model = NULL;
  g_autoptr(GDateTime) at = NULL, at_nine = NULL;
  gint64 due = now_of (fixture) - DAY - 17 * 60000;
  gint32 today = today_of (fixture);

  holiday->date = today + 1;
  holiday->kind = GX_DAY_HOLIDAY;
  add_task (fixture, GX_TASK_CALL, due);
  gxt_fake_desk_summary (fixture->desk)->conflicts = 1;
  model = read_model (fixture);
  items = gxc_today_model_get_kind (model, GXC_TODAY_TASK);
  g_ptr_array_add (items, g_list_model_get_item (G_LIST_MODEL (model), 1));       /* no task: passed over */

  done = gxc_today_changes_done (GXC_DESK (fixture->desk), items);
  g_assert_cmpuint (done->len, ==, 1);
  g_assert_cmpint (changed_task (done, 0)->status, ==, GX_TASK_DONE);

  snoozed = gxc_today_changes_snooze (GXC_DESK (fixture->desk), items);
  at_nine = g_date_time_new_from_unix_local (changed_task (snoozed, 0)->due_at / 1000);
  g_assert_cmpint (g_date_time_get_hour (at_nine), ==, 9);
  g_assert_cmpint (gx_date_from_ymd (g_date_time_get_year (at_nine), g_date_time_get_month (at_nine), g_date_time_get_day_of_month (at_nine)),
                   ==, today + 2);
  g_assert_cmpint (changed_task (snoozed, 0)->snooze_cnt, ==, 1);

  moved = gxc_today_changes_move (items, today + 9);
  at = g_date_time_new_from_unix_local (changed_task (moved, 0)->due_at / 1000);
  g_assert_cmpint (changed_task (moved, 0)->due_at % HOUR, ==, due % HOUR / 60000 * 60000);
  g_assert_cmpint (gx_date_from_ymd (g_date_time_get_year (at), g_date_time_get_month (at), g_date_time_get_day_of_month (at)), ==, today + 9);
}

/* --- the page ----------------------------------------------------------------------------------------------------- */

static GtkWidget *
show_page (Fixture *fixture, GtkWidget **out_window)
{
  GtkWidget *page = gxc_today_page_new (GXC_DESK (fixture->desk)), *toasts;

  *out_window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (*out_window), 1100, 800);
  toasts = adw_toast_overlay_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (toasts), page);
  gtk_window_set_child (GTK_WINDOW (*out_window), toasts);
  gtk_window_present (GTK_WINDOW (*out_window));
  gxt_wait_shown (GTK_WINDOW (*out_window));
  return page;
}

static guint
n_lines (GtkWidget *page)
{
  g_autoptr(GPtrArray) lines = gxt_find_all (page, GXC_TYPE_TODAY_ROW);

  return lines->len;
}

static void
test_page_keys (Fixture *fixture, gconstpointer role)
{
  GtkWidget *window, *page, *list, *row;
  const GxTask *task = add_task (fixture, GX_TASK_CALL, now_of (fixture) - DAY);
  GxId first = task->meta.id;
  g_autoptr(GxRecord) record = NULL;

  add_task (fixture, GX_TASK_CALL, now_of (fixture) - HOUR);
  page = show_page (fixture, &window);
  list = gxt_find_first (page, GXC_TYPE_TODAY_LIST);
  g_assert_true (gtk_widget_grab_focus (page));
  row = gtk_window_get_focus (GTK_WINDOW (window));
  g_assert_true (GXC_IS_TODAY_ROW (row));
  gtk_widget_activate_action (list, "today.done", NULL);
  gxt_wait_ms (400);
  GXT_WAIT_FOR (gxt_fake_desk_n_calls (fixture->desk, "save") == 1);
  record = gxc_desk_read_one (GXC_DESK (fixture->desk), &gx_task_entity, &first, NULL);
  g_assert_cmpint (((const GxTask *) gx_record_get_data (record))->status, ==, GX_TASK_DONE);
  GXT_WAIT_FOR (n_lines (page) == 1);
  GXT_WAIT_FOR (GXC_IS_TODAY_ROW (gtk_window_get_focus (GTK_WINDOW (window))));         /* the line that took its place */
  gtk_widget_activate_action (list, "today.snooze", NULL);
  gxt_wait_ms (400);
  GXT_WAIT_FOR (gxt_count_saying (page, "Nothing is due today"));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* As by keys: Space on the first line, down over the second, Space on the third; the arrow leaves the choice alone. */
static void
test_page_choose (Fixture *fixture, gconstpointer role)
{
  GtkWidget *window, *page, *list, *rows;

  for (int i = 0; i < 3; i++)
    add_task (fixture, GX_TASK_CALL, now_of (fixture) - i * HOUR);
  page = show_page (fixture, &window);
  list = gxt_find_first (page, GXC_TYPE_TODAY_LIST);
  rows = gxt_find_first (list, GTK_TYPE_LIST_BOX);
  gtk_list_box_select_row (GTK_LIST_BOX (rows), gtk_list_box_get_row_at_index (GTK_LIST_BOX (rows), 0));
  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (rows), 0)));
  gtk_widget_activate_action (list, "today.toggle", NULL);
  g_assert_true (gxt_wait_saying (page, "1 selected", 1));
  g_signal_emit_by_name (rows, "move-cursor", GTK_MOVEMENT_DISPLAY_LINES, 1, FALSE, FALSE);
  g_signal_emit_by_name (rows, "move-cursor", GTK_MOVEMENT_DISPLAY_LINES, 1, FALSE, FALSE);
  gtk_widget_activate_action (list, "today.toggle", NULL);
  g_assert_true (gxt_wait_saying (page, "2 selected", 1));
  gtk_widget_activate_action (list, "today.toggle", NULL);          /* and not the third */
  g_assert_true (gxt_wait_saying (page, "1 selected", 1));
  gtk_widget_activate_action (list, "today.toggle", NULL);
  gtk_widget_activate_action (list, "today.snooze", NULL);
  gxt_wait_ms (400);
  GXT_WAIT_FOR (gxt_fake_desk_n_calls (fixture->desk, "save") == 1);
  GXT_WAIT_FOR (!gtk_list_box_get_row_at_index (GTK_LIST_BOX (rows), 1));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_page_bulk (Fixture *fixture, gconstpointer role)
{
  GtkWidget *window, *page, *list, *rows;

  for (int i = 0; i < 3; i++)
    add_task (fixture, GX_TASK_CALL, now_of (fixture) - i * HOUR);
  page = show_page (fixture, &window);
  list = gxt_find_first (page, GXC_TYPE_TODAY_LIST);
  rows = gxt_find_first (list, GTK_TYPE_LIST_BOX);
  gtk_list_box_select_all (GTK_LIST_BOX (rows));
  g_assert_true (gxt_wait_saying (page, "3 selected", 1));
  gxc_desk_emit_changed (GXC_DESK (fixture->desk), "task");
  gxt_wait_ms (300);
  GXT_WAIT_FOR (gxt_count_saying (page, "3 selected"));      /* rows that come in do not undo it */
  gtk_widget_activate_action (list, "today.move", "i", today_of (fixture) + 7);
  gxt_wait_ms (400);
  GXT_WAIT_FOR (gxt_fake_desk_n_calls (fixture->desk, "save") == 1);
  GXT_WAIT_FOR (gxt_count_saying (page, "Nothing is due today"));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* And until the toast has left: the button of one that leaves takes nothing back. */
static void
take_back (GtkWidget *window)
{
  g_assert_true (gxt_wait_saying (window, "Undo", 1));
  g_signal_emit_by_name (gxt_find_above (window, "Undo", GTK_TYPE_BUTTON), "clicked");
  g_assert_true (gxt_wait_saying (window, "Undo", 0));
}

/* What many lines lost at once they have again at once: done, put off, moved. */
static void
test_page_taken_back (Fixture *fixture, gconstpointer role)
{
  const char * const actions[] = { "today.done", "today.snooze", "today.move" };
  const GxTask *task = add_task (fixture, GX_TASK_CALL, now_of (fixture) - HOUR);
  GxId id = task->meta.id;
  gint64 due = task->due_at;
  GtkWidget *window, *page, *list, *rows;

  for (int i = 1; i < 3; i++)
    add_task (fixture, GX_TASK_CALL, now_of (fixture) + i);
  page = show_page (fixture, &window);
  list = gxt_find_first (page, GXC_TYPE_TODAY_LIST);
  rows = gxt_find_first (list, GTK_TYPE_LIST_BOX);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autoptr(GxRecord) record = NULL;

      gtk_list_box_select_all (GTK_LIST_BOX (rows));
      g_assert_true (gxt_wait_saying (page, "3 selected", 1));
      if (i < 2)
        gtk_widget_activate_action (list, actions[i], NULL);
      else
        gtk_widget_activate_action (list, actions[i], "i", today_of (fixture) + 7);
      g_assert_true (gxt_wait_saying (page, "Nothing is due today", 1));
      g_assert_cmpuint (gxt_fake_desk_n_calls (fixture->desk, "save"), ==, i + 1);
      take_back (window);
      g_assert_true (gxt_wait_saying (page, "3 to do", 1));
      record = gxc_desk_read_one (GXC_DESK (fixture->desk), &gx_task_entity, &id, NULL);
      g_assert_cmpint (((const GxTask *) gx_record_get_data (record))->status, ==, GX_TASK_OPEN);
      g_assert_cmpint (((const GxTask *) gx_record_get_data (record))->due_at, ==, due);
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Asked for before there was a line, and lines that come while the page is not in sight: the keys are on a line all the same. */
static void
test_page_late_lines (Fixture *fixture, gconstpointer role)
{
  GtkWidget *window, *page = show_page (fixture, &window);

  gtk_widget_grab_focus (page);
  g_assert_false (GXC_IS_TODAY_ROW (gtk_window_get_focus (GTK_WINDOW (window))));
  gxc_page_refresh (GXC_PAGE (page));
  gtk_widget_set_visible (page, FALSE);
  add_task (fixture, GX_TASK_CALL, now_of (fixture));
  gxc_page_refresh (GXC_PAGE (page));
  gtk_widget_set_visible (page, TRUE);
  gxt_wait_ms (50);
  GXT_WAIT_FOR (GXC_IS_TODAY_ROW (gtk_window_get_focus (GTK_WINDOW (window))));
  gxc_page_refresh (GXC_PAGE (page));
  g_assert_true (GXC_IS_TODAY_ROW (gtk_window_get_focus (GTK_WINDOW (window))));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_page_visits (Fixture *fixture, gconstpointer role)
{
  GtkWidget *window, *page;
  GxVisit *visit = add_visit (fixture, GX_VISIT_DONE, now_of (fixture) - HOUR);

  visit->check_in_at = now_of (fixture) - HOUR;
  visit->check_out_at = now_of (fixture) - HOUR / 2;
  add_visit (fixture, GX_VISIT_PLANNED, now_of (fixture) + HOUR);
  add_task (fixture, GX_TASK_VISIT, now_of (fixture) + HOUR);       /* no visit yet, and so not on the card */
  page = show_page (fixture, &window);
  GXT_WAIT_FOR (gxt_count_saying (page, "2 visits · 1 to come"));
  GXT_WAIT_FOR (gxt_count_saying (page, "in 1 h"));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What is late is not still to come: it says how late, in the one colour of what is late. */
static void
test_page_late_visits (Fixture *fixture, gconstpointer role)
{
  GtkWidget *window, *page, *chip;

  add_visit (fixture, GX_VISIT_PLANNED, now_of (fixture) - HOUR - 36 * 60000);
  add_visit (fixture, GX_VISIT_PLANNED, now_of (fixture) + 2 * HOUR);
  page = show_page (fixture, &window);
  GXT_WAIT_FOR (gxt_count_saying (page, "2 visits · 1 late · 1 to come"));
  chip = gxt_find_above (page, "1 h 36 min late", GXC_TYPE_STATE_CHIP);
  g_assert_nonnull (chip);
  g_assert_true (gtk_widget_has_css_class (gtk_widget_get_first_child (chip), gxc_state_css_class (GXC_STATE_LATE)));
  g_assert_false (gxt_count_saying (page, "ago"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_page_head (Fixture *fixture, gconstpointer role)
{
  GtkWidget *window, *page;

  add_task (fixture, GX_TASK_CALL, now_of (fixture) - DAY);
  add_task (fixture, GX_TASK_CALL, now_of (fixture) - HOUR);
  add_task (fixture, GX_TASK_CALL, now_of (fixture) + HOUR / 2);
  add_task (fixture, GX_TASK_CALL, now_of (fixture) + 3 * HOUR);
  page = show_page (fixture, &window);
  GXT_WAIT_FOR (gxt_count_saying (page, "4 to do · 2 late · 1 within 1 h"));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The balance at the end of a month, counted back from November 2026. */
static void
add_balance (Fixture *fixture, int back, gint64 balance)
{
  GxHoldingMonth *fact = gxt_fake_desk_add (fixture->desk, &gx_holding_month_entity);

  fact->month = gx_date_add_months (gx_date_from_ymd (2026, 11, 1), -back);
  fact->end_balance = balance;
}

static void
test_page_first_month (Fixture *fixture, gconstpointer role)
{
  GtkWidget *window, *page;

  add_balance (fixture, 0, 600000);
  page = show_page (fixture, &window);
  g_assert_true (gxt_wait_saying (page, "no figure for Oct", 1));
  add_balance (fixture, 1, 500000);
  gxc_page_refresh (GXC_PAGE (page));
  g_assert_true (gxt_wait_saying (page, "▲ 20.0 % on Oct", 1));
  gtk_window_destroy (GTK_WINDOW (window));
}

static GxcChart *
chart_of (GtkWidget *page)
{
  return GXC_CHART (gxt_find (page, GXC_TYPE_AREA_CHART));
}

/* The book in figures: what the tiles say is of the last month, the chart has two years of them, the last one at its end. */
static void
test_page_book (Fixture *fixture, gconstpointer role)
{
  GtkWidget *window, *page;
  g_autofree char *last = NULL, *first = NULL, *table = NULL;
  g_auto(GStrv) lines = NULL;

  for (int back = 0; back < 24; back++)
    add_balance (fixture, back, (24 - back) * 1000000);
  page = show_page (fixture, &window);
  g_assert_true (gxt_wait_saying (page, "Assets in my book", 1));
  GXT_WAIT_FOR (gxt_count_saying (page, "24.00") || gxt_count_saying (page, "240.0") || gxt_count_saying (page, "0.24"));
  GXT_WAIT_FOR (gxt_count_saying (page, "▲ 4.3 % on Oct"));
  GXT_WAIT_FOR (gxt_count_saying (page, "Active customers"));
  GXT_WAIT_FOR (gxt_find (gxt_find_above (page, "Assets in my book", GXC_TYPE_TILE), GXC_TYPE_SPARKLINE));
  g_assert_cmpuint (gxc_chart_get_data (chart_of (page))->n_labels, ==, 24);
  table = gxc_chart_dup_table (chart_of (page));
  lines = g_strsplit (table, "\n", -1);
  g_assert_true (g_str_has_prefix (lines[1], "2024-12\t"));
  g_assert_true (g_str_has_prefix (lines[24], "2026-11\t"));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* While the first rows are on their way there are no figures, which would be wrong ones, and nobody says that nothing is due. */
static void
test_page_first_sync (Fixture *fixture, gconstpointer role)
{
  GxcSyncSummary *summary = gxt_fake_desk_summary (fixture->desk);
  GtkWidget *window, *page;

  g_ptr_array_set_size (gxt_fake_desk_rows (fixture->desk, &gx_customer_entity), 0);
  *summary = (GxcSyncSummary) { .online = TRUE, .busy = TRUE, .coming = TRUE, .done = 100, .total = 2000 };
  page = show_page (fixture, &window);
  g_assert_cmpint (gxc_page_get_state (GXC_PAGE (page)), ==, GXC_PAGE_LOADING);
  g_assert_false (gxt_count_saying (page, "Nothing is due today"));
  fixture->customer = add_customer (fixture, 860000000);
  add_task (fixture, GX_TASK_CALL, now_of (fixture));
  add_balance (fixture, 0, 600000);
  gxc_page_refresh (GXC_PAGE (page));
  gxt_wait_ms (50);
  GXT_WAIT_FOR (gxc_page_get_state (GXC_PAGE (page)) == GXC_PAGE_CONTENT);
  GXT_WAIT_FOR (gxt_count_saying (page, "张明远"));                  /* what has come can be used */
  g_assert_false (gxt_count_saying (page, "Assets in my book"));     /* but is not summed up */
  *summary = (GxcSyncSummary) { .online = TRUE, .done = 2000, .total = 2000 };
  gxc_desk_emit_status (GXC_DESK (fixture->desk));
  g_assert_true (gxt_wait_saying (page, "Assets in my book", 1));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_page_states (Fixture *fixture, gconstpointer role)
{
  g_autoptr(GError) error = g_error_new (GX_ERROR, GX_ERROR_IO, "the disk is gone");
  GtkWidget *window, *page = show_page (fixture, &window);

  g_assert_cmpint (gxc_page_get_state (GXC_PAGE (page)), ==, GXC_PAGE_CONTENT);
  GXT_WAIT_FOR (gxt_count_saying (page, "Nothing is due today"));
  gxt_fake_desk_sign_out (fixture->desk);
  gxc_page_refresh (GXC_PAGE (page));
  gxt_wait_ms (50);
  GXT_WAIT_FOR (gxc_page_get_state (GXC_PAGE (page)) == GXC_PAGE_ERROR);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_page_curtain (Fixture *fixture, gconstpointer role)
{
  GtkWidget *window, *page;

  add_task (fixture, GX_TASK_CALL, now_of (fixture));
  page = show_page (fixture, &window);
  GXT_WAIT_FOR (gxt_count_saying (page, "张明远"));
  GXT_WAIT_FOR (gxt_count_saying (page, "8.60"));
  gxc_desk_set_curtain (GXC_DESK (fixture->desk), TRUE);
  gxt_wait_ms (300);
  GXT_WAIT_FOR (!gxt_count_saying (page, "张明远"));
  GXT_WAIT_FOR (!gxt_count_saying (page, "8.60"));
  GXT_WAIT_FOR (gxt_count_saying (page, "2217"));
  gtk_window_destroy (GTK_WINDOW (window));
}

#define ADD(path, role, test) g_test_add (path, Fixture, role, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  gxc_shell_init ();

  ADD ("/today/model/has_my_open_tasks_until_tonight", "RM", test_tasks);
  ADD ("/today/model/has_visits_that_were_left_and_tasks_that_want_one", "RM", test_visits);
  ADD ("/today/model/has_clocks_returned_requests_and_refused_changes", "RM", test_clocks);
  ADD ("/today/model/looks_ahead_as_far_as_each_kind_says", "RM", test_care);
  ADD ("/today/model/finds_a_birthday_over_new_year", "RM", test_birthday_over_new_year);
  ADD ("/today/model/lists_no_review_that_one_may_not_decide", "RM", test_reviews);
  ADD ("/today/model/lists_every_review_of_who_decides", "SUPERVISOR", test_reviews);
  ADD ("/today/model/orders_by_clock_or_by_value", "RM", test_order);
  ADD ("/today/model/folds_what_is_beyond_a_first_look", "RM", test_folds);
  ADD ("/today/model/counts_for_the_sidebar", "RM", test_count);
  ADD ("/today/edits/change_tasks_only_and_know_holidays", "RM", test_edits);
  ADD ("/today/page/closes_and_puts_off_by_keys_and_keeps_the_place", "RM", test_page_keys);
  ADD ("/today/page/space_chooses_line_by_line", "RM", test_page_choose);
  ADD ("/today/page/moves_all_selected_lines_at_once", "RM", test_page_bulk);
  ADD ("/today/page/what_many_lost_is_taken_back", "RM", test_page_taken_back);
  ADD ("/today/page/tells_the_book_in_tiles_and_two_years", "RM", test_page_book);
  ADD ("/today/page/lines_that_come_late_have_the_keys_that_waited", "RM", test_page_late_lines);
  ADD ("/today/page/tells_the_visits_of_the_day_and_how_many_are_to_come", "RM", test_page_visits);
  ADD ("/today/page/a_visit_whose_hour_has_passed_is_late", "RM", test_page_late_visits);
  ADD ("/today/page/tells_what_is_late_from_what_soon_will_be", "RM", test_page_head);
  ADD ("/today/page/has_no_change_where_there_is_nothing_to_measure_against", "RM", test_page_first_month);
  ADD ("/today/page/a_first_sync_is_waited_for", "RM", test_page_first_sync);
  ADD ("/today/page/says_when_nothing_is_due_and_when_it_cannot_read", "RM", test_page_states);
  ADD ("/today/page/tells_names_and_amounts_by_masks_and_bands_under_the_curtain", "RM", test_page_curtain);
  return g_test_run ();
}
