/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document from the bank, piece by piece: what came is on the disk before the next is asked for, so that a fetch that was cut off,
 * by the network or with the program, goes on where it was (sync.md 1.8).
 *
 *   pieces that are here -> GET Range -> keep -> GET Range -> … -> last piece -> hash -> the document
 */
#include "gxc-download.h"

#include "gx-bug.h"
#include "gx-hash.h"
#include "gx-protocol.h"
#include "gxc-partial.h"

struct _GxcDownload
{
  GxcStore   *store;            /* (borrowed) */
  char       *sha256;
  GxId        ref;
  gboolean    ahead;
  GByteArray *whole;            /* (owned): what is here of it */
};

static void
take_pieces (GxcDownload *download)
{
  gboolean more = TRUE;

  for (guint index = 0; more && download->whole->len < GX_BLOB_MAX; index++)
    {
      g_autoptr(GBytes) piece = gxc_partial_read (download->store, download->sha256, index);

      more = piece != NULL;
      if (more)
        g_byte_array_append (download->whole, g_bytes_get_data (piece, NULL), (guint) g_bytes_get_size (piece));
    }
}

/**
 * gxc_download_new:
 * @ref: the request or attachment that names the document, and that the session may read
 * @ahead: nobody waits for it: to the bank it is no person's action
 */
GxcDownload *
gxc_download_new (GxcStore   *store,
                  const char *sha256,
                  const GxId *ref,
                  gboolean    ahead)
{
  GxcDownload *download = g_new0 (GxcDownload, 1);

  download->store = store;
  download->sha256 = g_strdup (sha256);
  download->ref = *ref;
  download->ahead = ahead;
  download->whole = g_byte_array_new ();
  take_pieces (download);

  return download;
}

void
gxc_download_free (GxcDownload *download)
{
  g_free (download->sha256);
  g_clear_pointer (&download->whole, g_byte_array_unref);
  g_free (download);
}

const char *
gxc_download_get_sha256 (GxcDownload *download)
{
  return download->sha256;
}

/* Without a key, or room on the disk, it is fetched all the same. */
static void
keep_piece (GxcDownload *download)
{
  guint index = download->whole->len / GXC_PARTIAL_SIZE - 1;
  g_autoptr(GBytes) piece = g_bytes_new (download->whole->data + (gsize) index * GXC_PARTIAL_SIZE, GXC_PARTIAL_SIZE);

  gxc_partial_keep (download->store, download->sha256, index, piece, NULL);
}

/* One exchange; *out_last tells whether there is nothing behind it. */
static gboolean
fetch_piece (GxcDownload   *download,
             GxcApi        *api,
             gboolean      *out_last,
             GCancellable  *cancellable,
             GError       **error)
{
  gboolean is_whole = FALSE;
  g_autoptr(GBytes) part = gxc_api_download (api, download->sha256, &download->ref, download->ahead, download->whole->len, GXC_PARTIAL_SIZE,
                                             &is_whole, cancellable, error);
  gsize size = part != NULL ? g_bytes_get_size (part) : 0;

  if (part == NULL)
    return FALSE;
  if (is_whole)
    g_byte_array_set_size (download->whole, 0);
  if (download->whole->len + size > GX_BLOB_MAX)
    return gx_fail (error, GX_ERROR_TOO_LARGE, "the server's document is too large");
  g_byte_array_append (download->whole, g_bytes_get_data (part, NULL), (guint) size);
  *out_last = is_whole || size < GXC_PARTIAL_SIZE;

  return TRUE;
}

/**
 * gxc_download_step:
 * @out_bytes: (out) (transfer full) (nullable): the document, whose hash is its name, once its last piece is here
 *
 * One exchange. After a failure it may be tried again.
 *
 * Errors: %GX_ERROR_MALFORMED if it is another one: then the next time begins anew
 */
gboolean
gxc_download_step (GxcDownload   *download,
                   GxcApi        *api,
                   GBytes       **out_bytes,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autofree char *hash = NULL;
  gboolean last = FALSE;

  *out_bytes = NULL;
  if (!fetch_piece (download, api, &last, cancellable, error))
    return FALSE;
  if (!last)
    {
      keep_piece (download);
      return TRUE;
    }

  hash = gx_sha256_hex (download->whole->data, download->whole->len);
  if (!g_str_equal (hash, download->sha256) && !GX_BUG (GX_BUG_FETCHED))
    {
      gxc_partial_forget (download->store, download->sha256);
      g_byte_array_set_size (download->whole, 0);
      return gx_fail (error, GX_ERROR_MALFORMED, "the document has another fingerprint than its name says");
    }

  *out_bytes = g_byte_array_free_to_bytes (g_steal_pointer (&download->whole));
  download->whole = g_byte_array_new ();
  return TRUE;
}

/**
 * gxc_download:
 *
 * Returns: (transfer full) (nullable): the document
 *
 * Errors: as of gxc_download_step()
 */
GBytes *
gxc_download (GxcStore      *store,
              GxcApi        *api,
              const char    *sha256,
              const GxId    *ref,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr(GxcDownload) download = gxc_download_new (store, sha256, ref, FALSE);
  GBytes *bytes = NULL;

  while (bytes == NULL)
    if (!gxc_download_step (download, api, &bytes, cancellable, error))
      return NULL;

  return bytes;
}
