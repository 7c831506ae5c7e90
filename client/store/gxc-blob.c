/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents that wait for their upload: files of the profile's folder "blobs", named by content.
 *
 * Not here: the upload itself (gxc-push) and what a document proves (the request that names it).
 */
#include "gxc-blob.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "gx-error.h"
#include "gx-media.h"
#include "gx-protocol.h"

typedef struct
{
  const char *sha256;
  GBytes     *bytes;
  const char *name;
  const char *type;
  GxcBlob    *out;
} BlobArgs;

void
gxc_blob_free (GxcBlob *blob)
{
  g_free (blob->sha256);
  g_clear_pointer (&blob->bytes, g_bytes_unref);
  g_free (blob->type);
  g_free (blob);
}

static char *
path_of (GxcStore   *store,
         const char *sha256)
{
  return g_build_filename (gxc_store_get_directory (store), "blobs", sha256, NULL);
}

static gboolean
write_file (const char  *path,
            GBytes      *bytes,
            GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return gx_fail (error, GX_ERROR_IO, "%s: %s", folder, g_strerror (errno));
  if (!g_file_set_contents_full (path, data, (gssize) size, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                 error))
    return gx_error_adopt (error);

  return TRUE;
}

static gboolean
add_here (GxcStore  *store,
          gpointer   data,
          GError   **error)
{
  BlobArgs *args = data;
  GxDb *db = gxc_store_get_db (store);
  gint64 known = 0;

  if (!gx_db_query_int (db, &known, error, "SELECT COUNT(*) FROM blob WHERE sha256=?", "t", args->sha256))
    return FALSE;
  if (known > 0)
    return TRUE;

  /* The file's place follows from its name; a moved profile keeps its documents. */
  return gx_db_run (db, error, "INSERT INTO blob(sha256, size, type, name, state, path) VALUES(?, ?, ?, ?, 'WAITING', ?)", "titt" "t",
                    args->sha256, (gint64) g_bytes_get_size (args->bytes), args->type, args->name, args->sha256);
}

static char *
add_blob (GxcStore    *store,
          GBytes      *bytes,
          const char  *name,
          GError     **error)
{
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  BlobArgs args = { .sha256 = sha256, .bytes = bytes, .name = name };
  GxMedia media;

  if (gxc_store_get_directory (store) == NULL)
    {
      gx_fail (error, GX_ERROR_IO, "a store in memory keeps no documents");
      return NULL;
    }
  if (g_bytes_get_size (bytes) == 0 || g_bytes_get_size (bytes) > GX_BLOB_MAX)
    {
      gx_fail_field (error, GX_ERROR_INVALID, "evidence", "max-size", "a document has between 1 and %u bytes", GX_BLOB_MAX);
      return NULL;
    }
  gx_media_look (bytes, &media);
  args.type = media.type != NULL ? media.type : GX_TYPE_BYTES;

  {
    g_autofree char *path = path_of (store, sha256);

    if (!write_file (path, bytes, error) || !gxc_store_call (store, add_here, &args, error))
      return NULL;
  }

  return g_steal_pointer (&sha256);
}

/**
 * gxc_blob_add:
 *
 * Keeps @bytes until they are uploaded.
 *
 * Returns: (transfer full) (nullable): their SHA-256, hex
 *
 * Errors: %GX_ERROR_INVALID if there are none or too many, %GX_ERROR_IO
 */
char *
gxc_blob_add (GxcStore  *store,
              GBytes    *bytes,
              GError   **error)
{
  return add_blob (store, bytes, NULL, error);
}

/**
 * gxc_blob_add_file:
 *
 * As gxc_blob_add() with the content of the file at @path.
 */
char *
gxc_blob_add_file (GxcStore    *store,
                   const char  *path,
                   GError     **error)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *contents = NULL;
  g_autoptr(GBytes) bytes = NULL;
  gsize size;

  if (!g_file_get_contents (path, &contents, &size, error))
    {
      gx_error_adopt (error);
      return NULL;
    }
  bytes = g_bytes_new_take (g_steal_pointer (&contents), size);

  return add_blob (store, bytes, name, error);
}

static gboolean
load_here (GxcStore  *store,
           gpointer   data,
           GError   **error)
{
  BlobArgs *args = data;
  g_autofree char *state = NULL;

  if (!gx_db_query_text (gxc_store_get_db (store), &state, error, "SELECT state FROM blob WHERE sha256=?", "t", args->sha256)
      || !gx_db_query_text (gxc_store_get_db (store), &args->out->type, error, "SELECT type FROM blob WHERE sha256=?", "t", args->sha256))
    return FALSE;

  args->out->uploaded = g_strcmp0 (state, "WAITING") != 0;
  return TRUE;
}

/**
 * gxc_blob_load:
 *
 * Returns: (transfer full) (nullable): the document; its bytes are %NULL if it is uploaded
 *
 * Errors: %GX_ERROR_NOT_FOUND, %GX_ERROR_IO
 */
GxcBlob *
gxc_blob_load (GxcStore    *store,
               const char  *sha256,
               GError     **error)
{
  g_autoptr(GxcBlob) blob = g_new0 (GxcBlob, 1);
  BlobArgs args = { .sha256 = sha256, .out = blob };
  char *contents;
  gsize size;

  blob->sha256 = g_strdup (sha256);
  if (!gxc_store_call (store, load_here, &args, error))
    return NULL;
  if (!blob->uploaded)
    {
      g_autofree char *path = path_of (store, sha256);

      if (!g_file_get_contents (path, &contents, &size, error))
        {
          gx_error_adopt (error);
          return NULL;
        }
      blob->bytes = g_bytes_new_take (contents, size);
    }

  return g_steal_pointer (&blob);
}

static gboolean
uploaded_here (GxcStore  *store,
               gpointer   data,
               GError   **error)
{
  const BlobArgs *args = data;

  return gx_db_run (gxc_store_get_db (store), error, "UPDATE blob SET state='SENT', sent=size WHERE sha256=?", "t", args->sha256);
}

/**
 * gxc_blob_uploaded:
 *
 * The server has the document: it is not kept here any longer.
 */
gboolean
gxc_blob_uploaded (GxcStore    *store,
                   const char  *sha256,
                   GError     **error)
{
  BlobArgs args = { .sha256 = sha256 };
  g_autofree char *path = path_of (store, sha256);

  if (!gxc_store_call (store, uploaded_here, &args, error))
    return FALSE;
  g_unlink (path);

  return TRUE;
}
