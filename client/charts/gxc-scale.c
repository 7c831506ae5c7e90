/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chooses an axis for a range of values: round ends, ticks of 1, 2, 2.5 or 5 times a power of ten. Pure, so that a test
 * is a table. */

#include "gxc-scale.h"

#include <math.h>

static double
round_step (double rough)
{
  static const double nice[] = { 1, 2, 2.5, 5, 10 };
  double power = pow (10, floor (log10 (rough)));

  for (guint i = 0; i < G_N_ELEMENTS (nice); i++)
    if (rough <= nice[i] * power * (1 + 1e-9))
      return nice[i] * power;
  return 10 * power;
}

/**
 * gxc_scale_make:
 * @low: the least value
 * @high: the greatest
 * @ticks: how many steps there may be, at least 1
 *
 * Returns: an axis that holds both; never empty, even for one value or none.
 */
GxcScale
gxc_scale_make (double low,
                double high,
                guint  ticks)
{
  GxcScale scale;

  if (!isfinite (low) || !isfinite (high))
    low = high = 0;
  if (high - low <= fabs (high) * 1e-12)
    {
      low = MIN (low, 0);
      high = MAX (high, 0);
    }
  if (high <= low)
    high = low + 1;

  scale.step = round_step ((high - low) / MAX (ticks, 1));
  scale.low = floor (low / scale.step + 1e-9) * scale.step;
  scale.high = ceil (high / scale.step - 1e-9) * scale.step;

  return scale;
}

/**
 * gxc_scale_decimals:
 *
 * Returns: how many decimals tell each tick in full, the same for all of them: 0 to 6
 */
guint
gxc_scale_decimals (const GxcScale *scale)
{
  double step = scale->step;
  guint decimals = 0;

  for (; decimals < 6 && fabs (step - round (step)) > 1e-6 * step; decimals++)
    step *= 10;
  return decimals;
}

/**
 * gxc_scale_place:
 *
 * Returns: where @value lies between the pixels @from (the axis's low end) and @to
 */
double
gxc_scale_place (const GxcScale *scale,
                 double          value,
                 double          from,
                 double          to)
{
  return from + (to - from) * (value - scale->low) / (scale->high - scale->low);
}
