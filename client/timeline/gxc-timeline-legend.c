/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The legend below a timeline: what its shapes stand for, of those that it has, and how it is moved. The lanes have their names
 * beside them, so there is nothing of them here. */

#include "gxc-timeline-legend.h"

#include <glib/gi18n.h>

#define FOLD GXC_TIMELINE_N_KINDS

static const struct { GxcTimelineKind kind; const char *words; } legend[] = {
  { GXC_TIMELINE_EVENT, NC_("timeline", "event") },
  { GXC_TIMELINE_IN, NC_("timeline", "customer to us") },
  { GXC_TIMELINE_OUT, NC_("timeline", "us to customer") },
  { FOLD, NC_("timeline", "several folded") },
  { GXC_TIMELINE_OPENED, NC_("timeline", "opened") },
  { GXC_TIMELINE_CLOSED, NC_("timeline", "closed") },
  { GXC_TIMELINE_MATURES, NC_("timeline", "maturity") },
  { GXC_TIMELINE_DONE, NC_("timeline", "task done") },
};

#define FEW 12      /* items that are never folded enough to need a word about it */

/* A pill with a number in it, as on the canvas. */
static void
draw_fold (GxcTimelinePaint *paint, cairo_t *cr, double unit)
{
  gxc_timeline_paint_box (cr, -9.5 * unit, -7 * unit, 19 * unit, 14 * unit, 7 * unit);
  cairo_fill (cr);
  gxc_timeline_paint_text (paint, cr, "4", TRUE, GXC_TOKEN_CARD, 0, 0, 0.5);
}

static void
draw_shape (GxcTimelinePaint *paint, cairo_t *cr, guint i, double x, double middle, double unit)
{
  cairo_save (cr);
  cairo_translate (cr, x, middle);
  gxc_timeline_paint_source (paint, cr, legend[i].kind == FOLD ? GXC_TOKEN_DIM : gxc_timeline_kind_token (legend[i].kind, 0), 1);
  if (legend[i].kind == FOLD)
    draw_fold (paint, cr, unit);
  else
    gxc_timeline_paint_glyph (cr, legend[i].kind, NULL, unit);
  cairo_restore (cr);
}

static void
draw_glyph (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  GxcTimelinePaint paint;

  gxc_timeline_paint_init (&paint, gtk_widget_get_pango_context (GTK_WIDGET (area)), gxc_token_rgba);
  draw_shape (&paint, cr, GPOINTER_TO_UINT (data), width / 2.0, height / 2.0, gxc_look_scale (GTK_WIDGET (area)));
  gxc_timeline_paint_clear (&paint);
}

/** gxc_timeline_legend_new: (transfer floating): the shapes in words, and how the canvas is moved */
GtkWidget *
gxc_timeline_legend_new (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14), *hint;

  for (guint i = 0; i < G_N_ELEMENTS (legend); i++)
    {
      GtkWidget *pair = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 5), *words = gtk_label_new (g_dpgettext2 (NULL, "timeline", legend[i].words));
      GtkWidget *glyph = g_object_new (GTK_TYPE_DRAWING_AREA, "valign", GTK_ALIGN_CENTER, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

      gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (glyph), draw_glyph, GUINT_TO_POINTER (i), NULL);
      gtk_widget_add_css_class (words, "gx-caption");
      gtk_box_append (GTK_BOX (pair), glyph);
      gtk_box_append (GTK_BOX (pair), words);
      gtk_box_append (GTK_BOX (box), pair);
    }
  hint = g_object_new (GTK_TYPE_LABEL, "label", _("Wheel zooms · drag pans · ← → · Enter"), "hexpand", TRUE, "xalign", 1.0,
                       "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  gtk_widget_add_css_class (hint, "gx-caption");
  gtk_box_append (GTK_BOX (box), hint);
  return box;
}

static gboolean
has_kind (const GxcTimelineModel *model, GxcTimelineKind kind)
{
  for (guint i = 0; i < model->items->len; i++)
    {
      GxcTimelineKind its = ((GxcTimelineItem *) g_ptr_array_index (model->items, i))->kind;

      if (its == kind || (kind == GXC_TIMELINE_EVENT && its == GXC_TIMELINE_MILESTONE))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_needed (const GxcTimelineModel *model, guint i)
{
  return legend[i].kind == FOLD ? model->items->len > FEW : has_kind (model, legend[i].kind);
}

/** gxc_timeline_legend_update: only what @model has is explained */
void
gxc_timeline_legend_update (GtkWidget              *widget,
                            const GxcTimelineModel *model)
{
  GtkWidget *pair = gtk_widget_get_first_child (widget);
  double unit = gxc_look_scale (widget);

  for (guint i = 0; i < G_N_ELEMENTS (legend); i++, pair = gtk_widget_get_next_sibling (pair))
    {
      GtkDrawingArea *glyph = GTK_DRAWING_AREA (gtk_widget_get_first_child (pair));

      gtk_widget_set_visible (pair, is_needed (model, i));
      gtk_drawing_area_set_content_width (glyph, 20 * unit);
      gtk_drawing_area_set_content_height (glyph, 16 * unit);
    }
}

/** gxc_timeline_legend_paint: the same on paper, from @x on, px */
void
gxc_timeline_legend_paint (GxcTimelinePaint       *paint,
                           cairo_t                *cr,
                           const GxcTimelineModel *model,
                           double                  x,
                           double                  middle)
{
  for (guint i = 0; i < G_N_ELEMENTS (legend); i++)
    if (is_needed (model, i))
      {
        draw_shape (paint, cr, i, x + 10, middle, 1);
        x += 26 + gxc_timeline_paint_text (paint, cr, g_dpgettext2 (NULL, "timeline", legend[i].words), FALSE, GXC_TOKEN_DIM, x + 26, middle, 0) + 16;
      }
}
