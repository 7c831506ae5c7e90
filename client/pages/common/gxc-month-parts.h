/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define GXC_MONTH_WEEKS 6
#define GXC_MONTH_DAYS  (7 * GXC_MONTH_WEEKS)

gint32      gxc_month_first_shown   (gint32 day);
gboolean    gxc_month_has           (gint32 month,
                                     gint32 day);
gboolean    gxc_month_move          (guint   key,
                                     gint32  today,
                                     gint32 *day);
const char *gxc_month_kind_words    (int kind);
GtkWidget  *gxc_month_head_new      (GtkWidget **out_title);
void        gxc_month_add_weekdays  (GtkGrid *grid,
                                     float    xalign);

G_END_DECLS
