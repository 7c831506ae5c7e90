/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-timeline-paper.h"

G_BEGIN_DECLS

void     gxc_timeline_print      (GtkWidget *widget, GxcTimelinePaper *paper);
void     gxc_timeline_save_pdf   (GtkWidget *widget, GxcTimelinePaper *paper);
gboolean gxc_timeline_export_pdf (GxcTimelinePaper *paper, GFile *file, GError **error);

G_END_DECLS
