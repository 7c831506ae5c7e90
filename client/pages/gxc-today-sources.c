/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the lines of the Today page come from: each source asks the desk one question with a limit and makes lines of the
 * answer; what all of them need of the customers is read once at the end. The store does the looking, so that it makes no
 * difference whether the book has fifty customers or five thousand. Tasks, clocks and reviews go by the wall clock,
 * maturities, birthdays, contacts and grades by the bank's business date (domain.md). */

#include "gxc-today-sources.h"

#include <glib/gi18n.h>

#include "gx-change-request.h"
#include "gx-customer.h"
#include "gx-error.h"
#include "gx-task.h"
#include "gxc-field-column.h"
#include "gxc-format.h"
#include "gxc-review-words.h"

#define DAY G_GINT64_CONSTANT (86400000)

typedef struct
{
  GxcDesk    *desk;         /* (borrowed) */
  GPtrArray  *items;        /* (borrowed): what was found so far */
  const GxId *me;           /* (borrowed): the employee */
  gint64      now;          /* ms UTC */
  gint32      today;        /* business date */
} Gathering;

typedef gboolean (*Source) (Gathering *gathering, GError **error);

/* --- asking ------------------------------------------------------------------------------------------------------ */

static GPtrArray *
ask (Gathering *gathering, const GxEntity *entity, const GxcCondition *conditions, guint n_conditions, const char *sort_field, GError **error)
{
  const GxcQuery query = { .conditions = conditions, .n_conditions = n_conditions, .sort_field = sort_field, .limit = GXC_TODAY_MOST };
  g_autoptr(GArray) ids = gxc_desk_list (gathering->desk, entity, &query, error);

  return ids ? gxc_desk_read (gathering->desk, entity, (GxId *) (gpointer) ids->data, ids->len, error) : NULL;
}

static GxcTodayItem *
add (Gathering *gathering, GxcTodayKind kind, const GxId *customer, char *what, char *why)
{
  GxcTodayItem *item = gxc_today_item_new (kind);

  item->customer_id = *customer;
  item->what = what;
  item->why = why;
  g_ptr_array_add (gathering->items, item);
  return item;
}

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

/* --- what has a clock -------------------------------------------------------------------------------------------- */

static char *
task_words (GxcDesk *desk, GxRecord *record)
{
  const GxTask *task = gx_record_get_data (record);
  g_autofree char *kind = gxc_field_to_words (desk, record, gx_entity_find (&gx_task_entity, "kind"));
  int put_off = task->snooze_cnt == GX_INT_NONE ? 0 : (int) task->snooze_cnt;
  g_autofree char *words = put_off > 0 ? g_strdup_printf (ngettext ("put off once", "put off %d times", put_off), put_off) : NULL;

  return words ? g_strdup_printf ("%s · %s", kind, words) : g_steal_pointer (&kind);
}

static gboolean
find_tasks (Gathering *gathering, GError **error)
{
  g_autofree char *until = g_strdup_printf ("%" G_GINT64_FORMAT, end_of_day (gathering->now));
  const GxcCondition conditions[] = {
    { "assignee_id", GXC_IS, GX_ID_STR (gathering->me) },
    { "status", GXC_IN, "OPEN,DOING,WAITING" },
    { "due_at", GXC_LESS, until },
  };
  g_autoptr(GPtrArray) tasks = ask (gathering, &gx_task_entity, conditions, G_N_ELEMENTS (conditions), "due_at", error);

  for (guint i = 0; tasks && i < tasks->len; i++)
    {
      GxRecord *record = g_ptr_array_index (tasks, i);
      const GxTask *task = record ? gx_record_get_data (record) : NULL;
      GxcTodayItem *item;

      if (!task)
        continue;
      item = add (gathering, task->kind == GX_TASK_VISIT ? GXC_TODAY_VISIT : GXC_TODAY_TASK, &task->customer_id,
                  g_strdup (task->title), task_words (gathering->desk, record));
      item->record = g_object_ref (record);
      item->started_at = task->meta.created_at;
      item->due_at = task->due_at;
    }
  return tasks != NULL;
}

static gboolean
find_entries (Gathering *gathering, GError **error)
{
  const GxcCondition conditions[] = {
    { "primary_rm_id", GXC_IS, GX_ID_STR (gathering->me) },
    { "entry_state", GXC_IN, "OPEN,BREACHED" },
    { "entry_due_at", GXC_IS_SOME },
  };
  g_autoptr(GPtrArray) customers = ask (gathering, &gx_customer_entity, conditions, G_N_ELEMENTS (conditions), "entry_due_at", error);

  for (guint i = 0; customers && i < customers->len; i++)
    {
      const GxCustomer *customer = customers->pdata[i] ? gx_record_get_data (customers->pdata[i]) : NULL;
      g_autofree char *met = customer ? gxc_format_moment (customer->first_contact_at, gathering->now) : NULL;
      GxcTodayItem *item;

      if (!customer)
        continue;
      item = add (gathering, GXC_TODAY_ENTRY, &customer->meta.id, g_strdup (_("Key data within 24 hours")),
                  g_strdup_printf (_("first contact %s"), met));
      item->started_at = customer->first_contact_at;
      item->due_at = customer->entry_due_at;
    }
  return customers != NULL;
}

static void
add_requests (Gathering *gathering, GxcTodayKind kind, GPtrArray *requests)
{
  for (guint i = 0; i < requests->len; i++)
    {
      GxRecord *record = g_ptr_array_index (requests, i);
      const GxChangeRequest *request = record ? gx_record_get_data (record) : NULL;
      GxcTodayItem *item;
      GxId customer;

      if (!request)
        continue;
      customer = gxc_review_customer (gathering->desk, request);
      item = add (gathering, kind, &customer, gxc_review_dup_title (gathering->desk, record), g_strdup (request->reason));
      item->record = g_object_ref (record);
      item->started_at = request->submitted_at;
      item->due_at = kind == GXC_TODAY_REVIEW ? request->due_at : 0;
    }
}

static gboolean
find_reviews (Gathering *gathering, GError **error)
{
  const GxcCondition conditions[] = {
    { "state", GXC_IS, "PENDING" },
    { "maker_id", GXC_IS_NOT, GX_ID_STR (gathering->me) },
  };
  g_autoptr(GPtrArray) requests = NULL;

  if (!gxc_desk_can (gathering->desk, GX_CAN_DECIDE_1) && !gxc_desk_can (gathering->desk, GX_CAN_DECIDE_2)
      && !gxc_desk_can (gathering->desk, GX_CAN_DECIDE_ADMIN))
    return TRUE;
  requests = ask (gathering, &gx_change_request_entity, conditions, G_N_ELEMENTS (conditions), "due_at", error);
  if (requests)
    add_requests (gathering, GXC_TODAY_REVIEW, requests);
  return requests != NULL;
}

static gboolean
find_returned (Gathering *gathering, GError **error)
{
  const GxcCondition conditions[] = {
    { "state", GXC_IN, "RETURNED,STALE" },
    { "maker_id", GXC_IS, GX_ID_STR (gathering->me) },
  };
  g_autoptr(GPtrArray) requests = ask (gathering, &gx_change_request_entity, conditions, G_N_ELEMENTS (conditions), NULL, error);

  if (requests)
    add_requests (gathering, GXC_TODAY_RETURNED, requests);
  return requests != NULL;
}

static gboolean
find_sync (Gathering *gathering, GError **error)
{
  GxcSyncSummary summary;
  g_autofree char *refused = NULL, *conflicts = NULL;

  gxc_desk_get_summary (gathering->desk, &summary);
  if (summary.refused + summary.conflicts == 0)
    return TRUE;
  refused = g_strdup_printf (ngettext ("%u refused", "%u refused", summary.refused), summary.refused);
  conflicts = g_strdup_printf (ngettext ("%u conflict", "%u conflicts", summary.conflicts), summary.conflicts);
  add (gathering, GXC_TODAY_SYNC, &GX_ID_NONE, g_strdup (_("Changes that need your decision")),
       !summary.conflicts ? g_steal_pointer (&refused) : !summary.refused ? g_steal_pointer (&conflicts)
       : g_strdup_printf ("%s · %s", refused, conflicts));
  return TRUE;
}

/* --- what has a day ---------------------------------------------------------------------------------------------- */

/* One's own customers with one more condition on their figures. */
static GPtrArray *
ask_customers (Gathering *gathering, const GxcCondition *wanted, guint n_wanted, const char *sort_field, GError **error)
{
  GxcCondition conditions[6] = {
    { "primary_rm_id", GXC_IS, GX_ID_STR (gathering->me) },
    { "status", GXC_IN, "PROSPECT,ACTIVE,DORMANT" },
  };
  const GxcQuery query = { .conditions = conditions, .n_conditions = 2 + n_wanted, .sort_field = sort_field, .limit = GXC_TODAY_MOST };
  g_autoptr(GArray) ids = NULL;

  g_assert (2 + n_wanted <= G_N_ELEMENTS (conditions));
  for (guint i = 0; i < n_wanted; i++)
    conditions[2 + i] = wanted[i];
  ids = gxc_desk_list (gathering->desk, &gx_customer_entity, &query, error);
  return ids ? gxc_desk_read (gathering->desk, gxc_digest_entity (), (GxId *) (gpointer) ids->data, ids->len, error) : NULL;
}

static gboolean
find_maturities (Gathering *gathering, GError **error)
{
  g_autofree char *from = gx_date_format (gathering->today - 1), *until = gx_date_format (gathering->today + GXC_TODAY_MATURITY_DAYS + 1);
  const GxcCondition wanted[] = { { "matures_on", GXC_GREATER, from }, { "matures_on", GXC_LESS, until } };
  g_autoptr(GPtrArray) digests = ask_customers (gathering, wanted, 2, "matures_on", error);

  for (guint i = 0; digests && i < digests->len; i++)
    {
      const GxcDigest *digest = digests->pdata[i] ? gx_record_get_data (digests->pdata[i]) : NULL;
      g_autofree char *day = digest ? gxc_format_date (digest->matures_on, gathering->today) : NULL;
      GxcTodayItem *item;

      if (!digest)
        continue;
      item = add (gathering, GXC_TODAY_MATURITY, &digest->meta.id, g_strdup (_("Product matures")), g_strdup_printf (_("on %s"), day));
      item->due_on = digest->matures_on;
      item->value = digest->maturing;
    }
  return digests != NULL;
}

/* Month × 100 + day, so that a year's end lies between two conditions. */
static int
month_and_day (gint32 date)
{
  int year, month, day;

  gx_date_to_ymd (date, &year, &month, &day);
  return month * 100 + day;
}

static gboolean
find_birthdays (Gathering *gathering, GError **error)
{
  g_autoptr(GString) days = g_string_new (NULL);
  GxcCondition wanted = { "birthday", GXC_IN, NULL };
  g_autoptr(GPtrArray) digests = NULL;

  for (gint32 date = gathering->today; date <= gathering->today + GXC_TODAY_BIRTHDAY_DAYS; date++)
    g_string_append_printf (days, "%s%d", days->len ? "," : "", month_and_day (date));
  wanted.text = days->str;
  digests = ask_customers (gathering, &wanted, 1, NULL, error);

  for (guint i = 0; digests && i < digests->len; i++)
    {
      const GxcDigest *digest = digests->pdata[i] ? gx_record_get_data (digests->pdata[i]) : NULL;
      GxcTodayItem *item;
      g_autofree char *day = NULL;
      gint32 date = gathering->today;

      if (!digest)
        continue;
      while (month_and_day (date) != digest->birthday && date < gathering->today + GXC_TODAY_BIRTHDAY_DAYS)
        date++;
      day = gxc_format_date (date, gathering->today);
      item = add (gathering, GXC_TODAY_BIRTHDAY, &digest->meta.id, g_strdup (_("Birthday")), g_steal_pointer (&day));
      item->due_on = date;
    }
  return digests != NULL;
}

static gboolean
find_silent (Gathering *gathering, GError **error)
{
  g_autofree char *until = gx_date_format (gathering->today + 1);
  const GxcCondition wanted = { "cadence_due_on", GXC_LESS, until };
  g_autoptr(GPtrArray) digests = ask_customers (gathering, &wanted, 1, "cadence_due_on", error);

  for (guint i = 0; digests && i < digests->len; i++)
    {
      const GxcDigest *digest = digests->pdata[i] ? gx_record_get_data (digests->pdata[i]) : NULL;
      g_autofree char *ago = digest && digest->last_contact_at ? gxc_format_ago (digest->last_contact_at, gathering->now) : NULL;
      GxcTodayItem *item;

      if (!digest)
        continue;
      item = add (gathering, GXC_TODAY_CADENCE, &digest->meta.id, g_strdup (_("Contact is due by the tier's rhythm")),
                  ago ? g_strdup_printf (_("last contact %s"), ago) : g_strdup (_("no contact yet")));
      item->due_on = digest->cadence_due_on;
    }
  return digests != NULL;
}

static gboolean
find_grades (Gathering *gathering, GError **error)
{
  g_autofree char *until = gx_date_format (gathering->today + GXC_TODAY_RISK_DAYS + 1);
  const GxcCondition wanted = { "risk_expires_on", GXC_LESS, until };
  g_autoptr(GPtrArray) digests = ask_customers (gathering, &wanted, 1, "risk_expires_on", error);

  for (guint i = 0; digests && i < digests->len; i++)
    {
      GxRecord *record = g_ptr_array_index (digests, i);
      const GxcDigest *digest = record ? gx_record_get_data (record) : NULL;
      g_autofree char *grade = NULL, *day = NULL;
      GxcTodayItem *item;

      if (!digest)
        continue;
      grade = gxc_field_to_words (gathering->desk, record, gx_entity_find (gxc_digest_entity (), "risk_grade"));
      day = gxc_format_date (digest->risk_expires_on, gathering->today);
      item = add (gathering, GXC_TODAY_RISK, &digest->meta.id,
                  g_strdup (digest->risk_expires_on < gathering->today ? _("Risk assessment has expired") : _("Risk assessment expires")),
                  g_strdup_printf ("%s · %s", grade, day));
      item->due_on = digest->risk_expires_on;
    }
  return digests != NULL;
}

/* --- all of it --------------------------------------------------------------------------------------------------- */

static const Source sources[] = {
  find_tasks, find_entries, find_reviews, find_returned, find_sync, find_maturities, find_birthdays, find_silent, find_grades,
};

static void
add_value (GxcTodayItem *item)
{
  const GxcDigest *digest = item->digest ? gx_record_get_data (item->digest) : NULL;

  if (!digest)
    return;
  item->ccy = g_strdup (digest->ccy);
  if (item->kind != GXC_TODAY_MATURITY)
    item->value = digest->aum;
}

/* Name, tier and assets of everybody named: two reads, however many lines there are. */
static gboolean
add_customers (Gathering *gathering, GError **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (GxId));
  g_autoptr(GPtrArray) customers = NULL, digests = NULL;

  for (guint i = 0; i < gathering->items->len; i++)
    g_array_append_val (ids, ((GxcTodayItem *) g_ptr_array_index (gathering->items, i))->customer_id);
  customers = gxc_desk_read (gathering->desk, &gx_customer_entity, (GxId *) (gpointer) ids->data, ids->len, error);
  digests = customers ? gxc_desk_read (gathering->desk, gxc_digest_entity (), (GxId *) (gpointer) ids->data, ids->len, error) : NULL;
  for (guint i = 0; digests && i < gathering->items->len; i++)
    {
      GxcTodayItem *item = g_ptr_array_index (gathering->items, i);

      g_set_object (&item->customer, g_ptr_array_index (customers, i));
      g_set_object (&item->digest, g_ptr_array_index (digests, i));
      add_value (item);
    }
  return digests != NULL;
}

/**
 * gxc_today_gather:
 *
 * Returns: (transfer full) (element-type GxcTodayItem): in no order; %NULL with an error where something cannot be read
 */
GPtrArray *
gxc_today_gather (GxcDesk  *desk,
                  GError  **error)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  const GxcPerson *person = gxc_desk_get_person (desk);
  Gathering gathering = { desk, items, NULL, gxc_desk_now (desk), gxc_desk_get_today (desk) };

  if (!person)
    {
      gx_fail (error, GX_ERROR_UNAUTHENTICATED, "nobody is signed in");
      return NULL;
    }
  gathering.me = &person->employee_id;
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    if (!sources[i] (&gathering, error))
      return NULL;
  if (items->len > 0 && !add_customers (&gathering, error))
    return NULL;
  return g_steal_pointer (&items);
}
