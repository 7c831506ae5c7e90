/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document as it lies on a disk, on either side: libsodium's secretstream (XChaCha20-Poly1305), a message a chunk.
 *
 *   header 24 | chunk 0 + 17 | chunk 1 + 17 | … | last chunk + 17, tagged as the last
 *
 * So a chunk cannot be cut off, swapped, repeated or taken from another file (each is bound to the label, and to all before
 * it). A file that was torn while it grew is opened again at the last whole chunk: reading through leaves the stream's state
 * where writing left it. What is then written there anew is the same document, so nothing is enciphered twice but itself.
 *
 * Not here: whose key it is and where it is kept, and what the document is.
 */
#include "gx-sealed-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <gnutls/crypto.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "gx-error.h"
#include "gx-hash.h"

#define HEAD     crypto_secretstream_xchacha20poly1305_HEADERBYTES
#define OVERHEAD crypto_secretstream_xchacha20poly1305_ABYTES

typedef crypto_secretstream_xchacha20poly1305_state Stream;

G_STATIC_ASSERT (GX_SEALED_KEY_SIZE == crypto_secretstream_xchacha20poly1305_KEYBYTES);

struct _GxSealedReader
{
  int     fd;
  char   *path;             /* for messages */
  char   *label;
  gint64  size;             /* of the whole, clear */
  gint64  offset;           /* clear bytes that were read */
  Stream  stream;
};

struct _GxSealedWriter
{
  GxSealedReader   *file;   /* whose stream and offset go on here */
  gnutls_hash_hd_t  hash;   /* of all that is there */
  gboolean          broken; /* a write failed: what the disk has is not known */
};

static gboolean
fail_io (const char  *path,
         GError     **error)
{
  return gx_fail (error, GX_ERROR_IO, "%s: %s", path, g_strerror (errno));
}

/**
 * gx_sync_folder:
 *
 * Makes what was renamed in @folder, or into it, outlive a power cut.
 */
gboolean
gx_sync_folder (const char  *folder,
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

/**
 * gx_make_folder:
 * @folder: in one that is there
 *
 * Makes it, if it is not there, so that what is kept in it outlives a power cut. Whoever made it before may have been killed
 * before its name was safe: that is made sure of in any case.
 */
gboolean
gx_make_folder (const char  *folder,
                GError     **error)
{
  g_autofree char *parent = g_path_get_dirname (folder);

  if (g_mkdir (folder, 0700) != 0 && errno != EEXIST)
    return fail_io (folder, error);

  return gx_sync_folder (parent, error);
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

/* All of @size bytes unless the file ends before; -1 with errno. */
static gssize
read_full (int     fd,
           guint8 *buffer,
           gsize   size)
{
  gsize done = 0;

  while (done < size)
    {
      ssize_t n = read (fd, buffer + done, size - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return -1;
      if (n == 0)
        break;
      done += (gsize) n;
    }

  return (gssize) done;
}

static gboolean
fail_tampered (const GxSealedReader *reader,
               GError              **error)
{
  return gx_fail (error, GX_ERROR_TAMPERED, "%s is not as it was written", reader->path);
}

static GxSealedReader *
open_file (const char    *path,
           int            flags,
           gint64         size,
           const char    *label,
           GError       **error)
{
  int fd = open (path, flags | O_CLOEXEC, 0600);
  GxSealedReader *reader;

  if (fd < 0)
    {
      gx_fail (error, errno == ENOENT ? GX_ERROR_NOT_FOUND : GX_ERROR_IO, "%s: %s", path, g_strerror (errno));
      return NULL;
    }
  reader = g_new0 (GxSealedReader, 1);
  reader->fd = fd;
  reader->path = g_strdup (path);
  reader->label = g_strdup (label);
  reader->size = size;

  return reader;
}

static gboolean
read_head (GxSealedReader  *reader,
           const guint8    *key,
           GError         **error)
{
  guint8 head[HEAD];
  gssize n = read_full (reader->fd, head, sizeof head);

  if (n < 0)
    return fail_io (reader->path, error);

  return (n == sizeof head && crypto_secretstream_xchacha20poly1305_init_pull (&reader->stream, head, key) == 0)
         || fail_tampered (reader, error);
}

/**
 * gx_sealed_reader_open:
 * @size: of the document, bytes
 * @label: what the file was bound to when it was written
 *
 * Errors: %GX_ERROR_NOT_FOUND, %GX_ERROR_IO, %GX_ERROR_TAMPERED
 */
GxSealedReader *
gx_sealed_reader_open (const char    *path,
                       const guint8   key[static GX_SEALED_KEY_SIZE],
                       gint64         size,
                       const char    *label,
                       GError       **error)
{
  g_autoptr(GxSealedReader) reader = open_file (path, O_RDONLY, size, label, error);

  if (reader == NULL || !read_head (reader, key, error))
    return NULL;

  return g_steal_pointer (&reader);
}

void
gx_sealed_reader_free (GxSealedReader *reader)
{
  close (reader->fd);
  sodium_memzero (&reader->stream, sizeof reader->stream);
  g_free (reader->path);
  g_free (reader->label);
  g_free (reader);
}

gint64
gx_sealed_reader_get_offset (GxSealedReader *reader)
{
  return reader->offset;
}

static gsize
due_at (const GxSealedReader *reader)
{
  return (gsize) MIN (reader->size - reader->offset, GX_SEALED_CHUNK);
}

/* The next message, if it is whole and in its place. */
static GBytes *
pull (GxSealedReader *reader,
      const guint8   *sealed,
      gsize           size)
{
  gsize due = due_at (reader);
  gboolean last = reader->offset + (gint64) due == reader->size;
  g_autofree guint8 *clear = NULL;
  unsigned char tag;

  if (size != due + OVERHEAD)
    return NULL;
  clear = g_malloc (due);
  if (crypto_secretstream_xchacha20poly1305_pull (&reader->stream, clear, NULL, &tag, sealed, size, (const guint8 *) reader->label,
                                                  strlen (reader->label)) != 0
      || (tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL) != last)
    return NULL;

  reader->offset += (gint64) due;
  return g_bytes_new_take (g_steal_pointer (&clear), due);
}

/**
 * gx_sealed_reader_next:
 *
 * Returns: (transfer full) (nullable): the next chunk; %NULL without @error set after the last
 *
 * Errors: %GX_ERROR_TAMPERED for any change of any byte, and for a file that ends early; %GX_ERROR_IO
 */
GBytes *
gx_sealed_reader_next (GxSealedReader  *reader,
                       GError         **error)
{
  gsize due = due_at (reader);
  g_autofree guint8 *sealed = NULL;
  GBytes *clear;
  gssize n;

  if (due == 0)
    return NULL;
  sealed = g_malloc (due + OVERHEAD);
  n = read_full (reader->fd, sealed, due + OVERHEAD);
  if (n < 0)
    {
      fail_io (reader->path, error);
      return NULL;
    }
  clear = pull (reader, sealed, (gsize) n);
  if (clear == NULL)
    fail_tampered (reader, error);

  return clear;
}

/**
 * gx_sealed_file_read:
 *
 * Returns: (transfer full) (nullable): the whole document, @size bytes
 */
GBytes *
gx_sealed_file_read (const char    *path,
                     const guint8   key[static GX_SEALED_KEY_SIZE],
                     gint64         size,
                     const char    *label,
                     GError       **error)
{
  g_autoptr(GxSealedReader) reader = gx_sealed_reader_open (path, key, size, label, error);
  g_autofree guint8 *whole = NULL;

  if (reader == NULL)
    return NULL;
  whole = g_malloc ((gsize) size);
  while (reader->offset < size)
    {
      gint64 at = reader->offset;
      g_autoptr(GBytes) chunk = gx_sealed_reader_next (reader, error);

      if (chunk == NULL)
        return NULL;
      memcpy (whole + at, g_bytes_get_data (chunk, NULL), g_bytes_get_size (chunk));
    }

  return g_bytes_new_take (g_steal_pointer (&whole), (gsize) size);
}

/* --- writing ------------------------------------------------------------------------------------------------------ */

static gboolean
write_full (int           fd,
            const guint8 *data,
            gsize         size)
{
  for (gsize done = 0; done < size;)
    {
      ssize_t n = write (fd, data + done, size - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      done += (gsize) n;
    }

  return TRUE;
}

static GxSealedWriter *
writer_new (GxSealedReader *file)
{
  GxSealedWriter *writer = g_new0 (GxSealedWriter, 1);

  writer->file = file;
  if (gnutls_hash_init (&writer->hash, GNUTLS_DIG_SHA256) < 0)
    g_error ("no SHA-256");

  return writer;
}

/**
 * gx_sealed_writer_create:
 * @path: of a file that is not there yet
 * @size: of the document, bytes: at least 1
 *
 * The name is on the disk for good when it returns, so that a chunk is when it is appended.
 *
 * Errors: %GX_ERROR_IO
 */
GxSealedWriter *
gx_sealed_writer_create (const char    *path,
                         const guint8   key[static GX_SEALED_KEY_SIZE],
                         gint64         size,
                         const char    *label,
                         GError       **error)
{
  g_autoptr(GxSealedReader) file = open_file (path, O_RDWR | O_CREAT | O_EXCL, size, label, error);
  g_autofree char *folder = g_path_get_dirname (path);
  guint8 head[HEAD];

  if (file == NULL || !gx_sync_folder (folder, error))
    return NULL;
  crypto_secretstream_xchacha20poly1305_init_push (&file->stream, head, key);
  if (!write_full (file->fd, head, sizeof head))
    {
      fail_io (path, error);
      return NULL;
    }

  return writer_new (g_steal_pointer (&file));
}

/* Where the next message belongs. */
static off_t
place_of (const GxSealedReader *file)
{
  gint64 messages = (file->offset + GX_SEALED_CHUNK - 1) / GX_SEALED_CHUNK;

  return (off_t) (HEAD + file->offset + messages * OVERHEAD);
}

/* Reads on while messages are whole; a state that met a bad one is not used again. */
static gboolean
read_through (GxSealedWriter  *writer,
              GError         **error)
{
  GxSealedReader *file = writer->file;

  while (due_at (file) > 0)
    {
      Stream before = file->stream;
      g_autoptr(GError) local = NULL;
      g_autoptr(GBytes) chunk = gx_sealed_reader_next (file, &local);

      if (chunk == NULL)
        file->stream = before;
      sodium_memzero (&before, sizeof before);
      if (chunk == NULL && g_error_matches (local, GX_ERROR, GX_ERROR_TAMPERED))
        break;
      if (chunk == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      gnutls_hash (writer->hash, g_bytes_get_data (chunk, NULL), g_bytes_get_size (chunk));
    }

  return (ftruncate (file->fd, place_of (file)) == 0 && lseek (file->fd, place_of (file), SEEK_SET) >= 0)
         || fail_io (file->path, error);
}

/**
 * gx_sealed_writer_open:
 *
 * Goes on with a file that another process began: after its last whole chunk, whatever was torn behind it.
 *
 * Errors: %GX_ERROR_NOT_FOUND, %GX_ERROR_IO, %GX_ERROR_TAMPERED if not even its head is there
 */
GxSealedWriter *
gx_sealed_writer_open (const char    *path,
                       const guint8   key[static GX_SEALED_KEY_SIZE],
                       gint64         size,
                       const char    *label,
                       GError       **error)
{
  g_autoptr(GxSealedReader) file = open_file (path, O_RDWR, size, label, error);
  g_autoptr(GxSealedWriter) writer = NULL;

  if (file == NULL || !read_head (file, key, error))
    return NULL;
  writer = writer_new (g_steal_pointer (&file));
  if (!read_through (writer, error))
    return NULL;

  return g_steal_pointer (&writer);
}

void
gx_sealed_writer_free (GxSealedWriter *writer)
{
  gnutls_hash_deinit (writer->hash, NULL);
  gx_sealed_reader_free (writer->file);
  g_free (writer);
}

/**
 * gx_sealed_writer_get_offset:
 *
 * Returns: how many bytes of the document are there
 */
gint64
gx_sealed_writer_get_offset (GxSealedWriter *writer)
{
  return writer->file->offset;
}

/**
 * gx_sealed_writer_get_due:
 *
 * Returns: how many bytes the next chunk must have, 0 = nothing is missing
 */
gsize
gx_sealed_writer_get_due (GxSealedWriter *writer)
{
  return due_at (writer->file);
}

/**
 * gx_sealed_writer_append:
 *
 * Puts the next chunk on the disk for good. After an error of the disk the writer only fails: open the file anew.
 *
 * Errors: %GX_ERROR_INVALID if @chunk has not the bytes that are due, %GX_ERROR_IO
 */
gboolean
gx_sealed_writer_append (GxSealedWriter  *writer,
                         GBytes          *chunk,
                         GError         **error)
{
  GxSealedReader *file = writer->file;
  gsize size, due = due_at (file);
  const guint8 *data = g_bytes_get_data (chunk, &size);
  g_autofree guint8 *sealed = NULL;
  gboolean last = file->offset + (gint64) due == file->size;

  if (size != due || due == 0)
    return gx_fail (error, GX_ERROR_INVALID, "the chunk must have %" G_GSIZE_FORMAT " bytes", due);
  if (writer->broken)
    return gx_fail (error, GX_ERROR_IO, "%s could not be written", file->path);

  sealed = g_malloc (due + OVERHEAD);
  crypto_secretstream_xchacha20poly1305_push (&file->stream, sealed, NULL, data, size, (const guint8 *) file->label, strlen (file->label),
                                              last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : 0);
  writer->broken = !write_full (file->fd, sealed, due + OVERHEAD) || fdatasync (file->fd) != 0;
  if (writer->broken)
    return fail_io (file->path, error);

  gnutls_hash (writer->hash, data, size);
  file->offset += (gint64) due;
  return TRUE;
}

/**
 * gx_sealed_writer_finish:
 *
 * Returns: (transfer full) (nullable): the SHA-256 of the document, hex; the file is on the disk for good, its name not yet
 *
 * Errors: %GX_ERROR_STATE if some of it is missing, %GX_ERROR_IO
 */
char *
gx_sealed_writer_finish (GxSealedWriter  *writer,
                         GError         **error)
{
  gnutls_hash_hd_t copy;
  GxHash hash;

  if (due_at (writer->file) > 0)
    {
      gx_fail (error, GX_ERROR_STATE, "%" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " bytes have arrived", writer->file->offset,
               writer->file->size);
      return NULL;
    }
  if (writer->broken || fsync (writer->file->fd) != 0)
    {
      fail_io (writer->file->path, error);
      return NULL;
    }

  copy = gnutls_hash_copy (writer->hash);
  gnutls_hash_deinit (copy, hash.b);
  return gx_hash_to_hex (&hash);
}

static gboolean
append_all (GxSealedWriter  *writer,
            GBytes          *clear,
            GError         **error)
{
  gsize due;

  while ((due = gx_sealed_writer_get_due (writer)) > 0)
    {
      g_autoptr(GBytes) chunk = g_bytes_new_from_bytes (clear, (gsize) writer->file->offset, due);

      if (!gx_sealed_writer_append (writer, chunk, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * gx_sealed_file_write:
 * @path: of a file that is not there yet, in a folder that is
 *
 * When it returns, file and name outlive a power cut.
 */
gboolean
gx_sealed_file_write (const char    *path,
                      const guint8   key[static GX_SEALED_KEY_SIZE],
                      GBytes        *clear,
                      const char    *label,
                      GError       **error)
{
  g_autoptr(GxSealedWriter) writer = gx_sealed_writer_create (path, key, (gint64) g_bytes_get_size (clear), label, error);

  if (writer == NULL)
    return FALSE;
  if (append_all (writer, clear, error))
    return TRUE;

  g_unlink (path);
  return FALSE;
}
