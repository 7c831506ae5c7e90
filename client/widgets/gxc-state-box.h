/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-error-words.h"

G_BEGIN_DECLS

GtkWidget *gxc_empty_new (const char *icon_name, const char *title, const char *what_to_do,
                          const char *button, const char *action, const char *target);
GtkWidget *gxc_error_new (const GError *error);

G_END_DECLS
