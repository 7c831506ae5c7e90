/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lanes of a timeline and what lies in them: flags, products, contacts, folds, and the one item that is chosen. A shape
 * says what a thing is (gxc-timeline-paint-glyph.c); colours only agree. */

#include "gxc-timeline-paint.h"

#include <math.h>

/* --- products ------------------------------------------------------------------------------------------------------ */

/* In the middle of a pixel, so that a line is as sharp as its ends. */
static double
span_y (const GxcTimelineLayout *layout, const GxcTimelineLane *lane, const GxcTimelineSlot *row, guint line)
{
  double gap = MIN (6 * layout->unit, row->height / MAX (lane->n_rows, 1));

  return floor (row->top + row->height / 2 + ((double) line - (MAX (lane->n_rows, 1) - 1) / 2.0) * gap) + 0.5;
}

static void
paint_span (GxcTimelinePaint *paint, cairo_t *cr, const GxcTimelineLayout *layout, const GxcTimelineSpan *span)
{
  guint lane = 0;
  double right = layout->gutter + layout->scale.width, x0 = layout->gutter + gxc_timeline_scale_x (&layout->scale, span->from);
  double x1 = layout->gutter + gxc_timeline_scale_x (&layout->scale, MIN (span->to, layout->model->today + 1)), y;
  gboolean open = span->to > layout->model->today;

  while (gxc_timeline_layout_lane (layout, lane) != span->in)
    lane++;
  if (gxc_timeline_layout_row (layout, lane)->height == 0 || x0 > right || x1 < layout->gutter)
    return;
  y = span_y (layout, span->in, gxc_timeline_layout_row (layout, lane), span->row);
  gxc_timeline_paint_source (paint, cr, span->home->token, 1);
  cairo_set_line_width (cr, 2.4 * layout->unit);
  cairo_move_to (cr, MAX (x0, layout->gutter), y);
  cairo_line_to (cr, MIN (x1, right) - (open ? 2 : 0), y);
  cairo_stroke (cr);
  if (!open || x1 > right)
    return;
  cairo_move_to (cr, x1 + 3 * layout->unit, y);
  cairo_line_to (cr, x1 - 4 * layout->unit, y - 4 * layout->unit);
  cairo_line_to (cr, x1 - 4 * layout->unit, y + 4 * layout->unit);
  cairo_close_path (cr);
  cairo_fill (cr);
}

/* --- marks --------------------------------------------------------------------------------------------------------- */

static gboolean
holds (const GxcTimelineMark *mark, const GxcTimelineItem *item)
{
  return item && item->lane == mark->lane && item->place >= mark->first && item->place < mark->first + mark->n;
}

static double
mark_y (const GxcTimelineLayout *layout, const GxcTimelineMark *mark)
{
  const GxcTimelineLane *lane = gxc_timeline_layout_lane (layout, mark->lane);
  const GxcTimelineSlot *row = gxc_timeline_layout_row (layout, mark->lane);

  if (lane->group == GXC_TIMELINE_PRODUCTS && mark->n == 1)
    return span_y (layout, lane, row, gxc_timeline_mark_item (layout, mark, 0)->line);
  return row->top + row->height / 2;
}

static void
paint_pill (GxcTimelinePaint *paint, cairo_t *cr, const GxcTimelineMark *mark, double x, double y, double unit, gboolean chosen)
{
  g_autofree char *count = g_strdup_printf ("%u", mark->n);
  double half = 8 * unit;

  cairo_new_sub_path (cr);
  cairo_arc (cr, x + mark->half - half, y, half, -G_PI / 2, G_PI / 2);
  cairo_arc (cr, x - mark->half + half, y, half, G_PI / 2, 3 * G_PI / 2);
  cairo_close_path (cr);
  gxc_timeline_paint_source (paint, cr, chosen ? GXC_TOKEN_ACCENT_FILL : GXC_TOKEN_DIM, 1);
  cairo_fill (cr);
  gxc_timeline_paint_text (paint, cr, count, TRUE, chosen ? GXC_TOKEN_ON_FILL : GXC_TOKEN_CARD, x, y, 0.5);
}

/* Whether the words of a flag further down lie where a pole would fall. */
static gboolean
has_words_at (const GxcTimelineLayout *layout, guint lane, double x)
{
  for (guint i = 0; i < layout->marks->len; i++)
    {
      const GxcTimelineMark *mark = &g_array_index (layout->marks, GxcTimelineMark, i);

      if (mark->lane == lane && mark->label && x > mark->x + mark->half && x < mark->label_end + 3 * layout->unit)
        return TRUE;
    }
  return FALSE;
}

/* A flag's pole falls to the lane of assets, but not through another flag's words. */
static void
paint_pole (GxcTimelinePaint *paint, cairo_t *cr, const GxcTimelineLayout *layout, const GxcTimelineMark *mark, double x, double y)
{
  double from = y;

  for (guint lane = mark->lane; lane < layout->rows->len && gxc_timeline_layout_lane (layout, lane)->group == GXC_TIMELINE_EVENTS; lane++)
    {
      const GxcTimelineSlot *row = gxc_timeline_layout_row (layout, lane);
      gboolean last = lane + 1 == layout->rows->len || gxc_timeline_layout_lane (layout, lane + 1)->group != GXC_TIMELINE_EVENTS;
      double to = row->top + row->height + (last ? layout->pad : 0);

      if (lane == mark->lane || !has_words_at (layout, lane, mark->x))
        {
          cairo_move_to (cr, floor (x) + 0.5, from);
          cairo_line_to (cr, floor (x) + 0.5, to);
        }
      from = to;
    }
  gxc_timeline_paint_source (paint, cr, GXC_TOKEN_FG, 0.75);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

static void
paint_flag (GxcTimelinePaint *paint, cairo_t *cr, const GxcTimelineLayout *layout, const GxcTimelineMark *mark, double x, double y)
{
  const GxcTimelineItem *item = gxc_timeline_mark_item (layout, mark, 0);
  double unit = layout->unit;

  paint_pole (paint, cr, layout, mark, x, y);
  gxc_timeline_paint_source (paint, cr, GXC_TOKEN_FG, 1);
  cairo_save (cr);
  cairo_translate (cr, floor (x) + 0.5 + 4 * unit, y - unit);
  gxc_timeline_paint_glyph (cr, item->kind, NULL, unit);
  cairo_restore (cr);
  if (mark->label)
    gxc_timeline_paint_words (paint, cr, layout, item->brief, FALSE, GXC_TOKEN_FG, x + 13 * unit, y, 0, TRUE);
}

/* Of an opening there is only the tick: its line is drawn already. */
static void
paint_tick (cairo_t *cr, double x, double y, double unit)
{
  cairo_set_line_width (cr, 2.4 * unit);
  cairo_move_to (cr, x, y - 6 * unit);
  cairo_line_to (cr, x, y + 6 * unit);
  cairo_stroke (cr);
}

static void
paint_glyph (GxcTimelinePaint *paint, cairo_t *cr, GxcTimelineKind kind, GxcToken token, double x, double y, double unit)
{
  gboolean hollow = kind == GXC_TIMELINE_CLOSED || kind == GXC_TIMELINE_MATURES;

  cairo_save (cr);
  cairo_translate (cr, x, y);
  if (hollow)
    {
      gxc_timeline_paint_source (paint, cr, GXC_TOKEN_CARD, 1);
      cairo_rectangle (cr, -4 * unit, -3 * unit, 8 * unit, 6 * unit);
      cairo_fill (cr);
    }
  gxc_timeline_paint_source (paint, cr, token, 1);
  gxc_timeline_paint_glyph (cr, kind, NULL, unit);
  cairo_restore (cr);
}

static void
paint_mark (GxcTimelinePaint *paint, cairo_t *cr, const GxcTimelineLayout *layout, const GxcTimelineMark *mark)
{
  const GxcTimelineItem *item = gxc_timeline_mark_item (layout, mark, 0);
  double x = layout->gutter + mark->x, y = mark_y (layout, mark);

  cairo_new_path (cr);
  gxc_timeline_paint_source (paint, cr, item->home->token, 1);
  if (mark->n > 1)
    paint_pill (paint, cr, mark, x, y, layout->unit, FALSE);
  else if (item->home->group == GXC_TIMELINE_EVENTS)
    paint_flag (paint, cr, layout, mark, x, y);
  else if (item->kind == GXC_TIMELINE_OPENED)
    paint_tick (cr, x, y, layout->unit);
  else
    paint_glyph (paint, cr, item->kind, item->home->token, x, y, layout->unit);
}

/* --- the chosen one ------------------------------------------------------------------------------------------------ */

static void
paint_chosen_flag (GxcTimelinePaint *paint, cairo_t *cr, const GxcTimelineLayout *layout, const GxcTimelineItem *item, double x, double y)
{
  double unit = layout->unit, width, height;

  gxc_timeline_paint_layout (paint, item->brief, TRUE, &width, &height);
  gxc_timeline_paint_drop (paint, cr, layout, item, floor (x) + 0.5, y);
  gxc_timeline_paint_source (paint, cr, GXC_TOKEN_ACCENT_FILL, 1);
  gxc_timeline_paint_box (cr, floor (x), y - 10 * unit, width + 18 * unit, 20 * unit, 4 * unit);
  cairo_fill (cr);
  gxc_timeline_paint_text (paint, cr, item->brief, TRUE, GXC_TOKEN_ON_FILL, floor (x) + 9 * unit, y, 0);
}

/* A ring around what is too small to be filled. */
static void
paint_chosen (GxcTimelinePaint *paint, cairo_t *cr, const GxcTimelineLayout *layout, const GxcTimelineItem *item)
{
  const GxcTimelineMark *mark = item ? gxc_timeline_layout_mark_of (layout, item) : NULL;
  double x, y;

  if (!mark)
    return;
  x = layout->gutter + mark->x;
  y = mark_y (layout, mark);
  cairo_new_path (cr);
  if (mark->n > 1)
    paint_pill (paint, cr, mark, x, y, layout->unit, TRUE);
  else if (item->brief)
    paint_chosen_flag (paint, cr, layout, item, x, y);
  else
    {
      gxc_timeline_paint_source (paint, cr, GXC_TOKEN_ACCENT_FILL, 1);
      cairo_set_line_width (cr, 2);
      cairo_arc (cr, x, y, 8 * layout->unit, 0, 2 * G_PI);
      cairo_stroke (cr);
    }
}

/* --- all ------------------------------------------------------------------------------------------------------------ */

void
gxc_timeline_paint_lanes (GxcTimelinePaint        *paint,
                          cairo_t                 *cr,
                          const GxcTimelineLayout *layout)
{
  for (guint i = 0; i < layout->model->spans->len; i++)
    paint_span (paint, cr, layout, &g_array_index (layout->model->spans, GxcTimelineSpan, i));
  for (guint i = 0; i < layout->marks->len; i++)
    {
      const GxcTimelineMark *mark = &g_array_index (layout->marks, GxcTimelineMark, i);

      if (!holds (mark, paint->selected) || mark->n > 1 || !gxc_timeline_mark_item (layout, mark, 0)->brief)
        paint_mark (paint, cr, layout, mark);
    }
  if (paint->hovered != paint->selected)
    paint_chosen (paint, cr, layout, paint->hovered);
  paint_chosen (paint, cr, layout, paint->selected);
}
