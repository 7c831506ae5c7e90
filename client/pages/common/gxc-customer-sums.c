/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a customer's holdings come to: by currency, by class, by month. It adds and never shows. What is masked is added up
 * band by band, so that the range it gives is true; two currencies are two sums. */

#include "gxc-customer-sums.h"

#include <glib/gi18n.h>
#include <math.h>

#include "gx-holding.h"
#include "gx-money.h"
#include "gx-product.h"
#include "gxc-format.h"

static const struct { const char *family; GxcAssetClass asset_class; } families[] = {
  { "DEPOSIT_CURRENT", GXC_CLASS_CURRENT }, { "PAYROLL", GXC_CLASS_CURRENT }, { "SETTLEMENT", GXC_CLASS_CURRENT },
  { "DEPOSIT_TIME", GXC_CLASS_TIME }, { "DEPOSIT_NOTICE", GXC_CLASS_TIME }, { "LARGE_CD", GXC_CLASS_TIME },
  { "WM_FIXED", GXC_CLASS_WEALTH }, { "WM_EQUITY", GXC_CLASS_WEALTH }, { "WM_MIXED", GXC_CLASS_WEALTH }, { "TRUST", GXC_CLASS_WEALTH },
  { "MONEY_FUND", GXC_CLASS_FUND }, { "FUND", GXC_CLASS_FUND },
  { "INSURANCE", GXC_CLASS_INSURANCE }, { "PENSION", GXC_CLASS_INSURANCE },
};

/** gxc_asset_class_of: by its product's family; loans and cards are debts, whatever they are called */
GxcAssetClass
gxc_asset_class_of (GxcDesk  *desk,
                    GxRecord *holding)
{
  const GxHolding *row = gx_record_get_data (holding);
  g_autoptr(GxRecord) record = gx_id_is_none (&row->product_id) ? NULL : gxc_desk_read_one (desk, &gx_product_entity, &row->product_id, NULL);
  const GxProduct *product = record ? gx_record_get_data (record) : NULL;
  const char *family = product ? gx_choice_code (gx_product_families, product->family) : NULL;

  if (product && (product->line == GX_LINE_LOAN || product->line == GX_LINE_CARD))
    return GXC_CLASS_DEBT;
  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    if (g_strcmp0 (families[i].family, family) == 0)
      return families[i].asset_class;
  return GXC_CLASS_OTHER;
}

const char *
gxc_asset_class_label (GxcAssetClass asset_class)
{
  g_return_val_if_fail (asset_class < GXC_N_CLASSES, NULL);
  return asset_class == GXC_CLASS_DEBT ? C_("assets", "Loans") : gxc_book_class_label ((GxcBookClass) asset_class);
}

static GxcSum *
sum_of (GArray *sums, const char *ccy)
{
  GxcSum sum = { .n_open = 0 };

  for (guint i = 0; i < sums->len; i++)
    if (g_str_equal (g_array_index (sums, GxcSum, i).ccy, ccy))
      return &g_array_index (sums, GxcSum, i);
  g_strlcpy (sum.ccy, ccy, sizeof sum.ccy);
  g_array_append_val (sums, sum);
  return &g_array_index (sums, GxcSum, sums->len - 1);
}

static void
add_band (GxcSum *sum, int band)
{
  gint64 low = 0, high = 0;

  sum->n_masked++;
  if (band < 0 || !gx_money_band_edges (band, sum->ccy, &low, &high))
    return;
  if (!gx_money_add (sum->low, MAX (low, 0), &sum->low) || !gx_money_add (sum->high, MAX (high, 0), &sum->high))
    sum->high = G_MAXINT64;
}

static void
add_holding (GxcDesk *desk, GArray *sums, GxRecord *record)
{
  const GxHolding *row = gx_record_get_data (record);
  GxcSum *sum = sum_of (sums, row->ccy ? row->ccy : "CNY");
  int band = -1;

  sum->n_open++;
  if (gx_record_is_masked (record, "balance", &band))
    {
      if (gxc_asset_class_of (desk, record) != GXC_CLASS_DEBT)
        add_band (sum, band);
      else
        sum->n_masked++;
    }
  else if (row->balance != GX_INT_NONE && row->balance >= 0)
    sum->assets += row->balance;
  else if (row->balance != GX_INT_NONE)
    sum->debts -= row->balance;
}

static int
compare_sums (gconstpointer a, gconstpointer b)
{
  const GxcSum *x = a, *y = b;
  gboolean home_x = g_str_equal (x->ccy, "CNY"), home_y = g_str_equal (y->ccy, "CNY");

  if (home_x != home_y)
    return home_x ? -1 : 1;
  return x->n_open != y->n_open ? (int) y->n_open - (int) x->n_open : g_strcmp0 (x->ccy, y->ccy);
}

/**
 * gxc_sums_by_currency:
 *
 * Returns: (transfer full) (element-type GxcSum): of open holdings, the bank's own currency first, then the commonest
 */
GArray *
gxc_sums_by_currency (GxcDesk   *desk,
                      GPtrArray *holdings)
{
  GArray *sums = g_array_new (FALSE, TRUE, sizeof (GxcSum));

  for (guint i = 0; i < holdings->len; i++)
    if (((const GxHolding *) gx_record_get_data (g_ptr_array_index (holdings, i)))->status != GX_HOLDING_CLOSED)
      add_holding (desk, sums, g_ptr_array_index (holdings, i));
  g_array_sort (sums, compare_sums);
  return sums;
}

static char *
format_range (const GxcSum *sum, char **out_unit)
{
  gboolean myriads = gx_money_units () == GX_MONEY_MYRIADS, home = g_str_equal (sum->ccy, "CNY");
  gint64 divisor = gx_money_scale (sum->ccy) * (myriads ? 10000 : 1000);
  g_autofree char *low = gxc_format_number (sum->low / divisor), *high = gxc_format_number (sum->high / divisor);

  *out_unit = home ? g_strdup (myriads ? "万元" : "¥ k") : g_strdup_printf (myriads ? "万 %s" : "k %s", sum->ccy);
  if (sum->high == G_MAXINT64 || sum->high <= sum->low)
    return g_strdup_printf ("\u2265 %s", low);
  return g_strdup_printf ("%s\u2013%s", low, high);
}

/**
 * gxc_sum_dup_figure:
 * @in_bands: the curtain is drawn: what is seen is the band it lies in
 * @out_unit: (out) (transfer full)
 *
 * Returns: (transfer full): what the assets come to: a figure, or a range where some of it is masked
 */
char *
gxc_sum_dup_figure (const GxcSum  *sum,
                    gboolean       in_bands,
                    char         **out_unit)
{
  GxcSum band = *sum;

  if (!in_bands && !sum->n_masked)
    return gxc_format_figure (sum->assets, sum->ccy, out_unit);
  if (sum->assets > 0 || !sum->n_masked)
    {
      gint64 low = 0, high = 0;

      gx_money_band_edges (gx_money_band (sum->assets, sum->ccy), sum->ccy, &low, &high);
      band.low += MAX (low, 0);
      band.high = high > 0 && high < G_MAXINT64 - band.high ? band.high + high : G_MAXINT64;
    }
  return format_range (&band, out_unit);
}

static guint
months_between (gint32 from, gint32 to)
{
  int y1, m1, y2, m2, day;

  gx_date_to_ymd (from, &y1, &m1, &day);
  gx_date_to_ymd (to, &y2, &m2, &day);
  return MAX ((y2 - y1) * 12 + m2 - m1, 0);
}

static gboolean
add_months (GxcDesk *desk, GxRecord *record, guint n_max, double (*values)[GXC_N_CLASSES], const gint32 *months)
{
  const GxHolding *row = gx_record_get_data (record);
  GxcAssetClass asset_class = gxc_asset_class_of (desk, record);
  g_autoptr(GPtrArray) facts = gxc_desk_facts (desk, &gx_holding_month_entity, &row->meta.id, NULL);
  gboolean any = FALSE;

  for (guint i = 0; facts && i < facts->len; i++)
    {
      const GxHoldingMonth *fact = g_ptr_array_index (facts, i);
      guint place = months_between (months[0], fact->month);

      if (fact->end_balance == GX_INT_NONE || fact->month < months[0] || place >= n_max)
        continue;
      if (isnan (values[place][asset_class]))
        values[place][asset_class] = 0;
      values[place][asset_class] += fact->end_balance / (double) gx_money_scale (row->ccy);
      any = TRUE;
    }
  return any;
}

/**
 * gxc_sums_history:
 * @ccy: only holdings in it
 * @values: (out caller-allocates): @n_max rows of sums at the month's end in major units, oldest first, NAN where nothing is
 * @months: (out caller-allocates): their first days
 *
 * Returns: @n_max, or 0 if there is nothing in any month
 */
guint
gxc_sums_history (GxcDesk     *desk,
                  GPtrArray   *holdings,
                  const char  *ccy,
                  guint        n_max,
                  double     (*values)[GXC_N_CLASSES],
                  gint32      *months)
{
  int year, month, day;
  gboolean any = FALSE;

  gx_date_to_ymd (gxc_desk_get_today (desk), &year, &month, &day);
  for (guint i = 0; i < n_max; i++)
    {
      months[i] = gx_date_add_months (gx_date_from_ymd (year, month, 1), (int) i - (int) n_max + 1);
      for (guint j = 0; j < GXC_N_CLASSES; j++)
        values[i][j] = NAN;
    }
  for (guint i = 0; i < holdings->len; i++)
    if (g_strcmp0 (((const GxHolding *) gx_record_get_data (g_ptr_array_index (holdings, i)))->ccy, ccy) == 0)
      any = add_months (desk, g_ptr_array_index (holdings, i), n_max, values, months) || any;
  return any ? n_max : 0;
}
