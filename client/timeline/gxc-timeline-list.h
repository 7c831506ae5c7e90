/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-timeline-model.h"

G_BEGIN_DECLS

/**
 * GxcTimelineList: the same items as rows, newest first, by years.
 *
 * Signals: "selected" and "activated" (item: pointer, GxcTimelineItem of the model).
 */
#define GXC_TYPE_TIMELINE_LIST (gxc_timeline_list_get_type ())
G_DECLARE_FINAL_TYPE (GxcTimelineList, gxc_timeline_list, GXC, TIMELINE_LIST, GtkWidget)

GtkWidget  *gxc_timeline_list_new       (void);
void        gxc_timeline_list_set_model (GxcTimelineList *self, GxcTimelineModel *model, guint groups);
void        gxc_timeline_list_select    (GxcTimelineList *self, const GxcTimelineItem *item);
GListModel *gxc_timeline_list_get_rows  (GxcTimelineList *self);

G_END_DECLS
