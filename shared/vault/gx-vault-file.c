/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which bytes of which file are a page (sync.md 3.2): SQLite reads and writes, and what lies below is encrypted.
 *
 *   database   pages, one after the other; a part of one is read by opening the whole
 *   log        a head of 32 bytes, then frames: a head of 24 bytes (page number, salt, two checksums) and a page
 *   journal    only while a database is made: what is as long as a page is one
 *
 * Anything else is refused: a page that were written in two parts would be two halves in clear text. Temporary files are
 * refused too; SQLite keeps them in memory (temp_store).
 */
#include "gx-vault-file.h"

#include <string.h>

#include "gx-db-driver.h"
#include "gx-vault-shm.h"

#define LOG_HEAD   32
#define FRAME_HEAD 24
#define FRAME      (FRAME_HEAD + GX_VAULT_PAGE)

typedef struct
{
  sqlite3_file        parent;
  const GxVaultKeys  *keys;           /* (borrowed) */
  const char         *name;           /* (borrowed): SQLite keeps it while the file is open */
  sqlite3_vfs        *vfs;            /* (borrowed): the layer below */
  GxVaultShm         *shm;            /* (owned) (nullable): of the database, once its log is used */
  char                kind;           /* as in GxVaultPlace */
  gint64              head_at;        /* where frame_head was written; -1 = nowhere yet */
  guint8              frame_head[FRAME_HEAD];
  guint8              buffer[FRAME];  /* what lies on the disk */
} File;

static sqlite3_file *
below (File *self)
{
  return (sqlite3_file *) (self + 1);
}

static int
read_below (File   *self,
            void   *buffer,
            int     amount,
            gint64  offset)
{
  return below (self)->pMethods->xRead (below (self), buffer, amount, offset);
}

static int
write_below (File       *self,
             const void *buffer,
             int         amount,
             gint64      offset)
{
  return below (self)->pMethods->xWrite (below (self), buffer, amount, offset);
}

/* The last page of this thread that was refused; SQLite's own errors have no room for it. */
static _Thread_local char fault[512];

static int
refuse (File                *self,
        const GxVaultPlace  *place)
{
  if (place->kind == 'D' && place->page == 1)
    g_snprintf (fault, sizeof fault, "%s: page 1 cannot be opened: the key is not this database's, or the file was changed",
                self->name);
  else
    g_snprintf (fault, sizeof fault, "%s: page %u is not what was written there: the file was changed", self->name, place->page);

  return SQLITE_IOERR_DATA;
}

/* --- the database -------------------------------------------------------------------------------------------------- */

static GxVaultPlace
page_place (File   *self,
            gint64  offset)
{
  return (GxVaultPlace) { .kind = self->kind, .offset = offset,
                          .page = self->kind == 'D' ? (guint32) (offset / GX_VAULT_PAGE) + 1 : 0 };
}

static int
read_page (File   *self,
           gint64  offset,
           guint8 *clear)
{
  const GxVaultPlace place = page_place (self, offset);
  int rc = read_below (self, self->buffer, GX_VAULT_PAGE, offset);

  if (rc != SQLITE_OK)
    return rc;
  return gx_vault_page_open (self->keys, &place, self->buffer, clear) ? SQLITE_OK : refuse (self, &place);
}

static int
write_page (File         *self,
            gint64        offset,
            const guint8 *clear)
{
  const GxVaultPlace place = page_place (self, offset);

  if (!gx_vault_page_seal (self->keys, &place, clear, self->buffer))
    return SQLITE_IOERR_WRITE;
  return write_below (self, self->buffer, GX_VAULT_PAGE, offset);
}

/* SQLite asks for a page, or for some bytes of the first before it knows how long pages are. Where power failed while the log
 * was taken into the database, the first page may be torn and its true self stand in the log: to who only looks at its head
 * it is then as if nothing were there yet, and who reads it whole is refused.
 */
static int
read_database (File   *self,
               guint8 *out,
               int     amount,
               gint64  offset)
{
  gint64 page = offset - offset % GX_VAULT_PAGE;
  guint8 clear[GX_VAULT_PAGE];
  int rc;

  if (offset - page + amount > GX_VAULT_PAGE)
    return SQLITE_IOERR_READ;
  rc = read_page (self, page, clear);
  if (rc == SQLITE_IOERR_DATA && page == 0 && amount < GX_VAULT_PAGE)
    rc = SQLITE_IOERR_SHORT_READ;
  if (rc == SQLITE_IOERR_SHORT_READ)
    memset (out, 0, (gsize) amount);
  if (rc == SQLITE_OK)
    memcpy (out, clear + (offset - page), (gsize) amount);
  return rc;
}

/* Pages that SQLite leaves out, because nothing is in them yet, are written all the same: zeros on the disk would pass for
 * a page that somebody emptied. */
static int
fill_up_to (File   *self,
            gint64  offset)
{
  static const guint8 empty[GX_VAULT_PAGE];
  sqlite3_int64 size;
  int rc = below (self)->pMethods->xFileSize (below (self), &size);

  for (gint64 at = size - size % GX_VAULT_PAGE; rc == SQLITE_OK && at < offset; at += GX_VAULT_PAGE)
    rc = write_page (self, at, empty);
  return rc;
}

static int
write_database (File         *self,
                const guint8 *clear,
                int           amount,
                gint64        offset)
{
  int rc;

  if (amount != GX_VAULT_PAGE || offset % GX_VAULT_PAGE != 0)
    return SQLITE_IOERR_WRITE;
  rc = fill_up_to (self, offset);
  return rc == SQLITE_OK ? write_page (self, offset, clear) : rc;
}

/* --- the write-ahead log ------------------------------------------------------------------------------------------- */

static GxVaultPlace
frame_place (const guint8 *head,
             gint64        offset)
{
  GxVaultPlace place = { .kind = 'W', .offset = offset };

  place.page = (guint32) head[0] << 24 | (guint32) head[1] << 16 | (guint32) head[2] << 8 | head[3];
  memcpy (place.salt, head + 8, sizeof place.salt);
  return place;
}

static void
mask_frame_head (File   *self,
                 guint8 *head,
                 gint64  offset)
{
  const GxVaultPlace place = frame_place (head, offset);

  gx_vault_mask (self->keys, &place, head + 16);
}

/* Looking for the log's end, SQLite reads whole frames: one that cannot be opened is given as it is, and its checksum tells
 * that the log ends before it. A page that is in use and cannot be opened is an error. */
static int
read_frame (File    *self,
            gint64   offset,
            guint8  *clear,
            gboolean whole)
{
  GxVaultPlace place;
  int rc = read_below (self, self->buffer, FRAME, offset);

  if (rc != SQLITE_OK)
    return rc;
  place = frame_place (self->buffer, offset);
  if (gx_vault_page_open (self->keys, &place, self->buffer + FRAME_HEAD, clear))
    return SQLITE_OK;
  if (!whole)
    return refuse (self, &place);
  memcpy (clear, self->buffer + FRAME_HEAD, GX_VAULT_PAGE);
  return SQLITE_OK;
}

static int
read_log (File   *self,
          guint8 *out,
          int     amount,
          gint64  offset)
{
  gint64 within = (offset - LOG_HEAD) % FRAME;
  guint8 clear[GX_VAULT_PAGE];
  int rc;

  if (offset + amount <= LOG_HEAD)
    return read_below (self, out, amount, offset);
  if (within == 0 && amount == FRAME_HEAD)
    {
      rc = read_below (self, out, amount, offset);
      if (rc == SQLITE_OK)
        mask_frame_head (self, out, offset);
      return rc;
    }
  if (within == 0 && amount == FRAME)
    {
      rc = read_frame (self, offset, out + FRAME_HEAD, TRUE);
      if (rc == SQLITE_IOERR_SHORT_READ)
        memset (out, 0, FRAME);
      if (rc != SQLITE_OK)
        return rc;
      memcpy (out, self->buffer, FRAME_HEAD);
      mask_frame_head (self, out, offset);
      return SQLITE_OK;
    }
  if (within != FRAME_HEAD || amount > GX_VAULT_PAGE)
    return SQLITE_IOERR_READ;
  rc = read_frame (self, offset - FRAME_HEAD, clear, FALSE);
  if (rc == SQLITE_IOERR_SHORT_READ)
    memset (out, 0, (gsize) amount);
  if (rc == SQLITE_OK)
    memcpy (out, clear, (gsize) amount);
  return rc;
}

static int
write_frame_head (File         *self,
                  const guint8 *head,
                  gint64        offset)
{
  guint8 masked[FRAME_HEAD];

  memcpy (self->frame_head, head, FRAME_HEAD);
  self->head_at = offset;
  memcpy (masked, head, FRAME_HEAD);
  mask_frame_head (self, masked, offset);
  return write_below (self, masked, FRAME_HEAD, offset);
}

/* A page that is written again into its frame comes without the head, which stands on the disk. */
static int
write_frame_page (File         *self,
                  const guint8 *clear,
                  gint64        offset)
{
  gint64 head_at = offset - FRAME_HEAD;
  GxVaultPlace place;
  int rc = SQLITE_OK;

  if (self->head_at != head_at)
    rc = read_below (self, self->frame_head, FRAME_HEAD, head_at);
  if (rc != SQLITE_OK)
    return rc;
  self->head_at = head_at;
  place = frame_place (self->frame_head, head_at);
  if (!gx_vault_page_seal (self->keys, &place, clear, self->buffer))
    return SQLITE_IOERR_WRITE;
  return write_below (self, self->buffer, GX_VAULT_PAGE, offset);
}

static int
write_log (File         *self,
           const guint8 *data,
           int           amount,
           gint64        offset)
{
  gint64 within = (offset - LOG_HEAD) % FRAME;

  if (offset == 0 && amount == LOG_HEAD)
    return write_below (self, data, amount, offset);
  if (within == 0 && amount == FRAME_HEAD)
    return write_frame_head (self, data, offset);
  if (within == FRAME_HEAD && amount == GX_VAULT_PAGE)
    return write_frame_page (self, data, offset);

  return SQLITE_IOERR_WRITE;
}

/* --- SQLite's table of methods ------------------------------------------------------------------------------------- */

static int
vault_read (sqlite3_file *file,
            void         *out,
            int           amount,
            sqlite3_int64 offset)
{
  File *self = (File *) file;

  if (self->kind == 'D')
    return read_database (self, out, amount, offset);
  if (self->kind == 'W')
    return read_log (self, out, amount, offset);

  return amount == GX_VAULT_PAGE ? read_page (self, offset, out) : read_below (self, out, amount, offset);
}

static int
vault_write (sqlite3_file *file,
             const void   *data,
             int           amount,
             sqlite3_int64 offset)
{
  File *self = (File *) file;

  if (self->kind == 'D')
    return write_database (self, data, amount, offset);
  if (self->kind == 'W')
    return write_log (self, data, amount, offset);

  return amount == GX_VAULT_PAGE ? write_page (self, offset, data) : write_below (self, data, amount, offset);
}

/* The file may grow by what we write only, and there is no window into it that shows clear text. */
static int
vault_control (sqlite3_file *file,
               int           op,
               void         *argument)
{
  File *self = (File *) file;

  if (op == GX_DB_FCNTL_RESERVED)
    {
      *(int *) argument = GX_VAULT_TAIL;
      return SQLITE_OK;
    }
  if (op == SQLITE_FCNTL_SIZE_HINT || op == SQLITE_FCNTL_CHUNK_SIZE)
    return SQLITE_OK;
  if (op == SQLITE_FCNTL_MMAP_SIZE)
    return SQLITE_NOTFOUND;

  return below (self)->pMethods->xFileControl (below (self), op, argument);
}

/* With "powersafe overwrite" SQLite writes no padding and splits no page. */
static int
vault_characteristics (sqlite3_file *file)
{
  File *self = (File *) file;

  return (below (self)->pMethods->xDeviceCharacteristics (below (self)) & SQLITE_IOCAP_UNDELETABLE_WHEN_OPEN)
         | SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

#define FORWARD(name, method, parameters, ...) \
  static int name parameters { sqlite3_file *other = below ((File *) file); return other->pMethods->method (other, ##__VA_ARGS__); }

FORWARD (vault_truncate, xTruncate, (sqlite3_file *file, sqlite3_int64 size), size)
FORWARD (vault_sync, xSync, (sqlite3_file *file, int flags), flags)
FORWARD (vault_file_size, xFileSize, (sqlite3_file *file, sqlite3_int64 *out), out)
FORWARD (vault_lock, xLock, (sqlite3_file *file, int level), level)
FORWARD (vault_unlock, xUnlock, (sqlite3_file *file, int level), level)
FORWARD (vault_check_lock, xCheckReservedLock, (sqlite3_file *file, int *out), out)
FORWARD (vault_sector_size, xSectorSize, (sqlite3_file *file))

static int
vault_shm_map (sqlite3_file    *file,
               int              region,
               int              size,
               int              extend,
               void volatile  **out)
{
  File *self = (File *) file;

  if (self->shm == NULL)
    self->shm = gx_vault_shm_join (self->vfs, self->name);
  return gx_vault_shm_map (self->shm, region, size, extend != 0, out);
}

static int
vault_shm_lock (sqlite3_file *file,
                int           offset,
                int           n,
                int           flags)
{
  File *self = (File *) file;

  return self->shm != NULL ? gx_vault_shm_lock (self->shm, offset, n, flags) : SQLITE_IOERR_SHMLOCK;
}

static int
vault_shm_unmap (sqlite3_file *file,
                 int           remove)
{
  g_clear_pointer (&((File *) file)->shm, gx_vault_shm_leave);
  return SQLITE_OK;
}

static void
vault_shm_barrier (sqlite3_file *file)
{
  __sync_synchronize ();
}

static int
vault_close (sqlite3_file *file)
{
  vault_shm_unmap (file, 0);
  return below ((File *) file)->pMethods->xClose (below ((File *) file));
}

/* Version 2: shared memory for the log's index (this process's, see gx-vault-shm), but no memory map. */
static const sqlite3_io_methods methods = {
  .iVersion = 2,
  .xClose = vault_close,
  .xRead = vault_read,
  .xWrite = vault_write,
  .xTruncate = vault_truncate,
  .xSync = vault_sync,
  .xFileSize = vault_file_size,
  .xLock = vault_lock,
  .xUnlock = vault_unlock,
  .xCheckReservedLock = vault_check_lock,
  .xFileControl = vault_control,
  .xSectorSize = vault_sector_size,
  .xDeviceCharacteristics = vault_characteristics,
  .xShmMap = vault_shm_map,
  .xShmLock = vault_shm_lock,
  .xShmBarrier = vault_shm_barrier,
  .xShmUnmap = vault_shm_unmap,
};

/** gx_vault_file_size: bytes of an open file, ours and the one of @vfs */
int
gx_vault_file_size (sqlite3_vfs *vfs)
{
  return (int) sizeof (File) + vfs->szOsFile;
}

static char
kind_of (int flags)
{
  if (flags & SQLITE_OPEN_MAIN_DB)
    return 'D';
  if (flags & SQLITE_OPEN_WAL)
    return 'W';
  return flags & SQLITE_OPEN_MAIN_JOURNAL ? 'J' : '\0';
}

/** gx_vault_file_fault: (transfer none): which page was the last to be refused in this thread; "" if none was */
const char *
gx_vault_file_fault (void)
{
  return fault;
}

/* What an earlier program left of the log's index. */
static void
remove_index (sqlite3_vfs *vfs,
              const char  *name)
{
  g_autofree char *index = g_strconcat (name, "-shm", NULL);

  vfs->xDelete (vfs, index, 0);
}

/**
 * gx_vault_file_open:
 * @name: (nullable): of a file that has none SQLite would make a temporary one
 *
 * Returns: an SQLite result; SQLITE_CANTOPEN for what may not lie on a disk
 */
int
gx_vault_file_open (const GxVaultKeys *keys,
                    sqlite3_vfs       *vfs,
                    const char        *name,
                    sqlite3_file      *file,
                    int                flags,
                    int               *out_flags)
{
  File *self = (File *) file;
  char kind = kind_of (flags);
  int rc;

  file->pMethods = NULL;
  if (kind == '\0' || name == NULL)
    return SQLITE_CANTOPEN;

  memset (self, 0, sizeof *self);
  self->keys = keys;
  self->name = name;
  self->vfs = vfs;
  self->kind = kind;
  self->head_at = -1;
  rc = vfs->xOpen (vfs, name, below (self), flags, out_flags);
  if (below (self)->pMethods != NULL)
    file->pMethods = &methods;
  if (kind == 'D' && rc == SQLITE_OK)
    remove_index (vfs, name);
  return rc;
}
