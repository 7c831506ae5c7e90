/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-desk.h"

G_BEGIN_DECLS

/**
 * GxcAssetClass: what holdings are: the classes of a book, in their order, and what is owed.
 */
typedef enum
{
  GXC_CLASS_CURRENT = GXC_BOOK_CURRENT,
  GXC_CLASS_TIME = GXC_BOOK_TIME,
  GXC_CLASS_WEALTH = GXC_BOOK_WEALTH,
  GXC_CLASS_FUND = GXC_BOOK_FUND,
  GXC_CLASS_INSURANCE = GXC_BOOK_INSURANCE,
  GXC_CLASS_OTHER = GXC_BOOK_OTHER,
  GXC_CLASS_DEBT = GXC_BOOK_N_CLASSES,
  GXC_N_CLASSES
} GxcAssetClass;

/**
 * GxcSum: what open holdings in one currency come to, minor units. Currencies are never added together.
 */
typedef struct
{
  char     ccy[4];
  gint64   assets;          /* of what may be seen */
  gint64   debts;           /* positive */
  guint    n_open;
  guint    n_masked;        /* balances that are bands here */
  gint64   low, high;       /* what the bands come to */
} GxcSum;

GxcAssetClass gxc_asset_class_of     (GxcDesk *desk, GxRecord *holding);
const char   *gxc_asset_class_label  (GxcAssetClass asset_class);
GArray       *gxc_sums_by_currency   (GxcDesk *desk, GPtrArray *holdings);
char         *gxc_sum_dup_figure     (const GxcSum *sum, gboolean in_bands, char **out_unit);
guint         gxc_sums_history       (GxcDesk *desk, GPtrArray *holdings, const char *ccy, guint n_max,
                                      double (*values)[GXC_N_CLASSES], gint32 *months);

G_END_DECLS
