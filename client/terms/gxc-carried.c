/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents that are taken along, and sums of them. Which they are is the store's to say (gxc-carry). */
#include "gxc-carried.h"

void
gxc_carried_free (GxcCarried *carried)
{
  g_free (carried->sha256);
  g_free (carried);
}

/** gxc_carried_is_to_come: whether it is fetched as soon as the bank can be reached */
gboolean
gxc_carried_is_to_come (const GxcCarried *carried)
{
  return carried->why != GXC_CARRY_NOT && carried->fits && !carried->here && !carried->refused;
}

static void
add_bytes (GxcCarrySum      *sum,
           const GxcCarried *carried)
{
  sum->bytes += carried->size;
  if (carried->here)
    sum->bytes_here += carried->size;
  else if (carried->why != GXC_CARRY_NOT && !carried->fits)
    sum->bytes_left_out += carried->size;
}

/** gxc_carry_sum_add: @sum begins as zeros */
void
gxc_carry_sum_add (GxcCarrySum      *sum,
                   const GxcCarried *carried)
{
  gboolean wanted = carried->why != GXC_CARRY_NOT && !carried->here;

  sum->n++;
  sum->n_here += carried->here;
  sum->n_unsent += carried->unsent;
  sum->n_left_out += wanted && !carried->fits;
  sum->n_missed += wanted && !carried->fits && carried->why <= GXC_CARRY_PINNED;
  sum->n_refused += wanted && carried->fits && carried->refused;
  sum->n_closed += !carried->allowed && !carried->here;
  sum->n_again += carried->here && carried->again;
  if (!carried->again)
    add_bytes (sum, carried);
  if (carried->since != 0 && (sum->since == 0 || carried->since < sum->since))
    sum->since = carried->since;
}
