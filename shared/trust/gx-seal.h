/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-random.h"
#include "gx-sealer.h"

G_BEGIN_DECLS

#define GX_BANK_KEY_SIZE      32
#define GX_SEAL_OVERHEAD      41      /* bytes: version, nonce, tag */
#define GX_BLIND_INDEX_SIZE   32      /* of a whole value: collisions do not happen */
#define GX_BLIND_TAIL_SIZE    8       /* of the last four places, in a column named *_tail */

/**
 * GxBankSealer: the real GxSealer, under one bank key. Any thread may use it once it is made.
 */
typedef struct
{
  GxSealer  parent;
  guint8    seal_key[32];
  guint8    index_key[32];
  GxRandom *random;         /* (borrowed) for nonces */
} GxBankSealer;

void      gx_bank_sealer_init  (GxBankSealer *sealer, const guint8 key[static GX_BANK_KEY_SIZE], GxRandom *random);
void      gx_bank_sealer_clear (GxBankSealer *sealer);

GBytes   *gx_seal_bytes        (GxBankSealer *sealer, const char *table, const char *column, const GxId *row,
                                gconstpointer data, gsize length);
GBytes   *gx_unseal_bytes      (GxBankSealer *sealer, const char *table, const char *column, const GxId *row,
                                gconstpointer data, gsize length, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GxBankSealer, gx_bank_sealer_clear)

G_END_DECLS
