/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define GXC_TYPE_UNLOCK_WINDOW (gxc_unlock_window_get_type ())
G_DECLARE_FINAL_TYPE (GxcUnlockWindow, gxc_unlock_window, GXC, UNLOCK_WINDOW, AdwApplicationWindow)

GtkWidget *gxc_unlock_window_new (GtkApplication *application, const char *profile, const GError *lost);

G_END_DECLS
