/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list model over the floor's bank: it holds the ordered row numbers and reads a row when the view asks for it.
 *
 * It keeps nothing and follows no change; the client's GxcRecordModel does. */

#include "gxb-row-list.h"

G_DEFINE_FINAL_TYPE (GxbRow, gxb_row, G_TYPE_OBJECT)

struct _GxbRowList
{
  GObject       parent_instance;
  GArray       *order;            /* gint64 rowid, by name */
  sqlite3_stmt *read;
};

static void
gxb_row_finalize (GObject *object)
{
  GxbRow *self = GXB_ROW (object);

  for (guint i = 0; i < GXB_ROW_COLUMNS; i++)
    g_free (self->texts[i]);
  G_OBJECT_CLASS (gxb_row_parent_class)->finalize (object);
}

static void
gxb_row_class_init (GxbRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gxb_row_finalize;
}

static void
gxb_row_init (GxbRow *self)
{
}

static GType
get_item_type (GListModel *model)
{
  return GXB_TYPE_ROW;
}

static guint
get_n_items (GListModel *model)
{
  return GXB_ROW_LIST (model)->order->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  GxbRowList *self = GXB_ROW_LIST (model);
  GxbRow *row;

  if (position >= self->order->len)
    return NULL;
  row = g_object_new (GXB_TYPE_ROW, NULL);
  sqlite3_bind_int64 (self->read, 1, g_array_index (self->order, gint64, position));
  while (gxb_sql_step (self->read))
    for (guint i = 0; i < GXB_ROW_COLUMNS; i++)
      row->texts[i] = g_strdup ((const char *) sqlite3_column_text (self->read, i));
  return row;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (GxbRowList, gxb_row_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
gxb_row_list_finalize (GObject *object)
{
  GxbRowList *self = GXB_ROW_LIST (object);

  g_array_unref (self->order);
  sqlite3_finalize (self->read);
  G_OBJECT_CLASS (gxb_row_list_parent_class)->finalize (object);
}

static void
gxb_row_list_class_init (GxbRowListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gxb_row_list_finalize;
}

static void
gxb_row_list_init (GxbRowList *self)
{
  self->order = g_array_new (FALSE, FALSE, sizeof (gint64));
}

/**
 * gxb_row_list_new:
 * @db: the floor's bank; must live longer than the list
 * @rows: at most so many
 *
 * Returns: (transfer full): the first customers by name
 */
GxbRowList *
gxb_row_list_new (sqlite3 *db, guint rows)
{
  GxbRowList *self = g_object_new (GXB_TYPE_ROW_LIST, NULL);
  sqlite3_stmt *order = gxb_sql_prepare (db, "SELECT rowid FROM customer ORDER BY name LIMIT ?");

  sqlite3_bind_int64 (order, 1, rows);
  while (gxb_sql_step (order))
    {
      gint64 rowid = sqlite3_column_int64 (order, 0);

      g_array_append_val (self->order, rowid);
    }
  sqlite3_finalize (order);
  self->read = gxb_sql_prepare (db, "SELECT name, cif_no, name_pinyin, tier, lifecycle_stage, value_class, onboarded_on,"
                                    " org_path FROM customer WHERE rowid = ?");
  return self;
}
