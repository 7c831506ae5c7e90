/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-timeline-model.h"
#include "gxc-timeline-scale.h"

G_BEGIN_DECLS

void     gxc_timeline_print      (GtkWidget *widget, GxcTimelineModel *model, guint groups, const GxcTimelineScale *scale,
                                  const char *title, gboolean pdf);
gboolean gxc_timeline_export_pdf (GtkWidget *widget, GxcTimelineModel *model, guint groups, const GxcTimelineScale *scale,
                                  const char *title, GFile *file, GError **error);

G_END_DECLS
