/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One customer's page on a desk of rows made by hand: its tiles, its tabs, and what becomes of what is typed into it. */

#include <string.h>

#include "gx-attachment.h"
#include "gx-change-request.h"
#include "gx-contact-point.h"
#include "gx-customer.h"
#include "gx-holding.h"
#include "gx-need.h"
#include "gx-pin.h"
#include "gx-relationship.h"
#include "gx-risk-assessment.h"
#include "gx-task.h"
#include "gx-text.h"
#include "gx-visit.h"
#include "gxc-calendar.h"
#include "gxc-customer-details.h"
#include "gxc-customer-documents.h"
#include "gxc-customer-field.h"
#include "gxc-customer-graph.h"
#include "gxc-customer-header.h"
#include "gxc-graph-place.h"
#include "gxc-customer-keys.h"
#include "gxc-customer-page.h"
#include "gxc-customer-picker.h"
#include "gxc-customer-ring.h"
#include "gxc-customer-sums.h"
#include "gxc-customer-tab-bar.h"
#include "gxc-customer-tasks.h"
#include "gxc-field-row.h"
#include "gxc-paper-intake.h"
#include "gxc-paper-view.h"
#include "gxc-shell.h"
#include "gxc-stage-glyph.h"
#include "gxc-tier-badge.h"
#include "gxc-tile.h"
#include "gxc-window.h"
#include "gxt-fake-desk.h"
#include "gxt-find.h"
#include "gxt-screenshot.h"

typedef struct
{
  GxtFakeDesk *desk;
  GtkWidget   *window;
  GxId         id;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer role)
{
  fixture->desk = gxt_fake_desk_new (role);
  gxt_fake_desk_fill (fixture->desk, 4);
  fixture->id = *gx_record_get_id (gxt_fake_desk_rows (fixture->desk, &gx_customer_entity)->pdata[0]);
}

static void
open_page (Fixture *fixture, const char *tab)
{
  g_autoptr(GxcPreferences) preferences = gxc_preferences_new (g_get_user_config_dir ());

  fixture->window = gxc_window_new (NULL, GXC_DESK (fixture->desk), preferences);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gxt_wait_shown (GTK_WINDOW (fixture->window));
  gxc_window_open_customer (GXC_WINDOW (fixture->window), &fixture->id);
  g_assert_true (gxc_customer_page_show_tab (GXC_CUSTOMER_PAGE (gxc_window_get_page (GXC_WINDOW (fixture->window))), tab));
  gxt_wait_ms (300);
}

static void
tear_down (Fixture *fixture, gconstpointer role)
{
  if (fixture->window)
    gxt_destroy (fixture->window);
  gxt_let_go (fixture->desk);
}

/* --- finding things by what a person sees -------------------------------------------------------------------------- */

static gboolean
shows (Fixture *fixture, const char *text)
{
  return gxt_find_saying (fixture->window, text) != NULL;
}

static GtkWidget *
find_above (Fixture *fixture, const char *text, GType type)
{
  return gxt_find_above (fixture->window, text, type);
}

static GxcCustomerField *
find_field (Fixture *fixture, const char *label)
{
  GtkWidget *field = find_above (fixture, label, GXC_TYPE_CUSTOMER_FIELD);

  g_assert_nonnull (field);
  return GXC_CUSTOMER_FIELD (field);
}

static void
type_into (GxcCustomerField *field, const char *text)
{
  GtkWidget *entry;

  gxc_customer_field_edit (field, TRUE);
  gxt_wait_ms (30);
  entry = gxt_find (GTK_WIDGET (field), GTK_TYPE_ENTRY);
  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  gxt_wait_ms (250);
}

static void
act (Fixture *fixture, const char *action)
{
  gtk_widget_activate_action (gxc_window_get_page (GXC_WINDOW (fixture->window)), action, NULL);
  gxt_wait_ms (250);
}

static const GxCustomer *
row_now (Fixture *fixture)
{
  return gx_record_get_data (gxt_fake_desk_rows (fixture->desk, &gx_customer_entity)->pdata[0]);
}

/* --- the figures --------------------------------------------------------------------------------------------------- */

static GxRecord *
add_holding (Fixture *fixture, const char *ccy, gint64 balance)
{
  GxHolding *row = gxt_fake_desk_add (fixture->desk, &gx_holding_entity);
  GPtrArray *rows = gxt_fake_desk_rows (fixture->desk, &gx_holding_entity);

  row->customer_id = fixture->id;
  row->ccy = g_strdup (ccy);
  row->status = GX_HOLDING_OPEN;
  row->opened_on = 20000;
  row->balance = balance;
  return rows->pdata[rows->len - 1];
}

static void
test_currencies_stay_apart (Fixture *fixture, gconstpointer role)
{
  g_autoptr(GPtrArray) holdings = g_ptr_array_new ();
  g_autoptr(GArray) sums = NULL;
  const GxcSum *first, *second;

  g_ptr_array_add (holdings, add_holding (fixture, "USD", 700));
  g_ptr_array_add (holdings, add_holding (fixture, "CNY", 100));
  g_ptr_array_add (holdings, add_holding (fixture, "USD", 30));
  g_ptr_array_add (holdings, add_holding (fixture, "CNY", -40));
  sums = gxc_sums_by_currency (GXC_DESK (fixture->desk), holdings);
  g_assert_cmpuint (sums->len, ==, 2);
  first = &g_array_index (sums, GxcSum, 0);
  second = &g_array_index (sums, GxcSum, 1);
  g_assert_cmpstr (first->ccy, ==, "CNY");      /* the bank's own comes first */
  g_assert_cmpint (first->assets, ==, 100);
  g_assert_cmpint (first->debts, ==, 40);
  g_assert_cmpstr (second->ccy, ==, "USD");
  g_assert_cmpint (second->assets, ==, 730);
}

static void
test_bands_give_a_range (Fixture *fixture, gconstpointer role)
{
  g_autoptr(GPtrArray) holdings = g_ptr_array_new ();
  g_autoptr(GArray) sums = NULL;
  g_autofree char *figure = NULL, *unit = NULL;
  GxRecord *record = add_holding (fixture, "CNY", GX_INT_NONE);

  ((GxMeta *) gx_record_get_meta (record))->masked = g_strdup ("{\"balance\":5}");
  g_ptr_array_add (holdings, record);
  g_ptr_array_add (holdings, record);
  sums = gxc_sums_by_currency (GXC_DESK (fixture->desk), holdings);
  g_assert_cmpuint (g_array_index (sums, GxcSum, 0).n_masked, ==, 2);
  g_assert_cmpint (g_array_index (sums, GxcSum, 0).assets, ==, 0);
  g_assert_cmpint (g_array_index (sums, GxcSum, 0).low, >, 0);
  g_assert_cmpint (g_array_index (sums, GxcSum, 0).high, >, g_array_index (sums, GxcSum, 0).low);
  figure = gxc_sum_dup_figure (&g_array_index (sums, GxcSum, 0), FALSE, &unit);
  g_assert_nonnull (strstr (figure, "\u2013"));
}

static void
test_missing_risk_leads_to_a_task (Fixture *fixture, gconstpointer role)
{
  GtkWidget *tile;

  open_page (fixture, "overview");
  tile = find_above (fixture, "Risk appetite", GXC_TYPE_TILE);
  g_assert_true (gtk_widget_has_css_class (tile, "missing"));
  gtk_widget_activate (tile);
  gxt_wait_ms (300);
  GXT_WAIT_FOR (gxc_form_is_open (gxc_customer_page_get_form (GXC_CUSTOMER_PAGE (gxc_window_get_page (GXC_WINDOW (fixture->window))))));
}

static void
test_risk_near_its_end (Fixture *fixture, gconstpointer role)
{
  GxRiskAssessment *row = gxt_fake_desk_add (fixture->desk, &gx_risk_assessment_entity);

  row->customer_id = fixture->id;
  row->grade = GX_GRADE_C4;
  row->at = gxc_desk_now (GXC_DESK (fixture->desk)) - G_GINT64_CONSTANT (360 * 86400000);
  row->expires_on = gxc_desk_get_today (GXC_DESK (fixture->desk)) + 7;
  open_page (fixture, "overview");
  GXT_WAIT_FOR (shows (fixture, "C4"));
  GXT_WAIT_FOR (shows (fixture, "expires in 7 days"));
  g_assert_false (gtk_widget_has_css_class (find_above (fixture, "Risk appetite", GXC_TYPE_TILE), "missing"));
}

/* The day of the opening knew nothing of today's balance. */
static void
test_opening_tells_no_balance (Fixture *fixture, gconstpointer role)
{
  GxHolding *row = (GxHolding *) gx_record_get_data (add_holding (fixture, "CNY", 12345678));
  GtkWidget *opened;

  row->acct_no = g_strdup ("6222020200001234");
  row->opened_on = gxc_desk_get_today (GXC_DESK (fixture->desk));
  row->matures_on = 21000;
  open_page (fixture, "overview");
  opened = find_above (fixture, "Opened ", GTK_TYPE_LIST_BOX_ROW);
  g_assert_nonnull (opened);
  g_assert_true (gxt_wait_saying (opened, "6222020200001234 · until 2027-07-01", 1));
  g_assert_cmpuint (gxt_count_saying (opened, "123,456.78"), ==, 0);
}

/* --- tabs ----------------------------------------------------------------------------------------------------------- */

static void
test_tabs_are_made_when_opened (Fixture *fixture, gconstpointer role)
{
  GtkWidget *page;

  open_page (fixture, "overview");
  page = gxc_window_get_page (GXC_WINDOW (fixture->window));
  g_assert_null (gxt_find (page, GXC_TYPE_CUSTOMER_DETAILS));
  g_assert_cmpuint (gxt_fake_desk_n_calls (fixture->desk, "fetch_history"), ==, 0);
  g_assert_true (gxc_customer_page_show_tab (GXC_CUSTOMER_PAGE (page), "details"));
  gxt_wait_ms (300);
  GXT_WAIT_FOR (gxt_find (page, GXC_TYPE_CUSTOMER_DETAILS));
  g_assert_false (gxc_customer_page_show_tab (GXC_CUSTOMER_PAGE (page), "no such tab"));
}

static void
test_tabs_fold (Fixture *fixture, gconstpointer role)
{
  GtkWidget *window = gtk_window_new (), *bar = g_object_new (GXC_TYPE_CUSTOMER_TAB_BAR, NULL), *menu = NULL;
  g_autofree char *name = NULL;
  guint seen = 0;

  for (guint i = 0; i < 30; i++)
    {
      g_free (name);
      name = g_strdup_printf ("tab%u", i);
      gxc_customer_tab_bar_add (GXC_CUSTOMER_TAB_BAR (bar), name, "A tab with a name");
    }
  gtk_window_set_child (GTK_WINDOW (window), bar);
  gtk_window_set_default_size (GTK_WINDOW (window), 600, 60);
  gtk_window_present (GTK_WINDOW (window));
  gxt_wait_shown (GTK_WINDOW (window));
  g_assert_true (gxc_customer_tab_bar_select (GXC_CUSTOMER_TAB_BAR (bar), "tab29"));
  gxt_wait_ms (100);
  for (GtkWidget *child = gtk_widget_get_first_child (bar); child; child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_MENU_BUTTON (child))
      menu = child;
    else
      seen += gtk_widget_get_child_visible (child);
  g_assert_true (gtk_widget_get_child_visible (menu));
  g_assert_cmpuint (seen, <, 30);
  g_assert_true (gtk_widget_get_child_visible (gtk_widget_get_prev_sibling (menu)));      /* the open one is in the row */
  g_assert_cmpstr (gxc_customer_tab_bar_get_active (GXC_CUSTOMER_TAB_BAR (bar)), ==, "tab29");
  gxc_customer_tab_bar_step (GXC_CUSTOMER_TAB_BAR (bar), 1);
  g_assert_cmpstr (gxc_customer_tab_bar_get_active (GXC_CUSTOMER_TAB_BAR (bar)), ==, "tab0");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_history_names_fields (Fixture *fixture, gconstpointer role)
{
  open_page (fixture, "history");
  GXT_WAIT_FOR (gxt_fake_desk_n_calls (fixture->desk, "fetch_history") == 1);
  GXT_WAIT_FOR (shows (fixture, "Customer · changed: Customer number"));
  GXT_WAIT_FOR (shows (fixture, "Customer · entered"));
  g_assert_false (shows (fixture, "entered: "));        /* all the fields that a form has tell nothing */
  g_assert_false (shows (fixture, "version"));
}

static void
test_history_needs_the_server (Fixture *fixture, gconstpointer role)
{
  g_autoptr(GError) offline = g_error_new (GX_ERROR, GX_ERROR_OFFLINE, "away");

  gxt_fake_desk_fail_next (fixture->desk, offline);
  open_page (fixture, "history");
  GXT_WAIT_FOR (shows (fixture, "History needs the server"));
}

static void
test_history_is_asked_again (Fixture *fixture, gconstpointer role)
{
  test_history_needs_the_server (fixture, role);
  gxt_fake_desk_summary (fixture->desk)->synced_at += 1000;
  gxc_desk_emit_status (GXC_DESK (fixture->desk));
  g_assert_true (gxt_wait_saying (fixture->window, "Customer · changed: Customer number", 1));
}

static void
test_need_is_met (Fixture *fixture, gconstpointer role)
{
  GxNeed *need = gxt_fake_desk_add (fixture->desk, &gx_need_entity);
  GxId id = need->meta.id;
  g_autoptr(GxRecord) after = NULL;

  need->customer_id = fixture->id;
  need->category = GX_NEED_FX;
  need->status = GX_NEED_OPEN;
  open_page (fixture, "needs");
  GXT_WAIT_FOR (shows (fixture, "Foreign exchange"));
  gtk_widget_activate_action (gxc_window_get_page (GXC_WINDOW (fixture->window)), "customer.meet-need", "s", GX_ID_STR (&id));
  gxt_wait_ms (250);
  after = gxc_desk_read_one (GXC_DESK (fixture->desk), &gx_need_entity, &id, NULL);
  g_assert_cmpint (((const GxNeed *) gx_record_get_data (after))->status, ==, GX_NEED_MET);
  GXT_WAIT_FOR (shows (fixture, "Undo"));
}

static void
test_put_off_by_working_days (Fixture *fixture, gconstpointer role)
{
  GxTask *task = gxt_fake_desk_add (fixture->desk, &gx_task_entity);
  GxId id = task->meta.id;
  gint64 friday = G_GINT64_CONSTANT (1795773600000);      /* 2026-11-27 18:00 in Shanghai */
  g_autofree char *target = g_strdup_printf ("%s/1", GX_ID_STR (&id));
  g_autoptr(GxRecord) after = NULL;

  task->customer_id = fixture->id;
  task->title = g_strdup ("电话");
  task->status = GX_TASK_OPEN;
  task->due_at = friday;
  open_page (fixture, "tasks");
  gtk_widget_activate_action (gxc_window_get_page (GXC_WINDOW (fixture->window)), "customer.snooze-task", "s", target);
  gxt_wait_ms (250);
  after = gxc_desk_read_one (GXC_DESK (fixture->desk), &gx_task_entity, &id, NULL);
  g_assert_cmpint (((const GxTask *) gx_record_get_data (after))->due_at, ==, friday + G_GINT64_CONSTANT (3 * 86400000));
  g_assert_cmpint (((const GxTask *) gx_record_get_data (after))->snooze_cnt, ==, 1);
}

/* --- the form ------------------------------------------------------------------------------------------------------ */

/* Nobody calls a customer at the hour of the evening in which he wrote it down. */
static void
test_new_task_is_due_when_one_works (Fixture *fixture, gconstpointer role)
{
  GPtrArray *tasks = gxt_fake_desk_rows (fixture->desk, &gx_task_entity);
  guint before = tasks->len;
  GxcForm *form;
  const GxTask *task;

  open_page (fixture, "overview");
  form = gxc_customer_page_get_form (GXC_CUSTOMER_PAGE (gxc_window_get_page (GXC_WINDOW (fixture->window))));
  act (fixture, "customer.new-task");
  gtk_editable_set_text (GTK_EDITABLE (gxt_find (GTK_WIDGET (form), GTK_TYPE_ENTRY)), "约见面谈");
  gxc_form_submit (form);
  GXT_WAIT_FOR (tasks->len == before + 1);
  task = gx_record_get_data (tasks->pdata[before]);
  g_assert_cmpint (task->due_at, ==, gxc_local_moment (gxc_next_working_day (GXC_DESK (fixture->desk)), 0));
  g_assert_cmpint (task->due_at % (24 * G_GINT64_CONSTANT (3600000)), ==, G_GINT64_CONSTANT (3600000));       /* nine in Shanghai */
}

static void
test_form_keeps_what_was_typed (Fixture *fixture, gconstpointer role)
{
  GxcForm *form;
  GtkWidget *entry;

  open_page (fixture, "overview");
  form = gxc_customer_page_get_form (GXC_CUSTOMER_PAGE (gxc_window_get_page (GXC_WINDOW (fixture->window))));
  act (fixture, "customer.new-task");
  entry = gxt_find (GTK_WIDGET (form), GTK_TYPE_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (entry), "约见面谈");
  gtk_widget_activate_action (fixture->window, "win.escape", NULL);
  gxt_wait_ms (300);
  GXT_WAIT_FOR (!gxc_form_is_open (form));
  g_signal_emit_by_name (find_above (fixture, "Bring back", GTK_TYPE_BUTTON), "clicked");
  gxt_wait_ms (300);
  GXT_WAIT_FOR (gxc_form_is_open (form));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "约见面谈");
  gxc_form_submit (form);
  gxt_wait_ms (300);
  GXT_WAIT_FOR (!gxc_form_is_open (form));
  GXT_WAIT_FOR (gxt_fake_desk_n_calls (fixture->desk, "save") == 1);
}

static void
speak (Fixture *fixture, const char *language)
{
  gtk_widget_activate_action (fixture->window, "win.language", "s", language);
  gxt_wait_ms (500);
}

static GxcForm *
form_now (Fixture *fixture)
{
  return gxc_customer_page_get_form (GXC_CUSTOMER_PAGE (gxc_window_get_page (GXC_WINDOW (fixture->window))));
}

/* Everything is made again in the other language; what was typed is not. */
static void
test_language_keeps_the_form (Fixture *fixture, gconstpointer role)
{
  GtkWidget *entry;

  open_page (fixture, "overview");
  act (fixture, "customer.new-task");
  entry = gxt_find (GTK_WIDGET (form_now (fixture)), GTK_TYPE_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (entry), "约见面谈");
  speak (fixture, "zh_CN");
  g_assert_true (gxc_form_is_open (form_now (fixture)));
  GXT_WAIT_FOR (shows (fixture, "新建任务"));
  g_assert_false (shows (fixture, "New task"));
  entry = gxt_find (GTK_WIDGET (form_now (fixture)), GTK_TYPE_ENTRY);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "约见面谈");
  speak (fixture, "en");
  gxc_form_submit (form_now (fixture));
  gxt_wait_ms (300);
  GXT_WAIT_FOR (!gxc_form_is_open (form_now (fixture)));
  GXT_WAIT_FOR (gxt_fake_desk_n_calls (fixture->desk, "save") == 1);
}

static int
least_width (Fixture *fixture)
{
  int least;

  gtk_widget_measure (fixture->window, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  return least;
}

/* What the form had pushed aside comes back when it is gone, not while it folds: both would make the window wider. */
static void
test_form_folds_within_the_window (Fixture *fixture, gconstpointer role)
{
  gint64 until = 0;
  int open, most = 0;

  open_page (fixture, "overview");
  act (fixture, "customer.new-task");
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  open = least_width (fixture);
  g_assert_true (gxc_form_close (form_now (fixture)));
  do
    most = MAX (most, least_width (fixture));
  while (gtk_widget_get_visible (GTK_WIDGET (form_now (fixture))) && gxt_wait_more (&until));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (form_now (fixture))));
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_assert_cmpint (most, >, 0);
  g_assert_cmpint (most, <=, open);
}

/* A form beside it takes room from the head: the name has all it wants, and what is left shows what it can. */
static void
test_form_leaves_the_head_its_name (Fixture *fixture, gconstpointer role)
{
  GxCustomer *row = (GxCustomer *) row_now (fixture);
  GtkWidget *head, *name;

  g_free (row->name);
  row->name = g_strdup ("杭州市钱塘新区长河精密仪器制造有限公司");
  row->lifecycle_stage = 3;
  open_page (fixture, "overview");
  act (fixture, "customer.new-task");
  head = gxt_find (fixture->window, GXC_TYPE_CUSTOMER_HEADER);
  g_assert_nonnull (head);
  name = gxt_find_saying (head, row->name);
  g_assert_nonnull (name);
  g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (name))));
  g_assert_true (gtk_widget_get_mapped (gxt_find (head, GXC_TYPE_STAGE_GLYPH)));
  g_assert_true (gtk_widget_get_mapped (gxt_find (head, GXC_TYPE_TIER_BADGE)));
}

static GtkWidget *
open_with_alarm (Fixture *fixture, const char *name)
{
  GxCustomer *row = (GxCustomer *) row_now (fixture);
  GxRiskAssessment *risk = gxt_fake_desk_add (fixture->desk, &gx_risk_assessment_entity);
  GtkWidget *head;

  g_free (row->name);
  row->name = g_strdup (name);
  row->value_class = 0;
  row->lifecycle_stage = 3;
  risk->customer_id = fixture->id;
  risk->grade = GX_GRADE_C4;
  risk->expires_on = gxc_desk_get_today (GXC_DESK (fixture->desk)) + 14;
  open_page (fixture, "timeline");
  head = gxt_find (fixture->window, GXC_TYPE_CUSTOMER_HEADER);
  g_assert_nonnull (head);
  return head;
}

static void
test_alarm_in_the_head (Fixture *fixture, gconstpointer role)
{
  GtkWidget *head = open_with_alarm (fixture, "顾云");

  GXT_WAIT_FOR (gxt_find_saying (head, "C4 growth · until"));
  g_assert_null (gxt_find_saying (head, "C4 expires"));
}

/* A head that has no room for all: the alarm says less, and stays. */
static void
test_alarm_stays_in_the_head (Fixture *fixture, gconstpointer role)
{
  GtkWidget *head = open_with_alarm (fixture, "杭州市钱塘新区长河精密仪器制造有限公司");

  g_assert_null (gxt_find_saying (head, "C4 growth"));
  GXT_WAIT_FOR (gxt_find_saying (head, "C4 expires in 14 d"));
}

/* --- documents ------------------------------------------------------------------------------------------------------- */

static void
ask_with (Fixture *fixture, const char *sha256)
{
  GxChangeRequest *request = (GxChangeRequest *) gx_record_get_data (gxt_fake_desk_rows (fixture->desk, &gx_change_request_entity)->pdata[0]);

  g_free (request->evidence);
  request->evidence = g_strdup_printf ("[{\"sha256\":\"%s\",\"kind\":\"ASSET_PROOF\"}]", sha256);
}

static void
look (Fixture *fixture)
{
  GtkWidget *button;

  open_page (fixture, "documents");
  GXT_WAIT_FOR (shows (fixture, "Proof of assets"));
  button = find_above (fixture, "View", GTK_TYPE_BUTTON);
  gtk_widget_activate (button);
  gxt_wait_ms (400);
}

static void
test_document_is_looked_at (Fixture *fixture, gconstpointer role)
{
  g_autoptr(GBytes) paper = gxt_fake_desk_paper ();
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, paper);

  ask_with (fixture, digest);
  look (fixture);
  GXT_WAIT_FOR (gxt_fake_desk_n_calls (fixture->desk, "fetch_blob") == 1);
  GXT_WAIT_FOR (gxt_find (fixture->window, GXC_TYPE_PAPER_VIEW));
  g_assert_false (shows (fixture, "fingerprint differs"));
  gtk_widget_activate_action (fixture->window, "win.escape", NULL);
  gxt_wait_ms (250);
  GXT_WAIT_FOR (!gxt_find (fixture->window, GXC_TYPE_PAPER_VIEW));
  GXT_WAIT_FOR (GXC_IS_CUSTOMER_PAGE (gxc_window_get_page (GXC_WINDOW (fixture->window))));
  GXT_WAIT_FOR (shows (fixture, "Proof of assets"));
}

static void
test_document_comes_slowly (Fixture *fixture, gconstpointer role)
{
  g_autoptr(GBytes) paper = gxt_fake_desk_paper ();
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, paper);

  gxt_fake_desk_set_slow (fixture->desk, TRUE);
  ask_with (fixture, digest);
  look (fixture);
  GXT_WAIT_FOR (shows (fixture, "Fetching: 2\u00a0MB of 4\u00a0MB"));
  gxt_fake_desk_set_slow (fixture->desk, FALSE);
  GXT_WAIT_FOR (!shows (fixture, "Fetching"));
  GXT_WAIT_FOR (shows (fixture, "page 1 of 2"));
}

/* What stands before the line that says so. */
static GtkImageType
face_of (Fixture *fixture, const char *text)
{
  GtkWidget *line = find_above (fixture, text, GTK_TYPE_LABEL);

  return line ? gtk_image_get_storage_type (GTK_IMAGE (gtk_widget_get_first_child (gtk_widget_get_parent (gtk_widget_get_parent (line))))) : GTK_IMAGE_EMPTY;
}

/* A picture is not asked of the bank, and behind the curtain there is none. */
static void
test_document_is_known_by_its_face (Fixture *fixture, gconstpointer role)
{
  ask_with (fixture, "77aa");
  open_page (fixture, "documents");
  GXT_WAIT_FOR (face_of (fixture, "Proof of assets") == GTK_IMAGE_PAINTABLE);
  g_assert_cmpuint (gxt_fake_desk_n_calls (fixture->desk, "fetch_blob"), ==, 0);
  GXT_WAIT_FOR (gxt_fake_desk_n_calls (fixture->desk, "peek_blob") == 1);
  gxc_desk_set_curtain (GXC_DESK (fixture->desk), TRUE);
  GXT_WAIT_FOR (face_of (fixture, "Proof of assets") == GTK_IMAGE_ICON_NAME);
  gxt_wait_ms (400);
  g_assert_cmpint (face_of (fixture, "Proof of assets"), ==, GTK_IMAGE_ICON_NAME);
}

static void
test_another_document_is_not_shown (Fixture *fixture, gconstpointer role)
{
  ask_with (fixture, "77aa");
  look (fixture);
  GXT_WAIT_FOR (shows (fixture, "fingerprint differs"));
}

static GxAttachment *
add_attachment (Fixture *fixture, const char *name, gint32 valid_to)
{
  GxAttachment *row = gxt_fake_desk_add (fixture->desk, &gx_attachment_entity);

  row->customer_id = *gx_record_get_id (gxt_fake_desk_rows (fixture->desk, &gx_customer_entity)->pdata[0]);
  row->sha256 = g_strnfill (64, 'a');
  row->name = g_strdup (name);
  row->mime = g_strdup ("application/pdf");
  row->size = 48213;
  row->kind = GX_ATTACHMENT_CONTRACT;
  row->valid_to = valid_to;
  return row;
}

static void
test_documents_say_until_when (Fixture *fixture, gconstpointer role)
{
  gint32 today = gxc_desk_get_today (GXC_DESK (fixture->desk));

  add_attachment (fixture, "old.pdf", today - 40);
  add_attachment (fixture, "new.pdf", today + 400);
  open_page (fixture, "documents");
  GXT_WAIT_FOR (shows (fixture, "old.pdf"));
  GXT_WAIT_FOR (shows (fixture, "Expired"));
  GXT_WAIT_FOR (shows (fixture, "Valid until"));
  GXT_WAIT_FOR (shows (fixture, "48.2"));
}

static void
test_document_of_a_visit (Fixture *fixture, gconstpointer role)
{
  GxVisit *visit = gxt_fake_desk_add (fixture->desk, &gx_visit_entity);
  GxAttachment *row = add_attachment (fixture, "works.jpg", GX_INT32_NONE);

  visit->plan_at = gxc_desk_now (GXC_DESK (fixture->desk));
  row->visit_id = visit->meta.id;
  open_page (fixture, "documents");
  GXT_WAIT_FOR (shows (fixture, "visit of "));
}

static GxcPaperIntake *
intake_of (Fixture *fixture)
{
  return GXC_PAPER_INTAKE (gxt_find (fixture->window, GXC_TYPE_PAPER_INTAKE));
}

static void
offer (Fixture *fixture, const char *path)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  GxcCustomerDocuments *tab = GXC_CUSTOMER_DOCUMENTS (gxt_find (fixture->window, GXC_TYPE_CUSTOMER_DOCUMENTS));

  gxc_customer_documents_offer (tab, file);
  gxt_wait_ms (100);
}

/* As after a drop: named, asked for once, then on its way and its progress seen. */
static void
test_document_is_added (Fixture *fixture, gconstpointer role)
{
  GPtrArray *rows = gxt_fake_desk_rows (fixture->desk, &gx_attachment_entity);
  guint before = rows->len;
  GxAttachment *row;

  open_page (fixture, "documents");
  offer (fixture, "/tmp/lease.pdf");
  g_assert_nonnull (intake_of (fixture));
  GXT_WAIT_FOR (shows (fixture, "lease.pdf"));
  gtk_widget_activate_action (GTK_WIDGET (intake_of (fixture)), "intake.take", NULL);
  gxt_wait_ms (300);
  GXT_WAIT_FOR (gxt_fake_desk_n_calls (fixture->desk, "attach") == 1);
  rows = gxt_fake_desk_rows (fixture->desk, &gx_attachment_entity);
  g_assert_cmpuint (rows->len, ==, before + 1);
  row = (GxAttachment *) gx_record_get_data (rows->pdata[before]);
  g_assert_cmpint (row->kind, ==, GX_ATTACHMENT_ASSET_PROOF);
  g_assert_null (intake_of (fixture));
  GXT_WAIT_FOR (shows (fixture, "Being sent: 1\u00a0"));

  gxt_fake_desk_sending (fixture->desk)->state = GXC_SENDING_NOT;
  gxc_desk_emit_changed (GXC_DESK (fixture->desk), "attachment");
  gxt_wait_ms (300);
  GXT_WAIT_FOR (!shows (fixture, "Being sent"));
}

static void
test_what_is_not_taken_says_why (Fixture *fixture, gconstpointer role)
{
  g_autoptr(GError) refusal = NULL;

  gx_fail_field (&refusal, GX_ERROR_INVALID, "type", "media-type", "The bank takes PDF files only");
  open_page (fixture, "documents");
  offer (fixture, "/tmp/film.mp4");
  gxt_fake_desk_fail_next (fixture->desk, refusal);
  gtk_widget_activate_action (GTK_WIDGET (intake_of (fixture)), "intake.take", NULL);
  gxt_wait_ms (300);
  GXT_WAIT_FOR (intake_of (fixture));
  GXT_WAIT_FOR (shows (fixture, "film.mp4: "));
  gtk_widget_activate_action (fixture->window, "win.escape", NULL);
  gxt_wait_ms (200);
  GXT_WAIT_FOR (!intake_of (fixture));
}

/* --- relations ------------------------------------------------------------------------------------------------------- */

static const GxId *
customer_at (Fixture *fixture, guint i)
{
  return gx_record_get_id (gxt_fake_desk_rows (fixture->desk, &gx_customer_entity)->pdata[i]);
}

static void
add_relation (Fixture *fixture, guint from, guint to, int kind)
{
  GxRelationship *row = gxt_fake_desk_add (fixture->desk, &gx_relationship_entity);

  row->from_id = *customer_at (fixture, from);
  row->to_id = *customer_at (fixture, to);
  row->kind = kind;
}

static void
test_graph_by_keys (Fixture *fixture, gconstpointer role)
{
  GxcCustomerGraph *graph;
  g_autofree char *words = NULL;

  add_relation (fixture, 1, 0, GX_RELATION_SPOUSE);
  add_relation (fixture, 0, 2, GX_RELATION_LEGAL_REP);
  open_page (fixture, "relations");
  graph = GXC_CUSTOMER_GRAPH (gxt_find (fixture->window, GXC_TYPE_CUSTOMER_GRAPH));
  words = gxc_customer_graph_dup_words (graph);
  g_assert_nonnull (strstr (words, "is Spouse of"));
  GXT_WAIT_FOR (shows (fixture, "is Legal representative of"));      /* the same in the list */
  gtk_widget_grab_focus (GTK_WIDGET (graph));
  gxt_wait_ms (50);
  GXT_WAIT_FOR (gxc_customer_graph_get_cursor (graph) == 0);
  gxc_customer_graph_move (graph, 1, 0);
  g_assert_cmpint (gxc_customer_graph_get_cursor (graph), !=, 0);
  gxc_customer_graph_move (graph, -1, 0);
  g_assert_cmpint (gxc_customer_graph_get_cursor (graph), ==, 0);
  gxc_customer_graph_move (graph, -1, 0);
  g_assert_cmpint (gxc_customer_graph_get_cursor (graph), !=, 0);
}

/* Breadth first, by the four keys alone. */
static guint
count_reached (guint n)
{
  static const int ways[][2] = { { -1, 0 }, { 1, 0 }, { 0, -1 }, { 0, 1 } };
  gboolean seen[GXC_GRAPH_MAX] = { TRUE };
  int queue[GXC_GRAPH_MAX] = { 0 };
  guint n_queued = 1;

  for (guint at = 0; at < n_queued; at++)
    for (guint w = 0; w < G_N_ELEMENTS (ways); w++)
      {
        int next = gxc_graph_next (n, queue[at], ways[w][0], ways[w][1]);

        if (next >= 0 && !seen[next])
          {
            seen[next] = TRUE;
            queue[n_queued++] = next;
          }
      }
  return n_queued;
}

static void
test_graph_has_room_for_each (void)
{
  static const float widths[] = { 900, 620, 420 };

  for (guint n = 1; n <= GXC_GRAPH_MAX; n++)
    for (guint w = 0; w < G_N_ELEMENTS (widths); w++)
      {
        const GxcGraphRoom room = { widths[w], gxc_graph_n_rows (n) * 48, 76, 48, 34, 72 };
        graphene_rect_t boxes[GXC_GRAPH_MAX];

        for (guint i = 0; i < n; i++)
          boxes[i] = GRAPHENE_RECT_INIT (0, 0, i % 3 ? 110 : 260, 0);
        gxc_graph_place (boxes, n, &room);
        for (guint i = 0; i < n; i++)
          {
            g_assert_cmpfloat (boxes[i].origin.x, >=, 0);
            g_assert_cmpfloat (boxes[i].origin.x + boxes[i].size.width, <=, room.width);
            g_assert_cmpfloat (boxes[i].origin.y, >=, 0);
            g_assert_cmpfloat (boxes[i].origin.y + boxes[i].size.height, <=, room.height);
            for (guint j = 0; j < i; j++)
              g_assert_false (graphene_rect_intersection (&boxes[i], &boxes[j], NULL));
          }
        g_assert_cmpuint (count_reached (n), ==, n);
      }
}

/* Two that are something to each other, and more than the picture has room for. */
static void
test_graph_of_many (Fixture *fixture, gconstpointer role)
{
  GxcCustomerGraph *graph;
  g_autofree char *words = NULL;

  add_relation (fixture, 0, 1, GX_RELATION_SUPPLIER);
  add_relation (fixture, 1, 0, GX_RELATION_GUARANTOR);
  while (gxt_fake_desk_rows (fixture->desk, &gx_customer_entity)->len < 16)
    ((GxCustomer *) gxt_fake_desk_add (fixture->desk, &gx_customer_entity))->name = g_strdup ("众森进出口");
  for (guint i = 2; i < 16; i++)
    add_relation (fixture, i, 0, GX_RELATION_BUYER);
  open_page (fixture, "relations");
  graph = GXC_CUSTOMER_GRAPH (gxt_find (fixture->window, GXC_TYPE_CUSTOMER_GRAPH));
  words = gxc_customer_graph_dup_words (graph);
  g_assert_nonnull (strstr (words, "is Supplier of"));
  g_assert_nonnull (strstr (words, "is Guarantor of"));
  GXT_WAIT_FOR (shows (fixture, "the first 13 of 16; all of them stand below"));
}

static void
test_picker_adds_a_relation (Fixture *fixture, gconstpointer role)
{
  GPtrArray *relations = gxt_fake_desk_rows (fixture->desk, &gx_relationship_entity);
  GtkWidget *menu, *picker;

  open_page (fixture, "relations");
  menu = gxt_find (find_above (fixture, "No relation is known", GTK_TYPE_BOX), GTK_TYPE_MENU_BUTTON);
  g_assert_nonnull (menu);
  gtk_menu_button_popup (GTK_MENU_BUTTON (menu));
  gxt_wait_ms (200);
  picker = gxt_find (GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (menu))), GXC_TYPE_CUSTOMER_PICKER);
  g_assert_nonnull (picker);
  g_signal_emit_by_name (picker, "picked", GX_ID_STR (customer_at (fixture, 3)));
  gxt_wait_ms (250);
  GXT_WAIT_FOR (relations->len == 1);
  GXT_WAIT_FOR (gx_id_equal (&((const GxRelationship *) gx_record_get_data (relations->pdata[0]))->from_id, customer_at (fixture, 3)));
  GXT_WAIT_FOR (gx_id_equal (&((const GxRelationship *) gx_record_get_data (relations->pdata[0]))->to_id, &fixture->id));
}

/* --- editing in place ------------------------------------------------------------------------------------------------ */

static void
test_saves_in_place (Fixture *fixture, gconstpointer role)
{
  open_page (fixture, "details");
  type_into (find_field (fixture, "Quiet from"), "21:30");
  g_assert_null (row_now (fixture)->quiet_from);      /* a draft only */
  GXT_WAIT_FOR (shows (fixture, "1 field changed"));
  act (fixture, "customer.save");
  GXT_WAIT_FOR (gxt_fake_desk_n_calls (fixture->desk, "save") == 1);
  g_assert_cmpstr (row_now (fixture)->quiet_from, ==, "21:30");
  g_assert_true (gtk_root_get_focus (GTK_ROOT (fixture->window)) == GTK_WIDGET (find_field (fixture, "Quiet from")));
  GXT_WAIT_FOR (shows (fixture, "Undo"));
  gtk_widget_activate_action (fixture->window, "win.undo", NULL);
  gxt_wait_ms (250);
  GXT_WAIT_FOR (!row_now (fixture)->quiet_from);
}

static void
test_reviewed_needs_a_reason (Fixture *fixture, gconstpointer role)
{
  GtkWidget *reason;

  open_page (fixture, "details");
  type_into (find_field (fixture, "Name"), "张明媛");
  GXT_WAIT_FOR (shows (fixture, "needs a second person"));
  act (fixture, "customer.save");
  GXT_WAIT_FOR (shows (fixture, "R-DUAL"));
  g_assert_cmpuint (gxt_fake_desk_n_calls (fixture->desk, "request-change"), ==, 0);
  reason = gtk_root_get_focus (GTK_ROOT (fixture->window));      /* the refusal leads to what is missing */
  gtk_editable_set_text (GTK_EDITABLE (gtk_widget_get_ancestor (reason, GTK_TYPE_ENTRY)), "身份证姓名更正");
  act (fixture, "customer.save");
  GXT_WAIT_FOR (gxt_fake_desk_n_calls (fixture->desk, "request-change") == 1);
  g_assert_cmpuint (gxt_fake_desk_n_calls (fixture->desk, "save"), ==, 0);
  g_assert_cmpstr (row_now (fixture)->name, ==, "张明远");      /* in force until somebody approves */
}

static void
test_escape_keeps_the_draft (Fixture *fixture, gconstpointer role)
{
  GtkWidget *button;

  open_page (fixture, "details");
  type_into (find_field (fixture, "Quiet from"), "22:00");
  gtk_widget_activate_action (fixture->window, "win.escape", NULL);
  gxt_wait_ms (400);
  GXT_WAIT_FOR (GXC_IS_CUSTOMER_PAGE (gxc_window_get_page (GXC_WINDOW (fixture->window))));
  GXT_WAIT_FOR (!gxc_customer_field_is_editing (find_field (fixture, "Quiet from")));
  GXT_WAIT_FOR (gxc_customer_field_has_draft (find_field (fixture, "Quiet from")));
  act (fixture, "customer.save");
  g_assert_cmpuint (gxt_fake_desk_n_calls (fixture->desk, "save"), ==, 0);      /* what is put aside is not saved by the way */
  button = find_above (fixture, "Bring back", GTK_TYPE_BUTTON);
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  gxt_wait_ms (250);
  GXT_WAIT_FOR (gxc_customer_field_is_editing (find_field (fixture, "Quiet from")));
  act (fixture, "customer.save");
  g_assert_cmpstr (row_now (fixture)->quiet_from, ==, "22:00");
}

static void
test_language_keeps_the_edits (Fixture *fixture, gconstpointer role)
{
  open_page (fixture, "details");
  type_into (find_field (fixture, "Quiet from"), "22:00");
  type_into (find_field (fixture, "Name"), "张明媛");
  act (fixture, "customer.save");
  gtk_editable_set_text (GTK_EDITABLE (gtk_widget_get_ancestor (gtk_root_get_focus (GTK_ROOT (fixture->window)), GTK_TYPE_ENTRY)), "身份证姓名更正");
  speak (fixture, "zh_CN");
  g_assert_true (gxc_customer_field_is_editing (find_field (fixture, "免打扰开始")));
  g_assert_false (shows (fixture, "Quiet from"));
  speak (fixture, "en");
  GXT_WAIT_FOR (shows (fixture, "2 fields changed"));
  act (fixture, "customer.save");      /* with the reason that was typed before */
  g_assert_cmpstr (row_now (fixture)->quiet_from, ==, "22:00");
  GXT_WAIT_FOR (gxt_fake_desk_n_calls (fixture->desk, "request-change") == 1);
}

static void
test_what_is_wrong_is_not_saved (Fixture *fixture, gconstpointer role)
{
  open_page (fixture, "details");
  type_into (find_field (fixture, "Quiet from"), "9");      /* five characters are wanted */
  act (fixture, "customer.save");
  g_assert_cmpuint (gxt_fake_desk_n_calls (fixture->desk, "save"), ==, 0);
  g_assert_true (gxc_customer_field_is_editing (find_field (fixture, "Quiet from")));
}

static void
test_old_and_asked_side_by_side (Fixture *fixture, gconstpointer role)
{
  const GxChangeRequest *request = gx_record_get_data (gxt_fake_desk_rows (fixture->desk, &gx_change_request_entity)->pdata[0]);
  GxcCustomerField *field;

  g_assert_true (gx_id_equal (&request->entity_id, &fixture->id));      /* PLATINUM → DIAMOND is asked */
  open_page (fixture, "details");
  GXT_WAIT_FOR (shows (fixture, "change awaits review"));
  field = find_field (fixture, "Diamond");
  GXT_WAIT_FOR (gxt_find_saying (GTK_WIDGET (field), "Tier"));
  GXT_WAIT_FOR (gxt_find_saying (GTK_WIDGET (field), "Waiting for review"));
}

static void
test_conflict_is_marked (Fixture *fixture, gconstpointer role)
{
  GxcQueueItem *item = gxt_fake_desk_queue (fixture->desk, GXC_QUEUE_CONFLICT, &gx_customer_entity, &fixture->id, "patch", NULL);
  GxcCustomerField *field;

  gxt_fake_desk_queue_field (item, "quiet_from", "20:00", "21:00", "22:00");
  gxt_fake_desk_queue_field (item, "quiet_to", "07:00", "08:00", NULL);      /* it only travelled with the other */
  open_page (fixture, "details");
  field = find_field (fixture, "Two new values: choose");
  GXT_WAIT_FOR (gxt_find_saying (GTK_WIDGET (field), "Quiet from"));
  g_assert_null (gxt_find_saying (GTK_WIDGET (find_field (fixture, "Quiet to")), "Two new values"));
}

static void
test_curtain_hides_what_is_ones_own (Fixture *fixture, gconstpointer role)
{
  open_page (fixture, "details");
  GXT_WAIT_FOR (shows (fixture, "张明远"));
  gxc_desk_set_curtain (GXC_DESK (fixture->desk), TRUE);
  gxt_wait_ms (250);
  GXT_WAIT_FOR (!shows (fixture, "张明远"));
  GXT_WAIT_FOR (!gxc_customer_field_can_edit (find_field (fixture, "Name")));      /* an editor would lift it */
  gxc_desk_set_curtain (GXC_DESK (fixture->desk), FALSE);
  gxt_wait_ms (250);
  GXT_WAIT_FOR (shows (fixture, "张明远"));
}

static void
test_masked_is_not_edited (Fixture *fixture, gconstpointer role)
{
  GxRecord *record = gxt_fake_desk_rows (fixture->desk, &gx_customer_entity)->pdata[0];
  GxcCustomerField *field;

  ((GxMeta *) gx_record_get_meta (record))->masked = g_strdup ("{\"name\":null}");
  open_page (fixture, "details");
  field = find_field (fixture, "Name");
  g_assert_false (gxc_customer_field_can_edit (field));
  gxc_customer_field_edit (field, TRUE);
  g_assert_false (gxc_customer_field_is_editing (field));
}

static void
test_contact_is_removed_by_request (Fixture *fixture, gconstpointer role)
{
  GxContactPoint *contact = gxt_fake_desk_add (fixture->desk, &gx_contact_point_entity);
  g_autofree char *target = g_strdup_printf ("contact_point/%s", GX_ID_STR (&contact->meta.id));
  GtkWidget *form, *entry;

  contact->customer_id = fixture->id;
  contact->kind = 1;
  contact->value = g_strdup ("13800005678");
  contact->is_primary = TRUE;
  open_page (fixture, "details");
  GXT_WAIT_FOR (shows (fixture, "13800005678"));
  gtk_widget_activate_action (gxc_window_get_page (GXC_WINDOW (fixture->window)), "customer.remove", "s", target);
  gxt_wait_ms (350);
  form = GTK_WIDGET (gxc_customer_page_get_form (GXC_CUSTOMER_PAGE (gxc_window_get_page (GXC_WINDOW (fixture->window)))));
  entry = gxt_find (form, GTK_TYPE_ENTRY);
  g_assert_nonnull (entry);      /* the reason: a primary contact does not go on one person's word */
  gtk_editable_set_text (GTK_EDITABLE (entry), "客户停用此号");
  gtk_widget_activate_action (form, "form.save", NULL);
  gxt_wait_ms (250);
  GXT_WAIT_FOR (gxt_fake_desk_n_calls (fixture->desk, "request-remove") == 1);
}

/* A key that cannot be read would be missing in the map without a word. */
static void
test_keys_can_be_read (void)
{
  static const char * const tabs[] = { NULL, "overview", "timeline", "documents" };

  for (guint i = 0; i < G_N_ELEMENTS (tabs); i++)
    {
      guint n;
      const GxcKey *keys = gxc_customer_keys (tabs[i], &n);

      g_assert_cmpuint (n, >=, 3);
      for (guint j = 0; j < n; j++)
        {
          g_auto(GStrv) words = g_strsplit (keys[j].accelerator, " ", -1);

          for (guint k = 0; words[k]; k++)
            g_assert_true (gtk_accelerator_parse (words[k], &(guint) { 0 }, &(GdkModifierType) { 0 }));
        }
    }
}

/* --- what cannot be read ------------------------------------------------------------------------------------------- */

static void
test_unread_tab_says_so (Fixture *fixture, gconstpointer role)
{
  add_relation (fixture, 1, 0, GX_RELATION_SPOUSE);
  gxt_fake_desk_break (fixture->desk, &gx_relationship_entity);
  open_page (fixture, "relations");
  GXT_WAIT_FOR (shows (fixture, "This could not be read"));
  GXT_WAIT_FOR (shows (fixture, "Try again"));
  g_assert_false (shows (fixture, "is Spouse of"));
  gxc_customer_page_show_tab (GXC_CUSTOMER_PAGE (gxc_window_get_page (GXC_WINDOW (fixture->window))), "tasks");
  gxt_wait_ms (100);
  GXT_WAIT_FOR (!gxt_find_saying (gxt_find (fixture->window, GXC_TYPE_CUSTOMER_TASKS), "This could not be read"));
  gxc_customer_page_show_tab (GXC_CUSTOMER_PAGE (gxc_window_get_page (GXC_WINDOW (fixture->window))), "relations");
  gxt_fake_desk_break (fixture->desk, NULL);
  gtk_widget_activate_action (fixture->window, "win.sync", NULL);       /* what the button does */
  gxt_wait_ms (100);
  GXT_WAIT_FOR (!shows (fixture, "This could not be read"));
  GXT_WAIT_FOR (shows (fixture, "is Spouse of"));
}

static void
assert_head_says (GtkWidget *head, const char *words)
{
  if (!gxt_wait_saying (head, words, 1))
    g_error ("the head does not say “%s” once", words);
}

/* Whom one has to do with: value, risk and its end, how complete the record is, whose it is. */
static void
test_head_tells_who (Fixture *fixture, gconstpointer role)
{
  GxCustomer *row = (GxCustomer *) row_now (fixture);
  GxRiskAssessment *risk = gxt_fake_desk_add (fixture->desk, &gx_risk_assessment_entity);
  GtkWidget *head;

  row->value_class = 1;
  row->dq_score = 73;
  risk->customer_id = fixture->id;
  risk->grade = GX_GRADE_C4;
  risk->at = gxc_desk_now (GXC_DESK (fixture->desk));
  risk->expires_on = gx_date_from_ymd (2027, 3, 2);
  open_page (fixture, "overview");
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1560, 800);      /* there is room for all of it */
  head = gxt_find (fixture->window, GXC_TYPE_CUSTOMER_HEADER);
  assert_head_says (head, "张明远");
  assert_head_says (head, "CIF\u00a03300010000");
  assert_head_says (head, "RM\u00a0林悦");
  assert_head_says (head, "Core");
  assert_head_says (head, "C4 growth · until 2 Mar");
  assert_head_says (head, "lacks 5: contact, address, birth date, occupation, annual income");
  gtk_test_accessible_assert_property (gxt_find (head, GXC_TYPE_CUSTOMER_RING), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, "73 of 100");
  g_assert_true (gtk_widget_get_mapped (gxt_find (head, GXC_TYPE_STAGE_GLYPH)));
  g_assert_true (gtk_widget_get_mapped (gxt_find (head, GXC_TYPE_TIER_BADGE)));
}

/* What waits for another person: what, asked by whom and when, until when. The clock stands at 10:22. */
static void
test_head_tells_what_waits (Fixture *fixture, gconstpointer role)
{
  GxChangeRequest *row = (gpointer) gx_record_get_data (gxt_fake_desk_rows (fixture->desk, &gx_change_request_entity)->pdata[0]);
  gint64 now = gxc_desk_now (GXC_DESK (fixture->desk));
  GtkWidget *head;

  row->submitted_at = now - G_GINT64_CONSTANT (3 * 86400000);
  row->due_at = now + G_GINT64_CONSTANT (4 * 3600000);
  open_page (fixture, "overview");
  head = gxt_find (fixture->window, GXC_TYPE_CUSTOMER_HEADER);
  assert_head_says (head, "Tier: change awaits review");
  assert_head_says (head, "asked by 何静, 21 Nov 10:22 · the old value stays in force · due 14:22");
  assert_head_says (head, "See comparison");
  gx_set_str (&row->state, "APPLIED");
  gxc_desk_emit_changed (GXC_DESK (fixture->desk), "change_request");
  g_assert_true (gxt_wait_saying (head, "asked by", 0));
}

/* Without its tasks the page would count none. */
static void
test_unread_head_is_no_page (Fixture *fixture, gconstpointer role)
{
  gxt_fake_desk_break (fixture->desk, &gx_task_entity);
  open_page (fixture, "overview");
  g_assert_cmpint (gxc_page_get_state (GXC_PAGE (gxc_window_get_page (GXC_WINDOW (fixture->window)))), ==, GXC_PAGE_ERROR);
  gxt_fake_desk_break (fixture->desk, NULL);
  gtk_widget_activate_action (fixture->window, "win.sync", NULL);
  gxt_wait_ms (100);
  GXT_WAIT_FOR (gxc_page_get_state (GXC_PAGE (gxc_window_get_page (GXC_WINDOW (fixture->window)))) == GXC_PAGE_CONTENT);
}

static GtkToggleButton *
find_pin (Fixture *fixture)
{
  g_autoptr(GPtrArray) buttons = gxt_find_all (fixture->window, GTK_TYPE_TOGGLE_BUTTON);

  for (guint i = 0; i < buttons->len; i++)
    if (g_strcmp0 (gtk_button_get_icon_name (buttons->pdata[i]), "view-pin-symbolic") == 0)
      return buttons->pdata[i];
  g_assert_not_reached ();
}

/* The button is pressed when the pin is there; the key does the same. */
static void
test_pin (Fixture *fixture, gconstpointer role)
{
  GPtrArray *pins = gxt_fake_desk_rows (fixture->desk, &gx_pin_entity);
  GtkToggleButton *button;

  open_page (fixture, "overview");
  button = find_pin (fixture);
  g_assert_false (gtk_toggle_button_get_active (button));
  g_signal_emit_by_name (button, "clicked");
  gxt_wait_ms (300);
  GXT_WAIT_FOR (pins->len == 1);
  GXT_WAIT_FOR (gx_id_equal (&((const GxPin *) gx_record_get_data (pins->pdata[0]))->customer_id, &fixture->id));
  GXT_WAIT_FOR (gtk_toggle_button_get_active (find_pin (fixture)));
  act (fixture, "customer.pin");
  GXT_WAIT_FOR (pins->len == 0);
  GXT_WAIT_FOR (!gtk_toggle_button_get_active (find_pin (fixture)));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  gxc_shell_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

#define TEST(path, function) g_test_add ("/customer/" path, Fixture, "RM", set_up, function, tear_down)
  TEST ("sums/two_currencies_are_never_added", test_currencies_stay_apart);
  TEST ("sums/bands_give_a_true_range", test_bands_give_a_range);
  TEST ("tiles/a_missing_risk_grade_leads_to_a_task", test_missing_risk_leads_to_a_task);
  TEST ("tiles/a_risk_grade_near_its_end_says_so", test_risk_near_its_end);
  TEST ("tabs/are_made_when_they_are_opened", test_tabs_are_made_when_opened);
  TEST ("tabs/fold_and_keep_the_open_one", test_tabs_fold);
  TEST ("tabs/what_cannot_be_read_is_not_shown_as_none", test_unread_tab_says_so);
  TEST ("head/tells_who_it_is_and_whose", test_head_tells_who);
  TEST ("head/tells_what_waits_since_when_and_by_whom", test_head_tells_what_waits);
  TEST ("page/a_head_that_cannot_be_read_is_an_error", test_unread_head_is_no_page);
  TEST ("overview/an_opening_tells_no_balance_of_today", test_opening_tells_no_balance);
  TEST ("history/names_fields_and_nothing_in_them", test_history_names_fields);
  TEST ("history/says_that_it_needs_the_server", test_history_needs_the_server);
  TEST ("history/is_asked_for_again_when_a_sync_went_through", test_history_is_asked_again);
  TEST ("needs/are_met_with_a_way_back", test_need_is_met);
  TEST ("tasks/are_put_off_over_the_weekend", test_put_off_by_working_days);
  TEST ("form/proposes_the_next_working_day_at_nine", test_new_task_is_due_when_one_works);
  TEST ("form/keeps_what_was_typed_until_the_page_closes", test_form_keeps_what_was_typed);
  TEST ("form/goes_on_in_another_language", test_language_keeps_the_form);
  TEST ("form/folds_within_the_window", test_form_folds_within_the_window);
  TEST ("form/leaves_the_head_its_name", test_form_leaves_the_head_its_name);
  TEST ("head/an_alarm_is_told_whole_where_there_is_room", test_alarm_in_the_head);
  TEST ("head/an_alarm_is_the_last_thing_to_go", test_alarm_stays_in_the_head);
  TEST ("documents/are_looked_at_in_place", test_document_is_looked_at);
  TEST ("documents/are_known_by_their_faces_not_behind_the_curtain", test_document_is_known_by_its_face);
  TEST ("documents/say_on_which_visit_they_were_made", test_document_of_a_visit);
  TEST ("documents/say_until_when_they_hold", test_documents_say_until_when);
  TEST ("documents/are_added_and_seen_on_their_way", test_document_is_added);
  TEST ("documents/what_is_not_taken_says_why", test_what_is_not_taken_says_why);
  TEST ("documents/tell_how_far_they_are", test_document_comes_slowly);
  TEST ("documents/another_one_under_the_fingerprint_is_not_shown", test_another_document_is_not_shown);
  TEST ("relations/are_a_graph_for_keys_and_a_list_in_words", test_graph_by_keys);
  TEST ("relations/more_than_the_graph_holds_are_told", test_graph_of_many);
  g_test_add_func ("/customer/relations/keys_reach_each_and_none_lies_upon_another", test_graph_has_room_for_each);
  TEST ("relations/are_added_by_name", test_picker_adds_a_relation);
  TEST ("details/saves_in_place_and_takes_back", test_saves_in_place);
  TEST ("details/a_reviewed_field_wants_a_reason", test_reviewed_needs_a_reason);
  TEST ("details/escape_keeps_the_draft", test_escape_keeps_the_draft);
  TEST ("details/edits_go_on_in_another_language", test_language_keeps_the_edits);
  TEST ("details/what_is_wrong_is_not_saved", test_what_is_wrong_is_not_saved);
  TEST ("details/shows_old_and_asked_side_by_side", test_old_and_asked_side_by_side);
  TEST ("details/a_conflict_is_marked_at_its_field", test_conflict_is_marked);
  TEST ("details/the_curtain_hides_and_locks", test_curtain_hides_what_is_ones_own);
  TEST ("details/what_is_masked_is_not_edited", test_masked_is_not_edited);
  TEST ("details/a_primary_contact_goes_by_request", test_contact_is_removed_by_request);
  TEST ("pin/comes_and_goes_by_button_and_key", test_pin);
#undef TEST
  g_test_add_func ("/customer/keys/can_be_read", test_keys_can_be_read);
  return g_test_run ();
}
