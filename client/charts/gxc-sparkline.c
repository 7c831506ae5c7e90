/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dozen values as a line without axes: the figure beside it says the last one, the line says whence it came. Its
 * drawing is a function of its own, since a list cell draws it together with other things in one snapshot. */

#include "gxc-sparkline.h"

#include <math.h>

#include "gxc-marks.h"

#define WIDTH  52
#define LEAST_WIDTH 28      /* with less room there is no line: a figure is worth more */
#define HEIGHT 26
#define DOT    2.4

struct _GxcSparkline
{
  GtkWidget parent_instance;

  double   *values;         /* (owned) (nullable) */
  guint     n_values;
  GxcToken  token;
};

G_DEFINE_FINAL_TYPE (GxcSparkline, gxc_sparkline, GTK_TYPE_WIDGET)

static void
find_range (const double *values, guint n_values, double *out_low, double *out_high)
{
  *out_low = INFINITY;
  *out_high = -INFINITY;

  for (guint i = 0; i < n_values; i++)
    if (isfinite (values[i]))
      {
        *out_low = MIN (*out_low, values[i]);
        *out_high = MAX (*out_high, values[i]);
      }
}

/**
 * gxc_sparkline_draw:
 * @values: NAN where one is missing: the line then has a gap
 */
void
gxc_sparkline_draw (GtkSnapshot           *snapshot,
                    const graphene_rect_t *bounds,
                    const double          *values,
                    guint                  n_values,
                    const GdkRGBA         *colour)
{
  g_autofree graphene_point_t *points = g_new (graphene_point_t, MAX (n_values, 1));
  double low, high, width = bounds->size.width - 2 * DOT, height = bounds->size.height - 2 * DOT;
  cairo_t *cr;

  find_range (values, n_values, &low, &high);
  if (n_values < 2 || low > high)
    return;
  for (guint i = 0; i < n_values; i++)
    graphene_point_init (&points[i], bounds->origin.x + DOT + width * i / (n_values - 1),
                         !isfinite (values[i]) ? NAN
                         : bounds->origin.y + DOT + (high > low ? height * (high - values[i]) / (high - low) : height / 2));

  cr = gtk_snapshot_append_cairo (snapshot, bounds);
  cairo_set_source_rgba (cr, colour->red, colour->green, colour->blue, 0.12);
  gxc_marks_fill_under (cr, points, n_values, bounds->origin.y + bounds->size.height);
  gdk_cairo_set_source_rgba (cr, colour);
  cairo_set_line_width (cr, 1.5);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  gxc_marks_trace (cr, points, n_values);
  cairo_stroke (cr);
  gxc_marks_dot (cr, points, n_values, DOT);
  cairo_destroy (cr);
}

static void
gxc_sparkline_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GxcSparkline *self = GXC_SPARKLINE (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget));

  if (bounds.size.width < LEAST_WIDTH)
    return;
  gxc_sparkline_draw (snapshot, &bounds, self->values, self->n_values, gxc_token_rgba (self->token));
}

static void
gxc_sparkline_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                       int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 0 : HEIGHT;
}

static void
gxc_sparkline_finalize (GObject *object)
{
  g_free (GXC_SPARKLINE (object)->values);
  G_OBJECT_CLASS (gxc_sparkline_parent_class)->finalize (object);
}

static void
gxc_sparkline_class_init (GxcSparklineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gxc_sparkline_finalize;
  widget_class->snapshot = gxc_sparkline_snapshot;
  widget_class->measure = gxc_sparkline_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
gxc_sparkline_init (GxcSparkline *self)
{
  self->token = GXC_TOKEN_CHART_1;
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
gxc_sparkline_new (void)
{
  return g_object_new (GXC_TYPE_SPARKLINE, NULL);
}

/**
 * gxc_sparkline_set_values:
 * @values: (array length=n_values) (nullable): copied; oldest first, NAN where one is missing
 */
void
gxc_sparkline_set_values (GxcSparkline *self,
                          const double *values,
                          guint         n_values)
{
  g_return_if_fail (GXC_IS_SPARKLINE (self));

  g_free (self->values);
  self->values = g_memdup2 (values, n_values * sizeof *values);
  self->n_values = self->values ? n_values : 0;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * gxc_sparkline_set_token: amber only where the figure beside it is amber
 */
void
gxc_sparkline_set_token (GxcSparkline *self,
                         GxcToken      token)
{
  g_return_if_fail (GXC_IS_SPARKLINE (self));

  self->token = token;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
