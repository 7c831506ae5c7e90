/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For the scripts, which have no vault: a bank's database as a plain file, and back. It has no way around the key: it reads
 * the bank's own key file, as a burglar with the whole disk would.
 *
 *   gxt-vault out DIR FILE     FILE becomes DIR/bank.db in clear text
 *   gxt-vault in DIR FILE      DIR/bank.db becomes FILE, encrypted
 */
#include <glib/gstdio.h>

#include "gx-error.h"
#include "gxs-bank-file.h"

static gboolean
copy (const char  *from,
      const char  *from_vfs,
      const char  *to,
      const char  *to_vfs,
      GError     **error)
{
  static const char *const ends[] = { "", "-wal", "-shm", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *path = g_strconcat (to, ends[i], NULL);

      g_unlink (path);
    }

  return gx_db_copy (&gx_db_sqlite, &(GxDbOptions) { .location = from, .vfs = from_vfs },
                     &(GxDbOptions) { .location = to, .vfs = to_vfs }, error);
}

static gboolean
run (const char  *way,
     const char  *dir,
     const char  *file,
     GError     **error)
{
  g_autofree char *bank = g_build_filename (dir, GXS_STORE_FILE, NULL);
  g_autoptr(GxsKeys) keys = gxs_keys_load (dir, error);
  g_autoptr(GxVault) vault = keys != NULL ? gxs_bank_vault_new (keys, error) : NULL;

  if (vault == NULL)
    return FALSE;
  if (g_str_equal (way, "out"))
    return copy (bank, gx_vault_get_vfs (vault), file, NULL, error);
  if (g_str_equal (way, "in"))
    return copy (file, NULL, bank, gx_vault_get_vfs (vault), error);

  return gx_fail (error, GX_ERROR_USAGE, "out or in");
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GError) error = NULL;

  if (argc == 4 && run (argv[1], argv[2], argv[3], &error))
    return 0;

  g_printerr ("gxt-vault: %s\n", error != NULL ? error->message : "out|in DIR FILE");
  return 1;
}
