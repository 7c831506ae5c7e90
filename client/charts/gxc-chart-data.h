/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* DESIGN: five colours that can be told apart, and "other". */
#define GXC_CHART_MAX_SERIES 6

/**
 * GxcChartSeries: a column of the table. A reference is what the others are held against: a target, a mean, last year.
 */
typedef struct
{
  char    *name;            /* (owned) */
  double  *values;          /* (owned) one a place, NAN where one is missing */
  gboolean reference;
} GxcChartSeries;

/**
 * GxcChartThreshold: a value that means something by itself, such as where a tier begins.
 */
typedef struct
{
  char   *label;            /* (owned) */
  double  value;
} GxcChartThreshold;

/**
 * GxcChartData: places × series. Values are drawn, never stored, hence double.
 */
typedef struct
{
  char   *title;            /* (owned) (nullable) */
  char   *unit;             /* (owned) (nullable) of every value */
  GStrv   labels;           /* (owned) (nullable) short, as an axis has room for */
  GStrv   full_labels;      /* (owned) (nullable) the same places, told in full */
  guint   n_labels;
  GArray *series;           /* (owned) of GxcChartSeries */
  GArray *thresholds;       /* (owned) of GxcChartThreshold */
  gboolean figures;         /* whether values may be told, or only between which thresholds they lie (masked money) */
} GxcChartData;

GxcChartData *gxc_chart_data_new        (void);
void          gxc_chart_data_free       (GxcChartData       *data);
void          gxc_chart_data_empty      (GxcChartData       *data);
gboolean      gxc_chart_data_is_empty   (const GxcChartData *data);
guint         gxc_chart_data_n_own      (const GxcChartData *data);
const GxcChartSeries *gxc_chart_data_series (const GxcChartData *data, guint i);
const char   *gxc_chart_data_label      (const GxcChartData *data, guint place);
double        gxc_chart_data_total      (const GxcChartData *data, guint place);
int           gxc_chart_data_last       (const GxcChartData *data, guint series);
void          gxc_chart_data_range      (const GxcChartData *data, gboolean stacked, double *out_low, double *out_high);
char         *gxc_chart_data_dup_place  (const GxcChartData *data, guint place);
char         *gxc_chart_data_dup_words  (const GxcChartData *data, gboolean stacked);
char         *gxc_chart_data_dup_table  (const GxcChartData *data);
char         *gxc_chart_format_value    (double value);
char *gxc_chart_format_decimals (double value, guint decimals);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcChartData, gxc_chart_data_free)

G_END_DECLS
