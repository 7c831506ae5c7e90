/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-timeline-model.h"
#include "gxc-timeline-scale.h"

G_BEGIN_DECLS

#define GXC_TIMELINE_FOLD 11      /* px: items nearer than this become one, if they are three or more */

/** GxcTimelineMark: one item, or several that would lie on each other, where they are drawn. */
typedef struct
{
  guint    lane;
  guint    first;           /* place of the first in its lane */
  guint    n;               /* 1, or how many are folded */
  double   x;               /* px, of its middle */
  double   half;            /* px, half of what it covers */
  gboolean label;           /* there is room for its words right of it */
  double   label_end;       /* px, where they end */
} GxcTimelineMark;

typedef double (*GxcTimelineMeasure) (gpointer data, const char *text);

/** GxcTimelineSlot: where a lane is. */
typedef struct
{
  double   top, height;     /* px; height 0: hidden */
  gboolean heads;           /* the first of its group: a line above */
} GxcTimelineSlot;

/**
 * GxcTimelineLayout: what is in sight of a model at a scale, and where.
 */
typedef struct
{
  const GxcTimelineModel *model;      /* (borrowed) */
  GxcTimelineScale        scale;
  guint                   groups;     /* shown */
  double                  unit;       /* text scale */
  double                  gutter;     /* px: names of lanes, left of x = 0 */
  double                  height;
  double                  axis;       /* its bottom */
  double                  pad;        /* px above and below each group of lanes */
  GxcTimelineSlot          stages, assets;
  GArray                 *rows;       /* (owned) of GxcTimelineSlot, one a lane */
  GArray                 *marks;      /* (owned) of GxcTimelineMark, by lane, then by x */
} GxcTimelineLayout;

GxcTimelineLayout *gxc_timeline_layout_new     (void);
void               gxc_timeline_layout_free    (GxcTimelineLayout *layout);
double             gxc_timeline_layout_natural (const GxcTimelineModel *model, guint groups, double unit, double *out_minimum);
int                gxc_timeline_layout_room    (const GxcTimelineModel *model, guint groups, double unit, double height);
void               gxc_timeline_layout_update  (GxcTimelineLayout *layout, const GxcTimelineModel *model, guint groups,
                                                const GxcTimelineScale *scale, double unit, double gutter, double height,
                                                GxcTimelineMeasure measure, gpointer data);
const GxcTimelineMark *gxc_timeline_layout_hit (const GxcTimelineLayout *layout, double x, double y);
const GxcTimelineMark *gxc_timeline_layout_mark_of (const GxcTimelineLayout *layout, const GxcTimelineItem *item);
const GxcTimelineBand *gxc_timeline_layout_band (const GxcTimelineLayout *layout, double x, double y);
double             gxc_timeline_layout_asset_y (const GxcTimelineLayout *layout, double value);

static inline GxcTimelineItem *
gxc_timeline_mark_item (const GxcTimelineLayout *layout, const GxcTimelineMark *mark, guint i)
{
  return ((GxcTimelineLane *) layout->model->lanes->pdata[mark->lane])->items->pdata[mark->first + i];
}

static inline const GxcTimelineLane *
gxc_timeline_layout_lane (const GxcTimelineLayout *layout, guint lane)
{
  return g_ptr_array_index (layout->model->lanes, lane);
}

static inline const GxcTimelineSlot *
gxc_timeline_layout_row (const GxcTimelineLayout *layout, guint lane)
{
  return &g_array_index (layout->rows, GxcTimelineSlot, lane);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcTimelineLayout, gxc_timeline_layout_free)

G_END_DECLS
