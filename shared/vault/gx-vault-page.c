/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One page: XChaCha20-Poly1305 with a random nonce, nonce and tag in the 40 bytes that SQLite leaves free at a page's end.
 *
 * Pure: bytes in, bytes out. Which bytes of which file are a page is gx-vault-file's matter.
 */
#include "gx-vault-page.h"

#include "gx-bug.h"

#include <sodium.h>
#include <string.h>

#define FORMAT 1
#define NONCE  crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG    crypto_aead_xchacha20poly1305_ietf_ABYTES
#define BODY   (GX_VAULT_PAGE - GX_VAULT_TAIL)

G_STATIC_ASSERT (NONCE + TAG == GX_VAULT_TAIL);

/* What is authenticated beside the page, byte for byte: no padding, one byte order. */
typedef struct
{
  guint8 format, kind;
  guint8 offset[8], page[4], salt[8];
  guint8 database[16];
} Label;

static void
put_number (guint8  *out,
            guint64  value,
            guint    size)
{
  for (guint i = 0; i < size; i++)
    out[i] = (guint8) (value >> (8 * i));
}

static Label
label_of (const GxVaultKeys  *keys,
          const GxVaultPlace *place)
{
  Label label = { .format = FORMAT, .kind = (guint8) place->kind };

  memcpy (label.database, keys->database.b, sizeof label.database);
  if (GX_BUG (GX_BUG_PLACE))
    return label;
  put_number (label.offset, (guint64) place->offset, sizeof label.offset);
  put_number (label.page, place->page, sizeof label.page);
  memcpy (label.salt, place->salt, sizeof label.salt);
  return label;
}

/** gx_vault_keys_init: @keys should lie in memory of sodium_malloc() */
void
gx_vault_keys_init (GxVaultKeys  *keys,
                    const guint8  key[static GX_VAULT_KEY_SIZE],
                    const GxId   *database)
{
  crypto_kdf_derive_from_key (keys->page, sizeof keys->page, 1, "gxvault1", key);
  crypto_kdf_derive_from_key (keys->mask, sizeof keys->mask, 2, "gxvault1", key);
  keys->database = *database;
}

/**
 * gx_vault_page_seal:
 * @clear: a page as SQLite has it
 *
 * Returns: %FALSE if the last 40 bytes of @clear are in use: they would be lost
 */
gboolean
gx_vault_page_seal (const GxVaultKeys  *keys,
                    const GxVaultPlace *place,
                    const guint8       *clear,
                    guint8             *out_sealed)
{
  const Label label = label_of (keys, place);
  guint8 *nonce = out_sealed + BODY;

  if (!sodium_is_zero (clear + BODY, GX_VAULT_TAIL))
    return FALSE;

  randombytes_buf (nonce, NONCE);
  crypto_aead_xchacha20poly1305_ietf_encrypt_detached (out_sealed, nonce + NONCE, NULL, clear, BODY, (const guint8 *) &label,
                                                       sizeof label, NULL, nonce, keys->page);
  return TRUE;
}

/**
 * gx_vault_page_open:
 *
 * Returns: %FALSE if the page is not what was written at this place
 */
gboolean
gx_vault_page_open (const GxVaultKeys  *keys,
                    const GxVaultPlace *place,
                    const guint8       *sealed,
                    guint8             *out_clear)
{
  const Label label = label_of (keys, place);
  const guint8 *nonce = sealed + BODY;

  if (crypto_aead_xchacha20poly1305_ietf_decrypt_detached (out_clear, NULL, sealed, BODY, nonce + NONCE, (const guint8 *) &label,
                                                           sizeof label, nonce, keys->page) != 0)
    return FALSE;

  memset (out_clear + BODY, 0, GX_VAULT_TAIL);
  return TRUE;
}

/**
 * gx_vault_mask:
 * @sums: (inout): the two checksums of a frame of the log, which SQLite makes over clear text; done twice it is undone
 *
 * The mask is used once in a generation of the log, since each generation has its own salt.
 */
void
gx_vault_mask (const GxVaultKeys  *keys,
               const GxVaultPlace *place,
               guint8              sums[static 8])
{
  const Label label = label_of (keys, place);
  guint8 mask[crypto_generichash_BYTES_MIN];

  crypto_generichash (mask, sizeof mask, (const guint8 *) &label, sizeof label, keys->mask, sizeof keys->mask);
  for (guint i = 0; i < 8; i++)
    sums[i] ^= mask[i];
}
