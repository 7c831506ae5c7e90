/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define GXC_TYPE_MONTH_LAYOUT (gxc_month_layout_get_type ())
G_DECLARE_FINAL_TYPE (GxcMonthLayout, gxc_month_layout, GXC, MONTH_LAYOUT, GtkLayoutManager)

GtkLayoutManager *gxc_month_layout_new       (void);
gboolean          gxc_month_layout_is_folded (GxcMonthLayout *self);
void              gxc_month_layout_set_at_day (GxcMonthLayout *self, gboolean at_day);
gboolean          gxc_month_layout_get_at_day (GxcMonthLayout *self);

G_END_DECLS
