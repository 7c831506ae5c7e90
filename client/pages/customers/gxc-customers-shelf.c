/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The record model as GTK 4.8 can bear it. To a great change a column view answers by reading every row that came, in
 * search of the one it had the focus on, and by making its two hundred row widgets anew: seconds, of 100,000 rows, and a
 * quarter of a second, of forty. So a great change is told as a length only, and whoever shows the rows binds those it has
 * to the customers that now stand in their places ("moved"). The length itself follows by and by: a screenful at once, the
 * rest of the widgets between frames, and what is too many goes when nobody types any more. Places beyond the model's end
 * are empty records meanwhile. */

#include "gxc-customers-shelf.h"

#include "gx-customer.h"

#define SMALL  64           /* rows of a change that GTK may have as it is */
#define LIVE   256          /* rows: more than a view keeps widgets for */
#define STEP   32           /* rows: a screenful and some */
#define LINGER 400          /* ms: after the last letter */

struct _GxcCustomersShelf
{
  GObject         parent_instance;

  /* Owned References */
  GxcRecordModel *model;
  GxRecord       *blank;

  guint           shown;    /* rows that GTK knows of */
  guint           pending;  /* idle or timer */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GxcCustomersShelf, gxc_customers_shelf, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

enum { MOVING, MOVED, N_SIGNALS };
static guint signals[N_SIGNALS];

static GType
get_item_type (GListModel *model)
{
  return GX_TYPE_RECORD;
}

static guint
get_n_items (GListModel *model)
{
  return GXC_CUSTOMERS_SHELF (model)->shown;
}

static gpointer
get_item (GListModel *model, guint position)
{
  GxcCustomersShelf *self = GXC_CUSTOMERS_SHELF (model);
  gpointer item = position < self->shown ? g_list_model_get_item (G_LIST_MODEL (self->model), position) : NULL;

  return item || position >= self->shown ? item : g_object_ref (self->blank);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static guint
length_of (GxcCustomersShelf *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->model));
}

static void
show (GxcCustomersShelf *self, guint n)
{
  guint before = self->shown;

  self->shown = n;
  if (n > before)
    g_list_model_items_changed (G_LIST_MODEL (self), before, 0, n - before);
  else if (n < before)
    g_list_model_items_changed (G_LIST_MODEL (self), n, before - n, 0);
}

/* One step nearer, small enough for a frame. */
static gboolean
on_step_cb (gpointer data)
{
  GxcCustomersShelf *self = data;
  guint n = length_of (self);

  if (self->shown < n)
    show (self, self->shown < LIVE ? MIN (n, self->shown + STEP) : n);
  else if (self->shown > n)
    show (self, MAX (n, self->shown > STEP ? self->shown - STEP : 0));
  if (self->shown != n)
    return G_SOURCE_CONTINUE;
  self->pending = 0;
  return G_SOURCE_REMOVE;
}

static gboolean
on_lingered_cb (gpointer data)
{
  GxcCustomersShelf *self = data;

  self->pending = g_idle_add (on_step_cb, self);
  return G_SOURCE_REMOVE;
}

static void
follow (GxcCustomersShelf *self)
{
  guint n = length_of (self);

  g_clear_handle_id (&self->pending, g_source_remove);
  if (n >= LIVE && self->shown >= LIVE)
    show (self, n);
  else if (self->shown > MAX (n, LIVE))
    show (self, LIVE);
  else if (self->shown < MIN (n, STEP))
    show (self, MIN (n, STEP));
  if (self->shown < n)
    self->pending = g_idle_add (on_step_cb, self);
  else if (self->shown > n)
    self->pending = g_timeout_add (LINGER, on_lingered_cb, self);
}

static void
on_items_changed_cb (GxcCustomersShelf *self, guint position, guint removed, guint added)
{
  if (self->shown == length_of (self) - added + removed && removed + added <= SMALL)
    {
      self->shown = length_of (self);
      g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
      return;
    }
  g_signal_emit (self, signals[MOVING], 0);
  follow (self);
  g_signal_emit (self, signals[MOVED], 0);
}

/** gxc_customers_shelf_settle: the whole length at once, for whoever goes far down */
void
gxc_customers_shelf_settle (GxcCustomersShelf *self)
{
  g_clear_handle_id (&self->pending, g_source_remove);
  show (self, length_of (self));
}

static void
gxc_customers_shelf_finalize (GObject *object)
{
  GxcCustomersShelf *self = GXC_CUSTOMERS_SHELF (object);

  g_clear_handle_id (&self->pending, g_source_remove);
  g_clear_object (&self->model);
  g_clear_object (&self->blank);
  G_OBJECT_CLASS (gxc_customers_shelf_parent_class)->finalize (object);
}

static void
gxc_customers_shelf_class_init (GxcCustomersShelfClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gxc_customers_shelf_finalize;
  /** GxcCustomersShelf::moving, ::moved: before and after a great change: other customers stand in the same rows */
  signals[MOVING] = g_signal_new ("moving", GXC_TYPE_CUSTOMERS_SHELF, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MOVED] = g_signal_new ("moved", GXC_TYPE_CUSTOMERS_SHELF, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gxc_customers_shelf_init (GxcCustomersShelf *self)
{
}

GxcCustomersShelf *
gxc_customers_shelf_new (GxcRecordModel *model)
{
  GxcCustomersShelf *self = g_object_new (GXC_TYPE_CUSTOMERS_SHELF, NULL);

  self->model = g_object_ref (model);
  self->blank = gx_record_new (&gx_customer_entity, gx_entity_new (&gx_customer_entity));
  self->shown = length_of (self);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (on_items_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}
