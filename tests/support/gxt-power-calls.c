/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libc's calls by which files are made, written and named, over a folder that may lose its power (gxt-power). Whatever is not
 * in that folder passes through. The same source is linked into tests and preloaded into the real programs: GLib, SQLite and
 * our own code all come by here.
 *
 * Not here: reading, which the kernel does; stdio, which nobody keeps data with.
 */
#undef _FILE_OFFSET_BITS        /* each call by its own name */
#undef _FORTIFY_SOURCE
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include "gxt-power-private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A file that is open for writing, or a folder. */
typedef struct
{
  GxtPlate *plate;          /* (nullable) */
  char     *folder;         /* (nullable) */
} Handle;

static GHashTable *handles;     /* fd -> Handle */

static void
handle_free (Handle *handle)
{
  g_free (handle->folder);
  g_free (handle);
}

static Handle *
find (int fd)
{
  return handles != NULL ? g_hash_table_lookup (handles, GINT_TO_POINTER (fd)) : NULL;
}

static void
add (int         fd,
     GxtPlate   *plate,
     const char *folder)
{
  Handle *handle = g_new (Handle, 1);

  *handle = (Handle) { plate, g_strdup (folder) };
  if (handles == NULL)
    handles = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) handle_free);
  g_hash_table_replace (handles, GINT_TO_POINTER (fd), handle);
}

/* Of a process that is no more. */
void
gxt_power_forget_handles (void)
{
  if (handles != NULL)
    g_hash_table_remove_all (handles);
}

static int
open_covered (const char *path,
              int         flags,
              mode_t      mode)
{
  GxtPlate *plate = gxt_power_find (path);
  int fd;

  if ((plate != NULL && (flags & O_CREAT) && (flags & O_EXCL)) || (plate == NULL && !(flags & O_CREAT)))
    return (int) syscall (SYS_openat, AT_FDCWD, path, flags, mode);       /* which fails */
  if (plate == NULL && !gxt_power_make (path, mode, &plate))
    return -1;
  if ((flags & O_TRUNC) && !gxt_power_cut (plate, 0))
    return -1;
  fd = (int) syscall (SYS_openat, AT_FDCWD, path, flags, mode);
  if (fd >= 0)
    add (fd, plate, NULL);

  return fd;
}

static int
open_any (const char *path,
          int         flags,
          mode_t      mode)
{
  int fd;

  gxt_power_lock ();
  if ((flags & O_ACCMODE) != O_RDONLY && gxt_power_covers (path))
    fd = open_covered (path, flags, mode);
  else
    {
      struct stat facts;

      fd = (int) syscall (SYS_openat, AT_FDCWD, path, flags, mode);
      if (fd >= 0 && (gxt_power_covers (path) || gxt_power_is_root (path)) && fstat (fd, &facts) == 0 && S_ISDIR (facts.st_mode))
        add (fd, NULL, path);
    }
  gxt_power_unlock ();

  return fd;
}

#define OPEN(path, flags, more)                           \
  G_STMT_START                                            \
    {                                                     \
      va_list args;                                       \
      mode_t mode = 0;                                    \
                                                          \
      va_start (args, flags);                             \
      if ((flags) & (O_CREAT | O_TMPFILE))                \
        mode = va_arg (args, mode_t);                     \
      va_end (args);                                      \
      return open_any (path, (flags) | (more), mode);     \
    }                                                     \
  G_STMT_END

int
open (const char *path,
      int         flags,
      ...)
{
  OPEN (path, flags, 0);
}

int
open64 (const char *path,
        int         flags,
        ...)
{
  OPEN (path, flags, O_LARGEFILE);
}

int
close (int fd)
{
  gxt_power_lock ();
  if (handles != NULL)
    g_hash_table_remove (handles, GINT_TO_POINTER (fd));
  gxt_power_unlock ();

  return (int) syscall (SYS_close, fd);
}

/* With @offset -1 where the file stands. */
static ssize_t
write_any (int         fd,
           const void *data,
           size_t      size,
           off_t       offset)
{
  const Handle *handle;
  ssize_t n = -1;

  gxt_power_lock ();
  handle = find (fd);
  if (handle == NULL || handle->plate == NULL
      || gxt_power_write (handle->plate, offset >= 0 ? offset : (off_t) syscall (SYS_lseek, fd, 0, SEEK_CUR), data, size))
    n = offset >= 0 ? (ssize_t) syscall (SYS_pwrite64, fd, data, size, offset) : (ssize_t) syscall (SYS_write, fd, data, size);
  gxt_power_unlock ();

  return n;
}

ssize_t
write (int         fd,
       const void *data,
       size_t      size)
{
  return write_any (fd, data, size, -1);
}

ssize_t
pwrite (int         fd,
        const void *data,
        size_t      size,
        off_t       offset)
{
  return write_any (fd, data, size, offset);
}

ssize_t
pwrite64 (int         fd,
          const void *data,
          size_t      size,
          off64_t     offset)
{
  return write_any (fd, data, size, offset);
}

int
ftruncate (int   fd,
           off_t length)
{
  const Handle *handle;
  int failed = -1;

  gxt_power_lock ();
  handle = find (fd);
  if (handle == NULL || handle->plate == NULL || gxt_power_cut (handle->plate, length))
    failed = (int) syscall (SYS_ftruncate, fd, length);
  gxt_power_unlock ();

  return failed;
}

int
ftruncate64 (int     fd,
             off64_t length)
{
  return ftruncate (fd, length);
}

/* Nothing of it needs to reach the real disk: the power of the machine that tests does not fail. */
static int
sync_any (int  fd,
          long call)
{
  const Handle *handle;
  int failed = -1;

  gxt_power_lock ();
  handle = find (fd);
  if (handle == NULL)
    failed = (int) syscall (call, fd);
  else if (handle->plate != NULL ? gxt_power_sync (handle->plate) : gxt_power_sync_folder (handle->folder))
    failed = 0;
  gxt_power_unlock ();

  return failed;
}

int
fsync (int fd)
{
  return sync_any (fd, SYS_fsync);
}

int
fdatasync (int fd)
{
  return sync_any (fd, SYS_fdatasync);
}

int
unlink (const char *path)
{
  int failed = -1;

  gxt_power_lock ();
  if (!gxt_power_covers (path) || gxt_power_remove (path))
    failed = (int) syscall (SYS_unlink, path);
  gxt_power_unlock ();

  return failed;
}

int
remove (const char *path)
{
  struct stat facts;

  return lstat (path, &facts) == 0 && S_ISDIR (facts.st_mode) ? (int) syscall (SYS_rmdir, path) : unlink (path);
}

int
rename (const char *from,
        const char *to)
{
  int failed = -1;

  gxt_power_lock ();
  if (!gxt_power_covers (from) || gxt_power_move (from, to))
    failed = (int) syscall (SYS_rename, from, to);
  gxt_power_unlock ();

  return failed;
}

int
mkdir (const char *path,
       mode_t      mode)
{
  struct stat facts;
  int failed = -1;

  gxt_power_lock ();
  if (!gxt_power_covers (path) || stat (path, &facts) == 0 || gxt_power_make_folder (path))
    failed = (int) syscall (SYS_mkdir, path, mode);
  gxt_power_unlock ();

  return failed;
}
