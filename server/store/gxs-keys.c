/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bank's secrets: made once by `init`, read at every start, one file each in DIR/keys, or a systemd credential.
 *
 * All else that is encrypted at rest is encrypted under keys derived from the bank's (gxs_keys_derive()): pages of the
 * database, attachments, exported queues.
 *
 * Not here: the certificate authority and the server's certificate (admin/gxs-certs), nor any customer's key, which
 * stands sealed in the database.
 */
#include "gxs-keys.h"

#include "gx-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

static const struct { const char *name; gsize offset; } files[] = {
  { "bank.key", G_STRUCT_OFFSET (GxsKeys, bank) },
  { "index.key", G_STRUCT_OFFSET (GxsKeys, index) },
  { "audit.key", G_STRUCT_OFFSET (GxsKeys, audit_seed) },
};

#define KEY_SIZE 32

static GxsKeys *
keys_alloc (void)
{
  GxsKeys *keys;

  gx_random_system ();      /* starts libsodium */
  keys = sodium_malloc (sizeof *keys);
  g_assert (keys != NULL);
  return keys;
}

/**
 * gxs_keys_new:
 *
 * Returns: (transfer full): fresh keys, not yet on disk
 */
GxsKeys *
gxs_keys_new (GxRandom *random)
{
  GxsKeys *keys = keys_alloc ();

  gx_random_bytes (random, keys, sizeof *keys);
  return keys;
}

void
gxs_keys_free (GxsKeys *keys)
{
  sodium_free (keys);
}

/**
 * gxs_keys_path:
 *
 * Returns: (transfer full): where DIR keeps the file @name of its keys
 */
char *
gxs_keys_path (const char *data_dir,
               const char *name)
{
  return g_build_filename (data_dir, "keys", name, NULL);
}

/**
 * gxs_keys_write:
 *
 * Writes a new secret file, mode 0400, and its directory, mode 0700. An existing file is never replaced.
 *
 * Errors: %GX_ERROR_EXISTS, %GX_ERROR_IO
 */
gboolean
gxs_keys_write (const char  *data_dir,
                const char  *name,
                const char  *text,
                GError     **error)
{
  g_autofree char *path = gxs_keys_path (data_dir, name);
  g_autofree char *dir = g_path_get_dirname (path);
  gsize length = strlen (text);
  gboolean written;
  int fd;

  if (g_mkdir_with_parents (dir, 0700) != 0)
    return gx_fail (error, GX_ERROR_IO, "%s: %s", dir, g_strerror (errno));

  fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0400);
  if (fd < 0)
    return gx_fail (error, errno == EEXIST ? GX_ERROR_EXISTS : GX_ERROR_IO, "%s: %s", path, g_strerror (errno));

  written = write (fd, text, length) == (gssize) length && fsync (fd) == 0;
  if (!g_close (fd, NULL) || !written)
    return gx_fail (error, GX_ERROR_IO, "%s: cannot be written", path);

  return TRUE;
}

/**
 * gxs_keys_save:
 *
 * Errors: %GX_ERROR_EXISTS if DIR has keys already
 */
gboolean
gxs_keys_save (const GxsKeys  *keys,
               const char     *data_dir,
               GError        **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      char text[KEY_SIZE * 2 + 1];
      gboolean saved;

      sodium_bin2hex (text, sizeof text, (const guint8 *) keys + files[i].offset, KEY_SIZE);
      saved = gxs_keys_write (data_dir, files[i].name, text, error);
      sodium_memzero (text, sizeof text);
      if (!saved)
        return FALSE;
    }

  return TRUE;
}

/* systemd keeps credentials in memory and shows them to the service alone. */
static char *
find_file (const char *data_dir,
           const char *name,
           gboolean   *out_credential)
{
  const char *folder = g_getenv ("CREDENTIALS_DIRECTORY");
  g_autofree char *path = folder != NULL ? g_build_filename (folder, name, NULL) : NULL;

  *out_credential = path != NULL && g_file_test (path, G_FILE_TEST_EXISTS);
  return *out_credential ? g_steal_pointer (&path) : gxs_keys_path (data_dir, name);
}

static gboolean
check_mode (const char  *path,
            GError     **error)
{
  GStatBuf info;

  if (g_stat (path, &info) != 0)
    return gx_fail (error, errno == ENOENT ? GX_ERROR_NOT_FOUND : GX_ERROR_IO,
                    "%s: %s: without the bank's keys nothing can be opened; put the file back, or hand it over as a credential",
                    path, g_strerror (errno));
  if ((info.st_mode & 077) != 0)
    return gx_fail (error, GX_ERROR_FORBIDDEN, "%s: others may read it (mode %04o): chmod 0400, and think who may have",
                    path, info.st_mode & 07777);

  return TRUE;
}

static gboolean
load_one (const char  *data_dir,
          const char  *name,
          guint8      *key,
          GError     **error)
{
  gboolean credential;
  g_autofree char *path = find_file (data_dir, name, &credential);
  g_autofree char *text = NULL;
  gsize length, size = 0;

  if (!credential && !check_mode (path, error))
    return FALSE;
  if (!g_file_get_contents (path, &text, &length, error))
    return gx_error_adopt (error);

  sodium_hex2bin (key, KEY_SIZE, text, length, "\n", &size, NULL);
  sodium_memzero (text, length);
  if (size != KEY_SIZE)
    return gx_fail (error, GX_ERROR_MALFORMED, "%s: is not a key of %d hexadecimal bytes", path, KEY_SIZE);

  return TRUE;
}

/**
 * gxs_keys_load:
 *
 * Returns: (transfer full) (nullable): the keys of @data_dir
 *
 * Errors: %GX_ERROR_NOT_FOUND if a file is missing, %GX_ERROR_FORBIDDEN if others may read it, %GX_ERROR_MALFORMED
 */
GxsKeys *
gxs_keys_load (const char  *data_dir,
               GError     **error)
{
  g_autoptr(GxsKeys) keys = keys_alloc ();

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    if (!load_one (data_dir, files[i].name, (guint8 *) keys + files[i].offset, error))
      return NULL;

  return g_steal_pointer (&keys);
}

/**
 * gxs_keys_derive:
 * @out_key: to be wiped after use
 *
 * A key for one purpose: none tells anything of another, nor of the bank's own.
 */
void
gxs_keys_derive (const GxsKeys *keys,
                 GxsSubkey      which,
                 guint8         out_key[static GXS_SUBKEY_SIZE])
{
  crypto_kdf_derive_from_key (out_key, GXS_SUBKEY_SIZE, (guint64) which, "gxs-bank", keys->bank);
}

/** gxs_keys_derive_export: what desks leave to the bank in files is sealed to; wipe it */
void
gxs_keys_derive_export (const GxsKeys *keys,
                        GxParcelKeys  *out_keys)
{
  guint8 seed[GXS_SUBKEY_SIZE];

  gxs_keys_derive (keys, GXS_SUBKEY_EXPORT, seed);
  gx_parcel_keys_from_seed (seed, out_keys);
  sodium_memzero (seed, sizeof seed);
}

/** gxs_keys_get_export: the public half alone, which every desk is told */
void
gxs_keys_get_export (const GxsKeys *keys,
                     guint8         out_key[static GX_PARCEL_KEY_SIZE])
{
  GxParcelKeys pair;

  gxs_keys_derive_export (keys, &pair);
  memcpy (out_key, pair.open, sizeof pair.open);
  sodium_memzero (&pair, sizeof pair);
}
