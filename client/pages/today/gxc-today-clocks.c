/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines with a clock: my tasks, visits that were left, my new customers' key data, requests to decide or to ask for again, changes that were
 * refused. All by the wall clock. */

#include "gxc-today-search.h"

#include <glib/gi18n.h>

#include "gx-change-request.h"
#include "gx-customer.h"
#include "gx-task.h"
#include "gxc-field-column.h"
#include "gxc-format.h"
#include "gxc-review-words.h"
#include "gxc-task-words.h"
#include "gxc-today-sources.h"
#include "gxc-visit-day.h"

#define HOUR         G_GINT64_CONSTANT (3600000)
#define OPEN_TASKS   "OPEN,DOING,WAITING"
#define OPEN_ENTRIES "OPEN,BREACHED"

/* The end of the wall clock's day. */
static gint64
end_of_day (gint64 now)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (now / 1000);
  g_autoptr(GDateTime) local = g_date_time_to_local (utc);
  g_autoptr(GDateTime) midnight = g_date_time_new_local (g_date_time_get_year (local), g_date_time_get_month (local),
                                                         g_date_time_get_day_of_month (local), 0, 0, 0);
  g_autoptr(GDateTime) end = g_date_time_add_days (midnight, 1);

  return g_date_time_to_unix (end) * 1000;
}

static char *
task_words (GxcDesk *desk, GxRecord *record)
{
  const GxTask *task = gx_record_get_data (record);
  g_autofree char *kind = gxc_field_to_words (desk, record, gx_entity_find (&gx_task_entity, "kind"));
  int put_off = task->snooze_cnt == GX_INT_NONE ? 0 : (int) task->snooze_cnt;
  g_autofree char *words = put_off > 0 ? g_strdup_printf (ngettext ("put off once", "put off %d times", put_off), put_off) : NULL;

  return words ? g_strdup_printf ("%s · %s", kind, words) : g_steal_pointer (&kind);
}

/* A visit that is planned or under way speaks for the task that asked for it. */
static gboolean
is_spoken_for (GxcDesk *desk, const GxTask *task)
{
  return task->kind == GX_TASK_VISIT && gxc_visit_is_planned_for (desk, &task->meta.id);
}

static gboolean
find_tasks (GxcTodaySearch *search, GError **error)
{
  g_autofree char *until = g_strdup_printf ("%" G_GINT64_FORMAT, end_of_day (search->now));
  const GxcCondition conditions[] = {
    { "assignee_id", GXC_IS, GX_ID_STR (search->me) },
    { "status", GXC_IN, OPEN_TASKS },
    { "due_at", GXC_LESS, until },
  };
  g_autoptr(GPtrArray) tasks = gxc_today_ask (search, &gx_task_entity, conditions, G_N_ELEMENTS (conditions), "due_at", error);

  for (guint i = 0; tasks && i < tasks->len; i++)
    {
      GxRecord *record = g_ptr_array_index (tasks, i);
      const GxTask *task = record ? gx_record_get_data (record) : NULL;
      GxcTodayItem *item;

      if (!task || is_spoken_for (search->desk, task))
        continue;
      item = gxc_today_add (search, task->kind == GX_TASK_VISIT ? GXC_TODAY_TO_PLAN : GXC_TODAY_TASK, &task->customer_id,
                  g_strdup (task->title), task_words (search->desk, record));
      item->record = g_object_ref (record);
      item->icon_name = gxc_task_icon (task->kind);
      item->started_at = task->meta.created_at;
      item->due_at = task->due_at;
    }
  return tasks != NULL;
}

/* Visits of today stand on a card of their own; these are of earlier days. */
static gboolean
find_visits (GxcTodaySearch *search, GError **error)
{
  g_autoptr(GPtrArray) visits = gxc_visits_read_left (search->desk, GXC_TODAY_MOST, error);

  for (guint i = 0; visits && i < visits->len; i++)
    {
      const GxVisit *visit = gx_record_get_data (visits->pdata[i]);
      gboolean begun = gxc_visit_has_begun (visit);
      g_autofree char *when = gxc_format_moment (visit->plan_at, search->now);
      GxcTodayItem *item = gxc_today_add (search, begun ? GXC_TODAY_UNENDED : GXC_TODAY_MISSED, &visit->customer_id,
                                          g_strdup (begun ? _("Visit was not ended") : _("Visit was missed")),
                                          visit->goal && *visit->goal ? g_strdup_printf ("%s · %s", visit->goal, when) : g_strdup (when));

      item->record = g_object_ref (visits->pdata[i]);
      item->started_at = visit->plan_at;
      item->due_at = gxc_visit_end (visit);
    }
  return visits != NULL;
}

static gboolean
find_entries (GxcTodaySearch *search, GError **error)
{
  const GxcCondition conditions[] = {
    { "primary_rm_id", GXC_IS, GX_ID_STR (search->me) },
    { "entry_state", GXC_IN, OPEN_ENTRIES },
    { "entry_due_at", GXC_IS_SOME },
  };
  g_autoptr(GPtrArray) customers = gxc_today_ask (search, &gx_customer_entity, conditions, G_N_ELEMENTS (conditions), "entry_due_at", error);

  for (guint i = 0; customers && i < customers->len; i++)
    {
      const GxCustomer *customer = customers->pdata[i] ? gx_record_get_data (customers->pdata[i]) : NULL;
      g_autofree char *met = customer ? gxc_format_moment (customer->first_contact_at, search->now) : NULL;
      GxcTodayItem *item;

      if (!customer)
        continue;
      item = gxc_today_add (search, GXC_TODAY_ENTRY, &customer->meta.id, g_strdup (_("Key data within 24 hours")),
                  g_strdup_printf (_("first contact %s"), met));
      item->started_at = customer->first_contact_at;
      item->due_at = customer->entry_due_at;
    }
  return customers != NULL;
}

static void
add_requests (GxcTodaySearch *search, GxcTodayKind kind, GPtrArray *requests)
{
  for (guint i = 0; i < requests->len; i++)
    {
      GxRecord *record = g_ptr_array_index (requests, i);
      const GxChangeRequest *request = record ? gx_record_get_data (record) : NULL;
      GxcTodayItem *item;
      GxId customer;

      if (!request)
        continue;
      customer = gxc_review_customer (search->desk, request);
      item = gxc_today_add (search, kind, &customer, gxc_review_dup_title (search->desk, record), g_strdup (request->reason));
      item->record = g_object_ref (record);
      item->started_at = request->submitted_at;
      item->due_at = kind == GXC_TODAY_REVIEW ? request->due_at : 0;
    }
}

static gboolean
find_reviews (GxcTodaySearch *search, GError **error)
{
  const GxcCondition conditions[] = {
    { "state", GXC_IS, "PENDING" },
    { "maker_id", GXC_IS_NOT, GX_ID_STR (search->me) },
  };
  g_autoptr(GPtrArray) requests = NULL;

  if (!gxc_desk_can (search->desk, GX_CAN_DECIDE_1) && !gxc_desk_can (search->desk, GX_CAN_DECIDE_2)
      && !gxc_desk_can (search->desk, GX_CAN_DECIDE_ADMIN))
    return TRUE;
  requests = gxc_today_ask (search, &gx_change_request_entity, conditions, G_N_ELEMENTS (conditions), "due_at", error);
  if (requests)
    add_requests (search, GXC_TODAY_REVIEW, requests);
  return requests != NULL;
}

static gboolean
find_returned (GxcTodaySearch *search, GError **error)
{
  const GxcCondition conditions[] = {
    { "state", GXC_IN, "RETURNED,STALE" },
    { "maker_id", GXC_IS, GX_ID_STR (search->me) },
  };
  g_autoptr(GPtrArray) requests = gxc_today_ask (search, &gx_change_request_entity, conditions, G_N_ELEMENTS (conditions), NULL, error);

  if (requests)
    add_requests (search, GXC_TODAY_RETURNED, requests);
  return requests != NULL;
}

static gboolean
find_sync (GxcTodaySearch *search, GError **error)
{
  GxcSyncSummary summary;
  g_autofree char *refused = NULL, *conflicts = NULL;

  gxc_desk_get_summary (search->desk, &summary);
  if (summary.refused + summary.conflicts == 0)
    return TRUE;
  refused = g_strdup_printf (ngettext ("%u refused", "%u refused", summary.refused), summary.refused);
  conflicts = g_strdup_printf (ngettext ("%u conflict", "%u conflicts", summary.conflicts), summary.conflicts);
  gxc_today_add (search, GXC_TODAY_SYNC, &GX_ID_NONE, g_strdup (_("Changes that need your decision")),
       !summary.conflicts ? g_steal_pointer (&refused) : !summary.refused ? g_steal_pointer (&conflicts)
       : g_strdup_printf ("%s · %s", refused, conflicts));
  return TRUE;
}

const GxcTodaySource gxc_today_clocks[] = { find_tasks, find_visits, find_entries, find_reviews, find_returned, find_sync, NULL };

/* --- for the sidebar --------------------------------------------------------------------------------------------- */

/* My open tasks and my new customers' key data that are due before @until. */
static gint64
count_due (GxcDesk *desk, const GxId *me, gint64 until)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, until);
  const GxcCondition tasks[] = { { "assignee_id", GXC_IS, GX_ID_STR (me) }, { "status", GXC_IN, OPEN_TASKS }, { "due_at", GXC_LESS, text },
                                 { "kind", GXC_IS_NOT, "VISIT" } };
  const GxcCondition entries[] = { { "primary_rm_id", GXC_IS, GX_ID_STR (me) }, { "entry_state", GXC_IN, OPEN_ENTRIES },
                                   { "entry_due_at", GXC_LESS, text } };
  const GxcQuery of_tasks = { .conditions = tasks, .n_conditions = G_N_ELEMENTS (tasks) };
  const GxcQuery of_entries = { .conditions = entries, .n_conditions = G_N_ELEMENTS (entries) };

  return MAX (gxc_desk_count (desk, &gx_task_entity, &of_tasks, NULL), 0)
         + MAX (gxc_desk_count (desk, &gx_customer_entity, &of_entries, NULL), 0);
}

/* My tasks that ask for a visit, are due before @until, and have none planned. */
static gint64
count_to_plan (GxcDesk *desk, const GxId *me, gint64 until)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, until);
  const GxcCondition conditions[] = { { "assignee_id", GXC_IS, GX_ID_STR (me) }, { "status", GXC_IN, OPEN_TASKS }, { "due_at", GXC_LESS, text },
                                      { "kind", GXC_IS, "VISIT" } };
  const GxcQuery query = { .conditions = conditions, .n_conditions = G_N_ELEMENTS (conditions), .limit = GXC_TODAY_MOST };
  g_autoptr(GArray) ids = gxc_desk_list (desk, &gx_task_entity, &query, NULL);
  gint64 n = 0;

  for (guint i = 0; ids && i < ids->len; i++)
    n += !gxc_visit_is_planned_for (desk, &g_array_index (ids, GxId, i));
  return n;
}

/**
 * gxc_today_count:
 * @out_red: (out): whether one of them is late or due within an hour
 *
 * Returns: what of one's own has a clock that ends today, for the sidebar: counted, not read. Today's visits have a count of
 *   their own; those that were left on an earlier day are late.
 */
guint
gxc_today_count (GxcDesk  *desk,
                 gboolean *out_red)
{
  const GxcPerson *person = gxc_desk_get_person (desk);
  gint64 now = gxc_desk_now (desk), left;

  *out_red = FALSE;
  if (!person)
    return 0;
  left = gxc_visits_count_left (desk);
  *out_red = left + count_due (desk, &person->employee_id, now + HOUR) + count_to_plan (desk, &person->employee_id, now + HOUR) > 0;
  return left + count_due (desk, &person->employee_id, end_of_day (now)) + count_to_plan (desk, &person->employee_id, end_of_day (now));
}
