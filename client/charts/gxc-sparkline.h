/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-look.h"

G_BEGIN_DECLS

#define GXC_TYPE_SPARKLINE (gxc_sparkline_get_type ())
G_DECLARE_FINAL_TYPE (GxcSparkline, gxc_sparkline, GXC, SPARKLINE, GtkWidget)

GtkWidget *gxc_sparkline_new        (void);
void       gxc_sparkline_set_values (GxcSparkline *self,
                                     const double *values,
                                     guint         n_values);
void       gxc_sparkline_set_token  (GxcSparkline *self,
                                     GxcToken      token);
void       gxc_sparkline_draw       (GtkSnapshot           *snapshot,
                                     const graphene_rect_t *bounds,
                                     const double          *values,
                                     guint                  n_values,
                                     const GdkRGBA         *colour);

G_END_DECLS
