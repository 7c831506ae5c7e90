/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gxc-desk.h"

G_BEGIN_DECLS

typedef enum
{
  GXC_CHOICE_MINE,
  GXC_CHOICE_THEIRS,
  GXC_CHOICE_EDIT,
  GXC_N_CHOICES
} GxcChoice;

#define GXC_TYPE_SYNC_CONFLICT (gxc_sync_conflict_get_type ())
G_DECLARE_FINAL_TYPE (GxcSyncConflict, gxc_sync_conflict, GXC, SYNC_CONFLICT, AdwBin)

GtkWidget *gxc_sync_conflict_new     (GxcDesk *desk, const GxcQueueItem *item);
gint64     gxc_sync_conflict_get_mid (GxcSyncConflict *self);
gboolean   gxc_sync_conflict_choose  (GxcSyncConflict *self, GxcChoice choice);
GxcChoice  gxc_sync_conflict_get     (GxcSyncConflict *self);
void       gxc_sync_conflict_confirm (GxcSyncConflict *self);
void       gxc_sync_conflict_set_primary (GxcSyncConflict *self, gboolean primary);

G_END_DECLS
