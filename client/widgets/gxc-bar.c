/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A score from 0 to 100 as a short bar with its number, in one snapshot: a list has hundreds. The number says it, the bar
 * helps the eye down the column. */

#include "gxc-bar.h"

#include <glib/gi18n.h>

#define TRACK  46
#define NUMBER 26
#define THICK  5

struct _GxcBar
{
  GtkWidget  parent_instance;

  int        value;         /* -1: none */
  GxcToken   token;
};

G_DEFINE_FINAL_TYPE (GxcBar, gxc_bar, GTK_TYPE_WIDGET)

static void
draw_part (GtkSnapshot *snapshot, float y, float width, const GdkRGBA *colour)
{
  GskRoundedRect clip;

  gsk_rounded_rect_init_from_rect (&clip, &GRAPHENE_RECT_INIT (0, y, width, THICK), THICK / 2.0);
  gtk_snapshot_push_rounded_clip (snapshot, &clip);
  gtk_snapshot_append_color (snapshot, colour, &clip.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
gxc_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GxcBar *self = GXC_BAR (widget);
  double scale = gxc_look_scale (widget);
  g_autofree char *text = self->value < 0 ? g_strdup ("\u2014") : g_strdup_printf ("%d", self->value);
  g_autoptr(PangoLayout) layout = gxc_look_layout (widget, text, 10.5, FALSE);
  int width, height, text_width, text_height;

  width = gtk_widget_get_width (widget);
  height = gtk_widget_get_height (widget);
  pango_layout_get_pixel_size (layout, &text_width, &text_height);
  draw_part (snapshot, (height - THICK) / 2, TRACK * scale, gxc_token_rgba (GXC_TOKEN_NEUTRAL));
  if (self->value > 0)
    draw_part (snapshot, (height - THICK) / 2, MAX (TRACK * scale * self->value / 100, THICK), gxc_token_rgba (self->token));
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (width - text_width, (height - text_height) / 2));
  gtk_snapshot_append_layout (snapshot, layout, gxc_token_rgba (GXC_TOKEN_FG));
  gtk_snapshot_restore (snapshot);
}

static void
gxc_bar_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                 int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = (orientation == GTK_ORIENTATION_HORIZONTAL ? TRACK + 6 + NUMBER : 20) * gxc_look_scale (widget);
}

static void
gxc_bar_class_init (GxcBarClass *klass)
{
  GTK_WIDGET_CLASS (klass)->snapshot = gxc_bar_snapshot;
  GTK_WIDGET_CLASS (klass)->measure = gxc_bar_measure;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_METER);
}

static void
gxc_bar_init (GxcBar *self)
{
  self->value = -1;
  self->token = GXC_TOKEN_CHART_2;
}

GtkWidget *
gxc_bar_new (void)
{
  return g_object_new (GXC_TYPE_BAR, NULL);
}

/** gxc_bar_set: @value from 0 to 100, -1 where there is none */
void
gxc_bar_set (GxcBar   *self,
             int       value,
             GxcToken  token)
{
  g_autofree char *text = value < 0 ? g_strdup (_("no figure")) : g_strdup_printf (_("%d of 100"), value);

  g_return_if_fail (GXC_IS_BAR (self));

  self->value = CLAMP (value, -1, 100);
  self->token = token;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
