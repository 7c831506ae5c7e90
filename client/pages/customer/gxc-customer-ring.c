/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A score from 0 to 100 as a ring with its number in the middle, for the header. One figure and no series: what compares
 * several, and can be copied, is a chart (client/charts). */

#include "gxc-customer-ring.h"

#include <glib/gi18n.h>
#include <math.h>

#define SIZE  40
#define THICK 4

struct _GxcCustomerRing
{
  GtkWidget parent_instance;

  int       score;          /* 0 to 100 */
  GxcToken  token;
};

G_DEFINE_FINAL_TYPE (GxcCustomerRing, gxc_customer_ring, GTK_TYPE_WIDGET)

/* Clockwise from twelve. */
static void
draw_arc (cairo_t *cr, double middle, double radius, double share, const GdkRGBA *colour)
{
  gdk_cairo_set_source_rgba (cr, colour);
  cairo_arc (cr, middle, middle, radius, -G_PI_2, -G_PI_2 + share * 2 * G_PI);
  cairo_stroke (cr);
}

static void
draw_number (GxcCustomerRing *self, GtkSnapshot *snapshot, double size)
{
  g_autofree char *text = g_strdup_printf ("%d", self->score);
  g_autoptr(PangoLayout) layout = gxc_look_layout (GTK_WIDGET (self), text, 9, TRUE);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (round ((size - width) / 2), round ((size - height) / 2)));
  gtk_snapshot_append_layout (snapshot, layout, gxc_token_rgba (GXC_TOKEN_FG));
  gtk_snapshot_restore (snapshot);
}

static void
gxc_customer_ring_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GxcCustomerRing *self = GXC_CUSTOMER_RING (widget);
  double scale = gxc_look_scale (widget), size = MIN (gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, size, size));

  cairo_set_line_width (cr, THICK * scale);
  draw_arc (cr, size / 2, (size - THICK * scale) / 2, 1, gxc_token_rgba (GXC_TOKEN_NEUTRAL));
  if (self->score > 0)
    draw_arc (cr, size / 2, (size - THICK * scale) / 2, self->score / 100.0, gxc_token_rgba (self->token));
  cairo_destroy (cr);
  draw_number (self, snapshot, size);
}

static void
gxc_customer_ring_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                           int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = SIZE * gxc_look_scale (widget);
}

static void
gxc_customer_ring_class_init (GxcCustomerRingClass *klass)
{
  GTK_WIDGET_CLASS (klass)->snapshot = gxc_customer_ring_snapshot;
  GTK_WIDGET_CLASS (klass)->measure = gxc_customer_ring_measure;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_METER);
}

static void
gxc_customer_ring_init (GxcCustomerRing *self)
{
  self->token = GXC_TOKEN_CHART_3;
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

/** gxc_customer_ring_set: @score from 0 to 100 */
void
gxc_customer_ring_set (GxcCustomerRing *self,
                       int              score,
                       GxcToken         token)
{
  g_autofree char *text = NULL;

  g_return_if_fail (GXC_IS_CUSTOMER_RING (self));

  self->score = CLAMP (score, 0, 100);
  self->token = token;
  text = g_strdup_printf (_("%d of 100"), self->score);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
