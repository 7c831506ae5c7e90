/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The clocks of whoever is signed in, read from the desk: which ran down between two moments (for a notification), and how
 * many requests wait (for the sidebar; what is due today is counted by the page Today). It knows no widget and tells nobody; a due thing carries no name, since where it is shown
 * may be a locked screen. */

#include "gxc-due.h"

#include <glib/gi18n.h>

#include "gx-change-request.h"
#include "gx-customer.h"
#include "gx-task.h"

#define MOST   20
#define OPEN   "OPEN,DOING,WAITING"

void
gxc_due_free (GxcDue *due)
{
  g_free (due->tail);
  g_free (due->place);
  g_free (due);
}

static char *
dup_number (gint64 number)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, number);
}

static char *
dup_me (GxcDesk *desk)
{
  const GxcPerson *person = gxc_desk_get_person (desk);

  return person ? g_strdup (GX_ID_STR (&person->employee_id)) : NULL;
}

/* --- which ran down ----------------------------------------------------------------------------------------------- */

static char *
dup_tail (GxcDesk *desk, const GxId *customer_id)
{
  g_autoptr(GxRecord) record = gx_id_is_none (customer_id) ? NULL : gxc_desk_read_one (desk, &gx_customer_entity, customer_id, NULL);

  return g_strdup (gx_customer_tail (record ? gx_record_get_data (record) : NULL));
}

static void
add_task (GxcDesk *desk, GPtrArray *found, const GxTask *task, gint64 at)
{
  GxcDue *due = g_new0 (GxcDue, 1);

  due->what = _(gx_choice_label (gx_entity_find (&gx_task_entity, "kind")->choices, task->kind));
  due->tail = dup_tail (desk, &task->customer_id);
  due->place = gx_id_is_none (&task->customer_id) ? g_strdup ("page/tasks") : g_strdup_printf ("customer/%s/tasks", GX_ID_STR (&task->customer_id));
  due->at = at;
  g_ptr_array_add (found, due);
}

/* By @field: "due_at" or "remind_at". */
static void
add_tasks (GxcDesk *desk, GPtrArray *found, const char *field, gint64 after, gint64 until)
{
  g_autofree char *from = dup_number (after), *to = dup_number (until + 1), *me = dup_me (desk);
  const GxcCondition conditions[] = {
    { "status", GXC_IN, OPEN }, { "assignee_id", GXC_IS, me }, { field, GXC_GREATER, from }, { field, GXC_LESS, to },
  };
  const GxcQuery query = { .conditions = conditions, .n_conditions = G_N_ELEMENTS (conditions), .sort_field = field, .limit = MOST };
  g_autoptr(GArray) ids = me ? gxc_desk_list (desk, &gx_task_entity, &query, NULL) : NULL;
  g_autoptr(GPtrArray) rows = ids ? gxc_desk_read (desk, &gx_task_entity, (const GxId *) (gpointer) ids->data, ids->len, NULL) : NULL;

  for (guint i = 0; rows && i < rows->len; i++)
    {
      const GxTask *task = gx_record_get_data (rows->pdata[i]);

      add_task (desk, found, task, g_str_equal (field, "due_at") ? task->due_at : task->remind_at);
    }
}

static gboolean
decides (GxcDesk *desk)
{
  return gxc_desk_can (desk, GX_CAN_DECIDE_1) || gxc_desk_can (desk, GX_CAN_DECIDE_2);
}

static void
add_reviews (GxcDesk *desk, GPtrArray *found, gint64 after, gint64 until)
{
  g_autofree char *from = dup_number (after), *to = dup_number (until + 1), *me = dup_me (desk);
  const GxcCondition conditions[] = {
    { "state", GXC_IS, "PENDING" }, { "maker_id", GXC_IS_NOT, me }, { "due_at", GXC_GREATER, from }, { "due_at", GXC_LESS, to },
  };
  const GxcQuery query = { .conditions = conditions, .n_conditions = G_N_ELEMENTS (conditions), .sort_field = "due_at", .limit = MOST };
  g_autoptr(GArray) ids = me && decides (desk) ? gxc_desk_list (desk, &gx_change_request_entity, &query, NULL) : NULL;
  g_autoptr(GPtrArray) rows = ids ? gxc_desk_read (desk, &gx_change_request_entity, (const GxId *) (gpointer) ids->data, ids->len, NULL) : NULL;

  for (guint i = 0; rows && i < rows->len; i++)
    {
      GxcDue *due = g_new0 (GxcDue, 1);

      due->what = _("Review");
      due->place = g_strdup_printf ("page/reviews/%s", GX_ID_STR (gx_record_get_id (rows->pdata[i])));
      due->at = ((const GxChangeRequest *) gx_record_get_data (rows->pdata[i]))->due_at;
      g_ptr_array_add (found, due);
    }
}

/**
 * gxc_due_between:
 * @after, @until: ms UTC, the second included
 *
 * Returns: (transfer full) (element-type GxcDue): what asked to be remembered of, or fell due
 */
GPtrArray *
gxc_due_between (GxcDesk *desk,
                 gint64   after,
                 gint64   until)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) gxc_due_free);

  add_tasks (desk, found, "remind_at", after, until);
  add_tasks (desk, found, "due_at", after, until);
  add_reviews (desk, found, after, until);
  return found;
}

/* --- how many wait ------------------------------------------------------------------------------------------------ */

static guint
count (GxcDesk *desk, const GxEntity *entity, const GxcCondition *conditions, guint n_conditions)
{
  const GxcQuery query = { .conditions = conditions, .n_conditions = n_conditions };
  gint64 n = gxc_desk_count (desk, entity, &query, NULL);

  return n > 0 ? (guint) MIN (n, G_MAXINT) : 0;
}

/** gxc_due_count_reviews: for who decides, what others ask for; for who asks, what came back; red if one is past its time */
guint
gxc_due_count_reviews (GxcDesk  *desk,
                       gboolean *out_red)
{
  g_autofree char *me = dup_me (desk), *now = dup_number (gxc_desk_now (desk));
  const GxcCondition waiting[] = { { "state", GXC_IS, "PENDING" }, { "maker_id", GXC_IS_NOT, me }, { "due_at", GXC_LESS, now } };
  const GxcCondition returned[] = { { "state", GXC_IS, "RETURNED" }, { "maker_id", GXC_IS, me } };

  if (!me)
    return 0;
  if (!decides (desk))
    return count (desk, &gx_change_request_entity, returned, 2);
  *out_red = count (desk, &gx_change_request_entity, waiting, 3) > 0;
  return count (desk, &gx_change_request_entity, waiting, 2);
}
