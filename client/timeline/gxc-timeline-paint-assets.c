/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lane of assets: their line by month, what measures it, what they come to now, and where the chosen item meets the line.
 * What measures it are the thresholds of the tiers, which say enough also under the curtain; where none lies in the lane, for
 * a customer below the first or in another currency, round figures do, as far as they may be told. */

#include "gxc-timeline-paint.h"

#include <glib/gi18n.h>
#include <math.h>

#include "gx-customer.h"
#include "gx-tier-rule.h"
#include "gxc-chart-data.h"
#include "gxc-scale.h"

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

/* --- what measures it ----------------------------------------------------------------------------------------------- */

#define MOST_MEASURES 8

typedef struct { char name[32]; double y; } Measure;

/* Where the heading stands, a name has to stand below it, unless there is room beside. */
static double
highest_for (GxcTimelinePaint *paint, const GxcTimelineLayout *layout, const char *name)
{
  double heading, width, height, unit = layout->unit;

  gxc_timeline_paint_layout (paint, C_("timeline", "Assets"), TRUE, &heading, &height);
  gxc_timeline_paint_layout (paint, name, FALSE, &width, &height);
  return layout->assets.top + (heading + width + 32 * unit <= layout->gutter ? 10 : 28) * unit;
}

/* Those of the tiers that have room for their names, the highest first: a line without a name would say nothing. */
static guint
choose_tiers (GxcTimelinePaint *paint, const GxcTimelineLayout *layout, Measure *chosen)
{
  double limit = -INFINITY;
  guint n = 0;

  for (int tier = layout->model->other_ccy ? 0 : GX_TIER_PRIVATE; tier >= GX_TIER_GOLD; tier--)
    {
      const char *name = _(gx_choice_label (gx_tiers, tier));
      double y = gxc_timeline_layout_asset_y (layout, gx_tier_threshold (tier, layout->model->org) / 100.0);

      if (y < highest_for (paint, layout, name) || y < limit + 15 * layout->unit)
        continue;
      limit = y;
      chosen[n].y = y;
      g_strlcpy (chosen[n++].name, name, sizeof chosen->name);
    }
  return n;
}

/* Of the model's unit, so many that their names do not crowd. */
static guint
choose_figures (GxcTimelinePaint *paint, const GxcTimelineLayout *layout, Measure *chosen)
{
  const GxcTimelineModel *model = layout->model;
  guint steps = CLAMP (layout->assets.height / (36 * layout->unit), 2, MOST_MEASURES / 2), n = 0;
  GxcScale scale;

  if (!model->unit)
    return 0;
  scale = gxc_scale_make (0, model->most / model->unit_size, steps);
  for (double value = scale.step; value <= scale.high + scale.step / 2 && n < MOST_MEASURES; value += scale.step)
    {
      g_autofree char *name = gxc_chart_format_decimals (value, gxc_scale_decimals (&scale));

      chosen[n].y = gxc_timeline_layout_asset_y (layout, value * model->unit_size);
      g_strlcpy (chosen[n].name, name, sizeof chosen->name);
      if (chosen[n].y >= layout->assets.top + 28 * layout->unit)
        n++;
    }
  return n;
}

static guint
choose_measures (GxcTimelinePaint *paint, const GxcTimelineLayout *layout, Measure *chosen, gboolean *out_figures)
{
  guint n;

  *out_figures = FALSE;
  if (layout->assets.height == 0 || layout->model->months->len == 0)
    return 0;
  n = choose_tiers (paint, layout, chosen);
  if (n > 0)
    return n;
  *out_figures = TRUE;
  return choose_figures (paint, layout, chosen);
}

static void
paint_measure_lines (GxcTimelinePaint *paint, cairo_t *cr, const GxcTimelineLayout *layout)
{
  Measure chosen[MOST_MEASURES];
  gboolean figures;
  guint n = choose_measures (paint, layout, chosen, &figures);

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

/** gxc_timeline_paint_measures: the name of the lane, and left of their lines the names of what measures it */
void
gxc_timeline_paint_measures (GxcTimelinePaint        *paint,
                             cairo_t                 *cr,
                             const GxcTimelineLayout *layout)
{
  double x = 16 * layout->unit, middle = layout->assets.top + 14 * layout->unit;
  Measure chosen[MOST_MEASURES];
  gboolean figures;
  guint n = choose_measures (paint, layout, chosen, &figures);

  if (layout->assets.height == 0)
    return;
  x += gxc_timeline_paint_text (paint, cr, C_("timeline", "Assets"), TRUE, GXC_TOKEN_FG, x, middle, 0);
  if (n > 0 && figures)
    gxc_timeline_paint_text (paint, cr, layout->model->unit, FALSE, GXC_TOKEN_DIM, x + 6 * layout->unit, middle, 0);
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
  gxc_timeline_paint_words (paint, cr, layout, model->worth, TRUE, GXC_TOKEN_FG, x - 6 * unit, middle, 1, FALSE);
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
      gxc_timeline_paint_words (paint, cr, layout, _("You may not see this customer's assets"), FALSE, GXC_TOKEN_DIM,
                                layout->gutter + layout->scale.width / 2, layout->assets.top + layout->assets.height / 2, 0.5, FALSE);
      return;
    }
  paint_measure_lines (paint, cr, layout);
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
