/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the axis counts in. */
typedef enum
{
  GXC_STEP_WEEK,            /* days and months */
  GXC_STEP_MONTH,           /* weeks and months */
  GXC_STEP_QUARTER,         /* quarters and years */
  GXC_STEP_YEAR,
  GXC_STEP_DECADE,
  GXC_N_STEPS
} GxcTimelineStep;

/**
 * GxcTimelineScale: where a moment is drawn. Days are since 1970-01-01.
 */
typedef struct
{
  double from;              /* days: at x = 0 */
  double per_day;           /* px a day, > 0 */
  double width;             /* px */
} GxcTimelineScale;

/** GxcTimelineTick: a line across the canvas, mostly with a label. */
typedef struct
{
  double   at;              /* days */
  gboolean major;
  char     label[32];
  double   x;               /* px: the middle of the label; of both gxc_timeline_label_ticks() tells */
  double   width;           /* px, 0: not named */
} GxcTimelineTick;

#define GXC_TIMELINE_MIN_DAYS 1.0
#define GXC_TIMELINE_MAX_DAYS (60 * 365.25)

static inline double
gxc_timeline_scale_x (const GxcTimelineScale *scale, double at)
{
  return (at - scale->from) * scale->per_day;
}

static inline double
gxc_timeline_scale_at (const GxcTimelineScale *scale, double x)
{
  return scale->from + x / scale->per_day;
}

static inline double
gxc_timeline_scale_days (const GxcTimelineScale *scale)
{
  return scale->width / scale->per_day;
}

GxcTimelineScale gxc_timeline_scale_range (double from, double to, double width);
GxcTimelineScale gxc_timeline_scale_zoom  (const GxcTimelineScale *scale, double factor, double x);
GxcTimelineScale gxc_timeline_scale_clamp (const GxcTimelineScale *scale, double first, double last);
GxcTimelineScale gxc_timeline_scale_mix   (const GxcTimelineScale *a, const GxcTimelineScale *b, double share);
GxcTimelineStep  gxc_timeline_scale_step  (const GxcTimelineScale *scale);
double           gxc_timeline_step_days   (GxcTimelineStep step);
GArray          *gxc_timeline_scale_ticks (const GxcTimelineScale *scale);

G_END_DECLS
