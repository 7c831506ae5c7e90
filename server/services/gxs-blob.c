/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the bank keeps of an attachment's bytes: a sealed file, its key wrapped under the bank's, and who sent it.
 *
 * Not here: how bytes arrive (gxs-upload) and who may read them (gxs-blob-read).
 */
#include "gxs-blob-private.h"

#include "gx-hash.h"
#include "gx-login.h"
#include "gx-media.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

static const GxId no_row;   /* keys of blobs belong to no row of an entity */

/**
 * gxs_blobs_new:
 *
 * Returns: (transfer full) (nullable)
 */
GxsBlobs *
gxs_blobs_new (const GxsBlobsOptions  *options,
               GError                **error)
{
  g_autoptr(GxsBlobs) blobs = g_new0 (GxsBlobs, 1);

  blobs->options = *options;
  blobs->folder = g_build_filename (options->data_dir, "blobs", NULL);
  blobs->uploads = g_build_filename (blobs->folder, "uploads", NULL);
  g_mutex_init (&blobs->mutex);
  g_mutex_init (&blobs->keeping);
  blobs->live = g_hash_table_new_full (gx_id_hash, gx_id_equal, NULL, (GDestroyNotify) gxs_live_unref);
  if (!gx_make_folder (blobs->folder, error) || !gx_make_folder (blobs->uploads, error))
    return NULL;

  return g_steal_pointer (&blobs);
}

void
gxs_blobs_free (GxsBlobs *blobs)
{
  g_hash_table_unref (blobs->live);
  g_mutex_clear (&blobs->mutex);
  g_mutex_clear (&blobs->keeping);
  g_free (blobs->folder);
  g_free (blobs->uploads);
  g_free (blobs);
}

/* The hash has been checked: it is no path. */
char *
gxs_blob_path (const char *folder,
               const char *sha256)
{
  return g_build_filename (folder, sha256, NULL);
}

gboolean
gxs_blob_check_hash (const char  *sha256,
                     GError     **error)
{
  GxHash hash;

  return gx_hash_parse (sha256, &hash)
         || gx_fail_field (error, GX_ERROR_INVALID, "sha256", "form", "must be 64 lower-case hexadecimal digits");
}

GBytes *
gxs_blob_wrap_key (GxBankSealer *sealer,
                   const char   *sha256,
                   const guint8  key[static GX_SEALED_KEY_SIZE])
{
  return gx_seal_bytes (sealer, "blob", sha256, &no_row, key, GX_SEALED_KEY_SIZE);
}

gboolean
gxs_blob_unwrap_key (GxBankSealer  *sealer,
                     const char    *sha256,
                     gconstpointer  wrapped,
                     gsize          size,
                     guint8         key[static GX_SEALED_KEY_SIZE],
                     GError       **error)
{
  g_autoptr(GBytes) opened = gx_unseal_bytes (sealer, "blob", sha256, &no_row, wrapped, size, error);

  if (opened == NULL)
    return FALSE;
  if (g_bytes_get_size (opened) != GX_SEALED_KEY_SIZE)
    return gx_fail (error, GX_ERROR_TAMPERED, "the key of attachment %s", sha256);

  memcpy (key, g_bytes_get_data (opened, NULL), GX_SEALED_KEY_SIZE);
  return TRUE;
}

gboolean
gxs_blob_is_kept (GxDb        *db,
                  const char  *sha256,
                  gboolean    *out_kept,
                  GError     **error)
{
  gint64 n;

  if (!gx_db_query_int (db, &n, error, "SELECT COUNT(*) FROM blob WHERE sha256 = ?", "t", sha256))
    return FALSE;

  *out_kept = n > 0;
  return TRUE;
}

/* Whoever sent the bytes knows them. */
gboolean
gxs_blob_is_sent_by (GxDb        *db,
                     const char  *sha256,
                     const GxId  *login_id,
                     gboolean    *out_sent,
                     GError     **error)
{
  gint64 n;

  if (!gx_db_query_int (db, &n, error, "SELECT COUNT(*) FROM blob_ref r JOIN blob b ON b.sha256 = r.sha256 AND b.state = 'DONE'"
                        " WHERE r.sha256 = ? AND r.tbl = ? AND r.id = ?", "tnu", sha256, (int) gx_login_entity.number, login_id))
    return FALSE;

  *out_sent = n > 0;
  return TRUE;
}

/* Whoever sent it may use it as evidence: the reference names the login. */
gboolean
gxs_blob_refer (GxsBatch    *batch,
                const char  *sha256,
                const GxId  *login_id,
                GError     **error)
{
  GxDb *db = gxs_batch_get_db (batch);
  int number = (int) gx_login_entity.number;

  return gx_db_run (db, error, "DELETE FROM blob_ref WHERE sha256 = ? AND tbl = ? AND id = ?", "tnu", sha256, number, login_id)
         && gx_db_run (db, error, "INSERT INTO blob_ref(sha256, tbl, id) VALUES(?, ?, ?)", "tnu", sha256, number, login_id);
}

gboolean
gxs_blob_insert (GxsBatch    *batch,
                 const char  *sha256,
                 gint64       size,
                 const char  *type,
                 GBytes      *wrapped,
                 const GxId  *login_id,
                 GError     **error)
{
  return gx_db_run (gxs_batch_get_db (batch), error, "INSERT INTO blob(sha256, size, type, key_wrapped, state, form, created_by, created_at)"
                    " VALUES(?, ?, ?, ?, 'DONE', ?, ?, ?)", "titbnui", sha256, size, type, wrapped, GXS_FORM_STREAM, login_id,
                    gxs_batch_get_now (batch));
}

/* Under another name first: what has the blob's name is whole. */
static gboolean
write_file (const char    *folder,
            const char    *sha256,
            const guint8  *key,
            GBytes        *bytes,
            GError       **error)
{
  g_autofree char *path = gxs_blob_path (folder, sha256);
  g_autofree char *draft = g_strconcat (path, ".new", NULL);

  if (!gx_make_folder (folder, error))
    return FALSE;
  g_unlink (draft);
  if (!gx_sealed_file_write (draft, key, bytes, sha256, error))
    return FALSE;

  return (g_rename (draft, path) == 0 && gx_sync_folder (folder, error))
         || gx_fail (error, GX_ERROR_IO, "%s: %s", path, g_strerror (errno));
}

/**
 * gxs_blob_put:
 * @login_id: whose document it is
 *
 * Puts a document into the bank that did not come over the line: for whoever makes one, inside the batch that does.
 *
 * Returns: (transfer full) (nullable): its SHA-256, hex
 *
 * Errors: %GX_ERROR_INVALID for what a bank does not take
 */
char *
gxs_blob_put (const char    *data_dir,
              GxBankSealer  *sealer,
              GxsBatch      *batch,
              const GxId    *login_id,
              GBytes        *bytes,
              GError       **error)
{
  g_autofree char *folder = g_build_filename (data_dir, "blobs", NULL);
  g_autofree char *sha256 = gx_sha256_hex (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
  guint8 key[GX_SEALED_KEY_SIZE];
  g_autoptr(GBytes) wrapped = NULL;
  GxMedia media;
  gboolean kept;

  gx_media_look (bytes, &media);
  if (!gx_media_check (bytes, NULL, FALSE, error) || !gxs_blob_is_kept (gxs_batch_get_db (batch), sha256, &kept, error))
    return NULL;
  if (!kept)
    {
      gx_random_bytes (gxs_batch_get_random (batch), key, sizeof key);
      wrapped = gxs_blob_wrap_key (sealer, sha256, key);
      kept = write_file (folder, sha256, key, bytes, error)
             && gxs_blob_insert (batch, sha256, (gint64) g_bytes_get_size (bytes), media.type, wrapped, login_id, error);
      sodium_memzero (key, sizeof key);
    }
  if (!kept || !gxs_blob_refer (batch, sha256, login_id, error))
    return NULL;

  return g_steal_pointer (&sha256);
}
