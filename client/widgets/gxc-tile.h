/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-look.h"

G_BEGIN_DECLS

typedef enum
{
  GXC_TONE_PLAIN,
  GXC_TONE_GREEN,
  GXC_TONE_AMBER,
  GXC_TONE_RED,
} GxcTone;

#define GXC_TYPE_TILE (gxc_tile_get_type ())
G_DECLARE_FINAL_TYPE (GxcTile, gxc_tile, GXC, TILE, GtkButton)

GtkWidget *gxc_tile_new         (const char   *caption);
void       gxc_tile_set_caption (GxcTile      *self,
                                 const char   *caption);
void       gxc_tile_set_figure  (GxcTile      *self,
                                 const char   *figure,
                                 const char   *unit,
                                 const char   *as_of);
void       gxc_tile_set_note    (GxcTile      *self,
                                 GxcTone       tone,
                                 const char   *note);
void       gxc_tile_set_values  (GxcTile      *self,
                                 const double *values,
                                 guint         n_values,
                                 GxcToken      token);
void       gxc_tile_set_graphic (GxcTile      *self,
                                 GtkWidget    *graphic);
void       gxc_tile_set_compact (GxcTile      *self,
                                 gboolean      compact);
void       gxc_tile_set_missing (GxcTile      *self,
                                 const char   *what_to_do);

G_END_DECLS
