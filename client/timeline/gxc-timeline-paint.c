/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws a laid-out timeline through cairo: words, axis, today, and the names of the lanes. The screen gives it a cairo node,
 * the printer its page, so that paper shows what the screen showed. It decides nothing: what is where is the layout's, and
 * what lies in the lanes is drawn by gxc-timeline-paint-bands.c, -assets.c and -lanes.c. */

#include "gxc-timeline-paint.h"

#include <glib/gi18n.h>
#include <math.h>

#include "gxc-timeline-labels.h"

#define CAPTION 9.0
#define BODY    10.5
#define GUTTER  84
#define FUTURE  0.035     /* how much darker the days after today are */

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

/** gxc_timeline_paint_box: a rounded box as the path */
void
gxc_timeline_paint_box (cairo_t *cr,
                        double   x,
                        double   y,
                        double   width,
                        double   height,
                        double   radius)
{
  radius = MIN (radius, MIN (width, height) / 2);
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI / 2, 0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, G_PI / 2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI / 2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 3 * G_PI / 2);
  cairo_close_path (cr);
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
  pango_attr_list_insert (attributes, pango_attr_font_features_new (GXC_LOOK_FEATURES));
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

/**
 * gxc_timeline_paint_words:
 * @future: whether the days after today have their ground already
 *
 * The same on the ground that is there, so that no line goes through them.
 */
void
gxc_timeline_paint_words (GxcTimelinePaint        *paint,
                          cairo_t                 *cr,
                          const GxcTimelineLayout *layout,
                          const char              *text,
                          gboolean                 bold,
                          GxcToken                 token,
                          double                   x,
                          double                   middle,
                          double                   align,
                          gboolean                 future)
{
  double width, height, left, top, right, spare = 2 * layout->unit;
  double today = layout->gutter + gxc_timeline_scale_x (&layout->scale, layout->model->today + 1);

  find_layout (paint, text, bold, FALSE, &width, &height);
  left = floor (x - align * width - spare);
  right = left + ceil (width + 2 * spare);
  top = round (middle - height / 2);
  gxc_timeline_paint_source (paint, cr, GXC_TOKEN_CARD, 1);
  cairo_rectangle (cr, left, top, right - left, height);
  cairo_fill (cr);
  if (future && right > today)
    {
      gxc_timeline_paint_source (paint, cr, GXC_TOKEN_FG, FUTURE);
      cairo_rectangle (cr, MAX (left, today), top, right - MAX (left, today), height);
      cairo_fill (cr);
    }
  put (paint, cr, text, bold, FALSE, token, x, middle, align);
}

/* The lane of assets says its unit beside its name. */
static double
heading_width (GxcTimelinePaint *paint, const GxcTimelineModel *model, double unit)
{
  double name, of_unit, height;

  if (!model->unit)
    return 0;
  gxc_timeline_paint_layout (paint, C_("timeline", "Assets"), TRUE, &name, &height);
  gxc_timeline_paint_layout (paint, model->unit, FALSE, &of_unit, &height);
  return name + 6 * unit + of_unit;
}

/** gxc_timeline_paint_gutter: px: as wide as the longest name of a lane needs */
double
gxc_timeline_paint_gutter (GxcTimelinePaint       *paint,
                           const GxcTimelineModel *model,
                           double                  unit)
{
  double gutter = GUTTER * unit, width, height;

  for (guint i = 0; i < model->lanes->len; i++)
    {
      const GxcTimelineLane *lane = g_ptr_array_index (model->lanes, i);

      gxc_timeline_paint_layout (paint, lane->label, lane->group == GXC_TIMELINE_EVENTS, &width, &height);
      gutter = MAX (gutter, width + 28 * unit);
    }
  gutter = MAX (gutter, heading_width (paint, model, unit) + 28 * unit);
  return ceil (gutter);
}

/* --- the axis ----------------------------------------------------------------------------------------------------- */

static void
line_down (cairo_t *cr, double x, double top, double bottom)
{
  cairo_move_to (cr, floor (x) + 0.5, top);
  cairo_line_to (cr, floor (x) + 0.5, bottom);
}

static void
line_across (cairo_t *cr, const GxcTimelineLayout *layout, double y)
{
  cairo_move_to (cr, 0, floor (y) + 0.5);
  cairo_line_to (cr, layout->gutter + layout->scale.width, floor (y) + 0.5);
}

static double
measure_label (gpointer data, const GxcTimelineTick *tick)
{
  double width, height;

  find_layout (data, tick->label, tick->major, tick->major, &width, &height);
  return width;
}

static void
paint_grid (GxcTimelinePaint *paint, cairo_t *cr, const GxcTimelineLayout *layout, GArray *ticks)
{
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
}

/* Where the pill of today lies; FALSE if it is out of sight. */
static gboolean
place_pill (GxcTimelinePaint *paint, const GxcTimelineLayout *layout, double *out_left, double *out_right)
{
  double x = gxc_timeline_scale_x (&layout->scale, layout->model->today + 1), unit = layout->unit, width, height;

  if (x < -20 * unit || x > layout->scale.width + 20 * unit)
    return FALSE;
  find_layout (paint, C_("timeline", "Today"), TRUE, FALSE, &width, &height);
  *out_left = MIN (x - width / 2 - 8 * unit, layout->scale.width - width - 18 * unit);
  *out_right = *out_left + width + 16 * unit;
  return TRUE;
}

/* A label is whole or not there: neither cut by an edge nor under the pill of today. */
static void
paint_tick (GxcTimelinePaint *paint, cairo_t *cr, const GxcTimelineLayout *layout, const GxcTimelineTick *tick)
{
  double x = tick->x, width = tick->width, left, right, gap = 5 * layout->unit;

  if (x - width / 2 < 2 || x + width / 2 > layout->scale.width - 2)
    return;
  if (place_pill (paint, layout, &left, &right) && x + width / 2 > left - gap && x - width / 2 < right + gap)
    return;
  put (paint, cr, tick->label, tick->major, tick->major, tick->major ? GXC_TOKEN_FG : GXC_TOKEN_DIM, layout->gutter + x,
       paint->top + layout->axis / 2 + 1, 0.5);
}

static void
paint_pill (GxcTimelinePaint *paint, cairo_t *cr, const GxcTimelineLayout *layout)
{
  double unit = layout->unit, middle = paint->top + layout->axis / 2, left, right;

  if (!place_pill (paint, layout, &left, &right))
    return;
  gxc_timeline_paint_source (paint, cr, GXC_TOKEN_FG, 1);
  gxc_timeline_paint_box (cr, layout->gutter + left, middle - 9 * unit, right - left, 19 * unit, 10 * unit);
  cairo_fill (cr);
  gxc_timeline_paint_text (paint, cr, C_("timeline", "Today"), TRUE, GXC_TOKEN_PAGE, layout->gutter + left + 8 * unit, middle + 0.5, 0);
}

/* The axis stays at the top while the lanes scroll below it. */
static void
paint_head (GxcTimelinePaint *paint, cairo_t *cr, const GxcTimelineLayout *layout, GArray *ticks)
{
  gxc_timeline_label_ticks (&layout->scale, ticks, layout->unit, measure_label, paint);
  if (paint->top > 0)
    {
      gxc_timeline_paint_source (paint, cr, GXC_TOKEN_CARD, 1);
      cairo_rectangle (cr, 0, paint->top, layout->gutter + layout->scale.width, layout->axis);
      cairo_fill (cr);
    }
  for (guint i = 0; i < ticks->len; i++)
    if (g_array_index (ticks, GxcTimelineTick, i).width > 0)
      paint_tick (paint, cr, layout, &g_array_index (ticks, GxcTimelineTick, i));
  paint_pill (paint, cr, layout);
  cairo_set_line_width (cr, 1);
  line_across (cr, layout, paint->top + layout->axis);
  line_down (cr, layout->gutter - 1, paint->top, layout->height);
  gxc_timeline_paint_source (paint, cr, GXC_TOKEN_LINE, 1);
  cairo_stroke (cr);
}

/* --- today -------------------------------------------------------------------------------------------------------- */

static void
paint_today (GxcTimelinePaint *paint, cairo_t *cr, const GxcTimelineLayout *layout)
{
  double x = layout->gutter + gxc_timeline_scale_x (&layout->scale, layout->model->today + 1), right = layout->gutter + layout->scale.width;

  if (x > right)
    return;
  gxc_timeline_paint_source (paint, cr, GXC_TOKEN_FG, FUTURE);
  cairo_rectangle (cr, x, layout->axis, right - x, layout->height - layout->axis);
  cairo_fill (cr);
  gxc_timeline_paint_source (paint, cr, GXC_TOKEN_FG, 1);
  cairo_set_line_width (cr, 1);
  line_down (cr, x, layout->axis - 6 * layout->unit,
             layout->stages.height > 0 ? layout->stages.top + layout->stages.height : layout->axis + 8 * layout->unit);
  cairo_stroke (cr);
}

/* --- names of lanes ------------------------------------------------------------------------------------------------ */

static void
paint_dividers (GxcTimelinePaint *paint, cairo_t *cr, const GxcTimelineLayout *layout)
{
  cairo_set_line_width (cr, 1);
  if (layout->assets.height > 0)
    line_across (cr, layout, layout->assets.top);
  for (guint i = 0; i < layout->rows->len; i++)
    if (gxc_timeline_layout_row (layout, i)->heads)
      line_across (cr, layout, gxc_timeline_layout_row (layout, i)->top - layout->pad);
  gxc_timeline_paint_source (paint, cr, GXC_TOKEN_LINE, 1);
  cairo_stroke (cr);
}

static void
paint_names (GxcTimelinePaint *paint, cairo_t *cr, const GxcTimelineLayout *layout)
{
  double x = 16 * layout->unit;

  if (layout->stages.height > 0)
    gxc_timeline_paint_text (paint, cr, C_("timeline", "Stage"), TRUE, GXC_TOKEN_FG, x, layout->stages.top + layout->stages.height / 2, 0);
  gxc_timeline_paint_measures (paint, cr, layout);
  for (guint i = 0; i < layout->rows->len; i++)
    {
      const GxcTimelineLane *lane = gxc_timeline_layout_lane (layout, i);
      const GxcTimelineSlot *row = gxc_timeline_layout_row (layout, i);

      if (row->height > 0 && lane->group != GXC_TIMELINE_STAGES)
        gxc_timeline_paint_text (paint, cr, lane->label, lane->group == GXC_TIMELINE_EVENTS, GXC_TOKEN_FG, x, row->top + row->height / 2, 0);
    }
}

/* --- all ------------------------------------------------------------------------------------------------------------ */

/**
 * gxc_timeline_paint:
 *
 * Draws everything from 0, 0 to the layout's gutter and width by its height, the axis at the paint's top. The ground is
 * not drawn.
 */
void
gxc_timeline_paint (GxcTimelinePaint        *paint,
                    cairo_t                 *cr,
                    const GxcTimelineLayout *layout)
{
  g_autoptr(GArray) ticks = gxc_timeline_scale_ticks (&layout->scale);

  cairo_save (cr);
  cairo_rectangle (cr, layout->gutter, 0, layout->scale.width, layout->height);
  cairo_clip (cr);
  paint_grid (paint, cr, layout, ticks);
  gxc_timeline_paint_bands (paint, cr, layout);
  gxc_timeline_paint_assets (paint, cr, layout);
  paint_today (paint, cr, layout);
  gxc_timeline_paint_lanes (paint, cr, layout);
  cairo_restore (cr);
  paint_dividers (paint, cr, layout);
  paint_names (paint, cr, layout);
  paint_head (paint, cr, layout, ticks);
}
