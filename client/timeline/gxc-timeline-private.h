/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-desk.h"
#include "gxc-timeline-model.h"
#include "gxc-timeline.h"

G_BEGIN_DECLS

/* The timeline: gxc-timeline.c puts it together and shows it, gxc-timeline-actions.c does what its bar and its keys ask. */
struct _GxcTimeline
{
  GtkWidget         parent_instance;

  GtkWidget        *box;                    /* (owned) the only child */
  GtkWidget        *bar, *stack, *canvas, *map, *legend, *list;     /* (borrowed) */
  GxcDesk          *desk;                   /* (owned) */
  GxId              customer;
  GxcTimelineModel *model;                  /* (owned) (nullable) */
  guint             groups;
  guint             n_rows;                 /* that products and contacts had room for when it was last shared */
  gboolean          chosen;                 /* somebody chose canvas or list; the width no longer does */
  gboolean          syncing;
  int               width, height;          /* of the last allocation */
  guint             tick, frame;
};

void gxc_timeline_update_bar      (GxcTimeline *self);
void gxc_timeline_share_later     (GxcTimeline *self);

void gxc_timeline_actions_install (GtkWidgetClass *widget_class);

G_END_DECLS
