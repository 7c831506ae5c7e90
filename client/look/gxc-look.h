/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-token-table.h"

G_BEGIN_DECLS

/* As style.css has it: figures of one width; what is stored is written as it is, 8x6 and not 8×6. */
#define GXC_LOOK_FEATURES "tnum=1, calt=0"

void           gxc_look_install   (GdkDisplay *display);
void           gxc_look_add_icons (GdkDisplay *display);
const GdkRGBA *gxc_token_rgba     (GxcToken    token);
const GdkRGBA *gxc_token_on_paper (GxcToken   token);
GxcToken       gxc_token_by_name  (const char *name,
                                   GxcToken    otherwise);

PangoLayout   *gxc_look_layout    (GtkWidget  *widget,
                                   const char *text,
                                   double      points,
                                   gboolean    bold);
double         gxc_look_scale     (GtkWidget  *widget);

G_END_DECLS
