/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define GXC_TYPE_DIFF_VIEW (gxc_diff_view_get_type ())
G_DECLARE_FINAL_TYPE (GxcDiffView, gxc_diff_view, GXC, DIFF_VIEW, GtkWidget)

GtkWidget *gxc_diff_view_new       (void);
void       gxc_diff_view_clear     (GxcDiffView *self);
void       gxc_diff_view_add       (GxcDiffView *self,
                                    const char  *label,
                                    const char  *before,
                                    const char  *after);
guint      gxc_diff_view_n_changed (GxcDiffView *self);

G_END_DECLS
