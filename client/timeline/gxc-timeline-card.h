/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-timeline-model.h"

G_BEGIN_DECLS

#define GXC_TYPE_TIMELINE_CARD (gxc_timeline_card_get_type ())
G_DECLARE_FINAL_TYPE (GxcTimelineCard, gxc_timeline_card, GXC, TIMELINE_CARD, GtkWidget)

GtkWidget *gxc_timeline_card_new      (void);
void       gxc_timeline_card_set_item (GxcTimelineCard *self, const GxcTimelineItem *item, gint32 today);

G_END_DECLS
