/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of visits on a desk of rows made by hand: the order of a day, planning, moving, checking in and out, and exactly
 * which rows each of them writes and an undo takes back. The desk's clock stands at 2026-11-24 10:22 in Shanghai, a Tuesday. */

#include <glib/gstdio.h>
#include <string.h>

#include "gx-address.h"
#include "gx-attachment.h"
#include "gx-contact-point.h"
#include "gx-customer.h"
#include "gx-error.h"
#include "gx-interaction.h"
#include "gx-need.h"
#include "gx-task.h"
#include "gx-visit.h"
#include "gxc-calendar.h"
#include "gxc-shell.h"
#include "gxc-visit-day.h"
#include "gxc-visits-along.h"
#include "gxc-visits-before.h"
#include "gxc-visits-list.h"
#include "gxc-visits-page.h"
#include "gxc-visits-paper.h"
#include "gxc-visits-photos.h"
#include "gxc-visits-plan.h"
#include "gxc-visits-row.h"
#include "gxc-visits-sheet.h"
#include "gxc-visits-source.h"
#include "gxc-visits-stop.h"
#include "gxc-window.h"
#include "gxt-fake-carry.h"
#include "gxt-fake-desk.h"
#include "gxt-find.h"
#include "gxt-screenshot.h"

#define MINUTE G_GINT64_CONSTANT (60000)

typedef struct
{
  GxtFakeDesk *desk;
  GtkWidget   *window, *page;
  GxId         zhang, firm, chen;       /* customers */
  GxId         task;                    /* that asks for a visit to Chen */
} Fixture;

static gint64
at (int dom, int hour, int minute)
{
  return gxc_visit_day_start (gx_date_from_ymd (2026, 11, dom)) + (hour * 60 + minute) * MINUTE;
}

static GxId
add_customer (Fixture *fixture, const char *name, const char *cif, int type, const char *region)
{
  GxCustomer *row = gxt_fake_desk_add (fixture->desk, &gx_customer_entity);
  GxAddress *address = gxt_fake_desk_add (fixture->desk, &gx_address_entity);

  row->name = g_strdup (name);
  row->cif_no = g_strdup (cif);
  row->type = type;
  row->tier = GX_TIER_GOLD;
  row->primary_rm_id = gxc_desk_get_person (GXC_DESK (fixture->desk))->employee_id;
  address->customer_id = row->meta.id;
  address->kind = type == GX_CUSTOMER_PERSON ? GX_ADDRESS_HOME : GX_ADDRESS_WORK;
  address->region_code = g_strdup (region);
  address->line = g_strdup_printf ("%s road 1", name);
  return row->meta.id;
}

static GxId
add_visit (Fixture *fixture, const GxId *customer, gint64 plan_at, gint64 position, int status)
{
  GxVisit *row = gxt_fake_desk_add (fixture->desk, &gx_visit_entity);

  row->customer_id = *customer;
  row->owner_id = gxc_desk_get_person (GXC_DESK (fixture->desk))->employee_id;
  row->plan_at = plan_at;
  row->minutes = 30;
  row->position = position;
  row->status = status;
  row->goal = g_strdup ("a talk");
  return row->meta.id;
}

static void
fill (Fixture *fixture)
{
  GxTask *task;

  fixture->zhang = add_customer (fixture, "Zhang", "3300012217", GX_CUSTOMER_PERSON, "330108");
  fixture->firm = add_customer (fixture, "Firm", "3300013391", GX_CUSTOMER_ORG, "330102");
  fixture->chen = add_customer (fixture, "Chen", "3300010416", GX_CUSTOMER_PERSON, "330106");
  task = gxt_fake_desk_add (fixture->desk, &gx_task_entity);
  task->title = g_strdup ("bring the report");
  task->kind = GX_TASK_VISIT;
  task->status = GX_TASK_OPEN;
  task->due_at = at (26, 10, 0);
  task->customer_id = fixture->chen;
  task->assignee_id = gxc_desk_get_person (GXC_DESK (fixture->desk))->employee_id;
  fixture->task = task->meta.id;
}

static void
settle (void)
{
  gxt_wait_ms (30);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GxcPreferences) preferences = gxc_preferences_new (g_get_user_config_dir ());

  fixture->desk = gxt_fake_desk_new ("RM");
  fill (fixture);
  fixture->window = gxc_window_new (NULL, GXC_DESK (fixture->desk), preferences);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gxt_wait_shown (GTK_WINDOW (fixture->window));
  gtk_widget_activate_action (fixture->window, "win.show-page", "s", "visits");
  settle ();
  fixture->page = gxt_find_first (fixture->window, GXC_TYPE_VISITS_PAGE);
  g_assert_nonnull (fixture->page);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gxt_destroy (fixture->window);
  gxt_let_go (fixture->desk);
}

/* --- what is seen ------------------------------------------------------------------------------------------------- */

/* Whom one sees in which state, one after the other: "Zhang 1, Firm 5" */
static void
assert_listed (Fixture *fixture, const char *expected)
{
  g_autoptr(GPtrArray) rows = NULL;
  g_autoptr(GString) seen = g_string_new (NULL);

  gxc_page_refresh (GXC_PAGE (fixture->page));
  settle ();
  rows = gxt_find_all (fixture->page, GXC_TYPE_VISITS_ROW);
  for (guint i = 0; i < rows->len; i++)
    {
      const GxVisit *row = gx_record_get_data (gxc_visits_row_get_visit (rows->pdata[i]));
      g_autofree char *who = gxc_desk_dup_customer (GXC_DESK (fixture->desk), &row->customer_id);

      g_string_append_printf (seen, "%s%s %d", i ? ", " : "", strtok (who, " "), row->status);
    }
  g_assert_cmpstr (seen->str, ==, expected);
}

static void
act (Fixture *fixture, const char *detailed)
{
  g_autofree char *name = NULL;
  g_autoptr(GVariant) target = NULL;

  g_assert_true (g_action_parse_detailed_name (detailed, &name, &target, NULL));
  g_assert_true (gtk_widget_activate_action_variant (fixture->page, name, target));
  settle ();
}

static void
undo (Fixture *fixture)
{
  gtk_widget_activate_action (fixture->page, "win.undo", NULL);
  settle ();
}

static gconstpointer
row (Fixture *fixture, const GxEntity *entity, const GxId *id)
{
  g_autoptr(GxRecord) record = gxc_desk_read_one (GXC_DESK (fixture->desk), entity, id, NULL);

  return record ? gx_record_get_data (record) : NULL;       /* the desk has it too */
}

static const GxVisit *
visit (Fixture *fixture, const GxId *id)
{
  return row (fixture, &gx_visit_entity, id);
}

static guint
n_rows (Fixture *fixture, const GxEntity *entity)
{
  return gxt_fake_desk_rows (fixture->desk, entity)->len;
}

/* --- midnight ----------------------------------------------------------------------------------------------------- */

static gboolean
is_told (Fixture *fixture, const char *subtitle)
{
  return g_strcmp0 (gxc_page_get_subtitle (GXC_PAGE (gxc_window_get_page (GXC_WINDOW (fixture->window)))), subtitle) == 0;
}

static void
add_task (Fixture *fixture, gint64 due_at)
{
  GxTask *task = gxt_fake_desk_add (fixture->desk, &gx_task_entity);

  task->title = g_strdup ("call");
  task->status = GX_TASK_OPEN;
  task->due_at = due_at;
  task->customer_id = fixture->chen;
  task->assignee_id = gxc_desk_get_person (GXC_DESK (fixture->desk))->employee_id;
}

/* Three midnights, each before another page that lies open: nobody touches anything, and what it says of today follows. */
static void
test_midnight (Fixture *fixture, gconstpointer data)
{
  add_visit (fixture, &fixture->zhang, at (24, 16, 0), 1, GX_VISIT_PLANNED);
  add_visit (fixture, &fixture->firm, at (25, 9, 0), 1, GX_VISIT_PLANNED);
  add_visit (fixture, &fixture->chen, at (26, 9, 0), 1, GX_VISIT_PLANNED);
  add_task (fixture, at (25, 10, 0));
  assert_listed (fixture, "Zhang 1");
  gxt_fake_desk_set_now (fixture->desk, at (24, 23, 59));
  settle ();
  g_assert_cmpuint (gxt_count_saying (fixture->page, "24 Nov · today"), ==, 1);
  gxt_fake_desk_set_now (fixture->desk, at (25, 0, 1));
  GXT_WAIT_FOR (gxt_count_saying (fixture->page, "25 Nov · today"));
  assert_listed (fixture, "Firm 1");

  gtk_widget_activate_action (fixture->window, "win.show-page", "s", "tasks");
  GXT_WAIT_FOR (is_told (fixture, "0 overdue · 1 more today · 1 in seven days"));
  gxt_fake_desk_set_now (fixture->desk, at (26, 0, 1));
  GXT_WAIT_FOR (is_told (fixture, "1 overdue · 1 more today · 0 in seven days"));

  gtk_widget_activate_action (fixture->window, "win.show-page", "s", "today");
  GXT_WAIT_FOR (gxt_count_saying (fixture->window, "Visit was missed") == 2);
  gxt_fake_desk_set_now (fixture->desk, at (27, 0, 1));
  GXT_WAIT_FOR (gxt_count_saying (fixture->window, "Visit was missed") == 3);
}

/* Who is still there at midnight keeps the visit before him; only the words say that it is of yesterday. */
static void
test_visit_past_midnight (Fixture *fixture, gconstpointer data)
{
  GxId late = add_visit (fixture, &fixture->zhang, at (24, 23, 0), 1, GX_VISIT_CHECKED_IN);

  ((GxVisit *) visit (fixture, &late))->check_in_at = at (24, 23, 5);
  add_visit (fixture, &fixture->firm, at (25, 9, 0), 1, GX_VISIT_PLANNED);
  assert_listed (fixture, "Zhang 3");
  gxt_fake_desk_set_now (fixture->desk, at (25, 0, 1));
  GXT_WAIT_FOR (gxt_count_saying (fixture->page, "24 Nov · yesterday"));
  assert_listed (fixture, "Zhang 3");
}

/* --- the day ------------------------------------------------------------------------------------------------------ */

static void
test_a_day_in_its_order (Fixture *fixture, gconstpointer data)
{
  assert_listed (fixture, "");
  GXT_WAIT_FOR (gxt_count_saying (fixture->page, "Whom do you want to see?"));
  add_visit (fixture, &fixture->zhang, at (24, 9, 0), 2, GX_VISIT_PLANNED);
  add_visit (fixture, &fixture->firm, at (24, 11, 0), 1, GX_VISIT_DONE);
  add_visit (fixture, &fixture->chen, at (24, 8, 0), GX_INT_NONE, GX_VISIT_MISSED);
  add_visit (fixture, &fixture->chen, at (24, 8, 0), 3, GX_VISIT_CANCELLED);
  add_visit (fixture, &fixture->chen, at (25, 0, 0), 1, GX_VISIT_PLANNED);
  assert_listed (fixture, "Firm 5, Zhang 1, Chen 2");
  g_assert_true (gxt_wait_saying (fixture->page, "1 h 22 min late", 2));       /* in the list and beside it */
  GXT_WAIT_FOR (gxt_count_saying (fixture->page, "missed"));
  g_assert_cmpuint (gxc_visits_count (GXC_DESK (fixture->desk), NULL), ==, 1);
  act (fixture, "visits.next");
  assert_listed (fixture, "Chen 1");
  act (fixture, "visits.previous");
  act (fixture, "visits.previous");
  assert_listed (fixture, "");
}

static void
test_the_order_by_hand_and_by_district (Fixture *fixture, gconstpointer data)
{
  GxId zhang = add_visit (fixture, &fixture->zhang, at (24, 11, 0), 1, GX_VISIT_PLANNED);
  GxId firm = add_visit (fixture, &fixture->firm, at (24, 12, 0), 2, GX_VISIT_PLANNED);

  add_visit (fixture, &fixture->chen, at (24, 10, 0), 3, GX_VISIT_PLANNED);
  assert_listed (fixture, "Zhang 1, Firm 1, Chen 1");
  act (fixture, "visits.shift(1)");
  assert_listed (fixture, "Firm 1, Zhang 1, Chen 1");
  g_assert_cmpint (visit (fixture, &zhang)->position, ==, 2);
  g_assert_cmpint (visit (fixture, &firm)->position, ==, 1);
  GXT_WAIT_FOR (gxt_fake_desk_n_calls (fixture->desk, "save") == 1);
  act (fixture, "visits.shift(-2)");                        /* past the top: nothing */
  GXT_WAIT_FOR (gxt_fake_desk_n_calls (fixture->desk, "save") == 1);
  act (fixture, "visits.by-district");
  assert_listed (fixture, "Firm 1, Chen 1, Zhang 1");
  act (fixture, "visits.by-time");
  assert_listed (fixture, "Chen 1, Zhang 1, Firm 1");
  undo (fixture);
  undo (fixture);
  undo (fixture);
  assert_listed (fixture, "Zhang 1, Firm 1, Chen 1");
}

/* The list is in the order of the plan and shows its hours, also of the one that began at another; that is said beside it. */
static void
test_a_day_shows_the_hours_it_is_ordered_by (Fixture *fixture, gconstpointer data)
{
  GtkWidget *list;

  add_visit (fixture, &fixture->zhang, at (24, 8, 30), 1, GX_VISIT_PLANNED);
  add_visit (fixture, &fixture->firm, at (24, 9, 0), 2, GX_VISIT_PLANNED);
  assert_listed (fixture, "Zhang 1, Firm 1");
  act (fixture, "visits.forward");
  assert_listed (fixture, "Zhang 3, Firm 1");
  list = gxt_find_first (fixture->page, GXC_TYPE_VISITS_LIST);
  GXT_WAIT_FOR (gxt_count_saying (list, "08:30"));
  g_assert_false (gxt_count_saying (list, "10:22"));
  GXT_WAIT_FOR (gxt_count_saying (fixture->page, "10:22"));
}

static void
test_a_company_has_room_for_its_name (Fixture *fixture, gconstpointer data)
{
  GxId id = add_customer (fixture, "杭州万航环保设备有限公司", "3300010001", GX_CUSTOMER_ORG, "330106");
  GtkWidget *list;

  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1024, 700);
  add_visit (fixture, &id, at (24, 9, 10), 1, GX_VISIT_PLANNED);
  assert_listed (fixture, "杭州万航环保设备有限公司 1");
  list = gxt_find_first (fixture->page, GXC_TYPE_VISITS_LIST);
  GXT_WAIT_FOR (gxt_count_saying (list, "1 h 12 min late"));
  g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (gxt_find_saying (list, "杭州万航环保设备有限公司")))));
}

/* Where its orders would need more room than there is: they go into their menu, the day is not cut. Where there is enough of it they
 * stand at the end. */
static void
test_the_day_comes_before_its_orders (Fixture *fixture, gconstpointer data)
{
  GtkWidget *date = gxt_find_saying (fixture->page, "24 Nov · today"), *head = gtk_widget_get_parent (date);
  GtkWidget *orders = gtk_widget_get_next_sibling (date);
  int least, least_date, whole_date, height;
  graphene_rect_t last;

  gtk_widget_measure (head, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  gtk_widget_measure (head, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
  gtk_widget_measure (date, GTK_ORIENTATION_HORIZONTAL, -1, &least_date, &whole_date, NULL, NULL);
  g_assert_cmpint (least_date, <, whole_date);
  gtk_widget_size_allocate (head, &(GtkAllocation) { 0, 0, least + whole_date - least_date, height }, -1);
  g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (date))));
  gtk_widget_size_allocate (head, &(GtkAllocation) { 0, 0, 4 * least, height }, -1);
  g_assert_true (gtk_widget_compute_bounds (gtk_widget_get_last_child (orders), orders, &last));
  g_assert_cmpint (last.origin.x + last.size.width, ==, gtk_widget_get_width (orders));
}

static guint
n_primary (GtkWidget *root)
{
  g_autoptr(GPtrArray) buttons = gxt_find_all (root, GTK_TYPE_BUTTON);
  guint n = 0;

  for (guint i = 0; i < buttons->len; i++)
    n += gtk_widget_has_css_class (buttons->pdata[i], "suggested-action");
  return n;
}

static void
test_one_action_is_primary (Fixture *fixture, gconstpointer data)
{
  add_visit (fixture, &fixture->zhang, at (24, 11, 0), 1, GX_VISIT_PLANNED);
  assert_listed (fixture, "Zhang 1");
  g_assert_cmpuint (n_primary (fixture->page), ==, 1);
  act (fixture, "visits.edit");
  gxt_wait_ms (300);            /* until it has come in */
  GXT_WAIT_FOR (n_primary (fixture->page) == 1);
  g_assert_true (gxc_page_escape (GXC_PAGE (fixture->page)));
  gxt_wait_ms (300);
  GXT_WAIT_FOR (n_primary (fixture->page) == 1);
}

/* While the first rows are on their way nobody says that there are no visits; when none has come, it is said. */
static void
test_a_first_sync_is_waited_for (Fixture *fixture, gconstpointer data)
{
  GxcSyncSummary *summary = gxt_fake_desk_summary (fixture->desk);

  *summary = (GxcSyncSummary) { .online = TRUE, .busy = TRUE, .coming = TRUE, .done = 1180, .total = 2000 };
  assert_listed (fixture, "");
  g_assert_cmpint (gxc_page_get_state (GXC_PAGE (fixture->page)), ==, GXC_PAGE_LOADING);
  *summary = (GxcSyncSummary) { .online = TRUE, .done = 2000, .total = 2000 };
  gxc_desk_emit_status (GXC_DESK (fixture->desk));
  settle ();
  g_assert_cmpint (gxc_page_get_state (GXC_PAGE (fixture->page)), ==, GXC_PAGE_CONTENT);
  GXT_WAIT_FOR (gxt_count_saying (fixture->page, "No visits on this day yet."));
}

static void
test_another_day_and_not_at_all (Fixture *fixture, gconstpointer data)
{
  GxId missed = add_visit (fixture, &fixture->zhang, at (23, 15, 30), 1, GX_VISIT_MISSED);
  g_autofree char *move = g_strdup_printf ("visits.move(%d)", gx_date_from_ymd (2026, 11, 24));

  add_visit (fixture, &fixture->firm, at (24, 14, 0), 4, GX_VISIT_PLANNED);
  act (fixture, "visits.previous");
  assert_listed (fixture, "Zhang 2");
  act (fixture, move);
  assert_listed (fixture, "");
  g_assert_cmpint (visit (fixture, &missed)->plan_at, ==, at (24, 15, 30));
  g_assert_cmpint (visit (fixture, &missed)->position, ==, 5);
  act (fixture, "visits.today");
  assert_listed (fixture, "Firm 1, Zhang 1");
  undo (fixture);
  assert_listed (fixture, "Firm 1");
  act (fixture, "visits.cancel");
  assert_listed (fixture, "");
  undo (fixture);
  assert_listed (fixture, "Firm 1");
}

/* --- planning ----------------------------------------------------------------------------------------------------- */

static void
test_planning_from_a_task_and_a_search (Fixture *fixture, gconstpointer data)
{
  GxcVisitsPlan *plan;
  const GxVisit *first, *second;

  add_visit (fixture, &fixture->zhang, at (24, 14, 10), 1, GX_VISIT_PLANNED);
  assert_listed (fixture, "Zhang 1");
  act (fixture, "visits.plan");
  plan = GXC_VISITS_PLAN (gxt_find_first (fixture->page, GXC_TYPE_VISITS_PLAN));
  g_assert_true (gxt_wait_saying (GTK_WIDGET (plan), "Chen", 1));
  g_assert_true (gxt_wait_saying (GTK_WIDGET (plan), "0416", 1));
  GXT_WAIT_FOR (gxt_count_saying (GTK_WIDGET (plan), "Gold") >= 1);
  gxc_visits_plan_choose (plan, 0, TRUE);
  gxc_visits_plan_search (plan, "firm");
  gxc_visits_plan_choose (plan, 0, TRUE);
  GXT_WAIT_FOR (gxt_count_saying (GTK_WIDGET (plan), "2 chosen"));
  act (fixture, "visits.plan-add");
  assert_listed (fixture, "Zhang 1, Chen 1, Firm 1");
  GXT_WAIT_FOR (gxt_fake_desk_n_calls (fixture->desk, "save") == 1);
  first = gx_record_get_data (gxt_fake_desk_rows (fixture->desk, &gx_visit_entity)->pdata[1]);
  second = gx_record_get_data (gxt_fake_desk_rows (fixture->desk, &gx_visit_entity)->pdata[2]);
  g_assert_true (gx_id_equal (&first->task_id, &fixture->task));
  g_assert_cmpstr (first->goal, ==, "bring the report");
  g_assert_cmpstr (first->place, ==, "Chen road 1");
  g_assert_cmpint (first->plan_at, ==, at (24, 15, 0));     /* the half hour after 14:40 */
  g_assert_cmpint (second->plan_at, ==, at (24, 15, 30));
  g_assert_true (gx_id_is_none (&second->task_id));
  g_assert_cmpint (second->position, ==, 3);
  act (fixture, "visits.plan");                             /* it is planned by now, and not offered again */
  g_assert_false (gxt_count_saying (GTK_WIDGET (plan), "Task: bring the report · due 11-26 Thu"));
  act (fixture, "visits.plan-close");
  undo (fixture);
  assert_listed (fixture, "Zhang 1");
}

/* Those are offered first whose contact is due for longest; nobody whose day is not over yet, and nobody twice. */
static void
test_planning_whom_one_has_not_met (Fixture *fixture, gconstpointer data)
{
  const struct { GxId id; int days; } due[] = { { fixture->zhang, -4 }, { fixture->firm, -30 }, { fixture->chen, 1 } };
  g_autoptr(GPtrArray) stops = g_ptr_array_new (), candidates = NULL;
  const GxcCandidate *candidate;

  for (guint i = 0; i < G_N_ELEMENTS (due); i++)
    {
      GxcDigest *digest = gx_entity_new (gxc_digest_entity ());

      digest->meta.id = due[i].id;
      digest->cadence_due_on = gxc_desk_get_today (GXC_DESK (fixture->desk)) + due[i].days;
      gxt_fake_desk_put (fixture->desk, gxc_digest_entity (), digest);
    }
  candidates = gxc_visits_read_candidates (GXC_DESK (fixture->desk), stops, NULL);
  g_assert_cmpuint (candidates->len, ==, 3);                /* the task's customer, then these */
  candidate = g_ptr_array_index (candidates, 1);
  g_assert_true (gx_id_equal (&candidate->wish.customer_id, &fixture->firm));
  g_assert_cmpstr (candidate->why, ==, "Contact was due 30 d ago");
  candidate = g_ptr_array_index (candidates, 2);
  g_assert_true (gx_id_equal (&candidate->wish.customer_id, &fixture->zhang));
  act (fixture, "visits.plan");
  gxc_visits_plan_choose (GXC_VISITS_PLAN (gxt_find_first (fixture->page, GXC_TYPE_VISITS_PLAN)), 1, TRUE);
  act (fixture, "visits.plan-add");
  assert_listed (fixture, "Firm 1");
}

static void
test_slots_begin_with_now_and_tasks_keep_their_hour (Fixture *fixture, gconstpointer data)
{
  GxcStopWish wishes[] = { { .customer_id = fixture->zhang }, { .customer_id = fixture->chen, .due_at = at (24, 16, 10) }, { .customer_id = fixture->firm } };
  static const struct { int hour, minute; } slots[] = { { 10, 30 }, { 16, 10 }, { 11, 0 } };
  g_autoptr(GPtrArray) none = g_ptr_array_new (), wanted = g_ptr_array_new (), changes = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wishes); i++)
    g_ptr_array_add (wanted, &wishes[i]);
  changes = gxc_visit_changes_plan (GXC_DESK (fixture->desk), none, wanted, gx_date_from_ymd (2026, 11, 24));
  for (guint i = 0; i < G_N_ELEMENTS (slots); i++)
    {
      const GxcChangeItem *item = g_ptr_array_index (changes, i);

      g_assert_cmpint (((const GxVisit *) item->row)->plan_at, ==, at (24, slots[i].hour, slots[i].minute));
    }
}

/* --- the visit ---------------------------------------------------------------------------------------------------- */

static GxId
plan_for_task (Fixture *fixture)
{
  GxId id = add_visit (fixture, &fixture->chen, at (24, 9, 30), 1, GX_VISIT_PLANNED);

  ((GxVisit *) visit (fixture, &id))->task_id = fixture->task;
  assert_listed (fixture, "Chen 1");
  return id;
}

static GxcVisitsForm *
form_of (Fixture *fixture)
{
  return gxc_visits_stop_get_form (GXC_VISITS_STOP (gxt_find_first (fixture->page, GXC_TYPE_VISITS_STOP)));
}

/* As if somebody had typed it. */
static void
type_talk (Fixture *fixture)
{
  GxcTalk talk = { .met = (char *) "Chen，his wife", .purpose = GX_PURPOSE_SALES, .notes = (char *) "a flat next year", .need = GX_NEED_HOUSING,
                   .need_detail = (char *) "2 m by June", .next = (char *) "send the table", .next_day = gx_date_from_ymd (2026, 11, 27), .mood = 1 };

  gxc_visits_form_set (form_of (fixture), &talk);
  gxc_visits_form_set_day (form_of (fixture), talk.next_day);
}

static void
test_checking_in_writes_two_rows (Fixture *fixture, gconstpointer data)
{
  GxId id = plan_for_task (fixture);
  const GxInteraction *said;

  gxt_fake_desk_summary (fixture->desk)->online = FALSE;
  act (fixture, "visits.forward");
  assert_listed (fixture, "Chen 3");
  GXT_WAIT_FOR (gxt_fake_desk_n_calls (fixture->desk, "save") == 1);
  g_assert_cmpint (visit (fixture, &id)->check_in_at, ==, gxc_desk_now (GXC_DESK (fixture->desk)));
  g_assert_cmpint (visit (fixture, &id)->geo_state, ==, GX_GEO_NOT_COLLECTED);
  g_assert_null (visit (fixture, &id)->check_in_geo);
  g_assert_true (visit (fixture, &id)->offline);
  said = row (fixture, &gx_interaction_entity, &id);
  g_assert_nonnull (said);
  g_assert_cmpint (said->channel, ==, gx_choice_find (gx_channels, "VISIT"));
  g_assert_cmpstr (said->subject, ==, "a talk");
  g_assert_cmpint (said->started_at, ==, visit (fixture, &id)->check_in_at);
  GXT_WAIT_FOR (gxt_count_saying (fixture->page, "just begun"));
  undo (fixture);
  assert_listed (fixture, "Chen 1");
  g_assert_null (row (fixture, &gx_interaction_entity, &id));
}

static void
test_checking_out_writes_all_of_it_once (Fixture *fixture, gconstpointer data)
{
  GxId id = plan_for_task (fixture);
  const GxInteraction *said;
  const GxNeed *need;
  const GxTask *next;

  act (fixture, "visits.forward");
  type_talk (fixture);
  act (fixture, "visits.keep");
  g_assert_cmpint (visit (fixture, &id)->status, ==, GX_VISIT_CHECKED_IN);
  g_assert_cmpuint (n_rows (fixture, &gx_need_entity), ==, 1);
  act (fixture, "visits.keep");                             /* nothing new: nothing is saved */
  GXT_WAIT_FOR (gxt_fake_desk_n_calls (fixture->desk, "save") == 2);
  act (fixture, "visits.forward");
  assert_listed (fixture, "Chen 5");
  GXT_WAIT_FOR (gxt_fake_desk_n_calls (fixture->desk, "save") == 3);

  said = row (fixture, &gx_interaction_entity, &id);
  g_assert_cmpstr (said->attendees, ==, "[\"Chen\",\"his wife\"]");
  g_assert_cmpint (said->purpose, ==, GX_PURPOSE_SALES);
  g_assert_cmpstr (said->notes, ==, "a flat next year");
  g_assert_cmpstr (said->next_steps, ==, "send the table");
  g_assert_cmpint (said->sentiment, ==, 1);
  g_assert_cmpint (said->ended_at, ==, visit (fixture, &id)->check_out_at);
  g_assert_cmpint (said->minutes, ==, 0);
  g_assert_cmpuint (n_rows (fixture, &gx_interaction_entity), ==, 1);

  g_assert_cmpuint (n_rows (fixture, &gx_need_entity), ==, 1);
  need = gx_record_get_data (gxt_fake_desk_rows (fixture->desk, &gx_need_entity)->pdata[0]);
  g_assert_true (gx_id_equal (&need->source_interaction_id, &id));
  g_assert_true (gx_id_equal (&need->customer_id, &fixture->chen));
  g_assert_cmpint (need->category, ==, GX_NEED_HOUSING);
  g_assert_cmpint (need->status, ==, GX_NEED_OPEN);
  g_assert_cmpstr (need->detail, ==, "2 m by June");

  g_assert_cmpuint (n_rows (fixture, &gx_task_entity), ==, 2);
  next = gx_record_get_data (gxt_fake_desk_rows (fixture->desk, &gx_task_entity)->pdata[1]);
  g_assert_cmpstr (next->title, ==, "send the table");
  g_assert_cmpint (next->due_at, ==, at (27, 9, 0));
  g_assert_cmpint (((const GxTask *) row (fixture, &gx_task_entity, &fixture->task))->status, ==, GX_TASK_DONE);
  g_assert_cmpstr (visit (fixture, &id)->result, ==, "2 m by June; send the table");

  undo (fixture);                                           /* the end alone */
  assert_listed (fixture, "Chen 3");
  g_assert_cmpint (((const GxTask *) row (fixture, &gx_task_entity, &fixture->task))->status, ==, GX_TASK_OPEN);
  g_assert_cmpuint (n_rows (fixture, &gx_need_entity), ==, 1);
}

static void
test_what_is_typed_survives_other_stops_and_refusals (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) refusal = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "the disk is full");
  g_autoptr(GxcTalk) talk = NULL;
  GxId id = plan_for_task (fixture);

  add_visit (fixture, &fixture->firm, at (24, 13, 0), 2, GX_VISIT_PLANNED);
  act (fixture, "visits.forward");
  type_talk (fixture);
  g_assert_true (gxc_page_step (GXC_PAGE (fixture->page), 1));
  settle ();
  gtk_widget_activate_action (fixture->window, "win.show-page", "s", "customers");
  gtk_widget_activate_action (fixture->window, "win.show-page", "s", "visits");
  settle ();
  g_assert_true (gxc_page_step (GXC_PAGE (fixture->page), -1));
  settle ();
  gxt_fake_desk_fail_next (fixture->desk, refusal);
  act (fixture, "visits.forward");
  g_assert_cmpint (visit (fixture, &id)->status, ==, GX_VISIT_CHECKED_IN);
  gxc_page_refresh (GXC_PAGE (fixture->page));
  settle ();
  talk = gxc_visits_form_dup (form_of (fixture));
  g_assert_cmpstr (talk->notes, ==, "a flat next year");
  g_assert_cmpstr (talk->next, ==, "send the table");
  g_assert_cmpint (talk->next_day, ==, gx_date_from_ymd (2026, 11, 27));
  g_assert_cmpint (talk->mood, ==, 1);
}

static void
test_an_untouched_template_says_nothing (Fixture *fixture, gconstpointer data)
{
  GxId id = plan_for_task (fixture);
  g_autoptr(GxcTalk) talk = NULL;

  act (fixture, "visits.forward");
  talk = gxc_visits_form_dup (form_of (fixture));
  g_assert_true (gxc_talk_is_template (talk->notes));
  act (fixture, "visits.forward");
  g_assert_cmpint (visit (fixture, &id)->status, ==, GX_VISIT_DONE);
  g_assert_null (((const GxInteraction *) row (fixture, &gx_interaction_entity, &id))->notes);
  g_assert_null (visit (fixture, &id)->result);
  g_assert_cmpuint (n_rows (fixture, &gx_need_entity), ==, 0);
  g_assert_cmpuint (n_rows (fixture, &gx_task_entity), ==, 1);
}

static void
test_a_visit_begins_on_its_own_day (Fixture *fixture, gconstpointer data)
{
  GxId id = add_visit (fixture, &fixture->zhang, at (25, 9, 30), 1, GX_VISIT_PLANNED);

  act (fixture, "visits.next");
  act (fixture, "visits.forward");
  g_assert_cmpint (visit (fixture, &id)->status, ==, GX_VISIT_PLANNED);
  g_assert_cmpuint (gxt_fake_desk_n_calls (fixture->desk, "save"), ==, 0);
}

/* --- photos and scans --------------------------------------------------------------------------------------------- */

static GxcVisitsPhotos *
photos_of (Fixture *fixture)
{
  return GXC_VISITS_PHOTOS (gxt_find_first (fixture->page, GXC_TYPE_VISITS_PHOTOS));
}

static const GxAttachment *
paper (Fixture *fixture, guint i)
{
  return gx_record_get_data (gxt_fake_desk_rows (fixture->desk, &gx_attachment_entity)->pdata[i]);
}

/* As if it had been pasted, and dropped. */
static void
offer_both (Fixture *fixture)
{
  g_autoptr(GBytes) image = g_bytes_new_static ("\x89PNG\r\n\x1a\n and more", 17);
  g_autoptr(GFile) file = g_file_new_for_path ("/tmp/contract.pdf");

  gxc_visits_photos_offer (photos_of (fixture), NULL, image, "Works.png");
  settle ();
  gxc_visits_photos_offer (photos_of (fixture), file, NULL, NULL);
  settle ();
}

static gboolean
take_back (Fixture *fixture, const GxId *id)
{
  gboolean activated = gtk_widget_activate_action (GTK_WIDGET (photos_of (fixture)), "photos.take-back", "s", GX_ID_STR (id));

  settle ();
  return activated;
}

static void
test_photos_of_a_visit (Fixture *fixture, gconstpointer data)
{
  GxId id = plan_for_task (fixture);

  g_assert_null (gxt_find_first (fixture->page, GXC_TYPE_VISITS_PHOTOS));       /* it has not begun */
  act (fixture, "visits.forward");
  g_assert_nonnull (gxt_find_first (fixture->page, GXC_TYPE_VISITS_PHOTOS));
  offer_both (fixture);
  GXT_WAIT_FOR (gxt_fake_desk_n_calls (fixture->desk, "attach") == 2);
  g_assert_cmpint (paper (fixture, 0)->kind, ==, GX_ATTACHMENT_PHOTO);
  g_assert_cmpint (paper (fixture, 1)->kind, ==, GX_ATTACHMENT_OTHER);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (gx_id_equal (&paper (fixture, i)->visit_id, &id));
      g_assert_true (gx_id_equal (&paper (fixture, i)->customer_id, &fixture->chen));
    }
  GXT_WAIT_FOR (gxt_count_saying (fixture->page, "Works.png"));
  GXT_WAIT_FOR (gxt_count_saying (fixture->page, "contract.pdf"));
  GXT_WAIT_FOR (gxt_count_saying (fixture->page, "2 documents, encrypted"));
}

/* What is told anew does not take the focus away. */
static void
test_photos_tell_how_far_they_are (Fixture *fixture, gconstpointer data)
{
  GtkWidget *button;

  plan_for_task (fixture);
  act (fixture, "visits.forward");
  offer_both (fixture);
  gxt_fake_desk_sending (fixture->desk)->done = 0;
  gxc_desk_emit_changed (GXC_DESK (fixture->desk), "attachment");
  settle ();
  GXT_WAIT_FOR (gxt_count_saying (fixture->page, "waits to be sent"));
  button = gtk_widget_get_last_child (gtk_flow_box_child_get_child (gtk_flow_box_get_child_at_index (
    GTK_FLOW_BOX (gtk_widget_get_last_child (gtk_widget_get_first_child (GTK_WIDGET (photos_of (fixture))))), 0)));
  g_assert_true (GTK_IS_BUTTON (button));
  g_assert_true (gtk_widget_grab_focus (button));
  gxt_fake_desk_sending (fixture->desk)->done = 1024 * 1024;
  gxc_desk_emit_changed (GXC_DESK (fixture->desk), "attachment");
  settle ();
  GXT_WAIT_FOR (gxt_count_saying (fixture->page, "of it sent"));
  g_assert_true (gtk_widget_has_focus (button));
  gxt_fake_desk_sending (fixture->desk)->state = GXC_SENDING_REFUSED;
  gxc_desk_emit_changed (GXC_DESK (fixture->desk), "attachment");
  settle ();
  GXT_WAIT_FOR (gxt_count_saying (fixture->page, "not taken by the bank"));
}

static void
test_a_photo_is_taken_back_until_check_out (Fixture *fixture, gconstpointer data)
{
  GxId first;

  plan_for_task (fixture);
  act (fixture, "visits.forward");
  offer_both (fixture);
  first = paper (fixture, 0)->meta.id;
  take_back (fixture, &first);
  g_assert_cmpuint (n_rows (fixture, &gx_attachment_entity), ==, 1);
  g_assert_false (gxt_count_saying (fixture->page, "2 documents, encrypted"));
  undo (fixture);
  g_assert_cmpuint (n_rows (fixture, &gx_attachment_entity), ==, 2);
  GXT_WAIT_FOR (gxt_count_saying (fixture->page, "2 documents, encrypted"));
  act (fixture, "visits.forward");
  GXT_WAIT_FOR (gxt_count_saying (fixture->page, "Works.png"));
  take_back (fixture, &first);
  offer_both (fixture);
  g_assert_cmpuint (n_rows (fixture, &gx_attachment_entity), ==, 2);
}

static void
test_a_photo_that_is_refused_says_why (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GBytes) film = g_bytes_new_static ("film", 4);
  g_autoptr(GError) refusal = NULL;

  plan_for_task (fixture);
  act (fixture, "visits.forward");
  gx_fail_field (&refusal, GX_ERROR_INVALID, "type", "media-type", "The bank takes PDF files only");
  gxt_fake_desk_fail_next (fixture->desk, refusal);
  gxc_visits_photos_offer (photos_of (fixture), NULL, film, "film.mp4");
  settle ();
  GXT_WAIT_FOR (gxt_count_saying (fixture->window, "film.mp4: "));
  g_assert_cmpuint (n_rows (fixture, &gx_attachment_entity), ==, 0);
}

/* A file that is called as the customer is says no more of it than the rest. */
static void
test_a_sheet_names_documents (Fixture *fixture, gconstpointer data)
{
  GxId id = plan_for_task (fixture);
  GxAttachment *scan = gxt_fake_desk_add (fixture->desk, &gx_attachment_entity);
  GxcVisitSheet *sheet;
  const char *last;

  scan->customer_id = fixture->chen;
  scan->visit_id = id;
  scan->name = g_strdup ("Chen ID.jpg");
  scan->sha256 = g_strdup ("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
  scan->size = 48213;
  scan->kind = GX_ATTACHMENT_ID_IMAGE;
  sheet = gxc_visit_sheet_read (GXC_DESK (fixture->desk), visit (fixture, &id));
  last = g_ptr_array_index (sheet->facts, sheet->facts->len - 1);
  g_assert_nonnull (strstr (last, "C* ID.jpg"));
  g_assert_null (strstr (last, "Chen"));
  g_assert_nonnull (strstr (last, "48.2"));
  g_assert_nonnull (strstr (last, "9f86d081"));
  g_assert_null (strstr (last, "9f86d0818"));
  gxc_visit_sheet_free (sheet);
}

/* --- before one meets --------------------------------------------------------------------------------------------- */

static void
test_paper_says_no_amounts (Fixture *fixture, gconstpointer data)
{
  GxId id = plan_for_task (fixture);
  GxNeed *need = gxt_fake_desk_add (fixture->desk, &gx_need_entity);
  GxInteraction *said = gxt_fake_desk_add (fixture->desk, &gx_interaction_entity);
  g_autoptr(GPtrArray) lines = NULL;
  const GxcBeforeLine *line;

  need->customer_id = said->customer_id = fixture->chen;
  need->category = GX_NEED_FINANCING;
  need->detail = g_strdup ("800000 by June");
  need->status = GX_NEED_OPEN;
  said->channel = said->purpose = 1;
  said->subject = g_strdup ("asked for 800000");
  said->started_at = at (20, 10, 0);
  lines = gxc_visits_before_read (GXC_DESK (fixture->desk), visit (fixture, &id));
  g_assert_cmpuint (lines->len, ==, 2);                     /* the task that asks for the visit is its goal */
  for (guint i = 0; i < lines->len; i++)
    {
      line = g_ptr_array_index (lines, i);
      g_assert_nonnull (strstr (line->words, "800000"));
      g_assert_null (strstr (line->paper, "800000"));
    }
}

static void
assert_sheet_says (const GxcVisitSheet *sheet, const char *who, const char *secret)
{
  g_assert_cmpstr (sheet->who, ==, who);
  g_assert_null (strstr (sheet->about, secret));
  for (guint i = 0; i < sheet->facts->len; i++)
    g_assert_null (strstr (g_ptr_array_index (sheet->facts, i), secret));
}

static void
test_a_sheet_masks_whatever_the_screen_shows (Fixture *fixture, gconstpointer data)
{
  GxId id = plan_for_task (fixture);
  GxContactPoint *number = gxt_fake_desk_add (fixture->desk, &gx_contact_point_entity);
  GxcVisitSheet *sheet;

  number->customer_id = fixture->chen;
  number->kind = GX_CONTACT_MOBILE;
  number->value = g_strdup ("13812345678");
  number->is_primary = TRUE;
  g_assert_false (gxc_desk_get_curtain (GXC_DESK (fixture->desk)));
  sheet = gxc_visit_sheet_read (GXC_DESK (fixture->desk), visit (fixture, &id));
  assert_sheet_says (sheet, "C* 0416", "13812345678");
  g_assert_nonnull (strstr (sheet->about, "138****5678"));
  g_assert_false (sheet->over);
  gxc_visit_sheet_free (sheet);
}

static void
test_a_sheet_of_what_is_done_counts_and_quotes_nothing (Fixture *fixture, gconstpointer data)
{
  GxId id = plan_for_task (fixture);
  GxcVisitSheet *sheet;

  act (fixture, "visits.forward");
  gxc_visits_form_set (form_of (fixture), &(GxcTalk) { .met = (char *) "Wu, Li", .purpose = GX_PURPOSE_SALES, .notes = (char *) "secret 800000",
                       .need = GX_NEED_FINANCING, .need_detail = (char *) "secret loan", .next = (char *) "secret terms",
                       .next_day = gx_date_from_ymd (2026, 11, 27), .mood = GX_INT_NONE });
  act (fixture, "visits.forward");
  sheet = gxc_visit_sheet_read (GXC_DESK (fixture->desk), visit (fixture, &id));
  g_assert_true (sheet->over);
  assert_sheet_says (sheet, "C* 0416", "secret");
  g_assert_cmpuint (sheet->facts->len, ==, 4);              /* purpose, how many were met, need, when the next step is due */
  gxc_visit_sheet_free (sheet);
}

static void
test_a_day_on_paper (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("gxt-XXXXXX", NULL), *path = g_build_filename (folder, "day.pdf", NULL), *contents = NULL;
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GPtrArray) stops = NULL;
  g_autoptr(GxcVisitsPaper) paper = NULL;
  g_autoptr(GError) error = NULL;
  gsize size;

  add_visit (fixture, &fixture->zhang, at (24, 9, 30), 1, GX_VISIT_DONE);
  add_visit (fixture, &fixture->firm, at (24, 11, 0), 2, GX_VISIT_PLANNED);
  stops = gxc_visits_read_day (GXC_DESK (fixture->desk), gx_date_from_ymd (2026, 11, 24), NULL);
  g_assert_cmpuint (stops->len, ==, 2);
  paper = gxc_visits_paper_new (fixture->page, GXC_DESK (fixture->desk), stops, gx_date_from_ymd (2026, 11, 24), TRUE);
  g_assert_true (gxc_print_export (&gxc_visits_paper_ops, paper, file, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &contents, &size, NULL));
  g_assert_true (size > 5000 && g_str_has_prefix (contents, "%PDF-"));
  g_assert_cmpint (gxc_visits_paper_ops.begin (paper, gtk_widget_get_pango_context (fixture->page), 700, 1000), ==, 2);  /* the list, and the sheet of what is to come */
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* --- taking along ------------------------------------------------------------------------------------------------- */

#define KB 1000

static GxcVisitsAlong *
open_along (Fixture *fixture)
{
  act (fixture, "visits.along");
  return GXC_VISITS_ALONG (gxt_find_first (fixture->page, GXC_TYPE_VISITS_ALONG));
}

/* The day's customers first, then whoever's documents come by themselves; each with what is here of him. */
static void
test_what_is_here_is_told (Fixture *fixture, gconstpointer data)
{
  GxcVisitsAlong *along;

  add_visit (fixture, &fixture->firm, at (24, 14, 0), 1, GX_VISIT_PLANNED);
  gxt_fake_carry_add (fixture->desk, &fixture->zhang, GXC_CARRY_PINNED, 300 * KB, at (22, 9, 0));
  gxt_fake_carry_add (fixture->desk, &fixture->zhang, GXC_CARRY_PINNED, 200 * KB, at (24, 9, 0));
  gxt_fake_carry_add (fixture->desk, &fixture->firm, GXC_CARRY_TODAY, 400 * KB, 0);
  gxt_fake_carry_add (fixture->desk, &fixture->firm, GXC_CARRY_TODAY, 100 * KB, at (24, 9, 0));
  along = open_along (fixture);
  settle ();
  GXT_WAIT_FOR (gxt_count_saying (GTK_WIDGET (along), "1 of 2 documents here · 100\u00a0kB of 500\u00a0kB · came 1 h ago"));
  GXT_WAIT_FOR (gxt_count_saying (GTK_WIDGET (along), "2 documents here · 500\u00a0kB · came 2 d ago"));
  GXT_WAIT_FOR (gxt_count_saying (GTK_WIDGET (along), "Visit today"));
  GXT_WAIT_FOR (gxt_count_saying (GTK_WIDGET (along), "Pinned"));
  GXT_WAIT_FOR (gxt_count_saying (GTK_WIDGET (along), "3 documents · 600\u00a0kB, room for 256\u00a0MB · the oldest came 2 d ago"));
  GXT_WAIT_FOR (gxt_count_saying (GTK_WIDGET (along), "3 of 4 documents are here · 600\u00a0kB of 1\u00a0MB"));
  gxc_visits_along_search (along, "chen");
  GXT_WAIT_FOR (gxt_count_saying (GTK_WIDGET (along), "Record here · no documents"));
  gxc_visits_along_choose (along, 0, TRUE);                     /* there is nothing to take */
  GXT_WAIT_FOR (gxt_count_saying (GTK_WIDGET (along), "0 chosen"));
}

/* Two customers have the same paper: each row counts it, the sum once, and says so. */
static void
test_what_is_kept_once_is_told (Fixture *fixture, gconstpointer data)
{
  GxcVisitsAlong *along;

  gxt_fake_carry_add (fixture->desk, &fixture->zhang, GXC_CARRY_PINNED, 300 * KB, at (22, 9, 0));
  along = open_along (fixture);
  GXT_WAIT_FOR (gxt_count_saying (GTK_WIDGET (along), "1 document · 300\u00a0kB, room for 256\u00a0MB · the oldest came 2 d ago"));
  gxt_fake_carry_add (fixture->desk, &fixture->firm, GXC_CARRY_PINNED, 300 * KB, at (22, 9, 0))->again = TRUE;
  gxc_visits_along_search (along, NULL);
  g_assert_true (gxt_wait_saying (GTK_WIDGET (along), "1 document here · 300\u00a0kB · came 2 d ago", 2));
  GXT_WAIT_FOR (gxt_count_saying (GTK_WIDGET (along), "2 documents · 300\u00a0kB, room for 256\u00a0MB · the oldest came 2 d ago · the same content is kept once"));
}

/* Chosen from one search to the next, with what there is to fetch; the same button leaves behind who is taken along. */
static void
test_taking_along (Fixture *fixture, gconstpointer data)
{
  GPtrArray *carried = gxt_fake_carry_all (fixture->desk);
  GxcVisitsAlong *along;

  gxt_fake_carry_add (fixture->desk, &fixture->zhang, GXC_CARRY_NOT, 300 * KB, 0);
  gxt_fake_carry_add (fixture->desk, &fixture->chen, GXC_CARRY_NOT, 200 * KB, 0);
  along = open_along (fixture);
  GXT_WAIT_FOR (gxt_count_saying (GTK_WIDGET (along), "No document comes by itself. Search for whom you want to take along."));
  gxc_visits_along_search (along, "zhang");
  gxc_visits_along_choose (along, 0, TRUE);
  gxc_visits_along_search (along, "chen");
  gxc_visits_along_choose (along, 0, TRUE);
  GXT_WAIT_FOR (gxt_count_saying (GTK_WIDGET (along), "2 chosen · 500\u00a0kB to fetch"));
  act (fixture, "visits.keep");                                 /* Ctrl+S */
  g_assert_cmpint (((GxcCarried *) carried->pdata[0])->why, ==, GXC_CARRY_TAKEN);
  g_assert_cmpint (((GxcCarried *) carried->pdata[1])->taken_at, ==, gxc_desk_now (GXC_DESK (fixture->desk)));
  g_assert_true (gxt_wait_saying (fixture->window, "2 customers are taken along", 1));
  GXT_WAIT_FOR (gxt_count_saying (GTK_WIDGET (along), "0 chosen"));

  gxc_visits_along_search (along, NULL);
  gxc_visits_along_choose (along, 1, TRUE);
  GXT_WAIT_FOR (gxt_count_saying (GTK_WIDGET (along), "Leave behind"));
  act (fixture, "visits.along-take");
  g_assert_cmpint (((GxcCarried *) carried->pdata[1])->taken_at, ==, 0);
  g_assert_cmpint (((GxcCarried *) carried->pdata[0])->why, ==, GXC_CARRY_TAKEN);
  act (fixture, "visits.along-close");
  g_assert_null (gxt_find (fixture->page, GXC_TYPE_VISITS_ALONG));
}

/* What stands in the way is told with what would make it possible. */
static void
test_refusals_say_what_helps (Fixture *fixture, gconstpointer data)
{
  GxcSyncSummary *summary = gxt_fake_desk_summary (fixture->desk);
  GxcCarried *carried = gxt_fake_carry_add (fixture->desk, &fixture->zhang, GXC_CARRY_TAKEN, 300 * KB, 0);
  GxcVisitsAlong *along;

  summary->online = FALSE;
  along = open_along (fixture);
  GXT_WAIT_FOR (gxt_count_saying (GTK_WIDGET (along), "1 document waits for the network"));
  GXT_WAIT_FOR (gxt_count_saying (GTK_WIDGET (along), "Try now"));
  summary->online = summary->signed_out = TRUE;
  gxc_visits_along_search (along, NULL);
  GXT_WAIT_FOR (gxt_count_saying (GTK_WIDGET (along), "1 document waits: sign in again and it comes"));
  summary->signed_out = FALSE;
  carried->fits = FALSE;
  gxc_visits_along_search (along, NULL);
  GXT_WAIT_FOR (gxt_count_saying (GTK_WIDGET (along), "1 document (300\u00a0kB) has no room beside the others in 256\u00a0MB: give them more, or leave somebody behind"));
  GXT_WAIT_FOR (gxt_count_saying (GTK_WIDGET (along), "More room"));
  carried->why = GXC_CARRY_CORE;                                /* nobody chose it: no alarm */
  gxc_visits_along_search (along, NULL);
  GXT_WAIT_FOR (gxt_count_saying (GTK_WIDGET (along), "1 document of core customers and due tasks has no room in 256\u00a0MB"));
  g_assert_false (gtk_widget_has_css_class (gxt_find_saying (GTK_WIDGET (along), "1 document of core customers"), "gx-amber"));
  carried->why = GXC_CARRY_TAKEN;
  gxt_fake_carry_room (fixture->desk)->no_disk = TRUE;
  gxc_visits_along_search (along, NULL);
  GXT_WAIT_FOR (gxt_count_saying (GTK_WIDGET (along), "The disk is nearly full: free some of it and the documents come"));
  gxt_fake_carry_room (fixture->desk)->no_disk = FALSE;
  carried->fits = carried->refused = TRUE;
  gxc_visits_along_search (along, NULL);
  GXT_WAIT_FOR (gxt_count_saying (GTK_WIDGET (along), "The bank does not give 1 document: the customer may be somebody else's now"));
  carried->refused = carried->allowed = FALSE;
  carried->why = GXC_CARRY_NOT;
  gxc_visits_along_search (along, "zhang");
  GXT_WAIT_FOR (gxt_count_saying (GTK_WIDGET (along), "Record here · documents open only to who manages the customer"));
}

/* A document that comes does not take the focus or the ticks from who is choosing. */
static void
test_news_disturb_nobody (Fixture *fixture, gconstpointer data)
{
  GxcCarried *carried = gxt_fake_carry_add (fixture->desk, &fixture->zhang, GXC_CARRY_PINNED, 300 * KB, 0);
  GxcVisitsAlong *along = open_along (fixture);
  GtkWidget *list, *row;

  gxc_visits_along_choose (along, 0, TRUE);
  list = gxt_find (GTK_WIDGET (along), GTK_TYPE_LIST_BOX);
  row = GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0));
  gtk_widget_grab_focus (row);
  carried->here = TRUE;
  carried->since = at (24, 10, 20);
  gxc_desk_emit_changed (GXC_DESK (fixture->desk), "attachment");
  g_assert_true (gxt_wait_saying (GTK_WIDGET (along), "1 document here · 300\u00a0kB · came 2 min ago", 1));
  g_assert_true (gtk_widget_is_focus (row));
  GXT_WAIT_FOR (gxt_count_saying (GTK_WIDGET (along), "1 chosen"));
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "Asia/Shanghai", TRUE);       /* the clock's hour is the bank's */
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  gxc_shell_init ();
  add ("/visits/day/in_its_order", test_a_day_in_its_order);
  add ("/visits/day/midnight_moves_whatever_says_today", test_midnight);
  add ("/visits/day/a_visit_goes_on_past_midnight", test_visit_past_midnight);
  add ("/visits/day/by_hand_by_district_and_by_time", test_the_order_by_hand_and_by_district);
  add ("/visits/day/shows_the_hours_it_is_ordered_by", test_a_day_shows_the_hours_it_is_ordered_by);
  add ("/visits/day/a_company_has_room_for_its_name", test_a_company_has_room_for_its_name);
  add ("/visits/day/comes_before_its_orders", test_the_day_comes_before_its_orders);
  add ("/visits/day/one_action_is_primary", test_one_action_is_primary);
  add ("/visits/day/a_first_sync_is_waited_for", test_a_first_sync_is_waited_for);
  add ("/visits/day/another_day_and_not_at_all", test_another_day_and_not_at_all);
  add ("/visits/plan/from_a_task_and_a_search", test_planning_from_a_task_and_a_search);
  add ("/visits/plan/from_a_cadence", test_planning_whom_one_has_not_met);
  add ("/visits/plan/slots_begin_with_now_and_tasks_keep_their_hour", test_slots_begin_with_now_and_tasks_keep_their_hour);
  add ("/visits/along/what_is_here_is_told", test_what_is_here_is_told);
  add ("/visits/along/what_is_kept_once_is_told", test_what_is_kept_once_is_told);
  add ("/visits/along/is_chosen_over_several_searches", test_taking_along);
  add ("/visits/along/a_refusal_says_what_helps", test_refusals_say_what_helps);
  add ("/visits/along/what_comes_disturbs_nobody", test_news_disturb_nobody);
  add ("/visits/visit/checking_in_writes_two_rows", test_checking_in_writes_two_rows);
  add ("/visits/visit/checking_out_writes_all_of_it_once", test_checking_out_writes_all_of_it_once);
  add ("/visits/visit/what_is_typed_survives_other_stops_and_refusals", test_what_is_typed_survives_other_stops_and_refusals);
  add ("/visits/visit/an_untouched_template_says_nothing", test_an_untouched_template_says_nothing);
  add ("/visits/visit/begins_on_its_own_day", test_a_visit_begins_on_its_own_day);
  add ("/visits/photos/belong_to_the_visit_that_goes_on", test_photos_of_a_visit);
  add ("/visits/photos/tell_how_far_they_are", test_photos_tell_how_far_they_are);
  add ("/visits/photos/are_taken_back_until_check_out", test_a_photo_is_taken_back_until_check_out);
  add ("/visits/photos/say_why_they_are_refused", test_a_photo_that_is_refused_says_why);
  add ("/visits/before/paper_says_no_amounts", test_paper_says_no_amounts);
  add ("/visits/paper/a_sheet_masks_whatever_the_screen_shows", test_a_sheet_masks_whatever_the_screen_shows);
  add ("/visits/paper/what_is_done_is_counted_not_quoted", test_a_sheet_of_what_is_done_counts_and_quotes_nothing);
  add ("/visits/paper/documents_are_named", test_a_sheet_names_documents);
  add ("/visits/paper/a_day_is_a_list_and_its_sheets", test_a_day_on_paper);
  return g_test_run ();
}
