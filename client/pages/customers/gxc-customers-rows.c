/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands beside a customer in the list: its digest and its next task, read in the same windows of 64 as the record
 * model reads customers. Not a model: the list's rows are the record model's, this only adds to them when a cell is
 * bound, and forgets everything when rows change, since a thumb drag comes back sooner than anything here grows old. */

#include "gxc-customers-rows.h"

#define WINDOW    64
#define N_WINDOWS 48

typedef struct
{
  GPtrArray *digests;       /* of GxRecord, NULL where there is none */
  GPtrArray *tasks;
} Window;

struct _GxcCustomersRows
{
  GObject         parent_instance;

  /* Owned References */
  GxcDesk        *desk;
  GxcRecordModel *model;
  GHashTable     *windows;  /* number → Window */
  GQueue          recent;   /* numbers, the latest first */
};

G_DEFINE_FINAL_TYPE (GxcCustomersRows, gxc_customers_rows, G_TYPE_OBJECT)

static void
window_free (gpointer data)
{
  Window *window = data;

  g_clear_pointer (&window->digests, g_ptr_array_unref);
  g_clear_pointer (&window->tasks, g_ptr_array_unref);
  g_free (window);
}

static void
forget_all (GxcCustomersRows *self)
{
  g_hash_table_remove_all (self->windows);
  g_queue_clear (&self->recent);
}

/* A window that cannot be read is shown without these columns; the record model warns of the same cause. */
static GPtrArray *
read_digests (GxcCustomersRows *self, guint number)
{
  guint first = number * WINDOW, total = g_list_model_get_n_items (G_LIST_MODEL (self->model));

  if (first >= total)
    return NULL;
  return gxc_desk_read (self->desk, gxc_digest_entity (), gxc_record_model_get_id (self->model, first), MIN (WINDOW, total - first), NULL);
}

static const GxId *
next_task_of (GxRecord *digest)
{
  const GxcDigest *row = digest ? gx_record_get_data (digest) : NULL;

  return row && !gx_id_is_none (&row->next_task_id) ? &row->next_task_id : NULL;
}

static void
unref_nullable (gpointer object)
{
  if (object)
    g_object_unref (object);
}

/* One read for all tasks, then each to its row's place. */
static GPtrArray *
read_tasks (GxcDesk *desk, GPtrArray *digests)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (GxId));
  g_autoptr(GPtrArray) found = NULL;
  GPtrArray *tasks = g_ptr_array_new_with_free_func (unref_nullable);
  guint next = 0;

  for (guint i = 0; i < digests->len; i++)
    if (next_task_of (digests->pdata[i]))
      g_array_append_vals (ids, next_task_of (digests->pdata[i]), 1);
  if (ids->len)
    found = gxc_desk_read (desk, &gx_task_entity, (const GxId *) ids->data, ids->len, NULL);
  g_ptr_array_set_size (tasks, digests->len);
  for (guint i = 0; found && i < digests->len; i++)
    if (next_task_of (digests->pdata[i]))
      {
        GxRecord *task = found->pdata[next++];

        tasks->pdata[i] = task ? g_object_ref (task) : NULL;
      }
  return tasks;
}

static Window *
read_window (GxcCustomersRows *self, guint number)
{
  GPtrArray *digests = read_digests (self, number);
  Window *window;

  if (!digests)
    return NULL;
  window = g_new0 (Window, 1);
  window->digests = digests;
  window->tasks = read_tasks (self->desk, digests);
  g_hash_table_insert (self->windows, GUINT_TO_POINTER (number), window);
  g_queue_push_head (&self->recent, GUINT_TO_POINTER (number));
  while (g_queue_get_length (&self->recent) > N_WINDOWS)
    g_hash_table_remove (self->windows, g_queue_pop_tail (&self->recent));
  return window;
}

static Window *
get_window (GxcCustomersRows *self, guint number)
{
  Window *window = g_hash_table_lookup (self->windows, GUINT_TO_POINTER (number));

  if (!window)
    return read_window (self, number);
  if (g_queue_peek_head (&self->recent) != GUINT_TO_POINTER (number))
    {
      g_queue_remove (&self->recent, GUINT_TO_POINTER (number));
      g_queue_push_head (&self->recent, GUINT_TO_POINTER (number));
    }
  return window;
}

static GxRecord *
ref_at (GPtrArray *records, guint position)
{
  GxRecord *record = records && position < records->len ? records->pdata[position] : NULL;

  return record ? g_object_ref (record) : NULL;
}

/**
 * gxc_customers_rows_get:
 * @customer: the record at @position
 * @out_row: (out): clear with gxc_customers_row_clear()
 */
void
gxc_customers_rows_get (GxcCustomersRows *self,
                        guint             position,
                        GxRecord         *customer,
                        GxcCustomersRow  *out_row)
{
  Window *window = get_window (self, position / WINDOW);

  *out_row = (GxcCustomersRow) { .customer = g_object_ref (customer) };
  if (!window)
    return;
  out_row->digest = ref_at (window->digests, position % WINDOW);
  out_row->task = ref_at (window->tasks, position % WINDOW);
}

void
gxc_customers_row_clear (GxcCustomersRow *row)
{
  g_clear_object (&row->customer);
  g_clear_object (&row->digest);
  g_clear_object (&row->task);
}

const GxCustomer *
gxc_customers_row_customer (const GxcCustomersRow *row)
{
  return row->customer ? gx_record_get_data (row->customer) : NULL;
}

const GxcDigest *
gxc_customers_row_digest (const GxcCustomersRow *row)
{
  return row->digest ? gx_record_get_data (row->digest) : NULL;
}

const GxTask *
gxc_customers_row_task (const GxcCustomersRow *row)
{
  return row->task ? gx_record_get_data (row->task) : NULL;
}

static void
gxc_customers_rows_finalize (GObject *object)
{
  GxcCustomersRows *self = GXC_CUSTOMERS_ROWS (object);

  g_queue_clear (&self->recent);
  g_hash_table_unref (self->windows);
  g_clear_object (&self->model);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (gxc_customers_rows_parent_class)->finalize (object);
}

static void
gxc_customers_rows_class_init (GxcCustomersRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gxc_customers_rows_finalize;
}

static void
gxc_customers_rows_init (GxcCustomersRows *self)
{
  self->windows = g_hash_table_new_full (NULL, NULL, NULL, window_free);
  g_queue_init (&self->recent);
}

/**
 * gxc_customers_rows_read:
 *
 * Returns: (transfer full) (nullable) (element-type GxcCustomersRow): one an id, without a customer where he is gone
 */
GArray *
gxc_customers_rows_read (GxcDesk     *desk,
                         const GxId  *ids,
                         guint        n_ids,
                         GError     **error)
{
  g_autoptr(GPtrArray) customers = gxc_desk_read (desk, &gx_customer_entity, ids, n_ids, error);
  g_autoptr(GPtrArray) digests = customers ? gxc_desk_read (desk, gxc_digest_entity (), ids, n_ids, error) : NULL;
  g_autoptr(GPtrArray) tasks = digests ? read_tasks (desk, digests) : NULL;
  GArray *rows;

  if (!tasks)
    return NULL;
  rows = g_array_sized_new (FALSE, TRUE, sizeof (GxcCustomersRow), n_ids);
  g_array_set_clear_func (rows, (GDestroyNotify) gxc_customers_row_clear);
  g_array_set_size (rows, n_ids);
  for (guint i = 0; i < n_ids; i++)
    {
      GxcCustomersRow *row = &g_array_index (rows, GxcCustomersRow, i);

      row->customer = ref_at (customers, i);
      row->digest = ref_at (digests, i);
      row->task = ref_at (tasks, i);
    }
  return rows;
}

/** gxc_customers_rows_new: before the view gets @model: what it forgets must be forgotten when the view binds anew */
GxcCustomersRows *
gxc_customers_rows_new (GxcDesk        *desk,
                        GxcRecordModel *model)
{
  GxcCustomersRows *self = g_object_new (GXC_TYPE_CUSTOMERS_ROWS, NULL);

  self->desk = g_object_ref (desk);
  self->model = g_object_ref (model);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (forget_all), self, G_CONNECT_SWAPPED);
  return self;
}
