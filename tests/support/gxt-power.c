/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is on the platter and what is not (gxt-power.h). What readers see is in the folder itself; here is what is safe, what
 * was done since, and what a cut makes of the two. It speaks to the kernel directly: libc's calls are its own doors
 * (gxt-power-calls).
 *
 * What is read by mapping only (the shared memory beside a log) is no file: it is gone after a cut.
 */
#include "gxt-power-private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define SECTOR 512

/* With no bytes a truncation to @offset. */
typedef struct
{
  off_t   offset;
  GBytes *bytes;            /* (nullable) (owned) */
} Written;

struct _GxtPlate
{
  GByteArray *safe;
  GArray     *written;      /* of Written, since the last sync */
  mode_t      mode;
  gboolean    careless;
};

typedef enum { NAME_MADE, NAME_REMOVED, NAME_MOVED, FOLDER_MADE } Deed;

typedef struct
{
  Deed      deed;
  char     *path, *to;      /* @to (nullable): where it was moved */
  GxtPlate *plate;          /* (nullable) */
} Change;

static struct
{
  GMutex      lock;
  char       *folder;       /* (nullable): nothing is covered */
  guint64     random;
  guint64     count, cut_at, syncs_left;
  gboolean    off, dies;
  const char *ignored;      /* (nullable) (borrowed) */
  GPtrArray  *plates;       /* (owned) of GxtPlate */
  GHashTable *seen, *safe;  /* path -> GxtPlate, of what was touched */
  GHashTable *touched;      /* set of paths */
  GArray     *changes;      /* of Change: names, since their folders' last syncs */
} power;

static void
clear_written (gpointer data)
{
  g_clear_pointer (&((Written *) data)->bytes, g_bytes_unref);
}

static void
clear_change (gpointer data)
{
  g_free (((Change *) data)->path);
  g_free (((Change *) data)->to);
}

static void
plate_free (GxtPlate *plate)
{
  g_byte_array_unref (plate->safe);
  g_array_unref (plate->written);
  g_free (plate);
}

static gboolean
is_ignored (const char *path)
{
  return power.ignored != NULL && strstr (path, power.ignored) != NULL;
}

static GxtPlate *
plate_new (const char *path,
           mode_t      mode)
{
  GxtPlate *plate = g_new0 (GxtPlate, 1);

  plate->safe = g_byte_array_new ();
  plate->written = g_array_new (FALSE, TRUE, sizeof (Written));
  g_array_set_clear_func (plate->written, clear_written);
  plate->mode = mode;
  plate->careless = is_ignored (path);
  g_ptr_array_add (power.plates, plate);
  return plate;
}

void
gxt_power_lock (void)
{
  g_mutex_lock (&power.lock);
}

void
gxt_power_unlock (void)
{
  g_mutex_unlock (&power.lock);
}

/* splitmix64: the programs' own generators are not this disk's. */
static guint
below (guint n)
{
  guint64 z = (power.random += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return (guint) ((z ^ (z >> 31)) % n);
}

/* ---- bytes ---- */

static void
set_length (GByteArray *bytes,
            off_t       length)
{
  guint before = bytes->len;

  g_byte_array_set_size (bytes, (guint) length);
  if (bytes->len > before)
    memset (bytes->data + before, 0, bytes->len - before);
}

/* In the order of the writes, of each sector the write or not. */
static void
settle (GxtPlate      *plate,
        const Written *written,
        guint          per_mille)
{
  const guint8 *data;
  gsize size, next;

  if (written->bytes == NULL)
    {
      if (below (1000) < per_mille)
        set_length (plate->safe, written->offset);
      return;
    }
  data = g_bytes_get_data (written->bytes, &size);
  for (gsize at = 0; at < size; at = next)
    {
      gsize place = (gsize) written->offset + at;

      next = MIN (size, at + SECTOR - place % SECTOR);
      if (per_mille < 1000 && below (1000) >= per_mille)
        continue;
      if (plate->safe->len < place + (next - at))
        set_length (plate->safe, (off_t) (place + (next - at)));
      memcpy (plate->safe->data + place, data + at, next - at);
    }
}

static void
settle_all (GxtPlate *plate,
            guint     per_mille)
{
  for (guint i = 0; i < plate->written->len; i++)
    settle (plate, &g_array_index (plate->written, Written, i), per_mille);
  g_array_set_size (plate->written, 0);
}

static void
load (GxtPlate   *plate,
      const char *path)
{
  int fd = (int) syscall (SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0);
  guint8 buffer[65536];
  long n;

  while (fd >= 0 && (n = syscall (SYS_read, fd, buffer, sizeof buffer)) > 0)
    g_byte_array_append (plate->safe, buffer, (guint) n);
  if (fd >= 0)
    syscall (SYS_close, fd);
}

static void
store (const GxtPlate *plate,
       const char     *path)
{
  int fd = (int) syscall (SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

  if (fd < 0)
    abort ();
  for (guint done = 0; done < plate->safe->len;)
    {
      long n = syscall (SYS_write, fd, plate->safe->data + done, plate->safe->len - done);

      if (n <= 0)
        abort ();
      done += (guint) n;
    }
  syscall (SYS_fchmod, fd, plate->mode);
  syscall (SYS_close, fd);
}

/* ---- names ---- */

gboolean
gxt_power_covers (const char *path)
{
  return power.folder != NULL && path != NULL && g_str_has_prefix (path, power.folder) && path[strlen (power.folder)] == '/'
         && !g_str_has_suffix (path, "-shm");
}

gboolean
gxt_power_is_root (const char *path)
{
  return g_strcmp0 (path, power.folder) == 0;
}

/* A file of before the first touch is safe as it is. */
GxtPlate *
gxt_power_find (const char *path)
{
  GxtPlate *plate = g_hash_table_lookup (power.seen, path);
  struct stat facts;

  if (plate != NULL || g_hash_table_contains (power.touched, path) || stat (path, &facts) != 0 || !S_ISREG (facts.st_mode))
    return plate;
  plate = plate_new (path, facts.st_mode & 07777);
  load (plate, path);
  g_hash_table_insert (power.seen, g_strdup (path), plate);
  g_hash_table_insert (power.safe, g_strdup (path), plate);
  g_hash_table_add (power.touched, g_strdup (path));
  return plate;
}

static void
apply (const Change *change)
{
  if (change->deed == NAME_MADE)
    g_hash_table_insert (power.safe, g_strdup (change->path), change->plate);
  else if (change->deed == NAME_REMOVED || change->deed == NAME_MOVED)
    g_hash_table_remove (power.safe, change->path);
  if (change->deed == NAME_MOVED)
    g_hash_table_insert (power.safe, g_strdup (change->to), change->plate);
}

static gboolean
is_in (const char *path,
       const char *folder)
{
  gsize length = strlen (folder);

  return path != NULL && strncmp (path, folder, length) == 0 && path[length] == '/' && strchr (path + length + 1, '/') == NULL;
}

/* ---- the power ---- */

static void
lose_some_names (void)
{
  static const guint shares[] = { 0, 100, 500, 900, 1000 };
  guint per_mille = shares[below (G_N_ELEMENTS (shares))];

  for (guint i = 0; i < power.changes->len; i++)
    {
      const Change *change = &g_array_index (power.changes, Change, i);

      if (below (1000) < per_mille)
        apply (change);
    }
}

static gboolean
is_below (const char *path,
          GPtrArray  *folders)
{
  for (guint i = 0; i < folders->len; i++)
    if (g_str_has_prefix (path, folders->pdata[i]) && path[strlen (folders->pdata[i])] == '/')
      return TRUE;

  return FALSE;
}

/* What was made in a folder whose own name is lost is lost with it. */
static void
lose_some_folders (GPtrArray *lost)
{
  GHashTableIter iter;
  gpointer path;

  for (guint i = 0; i < power.changes->len; i++)
    {
      const Change *change = &g_array_index (power.changes, Change, i);

      if (change->deed == FOLDER_MADE && (below (2) == 0 || is_below (change->path, lost)))
        g_ptr_array_add (lost, change->path);
    }
  g_hash_table_iter_init (&iter, power.safe);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    if (is_below (path, lost))
      g_hash_table_iter_remove (&iter);
}

static void
forget_all (void)
{
  if (power.plates == NULL)
    return;
  g_hash_table_remove_all (power.seen);
  g_hash_table_remove_all (power.safe);
  g_hash_table_remove_all (power.touched);
  g_array_set_size (power.changes, 0);
  g_ptr_array_set_size (power.plates, 0);
}

static void
remove_shared_memory (const char *path)
{
  g_autofree char *beside = g_str_has_suffix (path, "-wal") ? g_strdup_printf ("%.*s-shm", (int) strlen (path) - 4, path) : NULL;

  if (beside != NULL)
    syscall (SYS_unlink, beside);
}

/* The folder becomes what is on the platter. */
static void
fail (void)
{
  static const guint shares[] = { 0, 100, 500, 900, 1000 };
  g_autoptr(GPtrArray) lost_folders = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer path, plate;

  for (guint i = 0; i < power.plates->len; i++)
    settle_all (power.plates->pdata[i], shares[below (G_N_ELEMENTS (shares))]);
  lose_some_names ();
  lose_some_folders (lost_folders);

  g_hash_table_iter_init (&iter, power.touched);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    {
      remove_shared_memory (path);
      syscall (SYS_unlink, path);
    }
  for (guint i = lost_folders->len; i > 0; i--)
    syscall (SYS_rmdir, lost_folders->pdata[i - 1]);
  g_hash_table_iter_init (&iter, power.safe);
  while (g_hash_table_iter_next (&iter, &path, &plate))
    store (plate, path);
}

/* Whether the deed still happens. */
static gboolean
spend (void)
{
  power.count++;
  if (!power.off && (power.cut_at == 0 || power.count < power.cut_at))
    return TRUE;

  if (power.dies)
    {
      fail ();
      _exit (137);
    }
  power.off = TRUE;
  errno = EIO;
  return FALSE;
}

static gboolean
spend_sync (void)
{
  if (power.syncs_left > 0 && --power.syncs_left == 0)
    power.cut_at = power.count + 1;

  return spend ();
}

static gboolean
change_name (Deed        deed,
             const char *path,
             const char *to,
             GxtPlate   *plate)
{
  Change change = { deed, g_strdup (path), g_strdup (to), plate };

  /* The one during which the power fails may have reached the disk. */
  if (power.off)
    clear_change (&change);
  else
    {
      g_array_append_val (power.changes, change);
      g_hash_table_add (power.touched, g_strdup (path));
      if (to != NULL)
        g_hash_table_add (power.touched, g_strdup (to));
    }
  return spend ();
}

/* ---- what is done ---- */

gboolean
gxt_power_make (const char  *path,
                mode_t       mode,
                GxtPlate   **out_plate)
{
  *out_plate = plate_new (path, mode);
  if (!change_name (NAME_MADE, path, NULL, *out_plate))
    return FALSE;

  g_hash_table_insert (power.seen, g_strdup (path), *out_plate);
  return TRUE;
}

static gboolean
add_written (GxtPlate *plate,
             off_t     offset,
             GBytes   *bytes)
{
  Written written = { offset, bytes };

  if (!power.off)
    g_array_append_val (plate->written, written);
  else
    clear_written (&written);
  return spend ();
}

gboolean
gxt_power_write (GxtPlate      *plate,
                 off_t          offset,
                 gconstpointer  data,
                 gsize          size)
{
  return add_written (plate, offset, g_bytes_new (data, size));
}

gboolean
gxt_power_cut (GxtPlate *plate,
               off_t     length)
{
  return add_written (plate, length, NULL);
}

gboolean
gxt_power_sync (GxtPlate *plate)
{
  if (!spend_sync ())
    return FALSE;

  if (!plate->careless)
    settle_all (plate, 1000);
  return TRUE;
}

gboolean
gxt_power_sync_folder (const char *folder)
{
  if (!spend_sync ())
    return FALSE;

  for (guint i = 0; !is_ignored (folder) && i < power.changes->len;)
    {
      const Change *change = &g_array_index (power.changes, Change, i);

      if (is_in (change->path, folder) || is_in (change->to, folder))
        {
          apply (change);
          g_array_remove_index (power.changes, i);
        }
      else
        i++;
    }
  return TRUE;
}

gboolean
gxt_power_remove (const char *path)
{
  if (gxt_power_find (path) == NULL)
    return TRUE;            /* the kernel will say so */
  if (!change_name (NAME_REMOVED, path, NULL, NULL))
    return FALSE;

  g_hash_table_remove (power.seen, path);
  return TRUE;
}

gboolean
gxt_power_move (const char *from,
                const char *to)
{
  GxtPlate *plate = gxt_power_find (from);

  gxt_power_find (to);
  if (plate == NULL)
    return TRUE;
  if (!change_name (NAME_MOVED, from, to, plate))
    return FALSE;

  g_hash_table_remove (power.seen, from);
  g_hash_table_insert (power.seen, g_strdup (to), plate);
  return TRUE;
}

gboolean
gxt_power_make_folder (const char *path)
{
  return change_name (FOLDER_MADE, path, NULL, NULL);
}

/* ---- from outside ---- */

static void
begin (const char *folder,
       guint64     seed)
{
  char *whole = realpath (folder, NULL);

  if (whole == NULL)
    abort ();
  if (power.plates == NULL)
    {
      power.plates = g_ptr_array_new_with_free_func ((GDestroyNotify) plate_free);
      power.seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      power.safe = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      power.touched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      power.changes = g_array_new (FALSE, TRUE, sizeof (Change));
      g_array_set_clear_func (power.changes, clear_change);
    }
  forget_all ();
  power.folder = g_strdup (whole);
  power.random = seed;
  power.count = power.cut_at = power.syncs_left = 0;
  power.off = FALSE;
  free (whole);
}

void
gxt_power_begin (const char *folder,
                 guint64     seed)
{
  gxt_power_lock ();
  g_clear_pointer (&power.folder, g_free);
  begin (folder, seed);
  gxt_power_unlock ();
}

void
gxt_power_end (void)
{
  gxt_power_lock ();
  g_clear_pointer (&power.folder, g_free);
  forget_all ();
  gxt_power_unlock ();
}

void
gxt_power_cut_at (guint64 operation)
{
  power.cut_at = operation > 0 ? power.count + operation : 0;
}

void
gxt_power_cut_at_sync (guint64 sync)
{
  power.syncs_left = sync;
}

void
gxt_power_ignore_syncs (const char *part)
{
  power.ignored = part;
}

gboolean
gxt_power_is_off (void)
{
  return power.off;
}

guint64
gxt_power_get_count (void)
{
  return power.count;
}

void
gxt_power_on (void)
{
  gxt_power_lock ();
  gxt_power_forget_handles ();
  fail ();
  forget_all ();
  power.off = FALSE;
  power.cut_at = power.syncs_left = 0;
  gxt_power_unlock ();
}

/* Preloaded, and told of a folder: the process has this disk from its first moment on. */
static void __attribute__ ((constructor))
begin_by_environment (void)
{
  const char *told = getenv ("GXT_POWER");
  guint64 seed, cut_at;
  char *rest;

  if (told == NULL)
    return;
  seed = g_ascii_strtoull (told, &rest, 10);
  cut_at = g_ascii_strtoull (rest, &rest, 10);
  begin (rest + 1, seed);
  power.cut_at = cut_at;
  power.dies = TRUE;
}
