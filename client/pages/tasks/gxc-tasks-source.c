/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One's own tasks as the page wants them: by how near they are, or by day. Days are of the wall clock. It reads through the
 * desk and shows nothing. */

#include "gxc-tasks-source.h"

#include "gx-customer.h"
#include "gx-task.h"
#include "gxc-calendar.h"
#include "gxc-day-cell.h"
#include "gxc-field-column.h"
#include "gxc-task-words.h"

#define DAY_MS    G_GINT64_CONSTANT (86400000)
#define MAX_OPEN  500       /* of a list; nobody reads more */
#define MAX_DONE  60
#define DONE_DAYS 14
#define OPEN_CODES "OPEN,DOING,WAITING"

/* The conditions of a query, with the texts that they borrow. */
typedef struct
{
  GxcCondition conditions[6];
  guint        n;
  GPtrArray   *texts;       /* (owned) */
} Wish;

static void
wish_clear (Wish *wish)
{
  g_clear_pointer (&wish->texts, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wish, wish_clear)

static void
want (Wish *wish, const char *field, GxcOperator op, char *text)
{
  g_ptr_array_add (wish->texts, text);
  wish->conditions[wish->n++] = (GxcCondition) { field, op, text };
}

static void
wish_init (Wish *wish, GxcDesk *desk, const GxcTasksFilter *filter)
{
  const GxcPerson *person = gxc_desk_get_person (desk);      /* none, once somebody signed out */

  *wish = (Wish) { .texts = g_ptr_array_new_with_free_func (g_free) };
  want (wish, "assignee_id", GXC_IS, g_strdup (GX_ID_STR (person ? &person->employee_id : &GX_ID_NONE)));
  if (filter && filter->kind)
    want (wish, "kind", GXC_IS, g_strdup (gx_choice_code (gx_task_kinds, filter->kind)));
  if (filter && !gx_id_is_none (&filter->customer_id))
    want (wish, "customer_id", GXC_IS, g_strdup (GX_ID_STR (&filter->customer_id)));
}

static char *
moment_text (gint64 ms)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, ms);
}

static GPtrArray *
read_wish (GxcDesk *desk, const Wish *wish, gboolean descending, guint limit, GError **error)
{
  const GxcQuery query = { .conditions = wish->conditions, .n_conditions = wish->n, .sort_field = "due_at", .descending = descending, .limit = limit };
  g_autoptr(GArray) ids = gxc_desk_list (desk, &gx_task_entity, &query, error);

  return ids ? gxc_desk_read (desk, &gx_task_entity, (GxId *) (gpointer) ids->data, ids->len, error) : NULL;
}

static GxcTasksRead *
read_new (void)
{
  GxcTasksRead *read = g_new0 (GxcTasksRead, 1);

  for (guint i = 0; i < GXC_TASKS_N_GROUPS; i++)
    read->groups[i] = g_ptr_array_new_with_free_func (g_object_unref);
  read->customers = g_hash_table_new_full (gx_id_hash, gx_id_equal, g_free, g_object_unref);
  return read;
}

void
gxc_tasks_read_free (GxcTasksRead *read)
{
  for (guint i = 0; i < GXC_TASKS_N_GROUPS; i++)
    g_ptr_array_unref (read->groups[i]);
  g_hash_table_unref (read->customers);
  g_free (read);
}

/* All in one call: a list of three hundred tasks does not ask three hundred times. */
static gboolean
read_customers (GxcTasksRead *read, GxcDesk *desk, GError **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (GxId));
  g_autoptr(GHashTable) seen = g_hash_table_new (gx_id_hash, gx_id_equal);
  g_autoptr(GPtrArray) records = NULL;

  for (guint g = 0; g < GXC_TASKS_N_GROUPS; g++)
    for (guint i = 0; i < read->groups[g]->len; i++)
      {
        const GxTask *task = gx_record_get_data (g_ptr_array_index (read->groups[g], i));

        if (!gx_id_is_none (&task->customer_id) && g_hash_table_add (seen, (gpointer) &task->customer_id))
          g_array_append_val (ids, task->customer_id);
      }
  records = gxc_desk_read (desk, &gx_customer_entity, (GxId *) (gpointer) ids->data, ids->len, error);
  for (guint i = 0; records && i < records->len; i++)
    if (records->pdata[i])
      g_hash_table_insert (read->customers, gx_id_copy (gx_record_get_id (records->pdata[i])), g_object_ref (records->pdata[i]));
  return records != NULL;
}

static GxcTasksGroup
group_of (const GxTask *task, gint64 now)
{
  gint32 day = gxc_local_day (task->due_at), today = gxc_local_day (now);

  if (!gxc_task_is_open (task))
    return GXC_TASKS_DONE;
  if (task->due_at < now)
    return GXC_TASKS_OVERDUE;
  return day == today ? GXC_TASKS_TODAY : day <= today + 7 ? GXC_TASKS_WEEK : GXC_TASKS_LATER;
}

static void
sort_in (GxcTasksRead *read, GxcDesk *desk, GPtrArray *tasks)
{
  gint64 now = gxc_desk_now (desk);

  for (guint i = 0; i < tasks->len; i++)
    if (tasks->pdata[i])
      g_ptr_array_add (read->groups[group_of (gx_record_get_data (tasks->pdata[i]), now)], g_object_ref (tasks->pdata[i]));
}

/**
 * gxc_tasks_read:
 *
 * Returns: (transfer full) (nullable): what is open, next first, and what was done in the last two weeks, latest first
 */
GxcTasksRead *
gxc_tasks_read (GxcDesk               *desk,
                const GxcTasksFilter  *filter,
                GError               **error)
{
  g_autoptr(GxcTasksRead) read = read_new ();
  g_auto(Wish) open = { 0 }, done = { 0 };
  g_autoptr(GPtrArray) open_tasks = NULL, done_tasks = NULL;

  wish_init (&open, desk, filter);
  wish_init (&done, desk, filter);
  want (&open, "status", GXC_IN, g_strdup (OPEN_CODES));
  want (&done, "status", GXC_IS, g_strdup ("DONE"));
  want (&done, "due_at", GXC_GREATER, moment_text (gxc_desk_now (desk) - DONE_DAYS * DAY_MS));
  if (!(open_tasks = read_wish (desk, &open, FALSE, MAX_OPEN, error)) || !(done_tasks = read_wish (desk, &done, TRUE, MAX_DONE, error)))
    return NULL;
  sort_in (read, desk, open_tasks);
  sort_in (read, desk, done_tasks);
  return read_customers (read, desk, error) ? g_steal_pointer (&read) : NULL;
}

/**
 * gxc_tasks_read_days:
 * @first, @last: both included
 *
 * Returns: (transfer full) (nullable): what is due on those days, open or done
 */
GxcTasksRead *
gxc_tasks_read_days (GxcDesk               *desk,
                     const GxcTasksFilter  *filter,
                     gint32                 first,
                     gint32                 last,
                     GError               **error)
{
  g_autoptr(GxcTasksRead) read = read_new ();
  g_auto(Wish) wish = { 0 };
  g_autoptr(GPtrArray) tasks = NULL;

  wish_init (&wish, desk, filter);
  want (&wish, "status", GXC_IS_NOT, g_strdup ("CANCELLED"));
  want (&wish, "due_at", GXC_GREATER, moment_text (gxc_local_moment (first - 1, 0) + DAY_MS / 2));
  want (&wish, "due_at", GXC_LESS, moment_text (gxc_local_moment (last + 2, 0)));
  if (!(tasks = read_wish (desk, &wish, FALSE, 2 * MAX_OPEN, error)))
    return NULL;
  for (guint i = tasks->len; i > 0; i--)
    {
      gint32 day = tasks->pdata[i - 1] ? gxc_local_day (((const GxTask *) gx_record_get_data (tasks->pdata[i - 1]))->due_at) : GX_INT32_NONE;

      if (day < first || day > last)
        g_ptr_array_remove_index (tasks, i - 1);
    }
  sort_in (read, desk, tasks);
  return read_customers (read, desk, error) ? g_steal_pointer (&read) : NULL;
}

/* --- for the month ------------------------------------------------------------------------------------------------ */

/* What is to be done comes first: where there is no room for all, the name is what is cut, and the day beside has it. No line
 * begins with the dot between them. */
static char *
item_words (const GxTask *task, const char *name)
{
  return name ? g_strdup_printf ("%s\u00a0· %s", task->title, name) : g_strdup (task->title);
}

/* "10:30 · Birthday · 张明远 2217" */
static char *
item_whole (const GxTask *task, const char *name, const char *tail)
{
  g_autoptr(GDateTime) due = g_date_time_new_from_unix_local (task->due_at / 1000);
  g_autofree char *time = g_date_time_format (due, "%H:%M");

  return g_strdup_printf ("%s · %s%s%s%s%s", time, task->title, name ? " · " : "", name ? name : "", tail ? " " : "",
                          tail ? tail : "");
}

static GxcMonthItem *
make_month_item (GxcDesk *desk, GxcTasksRead *read, const GxTask *task)
{
  GxRecord *customer = g_hash_table_lookup (read->customers, &task->customer_id);
  g_autofree char *name = customer ? gxc_field_to_words (desk, customer, gx_entity_find (&gx_customer_entity, "name")) : NULL;
  GxcMonthItem *item = g_new0 (GxcMonthItem, 1);

  item->id = task->meta.id;
  item->date = gxc_local_day (task->due_at);
  item->done = !gxc_task_is_open (task);
  item->late = !item->done && task->due_at < gxc_desk_now (desk);
  item->words = item_words (task, name);
  item->whole = item_whole (task, name, gx_customer_tail (customer ? gx_record_get_data (customer) : NULL));
  return item;
}

static int
compare_due (gconstpointer a, gconstpointer b)
{
  const GxTask *x = gx_record_get_data (*(GxRecord **) a), *y = gx_record_get_data (*(GxRecord **) b);

  return (x->due_at > y->due_at) - (x->due_at < y->due_at);
}

/** gxc_tasks_month_items: (transfer full) (element-type GxcMonthItem): by their time */
GPtrArray *
gxc_tasks_month_items (GxcDesk      *desk,
                       GxcTasksRead *read)
{
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify) gxc_month_item_free);
  g_autoptr(GPtrArray) tasks = g_ptr_array_new ();

  for (guint g = 0; g < GXC_TASKS_N_GROUPS; g++)
    for (guint i = 0; i < read->groups[g]->len; i++)
      g_ptr_array_add (tasks, g_ptr_array_index (read->groups[g], i));
  g_ptr_array_sort (tasks, compare_due);
  for (guint i = 0; i < tasks->len; i++)
    g_ptr_array_add (items, make_month_item (desk, read, gx_record_get_data (g_ptr_array_index (tasks, i))));
  return items;
}
