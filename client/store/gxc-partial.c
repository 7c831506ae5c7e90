/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The whole pieces of a document that is still on its way from the bank: files beside the documents, each sealed as they are, under
 * a key that follows from the profile's.
 *
 *   blobs/<sha256>.0.part  .1.part  …  --all here, hash true--> the document, and these go
 *
 * No row names them: a piece is good if it opens and has its size, else it is as if it had never come. Nobody but the fetching
 * knows of them, and what is never fetched on is swept away with other strays (gxc_blob_trim()).
 */
#include "gxc-partial.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "gx-sealed-file.h"

static char *
path_of (GxcStore   *store,
         const char *sha256,
         guint       index)
{
  g_autofree char *name = g_strdup_printf ("%s.%u" GXC_PARTIAL_SUFFIX, sha256, index);

  return g_build_filename (gxc_store_get_papers (store), "blobs", name, NULL);
}

/* Said with each piece, so that none can stand in another's place. */
static char *
label_of (const char *sha256,
          guint       index)
{
  return g_strdup_printf ("partial %s %u", sha256, index);
}

static gboolean
make_key (GxcStore    *store,
          const char  *label,
          guint8       out_key[static GX_SEALED_KEY_SIZE],
          GError     **error)
{
  guint8 profile_key[GX_SEALED_KEY_SIZE];

  if (!gxc_store_load_key (store, profile_key, error))
    return FALSE;
  crypto_generichash (out_key, GX_SEALED_KEY_SIZE, (const guint8 *) label, strlen (label), profile_key, sizeof profile_key);
  sodium_memzero (profile_key, sizeof profile_key);

  return TRUE;
}

/**
 * gxc_partial_read:
 * @index: of the piece, from 0
 *
 * Returns: (transfer full) (nullable): the piece, %NULL if it has not come, or not wholly
 */
GBytes *
gxc_partial_read (GxcStore   *store,
                  const char *sha256,
                  guint       index)
{
  g_autofree char *path = gxc_store_get_papers (store) != NULL ? path_of (store, sha256, index) : NULL;
  g_autofree char *label = label_of (sha256, index);
  guint8 key[GX_SEALED_KEY_SIZE];
  GBytes *piece;

  if (path == NULL || !g_file_test (path, G_FILE_TEST_EXISTS) || !make_key (store, label, key, NULL))
    return NULL;
  piece = gx_sealed_file_read (path, key, GXC_PARTIAL_SIZE, label, NULL);
  sodium_memzero (key, sizeof key);
  if (piece == NULL)
    g_unlink (path);

  return piece;
}

/**
 * gxc_partial_keep:
 * @piece: of %GXC_PARTIAL_SIZE bytes
 */
gboolean
gxc_partial_keep (GxcStore    *store,
                  const char  *sha256,
                  guint        index,
                  GBytes      *piece,
                  GError     **error)
{
  g_autofree char *path = gxc_store_get_papers (store) != NULL ? path_of (store, sha256, index) : NULL;
  g_autofree char *folder = path != NULL ? g_path_get_dirname (path) : NULL;
  g_autofree char *label = label_of (sha256, index);
  guint8 key[GX_SEALED_KEY_SIZE];
  gboolean kept;

  g_return_val_if_fail (g_bytes_get_size (piece) == GXC_PARTIAL_SIZE, FALSE);

  if (path == NULL)
    return TRUE;
  if (!gx_make_folder (folder, error) || !make_key (store, label, key, error))
    return FALSE;
  g_unlink (path);
  kept = gx_sealed_file_write (path, key, piece, label, error);
  sodium_memzero (key, sizeof key);
  if (!kept)
    g_unlink (path);

  return kept;
}

/** gxc_partial_forget: the document is here, or was another one */
void
gxc_partial_forget (GxcStore   *store,
                    const char *sha256)
{
  gboolean more = gxc_store_get_papers (store) != NULL;

  for (guint index = 0; more; index++)
    {
      g_autofree char *path = path_of (store, sha256, index);

      more = g_unlink (path) == 0;
    }
}
