/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every chart is: a table of places and series, a cursor on one of its points, a call-out, and the same in words. How the
 * points are drawn is a subclass's business, and what moves the cursor gxc-chart-input.c's. Not a plotting library: at most six series, which is what a desk needs and an eye can tell apart. */

#include "gxc-chart-private.h"

#include <glib/gi18n.h>

#include "gxc-marks.h"

typedef struct
{
  GxcChartData *data;       /* (owned) */
  int           cursor;     /* -1: none */
} GxcChartPrivate;

enum { ACTIVATED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (GxcChart, gxc_chart, GTK_TYPE_WIDGET)

#define PRIVATE(self) ((GxcChartPrivate *) gxc_chart_get_instance_private (self))

/** gxc_chart_n_points: how many places the cursor has; 0 without data */
guint
gxc_chart_n_points (GxcChart *self)
{
  GxcChartPrivate *priv = PRIVATE (self);

  return gxc_chart_data_is_empty (priv->data) ? 0 : GXC_CHART_GET_CLASS (self)->n_points (self);
}

static void
update_words (GxcChart *self)
{
  GxcChartPrivate *priv = PRIVATE (self);
  g_autofree char *words = gxc_chart_dup_words (self);
  g_autofree char *point = priv->cursor >= 0 ? gxc_chart_dup_point (self, priv->cursor) : g_strdup ("");

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, point,
                                  -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* --- what a kind may leave as it is ------------------------------------------------------------------------------ */

static guint
real_n_points (GxcChart *self)
{
  return PRIVATE (self)->data->n_labels;
}

static char *
real_describe (GxcChart *self, guint point)
{
  return gxc_chart_data_dup_place (PRIVATE (self)->data, point);
}

static int
real_move (GxcChart *self, int point, int right, int down)
{
  return point + right;
}

/* --- drawing ----------------------------------------------------------------------------------------------------- */

static void
draw_call_out (GxcChart *self, GtkSnapshot *snapshot)
{
  g_autofree char *text = gxc_chart_dup_point (self, PRIVATE (self)->cursor);
  graphene_rect_t bounds;

  GXC_CHART_GET_CLASS (self)->locate (self, PRIVATE (self)->cursor, &bounds);
  gxc_marks_call_out (snapshot, GTK_WIDGET (self), text, &bounds);
}

static void
gxc_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GxcChart *self = GXC_CHART (widget);
  GxcChartPrivate *priv = PRIVATE (self);

  if (gxc_chart_data_is_empty (priv->data))
    {
      gxc_marks_caption (snapshot, widget, _("No figures yet"), FALSE, GXC_TOKEN_DIM,
                         gtk_widget_get_width (widget) / 2.0, gtk_widget_get_height (widget) / 2.0, 0.5);
      return;
    }
  GXC_CHART_GET_CLASS (self)->draw (self, snapshot);
  if (priv->cursor >= 0)
    draw_call_out (self, snapshot);
}

static void
gxc_chart_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                   int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 160 : 120;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 320 : 180;
}

static void
gxc_chart_finalize (GObject *object)
{
  gxc_chart_data_free (PRIVATE (GXC_CHART (object))->data);
  G_OBJECT_CLASS (gxc_chart_parent_class)->finalize (object);
}

static void
gxc_chart_class_init (GxcChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gxc_chart_finalize;
  widget_class->snapshot = gxc_chart_snapshot;
  widget_class->measure = gxc_chart_measure;
  klass->n_points = real_n_points;
  klass->describe = real_describe;
  klass->move = real_move;
  signals[ACTIVATED] = g_signal_new ("activated", GXC_TYPE_CHART, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);

  gtk_widget_class_set_css_name (widget_class, "chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gxc_chart_input_install (widget_class);
}

static void
gxc_chart_init (GxcChart *self)
{
  GxcChartPrivate *priv = PRIVATE (self);

  priv->data = gxc_chart_data_new ();
  priv->cursor = -1;

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gxc_chart_input_attach (self);
}

/* --- public ------------------------------------------------------------------------------------------------------ */

/** gxc_chart_get_data: (transfer none): for the subclasses */
const GxcChartData *
gxc_chart_get_data (GxcChart *self)
{
  return PRIVATE (self)->data;
}

/**
 * gxc_chart_token:
 *
 * Returns: the colour of a series: its place in the palette; the sixth is "other", a reference is grey
 */
GxcToken
gxc_chart_token (GxcChart *self,
                 guint     series)
{
  const GxcChartData *data = PRIVATE (self)->data;
  guint place = 0;

  if (gxc_chart_data_series (data, series)->reference)
    return GXC_TOKEN_CHART_MEAN;
  for (guint i = 0; i < series; i++)
    place += !gxc_chart_data_series (data, i)->reference;
  return GXC_TOKEN_CHART_1 + MIN (place, GXC_CHART_MAX_SERIES - 1);
}

/**
 * gxc_chart_set_title:
 * @title: (nullable): what it is of, for the screen reader and the copied table; nothing draws it
 * @unit: (nullable): of the values
 */
void
gxc_chart_set_title (GxcChart   *self,
                     const char *title,
                     const char *unit)
{
  GxcChartData *data;

  g_return_if_fail (GXC_IS_CHART (self));

  data = PRIVATE (self)->data;
  g_free (data->title);
  g_free (data->unit);
  data->title = g_strdup (title);
  data->unit = g_strdup (unit);
  update_words (self);
}

/**
 * gxc_chart_clear: takes out axis, series and thresholds
 */
void
gxc_chart_clear (GxcChart *self)
{
  g_return_if_fail (GXC_IS_CHART (self));

  gxc_chart_data_empty (PRIVATE (self)->data);
  PRIVATE (self)->cursor = -1;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  update_words (self);
}

static GStrv
copy_labels (const char * const *labels, guint n_labels)
{
  GStrv copy = g_new0 (char *, n_labels + 1);

  for (guint i = 0; i < n_labels; i++)
    copy[i] = g_strdup (labels[i]);
  return copy;
}

/**
 * gxc_chart_set_axis:
 * @labels: (array length=n_labels): the places, as short as an axis needs; clears the series
 */
void
gxc_chart_set_axis (GxcChart           *self,
                    const char * const *labels,
                    guint               n_labels)
{
  g_return_if_fail (GXC_IS_CHART (self));

  gxc_chart_clear (self);
  PRIVATE (self)->data->labels = copy_labels (labels, n_labels);
  PRIVATE (self)->data->n_labels = n_labels;
}

/**
 * gxc_chart_set_full_labels:
 * @labels: (array): as many as the axis has; what the call-out, the table and the screen reader say ("2026-03")
 */
void
gxc_chart_set_full_labels (GxcChart           *self,
                           const char * const *labels)
{
  GxcChartData *data;

  g_return_if_fail (GXC_IS_CHART (self));

  data = PRIVATE (self)->data;
  g_strfreev (data->full_labels);
  data->full_labels = copy_labels (labels, data->n_labels);
}

static void
add_series (GxcChart *self, const char *name, const double *values, gboolean reference)
{
  GxcChartData *data = PRIVATE (self)->data;
  GxcChartSeries series = { g_strdup (name), g_memdup2 (values, data->n_labels * sizeof *values), reference };

  g_array_append_val (data->series, series);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  update_words (self);
}

/**
 * gxc_chart_add_series:
 * @values: (array): as many as the axis has places, NAN where one is missing
 *
 * At most six, the last of them "other": more colours would not be told apart. Sum the rest up first.
 */
void
gxc_chart_add_series (GxcChart     *self,
                      const char   *name,
                      const double *values)
{
  g_return_if_fail (GXC_IS_CHART (self));

  add_series (self, name, values, FALSE);
}

/** gxc_chart_add_reference: what the others are held against: a target, a mean, last year; grey */
void
gxc_chart_add_reference (GxcChart     *self,
                         const char   *name,
                         const double *values)
{
  g_return_if_fail (GXC_IS_CHART (self));

  add_series (self, name, values, TRUE);
}

/**
 * gxc_chart_add_threshold: a dashed line, with its label in the gutter where there are no figures
 */
void
gxc_chart_add_threshold (GxcChart   *self,
                         const char *label,
                         double      value)
{
  GxcChartThreshold threshold = { g_strdup (label), value };

  g_return_if_fail (GXC_IS_CHART (self));

  g_array_append_val (PRIVATE (self)->data->thresholds, threshold);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/** gxc_chart_set_figures: FALSE where only thresholds may be read off, not values */
void
gxc_chart_set_figures (GxcChart *self,
                       gboolean  figures)
{
  g_return_if_fail (GXC_IS_CHART (self));

  PRIVATE (self)->data->figures = figures;
  update_words (self);
}

/**
 * gxc_chart_set_cursor:
 * @point: what the call-out and the screen reader tell of, -1 for none
 */
void
gxc_chart_set_cursor (GxcChart *self,
                      int       point)
{
  g_return_if_fail (GXC_IS_CHART (self));
  g_return_if_fail (point >= -1 && point < MAX (1, (int) gxc_chart_n_points (self)));

  if (point == PRIVATE (self)->cursor)
    return;
  PRIVATE (self)->cursor = point;
  update_words (self);
}

int
gxc_chart_get_cursor (GxcChart *self)
{
  g_return_val_if_fail (GXC_IS_CHART (self), -1);
  return PRIVATE (self)->cursor;
}

/** gxc_chart_dup_words: (transfer full): the chart in a sentence, for a screen reader */
char *
gxc_chart_dup_words (GxcChart *self)
{
  g_return_val_if_fail (GXC_IS_CHART (self), NULL);
  return gxc_chart_data_dup_words (PRIVATE (self)->data, GXC_CHART_GET_CLASS (self)->stacked);
}

/** gxc_chart_dup_point: (transfer full): one point in words, as the call-out has it */
char *
gxc_chart_dup_point (GxcChart *self,
                     guint     point)
{
  g_return_val_if_fail (GXC_IS_CHART (self) && point < gxc_chart_n_points (self), NULL);
  return GXC_CHART_GET_CLASS (self)->describe (self, point);
}

/** gxc_chart_dup_table: (transfer full): tab-separated, a line a place, as a spreadsheet takes it */
char *
gxc_chart_dup_table (GxcChart *self)
{
  g_return_val_if_fail (GXC_IS_CHART (self), NULL);
  return gxc_chart_data_dup_table (PRIVATE (self)->data);
}
