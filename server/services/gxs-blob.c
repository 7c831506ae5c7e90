/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Attachments' bytes: announced, sent, checked against their own hash, sealed, on disk for good, and only then known to
 * the database.
 *
 *   begin (sha256, size) -> write (offset 0, one part) -> finish: hash, seal, fsync, rename, fsync folder, row
 *
 * A blob is read through a request that it is evidence of and that the reader may see; whether it "is already here" is
 * never told, or anybody could ask for hashes. Parts wait in memory and are forgotten after ten minutes.
 */
#include "gxs-blob.h"

#include "gx-change-request.h"
#include "gx-hash.h"
#include "gx-protocol.h"
#include "gxs-row.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#define UPLOAD_MS (10 * G_GINT64_CONSTANT (60000))
#define MAX_UPLOADS 256
#define TYPE_MAX 100

typedef struct
{
  GxId    id;
  GxId    login_id;
  char   *sha256;
  char   *type;
  gint64  size;
  gint64  began_at;
  GBytes *part;             /* (nullable) */
} Upload;

struct _GxsBlobs
{
  char         *folder;
  GxsStore     *store;      /* borrowed, as are the others */
  GxBankSealer *sealer;
  GxClock      *clock;
  GxRandom     *random;
  GMutex        mutex;
  GHashTable   *uploads;    /* GxId (the upload's) -> Upload */
  GMutex        keeping;    /* one blob is put away at a time */
};

static const GxId no_row;   /* keys of blobs belong to no row of an entity */

static void
upload_free (gpointer data)
{
  Upload *upload = data;

  g_free (upload->sha256);
  g_free (upload->type);
  g_clear_pointer (&upload->part, g_bytes_unref);
  g_free (upload);
}

/**
 * gxs_blobs_new:
 *
 * Returns: (transfer full) (nullable)
 */
GxsBlobs *
gxs_blobs_new (const char    *data_dir,
               GxsStore      *store,
               GxBankSealer  *sealer,
               GxClock       *clock,
               GxRandom      *random,
               GError       **error)
{
  g_autofree char *folder = g_build_filename (data_dir, "blobs", NULL);
  GxsBlobs *blobs;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      gx_fail (error, GX_ERROR_IO, "%s: %s", folder, g_strerror (errno));
      return NULL;
    }

  blobs = g_new0 (GxsBlobs, 1);
  blobs->folder = g_steal_pointer (&folder);
  blobs->store = store;
  blobs->sealer = sealer;
  blobs->clock = clock;
  blobs->random = random;
  g_mutex_init (&blobs->mutex);
  g_mutex_init (&blobs->keeping);
  blobs->uploads = g_hash_table_new_full (gx_id_hash, gx_id_equal, NULL, upload_free);
  return blobs;
}

void
gxs_blobs_free (GxsBlobs *blobs)
{
  g_hash_table_unref (blobs->uploads);
  g_mutex_clear (&blobs->mutex);
  g_mutex_clear (&blobs->keeping);
  g_free (blobs->folder);
  g_free (blobs);
}

static gboolean
is_old (gpointer key,
        gpointer value,
        gpointer user_data)
{
  return *(gint64 *) user_data - ((Upload *) value)->began_at > UPLOAD_MS;
}

/**
 * gxs_blobs_sweep:
 *
 * Returns: how many uploads were forgotten
 */
guint
gxs_blobs_sweep (GxsBlobs *blobs)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&blobs->mutex);
  gint64 now = gx_clock_now (blobs->clock);

  return g_hash_table_foreach_remove (blobs->uploads, is_old, &now);
}

static gboolean
check_announced (const char  *sha256,
                 gint64       size,
                 const char  *type,
                 GError     **error)
{
  GxHash hash;

  if (!gx_hash_parse (sha256, &hash))
    return gx_fail_field (error, GX_ERROR_INVALID, "sha256", "form", "must be 64 lower-case hexadecimal digits");
  if (size < 1)
    return gx_fail_field (error, GX_ERROR_INVALID, "size", "range", "must be at least 1");
  if (size > GX_CHUNK_SIZE)
    return gx_fail_field (error, GX_ERROR_TOO_LARGE, "size", "range", "must be at most %u", GX_CHUNK_SIZE);
  if (*type == '\0' || strlen (type) > TYPE_MAX)
    return gx_fail_field (error, GX_ERROR_INVALID, "type", "range", "must have 1 to %d characters", TYPE_MAX);

  return TRUE;
}

/**
 * gxs_blobs_begin:
 *
 * Errors: %GX_ERROR_INVALID, %GX_ERROR_TOO_LARGE, %GX_ERROR_BUSY with too many uploads open
 */
gboolean
gxs_blobs_begin (GxsBlobs        *blobs,
                 const GxsAuthz  *authz,
                 const char      *sha256,
                 gint64           size,
                 const char      *type,
                 const char      *name,
                 GxId            *out_upload,
                 GError         **error)
{
  g_autoptr(GMutexLocker) locker = NULL;
  GxIdMaker maker;
  Upload *upload;

  if (!check_announced (sha256, size, type, error))
    return FALSE;

  gxs_blobs_sweep (blobs);
  locker = g_mutex_locker_new (&blobs->mutex);
  if (g_hash_table_size (blobs->uploads) >= MAX_UPLOADS)
    return gx_fail_busy (error, 5, "too many uploads at once");

  gx_id_maker_init (&maker, blobs->clock, blobs->random);
  upload = g_new0 (Upload, 1);
  upload->id = *out_upload = gx_id_make (&maker);
  upload->login_id = authz->login_id;
  upload->sha256 = g_strdup (sha256);
  upload->type = g_strdup (type);
  upload->size = size;
  upload->began_at = gx_clock_now (blobs->clock);
  g_hash_table_insert (blobs->uploads, &upload->id, upload);
  return TRUE;
}

/* Somebody else's upload is not there. */
static Upload *
find_upload (GxsBlobs        *blobs,
             const GxsAuthz  *authz,
             const GxId      *id,
             GError         **error)
{
  Upload *upload = g_hash_table_lookup (blobs->uploads, id);

  if (upload != NULL && gx_id_equal (&upload->login_id, &authz->login_id))
    return upload;

  gx_fail (error, GX_ERROR_NOT_FOUND, "there is no such upload");
  return NULL;
}

static gint64
offset_of (const Upload *upload)
{
  return upload->part != NULL ? (gint64) g_bytes_get_size (upload->part) : 0;
}

gboolean
gxs_blobs_get_offset (GxsBlobs        *blobs,
                      const GxsAuthz  *authz,
                      const GxId      *id,
                      gint64          *out_offset,
                      GError         **error)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&blobs->mutex);
  Upload *upload = find_upload (blobs, authz, id, error);

  if (upload == NULL)
    return FALSE;

  *out_offset = offset_of (upload);
  return TRUE;
}

/**
 * gxs_blobs_write:
 * @part_sha256: (nullable): of @part
 * @out_offset: (out): where the upload stands, also when it is not where @offset says
 *
 * Errors: %GX_ERROR_STATE if @offset is not where the upload stands, %GX_ERROR_INVALID, %GX_ERROR_NOT_FOUND
 */
gboolean
gxs_blobs_write (GxsBlobs        *blobs,
                 const GxsAuthz  *authz,
                 const GxId      *id,
                 gint64           offset,
                 GBytes          *part,
                 const char      *part_sha256,
                 gint64          *out_offset,
                 GError         **error)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&blobs->mutex);
  Upload *upload = find_upload (blobs, authz, id, error);
  g_autofree char *sha = gx_sha256_hex (g_bytes_get_data (part, NULL), (gssize) g_bytes_get_size (part));

  if (upload == NULL)
    return FALSE;

  *out_offset = offset_of (upload);
  if (offset != *out_offset)
    return gx_fail (error, GX_ERROR_STATE, "the upload stands at %" G_GINT64_FORMAT, *out_offset);
  if ((gint64) g_bytes_get_size (part) != upload->size)
    return gx_fail (error, GX_ERROR_INVALID, "the part has not the %" G_GINT64_FORMAT " bytes announced", upload->size);
  if (part_sha256 != NULL && strcmp (part_sha256, sha) != 0)
    return gx_fail (error, GX_ERROR_INVALID, "the part did not arrive as it was sent");

  upload->part = g_bytes_ref (part);
  *out_offset = offset_of (upload);
  return TRUE;
}

static char *
path_of (GxsBlobs   *blobs,
         const char *sha256)
{
  return g_build_filename (blobs->folder, sha256, NULL);
}

static gboolean
fail_io (const char  *path,
         GError     **error)
{
  return gx_fail (error, GX_ERROR_IO, "%s: %s", path, g_strerror (errno));
}

static gboolean
sync_folder (const char  *folder,
             GError     **error)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean synced = fd >= 0 && fsync (fd) == 0;

  if (!synced)
    fail_io (folder, error);
  if (fd >= 0)
    close (fd);

  return synced;
}

static gboolean
write_out (int            fd,
           gconstpointer  data,
           gsize          size)
{
  const guint8 *bytes = data;

  for (gsize done = 0; done < size;)
    {
      ssize_t n = write (fd, bytes + done, size - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      done += (gsize) n;
    }

  return fsync (fd) == 0;
}

/* Under another name first: what has the blob's name is whole. */
static gboolean
write_file (GxsBlobs    *blobs,
            const char  *sha256,
            GBytes      *sealed,
            GError     **error)
{
  g_autofree char *path = path_of (blobs, sha256);
  g_autofree char *draft = g_strconcat (path, ".XXXXXX", NULL);
  int fd = g_mkstemp_full (draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  gboolean written;

  if (fd < 0)
    return fail_io (draft, error);

  written = write_out (fd, g_bytes_get_data (sealed, NULL), g_bytes_get_size (sealed));
  if (!written)
    fail_io (draft, error);
  close (fd);
  if (written && g_rename (draft, path) != 0)
    written = fail_io (path, error);
  if (!written)
    g_unlink (draft);

  return written && sync_folder (blobs->folder, error);
}

/* nonce | XChaCha20-Poly1305, the hash as associated data */
static GBytes *
seal_bytes (GxsBlobs     *blobs,
            const guint8 *key,
            const char   *sha256,
            GBytes       *clear)
{
  const gsize nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
  gsize size = g_bytes_get_size (clear);
  guint8 *sealed = g_malloc (nonce_size + size + crypto_aead_xchacha20poly1305_ietf_ABYTES);
  unsigned long long length;

  gx_random_bytes (blobs->random, sealed, nonce_size);
  crypto_aead_xchacha20poly1305_ietf_encrypt (sealed + nonce_size, &length, g_bytes_get_data (clear, NULL), size,
                                              (const guint8 *) sha256, strlen (sha256), NULL, sealed, key);
  return g_bytes_new_take (sealed, nonce_size + length);
}

static GBytes *
open_bytes (const guint8  *key,
            const char    *sha256,
            const guint8  *sealed,
            gsize          size,
            GError       **error)
{
  const gsize nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
  g_autofree guint8 *clear = NULL;
  unsigned long long length;

  if (size >= nonce_size + crypto_aead_xchacha20poly1305_ietf_ABYTES)
    {
      clear = g_malloc (size);
      if (crypto_aead_xchacha20poly1305_ietf_decrypt (clear, &length, NULL, sealed + nonce_size, size - nonce_size,
                                                      (const guint8 *) sha256, strlen (sha256), sealed, key) == 0)
        return g_bytes_new_take (g_steal_pointer (&clear), length);
    }

  gx_fail (error, GX_ERROR_TAMPERED, "attachment %s does not open", sha256);
  return NULL;
}

typedef struct
{
  const char     *sha256;
  const char     *type;
  gint64          size;
  GBytes         *wrapped;
  const GxsAuthz *authz;
} Insert;

static gboolean
insert_blob (GxsBatch  *batch,
             gpointer   data,
             GError   **error)
{
  Insert *insert = data;
  GxDb *db = gxs_batch_get_db (batch);

  if (insert->wrapped != NULL
      && !gx_db_run (db, error, "INSERT INTO blob(sha256, size, type, key_wrapped, state, created_by, created_at)"
                     " VALUES(?, ?, ?, ?, 'DONE', ?, ?)", "titbui", insert->sha256, insert->size, insert->type, insert->wrapped,
                     &insert->authz->login_id, gxs_batch_get_now (batch)))
    return FALSE;

  /* Whoever sent it may use it as evidence: the reference names the login. */
  if (!gx_db_run (db, error, "DELETE FROM blob_ref WHERE sha256 = ? AND tbl = 5 AND id = ?", "tu", insert->sha256,
                  &insert->authz->login_id))
    return FALSE;
  return gx_db_run (db, error, "INSERT INTO blob_ref(sha256, tbl, id) VALUES(?, 5, ?)", "tu", insert->sha256,
                    &insert->authz->login_id);
}

/* Several people may send the same bytes: the first one's file and key stay, or a fault between the two would lose it. */
static gboolean
is_kept (GxDb        *db,
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

static gboolean
keep (GxsBlobs        *blobs,
      GxDb            *db,
      const GxsAuthz  *authz,
      const Upload    *upload,
      GError         **error)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&blobs->keeping);
  gboolean kept;
  guint8 key[crypto_aead_xchacha20poly1305_ietf_KEYBYTES];
  Insert insert = { .sha256 = upload->sha256, .type = upload->type, .size = upload->size, .authz = authz };
  g_autoptr(GBytes) sealed = NULL;
  g_autoptr(GBytes) wrapped = NULL;

  if (!is_kept (db, upload->sha256, &kept, error))
    return FALSE;
  if (kept)
    return gxs_store_run (blobs->store, insert_blob, &insert, error);

  gx_random_bytes (blobs->random, key, sizeof key);
  sealed = seal_bytes (blobs, key, upload->sha256, upload->part);
  insert.wrapped = wrapped = gx_seal_bytes (blobs->sealer, "blob", upload->sha256, &no_row, key, sizeof key);
  sodium_memzero (key, sizeof key);

  return write_file (blobs, upload->sha256, sealed, error)
         && gxs_store_run (blobs->store, insert_blob, &insert, error);
}

static Upload *
take_upload (GxsBlobs        *blobs,
             const GxsAuthz  *authz,
             const GxId      *id,
             GError         **error)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&blobs->mutex);
  Upload *upload = find_upload (blobs, authz, id, error);

  if (upload == NULL)
    return NULL;
  if (upload->part == NULL)
    {
      gx_fail (error, GX_ERROR_STATE, "nothing has been sent yet");
      return NULL;
    }

  g_hash_table_steal (blobs->uploads, id);
  return upload;
}

/**
 * gxs_blobs_finish:
 * @out_sha256: (out) (transfer full)
 *
 * Errors: %GX_ERROR_INVALID if the bytes have another hash than announced
 */
gboolean
gxs_blobs_finish (GxsBlobs        *blobs,
                  GxDb            *db,
                  const GxsAuthz  *authz,
                  const GxId      *id,
                  char           **out_sha256,
                  GError         **error)
{
  Upload *upload = take_upload (blobs, authz, id, error);
  g_autofree char *sha = NULL;
  gboolean kept;

  if (upload == NULL)
    return FALSE;

  sha = gx_sha256_hex (g_bytes_get_data (upload->part, NULL), (gssize) g_bytes_get_size (upload->part));
  if (strcmp (sha, upload->sha256) != 0)
    kept = gx_fail_field (error, GX_ERROR_INVALID, "sha256", "hash", "the bytes have another hash than announced");
  else
    kept = keep (blobs, db, authz, upload, error);
  if (kept)
    *out_sha256 = g_strdup (sha);
  upload_free (upload);

  return kept;
}

/* Readable: what one sent oneself, and evidence of a request that one may see. */
static gboolean
check_may_read (GxDb            *db,
                const GxsAuthz  *authz,
                const char      *sha256,
                const GxId      *request,
                GError         **error)
{
  g_auto(GxsRow) row = { 0 };
  gint64 n;

  if (!gx_db_query_int (db, &n, error, "SELECT COUNT(*) FROM cr_evidence WHERE cr_id = ? AND sha256 = ?", "ut", request, sha256)
      || !gxs_row_find (db, &gx_change_request_entity, request, &row, error))
    return FALSE;
  if (n > 0 && row.data != NULL && gxs_authz_may_read (authz, row.entity, row.data, &row.holders))
    return TRUE;

  return gx_fail (error, GX_ERROR_NOT_FOUND, "there is no such attachment");
}

static gboolean
load_key (GxsBlobs      *blobs,
          GxDb          *db,
          const char    *sha256,
          guint8        *key,
          char         **out_type,
          GError       **error)
{
  g_autoptr(GxStatement) statement = gx_db_query (db, error, "SELECT type, key_wrapped FROM blob WHERE sha256 = ?", "t", sha256);
  g_autoptr(GBytes) opened = NULL;
  GError *local = NULL;
  gconstpointer wrapped;
  gsize size;

  if (statement == NULL)
    return FALSE;
  if (!gx_statement_next (statement, &local))
    {
      if (local == NULL)
        return gx_fail (error, GX_ERROR_NOT_FOUND, "there is no such attachment");
      g_propagate_error (error, local);
      return FALSE;
    }

  wrapped = gx_statement_get_blob (statement, 1, &size);
  opened = gx_unseal_bytes (blobs->sealer, "blob", sha256, &no_row, wrapped, size, error);
  if (opened == NULL)
    return FALSE;
  if (g_bytes_get_size (opened) != crypto_aead_xchacha20poly1305_ietf_KEYBYTES)
    return gx_fail (error, GX_ERROR_TAMPERED, "the key of attachment %s", sha256);

  memcpy (key, g_bytes_get_data (opened, NULL), g_bytes_get_size (opened));
  *out_type = g_strdup (gx_statement_get_text (statement, 0));
  return TRUE;
}

/**
 * gxs_blobs_read:
 * @request: of which it is evidence
 * @out_type: (out) (transfer full): the media type
 *
 * Returns: (transfer full) (nullable): the bytes
 *
 * Errors: %GX_ERROR_NOT_FOUND also for what the session may not see, %GX_ERROR_TAMPERED
 */
GBytes *
gxs_blobs_read (GxsBlobs        *blobs,
                GxDb            *db,
                const GxsAuthz  *authz,
                const char      *sha256,
                const GxId      *request,
                char           **out_type,
                GError         **error)
{
  guint8 key[crypto_aead_xchacha20poly1305_ietf_KEYBYTES];
  g_autofree char *path = NULL;
  g_autofree char *sealed = NULL;
  g_autofree char *type = NULL;
  GxHash hash;
  GBytes *clear;
  gsize size;

  if (!gx_hash_parse (sha256, &hash))
    {
      gx_fail_field (error, GX_ERROR_INVALID, "sha256", "form", "must be 64 lower-case hexadecimal digits");
      return NULL;
    }
  path = path_of (blobs, sha256);
  if (!check_may_read (db, authz, sha256, request, error) || !load_key (blobs, db, sha256, key, &type, error))
    return NULL;
  if (!g_file_get_contents (path, &sealed, &size, error))
    {
      gx_error_adopt (error);
      return NULL;
    }

  clear = open_bytes (key, sha256, (const guint8 *) sealed, size, error);
  sodium_memzero (key, sizeof key);
  if (clear != NULL)
    *out_type = g_steal_pointer (&type);
  return clear;
}
