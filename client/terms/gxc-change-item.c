/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A change as a page hands it down and as an undo hands it back. Not the edit itself: what becomes a plain mutation and
 * what is refused is the store's to say (gxc-edit.h). */
#include "gxc-change-item.h"

static GxcChangeItem *
item_new (const GxEntity *entity,
          GxRecord       *original)
{
  GxcChangeItem *item = g_new0 (GxcChangeItem, 1);

  item->entity = entity;
  g_set_object (&item->original, original);
  return item;
}

/**
 * gxc_change_item_create:
 * @row: (transfer full): without an id it is given one
 */
GxcChangeItem *
gxc_change_item_create (const GxEntity *entity,
                        gpointer        row)
{
  GxcChangeItem *item = item_new (entity, NULL);

  item->row = row;
  return item;
}

/**
 * gxc_change_item_patch:
 * @original: what the person saw
 * @row: (transfer full): what it shall be
 * @fields: which fields of @row count; 0 = all that differ
 */
GxcChangeItem *
gxc_change_item_patch (GxRecord   *original,
                       gpointer    row,
                       GxFieldSet  fields)
{
  GxcChangeItem *item = item_new (gx_record_get_entity (original), original);

  item->row = row;
  item->fields = fields;
  return item;
}

GxcChangeItem *
gxc_change_item_remove (GxRecord *original)
{
  GxcChangeItem *item = item_new (gx_record_get_entity (original), original);

  item->remove = TRUE;
  return item;
}

void
gxc_change_item_free (GxcChangeItem *item)
{
  if (item->row)
    gx_entity_free (item->entity, item->row);
  g_clear_object (&item->original);
  g_free (item);
}

/**
 * gxc_change_item_result:
 *
 * Returns: (transfer full) (nullable): the row as it shall be, i.e. the original with the fields that count; %NULL if it
 * shall go
 */
gpointer
gxc_change_item_result (const GxcChangeItem *item)
{
  gpointer result;

  if (item->remove)
    return NULL;
  if (!item->original || !item->fields)
    return gx_entity_copy (item->entity, item->row);

  result = gx_entity_copy (item->entity, gx_record_get_data (item->original));
  for (guint i = 0; i < gx_entity_n_fields (item->entity); i++)
    if (item->fields & GX_FIELD_BIT (i))
      gx_field_copy (gx_entity_field (item->entity, i), result, item->row);
  return result;
}

/** gxc_change_items_new: (transfer full) (element-type GxcChangeItem): an empty list that owns its items */
GPtrArray *
gxc_change_items_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) gxc_change_item_free);
}
