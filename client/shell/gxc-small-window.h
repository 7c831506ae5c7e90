/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

GtkWidget *gxc_small_window_new (GtkWindow *parent, const char *title, int width, int height, GtkWidget *content);

G_END_DECLS
