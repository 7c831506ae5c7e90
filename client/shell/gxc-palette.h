/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-desk.h"
#include "gxc-preferences.h"

G_BEGIN_DECLS

#define GXC_TYPE_PALETTE (gxc_palette_get_type ())
G_DECLARE_FINAL_TYPE (GxcPalette, gxc_palette, GXC, PALETTE, GtkWidget)

GtkWidget *gxc_palette_new   (GxcDesk *desk, GxcPreferences *preferences);
void       gxc_palette_open  (GxcPalette *self);
gboolean   gxc_palette_close (GxcPalette *self);

G_END_DECLS
