/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shapes of a timeline, around 0, 0 in a box of 12 and in the source colour: on the canvas, in its list, in its legend and
 * on paper the same. What a shape stands for is said in words beside it. */

#include "gxc-timeline-paint.h"

#include "gx-customer.h"
#include "gxc-stage-glyph.h"

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

static const GxcToken tokens[GXC_TIMELINE_N_KINDS] = {
  [GXC_TIMELINE_EVENT] = GXC_TOKEN_FG, [GXC_TIMELINE_MILESTONE] = GXC_TOKEN_FG, [GXC_TIMELINE_OPENED] = GXC_TOKEN_CHART_3,
  [GXC_TIMELINE_MATURES] = GXC_TOKEN_CHART_3, [GXC_TIMELINE_CLOSED] = GXC_TOKEN_CHART_3, [GXC_TIMELINE_IN] = GXC_TOKEN_DIM,
  [GXC_TIMELINE_OUT] = GXC_TOKEN_DIM, [GXC_TIMELINE_DONE] = GXC_TOKEN_GREEN_TEXT,
};

/** gxc_timeline_kind_token: the colour of a shape that stands for itself, outside the lanes; @stage is GxStage, of a stage */
GxcToken
gxc_timeline_kind_token (GxcTimelineKind kind,
                         int             stage)
{
  g_autofree char *name = kind == GXC_TIMELINE_STAGE && stage ? g_ascii_strdown (gx_choice_code (gx_stages, stage), -1) : NULL;
  g_autofree char *token = name ? g_strdup_printf ("stage_%s_mark", name) : NULL;

  return token ? gxc_token_by_name (token, GXC_TOKEN_DIM) : kind == GXC_TIMELINE_STAGE ? GXC_TOKEN_DIM : tokens[kind];
}
