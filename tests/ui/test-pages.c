/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window and its pages on a desk of rows made by hand: what is listed, found, sorted, opened, written and decided, and
 * what is said when it fails. The real core behind the same window is tested by the day's own test. */

#include <string.h>

#include "gx-change-request.h"
#include "gx-customer.h"
#include "gx-employee.h"
#include "gx-interaction.h"
#include "gx-task.h"
#include "gxc-customer-page.h"
#include "gxc-customers-page.h"
#include "gxc-draft.h"
#include "gxc-field-column.h"
#include "gxc-field-row.h"
#include "gxc-form.h"
#include "gxc-record-model.h"
#include "gxc-shell.h"
#include "gxc-toast.h"
#include "gxc-window.h"
#include "gxt-fake-desk.h"
#include "gxt-find.h"
#include "gxt-screenshot.h"

typedef struct
{
  GxtFakeDesk *desk;
  GtkWidget   *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer role)
{
  g_autoptr(GxcPreferences) preferences = gxc_preferences_new (g_get_user_config_dir ());

  fixture->desk = gxt_fake_desk_new (role);
  gxt_fake_desk_fill (fixture->desk, 24);
  fixture->window = gxc_window_new (NULL, GXC_DESK (fixture->desk), preferences);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gxt_wait_shown (GTK_WINDOW (fixture->window));
  /* Today, where the day begins, has a test of its own. */
  if (gxc_desk_can (GXC_DESK (fixture->desk), GX_CAN_READ_OWN))
    gxc_window_show_page (GXC_WINDOW (fixture->window), "customers");
  else if (gxc_desk_can (GXC_DESK (fixture->desk), GX_CAN_DECIDE_1))
    gxc_window_show_page (GXC_WINDOW (fixture->window), "reviews");
}

static void
tear_down (Fixture *fixture, gconstpointer role)
{
  gxt_destroy (fixture->window);
  gxt_let_go (fixture->desk);
}

/* --- finding things by what a person sees -------------------------------------------------------------------------- */

static GtkWidget *
find_type (Fixture *fixture, GType type)
{
  return gxt_find (fixture->window, type);
}

/* Sooner or later: a loaded machine draws late. */
static gboolean
shows (Fixture *fixture, const char *text)
{
  for (gint64 until = 0; !gxt_count_saying (fixture->window, text) && gxt_wait_more (&until);)
    ;
  return gxt_count_saying (fixture->window, text) > 0;
}

static guint
n_listed (Fixture *fixture)
{
  GtkColumnView *view = GTK_COLUMN_VIEW (find_type (fixture, GTK_TYPE_COLUMN_VIEW));

  return g_list_model_get_n_items (G_LIST_MODEL (gtk_column_view_get_model (view)));
}

static const GxCustomer *
listed (Fixture *fixture, guint position)
{
  GtkColumnView *view = GTK_COLUMN_VIEW (find_type (fixture, GTK_TYPE_COLUMN_VIEW));
  g_autoptr(GxRecord) record = g_list_model_get_item (G_LIST_MODEL (gtk_column_view_get_model (view)), position);

  return gx_record_get_data (record);
}

static void
type (Fixture *fixture, const char *text)
{
  GtkWidget *entry = find_type (fixture, GTK_TYPE_SEARCH_ENTRY);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  gxt_wait_ms (120);
}

/* --- customers ---------------------------------------------------------------------------------------------------- */

static void
test_search (Fixture *fixture, gconstpointer role)
{
  GXT_WAIT_FOR (n_listed (fixture) == 24);
  type (fixture, "zmy");
  GXT_WAIT_FOR (n_listed (fixture) > 0 && n_listed (fixture) < 24);
  g_assert_cmpstr (listed (fixture, 0)->name, ==, "张明远");
  type (fixture, "no such person");
  g_assert_true (shows (fixture, "Nothing found for “no such person”"));
  type (fixture, "");
  GXT_WAIT_FOR (n_listed (fixture) == 24);
}

static void
test_sort (Fixture *fixture, gconstpointer role)
{
  GtkColumnView *view = GTK_COLUMN_VIEW (find_type (fixture, GTK_TYPE_COLUMN_VIEW));
  g_autoptr(GtkColumnViewColumn) tier = g_list_model_get_item (gtk_column_view_get_columns (view), 2);
  gboolean descending;

  gtk_column_view_sort_by_column (view, tier, GTK_SORT_DESCENDING);
  g_assert_cmpstr (gxc_column_view_get_sort (view, &descending)->name, ==, "tier");
  g_assert_true (descending);
  g_assert_cmpint (listed (fixture, 0)->tier, ==, 5);
  gtk_column_view_sort_by_column (view, tier, GTK_SORT_ASCENDING);
  gxc_column_view_get_sort (view, &descending);
  g_assert_false (descending);
  g_assert_cmpint (listed (fixture, 0)->tier, ==, 1);
}

static void
test_open_by_enter (Fixture *fixture, gconstpointer role)
{
  GXT_WAIT_FOR (n_listed (fixture) == 24);
  type (fixture, "zmy");
  GXT_WAIT_FOR (n_listed (fixture) > 0 && n_listed (fixture) < 24);
  g_signal_emit_by_name (find_type (fixture, GTK_TYPE_SEARCH_ENTRY), "activate");
  gxt_wait_ms (250);
  GXT_WAIT_FOR (GXC_IS_CUSTOMER_PAGE (gxc_window_get_page (GXC_WINDOW (fixture->window))));
  g_assert_true (shows (fixture, "张明远"));
  gtk_widget_activate_action (fixture->window, "win.back", NULL);
  gxt_wait_ms (250);
  GXT_WAIT_FOR (GXC_IS_CUSTOMERS_PAGE (gxc_window_get_page (GXC_WINDOW (fixture->window))));
  GXT_WAIT_FOR (n_listed (fixture) > 0);
}

static void
test_new_rows_arrive (Fixture *fixture, gconstpointer role)
{
  GxCustomer *customer = gxt_fake_desk_add (fixture->desk, &gx_customer_entity);

  customer->name = g_strdup ("新来的");
  g_assert_cmpuint (n_listed (fixture), ==, 24);
  gxc_desk_emit_changed (GXC_DESK (fixture->desk), "customer");
  GXT_WAIT_FOR (n_listed (fixture) == 25);
  g_assert_true (shows (fixture, "25 customers"));
}

/* --- one customer ------------------------------------------------------------------------------------------------- */

static void
open_first (Fixture *fixture)
{
  gxc_window_open_customer (GXC_WINDOW (fixture->window), gx_record_get_id (gxt_fake_desk_rows (fixture->desk, &gx_customer_entity)->pdata[0]));
  gxt_wait_ms (250);
}

static GtkWidget *
form_entry (Fixture *fixture, const char *label)
{
  GtkWidget *form = find_type (fixture, GXC_TYPE_FORM), *row = NULL, *text;

  text = gxt_find_saying (form, label);
  for (row = text; row && !GXC_IS_FIELD_ROW (row); row = gtk_widget_get_parent (row));
  return row ? gxc_field_row_get_editor (GXC_FIELD_ROW (row)) : NULL;
}

static void
test_log_interaction (Fixture *fixture, gconstpointer role)
{
  GPtrArray *interactions = gxt_fake_desk_rows (fixture->desk, &gx_interaction_entity);
  guint before = interactions->len;
  const GxInteraction *row;

  open_first (fixture);
  gtk_widget_activate_action (fixture->window, "win.new-interaction", "s", "");
  gxt_wait_ms (300);
  gtk_widget_activate_action (find_type (fixture, GXC_TYPE_FORM), "form.save", NULL);
  g_assert_cmpuint (gxt_fake_desk_n_calls (fixture->desk, "save"), ==, 0);     /* the subject is missing */
  gtk_editable_set_text (GTK_EDITABLE (form_entry (fixture, "Subject")), "谈了续存");
  gtk_widget_activate_action (find_type (fixture, GXC_TYPE_FORM), "form.save", NULL);
  gxt_wait_ms (350);
  GXT_WAIT_FOR (gxt_fake_desk_n_calls (fixture->desk, "save") == 1);
  GXT_WAIT_FOR (interactions->len == before + 1);
  row = gx_record_get_data (interactions->pdata[before]);
  g_assert_cmpstr (row->subject, ==, "谈了续存");
  g_assert_false (gx_id_is_none (&row->owner_id));
  g_assert_true (shows (fixture, "谈了续存"));
  g_assert_true (shows (fixture, "1 waiting"));
}

static void
test_refusal_is_shown (Fixture *fixture, gconstpointer role)
{
  g_autoptr(GError) refusal = g_error_new (GX_ERROR, GX_ERROR_DATABASE, "the disk is full");

  open_first (fixture);
  gtk_widget_activate_action (fixture->window, "win.new-task", "s", "");
  gxt_wait_ms (300);
  gtk_editable_set_text (GTK_EDITABLE (form_entry (fixture, "Title")), "电话");
  gxt_fake_desk_fail_next (fixture->desk, refusal);
  gtk_widget_activate_action (find_type (fixture, GXC_TYPE_FORM), "form.save", NULL);
  gxt_wait_ms (100);
  g_assert_true (shows (fixture, "the disk is full"));
  gtk_widget_activate_action (find_type (fixture, GXC_TYPE_FORM), "form.save", NULL);
  gxt_wait_ms (350);
  GXT_WAIT_FOR (gxt_fake_desk_n_calls (fixture->desk, "save") == 2);
}

static void
test_finish_task (Fixture *fixture, gconstpointer role)
{
  const GxId *customer = gx_record_get_id (gxt_fake_desk_rows (fixture->desk, &gx_customer_entity)->pdata[0]);
  g_autoptr(GPtrArray) tasks = gxc_desk_read_where (GXC_DESK (fixture->desk), &gx_task_entity, "customer_id", customer, NULL, FALSE, NULL);
  const GxId *id = gx_record_get_id (tasks->pdata[0]);
  g_autoptr(GxRecord) after = NULL;

  open_first (fixture);
  gtk_widget_activate_action (gxc_window_get_page (GXC_WINDOW (fixture->window)), "customer.finish-task", "s", GX_ID_STR (id));
  gxt_wait_ms (100);
  after = gxc_desk_read_one (GXC_DESK (fixture->desk), &gx_task_entity, id, NULL);
  g_assert_cmpint (((const GxTask *) gx_record_get_data (after))->status, ==, GX_TASK_DONE);
}

static void
test_request_needs_reason (Fixture *fixture, gconstpointer role)
{
  g_autofree char *target = NULL;
  GtkWidget *form;

  open_first (fixture);
  target = g_strdup_printf ("customer/%s", GX_ID_STR (gx_record_get_id (gxt_fake_desk_rows (fixture->desk, &gx_customer_entity)->pdata[0])));
  gtk_widget_activate_action (gxc_window_get_page (GXC_WINDOW (fixture->window)), "customer.request", "s", target);
  gxt_wait_ms (300);
  form = find_type (fixture, GXC_TYPE_FORM);
  gtk_widget_activate_action (form, "form.save", NULL);
  g_assert_true (shows (fixture, "nothing was changed"));
  gtk_editable_set_text (GTK_EDITABLE (form_entry (fixture, "Name")), "张明媛");
  gtk_widget_activate_action (form, "form.save", NULL);
  g_assert_true (shows (fixture, "R-DUAL"));
  g_assert_cmpuint (gxt_fake_desk_n_calls (fixture->desk, "request"), ==, 0);
  gtk_editable_set_text (GTK_EDITABLE (gxt_find (form, GTK_TYPE_ENTRY)), "张明媛");
  gtk_widget_activate_action (fixture->window, "win.escape", NULL);
  gxt_wait_ms (350);
  GXT_WAIT_FOR (GXC_IS_CUSTOMER_PAGE (gxc_window_get_page (GXC_WINDOW (fixture->window))));     /* Esc closed the form only */
}

static void
test_neighbours (Fixture *fixture, gconstpointer role)
{
  gxc_window_open_customer (GXC_WINDOW (fixture->window), &listed (fixture, 0)->meta.id);
  gxt_wait_ms (250);
  g_assert_true (shows (fixture, "1 of 24"));
  gtk_widget_activate_action (fixture->window, "win.neighbour", "i", 1);
  gxt_wait_ms (250);
  g_assert_true (shows (fixture, "2 of 24"));
  gtk_widget_activate_action (fixture->window, "win.neighbour", "i", -1);
  gxt_wait_ms (250);
  g_assert_true (shows (fixture, "1 of 24"));
}

/* --- reviews ------------------------------------------------------------------------------------------------------ */

static void
test_decide (Fixture *fixture, gconstpointer role)
{
  g_autoptr(GError) step_up = g_error_new (GX_ERROR, GX_ERROR_STEP_UP, "password");
  GtkWidget *page = gxc_window_get_page (GXC_WINDOW (fixture->window));

  gxt_wait_ms (200);
  g_assert_true (shows (fixture, "3 requests"));
  GXT_WAIT_FOR (gxt_fake_desk_n_calls (fixture->desk, "fetch_review") >= 1);
  gtk_widget_activate_action (page, "reviews.reject", NULL);
  g_assert_cmpuint (gxt_fake_desk_n_calls (fixture->desk, "reject"), ==, 0);     /* no note */
  g_assert_true (shows (fixture, "five characters"));

  gxt_fake_desk_fail_next (fixture->desk, step_up);
  gtk_widget_activate_action (page, "reviews.approve", NULL);
  gxt_wait_ms (100);
  GXT_WAIT_FOR (find_type (fixture, GTK_TYPE_PASSWORD_ENTRY));
  gtk_editable_set_text (GTK_EDITABLE (find_type (fixture, GTK_TYPE_PASSWORD_ENTRY)), "secret");
  g_signal_emit_by_name (find_type (fixture, GTK_TYPE_PASSWORD_ENTRY), "activate");
  gxt_wait_ms (200);
  GXT_WAIT_FOR (gxt_fake_desk_n_calls (fixture->desk, "approve") == 2);
  g_assert_true (shows (fixture, "2 requests"));
}

static void
test_maker_cannot_decide (Fixture *fixture, gconstpointer role)
{
  GPtrArray *requests = gxt_fake_desk_rows (fixture->desk, &gx_change_request_entity);
  const GxcPerson *person = gxc_desk_get_person (GXC_DESK (fixture->desk));

  for (guint i = 0; i < requests->len; i++)
    ((GxChangeRequest *) gx_record_get_data (requests->pdata[i]))->maker_id = person->employee_id;
  gxc_window_show_page (GXC_WINDOW (fixture->window), "customers");
  gxc_window_show_page (GXC_WINDOW (fixture->window), "reviews");
  gxt_wait_ms (200);
  gtk_widget_activate_action (gxc_window_get_page (GXC_WINDOW (fixture->window)), "reviews.approve", NULL);
  g_assert_cmpuint (gxt_fake_desk_n_calls (fixture->desk, "approve"), ==, 0);
}

/* --- who sees what ------------------------------------------------------------------------------------------------ */

static void
test_auditor_sees_status (Fixture *fixture, gconstpointer role)
{
  g_assert_true (shows (fixture, "On the server's own machine"));
  gxc_window_show_page (GXC_WINDOW (fixture->window), "customers");
  g_assert_false (GXC_IS_CUSTOMERS_PAGE (gxc_window_get_page (GXC_WINDOW (fixture->window))));
}

static void
test_first_sync_progress (Fixture *fixture, gconstpointer role)
{
  *gxt_fake_desk_summary (fixture->desk) = (GxcSyncSummary) { .online = TRUE, .busy = TRUE, .coming = TRUE, .done = 1180, .total = 2000 };
  gxc_desk_emit_status (GXC_DESK (fixture->desk));
  g_assert_true (shows (fixture, "Your book is being fetched: 1,180 of 2,000 records"));
  g_assert_true (shows (fixture, "First sync 1,180 / 2,000"));
  g_assert_cmpuint (n_listed (fixture), ==, 24);
}

static void
test_sign_in (void)
{
  Fixture fixture = { gxt_fake_desk_new ("RM"), NULL };
  g_autoptr(GxcPreferences) preferences = gxc_preferences_new (g_get_user_config_dir ());
  g_autoptr(GError) refusal = g_error_new (GX_ERROR, GX_ERROR_UNAUTHENTICATED, "no");
  GtkWidget *password;

  gxt_fake_desk_sign_out (fixture.desk);
  fixture.window = gxc_window_new (NULL, GXC_DESK (fixture.desk), preferences);
  gtk_window_present (GTK_WINDOW (fixture.window));
  gxt_wait_shown (GTK_WINDOW (fixture.window));
  g_assert_true (shows (&fixture, "Sign in to your bank"));
  password = find_type (&fixture, GTK_TYPE_PASSWORD_ENTRY);
  g_signal_emit_by_name (password, "activate");
  g_assert_cmpuint (gxt_fake_desk_n_calls (fixture.desk, "sign_in"), ==, 0);
  gtk_editable_set_text (GTK_EDITABLE (password), "guanxi-demo-2026");
  gtk_editable_set_text (GTK_EDITABLE (gtk_root_get_focus (GTK_ROOT (fixture.window))), "rm1");
  gxt_fake_desk_fail_next (fixture.desk, refusal);
  g_signal_emit_by_name (password, "activate");
  gxt_wait_ms (100);
  g_assert_true (shows (&fixture, "User or password is wrong"));
  gtk_editable_set_text (GTK_EDITABLE (password), "guanxi-demo-2026");
  g_signal_emit_by_name (password, "activate");
  gxt_wait_ms (300);
  GXT_WAIT_FOR (gxt_fake_desk_n_calls (fixture.desk, "sign_in") == 2);
  GXT_WAIT_FOR (gxc_window_get_page (GXC_WINDOW (fixture.window)));
  tear_down (&fixture, NULL);
}

/* --- models and forms --------------------------------------------------------------------------------------------- */

static void
test_model_reads_windows (void)
{
  g_autoptr(GxtFakeDesk) desk = gxt_fake_desk_new ("RM");
  g_autoptr(GxcRecordModel) model = NULL;
  GPtrArray *rows;

  gxt_fake_desk_fill (desk, 2000);
  rows = gxt_fake_desk_rows (desk, &gx_customer_entity);
  model = gxc_record_model_new (GXC_DESK (desk), &gx_customer_entity);
  g_assert_true (gxc_record_model_refresh (model, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 2000);
  g_assert_cmpuint (gxc_record_model_n_reads (model), ==, 0);
  for (guint i = 0; i < 64; i++)
    g_object_unref (g_list_model_get_item (G_LIST_MODEL (model), i));
  g_assert_cmpuint (gxc_record_model_n_reads (model), ==, 1);
  g_object_unref (g_list_model_get_item (G_LIST_MODEL (model), 1999));
  g_assert_cmpuint (gxc_record_model_n_reads (model), ==, 2);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (model), 2000));
  g_assert_cmpuint (gxc_record_model_find (model, gx_record_get_id (rows->pdata[1234])), ==, 1234);
}

static void
on_items_changed_cb (GListModel *model, guint position, guint removed, guint added, guint *n)
{
  g_assert_cmpuint (removed, ==, added);
  *n += added;
}

static void
test_model_tells_of_what_was_seen (void)
{
  g_autoptr(GxtFakeDesk) desk = gxt_fake_desk_new ("RM");
  g_autoptr(GxcRecordModel) model = NULL;
  guint n = 0;

  gxt_fake_desk_fill (desk, 2000);
  model = gxc_record_model_new (GXC_DESK (desk), &gx_customer_entity);
  g_assert_true (gxc_record_model_refresh (model, NULL));
  g_object_unref (g_list_model_get_item (G_LIST_MODEL (model), 300));
  g_object_unref (g_list_model_get_item (G_LIST_MODEL (model), 1999));
  g_signal_connect (model, "items-changed", G_CALLBACK (on_items_changed_cb), &n);
  g_assert_true (gxc_record_model_refresh (model, NULL));
  g_assert_cmpuint (n, ==, 64 + 2000 % 64);
  g_assert_true (gxc_record_model_refresh (model, NULL));
  g_assert_cmpuint (n, ==, 64 + 2000 % 64);
  g_assert_cmpuint (gxc_record_model_n_reads (model), ==, 2);
}

static void
test_rows_follow_the_kind (void)
{
  g_autoptr(GxtFakeDesk) desk = gxt_fake_desk_new ("RM");
  g_autoptr(GxcDraft) draft = gxc_draft_new (&gx_task_entity, NULL);
  GtkWidget *row = g_object_ref_sink (gxc_field_row_new (GXC_DESK (desk), draft, gx_entity_find (&gx_task_entity, "kind")));
  GtkWidget *text = g_object_ref_sink (gxc_field_row_new (GXC_DESK (desk), draft, gx_entity_find (&gx_task_entity, "snooze_cnt")));
  const GxTask *task = gxc_draft_get_row (draft);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (gxc_field_row_get_editor (GXC_FIELD_ROW (row))), GX_TASK_DOC);
  g_assert_cmpint (task->kind, ==, GX_TASK_DOC);
  gtk_editable_set_text (GTK_EDITABLE (gxc_field_row_get_editor (GXC_FIELD_ROW (text))), "3");
  g_assert_cmpint (task->snooze_cnt, ==, 3);
  gtk_editable_set_text (GTK_EDITABLE (gxc_field_row_get_editor (GXC_FIELD_ROW (text))), "three");
  g_assert_nonnull (gxc_draft_get_problem (draft, gx_entity_find (&gx_task_entity, "snooze_cnt")));
  g_assert_finalize_object (row);
  g_assert_finalize_object (text);
}

static void
test_choices (void)
{
  g_autoptr(GxtFakeDesk) desk = gxt_fake_desk_new ("RM");
  g_autoptr(GxcDraft) draft = gxc_draft_new (&gx_task_entity, NULL);
  const GxField *field = gx_entity_find (&gx_task_entity, "priority");
  GxTask *task = gxc_draft_get_row (draft);
  GtkWidget *row;
  GtkDropDown *editor;

  task->priority = 3;
  row = g_object_ref_sink (gxc_field_row_new (GXC_DESK (desk), draft, field));
  editor = GTK_DROP_DOWN (gxc_field_row_get_editor (GXC_FIELD_ROW (row)));
  g_assert_cmpuint (gtk_drop_down_get_selected (editor), ==, 3);
  g_assert_cmpstr (gtk_string_object_get_string (gtk_drop_down_get_selected_item (editor)), ==, "Routine");
  gtk_drop_down_set_selected (editor, 1);
  g_assert_cmpint (task->priority, ==, 1);
  g_assert_true (gx_field_validate (field, task, NULL));
  gtk_drop_down_set_selected (editor, 0);
  g_assert_true (gx_field_is_none (field, task));
  g_assert_finalize_object (row);
}

/* --- what is said ------------------------------------------------------------------------------------------------- */

static void
on_asked_cb (GString *asked, AdwToast *toast)
{
  g_string_append (asked, adw_toast_get_title (toast));
}

static void
say (GtkWidget *overlay, const char *words, GString *asked)
{
  AdwToast *toast = adw_toast_new (words);

  adw_toast_set_button_label (toast, "Undo");
  g_signal_connect_swapped (toast, "button-clicked", G_CALLBACK (on_asked_cb), asked);
  gxc_toast_show (ADW_TOAST_OVERLAY (overlay), toast);
}

/* A window with a page in it, where it is said; (out): where */
static GtkWidget *
show_toasts (GtkWidget **out_overlay)
{
  GtkWidget *window = gtk_window_new ();

  *out_overlay = adw_toast_overlay_new ();
  gtk_window_set_child (GTK_WINDOW (window), *out_overlay);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (*out_overlay), gtk_label_new ("a page"));
  gtk_window_present (GTK_WINDOW (window));
  gxt_wait_shown (GTK_WINDOW (window));
  return window;
}

/* Three within the half second in which a toast slides into another's place, and on until all of them would have gone. */
static void
test_what_was_said_last_is_there (void)
{
  GtkWidget *overlay, *window = show_toasts (&overlay);
  g_autoptr(GString) asked = g_string_new (NULL);

  for (guint i = 0; i < 3; i++)
    {
      const char * const words[] = { "one", "two", "A & B" };

      say (overlay, words[i], asked);
      gxt_wait_ms (10);
    }
  g_assert_true (gxt_wait_saying (window, "A & B", 1));
  g_assert_cmpuint (gxt_count_saying (window, "one") + gxt_count_saying (window, "two"), ==, 0);
  gxt_wait_ms (700);
  g_assert_true (gxt_wait_saying (window, "A & B", 1));
  g_signal_emit_by_name (gxt_find_above (window, "Undo", GTK_TYPE_BUTTON), "clicked");
  g_assert_cmpstr (asked->str, ==, "A & B");
  say (overlay, "and then", asked);         /* the one that was clicked goes, and this one comes */
  g_assert_true (gxt_wait_saying (window, "and then", 1));
  g_assert_true (gxt_wait_saying (window, "A & B", 0));
  gtk_window_destroy (GTK_WINDOW (window));
  gxt_wait_ms (50);
}

static guint
count_toasts (GtkWidget *overlay)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (overlay); child; child = gtk_widget_get_next_sibling (child))
    n += g_str_equal (gtk_widget_get_css_name (child), "toast");
  return n;
}

/* Each is clicked or closed in the very frame in which it comes: freed then, it would slide on. */
static void
test_early_clicks_wait_for_the_slide (void)
{
  GtkWidget *overlay, *window = show_toasts (&overlay);
  g_autoptr(GString) asked = g_string_new (NULL);

  say (overlay, "one", asked);
  for (guint i = 0; i < 2; i++)
    g_signal_emit_by_name (gxt_find_above (window, "Undo", GTK_TYPE_BUTTON), "clicked");
  gxt_wait_ms (20);
  say (overlay, "two", asked);
  say (overlay, "three", asked);
  g_assert_cmpuint (count_toasts (overlay), ==, 1);
  g_assert_true (gxt_wait_saying (window, "three", 1));
  GXT_WAIT_FOR (count_toasts (overlay) == 1);
  g_assert_cmpuint (gxt_count_saying (window, "one") + gxt_count_saying (window, "two"), ==, 0);
  gtk_widget_activate (gtk_widget_get_last_child (gtk_widget_get_last_child (overlay)));      /* its cross */
  g_assert_true (gxt_wait_saying (window, "three", 0));
  GXT_WAIT_FOR (count_toasts (overlay) == 0);
  g_assert_cmpstr (asked->str, ==, "one");
  gtk_window_destroy (GTK_WINDOW (window));
  gxt_wait_ms (50);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  gxc_shell_init ();

#define ADD(path, role, function) g_test_add (path, Fixture, role, set_up, function, tear_down)
  ADD ("/pages/customers/finds_by_initials", "RM", test_search);
  ADD ("/pages/customers/sorts_by_the_clicked_head", "RM", test_sort);
  ADD ("/pages/customers/opens_the_first_hit_by_enter", "RM", test_open_by_enter);
  ADD ("/pages/customers/shows_rows_as_they_arrive", "RM", test_new_rows_arrive);
  ADD ("/pages/customer/logs_an_interaction", "RM", test_log_interaction);
  ADD ("/pages/customer/says_why_it_could_not_save", "RM", test_refusal_is_shown);
  ADD ("/pages/customer/finishes_a_task", "RM", test_finish_task);
  ADD ("/pages/customer/asks_for_a_reason", "RM", test_request_needs_reason);
  ADD ("/pages/customer/moves_to_its_neighbours", "RM", test_neighbours);
  ADD ("/pages/reviews/decides_after_the_password", "SUPERVISOR", test_decide);
  ADD ("/pages/reviews/lets_no_maker_decide", "SUPERVISOR", test_maker_cannot_decide);
  ADD ("/shell/window/shows_an_auditor_his_status", "AUDITOR", test_auditor_sees_status);
  ADD ("/shell/window/tells_the_first_sync", "RM", test_first_sync_progress);
  g_test_add_func ("/shell/window/signs_in", test_sign_in);
  g_test_add_func ("/pages/toast/what_was_said_last_is_there_with_its_button", test_what_was_said_last_is_there);
  g_test_add_func ("/pages/toast/early_clicks_wait_for_the_slide", test_early_clicks_wait_for_the_slide);
  g_test_add_func ("/models/record_model/reads_windows_of_256", test_model_reads_windows);
  g_test_add_func ("/models/record_model/tells_only_of_what_was_seen", test_model_tells_of_what_was_seen);
  g_test_add_func ("/fields/row/follows_the_kind", test_rows_follow_the_kind);
  g_test_add_func ("/fields/row/choices_are_chosen_by_their_words", test_choices);
  return g_test_run ();
}
