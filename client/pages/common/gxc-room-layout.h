/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The class of a child that is left out where there is no room for it. */
#define GXC_IF_ROOM "gx-if-room"
#define GXC_IF_CUT  "gx-if-cut"      /* of gxc_room_more_new() */

#define GXC_TYPE_ROOM_LAYOUT (gxc_room_layout_get_type ())
G_DECLARE_FINAL_TYPE (GxcRoomLayout, gxc_room_layout, GXC, ROOM_LAYOUT, GtkLayoutManager)

GtkLayoutManager *gxc_room_layout_new         (void);
GtkLayoutManager *gxc_room_layout_new_of_rest (GtkPackType end);
GtkWidget        *gxc_room_more_new           (GMenu *menu, GtkArrowType direction);

G_END_DECLS
