/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *gxc_empty_new   (const char *icon_name, const char *title, const char *what_to_do,
                            const char *button, const char *action, const char *target);
GtkWidget *gxc_error_new   (const GError *error);
char      *gxc_error_words (const GError *error);

G_END_DECLS
