/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define GXC_TYPE_GUIDE_WINDOW (gxc_guide_window_get_type ())
G_DECLARE_FINAL_TYPE (GxcGuideWindow, gxc_guide_window, GXC, GUIDE_WINDOW, AdwWindow)

GtkWidget *gxc_guide_window_new  (GtkWindow *parent, const char *language);
void       gxc_guide_window_show (GxcGuideWindow *self, const char *name);

G_END_DECLS
