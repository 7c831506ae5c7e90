/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a bank takes as a document: PDF, PNG, JPEG and plain text, told by the first bytes; how large an image says it is; and
 * whether a photo says where it was taken (a JPEG's Exif and XMP blocks, a PNG's eXIf and XMP chunks).
 *
 * Not here: drawing one (client/papers), and the form of the Exif block itself (gx-exif).
 */
#include "gx-media.h"

#include <string.h>

#include "gx-error.h"

static const struct { const char *magic; gsize length; const char *type; } magics[] = {
  { "%PDF-", 5, "application/pdf" },
  { "\x89PNG\r\n\x1a\n", 8, "image/png" },
  { "\xff\xd8\xff", 3, "image/jpeg" },
};

#define TYPE_TEXT "text/plain"
#define PNG_HEAD  8
#define EXIF_NAME "Exif\0\0"            /* before the TIFF in a JPEG */
#define EXIF_SIZE 6

/* A part of an image that may tell a place: a TIFF, or text. */
typedef struct
{
  gsize    at, size;        /* of the whole block */
  gsize    inside, length;  /* of the TIFF or text in it */
  gboolean tiff;
} Block;

static guint32
be16 (const guint8 *p)
{
  return (guint32) p[0] << 8 | p[1];
}

static guint32
be32 (const guint8 *p)
{
  return be16 (p) << 16 | be16 (p + 2);
}

static gboolean
is_text (const guint8 *data,
         gsize         size)
{
  if (size == 0 || !g_utf8_validate ((const char *) data, (gssize) size, NULL))
    return FALSE;
  for (gsize i = 0; i < size; i++)
    if (data[i] < 0x20 && memchr ("\t\n\r\f", data[i], 4) == NULL)
      return FALSE;

  return TRUE;
}

static const char *
type_of (const guint8 *data,
         gsize         size)
{
  for (guint i = 0; i < G_N_ELEMENTS (magics); i++)
    if (size >= magics[i].length && memcmp (data, magics[i].magic, magics[i].length) == 0)
      return magics[i].type;

  return is_text (data, size) ? TYPE_TEXT : NULL;
}

/**
 * gx_media_is_taken:
 *
 * Returns: whether a bank takes documents of that media type
 */
gboolean
gx_media_is_taken (const char *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (magics); i++)
    if (strcmp (type, magics[i].type) == 0)
      return TRUE;

  return strcmp (type, TYPE_TEXT) == 0;
}

/* Words of bytes, zeros among them. */
static gboolean
says (const guint8 *data,
      gsize         size,
      const char   *word)
{
  gsize length = strlen (word);

  for (gsize i = 0; i + length <= size; i++)
    if (memcmp (data + i, word, length) == 0)
      return TRUE;

  return FALSE;
}

/* Text is taken at its word; what is packed, so that it cannot be read here, is taken to speak of a place. */
static gboolean
tells_place (const guint8 *data,
             const Block  *block)
{
  static const char packed[] = "XML:com.adobe.xmp\0\1";
  const guint8 *text = data + block->inside;

  if (block->tiff)
    return gx_exif_has_place (text, block->length);

  return says (text, block->length, "GPS") || says (text, MIN (block->length, 40), "Raw profile type")
         || (block->length > sizeof packed && memcmp (text, packed, sizeof packed - 1) == 0);
}

/* A marker of a JPEG before its picture: *at is moved behind it. */
static gboolean
next_segment (const guint8 *data,
              gsize         size,
              gsize        *at,
              guint8       *out_marker,
              Block        *out_block)
{
  gsize i = *at, length;

  while (i + 1 < size && data[i] == 0xff && data[i + 1] == 0xff)
    i++;
  if (i + 4 > size || data[i] != 0xff || data[i + 1] == 0xda || data[i + 1] == 0xd9)
    return FALSE;
  length = be16 (data + i + 2);
  if (length < 2 || i + 2 + length > size)
    return FALSE;

  *out_marker = data[i + 1];
  *out_block = (Block) { .at = *at, .size = i + 2 + length - *at, .inside = i + 4, .length = length - 2 };
  *at = i + 2 + length;
  return TRUE;
}

static gboolean
is_frame (guint8 marker)
{
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

static gboolean
is_telling_segment (const guint8 *data,
                    guint8        marker,
                    Block        *block)
{
  if (marker != 0xe1)
    return FALSE;
  if (block->length > EXIF_SIZE && memcmp (data + block->inside, EXIF_NAME, EXIF_SIZE) == 0)
    {
      block->inside += EXIF_SIZE;
      block->length -= EXIF_SIZE;
      block->tiff = TRUE;
      return TRUE;
    }

  return TRUE;
}

/* Returns whether there is one; *at walks on. */
static gboolean
next_jpeg_block (const guint8 *data,
                 gsize         size,
                 gsize        *at,
                 GxMedia      *media,
                 Block        *out_block)
{
  guint8 marker;

  if (*at == 0)
    *at = 2;
  while (next_segment (data, size, at, &marker, out_block))
    {
      if (is_frame (marker) && out_block->length >= 5)
        {
          media->height = be16 (data + out_block->inside + 1);
          media->width = be16 (data + out_block->inside + 3);
        }
      if (is_telling_segment (data, marker, out_block))
        return TRUE;
    }

  return FALSE;
}

static gboolean
next_png_block (const guint8 *data,
                gsize         size,
                gsize        *at,
                GxMedia      *media,
                Block        *out_block)
{
  if (*at == 0)
    *at = PNG_HEAD;
  while (*at + 12 <= size)
    {
      const guint8 *chunk = data + *at;
      gsize length = be32 (chunk);

      if (length > size - *at - 12)
        return FALSE;
      *out_block = (Block) { .at = *at, .size = length + 12, .inside = *at + 8, .length = length };
      *at += length + 12;
      if (memcmp (chunk + 4, "IHDR", 4) == 0 && length >= 8)
        {
          media->width = be32 (chunk + 8);
          media->height = be32 (chunk + 12);
        }
      out_block->tiff = memcmp (chunk + 4, "eXIf", 4) == 0;
      if (out_block->tiff || memcmp (chunk + 5, "TXt", 3) == 0 || memcmp (chunk + 4, "tEXt", 4) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
next_block (const guint8 *data,
            gsize         size,
            gsize        *at,
            GxMedia      *media,
            Block        *out_block)
{
  if (g_strcmp0 (media->type, "image/jpeg") == 0)
    return next_jpeg_block (data, size, at, media, out_block);

  return g_strcmp0 (media->type, "image/png") == 0 && next_png_block (data, size, at, media, out_block);
}

/**
 * gx_media_look:
 */
void
gx_media_look (GBytes  *bytes,
               GxMedia *out_media)
{
  gsize size, at = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  Block block;

  *out_media = (GxMedia) { .type = type_of (data, size) };
  while (next_block (data, size, &at, out_media, &block))
    out_media->has_place |= tells_place (data, &block);
}

/**
 * gx_media_check:
 * @type: (nullable): as it was announced; %NULL = whatever it is
 * @may_tell_place: somebody consented
 *
 * Errors: %GX_ERROR_INVALID naming the field (type, width, location) and the rule
 */
gboolean
gx_media_check (GBytes      *bytes,
                const char  *type,
                gboolean     may_tell_place,
                GError     **error)
{
  GxMedia media;

  gx_media_look (bytes, &media);
  if (media.type == NULL)
    return gx_fail_field (error, GX_ERROR_INVALID, "type", "media-type", "a document is a PDF, a PNG or JPEG image, or plain text");
  if (type != NULL && strcmp (media.type, type) != 0)
    return gx_fail_field (error, GX_ERROR_INVALID, "type", "magic", "the document is %s, not %s", media.type, type);
  if (media.width > GX_IMAGE_SIDE_MAX || media.height > GX_IMAGE_SIDE_MAX
      || (guint64) media.width * media.height > GX_IMAGE_PIXELS_MAX)
    return gx_fail_field (error, GX_ERROR_INVALID, "width", "max-pixels", "an image has at most %d million pixels",
                          GX_IMAGE_PIXELS_MAX / (1024 * 1024));

  return !media.has_place || may_tell_place
         || gx_fail_field (error, GX_ERROR_INVALID, "location", "no-place", "the photo tells where it was taken");
}

/* A PNG's chunk carries its own CRC over name and content. */
static void
renew_crc (guint8      *data,
           const Block *block)
{
  const guint8 *p = data + block->at + 4;
  guint32 crc = 0xffffffff;

  for (gsize i = 0; i < block->length + 4; i++)
    {
      crc ^= p[i];
      for (int bit = 0; bit < 8; bit++)
        crc = crc & 1 ? 0xedb88320 ^ crc >> 1 : crc >> 1;
    }
  crc ^= 0xffffffff;
  for (int i = 0; i < 4; i++)
    data[block->inside + block->length + (gsize) i] = (guint8) (crc >> (24 - 8 * i));
}

/**
 * gx_media_forget_place:
 *
 * Returns: (transfer full): the same document, of a photo without where it was taken
 */
GBytes *
gx_media_forget_place (GBytes *bytes)
{
  gsize size, at = 0, kept = 0;
  g_autofree guint8 *data = NULL;
  g_autoptr(GByteArray) out = NULL;
  GxMedia media;
  Block block;

  gx_media_look (bytes, &media);
  if (!media.has_place)
    return g_bytes_ref (bytes);

  data = g_memdup2 (g_bytes_get_data (bytes, &size), g_bytes_get_size (bytes));
  out = g_byte_array_sized_new ((guint) size);
  while (next_block (data, size, &at, &media, &block))
    {
      if (!tells_place (data, &block))
        continue;
      if (block.tiff)
        {
          gx_exif_forget_place (data + block.inside, block.length);
          if (g_strcmp0 (media.type, "image/png") == 0)
            renew_crc (data, &block);
          continue;
        }
      /* Text that speaks of a place goes as a whole. */
      g_byte_array_append (out, data + kept, (guint) (block.at - kept));
      kept = block.at + block.size;
    }
  g_byte_array_append (out, data + kept, (guint) (size - kept));

  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}
