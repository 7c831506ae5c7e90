/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-look.h"

G_BEGIN_DECLS

void  gxc_marks_text       (GtkSnapshot            *snapshot,
                            PangoLayout            *layout,
                            const GdkRGBA          *colour,
                            float                   x,
                            float                   y);
float gxc_marks_caption    (GtkSnapshot            *snapshot,
                            GtkWidget              *widget,
                            const char             *text,
                            gboolean                bold,
                            GxcToken                token,
                            float                   x,
                            float                   middle,
                            float                   align);
float gxc_marks_width      (GtkWidget              *widget,
                            const char             *text,
                            gboolean                bold);
void  gxc_marks_bar        (GtkSnapshot            *snapshot,
                            const GdkRGBA          *colour,
                            const graphene_rect_t  *bounds,
                            float                   radius);
void  gxc_marks_call_out   (GtkSnapshot            *snapshot,
                            GtkWidget              *widget,
                            const char             *text,
                            const graphene_rect_t  *of);
void  gxc_marks_trace      (cairo_t                *cr,
                            const graphene_point_t *points,
                            guint                   n_points);
void  gxc_marks_fill_under (cairo_t                *cr,
                            const graphene_point_t *points,
                            guint                   n_points,
                            float                   bottom);
void  gxc_marks_dot        (cairo_t                *cr,
                            const graphene_point_t *points,
                            guint                   n_points,
                            float                   radius);

G_END_DECLS
