/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GPtrArray *gxt_find_all     (GtkWidget *root, GType type);
GtkWidget *gxt_find_first   (GtkWidget *root, GType type);
GtkWidget *gxt_find         (GtkWidget *root, GType type);
GtkWidget *gxt_find_saying  (GtkWidget *root, const char *text);
GtkWidget *gxt_find_above   (GtkWidget *root, const char *text, GType type);
guint      gxt_count_saying (GtkWidget *root, const char *text);
gboolean   gxt_wait_saying  (GtkWidget *root, const char *text, guint n);

G_END_DECLS
