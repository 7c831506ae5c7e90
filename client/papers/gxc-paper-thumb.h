/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define GXC_TYPE_PAPER_THUMB (gxc_paper_thumb_get_type ())
G_DECLARE_FINAL_TYPE (GxcPaperThumb, gxc_paper_thumb, GXC, PAPER_THUMB, AdwBin)

GtkWidget *gxc_paper_thumb_new         (void);
void       gxc_paper_thumb_show        (GxcPaperThumb *self, GBytes *bytes);
void       gxc_paper_thumb_show_icon   (GxcPaperThumb *self, const char *icon_name);
guint      gxc_paper_thumb_get_n_pages (GxcPaperThumb *self);

G_END_DECLS
