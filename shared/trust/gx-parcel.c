/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a desk leaves to its bank in a file, when it cannot send it: named contents under a key of the file's own, which is sealed
 * to the bank's public key. Whoever carries the file cannot read it, and nothing of it can be left out or changed unseen.
 *
 *   magic | sealed key 80 | header 24 | (length 4 | message)…        messages of libsodium's secretstream
 *
 * A message is 'N' size 8 name, then as many 'B' bytes as the content has, and at the end one 'E', tagged as the last. Not here:
 * what the contents are (client/sync/gxc-export, server/services/gxs-parcel).
 */
#include "gx-parcel.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "gx-error.h"

#define MAGIC    "guanxi-parcel-v1\n"
#define HEAD     crypto_secretstream_xchacha20poly1305_HEADERBYTES
#define OVERHEAD crypto_secretstream_xchacha20poly1305_ABYTES
#define PIECE    (1024 * 1024)      /* clear bytes of a message, at most */
#define MOST     G_GUINT64_CONSTANT (0xffffffff)       /* bytes of one content: more than any desk has */

typedef crypto_secretstream_xchacha20poly1305_state Stream;

G_STATIC_ASSERT (GX_PARCEL_KEY_SIZE == crypto_secretstream_xchacha20poly1305_KEYBYTES);
G_STATIC_ASSERT (GX_PARCEL_SEALED_SIZE == GX_PARCEL_KEY_SIZE + crypto_box_SEALBYTES);

struct _GxParcelWriter
{
  FILE   *file;             /* (nullable) once it is finished */
  char   *path, *part;      /* where it shall be, and where it is until it is whole */
  Stream  stream;
};

struct _GxParcelReader
{
  FILE   *file;
  char   *path;             /* for messages */
  Stream  stream;
};

/* --- keys --------------------------------------------------------------------------------------------------------- */

void
gx_parcel_keys_from_seed (const guint8  seed[static GX_PARCEL_KEY_SIZE],
                          GxParcelKeys *out_keys)
{
  crypto_box_seed_keypair (out_keys->open, out_keys->secret, seed);
}

/** gx_parcel_seal_key: @key for whoever has the secret half of @bank */
void
gx_parcel_seal_key (const guint8 bank[static GX_PARCEL_KEY_SIZE],
                    const guint8 key[static GX_PARCEL_KEY_SIZE],
                    guint8       out_sealed[static GX_PARCEL_SEALED_SIZE])
{
  if (crypto_box_seal (out_sealed, key, GX_PARCEL_KEY_SIZE, bank) != 0)
    memset (out_sealed, 0, GX_PARCEL_SEALED_SIZE);      /* a public key that is none: nothing opens it */
}

gboolean
gx_parcel_open_key (const GxParcelKeys *keys,
                    const guint8        sealed[static GX_PARCEL_SEALED_SIZE],
                    guint8              out_key[static GX_PARCEL_KEY_SIZE])
{
  return crypto_box_seal_open (out_key, sealed, GX_PARCEL_SEALED_SIZE, keys->open, keys->secret) == 0;
}

/* --- writing ------------------------------------------------------------------------------------------------------ */

static gboolean
fail_io (const char  *path,
         GError     **error)
{
  return gx_fail (error, GX_ERROR_IO, "%s: %s", path, g_strerror (errno));
}

static gboolean
put (GxParcelWriter  *writer,
     gconstpointer    bytes,
     gsize            size,
     GError         **error)
{
  return fwrite (bytes, 1, size, writer->file) == size || fail_io (writer->part, error);
}

static gboolean
put_message (GxParcelWriter  *writer,
             char             kind,
             gconstpointer    bytes,
             gsize            size,
             GError         **error)
{
  g_autofree guint8 *clear = g_malloc (size + 1), *sealed = g_malloc (size + 1 + OVERHEAD);
  guint32 length = GUINT32_TO_LE ((guint32) (size + 1 + OVERHEAD));

  clear[0] = (guint8) kind;
  if (size > 0)
    memcpy (clear + 1, bytes, size);
  crypto_secretstream_xchacha20poly1305_push (&writer->stream, sealed, NULL, clear, size + 1, NULL, 0,
                                              kind == 'E' ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : 0);
  sodium_memzero (clear, size + 1);

  return put (writer, &length, sizeof length, error) && put (writer, sealed, size + 1 + OVERHEAD, error);
}

static gboolean
put_head (GxParcelWriter  *writer,
          const guint8    *bank,
          GError         **error)
{
  guint8 key[GX_PARCEL_KEY_SIZE], sealed[GX_PARCEL_SEALED_SIZE], head[HEAD];

  crypto_secretstream_xchacha20poly1305_keygen (key);
  gx_parcel_seal_key (bank, key, sealed);
  crypto_secretstream_xchacha20poly1305_init_push (&writer->stream, head, key);
  sodium_memzero (key, sizeof key);

  return put (writer, MAGIC, strlen (MAGIC), error) && put (writer, sealed, sizeof sealed, error) && put (writer, head, sizeof head, error);
}

/**
 * gx_parcel_writer_new:
 * @path: where it shall be once it is finished; what is there until then stays
 * @bank: the public key
 *
 * Returns: (transfer full) (nullable)
 *
 * Errors: %GX_ERROR_IO
 */
GxParcelWriter *
gx_parcel_writer_new (const char    *path,
                      const guint8   bank[static GX_PARCEL_KEY_SIZE],
                      GError       **error)
{
  g_autoptr(GxParcelWriter) writer = g_new0 (GxParcelWriter, 1);
  int fd;

  writer->path = g_strdup (path);
  writer->part = g_strconcat (path, ".part", NULL);
  fd = sodium_init () >= 0 ? g_open (writer->part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600) : -1;
  writer->file = fd >= 0 ? fdopen (fd, "wb") : NULL;
  if (writer->file == NULL)
    {
      fail_io (writer->part, error);
      return NULL;
    }

  return put_head (writer, bank, error) ? g_steal_pointer (&writer) : NULL;
}

/** gx_parcel_writer_add: %GX_ERROR_IO */
gboolean
gx_parcel_writer_add (GxParcelWriter  *writer,
                      const char      *name,
                      GBytes          *content,
                      GError         **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (content, &size);
  guint64 told = GUINT64_TO_LE ((guint64) size);
  g_autoptr(GByteArray) head = g_byte_array_new ();

  g_byte_array_append (head, (const guint8 *) &told, sizeof told);
  g_byte_array_append (head, (const guint8 *) name, (guint) strlen (name));
  if (!put_message (writer, 'N', head->data, head->len, error))
    return FALSE;
  for (gsize at = 0; at < size; at += PIECE)
    if (!put_message (writer, 'B', data + at, MIN (size - at, PIECE), error))
      return FALSE;

  return TRUE;
}

/** gx_parcel_writer_finish: from now on the file is there, whole, and outlives a power cut */
gboolean
gx_parcel_writer_finish (GxParcelWriter  *writer,
                         GError         **error)
{
  gboolean closed;

  if (!put_message (writer, 'E', NULL, 0, error))
    return FALSE;
  if (fflush (writer->file) != 0 || fsync (fileno (writer->file)) != 0)
    return fail_io (writer->part, error);
  closed = fclose (g_steal_pointer (&writer->file)) == 0;

  return (closed && g_rename (writer->part, writer->path) == 0) || fail_io (writer->part, error);
}

/** gx_parcel_writer_free: what was not finished leaves nothing */
void
gx_parcel_writer_free (GxParcelWriter *writer)
{
  if (writer->file != NULL)
    {
      fclose (writer->file);
      g_unlink (writer->part);
    }
  sodium_memzero (&writer->stream, sizeof writer->stream);
  g_free (writer->path);
  g_free (writer->part);
  g_free (writer);
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

static gboolean
fail_torn (GxParcelReader  *reader,
           GError         **error)
{
  return gx_fail (error, GX_ERROR_TAMPERED, "%s: is not whole, or was changed", reader->path);
}

static gboolean
get (GxParcelReader *reader,
     gpointer        out,
     gsize           size)
{
  return fread (out, 1, size, reader->file) == size;
}

/* Returns: (transfer full) (nullable): the clear message, its kind first */
static GBytes *
get_message (GxParcelReader  *reader,
             GError         **error)
{
  g_autofree guint8 *sealed = NULL, *clear = NULL;
  unsigned long long size = 0;
  guint32 length;
  guint8 tag = 0;

  if (!get (reader, &length, sizeof length) || (length = GUINT32_FROM_LE (length)) <= OVERHEAD || length > PIECE + 1 + OVERHEAD)
    {
      fail_torn (reader, error);
      return NULL;
    }
  sealed = g_malloc (length);
  clear = g_malloc (length);
  if (!get (reader, sealed, length)
      || crypto_secretstream_xchacha20poly1305_pull (&reader->stream, clear, &size, &tag, sealed, length, NULL, 0) != 0
      || size == 0 || (clear[0] == 'E') != (tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL))
    {
      fail_torn (reader, error);
      return NULL;
    }

  return g_bytes_new_take (g_steal_pointer (&clear), (gsize) size);
}

static gboolean
get_head (GxParcelReader      *reader,
          const GxParcelKeys  *keys,
          GError             **error)
{
  char magic[sizeof MAGIC] = { 0 };
  guint8 sealed[GX_PARCEL_SEALED_SIZE], head[HEAD], key[GX_PARCEL_KEY_SIZE];
  gboolean ok;

  if (!get (reader, magic, strlen (MAGIC)) || strcmp (magic, MAGIC) != 0)
    return gx_fail (error, GX_ERROR_MALFORMED, "%s: is no parcel of a desk", reader->path);
  if (!get (reader, sealed, sizeof sealed) || !get (reader, head, sizeof head))
    return fail_torn (reader, error);
  if (!gx_parcel_open_key (keys, sealed, key))
    return gx_fail (error, GX_ERROR_SIGNATURE, "%s: was sealed for another bank", reader->path);

  ok = crypto_secretstream_xchacha20poly1305_init_pull (&reader->stream, head, key) == 0;
  sodium_memzero (key, sizeof key);
  return ok || fail_torn (reader, error);
}

/**
 * gx_parcel_reader_open:
 *
 * Returns: (transfer full) (nullable)
 *
 * Errors: %GX_ERROR_IO, %GX_ERROR_MALFORMED for a file that is none, %GX_ERROR_SIGNATURE for another bank's, %GX_ERROR_TAMPERED
 */
GxParcelReader *
gx_parcel_reader_open (const char          *path,
                       const GxParcelKeys  *keys,
                       GError             **error)
{
  g_autoptr(GxParcelReader) reader = g_new0 (GxParcelReader, 1);

  reader->path = g_strdup (path);
  reader->file = sodium_init () >= 0 ? fopen (path, "rbe") : NULL;
  if (reader->file == NULL)
    {
      fail_io (path, error);
      return NULL;
    }

  return get_head (reader, keys, error) ? g_steal_pointer (&reader) : NULL;
}

static GBytes *
get_content (GxParcelReader  *reader,
             guint64          size,
             GError         **error)
{
  g_autoptr(GByteArray) content = g_byte_array_new ();

  while (content->len < size)
    {
      g_autoptr(GBytes) message = get_message (reader, error);
      gsize length;
      const guint8 *data;

      if (message == NULL)
        return NULL;
      data = g_bytes_get_data (message, &length);
      if (data[0] != 'B' || length == 1 || content->len + (length - 1) > size)
        {
          fail_torn (reader, error);
          return NULL;
        }
      g_byte_array_append (content, data + 1, (guint) (length - 1));
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&content));
}

/**
 * gx_parcel_reader_next:
 * @out_name: (out) (transfer full) (nullable): %NULL after the last content
 * @out_content: (out) (transfer full) (nullable)
 *
 * Errors: %GX_ERROR_TAMPERED for a file that was changed, or ends before its end
 */
gboolean
gx_parcel_reader_next (GxParcelReader  *reader,
                       char           **out_name,
                       GBytes         **out_content,
                       GError         **error)
{
  g_autoptr(GBytes) message = get_message (reader, error);
  const guint8 *data;
  guint64 told;
  gsize length;

  *out_name = NULL;
  *out_content = NULL;
  if (message == NULL)
    return FALSE;
  data = g_bytes_get_data (message, &length);
  if (data[0] == 'E')
    return TRUE;
  if (data[0] != 'N' || length <= 1 + sizeof told)
    return fail_torn (reader, error);

  memcpy (&told, data + 1, sizeof told);
  told = GUINT64_FROM_LE (told);
  if (told > MOST)
    return fail_torn (reader, error);
  *out_content = get_content (reader, told, error);
  if (*out_content == NULL)
    return FALSE;

  *out_name = g_strndup ((const char *) data + 1 + sizeof told, length - 1 - sizeof told);
  return TRUE;
}

void
gx_parcel_reader_free (GxParcelReader *reader)
{
  if (reader->file != NULL)
    fclose (reader->file);
  sodium_memzero (&reader->stream, sizeof reader->stream);
  g_free (reader->path);
  g_free (reader);
}
