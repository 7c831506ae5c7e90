/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of tasks on a desk of rows made by hand: what stands under which heading and on which day, what is done to one and
 * to many and taken back, working days of a calendar with a holiday and a make-up day, and plans. The desk's clock stands at
 * 2026-11-24 10:22, a Tuesday. */

#include <string.h>

#include "gx-calendar-day.h"
#include "gx-customer.h"
#include "gx-plan-tmpl.h"
#include "gx-plan.h"
#include "gx-task.h"
#include "gx-text.h"
#include "gxc-calendar.h"
#include "gxc-day-cell.h"
#include "gxc-day-picker.h"
#include "gxc-form.h"
#include "gxc-look.h"
#include "gxc-month-view.h"
#include "gxc-room-layout.h"
#include "gxc-tasks-list.h"
#include "gxc-plan-edits.h"
#include "gxc-plan-panel.h"
#include "gxc-shell.h"
#include "gxc-task-edits.h"
#include "gxc-task-row.h"
#include "gxc-tasks-filter-bar.h"
#include "gxc-tasks-page.h"
#include "gxc-window.h"
#include "gxt-fake-desk.h"
#include "gxt-find.h"
#include "gxt-screenshot.h"

typedef struct
{
  GxtFakeDesk *desk;
  GtkWidget   *window;
  GtkWidget   *page;
  GxId         late, today, week, later, done, customer;
} Fixture;

static gint32
day (int month, int dom)
{
  return gx_date_from_ymd (2026, month, dom);
}

static gint64
at (int month, int dom, int hour)
{
  return gxc_local_moment (day (month, dom), 0) + (hour - 9) * G_GINT64_CONSTANT (3600000);
}

static void
add_day (Fixture *fixture, gint32 date, int kind, const char *name)
{
  GxCalendarDay *row = gxt_fake_desk_add (fixture->desk, &gx_calendar_day_entity);

  row->date = date;
  row->kind = kind;
  row->name = g_strdup (name);
}

static GxId
add_task (Fixture *fixture, const char *title, gint64 due_at, int status)
{
  GxTask *task = gxt_fake_desk_add (fixture->desk, &gx_task_entity);

  task->title = g_strdup (title);
  task->kind = GX_TASK_CALL;
  task->due_at = due_at;
  task->priority = 2;
  task->status = status;
  task->assignee_id = gxc_desk_get_person (GXC_DESK (fixture->desk))->employee_id;
  task->customer_id = fixture->customer;
  return task->meta.id;
}

static GxId
add_template (Fixture *fixture)
{
  static const struct { const char *title; int days, counted; } steps[] = {
    { "Call at once", 0, GX_OFFSET_WORKDAY }, { "Meet", 2, GX_OFFSET_WORKDAY }, { "Look again", 4, GX_OFFSET_CALENDAR },
  };
  GxPlanTmpl *tmpl = gxt_fake_desk_add (fixture->desk, &gx_plan_tmpl_entity);

  tmpl->code = g_strdup ("CARE");
  tmpl->name = g_strdup ("Care");
  tmpl->version = 1;
  tmpl->status = GX_TMPL_PUBLISHED;
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      GxPlanItemTmpl *step = gxt_fake_desk_add (fixture->desk, &gx_plan_item_tmpl_entity);

      step->tmpl_id = tmpl->meta.id;
      step->seq = i + 1;
      step->title = g_strdup (steps[i].title);
      step->kind = GX_TASK_CALL;
      step->offset_days = steps[i].days;
      step->offset_kind = steps[i].counted;
      step->required = TRUE;
    }
  return tmpl->meta.id;
}

/* The 26th is off, and Saturday the 28th is worked for it. */
static void
fill (Fixture *fixture)
{
  GxCustomer *customer = gxt_fake_desk_add (fixture->desk, &gx_customer_entity);

  customer->name = g_strdup ("张明远");
  customer->name_pinyin = g_strdup ("zhang ming yuan");
  customer->name_initials = g_strdup ("zmy");
  customer->cif_no = g_strdup ("3300012217");
  customer->tier = GX_TIER_GOLD;
  fixture->customer = customer->meta.id;
  add_day (fixture, day (11, 26), GX_DAY_HOLIDAY, "行庆");
  add_day (fixture, day (11, 28), GX_DAY_MAKEUP, "行庆调休");
  fixture->late = add_task (fixture, "late one", at (11, 23, 10), GX_TASK_OPEN);
  fixture->today = add_task (fixture, "today's", at (11, 24, 16), GX_TASK_OPEN);
  fixture->week = add_task (fixture, "this week's", at (11, 27, 10), GX_TASK_OPEN);
  fixture->later = add_task (fixture, "a later one", at (12, 20, 10), GX_TASK_OPEN);
  fixture->done = add_task (fixture, "a done one", at (11, 20, 10), GX_TASK_DONE);
  add_task (fixture, "of long ago", at (9, 1, 10), GX_TASK_DONE);
}

/* Until nothing is left to do: what is read anew after a change waits for an idle moment. */
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
  gtk_widget_activate_action (fixture->window, "win.show-page", "s", "tasks");
  settle ();
  fixture->page = gxt_find_first (fixture->window, GXC_TYPE_TASKS_PAGE);
  g_assert_nonnull (fixture->page);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gxt_destroy (fixture->window);
  gxt_let_go (fixture->desk);
}

/* --- what is seen ------------------------------------------------------------------------------------------------- */

static void
collect_rows (GtkWidget *widget, GPtrArray *rows)
{
  if (GXC_IS_TASK_ROW (widget) && gtk_widget_get_mapped (widget))
    g_ptr_array_add (rows, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    collect_rows (child, rows);
}

/* The titles of the rows, one after the other, with their groups. */
static char *
listed (Fixture *fixture)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new ();
  GString *titles = g_string_new (NULL);

  collect_rows (fixture->page, rows);
  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (titles, "%s%u %s", i ? ", " : "", gxc_task_row_get_group (rows->pdata[i]),
                            ((const GxTask *) gx_record_get_data (gxc_task_row_get_task (rows->pdata[i])))->title);
  return g_string_free (titles, FALSE);
}

static void
assert_listed (Fixture *fixture, const char *expected)
{
  g_autofree char *titles = NULL;

  settle ();
  titles = listed (fixture);
  g_assert_cmpstr (titles, ==, expected);
}

static const GxTask *
task (Fixture *fixture, const GxId *id)
{
  g_autoptr(GxRecord) record = gxc_desk_read_one (GXC_DESK (fixture->desk), &gx_task_entity, id, NULL);

  return gx_record_get_data (record);       /* the desk has it too */
}

static void
choose (Fixture *fixture, guint n)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new ();

  collect_rows (fixture->page, rows);
  gxc_task_row_set_chosen (g_ptr_array_index (rows, n), TRUE);
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

/* --- the list ----------------------------------------------------------------------------------------------------- */

#define ALL "0 late one, 1 today's, 2 this week's, 3 a later one, 4 a done one"

static void
test_groups (Fixture *fixture, gconstpointer data)
{
  assert_listed (fixture, ALL);
  GXT_WAIT_FOR (gxt_count_saying (fixture->page, "Overdue"));
  GXT_WAIT_FOR (gxt_count_saying (fixture->page, "Done lately"));
  GXT_WAIT_FOR (gxt_count_saying (fixture->page, "张明远"));
  GXT_WAIT_FOR (gxt_count_saying (fixture->page, "△ Important"));
}

static void
test_many_are_counted (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new ();

  for (int i = 0; i < 99; i++)
    add_task (fixture, "one of many", at (12, 3 + i % 17, 10), GX_TASK_OPEN);
  gxc_page_refresh (GXC_PAGE (fixture->page));
  settle ();
  collect_rows (fixture->page, rows);
  g_assert_cmpuint (rows->len, ==, 84);
  GXT_WAIT_FOR (gxt_count_saying (fixture->page, "100"));
  GXT_WAIT_FOR (gxt_count_saying (fixture->page, "the first 80 are shown"));
}

static void
test_the_curtain (Fixture *fixture, gconstpointer data)
{
  gxc_desk_set_curtain (GXC_DESK (fixture->desk), TRUE);
  settle ();
  g_assert_false (gxt_count_saying (fixture->page, "张明远"));
  GXT_WAIT_FOR (gxt_count_saying (fixture->page, "2217"));
  act (fixture, "tasks.view");
  g_assert_false (gxt_count_saying (fixture->page, "张明远"));
  gxc_desk_set_curtain (GXC_DESK (fixture->desk), FALSE);
  settle ();
  GXT_WAIT_FOR (gxt_count_saying (fixture->page, "张明远"));
}

static void
test_done_and_undone (Fixture *fixture, gconstpointer data)
{
  act (fixture, "tasks.done");
  g_assert_cmpint (task (fixture, &fixture->late)->status, ==, GX_TASK_DONE);
  assert_listed (fixture, "1 today's, 2 this week's, 3 a later one, 4 late one, 4 a done one");
  GXT_WAIT_FOR (gxt_fake_desk_n_calls (fixture->desk, "save") == 1);
  gtk_widget_activate_action (fixture->page, "win.undo", NULL);
  assert_listed (fixture, ALL);
}

static void
test_snooze_and_shift_over_the_holiday (Fixture *fixture, gconstpointer data)
{
  act (fixture, "tasks.snooze");
  g_assert_cmpint (task (fixture, &fixture->late)->due_at, ==, at (11, 25, 9));
  g_assert_cmpint (task (fixture, &fixture->late)->snooze_cnt, ==, 1);
  /* It stands on the task that took its place. */
  act (fixture, "tasks.shift(1)");
  g_assert_cmpint (task (fixture, &fixture->today)->due_at, ==, at (11, 25, 16));
  /* The next one goes over Sunday, and from the holiday back before it. */
  act (fixture, "tasks.shift(-1)");
  g_assert_cmpint (task (fixture, &fixture->late)->due_at, ==, at (11, 24, 9));
}

static void
test_shifts_know_the_calendar (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GxcCalendar) calendar = gxc_calendar_new (GXC_DESK (fixture->desk));
  g_autoptr(GPtrArray) tasks = g_ptr_array_new_with_free_func (g_object_unref);
  static const struct { int by, month, dom; } rows[] = { { 1, 11, 28 }, { 2, 11, 30 }, { -1, 11, 25 }, { -2, 11, 24 } };

  g_ptr_array_add (tasks, gxc_desk_read_one (GXC_DESK (fixture->desk), &gx_task_entity, &fixture->week, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GPtrArray) changes = gxc_task_changes_shift (calendar, tasks, rows[i].by);
      const GxcChangeItem *item = g_ptr_array_index (changes, 0);

      g_assert_cmpint (((const GxTask *) item->row)->due_at, ==, at (rows[i].month, rows[i].dom, 10));
    }
}

static void
test_a_reminder_goes_with_its_task (Fixture *fixture, gconstpointer data)
{
  act (fixture, "tasks.remind(30)");
  g_assert_cmpint (task (fixture, &fixture->late)->remind_at, ==, at (11, 23, 10) - 1800000);
  act (fixture, "tasks.week(1)");
  g_assert_cmpint (task (fixture, &fixture->late)->due_at, ==, at (11, 30, 10));
  g_assert_cmpint (task (fixture, &fixture->late)->remind_at, ==, at (11, 30, 10) - 1800000);
}

static void
test_many_at_once (Fixture *fixture, gconstpointer data)
{
  choose (fixture, 0);
  choose (fixture, 1);
  choose (fixture, 2);
  GXT_WAIT_FOR (gxt_count_saying (fixture->page, "3 chosen"));
  act (fixture, "tasks.move(20790)");       /* 2026-12-03 */
  GXT_WAIT_FOR (gxt_fake_desk_n_calls (fixture->desk, "save") == 1);
  g_assert_cmpint (gxc_local_day (task (fixture, &fixture->today)->due_at), ==, 20790);
  g_assert_cmpint (gxc_local_day (task (fixture, &fixture->week)->due_at), ==, 20790);
  assert_listed (fixture, "3 late one, 3 this week's, 3 today's, 3 a later one, 4 a done one");
  gtk_widget_activate_action (fixture->page, "win.undo", NULL);
  assert_listed (fixture, ALL);
}

static void
test_done_is_done_again_in_a_month (Fixture *fixture, gconstpointer data)
{
  g_autofree char *titles = NULL;

  choose (fixture, 4);
  act (fixture, "tasks.repeat((0, 1))");
  assert_listed (fixture, "0 late one, 1 today's, 2 this week's, 3 a later one, 3 a done one, 4 a done one");
}

static void
test_a_filter_is_a_chip (Fixture *fixture, gconstpointer data)
{
  GxcTasksFilterBar *bar = GXC_TASKS_FILTER_BAR (gxt_find_first (fixture->page, GXC_TYPE_TASKS_FILTER_BAR));
  GxId nobody = { { 9 } };

  gxc_tasks_filter_bar_set_kind (bar, GX_TASK_VISIT);
  assert_listed (fixture, "");
  GXT_WAIT_FOR (gxt_count_saying (fixture->page, "No task like this"));
  gxc_tasks_filter_bar_set_kind (bar, 0);
  gxc_tasks_filter_bar_set_customer (bar, &fixture->customer);
  assert_listed (fixture, ALL);
  GXT_WAIT_FOR (gxt_count_saying (GTK_WIDGET (bar), "2217"));
  gxc_tasks_filter_bar_set_customer (bar, &nobody);
  assert_listed (fixture, "");
}

static void
test_a_refusal_is_told (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "the disk is full");

  gxt_fake_desk_fail_next (fixture->desk, error);
  act (fixture, "tasks.done");
  g_assert_cmpint (task (fixture, &fixture->late)->status, ==, GX_TASK_OPEN);
  GXT_WAIT_FOR (gxt_count_saying (fixture->window, "the disk is full"));
}

static void
test_a_task_opens_beside_the_list (Fixture *fixture, gconstpointer data)
{
  GtkWidget *list = gxt_find_first (fixture->page, GXC_TYPE_TASKS_LIST), *focus;

  act (fixture, "tasks.new");
  g_assert_true (gxc_form_is_open (GXC_FORM (gxt_find_first (fixture->page, GXC_TYPE_FORM))));
  g_assert_true (gxc_page_escape (GXC_PAGE (fixture->page)));
  focus = gtk_root_get_focus (gtk_widget_get_root (fixture->page));
  g_assert_true (focus && gtk_widget_is_ancestor (focus, list));        /* the arrows go on where they were */
  g_assert_false (gxc_page_escape (GXC_PAGE (fixture->page)));
}

/* --- the month ---------------------------------------------------------------------------------------------------- */

static void
test_the_month_shows_days (Fixture *fixture, gconstpointer data)
{
  GxcMonthView *month;

  act (fixture, "tasks.view");
  month = GXC_MONTH_VIEW (gxt_find_first (fixture->page, GXC_TYPE_MONTH_VIEW));
  g_assert_cmpint (gxc_month_view_get_day (month), ==, day (11, 24));
  assert_listed (fixture, "1 today's");
  GXT_WAIT_FOR (gxt_count_saying (GTK_WIDGET (month), "off 行庆"));
  GXT_WAIT_FOR (gxt_count_saying (GTK_WIDGET (month), "worked 行庆调休"));
  GXT_WAIT_FOR (gxt_count_saying (GTK_WIDGET (month), "! late one\u00a0· 张明远"));
  gxc_month_view_set_day (month, day (11, 27));
  assert_listed (fixture, "2 this week's");
  GXT_WAIT_FOR (gxt_count_saying (fixture->page, "2026-11-27"));
  gxc_month_view_turn (month, 1);
  GXT_WAIT_FOR (gxt_count_saying (GTK_WIDGET (month), "a later one\u00a0· 张明远"));
}

/* The label of a day's task, and of a day's number. */
static GtkWidget *
find_label (Fixture *fixture, const char *words)
{
  GtkWidget *label = gxt_find_saying (gxt_find_first (fixture->page, GXC_TYPE_MONTH_VIEW), words);

  g_assert_true (GTK_IS_LABEL (label));
  return label;
}

static gboolean
is_whole (GtkWidget *label)
{
  return !pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (label)));
}

/* A day with one task has the room to say all of it, one with many at least what is to be done; the tooltip says when. */
static void
test_words_have_the_room_of_their_day (Fixture *fixture, gconstpointer data)
{
  static const char * const alone = "Renewal of the mortgage, with papers\u00a0· 张明远", *many = "Yearly talk 3\u00a0· 张明远";
  GtkWidget *label;

  add_task (fixture, "Renewal of the mortgage, with papers", at (11, 25, 10), GX_TASK_OPEN);
  for (int i = 0; i < 9; i++)
    {
      g_autofree char *title = g_strdup_printf ("Yearly talk %d", i + 1);

      add_task (fixture, title, at (11, 30, 8 + i), GX_TASK_OPEN);
    }
  act (fixture, "tasks.view");
  settle ();
  label = find_label (fixture, alone);
  g_assert_true (is_whole (label));
  g_assert_cmpint (pango_layout_get_line_count (gtk_label_get_layout (GTK_LABEL (label))), >, 1);
  g_assert_cmpstr (gtk_widget_get_tooltip_text (label), ==, "10:00 · Renewal of the mortgage, with papers · 张明远 2217");
  label = find_label (fixture, many);
  g_assert_cmpint (pango_layout_get_line_count (gtk_label_get_layout (GTK_LABEL (label))), ==, 1);
  g_assert_true (gxt_find_saying (gxt_find_first (fixture->page, GXC_TYPE_MONTH_VIEW), "5 more")
                 || gxt_find_saying (gxt_find_first (fixture->page, GXC_TYPE_MONTH_VIEW), "6 more"));
}

/* The words in what is drawn, each of one colour; nothing is made fainter than its colour. */
static guint
count_words_drawn (GskRenderNode *node, const GdkRGBA *colour)
{
  guint n = 0;

  switch ((int) gsk_render_node_get_node_type (node))
    {
    case GSK_CONTAINER_NODE:
      for (guint i = 0; i < gsk_container_node_get_n_children (node); i++)
        n += count_words_drawn (gsk_container_node_get_child (node, i), colour);
      return n;
    case GSK_TRANSFORM_NODE:
      return count_words_drawn (gsk_transform_node_get_child (node), colour);
    case GSK_CLIP_NODE:
      return count_words_drawn (gsk_clip_node_get_child (node), colour);
    case GSK_ROUNDED_CLIP_NODE:
      return count_words_drawn (gsk_rounded_clip_node_get_child (node), colour);
    case GSK_TEXT_NODE:
      g_assert_true (gdk_rgba_equal (gsk_text_node_get_color (node), colour));
      return 1;
    default:
      g_assert_cmpint (gsk_render_node_get_node_type (node), !=, GSK_OPACITY_NODE);
      return 0;
    }
}

/* A day of the month before is grey as captions are, not faded. */
static void
test_days_outside_the_month_can_be_read (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GdkPaintable) paintable = NULL;
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderNode *node;
  GtkWidget *cell;

  add_task (fixture, "of October", at (10, 27, 10), GX_TASK_DONE);
  act (fixture, "tasks.view");
  gxt_wait_ms (100);
  cell = gtk_widget_get_ancestor (find_label (fixture, "✓ of October\u00a0· 张明远"), GXC_TYPE_DAY_CELL);
  paintable = gtk_widget_paintable_new (cell);
  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (cell), gtk_widget_get_height (cell));
  node = gtk_snapshot_free_to_node (snapshot);
  g_assert_cmpuint (count_words_drawn (node, gxc_token_rgba (GXC_TOKEN_DIM)), >=, 2);       /* its number and its task */
  gsk_render_node_unref (node);
}

static void
test_all_of_a_day_is_beside_it (Fixture *fixture, gconstpointer data)
{
  add_task (fixture, "early", at (11, 24, 9), GX_TASK_OPEN);
  add_task (fixture, "evening", at (11, 24, 20), GX_TASK_OPEN);
  add_task (fixture, "done early", at (11, 24, 8), GX_TASK_DONE);
  act (fixture, "tasks.view");
  assert_listed (fixture, "0 early, 1 today's, 1 evening, 4 done early");
}

static void
test_a_task_is_dropped_on_a_day (Fixture *fixture, gconstpointer data)
{
  GtkWidget *month;

  act (fixture, "tasks.view");
  month = gxt_find_first (fixture->page, GXC_TYPE_MONTH_VIEW);
  g_signal_emit_by_name (month, "moved", GX_ID_STR (&fixture->late), day (11, 25));
  settle ();
  g_assert_cmpint (task (fixture, &fixture->late)->due_at, ==, at (11, 25, 10));
  g_assert_cmpint (task (fixture, &fixture->today)->due_at, ==, at (11, 24, 16));
}

/* --- plans -------------------------------------------------------------------------------------------------------- */

static void
test_a_plan_makes_its_tasks (Fixture *fixture, gconstpointer data)
{
  GPtrArray *plans = gxt_fake_desk_rows (fixture->desk, &gx_plan_entity);
  GxcPlanPanel *panel;
  GxId tmpl = add_template (fixture);

  act (fixture, "tasks.plan");
  panel = GXC_PLAN_PANEL (gxt_find_first (fixture->page, GXC_TYPE_PLAN_PANEL));
  GXT_WAIT_FOR (gxt_count_saying (GTK_WIDGET (panel), "张明远"));
  GXT_WAIT_FOR (gxt_count_saying (GTK_WIDGET (panel), "Meet"));
  gxc_plan_panel_start (panel);
  settle ();
  GXT_WAIT_FOR (gxt_fake_desk_n_calls (fixture->desk, "save") == 1);
  g_assert_cmpuint (plans->len, ==, 1);
  g_assert_true (gxc_plan_is_running (GXC_DESK (fixture->desk), &tmpl, &fixture->customer));
  /* At once; two working days on, over the holiday; four days on is the Saturday that is worked. */
  assert_listed (fixture, "0 late one, 0 Call at once, 1 today's, 2 Meet, 2 this week's, 2 Look again, 3 a later one, 4 a done one");
}

static GxId
start_plan (Fixture *fixture, GPtrArray **out_changes)
{
  g_autoptr(GxcCalendar) calendar = gxc_calendar_new (GXC_DESK (fixture->desk));
  GxId tmpl_id = add_template (fixture);
  g_autoptr(GxRecord) tmpl = gxc_desk_read_one (GXC_DESK (fixture->desk), &gx_plan_tmpl_entity, &tmpl_id, NULL);

  *out_changes = gxc_plan_changes_start (GXC_DESK (fixture->desk), calendar, tmpl, &fixture->customer, day (11, 24), NULL);
  return ((const GxMeta *) ((const GxcChangeItem *) g_ptr_array_index (*out_changes, 0))->row)->id;
}

static void
test_steps_fall_on_working_days (Fixture *fixture, gconstpointer data)
{
  static const struct { int month, dom; } days[] = { { 11, 24 }, { 11, 27 }, { 11, 28 } };
  g_autoptr(GPtrArray) changes = NULL;

  start_plan (fixture, &changes);
  g_assert_cmpuint (changes->len, ==, 4);
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      const GxTask *made = ((const GxcChangeItem *) g_ptr_array_index (changes, i + 1))->row;

      g_assert_cmpint (gxc_local_day (made->due_at), ==, day (days[i].month, days[i].dom));
      g_assert_false (gx_id_is_none (&made->plan_item_id));
    }
}

static void
test_a_plan_goes_on_with_its_tasks (Fixture *fixture, gconstpointer data)
{
  static const struct { gint64 pct; int status; } after[] = { { 33, GX_PLAN_RUNNING }, { 66, GX_PLAN_RUNNING }, { 100, GX_PLAN_DONE } };
  g_autoptr(GPtrArray) changes = NULL;
  GxId id = start_plan (fixture, &changes);

  gxc_desk_save (GXC_DESK (fixture->desk), changes, NULL, NULL);
  settle ();
  for (guint i = 0; i < G_N_ELEMENTS (after); i++)
    {
      GPtrArray *rows = gxt_fake_desk_rows (fixture->desk, &gx_task_entity);
      g_autoptr(GPtrArray) one = g_ptr_array_new (), done = NULL;
      g_autoptr(GxRecord) record = NULL;

      for (guint n = 0; n < rows->len && one->len == 0; n++)
        if (!gx_id_is_none (&((const GxTask *) gx_record_get_data (rows->pdata[n]))->plan_item_id)
            && ((const GxTask *) gx_record_get_data (rows->pdata[n]))->status == GX_TASK_OPEN)
          g_ptr_array_add (one, rows->pdata[n]);
      done = gxc_task_changes_done (GXC_DESK (fixture->desk), one);
      g_assert_cmpuint (done->len, ==, 2);
      gxc_desk_save (GXC_DESK (fixture->desk), done, NULL, NULL);
      settle ();
      record = gxc_desk_read_one (GXC_DESK (fixture->desk), &gx_plan_entity, &id, NULL);
      g_assert_cmpint (((const GxPlan *) gx_record_get_data (record))->pct, ==, after[i].pct);
      g_assert_cmpint (((const GxPlan *) gx_record_get_data (record))->status, ==, after[i].status);
    }
}

static void
on_picked_cb (GtkWidget *picker, int picked, gint32 *out_picked)
{
  *out_picked = picked;
}

/* On 2026-11-24 the 26th is off and the 28th worked: the second working day is the 27th. Buttons: three words, three over
 * the month, the days from Monday 2026-10-26 on. */
static void
test_a_day_is_picked (Fixture *fixture, gconstpointer data)
{
  GtkWidget *picker = gxc_day_picker_new (GXC_DESK (fixture->desk)), *window = gtk_window_new ();
  g_autoptr(GPtrArray) buttons = NULL;
  gint32 picked = 0;

  g_signal_connect (picker, "picked", G_CALLBACK (on_picked_cb), &picked);
  gtk_window_set_child (GTK_WINDOW (window), picker);
  gtk_window_present (GTK_WINDOW (window));
  g_assert_true (gxt_wait_saying (picker, "Nov 2026", 1));
  g_assert_true (gxt_wait_saying (picker, "off", 1));
  g_assert_true (gxt_wait_saying (picker, "worked", 1));
  buttons = gxt_find_all (picker, GTK_TYPE_BUTTON);
  g_assert_cmpuint (buttons->len, ==, 6 + 42);
  g_signal_emit_by_name (buttons->pdata[1], "clicked");
  g_assert_cmpint (picked, ==, day (11, 27));
  g_assert_false (gtk_widget_get_sensitive (buttons->pdata[6 + 28]));       /* yesterday */
  g_signal_emit_by_name (buttons->pdata[6 + 29], "clicked");
  g_assert_cmpint (picked, ==, day (11, 24));
  gtk_widget_activate_action (picker, "month.turn", "i", 1);
  g_assert_true (gxt_wait_saying (picker, "Dec 2026", 1));
  gtk_widget_activate_action (picker, "month.turn", "i", -3);               /* no further back than today */
  g_assert_true (gxt_wait_saying (picker, "Nov 2026", 1));
  gtk_window_destroy (GTK_WINDOW (window));
}

static guint
shown_at (GtkWidget *box, int width)
{
  guint shown = 0, bit = 1;

  gtk_widget_size_allocate (box, &(GtkAllocation) { 0, 0, width, 40 }, -1);
  for (GtkWidget *child = gtk_widget_get_first_child (box); child; child = gtk_widget_get_next_sibling (child), bit <<= 1)
    shown |= gtk_widget_get_child_visible (child) ? bit : 0;
  return shown;
}

/* Four buttons, the second and the third of which can be left out: first the third; the fifth, a menu, is there when one is. */
static void
test_what_has_no_room_is_left_out (Fixture *fixture, gconstpointer data)
{
  GtkWidget *box = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  int minimum, natural;

  for (guint i = 0; i < 4; i++)
    {
      GtkWidget *button = gtk_button_new_with_label ("A week on");

      if (i == 1 || i == 2)
        gtk_widget_add_css_class (button, GXC_IF_ROOM);
      gtk_box_append (GTK_BOX (box), button);
    }
  gtk_box_append (GTK_BOX (box), gxc_room_more_new (g_menu_new (), GTK_ARROW_UP));
  gtk_widget_set_layout_manager (box, gxc_room_layout_new ());
  gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, <, natural);
  g_assert_cmphex (shown_at (box, natural), ==, 0xf);
  g_assert_cmphex (shown_at (box, natural - 1), ==, 0x1b);
  g_assert_cmphex (shown_at (box, minimum), ==, 0x19);
  g_assert_cmphex (shown_at (box, natural + 50), ==, 0xf);
  g_object_unref (box);
}

static int
least_width (Fixture *fixture)
{
  int least;

  settle ();
  gtk_widget_measure (fixture->page, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  return least;
}

#define RAIL 90             /* px with text at 150 %, and the window's own frame */

/* The window can be 1024 wide with text at 150 %, in each view and with each thing that opens beside it, and keeps its rail. */
static void
test_large_text_fits (Fixture *fixture, gconstpointer data)
{
  static const char * const views[] = { "list", "month" };
  static const char * const sides[] = { "tasks.plan", "tasks.new" };
  int dpi;

  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 144 * 1024, NULL);
  add_template (fixture);
  for (guint v = 0; v < G_N_ELEMENTS (views); v++)
    {
      gxc_page_show_part (GXC_PAGE (fixture->page), views[v]);
      g_test_message ("%s: %d", views[v], least_width (fixture));
      g_assert_cmpint (least_width (fixture), <=, 1024 - RAIL);
      for (guint s = 0; s < G_N_ELEMENTS (sides); s++)
        {
          act (fixture, sides[s]);
          g_test_message ("%s, %s: %d", views[v], sides[s], least_width (fixture));
          g_assert_cmpint (least_width (fixture), <=, 1024 - RAIL);
          gtk_widget_activate_action (fixture->window, "win.escape", NULL);
          settle ();
        }
    }
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", dpi, NULL);
  gxt_wait_ms (300);        /* until what was open has folded away */
}

/* What GTK draws around it where no window manager does is taken from that too. */
static void
make_narrow (Fixture *fixture)
{
  g_assert_cmpint (gtk_widget_get_width (fixture->window), >, 1024);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1024, 700);
  GXT_WAIT_FOR (gtk_widget_get_width (fixture->window) <= 1024);
  settle ();
}

/* At 1024 with text at 150 % the month and its day are not beside each other: the one or the other. */
static void
test_a_folded_month (Fixture *fixture, gconstpointer data)
{
  GtkWidget *month, *back;
  int dpi;

  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  act (fixture, "tasks.view");
  month = gxt_find_first (fixture->page, GXC_TYPE_MONTH_VIEW);
  assert_listed (fixture, "1 today's");
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 144 * 1024, NULL);
  make_narrow (fixture);
  assert_listed (fixture, "");                                  /* the month alone */
  g_assert_true (gtk_widget_get_child_visible (month));
  act (fixture, "tasks.done");                                  /* and nothing is done to what is not seen */
  g_assert_cmpuint (gxt_fake_desk_n_calls (fixture->desk, "save"), ==, 0);

  g_signal_emit_by_name (month, "day-activated");
  assert_listed (fixture, "1 today's");
  g_assert_false (gtk_widget_get_child_visible (month));
  back = gxt_find_above (fixture->page, "2026-11-24", GTK_TYPE_BOX);
  g_assert_true (gtk_widget_get_mapped (gtk_widget_get_first_child (back)));       /* the way back */
  g_assert_true (gxc_page_escape (GXC_PAGE (fixture->page)));
  assert_listed (fixture, "");
  g_assert_true (gtk_widget_get_child_visible (month));
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", dpi, NULL);
  settle ();
}

/* At 1024 with text at 150 % a line that has no room goes on in another, and does not end within an hour. */
static void
test_a_reminder_is_read_to_its_end (Fixture *fixture, gconstpointer data)
{
  GxTask *late = (GxTask *) task (fixture, &fixture->late);
  GtkWidget *line;
  int dpi;

  gx_set_str (&late->title, "答复：提前支取的利息损失与续存的利率");
  late->remind_at = late->due_at - 1800000;
  late->snooze_cnt = 2;
  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 144 * 1024, NULL);
  make_narrow (fixture);
  gxc_page_refresh (GXC_PAGE (fixture->page));
  settle ();
  line = gxt_find_saying (fixture->page, "put off 2 times");
  g_assert_nonnull (line);
  g_assert_cmpint (pango_layout_get_line_count (gtk_label_get_layout (GTK_LABEL (line))), >, 1);
  g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (line))));
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", dpi, NULL);
  settle ();
}

/* While the first rows are on their way nobody says that there is nothing to do; when none has come, it is said. */
static void
test_a_first_sync_is_waited_for (Fixture *fixture, gconstpointer data)
{
  GPtrArray *tasks = gxt_fake_desk_rows (fixture->desk, &gx_task_entity);
  GxcSyncSummary *summary = gxt_fake_desk_summary (fixture->desk);

  g_ptr_array_set_size (tasks, 0);
  *summary = (GxcSyncSummary) { .online = TRUE, .busy = TRUE, .coming = TRUE, .done = 1180, .total = 2000 };
  gxc_page_refresh (GXC_PAGE (fixture->page));
  settle ();
  g_assert_cmpint (gxc_page_get_state (GXC_PAGE (fixture->page)), ==, GXC_PAGE_LOADING);
  g_assert_null (gxc_page_get_subtitle (GXC_PAGE (fixture->page)));
  add_task (fixture, "the first to come", at (11, 24, 16), GX_TASK_OPEN);
  gxc_desk_emit_changed (GXC_DESK (fixture->desk), "task");
  assert_listed (fixture, "1 the first to come");
  g_assert_cmpint (gxc_page_get_state (GXC_PAGE (fixture->page)), ==, GXC_PAGE_CONTENT);

  g_ptr_array_set_size (tasks, 0);
  gxc_page_refresh (GXC_PAGE (fixture->page));
  settle ();
  g_assert_cmpint (gxc_page_get_state (GXC_PAGE (fixture->page)), ==, GXC_PAGE_LOADING);
  *summary = (GxcSyncSummary) { .online = TRUE, .done = 2000, .total = 2000 };
  gxc_desk_emit_status (GXC_DESK (fixture->desk));
  settle ();
  g_assert_cmpint (gxc_page_get_state (GXC_PAGE (fixture->page)), ==, GXC_PAGE_CONTENT);
  GXT_WAIT_FOR (gxt_count_saying (fixture->page, "Nothing to do"));
}

static const struct { const char *path; void (*test) (Fixture *fixture, gconstpointer data); } tests[] = {
  { "/ui/tasks/list/groups_by_how_near_they_are", test_groups },
  { "/ui/tasks/list/many_are_counted_and_the_first_shown", test_many_are_counted },
  { "/ui/tasks/list/names_are_behind_the_curtain", test_the_curtain },
  { "/ui/tasks/list/done_is_taken_back", test_done_and_undone },
  { "/ui/tasks/list/snooze_and_shift", test_snooze_and_shift_over_the_holiday },
  { "/ui/tasks/edits/working_days_are_the_calendars", test_shifts_know_the_calendar },
  { "/ui/tasks/edits/a_reminder_goes_with_its_task", test_a_reminder_goes_with_its_task },
  { "/ui/tasks/list/many_are_moved_in_one_save", test_many_at_once },
  { "/ui/tasks/list/a_done_one_is_made_again", test_done_is_done_again_in_a_month },
  { "/ui/tasks/list/filters_are_chips", test_a_filter_is_a_chip },
  { "/ui/tasks/list/a_refusal_is_told", test_a_refusal_is_told },
  { "/ui/tasks/list/a_form_opens_beside_it", test_a_task_opens_beside_the_list },
  { "/ui/tasks/month/shows_holidays_and_tasks", test_the_month_shows_days },
  { "/ui/tasks/month/words_have_the_room_of_their_day", test_words_have_the_room_of_their_day },
  { "/ui/tasks/month/days_outside_it_can_be_read", test_days_outside_the_month_can_be_read },
  { "/ui/tasks/month/all_of_a_day_is_beside_it", test_all_of_a_day_is_beside_it },
  { "/ui/tasks/month/a_drop_moves_one_task", test_a_task_is_dropped_on_a_day },
  { "/ui/tasks/bar/what_has_no_room_is_left_out", test_what_has_no_room_is_left_out },
  { "/ui/tasks/large_text_fits_a_small_window", test_large_text_fits },
  { "/ui/tasks/month/is_folded_where_it_has_no_room", test_a_folded_month },
  { "/ui/tasks/list/a_reminder_is_read_to_its_end", test_a_reminder_is_read_to_its_end },
  { "/ui/tasks/list/a_first_sync_is_waited_for", test_a_first_sync_is_waited_for },
  { "/ui/tasks/day/is_picked_by_word_or_on_the_month", test_a_day_is_picked },
  { "/ui/tasks/plan/starts_with_its_tasks_in_one_save", test_a_plan_makes_its_tasks },
  { "/ui/tasks/plan/steps_fall_on_working_days", test_steps_fall_on_working_days },
  { "/ui/tasks/plan/goes_on_with_its_tasks", test_a_plan_goes_on_with_its_tasks },
};

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  gxc_shell_init ();
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
