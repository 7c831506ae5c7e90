/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sealing of single values in the server's columns, and blind indexes to find them by (trust.md 3.5).
 *
 *   sealed = 0x01 | nonce (24) | XChaCha20-Poly1305 (clear) with table, column and row as associated data
 *   index  = BLAKE2b (key of the column, folded value)
 *
 * A value moved to another row or column does not open. It does not hide that two rows hold the same value, nor a
 * value's length; the key's own keeping is the server's. Both keys are derived from the bank key.
 */
#include "gx-seal.h"

#include "gx-error.h"
#include "gx-text.h"

#include <sodium.h>
#include <string.h>

#define VERSION 0x01
#define NONCE_SIZE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_SIZE crypto_aead_xchacha20poly1305_ietf_ABYTES
G_STATIC_ASSERT (1 + NONCE_SIZE + TAG_SIZE == GX_SEAL_OVERHEAD);

enum { SUBKEY_SEAL = 1, SUBKEY_INDEX = 2 };

/* Where a value stands; a NUL ends each name, so two places never read alike. */
static GByteArray *
write_place (const char *table,
             const char *column,
             const GxId *row)
{
  GByteArray *place = g_byte_array_sized_new (64);
  guint8 version = VERSION;

  g_byte_array_append (place, &version, 1);
  g_byte_array_append (place, (const guint8 *) table, (guint) strlen (table) + 1);
  g_byte_array_append (place, (const guint8 *) column, (guint) strlen (column) + 1);
  if (row != NULL)
    g_byte_array_append (place, row->b, sizeof row->b);

  return place;
}

/**
 * gx_seal_bytes:
 *
 * Returns: (transfer full): @length + %GX_SEAL_OVERHEAD bytes, different each time
 */
GBytes *
gx_seal_bytes (GxBankSealer  *sealer,
               const char    *table,
               const char    *column,
               const GxId    *row,
               gconstpointer  data,
               gsize          length)
{
  g_autoptr(GByteArray) place = write_place (table, column, row);
  guint8 *sealed = g_malloc (length + GX_SEAL_OVERHEAD);

  sealed[0] = VERSION;
  gx_random_bytes (sealer->random, sealed + 1, NONCE_SIZE);
  crypto_aead_xchacha20poly1305_ietf_encrypt (sealed + 1 + NONCE_SIZE, NULL, data, length, place->data, place->len, NULL,
                                              sealed + 1, sealer->seal_key);

  return g_bytes_new_take (sealed, length + GX_SEAL_OVERHEAD);
}

/**
 * gx_unseal_bytes:
 * @error: %GX_ERROR_TAMPERED if this was not sealed for this place under this key
 *
 * Returns: (transfer full): what was sealed
 */
GBytes *
gx_unseal_bytes (GxBankSealer   *sealer,
                 const char     *table,
                 const char     *column,
                 const GxId     *row,
                 gconstpointer   data,
                 gsize           length,
                 GError        **error)
{
  g_autoptr(GByteArray) place = write_place (table, column, row);
  const guint8 *sealed = data;
  g_autofree guint8 *clear = NULL;

  if (length < GX_SEAL_OVERHEAD || sealed[0] != VERSION)
    {
      gx_fail (error, GX_ERROR_TAMPERED, "%s.%s of %s is not a sealed value", table, column, GX_ID_STR (row));
      return NULL;
    }
  clear = g_malloc (length - GX_SEAL_OVERHEAD + 1);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt (clear, NULL, NULL, sealed + 1 + NONCE_SIZE, length - 1 - NONCE_SIZE,
                                                  place->data, place->len, sealed + 1, sealer->seal_key) != 0)
    {
      gx_fail (error, GX_ERROR_TAMPERED, "%s.%s of %s does not open", table, column, GX_ID_STR (row));
      return NULL;
    }

  return g_bytes_new_take (g_steal_pointer (&clear), length - GX_SEAL_OVERHEAD);
}

static GBytes *
seal_text (GxSealer   *sealer,
           const char *table,
           const char *column,
           const GxId *row,
           const char *clear)
{
  return gx_seal_bytes ((GxBankSealer *) sealer, table, column, row, clear, strlen (clear));
}

static char *
open_text (GxSealer       *sealer,
           const char     *table,
           const char     *column,
           const GxId     *row,
           gconstpointer   data,
           gsize           size,
           GError        **error)
{
  g_autoptr(GBytes) clear = gx_unseal_bytes ((GxBankSealer *) sealer, table, column, row, data, size, error);
  const char *text;
  gsize length;

  if (clear == NULL)
    return NULL;
  text = g_bytes_get_data (clear, &length);

  return g_strndup (length > 0 ? text : "", length);
}

/* What is typed in another width, case or grouping must find the same row. */
static char *
normalize (const char *clear)
{
  g_autofree char *folded = gx_text_fold (clear);
  GString *out = g_string_sized_new (strlen (folded));

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    if (*p != '-' && !g_unichar_isspace (g_utf8_get_char (p)))
      g_string_append_len (out, p, g_utf8_next_char (p) - p);

  return g_string_free (out, FALSE);
}

static GBytes *
blind_text (GxSealer   *sealer,
            const char *table,
            const char *column,
            const char *clear)
{
  GxBankSealer *self = (GxBankSealer *) sealer;
  g_autoptr(GByteArray) place = write_place (table, column, NULL);
  g_autofree char *normal = normalize (clear);
  guint8 key[32], index[GX_BLIND_INDEX_SIZE];

  crypto_generichash (key, sizeof key, place->data, place->len, self->index_key, sizeof self->index_key);
  crypto_generichash (index, sizeof index, (const guint8 *) normal, strlen (normal), key, sizeof key);
  sodium_memzero (key, sizeof key);

  return g_bytes_new (index, g_str_has_suffix (column, "_tail") ? GX_BLIND_TAIL_SIZE : GX_BLIND_INDEX_SIZE);
}

/**
 * gx_bank_sealer_init:
 * @key: the bank key; may be wiped afterwards
 * @random: (transfer none): must outlive @sealer and be fit for keys
 */
void
gx_bank_sealer_init (GxBankSealer *sealer,
                     const guint8  key[static GX_BANK_KEY_SIZE],
                     GxRandom     *random)
{
  G_STATIC_ASSERT (crypto_kdf_KEYBYTES == GX_BANK_KEY_SIZE);

  if (sodium_init () < 0)
    g_error ("libsodium cannot start");
  sealer->parent = (GxSealer) { seal_text, open_text, blind_text };
  sealer->random = random;
  crypto_kdf_derive_from_key (sealer->seal_key, sizeof sealer->seal_key, SUBKEY_SEAL, "gx-bank1", key);
  crypto_kdf_derive_from_key (sealer->index_key, sizeof sealer->index_key, SUBKEY_INDEX, "gx-bank1", key);
}

void
gx_bank_sealer_clear (GxBankSealer *sealer)
{
  sodium_memzero (sealer->seal_key, sizeof sealer->seal_key);
  sodium_memzero (sealer->index_key, sizeof sealer->index_key);
}
