/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the bytes of a document are: types by magic, images by their heads, and the place out of a photo. */
#include "gx-media.h"

#include <string.h>

#include "gx-error.h"
#include "gx-random.h"

static GBytes *
bytes_of (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static void
put_be (GByteArray *out,
        guint32     value,
        int         size)
{
  for (int i = size - 1; i >= 0; i--)
    {
      guint8 byte = (guint8) (value >> 8 * i);

      g_byte_array_append (out, &byte, 1);
    }
}

/* A TIFF of cameras: orientation, then where; the degrees stand outside their entry. */
static void
put_tiff (GByteArray *out)
{
  guint at = out->len;

  g_byte_array_append (out, (const guint8 *) "MM\0*", 4);
  put_be (out, 8, 4);
  put_be (out, 2, 2);
  put_be (out, 0x0112, 2), put_be (out, 3, 2), put_be (out, 1, 4), put_be (out, 6 << 16, 4);
  put_be (out, 0x8825, 2), put_be (out, 4, 2), put_be (out, 1, 4), put_be (out, 38, 4);
  put_be (out, 0, 4);
  g_assert_cmpuint (out->len - at, ==, 38);
  put_be (out, 1, 2);
  put_be (out, 2, 2), put_be (out, 5, 2), put_be (out, 1, 4), put_be (out, 56, 4);
  put_be (out, 0, 4);
  put_be (out, 31234567, 4), put_be (out, 1000000, 4);
}

static void
put_segment (GByteArray   *out,
             guint         marker,
             const guint8 *data,
             guint         size)
{
  put_be (out, 0xff00 | marker, 2);
  put_be (out, size + 2, 2);
  g_byte_array_append (out, data, size);
}

static GBytes *
make_jpeg (gboolean exif,
           gboolean xmp,
           guint32  side)
{
  GByteArray *out = g_byte_array_new ();
  g_autoptr(GByteArray) block = g_byte_array_new ();
  g_autoptr(GByteArray) frame = g_byte_array_new ();

  put_be (out, 0xffd8, 2);
  g_byte_array_append (block, (const guint8 *) "Exif\0\0", 6);
  put_tiff (block);
  if (exif)
    put_segment (out, 0xe1, block->data, block->len);
  if (xmp)
    put_segment (out, 0xe1, (const guint8 *) "http://ns.adobe.com/xap/1.0/\0<exif:GPSLatitude>31", 48);
  put_be (frame, 8, 1), put_be (frame, side, 2), put_be (frame, side, 2);
  put_segment (out, 0xc0, frame->data, frame->len);
  put_be (out, 0xffda, 2);
  g_byte_array_append (out, (const guint8 *) "the picture", 11);

  return g_byte_array_free_to_bytes (out);
}

static GBytes *
make_png (void)
{
  GByteArray *out = g_byte_array_new ();

  g_byte_array_append (out, (const guint8 *) "\x89PNG\r\n\x1a\n", 8);
  put_be (out, 13, 4), g_byte_array_append (out, (const guint8 *) "IHDR", 4);
  put_be (out, 30, 4), put_be (out, 20, 4), put_be (out, 0x08020000, 4), put_be (out, 0, 1), put_be (out, 0, 4);
  put_be (out, 64, 4), g_byte_array_append (out, (const guint8 *) "eXIf", 4);
  put_tiff (out);
  put_be (out, 0, 4);
  put_be (out, 11, 4), g_byte_array_append (out, (const guint8 *) "tEXtat\0GPS 31 ", 15), put_be (out, 0, 4);

  return g_byte_array_free_to_bytes (out);
}

static void
test_types (void)
{
  static const struct { const char *bytes; const char *type; } rows[] = {
    { "%PDF-1.7", "application/pdf" }, { "\x89PNG\r\n\x1a\n", "image/png" }, { "\xff\xd8\xff\xe0", "image/jpeg" },
    { "账户证明\n", "text/plain" }, { "<html>", "text/plain" }, { "MZ\x01\x02", NULL }, { "\xff\xfe", NULL }, { "GIF89a\x01", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GBytes) bytes = bytes_of (rows[i].bytes);
      GxMedia media;

      gx_media_look (bytes, &media);
      g_assert_cmpstr (media.type, ==, rows[i].type);
      g_assert_false (media.has_place);
    }
  g_assert_true (gx_media_is_taken ("text/plain"));
  g_assert_true (gx_media_is_taken ("image/png"));
  g_assert_false (gx_media_is_taken ("application/octet-stream"));
}

static void
assert_refused (GBytes     *bytes,
                const char *type,
                const char *field,
                const char *rule)
{
  g_autoptr(GError) error = NULL;
  const GxViolation *violation;

  g_assert_false (gx_media_check (bytes, type, FALSE, &error));
  violation = g_ptr_array_index (gx_error_get_violations (error), 0);
  g_assert_cmpstr (violation->field, ==, field);
  g_assert_cmpstr (violation->rule, ==, rule);
}

static void
test_refusals_name_field_and_rule (void)
{
  g_autoptr(GBytes) program = bytes_of ("\x7f" "ELF\x01");
  g_autoptr(GBytes) text = bytes_of ("just words");
  g_autoptr(GBytes) huge = make_jpeg (FALSE, FALSE, 20001);
  g_autoptr(GBytes) large = make_jpeg (FALSE, FALSE, 9000);
  g_autoptr(GBytes) placed = make_jpeg (TRUE, FALSE, 100);
  g_autoptr(GError) error = NULL;

  assert_refused (program, "image/png", "type", "media-type");
  assert_refused (text, "image/png", "type", "magic");
  assert_refused (huge, "image/jpeg", "width", "max-pixels");
  assert_refused (large, "image/jpeg", "width", "max-pixels");
  assert_refused (placed, "image/jpeg", "location", "no-place");
  g_assert_true (gx_media_check (placed, "image/jpeg", TRUE, &error));
  g_assert_no_error (error);
}

static void
assert_forgets (GBytes *bytes)
{
  g_autoptr(GBytes) clean = gx_media_forget_place (bytes);
  static const guint8 degrees[] = { 0x01, 0xdc, 0x98, 0x87 };     /* 31234567 */
  gsize size;
  const guint8 *data = g_bytes_get_data (clean, &size);
  GxMedia before, after;

  gx_media_look (bytes, &before);
  gx_media_look (clean, &after);
  g_assert_true (before.has_place);
  g_assert_false (after.has_place);
  g_assert_cmpuint (after.width, ==, before.width);
  g_assert_cmpuint (after.height, ==, before.height);
  for (gsize i = 0; i + sizeof degrees <= size; i++)
    g_assert_true (memcmp (data + i, degrees, sizeof degrees) != 0);
}

static void
test_the_place_is_forgotten (void)
{
  g_autoptr(GBytes) exif = make_jpeg (TRUE, FALSE, 100);
  g_autoptr(GBytes) xmp = make_jpeg (FALSE, TRUE, 100);
  g_autoptr(GBytes) both = make_jpeg (TRUE, TRUE, 100);
  g_autoptr(GBytes) png = make_png ();
  g_autoptr(GBytes) plain = make_jpeg (FALSE, FALSE, 100);
  g_autoptr(GBytes) same = gx_media_forget_place (plain);
  g_autoptr(GBytes) clean = gx_media_forget_place (exif);
  gsize size;
  const guint8 *data = g_bytes_get_data (clean, &size);

  assert_forgets (exif);
  assert_forgets (xmp);
  assert_forgets (both);
  assert_forgets (png);
  g_assert_true (g_bytes_equal (plain, same));
  /* Which way is up stays, and so does the picture. */
  g_assert_cmpuint (size, ==, g_bytes_get_size (exif));
  g_assert_cmpmem (data + 20, 4, "\0\1\1\x12", 4);
  g_assert_cmpmem (data + size - 11, 11, "the picture", 11);
}

/* Whatever anybody sends: it is looked at without harm, and after forgetting nothing tells a place. */
static void
test_broken_images (void)
{
  GBytes *seeds[] = { make_jpeg (TRUE, TRUE, 100), make_png () };
  GxSeededRandom random;

  gx_seeded_random_init (&random, 20261122);
  for (guint round = 0; round < 20000; round++)
    {
      GBytes *seed = seeds[round % 2];
      gsize size = g_bytes_get_size (seed) - gx_random_below (&random.parent, 20);
      guint8 *data = g_memdup2 (g_bytes_get_data (seed, NULL), size);
      g_autoptr(GBytes) bytes = NULL;
      g_autoptr(GBytes) clean = NULL;
      GxMedia media;

      for (guint i = gx_random_below (&random.parent, 6); i > 0; i--)
        data[8 + gx_random_below (&random.parent, (guint32) size - 8)] = (guint8) gx_random_uint64 (&random.parent);
      bytes = g_bytes_new_take (data, size);
      clean = gx_media_forget_place (bytes);
      gx_media_look (clean, &media);
      g_assert_false (media.has_place);
    }
  g_bytes_unref (seeds[0]);
  g_bytes_unref (seeds[1]);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/media/types", test_types);
  g_test_add_func ("/rules/media/refusals_name_field_and_rule", test_refusals_name_field_and_rule);
  g_test_add_func ("/rules/media/the_place_is_forgotten", test_the_place_is_forgotten);
  g_test_add_func ("/rules/media/broken_images", test_broken_images);

  return g_test_run ();
}
