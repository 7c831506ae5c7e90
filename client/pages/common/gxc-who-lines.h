/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *gxc_who_lines_new      (const char *who, gboolean strong, const char *what);
void       gxc_who_lines_set_tier (GtkWidget *lines, int tier);
void       gxc_who_lines_set_what (GtkWidget *lines, const char *what);
void       gxc_who_lines_append   (GtkWidget *lines, GtkWidget *state);

G_END_DECLS
