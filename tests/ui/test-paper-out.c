/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents that another program looks at: only in memory, only for this person, under a name that its bytes gave it, and gone
 * when they should be: at the end, when the data are locked, after a death at the next start. */

#include <adwaita.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <linux/magic.h>
#include <string.h>
#include <sys/file.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "gx-error.h"
#include "gxc-paper-out.h"
#include "gxc-paper-view.h"
#include "gxc-shell.h"
#include "gxt-screenshot.h"

#define BYTES(text) g_bytes_new_static (text, sizeof text - 1)

static char *runtime;           /* in memory, as a session's is; NULL where this machine has no such folder */
static char *on_disk;           /* 0700 too, but a disk's */
static char *seen;              /* what the other program copied */

static gboolean
is_memory (const char *path)
{
  struct statfs system;

  return statfs (path, &system) == 0 && system.f_type == TMPFS_MAGIC;
}

static guint
mode_of (const char *path)
{
  GStatBuf about;

  g_assert_cmpint (g_stat (path, &about), ==, 0);
  return about.st_mode & 07777;
}

static char *
in_folder (const char *name, const char *below)
{
  return g_build_filename (runtime, "guanxi-papers", name, below, NULL);
}

static void
make_folder (const char *name, int *out_lock)
{
  g_autofree char *folder = in_folder (name, "1"), *above = in_folder (name, NULL), *file = g_build_filename (folder, "left.pdf", NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, "left", -1, NULL));
  if (!out_lock)
    return;
  *out_lock = g_open (above, O_RDONLY | O_DIRECTORY, 0);
  g_assert_cmpint (flock (*out_lock, LOCK_EX), ==, 0);
}

static void
test_written_in_memory (void)
{
  static const struct { const char *title, *bytes, *name; } cases[] = {
    { "合同.pdf", "%PDF-1.4 …", "合同.pdf" }, { "invoice.desktop", "%PDF-1.4 …", "invoice.pdf" }, { "../../.bashrc", "words", "_bashrc.txt" },
    { "run me.sh", "#!/bin/sh\necho\n", "run me.txt" }, { "-rf", "\xff\xd8\xff", "_rf.jpg" }, { "a\nb.png", "\x89PNG\r\n\x1a\n", "a_b.png" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GBytes) bytes = g_bytes_new_static (cases[i].bytes, strlen (cases[i].bytes));
      g_autoptr(GError) error = NULL;
      g_autofree char *path = gxc_paper_out_write (cases[i].title, bytes, &error), *name = NULL, *folder = NULL, *own = NULL, *text = NULL;

      g_assert_no_error (error);
      name = g_path_get_basename (path);
      folder = g_path_get_dirname (path);
      own = g_path_get_dirname (folder);
      g_assert_cmpstr (name, ==, cases[i].name);
      g_assert_true (g_str_has_prefix (path, runtime));
      g_assert_cmpuint (mode_of (path), ==, 0400);
      g_assert_cmpuint (mode_of (folder), ==, 0700);
      g_assert_cmpuint (mode_of (own), ==, 0700);
      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      g_assert_cmpstr (text, ==, cases[i].bytes);
    }
  gxc_paper_out_sweep (TRUE);
}

static void
assert_refused (const char *title, GBytes *bytes)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (gxc_paper_out_write (title, bytes, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_STATE);
}

/* Never elsewhere: not on a disk, not where others look, not without a session. */
static void
test_nowhere_else (void)
{
  g_autoptr(GBytes) bytes = BYTES ("%PDF-1.4 …");

  g_unsetenv ("XDG_RUNTIME_DIR");
  assert_refused ("a.pdf", bytes);
  g_setenv ("XDG_RUNTIME_DIR", "run", TRUE);
  assert_refused ("a.pdf", bytes);
  g_setenv ("XDG_RUNTIME_DIR", on_disk, TRUE);
  if (!is_memory (on_disk))             /* which it is where all of /tmp is */
    assert_refused ("a.pdf", bytes);
  if (!runtime)
    return;
  g_setenv ("XDG_RUNTIME_DIR", runtime, TRUE);
  g_assert_cmpint (g_chmod (runtime, 0755), ==, 0);
  assert_refused ("a.pdf", bytes);
  g_assert_cmpint (g_chmod (runtime, 0700), ==, 0);
}

static void
test_unknown_is_not_given (void)
{
  g_autoptr(GBytes) bytes = g_bytes_new ("PK\x03\x04\0\0", 6);

  assert_refused ("papers.zip", bytes);
}

static void
test_swept (void)
{
  g_autoptr(GBytes) bytes = BYTES ("%PDF-1.4 …");
  g_autofree char *path = gxc_paper_out_write ("mine.pdf", bytes, NULL), *dead = in_folder ("dead", NULL), *living = in_folder ("living", "1"),
                  *again = NULL;
  int lock;

  g_assert_nonnull (path);
  make_folder ("dead", NULL);
  make_folder ("living", &lock);
  gxc_paper_out_sweep (FALSE);
  g_assert_false (g_file_test (dead, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (living, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  gxc_paper_out_sweep (TRUE);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (living, G_FILE_TEST_EXISTS));

  close (lock);                                         /* its process died */
  gxc_paper_out_sweep (FALSE);
  g_assert_false (g_file_test (living, G_FILE_TEST_EXISTS));
  again = gxc_paper_out_write ("mine.pdf", bytes, NULL);
  g_assert_true (g_file_test (again, G_FILE_TEST_EXISTS));
  gxc_paper_out_sweep (TRUE);
}

/* What a link points to is somebody else's. */
static void
test_links_are_not_followed (void)
{
  g_autofree char *kept = g_build_filename (on_disk, "kept", NULL), *file = g_build_filename (kept, "file", NULL), *link = in_folder ("dead", "1/link");

  g_assert_cmpint (g_mkdir (kept, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, "kept", -1, NULL));
  make_folder ("dead", NULL);
  g_assert_cmpint (symlink (kept, link), ==, 0);
  gxc_paper_out_sweep (FALSE);
  g_assert_false (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  g_assert_true (g_file_test (file, G_FILE_TEST_EXISTS));
}

static void
test_another_program_sees_it (void)
{
  g_autoptr(GBytes) bytes = BYTES ("姓名：张明远\n");
  GtkWidget *window = gtk_window_new (), *view = gxc_paper_view_new ();
  g_autofree char *text = NULL;

  gtk_window_set_child (GTK_WINDOW (window), view);
  gtk_window_present (GTK_WINDOW (window));
  gxt_wait_shown (GTK_WINDOW (window));
  gxc_paper_view_show (GXC_PAPER_VIEW (view), "note.desktop", bytes);
  gtk_widget_activate_action (view, "paper.open", NULL);
  GXT_WAIT_FOR (g_file_test (seen, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_get_contents (seen, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "姓名：张明远\n");
  gtk_window_destroy (GTK_WINDOW (window));
  gxc_paper_out_sweep (TRUE);
}

/* The desktop's program for texts: it copies what it is given. */
static void
install_viewer (const char *home)
{
  g_autofree char *script = g_build_filename (home, "viewer.sh", NULL), *folder = g_build_filename (g_get_user_data_dir (), "applications", NULL),
                  *desktop = g_build_filename (folder, "viewer.desktop", NULL), *list = g_build_filename (g_get_user_config_dir (), "mimeapps.list", NULL),
                  *commands = g_strdup_printf ("cp \"$1\" '%s.part' && mv '%s.part' '%s'\n", seen, seen, seen),
                  *entry = g_strdup_printf ("[Desktop Entry]\nType=Application\nName=Viewer\nExec=/bin/sh %s %%f\nMimeType=text/plain;\n", script);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (g_get_user_config_dir (), 0700), ==, 0);
  g_assert_true (g_file_set_contents (script, commands, -1, NULL));
  g_assert_true (g_file_set_contents (desktop, entry, -1, NULL));
  g_assert_true (g_file_set_contents (list, "[Default Applications]\ntext/plain=viewer.desktop\n", -1, NULL));
}

int
main (int argc, char **argv)
{
  g_autofree char *memory = g_strdup ("/dev/shm/gxt-XXXXXX");
  int status;

  on_disk = g_mkdtemp (g_build_filename (g_get_home_dir (), "disk-XXXXXX", NULL));
  seen = g_build_filename (on_disk, "seen", NULL);
  install_viewer (on_disk);
  if (is_memory ("/dev/shm") && g_mkdtemp (memory))
    g_setenv ("XDG_RUNTIME_DIR", runtime = memory, TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  gxc_shell_init ();
  if (runtime)
    {
      g_test_add_func ("/papers/out/written_in_memory_under_its_bytes_name", test_written_in_memory);
      g_test_add_func ("/papers/out/what_is_not_known_is_not_given", test_unknown_is_not_given);
      g_test_add_func ("/papers/out/swept_at_the_end_and_after_a_death", test_swept);
      g_test_add_func ("/papers/out/links_are_not_followed", test_links_are_not_followed);
      g_test_add_func ("/papers/out/another_program_sees_it", test_another_program_sees_it);
    }
  g_test_add_func ("/papers/out/never_anywhere_else", test_nowhere_else);
  status = g_test_run ();
  if (runtime)
    {
      g_autofree char *left = in_folder (NULL, NULL);

      g_assert_cmpint (g_rmdir (left), ==, 0);          /* only the folder of all is left, and empty */
      g_rmdir (runtime);
    }
  return status;
}
