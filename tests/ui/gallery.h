/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *gxt_gallery_card   (const char *title, const char *caption);
GtkWidget *gxt_gallery_charts (void);

G_END_DECLS
