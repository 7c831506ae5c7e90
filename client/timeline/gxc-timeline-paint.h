/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "gxc-look.h"
#include "gxc-timeline-layout.h"

G_BEGIN_DECLS

/**
 * GxcTimelinePaint: where a timeline is drawn, on the screen or on paper: its font, its colours, and what of it is chosen.
 */
typedef struct
{
  PangoContext   *context;          /* (borrowed) */
  const GdkRGBA *(*colour) (GxcToken token);
  GHashTable     *layouts;          /* (owned) PangoLayout by "b" or "r" and its words, so that a frame shapes nothing anew */
  const GxcTimelineItem *selected;  /* (nullable) */
  const GxcTimelineItem *hovered;   /* (nullable) */
  double          top;              /* px: so much is scrolled away; the axis is drawn there */
} GxcTimelinePaint;

void         gxc_timeline_paint_init   (GxcTimelinePaint *paint, PangoContext *context, const GdkRGBA *(*colour) (GxcToken));
void         gxc_timeline_paint_clear  (GxcTimelinePaint *paint);
double       gxc_timeline_paint_measure (gpointer paint, const char *text);
double       gxc_timeline_paint_gutter (GxcTimelinePaint *paint, const GxcTimelineModel *model, double unit);
PangoLayout *gxc_timeline_paint_layout (GxcTimelinePaint *paint, const char *text, gboolean bold, double *out_width, double *out_height);
double       gxc_timeline_paint_text   (GxcTimelinePaint *paint, cairo_t *cr, const char *text, gboolean bold, GxcToken token,
                                        double x, double middle, double align);
void         gxc_timeline_paint_words  (GxcTimelinePaint *paint, cairo_t *cr, const GxcTimelineLayout *layout, const char *text,
                                        gboolean bold, GxcToken token, double x, double middle, double align, gboolean future);
void         gxc_timeline_paint_source (GxcTimelinePaint *paint, cairo_t *cr, GxcToken token, double alpha);
void         gxc_timeline_paint        (GxcTimelinePaint *paint, cairo_t *cr, const GxcTimelineLayout *layout);
void         gxc_timeline_paint_box    (cairo_t *cr, double x, double y, double width, double height, double radius);
void         gxc_timeline_paint_glyph  (cairo_t *cr, GxcTimelineKind kind, const char *stage, double unit);
GxcToken     gxc_timeline_kind_token   (GxcTimelineKind kind, int stage);
void         gxc_timeline_paint_curve  (cairo_t *cr, const GxcTimelineModel *model, const GxcTimelineScale *scale,
                                        double (*y_of) (gpointer data, double value), gpointer data,
                                        double *out_first, double *out_last);

/* Parts, in the order in which they are drawn. */
void         gxc_timeline_paint_bands  (GxcTimelinePaint *paint, cairo_t *cr, const GxcTimelineLayout *layout);
void         gxc_timeline_paint_assets (GxcTimelinePaint *paint, cairo_t *cr, const GxcTimelineLayout *layout);
void         gxc_timeline_paint_lanes  (GxcTimelinePaint *paint, cairo_t *cr, const GxcTimelineLayout *layout);
void         gxc_timeline_paint_drop   (GxcTimelinePaint *paint, cairo_t *cr, const GxcTimelineLayout *layout,
                                        const GxcTimelineItem *item, double x, double from);
void         gxc_timeline_paint_measures (GxcTimelinePaint *paint, cairo_t *cr, const GxcTimelineLayout *layout);

G_END_DECLS
