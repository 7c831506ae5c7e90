/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document for another program to look at: the one way in which it leaves this process in clear text without somebody naming a
 * file. It goes into memory and nowhere else: a folder that is this process's alone (0700), under XDG_RUNTIME_DIR, which must be a
 * tmpfs; where there is none, nothing is written. What opens it follows from its bytes, never from its name.
 *
 * What lies there is removed when the window closes or its data are locked, and what a process left that died, at the next start:
 * a folder is in use as long as a process holds its lock. What the other program keeps for itself is not ours to remove.
 */
#include "gxc-paper-out.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <linux/magic.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "gx-error.h"
#include "gxc-paper.h"

#define FOLDER   "guanxi-papers"
#define NAME_MAX_BYTES 120

/* Of this process, once it has written something; used on the main loop only. */
static struct
{
  char *path;               /* (owned) (nullable) */
  int   lock;               /* file descriptor */
  guint n;                  /* documents that were written */
} own;

/* --- removing ----------------------------------------------------------------------------------------------------- */

/* Returns: (nullable): file descriptor, locked until it is closed; -1 = somebody has it, or it is not there */
static int
lock_folder (const char *path, int how)
{
  int fd = g_open (path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, 0);

  if (fd >= 0 && flock (fd, how) != 0)
    {
      close (fd);
      return -1;
    }
  return fd;
}

/* A symbolic link is removed, not followed. */
static void
remove_all (const char *path)
{
  g_autoptr(GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_all (child);
    }
  g_remove (path);
}

/* With the lock of the folder of all. */
static void
remove_left (const char *parent)
{
  g_autoptr(GDir) dir = g_dir_open (parent, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (parent, name, NULL);
      int lock = lock_folder (path, LOCK_EX | LOCK_NB);

      if (lock < 0)
        continue;
      remove_all (path);
      close (lock);
    }
}

static char *
dup_parent (void)
{
  const char *runtime = g_getenv ("XDG_RUNTIME_DIR");

  return runtime && g_path_is_absolute (runtime) ? g_build_filename (runtime, FOLDER, NULL) : NULL;
}

/**
 * gxc_paper_out_sweep:
 * @own_too: whether what this process wrote goes too
 *
 * Removes what processes left that are no more.
 */
void
gxc_paper_out_sweep (gboolean own_too)
{
  g_autofree char *parent = dup_parent ();
  int lock = parent ? lock_folder (parent, LOCK_EX) : -1;

  if (own_too && own.path)
    {
      remove_all (own.path);
      close (own.lock);
      g_clear_pointer (&own.path, g_free);
    }
  if (lock < 0)
    return;
  remove_left (parent);
  close (lock);
}

/* --- writing ------------------------------------------------------------------------------------------------------ */

/* Another's folder could be looked into, and a disk remembers. */
static gboolean
is_private_memory (const char *path)
{
  struct stat about;
  struct statfs system;

  return lstat (path, &about) == 0 && S_ISDIR (about.st_mode) && about.st_uid == getuid () && (about.st_mode & 077) == 0
         && statfs (path, &system) == 0 && system.f_type == TMPFS_MAGIC;
}

static gboolean
make_own (const char *parent)
{
  g_autofree char *path = g_build_filename (parent, "XXXXXX", NULL);
  int parents = lock_folder (parent, LOCK_EX);

  if (parents >= 0 && g_mkdtemp (path))
    {
      own.lock = lock_folder (path, LOCK_EX | LOCK_NB);
      own.path = own.lock >= 0 ? g_steal_pointer (&path) : NULL;
    }
  if (parents >= 0)
    close (parents);
  return own.path != NULL;
}

static gboolean
find_own (GError **error)
{
  const char *runtime = g_getenv ("XDG_RUNTIME_DIR");
  g_autofree char *parent = dup_parent ();

  if (own.path)
    return TRUE;
  if (parent && is_private_memory (runtime) && (g_mkdir (parent, 0700) == 0 || is_private_memory (parent)) && make_own (parent))
    return TRUE;
  return gx_fail (error, GX_ERROR_STATE, "%s", _("This session has no folder in memory (XDG_RUNTIME_DIR) for documents that other programs open. "
                                                 "It can be looked at here, or saved."));
}

/* The stem is for the person; the ending is what desktops go by, so it follows from the bytes. */
static char *
dup_name (const char *title, const char *extension)
{
  g_autofree char *base = g_path_get_basename (title), *stem = NULL;
  char *dot = strrchr (base, '.');

  if (dot && dot > base)
    *dot = '\0';
  stem = g_utf8_make_valid (base, -1);
  while (strlen (stem) > NAME_MAX_BYTES)
    *g_utf8_prev_char (stem + strlen (stem)) = '\0';
  for (char *p = stem; *p; p++)
    if ((guchar) *p < 0x20 || *p == 0x7f || *p == '/' || (p == stem && (*p == '.' || *p == '-')))
      *p = '_';
  return g_strdup_printf ("%s.%s", *stem ? stem : "_", extension);
}

/**
 * gxc_paper_out_write:
 * @title: what the person calls it
 *
 * Returns: (transfer full) (nullable): the path of a copy in memory that can only be read, until gxc_paper_out_sweep()
 *
 * Errors: %GX_ERROR_STATE if this session has no such folder or it is of a kind that is not given to others, %GX_ERROR_IO
 */
char *
gxc_paper_out_write (const char *title, GBytes *bytes, GError **error)
{
  const char *extension = gxc_paper_extension (bytes);
  g_autofree char *name = NULL, *number = NULL, *folder = NULL, *path = NULL;
  g_autoptr(GError) local = NULL;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  if (!extension && !gx_fail (error, GX_ERROR_STATE, "%s", _("What this document is cannot be told from its bytes: it is not given to another program.")))
    return NULL;
  if (!find_own (error))
    return NULL;
  number = g_strdup_printf ("%u", ++own.n);
  folder = g_build_filename (own.path, number, NULL);
  name = dup_name (title, extension);
  path = g_build_filename (folder, name, NULL);
  if (g_mkdir (folder, 0700) == 0
      && g_file_set_contents_full (path, data, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0400, &local))
    return g_steal_pointer (&path);
  remove_all (folder);
  gx_fail (error, GX_ERROR_IO, "%s: %s", folder, local ? local->message : g_strerror (errno));
  return NULL;
}

/* --- opening ------------------------------------------------------------------------------------------------------ */

static void
say (GtkWidget *widget, const char *words)
{
  gtk_widget_activate_action (widget, "win.toast", "s", words);
}

static void
on_opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GtkWidget) widget = data;
  g_autoptr(GError) error = NULL;

  if (g_app_info_launch_default_for_uri_finish (result, &error))
    say (widget, _("Opened in another program. The copy is removed when this window closes; changes to it are not kept."));
  else
    say (widget, error->message);
}

/**
 * gxc_paper_out_open:
 * @widget: in whose window it is told how that went
 *
 * Gives a copy of a document to the program that this desktop has for its type.
 */
void
gxc_paper_out_open (GtkWidget *widget, const char *title, GBytes *bytes)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = gxc_paper_out_write (title, bytes, &error), *uri = path ? g_filename_to_uri (path, NULL, NULL) : NULL;
  g_autoptr(GdkAppLaunchContext) context = gdk_display_get_app_launch_context (gtk_widget_get_display (widget));

  if (!uri)
    say (widget, error->message);
  else
    g_app_info_launch_default_for_uri_async (uri, G_APP_LAUNCH_CONTEXT (context), NULL, on_opened_cb, g_object_ref (widget));
}
