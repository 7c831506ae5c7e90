/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A database of before there was a vault: taken into it once, whole or not at all.
 *
 *   fold the log in  ->  copy into PATH.sealing  ->  sync  ->  rename over PATH  ->  sync the folder
 *
 * Until the rename the database in clear text is untouched, and what a cut left behind is thrown away at the next start.
 * The blocks that the clear text stood on are the file system's: nothing above it can promise that they are overwritten.
 */
#include "gx-vault.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "gx-db.h"
#include "gx-error.h"

/**
 * gx_vault_is_clear:
 *
 * Returns: whether the file @path is a database in clear text; %FALSE also if it is not there
 */
gboolean
gx_vault_is_clear (const char *path)
{
  static const char magic[16] = "SQLite format 3";
  char head[sizeof magic];
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gboolean clear;

  if (fd < 0)
    return FALSE;
  clear = read (fd, head, sizeof head) == (gssize) sizeof head && memcmp (head, magic, sizeof magic) == 0;
  close (fd);
  return clear;
}

static gboolean
sync_path (const char  *path,
           GError     **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  gboolean synced = fd >= 0 && fsync (fd) == 0;
  int saved = errno;

  if (fd >= 0)
    close (fd);
  return synced || gx_fail (error, GX_ERROR_IO, "%s: %s", path, g_strerror (saved));
}

/* One connection that writes: the log is folded in and goes with it. */
static gboolean
fold_log (const char  *path,
          GError     **error)
{
  g_autoptr(GxDb) db = gx_db_open (&gx_db_sqlite, &(GxDbOptions) { .location = path }, error);

  return db != NULL && gx_db_checkpoint (db, TRUE, error);
}

static gboolean
make_copy (GxVault     *vault,
           const char  *path,
           const char  *copy,
           GError     **error)
{
  GStatBuf info;

  if (g_stat (path, &info) != 0)
    return gx_fail (error, GX_ERROR_IO, "%s: %s", path, g_strerror (errno));

  return gx_db_copy (&gx_db_sqlite, &(GxDbOptions) { .location = path },
                     &(GxDbOptions) { .location = copy, .vfs = gx_vault_get_vfs (vault) }, error)
         && (g_chmod (copy, info.st_mode & 07777) == 0 || gx_fail (error, GX_ERROR_IO, "%s: %s", copy, g_strerror (errno)))
         && sync_path (copy, error);
}

/**
 * gx_vault_adopt:
 * @path: of a database that no connection has open
 *
 * Encrypts a database that is in clear text; one that is not, or not there, is left alone. A power cut at any moment leaves
 * the one or the other.
 */
gboolean
gx_vault_adopt (GxVault     *vault,
                const char  *path,
                GError     **error)
{
  g_autofree char *copy = g_strconcat (path, ".sealing", NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_unlink (copy);
  if (!gx_vault_is_clear (path))
    return TRUE;

  if (!fold_log (path, error) || !make_copy (vault, path, copy, error))
    {
      g_unlink (copy);
      return FALSE;
    }
  if (g_rename (copy, path) != 0)
    return gx_fail (error, GX_ERROR_IO, "%s: %s", path, g_strerror (errno));

  return sync_path (folder, error);
}
