/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a photo was taken, in the TIFF that cameras put into its Exif block: found, and taken out in place, so that the block
 * keeps its length and what else it says (which way is up). Whoever made the block may mean harm: every offset is checked,
 * nothing is followed twice.
 */
#include "gx-media.h"

#include <string.h>

#define TAG_GPS 0x8825
#define ENTRY   12

typedef struct
{
  guint8   *data;
  gsize     size;
  gboolean  big;            /* endian */
} Tiff;

static guint32
get16 (const Tiff *tiff,
       gsize       at)
{
  const guint8 *p = tiff->data + at;

  return tiff->big ? (guint32) p[0] << 8 | p[1] : (guint32) p[1] << 8 | p[0];
}

static guint32
get32 (const Tiff *tiff,
       gsize       at)
{
  return tiff->big ? get16 (tiff, at) << 16 | get16 (tiff, at + 2) : get16 (tiff, at + 2) << 16 | get16 (tiff, at);
}

static void
put16 (Tiff    *tiff,
       gsize    at,
       guint32  value)
{
  tiff->data[at + (tiff->big ? 1 : 0)] = value & 0xff;
  tiff->data[at + (tiff->big ? 0 : 1)] = value >> 8 & 0xff;
}

static gboolean
fits (const Tiff *tiff,
      guint64     at,
      guint64     length)
{
  return at + length <= tiff->size;
}

/* The number of entries of the directory at @at, 0 if it is none. */
static guint32
n_entries (const Tiff *tiff,
           gsize       at)
{
  guint32 n = fits (tiff, at, 2) ? get16 (tiff, at) : 0;

  return fits (tiff, (guint64) at + 2, (guint64) n * ENTRY + 4) ? n : 0;
}

static gboolean
tiff_init (Tiff   *tiff,
           guint8 *data,
           gsize   size)
{
  *tiff = (Tiff) { data, size, size > 0 && data[0] == 'M' };

  return size >= 8 && (memcmp (data, "II*\0", 4) == 0 || memcmp (data, "MM\0*", 4) == 0);
}

/* Of the first directory: the place of the entry that names where; 0 if there is none. */
static gsize
find_place (const Tiff *tiff,
            gsize      *out_directory)
{
  gsize at = get32 (tiff, 4);
  guint32 n = n_entries (tiff, at);

  *out_directory = at;
  for (guint32 i = 0; i < n; i++)
    if (get16 (tiff, at + 2 + (gsize) i * ENTRY) == TAG_GPS)
      return at + 2 + (gsize) i * ENTRY;

  return 0;
}

gboolean
gx_exif_has_place (const guint8 *data,
                   gsize         size)
{
  Tiff tiff;
  gsize directory;

  return tiff_init (&tiff, (guint8 *) data, size) && find_place (&tiff, &directory) != 0;
}

/* Values of more than four bytes stand elsewhere. */
static void
wipe_value (Tiff  *tiff,
            gsize  entry)
{
  static const guint8 sizes[] = { 0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8 };
  guint32 type = get16 (tiff, entry + 2);
  guint64 length = (guint64) get32 (tiff, entry + 4) * (type < G_N_ELEMENTS (sizes) ? sizes[type] : 0);
  gsize at = get32 (tiff, entry + 8);

  if (length > 4 && fits (tiff, at, length))
    memset (tiff->data + at, 0, (gsize) length);
}

static void
wipe_directory (Tiff  *tiff,
                gsize  at)
{
  guint32 n = n_entries (tiff, at);

  for (guint32 i = 0; i < n; i++)
    wipe_value (tiff, at + 2 + (gsize) i * ENTRY);
  if (n > 0)
    memset (tiff->data + at, 0, 2 + (gsize) n * ENTRY);
}

/* What comes behind the entry moves up: the entries and the offset of the next directory. */
static void
drop_entry (Tiff  *tiff,
            gsize  directory,
            gsize  entry)
{
  guint32 n = get16 (tiff, directory);
  gsize end = directory + 2 + (gsize) n * ENTRY + 4;

  memmove (tiff->data + entry, tiff->data + entry + ENTRY, end - entry - ENTRY);
  memset (tiff->data + end - ENTRY, 0, ENTRY);
  put16 (tiff, directory, n - 1);
}

/**
 * gx_exif_forget_place:
 * @data: (inout): a TIFF
 */
void
gx_exif_forget_place (guint8 *data,
                      gsize   size)
{
  Tiff tiff;
  gsize directory, entry;

  if (!tiff_init (&tiff, data, size))
    return;
  /* A directory has at most 65,535 entries, and each round takes one. */
  while ((entry = find_place (&tiff, &directory)) != 0)
    {
      gsize at = get32 (&tiff, entry + 8);

      if (at != directory)
        wipe_directory (&tiff, at);
      if (n_entries (&tiff, directory) == 0 || find_place (&tiff, &directory) != entry)
        {
          /* The two lay over each other, which no camera writes: nothing of the block is kept. */
          memset (data, 0, size);
          return;
        }
      drop_entry (&tiff, directory, entry);
    }
}
