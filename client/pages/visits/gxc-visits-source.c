/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Other orders of a day's visits, and who else could be visited. It reads through the desk and shows nothing; the visits
 * themselves are gxc-visit-day's. */

#include "gxc-visits-source.h"

#include <glib/gi18n.h>

#include "gx-address.h"
#include "gx-customer.h"
#include "gx-task.h"
#include "gxc-format.h"
#include "gxc-visit-day.h"

#define MOST_TASKS   60
#define MOST_OVERDUE 40     /* customers beyond their rhythm, the longest first */
#define MOST_FOUND   20

void
gxc_candidate_free (GxcCandidate *candidate)
{
  g_free (candidate->wish.goal);
  g_free (candidate->who);
  g_free (candidate->why);
  g_free (candidate);
}

static const GxVisit *
visit_of (gconstpointer record)
{
  return gx_record_get_data ((GxRecord *) record);
}

/* --- orders ------------------------------------------------------------------------------------------------------- */

static GPtrArray *
copy_stops (GPtrArray *stops)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < stops->len; i++)
    g_ptr_array_add (copy, g_object_ref (stops->pdata[i]));
  return copy;
}

/* (transfer full): the code of the district of the address the visit goes to, else of any; last where there is none */
static char *
dup_region (GxcDesk *desk, const GxVisit *visit)
{
  g_autoptr(GPtrArray) rows = gxc_desk_read_where (desk, &gx_address_entity, "customer_id", &visit->customer_id, NULL, FALSE, NULL);
  const char *region = NULL;

  for (guint i = 0; rows && i < rows->len; i++)
    {
      const GxAddress *row = rows->pdata[i] ? gx_record_get_data (rows->pdata[i]) : NULL;

      if (row && row->region_code && (!region || g_strcmp0 (row->line, visit->place) == 0))
        region = row->region_code;
    }
  return g_strdup (region ? region : "~");
}

static int
compare_region (gconstpointer a, gconstpointer b, gpointer regions)
{
  return g_strcmp0 (g_hash_table_lookup (regions, *(gpointer *) a), g_hash_table_lookup (regions, *(gpointer *) b));
}

/** gxc_visits_by_district: (transfer full): by the codes of their districts; within one as they stood */
GPtrArray *
gxc_visits_by_district (GxcDesk   *desk,
                        GPtrArray *stops)
{
  g_autoptr(GHashTable) regions = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  GPtrArray *ordered = copy_stops (stops);

  for (guint i = 0; i < stops->len; i++)
    g_hash_table_insert (regions, stops->pdata[i], dup_region (desk, visit_of (stops->pdata[i])));
  g_ptr_array_sort_with_data (ordered, compare_region, regions);       /* a merge sort: it is stable */
  return ordered;
}

/** gxc_visits_by_time: (transfer full): by the hour that each is planned for */
GPtrArray *
gxc_visits_by_time (GPtrArray *stops)
{
  GPtrArray *ordered = copy_stops (stops);

  gxc_visits_sort_by_time (ordered);
  return ordered;
}

/* --- who could be visited ----------------------------------------------------------------------------------------- */

static GxcCandidate *
add_candidate (GPtrArray *candidates, GxcDesk *desk, const GxId *customer_id)
{
  g_autoptr(GxRecord) customer = gxc_desk_read_one (desk, &gx_customer_entity, customer_id, NULL);
  GxcCandidate *candidate = g_new0 (GxcCandidate, 1);

  candidate->wish.customer_id = *customer_id;
  candidate->who = gxc_desk_dup_who (desk, customer);
  candidate->tier = customer ? ((const GxCustomer *) gx_record_get_data (customer))->tier : 0;
  g_ptr_array_add (candidates, candidate);
  return candidate;
}

static gboolean
is_going (GPtrArray *stops, const GxId *customer_id, const GxId *task_id)
{
  for (guint i = 0; i < stops->len; i++)
    if ((customer_id && gx_id_equal (&visit_of (stops->pdata[i])->customer_id, customer_id))
        || (task_id && gx_id_equal (&visit_of (stops->pdata[i])->task_id, task_id)))
      return TRUE;
  return FALSE;
}

static gboolean
add_tasks (GPtrArray *candidates, GxcDesk *desk, GError **error)
{
  const GxcCondition conditions[] = {
    { "assignee_id", GXC_IS, GX_ID_STR (&gxc_desk_get_person (desk)->employee_id) }, { "kind", GXC_IS, "VISIT" },
    { "status", GXC_IN, "OPEN,DOING,WAITING" },
  };
  const GxcQuery query = { .conditions = conditions, .n_conditions = G_N_ELEMENTS (conditions), .sort_field = "due_at", .limit = MOST_TASKS };
  g_autoptr(GArray) ids = gxc_desk_list (desk, &gx_task_entity, &query, error);
  g_autoptr(GPtrArray) rows = ids ? gxc_desk_read (desk, &gx_task_entity, (GxId *) (gpointer) ids->data, ids->len, error) : NULL;

  for (guint i = 0; rows && i < rows->len; i++)
    {
      const GxTask *task = rows->pdata[i] ? gx_record_get_data (rows->pdata[i]) : NULL;
      g_autofree char *due = task ? gxc_format_moment (task->due_at, gxc_desk_now (desk)) : NULL;
      GxcCandidate *candidate;

      if (!task || gx_id_is_none (&task->customer_id) || gxc_visit_is_planned_for (desk, &task->meta.id))
        continue;
      candidate = add_candidate (candidates, desk, &task->customer_id);
      candidate->wish.task_id = task->meta.id;
      candidate->wish.due_at = task->due_at;
      candidate->wish.goal = g_strdup (task->title);
      candidate->why = g_strdup_printf (_("Task: %s · due %s"), task->title, due);
    }
  return rows != NULL;
}

static gboolean
add_overdue (GPtrArray *candidates, GxcDesk *desk, GPtrArray *stops, GError **error)
{
  gint32 today = gxc_desk_get_today (desk);
  g_autofree char *limit = gx_date_format (today);
  const GxcCondition conditions[] = {
    { "primary_rm_id", GXC_IS, GX_ID_STR (&gxc_desk_get_person (desk)->employee_id) }, { "cadence_due_on", GXC_LESS, limit },
  };
  const GxcQuery query = { .conditions = conditions, .n_conditions = 2, .sort_field = "cadence_due_on", .limit = MOST_OVERDUE };
  g_autoptr(GArray) ids = gxc_desk_list (desk, &gx_customer_entity, &query, error);
  g_autoptr(GPtrArray) rows = ids ? gxc_desk_read (desk, gxc_digest_entity (), (GxId *) (gpointer) ids->data, ids->len, error) : NULL;

  for (guint i = 0; rows && i < rows->len; i++)
    {
      const GxcDigest *digest = rows->pdata[i] ? gx_record_get_data (rows->pdata[i]) : NULL;
      g_autofree char *ago = digest ? gxc_format_days_ago (digest->cadence_due_on, today) : NULL;

      if (digest && !is_going (stops, &digest->meta.id, NULL))
        add_candidate (candidates, desk, &digest->meta.id)->why = g_strdup_printf (_("Contact was due %s"), ago);
    }
  return rows != NULL;
}

/** gxc_visits_read_candidates: (transfer full) (nullable): of GxcCandidate: one's open tasks to visit, then whom one has not seen for too long */
GPtrArray *
gxc_visits_read_candidates (GxcDesk    *desk,
                            GPtrArray  *stops,
                            GError    **error)
{
  g_autoptr(GPtrArray) candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) gxc_candidate_free);

  if (!add_tasks (candidates, desk, error) || !add_overdue (candidates, desk, stops, error))
    return NULL;
  return g_steal_pointer (&candidates);
}

/** gxc_visits_search_candidates: (transfer full) (nullable): of GxcCandidate: by name, initials, telephone tail or number */
GPtrArray *
gxc_visits_search_candidates (GxcDesk     *desk,
                              const char  *text,
                              GError     **error)
{
  g_autoptr(GArray) ids = gxc_desk_list (desk, &gx_customer_entity, &(GxcQuery) { .search = text, .sort_field = "name", .limit = MOST_FOUND }, error);
  GPtrArray *candidates = ids ? g_ptr_array_new_with_free_func ((GDestroyNotify) gxc_candidate_free) : NULL;

  for (guint i = 0; ids && i < ids->len; i++)
    add_candidate (candidates, desk, &g_array_index (ids, GxId, i))->why = g_strdup (_("Found by search"));
  return candidates;
}
