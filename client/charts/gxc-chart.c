/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chart of months: a line with an area, or stacked bars. Not a plotting library: one x axis of named places, at most
 * five series and thresholds, which is what a desk needs. Everything it shows can also be had in words: the accessible
 * label, the cursor's call-out (arrow keys or pointer), and the table that chart.copy-table puts on the clipboard. */

#include "gxc-chart.h"

#include <glib/gi18n.h>
#include <math.h>

#include "gxc-format.h"
#include "gxc-scale.h"

#define MAX_SERIES     5
#define CAPTION_POINTS 9.0
#define GAP            8

typedef struct
{
  char   *name;             /* (owned) */
  double *values;           /* (owned) n_labels long, NAN where missing */
} Series;

typedef struct
{
  char   *label;            /* (owned) */
  double  value;
} Threshold;

struct _GxcChart
{
  GtkWidget    parent_instance;

  GxcChartKind kind;
  char        *title;       /* (owned) (nullable) */
  char        *unit;        /* (owned) (nullable) */
  GStrv        labels;      /* (owned) (nullable) */
  GStrv        full_labels; /* (owned) (nullable) the same places, told in full */
  guint        n_labels;
  GArray      *series;      /* (owned) of Series */
  GArray      *thresholds;  /* (owned) of Threshold */
  gboolean     figures;     /* whether the y axis has figures, or only thresholds (masked money) */
  int          cursor;      /* -1: none */

  GxcScale     scale;       /* of the last layout */
  float        left, right, top, bottom;
};

G_DEFINE_FINAL_TYPE (GxcChart, gxc_chart, GTK_TYPE_WIDGET)

static void
clear_series (gpointer data)
{
  Series *series = data;

  g_free (series->name);
  g_free (series->values);
}

static void
clear_threshold (gpointer data)
{
  g_free (((Threshold *) data)->label);
}

static Series *
series_at (GxcChart *self, guint i)
{
  return &g_array_index (self->series, Series, i);
}

static char *
format_value (double value)
{
  g_autofree char *whole = NULL;
  double size = fabs (value);
  int decimals = size >= 1000 || size == floor (size) ? 0 : size >= 100 ? 1 : 2;
  double power = pow (10, decimals);
  gint64 rounded;

  if (!isfinite (value))
    return g_strdup ("\u2014");
  rounded = llround (size * power);
  whole = gxc_format_number (rounded / (gint64) power);
  if (decimals == 0)
    return g_strdup_printf ("%s%s", value < 0 ? "\u2212" : "", whole);
  return g_strdup_printf ("%s%s.%0*d", value < 0 ? "\u2212" : "", whole, decimals, (int) (rounded % (gint64) power));
}

static const char *
label_at (GxcChart *self, guint i)
{
  return self->full_labels ? self->full_labels[i] : self->labels[i];
}

/* Bars stack, so their height is the sum. */
static double
total_at (GxcChart *self, guint place)
{
  double total = 0;

  for (guint i = 0; i < self->series->len; i++)
    if (isfinite (series_at (self, i)->values[place]))
      total += series_at (self, i)->values[place];
  return total;
}

static void
find_range (GxcChart *self, double *out_low, double *out_high)
{
  double low = INFINITY, high = -INFINITY;

  for (guint place = 0; place < self->n_labels; place++)
    for (guint i = 0; i < self->series->len; i++)
      {
        double value = self->kind == GXC_CHART_BARS ? total_at (self, place) : series_at (self, i)->values[place];

        if (isfinite (value))
          {
            low = MIN (low, value);
            high = MAX (high, value);
          }
      }
  for (guint i = 0; i < self->thresholds->len; i++)
    {
      low = MIN (low, g_array_index (self->thresholds, Threshold, i).value);
      high = MAX (high, g_array_index (self->thresholds, Threshold, i).value);
    }

  *out_low = self->kind == GXC_CHART_BARS || low < (high - low) * 2 ? MIN (low, 0) : low;
  *out_high = high;
}

/* --- what it says ------------------------------------------------------------------------------------------------ */

static char *
describe_place (GxcChart *self, guint place)
{
  GString *text = g_string_new (label_at (self, place));

  for (guint i = 0; i < self->series->len; i++)
    {
      g_autofree char *value = format_value (series_at (self, i)->values[place]);

      g_string_append_printf (text, "%s%s%s%s %s", i ? "\n" : self->series->len > 1 ? "\n" : "  ",
                              self->series->len > 1 ? series_at (self, i)->name : "",
                              self->series->len > 1 ? "  " : "", value, self->unit ? self->unit : "");
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * gxc_chart_dup_words:
 *
 * Returns: (transfer full): the chart in a sentence, for a screen reader
 */
char *
gxc_chart_dup_words (GxcChart *self)
{
  g_autofree char *first = NULL, *last = NULL;

  g_return_val_if_fail (GXC_IS_CHART (self), NULL);

  if (self->n_labels == 0 || self->series->len == 0)
    return g_strdup_printf (_("%s: no data"), self->title ? self->title : _("Chart"));

  first = format_value (total_at (self, 0));
  last = format_value (total_at (self, self->n_labels - 1));
  /* Translators: title, number of values, first label, first value, last label, last value, unit */
  return g_strdup_printf (_("%1$s: %2$u values, from %3$s %4$s to %5$s %6$s %7$s"),
                          self->title ? self->title : _("Chart"), self->n_labels,
                          label_at (self, 0), first, label_at (self, self->n_labels - 1), last,
                          self->unit ? self->unit : "");
}

/**
 * gxc_chart_dup_table:
 *
 * Returns: (transfer full): tab-separated, a line a place, as a spreadsheet takes it
 */
char *
gxc_chart_dup_table (GxcChart *self)
{
  GString *text = g_string_new (self->title ? self->title : "");

  g_return_val_if_fail (GXC_IS_CHART (self), NULL);

  for (guint i = 0; i < self->series->len; i++)
    g_string_append_printf (text, "\t%s%s%s", series_at (self, i)->name, self->unit ? " " : "", self->unit ? self->unit : "");
  g_string_append_c (text, '\n');
  for (guint place = 0; place < self->n_labels; place++)
    {
      g_string_append (text, label_at (self, place));
      for (guint i = 0; i < self->series->len; i++)
        {
          char buffer[G_ASCII_DTOSTR_BUF_SIZE];
          double value = series_at (self, i)->values[place];

          g_string_append_printf (text, "\t%s", isfinite (value) ? g_ascii_formatd (buffer, sizeof buffer, "%.2f", value) : "");
        }
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

static void
update_words (GxcChart *self)
{
  g_autofree char *words = gxc_chart_dup_words (self);
  g_autofree char *place = self->cursor >= 0 ? describe_place (self, self->cursor) : g_strdup ("");

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, place,
                                  -1);
}

/* --- drawing ----------------------------------------------------------------------------------------------------- */

static void
draw_text (GtkSnapshot *snapshot, PangoLayout *layout, const GdkRGBA *colour, float x, float y)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_append_layout (snapshot, layout, colour);
  gtk_snapshot_restore (snapshot);
}

static float
x_of (GxcChart *self, guint place)
{
  float width = self->right - self->left;

  if (self->kind == GXC_CHART_BARS)
    return self->left + width * (place + 0.5) / self->n_labels;
  return self->n_labels < 2 ? self->left : self->left + width * place / (self->n_labels - 1);
}

static float
y_of (GxcChart *self, double value)
{
  return gxc_scale_place (&self->scale, value, self->bottom, self->top);
}

static void
draw_line_across (GxcChart *self, GtkSnapshot *snapshot, float y, GxcToken token, gboolean dashed)
{
  cairo_t *cr;

  if (!dashed)
    {
      gtk_snapshot_append_color (snapshot, gxc_token_rgba (token),
                                 &GRAPHENE_RECT_INIT (self->left, floorf (y), self->right - self->left, 1));
      return;
    }
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (self->left, y - 1, self->right - self->left, 2));
  gdk_cairo_set_source_rgba (cr, gxc_token_rgba (token));
  cairo_set_line_width (cr, 1);
  cairo_set_dash (cr, (double[]) { 3, 3 }, 2, 0);
  cairo_move_to (cr, self->left, floorf (y) + 0.5);
  cairo_line_to (cr, self->right, floorf (y) + 0.5);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
draw_y_label (GxcChart *self, GtkSnapshot *snapshot, const char *text, float y)
{
  g_autoptr(PangoLayout) layout = gxc_look_layout (GTK_WIDGET (self), text, CAPTION_POINTS, FALSE);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  draw_text (snapshot, layout, gxc_token_rgba (GXC_TOKEN_DIM), self->left - GAP - width, y - height / 2.0);
}

static void
draw_y_axis (GxcChart *self, GtkSnapshot *snapshot)
{
  for (double value = self->scale.low; value <= self->scale.high + self->scale.step / 2; value += self->scale.step)
    {
      g_autofree char *text = format_value (value);
      float y = y_of (self, value);

      if (value == self->scale.low || self->figures)
        draw_line_across (self, snapshot, y, value == self->scale.low ? GXC_TOKEN_LINE : GXC_TOKEN_GRID, FALSE);
      if (self->figures)
        draw_y_label (self, snapshot, text, y);
    }
  for (guint i = 0; i < self->thresholds->len; i++)
    {
      Threshold *threshold = &g_array_index (self->thresholds, Threshold, i);

      draw_line_across (self, snapshot, y_of (self, threshold->value), GXC_TOKEN_CHART_MEAN, TRUE);
      if (!self->figures)
        draw_y_label (self, snapshot, threshold->label, y_of (self, threshold->value));
    }
}

/* Every label that fits; the last one always, bold, since it is the present. */
static void
draw_x_axis (GxcChart *self, GtkSnapshot *snapshot)
{
  float limit = G_MAXFLOAT;

  for (int place = self->n_labels - 1; place >= 0; place--)
    {
      gboolean last = place == (int) self->n_labels - 1;
      g_autoptr(PangoLayout) layout = gxc_look_layout (GTK_WIDGET (self), self->labels[place], CAPTION_POINTS, last);
      int width, height;
      float x;

      pango_layout_get_pixel_size (layout, &width, &height);
      x = CLAMP (x_of (self, place) - width / 2.0, 0, gtk_widget_get_width (GTK_WIDGET (self)) - width);
      if (x + width + 2 * GAP > limit)
        continue;
      draw_text (snapshot, layout, gxc_token_rgba (last ? GXC_TOKEN_FG : GXC_TOKEN_DIM), x, self->bottom + 6);
      limit = x;
    }
}

static void
trace_line (GxcChart *self, cairo_t *cr, const double *values)
{
  gboolean open = FALSE;

  for (guint place = 0; place < self->n_labels; place++)
    {
      if (!isfinite (values[place]))
        {
          open = FALSE;
          continue;
        }
      if (open)
        cairo_line_to (cr, x_of (self, place), y_of (self, values[place]));
      else
        cairo_move_to (cr, x_of (self, place), y_of (self, values[place]));
      open = TRUE;
    }
}

static int
last_known (GxcChart *self, const double *values)
{
  int place = self->n_labels - 1;

  while (place >= 0 && !isfinite (values[place]))
    place--;
  return place;
}

static void
draw_area (GxcChart *self, cairo_t *cr, const double *values, const GdkRGBA *colour)
{
  cairo_pattern_t *pattern = cairo_pattern_create_linear (0, self->top, 0, self->bottom);
  int last = last_known (self, values);
  guint first = 0;

  while ((int) first < last && !isfinite (values[first]))
    first++;
  cairo_pattern_add_color_stop_rgba (pattern, 0, colour->red, colour->green, colour->blue, 0.22);
  cairo_pattern_add_color_stop_rgba (pattern, 1, colour->red, colour->green, colour->blue, 0.04);
  trace_line (self, cr, values);
  cairo_line_to (cr, x_of (self, MAX (last, 0)), self->bottom);
  cairo_line_to (cr, x_of (self, first), self->bottom);
  cairo_close_path (cr);
  cairo_set_source (cr, pattern);
  cairo_fill (cr);
  cairo_pattern_destroy (pattern);
}

static void
draw_end_dot (GxcChart *self, cairo_t *cr, const double *values)
{
  int last = last_known (self, values);

  if (last < 0)
    return;
  cairo_arc (cr, x_of (self, last), y_of (self, values[last]), 3.5, 0, 2 * G_PI);
  cairo_fill (cr);
}

static void
draw_lines (GxcChart *self, GtkSnapshot *snapshot)
{
  GtkWidget *widget = GTK_WIDGET (self);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget),
                                                                          gtk_widget_get_height (widget)));

  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (int i = (int) self->series->len - 1; i >= 0; i--)
    {
      const double *values = series_at (self, i)->values;
      const GdkRGBA *colour = gxc_token_rgba (GXC_TOKEN_CHART_1 + i);

      if (i == 0)
        draw_area (self, cr, values, colour);
      gdk_cairo_set_source_rgba (cr, colour);
      cairo_set_line_width (cr, 2);
      trace_line (self, cr, values);
      cairo_stroke (cr);
      draw_end_dot (self, cr, values);
    }
  cairo_destroy (cr);
}

static void
draw_bars (GxcChart *self, GtkSnapshot *snapshot)
{
  float width = MIN (28, 0.62 * (self->right - self->left) / self->n_labels);

  for (guint place = 0; place < self->n_labels; place++)
    {
      double below = 0;

      for (guint i = 0; i < self->series->len; i++)
        {
          double value = series_at (self, i)->values[place];
          float y, height;

          if (!isfinite (value) || value <= 0)
            continue;
          y = y_of (self, below + value);
          height = y_of (self, below) - y;
          gtk_snapshot_append_color (snapshot, gxc_token_rgba (GXC_TOKEN_CHART_1 + i),
                                     &GRAPHENE_RECT_INIT (roundf (x_of (self, place) - width / 2), y, roundf (width),
                                                          MAX (height - (below > 0 ? 1 : 0), 1)));
          below += value;
        }
    }
}

/* Names at the series' ends instead of a legend. */
static void
draw_names (GxcChart *self, GtkSnapshot *snapshot)
{
  guint place = self->n_labels - 1;
  float lowest = G_MAXFLOAT;
  double below = 0;

  for (guint i = 0; self->series->len > 1 && i < self->series->len; i++)
    {
      g_autoptr(PangoLayout) layout = gxc_look_layout (GTK_WIDGET (self), series_at (self, i)->name, CAPTION_POINTS, FALSE);
      double value = series_at (self, i)->values[place];
      int width, height;
      float y;

      if (!isfinite (value))
        continue;
      pango_layout_get_pixel_size (layout, &width, &height);
      y = y_of (self, self->kind == GXC_CHART_BARS ? below + value / 2 : value) - height / 2.0;
      y = MIN (y, lowest - height);
      draw_text (snapshot, layout, gxc_token_rgba (GXC_TOKEN_FG), self->right + GAP, y);
      lowest = y;
      below += value;
    }
}

static void
draw_cursor (GxcChart *self, GtkSnapshot *snapshot)
{
  g_autofree char *text = describe_place (self, self->cursor);
  g_autoptr(PangoLayout) layout = gxc_look_layout (GTK_WIDGET (self), text, CAPTION_POINTS, FALSE);
  float x = x_of (self, self->cursor);
  GskRoundedRect box;
  int width, height;
  float at;

  pango_layout_get_pixel_size (layout, &width, &height);
  at = CLAMP (x - width / 2.0 - 8, 0, MAX (0, gtk_widget_get_width (GTK_WIDGET (self)) - width - 16));

  gtk_snapshot_append_color (snapshot, gxc_token_rgba (GXC_TOKEN_ACCENT_TEXT),
                             &GRAPHENE_RECT_INIT (floorf (x), self->top, 1, self->bottom - self->top));
  gsk_rounded_rect_init_from_rect (&box, &GRAPHENE_RECT_INIT (at, 0, width + 16, height + 8), 8);
  gtk_snapshot_push_rounded_clip (snapshot, &box);
  gtk_snapshot_append_color (snapshot, gxc_token_rgba (GXC_TOKEN_FG), &box.bounds);
  gtk_snapshot_pop (snapshot);
  draw_text (snapshot, layout, gxc_token_rgba (GXC_TOKEN_CARD), at + 8, 4);
}

static float
text_width (GxcChart *self, const char *text)
{
  g_autoptr(PangoLayout) layout = gxc_look_layout (GTK_WIDGET (self), text, CAPTION_POINTS, FALSE);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  return width;
}

static void
lay_out (GxcChart *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  double scale = gxc_look_scale (widget), low, high;
  float gutter = 0, names = 0;

  find_range (self, &low, &high);
  self->top = 12 * scale;
  self->bottom = gtk_widget_get_height (widget) - 24 * scale;
  self->scale = gxc_scale_make (low, high, CLAMP ((self->bottom - self->top) / (36 * scale), 1, 6));

  for (double value = self->scale.low; self->figures && value <= self->scale.high + self->scale.step / 2; value += self->scale.step)
    {
      g_autofree char *text = format_value (value);

      gutter = MAX (gutter, text_width (self, text));
    }
  for (guint i = 0; !self->figures && i < self->thresholds->len; i++)
    gutter = MAX (gutter, text_width (self, g_array_index (self->thresholds, Threshold, i).label));
  for (guint i = 0; self->series->len > 1 && i < self->series->len; i++)
    names = MAX (names, text_width (self, series_at (self, i)->name));

  self->left = gutter + GAP;
  self->right = gtk_widget_get_width (widget) - (names > 0 ? names + GAP : 4);
}

static void
draw_nothing (GxcChart *self, GtkSnapshot *snapshot)
{
  g_autoptr(PangoLayout) layout = gxc_look_layout (GTK_WIDGET (self), _("No figures yet"), CAPTION_POINTS, FALSE);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  draw_text (snapshot, layout, gxc_token_rgba (GXC_TOKEN_DIM),
             (gtk_widget_get_width (GTK_WIDGET (self)) - width) / 2.0,
             (gtk_widget_get_height (GTK_WIDGET (self)) - height) / 2.0);
}

static void
gxc_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GxcChart *self = GXC_CHART (widget);

  if (self->n_labels == 0 || self->series->len == 0)
    {
      draw_nothing (self, snapshot);
      return;
    }

  lay_out (self);
  if (self->bottom <= self->top || self->right <= self->left)
    return;
  draw_y_axis (self, snapshot);
  if (self->kind == GXC_CHART_BARS)
    draw_bars (self, snapshot);
  else
    draw_lines (self, snapshot);
  draw_x_axis (self, snapshot);
  draw_names (self, snapshot);
  if (self->cursor >= 0)
    draw_cursor (self, snapshot);
}

static void
gxc_chart_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                   int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 160 : 120;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 320 : 180;
}

/* --- pointer and keys -------------------------------------------------------------------------------------------- */

static void
on_motion_cb (GxcChart *self, double x, double y)
{
  double width = self->right - self->left;
  double share = width > 0 ? (x - self->left) / width : 0;

  if (self->n_labels == 0)
    return;
  if (self->kind == GXC_CHART_BARS)
    gxc_chart_set_cursor (self, CLAMP (floor (share * self->n_labels), 0, self->n_labels - 1));
  else
    gxc_chart_set_cursor (self, CLAMP (round (share * (self->n_labels - 1)), 0, self->n_labels - 1));
}

static void
on_left_cb (GxcChart *self)
{
  if (!gtk_widget_has_focus (GTK_WIDGET (self)))
    gxc_chart_set_cursor (self, -1);
}

static gboolean
move_cursor (GtkWidget *widget, GVariant *args, gpointer data)
{
  GxcChart *self = GXC_CHART (widget);
  int by = g_variant_get_int32 (args);
  int last = (int) self->n_labels - 1;

  if (last < 0)
    return FALSE;
  if (ABS (by) > 1)
    gxc_chart_set_cursor (self, by < 0 ? 0 : last);
  else if (self->cursor < 0)
    gxc_chart_set_cursor (self, last);
  else
    gxc_chart_set_cursor (self, CLAMP (self->cursor + by, 0, last));
  return TRUE;
}

static void
on_copy_table (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gxc_chart_copy_table (GXC_CHART (widget));
}

static void
gxc_chart_finalize (GObject *object)
{
  GxcChart *self = GXC_CHART (object);

  g_free (self->title);
  g_free (self->unit);
  g_strfreev (self->labels);
  g_strfreev (self->full_labels);
  g_array_unref (self->series);
  g_array_unref (self->thresholds);
  G_OBJECT_CLASS (gxc_chart_parent_class)->finalize (object);
}

static void
gxc_chart_class_init (GxcChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gxc_chart_finalize;
  widget_class->snapshot = gxc_chart_snapshot;
  widget_class->measure = gxc_chart_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_install_action (widget_class, "chart.copy-table", NULL, on_copy_table);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, 0, move_cursor, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Right, 0, move_cursor, "i", 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Home, 0, move_cursor, "i", -G_MAXINT);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_End, 0, move_cursor, "i", G_MAXINT);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "chart.copy-table", NULL);
}

static void
gxc_chart_init (GxcChart *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->series = g_array_new (FALSE, TRUE, sizeof (Series));
  self->thresholds = g_array_new (FALSE, TRUE, sizeof (Threshold));
  g_array_set_clear_func (self->series, clear_series);
  g_array_set_clear_func (self->thresholds, clear_threshold);
  self->figures = TRUE;
  self->cursor = -1;

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (on_motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (on_left_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

/* --- public ------------------------------------------------------------------------------------------------------ */

GtkWidget *
gxc_chart_new (void)
{
  return g_object_new (GXC_TYPE_CHART, NULL);
}

void
gxc_chart_set_kind (GxcChart     *self,
                    GxcChartKind  kind)
{
  g_return_if_fail (GXC_IS_CHART (self));

  self->kind = kind;
  gtk_widget_queue_draw (GTK_WIDGET (self));
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
  g_return_if_fail (GXC_IS_CHART (self));

  g_free (self->title);
  g_free (self->unit);
  self->title = g_strdup (title);
  self->unit = g_strdup (unit);
  update_words (self);
}

/**
 * gxc_chart_clear: takes out axis, series and thresholds
 */
void
gxc_chart_clear (GxcChart *self)
{
  g_return_if_fail (GXC_IS_CHART (self));

  g_clear_pointer (&self->labels, g_strfreev);
  g_clear_pointer (&self->full_labels, g_strfreev);
  self->n_labels = 0;
  self->cursor = -1;
  g_array_set_size (self->series, 0);
  g_array_set_size (self->thresholds, 0);
  update_words (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * gxc_chart_set_axis:
 * @labels: (array length=n_labels): the places on the x axis; clears the series
 */
void
gxc_chart_set_axis (GxcChart           *self,
                    const char * const *labels,
                    guint               n_labels)
{
  g_return_if_fail (GXC_IS_CHART (self));

  gxc_chart_clear (self);
  self->labels = g_new0 (char *, n_labels + 1);
  for (guint i = 0; i < n_labels; i++)
    self->labels[i] = g_strdup (labels[i]);
  self->n_labels = n_labels;
}

/**
 * gxc_chart_set_full_labels:
 * @labels: (array): as many as the axis has; what the call-out, the table and the screen reader say ("2026-03")
 */
void
gxc_chart_set_full_labels (GxcChart           *self,
                           const char * const *labels)
{
  g_return_if_fail (GXC_IS_CHART (self));

  g_strfreev (self->full_labels);
  self->full_labels = g_new0 (char *, self->n_labels + 1);
  for (guint i = 0; i < self->n_labels; i++)
    self->full_labels[i] = g_strdup (labels[i]);
}

/**
 * gxc_chart_add_series:
 * @values: (array): as many as the axis has places, NAN where one is missing
 *
 * More than five are refused: the sixth colour would not be told from the others. Sum the rest up as "other" first.
 */
void
gxc_chart_add_series (GxcChart     *self,
                      const char   *name,
                      const double *values)
{
  Series series = { 0 };

  g_return_if_fail (GXC_IS_CHART (self));
  g_return_if_fail (self->series->len < MAX_SERIES);

  series.name = g_strdup (name);
  series.values = g_memdup2 (values, self->n_labels * sizeof *values);
  g_array_append_val (self->series, series);
  update_words (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * gxc_chart_add_threshold: a dashed line, with its label in the gutter where there are no figures
 */
void
gxc_chart_add_threshold (GxcChart   *self,
                         const char *label,
                         double      value)
{
  Threshold threshold = { g_strdup (label), value };

  g_return_if_fail (GXC_IS_CHART (self));

  g_array_append_val (self->thresholds, threshold);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
gxc_chart_set_figures (GxcChart *self,
                       gboolean  figures)
{
  g_return_if_fail (GXC_IS_CHART (self));

  self->figures = figures;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * gxc_chart_set_cursor:
 * @index: a place on the axis, -1 for none
 */
void
gxc_chart_set_cursor (GxcChart *self,
                      int       index)
{
  g_return_if_fail (GXC_IS_CHART (self));
  g_return_if_fail (index >= -1 && index < (int) self->n_labels);

  if (index == self->cursor)
    return;
  self->cursor = index;
  update_words (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

int
gxc_chart_get_cursor (GxcChart *self)
{
  g_return_val_if_fail (GXC_IS_CHART (self), -1);
  return self->cursor;
}

/** gxc_chart_copy_table: puts gxc_chart_dup_table() on the clipboard */
void
gxc_chart_copy_table (GxcChart *self)
{
  g_autofree char *table = gxc_chart_dup_table (self);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), table);
}
