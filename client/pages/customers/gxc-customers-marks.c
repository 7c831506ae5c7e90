/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which customers are ticked. A selection model, so that GTK's own keys work on it (Space, Shift+click, Ctrl+A), with two
 * differences: going to a row ticks nothing, since arrows are for reading, and what is ticked is a customer, not a place:
 * a tick outlives sorting, searching and another view until it is taken off. "changed" of the selection tells the bar. */

#include "gxc-customers-marks.h"

struct _GxcCustomersMarks
{
  GObject         parent_instance;

  /* Owned References */
  GxcRecordModel *model;
  GxcCustomersShelf *shelf;
  GHashTable     *ids;      /* set of GxId */

  guint           anchor;   /* where a range begins, G_MAXUINT: nowhere */
};

static void list_model_init (GListModelInterface *iface);
static void selection_model_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GxcCustomersMarks, gxc_customers_marks, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, selection_model_init))

/* --- the rows are the model's -------------------------------------------------------------------------------------- */

static GType
get_item_type (GListModel *model)
{
  return GX_TYPE_RECORD;
}

static guint
get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (GXC_CUSTOMERS_MARKS (model)->shelf));
}

static gpointer
get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (GXC_CUSTOMERS_MARKS (model)->shelf), position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
on_items_changed_cb (GxcCustomersMarks *self, guint position, guint removed, guint added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

/* Other customers in the same rows. */
static void
on_moved_cb (GxcCustomersMarks *self)
{
  self->anchor = G_MAXUINT;
  if (g_hash_table_size (self->ids) && get_n_items (G_LIST_MODEL (self)))
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), 0, get_n_items (G_LIST_MODEL (self)));
}

/* --- ticking -------------------------------------------------------------------------------------------------------- */

/* All that are listed, whether the shelf shows them yet or not. */
static guint
n_rows (GxcCustomersMarks *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->model));
}

static void
tell_changed (GxcCustomersMarks *self, guint position, guint n_items)
{
  guint n = get_n_items (G_LIST_MODEL (self));

  n_items = position < n ? MIN (n_items, n - position) : 0;
  if (n_items)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), position, n_items);
}

static gboolean
is_marked (GxcCustomersMarks *self, guint position)
{
  const GxId *id = gxc_record_model_get_id (self->model, position);

  return id && g_hash_table_contains (self->ids, id);
}

static void
mark (GxcCustomersMarks *self, guint position, guint n_items, gboolean marked)
{
  for (guint i = position; i < position + n_items; i++)
    {
      const GxId *id = gxc_record_model_get_id (self->model, i);

      if (id && marked)
        g_hash_table_add (self->ids, gx_id_copy (id));
      else if (id)
        g_hash_table_remove (self->ids, id);
    }
  tell_changed (self, position, n_items);
}

static gboolean
is_selected (GtkSelectionModel *model, guint position)
{
  return is_marked (GXC_CUSTOMERS_MARKS (model), position);
}

static GtkBitset *
get_selection_in_range (GtkSelectionModel *model, guint position, guint n_items)
{
  GxcCustomersMarks *self = GXC_CUSTOMERS_MARKS (model);
  GtkBitset *set = gtk_bitset_new_empty ();

  for (guint i = position; i - position < n_items && i < n_rows (GXC_CUSTOMERS_MARKS (model)) && g_hash_table_size (self->ids); i++)
    if (is_marked (self, i))
      gtk_bitset_add (set, i);
  return set;
}

/* With "unselect the rest" GTK says that the person went to a row. */
static gboolean
select_item (GtkSelectionModel *model, guint position, gboolean unselect_rest)
{
  GXC_CUSTOMERS_MARKS (model)->anchor = position;
  if (!unselect_rest)
    mark (GXC_CUSTOMERS_MARKS (model), position, 1, TRUE);
  return TRUE;
}

static gboolean
unselect_item (GtkSelectionModel *model, guint position)
{
  GXC_CUSTOMERS_MARKS (model)->anchor = position;
  mark (GXC_CUSTOMERS_MARKS (model), position, 1, FALSE);
  return TRUE;
}

static gboolean
select_range (GtkSelectionModel *model, guint position, guint n_items, gboolean unselect_rest)
{
  mark (GXC_CUSTOMERS_MARKS (model), position, n_items, TRUE);
  return TRUE;
}

static gboolean
unselect_range (GtkSelectionModel *model, guint position, guint n_items)
{
  mark (GXC_CUSTOMERS_MARKS (model), position, n_items, FALSE);
  return TRUE;
}

static gboolean
select_all (GtkSelectionModel *model)
{
  mark (GXC_CUSTOMERS_MARKS (model), 0, n_rows (GXC_CUSTOMERS_MARKS (model)), TRUE);
  return TRUE;
}

/* The ticks on rows that are not listed too: what the bar counts must be gone when it goes. */
static gboolean
unselect_all (GtkSelectionModel *model)
{
  g_hash_table_remove_all (GXC_CUSTOMERS_MARKS (model)->ids);
  gtk_selection_model_selection_changed (model, 0, MAX (get_n_items (G_LIST_MODEL (model)), 1));
  return TRUE;
}

static void
selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = is_selected;
  iface->get_selection_in_range = get_selection_in_range;
  iface->select_item = select_item;
  iface->unselect_item = unselect_item;
  iface->select_range = select_range;
  iface->unselect_range = unselect_range;
  iface->select_all = select_all;
  iface->unselect_all = unselect_all;
}

static void
gxc_customers_marks_finalize (GObject *object)
{
  GxcCustomersMarks *self = GXC_CUSTOMERS_MARKS (object);

  g_clear_object (&self->shelf);
  g_clear_object (&self->model);
  g_hash_table_unref (self->ids);
  G_OBJECT_CLASS (gxc_customers_marks_parent_class)->finalize (object);
}

static void
gxc_customers_marks_class_init (GxcCustomersMarksClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gxc_customers_marks_finalize;
}

static void
gxc_customers_marks_init (GxcCustomersMarks *self)
{
  self->ids = g_hash_table_new_full (gx_id_hash, gx_id_equal, g_free, NULL);
  self->anchor = G_MAXUINT;
}

/**
 * gxc_customers_marks_new: nothing is ticked
 * @model: whose customers are listed
 * @shelf: the same, as they are shown
 */
GxcCustomersMarks *
gxc_customers_marks_new (GxcRecordModel    *model,
                         GxcCustomersShelf *shelf)
{
  GxcCustomersMarks *self = g_object_new (GXC_TYPE_CUSTOMERS_MARKS, NULL);

  self->model = g_object_ref (model);
  self->shelf = g_object_ref (shelf);
  g_signal_connect_object (shelf, "items-changed", G_CALLBACK (on_items_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (shelf, "moved", G_CALLBACK (on_moved_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/** gxc_customers_marks_get_n: how many customers are ticked, listed or not */
guint
gxc_customers_marks_get_n (GxcCustomersMarks *self)
{
  return g_hash_table_size (self->ids);
}

/** gxc_customers_marks_n_listed: how many of them are in the list as it is shown */
guint
gxc_customers_marks_n_listed (GxcCustomersMarks *self)
{
  guint n = 0;

  for (guint i = 0; n < g_hash_table_size (self->ids) && i < n_rows (self); i++)
    n += is_marked (self, i);
  return n;
}

/**
 * gxc_customers_marks_dup_ids:
 *
 * Returns: (transfer full) (element-type GxId): the ticked ones, the listed in their order first
 */
GArray *
gxc_customers_marks_dup_ids (GxcCustomersMarks *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (GxId));
  g_autoptr(GHashTable) listed = g_hash_table_new (gx_id_hash, gx_id_equal);
  GHashTableIter iter;
  gpointer id;

  for (guint i = 0; ids->len < g_hash_table_size (self->ids) && i < n_rows (self); i++)
    if (is_marked (self, i))
      {
        g_array_append_vals (ids, gxc_record_model_get_id (self->model, i), 1);
        g_hash_table_add (listed, (gpointer) gxc_record_model_get_id (self->model, i));
      }
  g_hash_table_iter_init (&iter, self->ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!g_hash_table_contains (listed, id))
      g_array_append_vals (ids, id, 1);
  return ids;
}

/** gxc_customers_marks_take: @ids: (element-type GxId): these are ticked too, listed or not */
void
gxc_customers_marks_take (GxcCustomersMarks *self,
                          GArray            *ids)
{
  for (guint i = 0; i < ids->len; i++)
    g_hash_table_add (self->ids, g_memdup2 (&g_array_index (ids, GxId, i), sizeof (GxId)));
  tell_changed (self, 0, n_rows (self));
}

/**
 * gxc_customers_marks_toggle: what a click on the tick does
 * @range: from the row that was ticked last to this one
 */
void
gxc_customers_marks_toggle (GxcCustomersMarks *self,
                            guint              position,
                            gboolean           range)
{
  if (range && self->anchor < n_rows (self))
    mark (self, MIN (self->anchor, position), MAX (self->anchor, position) - MIN (self->anchor, position) + 1, TRUE);
  else
    mark (self, position, 1, !is_marked (self, position));
  self->anchor = position;
}
