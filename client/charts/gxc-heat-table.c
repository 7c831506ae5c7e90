/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counts of two things at once: a row a place, a column a series, five steps of one hue, and the number always printed, so
 * that the colour only helps. Totals at the right and below. A point is a cell; "activated" drills down into it. */

#include "gxc-heat-table.h"

#include <glib/gi18n.h>
#include <math.h>

#include "gxc-marks.h"

#define LINE 40
#define HEAD 24
#define SEAM 3

struct _GxcHeatTable
{
  GxcChart parent_instance;

  float    left, cell, line, top;   /* of the last layout */
};

G_DEFINE_FINAL_TYPE (GxcHeatTable, gxc_heat_table, GXC_TYPE_CHART)

/* DESIGN 5: 0, 1–2, 3–4, 5–6, 7–9, ≥ 10 */
static const struct { double from; float strength; } steps[] = {
  { 10, 0.95 }, { 7, 0.58 }, { 5, 0.42 }, { 3, 0.26 }, { 1, 0.12 },
};

static guint
n_columns (GxcChart *chart)
{
  return gxc_chart_get_data (chart)->series->len;
}

static double
value_at (GxcChart *chart, guint row, guint column)
{
  return gxc_chart_data_series (gxc_chart_get_data (chart), column)->values[row];
}

static double
column_total (GxcChart *chart, guint column)
{
  double total = 0;

  for (guint row = 0; row < gxc_chart_get_data (chart)->n_labels; row++)
    total += isfinite (value_at (chart, row, column)) ? value_at (chart, row, column) : 0;
  return total;
}

static void
lay_out (GxcHeatTable *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const GxcChartData *data = gxc_chart_get_data (GXC_CHART (self));
  double scale = gxc_look_scale (widget);
  float names = gxc_marks_width (widget, _("Total"), TRUE);

  for (guint row = 0; row < data->n_labels; row++)
    names = MAX (names, gxc_marks_width (widget, data->labels[row], FALSE));
  self->left = names + 12;
  self->top = HEAD * scale;
  self->cell = (gtk_widget_get_width (widget) - self->left - 56 * scale) / MAX (1, n_columns (GXC_CHART (self)));
  self->line = (gtk_widget_get_height (widget) - 2 * self->top) / MAX (1, data->n_labels);
}

static graphene_rect_t
cell_bounds (GxcHeatTable *self, guint row, guint column)
{
  return GRAPHENE_RECT_INIT (self->left + self->cell * column, self->top + self->line * row, self->cell - SEAM, self->line - SEAM);
}

static float
strength_of (double value)
{
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (value >= steps[i].from)
      return steps[i].strength;
  return 0;
}

static void
draw_cell (GxcHeatTable *self, GtkSnapshot *snapshot, guint row, guint column)
{
  double value = value_at (GXC_CHART (self), row, column);
  graphene_rect_t bounds = cell_bounds (self, row, column);
  float strength = isfinite (value) ? strength_of (value) : 0;
  GdkRGBA colour = *gxc_token_rgba (strength > 0 ? GXC_TOKEN_CHART_1 : GXC_TOKEN_NEUTRAL);
  g_autofree char *text = value > 0 ? gxc_chart_format_value (value) : g_strdup ("·");
  gboolean last = strength >= steps[0].strength;

  if (strength > 0)
    colour.alpha = strength;
  gxc_marks_bar (snapshot, &colour, &bounds, 5);
  gxc_marks_caption (snapshot, GTK_WIDGET (self), text, strength >= steps[1].strength, last ? GXC_TOKEN_CARD : GXC_TOKEN_FG,
                     bounds.origin.x + bounds.size.width / 2, bounds.origin.y + bounds.size.height / 2, 0.5);
}

static void
draw_total (GxcHeatTable *self, GtkSnapshot *snapshot, double value, float x, float middle, float align)
{
  g_autofree char *text = gxc_chart_format_value (value);

  gxc_marks_caption (snapshot, GTK_WIDGET (self), text, TRUE, GXC_TOKEN_FG, x, middle, align);
}

static void
draw_head (GxcHeatTable *self, GtkSnapshot *snapshot)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const GxcChartData *data = gxc_chart_get_data (GXC_CHART (self));

  if (data->unit)
    gxc_marks_caption (snapshot, widget, data->unit, FALSE, GXC_TOKEN_DIM, 0, self->top / 2, 0);
  for (guint column = 0; column < data->series->len; column++)
    gxc_marks_caption (snapshot, widget, gxc_chart_data_series (data, column)->name, FALSE, GXC_TOKEN_DIM,
                       self->left + self->cell * (column + 0.5) - SEAM / 2.0, self->top / 2, 0.5);
  gxc_marks_caption (snapshot, widget, _("Total"), FALSE, GXC_TOKEN_DIM, gtk_widget_get_width (widget), self->top / 2, 1);
}

static void
draw_foot (GxcHeatTable *self, GtkSnapshot *snapshot)
{
  GxcChart *chart = GXC_CHART (self);
  float middle = gtk_widget_get_height (GTK_WIDGET (self)) - self->top / 2;
  double all = 0;

  gxc_marks_caption (snapshot, GTK_WIDGET (self), _("Total"), FALSE, GXC_TOKEN_DIM, 0, middle, 0);
  for (guint column = 0; column < n_columns (chart); column++)
    {
      double total = column_total (chart, column);

      draw_total (self, snapshot, total, self->left + self->cell * (column + 0.5) - SEAM / 2.0, middle, 0.5);
      all += total;
    }
  draw_total (self, snapshot, all, gtk_widget_get_width (GTK_WIDGET (self)), middle, 1);
}

static void
draw_outline (GxcHeatTable *self, GtkSnapshot *snapshot, guint point)
{
  guint columns = n_columns (GXC_CHART (self));
  graphene_rect_t bounds = cell_bounds (self, point / columns, point % columns);
  const GdkRGBA *colour = gxc_token_rgba (GXC_TOKEN_FG);
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &bounds, 5);
  gtk_snapshot_append_border (snapshot, &outline, (float[]) { 2, 2, 2, 2 },
                              (GdkRGBA[]) { *colour, *colour, *colour, *colour });
}

static void
gxc_heat_table_draw (GxcChart *chart, GtkSnapshot *snapshot)
{
  GxcHeatTable *self = GXC_HEAT_TABLE (chart);
  const GxcChartData *data = gxc_chart_get_data (chart);

  lay_out (self);
  if (self->cell <= SEAM || self->line <= SEAM)
    return;
  draw_head (self, snapshot);
  for (guint row = 0; row < data->n_labels; row++)
    {
      float middle = self->top + self->line * (row + 0.5) - SEAM / 2.0;

      gxc_marks_caption (snapshot, GTK_WIDGET (self), data->labels[row], FALSE, GXC_TOKEN_FG, 0, middle, 0);
      for (guint column = 0; column < data->series->len; column++)
        draw_cell (self, snapshot, row, column);
      draw_total (self, snapshot, gxc_chart_data_total (data, row), gtk_widget_get_width (GTK_WIDGET (self)), middle, 1);
    }
  draw_foot (self, snapshot);
  if (gxc_chart_get_cursor (chart) >= 0)
    draw_outline (self, snapshot, gxc_chart_get_cursor (chart));
}

static int
gxc_heat_table_point_at (GxcChart *chart, double x, double y)
{
  GxcHeatTable *self = GXC_HEAT_TABLE (chart);
  int columns = n_columns (chart), rows = gxc_chart_get_data (chart)->n_labels;
  int column = self->cell > 0 ? floor ((x - self->left) / self->cell) : -1;
  int row = self->line > 0 ? floor ((y - self->top) / self->line) : -1;

  return column >= 0 && column < columns && row >= 0 && row < rows ? row * columns + column : -1;
}

static void
gxc_heat_table_locate (GxcChart *chart, guint point, graphene_rect_t *out_bounds)
{
  *out_bounds = cell_bounds (GXC_HEAT_TABLE (chart), point / n_columns (chart), point % n_columns (chart));
}

static guint
gxc_heat_table_n_points (GxcChart *chart)
{
  return gxc_chart_get_data (chart)->n_labels * n_columns (chart);
}

static char *
gxc_heat_table_describe (GxcChart *chart, guint point)
{
  const GxcChartData *data = gxc_chart_get_data (chart);
  guint row = point / n_columns (chart), column = point % n_columns (chart);
  g_autofree char *value = gxc_chart_format_value (value_at (chart, row, column));

  return g_strdup_printf ("%s · %s  %s%s%s", gxc_chart_data_label (data, row), gxc_chart_data_series (data, column)->name, value,
                          data->unit ? " " : "", data->unit ? data->unit : "");
}

static int
gxc_heat_table_move (GxcChart *chart, int point, int right, int down)
{
  int columns = n_columns (chart), rows = gxc_chart_get_data (chart)->n_labels;
  int row = CLAMP (point / columns + down, 0, rows - 1), column = CLAMP (point % columns + right, 0, columns - 1);

  return row * columns + column;
}

static void
gxc_heat_table_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                        int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  GxcChart *chart = GXC_CHART (widget);
  double scale = gxc_look_scale (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = ceil ((140 + 36 * n_columns (chart)) * scale);
  else
    *minimum = *natural = ceil ((2 * HEAD + LINE * gxc_chart_get_data (chart)->n_labels) * scale);
}

static void
gxc_heat_table_class_init (GxcHeatTableClass *klass)
{
  GxcChartClass *chart_class = GXC_CHART_CLASS (klass);

  GTK_WIDGET_CLASS (klass)->measure = gxc_heat_table_measure;
  chart_class->draw = gxc_heat_table_draw;
  chart_class->point_at = gxc_heat_table_point_at;
  chart_class->locate = gxc_heat_table_locate;
  chart_class->n_points = gxc_heat_table_n_points;
  chart_class->describe = gxc_heat_table_describe;
  chart_class->move = gxc_heat_table_move;
}

static void
gxc_heat_table_init (GxcHeatTable *self)
{
}

GtkWidget *
gxc_heat_table_new (void)
{
  return g_object_new (GXC_TYPE_HEAT_TABLE, NULL);
}
