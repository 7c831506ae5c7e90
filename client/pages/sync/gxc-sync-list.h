/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gxc-desk.h"

G_BEGIN_DECLS

#define GXC_TYPE_SYNC_LIST (gxc_sync_list_get_type ())
G_DECLARE_FINAL_TYPE (GxcSyncList, gxc_sync_list, GXC, SYNC_LIST, AdwBin)

GtkWidget *gxc_sync_list_new  (const char *title, const char *caption, const char *nothing);
void       gxc_sync_list_show (GxcSyncList *self, GxcDesk *desk, GPtrArray *items, gboolean refused);

G_END_DECLS
