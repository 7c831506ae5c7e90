/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line of the timeline's list: date, glyph, kind, sentence, aside; or a year with its stages as a heading. The glyphs
 * are the canvas's own, so that one legend serves both. */

#include "gxc-timeline-row.h"

#include <glib/gi18n.h>
#include <math.h>

#include "gx-clock.h"
#include "gx-customer.h"
#include "gxc-timeline-paint.h"

struct _GxcTimelineRow
{
  GtkWidget       parent_instance;

  GtkWidget      *box;      /* (owned) the only child */
  GtkWidget      *when, *glyph, *what, *text, *aside;       /* (borrowed) */
  GxcTimelineKind kind;
  GxcToken        token;
  int             stage;    /* of a stage, or of a year; 0: none */
};

G_DEFINE_FINAL_TYPE (GxcTimelineRow, gxc_timeline_row, GTK_TYPE_WIDGET)

static void
draw_glyph (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  GxcTimelineRow *self = data;

  if (self->kind == GXC_TIMELINE_STAGE && self->stage == 0)
    return;
  cairo_translate (cr, width / 2.0, height / 2.0);
  gdk_cairo_set_source_rgba (cr, gxc_token_rgba (gxc_timeline_kind_token (self->kind, self->stage)));
  gxc_timeline_paint_glyph (cr, self->kind, gx_choice_code (gx_stages, self->stage), gxc_look_scale (GTK_WIDGET (area)));
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
  int size = 16 * gxc_look_scale (GTK_WIDGET (self));

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_add_css_class (self->box, "gx-timeline-row");
  self->when = append_label (self, "gx-dim", 52, FALSE);
  self->glyph = g_object_new (GTK_TYPE_DRAWING_AREA, "content-width", size, "content-height", size, "valign", GTK_ALIGN_CENTER,
                              "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->glyph), draw_glyph, self, NULL);
  gtk_box_append (GTK_BOX (self->box), self->glyph);
  self->what = append_label (self, "gx-strong", 100, FALSE);
  self->text = append_label (self, NULL, -1, TRUE);
  self->aside = append_label (self, "gx-caption", -1, FALSE);
  gtk_label_set_ellipsize (GTK_LABEL (self->aside), PANGO_ELLIPSIZE_NONE);    /* an amount is whole or nothing */
}

GtkWidget *
gxc_timeline_row_new (void)
{
  return g_object_new (GXC_TYPE_TIMELINE_ROW, NULL);
}

static void
fill (GxcTimelineRow *self, const char *when, const char *what, const char *text, const char *aside, gboolean heading)
{
  gtk_label_set_text (GTK_LABEL (self->when), when);
  gtk_label_set_text (GTK_LABEL (self->what), what ? what : "");
  gtk_label_set_text (GTK_LABEL (self->text), text ? text : "");
  gtk_label_set_text (GTK_LABEL (self->aside), aside ? aside : "");
  gtk_widget_set_tooltip_text (self->text, heading ? NULL : text);
  gtk_widget_set_visible (self->what, !heading);
  gtk_widget_remove_css_class (self->when, heading ? "gx-dim" : "gx-strong");
  gtk_widget_add_css_class (self->when, heading ? "gx-strong" : "gx-dim");
  if (heading)
    gtk_widget_add_css_class (self->text, "gx-caption");
  else
    gtk_widget_remove_css_class (self->text, "gx-caption");
  gtk_widget_queue_draw (self->glyph);
}

/** gxc_timeline_row_set_item: with the year (@full_date) where no heading says it */
void
gxc_timeline_row_set_item (GxcTimelineRow    *self,
                           const GxcTimelineItem *item,
                           gboolean               full_date)
{
  g_autofree char *date = gx_date_format ((gint32) floor (item->at));

  g_return_if_fail (GXC_IS_TIMELINE_ROW (self));

  self->kind = item->kind;
  self->stage = item->kind == GXC_TIMELINE_STAGE ? item->code : 0;
  gtk_widget_set_size_request (self->when, (full_date ? 84 : 52) * gxc_look_scale (GTK_WIDGET (self)), -1);
  fill (self, full_date ? date : date + 5, item->what, item->text, item->aside, FALSE);
}

/** gxc_timeline_row_set_year: a heading */
void
gxc_timeline_row_set_year (GxcTimelineRow     *self,
                           int                     year,
                           const GxcTimelineModel *model,
                           guint                   n_items)
{
  int stage = 0;
  g_autofree char *number = g_strdup_printf ("%d", year), *stages = gxc_timeline_model_dup_stages (model, year, &stage);
  g_autofree char *count = g_strdup_printf (ngettext ("%u item", "%u items", n_items), n_items);

  g_return_if_fail (GXC_IS_TIMELINE_ROW (self));

  self->kind = GXC_TIMELINE_STAGE;
  self->stage = stage;
  gtk_widget_set_size_request (self->when, 52 * gxc_look_scale (GTK_WIDGET (self)), -1);
  fill (self, number, NULL, stages, count, TRUE);
}

/** gxc_timeline_row_set_today: the line between what was and what is to come */
void
gxc_timeline_row_set_today (GxcTimelineRow *self,
                            gint32          today)
{
  g_autofree char *date = gx_date_format (today);

  g_return_if_fail (GXC_IS_TIMELINE_ROW (self));

  self->kind = GXC_TIMELINE_STAGE;
  self->stage = 0;
  gtk_widget_set_size_request (self->when, 52 * gxc_look_scale (GTK_WIDGET (self)), -1);
  fill (self, C_("timeline", "Today"), NULL, date, NULL, TRUE);
}
