/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Amounts of money: text of them, text to them, bands of them, sums that say when they overflow.
 *
 * An amount is an int64 in minor units beside its currency; nothing here is a float and nothing converts between
 * currencies. Bands are what gx_sight leaves of an amount: the number of a band travels, its label is made where it is
 * read. The edges hold the personal tiers of R-TIER and those of firms but ¥5 m, which would cut the band 300–600 万.
 */
#include "gx-money.h"

#include "gx-error.h"
#include "gx-text.h"

#include <glib/gi18n.h>
#include <string.h>

#define MINUS "\u2212"
#define WAN G_GINT64_CONSTANT (10000)
#define YI G_GINT64_CONSTANT (100000000)

/* Currencies whose minor unit is not a hundredth (ISO 4217). */
static const struct { char ccy[4]; guint decimals; } odd_currencies[] = {
  { "JPY", 0 }, { "KRW", 0 }, { "VND", 0 }, { "CLP", 0 }, { "ISK", 0 }, { "XAF", 0 }, { "XOF", 0 },
  { "BHD", 3 }, { "KWD", 3 }, { "OMR", 3 }, { "JOD", 3 }, { "TND", 3 }, { "IQD", 3 }, { "LYD", 3 },
};

/* Lower edges in major units; band 0 lies below zero, band i from edges[i - 1] on. */
static const gint64 edges[] = {
  0, 5 * WAN, 20 * WAN, 50 * WAN, 100 * WAN, 300 * WAN, 600 * WAN, 1000 * WAN, 2000 * WAN, 5000 * WAN, 1 * YI,
};
G_STATIC_ASSERT (G_N_ELEMENTS (edges) + 1 == GX_MONEY_N_BANDS);

/**
 * gx_money_decimals:
 * @ccy: (nullable): an ISO 4217 code; %NULL means CNY
 */
guint
gx_money_decimals (const char *ccy)
{
  for (guint i = 0; ccy != NULL && i < G_N_ELEMENTS (odd_currencies); i++)
    if (strcmp (odd_currencies[i].ccy, ccy) == 0)
      return odd_currencies[i].decimals;

  return 2;
}

/**
 * gx_money_scale:
 *
 * Returns: the minor units in one major unit of @ccy: 100 for CNY, 1 for JPY
 */
gint64
gx_money_scale (const char *ccy)
{
  static const gint64 powers[] = { 1, 10, 100, 1000 };

  return powers[gx_money_decimals (ccy)];
}

/**
 * gx_money_units:
 *
 * Returns: how readers of the program's language count
 */
GxMoneyUnits
gx_money_units (void)
{
  /* TRANSLATORS: not shown. "units:myriads" if large amounts are counted by 万 and 亿, else "units:millions" */
  return strcmp (C_("money", "units:millions"), "units:myriads") == 0 ? GX_MONEY_MYRIADS : GX_MONEY_MILLIONS;
}

static gboolean
is_cny (const char *ccy)
{
  return ccy == NULL || strcmp (ccy, "CNY") == 0;
}

static void
append_grouped (GString *out,
                guint64  value)
{
  char digits[21];
  int n = g_snprintf (digits, sizeof digits, "%" G_GUINT64_FORMAT, value);

  for (int i = 0; i < n; i++)
    {
      if (i > 0 && (n - i) % 3 == 0)
        g_string_append_c (out, ',');
      g_string_append_c (out, digits[i]);
    }
}

/* value / scale with the given number of decimals, half away from zero. */
static void
append_decimal (GString *out,
                guint64  value,
                guint64  scale,
                guint    decimals)
{
  guint64 power = 1, whole, fraction;

  for (guint i = 0; i < decimals; i++)
    power *= 10;
  whole = value / scale;
  fraction = (guint64) (((unsigned __int128) (value % scale) * power + scale / 2) / scale);
  if (fraction == power)
    {
      whole++;
      fraction = 0;
    }
  append_grouped (out, whole);
  if (decimals > 0)
    g_string_append_printf (out, ".%0*" G_GUINT64_FORMAT, (int) decimals, fraction);
}

static guint64
magnitude (gint64 amount)
{
  return amount < 0 ? -(guint64) amount : (guint64) amount;
}

/**
 * gx_money_format:
 * @amount: in minor units
 * @ccy: (nullable): decides the number of decimals
 *
 * Returns: (transfer full): the exact amount, "−1,234,567.89", without a currency
 */
char *
gx_money_format (gint64      amount,
                 const char *ccy)
{
  GString *out = g_string_new (amount < 0 ? MINUS : NULL);

  append_decimal (out, magnitude (amount), (guint64) gx_money_scale (ccy), gx_money_decimals (ccy));
  return g_string_free (out, FALSE);
}

typedef struct
{
  gint64      size;         /* major units */
  const char *cny;          /* after the figure, for CNY and for others */
  const char *other;
} Unit;

static const Unit myriads[] = { { YI, " 亿元", " 亿" }, { WAN, " 万元", " 万" }, { 1, " 元", "" } };
static const Unit millions[] = { { 1000000, " m", " m" }, { 1000, " k", " k" }, { 1, "", "" } };

static const Unit *
unit_of (guint64      value,
         gint64       scale,
         GxMoneyUnits units)
{
  const Unit *unit = units == GX_MONEY_MYRIADS ? myriads : millions;

  while (unit->size > 1 && value < (guint64) unit->size * (guint64) scale)
    unit++;
  return unit;
}

static void
append_unit (GString      *out,
             const Unit   *unit,
             const char   *ccy,
             GxMoneyUnits  units)
{
  g_string_append (out, is_cny (ccy) ? unit->cny : unit->other);
  if (!is_cny (ccy))
    g_string_append_printf (out, " %s", ccy);
}

/**
 * gx_money_format_short:
 * @amount: in minor units
 * @ccy: (nullable): an ISO 4217 code
 *
 * Returns: (transfer full): two decimals of the largest unit that fits, with the unit: "536.20 万元", "¥5.36 m",
 *   "5.36 m CZK"
 */
char *
gx_money_format_short (gint64        amount,
                       const char   *ccy,
                       GxMoneyUnits  units)
{
  gint64 scale = gx_money_scale (ccy);
  const Unit *unit = unit_of (magnitude (amount), scale, units);
  GString *out = g_string_new (amount < 0 ? MINUS : NULL);

  if (units == GX_MONEY_MILLIONS && is_cny (ccy))
    g_string_append (out, "¥");
  append_decimal (out, magnitude (amount), (guint64) (unit->size * scale), unit->size > 1 ? 2 : gx_money_decimals (ccy));
  append_unit (out, unit, ccy, units);

  return g_string_free (out, FALSE);
}

static gboolean
fail_amount (const char  *field,
             const char  *what,
             GError     **error)
{
  return gx_fail_field (error, GX_ERROR_INVALID, field, "amount", "%s", what);
}

/* Takes the unit off the end of @text. */
static gint64
take_unit (char *text)
{
  static const struct { const char *suffix; gint64 size; } suffixes[] = {
    { "亿元", YI }, { "万元", WAN }, { "亿", YI }, { "万", WAN }, { "元", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (g_str_has_suffix (text, suffixes[i].suffix))
      {
        text[strlen (text) - strlen (suffixes[i].suffix)] = '\0';
        g_strchomp (text);
        return suffixes[i].size;
      }

  return 1;
}

/* Commas are taken only where thousands end: "1,234", not "12,34". */
static gboolean
read_whole (const char **p,
            __int128    *value)
{
  guint digits = 0, since_comma = 0;
  gboolean grouped = FALSE;

  for (; g_ascii_isdigit (**p) || **p == ','; (*p)++)
    {
      if (**p == ',')
        {
          if (since_comma == 0 || since_comma > 3 || (grouped && since_comma != 3))
            return FALSE;
          grouped = TRUE;
          since_comma = 0;
          continue;
        }
      *value = *value * 10 + (**p - '0');
      since_comma++;
      if (++digits > 19)
        return FALSE;
    }

  return digits > 0 && (!grouped || since_comma == 3);
}

/* Scales up digit by digit; what is finer than a minor unit must be zero. */
static gboolean
read_fraction (const char **p,
               __int128     unit,
               __int128    *value)
{
  guint digits = 0;

  for (; g_ascii_isdigit (**p); (*p)++, digits++)
    {
      if (unit % 10 != 0)
        {
          if (**p != '0')
            return FALSE;
          continue;
        }
      unit /= 10;
      *value += unit * (**p - '0');
    }

  return digits > 0;
}

/**
 * gx_money_parse:
 * @text: "1,234.56", "−3", "300 万", full-width digits too
 * @ccy: (nullable): decides how many decimals may be given
 * @field: the name of the field, for the error
 * @out_amount: (out): in minor units
 */
gboolean
gx_money_parse (const char  *text,
                const char  *ccy,
                const char  *field,
                gint64      *out_amount,
                GError     **error)
{
  g_autofree char *normal = gx_text_normalize (text);
  char *bare = g_strstrip (normal);
  gboolean negative = *bare == '-' || g_str_has_prefix (bare, MINUS);
  const char *p = bare + (negative ? (*bare == '-' ? 1 : strlen (MINUS)) : 0);
  __int128 unit = (__int128) take_unit (bare) * gx_money_scale (ccy), value = 0;

  if (!read_whole (&p, &value))
    return fail_amount (field, "is not an amount", error);
  value *= unit;
  if (*p == '.' && (p++, !read_fraction (&p, unit, &value)))
    return fail_amount (field, "has more decimals than the currency", error);
  if (*p != '\0')
    return fail_amount (field, "is not an amount", error);
  if (value > G_MAXINT64)
    return fail_amount (field, "is too large", error);
  *out_amount = (gint64) (negative ? -value : value);

  return TRUE;
}

/**
 * gx_money_add:
 *
 * Returns: whether the sum of two amounts of one currency fits; if not, @out_sum is not to be used
 */
gboolean
gx_money_add (gint64  a,
              gint64  b,
              gint64 *out_sum)
{
  return !__builtin_add_overflow (a, b, out_sum);
}

gboolean
gx_money_subtract (gint64  a,
                   gint64  b,
                   gint64 *out_difference)
{
  return !__builtin_sub_overflow (a, b, out_difference);
}

/**
 * gx_money_band:
 * @amount: in minor units
 *
 * Returns: the number of the band that @amount lies in, below %GX_MONEY_N_BANDS; 0 is below zero
 */
guint
gx_money_band (gint64      amount,
               const char *ccy)
{
  gint64 scale = gx_money_scale (ccy);
  guint band = 0;

  while (band < G_N_ELEMENTS (edges) && amount >= edges[band] * scale)
    band++;

  return band;
}

/**
 * gx_money_band_edges:
 * @out_low: (out): the least amount in the band, %G_MININT64 for the lowest
 * @out_high: (out): the least amount above it, %G_MAXINT64 for the highest
 *
 * Returns: whether there is such a band
 */
gboolean
gx_money_band_edges (guint       band,
                     const char *ccy,
                     gint64     *out_low,
                     gint64     *out_high)
{
  gint64 scale = gx_money_scale (ccy);

  if (band >= GX_MONEY_N_BANDS)
    return FALSE;
  *out_low = band == 0 ? G_MININT64 : edges[band - 1] * scale;
  *out_high = band == G_N_ELEMENTS (edges) ? G_MAXINT64 : edges[band] * scale;

  return TRUE;
}

/* An edge in a unit: whole, or with the one decimal that it needs. */
static void
append_edge (GString    *out,
             gint64      edge,
             const Unit *unit)
{
  append_decimal (out, (guint64) edge, (guint64) unit->size, edge % unit->size != 0);
}

/**
 * gx_money_band_label:
 *
 * Returns: (transfer full) (nullable): "300–600 万元" or "¥3–6 m"; %NULL if there is no such band
 */
char *
gx_money_band_label (guint         band,
                     const char   *ccy,
                     GxMoneyUnits  units)
{
  gboolean open = band == G_N_ELEMENTS (edges);
  GString *out;
  const Unit *unit;
  gint64 high;

  if (band >= GX_MONEY_N_BANDS)
    return NULL;
  if (band == 0)
    return g_strdup (_("below 0"));

  high = edges[open ? band - 1 : band];
  unit = unit_of ((guint64) (open ? high : edges[band] - 1), 1, units);
  out = g_string_new (units == GX_MONEY_MILLIONS && is_cny (ccy) ? "¥" : NULL);
  append_edge (out, edges[band - 1], unit);
  if (!open)
    {
      g_string_append (out, "–");
      append_edge (out, high, unit);
    }
  append_unit (out, unit, ccy, units);
  if (!open)
    return g_string_free (out, FALSE);
  else
    {
      g_autofree char *text = g_string_free (out, FALSE);

      /* TRANSLATORS: an amount and everything above it */
      return g_strdup_printf (_("%s and more"), text);
    }
}
