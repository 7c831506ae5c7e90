/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lane of assets: their line by month against the thresholds of the tiers, what they come to now, and where the chosen
 * item meets the line. Of one customer's money there is no other scale: the thresholds say enough, also under the curtain. */

#include "gxc-timeline-paint.h"

#include <glib/gi18n.h>
#include <math.h>

#include "gx-customer.h"
#include "gx-tier-rule.h"

/**
 * gxc_timeline_paint_curve:
 *
 * Puts the line of assets that is in sight onto the path, one month beyond each edge. @out_first and @out_last are its
 * ends, px; nothing is drawn if @out_last is not greater.
 */
void
gxc_timeline_paint_curve (cairo_t                *cr,
                          const GxcTimelineModel *model,
                          const GxcTimelineScale *scale,
                          double                (*y_of) (gpointer data, double value),
                          gpointer                data,
                          double                 *out_first,
                          double                 *out_last)
{
  const GxcTimelineMonth *months = (const GxcTimelineMonth *) (gpointer) model->months->data;
  double from = scale->from - 40, to = gxc_timeline_scale_at (scale, scale->width) + 40;

  *out_first = *out_last = 0;
  for (guint i = 0, n = 0; i < model->months->len && months[i].at <= to; i++)
    {
      double x = gxc_timeline_scale_x (scale, months[i].at);

      if (months[i].at < from)
        continue;
      if (n++ > 0)
        cairo_line_to (cr, x, y_of (data, months[i].value));
      else
        cairo_move_to (cr, *out_first = x, y_of (data, months[i].value));      /* what was drawn before may have left a point */
      *out_last = x;
    }
}

static double
asset_y (gpointer data, double value)
{
  return gxc_timeline_layout_asset_y (data, value);
}

/* --- thresholds ----------------------------------------------------------------------------------------------------- */

typedef struct { const char *name; double y; } Threshold;

/* Those of the tiers that have room for their names, the highest first: a line without a name would say nothing. */
static guint
choose_thresholds (GxcTimelinePaint *paint, const GxcTimelineLayout *layout, Threshold *chosen)
{
  double unit = layout->unit, limit = -INFINITY, heading, width, height;
  guint n = 0;

  if (layout->assets.height == 0 || layout->model->other_ccy || layout->model->months->len == 0)
    return 0;
  gxc_timeline_paint_layout (paint, C_("timeline", "Assets"), TRUE, &heading, &height);
  for (int tier = GX_TIER_PRIVATE; tier >= GX_TIER_GOLD; tier--)
    {
      const char *name = _(gx_choice_label (gx_tiers, tier));
      double y = gxc_timeline_layout_asset_y (layout, gx_tier_threshold (tier, layout->model->org) / 100.0);
      gboolean beside;

      gxc_timeline_paint_layout (paint, name, FALSE, &width, &height);
      beside = heading + width + 32 * unit <= layout->gutter;
      if (y < layout->assets.top + (beside ? 10 : 28) * unit || y < limit + 15 * unit)
        continue;
      limit = y;
      chosen[n++] = (Threshold) { name, y };
    }
  return n;
}

static void
paint_thresholds (GxcTimelinePaint *paint, cairo_t *cr, const GxcTimelineLayout *layout)
{
  Threshold chosen[GX_TIER_PRIVATE + 1];
  guint n = choose_thresholds (paint, layout, chosen);

  cairo_set_line_width (cr, 1);
  cairo_set_dash (cr, (double[]) { 3, 3 }, 2, 0);
  for (guint i = 0; i < n; i++)
    {
      cairo_move_to (cr, layout->gutter, floor (chosen[i].y) + 0.5);
      cairo_line_to (cr, layout->gutter + layout->scale.width, floor (chosen[i].y) + 0.5);
    }
  gxc_timeline_paint_source (paint, cr, GXC_TOKEN_LINE, 1);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

/** gxc_timeline_paint_tiers: the names of the thresholds, left of them */
void
gxc_timeline_paint_tiers (GxcTimelinePaint        *paint,
                          cairo_t                 *cr,
                          const GxcTimelineLayout *layout)
{
  Threshold chosen[GX_TIER_PRIVATE + 1];
  guint n = choose_thresholds (paint, layout, chosen);

  for (guint i = 0; i < n; i++)
    gxc_timeline_paint_text (paint, cr, chosen[i].name, FALSE, GXC_TOKEN_DIM, layout->gutter - 8 * layout->unit, chosen[i].y, 1);
}

/* --- the line ------------------------------------------------------------------------------------------------------- */

static void
paint_line (GxcTimelinePaint *paint, cairo_t *cr, const GxcTimelineLayout *layout)
{
  double first, last, foot = layout->assets.top + layout->assets.height - 4 * layout->unit;
  const GdkRGBA *accent = paint->colour (GXC_TOKEN_CHART_1);
  cairo_pattern_t *pattern;
  cairo_path_t *line;

  cairo_new_path (cr);
  gxc_timeline_paint_curve (cr, layout->model, &layout->scale, asset_y, (gpointer) layout, &first, &last);
  if (last <= first)
    return;
  line = cairo_copy_path (cr);
  cairo_line_to (cr, last, foot);
  cairo_line_to (cr, first, foot);
  cairo_close_path (cr);
  pattern = cairo_pattern_create_linear (0, layout->assets.top, 0, foot);
  cairo_pattern_add_color_stop_rgba (pattern, 0, accent->red, accent->green, accent->blue, 0.30);
  cairo_pattern_add_color_stop_rgba (pattern, 1, accent->red, accent->green, accent->blue, 0.04);
  cairo_set_source (cr, pattern);
  cairo_fill (cr);
  cairo_pattern_destroy (pattern);
  cairo_append_path (cr, line);
  cairo_path_destroy (line);
  cairo_set_line_width (cr, 2);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  gdk_cairo_set_source_rgba (cr, accent);
  cairo_stroke (cr);
}

/* What it comes to at the line's end, on the side of the line that is free. */
static void
paint_worth (GxcTimelinePaint *paint, cairo_t *cr, const GxcTimelineLayout *layout)
{
  const GxcTimelineModel *model = layout->model;
  const GxcTimelineMonth *end = model->months->len ? &g_array_index (model->months, GxcTimelineMonth, model->months->len - 1) : NULL;
  double unit = layout->unit, x = end ? gxc_timeline_scale_x (&layout->scale, end->at) : -1, y, width, height, before, middle;

  if (!end || !model->worth || x > layout->scale.width + 1)
    return;
  gxc_timeline_paint_layout (paint, model->worth, TRUE, &width, &height);
  if (x < width + 12 * unit)
    return;
  y = gxc_timeline_layout_asset_y (layout, end->value);
  before = gxc_timeline_model_value_at (model, gxc_timeline_scale_at (&layout->scale, x - width));
  middle = isfinite (before) && gxc_timeline_layout_asset_y (layout, before) < y - 4 * unit ? y + 13 * unit : y - 13 * unit;
  middle = CLAMP (middle, layout->assets.top + 9 * unit, layout->assets.top + layout->assets.height - 9 * unit);
  cairo_new_path (cr);
  cairo_arc (cr, x, y, 3 * unit, 0, 2 * G_PI);
  gxc_timeline_paint_source (paint, cr, GXC_TOKEN_CHART_1, 1);
  cairo_fill (cr);
  gxc_timeline_paint_text (paint, cr, model->worth, TRUE, GXC_TOKEN_FG, x - 4 * unit, middle, 1);
}

void
gxc_timeline_paint_assets (GxcTimelinePaint        *paint,
                           cairo_t                 *cr,
                           const GxcTimelineLayout *layout)
{
  if (layout->assets.height == 0)
    return;
  if (layout->model->months->len == 0)
    {
      gxc_timeline_paint_text (paint, cr, _("Assets of this customer are not shown to you"), FALSE, GXC_TOKEN_DIM,
                               layout->gutter + layout->scale.width / 2, layout->assets.top + layout->assets.height / 2, 0.5);
      return;
    }
  paint_thresholds (paint, cr, layout);
  cairo_save (cr);
  cairo_translate (cr, layout->gutter, 0);
  paint_line (paint, cr, layout);
  paint_worth (paint, cr, layout);
  cairo_restore (cr);
}

/** gxc_timeline_paint_drop: from an item at @x, @from down to the line, where its day is */
void
gxc_timeline_paint_drop (GxcTimelinePaint        *paint,
                         cairo_t                 *cr,
                         const GxcTimelineLayout *layout,
                         const GxcTimelineItem   *item,
                         double                   x,
                         double                   from)
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
