/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define GXC_TYPE_VISITS_LAYOUT (gxc_visits_layout_get_type ())
G_DECLARE_FINAL_TYPE (GxcVisitsLayout, gxc_visits_layout, GXC, VISITS_LAYOUT, GtkLayoutManager)

GtkLayoutManager *gxc_visits_layout_new (void);

G_END_DECLS
