/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-desk.h"

G_BEGIN_DECLS

/**
 * GxcPaletteItem: one line of the palette.
 * @action: what it does, a detailed action name; it is also what the item is known by among the recent ones
 * @kind: (not owned): what it is, in words: "Customer", "Page"
 */
typedef struct
{
  char       *action;
  char       *title;
  char       *detail;       /* (nullable) */
  char       *keys;         /* (nullable): as printed on the keys */
  const char *icon_name;
  const char *kind;
} GxcPaletteItem;

#define GXC_PALETTE_MOST 12

GPtrArray *gxc_palette_search    (GxcDesk *desk, const char *typed, const char * const *recent);
char      *gxc_palette_customer  (const GxId *id);
void       gxc_palette_item_free (GxcPaletteItem *item);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcPaletteItem, gxc_palette_item_free)

G_END_DECLS
