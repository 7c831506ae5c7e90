/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The strokes that every chart is made of: a caption, a bar, a line with gaps, the area below it, its last dot, and the
 * call-out of a point. They know pixels and colours, not values: where a value lies is the scale's business. */

#include "gxc-marks.h"

#include <math.h>

#define CAPTION_POINTS 9.0

void
gxc_marks_text (GtkSnapshot   *snapshot,
                PangoLayout   *layout,
                const GdkRGBA *colour,
                float          x,
                float          y)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_append_layout (snapshot, layout, colour);
  gtk_snapshot_restore (snapshot);
}

/**
 * gxc_marks_caption:
 * @x: the text's left end if @align is 0, its middle if 0.5, its right end if 1
 * @middle: of the line of text
 *
 * Returns: its width
 */
float
gxc_marks_caption (GtkSnapshot *snapshot,
                   GtkWidget   *widget,
                   const char  *text,
                   gboolean     bold,
                   GxcToken     token,
                   float        x,
                   float        middle,
                   float        align)
{
  g_autoptr(PangoLayout) layout = gxc_look_layout (widget, text, CAPTION_POINTS, bold);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  gxc_marks_text (snapshot, layout, gxc_token_rgba (token), x - width * align, middle - height / 2.0);
  return width;
}

float
gxc_marks_width (GtkWidget  *widget,
                 const char *text,
                 gboolean    bold)
{
  g_autoptr(PangoLayout) layout = gxc_look_layout (widget, text, CAPTION_POINTS, bold);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  return width;
}

void
gxc_marks_bar (GtkSnapshot           *snapshot,
               const GdkRGBA         *colour,
               const graphene_rect_t *bounds,
               float                  radius)
{
  GskRoundedRect rounded;

  gsk_rounded_rect_init_from_rect (&rounded, bounds, MIN (radius, MIN (bounds->size.width, bounds->size.height) / 2));
  gtk_snapshot_push_rounded_clip (snapshot, &rounded);
  gtk_snapshot_append_color (snapshot, colour, bounds);
  gtk_snapshot_pop (snapshot);
}

/**
 * gxc_marks_call_out: a dark slip with @text, above what it is of, or below where there is no room, inside the widget
 */
void
gxc_marks_call_out (GtkSnapshot           *snapshot,
                    GtkWidget             *widget,
                    const char            *text,
                    const graphene_rect_t *of)
{
  g_autoptr(PangoLayout) layout = gxc_look_layout (widget, text, CAPTION_POINTS, FALSE);
  int width, height;
  float x, y;

  pango_layout_get_pixel_size (layout, &width, &height);
  width += 16;
  height += 8;
  x = CLAMP (of->origin.x + of->size.width / 2 - width / 2.0, 0, MAX (0, gtk_widget_get_width (widget) - width));
  y = of->origin.y - height - 6;
  if (y < 0)
    y = MIN (of->origin.y + of->size.height + 6, MAX (0, gtk_widget_get_height (widget) - height));

  gxc_marks_bar (snapshot, gxc_token_rgba (GXC_TOKEN_FG), &GRAPHENE_RECT_INIT (x, y, width, height), 8);
  gxc_marks_text (snapshot, layout, gxc_token_rgba (GXC_TOKEN_CARD), x + 8, y + 4);
}

/** gxc_marks_trace: adds the points to the path; a gap where one has no y */
void
gxc_marks_trace (cairo_t                *cr,
                 const graphene_point_t *points,
                 guint                   n_points)
{
  gboolean open = FALSE;

  for (guint i = 0; i < n_points; i++)
    {
      if (!isfinite (points[i].y))
        open = FALSE;
      else if (open)
        cairo_line_to (cr, points[i].x, points[i].y);
      else
        cairo_move_to (cr, points[i].x, points[i].y);
      open = isfinite (points[i].y);
    }
}

/** gxc_marks_fill_under: fills between each unbroken run of points and @bottom with the source that is set */
void
gxc_marks_fill_under (cairo_t                *cr,
                      const graphene_point_t *points,
                      guint                   n_points,
                      float                   bottom)
{
  guint start = 0;

  while (start < n_points)
    {
      guint end = start;

      while (end < n_points && isfinite (points[end].y))
        end++;
      if (end > start + 1)
        {
          gxc_marks_trace (cr, points + start, end - start);
          cairo_line_to (cr, points[end - 1].x, bottom);
          cairo_line_to (cr, points[start].x, bottom);
          cairo_close_path (cr);
          cairo_fill (cr);
        }
      start = end + 1;
    }
}

/** gxc_marks_dot: at the last point there is */
void
gxc_marks_dot (cairo_t                *cr,
               const graphene_point_t *points,
               guint                   n_points,
               float                   radius)
{
  while (n_points > 0 && !isfinite (points[n_points - 1].y))
    n_points--;
  if (n_points == 0)
    return;
  cairo_arc (cr, points[n_points - 1].x, points[n_points - 1].y, radius, 0, 2 * G_PI);
  cairo_fill (cr);
}
