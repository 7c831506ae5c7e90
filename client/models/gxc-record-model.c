/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list of one entity: the ordered ids of all rows, and the records of those that are looked at, read in windows of 64, so
 * that a letter of a search waits for one screenful and no more. Not a filter or sort model: the store filters and sorts,
 * since it has indexes, and 100,000 ids are 1.6 MB while 100,000 records would be a hundred. A row that went away between
 * listing and reading is shown empty until the refresh that its going away causes. */

#include "gxc-record-model.h"

#include <string.h>

#define WINDOW    64
#define N_WINDOWS 48        /* kept; a screenful touches at most two, and GTK holds rows of a few more */

struct _GxcRecordModel
{
  GObject         parent_instance;

  /* Owned References */
  GxcDesk        *desk;
  GArray         *ids;      /* of GxId */
  GHashTable     *windows;  /* window number → GPtrArray of GxRecord */
  GQueue          recent;   /* window numbers, the latest first */
  char           *search;   /* (nullable) */
  GArray         *conditions;   /* of GxcCondition, whose texts are owned */
  char           *sort_field;   /* (nullable) */

  /* Borrowed References */
  const GxEntity *entity;

  gboolean        descending;
  gboolean        by_digest;
  guint           n_reads;
  gboolean        has_holes;  /* rows that a view has were not read */
  GError         *unread;   /* (owned) (nullable): told in an idle */
  guint           telling;
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GxcRecordModel, gxc_record_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

enum { FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

static gboolean
on_telling_cb (gpointer data)
{
  GxcRecordModel *self = data;
  g_autoptr(GError) error = g_steal_pointer (&self->unread);

  self->telling = 0;
  g_signal_emit (self, signals[FAILED], 0, error);
  return G_SOURCE_REMOVE;
}

/* A view asks for its rows while it is being laid out: that they cannot be read is told when it has ended. */
static void
tell_failed (GxcRecordModel *self, GError *error)
{
  if (self->unread)
    g_error_free (error);
  else
    self->unread = error;
  if (!self->telling)
    self->telling = g_idle_add (on_telling_cb, self);
}

static GType
get_item_type (GListModel *model)
{
  return GX_TYPE_RECORD;
}

static guint
get_n_items (GListModel *model)
{
  return GXC_RECORD_MODEL (model)->ids->len;
}

static void
forget_oldest (GxcRecordModel *self)
{
  while (g_queue_get_length (&self->recent) > N_WINDOWS)
    g_hash_table_remove (self->windows, g_queue_pop_tail (&self->recent));
}

static GPtrArray *
read_window (GxcRecordModel *self, guint number)
{
  GError *error = NULL;
  guint first = number * WINDOW;
  GPtrArray *records = gxc_desk_read (self->desk, self->entity, &g_array_index (self->ids, GxId, first),
                                      MIN (WINDOW, self->ids->len - first), &error);

  self->n_reads++;
  if (!records)
    {
      self->has_holes = TRUE;
      tell_failed (self, error);
      return NULL;
    }
  g_hash_table_insert (self->windows, GUINT_TO_POINTER (number), records);
  g_queue_push_head (&self->recent, GUINT_TO_POINTER (number));
  forget_oldest (self);
  return records;
}

/* What is on the screen is looked at again and again: it must not be forgotten for what was scrolled past. */
static void
touch_window (GxcRecordModel *self, guint number)
{
  if (g_queue_peek_head (&self->recent) == GUINT_TO_POINTER (number))
    return;
  g_queue_remove (&self->recent, GUINT_TO_POINTER (number));
  g_queue_push_head (&self->recent, GUINT_TO_POINTER (number));
}

/* A row that is gone is an empty record, never NULL: a hole in a list model ends it. */
static GxRecord *
empty_record (GxcRecordModel *self, guint position)
{
  GxMeta *row = gx_entity_new (self->entity);

  row->id = g_array_index (self->ids, GxId, position);
  return gx_record_new (self->entity, row);
}

static gpointer
get_item (GListModel *model, guint position)
{
  GxcRecordModel *self = GXC_RECORD_MODEL (model);
  GPtrArray *window;
  GxRecord *record;

  if (position >= self->ids->len)
    return NULL;
  window = g_hash_table_lookup (self->windows, GUINT_TO_POINTER (position / WINDOW));
  if (!window)
    window = read_window (self, position / WINDOW);
  else
    touch_window (self, position / WINDOW);
  record = window ? g_ptr_array_index (window, position % WINDOW) : NULL;

  return record ? g_object_ref (record) : empty_record (self, position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
on_changed_cb (GxcRecordModel *self, const char *entity)
{
  GError *error = NULL;

  if ((g_strcmp0 (entity, self->entity->name) == 0 || (self->by_digest && g_strcmp0 (entity, gxc_digest_entity ()->name) == 0))
      && !gxc_record_model_refresh (self, &error))
    tell_failed (self, error);
}

/* The same rows read differently: their records are read anew, so that a view binds them anew. */
static void
on_curtain_changed_cb (GxcRecordModel *self)
{
  on_changed_cb (self, self->entity->name);
}

static void
gxc_record_model_finalize (GObject *object)
{
  GxcRecordModel *self = GXC_RECORD_MODEL (object);

  g_clear_handle_id (&self->telling, g_source_remove);
  g_clear_error (&self->unread);
  g_clear_object (&self->desk);
  g_array_unref (self->ids);
  g_hash_table_unref (self->windows);
  g_queue_clear (&self->recent);
  g_free (self->search);
  g_array_unref (self->conditions);
  g_free (self->sort_field);
  G_OBJECT_CLASS (gxc_record_model_parent_class)->finalize (object);
}

static void
gxc_record_model_class_init (GxcRecordModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gxc_record_model_finalize;
  /** GxcRecordModel::failed: a GError: rows that were asked for, or the list after a change, could not be read */
  signals[FAILED] = g_signal_new ("failed", GXC_TYPE_RECORD_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
clear_condition (gpointer data)
{
  GxcCondition *condition = data;

  g_free ((char *) condition->field);
  g_free ((char *) condition->text);
}

static void
gxc_record_model_init (GxcRecordModel *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (GxId));
  self->conditions = g_array_new (FALSE, FALSE, sizeof (GxcCondition));
  g_array_set_clear_func (self->conditions, clear_condition);
  self->windows = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  g_queue_init (&self->recent);
}

/** gxc_record_model_new: empty until the first gxc_record_model_refresh() */
GxcRecordModel *
gxc_record_model_new (GxcDesk        *desk,
                      const GxEntity *entity)
{
  GxcRecordModel *self = g_object_new (GXC_TYPE_RECORD_MODEL, NULL);

  self->desk = g_object_ref (desk);
  self->entity = entity;
  g_signal_connect_object (desk, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "curtain-changed", G_CALLBACK (on_curtain_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

static void
set_text (char **pointer, const char *text)
{
  g_autofree char *old = *pointer;

  *pointer = text && *text ? g_strdup (text) : NULL;
}

/** gxc_record_model_set_search: like the others takes effect with the next refresh */
void
gxc_record_model_set_search (GxcRecordModel *self,
                             const char     *search)
{
  set_text (&self->search, search);
}

/** gxc_record_model_get_search: "" if nothing is searched for */
const char *
gxc_record_model_get_search (GxcRecordModel *self)
{
  return self->search ? self->search : "";
}

/** gxc_record_model_set_conditions: copied; none if @n_conditions is 0 */
void
gxc_record_model_set_conditions (GxcRecordModel     *self,
                                 const GxcCondition *conditions,
                                 guint               n_conditions)
{
  g_array_set_size (self->conditions, 0);
  for (guint i = 0; i < n_conditions; i++)
    {
      GxcCondition copy = { g_strdup (conditions[i].field), conditions[i].op, g_strdup (conditions[i].text) };

      g_array_append_val (self->conditions, copy);
    }
}

/** gxc_record_model_set_where: (nullable): the one condition that a field is a word; none with %NULL */
void
gxc_record_model_set_where (GxcRecordModel *self,
                            const char     *field,
                            const char     *text)
{
  const GxcCondition condition = { field, GXC_IS, text };

  gxc_record_model_set_conditions (self, &condition, field && *field ? 1 : 0);
}

void
gxc_record_model_set_sort (GxcRecordModel *self,
                           const char     *field,
                           gboolean        descending)
{
  set_text (&self->sort_field, field);
  self->descending = descending;
}

/* The same rows in the same order: those of the windows in memory may read differently now, the others were never seen.
 * To tell all 100,000 would make GTK read them all, in search of the row it had the focus on. */
static void
tell_windows (GxcRecordModel *self, GQueue *windows)
{
  for (GList *l = windows->head; l; l = l->next)
    {
      guint first = GPOINTER_TO_UINT (l->data) * WINDOW;
      guint n = MIN (WINDOW, self->ids->len - first);

      g_list_model_items_changed (G_LIST_MODEL (self), first, n, n);
    }
}

/* Only what differs is told, so that the view keeps its place and its selection. */
static void
replace_ids (GxcRecordModel *self, GArray *ids, GQueue *windows)
{
  g_autoptr(GArray) old = g_steal_pointer (&self->ids);
  const GxId *a = (GxId *) (gpointer) old->data, *b = (GxId *) (gpointer) ids->data;
  guint head = 0, tail = 0, shorter = self->has_holes ? 0 : MIN (old->len, ids->len);

  self->has_holes = FALSE;
  while (head < shorter && gx_id_equal (&a[head], &b[head]))
    head++;
  while (tail < shorter - head && gx_id_equal (&a[old->len - 1 - tail], &b[ids->len - 1 - tail]))
    tail++;

  self->ids = g_array_ref (ids);
  if (head > 0 && head == old->len && old->len == ids->len)
    tell_windows (self, windows);
  else
    g_list_model_items_changed (G_LIST_MODEL (self), head, old->len - head - tail, ids->len - head - tail);
}

/* Whether which rows there are, or their order, depends on the customers' figures. */
static gboolean
asks_digest (GxcRecordModel *self)
{
  if (self->sort_field && !gx_entity_find (self->entity, self->sort_field))
    return TRUE;
  for (guint i = 0; i < self->conditions->len; i++)
    if (!gx_entity_find (self->entity, g_array_index (self->conditions, GxcCondition, i).field))
      return TRUE;
  return FALSE;
}

/** gxc_record_model_refresh: lists again */
gboolean
gxc_record_model_refresh (GxcRecordModel  *self,
                          GError         **error)
{
  GxcQuery query = { .search = self->search, .conditions = (const GxcCondition *) (gpointer) self->conditions->data,
                     .n_conditions = self->conditions->len, .sort_field = self->sort_field, .descending = self->descending };
  g_autoptr(GArray) ids = gxc_desk_list (self->desk, self->entity, &query, error);
  GQueue windows;

  if (!ids)
    return FALSE;
  self->by_digest = asks_digest (self);
  windows = self->recent;
  g_queue_init (&self->recent);
  g_hash_table_remove_all (self->windows);
  replace_ids (self, ids, &windows);
  g_queue_clear (&windows);
  return TRUE;
}

/** gxc_record_model_get_id: (nullable): without reading the row */
const GxId *
gxc_record_model_get_id (GxcRecordModel *self,
                         guint           position)
{
  return position < self->ids->len ? &g_array_index (self->ids, GxId, position) : NULL;
}

/** gxc_record_model_find: the position of @id, G_MAXUINT if it is not listed */
guint
gxc_record_model_find (GxcRecordModel *self,
                       const GxId     *id)
{
  for (guint i = 0; i < self->ids->len; i++)
    if (gx_id_equal (&g_array_index (self->ids, GxId, i), id))
      return i;
  return G_MAXUINT;
}

/** gxc_record_model_n_reads: how often windows were read, for tests */
guint
gxc_record_model_n_reads (GxcRecordModel *self)
{
  return self->n_reads;
}
