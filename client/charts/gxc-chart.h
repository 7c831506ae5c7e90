/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-look.h"

G_BEGIN_DECLS

typedef enum
{
  GXC_CHART_LINE,           /* with an area under the first series */
  GXC_CHART_BARS,           /* stacked */
} GxcChartKind;

#define GXC_TYPE_CHART (gxc_chart_get_type ())
G_DECLARE_FINAL_TYPE (GxcChart, gxc_chart, GXC, CHART, GtkWidget)

GtkWidget *gxc_chart_new           (void);
void       gxc_chart_set_kind      (GxcChart           *self,
                                    GxcChartKind        kind);
void       gxc_chart_set_title     (GxcChart           *self,
                                    const char         *title,
                                    const char         *unit);
void       gxc_chart_clear         (GxcChart           *self);
void       gxc_chart_set_axis      (GxcChart           *self,
                                    const char * const *labels,
                                    guint               n_labels);
void       gxc_chart_set_full_labels (GxcChart           *self,
                                    const char * const *labels);
void       gxc_chart_add_series    (GxcChart           *self,
                                    const char         *name,
                                    const double       *values);
void       gxc_chart_add_threshold (GxcChart           *self,
                                    const char         *label,
                                    double              value);
void       gxc_chart_set_figures   (GxcChart           *self,
                                    gboolean            figures);
void       gxc_chart_set_cursor    (GxcChart           *self,
                                    int                 index);
int        gxc_chart_get_cursor    (GxcChart           *self);
char      *gxc_chart_dup_words     (GxcChart           *self);
char      *gxc_chart_dup_table     (GxcChart           *self);
void       gxc_chart_copy_table    (GxcChart           *self);

G_END_DECLS
