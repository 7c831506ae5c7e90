/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of customers on a desk of rows made by hand: what is ticked, filtered, kept as a view, copied and saved, and a
 * hundred thousand rows gone through by real keys. How fast it is, is the bench's to say. */

#include <string.h>
#include <unistd.h>

#include "gx-customer.h"
#include "gx-error.h"
#include "gx-pin.h"
#include "gx-saved-view.h"
#include "gx-task.h"
#include "gx-text.h"
#include "gxc-customer-page.h"
#include "gxc-customers-cell.h"
#include "gxc-customers-export.h"
#include "gxc-customers-filter-bar.h"
#include "gxc-customers-list.h"
#include "gxc-customers-name-popover.h"
#include "gxc-customers-page.h"
#include "gxc-customers-view.h"
#include "gxc-customers-views-bar.h"
#include "gxc-field-row.h"
#include "gxc-form.h"
#include "gxc-shell.h"
#include "gxc-window.h"
#include "gxt-fake-desk.h"
#include "gxt-find.h"
#include "gxt-screenshot.h"

#define MANY 100000

typedef struct
{
  GxtFakeDesk *desk;
  GtkWidget   *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer n_customers)
{
  g_autoptr(GxcPreferences) preferences = gxc_preferences_new (g_get_user_config_dir ());

  fixture->desk = gxt_fake_desk_new ("RM");
  gxt_fake_desk_fill (fixture->desk, GPOINTER_TO_UINT (n_customers));
  fixture->window = gxc_window_new (NULL, GXC_DESK (fixture->desk), preferences);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1280, 800);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gxt_wait_shown (GTK_WINDOW (fixture->window));
  gxc_window_show_page (GXC_WINDOW (fixture->window), "customers");
  gxt_wait_ms (500);
}

static void
tear_down (Fixture *fixture, gconstpointer n_customers)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  gxt_let_go (fixture->desk);
}

/* --- finding -------------------------------------------------------------------------------------------------------- */

/* The first of that type that can be seen, once there is one. */
static gpointer
find (Fixture *fixture, GType type)
{
  GtkWidget *found;

  GXT_WAIT_FOR ((found = gxt_find (fixture->window, type)) != NULL);
  return found;
}

static gpointer
page_of (Fixture *fixture)
{
  return gxc_window_get_page (GXC_WINDOW (fixture->window));
}

static GtkSelectionModel *
marks_of (Fixture *fixture)
{
  return GTK_SELECTION_MODEL (gxc_customers_list_get_marks (find (fixture, GXC_TYPE_CUSTOMERS_LIST)));
}

static guint
n_marked (Fixture *fixture)
{
  return gxc_customers_marks_get_n (GXC_CUSTOMERS_MARKS (marks_of (fixture)));
}

static guint
n_listed (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (marks_of (fixture)));
}

static gboolean
shows (Fixture *fixture, const char *text)
{
  return gxt_count_saying (fixture->window, text) > 0;
}

static void
run (Fixture *fixture, const char *action)
{
  g_assert_true (gtk_widget_activate_action (page_of (fixture), action, NULL));
  gxt_wait_ms (300);
}

static void
search (Fixture *fixture, const char *text)
{
  gtk_editable_set_text (find (fixture, GTK_TYPE_SEARCH_ENTRY), text);
  gxt_wait_ms (800);
}

static void
choose (Fixture *fixture, const char *view)
{
  g_assert_true (gxc_page_show_part (GXC_PAGE (page_of (fixture)), view));
  gxt_wait_ms (700);
}

/* --- ticks ---------------------------------------------------------------------------------------------------------- */

static void
test_ticks_outlive_a_search (Fixture *fixture, gconstpointer n_customers)
{
  GtkSelectionModel *marks = marks_of (fixture);

  gtk_selection_model_select_item (marks, 3, TRUE);         /* the person went there */
  GXT_WAIT_FOR (n_marked (fixture) == 0);
  gtk_selection_model_select_item (marks, 3, FALSE);
  gxc_customers_marks_toggle (GXC_CUSTOMERS_MARKS (marks), 6, TRUE);
  gxt_wait_ms (300);
  GXT_WAIT_FOR (n_marked (fixture) == 4);
  GXT_WAIT_FOR (shows (fixture, "4 selected"));
  search (fixture, "zmy");
  GXT_WAIT_FOR (n_listed (fixture) < 24);
  GXT_WAIT_FOR (n_marked (fixture) == 4);
  GXT_WAIT_FOR (shows (fixture, "not in this list"));
  search (fixture, "");
  GXT_WAIT_FOR (n_listed (fixture) == 24);
  g_assert_true (gtk_selection_model_is_selected (marks, 5));
  gtk_widget_activate_action (fixture->window, "win.escape", NULL);
  gxt_wait_ms (300);
  GXT_WAIT_FOR (n_marked (fixture) == 0);
}

static void
test_one_task_each (Fixture *fixture, gconstpointer n_customers)
{
  guint before = gxt_fake_desk_rows (fixture->desk, &gx_task_entity)->len;
  GxcForm *form;

  gtk_selection_model_select_range (marks_of (fixture), 0, 3, FALSE);
  gxt_wait_ms (200);
  run (fixture, "customers.new-task");
  form = find (fixture, GXC_TYPE_FORM);
  GXT_WAIT_FOR (shows (fixture, "For 3 customers, one task each"));
  gxc_form_submit (form);
  g_assert_cmpuint (gxt_fake_desk_n_calls (fixture->desk, "save"), ==, 0);       /* a task has a title */
  gtk_editable_set_text (GTK_EDITABLE (gxc_field_row_get_editor (find (fixture, GXC_TYPE_FIELD_ROW))), "季度回访");
  gxc_form_submit (form);
  gxt_wait_ms (400);
  GXT_WAIT_FOR (gxt_fake_desk_n_calls (fixture->desk, "save") == 1);
  GXT_WAIT_FOR (gxt_fake_desk_rows (fixture->desk, &gx_task_entity)->len == before + 3);
  GXT_WAIT_FOR (n_marked (fixture) == 0);
  GXT_WAIT_FOR (shows (fixture, "3 tasks added"));
  gtk_widget_activate_action (fixture->window, "win.undo", NULL);
  gxt_wait_ms (400);
  GXT_WAIT_FOR (gxt_fake_desk_rows (fixture->desk, &gx_task_entity)->len == before);
}

/* What is ticked and what is typed go on in the other language. */
static void
test_language_keeps_ticks_and_form (Fixture *fixture, gconstpointer n_customers)
{
  gtk_selection_model_select_range (marks_of (fixture), 0, 3, FALSE);
  gxt_wait_ms (200);
  run (fixture, "customers.new-task");
  GXT_WAIT_FOR (shows (fixture, "For 3 customers, one task each"));
  gtk_editable_set_text (GTK_EDITABLE (gxc_field_row_get_editor (find (fixture, GXC_TYPE_FIELD_ROW))), "季度回访");
  gtk_widget_activate_action (fixture->window, "win.language", "s", "zh_CN");
  gxt_wait_ms (500);
  GXT_WAIT_FOR (n_marked (fixture) == 3);
  g_assert_true (gxc_form_is_open (find (fixture, GXC_TYPE_FORM)));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (gxc_field_row_get_editor (find (fixture, GXC_TYPE_FIELD_ROW)))), ==, "季度回访");
  g_assert_false (shows (fixture, "For 3 customers, one task each"));
  gtk_widget_activate_action (fixture->window, "win.language", "s", "en");
  gxt_wait_ms (500);
  GXT_WAIT_FOR (shows (fixture, "For 3 customers, one task each"));
  gxc_form_submit (find (fixture, GXC_TYPE_FORM));
  GXT_WAIT_FOR (gxt_fake_desk_n_calls (fixture->desk, "save") == 1);
}

static void
test_refused_tasks_keep_the_form (Fixture *fixture, gconstpointer n_customers)
{
  g_autoptr(GError) refusal = g_error_new (GX_ERROR, GX_ERROR_DATABASE, "the disk is full");

  gtk_selection_model_select_all (marks_of (fixture));
  gxt_wait_ms (200);
  run (fixture, "customers.new-task");
  gtk_editable_set_text (GTK_EDITABLE (gxc_field_row_get_editor (find (fixture, GXC_TYPE_FIELD_ROW))), "季度回访");
  gxt_fake_desk_fail_next (fixture->desk, refusal);
  gxc_form_submit (find (fixture, GXC_TYPE_FORM));
  gxt_wait_ms (200);
  GXT_WAIT_FOR (shows (fixture, "the disk is full"));
  GXT_WAIT_FOR (n_marked (fixture) == 24);
}

static gboolean
shows_names (Fixture *fixture)
{
  g_autoptr(GPtrArray) cells = gxt_find_all (fixture->window, GXC_TYPE_CUSTOMERS_CELL);
  guint n = 0;

  for (guint i = 0; i < cells->len; i++)
    if (g_strcmp0 (gxc_customers_cell_get_column (cells->pdata[i])->name, "customer") == 0)
      {
        g_autofree char *words = gxc_customers_cell_dup_words (cells->pdata[i]);

        if (!words || !*words || strstr (words, "\u2014"))
          return FALSE;
        n++;
      }
  return n > 10;
}

/* Rows that a view has, and that cannot be read, would stand there empty. */
static void
test_unread_rows_are_an_error (Fixture *fixture, gconstpointer n_customers)
{
  GXT_WAIT_FOR (shows_names (fixture));
  gxt_fake_desk_break (fixture->desk, &gx_customer_entity);
  gtk_widget_activate_action (fixture->window, "win.sync", NULL);
  GXT_WAIT_FOR (shows (fixture, "This could not be read"));
  gxt_fake_desk_break (fixture->desk, NULL);
  gtk_widget_activate_action (fixture->window, "win.sync", NULL);       /* what "Try again" does */
  GXT_WAIT_FOR (gxc_page_get_state (page_of (fixture)) == GXC_PAGE_CONTENT);
  GXT_WAIT_FOR (shows_names (fixture));
}

/* Nothing has come yet: grey bars, not the words of a desk without customers. */
static void
test_first_sync_is_waited_for (Fixture *fixture, gconstpointer n_customers)
{
  GXT_WAIT_FOR (gxc_page_get_state (page_of (fixture)) == GXC_PAGE_CONTENT);
  *gxt_fake_desk_summary (fixture->desk) = (GxcSyncSummary) { .online = TRUE, .busy = TRUE, .coming = TRUE, .done = 10, .total = 2000 };
  gxc_page_refresh (page_of (fixture));
  GXT_WAIT_FOR (gxc_page_get_state (page_of (fixture)) == GXC_PAGE_LOADING);
  *gxt_fake_desk_summary (fixture->desk) = (GxcSyncSummary) { .online = TRUE, .synced_at = 1 };
  gxc_desk_emit_status (GXC_DESK (fixture->desk));
  GXT_WAIT_FOR (gxc_page_get_state (page_of (fixture)) == GXC_PAGE_CONTENT);
  GXT_WAIT_FOR (shows (fixture, "No customers here yet"));
}

/* --- filters and views ---------------------------------------------------------------------------------------------- */

static void
test_chip_takes_the_filter_out (Fixture *fixture, gconstpointer n_customers)
{
  g_autoptr(GPtrArray) buttons = NULL;
  guint clicked = 0;

  choose (fixture, "prospect");
  GXT_WAIT_FOR (n_listed (fixture) > 0);
  GXT_WAIT_FOR (n_listed (fixture) < 24);
  buttons = gxt_find_all (find (fixture, GXC_TYPE_CUSTOMERS_FILTER_BAR), GTK_TYPE_BUTTON);
  for (guint i = 0; i < buttons->len && !clicked; i++)
    if (gtk_widget_has_css_class (buttons->pdata[i], "gx-chip"))
      {
        g_signal_emit_by_name (buttons->pdata[i], "clicked");
        clicked++;
      }
  gxt_wait_ms (700);
  g_assert_cmpuint (clicked, ==, 1);
  GXT_WAIT_FOR (n_listed (fixture) == 24);
}

static void
test_filter_asks_of_today (void)
{
  g_autoptr(GxtFakeDesk) desk = gxt_fake_desk_new ("RM");
  g_autoptr(GxcCustomersFilter) filter = gxc_customers_filter_new ("{\"tier\":\"GOLD,PRIVATE\",\"aum\":\"100-\",\"matures\":\"1\",\"unheard\":\"of\"}");
  g_autoptr(GxcFilterConditions) conditions = gxc_customers_filter_conditions (filter, GXC_DESK (desk));
  g_autofree char *json = gxc_customers_filter_to_json (filter), *day = gx_date_format (gxc_desk_get_today (GXC_DESK (desk)) + 2);
  const GxcCondition *items = (const GxcCondition *) conditions->items->data;

  g_assert_cmpstr (json, ==, "{\"tier\":\"GOLD,PRIVATE\",\"aum\":\"100-\",\"matures\":\"1\"}");
  g_assert_cmpuint (conditions->items->len, ==, 4);
  g_assert_cmpint (items[0].op, ==, GXC_IN);
  g_assert_cmpstr (items[0].text, ==, "GOLD,PRIVATE");
  g_assert_cmpstr (items[1].field, ==, "aum");
  g_assert_cmpstr (items[1].text, ==, "99999999");         /* a million yuan, in fen, is within */
  g_assert_cmpint (items[2].op, ==, GXC_LESS);
  g_assert_cmpstr (items[2].text, ==, day);
  gxc_customers_filter_toggle (filter, gxc_filter_find_kind ("tier"), "GOLD", FALSE);
  g_assert_cmpstr (gxc_customers_filter_get (filter, gxc_filter_find_kind ("tier")), ==, "PRIVATE");
}

static void
test_birthdays_go_over_new_year (void)
{
  g_autoptr(GxtFakeDesk) desk = gxt_fake_desk_new ("RM");
  g_autoptr(GxcCustomersFilter) filter = gxc_customers_filter_new ("{\"birthday\":\"3\"}");
  g_autoptr(GxcFilterConditions) conditions = NULL;

  gxt_fake_desk_set_today (desk, gx_date_from_ymd (2026, 12, 30));
  conditions = gxc_customers_filter_conditions (filter, GXC_DESK (desk));
  g_assert_cmpstr (g_array_index (conditions->items, GxcCondition, 0).text, ==, "1230,1231,101,102");
}

static GxSavedView *
saved (Fixture *fixture, guint i)
{
  GPtrArray *rows = gxt_fake_desk_rows (fixture->desk, &gx_saved_view_entity);

  return i < rows->len ? (GxSavedView *) gx_record_get_data (rows->pdata[i]) : NULL;
}

static void
name (Fixture *fixture, const char *action, const char *text)
{
  run (fixture, action);
  g_signal_emit_by_name (find (fixture, GXC_TYPE_CUSTOMERS_NAME_POPOVER), "named", text);
  gxt_wait_ms (300);
}

static void
test_views_are_kept (Fixture *fixture, gconstpointer n_customers)
{
  choose (fixture, "prospect");
  name (fixture, "customers.save-view", "待开户");
  GXT_WAIT_FOR (saved (fixture, 0) && g_str_equal (saved (fixture, 0)->name, "待开户"));
  g_assert_cmpstr (saved (fixture, 0)->filter, ==, "{\"status\":\"PROSPECT\"}");
  g_assert_cmpstr (saved (fixture, 0)->screen, ==, "customers");
  g_assert_cmpstr (gxc_customers_views_bar_get (find (fixture, GXC_TYPE_CUSTOMERS_VIEWS_BAR))->label, ==, "待开户");
  name (fixture, "customers.rename-view", "潜在");
  GXT_WAIT_FOR (g_str_equal (saved (fixture, 0)->name, "潜在"));
  GXT_WAIT_FOR (shows (fixture, "潜在"));
  name (fixture, "customers.save-view", "第二个");
  GXT_WAIT_FOR (saved (fixture, 1) && saved (fixture, 1)->position == 1);
  g_assert_true (gtk_widget_activate_action (page_of (fixture), "customers.move-view", "i", -1));
  gxt_wait_ms (300);
  GXT_WAIT_FOR (saved (fixture, 1)->position == 0);
  g_assert_cmpint (saved (fixture, 0)->position, ==, 1);
  run (fixture, "customers.remove-view");
  GXT_WAIT_FOR (gxt_fake_desk_rows (fixture->desk, &gx_saved_view_entity)->len == 1);
  g_assert_cmpstr (gxc_customers_views_bar_get (find (fixture, GXC_TYPE_CUSTOMERS_VIEWS_BAR))->name, ==, "all");
}

static guint
n_pins (Fixture *fixture)
{
  return gxt_fake_desk_rows (fixture->desk, &gx_pin_entity)->len;
}

/* The same key takes the pins off again; the toast takes back what it did. */
static void
test_pins (Fixture *fixture, gconstpointer n_customers)
{
  choose (fixture, "pinned");
  GXT_WAIT_FOR (shows (fixture, "Nobody is pinned yet"));
  choose (fixture, "all");
  run (fixture, "customers.pin");
  g_assert_cmpuint (n_pins (fixture), ==, 0);
  GXT_WAIT_FOR (shows (fixture, "Tick the customers to pin, or stand on one"));

  gtk_selection_model_select_range (marks_of (fixture), 0, 3, FALSE);
  run (fixture, "customers.pin");
  GXT_WAIT_FOR (n_pins (fixture) == 3);
  GXT_WAIT_FOR (shows (fixture, "3 customers are pinned"));
  GXT_WAIT_FOR (shows (fixture, "Take pins off"));
  gtk_selection_model_select_range (marks_of (fixture), 0, 4, TRUE);
  run (fixture, "customers.pin");                                       /* one was not */
  GXT_WAIT_FOR (n_pins (fixture) == 4);
  choose (fixture, "pinned");
  GXT_WAIT_FOR (n_listed (fixture) == 4);
  run (fixture, "customers.pin");
  GXT_WAIT_FOR (n_pins (fixture) == 0);
  GXT_WAIT_FOR (shows (fixture, "Nobody is pinned yet"));
  gtk_widget_activate_action (fixture->window, "win.undo", NULL);
  gxt_wait_ms (400);
  GXT_WAIT_FOR (n_pins (fixture) == 4);
  GXT_WAIT_FOR (n_listed (fixture) == 4);
}

/* Without ticks it is the row that has the focus. */
static void
test_pin_of_the_row (Fixture *fixture, gconstpointer n_customers)
{
  const GxPin *pin;
  GxId id;

  gtk_widget_grab_focus (find (fixture, GXC_TYPE_CUSTOMERS_LIST));
  gxt_wait_ms (100);
  id = gxc_customers_list_get_focused (find (fixture, GXC_TYPE_CUSTOMERS_LIST));
  g_assert_false (gx_id_is_none (&id));
  run (fixture, "customers.pin");
  GXT_WAIT_FOR (n_pins (fixture) == 1);
  pin = gx_record_get_data (gxt_fake_desk_rows (fixture->desk, &gx_pin_entity)->pdata[0]);
  g_assert_true (gx_id_equal (&pin->customer_id, &id));
  g_assert_true (gx_id_equal (&pin->employee_id, &gxc_desk_get_person (GXC_DESK (fixture->desk))->employee_id));
  g_assert_cmpint (pin->at, ==, gxc_desk_now (GXC_DESK (fixture->desk)));
}

static void
test_columns_follow_the_view (Fixture *fixture, gconstpointer n_customers)
{
  GtkColumnView *list = find (fixture, GTK_TYPE_COLUMN_VIEW);
  g_autoptr(GtkColumnViewColumn) tier = g_list_model_get_item (gtk_column_view_get_columns (list), 2);
  g_autoptr(GPtrArray) views = NULL;

  gtk_column_view_sort_by_column (list, tier, GTK_SORT_DESCENDING);
  gxt_wait_ms (200);
  run (fixture, "customers.keep-view");
  GXT_WAIT_FOR (saved (fixture, 0) && g_str_equal (saved (fixture, 0)->screen, "customers.built-in"));
  g_assert_cmpstr (saved (fixture, 0)->sort, ==, "tier");
  g_assert_null (saved (fixture, 0)->filter);
  gx_set_str (&saved (fixture, 0)->columns, "[\"aum\",\"tier\",\"unheard-of\",\"aum\"]");
  views = gxc_customers_views_read (GXC_DESK (fixture->desk));
  g_assert_cmpuint (gxc_customers_views_find (views, "all")->columns->len, ==, 2);
  g_assert_true (gxc_customers_views_find (views, "all")->descending);
  g_assert_cmpuint (gxc_customers_views_find (views, "active")->columns->len, >, 6);
}

/* The one who stands in that row: every cell of it must be his. */
static void
check_row (Fixture *fixture, GtkWidget *cell)
{
  guint position = gxc_customers_cell_get_position (GXC_CUSTOMERS_CELL (cell));
  g_autoptr(GxRecord) customer = g_list_model_get_item (G_LIST_MODEL (marks_of (fixture)), position);

  g_assert_true (gx_id_equal (gxc_customers_cell_get_id (GXC_CUSTOMERS_CELL (cell)), gx_record_get_id (customer)));
}

static void
test_new_columns_are_of_the_same_customer (Fixture *fixture, gconstpointer n_customers)
{
  GxcCustomersList *list = find (fixture, GXC_TYPE_CUSTOMERS_LIST);
  g_autoptr(GPtrArray) cells = NULL;

  search (fixture, "zmy");
  GXT_WAIT_FOR (n_listed (fixture) < 100);
  gxc_customers_list_set_view (list, gxc_customers_views_bar_get (find (fixture, GXC_TYPE_CUSTOMERS_VIEWS_BAR)));
  gxt_wait_ms (300);
  cells = gxt_find_all (GTK_WIDGET (list), GXC_TYPE_CUSTOMERS_CELL);
  g_assert_cmpuint (cells->len, >, 11);
  for (guint i = 0; i < cells->len; i++)
    check_row (fixture, cells->pdata[i]);
}

/* Of the first row. */
static int
first_tier (Fixture *fixture)
{
  g_autoptr(GxRecord) record = g_list_model_get_item (G_LIST_MODEL (marks_of (fixture)), 0);

  return ((const GxCustomer *) gx_record_get_data (record))->tier;
}

static void
test_order_without_a_pointer (Fixture *fixture, gconstpointer n_customers)
{
  gboolean descending = TRUE;
  int low;

  g_assert_true (gtk_widget_activate_action (page_of (fixture), "customers.sort", "s", "tier"));
  gxt_wait_ms (500);
  g_assert_cmpstr (gxc_customers_list_get_sort (find (fixture, GXC_TYPE_CUSTOMERS_LIST), &descending), ==, "tier");
  g_assert_false (descending);
  low = first_tier (fixture);
  run (fixture, "customers.reverse");
  GXT_WAIT_FOR (first_tier (fixture) > low);
  gxc_customers_list_get_sort (find (fixture, GXC_TYPE_CUSTOMERS_LIST), &descending);
  g_assert_true (descending);
}

/* Whatever has a head can be what the list is ordered by. */
static void
test_every_column_is_an_order (Fixture *fixture, gconstpointer n_customers)
{
  GxcCustomersList *list = find (fixture, GXC_TYPE_CUSTOMERS_LIST);

  for (guint i = 1; i < gxc_customers_n_columns (); i++)
    {
      const GxcCustomersColumn *column = gxc_customers_column (i);
      gboolean descending;

      g_assert_nonnull (column->title);
      g_assert_nonnull (gxc_customers_column_field (column));
      g_assert_true (gtk_widget_activate_action (page_of (fixture), "customers.sort", "s", column->field));
      GXT_WAIT_FOR (g_strcmp0 (gxc_customers_list_get_sort (list, &descending), column->field) == 0);
      g_assert_cmpuint (n_listed (fixture), ==, 24);
    }
}

static gint64
change_of (Fixture *fixture, guint at)
{
  g_autoptr(GxRecord) customer = g_list_model_get_item (G_LIST_MODEL (marks_of (fixture)), at);
  g_autoptr(GxRecord) digest = gxc_desk_read_one (GXC_DESK (fixture->desk), gxc_digest_entity (), gx_record_get_id (customer), NULL);

  return ((const GxcDigest *) gx_record_get_data (digest))->change_12m;
}

/* The change that a row shows has no field of the bank's: it is of the desk's own figures. */
static void
test_order_by_the_change (Fixture *fixture, gconstpointer n_customers)
{
  g_assert_true (gtk_widget_activate_action (page_of (fixture), "customers.sort", "s", "change_12m"));
  gxt_wait_ms (500);
  for (guint i = 1; i < 24 && change_of (fixture, i) != GX_INT_NONE; i++)
    g_assert_cmpint (change_of (fixture, i - 1), <=, change_of (fixture, i));
  run (fixture, "customers.reverse");
  GXT_WAIT_FOR (change_of (fixture, 0) > change_of (fixture, 1));
}

/* What the assets of a customer are told as: a figure, or the bands that a mask leaves. */
static char *
assets_of (Fixture *fixture, const char *ccy, gint64 aum, const char *masked)
{
  GxcDigest *digest = gx_entity_new (gxc_digest_entity ());
  g_autoptr(GxRecord) record = gx_record_new (gxc_digest_entity (), digest);
  const GxcCustomersRow row = { gxt_fake_desk_rows (fixture->desk, &gx_customer_entity)->pdata[0], record, NULL };

  gx_set_str (&digest->ccy, ccy);
  gx_set_str (&digest->meta.masked, masked);
  digest->aum = aum;
  return gxc_customers_column_words (gxc_customers_find_column ("aum"), gxc_customers_list_get_paint (find (fixture, GXC_TYPE_CUSTOMERS_LIST)), &row);
}

static void
check_assets (Fixture *fixture, const char *ccy, gint64 aum, const char *masked, const char *expected)
{
  g_autofree char *words = assets_of (fixture, ccy, aum, masked);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_assets_in_words (Fixture *fixture, gconstpointer n_customers)
{
  check_assets (fixture, "CNY", 1234567800, NULL, "12,346");
  check_assets (fixture, "CZK", 4375370, NULL, "44 CZK");          /* the head's unit is the yuan */
  check_assets (fixture, "CNY", GX_INT_NONE, "{\"aum\":4,\"aum_to\":5}", "¥0.5\u20133 m");
  check_assets (fixture, "CZK", GX_INT_NONE, "{\"aum\":2,\"aum_to\":2}", "50\u2013200 k CZK");
  check_assets (fixture, "CNY", GX_INT_NONE, "{\"aum\":11,\"aum_to\":11}", "\u2265 ¥100 m");
  check_assets (fixture, "CNY", GX_INT_NONE, NULL, "\u2014");
}

/* A bank that counts in another currency has that in its heads, and the yuan with its amounts. */
static void
test_head_names_the_banks_currency (Fixture *fixture, gconstpointer n_customers)
{
  GxcPerson *person = (GxcPerson *) gxc_desk_get_person (GXC_DESK (fixture->desk));

  GXT_WAIT_FOR (shows (fixture, "AUM ¥k"));
  person->ccy = g_strdup ("CZK");
  gxc_desk_emit_changed (GXC_DESK (fixture->desk), "setting");
  GXT_WAIT_FOR (shows (fixture, "AUM CZK k"));
  check_assets (fixture, "CZK", 4375370, NULL, "44");
  check_assets (fixture, "CNY", 1234567800, NULL, "12,346 CNY");
}

/* Bands of thousands stand above bands of millions: then the head must name neither. */
static void
test_head_of_bands_names_no_unit (Fixture *fixture, gconstpointer n_customers)
{
  gxt_fake_desk_set_role (fixture->desk, "SUPERVISOR");
  gxc_desk_emit_changed (GXC_DESK (fixture->desk), "setting");
  GXT_WAIT_FOR (!shows (fixture, "AUM ¥k") && shows (fixture, "AUM"));
  check_assets (fixture, "CNY", 74800000, NULL, "¥748 k");
  check_assets (fixture, "CNY", GX_INT_NONE, "{\"aum\":4,\"aum_to\":5}", "¥0.5\u20133 m");
}

/* Whose customers are other people's finds nobody by a reading: the server sends him none. */
static void
test_hint_promises_what_is_found (Fixture *fixture, gconstpointer n_customers)
{
  GXT_WAIT_FOR (shows (fixture, "“zhang” finds 张明远"));
  gxt_fake_desk_set_role (fixture->desk, "SUPERVISOR");
  GXT_WAIT_FOR (shows (fixture, "“张” finds by the first character"));
  g_assert_false (shows (fixture, "zhang"));
}

/* --- taking it away ------------------------------------------------------------------------------------------------- */

static char *
csv (Fixture *fixture, GError **error)
{
  GxcCustomersList *list = find (fixture, GXC_TYPE_CUSTOMERS_LIST);
  g_autoptr(GPtrArray) columns = gxc_customers_list_dup_shown (list);
  GPtrArray *rows = gxt_fake_desk_rows (fixture->desk, &gx_customer_entity);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (GxId));

  for (guint i = 0; i < rows->len; i++)
    g_array_append_vals (ids, gx_record_get_id (rows->pdata[i]), 1);
  return gxc_customers_to_csv (gxc_customers_list_get_paint (list), columns, (const GxId *) ids->data, ids->len, error);
}

static void
test_file_is_harmless (Fixture *fixture, gconstpointer n_customers)
{
  GxCustomer *customer = (GxCustomer *) gx_record_get_data (gxt_fake_desk_rows (fixture->desk, &gx_customer_entity)->pdata[0]);
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;

  gx_set_str (&customer->name, "=HYPERLINK(\"http://x\",\"y\")");
  text = csv (fixture, NULL);
  g_assert_true (g_str_has_prefix (text, "\xef\xbb\xbfNumber,Customer,"));
  lines = g_strsplit (text, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 26);         /* heads, 24 customers, the last end */
  g_assert_nonnull (strstr (lines[1], "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")"));
  g_assert_null (strstr (lines[0], "AUM"));
  g_assert_null (strstr (lines[0], "12 months"));
  g_assert_null (strstr (text, "\u2014"));
}

/* What a mask or the curtain covers leaves its place empty. */
static void
test_file_has_no_mask (Fixture *fixture, gconstpointer n_customers)
{
  GxRecord *first = gxt_fake_desk_rows (fixture->desk, &gx_customer_entity)->pdata[0];
  const GxCustomer *customer = gx_record_get_data (first);
  g_autofree char *open = csv (fixture, NULL), *expected = g_strdup_printf ("\r\n%s,,", customer->cif_no), *masked = NULL, *covered = NULL;

  g_assert_null (strstr (open, expected));
  g_assert_nonnull (strstr (open, customer->name));
  gx_set_str (&((GxMeta *) gx_record_get_meta (first))->masked, "{\"name\":null}");
  masked = csv (fixture, NULL);
  g_assert_nonnull (strstr (masked, expected));
  gx_set_str (&((GxMeta *) gx_record_get_meta (first))->masked, NULL);
  gxc_desk_set_curtain (GXC_DESK (fixture->desk), TRUE);
  covered = csv (fixture, NULL);
  g_assert_nonnull (strstr (covered, expected));
  g_assert_null (strstr (covered, "*"));
}

static char *
on_clipboard (Fixture *fixture)
{
  GdkContentProvider *content = gdk_clipboard_get_content (gtk_widget_get_clipboard (fixture->window));
  g_auto(GValue) value = G_VALUE_INIT;

  g_value_init (&value, G_TYPE_STRING);
  g_assert_nonnull (content);
  g_assert_true (gdk_content_provider_get_value (content, &value, NULL));
  return g_value_dup_string (&value);
}

/* As a spreadsheet takes it: heads, a line each, a tab between; of the ticked ones where some are. */
static void
test_table_is_what_is_shown (Fixture *fixture, gconstpointer n_customers)
{
  g_autofree char *all = NULL, *some = NULL;
  g_auto(GStrv) lines = NULL, heads = NULL, cells = NULL;

  run (fixture, "customers.copy");
  GXT_WAIT_FOR (shows (fixture, "24 customers copied as a table"));
  all = on_clipboard (fixture);
  lines = g_strsplit (all, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 26);
  heads = g_strsplit (lines[0], "\t", -1);
  cells = g_strsplit (lines[1], "\t", -1);
  g_assert_cmpuint (g_strv_length (heads), ==, g_strv_length (cells));
  g_assert_true (g_strv_contains ((const char * const *) heads, "AUM ¥k"));
  gxc_customers_marks_toggle (GXC_CUSTOMERS_MARKS (marks_of (fixture)), 6, FALSE);
  GXT_WAIT_FOR (n_marked (fixture) == 1);
  run (fixture, "customers.copy");
  GXT_WAIT_FOR (shows (fixture, "1 customer copied as a table"));
  some = on_clipboard (fixture);
  g_assert_true (strstr (some, lines[7]) && !strstr (some, lines[6]));
}

static void
test_too_many_stay (Fixture *fixture, gconstpointer n_customers)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (csv (fixture, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_FORBIDDEN);
  g_assert_true (g_str_has_prefix (error->message, "R-EXPORT"));
  run (fixture, "customers.copy");
  GXT_WAIT_FOR (shows (fixture, "R-EXPORT"));
}

/* --- a hundred thousand --------------------------------------------------------------------------------------------- */

static void
on_ended_cb (GPid pid, int status, gpointer done)
{
  *(gboolean *) done = TRUE;
}

/* Real keys, as a person's. */
static void
press (Fixture *fixture, const char *what, const char *keys)
{
  g_autofree char *command = g_strdup_printf ("xdotool search --onlyvisible --pid %d --name . windowfocus %s --delay 30 %s", (int) getpid (), what, keys);
  g_auto(GStrv) words = g_strsplit (command, " ", -1);
  g_autoptr(GError) error = NULL;
  gboolean done = FALSE;
  GPid pid;

  g_spawn_async (NULL, words, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, &pid, &error);
  g_assert_no_error (error);
  g_child_watch_add (pid, on_ended_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  gxt_wait_ms (100);
}

/* The customer in the row that has the focus. */
static guint
focused (Fixture *fixture)
{
  GtkWidget *widget = gtk_root_get_focus (GTK_ROOT (fixture->window));

  while (widget && !GXC_IS_CUSTOMERS_CELL (widget))
    widget = gtk_widget_get_first_child (widget);
  return widget ? gxc_customers_cell_get_position (GXC_CUSTOMERS_CELL (widget)) : G_MAXUINT;
}

static gboolean
is_in_search_line (Fixture *fixture)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (fixture->window));

  return focus && gtk_widget_get_ancestor (focus, GTK_TYPE_SEARCH_ENTRY);
}

static gboolean
is_first (Fixture *fixture, const char *name)
{
  g_autoptr(GxRecord) record = g_list_model_get_item (G_LIST_MODEL (marks_of (fixture)), 0);

  return record && g_str_equal (((const GxCustomer *) gx_record_get_data (record))->name, name);
}

static void
test_down_leaves_the_search_line (Fixture *fixture, gconstpointer n_customers)
{
  press (fixture, "key", "ctrl+f");
  GXT_WAIT_FOR (is_in_search_line (fixture));
  g_assert_cmpuint (focused (fixture), ==, G_MAXUINT);
  press (fixture, "key", "Down");
  GXT_WAIT_FOR (focused (fixture) == 0);
  press (fixture, "key", "ctrl+a");
  GXT_WAIT_FOR (n_marked (fixture) == 24);
}

static void
test_keys_alone (Fixture *fixture, gconstpointer n_customers)
{
  GXT_WAIT_FOR (n_listed (fixture) == MANY);
  press (fixture, "key", "Escape");                /* out of the search line, into the list */
  press (fixture, "key", "Home");
  GXT_WAIT_FOR (focused (fixture) == 0);
  press (fixture, "key", "End");
  GXT_WAIT_FOR (focused (fixture) == MANY - 1);
  press (fixture, "key", "Up");
  GXT_WAIT_FOR (focused (fixture) == MANY - 2);
  press (fixture, "key", "space");
  GXT_WAIT_FOR (n_marked (fixture) == 1);
  g_assert_true (gtk_selection_model_is_selected (marks_of (fixture), MANY - 2));
  press (fixture, "key", "Home");
  GXT_WAIT_FOR (focused (fixture) == 0);
  press (fixture, "key", "ctrl+f");
  GXT_WAIT_FOR (is_in_search_line (fixture));
  press (fixture, "type", "zmy");
  GXT_WAIT_FOR (n_listed (fixture) < MANY / 4 && is_first (fixture, "张明远"));
  GXT_WAIT_FOR (n_marked (fixture) == 1);
  press (fixture, "key", "Return");
  GXT_WAIT_FOR (GXC_IS_CUSTOMER_PAGE (page_of (fixture)));
  GXT_WAIT_FOR (shows (fixture, "张明远"));
  press (fixture, "key", "alt+Down");
  GXT_WAIT_FOR (shows (fixture, "2 of "));
}

static GtkAdjustment *
scroll_of (Fixture *fixture)
{
  return gxc_customers_list_get_scroll (find (fixture, GXC_TYPE_CUSTOMERS_LIST));
}

static void
speak (Fixture *fixture, const char *language)
{
  GtkWidget *before = page_of (fixture);

  gtk_widget_activate_action (fixture->window, "win.language", "s", language);
  GXT_WAIT_FOR (page_of (fixture) != before);
  gxt_wait_ms (300);
}

static void
test_language_keeps_search_and_place (Fixture *fixture, gconstpointer n_customers)
{
  search (fixture, "zh");
  GXT_WAIT_FOR (n_listed (fixture) > 40);
  GXT_WAIT_FOR (n_listed (fixture) < 200);
  GXT_WAIT_FOR (gtk_adjustment_get_upper (scroll_of (fixture)) > 1000);
  gtk_adjustment_set_value (scroll_of (fixture), 320);
  speak (fixture, "zh_CN");
  GXT_WAIT_FOR (shows (fixture, "客户"));
  GXT_WAIT_FOR (n_listed (fixture) < 200);
  g_assert_cmpstr (gtk_editable_get_text (find (fixture, GTK_TYPE_SEARCH_ENTRY)), ==, "zh");
  GXT_WAIT_FOR (gtk_adjustment_get_value (scroll_of (fixture)) == 320);
  speak (fixture, "en");
  g_assert_cmpstr (gtk_editable_get_text (find (fixture, GTK_TYPE_SEARCH_ENTRY)), ==, "zh");
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  gxc_shell_init ();

#define ADD(path, n, function) g_test_add (path, Fixture, GUINT_TO_POINTER (n), set_up, function, tear_down)
  ADD ("/customers/ticks/outlive_a_search", 24, test_ticks_outlive_a_search);
  ADD ("/customers/bulk/makes_one_task_each_and_takes_them_back", 24, test_one_task_each);
  ADD ("/customers/bulk/keeps_ticks_and_form_in_another_language", 24, test_language_keeps_ticks_and_form);
  ADD ("/customers/bulk/keeps_the_form_when_refused", 24, test_refused_tasks_keep_the_form);
  ADD ("/customers/list/that_cannot_be_read_is_an_error", 24, test_unread_rows_are_an_error);
  ADD ("/customers/list/waits_for_a_first_sync", 0, test_first_sync_is_waited_for);
  ADD ("/customers/filter/is_taken_out_by_its_chip", 24, test_chip_takes_the_filter_out);
  ADD ("/customers/views/are_saved_renamed_moved_removed", 24, test_views_are_kept);
  ADD ("/customers/pins/come_and_go_together", 24, test_pins);
  ADD ("/customers/pins/are_of_the_row_without_ticks", 24, test_pin_of_the_row);
  ADD ("/customers/views/keep_columns_and_order", 24, test_columns_follow_the_view);
  ADD ("/customers/list/shows_one_customer_a_row_after_a_search_and_new_columns", 200, test_new_columns_are_of_the_same_customer);
  ADD ("/customers/list/is_entered_by_down_from_the_search_line", 24, test_down_leaves_the_search_line);
  ADD ("/customers/list/keeps_search_and_place_in_another_language", 200, test_language_keeps_search_and_place);
  ADD ("/customers/list/is_ordered_without_a_pointer", 24, test_order_without_a_pointer);
  ADD ("/customers/list/tells_assets_bands_and_foreign_currencies", 4, test_assets_in_words);
  ADD ("/customers/columns/head_names_the_banks_currency", 4, test_head_names_the_banks_currency);
  ADD ("/customers/columns/head_of_bands_names_no_unit", 4, test_head_of_bands_names_no_unit);
  ADD ("/customers/search/promises_only_what_is_found", 4, test_hint_promises_what_is_found);
  ADD ("/customers/list/every_column_is_an_order", 24, test_every_column_is_an_order);
  ADD ("/customers/list/is_ordered_by_the_change_in_a_year", 24, test_order_by_the_change);
  ADD ("/customers/export/what_is_masked_stays_empty", 24, test_file_has_no_mask);
  ADD ("/customers/export/a_table_is_what_is_shown", 24, test_table_is_what_is_shown);
  ADD ("/customers/export/is_harmless", 24, test_file_is_harmless);
  ADD ("/customers/export/refuses_more_than_two_hundred", 201, test_too_many_stay);
  ADD ("/customers/list/goes_through_100000_rows_by_keys_alone", MANY, test_keys_alone);
  g_test_add_func ("/customers/filter/asks_of_today", test_filter_asks_of_today);
  g_test_add_func ("/customers/filter/birthdays_go_over_new_year", test_birthdays_go_over_new_year);
  return g_test_run ();
}
