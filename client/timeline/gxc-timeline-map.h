/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-timeline-canvas.h"

G_BEGIN_DECLS

#define GXC_TYPE_TIMELINE_MAP (gxc_timeline_map_get_type ())
G_DECLARE_FINAL_TYPE (GxcTimelineMap, gxc_timeline_map, GXC, TIMELINE_MAP, GtkWidget)

GtkWidget *gxc_timeline_map_new       (GxcTimelineCanvas *canvas);
void       gxc_timeline_map_set_model (GxcTimelineMap *self, GxcTimelineModel *model);
void       gxc_timeline_map_set_low   (GxcTimelineMap *self, gboolean low);
int        gxc_timeline_map_get_height (GxcTimelineMap *self, gboolean low);

G_END_DECLS
