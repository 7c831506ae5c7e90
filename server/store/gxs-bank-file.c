/* SPDX-License-Identifier: GPL-3.0-or-later */
/* DIR/bank.db, and the vault that it lies in: whoever opens it, opens it here, so that server, importer, auditor and the
 * tools of the tests cannot differ in key.
 *
 * The vault's key is derived from the bank's. A bank of before there was a vault is taken into it at its first opening.
 * Who may open it when is not decided here: that is the lock's matter (gxs-lock).
 */
#include "gxs-bank-file.h"

#include <glib/gstdio.h>
#include <sodium.h>

#include "gx-error.h"

struct _GxsBankFile
{
  char    *location;
  GxVault *vault;       /* (nullable) */
};

/**
 * gxs_bank_vault_new:
 *
 * Returns: (transfer full) (nullable): the file layer under which bank.db can be read
 *
 * Errors: %GX_ERROR_INTERNAL without memory that can be locked
 */
GxVault *
gxs_bank_vault_new (const GxsKeys  *keys,
                    GError        **error)
{
  guint8 key[GXS_SUBKEY_SIZE], id[GXS_SUBKEY_SIZE];
  GxVault *vault;
  GxId database;

  gxs_keys_derive (keys, GXS_SUBKEY_DATABASE, key);
  gxs_keys_derive (keys, GXS_SUBKEY_DATABASE_ID, id);
  memcpy (database.b, id, sizeof database.b);
  vault = gx_vault_new (key, &database, NULL, error);
  sodium_memzero (key, sizeof key);

  return vault;
}

/**
 * gxs_bank_file_new:
 * @data_dir: (nullable): %NULL keeps everything in memory
 * @keys: (nullable): %NULL leaves the file in clear text, for tests of what is above it
 *
 * Returns: (transfer full) (nullable): free it after the last connection is closed
 */
GxsBankFile *
gxs_bank_file_new (const char     *data_dir,
                   const GxsKeys  *keys,
                   GError        **error)
{
  GxVault *vault = NULL;
  GxsBankFile *file;

  if (data_dir != NULL && keys != NULL && (vault = gxs_bank_vault_new (keys, error)) == NULL)
    return NULL;

  file = g_new0 (GxsBankFile, 1);
  file->location = data_dir != NULL ? g_build_filename (data_dir, GXS_STORE_FILE, NULL) : g_strdup (":memory:");
  file->vault = vault;
  return file;
}

void
gxs_bank_file_free (GxsBankFile *file)
{
  g_clear_pointer (&file->vault, gx_vault_free);
  g_free (file->location);
  g_free (file);
}

gboolean
gxs_bank_file_exists (GxsBankFile *file)
{
  return g_file_test (file->location, G_FILE_TEST_EXISTS);
}

/**
 * gxs_bank_file_adopt:
 *
 * To be called under the folder's lock, before the first connection: a database in clear text is encrypted, once, and one
 * that somebody emptied is not mistaken for a new one.
 *
 * Errors: %GX_ERROR_TAMPERED, %GX_ERROR_IO
 */
gboolean
gxs_bank_file_adopt (GxsBankFile  *file,
                     GError      **error)
{
  GStatBuf info;

  if (g_stat (file->location, &info) == 0 && info.st_size == 0)
    return gx_fail (error, GX_ERROR_TAMPERED, "%s: is empty: a bank was here and is not any more", file->location);

  return file->vault == NULL || gx_vault_adopt (file->vault, file->location, error);
}

/**
 * gxs_bank_file_open:
 *
 * Returns: (transfer full) (nullable): a connection for the calling thread
 *
 * Errors: %GX_ERROR_TAMPERED naming file and page, also for a key that is another bank's; %GX_ERROR_IO
 */
GxDb *
gxs_bank_file_open (GxsBankFile  *file,
                    GxDbFlags     flags,
                    guint         cache_mib,
                    GError      **error)
{
  const GxDbOptions options = {
    .location = file->location, .vfs = file->vault != NULL ? gx_vault_get_vfs (file->vault) : NULL, .flags = flags,
    .side = GX_SIDE_SERVER, .cache_mib = cache_mib,
  };

  return gx_db_open (&gx_db_sqlite, &options, error);
}
