/* SPDX-License-Identifier: GPL-3.0-or-later */
/* R-DQ (domain.md 4, seed B-45): how good what is known of a customer is, 0 to 100: half for how much of it is there, three tenths
 * for how much of it is right, two tenths for how lately somebody made sure. It reads nothing: who asks says what is there.
 */
#include "gx-quality-rule.h"

#include "gx-kind.h"

#define FRESH 90            /* days for which what was verified counts whole */
#define STALE 365           /* and from which on it counts for nothing */

/* In the order of the bits. */
static const guint weights[] = { 3, 3, 2, 2, 1, 2, 1 };

/* 0 to 100000 */
static gint64
completeness (guint there)
{
  gint64 known = 0, all = 0;

  for (guint i = 0; i < G_N_ELEMENTS (weights); i++)
    {
      all += weights[i];
      known += there & (1u << i) ? weights[i] : 0;
    }
  return known * 100000 / all;
}

/* 0 to 100000 */
static gint64
timeliness (gint32 days)
{
  if (days == GX_INT32_NONE || days >= STALE)
    return 0;

  return days <= FRESH ? 100000 : (gint64) (STALE - days) * 100000 / (STALE - FRESH);
}

/**
 * gx_quality_score:
 * @there: of #GxQualityPart, what is known
 * @n_invalid: values that fail their check
 * @n_inconsistent: contradictions nobody has resolved
 * @verified_days: days since something of it was verified; GX_INT32_NONE: never
 *
 * Returns: 0 to 100, to the nearest
 */
gint64
gx_quality_score (guint  there,
                  guint  n_invalid,
                  guint  n_inconsistent,
                  gint32 verified_days)
{
  gint64 accuracy = MAX (100000 - (gint64) n_invalid * 20000 - (gint64) n_inconsistent * 10000, 0);

  return (5 * completeness (there) + 3 * accuracy + 2 * timeliness (verified_days) + 5000) / 10000;
}
