/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-desk.h"
#include "gxc-timeline-model.h"

G_BEGIN_DECLS

/**
 * GxcTimeline: the life cycle of one customer, as a canvas or as a list.
 *
 * "item-activated" (entity: pointer to GxEntity, id: pointer to GxId): somebody wants to see the record behind an item.
 */
#define GXC_TYPE_TIMELINE (gxc_timeline_get_type ())
G_DECLARE_FINAL_TYPE (GxcTimeline, gxc_timeline, GXC, TIMELINE, GtkWidget)

GtkWidget *gxc_timeline_new       (GxcDesk *desk, const GxId *customer);
void       gxc_timeline_refresh   (GxcTimeline *self);
void       gxc_timeline_show_list (GxcTimeline *self, gboolean list);
gboolean   gxc_timeline_is_list   (GxcTimeline *self);
GtkWidget *gxc_timeline_get_canvas (GxcTimeline *self);

G_END_DECLS
