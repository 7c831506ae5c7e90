/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sync page on a desk of rows made by hand: what waits is told in words, conflicts are chosen by key, what is written
 * instead is saved before the old change is dropped. */

#include "gx-change-request.h"
#include "gx-contact-point.h"
#include "gx-customer.h"
#include "gx-error.h"
#include "gxc-page.h"
#include "gxc-shell.h"
#include "gxc-sync-conflict.h"
#include "gxc-window.h"
#include "gxt-fake-carry.h"
#include "gxt-fake-desk.h"
#include "gxt-find.h"
#include "gxt-screenshot.h"

typedef struct
{
  GxtFakeDesk *desk;
  GtkWidget   *window, *page;
} Fixture;

static const GxId *
customer (Fixture *fixture, guint i)
{
  return gx_record_get_id (gxt_fake_desk_rows (fixture->desk, &gx_customer_entity)->pdata[i]);
}

static void
add_conflict (Fixture *fixture, guint i)
{
  GxcQueueItem *item = gxt_fake_desk_queue (fixture->desk, GXC_QUEUE_CONFLICT, &gx_customer_entity, customer (fixture, i), "patch", NULL);

  gxt_fake_desk_queue_field (item, "dnd", "false", "true", "false");
  gxt_fake_desk_queue_field (item, "key_account", "false", "true", NULL);
}

static void
set_up (Fixture *fixture, gconstpointer n_conflicts)
{
  g_autoptr(GxcPreferences) preferences = gxc_preferences_new (g_get_user_config_dir ());

  fixture->desk = gxt_fake_desk_new ("RM");
  gxt_fake_desk_fill (fixture->desk, 24);
  for (int i = 0; i < GPOINTER_TO_INT (n_conflicts); i++)
    add_conflict (fixture, i);
  fixture->window = gxc_window_new (NULL, GXC_DESK (fixture->desk), preferences);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gxt_wait_shown (GTK_WINDOW (fixture->window));
  gxc_window_show_page (GXC_WINDOW (fixture->window), "sync");
  gxt_wait_ms (200);
  fixture->page = gxc_window_get_page (GXC_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gxt_destroy (fixture->window);
  gxt_let_go (fixture->desk);
}

static guint
n_calls (Fixture *fixture, const char *operation)
{
  return gxt_fake_desk_n_calls (fixture->desk, operation);
}

static void
assert_called (Fixture *fixture, const char *operation, guint n)
{
  GXT_WAIT_FOR (n_calls (fixture, operation) >= n);
  g_assert_cmpuint (n_calls (fixture, operation), ==, n);
}

static GPtrArray *
conflicts (Fixture *fixture)
{
  return gxt_find_all (fixture->window, GXC_TYPE_SYNC_CONFLICT);
}

static void
test_waits_in_words (Fixture *fixture, gconstpointer data)
{
  GxcQueueItem *item = gxt_fake_desk_queue (fixture->desk, GXC_QUEUE_REFUSED, &gx_customer_entity, customer (fixture, 2), "patch", "R-DUAL: a second person decides");

  item->rule = g_strdup ("NEEDS_REVIEW");
  gxt_fake_desk_queue_field (item, "tier", "GOLD", "DIAMOND", NULL);
  gxc_desk_emit_status (GXC_DESK (fixture->desk));
  gxt_wait_ms (100);
  g_assert_true (gxt_wait_saying (fixture->page, "Tier Gold → Diamond", 1));
  g_assert_true (gxt_wait_saying (fixture->page, "another person decides it. Then drop this one", 1));
  g_assert_true (gxt_wait_saying (fixture->page, "NEEDS_REVIEW", 0));
  g_assert_true (gxt_wait_saying (fixture->page, "GOLD", 0));
  g_assert_true (gxt_wait_saying (fixture->page, "Ask for a change", 1));
}

/* What a telephone's value is, is its kind; what is on the desk is told as a person knows it. */
static void
test_is_told_in_a_persons_words (Fixture *fixture, gconstpointer data)
{
  GxContactPoint *contact = gxt_fake_desk_add (fixture->desk, &gx_contact_point_entity);
  GxcQueueItem *item;

  contact->customer_id = *customer (fixture, 1);
  contact->kind = gx_choice_find (gx_entity_find (&gx_contact_point_entity, "kind")->choices, "MOBILE");
  contact->value = g_strdup ("13800138000");
  item = gxt_fake_desk_queue (fixture->desk, GXC_QUEUE_REFUSED, &gx_contact_point_entity, &contact->meta.id, "cr.submit", "no");
  gxt_fake_desk_queue_field (item, "value", "13800138000", "13511110002", NULL);
  gxc_desk_emit_status (GXC_DESK (fixture->desk));
  g_assert_true (gxt_wait_saying (fixture->page, "Mobile 13800138000 → 13511110002", 1));
  g_assert_true (gxt_wait_saying (fixture->page, "Facts about customers", 1));
  g_assert_true (gxt_wait_saying (fixture->page, "Contact point", 0));
}

/* A network that is away goes by itself; a server that is not ours does not, and is told with its reason. */
static void
test_problem_is_told (Fixture *fixture, gconstpointer data)
{
  GxcSyncSummary *summary = gxt_fake_desk_summary (fixture->desk);

  summary->online = FALSE;
  gxc_desk_emit_status (GXC_DESK (fixture->desk));
  g_assert_true (gxt_wait_saying (fixture->page, "Working offline", 1));
  g_assert_null (gxc_page_get_subtitle (GXC_PAGE (fixture->page)));      /* no sync that went well a moment ago beside it */
  summary->problem = "The server's certificate is not trusted\nAsk your administrators";
  gxc_desk_emit_status (GXC_DESK (fixture->desk));
  g_assert_true (gxt_wait_saying (fixture->page, "Working offline", 0));
  g_assert_true (gxt_wait_saying (fixture->page, "Nothing is reaching the bank", 1));
  g_assert_true (gxt_wait_saying (fixture->page, "not trusted · Ask", 1));
  summary->problem = NULL;
}

/* Up to five minutes say nothing: what is written goes to the bank with the corrected time. */
static void
test_a_wrong_clock_is_told (Fixture *fixture, gconstpointer data)
{
  static const struct { gint64 off; const char *words; } cases[] = {
    { 6 * 60000, "clock is 6 minutes slow" }, { -90 * 60000, "clock is 90 minutes fast" }, { 5 * 60000, NULL }, { -5 * 60000, NULL },
    { 5 * 60000 + 1, "clock is 5 minutes slow" },
  };
  GxcSyncSummary *summary = gxt_fake_desk_summary (fixture->desk);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      summary->clock_off = cases[i].off;
      gxc_desk_emit_status (GXC_DESK (fixture->desk));
      g_assert_true (gxt_wait_saying (fixture->page, cases[i].words ? cases[i].words : "This computer's clock", cases[i].words ? 1 : 0));
    }
}

static void
refuse (Fixture *fixture, guint i)
{
  gxt_fake_desk_queue (fixture->desk, GXC_QUEUE_REFUSED, &gx_customer_entity, customer (fixture, i), "patch", "the bank says no");
}

static GtkWidget *
focus_of (Fixture *fixture)
{
  return gtk_root_get_focus (GTK_ROOT (fixture->window));
}

/* A sync that goes on beside takes the keys from nobody; of a row that is gone the next one has them. */
static void
test_focus_stays (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GPtrArray) drops = NULL;
  GtkWidget *next;

  for (guint i = 0; i < 3; i++)
    refuse (fixture, i);
  gxc_desk_emit_status (GXC_DESK (fixture->desk));
  g_assert_true (gxt_wait_saying (fixture->page, "the bank says no", 3));
  next = gxt_find_above (fixture->page, "Drop", GTK_TYPE_LIST_BOX);
  next = GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (next), 2));
  drops = gxt_find_all (gtk_widget_get_prev_sibling (next), GTK_TYPE_BUTTON);
  g_assert_cmpuint (drops->len, ==, 2);
  g_assert_true (gtk_widget_grab_focus (drops->pdata[1]));
  refuse (fixture, 3);
  gxc_desk_emit_status (GXC_DESK (fixture->desk));
  g_assert_true (gxt_wait_saying (fixture->page, "the bank says no", 4));
  g_assert_true (focus_of (fixture) == drops->pdata[1]);
  gxc_desk_resolve (GXC_DESK (fixture->desk), 2, FALSE, NULL, NULL);
  gxc_desk_emit_status (GXC_DESK (fixture->desk));
  g_assert_true (gxt_wait_saying (fixture->page, "the bank says no", 3));
  g_assert_true (focus_of (fixture) == next);
}

static void
test_emptiness_is_useful (Fixture *fixture, gconstpointer data)
{
  g_assert_true (gxt_wait_saying (fixture->page, "Nothing waits", 1));
  g_assert_true (gxt_wait_saying (fixture->page, "On this desk", 1));
  GXT_WAIT_FOR (gxt_count_saying (fixture->page, "24") >= 1);          /* customers */
  g_assert_true (gxt_wait_saying (fixture->page, "Find, read and sort", 1));
  gxt_fake_desk_summary (fixture->desk)->store_bytes = 3400000;
  gxt_fake_desk_summary (fixture->desk)->synced_at = gxc_desk_now (GXC_DESK (fixture->desk)) - 2 * 3600000;
  gxc_desk_emit_status (GXC_DESK (fixture->desk));
  g_assert_true (gxt_wait_saying (fixture->page, "3.4\u00a0MB · synced 2 h ago", 1));
}

/* What waits, and what lies here, is as many as the groups tell, also where two documents are the same bytes; those count once. */
static void
test_documents_add_up (Fixture *fixture, gconstpointer data)
{
  const GxId *customer = gx_record_get_id (gxt_fake_desk_rows (fixture->desk, &gx_customer_entity)->pdata[0]);
  gint64 now = gxc_desk_now (GXC_DESK (fixture->desk));

  gxt_fake_carry_add (fixture->desk, customer, GXC_CARRY_TODAY, 400000, now - 3600000);
  gxt_fake_carry_add (fixture->desk, customer, GXC_CARRY_TASK, 400000, now - 3600000)->again = TRUE;
  gxt_fake_carry_add (fixture->desk, customer, GXC_CARRY_CORE, 300000, 0);
  gxt_fake_carry_add (fixture->desk, customer, GXC_CARRY_CORE, 300000, 0)->again = TRUE;
  gxt_fake_desk_summary (fixture->desk)->online = FALSE;
  gxc_desk_emit_status (GXC_DESK (fixture->desk));
  g_assert_true (gxt_wait_saying (fixture->page, "2 documents · 400\u00a0kB", 1));
  GXT_WAIT_FOR (gxt_count_saying (fixture->page, "2 documents wait for the network"));
  GXT_WAIT_FOR (gxt_count_saying (fixture->page, "0 of 2"));
  GXT_WAIT_FOR (gxt_count_saying (fixture->page, "counted already"));
  g_assert_true (gxt_wait_saying (fixture->page, "Try now", 1));        /* the banner's */
}

/* Documents by the reason for which they lie here: how many, how large, since when; what waits for the bank is a group of its own. */
static void
test_documents_are_told_by_group (Fixture *fixture, gconstpointer data)
{
  const GxId *customer = gx_record_get_id (gxt_fake_desk_rows (fixture->desk, &gx_customer_entity)->pdata[0]);
  gint64 now = gxc_desk_now (GXC_DESK (fixture->desk));

  g_assert_true (gxt_wait_saying (fixture->page, "No documents on this desk", 1));
  gxt_fake_carry_add (fixture->desk, customer, GXC_CARRY_TODAY, 400000, now - 3600000);
  gxt_fake_carry_add (fixture->desk, customer, GXC_CARRY_TODAY, 200000, 0);
  gxt_fake_carry_add (fixture->desk, customer, GXC_CARRY_NOT, 700000, now - 3 * 86400000);
  gxt_fake_carry_add (fixture->desk, customer, GXC_CARRY_NOT, 900000, now - 60000)->unsent = TRUE;
  gxc_desk_emit_status (GXC_DESK (fixture->desk));
  g_assert_true (gxt_wait_saying (fixture->page, "Visit today", 1));
  GXT_WAIT_FOR (gxt_count_saying (fixture->page, "1 of 2"));
  GXT_WAIT_FOR (gxt_count_saying (fixture->page, "400\u00a0kB"));
  GXT_WAIT_FOR (gxt_count_saying (fixture->page, "1 h ago"));
  GXT_WAIT_FOR (gxt_count_saying (fixture->page, "On their way to the bank"));
  GXT_WAIT_FOR (gxt_count_saying (fixture->page, "900\u00a0kB"));
  GXT_WAIT_FOR (gxt_count_saying (fixture->page, "Looked at before"));
  GXT_WAIT_FOR (gxt_count_saying (fixture->page, "3 d ago"));
  GXT_WAIT_FOR (gxt_count_saying (fixture->page, "3 documents · 2\u00a0MB, room for 256\u00a0MB · the oldest came 3 d ago"));
}

static void
test_button_repeats_the_choice (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GPtrArray) cards = conflicts (fixture);

  g_assert_cmpuint (cards->len, ==, 1);
  g_assert_true (gxt_wait_saying (fixture->page, "Use mine", 1));
  g_assert_true (gxc_sync_conflict_choose (cards->pdata[0], GXC_CHOICE_THEIRS));
  g_assert_true (gxt_wait_saying (fixture->page, "Keep the bank's", 1));
  g_assert_cmpuint (n_calls (fixture, "take_theirs"), ==, 0);       /* chosen, not done */
  gxc_sync_conflict_confirm (cards->pdata[0]);
  gxt_wait_ms (150);
  assert_called (fixture, "take_theirs", 1);
  g_assert_cmpuint (n_calls (fixture, "take_mine"), ==, 0);
  g_assert_true (gxt_wait_saying (fixture->page, "has two new values", 0));
}

static void
test_open_card_stays (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GPtrArray) before = conflicts (fixture), after = NULL;

  gxc_sync_conflict_choose (before->pdata[0], GXC_CHOICE_EDIT);
  gxc_desk_emit_status (GXC_DESK (fixture->desk));
  gxt_wait_ms (100);
  after = conflicts (fixture);
  g_assert_true (before->pdata[0] == after->pdata[0]);
  g_assert_cmpint (gxc_sync_conflict_get (after->pdata[0]), ==, GXC_CHOICE_EDIT);
}

static void
test_written_before_dropped (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GPtrArray) cards = conflicts (fixture);
  g_autoptr(GError) error = g_error_new (GX_ERROR, GX_ERROR_IO, "the disk is full");

  g_assert_true (gxc_sync_conflict_choose (cards->pdata[0], GXC_CHOICE_EDIT));
  gxt_fake_desk_fail_next (fixture->desk, error);
  gxc_sync_conflict_confirm (cards->pdata[0]);
  gxt_wait_ms (150);
  g_assert_cmpuint (n_calls (fixture, "take_theirs"), ==, 0);       /* not written: nothing is dropped */
  g_assert_true (gxt_wait_saying (fixture->page, "the disk is full", 1));
  gxc_sync_conflict_confirm (cards->pdata[0]);
  gxt_wait_ms (150);
  assert_called (fixture, "take_theirs", 1);
}

/* One blue button a page, whoever is the first card. */
static void
test_one_is_primary (Fixture *fixture, gconstpointer data)
{
  for (guint done = 0; done < 2; done++)
    {
      g_autoptr(GPtrArray) left = conflicts (fixture);
      guint n = 0;

      for (guint i = 0; i < left->len; i++)
        n += gtk_widget_has_css_class (gxt_find_above (left->pdata[i], "Use mine", GTK_TYPE_BUTTON), "suggested-action");
      g_assert_cmpuint (left->len, ==, 3 - done);
      g_assert_cmpuint (n, ==, 1);
      gxc_sync_conflict_confirm (left->pdata[0]);
      assert_called (fixture, "take_mine", done + 1);
      g_assert_true (gxt_wait_saying (fixture->page, "has two new values", 2 - done));
    }
}

/* What its keys would not do on a card, that card does not show. */
static void
test_keys_go_with_the_focus (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GPtrArray) cards = conflicts (fixture);

  for (guint on = 0; on < cards->len; on++)
    {
      g_assert_true (gxc_sync_conflict_choose (cards->pdata[on], GXC_CHOICE_THEIRS));
      for (guint i = 0; i < cards->len; i++)
        g_assert_cmpuint (gxt_count_saying (cards->pdata[i], "Enter"), ==, i == on);
    }
}

static void
test_all_at_once (Fixture *fixture, gconstpointer data)
{
  gtk_widget_activate_action (fixture->page, "sync.all-mine", NULL);
  gxt_wait_ms (200);
  assert_called (fixture, "take_mine", 3);
  g_assert_true (gxt_wait_saying (fixture->page, "has two new values", 0));
}

/* --- the auditor's log -------------------------------------------------------------------------------------------- */

static void
set_up_auditor (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GxcPreferences) preferences = gxc_preferences_new (g_get_user_config_dir ());

  fixture->desk = gxt_fake_desk_new ("AUDITOR");
  fixture->window = gxc_window_new (NULL, GXC_DESK (fixture->desk), preferences);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gxt_wait_shown (GTK_WINDOW (fixture->window));
  gxt_wait_ms (200);
  fixture->page = gxc_window_get_page (GXC_WINDOW (fixture->window));
}

static void
test_log_is_checked (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) tampered = g_error_new (GX_ERROR, GX_ERROR_TAMPERED, "Entry 7 is missing");

  g_assert_true (gxt_wait_saying (fixture->page, "not checked", 1));
  gtk_widget_activate_action (fixture->page, "status.verify", NULL);
  g_assert_true (gxt_wait_saying (fixture->page, "All 1,000 entries were hashed", 1));
  g_assert_true (gxt_wait_saying (fixture->page, "agrees", 1));
  gxt_fake_desk_fail_next (fixture->desk, tampered);
  gtk_widget_activate_action (fixture->page, "status.verify", NULL);
  g_assert_true (gxt_wait_saying (fixture->page, "Entry 7 is missing", 1));
  g_assert_true (gxt_wait_saying (fixture->page, "was changed", 1));
}

/* Told while they go, gone when they are there. */
static void
test_documents_on_their_way (Fixture *fixture, gconstpointer data)
{
  GxcSyncSummary *summary = gxt_fake_desk_summary (fixture->desk);

  summary->papers = 2;
  summary->papers_done = 3000000;
  summary->papers_total = 9000000;
  summary->papers_refused = 1;
  gxc_desk_emit_status (GXC_DESK (fixture->desk));
  g_assert_true (gxt_wait_saying (fixture->page, "2 documents are on their way to the bank: 3\u00a0", 1));
  g_assert_true (gxt_wait_saying (fixture->page, "The bank did not accept 1 document", 1));
  summary->papers = summary->papers_refused = 0;
  gxc_desk_emit_status (GXC_DESK (fixture->desk));
  g_assert_true (gxt_wait_saying (fixture->page, "on their way to the bank", 0));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  gxc_shell_init ();
#define ADD(path, n, test) g_test_add (path, Fixture, GINT_TO_POINTER (n), set_up, test, tear_down)
  ADD ("/sync/queue/waits_in_words", 0, test_waits_in_words);
  ADD ("/sync/queue/focus_stays", 0, test_focus_stays);
  ADD ("/sync/page/tells_it_in_a_persons_words", 0, test_is_told_in_a_persons_words);
  ADD ("/sync/banner/problem_is_told", 0, test_problem_is_told);
  ADD ("/sync/banner/a_wrong_clock_is_told", 0, test_a_wrong_clock_is_told);
  ADD ("/sync/overview/emptiness_is_useful", 0, test_emptiness_is_useful);
  ADD ("/sync/overview/documents_are_told_by_group", 0, test_documents_are_told_by_group);
  ADD ("/sync/overview/documents_add_up", 0, test_documents_add_up);
  ADD ("/sync/documents/are_told_on_their_way", 0, test_documents_on_their_way);
  ADD ("/sync/conflict/button_repeats_the_choice", 1, test_button_repeats_the_choice);
  ADD ("/sync/conflict/open_card_stays", 1, test_open_card_stays);
  ADD ("/sync/conflict/written_before_dropped", 1, test_written_before_dropped);
  ADD ("/sync/conflict/one_is_primary", 3, test_one_is_primary);
  ADD ("/sync/conflict/keys_go_with_the_focus", 3, test_keys_go_with_the_focus);
  ADD ("/sync/conflict/all_at_once", 3, test_all_at_once);
#undef ADD
  g_test_add ("/status/audit/log_is_checked", Fixture, NULL, set_up_auditor, test_log_is_checked, tear_down);
  return g_test_run ();
}
