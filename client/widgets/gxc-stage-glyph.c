/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A life-cycle stage: its shape, its colour, and its word beside them, drawn in one snapshot since a list shows hundreds.
 * The shape alone tells the stages apart in grey. */

#include "gxc-stage-glyph.h"

#define SIZE 10.0
#define GAP  6.0

struct _GxcStageGlyph
{
  GtkWidget    parent_instance;

  char        *code;        /* (owned) (nullable) */
  PangoLayout *layout;      /* (owned) (nullable) the word */
};

G_DEFINE_FINAL_TYPE (GxcStageGlyph, gxc_stage_glyph, GTK_TYPE_WIDGET)

/* Each draws in a box from 0 to SIZE with the source colour set. */

static void
draw_ring (cairo_t *cr)
{
  cairo_set_line_width (cr, 2);
  cairo_arc (cr, 5, 5, 4, 0, 2 * G_PI);
  cairo_stroke (cr);
}

static void
draw_half_disc (cairo_t *cr)
{
  cairo_set_line_width (cr, 2);
  cairo_arc (cr, 5, 5, 4, 0, 2 * G_PI);
  cairo_stroke (cr);
  cairo_arc (cr, 5, 5, 4, G_PI / 2, 3 * G_PI / 2);
  cairo_fill (cr);
}

static void
draw_disc (cairo_t *cr)
{
  cairo_arc (cr, 5, 5, 5, 0, 2 * G_PI);
  cairo_fill (cr);
}

static void
draw_polygon (cairo_t *cr, const double points[], guint n_points)
{
  for (guint i = 0; i < n_points; i++)
    cairo_line_to (cr, points[2 * i], points[2 * i + 1]);
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
draw_diamond (cairo_t *cr)
{
  draw_polygon (cr, (double[]) { 5, -0.5, 10.5, 5, 5, 10.5, -0.5, 5 }, 4);
}

static void
draw_triangle_down (cairo_t *cr)
{
  draw_polygon (cr, (double[]) { 0, 1, 10, 1, 5, 9.5 }, 3);
}

static void
draw_triangle_up (cairo_t *cr)
{
  draw_polygon (cr, (double[]) { 0, 9, 10, 9, 5, 0.5 }, 3);
}

static void
draw_cross (cairo_t *cr)
{
  cairo_set_line_width (cr, 2);
  cairo_move_to (cr, 1, 1);
  cairo_line_to (cr, 9, 9);
  cairo_move_to (cr, 9, 1);
  cairo_line_to (cr, 1, 9);
  cairo_stroke (cr);
}

static const struct
{
  const char *code;
  GxcToken    mark;
  void      (*draw) (cairo_t *cr);
} stages[] = {
  { "PROSPECT",  GXC_TOKEN_STAGE_PROSPECT_MARK,  draw_ring },
  { "NEW",       GXC_TOKEN_STAGE_NEW_MARK,       draw_half_disc },
  { "MATURE",    GXC_TOKEN_STAGE_MATURE_MARK,    draw_disc },
  { "LOYAL",     GXC_TOKEN_STAGE_LOYAL_MARK,     draw_diamond },
  { "DECLINING", GXC_TOKEN_STAGE_DECLINING_MARK, draw_triangle_down },
  { "LOST",      GXC_TOKEN_STAGE_LOST_MARK,      draw_cross },
  { "WON_BACK",  GXC_TOKEN_STAGE_WON_BACK_MARK,  draw_triangle_up },
};

/**
 * gxc_stage_glyph_paint:
 * @code: (nullable): the stage's code word
 *
 * The shape alone, from 0, 0 to 10 × @scale, in the source colour that is set: for a picture that chooses its own colours,
 * such as a printed one.
 *
 * Returns: whether there is a shape of that name
 */
gboolean
gxc_stage_glyph_paint (cairo_t    *cr,
                       const char *code,
                       double      scale)
{
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    if (g_strcmp0 (stages[i].code, code) == 0)
      {
        cairo_save (cr);
        cairo_scale (cr, scale, scale);
        stages[i].draw (cr);
        cairo_restore (cr);
        return TRUE;
      }
  return FALSE;
}

/**
 * gxc_stage_glyph_draw:
 * @code: (nullable): the stage's code word
 * @height: of the line that the shape stands in the middle of, px
 *
 * The shape alone, for a list cell that draws it together with other things.
 *
 * Returns: where its word begins, px
 */
float
gxc_stage_glyph_draw (GtkSnapshot *snapshot,
                      const char  *code,
                      double       scale,
                      double       height)
{
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    if (g_strcmp0 (stages[i].code, code) == 0)
      {
        double top = (height - SIZE * scale) / 2;
        cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (-1, top - 1, SIZE * scale + 2, SIZE * scale + 2));

        cairo_translate (cr, 0, top);
        gdk_cairo_set_source_rgba (cr, gxc_token_rgba (stages[i].mark));
        gxc_stage_glyph_paint (cr, code, scale);
        cairo_destroy (cr);
        break;
      }
  return (SIZE + GAP) * scale;
}

static void
gxc_stage_glyph_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GxcStageGlyph *self = GXC_STAGE_GLYPH (widget);
  double scale = gxc_look_scale (widget);
  int height = gtk_widget_get_height (widget), width, text_height;

  if (!self->code)
    return;
  gxc_stage_glyph_draw (snapshot, self->code, scale, height);
  if (!self->layout)
    return;

  pango_layout_get_pixel_size (self->layout, &width, &text_height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((SIZE + GAP) * scale, (height - text_height) / 2));
  gtk_snapshot_append_layout (snapshot, self->layout, gxc_token_rgba (GXC_TOKEN_FG));
  gtk_snapshot_restore (snapshot);
}

static void
gxc_stage_glyph_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                         int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  GxcStageGlyph *self = GXC_STAGE_GLYPH (widget);
  double scale = gxc_look_scale (widget);
  int width = 0, height = 0;

  if (self->layout)
    pango_layout_get_pixel_size (self->layout, &width, &height);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = (self->layout ? SIZE + GAP : SIZE) * scale + width + 0.999;
  else
    *minimum = *natural = MAX (SIZE * scale + 1, height);
}

static void
gxc_stage_glyph_finalize (GObject *object)
{
  GxcStageGlyph *self = GXC_STAGE_GLYPH (object);

  g_free (self->code);
  g_clear_object (&self->layout);
  G_OBJECT_CLASS (gxc_stage_glyph_parent_class)->finalize (object);
}

static void
gxc_stage_glyph_class_init (GxcStageGlyphClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gxc_stage_glyph_finalize;
  widget_class->snapshot = gxc_stage_glyph_snapshot;
  widget_class->measure = gxc_stage_glyph_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
gxc_stage_glyph_init (GxcStageGlyph *self)
{
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
gxc_stage_glyph_new (void)
{
  return g_object_new (GXC_TYPE_STAGE_GLYPH, NULL);
}

/**
 * gxc_stage_glyph_set_stage:
 * @code: (nullable): the stage's code word, NULL shows nothing
 * @label: (nullable): its word beside the shape; with NULL the shape stands alone
 */
void
gxc_stage_glyph_set_stage (GxcStageGlyph *self,
                           const char    *code,
                           const char    *label)
{
  g_return_if_fail (GXC_IS_STAGE_GLYPH (self));

  g_free (self->code);
  self->code = g_strdup (code);
  g_clear_object (&self->layout);
  if (code && label)
    self->layout = gxc_look_layout (GTK_WIDGET (self), label, 10.5, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label ? label : "", -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
