/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Care plans: a template becomes a plan and a task a step, all in one transaction; a task that is done moves its plan on in
 * the same transaction. A task names its step in plan_item_id and its plan in its source. Nothing is saved here. */

#include "gxc-plan-edits.h"

#include <string.h>

#include "gx-plan-tmpl.h"
#include "gx-plan.h"
#include "gx-task.h"

#define SOURCE "{\"kind\":\"plan\",\"plan\":\"%s\"}"

static GPtrArray *
list_records (GxcDesk *desk, const GxEntity *entity, const GxcQuery *query, GError **error)
{
  g_autoptr(GArray) ids = gxc_desk_list (desk, entity, query, error);
  GPtrArray *records = ids ? gxc_desk_read (desk, entity, (GxId *) (gpointer) ids->data, ids->len, error) : NULL;

  for (guint i = records ? records->len : 0; i > 0; i--)
    if (!records->pdata[i - 1])
      g_ptr_array_remove_index (records, i - 1);
  return records;
}

/** gxc_plan_list_templates: (transfer full) (nullable): those that are published, by name */
GPtrArray *
gxc_plan_list_templates (GxcDesk  *desk,
                         GError  **error)
{
  const GxcCondition published = { "status", GXC_IS, "PUBLISHED" };

  return list_records (desk, &gx_plan_tmpl_entity, &(GxcQuery) { .conditions = &published, .n_conditions = 1, .sort_field = "name" }, error);
}

/** gxc_plan_list_steps: (transfer full) (nullable): in their order */
GPtrArray *
gxc_plan_list_steps (GxcDesk     *desk,
                     const GxId  *tmpl_id,
                     GError     **error)
{
  const GxcCondition of_it = { "tmpl_id", GXC_IS, GX_ID_STR (tmpl_id) };

  return list_records (desk, &gx_plan_item_tmpl_entity, &(GxcQuery) { .conditions = &of_it, .n_conditions = 1, .sort_field = "seq" }, error);
}

/** gxc_plan_step_day: when a step of a plan that begins on @first is due; never on a day that is not worked */
gint32
gxc_plan_step_day (GxcCalendar *calendar,
                   GxRecord    *step,
                   gint32       first)
{
  const GxPlanItemTmpl *row = gx_record_get_data (step);
  GxWorkdays *workdays = gxc_calendar_get_workdays (calendar);

  if (row->offset_kind == GX_OFFSET_WORKDAY)
    return gx_workdays_add (workdays, first, (int) row->offset_days);
  return gx_workdays_add (workdays, first + (gint32) row->offset_days, 0);
}

/** gxc_plan_is_running: whether the customer is in such a plan already */
gboolean
gxc_plan_is_running (GxcDesk    *desk,
                     const GxId *tmpl_id,
                     const GxId *customer_id)
{
  const GxcCondition conditions[] = { { "customer_id", GXC_IS, GX_ID_STR (customer_id) }, { "tmpl_id", GXC_IS, GX_ID_STR (tmpl_id) },
                                      { "status", GXC_IS, "RUNNING" } };

  return gxc_desk_count (desk, &gx_plan_entity, &(GxcQuery) { .conditions = conditions, .n_conditions = 3 }, NULL) > 0;
}

static GxTask *
make_task (GxcDesk *desk, GxcCalendar *calendar, GxRecord *step, const GxPlan *plan)
{
  const GxPlanItemTmpl *row = gx_record_get_data (step);
  GxTask *task = gx_entity_new (&gx_task_entity);

  task->title = g_strdup (row->title);
  task->customer_id = plan->customer_id;
  task->assignee_id = gxc_desk_get_person (desk)->employee_id;
  task->kind = row->kind ? row->kind : GX_TASK_OTHER;
  task->priority = row->required ? 2 : 3;
  task->status = GX_TASK_OPEN;
  task->due_at = gxc_local_moment (gxc_plan_step_day (calendar, step, plan->started_on), 0);
  task->source = g_strdup_printf (SOURCE, GX_ID_STR (&plan->meta.id));
  task->plan_item_id = row->meta.id;
  return task;
}

/**
 * gxc_plan_changes_start:
 * @first: the plan's first day
 *
 * Returns: (transfer full) (nullable): the plan and a task a step, to be saved together
 */
GPtrArray *
gxc_plan_changes_start (GxcDesk      *desk,
                        GxcCalendar  *calendar,
                        GxRecord     *tmpl,
                        const GxId   *customer_id,
                        gint32        first,
                        GError      **error)
{
  g_autoptr(GPtrArray) steps = gxc_plan_list_steps (desk, gx_record_get_id (tmpl), error);
  GPtrArray *changes;
  GxPlan *plan;

  if (!steps)
    return NULL;
  changes = gxc_change_items_new ();
  plan = gx_entity_new (&gx_plan_entity);
  plan->meta.id = gxc_desk_new_id (desk);
  plan->tmpl_id = *gx_record_get_id (tmpl);
  plan->customer_id = *customer_id;
  plan->started_on = first;
  plan->status = GX_PLAN_RUNNING;
  plan->pct = 0;
  g_ptr_array_add (changes, gxc_change_item_create (&gx_plan_entity, plan));
  for (guint i = 0; i < steps->len; i++)
    g_ptr_array_add (changes, gxc_change_item_create (&gx_task_entity, make_task (desk, calendar, g_ptr_array_index (steps, i), plan)));
  return changes;
}

/* --- how far it has come ------------------------------------------------------------------------------------------ */

static gboolean
find_plan (const GxTask *task, GxId *out_id)
{
  const char *at = task->source && !gx_id_is_none (&task->plan_item_id) ? strstr (task->source, "\"plan\":\"") : NULL;
  g_autofree char *text = at ? g_strndup (at + strlen ("\"plan\":\""), 36) : NULL;

  return text && gx_id_parse (text, out_id);
}

/* As it will be: what is about to be saved counts before what is held. */
static const GxTask *
as_saved (GPtrArray *changes, GxRecord *record)
{
  for (guint i = 0; i < changes->len; i++)
    {
      const GxcChangeItem *item = g_ptr_array_index (changes, i);

      if (item->entity == &gx_task_entity && item->original && gx_id_equal (gx_record_get_id (item->original), gx_record_get_id (record)))
        return item->row;
    }
  return gx_record_get_data (record);
}

/* Of the plan's tasks, how many in a hundred are done; those that were cancelled count as done. */
static gint64
pct_of (GxcDesk *desk, GPtrArray *changes, const GxPlan *plan)
{
  const GxcCondition of_customer = { "customer_id", GXC_IS, GX_ID_STR (&plan->customer_id) };
  g_autoptr(GPtrArray) tasks = list_records (desk, &gx_task_entity, &(GxcQuery) { .conditions = &of_customer, .n_conditions = 1 }, NULL);
  guint all = 0, done = 0;

  for (guint i = 0; tasks && i < tasks->len; i++)
    {
      const GxTask *task = as_saved (changes, g_ptr_array_index (tasks, i));
      GxId id;

      if (!find_plan (task, &id) || !gx_id_equal (&id, &plan->meta.id))
        continue;
      all++;
      done += task->status == GX_TASK_DONE || task->status == GX_TASK_CANCELLED;
    }
  return all > 0 ? done * 100 / all : 0;
}

static void
add_plan (GxcDesk *desk, GPtrArray *changes, const GxId *id)
{
  g_autoptr(GxRecord) record = gxc_desk_read_one (desk, &gx_plan_entity, id, NULL);
  const GxPlan *old = record ? gx_record_get_data (record) : NULL;
  GxPlan *plan;

  /* What was broken off or has expired is not taken up again by a task. */
  if (!old || (old->status != GX_PLAN_RUNNING && old->status != GX_PLAN_DONE))
    return;
  plan = gx_entity_copy (&gx_plan_entity, old);
  plan->pct = pct_of (desk, changes, old);
  plan->status = plan->pct == 100 ? GX_PLAN_DONE : GX_PLAN_RUNNING;
  if (plan->pct == old->pct && plan->status == old->status)
    gx_entity_free (&gx_plan_entity, plan);
  else
    g_ptr_array_add (changes, gxc_change_item_patch (record, plan, 0));
}

/**
 * gxc_plan_add_progress:
 * @changes: (element-type GxcChangeItem): of tasks, about to be saved
 *
 * Adds what they mean for the plans that they belong to.
 */
void
gxc_plan_add_progress (GxcDesk   *desk,
                       GPtrArray *changes)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (gx_id_hash, gx_id_equal, g_free, NULL);
  guint n = changes->len;

  for (guint i = 0; i < n; i++)
    {
      const GxcChangeItem *item = g_ptr_array_index (changes, i);
      GxId id;

      if (item->entity == &gx_task_entity && item->row && find_plan (item->row, &id) && g_hash_table_add (seen, gx_id_copy (&id)))
        add_plan (desk, changes, &id);
    }
}
