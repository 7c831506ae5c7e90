/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws a laid-out timeline through cairo: axis, stages, assets, today, and the names of the lanes. The screen gives it a
 * cairo node, the printer its page, so that paper shows what the screen showed. It decides nothing: what is where is the
 * layout's, and items and products are gxc-timeline-paint-lanes.c's. */

#include "gxc-timeline-paint.h"

#include <glib/gi18n.h>
#include <math.h>

#include "gx-customer.h"
#include "gx-tier-rule.h"
#include "gxc-stage-glyph.h"

#define CAPTION 9.0
#define BODY    10.5

void
gxc_timeline_paint_init (GxcTimelinePaint *paint,
                         PangoContext     *context,
                         const GdkRGBA  *(*colour) (GxcToken))
{
  *paint = (GxcTimelinePaint) { .context = context, .colour = colour,
                                .layouts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref) };
}

void
gxc_timeline_paint_clear (GxcTimelinePaint *paint)
{
  g_clear_pointer (&paint->layouts, g_hash_table_unref);
}

void
gxc_timeline_paint_source (GxcTimelinePaint *paint,
                           cairo_t          *cr,
                           GxcToken          token,
                           double            alpha)
{
  const GdkRGBA *colour = paint->colour (token);

  cairo_set_source_rgba (cr, colour->red, colour->green, colour->blue, colour->alpha * alpha);
}

/* --- words -------------------------------------------------------------------------------------------------------- */

/* Years, and what is chosen, are the only words of the text's size; the rest are captions. */
static PangoLayout *
shape (GxcTimelinePaint *paint, const char *text, gboolean bold, double points)
{
  PangoLayout *layout = pango_layout_new (paint->context);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_size_new (points * PANGO_SCALE));
  pango_attr_list_insert (attributes, pango_attr_weight_new (bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

static PangoLayout *
find_layout (GxcTimelinePaint *paint, const char *text, gboolean bold, gboolean body, double *out_width, double *out_height)
{
  g_autofree char *key = g_strconcat (bold ? "b" : "r", body ? "t" : "c", text, NULL);
  PangoLayout *layout = g_hash_table_lookup (paint->layouts, key);
  int width, height;

  if (!layout)
    {
      layout = shape (paint, text, bold, body ? BODY : CAPTION);
      g_hash_table_insert (paint->layouts, g_steal_pointer (&key), layout);
    }
  pango_layout_get_pixel_size (layout, &width, &height);
  *out_width = width;
  *out_height = height;
  return layout;
}

PangoLayout *
gxc_timeline_paint_layout (GxcTimelinePaint *paint,
                           const char       *text,
                           gboolean          bold,
                           double           *out_width,
                           double           *out_height)
{
  return find_layout (paint, text, bold, FALSE, out_width, out_height);
}

double
gxc_timeline_paint_measure (gpointer    paint,
                            const char *text)
{
  double width, height;

  find_layout (paint, text, FALSE, FALSE, &width, &height);
  return width;
}

static double
put (GxcTimelinePaint *paint, cairo_t *cr, const char *text, gboolean bold, gboolean body, GxcToken token, double x, double middle, double align)
{
  double width, height;
  PangoLayout *layout = find_layout (paint, text, bold, body, &width, &height);

  gxc_timeline_paint_source (paint, cr, token, 1);
  cairo_move_to (cr, x - align * width, round (middle - height / 2));
  pango_cairo_show_layout (cr, layout);
  return width;
}

/**
 * gxc_timeline_paint_text:
 * @align: 0 begins at @x, 1 ends there
 *
 * Returns: how wide the words are, px
 */
double
gxc_timeline_paint_text (GxcTimelinePaint *paint,
                         cairo_t          *cr,
                         const char       *text,
                         gboolean          bold,
                         GxcToken          token,
                         double            x,
                         double            middle,
                         double            align)
{
  return put (paint, cr, text, bold, FALSE, token, x, middle, align);
}

/* --- the axis ----------------------------------------------------------------------------------------------------- */

static void
line_down (cairo_t *cr, double x, double top, double bottom)
{
  cairo_move_to (cr, floor (x) + 0.5, top);
  cairo_line_to (cr, floor (x) + 0.5, bottom);
}

static void
line_across (cairo_t *cr, const GxcTimelineLayout *layout, double left, double y)
{
  cairo_move_to (cr, left, floor (y) + 0.5);
  cairo_line_to (cr, layout->gutter + layout->scale.width, floor (y) + 0.5);
}

static gboolean
has_room (GArray *ticks, guint i, const double *widths, double per_day, double gap)
{
  const GxcTimelineTick *tick = &g_array_index (ticks, GxcTimelineTick, i);

  for (int j = (int) i - 1, step = -1; step <= 1; j = (int) i + 1, step += 2)
    for (; j >= 0 && j < (int) ticks->len; j += step)
      if (widths[j] > 0)
        {
          const GxcTimelineTick *other = &g_array_index (ticks, GxcTimelineTick, j);

          if (fabs (other->at - tick->at) * per_day < (widths[j] + widths[i]) / 2 + gap)
            return FALSE;
          break;
        }
  return TRUE;
}

/* The majors first, then what fits between them. A dropped label has the width 0. */
static double *
choose_labels (GxcTimelinePaint *paint, const GxcTimelineLayout *layout, GArray *ticks)
{
  double *widths = g_new0 (double, ticks->len + 1), height;

  for (int major = 1; major >= 0; major--)
    for (guint i = 0; i < ticks->len; i++)
      {
        const GxcTimelineTick *tick = &g_array_index (ticks, GxcTimelineTick, i);

        if (tick->major != major)
          continue;
        find_layout (paint, tick->label, major, major, &widths[i], &height);
        if (!has_room (ticks, i, widths, layout->scale.per_day, 8 * layout->unit))
          widths[i] = 0;
      }
  return widths;
}

void
gxc_timeline_paint_axis (GxcTimelinePaint        *paint,
                         cairo_t                 *cr,
                         const GxcTimelineLayout *layout)
{
  g_autoptr(GArray) ticks = gxc_timeline_scale_ticks (&layout->scale);
  g_autofree double *widths = choose_labels (paint, layout, ticks);

  cairo_set_line_width (cr, 1);
  for (int major = 0; major <= 1; major++)
    {
      for (guint i = 0; i < ticks->len; i++)
        if (g_array_index (ticks, GxcTimelineTick, i).major == major)
          line_down (cr, layout->gutter + gxc_timeline_scale_x (&layout->scale, g_array_index (ticks, GxcTimelineTick, i).at),
                     layout->axis, layout->height);
      gxc_timeline_paint_source (paint, cr, major ? GXC_TOKEN_LINE : GXC_TOKEN_GRID, 1);
      cairo_stroke (cr);
    }
  for (guint i = 0; i < ticks->len; i++)
    {
      const GxcTimelineTick *tick = &g_array_index (ticks, GxcTimelineTick, i);

      if (widths[i] > 0 && fabs (tick->at - layout->model->today) * layout->scale.per_day > (widths[i] / 2 + 44 * layout->unit))
        put (paint, cr, tick->label, tick->major, tick->major, tick->major ? GXC_TOKEN_FG : GXC_TOKEN_DIM,
             layout->gutter + gxc_timeline_scale_x (&layout->scale, tick->at), layout->axis / 2 + 1, 0.5);
    }
}

/* --- stages ------------------------------------------------------------------------------------------------------- */

static void
round_box (cairo_t *cr, double x, double y, double width, double height, double radius)
{
  radius = MIN (radius, MIN (width, height) / 2);
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI / 2, 0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, G_PI / 2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI / 2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 3 * G_PI / 2);
  cairo_close_path (cr);
}

static void
hatch (GxcTimelinePaint *paint, cairo_t *cr, GxcToken mark, double x, double y, double width, double height, double unit)
{
  cairo_save (cr);
  cairo_clip (cr);
  for (double at = x - height - fmod (x, 6 * unit); at < x + width; at += 6 * unit)
    {
      cairo_move_to (cr, at, y + height);
      cairo_line_to (cr, at + height, y);
    }
  gxc_timeline_paint_source (paint, cr, mark, 0.45);
  cairo_set_line_width (cr, 1.2 * unit);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static char *
format_length (double days)
{
  int months = lround (days / 30.44);

  return months > 0 ? g_strdup_printf (ngettext ("%d mo", "%d mo", months), months)
                    : g_strdup_printf (ngettext ("%d d", "%d d", lround (days)), (int) lround (days));
}

/* Glyph, name and length, as far as they fit; what reaches in from the left keeps them in sight. Between @out_left and
 * @out_right it is free of words. */
static void
label_band (GxcTimelinePaint *paint, cairo_t *cr, const GxcTimelineBand *band, GxcToken ink, double left, double right, double middle,
            double unit, double *out_left, double *out_right)
{
  const char *name = _(gx_choice_label (gx_stages, band->stage));
  g_autofree char *length = format_length (band->to - band->from);
  double room = right - left, width, length_width, height, x = left + 10 * unit, end;

  find_layout (paint, name, TRUE, FALSE, &width, &height);
  find_layout (paint, length, FALSE, FALSE, &length_width, &height);
  *out_left = left;
  *out_right = right;
  if (room < 16 * unit)
    return;
  if (room < width + 32 * unit)
    x = left + room / 2 - 5 * unit;
  gxc_timeline_paint_source (paint, cr, ink + 1, 1);
  cairo_save (cr);
  cairo_translate (cr, x, middle - 5 * unit);
  gxc_stage_glyph_paint (cr, gx_choice_code (gx_stages, band->stage), unit);
  cairo_restore (cr);
  *out_left = end = x + 16 * unit;
  if (room < width + 32 * unit)
    return;
  *out_left = end += gxc_timeline_paint_text (paint, cr, name, TRUE, ink, end, middle, 0) + 8 * unit;
  if (right - end < length_width + 24 * unit)
    return;
  gxc_timeline_paint_text (paint, cr, length, FALSE, ink, right - 10 * unit, middle, 1);
  *out_right = right - length_width - 18 * unit;
}

static void
paint_band (GxcTimelinePaint *paint, cairo_t *cr, const GxcTimelineLayout *layout, const GxcTimelineBand *band)
{
  double unit = layout->unit, right = layout->gutter + layout->scale.width;
  double x0 = layout->gutter + gxc_timeline_scale_x (&layout->scale, band->from) + 1, x1 = layout->gutter + gxc_timeline_scale_x (&layout->scale, band->to) - 1;
  double top = layout->stages.top + 7 * unit, height = layout->stages.height - 13 * unit, free_from, free_to;
  g_autofree char *name = g_ascii_strdown (gx_choice_code (gx_stages, band->stage), -1), *token_name = g_strdup_printf ("stage_%s_band", name);
  GxcToken token = gxc_token_by_name (token_name, GXC_TOKEN_NEUTRAL);
  gboolean chosen = band->item && (band->item == paint->selected || band->item == paint->hovered);

  if (x1 <= layout->gutter || x0 >= right || x1 - x0 < 0.5)
    return;
  x0 = MAX (x0, layout->gutter - 8 * unit);
  x1 = MIN (x1, right + 8 * unit);
  round_box (cr, x0, top, x1 - x0, height, 5 * unit);
  gxc_timeline_paint_source (paint, cr, token, 1);
  cairo_fill_preserve (cr);
  gxc_timeline_paint_source (paint, cr, chosen ? GXC_TOKEN_ACCENT_FILL : token + 2, chosen ? 1 : 0.25);
  cairo_set_line_width (cr, chosen ? 2 : 1);
  cairo_stroke (cr);
  label_band (paint, cr, band, token + 1, MAX (x0, layout->gutter), MIN (x1, right), top + height / 2, unit, &free_from, &free_to);
  if (band->stage == GX_STAGE_DECLINING && free_to - free_from > 8 * unit)
    {
      cairo_rectangle (cr, free_from, top + 1, free_to - free_from, height - 2);
      hatch (paint, cr, token + 2, free_from, top, free_to - free_from, height, unit);
    }
}

void
gxc_timeline_paint_bands (GxcTimelinePaint        *paint,
                          cairo_t                 *cr,
                          const GxcTimelineLayout *layout)
{
  if (layout->stages.height == 0)
    return;
  for (guint i = 0; i < layout->model->bands->len; i++)
    paint_band (paint, cr, layout, &g_array_index (layout->model->bands, GxcTimelineBand, i));
}

/* --- assets ------------------------------------------------------------------------------------------------------- */

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

static void
paint_thresholds (GxcTimelinePaint *paint, cairo_t *cr, const GxcTimelineLayout *layout)
{
  double limit = INFINITY;

  if (layout->model->other_ccy || layout->model->months->len == 0)
    return;
  for (int tier = GX_TIER_GOLD; tier <= GX_TIER_PRIVATE; tier++)
    {
      double y = gxc_timeline_layout_asset_y (layout, gx_tier_threshold (tier, layout->model->org) / 100.0);

      if (y < layout->assets.top + 12 * layout->unit)
        break;
      cairo_set_line_width (cr, 1);
      cairo_set_dash (cr, (double[]) { 3, 3 }, 2, 0);
      line_across (cr, layout, layout->gutter, y);
      gxc_timeline_paint_source (paint, cr, GXC_TOKEN_LINE, 1);
      cairo_stroke (cr);
      cairo_set_dash (cr, NULL, 0, 0);
      if (y + 14 * layout->unit > limit)
        continue;
      limit = y;
    }
}

void
gxc_timeline_paint_assets (GxcTimelinePaint        *paint,
                           cairo_t                 *cr,
                           const GxcTimelineLayout *layout)
{
  double first, last, foot = layout->assets.top + layout->assets.height - 4 * layout->unit;
  const GdkRGBA *accent = paint->colour (GXC_TOKEN_CHART_1);
  cairo_pattern_t *pattern;

  if (layout->assets.height == 0)
    return;
  paint_thresholds (paint, cr, layout);
  cairo_save (cr);
  cairo_translate (cr, layout->gutter, 0);
  gxc_timeline_paint_curve (cr, layout->model, &layout->scale, asset_y, (gpointer) layout, &first, &last);
  if (last > first)
    {
      cairo_path_t *line = cairo_copy_path (cr);

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
  cairo_restore (cr);
}

/* --- today -------------------------------------------------------------------------------------------------------- */

void
gxc_timeline_paint_today (GxcTimelinePaint        *paint,
                          cairo_t                 *cr,
                          const GxcTimelineLayout *layout)
{
  double x = layout->gutter + gxc_timeline_scale_x (&layout->scale, layout->model->today + 1), right = layout->gutter + layout->scale.width;
  double unit = layout->unit, width, height, left;

  if (x < layout->gutter - 20 * unit || x > right + 20 * unit)
    return;
  gxc_timeline_paint_source (paint, cr, GXC_TOKEN_FG, 0.035);
  cairo_rectangle (cr, x, layout->axis, MAX (right - x, 0), layout->height - layout->axis);
  cairo_fill (cr);
  gxc_timeline_paint_source (paint, cr, GXC_TOKEN_FG, 1);
  cairo_set_line_width (cr, 1);
  line_down (cr, x, layout->axis - 6 * unit, layout->stages.height > 0 ? layout->stages.top + layout->stages.height : layout->axis + 8 * unit);
  cairo_stroke (cr);
  find_layout (paint, C_("timeline", "Today"), TRUE, FALSE, &width, &height);
  left = MIN (x - width / 2, right - width - 10 * unit);
  round_box (cr, left - 8 * unit, layout->axis / 2 - 9 * unit, width + 16 * unit, 19 * unit, 10 * unit);
  cairo_fill (cr);
  gxc_timeline_paint_text (paint, cr, C_("timeline", "Today"), TRUE, GXC_TOKEN_PAGE, left, layout->axis / 2 + 0.5, 0);
}
