/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The key of each document, wrapped under the profile's and bound to the document's name; and the day on which the profile's
 * key for documents becomes another one. Whose key that is, is not known here.
 */
#include "gxc-blob-private.h"

#include <glib/gi18n.h>
#include <sodium.h>
#include <string.h>

#include "gx-error.h"
#include "gx-transaction.h"

#define NONCE   crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define WRAPPED (NONCE + GX_SEALED_KEY_SIZE + crypto_aead_xchacha20poly1305_ietf_ABYTES)

/** gxc_blob_key_wrap: (transfer full): @key under @profile_key, for the document @sha256 */
GBytes *
gxc_blob_key_wrap (GxRandom     *random,
                   const guint8  profile_key[static GX_SEALED_KEY_SIZE],
                   const char   *sha256,
                   const guint8  key[static GX_SEALED_KEY_SIZE])
{
  guint8 *wrapped = g_malloc (WRAPPED);
  unsigned long long length;

  gx_random_bytes (random, wrapped, NONCE);
  crypto_aead_xchacha20poly1305_ietf_encrypt (wrapped + NONCE, &length, key, GX_SEALED_KEY_SIZE, (const guint8 *) sha256, strlen (sha256),
                                              NULL, wrapped, profile_key);

  return g_bytes_new_take (wrapped, WRAPPED);
}

/** gxc_blob_key_unwrap: %GX_ERROR_TAMPERED if it is not under @profile_key */
gboolean
gxc_blob_key_unwrap (const guint8   profile_key[static GX_SEALED_KEY_SIZE],
                     const char    *sha256,
                     GBytes        *wrapped,
                     guint8         out_key[static GX_SEALED_KEY_SIZE],
                     GError       **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (wrapped, &size);
  unsigned long long length;

  return (size == WRAPPED
          && crypto_aead_xchacha20poly1305_ietf_decrypt (out_key, &length, NULL, data + NONCE, size - NONCE, (const guint8 *) sha256,
                                                         strlen (sha256), data, profile_key) == 0)
         || gx_fail (error, GX_ERROR_TAMPERED, "%s", _("The document cannot be opened with this profile's key."));
}

/* --- another key --------------------------------------------------------------------------------------------------- */

typedef struct
{
  const guint8 *before, *after;
} RewrapArgs;

typedef struct
{
  char   *sha256;
  GBytes *wrapped;
} Row;

static void
row_free (gpointer data)
{
  Row *row = data;

  g_free (row->sha256);
  g_bytes_unref (row->wrapped);
  g_free (row);
}

static GPtrArray *
list_rows (GxDb    *db,
           GError **error)
{
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);
  g_autoptr(GxStatement) statement = gx_db_query (db, error, "SELECT sha256, key_wrapped FROM blob WHERE key_wrapped IS NOT NULL", NULL);
  GError *local = NULL;

  if (statement == NULL)
    return NULL;
  while (gx_statement_next (statement, &local))
    {
      Row *row = g_new0 (Row, 1);

      row->sha256 = g_strdup (gx_statement_get_text (statement, 0));
      row->wrapped = gx_statement_dup_bytes (statement, 1);
      g_ptr_array_add (rows, row);
    }
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return NULL;
    }

  return g_steal_pointer (&rows);
}

static gboolean
rewrap_row (GxcStore          *store,
            const Row         *row,
            const RewrapArgs  *args,
            GError           **error)
{
  guint8 key[GX_SEALED_KEY_SIZE];
  g_autoptr(GBytes) wrapped = NULL;

  if (!gxc_blob_key_unwrap (args->before, row->sha256, row->wrapped, key, error))
    return FALSE;
  wrapped = gxc_blob_key_wrap (gxc_store_get_random (store), args->after, row->sha256, key);
  sodium_memzero (key, sizeof key);

  return gx_db_run (gxc_store_get_db (store), error, "UPDATE blob SET key_wrapped=? WHERE sha256=?", "bt", wrapped, row->sha256);
}

static gboolean
rewrap_here (GxcStore  *store,
             gpointer   data,
             GError   **error)
{
  g_autoptr(GxTransaction) transaction = gx_transaction_begin (gxc_store_get_db (store), error);
  g_autoptr(GPtrArray) rows = transaction != NULL ? list_rows (gxc_store_get_db (store), error) : NULL;

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    if (!rewrap_row (store, g_ptr_array_index (rows, i), data, error))
      return FALSE;

  return gxc_meta_set (store, GXC_META_PAPERS, GXC_PAPERS_VAULT, error) && gx_transaction_commit (transaction, error);
}

/**
 * gxc_blob_rewrap:
 *
 * All documents lie under @after from now on, which the profile remembers (%GXC_META_PAPERS); all of them or none.
 *
 * Errors: %GX_ERROR_TAMPERED if one is not under @before
 */
gboolean
gxc_blob_rewrap (GxcStore      *store,
                 const guint8   before[static GX_SEALED_KEY_SIZE],
                 const guint8   after[static GX_SEALED_KEY_SIZE],
                 GError       **error)
{
  RewrapArgs args = { before, after };

  return gxc_store_call (store, rewrap_here, &args, error);
}
