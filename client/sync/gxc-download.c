/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document from the bank, piece by piece: what came is on the disk before the next is asked for, so that a fetch that was cut off,
 * by the network or with the program, goes on where it was (sync.md 1.8).
 *
 *   pieces that are here -> GET Range -> keep -> GET Range -> … -> last piece -> hash -> the document
 */
#include "gxc-download.h"

#include "gx-hash.h"
#include "gx-protocol.h"
#include "gxc-partial.h"

static void
take_pieces (GxcStore   *store,
             const char *sha256,
             GByteArray *whole)
{
  gboolean more = TRUE;

  for (guint index = 0; more && whole->len < GX_BLOB_MAX; index++)
    {
      g_autoptr(GBytes) piece = gxc_partial_read (store, sha256, index);

      more = piece != NULL;
      if (more)
        g_byte_array_append (whole, g_bytes_get_data (piece, NULL), (guint) g_bytes_get_size (piece));
    }
}

/* Without a key, or room on the disk, it is fetched all the same. */
static void
keep_piece (GxcStore         *store,
            const char       *sha256,
            const GByteArray *whole)
{
  guint index = whole->len / GXC_PARTIAL_SIZE - 1;
  g_autoptr(GBytes) piece = g_bytes_new (whole->data + (gsize) index * GXC_PARTIAL_SIZE, GXC_PARTIAL_SIZE);

  gxc_partial_keep (store, sha256, index, piece, NULL);
}

/* One exchange; *out_last tells whether there is nothing behind it. */
static gboolean
fetch_piece (GxcApi        *api,
             const char    *sha256,
             const GxId    *ref,
             GByteArray    *whole,
             gboolean      *out_last,
             GCancellable  *cancellable,
             GError       **error)
{
  gboolean is_whole = FALSE;
  g_autoptr(GBytes) part = gxc_api_download (api, sha256, ref, whole->len, GXC_PARTIAL_SIZE, &is_whole, cancellable, error);
  gsize size = part != NULL ? g_bytes_get_size (part) : 0;

  if (part == NULL)
    return FALSE;
  if (is_whole)
    g_byte_array_set_size (whole, 0);
  if (whole->len + size > GX_BLOB_MAX)
    return gx_fail (error, GX_ERROR_TOO_LARGE, "the server's document is too large");
  g_byte_array_append (whole, g_bytes_get_data (part, NULL), (guint) size);
  *out_last = is_whole || size < GXC_PARTIAL_SIZE;

  return TRUE;
}

/**
 * gxc_download:
 * @ref: the request or attachment that names the document, and that the session may read
 *
 * Returns: (transfer full) (nullable): the document, whose hash is @sha256
 *
 * Errors: %GX_ERROR_MALFORMED if it is another one: then the next time begins anew
 */
GBytes *
gxc_download (GxcStore      *store,
              GxcApi        *api,
              const char    *sha256,
              const GxId    *ref,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr(GByteArray) whole = g_byte_array_new ();
  g_autofree char *hash = NULL;
  gboolean last = FALSE;

  take_pieces (store, sha256, whole);
  while (!last)
    {
      if (!fetch_piece (api, sha256, ref, whole, &last, cancellable, error))
        return NULL;
      if (!last)
        keep_piece (store, sha256, whole);
    }
  hash = gx_sha256_hex (whole->data, whole->len);
  if (!g_str_equal (hash, sha256))
    {
      gxc_partial_forget (store, sha256);
      gx_fail (error, GX_ERROR_MALFORMED, "the document has another fingerprint than its name says");
      return NULL;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&whole));
}
