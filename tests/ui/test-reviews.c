/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inbox on a desk of rows made by hand: several decided at once, each by itself; what fails stays with its reason. */

#include "gx-change-request.h"
#include "gx-contact-point.h"
#include "gx-customer.h"
#include "gx-employee.h"
#include "gx-error.h"
#include "gx-text.h"
#include "gxc-clock-chip.h"
#include "gxc-field-row.h"
#include "gxc-page.h"
#include "gxc-paper-thumb.h"
#include "gxc-review-box.h"
#include "gxc-review-bulk.h"
#include "gxc-review-detail.h"
#include "gxc-review-own.h"
#include "gxc-review-row.h"
#include "gxc-review-seen.h"
#include "gxc-review-words.h"
#include "gxc-shell.h"
#include "gxc-window.h"
#include "gxt-fake-desk.h"
#include "gxt-find.h"
#include "gxt-screenshot.h"

typedef struct
{
  GxtFakeDesk *desk;
  GtkWidget   *window, *page;
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
  gxc_window_show_page (GXC_WINDOW (fixture->window), "reviews");
  g_assert_true (gxt_wait_saying (fixture->window, g_str_equal (role, "SUPERVISOR") ? "3 requests" : "0 requests", 1));
  if (g_str_equal (role, "SUPERVISOR"))
    g_assert_true (gxt_wait_saying (fixture->window, "Approve and sign", 1));
  gxt_wait_ms (50);         /* until the bank's answer is laid out too */
  fixture->page = gxc_window_get_page (GXC_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer role)
{
  gxt_destroy (fixture->window);
  gxt_let_go (fixture->desk);
}

static guint
n_saying (Fixture *fixture, const char *text)
{
  return gxt_count_saying (fixture->window, text);
}

static GPtrArray *
all_of (Fixture *fixture, GType type)
{
  return gxt_find_all (fixture->window, type);
}

static guint
n_of (Fixture *fixture, GType type)
{
  g_autoptr(GPtrArray) found = all_of (fixture, type);

  return found->len;
}

/* Waits until there is just one. */
static GtkWidget *
only (Fixture *fixture, GType type)
{
  g_autoptr(GPtrArray) found = NULL;

  GXT_WAIT_FOR (n_of (fixture, type) == 1);
  found = all_of (fixture, type);
  return g_ptr_array_index (found, 0);
}

/* px inside @root; -1 while it is not laid out */
static int
x_of (GtkWidget *root, const char *text)
{
  GtkWidget *widget = gxt_find_saying (root, text);
  graphene_rect_t bounds;

  return widget && gtk_widget_get_width (widget) && gtk_widget_compute_bounds (widget, root, &bounds) ? (int) bounds.origin.x : -1;
}

/* px; 0 while it is not laid out */
static int
width_of (GtkWidget *root, const char *text)
{
  GtkWidget *widget = gxt_find_saying (root, text);

  return widget ? gtk_widget_get_width (widget) : 0;
}

static gboolean
is_laid_out (GtkWidget *detail)
{
  return x_of (detail, "Before and after") >= 0 && x_of (detail, "Earlier changes to these fields") >= 0 && x_of (detail, "Signatures") >= 0;
}

static void
choose (Fixture *fixture, guint n)
{
  g_autoptr(GPtrArray) rows = all_of (fixture, GXC_TYPE_REVIEW_ROW);

  for (guint i = 0; i < n; i++)
    gxc_review_row_set_chosen (g_ptr_array_index (rows, i), TRUE);
}

/* What is not here yet as the bank has it is not decided: the key is pressed again when it is. */
static void
decide (Fixture *fixture, const char *action)
{
  g_assert_true (gtk_widget_activate_action (fixture->page, action, NULL));
  if (n_saying (fixture, "it can be decided when that is here"))
    {
      g_assert_true (gxt_wait_saying (fixture->window, "it can be decided when that is here", 0));
      g_assert_true (gtk_widget_activate_action (fixture->page, action, NULL));
    }
}

static void
assert_called (Fixture *fixture, const char *operation, guint n)
{
  GXT_WAIT_FOR (gxt_fake_desk_n_calls (fixture->desk, operation) >= n);
  g_assert_cmpuint (gxt_fake_desk_n_calls (fixture->desk, operation), ==, n);
}

static void
test_each_by_itself (Fixture *fixture, gconstpointer role)
{
  guint before = gxt_fake_desk_n_calls (fixture->desk, "fetch_review");

  choose (fixture, 3);
  g_assert_true (gxt_wait_saying (fixture->window, "3 requests chosen", 1));
  g_assert_true (gxt_wait_saying (fixture->window, "Approve and sign 3", 1));
  decide (fixture, "reviews.approve");
  assert_called (fixture, "approve", 3);
  g_assert_cmpuint (gxt_fake_desk_n_calls (fixture->desk, "fetch_review"), >=, before + 3);       /* none unseen */
  g_assert_true (gxt_wait_saying (fixture->window, "Approved and signed", 3));
  g_assert_true (gxt_wait_saying (fixture->window, "0 requests", 1));
}

static void
test_password_is_asked_once (Fixture *fixture, gconstpointer role)
{
  g_autoptr(GError) step_up = g_error_new (GX_ERROR, GX_ERROR_STEP_UP, "password");

  choose (fixture, 2);
  gxt_fake_desk_fail_next (fixture->desk, step_up);
  decide (fixture, "reviews.approve");
  assert_called (fixture, "approve", 1);
  gtk_editable_set_text (GTK_EDITABLE (only (fixture, GTK_TYPE_PASSWORD_ENTRY)), "secret");
  g_signal_emit_by_name (only (fixture, GTK_TYPE_PASSWORD_ENTRY), "activate");
  assert_called (fixture, "approve", 3);      /* the first again, then the second */
  g_assert_true (gxt_wait_saying (fixture->window, "Approved and signed", 2));
}

/* A window that opens with a request may ask for it before it is signed in: what it says of that ends by itself. */
static void
test_asked_again_when_synced (Fixture *fixture, gconstpointer role)
{
  g_autoptr(GError) early = g_error_new (GX_ERROR, GX_ERROR_UNAUTHENTICATED, "not yet");

  gxt_fake_desk_fail_fetching (fixture->desk, early);
  gtk_widget_activate_action (fixture->window, "win.neighbour", "i", 1);
  GXT_WAIT_FOR (n_saying (fixture, "Sign in first") > 0);
  gxc_desk_emit_status (GXC_DESK (fixture->desk));
  gxt_wait_ms (50);
  GXT_WAIT_FOR (n_saying (fixture, "Sign in first") > 0);         /* nothing is newer */
  gxt_fake_desk_summary (fixture->desk)->synced_at += 1000;
  gxc_desk_emit_status (GXC_DESK (fixture->desk));
  g_assert_true (gxt_wait_saying (fixture->window, "Sign in first", 0));
}

static gboolean
is_usable (Fixture *fixture, const char *words)
{
  return gtk_widget_is_sensitive (gxt_find_above (fixture->window, words, GTK_TYPE_BUTTON));
}

/* What the desk has is read; nothing looks as if it could be decided, and what is the bank's to tell says so. */
static void
test_away_cannot_be_decided (Fixture *fixture, gconstpointer role)
{
  g_autoptr(GError) offline = g_error_new (GX_ERROR, GX_ERROR_OFFLINE, "no route");

  g_assert_true (is_usable (fixture, "Approve and sign"));
  gxt_fake_desk_fail_fetching (fixture->desk, offline);
  gtk_widget_activate_action (fixture->window, "win.neighbour", "i", 1);
  g_assert_true (gxt_wait_saying (fixture->window, "this is what the desk has", 1));
  g_assert_true (gtk_widget_has_css_class (gxt_find_saying (fixture->window, "this is what the desk has"), "gx-amber"));
  g_assert_cmpuint (n_saying (fixture, "needs the network"), ==, 2);          /* who may, and the log */
  g_assert_false (is_usable (fixture, "Approve and sign"));
  g_assert_false (is_usable (fixture, "Reject"));
  decide (fixture, "reviews.approve");
  gxt_wait_ms (50);
  g_assert_cmpuint (gxt_fake_desk_n_calls (fixture->desk, "approve"), ==, 0);
  gxt_fake_desk_summary (fixture->desk)->synced_at += 1000;
  gxc_desk_emit_status (GXC_DESK (fixture->desk));
  g_assert_true (gxt_wait_saying (fixture->window, "this is what the desk has", 0));
  g_assert_true (is_usable (fixture, "Approve and sign"));
}

/* The session of before ends when the desk signs in: the log that was asked for with it is asked for again. */
static void
test_history_is_asked_again (Fixture *fixture, gconstpointer role)
{
  g_autoptr(GError) ended = g_error_new (GX_ERROR, GX_ERROR_UNAUTHENTICATED, "ended");

  gxt_fake_desk_fail_next (fixture->desk, ended);
  gtk_widget_activate_action (fixture->window, "win.neighbour", "i", 1);
  g_assert_true (gxt_wait_saying (fixture->window, "Sign in first", 1));
  g_assert_true (is_usable (fixture, "Approve and sign"));      /* it needs no history to be decided */
  gxt_fake_desk_summary (fixture->desk)->synced_at += 1000;
  gxc_desk_emit_status (GXC_DESK (fixture->desk));
  g_assert_true (gxt_wait_saying (fixture->window, "Sign in first", 0));
}

static void
test_failed_one_stays (Fixture *fixture, gconstpointer role)
{
  g_autoptr(GError) stale = g_error_new (GX_ERROR, GX_ERROR_STALE, "the record moved on");
  GxcReviewBulk *bulk;
  guint done, failed;

  choose (fixture, 3);
  gxt_fake_desk_fail_next (fixture->desk, stale);
  decide (fixture, "reviews.approve");
  g_assert_true (gxt_wait_saying (fixture->window, "the record moved on", 1));
  bulk = GXC_REVIEW_BULK (only (fixture, GXC_TYPE_REVIEW_BULK));
  GXT_WAIT_FOR (!gxc_review_bulk_is_running (bulk));
  g_assert_cmpuint (gxc_review_bulk_count (bulk, &done, &failed), ==, 3);
  g_assert_cmpuint (done, ==, 2);
  g_assert_cmpuint (failed, ==, 1);
  only (fixture, GXC_TYPE_REVIEW_ROW);
}

static void
test_changed_one_is_not_decided (Fixture *fixture, gconstpointer role)
{
  g_autoptr(GPtrArray) rows = all_of (fixture, GXC_TYPE_REVIEW_ROW);
  GxChangeRequest *changed = gx_entity_copy (&gx_change_request_entity, gx_record_get_data (gxc_review_row_get_request (rows->pdata[0])));

  choose (fixture, 2);
  changed->rev = 2;
  gxt_fake_desk_put (fixture->desk, &gx_change_request_entity, changed);
  decide (fixture, "reviews.approve");
  g_assert_true (gxt_wait_saying (fixture->window, "Its maker changed it", 1));
  assert_called (fixture, "approve", 1);
}

static void
test_return_needs_a_note (Fixture *fixture, gconstpointer role)
{
  choose (fixture, 2);
  decide (fixture, "reviews.return");
  g_assert_cmpuint (gxt_fake_desk_n_calls (fixture->desk, "return"), ==, 0);
  g_assert_true (gxt_wait_saying (fixture->window, "five characters", 1));
  gtk_editable_set_text (GTK_EDITABLE (only (fixture, GTK_TYPE_ENTRY)), "请补充资产证明");
  decide (fixture, "reviews.return");
  assert_called (fixture, "return", 2);
}

static gboolean
has_row_focus (Fixture *fixture)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (fixture->window));

  return focus && gtk_widget_get_mapped (focus) && GXC_IS_REVIEW_ROW (focus);
}

/* Not on the button of the toast, which would then stay. */
static void
test_one_decided_keys_go_on (Fixture *fixture, gconstpointer role)
{
  g_assert_true (gtk_widget_grab_focus (only (fixture, GTK_TYPE_ENTRY)));
  decide (fixture, "reviews.approve");
  g_assert_true (gxt_wait_saying (fixture->window, "Approved and signed", 1));
  g_assert_true (gxt_wait_saying (fixture->window, "2 requests", 1));
  GXT_WAIT_FOR (has_row_focus (fixture));
  decide (fixture, "reviews.approve");
  g_assert_true (gxt_wait_saying (fixture->window, "1 request", 1));
  GXT_WAIT_FOR (has_row_focus (fixture));
}

static void
test_several_decided_keys_go_on (Fixture *fixture, gconstpointer role)
{
  choose (fixture, 2);
  g_assert_true (gtk_widget_grab_focus (only (fixture, GTK_TYPE_ENTRY)));
  decide (fixture, "reviews.approve");
  g_assert_true (gxt_wait_saying (fixture->window, "2 decided", 1));
  g_assert_true (gxt_wait_saying (fixture->window, "1 request", 1));
  GXT_WAIT_FOR (has_row_focus (fixture));
}

static char *
dup_listed (Fixture *fixture, guint n)
{
  g_autoptr(GPtrArray) rows = all_of (fixture, GXC_TYPE_REVIEW_ROW);

  return gx_id_to_string (gx_record_get_id (gxc_review_row_get_request (rows->pdata[n])));
}

static gboolean
is_shown (Fixture *fixture, const char *expected)
{
  g_autofree char *shown = gxc_page_dup_part (GXC_PAGE (fixture->page));

  return g_strcmp0 (shown, expected) == 0;
}

/* The one behind it, not the first; behind the last the one before it. */
static void
test_next_one_is_shown (Fixture *fixture, gconstpointer role)
{
  g_autofree char *first = dup_listed (fixture, 0), *second = dup_listed (fixture, 1), *third = dup_listed (fixture, 2);

  g_assert_true (gxc_page_show_part (GXC_PAGE (fixture->page), second));
  decide (fixture, "reviews.approve");
  g_assert_true (gxt_wait_saying (fixture->window, "2 requests", 1));
  GXT_WAIT_FOR (is_shown (fixture, third));
  GXT_WAIT_FOR (has_row_focus (fixture));
  decide (fixture, "reviews.approve");
  g_assert_true (gxt_wait_saying (fixture->window, "1 request", 1));
  GXT_WAIT_FOR (is_shown (fixture, first));
  decide (fixture, "reviews.approve");
  g_assert_true (gxt_wait_saying (fixture->window, "Nothing waits for your decision", 1));
}

static void
on_read_cb (GxcReviewBox *box, GPtrArray *requests, const GError *error, gpointer n_listed)
{
  *(int *) n_listed = requests ? (int) requests->len : -1;
}

/* The desk's own rows say that it waits until the next sync. */
static void
test_decided_one_is_left_out (Fixture *fixture, gconstpointer role)
{
  g_autoptr(GxcReviewBox) box = gxc_review_box_new (GXC_DESK (fixture->desk));
  g_autoptr(GPtrArray) rows = all_of (fixture, GXC_TYPE_REVIEW_ROW);
  g_autoptr(GxRecord) request = g_object_ref (gxc_review_row_get_request (rows->pdata[0]));
  GxChangeRequest *again = gx_entity_copy (&gx_change_request_entity, gx_record_get_data (request));
  int n_listed = 0;

  g_signal_connect (box, "read", G_CALLBACK (on_read_cb), &n_listed);
  gxc_review_box_open (box, "to_check");
  GXT_WAIT_FOR (n_listed == 3);
  gxc_review_box_leave_out (box, request);
  gxc_review_box_read (box, TRUE);
  GXT_WAIT_FOR (n_listed == 2);
  again->rev = 2;
  gxt_fake_desk_put (fixture->desk, &gx_change_request_entity, again);
  gxc_review_box_read (box, TRUE);
  GXT_WAIT_FOR (n_listed == 3);
}

/* --- evidence ----------------------------------------------------------------------------------------------------- */

static void
test_evidence_is_shown (Fixture *fixture, gconstpointer role)
{
  gtk_widget_activate_action (fixture->page, "reviews.evidence", NULL);
  g_assert_true (gxt_wait_saying (fixture->window, "page 1 of 2", 1));
  g_assert_true (gxt_wait_saying (fixture->window, "Approve and sign", 1));         /* decided with the document before one's eyes */
  g_assert_true (gxc_page_escape (GXC_PAGE (fixture->page)));
  g_assert_true (gxt_wait_saying (fixture->window, "Before and after", 1));
}

/* Each is fetched, checked and drawn without being asked for; the second one is another document than was signed. */
static void
test_evidence_is_drawn_small (Fixture *fixture, gconstpointer role)
{
  GxRecord *request = gxt_fake_desk_rows (fixture->desk, &gx_change_request_entity)->pdata[0];
  g_autoptr(GPtrArray) thumbs = NULL;

  gxc_review_seen_give (request, gxc_review_seen_new (TRUE));
  gxc_desk_emit_changed (GXC_DESK (fixture->desk), "change_request");
  g_assert_true (gxt_wait_saying (fixture->window, "2 pages · fingerprint fits", 1));
  g_assert_true (gxt_wait_saying (fixture->window, "fingerprint differs", 1));
  GXT_WAIT_FOR (gxt_fake_desk_n_calls (fixture->desk, "fetch_blob") == 2);
  thumbs = all_of (fixture, GXC_TYPE_PAPER_THUMB);
  g_assert_cmpuint (thumbs->len, ==, 2);
  g_assert_cmpuint (gxc_paper_thumb_get_n_pages (thumbs->pdata[0]), ==, 2);
  g_assert_cmpuint (gxc_paper_thumb_get_n_pages (thumbs->pdata[1]), ==, 0);       /* it is not drawn */
  gxc_desk_emit_changed (GXC_DESK (fixture->desk), "customer");       /* the list comes anew, what is drawn stays */
  gxt_wait_ms (200);
  GXT_WAIT_FOR (gxt_fake_desk_n_calls (fixture->desk, "fetch_blob") == 2);
}

static void
test_evidence_comes_slowly (Fixture *fixture, gconstpointer role)
{
  GxRecord *request = gxt_fake_desk_rows (fixture->desk, &gx_change_request_entity)->pdata[0];

  gxt_fake_desk_set_slow (fixture->desk, TRUE);
  gxc_review_seen_give (request, gxc_review_seen_new (TRUE));
  gxc_desk_emit_changed (GXC_DESK (fixture->desk), "change_request");
  g_assert_true (gxt_wait_saying (fixture->window, "50 %", 1));
  gtk_widget_activate_action (only (fixture, GXC_TYPE_REVIEW_DETAIL), "review.look", "(ss)", "77aa3f0c77aa3f0c77aa3f0c77aa3f0c77aa3f0c77aa3f0c77aa3f0c77aa3f0c", "x");
  g_assert_true (gxt_wait_saying (fixture->window, "Fetching: 2\u00a0MB of 4\u00a0MB", 1));
  gxt_fake_desk_set_slow (fixture->desk, FALSE);
  g_assert_true (gxt_wait_saying (fixture->window, "its fingerprint differs", 1));
  g_assert_true (gxc_page_escape (GXC_PAGE (fixture->page)));
  g_assert_true (gxt_wait_saying (fixture->window, "2 pages · fingerprint fits", 1));
}

static void
test_other_fingerprint_is_not_shown (Fixture *fixture, gconstpointer role)
{
  GtkWidget *detail = only (fixture, GXC_TYPE_REVIEW_DETAIL);

  gtk_widget_activate_action (detail, "review.look", "(ss)", "77aa3f0c77aa3f0c77aa3f0c77aa3f0c77aa3f0c77aa3f0c77aa3f0c77aa3f0c", "x");
  g_assert_true (gxt_wait_saying (fixture->window, "its fingerprint differs", 1));
}

static void
test_part_is_a_request (Fixture *fixture, gconstpointer role)
{
  g_autoptr(GPtrArray) rows = all_of (fixture, GXC_TYPE_REVIEW_ROW);
  g_autofree char *wanted = gx_id_to_string (gx_record_get_id (gxc_review_row_get_request (rows->pdata[2]))), *shown = NULL;

  g_assert_true (gxc_page_show_part (GXC_PAGE (fixture->page), wanted));
  shown = gxc_page_dup_part (GXC_PAGE (fixture->page));
  g_assert_cmpstr (shown, ==, wanted);
  g_assert_false (gxc_page_show_part (GXC_PAGE (fixture->page), "no id"));
}

/* --- how long it waits, and until when ---------------------------------------------------------------------------- */

/* Minutes before and after now, which is 10:22 on 24 November. */
typedef struct
{
  int         since, left;
  const char *waits, *clock, *due;
} Waiting;

static void
assert_waiting (GtkWidget *row, const Waiting *expected)
{
  GtkWidget *clock = gxt_find (row, GXC_TYPE_CLOCK_CHIP);

  g_assert_nonnull (clock);
  g_assert_nonnull (gxt_find_saying (row, expected->waits));
  g_assert_nonnull (gxt_find_saying (clock, expected->clock));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (clock), ==, expected->due);
}

/* In the order in which they fall due, the first already late. */
static void
test_inbox_tells_waiting_and_due (Fixture *fixture, gconstpointer role)
{
  static const Waiting expected[] = {
    { 26 * 60 + 5, -25, "waits 1 d", "25 min late", "09:57" },
    { 3 * 60 + 50, 5 * 60 + 8, "waits 3 h", "5 h 08 min", "15:30" },
    { 40, 3 * 24 * 60 + 7 * 60, "waits 40 min", "3 d 7 h", "27 Nov 17:22" },
  };
  GPtrArray *requests = gxt_fake_desk_rows (fixture->desk, &gx_change_request_entity);
  gint64 now = gxc_desk_now (GXC_DESK (fixture->desk));
  g_autoptr(GPtrArray) rows = NULL;

  g_assert_cmpuint (requests->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < requests->len; i++)
    {
      GxChangeRequest *row = (gpointer) gx_record_get_data (requests->pdata[requests->len - 1 - i]);     /* not as they lie */

      row->submitted_at = now - expected[i].since * G_GINT64_CONSTANT (60000);
      row->due_at = now + expected[i].left * G_GINT64_CONSTANT (60000);
    }
  gxc_desk_emit_changed (GXC_DESK (fixture->desk), "change_request");
  g_assert_true (gxt_wait_saying (fixture->window, "25 min late", 1));
  rows = all_of (fixture, GXC_TYPE_REVIEW_ROW);
  g_assert_cmpuint (rows->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < rows->len; i++)
    assert_waiting (rows->pdata[i], &expected[i]);
}

/* --- who signed what ---------------------------------------------------------------------------------------------- */

/* The words beside @name in the card of signatures. */
static const char *
signed_as (Fixture *fixture, const char *name)
{
  GtkWidget *grid = gxt_find_above (only (fixture, GXC_TYPE_REVIEW_DETAIL), "Digest", GTK_TYPE_GRID);
  GtkWidget *label = gxt_find_saying (grid, name);

  g_assert_nonnull (label);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==, name);
  label = gtk_widget_get_next_sibling (label);
  g_assert_true (GTK_IS_LABEL (label));
  return gtk_label_get_text (GTK_LABEL (label));
}

/* The first of two signatures is there: who, when, in which sense, with which words; and what was signed. */
static void
test_signature_line (Fixture *fixture, gconstpointer role)
{
  GPtrArray *requests = gxt_fake_desk_rows (fixture->desk, &gx_change_request_entity);
  GPtrArray *people = gxt_fake_desk_rows (fixture->desk, &gx_employee_entity);
  GxChangeRequest *row = (gpointer) gx_record_get_data (requests->pdata[0]);
  g_autofree char *decisions = g_strdup_printf (
    "[{\"person_id\":\"%s\",\"step\":1,\"verdict\":\"return\",\"note\":\"证明不全\",\"rev\":1,\"at\":1795317900000},"
    "{\"person_id\":\"%s\",\"step\":1,\"verdict\":\"approve\",\"rev\":2,\"at\":1795484100000}]",
    GX_ID_STR (gx_record_get_id (people->pdata[0])), GX_ID_STR (gx_record_get_id (people->pdata[0])));

  row->rev = row->required_n = 2;
  gx_set_str (&row->decisions, decisions);
  gxc_review_seen_give (requests->pdata[0], gxc_review_seen_new (TRUE));
  gxc_desk_emit_changed (GXC_DESK (fixture->desk), "change_request");
  g_assert_true (gxt_wait_saying (fixture->window, "证明不全", 1));
  g_assert_cmpstr (signed_as (fixture, "Digest"), ==, "9f3c 71ad … 55b1 e7d0");
  g_assert_cmpstr (signed_as (fixture, "Asked"), ==, "何静 · 08:22");
  g_assert_cmpstr (signed_as (fixture, "returned"), ==, "林悦 · 22 Nov 11:25 · on revision 1\n“证明不全”");
  g_assert_cmpstr (signed_as (fixture, "approved"), ==, "林悦 · 09:35");
  g_assert_true (gxt_wait_saying (fixture->window, "this desk computes the digest again before you sign", 1));
}

/* --- one's own ---------------------------------------------------------------------------------------------------- */

/* The first request becomes one's own, in @state; it is shown as the server would give it, with @words. */
static void
own_in (Fixture *fixture, const char *state, const char *words)
{
  GPtrArray *requests = gxt_fake_desk_rows (fixture->desk, &gx_change_request_entity);
  GxChangeRequest *row = gx_entity_copy (&gx_change_request_entity, gx_record_get_data (requests->pdata[0]));

  row->maker_id = gxc_desk_get_person (GXC_DESK (fixture->desk))->employee_id;
  gx_set_str (&row->state, state);
  gx_set_str (&row->decisions, "[{\"verdict\":\"return\",\"note\":\"缺资产证明\",\"rev\":1,\"at\":1795480000000}]");
  gxt_fake_desk_put (fixture->desk, &gx_change_request_entity, row);
  gxc_review_seen_give (requests->pdata[0], gxc_review_seen_new (FALSE));
  gxc_desk_emit_changed (GXC_DESK (fixture->desk), "change_request");
  g_assert_true (gxt_wait_saying (fixture->window, words, 1));
}

static void
test_own_waits (Fixture *fixture, gconstpointer role)
{
  own_in (fixture, "PENDING", "It waits for another person");
  g_assert_true (gxt_wait_saying (fixture->window, "Approve and sign", 0));
  g_assert_true (gxt_wait_saying (fixture->window, "Ask again", 0));
  gtk_widget_activate_action (only (fixture, GXC_TYPE_REVIEW_OWN), "own.withdraw", NULL);
  g_assert_true (gxt_wait_saying (fixture->window, "You took it back", 1));
  assert_called (fixture, "withdraw", 1);
  GXT_WAIT_FOR (has_row_focus (fixture));
  g_assert_true (gxt_wait_saying (fixture->window, "Take it back", 0));
}

static void
test_own_returned (Fixture *fixture, gconstpointer role)
{
  GtkWidget *editor;

  own_in (fixture, "RETURNED", "It was returned");
  g_assert_cmpuint (n_saying (fixture, "缺资产证明"), >=, 1);
  gtk_widget_activate_action (only (fixture, GXC_TYPE_REVIEW_OWN), "own.again", NULL);
  g_assert_true (gxt_wait_saying (fixture->window, "It waits for another person", 1));
  assert_called (fixture, "resubmit", 1);      /* nothing was changed */

  own_in (fixture, "RETURNED", "It was returned");
  editor = gxc_field_row_get_editor (GXC_FIELD_ROW (only (fixture, GXC_TYPE_FIELD_ROW)));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (editor), 2);
  gtk_widget_activate_action (only (fixture, GXC_TYPE_REVIEW_OWN), "own.again", NULL);
  g_assert_true (gxt_wait_saying (fixture->window, "It waits for another person", 1));
  assert_called (fixture, "revise", 1);
}

/* With what changes, on the left, where no evidence takes the room; else below the signatures. */
static void
test_history_is_where_room_is (Fixture *fixture, gconstpointer role)
{
  GPtrArray *requests = gxt_fake_desk_rows (fixture->desk, &gx_change_request_entity);
  GtkWidget *detail = only (fixture, GXC_TYPE_REVIEW_DETAIL);

  GXT_WAIT_FOR (is_laid_out (detail));
  g_assert_cmpint (x_of (detail, "Earlier changes to these fields"), ==, x_of (detail, "Signatures"));
  g_assert_cmpint (x_of (detail, "Before and after"), <, x_of (detail, "Signatures"));
  for (guint i = 0; i < requests->len; i++)
    gx_set_str (&((GxChangeRequest *) gx_record_get_data (requests->pdata[i]))->evidence, NULL);
  gxc_desk_emit_changed (GXC_DESK (fixture->desk), "change_request");
  GXT_WAIT_FOR (is_laid_out (detail) && x_of (detail, "Earlier changes to these fields") == x_of (detail, "Before and after"));
  g_assert_cmpint (x_of (detail, "Before and after"), <, x_of (detail, "Signatures"));
}

static void
test_names_are_of_one_width (Fixture *fixture, gconstpointer role)
{
  GtkWidget *detail = only (fixture, GXC_TYPE_REVIEW_DETAIL);

  GXT_WAIT_FOR (width_of (detail, "Digest") > 0 && width_of (detail, "Asked by") > 0);
  g_assert_cmpint (width_of (detail, "Digest"), ==, width_of (detail, "Asked by"));
}

/* Keys of a list are told where there is one. */
static void
test_keys_need_a_list (Fixture *fixture, gconstpointer role)
{
  g_assert_true (gxt_wait_saying (fixture->window, "choose", 1));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (gxt_find_above (fixture->window, "Asked by me", GTK_TYPE_TOGGLE_BUTTON)), TRUE);
  g_assert_true (gxt_wait_saying (fixture->window, "0 requests", 1));
  g_assert_true (gxt_wait_saying (fixture->window, "choose", 0));
}

static void
test_own_stale (Fixture *fixture, gconstpointer role)
{
  own_in (fixture, "STALE", "The record changed after you asked");
  gtk_widget_activate_action (only (fixture, GXC_TYPE_REVIEW_OWN), "own.again", NULL);
  g_assert_true (gxt_wait_saying (fixture->window, "It waits for another person", 1));
  assert_called (fixture, "rebase", 1);
}

static void
test_own_applied (Fixture *fixture, gconstpointer role)
{
  own_in (fixture, "APPLIED", "It is in force");
  g_assert_true (gxt_wait_saying (fixture->window, "Take it back", 0));
}

/* --- what is asked for -------------------------------------------------------------------------------------------- */

/* Below a title that names the kind of contact there is only the customer. */
static void
assert_title (Fixture *fixture, const char *after, const char *expected)
{
  GxRecord *contact = gxt_fake_desk_rows (fixture->desk, &gx_contact_point_entity)->pdata[0];
  g_autoptr(GxRecord) request = gx_record_new (&gx_change_request_entity, gx_entity_new (&gx_change_request_entity));
  GxChangeRequest *row = (gpointer) gx_record_get_data (request);
  g_autofree char *title = NULL, *whose = NULL;

  row->kind = g_strdup ("customer.contact");
  row->op = g_strdup ("patch");
  row->tbl = g_strdup ("contact_point");
  row->entity_id = *gx_record_get_id (contact);
  row->after = g_strdup (after);
  title = gxc_review_dup_title (GXC_DESK (fixture->desk), request);
  g_assert_cmpstr (title, ==, expected);
  whose = gxc_review_dup_whose (GXC_DESK (fixture->desk), row, title);
  g_assert_null (strstr (whose, "Mobile"));
}

/* In the table of what changes as in the title above it. */
static void
assert_label (Fixture *fixture, const char *after, const char *expected)
{
  GxRecord *contact = gxt_fake_desk_rows (fixture->desk, &gx_contact_point_entity)->pdata[0];
  GxChangeRequest request = { .tbl = (char *) "contact_point", .entity_id = *gx_record_get_id (contact), .after = (char *) after };
  g_autoptr(GPtrArray) changes = gxc_review_changes (GXC_DESK (fixture->desk), &request);

  g_assert_cmpuint (changes->len, ==, 1);
  g_assert_cmpstr (((GxcReviewChange *) changes->pdata[0])->label, ==, expected);
}

static void
test_title_names_the_kind (Fixture *fixture, gconstpointer role)
{
  GPtrArray *contacts = gxt_fake_desk_rows (fixture->desk, &gx_contact_point_entity);
  GxContactPoint *contact = contacts->len ? (gpointer) gx_record_get_data (contacts->pdata[0])
                                          : gxt_fake_desk_add (fixture->desk, &gx_contact_point_entity);

  contact->kind = GX_CONTACT_MOBILE;
  assert_title (fixture, "{\"value\":\"13900001111\"}", "Mobile → 13900001111");
  assert_title (fixture, "{\"is_primary\":true}", "Mobile · Primary → Yes");
  assert_label (fixture, "{\"value\":\"13900001111\"}", "Mobile");
  assert_label (fixture, "{\"is_primary\":true}", "Primary");
}

static GtkLabel *
find_title (GtkWidget *row)
{
  g_autoptr(GPtrArray) labels = gxt_find_all (row, GTK_TYPE_LABEL);

  for (guint i = 0; i < labels->len; i++)
    if (strstr (gtk_label_get_text (labels->pdata[i]), "→"))
      return labels->pdata[i];
  g_assert_not_reached ();
}

static gboolean
ends_the_line_of (PangoLayout *layout, int index)
{
  int line;

  pango_layout_index_to_line_x (layout, index, FALSE, &line, NULL);
  return line + 1 == pango_layout_get_line_count (layout);
}

/* A window no wider than it must be, of a list with one request for another name. */
static GtkWidget *
show_row (Fixture *fixture, const char *after)
{
  GxRecord *customer = gxt_fake_desk_rows (fixture->desk, &gx_customer_entity)->pdata[0];
  g_autoptr(GxRecord) request = gx_record_new (&gx_change_request_entity, gx_entity_new (&gx_change_request_entity));
  GxChangeRequest *row = (gpointer) gx_record_get_data (request);
  GtkWidget *window = g_object_new (GTK_TYPE_WINDOW, "default-width", 1, NULL), *list = gtk_list_box_new ();

  row->kind = g_strdup ("customer.identity");
  row->op = g_strdup ("patch");
  row->tbl = g_strdup ("customer");
  row->entity_id = *gx_record_get_id (customer);
  row->after = g_strdup (after);
  row->state = g_strdup ("PENDING");
  row->submitted_at = gxc_desk_now (GXC_DESK (fixture->desk));
  row->due_at = row->submitted_at + 24 * 60 * 60 * 1000;
  gtk_list_box_append (GTK_LIST_BOX (list), gxc_review_row_new (GXC_DESK (fixture->desk), request));
  gtk_window_set_child (GTK_WINDOW (window), list);
  gtk_window_present (GTK_WINDOW (window));
  gxt_wait_shown (GTK_WINDOW (window));
  return window;
}

/* However narrow the list is, as long as the arrow and the value fit into a line at all. */
static void
test_value_stays_together (Fixture *fixture, gconstpointer role)
{
  GtkWidget *window = show_row (fixture, "{\"name\":\"欧阳文博\"}");
  g_autoptr(PangoLayout) layout = pango_layout_copy (gtk_label_get_layout (find_title (window)));
  const char *title = gtk_label_get_text (find_title (window)), *arrow = strstr (title, "→");
  int least, most;

  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_NONE);
  pango_layout_set_width (layout, -1);
  pango_layout_get_pixel_size (layout, &most, NULL);
  pango_layout_set_text (layout, arrow, -1);
  pango_layout_get_pixel_size (layout, &least, NULL);
  g_assert_cmpint (least, <, most);
  pango_layout_set_text (layout, title, -1);
  for (int width = least + 1; width <= most; width++)
    {
      pango_layout_set_width (layout, width * PANGO_SCALE);
      g_assert_true (ends_the_line_of (layout, arrow - title));
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Beside its clock, in a list that has no more room than it asks for. */
static void
test_value_is_not_cut (Fixture *fixture, gconstpointer role)
{
  static const char * const values[] = { "{\"name\":\"13966085888\"}", "{\"name\":\"139****5888\"}", "{\"name\":\"欧阳文博\"}" };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      GtkWidget *window = show_row (fixture, values[i]);

      g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (find_title (window))));
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  gxc_shell_init ();
#define ADD(path, test) g_test_add (path, Fixture, "SUPERVISOR", set_up, test, tear_down)
  ADD ("/reviews/several/each_by_itself", test_each_by_itself);
  ADD ("/reviews/several/password_is_asked_once", test_password_is_asked_once);
  ADD ("/reviews/several/failed_one_stays_with_its_reason", test_failed_one_stays);
  ADD ("/reviews/several/changed_one_is_not_decided", test_changed_one_is_not_decided);
  ADD ("/reviews/several/return_needs_a_note", test_return_needs_a_note);
  ADD ("/reviews/several/keys_go_on_in_the_list", test_several_decided_keys_go_on);
  ADD ("/reviews/page/keys_go_on_in_the_list", test_one_decided_keys_go_on);
  ADD ("/reviews/page/next_one_is_shown", test_next_one_is_shown);
  ADD ("/reviews/page/is_asked_again_when_a_sync_went_through", test_asked_again_when_synced);
  ADD ("/reviews/page/without_the_bank_nothing_looks_decidable", test_away_cannot_be_decided);
  ADD ("/reviews/history/is_asked_again_when_a_sync_went_through", test_history_is_asked_again);
  ADD ("/reviews/box/decided_one_is_left_out", test_decided_one_is_left_out);
  ADD ("/reviews/inbox/tells_how_long_each_waits_and_until_when", test_inbox_tells_waiting_and_due);
  ADD ("/reviews/signatures/tell_who_when_in_which_sense_and_what", test_signature_line);
  ADD ("/reviews/title/names_the_kind_of_contact", test_title_names_the_kind);
  ADD ("/reviews/title/value_stays_together", test_value_stays_together);
  ADD ("/reviews/title/value_is_not_cut_beside_its_clock", test_value_is_not_cut);
  ADD ("/reviews/page/part_is_a_request", test_part_is_a_request);
  ADD ("/reviews/history/is_where_there_is_room", test_history_is_where_room_is);
  ADD ("/reviews/page/words_of_two_cards_stand_on_one_line", test_names_are_of_one_width);
  ADD ("/reviews/page/keys_of_a_list_need_one", test_keys_need_a_list);
  ADD ("/reviews/evidence/is_shown_beside_the_bar", test_evidence_is_shown);
  ADD ("/reviews/evidence/is_drawn_small_and_checked", test_evidence_is_drawn_small);
  ADD ("/reviews/evidence/tells_how_far_it_is", test_evidence_comes_slowly);
  ADD ("/reviews/evidence/other_fingerprint_is_not_shown", test_other_fingerprint_is_not_shown);
#undef ADD
#define ADD(path, test) g_test_add (path, Fixture, "RM", set_up, test, tear_down)
  ADD ("/reviews/own/waiting_one_is_taken_back", test_own_waits);
  ADD ("/reviews/own/returned_one_is_revised_or_asked_again", test_own_returned);
  ADD ("/reviews/own/stale_one_is_asked_upon_the_new_record", test_own_stale);
  ADD ("/reviews/own/applied_one_says_what_is_possible", test_own_applied);
#undef ADD
  return g_test_run ();
}
