/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-vault.h"

G_BEGIN_DECLS

/**
 * GxVaultPlace: where a page stands. It is authenticated with the page, so that a page cannot be moved to another place,
 * another file or another database.
 */
typedef struct
{
  char    kind;             /* 'D' database, 'W' log, 'J' journal */
  gint64  offset;           /* bytes from the beginning of the file */
  guint32 page;             /* number of the page, 0 in a journal */
  guint8  salt[8];          /* of the log's generation; zero elsewhere */
} GxVaultPlace;

/**
 * GxVaultKeys: what a vault's key is stretched to; in memory that is not swapped.
 */
typedef struct
{
  guint8 page[32];
  guint8 mask[32];
  GxId   database;
} GxVaultKeys;

void     gx_vault_keys_init (GxVaultKeys *keys, const guint8 key[static GX_VAULT_KEY_SIZE], const GxId *database);

gboolean gx_vault_page_seal (const GxVaultKeys *keys, const GxVaultPlace *place, const guint8 *clear, guint8 *out_sealed);
gboolean gx_vault_page_open (const GxVaultKeys *keys, const GxVaultPlace *place, const guint8 *sealed, guint8 *out_clear);
void     gx_vault_mask      (const GxVaultKeys *keys, const GxVaultPlace *place, guint8 sums[static 8]);

G_END_DECLS
