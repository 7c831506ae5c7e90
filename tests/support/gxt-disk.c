/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A disk that loses its power (sync.md 4.2). Each file has what a reader sees, what is safe, and the list of writes between
 * the two; a sync makes all of them safe, a cut some sectors of some.
 *
 * The names of a folder are safe when a journal or log that was made in it is synced for the first time: SQLite's own layer
 * then syncs the folder too.
 *
 * Locks do nothing and the log's index is plain memory: there is one connection to each database.
 */
#include "gxt-disk.h"

#include <sqlite3.h>
#include <string.h>

#define SECTOR 512

/* A write, or with no bytes a truncation to @offset. */
typedef struct
{
  gint64  offset;
  GBytes *bytes;            /* (nullable) (owned) */
} Pending;

typedef struct
{
  GByteArray *seen;
  GByteArray *safe;
  GArray     *pending;      /* of Pending, since the last sync */
  gboolean    exists;       /* for a reader */
  gboolean    is_safe;      /* its name is on the platter */
  GBytes     *kept;         /* (nullable) */
  GPtrArray  *index;        /* of the log: regions of shared memory */
  guint       n_open;
} Platter;

struct _GxtDisk
{
  sqlite3_vfs  vfs;
  sqlite3_vfs *system;      /* for randomness and sleep */
  GxRandom    *random;      /* (borrowed) */
  GHashTable  *platters;    /* name -> Platter */
  guint64      count;
  guint64      cut_at;      /* 0 = never */
  guint64      syncs_left;  /* 0 = no matter how many */
  gboolean     off;
  gboolean     steady;      /* its power never fails */
};

typedef struct
{
  sqlite3_file parent;
  GxtDisk     *disk;
  Platter     *platter;
  gboolean     is_new_log;  /* made, and not synced yet */
} File;

static void
clear_pending (gpointer data)
{
  g_clear_pointer (&((Pending *) data)->bytes, g_bytes_unref);
}

static Platter *
platter_new (void)
{
  Platter *platter = g_new0 (Platter, 1);

  platter->seen = g_byte_array_new ();
  platter->safe = g_byte_array_new ();
  platter->pending = g_array_new (FALSE, TRUE, sizeof (Pending));
  g_array_set_clear_func (platter->pending, clear_pending);
  platter->index = g_ptr_array_new_with_free_func (g_free);
  return platter;
}

static void
platter_free (Platter *platter)
{
  g_byte_array_unref (platter->seen);
  g_byte_array_unref (platter->safe);
  g_array_unref (platter->pending);
  g_ptr_array_unref (platter->index);
  g_clear_pointer (&platter->kept, g_bytes_unref);
  g_free (platter);
}

/* Whether the operation still happens. */
static gboolean
spend (GxtDisk *disk)
{
  disk->count++;
  if (disk->cut_at != 0 && disk->count >= disk->cut_at)
    disk->off = TRUE;

  return !disk->off;
}

/* ---- bytes ---- */

static void
set_length (GByteArray *bytes,
            gint64      length)
{
  guint before = bytes->len;

  g_byte_array_set_size (bytes, (guint) length);
  if (bytes->len > before)
    memset (bytes->data + before, 0, bytes->len - before);
}

static void
put (GByteArray   *bytes,
     gint64        offset,
     gconstpointer data,
     gsize         size)
{
  /* A log grows at its end: nothing is to be zeroed before. */
  if (bytes->len == offset)
    {
      g_byte_array_append (bytes, data, (guint) size);
      return;
    }
  if (bytes->len < offset + (gint64) size)
    set_length (bytes, offset + (gint64) size);
  memcpy (bytes->data + offset, data, size);
}

static void
assign (GByteArray *bytes,
        GByteArray *from)
{
  g_byte_array_set_size (bytes, from->len);
  if (from->len > 0)
    memcpy (bytes->data, from->data, from->len);
}

/* In the order of the writes, of each sector the write or not. */
static void
settle (GxtDisk       *disk,
        Platter       *platter,
        const Pending *pending,
        guint          per_mille)
{
  const guint8 *data;
  gsize size, next;

  if (pending->bytes == NULL)
    {
      if (gx_random_below (disk->random, 1000) < per_mille)
        set_length (platter->safe, pending->offset);
      return;
    }
  data = g_bytes_get_data (pending->bytes, &size);
  for (gsize at = 0; at < size; at = next)
    {
      next = MIN (size, at + SECTOR - (gsize) ((pending->offset + (gint64) at) % SECTOR));
      if (gx_random_below (disk->random, 1000) < per_mille)
        put (platter->safe, pending->offset + (gint64) at, data + at, next - at);
    }
}

/* Only what is new: a log is synced at each commit, and grows. */
static void
make_safe (Platter *platter)
{
  for (guint i = 0; i < platter->pending->len; i++)
    {
      const Pending *pending = &g_array_index (platter->pending, Pending, i);

      if (pending->bytes == NULL)
        set_length (platter->safe, pending->offset);
      else
        put (platter->safe, pending->offset, g_bytes_get_data (pending->bytes, NULL), g_bytes_get_size (pending->bytes));
    }
  g_array_set_size (platter->pending, 0);
}

static void
lose_power (GxtDisk *disk,
            Platter *platter)
{
  static const guint shares[] = { 0, 100, 500, 900, 1000 };
  guint per_mille = shares[gx_random_below (disk->random, G_N_ELEMENTS (shares))];

  for (guint i = 0; i < platter->pending->len; i++)
    settle (disk, platter, &g_array_index (platter->pending, Pending, i), per_mille);
  platter->exists = platter->is_safe || (platter->exists && gx_random_below (disk->random, 2) == 0);
  if (!platter->exists)
    g_byte_array_set_size (platter->safe, 0);
  platter->is_safe = platter->exists;
  g_array_set_size (platter->pending, 0);
  assign (platter->seen, platter->safe);
  g_ptr_array_set_size (platter->index, 0);
}

/* ---- SQLite's methods of a file ---- */

static int
file_close (sqlite3_file *file)
{
  File *self = (File *) file;

  self->platter->n_open--;
  if (self->platter->n_open == 0)
    g_ptr_array_set_size (self->platter->index, 0);
  return SQLITE_OK;
}

static int
file_read (sqlite3_file *file,
           void         *out,
           int           amount,
           sqlite3_int64 offset)
{
  GByteArray *seen = ((File *) file)->platter->seen;
  gint64 there = CLAMP ((gint64) seen->len - offset, 0, amount);

  if (there > 0)
    memcpy (out, seen->data + offset, (gsize) there);
  memset ((guint8 *) out + there, 0, (gsize) (amount - there));
  return there == amount ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static int
file_write (sqlite3_file *file,
            const void   *data,
            int           amount,
            sqlite3_int64 offset)
{
  File *self = (File *) file;
  Pending pending = { .offset = offset };

  if (self->disk->steady)
    {
      put (self->platter->seen, offset, data, (gsize) amount);
      return SQLITE_OK;
    }
  /* The one during which the power fails may have reached the disk in parts. */
  pending.bytes = g_bytes_new (data, (gsize) amount);
  if (!self->disk->off)
    g_array_append_val (self->platter->pending, pending);
  else
    clear_pending (&pending);
  if (!spend (self->disk))
    return SQLITE_IOERR_WRITE;

  put (self->platter->seen, offset, data, (gsize) amount);
  return SQLITE_OK;
}

static int
file_truncate (sqlite3_file *file,
               sqlite3_int64 size)
{
  File *self = (File *) file;
  Pending pending = { .offset = size };

  if (!spend (self->disk))
    return SQLITE_IOERR_TRUNCATE;

  if (!self->disk->steady)
    g_array_append_val (self->platter->pending, pending);
  set_length (self->platter->seen, size);
  return SQLITE_OK;
}

/* What was removed does not come back, and what was made stays. */
static void
sync_names (GxtDisk *disk)
{
  GHashTableIter iter;
  gpointer data;

  g_hash_table_iter_init (&iter, disk->platters);
  while (g_hash_table_iter_next (&iter, NULL, &data))
    {
      Platter *platter = data;

      platter->is_safe = platter->exists;
      if (platter->exists)
        continue;
      g_byte_array_set_size (platter->safe, 0);
      g_array_set_size (platter->pending, 0);
    }
}

static int
file_sync (sqlite3_file *file,
           int           flags)
{
  File *self = (File *) file;

  if (self->disk->syncs_left > 0 && --self->disk->syncs_left == 0)
    self->disk->off = TRUE;
  if (!spend (self->disk))
    return SQLITE_IOERR_FSYNC;

  if (!self->disk->steady)
    make_safe (self->platter);
  self->platter->is_safe = TRUE;
  if (self->is_new_log)
    sync_names (self->disk);
  self->is_new_log = FALSE;
  return SQLITE_OK;
}

static int
file_size (sqlite3_file  *file,
           sqlite3_int64 *out)
{
  *out = ((File *) file)->platter->seen->len;
  return SQLITE_OK;
}

static int
file_lock (sqlite3_file *file,
           int           level)
{
  return SQLITE_OK;
}

static int
file_check_lock (sqlite3_file *file,
                 int          *out)
{
  *out = 0;
  return SQLITE_OK;
}

static int
file_control (sqlite3_file *file,
              int           op,
              void         *argument)
{
  return SQLITE_NOTFOUND;
}

static int
file_sector_size (sqlite3_file *file)
{
  return SECTOR;
}

static int
file_characteristics (sqlite3_file *file)
{
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static int
file_shm_map (sqlite3_file   *file,
              int             region,
              int             size,
              int             extend,
              void volatile **out)
{
  GPtrArray *index = ((File *) file)->platter->index;

  while (extend && index->len <= (guint) region)
    g_ptr_array_add (index, g_malloc0 ((gsize) size));
  *out = (guint) region < index->len ? index->pdata[region] : NULL;
  return SQLITE_OK;
}

static int
file_shm_lock (sqlite3_file *file,
               int           offset,
               int           n,
               int           flags)
{
  return SQLITE_OK;
}

static void
file_shm_barrier (sqlite3_file *file)
{
}

static int
file_shm_unmap (sqlite3_file *file,
                int           remove)
{
  g_ptr_array_set_size (((File *) file)->platter->index, 0);
  return SQLITE_OK;
}

static const sqlite3_io_methods methods = {
  .iVersion = 2,
  .xClose = file_close,
  .xRead = file_read,
  .xWrite = file_write,
  .xTruncate = file_truncate,
  .xSync = file_sync,
  .xFileSize = file_size,
  .xLock = file_lock,
  .xUnlock = file_lock,
  .xCheckReservedLock = file_check_lock,
  .xFileControl = file_control,
  .xSectorSize = file_sector_size,
  .xDeviceCharacteristics = file_characteristics,
  .xShmMap = file_shm_map,
  .xShmLock = file_shm_lock,
  .xShmBarrier = file_shm_barrier,
  .xShmUnmap = file_shm_unmap,
};

/* ---- SQLite's methods of a file layer ---- */

static GxtDisk *
disk_of (sqlite3_vfs *vfs)
{
  return vfs->pAppData;
}

static Platter *
find (GxtDisk    *disk,
      const char *name)
{
  return g_hash_table_lookup (disk->platters, name);
}

static int
disk_open (sqlite3_vfs  *vfs,
           const char   *name,
           sqlite3_file *file,
           int           flags,
           int          *out_flags)
{
  GxtDisk *disk = disk_of (vfs);
  File *self = (File *) file;
  Platter *platter = name != NULL ? find (disk, name) : NULL;

  self->parent.pMethods = NULL;
  if (name == NULL || (platter == NULL && !(flags & SQLITE_OPEN_CREATE)) || disk->off)
    return SQLITE_CANTOPEN;
  if (platter == NULL)
    {
      platter = platter_new ();
      g_hash_table_insert (disk->platters, g_strdup (name), platter);
    }
  if (!platter->exists && !(flags & SQLITE_OPEN_CREATE))
    return SQLITE_CANTOPEN;
  g_assert_cmpuint (platter->n_open, ==, 0);

  *self = (File) { .parent.pMethods = &methods, .disk = disk, .platter = platter,
                   .is_new_log = !platter->exists && (flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL)) != 0 };
  platter->exists = TRUE;
  platter->n_open++;
  if (out_flags != NULL)
    *out_flags = flags;
  return SQLITE_OK;
}

static int
disk_delete (sqlite3_vfs *vfs,
             const char  *name,
             int          sync)
{
  GxtDisk *disk = disk_of (vfs);
  Platter *platter = find (disk, name);

  if (!spend (disk))
    return SQLITE_IOERR_DELETE;
  if (platter == NULL || !platter->exists)
    return SQLITE_IOERR_DELETE_NOENT;

  platter->exists = FALSE;
  g_byte_array_set_size (platter->seen, 0);
  if (sync)
    {
      platter->is_safe = FALSE;
      g_byte_array_set_size (platter->safe, 0);
    }
  return SQLITE_OK;
}

static int
disk_access (sqlite3_vfs *vfs,
             const char  *name,
             int          flags,
             int         *out)
{
  Platter *platter = find (disk_of (vfs), name);

  *out = platter != NULL && platter->exists && (flags != SQLITE_ACCESS_EXISTS || platter->seen->len > 0);
  return SQLITE_OK;
}

static int
disk_full_name (sqlite3_vfs *vfs,
                const char  *name,
                int          size,
                char        *out)
{
  g_strlcpy (out, name, (gsize) size);
  return SQLITE_OK;
}

static int
disk_randomness (sqlite3_vfs *vfs,
                 int          size,
                 char        *out)
{
  sqlite3_vfs *system = disk_of (vfs)->system;

  return system->xRandomness (system, size, out);
}

static int
disk_sleep (sqlite3_vfs *vfs,
            int          microseconds)
{
  return microseconds;
}

static int
disk_time (sqlite3_vfs   *vfs,
           sqlite3_int64 *out)
{
  sqlite3_vfs *system = disk_of (vfs)->system;

  return system->xCurrentTimeInt64 (system, out);
}

static int
disk_last_error (sqlite3_vfs *vfs,
                 int          size,
                 char        *out)
{
  return 0;
}

/**
 * gxt_disk_new:
 * @random: (transfer none): which sectors survive
 */
GxtDisk *
gxt_disk_new (GxRandom *random)
{
  static guint last;
  GxtDisk *disk = g_new0 (GxtDisk, 1);

  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);      /* as gx-db-sqlite says it, which comes too late after us */
  sqlite3_initialize ();
  disk->random = random;
  disk->system = sqlite3_vfs_find (NULL);
  disk->platters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) platter_free);
  disk->vfs = (sqlite3_vfs) {
    .iVersion = 2, .szOsFile = sizeof (File), .mxPathname = 512, .zName = g_strdup_printf ("gxt-disk-%u", ++last), .pAppData = disk,
    .xOpen = disk_open, .xDelete = disk_delete, .xAccess = disk_access, .xFullPathname = disk_full_name,
    .xRandomness = disk_randomness, .xSleep = disk_sleep, .xGetLastError = disk_last_error, .xCurrentTimeInt64 = disk_time,
  };
  sqlite3_vfs_register (&disk->vfs, FALSE);
  return disk;
}

void
gxt_disk_free (GxtDisk *disk)
{
  sqlite3_vfs_unregister (&disk->vfs);
  g_hash_table_unref (disk->platters);
  g_free ((char *) disk->vfs.zName);
  g_free (disk);
}

const char *
gxt_disk_get_vfs (GxtDisk *disk)
{
  return disk->vfs.zName;
}

/**
 * gxt_disk_set_steady:
 *
 * From now on its power never fails, and it costs less; to be said before anything is written.
 */
void
gxt_disk_set_steady (GxtDisk *disk)
{
  disk->steady = TRUE;
}

void
gxt_disk_cut_at (GxtDisk *disk,
                 guint64  operation)
{
  g_assert_false (disk->steady);
  disk->cut_at = operation > 0 ? disk->count + operation : 0;
}

void
gxt_disk_cut_at_sync (GxtDisk *disk,
                      guint64  sync)
{
  disk->syncs_left = sync;
}

gboolean
gxt_disk_is_off (GxtDisk *disk)
{
  return disk->off;
}

guint64
gxt_disk_get_count (GxtDisk *disk)
{
  return disk->count;
}

void
gxt_disk_power_on (GxtDisk *disk)
{
  GHashTableIter iter;
  gpointer platter;

  g_hash_table_iter_init (&iter, disk->platters);
  while (g_hash_table_iter_next (&iter, NULL, &platter))
    {
      g_assert_cmpuint (((Platter *) platter)->n_open, ==, 0);
      lose_power (disk, platter);
    }
  disk->off = FALSE;
  disk->cut_at = disk->syncs_left = 0;
}

void
gxt_disk_keep (GxtDisk *disk)
{
  GHashTableIter iter;
  gpointer data;

  g_hash_table_iter_init (&iter, disk->platters);
  while (g_hash_table_iter_next (&iter, NULL, &data))
    {
      Platter *platter = data;

      g_clear_pointer (&platter->kept, g_bytes_unref);
      if (platter->exists)
        platter->kept = g_bytes_new (platter->seen->data, platter->seen->len);
    }
}

void
gxt_disk_go_back (GxtDisk *disk)
{
  GHashTableIter iter;
  gpointer data;

  g_hash_table_iter_init (&iter, disk->platters);
  while (g_hash_table_iter_next (&iter, NULL, &data))
    {
      Platter *platter = data;

      g_assert_cmpuint (platter->n_open, ==, 0);
      g_array_set_size (platter->pending, 0);
      g_ptr_array_set_size (platter->index, 0);
      platter->exists = platter->is_safe = platter->kept != NULL;
      g_byte_array_set_size (platter->seen, 0);
      if (platter->exists)
        g_byte_array_append (platter->seen, g_bytes_get_data (platter->kept, NULL), (guint) g_bytes_get_size (platter->kept));
      assign (platter->safe, platter->seen);
    }
  disk->off = FALSE;
  disk->cut_at = disk->syncs_left = 0;
}

/**
 * gxt_disk_copy:
 *
 * What a reader sees of the file @from becomes the file @to, for good; both are closed, or nobody writes to them.
 */
void
gxt_disk_copy (GxtDisk    *disk,
               const char *from,
               const char *to)
{
  Platter *source = find (disk, from), *target = find (disk, to);

  g_assert_true (source->exists);
  if (target == NULL)
    {
      target = platter_new ();
      g_hash_table_insert (disk->platters, g_strdup (to), target);
    }
  g_assert_cmpuint (target->n_open, ==, 0);
  g_array_set_size (target->pending, 0);
  assign (target->seen, source->seen);
  assign (target->safe, source->seen);
  target->exists = target->is_safe = TRUE;
}

/**
 * gxt_disk_remove:
 *
 * The closed file @name is no more.
 */
void
gxt_disk_remove (GxtDisk    *disk,
                 const char *name)
{
  g_assert_cmpuint (find (disk, name)->n_open, ==, 0);
  g_assert_cmpint (disk_delete (&disk->vfs, name, TRUE), ==, SQLITE_OK);
}

/**
 * gxt_disk_spoil:
 * @mask: the bits of the byte at @offset to turn
 * @cut: the file ends there instead
 *
 * A stranger writes into a file, which is closed.
 *
 * Returns: whether it is now another
 */
gboolean
gxt_disk_spoil (GxtDisk    *disk,
                const char *name,
                gsize       offset,
                guint8      mask,
                gboolean    cut)
{
  Platter *platter = find (disk, name);

  g_assert_cmpuint (platter->n_open, ==, 0);
  if (offset >= platter->seen->len || (!cut && mask == 0))
    return FALSE;
  if (cut)
    set_length (platter->seen, (gint64) offset);
  else
    platter->seen->data[offset] ^= mask;
  assign (platter->safe, platter->seen);

  return TRUE;
}
