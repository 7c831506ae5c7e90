/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file layer itself: one is registered for each key, over another (the system's, or one that cuts the power in a test),
 * and only files of gx-vault-file come out of it. Names, locks and the clock are those of the layer below.
 */
#include "gx-vault.h"

#include <sodium.h>
#include <sqlite3.h>
#include <string.h>

#include "gx-error.h"
#include "gx-vault-file.h"

struct _GxVault
{
  sqlite3_vfs  vfs;
  sqlite3_vfs *below;         /* (borrowed): registered for as long as the program runs */
  GxVaultKeys *keys;          /* (owned): of sodium_malloc() */
};

static GxVault *
vault_of (sqlite3_vfs *vfs)
{
  return vfs->pAppData;
}

static int
vault_open (sqlite3_vfs  *vfs,
            const char   *name,
            sqlite3_file *file,
            int           flags,
            int          *out_flags)
{
  GxVault *vault = vault_of (vfs);

  return gx_vault_file_open (vault->keys, vault->below, name, file, flags, out_flags);
}

#define FORWARD(name, method, parameters, ...) \
  static int name parameters { sqlite3_vfs *other = vault_of (vfs)->below; return other->method (other, __VA_ARGS__); }

FORWARD (vault_delete, xDelete, (sqlite3_vfs *vfs, const char *name, int sync), name, sync)
FORWARD (vault_access, xAccess, (sqlite3_vfs *vfs, const char *name, int flags, int *out), name, flags, out)
FORWARD (vault_full_name, xFullPathname, (sqlite3_vfs *vfs, const char *name, int size, char *out), name, size, out)
FORWARD (vault_randomness, xRandomness, (sqlite3_vfs *vfs, int size, char *out), size, out)
FORWARD (vault_sleep, xSleep, (sqlite3_vfs *vfs, int microseconds), microseconds)
FORWARD (vault_time, xCurrentTimeInt64, (sqlite3_vfs *vfs, sqlite3_int64 *out), out)

/* SQLite has no other way for the words of an error. Returns the error of the operating system: none. */
static int
vault_last_error (sqlite3_vfs *vfs,
                  int          size,
                  char        *out)
{
  if (size > 0)
    g_strlcpy (out, gx_vault_file_fault (), (gsize) size);
  return 0;
}

/* Each has a name of its own, since SQLite knows file layers by name. */
static char *
next_name (void)
{
  static guint last;

  return g_strdup_printf ("gx-vault-%u", (guint) g_atomic_int_add (&last, 1) + 1);
}

/**
 * gx_vault_new:
 * @key: copied into memory that is not swapped; the caller wipes its own
 * @database: which database: a page of another one is refused, also under the same key
 * @below: (nullable): name of the file layer to stand on; %NULL = the system's
 *
 * Returns: (transfer full) (nullable): free it after the last connection is closed
 *
 * Errors: %GX_ERROR_INTERNAL if there is no layer @below, or no memory that can be locked
 */
GxVault *
gx_vault_new (const guint8   key[static GX_VAULT_KEY_SIZE],
              const GxId    *database,
              const char    *below,
              GError       **error)
{
  sqlite3_vfs *other = sqlite3_vfs_find (below);
  GxVault *vault;
  GxVaultKeys *keys;

  if (other == NULL || sodium_init () < 0)
    {
      gx_fail (error, GX_ERROR_INTERNAL, "there is no file layer “%s”", below != NULL ? below : "");
      return NULL;
    }
  keys = sodium_malloc (sizeof *keys);
  if (keys == NULL)
    {
      gx_fail (error, GX_ERROR_INTERNAL, "there is no memory that can be kept off the disk: raise the limit of locked memory");
      return NULL;
    }
  gx_vault_keys_init (keys, key, database);

  vault = g_new0 (GxVault, 1);
  vault->below = other;
  vault->keys = keys;
  vault->vfs = (sqlite3_vfs) {
    .iVersion = 2, .szOsFile = gx_vault_file_size (other), .mxPathname = other->mxPathname, .zName = next_name (), .pAppData = vault,
    .xOpen = vault_open, .xDelete = vault_delete, .xAccess = vault_access, .xFullPathname = vault_full_name,
    .xRandomness = vault_randomness, .xSleep = vault_sleep, .xGetLastError = vault_last_error, .xCurrentTimeInt64 = vault_time,
  };
  sqlite3_vfs_register (&vault->vfs, FALSE);
  return vault;
}

/** gx_vault_free: the key is wiped */
void
gx_vault_free (GxVault *vault)
{
  sqlite3_vfs_unregister (&vault->vfs);
  g_free ((char *) vault->vfs.zName);
  sodium_free (vault->keys);
  g_free (vault);
}

/** gx_vault_get_vfs: (transfer none): the name to open a database by */
const char *
gx_vault_get_vfs (GxVault *vault)
{
  return vault->vfs.zName;
}
