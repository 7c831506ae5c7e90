/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * GxcSideLayout: a page, the first child, and what opens beside it. Where both have no room what is beside takes the place
 * of the page, so that the window never gets wider than the wider of the two.
 */
#define GXC_TYPE_SIDE_LAYOUT (gxc_side_layout_get_type ())
G_DECLARE_FINAL_TYPE (GxcSideLayout, gxc_side_layout, GXC, SIDE_LAYOUT, GtkLayoutManager)

GtkLayoutManager *gxc_side_layout_new (void);

G_END_DECLS
