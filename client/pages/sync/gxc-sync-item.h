/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-desk.h"

G_BEGIN_DECLS

GtkWidget  *gxc_sync_item_new       (GxcDesk *desk, const GxcQueueItem *item);
char       *gxc_sync_item_dup_shown (GxcDesk *desk, const GxcQueueItem *item);
const char *gxc_sync_item_get_shown (GtkWidget *row);

G_END_DECLS
