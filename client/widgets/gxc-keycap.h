/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *gxc_keycap_new        (const char *keys);
GtkWidget *gxc_button_new        (const char *label,
                                  const char *keys,
                                  const char *action_name);
void       gxc_button_set_label  (GtkWidget  *button,
                                  const char *label);
void       gxc_keycaps_set_shown (GtkWidget  *within,
                                  gboolean    shown);

G_END_DECLS
