/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

char *gxc_paper_out_write (const char *title, GBytes *bytes, GError **error);
void  gxc_paper_out_open  (GtkWidget *widget, const char *title, GBytes *bytes);
void  gxc_paper_out_sweep (gboolean own);

G_END_DECLS
