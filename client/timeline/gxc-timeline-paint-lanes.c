/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lanes of a timeline and what lies in them: flags, products, contacts, folds, and the one item that is chosen. The
 * other half of gxc-timeline-paint.c. A shape says what a thing is; colours only agree. */

#include "gxc-timeline-paint.h"

#include <glib/gi18n.h>
#include <math.h>

#include "gx-customer.h"
#include "gx-tier-rule.h"
#include "gxc-stage-glyph.h"

/* --- glyphs: around 0, 0 in a box of 12, in the source colour ------------------------------------------------------- */

static void
glyph_flag (cairo_t *cr)
{
  cairo_set_line_width (cr, 1.2);
  cairo_move_to (cr, -4, 6);
  cairo_line_to (cr, -4, -5);
  cairo_stroke (cr);
  cairo_move_to (cr, -4, -5);
  cairo_line_to (cr, 5, -0.5);
  cairo_line_to (cr, -4, 4);
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
glyph_opened (cairo_t *cr)
{
  cairo_set_line_width (cr, 2.5);
  cairo_move_to (cr, -4, -6);
  cairo_line_to (cr, -4, 6);
  cairo_move_to (cr, -4, 0);
  cairo_line_to (cr, 7, 0);
  cairo_stroke (cr);
}

static void
glyph_closed (cairo_t *cr)
{
  cairo_set_line_width (cr, 2);
  cairo_move_to (cr, -7, 0);
  cairo_line_to (cr, -2, 0);
  cairo_rectangle (cr, -2, -4, 8, 8);
  cairo_stroke (cr);
}

static void
glyph_matures (cairo_t *cr)
{
  cairo_set_line_width (cr, 2);
  cairo_move_to (cr, 0, -5);
  cairo_line_to (cr, 5, 0);
  cairo_line_to (cr, 0, 5);
  cairo_line_to (cr, -5, 0);
  cairo_close_path (cr);
  cairo_stroke (cr);
}

static void
glyph_disc (cairo_t *cr)
{
  cairo_arc (cr, 0, 0, 4.5, 0, 2 * G_PI);
  cairo_fill (cr);
}

static void
glyph_ring (cairo_t *cr)
{
  cairo_set_line_width (cr, 1.8);
  cairo_arc (cr, 0, 0, 3.6, 0, 2 * G_PI);
  cairo_stroke (cr);
}

static void
glyph_tick (cairo_t *cr)
{
  cairo_set_line_width (cr, 2);
  cairo_move_to (cr, -5, 0.5);
  cairo_line_to (cr, -1.5, 4);
  cairo_line_to (cr, 5, -3.5);
  cairo_stroke (cr);
}

static void (* const glyphs[GXC_TIMELINE_N_KINDS]) (cairo_t *cr) = {
  [GXC_TIMELINE_EVENT] = glyph_flag, [GXC_TIMELINE_MILESTONE] = glyph_flag, [GXC_TIMELINE_OPENED] = glyph_opened,
  [GXC_TIMELINE_CLOSED] = glyph_closed, [GXC_TIMELINE_MATURES] = glyph_matures, [GXC_TIMELINE_IN] = glyph_disc,
  [GXC_TIMELINE_OUT] = glyph_ring, [GXC_TIMELINE_DONE] = glyph_tick,
};

/** gxc_timeline_paint_glyph: around 0, 0, in the source colour; @stage is the code of a stage's item */
void
gxc_timeline_paint_glyph (cairo_t         *cr,
                          GxcTimelineKind  kind,
                          const char      *stage,
                          double           unit)
{
  cairo_save (cr);
  cairo_scale (cr, unit, unit);
  cairo_new_path (cr);
  if (glyphs[kind])
    glyphs[kind] (cr);
  else
    {
      cairo_translate (cr, -5, -5);
      gxc_stage_glyph_paint (cr, stage, 1);
    }
  cairo_restore (cr);
}

/* --- names of lanes ------------------------------------------------------------------------------------------------ */

static const GxcTimelineLane *
lane_at (const GxcTimelineLayout *layout, guint i)
{
  return g_ptr_array_index (layout->model->lanes, i);
}

static const GxcTimelineSlot *
row_at (const GxcTimelineLayout *layout, guint i)
{
  return &g_array_index (layout->rows, GxcTimelineSlot, i);
}

static void
line_across (cairo_t *cr, const GxcTimelineLayout *layout, double y)
{
  cairo_move_to (cr, 0, floor (y) + 0.5);
  cairo_line_to (cr, layout->gutter + layout->scale.width, floor (y) + 0.5);
}

static void
paint_tier_names (GxcTimelinePaint *paint, cairo_t *cr, const GxcTimelineLayout *layout)
{
  double limit = INFINITY, top = layout->assets.top + 28 * layout->unit;

  for (int tier = GX_TIER_GOLD; tier <= GX_TIER_PRIVATE && layout->model->months->len > 0 && !layout->model->other_ccy; tier++)
    {
      double y = gxc_timeline_layout_asset_y (layout, gx_tier_threshold (tier, layout->model->org) / 100.0);

      if (y < top || y + 15 * layout->unit > limit)
        continue;
      gxc_timeline_paint_text (paint, cr, _(gx_choice_label (gx_tiers, tier)), FALSE, GXC_TOKEN_DIM, layout->gutter - 8 * layout->unit, y, 1);
      limit = y;
    }
}

static void
paint_names (GxcTimelinePaint *paint, cairo_t *cr, const GxcTimelineLayout *layout)
{
  double x = 16 * layout->unit, unit = layout->unit;

  cairo_set_line_width (cr, 1);
  line_across (cr, layout, layout->axis);
  if (layout->assets.height > 0)
    line_across (cr, layout, layout->assets.top);
  for (guint i = 0; i < layout->rows->len; i++)
    if (row_at (layout, i)->heads)
      line_across (cr, layout, row_at (layout, i)->top - 6 * unit);
  cairo_move_to (cr, floor (layout->gutter) - 0.5, 0);
  cairo_line_to (cr, floor (layout->gutter) - 0.5, layout->height);
  gxc_timeline_paint_source (paint, cr, GXC_TOKEN_LINE, 1);
  cairo_stroke (cr);

  if (layout->stages.height > 0)
    gxc_timeline_paint_text (paint, cr, C_("timeline", "Stage"), TRUE, GXC_TOKEN_FG, x, layout->stages.top + layout->stages.height / 2, 0);
  if (layout->assets.height > 0)
    gxc_timeline_paint_text (paint, cr, C_("timeline", "Assets"), TRUE, GXC_TOKEN_FG, x, layout->assets.top + 16 * unit, 0);
  paint_tier_names (paint, cr, layout);
  for (guint i = 0; i < layout->rows->len; i++)
    if (row_at (layout, i)->height > 0 && lane_at (layout, i)->group != GXC_TIMELINE_STAGES)
      gxc_timeline_paint_text (paint, cr, lane_at (layout, i)->label, lane_at (layout, i)->group == GXC_TIMELINE_EVENTS, GXC_TOKEN_FG,
                               x, row_at (layout, i)->top + row_at (layout, i)->height / 2, 0);
}

/* --- products ------------------------------------------------------------------------------------------------------ */

static double
span_y (const GxcTimelineLayout *layout, const GxcTimelineLane *lane, const GxcTimelineSlot *row, guint line)
{
  return row->top + row->height / 2 + ((double) line - (MAX (lane->n_rows, 1) - 1) / 2.0) * 6 * layout->unit;
}

static void
paint_span (GxcTimelinePaint *paint, cairo_t *cr, const GxcTimelineLayout *layout, const GxcTimelineSpan *span)
{
  guint lane = 0;
  double right = layout->gutter + layout->scale.width, x0 = layout->gutter + gxc_timeline_scale_x (&layout->scale, span->from);
  double x1 = layout->gutter + gxc_timeline_scale_x (&layout->scale, MIN (span->to, layout->model->today + 1)), y;
  gboolean open = span->to > layout->model->today;

  while (lane_at (layout, lane) != span->in)
    lane++;
  if (row_at (layout, lane)->height == 0 || x0 > right || x1 < layout->gutter)
    return;
  y = span_y (layout, span->in, row_at (layout, lane), span->row);
  gxc_timeline_paint_source (paint, cr, span->in->token, 1);
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

/* The row of the line that an opening or an end belongs to. */
static guint
line_of (const GxcTimelineLayout *layout, const GxcTimelineLane *lane, const GxcTimelineItem *item)
{
  for (guint i = 0; lane->n_rows > 1 && i < layout->model->spans->len; i++)
    {
      const GxcTimelineSpan *span = &g_array_index (layout->model->spans, GxcTimelineSpan, i);

      if (span->in == lane && (item->kind == GXC_TIMELINE_OPENED ? span->from == item->at : span->to >= item->at && span->from <= item->at))
        return span->row;
    }
  return 0;
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
  const GxcTimelineLane *lane = lane_at (layout, mark->lane);
  const GxcTimelineSlot *row = row_at (layout, mark->lane);

  if (lane->group == GXC_TIMELINE_PRODUCTS && mark->n == 1)
    return span_y (layout, lane, row, line_of (layout, lane, gxc_timeline_mark_item (layout, mark, 0)));
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

static double
flag_foot (const GxcTimelineLayout *layout, const GxcTimelineSlot *row)
{
  return layout->assets.height > 0 ? layout->assets.top : row->top + row->height;
}

static void
paint_flag (GxcTimelinePaint *paint, cairo_t *cr, const GxcTimelineLayout *layout, const GxcTimelineMark *mark, double x, double y)
{
  const GxcTimelineItem *item = gxc_timeline_mark_item (layout, mark, 0);
  double unit = layout->unit;

  gxc_timeline_paint_source (paint, cr, GXC_TOKEN_FG, 0.75);
  cairo_set_line_width (cr, 1);
  cairo_move_to (cr, floor (x) + 0.5, y);
  cairo_line_to (cr, floor (x) + 0.5, flag_foot (layout, row_at (layout, mark->lane)));
  cairo_stroke (cr);
  gxc_timeline_paint_source (paint, cr, GXC_TOKEN_FG, 1);
  cairo_save (cr);
  cairo_translate (cr, floor (x) + 0.5 + 4 * unit, y - unit);
  gxc_timeline_paint_glyph (cr, item->kind, NULL, unit);
  cairo_restore (cr);
  if (mark->label)
    gxc_timeline_paint_text (paint, cr, item->brief, FALSE, GXC_TOKEN_FG, x + 13 * unit, y, 0);
}

static void
paint_mark (GxcTimelinePaint *paint, cairo_t *cr, const GxcTimelineLayout *layout, const GxcTimelineMark *mark)
{
  const GxcTimelineLane *lane = lane_at (layout, mark->lane);
  double x = layout->gutter + mark->x, y = mark_y (layout, mark);

  if (mark->n > 1)
    {
      paint_pill (paint, cr, mark, x, y, layout->unit, FALSE);
      return;
    }
  if (lane->group == GXC_TIMELINE_EVENTS)
    {
      paint_flag (paint, cr, layout, mark, x, y);
      return;
    }
  cairo_save (cr);
  cairo_translate (cr, x + (lane->group == GXC_TIMELINE_PRODUCTS && gxc_timeline_mark_item (layout, mark, 0)->kind == GXC_TIMELINE_OPENED ? 4 * layout->unit : 0), y);
  if (gxc_timeline_mark_item (layout, mark, 0)->kind == GXC_TIMELINE_CLOSED || gxc_timeline_mark_item (layout, mark, 0)->kind == GXC_TIMELINE_MATURES)
    {
      gxc_timeline_paint_source (paint, cr, GXC_TOKEN_CARD, 1);
      cairo_rectangle (cr, -4 * layout->unit, -3 * layout->unit, 8 * layout->unit, 6 * layout->unit);
      cairo_fill (cr);
    }
  gxc_timeline_paint_source (paint, cr, lane->token, 1);
  gxc_timeline_paint_glyph (cr, gxc_timeline_mark_item (layout, mark, 0)->kind, NULL, layout->unit);
  cairo_restore (cr);
}

/* --- the chosen one ------------------------------------------------------------------------------------------------ */

static void
paint_drop (GxcTimelinePaint *paint, cairo_t *cr, const GxcTimelineLayout *layout, const GxcTimelineItem *item, double x, double from)
{
  double value = gxc_timeline_model_value_at (layout->model, item->at), y;

  if (layout->assets.height == 0 || !isfinite (value) || from > layout->assets.top)
    return;
  y = gxc_timeline_layout_asset_y (layout, value);
  gxc_timeline_paint_source (paint, cr, GXC_TOKEN_ACCENT_FILL, 1);
  cairo_set_line_width (cr, 1.5);
  cairo_move_to (cr, x, from);
  cairo_line_to (cr, x, layout->assets.top + layout->assets.height - 4 * layout->unit);
  cairo_stroke (cr);
  cairo_arc (cr, x, y, 5 * layout->unit, 0, 2 * G_PI);
  gxc_timeline_paint_source (paint, cr, GXC_TOKEN_CARD, 1);
  cairo_fill (cr);
  cairo_arc (cr, x, y, 3.8 * layout->unit, 0, 2 * G_PI);
  gxc_timeline_paint_source (paint, cr, GXC_TOKEN_ACCENT_FILL, 1);
  cairo_fill (cr);
}

static void
paint_chosen_flag (GxcTimelinePaint *paint, cairo_t *cr, const GxcTimelineLayout *layout, const GxcTimelineItem *item, double x, double y)
{
  double unit = layout->unit, width, height;

  gxc_timeline_paint_layout (paint, item->brief, TRUE, &width, &height);
  paint_drop (paint, cr, layout, item, floor (x) + 0.5, y);
  gxc_timeline_paint_source (paint, cr, GXC_TOKEN_ACCENT_FILL, 1);
  cairo_rectangle (cr, floor (x), y - 10 * unit, width + 18 * unit, 20 * unit);
  cairo_fill (cr);
  gxc_timeline_paint_text (paint, cr, item->brief, TRUE, GXC_TOKEN_ON_FILL, floor (x) + 9 * unit, y, 0);
}

static void
paint_chosen (GxcTimelinePaint *paint, cairo_t *cr, const GxcTimelineLayout *layout, const GxcTimelineItem *item)
{
  const GxcTimelineMark *mark = item ? gxc_timeline_layout_mark_of (layout, item) : NULL;
  double x, y;

  if (!mark)
    return;
  x = layout->gutter + mark->x;
  y = mark_y (layout, mark);
  if (mark->n == 1 && item->brief)
    {
      paint_chosen_flag (paint, cr, layout, item, x, y);
      return;
    }
  if (mark->n > 1)
    paint_pill (paint, cr, mark, x, y, layout->unit, TRUE);
  gxc_timeline_paint_source (paint, cr, GXC_TOKEN_ACCENT_FILL, 1);
  cairo_set_line_width (cr, 2);
  if (mark->n == 1)
    {
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

static void
paint_masked (GxcTimelinePaint *paint, cairo_t *cr, const GxcTimelineLayout *layout)
{
  if (layout->assets.height > 0 && layout->model->months->len == 0)
    gxc_timeline_paint_text (paint, cr, _("Assets of this customer are not shown to you"), FALSE, GXC_TOKEN_DIM,
                             layout->gutter + layout->scale.width / 2, layout->assets.top + layout->assets.height / 2, 0.5);
}

/**
 * gxc_timeline_paint:
 *
 * Draws everything from 0, 0 to the layout's gutter and width by its height. The ground is not drawn.
 */
void
gxc_timeline_paint (GxcTimelinePaint        *paint,
                    cairo_t                 *cr,
                    const GxcTimelineLayout *layout)
{
  cairo_save (cr);
  cairo_rectangle (cr, layout->gutter, 0, layout->scale.width, layout->height);
  cairo_clip (cr);
  gxc_timeline_paint_axis (paint, cr, layout);
  gxc_timeline_paint_bands (paint, cr, layout);
  gxc_timeline_paint_assets (paint, cr, layout);
  gxc_timeline_paint_today (paint, cr, layout);
  gxc_timeline_paint_lanes (paint, cr, layout);
  paint_masked (paint, cr, layout);
  cairo_restore (cr);
  paint_names (paint, cr, layout);
}
