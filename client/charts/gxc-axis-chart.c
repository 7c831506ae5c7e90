/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frame of every chart with places along the bottom and values up the side: scale, unit, grid, labels, thresholds, names at
 * the series' ends instead of a legend, and which place a pixel belongs to. The marks between are the subclass's. */

#include "gxc-axis-chart.h"

#include <math.h>

#include "gxc-marks.h"
#include "gxc-scale.h"

#define GAP  8
#define UNIT 18             /* px at 100 %: what the unit over the axis takes */

typedef struct
{
  GxcScale scale;           /* of the last layout */
  float    left, right, top, bottom;
} GxcAxisChartPrivate;

typedef struct
{
  char    *text;            /* (owned) */
  GxcToken token;
  gboolean bold;
  float    y;
} EndName;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (GxcAxisChart, gxc_axis_chart, GXC_TYPE_CHART)

#define PRIVATE(self) ((GxcAxisChartPrivate *) gxc_axis_chart_get_instance_private (GXC_AXIS_CHART (self)))
#define IS_BANDED(self) (GXC_AXIS_CHART_GET_CLASS (self)->banded)

/* One series alone has nothing to pile up on, and its axis need not begin at zero. */
static gboolean
is_stacked (GxcChart *chart)
{
  return GXC_CHART_GET_CLASS (chart)->stacked && (IS_BANDED (chart) || gxc_chart_data_n_own (gxc_chart_get_data (chart)) > 1);
}

/* --- layout ------------------------------------------------------------------------------------------------------ */

static void
clear_end_name (gpointer data)
{
  g_free (((EndName *) data)->text);
}

static float
gutter_width (GxcChart *chart)
{
  const GxcChartData *data = gxc_chart_get_data (chart);
  const GxcScale *scale = &PRIVATE (chart)->scale;
  float width = 0;

  for (double value = scale->low; data->figures && value <= scale->high + scale->step / 2; value += scale->step)
    {
      g_autofree char *text = gxc_chart_format_decimals (value, gxc_scale_decimals (scale));

      width = MAX (width, gxc_marks_width (GTK_WIDGET (chart), text, FALSE));
    }
  for (guint i = 0; !data->figures && i < data->thresholds->len; i++)
    width = MAX (width, gxc_marks_width (GTK_WIDGET (chart), g_array_index (data->thresholds, GxcChartThreshold, i).label, FALSE));
  return width;
}

/* A line alone says its last value; several say their names. */
static GArray *
make_end_names (GxcChart *chart)
{
  const GxcChartData *data = gxc_chart_get_data (chart);
  gboolean alone = gxc_chart_data_n_own (data) == 1;
  GArray *names = g_array_new (FALSE, TRUE, sizeof (EndName));
  double below = 0;

  g_array_set_clear_func (names, clear_end_name);
  for (guint i = 0; i < data->series->len; i++)
    {
      const GxcChartSeries *series = gxc_chart_data_series (data, i);
      int place = gxc_chart_data_last (data, i);
      EndName name = { .token = series->reference ? GXC_TOKEN_DIM : GXC_TOKEN_FG };
      double value;

      if (place < 0 || (alone && !series->reference && (!data->figures || IS_BANDED (chart))))
        continue;
      value = series->values[place];
      name.bold = alone && !series->reference;
      name.text = name.bold ? gxc_chart_format_value (value) : g_strdup (series->name);
      if (name.bold)
        name.token = GXC_TOKEN_ACCENT_TEXT;
      name.y = is_stacked (chart) && !series->reference ? below + value / 2 : value;
      if (!series->reference)
        below += value;
      g_array_append_val (names, name);
    }
  return names;
}

/* Over the values of the axis, unless these are names of thresholds. */
static gboolean
has_unit (GxcChart *chart)
{
  const GxcChartData *data = gxc_chart_get_data (chart);

  return data->figures && data->unit && *data->unit;
}

static void
lay_out (GxcChart *chart, GArray *names)
{
  GxcAxisChartPrivate *priv = PRIVATE (chart);
  GtkWidget *widget = GTK_WIDGET (chart);
  double scale = gxc_look_scale (widget), low, high;
  float end = 0;

  gxc_chart_data_range (gxc_chart_get_data (chart), is_stacked (chart), &low, &high);
  if (IS_BANDED (chart) || low < (high - low) * 2)
    low = MIN (low, 0);
  if (IS_BANDED (chart))
    high = MAX (high, 0);
  priv->top = (has_unit (chart) ? 12 + UNIT : 12) * scale;
  priv->bottom = gtk_widget_get_height (widget) - 24 * scale;
  priv->scale = gxc_scale_make (low, high, CLAMP ((priv->bottom - priv->top) / (36 * scale), 1, 6));

  for (guint i = 0; i < names->len; i++)
    {
      EndName *name = &g_array_index (names, EndName, i);

      end = MAX (end, gxc_marks_width (widget, name->text, name->bold));
    }
  priv->left = gutter_width (chart) + GAP;
  priv->right = gtk_widget_get_width (widget) - (end > 0 ? end + GAP : 4);
}

/* --- frame ------------------------------------------------------------------------------------------------------- */

static void
draw_line_across (GxcChart *chart, GtkSnapshot *snapshot, float y, GxcToken token, gboolean dashed)
{
  GxcAxisChartPrivate *priv = PRIVATE (chart);
  cairo_t *cr;

  if (!dashed)
    {
      gtk_snapshot_append_color (snapshot, gxc_token_rgba (token),
                                 &GRAPHENE_RECT_INIT (priv->left, floorf (y), priv->right - priv->left, 1));
      return;
    }
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (priv->left, y - 1, priv->right - priv->left, 2));
  gdk_cairo_set_source_rgba (cr, gxc_token_rgba (token));
  cairo_set_line_width (cr, 1);
  cairo_set_dash (cr, (double[]) { 3, 3 }, 2, 0);
  cairo_move_to (cr, priv->left, floorf (y) + 0.5);
  cairo_line_to (cr, priv->right, floorf (y) + 0.5);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
draw_y_label (GxcChart *chart, GtkSnapshot *snapshot, const char *text, float y)
{
  gxc_marks_caption (snapshot, GTK_WIDGET (chart), text, FALSE, GXC_TOKEN_DIM, PRIVATE (chart)->left - GAP, y, 1);
}

static void
draw_y_axis (GxcChart *chart, GtkSnapshot *snapshot)
{
  const GxcChartData *data = gxc_chart_get_data (chart);
  const GxcScale *scale = &PRIVATE (chart)->scale;

  for (double value = scale->low; value <= scale->high + scale->step / 2; value += scale->step)
    {
      gboolean base = fabs (value) < scale->step / 2 || (scale->low > 0 && value == scale->low);
      g_autofree char *text = gxc_chart_format_decimals (base && scale->low <= 0 ? 0 : value, gxc_scale_decimals (scale));
      float y = gxc_axis_chart_y (GXC_AXIS_CHART (chart), value);

      if (base || data->figures)
        draw_line_across (chart, snapshot, y, base ? GXC_TOKEN_LINE : GXC_TOKEN_GRID, FALSE);
      if (data->figures)
        draw_y_label (chart, snapshot, text, y);
    }
  for (guint i = 0; i < data->thresholds->len; i++)
    {
      const GxcChartThreshold *threshold = &g_array_index (data->thresholds, GxcChartThreshold, i);
      float y = gxc_axis_chart_y (GXC_AXIS_CHART (chart), threshold->value);

      draw_line_across (chart, snapshot, y, GXC_TOKEN_CHART_MEAN, TRUE);
      if (!data->figures)
        draw_y_label (chart, snapshot, threshold->label, y);
    }
}

/* Ends where the values end, or begins at the edge if it is wider than they are. */
static void
draw_unit (GxcChart *chart, GtkSnapshot *snapshot)
{
  const char *unit = gxc_chart_get_data (chart)->unit;
  float width = gxc_marks_width (GTK_WIDGET (chart), unit, FALSE), right = PRIVATE (chart)->left - GAP;

  gxc_marks_caption (snapshot, GTK_WIDGET (chart), unit, FALSE, GXC_TOKEN_DIM, MAX (right - width, 0),
                     PRIVATE (chart)->top - UNIT * gxc_look_scale (GTK_WIDGET (chart)), 0);
}

static gboolean
is_last (GxcChart *chart, int place)
{
  return place == (int) gxc_chart_get_data (chart)->n_labels - 1;
}

/* Where the label of a place begins, inside the widget. */
static float
label_x (GxcChart *chart, int place, float *out_width)
{
  *out_width = gxc_marks_width (GTK_WIDGET (chart), gxc_chart_data_label (gxc_chart_get_data (chart), place), is_last (chart, place));
  return CLAMP (gxc_axis_chart_x (GXC_AXIS_CHART (chart), place) - *out_width / 2, 0, gtk_widget_get_width (GTK_WIDGET (chart)) - *out_width);
}

static gboolean
labels_fit (GxcChart *chart, int step)
{
  float limit = G_MAXFLOAT, width;

  for (int place = (int) gxc_chart_get_data (chart)->n_labels - 1; place >= 0; place -= step)
    {
      float x = label_x (chart, place, &width);

      if (x + width + 2 * GAP > limit)
        return FALSE;
      limit = x;
    }
  return TRUE;
}

/**
 * gxc_axis_chart_label_step:
 *
 * Returns: of how many places one has its label, counted from the last back, so that they stand evenly and none touches
 * another; at least 1. Valid once it was drawn
 */
guint
gxc_axis_chart_label_step (GxcAxisChart *self)
{
  int n = (int) gxc_chart_get_data (GXC_CHART (self))->n_labels, step = 1;

  while (step < n && !labels_fit (GXC_CHART (self), step))
    step++;
  return (guint) step;
}

/* The last one always, bold, since it is the present. */
static void
draw_x_axis (GxcChart *chart, GtkSnapshot *snapshot)
{
  float middle = PRIVATE (chart)->bottom + 14 * gxc_look_scale (GTK_WIDGET (chart)), width;
  int step = (int) gxc_axis_chart_label_step (GXC_AXIS_CHART (chart));

  for (int place = (int) gxc_chart_get_data (chart)->n_labels - 1; place >= 0; place -= step)
    {
      float x = label_x (chart, place, &width);

      gxc_marks_caption (snapshot, GTK_WIDGET (chart), gxc_chart_data_label (gxc_chart_get_data (chart), place), is_last (chart, place),
                         is_last (chart, place) ? GXC_TOKEN_FG : GXC_TOKEN_DIM, x, middle, 0);
    }
}

static int
compare_end_names (gconstpointer a, gconstpointer b)
{
  double first = ((const EndName *) a)->y, second = ((const EndName *) b)->y;

  return first < second ? -1 : first > second;
}

/* From the lowest up, each where it belongs or just above the one before. */
static void
draw_end_names (GxcChart *chart, GtkSnapshot *snapshot, GArray *names)
{
  GxcAxisChartPrivate *priv = PRIVATE (chart);
  float line = 16 * gxc_look_scale (GTK_WIDGET (chart)), limit = G_MAXFLOAT;

  g_array_sort (names, compare_end_names);
  for (guint i = 0; i < names->len; i++)
    {
      EndName *name = &g_array_index (names, EndName, i);
      float y = MIN (gxc_axis_chart_y (GXC_AXIS_CHART (chart), name->y), limit);

      gxc_marks_caption (snapshot, GTK_WIDGET (chart), name->text, name->bold, name->token, priv->right + GAP, y, 0);
      limit = y - line;
    }
}

static void
draw_cursor_line (GxcChart *chart, GtkSnapshot *snapshot)
{
  GxcAxisChartPrivate *priv = PRIVATE (chart);
  float x = gxc_axis_chart_x (GXC_AXIS_CHART (chart), gxc_chart_get_cursor (chart));

  gtk_snapshot_append_color (snapshot, gxc_token_rgba (GXC_TOKEN_ACCENT_TEXT),
                             &GRAPHENE_RECT_INIT (floorf (x), priv->top, 1, priv->bottom - priv->top));
}

static void
gxc_axis_chart_draw (GxcChart *chart, GtkSnapshot *snapshot)
{
  g_autoptr(GArray) names = make_end_names (chart);
  GxcAxisChartPrivate *priv = PRIVATE (chart);

  lay_out (chart, names);
  if (priv->bottom <= priv->top || priv->right <= priv->left)
    return;
  draw_y_axis (chart, snapshot);
  if (has_unit (chart))
    draw_unit (chart, snapshot);
  if (gxc_chart_get_cursor (chart) >= 0)
    draw_cursor_line (chart, snapshot);
  GXC_AXIS_CHART_GET_CLASS (chart)->draw_marks (GXC_AXIS_CHART (chart), snapshot);
  draw_x_axis (chart, snapshot);
  draw_end_names (chart, snapshot, names);
}

static int
gxc_axis_chart_point_at (GxcChart *chart, double x, double y)
{
  GxcAxisChartPrivate *priv = PRIVATE (chart);
  int n = gxc_chart_get_data (chart)->n_labels;
  double width = priv->right - priv->left, share = width > 0 ? (x - priv->left) / width : 0;

  if (x < priv->left - GAP || x > priv->right + GAP)
    return -1;
  return CLAMP (IS_BANDED (chart) ? floor (share * n) : round (share * (n - 1)), 0, n - 1);
}

/* The whole column: the call-out stands at the top of the plot, clear of the line. */
static void
gxc_axis_chart_locate (GxcChart *chart, guint point, graphene_rect_t *out_bounds)
{
  GxcAxisChartPrivate *priv = PRIVATE (chart);

  graphene_rect_init (out_bounds, gxc_axis_chart_x (GXC_AXIS_CHART (chart), point), -6, 1, 1);
  if (priv->scale.high > priv->scale.low)
    out_bounds->origin.y = priv->top - 12;
}

static void
gxc_axis_chart_class_init (GxcAxisChartClass *klass)
{
  GxcChartClass *chart_class = GXC_CHART_CLASS (klass);

  chart_class->draw = gxc_axis_chart_draw;
  chart_class->point_at = gxc_axis_chart_point_at;
  chart_class->locate = gxc_axis_chart_locate;
}

static void
gxc_axis_chart_init (GxcAxisChart *self)
{
}

/* --- for the subclasses ------------------------------------------------------------------------------------------ */

/** gxc_axis_chart_x: the middle of a place; after a layout, as in draw_marks */
float
gxc_axis_chart_x (GxcAxisChart *self,
                  guint         place)
{
  GxcAxisChartPrivate *priv = PRIVATE (self);
  guint n = gxc_chart_get_data (GXC_CHART (self))->n_labels;
  float width = priv->right - priv->left;

  if (IS_BANDED (self))
    return priv->left + width * (place + 0.5) / n;
  return n < 2 ? priv->left : priv->left + width * place / (n - 1);
}

float
gxc_axis_chart_y (GxcAxisChart *self,
                  double        value)
{
  GxcAxisChartPrivate *priv = PRIVATE (self);

  return gxc_scale_place (&priv->scale, value, priv->bottom, priv->top);
}

void
gxc_axis_chart_get_plot (GxcAxisChart    *self,
                         graphene_rect_t *out_plot)
{
  GxcAxisChartPrivate *priv = PRIVATE (self);

  graphene_rect_init (out_plot, priv->left, priv->top, priv->right - priv->left, priv->bottom - priv->top);
}

/** gxc_axis_chart_points: (transfer full): where @values lie, NAN where one is missing; one a place */
graphene_point_t *
gxc_axis_chart_points (GxcAxisChart *self,
                       const double *values)
{
  guint n = gxc_chart_get_data (GXC_CHART (self))->n_labels;
  graphene_point_t *points = g_new (graphene_point_t, n);

  for (guint place = 0; place < n; place++)
    graphene_point_init (&points[place], gxc_axis_chart_x (self, place),
                         isfinite (values[place]) ? gxc_axis_chart_y (self, values[place]) : NAN);
  return points;
}

/** gxc_axis_chart_begin: (transfer full): a cairo context over the whole widget, for paths */
cairo_t *
gxc_axis_chart_begin (GxcAxisChart *self,
                      GtkSnapshot  *snapshot)
{
  GtkWidget *widget = GTK_WIDGET (self);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget),
                                                                          gtk_widget_get_height (widget)));

  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  return cr;
}

/** gxc_axis_chart_draw_references: targets and means, dashed and grey */
void
gxc_axis_chart_draw_references (GxcAxisChart *self,
                                GtkSnapshot  *snapshot)
{
  const GxcChartData *data = gxc_chart_get_data (GXC_CHART (self));
  cairo_t *cr = gxc_axis_chart_begin (self, snapshot);

  gdk_cairo_set_source_rgba (cr, gxc_token_rgba (GXC_TOKEN_CHART_MEAN));
  cairo_set_line_width (cr, 1.5);
  cairo_set_dash (cr, (double[]) { 4, 3 }, 2, 0);
  for (guint i = 0; i < data->series->len; i++)
    if (gxc_chart_data_series (data, i)->reference)
      {
        g_autofree graphene_point_t *points = gxc_axis_chart_points (self, gxc_chart_data_series (data, i)->values);

        gxc_marks_trace (cr, points, data->n_labels);
        cairo_stroke (cr);
      }
  cairo_destroy (cr);
}
