/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GxMoneyUnits: how large amounts are counted: by 万 and 亿, or by thousands and millions.
 */
typedef enum
{
  GX_MONEY_MYRIADS,
  GX_MONEY_MILLIONS,
} GxMoneyUnits;

/* Amounts are minor units (分) of a currency; the number of decimals follows from the currency. */
guint         gx_money_decimals     (const char *ccy);
gint64        gx_money_scale        (const char *ccy);
GxMoneyUnits  gx_money_units        (void);

char         *gx_money_format       (gint64 amount, const char *ccy);
char         *gx_money_format_short (gint64 amount, const char *ccy, GxMoneyUnits units);
gboolean      gx_money_parse        (const char *text, const char *ccy, const char *field, gint64 *out_amount, GError **error);

gboolean      gx_money_add          (gint64 a, gint64 b, gint64 *out_sum);
gboolean      gx_money_subtract     (gint64 a, gint64 b, gint64 *out_difference);

#define GX_MONEY_N_BANDS 12
guint         gx_money_band         (gint64 amount, const char *ccy);
gboolean      gx_money_band_edges   (guint band, const char *ccy, gint64 *out_low, gint64 *out_high);
char         *gx_money_band_label   (guint band, const char *ccy, GxMoneyUnits units);

G_END_DECLS
