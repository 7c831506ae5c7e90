/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define GXC_TYPE_TODAY_LAYOUT (gxc_today_layout_get_type ())
G_DECLARE_FINAL_TYPE (GxcTodayLayout, gxc_today_layout, GXC, TODAY_LAYOUT, GtkLayoutManager)

GtkLayoutManager *gxc_today_layout_new (void);

G_END_DECLS
