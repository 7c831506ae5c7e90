/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a chart shows, as a table of places and series, and the same in words: a sentence, a line for one place, and the
 * tab-separated text that a spreadsheet takes. No drawing here, so that all kinds of charts say the same. */

#include "gxc-chart-data.h"

#include <glib/gi18n.h>
#include <math.h>

#include "gxc-format.h"

static void
clear_series (gpointer data)
{
  g_free (((GxcChartSeries *) data)->name);
  g_free (((GxcChartSeries *) data)->values);
}

static void
clear_threshold (gpointer data)
{
  g_free (((GxcChartThreshold *) data)->label);
}

GxcChartData *
gxc_chart_data_new (void)
{
  GxcChartData *self = g_new0 (GxcChartData, 1);

  self->series = g_array_new (FALSE, TRUE, sizeof (GxcChartSeries));
  self->thresholds = g_array_new (FALSE, TRUE, sizeof (GxcChartThreshold));
  g_array_set_clear_func (self->series, clear_series);
  g_array_set_clear_func (self->thresholds, clear_threshold);
  self->figures = TRUE;
  return self;
}

void
gxc_chart_data_free (GxcChartData *self)
{
  gxc_chart_data_empty (self);
  g_free (self->title);
  g_free (self->unit);
  g_array_unref (self->series);
  g_array_unref (self->thresholds);
  g_free (self);
}

/** gxc_chart_data_empty: takes out places, series and thresholds; title and unit stay */
void
gxc_chart_data_empty (GxcChartData *self)
{
  g_clear_pointer (&self->labels, g_strfreev);
  g_clear_pointer (&self->full_labels, g_strfreev);
  self->n_labels = 0;
  g_array_set_size (self->series, 0);
  g_array_set_size (self->thresholds, 0);
}

gboolean
gxc_chart_data_is_empty (const GxcChartData *self)
{
  return self->n_labels == 0 || gxc_chart_data_n_own (self) == 0;
}

const GxcChartSeries *
gxc_chart_data_series (const GxcChartData *self,
                       guint               i)
{
  return &g_array_index (self->series, GxcChartSeries, i);
}

/** gxc_chart_data_n_own: how many series there are beside the references */
guint
gxc_chart_data_n_own (const GxcChartData *self)
{
  guint n = 0;

  for (guint i = 0; i < self->series->len; i++)
    n += !gxc_chart_data_series (self, i)->reference;
  return n;
}

const char *
gxc_chart_data_label (const GxcChartData *self,
                      guint               place)
{
  return self->full_labels ? self->full_labels[place] : self->labels[place];
}

/** gxc_chart_data_total: the sum of what is known at a place, references apart */
double
gxc_chart_data_total (const GxcChartData *self,
                      guint               place)
{
  double total = 0;

  for (guint i = 0; i < self->series->len; i++)
    {
      const GxcChartSeries *series = gxc_chart_data_series (self, i);

      if (!series->reference && isfinite (series->values[place]))
        total += series->values[place];
    }
  return total;
}

/**
 * gxc_chart_data_last:
 *
 * Returns: the last place where the series is known, -1 where it never is
 */
int
gxc_chart_data_last (const GxcChartData *self,
                     guint               series)
{
  int place = (int) self->n_labels - 1;

  while (place >= 0 && !isfinite (gxc_chart_data_series (self, series)->values[place]))
    place--;
  return place;
}

static void
widen (double value, double *low, double *high)
{
  if (!isfinite (value))
    return;
  *low = MIN (*low, value);
  *high = MAX (*high, value);
}

/* Stacked, what is above zero piles up and what is below hangs down. */
static void
widen_by_place (const GxcChartData *self, guint place, gboolean stacked, double *low, double *high)
{
  double up = 0, down = 0;

  for (guint i = 0; i < self->series->len; i++)
    {
      const GxcChartSeries *series = gxc_chart_data_series (self, i);
      double value = series->values[place];

      if (!stacked || series->reference)
        widen (value, low, high);
      else if (isfinite (value))
        *(value < 0 ? &down : &up) += value;
    }
  if (!stacked)
    return;
  widen (up, low, high);
  widen (down, low, high);
}

/**
 * gxc_chart_data_range:
 * @stacked: whether the series pile up; then zero belongs to the range
 * @out_low: (out): INFINITY where nothing is known
 * @out_high: (out): -INFINITY where nothing is known
 */
void
gxc_chart_data_range (const GxcChartData *self,
                      gboolean            stacked,
                      double             *out_low,
                      double             *out_high)
{
  *out_low = INFINITY;
  *out_high = -INFINITY;
  for (guint place = 0; place < self->n_labels; place++)
    widen_by_place (self, place, stacked, out_low, out_high);
  for (guint i = 0; i < self->thresholds->len; i++)
    widen (g_array_index (self->thresholds, GxcChartThreshold, i).value, out_low, out_high);
}

/**
 * gxc_chart_format_value:
 *
 * Returns: (transfer full): a value by itself: two decimals, as figures of money have them everywhere; none where it is whole, or
 *   so large that they say nothing
 */
char *
gxc_chart_format_value (double value)
{
  double size = fabs (value);

  return gxc_chart_format_decimals (value, size >= 10000 || size == floor (size) ? 0 : 2);
}

/**
 * gxc_chart_format_decimals:
 * @decimals: 0 to 6: as many as each value of the axis has
 *
 * Returns: (transfer full)
 */
char *
gxc_chart_format_decimals (double value,
                           guint  decimals)
{
  double size = fabs (value), power = pow (10, decimals);
  g_autofree char *whole = NULL;
  gint64 rounded;

  if (!isfinite (value))
    return g_strdup ("\u2014");
  rounded = llround (size * power);
  whole = gxc_format_number (rounded / (gint64) power);
  if (decimals == 0)
    return g_strdup_printf ("%s%s", value < 0 ? "\u2212" : "", whole);
  return g_strdup_printf ("%s%s.%0*d", value < 0 ? "\u2212" : "", whole, (int) decimals, (int) (rounded % (gint64) power));
}

/* Where figures may not be told, a value is the last threshold that it reaches. */
static char *
band_of (const GxcChartData *self, double value)
{
  const GxcChartThreshold *reached = NULL, *lowest = NULL;

  for (guint i = 0; i < self->thresholds->len; i++)
    {
      const GxcChartThreshold *threshold = &g_array_index (self->thresholds, GxcChartThreshold, i);

      if (threshold->value <= value && (!reached || threshold->value > reached->value))
        reached = threshold;
      if (!lowest || threshold->value < lowest->value)
        lowest = threshold;
    }
  if (!isfinite (value) || !lowest)
    return g_strdup ("\u2014");
  return g_strdup_printf ("%s %s", reached ? "\u2265" : "<", reached ? reached->label : lowest->label);
}

static char *
words_of (const GxcChartData *self, double value)
{
  g_autofree char *figure = NULL;

  if (!self->figures)
    return band_of (self, value);
  figure = gxc_chart_format_value (value);
  return self->unit && *self->unit ? g_strdup_printf ("%s %s", figure, self->unit) : g_steal_pointer (&figure);
}

/**
 * gxc_chart_data_dup_place:
 *
 * Returns: (transfer full): a place with all its values; a line each where there are several
 */
char *
gxc_chart_data_dup_place (const GxcChartData *self,
                          guint               place)
{
  GString *text = g_string_new (gxc_chart_data_label (self, place));

  for (guint i = 0; i < self->series->len; i++)
    {
      const GxcChartSeries *series = gxc_chart_data_series (self, i);
      g_autofree char *value = words_of (self, series->values[place]);

      if (self->series->len > 1)
        g_string_append_printf (text, "\n%s  %s", series->name, value);
      else
        g_string_append_printf (text, "  %s", value);
    }
  return g_string_free (text, FALSE);
}

/**
 * gxc_chart_data_dup_words:
 *
 * Returns: (transfer full): the whole in a sentence, for a screen reader
 */
char *
gxc_chart_data_dup_words (const GxcChartData *self,
                          gboolean            stacked)
{
  const char *title = self->title ? self->title : _("Chart");
  g_autofree char *first = NULL, *last = NULL;
  guint end = self->n_labels - 1;

  if (gxc_chart_data_is_empty (self))
    return g_strdup_printf (_("%s: no data"), title);

  first = words_of (self, stacked ? gxc_chart_data_total (self, 0) : gxc_chart_data_series (self, 0)->values[0]);
  last = words_of (self, stacked ? gxc_chart_data_total (self, end) : gxc_chart_data_series (self, 0)->values[end]);
  /* Translators: title, number of values, first label, first value, last label, last value */
  return g_strdup_printf (_("%1$s: %2$u values, from %3$s %4$s to %5$s %6$s"), title, self->n_labels,
                          gxc_chart_data_label (self, 0), first, gxc_chart_data_label (self, end), last);
}

static void
append_cell (GString *text, const GxcChartData *self, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *band = self->figures ? NULL : band_of (self, value);

  g_string_append_c (text, '\t');
  if (band)
    g_string_append (text, band);
  else if (isfinite (value))
    g_string_append (text, g_ascii_formatd (buffer, sizeof buffer, "%.2f", value));
}

/**
 * gxc_chart_data_dup_table:
 *
 * Returns: (transfer full): tab-separated, a line a place, as a spreadsheet takes it
 */
char *
gxc_chart_data_dup_table (const GxcChartData *self)
{
  GString *text = g_string_new (self->title ? self->title : "");

  for (guint i = 0; i < self->series->len; i++)
    g_string_append_printf (text, "\t%s%s%s", gxc_chart_data_series (self, i)->name, self->unit ? " " : "",
                            self->unit ? self->unit : "");
  g_string_append_c (text, '\n');
  for (guint place = 0; place < self->n_labels; place++)
    {
      g_string_append (text, gxc_chart_data_label (self, place));
      for (guint i = 0; i < self->series->len; i++)
        append_cell (text, self, gxc_chart_data_series (self, i)->values[place]);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}
