/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where everything in sight is drawn: lanes from the top, items folded where they would lie on each other, labels dropped
 * where they would touch. It draws nothing and measures no font itself. The work of a frame goes by what is in sight: each
 * lane is cut into cells of one pill's width, and a cell is two binary searches, however many items lie in it. The cells
 * are counted from the end of today, not from the window's edge, so that panning changes no fold and none holds both what
 * was and what is to come. */

#include "gxc-timeline-layout.h"

#include <math.h>

#define AXIS    30
#define STAGE   38
#define FLAGS   27
#define LANE    22
#define PAD     6
#define ASSETS  130
#define SENTENCE 34         /* in the place of assets that are not shown */
#define GLYPH   5
#define FLAG_LABEL 13       /* from a flag's pole to its words */
#define GAP     6

/* What lanes give up at most where the window is low, before assets get less than their due. */
#define STAGE_GIVE 6
#define FLAGS_GIVE 5
#define LANE_GIVE  5
#define PAD_GIVE   2

GxcTimelineLayout *
gxc_timeline_layout_new (void)
{
  GxcTimelineLayout *layout = g_new0 (GxcTimelineLayout, 1);

  layout->rows = g_array_new (FALSE, TRUE, sizeof (GxcTimelineSlot));
  layout->marks = g_array_new (FALSE, FALSE, sizeof (GxcTimelineMark));
  return layout;
}

void
gxc_timeline_layout_free (GxcTimelineLayout *layout)
{
  g_array_unref (layout->rows);
  g_array_unref (layout->marks);
  g_free (layout);
}

/* --- lanes from the top ------------------------------------------------------------------------------------------- */

static gboolean
is_shown (const GxcTimelineModel *model, guint groups, GxcTimelineGroup group)
{
  return (groups & (1u << group)) && gxc_timeline_model_has (model, group);
}

static const GxcTimelineLane *
lane_at (const GxcTimelineModel *model, guint i)
{
  return g_ptr_array_index (model->lanes, i);
}

/* Of a lane @share of what it can give is taken: 0 roomy, 1 low. */
static double
lane_height (const GxcTimelineModel *model, guint groups, guint i, double share)
{
  GxcTimelineGroup group = lane_at (model, i)->group;

  if (!(groups & (1u << group)) || group == GXC_TIMELINE_STAGES)
    return 0;
  return group == GXC_TIMELINE_EVENTS ? FLAGS - FLAGS_GIVE * share : LANE - LANE_GIVE * share;
}

static gboolean
heads_group (const GxcTimelineModel *model, guint i)
{
  return i == 0 || lane_at (model, i)->group != lane_at (model, i - 1)->group;
}

static double
fixed_height (const GxcTimelineModel *model, guint groups, double share)
{
  double height = AXIS + (is_shown (model, groups, GXC_TIMELINE_STAGES) ? STAGE - STAGE_GIVE * share : 0);

  for (guint i = 0; i < model->lanes->len; i++)
    {
      double lane = lane_height (model, groups, i, share);

      height += lane + (lane > 0 && heads_group (model, i) ? 2 * (PAD - PAD_GIVE * share) : 0);
    }
  return height;
}

static double
assets_height (const GxcTimelineModel *model, guint groups)
{
  if (!is_shown (model, groups, GXC_TIMELINE_ASSETS))
    return 0;
  return model->months->len > 0 ? ASSETS : SENTENCE;
}

/**
 * gxc_timeline_layout_natural:
 * @unit: text scale
 * @out_minimum: (out): below which it must scroll
 *
 * Returns: the height that shows all lanes with a roomy one for assets, px
 */
double
gxc_timeline_layout_natural (const GxcTimelineModel *model,
                             guint                   groups,
                             double                  unit,
                             double                 *out_minimum)
{
  *out_minimum = unit * (fixed_height (model, groups, 1) + assets_height (model, groups));
  return unit * (fixed_height (model, groups, 0) + assets_height (model, groups));
}

/**
 * gxc_timeline_layout_room:
 * @unit: text scale
 * @height: px
 *
 * Returns: for how many lanes of products and contacts together there is room in @height, each at its least and assets with
 *   their due; below 0 where there is none even for the rest
 */
int
gxc_timeline_layout_room (const GxcTimelineModel *model,
                          guint                   groups,
                          double                  unit,
                          double                  height)
{
  double rest = fixed_height (model, groups, 1) + assets_height (model, groups);

  for (guint i = 0; i < model->lanes->len; i++)
    if (lane_at (model, i)->group == GXC_TIMELINE_PRODUCTS || lane_at (model, i)->group == GXC_TIMELINE_CONTACTS)
      rest -= lane_height (model, groups, i, 1);
  return floor ((height / unit - rest) / (LANE - LANE_GIVE) + 1e-6);
}

/* How much of what they can give the lanes must give, so that assets have their due. */
static double
find_share (const GxcTimelineModel *model, guint groups, double height)
{
  double roomy = fixed_height (model, groups, 0) + assets_height (model, groups), give = fixed_height (model, groups, 0)
                 - fixed_height (model, groups, 1);

  return give > 0 ? CLAMP ((roomy - height) / give, 0, 1) : 0;
}

static double
place_group (GxcTimelineLayout *layout, GxcTimelineGroup group, double y, double share)
{
  gboolean any = FALSE;

  for (guint i = 0; i < layout->model->lanes->len; i++)
    {
      double height = lane_height (layout->model, layout->groups, i, share);
      GxcTimelineSlot *row = &g_array_index (layout->rows, GxcTimelineSlot, i);

      if (lane_at (layout->model, i)->group != group || height == 0)
        continue;
      row->heads = !any;
      y += any ? 0 : layout->pad;
      row->top = y;
      row->height = height * layout->unit;
      y += row->height;
      any = TRUE;
    }
  return any ? y + layout->pad : y;
}

static void
place_rows (GxcTimelineLayout *layout)
{
  const GxcTimelineModel *model = layout->model;
  double y = layout->axis = AXIS * layout->unit;
  double share = find_share (model, layout->groups, layout->height / layout->unit);
  double spare = layout->height - layout->unit * fixed_height (model, layout->groups, share);

  layout->pad = (PAD - PAD_GIVE * share) * layout->unit;
  g_array_set_size (layout->rows, 0);
  g_array_set_size (layout->rows, model->lanes->len);
  layout->stages = layout->assets = (GxcTimelineSlot) { y, 0, FALSE };
  if (is_shown (model, layout->groups, GXC_TIMELINE_STAGES))
    {
      layout->stages = (GxcTimelineSlot) { y, (STAGE - STAGE_GIVE * share) * layout->unit, FALSE };
      for (guint i = 0; i < model->lanes->len; i++)
        if (lane_at (model, i)->group == GXC_TIMELINE_STAGES)
          g_array_index (layout->rows, GxcTimelineSlot, i) = layout->stages;
      y += layout->stages.height;
    }
  y = place_group (layout, GXC_TIMELINE_EVENTS, y, share);
  if (is_shown (model, layout->groups, GXC_TIMELINE_ASSETS))
    layout->assets = (GxcTimelineSlot) { y, model->months->len > 0 ? MAX (spare, ASSETS * layout->unit) : SENTENCE * layout->unit, TRUE };
  y += layout->assets.height;
  y = place_group (layout, GXC_TIMELINE_PRODUCTS, y, share);
  y = place_group (layout, GXC_TIMELINE_CONTACTS, y, share);
  place_group (layout, GXC_TIMELINE_TASKS, y, share);
}

/* --- what is in sight --------------------------------------------------------------------------------------------- */

static double
x_of (const GxcTimelineLayout *layout, const GxcTimelineLane *lane, guint place)
{
  return gxc_timeline_scale_x (&layout->scale, ((GxcTimelineItem *) lane->items->pdata[place])->at);
}

static double
pill_half (const GxcTimelineLayout *layout, guint n)
{
  return layout->unit * (n < 10 ? 10 : n < 100 ? 12 : n < 1000 ? 15 : 18);
}

static void
add_single (GxcTimelineLayout *layout, guint lane, guint place)
{
  GxcTimelineMark mark = { .lane = lane, .first = place, .n = 1, .x = x_of (layout, lane_at (layout->model, lane), place),
                           .half = GLYPH * layout->unit };

  g_array_append_val (layout->marks, mark);
}

/* The pill stays inside its cell, with half a gap on each side, so that neighbours cannot touch. */
static void
add_fold (GxcTimelineLayout *layout, guint lane, guint first, guint n, double left, double right)
{
  GxcTimelineMark mark = { .lane = lane, .first = first, .n = n, .half = pill_half (layout, n) };
  double middle = (x_of (layout, lane_at (layout->model, lane), first) + x_of (layout, lane_at (layout->model, lane), first + n - 1)) / 2;
  double room = mark.half + GLYPH * layout->unit;

  mark.x = CLAMP (middle, left + room, MAX (left + room, right - room));
  g_array_append_val (layout->marks, mark);
}

static void
lay_cell (GxcTimelineLayout *layout, guint lane, guint first, guint n, double left, double right)
{
  const GxcTimelineLane *lane_ = lane_at (layout->model, lane);
  double spread = x_of (layout, lane_, first + n - 1) - x_of (layout, lane_, first);

  if (n >= 3 && spread < (n - 1) * GXC_TIMELINE_FOLD * layout->unit)
    add_fold (layout, lane, first, n, left, right);
  else
    for (guint i = 0; i < n; i++)
      add_single (layout, lane, first + i);
}

static double
cell_width (const GxcTimelineLayout *layout, const GxcTimelineLane *lane)
{
  return 2 * pill_half (layout, lane->items->len) + 2 * GLYPH * layout->unit + 1;
}

static void
lay_lane (GxcTimelineLayout *layout, guint lane)
{
  const GxcTimelineLane *lane_ = lane_at (layout->model, lane);
  double days = cell_width (layout, lane_) / layout->scale.per_day;
  double last = gxc_timeline_scale_at (&layout->scale, layout->scale.width) + days;
  double origin = layout->model->today + 1, begin = floor ((layout->scale.from - origin) / days) - 4;     /* words of what is out of sight reach into it */
  guint place = gxc_timeline_lane_search (lane_, origin + begin * days);

  while (place < lane_->items->len)
    {
      double at = ((GxcTimelineItem *) lane_->items->pdata[place])->at, cell = floor ((at - origin) / days);
      guint end;

      if (at > last)
        break;
      end = gxc_timeline_lane_search (lane_, origin + (cell + 1) * days);
      end = MAX (end, place + 1);
      lay_cell (layout, lane, place, end - place, gxc_timeline_scale_x (&layout->scale, origin + cell * days),
                gxc_timeline_scale_x (&layout->scale, origin + (cell + 1) * days));
      place = end;
    }
}

/* Only flags have words; one that would touch its neighbour is dropped, its glyph stays. */
static void
lay_labels (GxcTimelineLayout *layout, guint begin, GxcTimelineMeasure measure, gpointer data)
{
  for (guint i = begin; i < layout->marks->len; i++)
    {
      GxcTimelineMark *mark = &g_array_index (layout->marks, GxcTimelineMark, i);
      GxcTimelineItem *item = gxc_timeline_mark_item (layout, mark, 0);
      double limit = i + 1 < layout->marks->len ? g_array_index (layout->marks, GxcTimelineMark, i + 1).x
                                                  - g_array_index (layout->marks, GxcTimelineMark, i + 1).half : INFINITY;

      if (mark->n > 1 || !item->brief)
        continue;
      if (item->brief_width < 0)
        item->brief_width = measure (data, item->brief);
      mark->label_end = mark->x + FLAG_LABEL * layout->unit + item->brief_width;
      mark->label = mark->label_end + GAP * layout->unit <= limit;
    }
}

/**
 * gxc_timeline_layout_update:
 * @gutter: px left of the scale's 0, which hit tests count from
 * @measure: how wide a flag's words are, px
 *
 * Lays out what @scale shows of @model. The model must live as long as the layout is asked.
 */
void
gxc_timeline_layout_update (GxcTimelineLayout      *layout,
                            const GxcTimelineModel *model,
                            guint                   groups,
                            const GxcTimelineScale *scale,
                            double                  unit,
                            double                  gutter,
                            double                  height,
                            GxcTimelineMeasure      measure,
                            gpointer                data)
{
  layout->model = model;
  layout->groups = groups;
  layout->scale = *scale;
  layout->unit = unit;
  layout->gutter = gutter;
  layout->height = height;
  place_rows (layout);
  g_array_set_size (layout->marks, 0);
  for (guint i = 0; i < model->lanes->len; i++)
    {
      guint begin = layout->marks->len;

      if (g_array_index (layout->rows, GxcTimelineSlot, i).height == 0 || lane_at (model, i)->group == GXC_TIMELINE_STAGES)
        continue;
      lay_lane (layout, i);
      if (lane_at (model, i)->group == GXC_TIMELINE_EVENTS)
        lay_labels (layout, begin, measure, data);
    }
}

/* --- the other way ------------------------------------------------------------------------------------------------ */

/**
 * gxc_timeline_layout_hit:
 * @x: px from the widget's left, gutter included
 *
 * Returns: (nullable): what is drawn there; of two on each other the nearer one
 */
const GxcTimelineMark *
gxc_timeline_layout_hit (const GxcTimelineLayout *layout,
                         double                   x,
                         double                   y)
{
  const GxcTimelineMark *best = NULL;
  double reach = 2 * layout->unit;

  x -= layout->gutter;
  for (guint i = 0; i < layout->marks->len; i++)
    {
      const GxcTimelineMark *mark = &g_array_index (layout->marks, GxcTimelineMark, i);
      const GxcTimelineSlot *row = &g_array_index (layout->rows, GxcTimelineSlot, mark->lane);
      double right = mark->label ? mark->label_end : mark->x + mark->half;

      if (y < row->top || y >= row->top + row->height || x < mark->x - mark->half - reach || x > right + reach)
        continue;
      if (!best || fabs (mark->x - x) < fabs (best->x - x))
        best = mark;
    }
  return best;
}

/** gxc_timeline_layout_mark_of: (nullable): the mark that an item is drawn in, alone or folded */
const GxcTimelineMark *
gxc_timeline_layout_mark_of (const GxcTimelineLayout *layout,
                             const GxcTimelineItem   *item)
{
  for (guint i = 0; i < layout->marks->len; i++)
    {
      const GxcTimelineMark *mark = &g_array_index (layout->marks, GxcTimelineMark, i);

      if (mark->lane == item->lane && item->place >= mark->first && item->place < mark->first + mark->n)
        return mark;
    }
  return NULL;
}

/** gxc_timeline_layout_band: (nullable): the stage that is drawn there */
const GxcTimelineBand *
gxc_timeline_layout_band (const GxcTimelineLayout *layout,
                          double                   x,
                          double                   y)
{
  if (layout->stages.height == 0 || y < layout->stages.top || y >= layout->stages.top + layout->stages.height || x < layout->gutter)
    return NULL;
  return gxc_timeline_model_band_at (layout->model, gxc_timeline_scale_at (&layout->scale, x - layout->gutter));
}

/** gxc_timeline_layout_asset_y: where assets of @value are drawn, px; nothing is at the lane's foot */
double
gxc_timeline_layout_asset_y (const GxcTimelineLayout *layout,
                             double                   value)
{
  double foot = layout->assets.top + layout->assets.height - 4 * layout->unit, room = layout->assets.height - 22 * layout->unit;

  return foot - room * value / MAX (layout->model->top * 1.12, 1);
}
