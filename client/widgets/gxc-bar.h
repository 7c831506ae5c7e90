/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-look.h"

G_BEGIN_DECLS

#define GXC_TYPE_BAR (gxc_bar_get_type ())
G_DECLARE_FINAL_TYPE (GxcBar, gxc_bar, GXC, BAR, GtkWidget)

GtkWidget *gxc_bar_new (void);
void       gxc_bar_set (GxcBar   *self,
                        int       value,
                        GxcToken  token);

G_END_DECLS
