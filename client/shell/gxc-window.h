/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "gxc-desk.h"
#include "gxc-preferences.h"

G_BEGIN_DECLS

#define GXC_TYPE_WINDOW (gxc_window_get_type ())
G_DECLARE_FINAL_TYPE (GxcWindow, gxc_window, GXC, WINDOW, AdwApplicationWindow)

GtkWidget *gxc_window_new           (GtkApplication *application, GxcDesk *desk, GxcPreferences *preferences);
void       gxc_window_show_page     (GxcWindow *self, const char *name);
void       gxc_window_open_customer (GxcWindow *self, const GxId *id);
gboolean   gxc_window_follow        (GxcWindow *self, const char *link);
GtkWidget *gxc_window_get_page      (GxcWindow *self);
void       gxc_window_apply_theme   (GxcPreferences *preferences);

G_END_DECLS
