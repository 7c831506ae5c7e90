/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-look.h"

G_BEGIN_DECLS

#define GXC_TYPE_STAGE_GLYPH (gxc_stage_glyph_get_type ())
G_DECLARE_FINAL_TYPE (GxcStageGlyph, gxc_stage_glyph, GXC, STAGE_GLYPH, GtkWidget)

GtkWidget *gxc_stage_glyph_new       (void);
void       gxc_stage_glyph_set_stage (GxcStageGlyph *self,
                                      const char    *code,
                                      const char    *label);
float      gxc_stage_glyph_draw      (GtkSnapshot   *snapshot,
                                      const char    *code,
                                      double         scale,
                                      double         height);
gboolean   gxc_stage_glyph_paint     (cairo_t       *cr,
                                      const char    *code,
                                      double         scale);

G_END_DECLS
