/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-desk.h"
#include "gxc-print.h"

G_BEGIN_DECLS

/**
 * GxcVisitsPaper: visits on their way to paper: a sheet each, and before several a page that lists them.
 */
typedef struct _GxcVisitsPaper GxcVisitsPaper;

extern const GxcPrintOps gxc_visits_paper_ops;

GxcVisitsPaper *gxc_visits_paper_new  (GtkWidget *widget, GxcDesk *desk, GPtrArray *stops, gint32 day, gboolean whole_day);
void            gxc_visits_paper_free (GxcVisitsPaper *paper);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcVisitsPaper, gxc_visits_paper_free)

G_END_DECLS
