/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which lines of an axis are named, and where. A name is whole or not there, and no two touch. The larger ones come first:
 * years before quarters, months before days. Pure: who asks says how wide a name is. */

#include "gxc-timeline-labels.h"

#include <math.h>

#define GAP  8      /* px at 100 %, between two names */
#define EDGE 2      /* px */

static GxcTimelineTick *
tick_at (GArray *ticks, guint i)
{
  return &g_array_index (ticks, GxcTimelineTick, i);
}

static gboolean
has_room (GArray *ticks, guint i, double width, double gap)
{
  for (int j = (int) i - 1, step = -1; step <= 1; j = (int) i + 1, step += 2)
    for (; j >= 0 && j < (int) ticks->len; j += step)
      if (tick_at (ticks, j)->width > 0)
        {
          if (fabs (tick_at (ticks, j)->x - tick_at (ticks, i)->x) < (tick_at (ticks, j)->width + width) / 2 + gap)
            return FALSE;
          break;
        }
  return TRUE;
}

/* The third quarter: the middle between two years. */
static gboolean
is_middle (GArray *ticks, guint i)
{
  return (i >= 2 && tick_at (ticks, i - 2)->major) || (i + 2 < ticks->len && tick_at (ticks, i + 2)->major);
}

/* The year or the month in which the axis begins is said at its edge, if its own line lies too far left to be named. Returns
 * where there is room from then on, px. */
static double
name_the_first (const GxcTimelineScale *scale, GArray *ticks, double gap)
{
  GxcTimelineTick *first = NULL, *next = NULL;

  for (guint i = 0; i < ticks->len && !next; i++)
    if (tick_at (ticks, i)->width > 0 && tick_at (ticks, i)->x - tick_at (ticks, i)->width / 2 >= EDGE)
      next = tick_at (ticks, i);
    else if (tick_at (ticks, i)->width > 0)
      {
        if (first)
          first->width = 0;
        first = tick_at (ticks, i);
      }
  if (!first)
    return EDGE;
  first->x = EDGE + gap / 2 + first->width / 2;
  if (gxc_timeline_scale_step (scale) == GXC_STEP_DECADE || (next && next->x - first->x < (next->width + first->width) / 2 + gap))
    first->width = 0;
  return first->width > 0 ? first->x + first->width / 2 + gap : EDGE;
}

/* FALSE if one had no room. */
static gboolean
name_minors (GArray *ticks, gboolean only_middle, double from, double gap, GxcTimelineLabelMeasure measure, gpointer data)
{
  gboolean all = TRUE;

  for (guint i = 0; i < ticks->len; i++)
    {
      GxcTimelineTick *tick = tick_at (ticks, i);
      double width;

      if (tick->major || (only_middle && !is_middle (ticks, i)))
        continue;
      width = measure (data, tick);
      if (tick->x - width / 2 < from)
        continue;
      tick->width = has_room (ticks, i, width, gap) ? width : 0;
      all = all && tick->width > 0;
    }
  return all;
}

static void
unname_minors (GArray *ticks)
{
  for (guint i = 0; i < ticks->len; i++)
    if (!tick_at (ticks, i)->major)
      tick_at (ticks, i)->width = 0;
}

/**
 * gxc_timeline_label_ticks:
 * @ticks: gxc_timeline_scale_ticks() of @scale
 * @unit: the text scale
 *
 * Tells each tick where the middle of its name is, and how wide it is: 0 where it is not named. Of a year's quarters all are
 * named, or the third alone.
 */
void
gxc_timeline_label_ticks (const GxcTimelineScale  *scale,
                          GArray                  *ticks,
                          double                   unit,
                          GxcTimelineLabelMeasure  measure,
                          gpointer                 data)
{
  double gap = GAP * unit, from;
  gboolean all;

  for (guint i = 0; i < ticks->len; i++)
    {
      tick_at (ticks, i)->x = gxc_timeline_scale_x (scale, tick_at (ticks, i)->at);
      tick_at (ticks, i)->width = 0;
    }
  for (guint i = 0; i < ticks->len; i++)
    if (tick_at (ticks, i)->major)
      {
        double width = measure (data, tick_at (ticks, i));

        tick_at (ticks, i)->width = has_room (ticks, i, width, gap) ? width : 0;
      }
  from = name_the_first (scale, ticks, gap);
  all = name_minors (ticks, FALSE, from, gap, measure, data);
  if (all || gxc_timeline_scale_step (scale) != GXC_STEP_QUARTER)
    return;
  unname_minors (ticks);
  name_minors (ticks, TRUE, from, gap, measure, data);
}
