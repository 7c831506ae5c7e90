/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stages of a timeline: bands with their shape, name and length, as far as these fit. */

#include "gxc-timeline-paint.h"

#include <glib/gi18n.h>
#include <math.h>

#include "gx-customer.h"
#include "gxc-stage-glyph.h"

#define BAND  25        /* px at 100 % */
#define GLYPH 10

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

  gxc_timeline_paint_layout (paint, name, TRUE, &width, &height);
  gxc_timeline_paint_layout (paint, length, FALSE, &length_width, &height);
  *out_left = left;
  *out_right = right;
  if (room < GLYPH * unit)
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
  double height = BAND * unit, top = layout->stages.top + ceil ((layout->stages.height - height) / 2), free_from, free_to;
  g_autofree char *name = g_ascii_strdown (gx_choice_code (gx_stages, band->stage), -1), *token_name = g_strdup_printf ("stage_%s_band", name);
  GxcToken token = gxc_token_by_name (token_name, GXC_TOKEN_NEUTRAL);
  gboolean chosen = band->item && (band->item == paint->selected || band->item == paint->hovered);

  if (x1 <= layout->gutter || x0 >= right || x1 - x0 < 0.5)
    return;
  x0 = MAX (x0, layout->gutter - 8 * unit);
  x1 = MIN (x1, right + 8 * unit);
  gxc_timeline_paint_box (cr, x0, top, x1 - x0, height, 5 * unit);
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
