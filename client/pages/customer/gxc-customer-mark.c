/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The small picture in a tile: steps that are filled up to a grade, or a bar of shares in the chart's colours. The tile's
 * words say the same, so a screen reader passes it over. */

#include "gxc-customer-mark.h"

#include "gxc-look.h"

#define MAX_PARTS 7

struct _GxcCustomerMark
{
  GtkWidget parent_instance;

  gboolean  steps;
  guint     n, filled;
  double    shares[MAX_PARTS];
};

G_DEFINE_FINAL_TYPE (GxcCustomerMark, gxc_customer_mark, GTK_TYPE_WIDGET)

static void
draw_round (GtkSnapshot *snapshot, const graphene_rect_t *bounds, float radius, const GdkRGBA *colour)
{
  GskRoundedRect clip;

  gsk_rounded_rect_init_from_rect (&clip, bounds, radius);
  gtk_snapshot_push_rounded_clip (snapshot, &clip);
  gtk_snapshot_append_color (snapshot, colour, bounds);
  gtk_snapshot_pop (snapshot);
}

static void
draw_steps (GxcCustomerMark *self, GtkSnapshot *snapshot, float width, float height)
{
  float each = width / self->n;

  for (guint i = 0; i < self->n; i++)
    {
      float tall = height * (i + 1.6f) / (self->n + 0.6f);

      draw_round (snapshot, &GRAPHENE_RECT_INIT (i * each, height - tall, each - 3, tall), 2,
                  gxc_token_rgba (i < self->filled ? GXC_TOKEN_CHART_1 : GXC_TOKEN_NEUTRAL_STRONG));
    }
}

static void
draw_shares (GxcCustomerMark *self, GtkSnapshot *snapshot, float width, float height)
{
  double total = 0;
  float x = 0;

  for (guint i = 0; i < self->n; i++)
    total += self->shares[i];
  for (guint i = 0; i < self->n && total > 0; i++)
    {
      float part = width * self->shares[i] / total;

      if (part <= 0)
        continue;
      gtk_snapshot_append_color (snapshot, gxc_token_rgba (MIN (GXC_TOKEN_CHART_1 + i, GXC_TOKEN_CHART_OTHER)),
                                 &GRAPHENE_RECT_INIT (x, (height - 10) / 2, MAX (part - 1, 1), 10));
      x += part;
    }
}

static void
gxc_customer_mark_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GxcCustomerMark *self = GXC_CUSTOMER_MARK (widget);

  (self->steps ? draw_steps : draw_shares) (self, snapshot, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
}

static void
gxc_customer_mark_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                           int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  GxcCustomerMark *self = GXC_CUSTOMER_MARK (widget);
  int width = self->steps ? 46 : 72;

  *minimum = *natural = (orientation == GTK_ORIENTATION_HORIZONTAL ? width : 22) * gxc_look_scale (widget);
}

static void
gxc_customer_mark_class_init (GxcCustomerMarkClass *klass)
{
  GTK_WIDGET_CLASS (klass)->snapshot = gxc_customer_mark_snapshot;
  GTK_WIDGET_CLASS (klass)->measure = gxc_customer_mark_measure;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
gxc_customer_mark_init (GxcCustomerMark *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

/** gxc_customer_mark_new_steps: @filled of @n, which is at most 7 */
GtkWidget *
gxc_customer_mark_new_steps (guint filled,
                             guint n)
{
  GxcCustomerMark *self = g_object_new (GXC_TYPE_CUSTOMER_MARK, NULL);

  self->steps = TRUE;
  self->filled = filled;
  self->n = CLAMP (n, 1, MAX_PARTS);
  return GTK_WIDGET (self);
}

/** gxc_customer_mark_new_shares: @shares of whatever, in the order of the chart's colours; those after the fifth are "other" */
GtkWidget *
gxc_customer_mark_new_shares (const double *shares,
                              guint         n)
{
  GxcCustomerMark *self = g_object_new (GXC_TYPE_CUSTOMER_MARK, NULL);

  self->n = MIN (n, MAX_PARTS);
  for (guint i = 0; i < self->n; i++)
    self->shares[i] = MAX (shares[i], 0);
  return GTK_WIDGET (self);
}
