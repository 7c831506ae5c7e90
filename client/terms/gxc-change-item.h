/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-record.h"

G_BEGIN_DECLS

/**
 * GxcChangeItem: one row of what a person saves together: made, changed or removed.
 * @original: (nullable): what the person saw; %NULL = the row is new
 * @row: (nullable): what it shall be; %NULL of a removal
 * @fields: which of @row's fields count; 0 = all that differ
 * @remove: the row shall go
 */
typedef struct
{
  const GxEntity *entity;
  GxRecord       *original;
  gpointer        row;
  GxFieldSet      fields;
  gboolean        remove;
} GxcChangeItem;

GxcChangeItem *gxc_change_item_create (const GxEntity *entity, gpointer row);
GxcChangeItem *gxc_change_item_patch  (GxRecord *original, gpointer row, GxFieldSet fields);
GxcChangeItem *gxc_change_item_remove (GxRecord *original);
void           gxc_change_item_free   (GxcChangeItem *item);
gpointer       gxc_change_item_result (const GxcChangeItem *item);
GPtrArray     *gxc_change_items_new   (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcChangeItem, gxc_change_item_free)

G_END_DECLS
