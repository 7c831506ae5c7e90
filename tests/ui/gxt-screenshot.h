/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void     gxt_wait_ms    (guint       ms);
void     gxt_wait_shown (GtkWindow  *window);
gboolean gxt_screenshot (GtkWindow  *window,
                         const char *path);
void     gxt_show_once  (GtkWidget *widget);

G_END_DECLS
