/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SHA-256 as a value, by libsodium. Not for passwords and not keyed: see gx-sign and gx-seal for those.
 */
#include "gx-hash.h"

#include <sodium.h>
#include <string.h>

void
gx_hash_bytes (gconstpointer  data,
               gsize          length,
               GxHash        *out_hash)
{
  crypto_hash_sha256 (out_hash->b, data, length);
}

gboolean
gx_hash_equal (const GxHash *a,
               const GxHash *b)
{
  return memcmp (a->b, b->b, GX_HASH_SIZE) == 0;
}

/**
 * gx_hash_to_hex:
 *
 * Returns: (transfer full): 64 lower-case digits
 */
char *
gx_hash_to_hex (const GxHash *hash)
{
  char *hex = g_malloc (2 * GX_HASH_SIZE + 1);

  return sodium_bin2hex (hex, 2 * GX_HASH_SIZE + 1, hash->b, GX_HASH_SIZE);
}

/**
 * gx_hash_parse:
 * @hex: (nullable): 64 lower-case digits, nothing else
 */
gboolean
gx_hash_parse (const char *hex,
               GxHash     *out_hash)
{
  gsize size;

  return hex != NULL && strlen (hex) == 2 * GX_HASH_SIZE && strspn (hex, "0123456789abcdef") == 2 * GX_HASH_SIZE
         && sodium_hex2bin (out_hash->b, GX_HASH_SIZE, hex, 2 * GX_HASH_SIZE, NULL, &size, NULL) == 0;
}

/**
 * gx_sha256_hex:
 * @length: in bytes, or -1 for a string
 *
 * Returns: (transfer full): the SHA-256 of @data as 64 lower-case digits
 */
char *
gx_sha256_hex (gconstpointer data,
               gssize        length)
{
  GxHash hash;

  gx_hash_bytes (data, length >= 0 ? (gsize) length : strlen (data), &hash);
  return gx_hash_to_hex (&hash);
}
