/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of the Today page in their order, as a list model: gathered anew at each refresh, sorted by the clock or by
 * value, and folded to what a person can take in at once. No widgets: what matters first is decided and tested here. */

#include "gxc-today-model.h"

#include <gio/gio.h>

#include "gx-kind.h"
#include "gxc-today-sources.h"

#define HOUR G_GINT64_CONSTANT (3600000)
#define DAY  (24 * HOUR)

/* How many lines of a group stand open. */
static const guint shown[GXC_TODAY_N_GROUPS] = { [GXC_TODAY_CLOCK] = 5, [GXC_TODAY_CARE] = 3 };

struct _GxcTodayModel
{
  GObject    parent_instance;

  GxcDesk   *desk;          /* (owned) */
  GPtrArray *all;           /* (owned) of GxcTodayItem, as gathered, then sorted */
  GPtrArray *lines;         /* (owned) of GxcTodayItem: those that the list shows */
  gboolean   by_value;
  gboolean   folded;
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GxcTodayModel, gxc_today_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
get_item_type (GListModel *list)
{
  return GXC_TYPE_TODAY_ITEM;
}

static guint
get_n_items (GListModel *list)
{
  return GXC_TODAY_MODEL (list)->lines->len;
}

static gpointer
get_item (GListModel *list, guint position)
{
  GxcTodayModel *self = GXC_TODAY_MODEL (list);

  return position < self->lines->len ? g_object_ref (g_ptr_array_index (self->lines, position)) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* Who has customers of his own reads the reviews on a card beside the list; in the list stand those that are urgent. */
static gboolean
belongs (GxcTodayModel *self, GxcTodayItem *item)
{
  return item->kind != GXC_TODAY_REVIEW || !gxc_desk_can (self->desk, GX_CAN_READ_OWN)
         || (item->due_at && item->due_at < gxc_desk_now (self->desk) + DAY);
}

static int
compare_items (gconstpointer a, gconstpointer b, gpointer data)
{
  return gxc_today_item_compare (*(GxcTodayItem **) a, *(GxcTodayItem **) b, GXC_TODAY_MODEL (data)->by_value);
}

static void
arrange (GxcTodayModel *self)
{
  guint before = self->lines->len, n[GXC_TODAY_N_GROUPS] = { 0 };

  g_ptr_array_sort_with_data (self->all, compare_items, self);
  g_ptr_array_set_size (self->lines, 0);
  for (guint i = 0; i < self->all->len; i++)
    {
      GxcTodayItem *item = g_ptr_array_index (self->all, i);
      GxcTodayGroup group = gxc_today_item_info (item)->group;

      if (belongs (self, item) && (n[group]++ < shown[group] || !self->folded))
        g_ptr_array_add (self->lines, g_object_ref (item));
    }
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, self->lines->len);
}

static void
gxc_today_model_finalize (GObject *object)
{
  GxcTodayModel *self = GXC_TODAY_MODEL (object);

  g_object_unref (self->desk);
  g_ptr_array_unref (self->all);
  g_ptr_array_unref (self->lines);
  G_OBJECT_CLASS (gxc_today_model_parent_class)->finalize (object);
}

static void
gxc_today_model_class_init (GxcTodayModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gxc_today_model_finalize;
}

static void
gxc_today_model_init (GxcTodayModel *self)
{
  self->all = g_ptr_array_new_with_free_func (g_object_unref);
  self->lines = g_ptr_array_new_with_free_func (g_object_unref);
  self->folded = TRUE;
}

/** gxc_today_model_new: empty until gxc_today_model_refresh() */
GxcTodayModel *
gxc_today_model_new (GxcDesk *desk)
{
  GxcTodayModel *self = g_object_new (GXC_TYPE_TODAY_MODEL, NULL);

  self->desk = g_object_ref (desk);
  return self;
}

/** gxc_today_model_refresh: gathers all lines anew; on an error the old ones stay */
gboolean
gxc_today_model_refresh (GxcTodayModel  *self,
                         GError        **error)
{
  GPtrArray *items;

  g_return_val_if_fail (GXC_IS_TODAY_MODEL (self), FALSE);

  items = gxc_today_gather (self->desk, error);
  if (!items)
    return FALSE;
  g_ptr_array_unref (self->all);
  self->all = items;
  arrange (self);
  return TRUE;
}

void
gxc_today_model_set_by_value (GxcTodayModel *self,
                              gboolean       by_value)
{
  g_return_if_fail (GXC_IS_TODAY_MODEL (self));

  self->by_value = by_value;
  arrange (self);
}

gboolean
gxc_today_model_get_by_value (GxcTodayModel *self)
{
  return self->by_value;
}

void
gxc_today_model_set_folded (GxcTodayModel *self,
                            gboolean       folded)
{
  g_return_if_fail (GXC_IS_TODAY_MODEL (self));

  self->folded = folded;
  arrange (self);
}

gboolean
gxc_today_model_get_folded (GxcTodayModel *self)
{
  return self->folded;
}

/** gxc_today_model_n_folded: how many lines beyond those shown there are, or would be if it were folded */
guint
gxc_today_model_n_folded (GxcTodayModel *self)
{
  GxcTodaySums sums;
  guint n = 0;

  gxc_today_model_get_sums (self, &sums);
  for (guint group = 0; group < GXC_TODAY_N_GROUPS; group++)
    n += sums.n_by_group[group] > shown[group] ? sums.n_by_group[group] - shown[group] : 0;
  return n;
}

/** gxc_today_model_get_kind: (transfer full) (element-type GxcTodayItem): all of one kind, whether listed or not */
GPtrArray *
gxc_today_model_get_kind (GxcTodayModel *self,
                          GxcTodayKind   kind)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (GXC_IS_TODAY_MODEL (self), items);

  for (guint i = 0; i < self->all->len; i++)
    if (((GxcTodayItem *) g_ptr_array_index (self->all, i))->kind == kind)
      g_ptr_array_add (items, g_object_ref (g_ptr_array_index (self->all, i)));
  return items;
}

/* A customer with three lines has his assets once. */
static void
add_value (GxcTodaySums *sums, GHashTable *seen, GxcTodayItem *item)
{
  if (item->value == GX_INT_NONE || !item->ccy || gx_id_is_none (&item->customer_id))
    return;
  if (sums->ccy && g_strcmp0 (sums->ccy, item->ccy) != 0)
    return;
  if (!g_hash_table_add (seen, &item->customer_id))
    return;
  sums->ccy = item->ccy;
  sums->value += item->value;
}

void
gxc_today_model_get_sums (GxcTodayModel *self,
                          GxcTodaySums  *out_sums)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (gx_id_hash, gx_id_equal);
  gint64 now = gxc_desk_now (self->desk);

  *out_sums = (GxcTodaySums) { 0 };
  for (guint i = 0; i < self->all->len; i++)
    {
      GxcTodayItem *item = g_ptr_array_index (self->all, i);

      if (!belongs (self, item))
        continue;
      out_sums->n_lines++;
      out_sums->n_by_group[gxc_today_item_info (item)->group]++;
      out_sums->n_late += item->due_at && item->due_at < now;
      out_sums->n_soon += item->due_at >= now && item->due_at <= now + HOUR;
      add_value (out_sums, seen, item);
    }
}
