/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define GXC_TYPE_PAPER_VIEW (gxc_paper_view_get_type ())
G_DECLARE_FINAL_TYPE (GxcPaperView, gxc_paper_view, GXC, PAPER_VIEW, GtkBox)

GtkWidget *gxc_paper_view_new       (void);
void       gxc_paper_view_wait      (GxcPaperView *self, const char *title);
void       gxc_paper_view_tell      (GxcPaperView *self, goffset done, goffset total);
void       gxc_paper_view_show      (GxcPaperView *self, const char *title, GBytes *bytes);
void       gxc_paper_view_say       (GxcPaperView *self, const char *words);
char      *gxc_paper_view_dup_state (GxcPaperView *self);

G_END_DECLS
