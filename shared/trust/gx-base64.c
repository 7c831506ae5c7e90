/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Base64 that has one spelling for each value, so that a signature or hash cannot be written in two ways.
 *
 * g_base64_decode() skips what it does not know. libsodium is strict about length, padding and loose bits, but 1.0.18
 * takes some bytes above 0x7f for letters (its comparison keeps the low bits only); so these are looked for first.
 */
#include "gx-base64.h"

#include <sodium.h>
#include <string.h>

/**
 * gx_base64_encode:
 *
 * Returns: (transfer full): with padding
 */
char *
gx_base64_encode (gconstpointer data,
                  gsize         length)
{
  gsize size = sodium_base64_encoded_len (length, sodium_base64_VARIANT_ORIGINAL);
  char *text = g_malloc (size);

  return sodium_bin2base64 (text, size, data, length, sodium_base64_VARIANT_ORIGINAL);
}

/**
 * gx_base64_decode:
 * @text: from outside
 *
 * Returns: (transfer full) (nullable): %NULL if @text is not what gx_base64_encode() would write
 */
GBytes *
gx_base64_decode (const char *text)
{
  gsize length = strlen (text), size = 0;
  g_autofree guint8 *bytes = g_malloc (length + 1);

  if (!g_str_is_ascii (text)
      || sodium_base642bin (bytes, length, text, length, NULL, &size, NULL, sodium_base64_VARIANT_ORIGINAL) != 0)
    return NULL;

  return g_bytes_new (bytes, size);
}

/**
 * gx_base64_decode_into:
 * @text: (nullable): from outside
 * @out: (out): @length bytes
 *
 * Returns: whether @text holds exactly @length bytes
 */
gboolean
gx_base64_decode_into (const char *text,
                       gpointer    out,
                       gsize       length)
{
  gsize size = 0;

  /* Straight into @out: it may be a secret. */
  return text != NULL && g_str_is_ascii (text)
         && sodium_base642bin (out, length, text, strlen (text), NULL, &size, NULL, sodium_base64_VARIANT_ORIGINAL) == 0
         && size == length;
}
