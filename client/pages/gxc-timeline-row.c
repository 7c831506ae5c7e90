/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line of the timeline's list: date, glyph, kind, sentence, aside; or a year as a heading. The glyphs are those of the
 * canvas, so that one legend serves both. */

#include "gxc-timeline-row.h"

#include "gxc-look.h"

struct _GxcTimelineRow
{
  GtkWidget        parent_instance;

  GtkWidget       *box;     /* (owned) the only child */
  GtkWidget       *when, *glyph, *what, *text, *aside;      /* (borrowed) */
  GxcTimelineKind  kind;
};

G_DEFINE_FINAL_TYPE (GxcTimelineRow, gxc_timeline_row, GTK_TYPE_WIDGET)

static void
draw_disc (cairo_t *cr)
{
  cairo_arc (cr, 6, 6, 4, 0, 2 * G_PI);
  cairo_fill (cr);
}

static void
draw_ring (cairo_t *cr)
{
  cairo_arc (cr, 6, 6, 3.2, 0, 2 * G_PI);
  cairo_stroke (cr);
}

static void
draw_flag (cairo_t *cr)
{
  cairo_move_to (cr, 2, 0);
  cairo_line_to (cr, 2, 12);
  cairo_stroke (cr);
  cairo_move_to (cr, 2, 1);
  cairo_line_to (cr, 11, 4);
  cairo_line_to (cr, 2, 7);
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
draw_opened (cairo_t *cr)
{
  cairo_move_to (cr, 1, 1);
  cairo_line_to (cr, 1, 11);
  cairo_move_to (cr, 1, 6);
  cairo_line_to (cr, 12, 6);
  cairo_stroke (cr);
}

static void
draw_closed (cairo_t *cr)
{
  cairo_move_to (cr, 0, 6);
  cairo_line_to (cr, 4, 6);
  cairo_rectangle (cr, 5, 2.5, 6.5, 6.5);
  cairo_stroke (cr);
}

static void
draw_tick (cairo_t *cr)
{
  cairo_move_to (cr, 1, 6.5);
  cairo_line_to (cr, 4.5, 10);
  cairo_line_to (cr, 11, 2.5);
  cairo_stroke (cr);
}

static const struct { void (*draw) (cairo_t *cr); GxcToken token; } glyphs[] = {
  [GXC_TIMELINE_YEAR]   = { NULL, GXC_TOKEN_FG },
  [GXC_TIMELINE_IN]     = { draw_disc, GXC_TOKEN_DIM },
  [GXC_TIMELINE_OUT]    = { draw_ring, GXC_TOKEN_DIM },
  [GXC_TIMELINE_EVENT]  = { draw_flag, GXC_TOKEN_FG },
  [GXC_TIMELINE_OPENED] = { draw_opened, GXC_TOKEN_CHART_3 },
  [GXC_TIMELINE_CLOSED] = { draw_closed, GXC_TOKEN_CHART_3 },
  [GXC_TIMELINE_DONE]   = { draw_tick, GXC_TOKEN_GREEN_TEXT },
};

static void
draw_glyph (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  GxcTimelineRow *self = data;

  if (!glyphs[self->kind].draw)
    return;
  cairo_translate (cr, (width - 12) / 2.0, (height - 12) / 2.0);
  cairo_set_line_width (cr, 2);
  gdk_cairo_set_source_rgba (cr, gxc_token_rgba (glyphs[self->kind].token));
  glyphs[self->kind].draw (cr);
}

static GtkWidget *
append_label (GxcTimelineRow *self, const char *css_class, int width, gboolean expand)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END, "hexpand", expand, NULL);

  if (css_class)
    gtk_widget_add_css_class (label, css_class);
  gtk_widget_set_size_request (label, width * gxc_look_scale (GTK_WIDGET (self)), -1);
  gtk_box_append (GTK_BOX (self->box), label);
  return label;
}

static void
gxc_timeline_row_dispose (GObject *object)
{
  g_clear_pointer (&GXC_TIMELINE_ROW (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (gxc_timeline_row_parent_class)->dispose (object);
}

static void
gxc_timeline_row_class_init (GxcTimelineRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gxc_timeline_row_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gxc_timeline_row_init (GxcTimelineRow *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_add_css_class (self->box, "gx-timeline-row");
  self->when = append_label (self, "gx-dim", 52, FALSE);
  self->glyph = g_object_new (GTK_TYPE_DRAWING_AREA, "content-width", 16, "content-height", 16, "valign", GTK_ALIGN_CENTER,
                              "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->glyph), draw_glyph, self, NULL);
  gtk_box_append (GTK_BOX (self->box), self->glyph);
  self->what = append_label (self, "gx-strong", 92, FALSE);
  self->text = append_label (self, NULL, -1, TRUE);
  self->aside = append_label (self, "gx-caption", -1, FALSE);
  gtk_label_set_ellipsize (GTK_LABEL (self->aside), PANGO_ELLIPSIZE_NONE);    /* an amount is whole or nothing */
}

GtkWidget *
gxc_timeline_row_new (void)
{
  return g_object_new (GXC_TYPE_TIMELINE_ROW, NULL);
}

/** gxc_timeline_row_set_item: with the year (@full_date) where no heading says it */
void
gxc_timeline_row_set_item (GxcTimelineRow  *self,
                           GxcTimelineItem *item,
                           gboolean         full_date)
{
  gboolean heading = item->kind == GXC_TIMELINE_YEAR;
  g_autofree char *date = full_date ? gx_date_format (item->date) : NULL;

  g_return_if_fail (GXC_IS_TIMELINE_ROW (self));

  self->kind = item->kind;
  gtk_label_set_text (GTK_LABEL (self->when), date ? date : item->when);
  gtk_widget_set_size_request (self->when, (date ? 84 : 52) * gxc_look_scale (GTK_WIDGET (self)), -1);
  gtk_label_set_text (GTK_LABEL (self->what), item->what ? item->what : "");
  gtk_label_set_text (GTK_LABEL (self->text), item->text ? item->text : "");
  gtk_label_set_text (GTK_LABEL (self->aside), item->aside ? item->aside : "");
  gtk_widget_set_tooltip_text (self->text, item->text);
  gtk_widget_set_visible (self->glyph, !heading);
  gtk_widget_set_visible (self->what, !heading);
  gtk_widget_remove_css_class (self->when, heading ? "gx-dim" : "gx-strong");
  gtk_widget_add_css_class (self->when, heading ? "gx-strong" : "gx-dim");
  gtk_widget_queue_draw (self->glyph);
}
