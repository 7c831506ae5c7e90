/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-timeline-model.h"
#include "gxc-timeline-scale.h"

G_BEGIN_DECLS

/**
 * GxcTimelinePaper: one timeline on its way to paper: what is on it, and on which page.
 */
typedef struct _GxcTimelinePaper GxcTimelinePaper;

/** GxcTimelineHead: what stands above each page. */
typedef struct
{
  const char *title;        /* whose life it is, as the screen says it */
  const char *bank;         /* (nullable) */
  const char *person;       /* (nullable): who prints it */
} GxcTimelineHead;

GxcTimelinePaper *gxc_timeline_paper_new   (GtkWidget *widget, GxcTimelineModel *model, guint groups, const GxcTimelineScale *scale,
                                            const GxcTimelineHead *head);
void              gxc_timeline_paper_free  (GxcTimelinePaper *paper);
int               gxc_timeline_paper_begin (GxcTimelinePaper *paper, PangoContext *context, double width, double height);
void              gxc_timeline_paper_draw  (GxcTimelinePaper *paper, cairo_t *cr, int page);
const char       *gxc_timeline_paper_get_title (GxcTimelinePaper *paper);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcTimelinePaper, gxc_timeline_paper_free)

G_END_DECLS
