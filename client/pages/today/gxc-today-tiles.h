/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-today-model.h"

G_BEGIN_DECLS

#define GXC_TYPE_TODAY_TILES (gxc_today_tiles_get_type ())
G_DECLARE_FINAL_TYPE (GxcTodayTiles, gxc_today_tiles, GXC, TODAY_TILES, GtkWidget)

GtkWidget *gxc_today_tiles_new       (void);
void       gxc_today_tiles_show_book (GxcTodayTiles *self, const GxcBook *book);
void       gxc_today_tiles_show_unit (GxcTodayTiles *self, GxcDesk *desk, GxcTodayModel *model, const GxcBook *book);

G_END_DECLS
