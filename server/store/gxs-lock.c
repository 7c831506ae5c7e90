/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lock file DIR/lock. The lock is the kernel's (flock), so it goes with its process however that ends; what stands in
 * the file is only the pid, for the message.
 */
#include "gxs-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

struct _GxsLock
{
  int fd;
};

static gboolean
fail_held (int          fd,
           const char  *data_dir,
           GError     **error)
{
  char pid[32] = "";
  ssize_t length = pread (fd, pid, sizeof pid - 1, 0);

  pid[length > 0 ? length : 0] = '\0';
  return gx_fail (error, GX_ERROR_IN_USE, "%s is in use by process %s", data_dir, g_strstrip (pid));
}

/**
 * gxs_lock_take:
 *
 * Returns: (transfer full) (nullable)
 *
 * Errors: %GX_ERROR_IN_USE naming the pid of the holder, %GX_ERROR_IO
 */
GxsLock *
gxs_lock_take (const char  *data_dir,
               GError     **error)
{
  g_autofree char *path = g_build_filename (data_dir, "lock", NULL);
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  GxsLock *lock;

  if (fd < 0)
    {
      gx_fail (error, GX_ERROR_IO, "%s: %s", path, g_strerror (errno));
      return NULL;
    }
  if (flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      fail_held (fd, data_dir, error);
      close (fd);
      return NULL;
    }
  if (ftruncate (fd, 0) != 0 || dprintf (fd, "%d\n", (int) getpid ()) < 0)
    {
      gx_fail (error, GX_ERROR_IO, "%s: %s", path, g_strerror (errno));
      close (fd);
      return NULL;
    }

  lock = g_new0 (GxsLock, 1);
  lock->fd = fd;
  return lock;
}

void
gxs_lock_free (GxsLock *lock)
{
  close (lock->fd);
  g_free (lock);
}
