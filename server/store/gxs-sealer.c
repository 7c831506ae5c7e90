/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bank's sealer, from the bank's key file. Two lines of their own, so that server, importer and commands cannot
 * differ in which key seals.
 */
#include "gxs-sealer.h"

/**
 * gxs_sealer_init:
 * @random: (transfer none): outlives the sealer
 */
void
gxs_sealer_init (GxBankSealer  *sealer,
                 const GxsKeys *keys,
                 GxRandom      *random)
{
  gx_bank_sealer_init (sealer, keys->bank, random);
}
