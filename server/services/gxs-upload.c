/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document on its way in: announced, sent in chunks, checked whole, and only then the bank's (sync.md 1.8).
 *
 *   begin --> [ row ] --> write, write … --> finish: hash, look, fsync, rename, fsync folder, row of the blob
 *                          |  file grows
 *                          `- 409 with where it stands
 *
 * The row and the file are all there is; what this process holds of an upload (an open file, whose turn it is) is made from
 * them again after any end of the process. Whether the bank has a document is told only to the login that sent it:
 * everybody else sends it, and learns nothing.
 */
#include "gxs-blob-private.h"

#include "gx-bug.h"
#include "gx-hash.h"
#include "gx-media.h"
#include "gx-protocol.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#define NAME_MAX_LENGTH 200                             /* characters */
#define TIDY_MS         (3600 * G_GINT64_CONSTANT (1000))
#define LIVE_MAX        64                              /* open files */

/* --- what this process holds of an upload ------------------------------------------------------------------------- */

static GxsLive *
live_new (const GxId *id)
{
  GxsLive *live = g_new0 (GxsLive, 1);

  live->id = *id;
  g_mutex_init (&live->lock);
  g_atomic_ref_count_init (&live->refs);
  return live;
}

void
gxs_live_unref (GxsLive *live)
{
  if (!g_atomic_ref_count_dec (&live->refs))
    return;

  g_clear_pointer (&live->writer, gx_sealed_writer_free);
  g_mutex_clear (&live->lock);
  g_free (live);
}

/* In nobody's hands and nobody's turn. Whoever has one in hand keeps it: two of one upload would write one file. */
static gboolean
is_idle (gpointer key,
         gpointer value,
         gpointer user_data)
{
  GxsLive *live = value;

  return g_atomic_ref_count_compare (&live->refs, 1) && live->lease_until < *(gint64 *) user_data;
}

/* Returns: (transfer full) */
GxsLive *
gxs_live_get (GxsBlobs   *blobs,
              const GxId *id)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&blobs->mutex);
  GxsLive *live = g_hash_table_lookup (blobs->live, id);
  gint64 now = gx_clock_now (blobs->options.clock);

  if (live == NULL)
    {
      if (g_hash_table_size (blobs->live) >= LIVE_MAX)
        g_hash_table_foreach_remove (blobs->live, is_idle, &now);
      live = live_new (id);
      g_hash_table_insert (blobs->live, &live->id, live);
    }

  g_atomic_ref_count_inc (&live->refs);
  return live;
}

void
gxs_live_forget (GxsBlobs   *blobs,
                 const GxId *id)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&blobs->mutex);

  g_hash_table_remove (blobs->live, id);
}

/* --- the row ------------------------------------------------------------------------------------------------------ */

typedef struct
{
  GxId     id;
  char     sha256[2 * GX_HASH_SIZE + 1];
  gint64   size;
  char    *type;
  gboolean with_place;
  guint8   key[GX_SEALED_KEY_SIZE];
  GBytes  *wrapped;
} Upload;

static void
upload_clear (Upload *upload)
{
  sodium_memzero (upload->key, sizeof upload->key);
  g_free (upload->type);
  g_clear_pointer (&upload->wrapped, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Upload, upload_clear)

#define SELECT_UPLOAD "SELECT id, sha256, size, type, with_place, key_wrapped FROM upload "

static gboolean
read_upload (GxsBlobs     *blobs,
             GxStatement  *statement,
             Upload       *out,
             gboolean     *out_found,
             GError      **error)
{
  GError *local = NULL;
  gconstpointer wrapped;
  gsize size;

  *out_found = FALSE;
  if (statement == NULL)
    return FALSE;
  if (!gx_statement_next (statement, &local))
    {
      if (local != NULL)
        g_propagate_error (error, local);
      return local == NULL;
    }

  out->id = gx_statement_get_id (statement, 0);
  g_strlcpy (out->sha256, gx_statement_get_text (statement, 1), sizeof out->sha256);
  out->size = gx_statement_get_int (statement, 2);
  out->type = g_strdup (gx_statement_get_text (statement, 3));
  out->with_place = gx_statement_get_int (statement, 4) != 0;
  wrapped = gx_statement_get_blob (statement, 5, &size);
  out->wrapped = g_bytes_new (wrapped, size);
  *out_found = TRUE;
  return gxs_blob_unwrap_key (blobs->options.sealer, out->sha256, wrapped, size, out->key, error);
}

/* Somebody else's upload is not there. */
static gboolean
find_upload (GxsBlobs        *blobs,
             GxDb            *db,
             const GxsAuthz  *authz,
             const GxId      *id,
             Upload          *out,
             GError         **error)
{
  g_autoptr(GxStatement) statement = gx_db_query (db, error, SELECT_UPLOAD "WHERE id = ? AND login_id = ?", "uu", id, &authz->login_id);
  gboolean found;

  return read_upload (blobs, statement, out, &found, error)
         && (found || gx_fail (error, GX_ERROR_NOT_FOUND, "there is no such upload"));
}

/* The upload, and its lock; once that is had, the upload may be over. */
static gboolean
enter (GxsBlobs        *blobs,
       GxDb            *db,
       const GxsAuthz  *authz,
       const GxId      *id,
       Upload          *out,
       GxsLive        **out_live,
       GMutexLocker   **out_locker,
       GError         **error)
{
  if (!find_upload (blobs, db, authz, id, out, error))
    return FALSE;
  *out_live = gxs_live_get (blobs, id);
  *out_locker = g_mutex_locker_new (&(*out_live)->lock);
  upload_clear (out);
  *out = (Upload) { .size = 0 };

  return find_upload (blobs, db, authz, id, out, error);
}

static char *
path_of_upload (GxsBlobs   *blobs,
                const GxId *id)
{
  return g_build_filename (blobs->uploads, GX_ID_STR (id), NULL);
}

/* --- begin -------------------------------------------------------------------------------------------------------- */

static gboolean
check_announced (GxsBlobs            *blobs,
                 const GxsAnnounced  *announced,
                 GError             **error)
{
  gint64 max = blobs->options.max_size != 0 ? blobs->options.max_size : GX_BLOB_MAX;
  const char *name = announced->name;

  if (!gxs_blob_check_hash (announced->sha256, error))
    return FALSE;
  if (announced->size < 1)
    return gx_fail_field (error, GX_ERROR_INVALID, "size", "range", "must be at least 1");
  if (announced->size > max)
    return gx_fail_field (error, GX_ERROR_TOO_LARGE, "size", "max-size", "must be at most %" G_GINT64_FORMAT, max);
  if (!gx_media_is_taken (announced->type))
    return gx_fail_field (error, GX_ERROR_INVALID, "type", "media-type", "a document is a PDF, a PNG or JPEG image, or plain text");
  if (name != NULL && (*name == '\0' || g_utf8_strlen (name, -1) > NAME_MAX_LENGTH))
    return gx_fail_field (error, GX_ERROR_INVALID, "name", "range", "must have 1 to %d characters", NAME_MAX_LENGTH);

  return TRUE;
}

typedef struct
{
  GxsBlobs           *blobs;
  const GxsAuthz     *authz;
  const GxsAnnounced *announced;
  GxId                id;
} Begin;

/* An earlier announcement of the same document that said something else of it is forgotten. */
static gboolean
insert_upload (GxsBatch  *batch,
               gpointer   data,
               GError   **error)
{
  Begin *begin = data;
  GxDb *db = gxs_batch_get_db (batch);
  guint8 key[GX_SEALED_KEY_SIZE];
  g_autoptr(GBytes) wrapped = NULL;
  gint64 n;

  if (!gx_db_run (db, error, "DELETE FROM upload WHERE login_id = ? AND sha256 = ?", "ut", &begin->authz->login_id, begin->announced->sha256)
      || !gx_db_query_int (db, &n, error, "SELECT COUNT(*) FROM upload WHERE login_id = ?", "u", &begin->authz->login_id))
    return FALSE;
  if (n >= GXS_UPLOADS_MAX)
    return gx_fail_busy (error, 60, "%d documents are on their way already: end one of them first", GXS_UPLOADS_MAX);

  begin->id = gxs_batch_new_id (batch);
  gx_random_bytes (begin->blobs->options.random, key, sizeof key);
  wrapped = gxs_blob_wrap_key (begin->blobs->options.sealer, begin->announced->sha256, key);
  sodium_memzero (key, sizeof key);
  return gx_db_run (db, error, "INSERT INTO upload(id, sha256, size, type, key_wrapped, with_place, login_id, began_at)"
                    " VALUES(?, ?, ?, ?, ?, ?, ?, ?)", "utitbnui", &begin->id, begin->announced->sha256, begin->announced->size,
                    begin->announced->type, wrapped, (int) begin->announced->with_place, &begin->authz->login_id,
                    gxs_batch_get_now (batch));
}

/* The file as it is, at the first touch in this process; the lock is held. */
static gboolean
open_writer (GxsBlobs      *blobs,
             GxsLive       *live,
             const Upload  *upload,
             GError       **error)
{
  g_autofree char *path = path_of_upload (blobs, &upload->id);
  g_autoptr(GError) local = NULL;

  if (live->writer != NULL)
    return TRUE;
  live->writer = gx_sealed_writer_open (path, upload->key, upload->size, upload->sha256, &local);
  if (live->writer != NULL)
    return TRUE;
  if (!g_error_matches (local, GX_ERROR, GX_ERROR_NOT_FOUND) && !g_error_matches (local, GX_ERROR, GX_ERROR_TAMPERED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  /* None yet, or one that was cut in its head. */
  g_unlink (path);
  live->writer = gx_sealed_writer_create (path, upload->key, upload->size, upload->sha256, error);
  return live->writer != NULL;
}

static gboolean
is_same (const Upload       *upload,
         const GxsAnnounced *announced)
{
  return upload->size == announced->size && upload->with_place == announced->with_place && g_str_equal (upload->type, announced->type);
}

static gboolean
find_unfinished (GxsBlobs            *blobs,
                 GxDb                *db,
                 const GxsAuthz      *authz,
                 const GxsAnnounced  *announced,
                 GxId                *out_id,
                 GError             **error)
{
  g_autoptr(GxStatement) statement = gx_db_query (db, error, SELECT_UPLOAD "WHERE login_id = ? AND sha256 = ?", "ut", &authz->login_id,
                                                  announced->sha256);
  g_auto(Upload) upload = { 0 };
  gboolean found;

  *out_id = (GxId) { 0 };
  if (!read_upload (blobs, statement, &upload, &found, error))
    return FALSE;
  if (found && is_same (&upload, announced))
    *out_id = upload.id;

  return TRUE;
}

static void
tidy_sometimes (GxsBlobs *blobs,
                GxDb     *db)
{
  gint64 now = gx_clock_now (blobs->options.clock);
  gboolean due;

  g_mutex_lock (&blobs->mutex);
  due = now - blobs->tidied_at > TIDY_MS;
  if (due)
    blobs->tidied_at = now;
  g_mutex_unlock (&blobs->mutex);

  if (due)
    gxs_blobs_tidy (blobs, db);
}

/**
 * gxs_blobs_begin:
 * @out_upload: (out): a new upload, or the unfinished one of the same document and login
 *
 * Errors: %GX_ERROR_INVALID, %GX_ERROR_TOO_LARGE, %GX_ERROR_BUSY with too many unfinished ones
 */
gboolean
gxs_blobs_begin (GxsBlobs            *blobs,
                 GxDb                *db,
                 const GxsAuthz      *authz,
                 const GxsAnnounced  *announced,
                 GxsUpload           *out_upload,
                 GError             **error)
{
  Begin begin = { .blobs = blobs, .authz = authz, .announced = announced };

  *out_upload = (GxsUpload) { .offset = 0 };
  if (!check_announced (blobs, announced, error)
      || !gxs_blob_is_sent_by (db, announced->sha256, &authz->login_id, &out_upload->here, error))
    return FALSE;
  if (out_upload->here)
    return TRUE;

  tidy_sometimes (blobs, db);
  if (!find_unfinished (blobs, db, authz, announced, &out_upload->id, error))
    return FALSE;
  if (!gx_id_is_none (&out_upload->id))
    return gxs_blobs_get_offset (blobs, db, authz, &out_upload->id, &out_upload->offset, error);
  if (!blobs->options.run (blobs->options.run_data, insert_upload, &begin, error))
    return FALSE;

  out_upload->id = begin.id;
  return TRUE;
}

/**
 * gxs_blobs_get_offset:
 *
 * Errors: %GX_ERROR_NOT_FOUND
 */
gboolean
gxs_blobs_get_offset (GxsBlobs        *blobs,
                      GxDb            *db,
                      const GxsAuthz  *authz,
                      const GxId      *id,
                      gint64          *out_offset,
                      GError         **error)
{
  g_auto(Upload) upload = { 0 };
  g_autoptr(GxsLive) live = NULL;
  g_autoptr(GMutexLocker) locker = NULL;

  if (!enter (blobs, db, authz, id, &upload, &live, &locker, error) || !open_writer (blobs, live, &upload, error))
    return FALSE;

  *out_offset = gx_sealed_writer_get_offset (live->writer);
  return TRUE;
}

/* --- write -------------------------------------------------------------------------------------------------------- */

/* One client at a time; the same one may always try again, or a connection that died would lock it out. */
static gboolean
take_lease (GxsBlobs        *blobs,
            GxsLive         *live,
            const GxsAuthz  *authz,
            GError         **error)
{
  gint64 now = gx_clock_now (blobs->options.clock);

  if (live->lease_until > now && !gx_id_equal (&live->client, &authz->client_id))
    return gx_fail_busy (error, (guint) ((live->lease_until - now + 999) / 1000), "another desk of yours sends this document");

  live->client = authz->client_id;
  live->lease_until = now + GXS_LEASE_MS;
  return TRUE;
}

static gboolean
fail_offset (gint64    offset,
             GError  **error)
{
  g_autofree char *params = g_strdup_printf ("{\"offset\":%" G_GINT64_FORMAT "}", offset);

  gx_fail_field (error, GX_ERROR_STATE, GX_HEADER_UPLOAD_OFFSET, "offset", "the upload stands at %" G_GINT64_FORMAT, offset);
  if (error != NULL)
    gx_error_set_params (*error, params);
  return FALSE;
}

static gboolean
check_part (GxsLive     *live,
            GBytes      *part,
            const char  *part_sha256,
            GError     **error)
{
  g_autofree char *sha = gx_sha256_hex (g_bytes_get_data (part, NULL), (gssize) g_bytes_get_size (part));
  gsize due = gx_sealed_writer_get_due (live->writer);

  if (part_sha256 == NULL)
    return gx_fail_field (error, GX_ERROR_INVALID, GX_HEADER_CHUNK_SHA256, "required", "every part comes with its SHA-256");
  if (g_bytes_get_size (part) != due)
    return gx_fail_field (error, GX_ERROR_INVALID, "body", "chunk-size", "the next part has %" G_GSIZE_FORMAT " bytes", due);

  return g_str_equal (part_sha256, sha)
         || gx_fail_field (error, GX_ERROR_INVALID, GX_HEADER_CHUNK_SHA256, "hash", "the part did not arrive as it was sent");
}

static gboolean
write_part (GxsBlobs        *blobs,
            GxsLive         *live,
            const GxsAuthz  *authz,
            gint64           offset,
            GBytes          *part,
            const char      *part_sha256,
            gint64          *out_offset,
            GError         **error)
{
  gboolean written;

  if (!take_lease (blobs, live, authz, error))
    return FALSE;
  *out_offset = gx_sealed_writer_get_offset (live->writer);
  if ((offset != *out_offset && !GX_BUG (GX_BUG_OFFSET)) || gx_sealed_writer_get_due (live->writer) == 0)
    return fail_offset (*out_offset, error);
  if (!check_part (live, part, part_sha256, error))
    return FALSE;

  written = gx_sealed_writer_append (live->writer, part, error);
  if (written)
    *out_offset = gx_sealed_writer_get_offset (live->writer);
  else
    g_clear_pointer (&live->writer, gx_sealed_writer_free);     /* what the disk has is read again */
  return written;
}

/**
 * gxs_blobs_write:
 * @part: the next chunk: %GX_CHUNK_SIZE bytes, or what is left
 * @part_sha256: (nullable): of @part, hex; without one it is refused
 * @out_offset: (out): where the upload stands, also when it is not where @offset says; untouched by other errors
 *
 * When it returns, the part is there for good.
 *
 * Errors: %GX_ERROR_STATE with {"offset":n} if @offset is not where the upload stands, %GX_ERROR_BUSY while another client
 * writes, %GX_ERROR_INVALID, %GX_ERROR_NOT_FOUND
 */
gboolean
gxs_blobs_write (GxsBlobs        *blobs,
                 GxDb            *db,
                 const GxsAuthz  *authz,
                 const GxId      *id,
                 gint64           offset,
                 GBytes          *part,
                 const char      *part_sha256,
                 gint64          *out_offset,
                 GError         **error)
{
  g_auto(Upload) upload = { 0 };
  g_autoptr(GxsLive) live = NULL;
  g_autoptr(GMutexLocker) locker = NULL;

  return enter (blobs, db, authz, id, &upload, &live, &locker, error)
         && open_writer (blobs, live, &upload, error)
         && write_part (blobs, live, authz, offset, part, part_sha256, out_offset, error);
}

/* --- finish ------------------------------------------------------------------------------------------------------- */

typedef struct
{
  const Upload *upload;
  const GxId   *login_id;
  gboolean      kept;       /* somebody else's file of the same bytes stays */
  gboolean      refused;    /* nothing is kept */
} Finish;

static gboolean
finish_rows (GxsBatch  *batch,
             gpointer   data,
             GError   **error)
{
  const Finish *finish = data;
  const Upload *upload = finish->upload;

  if (!gx_db_run (gxs_batch_get_db (batch), error, "DELETE FROM upload WHERE id = ?", "u", &upload->id))
    return FALSE;
  if (finish->refused)
    return TRUE;

  return (finish->kept || gxs_blob_insert (batch, upload->sha256, upload->size, upload->type, upload->wrapped, finish->login_id, error))
         && gxs_blob_refer (batch, upload->sha256, finish->login_id, error);
}

/* What is on the disk, not what went by: read again, and looked at. */
static gboolean
check_whole (GxsBlobs      *blobs,
             GxsLive       *live,
             const Upload  *upload,
             GError       **error)
{
  g_autofree char *sha256 = gx_sealed_writer_finish (live->writer, error);
  g_autofree char *path = path_of_upload (blobs, &upload->id);
  g_autoptr(GBytes) bytes = NULL;

  if (sha256 == NULL)
    return FALSE;
  if (!g_str_equal (sha256, upload->sha256) && !GX_BUG (GX_BUG_PAPER))
    return gx_fail_field (error, GX_ERROR_INVALID, "sha256", "hash", "the bytes have another hash than announced");
  bytes = gx_sealed_file_read (path, upload->key, upload->size, upload->sha256, error);

  return bytes != NULL && gx_media_check (bytes, upload->type, upload->with_place, error);
}

/* Several people may send the same bytes: the first one's file and key stay, or a fault between the two would lose it. */
static gboolean
keep (GxsBlobs        *blobs,
      GxDb            *db,
      const GxsAuthz  *authz,
      const Upload    *upload,
      GError         **error)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&blobs->keeping);
  g_autofree char *from = path_of_upload (blobs, &upload->id);
  g_autofree char *to = gxs_blob_path (blobs->folder, upload->sha256);
  Finish finish = { .upload = upload, .login_id = &authz->login_id };

  if (!gxs_blob_is_kept (db, upload->sha256, &finish.kept, error))
    return FALSE;
  if (!finish.kept && g_rename (from, to) != 0)
    return gx_fail (error, GX_ERROR_IO, "%s: %s", to, g_strerror (errno));
  if (!gx_sync_folder (blobs->folder, error) || !blobs->options.run (blobs->options.run_data, finish_rows, &finish, error))
    return FALSE;

  if (finish.kept)
    g_unlink (from);
  return TRUE;
}

/* What can never become the document that was announced is not kept. */
static gboolean
drop (GxsBlobs      *blobs,
      const Upload  *upload)
{
  g_autofree char *path = path_of_upload (blobs, &upload->id);
  Finish finish = { .upload = upload, .refused = TRUE };

  if (!blobs->options.run (blobs->options.run_data, finish_rows, &finish, NULL))
    return FALSE;

  g_unlink (path);
  return TRUE;
}

/* The row is gone: whoever still waits for the lock will see that. */
static void
end (GxsBlobs *blobs,
     GxsLive  *live)
{
  g_clear_pointer (&live->writer, gx_sealed_writer_free);
  gxs_live_forget (blobs, &live->id);
}

/**
 * gxs_blobs_finish:
 * @out_sha256: (out) (transfer full)
 *
 * Errors: %GX_ERROR_STATE if some of it is missing; %GX_ERROR_INVALID naming field and rule if it has another hash than
 * announced or is no document that a bank takes: then the upload is gone
 */
gboolean
gxs_blobs_finish (GxsBlobs        *blobs,
                  GxDb            *db,
                  const GxsAuthz  *authz,
                  const GxId      *id,
                  char           **out_sha256,
                  GError         **error)
{
  g_auto(Upload) upload = { 0 };
  g_autoptr(GxsLive) live = NULL;
  g_autoptr(GMutexLocker) locker = NULL;
  GError *local = NULL;

  if (!enter (blobs, db, authz, id, &upload, &live, &locker, error) || !open_writer (blobs, live, &upload, error))
    return FALSE;

  if (check_whole (blobs, live, &upload, &local) && keep (blobs, db, authz, &upload, &local))
    {
      end (blobs, live);
      *out_sha256 = g_strdup (upload.sha256);
      return TRUE;
    }
  if (g_error_matches (local, GX_ERROR, GX_ERROR_INVALID) && drop (blobs, &upload))
    end (blobs, live);

  g_propagate_error (error, local);
  return FALSE;
}

/* --- what nobody finished ----------------------------------------------------------------------------------------- */

/**
 * gxs_uploads_sweep:
 *
 * Forgets the uploads that were begun too long ago; their files go with the next gxs_blobs_tidy().
 */
gboolean
gxs_uploads_sweep (GxsBatch  *batch,
                   GError   **error)
{
  return gx_db_run (gxs_batch_get_db (batch), error, "DELETE FROM upload WHERE began_at < ?", "i",
                    gxs_batch_get_now (batch) - GXS_UPLOAD_KEPT_MS);
}

/**
 * gxs_blobs_tidy:
 *
 * Removes the files whose upload there is not. A row is committed before its file is made.
 */
void
gxs_blobs_tidy (GxsBlobs *blobs,
                GxDb     *db)
{
  g_autoptr(GDir) dir = g_dir_open (blobs->uploads, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (blobs->uploads, name, NULL);
      gint64 n = 1;
      GxId id;

      if (!gx_id_parse (name, &id))
        continue;
      if (gx_db_query_int (db, &n, NULL, "SELECT COUNT(*) FROM upload WHERE id = ?", "u", &id) && n == 0)
        {
          gxs_live_forget (blobs, &id);
          g_unlink (path);
        }
    }
}
