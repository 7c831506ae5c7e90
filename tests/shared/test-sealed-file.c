/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document on the disk: it comes back as it was, from wherever its writing was interrupted, or not at all. */
#include "gx-sealed-file.h"

#include <glib/gstdio.h>
#include <string.h>

#include "gx-error.h"
#include "gx-hash.h"
#include "gx-random.h"

#define SIZE     (2 * GX_SEALED_CHUNK + 4711)
#define MESSAGE  (GX_SEALED_CHUNK + 17)
#define HEAD     24
#define LABEL    "paper"
#define KNOWN    "a line that everybody knows "

static const guint8 key[GX_SEALED_KEY_SIZE] = { 1, 2, 3 };

typedef struct
{
  char   *folder, *path;
  GBytes *clear;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  GString *text = g_string_sized_new (SIZE + 64);

  fixture->folder = g_dir_make_tmp ("guanxi-test-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "file", NULL);
  while (text->len < SIZE)
    g_string_append_printf (text, KNOWN "%" G_GSIZE_FORMAT "\n", text->len);
  g_string_truncate (text, SIZE);
  fixture->clear = g_string_free_to_bytes (text);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_unlink (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_bytes_unref (fixture->clear);
}

static GBytes *
read_back (Fixture *fixture,
           GError **error)
{
  return gx_sealed_file_read (fixture->path, key, SIZE, LABEL, error);
}

static void
write_whole (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  gx_sealed_file_write (fixture->path, key, fixture->clear, LABEL, &error);
  g_assert_no_error (error);
}

static void
assert_is_refused (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (read_back (fixture, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_TAMPERED);
}

static void
test_round (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) back = NULL;
  g_autofree char *raw = NULL;
  gsize size;

  write_whole (fixture);
  back = read_back (fixture, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (back, fixture->clear));
  g_assert_true (g_file_get_contents (fixture->path, &raw, &size, NULL));
  g_assert_cmpuint (size, ==, HEAD + SIZE + 3 * 17);
  for (gsize i = 0; i + 8 <= size; i++)
    g_assert_true (memcmp (raw + i, KNOWN, 8) != 0);
}

/* Cut where a message ends, where each still opens by itself. */
static void
test_cut_at_chunk_borders (Fixture       *fixture,
                           gconstpointer  data)
{
  static const gsize cuts[] = { 0, HEAD, HEAD + MESSAGE, HEAD + 2 * MESSAGE, HEAD + 2 * MESSAGE + 4711 };
  g_autofree char *raw = NULL;
  gsize size;

  write_whole (fixture);
  g_assert_true (g_file_get_contents (fixture->path, &raw, &size, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (cuts); i++)
    {
      g_assert_true (g_file_set_contents (fixture->path, raw, (gssize) cuts[i], NULL));
      assert_is_refused (fixture);
    }
}

static void
test_changed (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *raw = NULL, *swapped = NULL;
  g_autoptr(GError) error = NULL;
  guint8 other[GX_SEALED_KEY_SIZE] = { 1, 2, 4 };
  GxSeededRandom random;
  gsize size;

  gx_seeded_random_init (&random, 4);
  write_whole (fixture);
  g_assert_true (g_file_get_contents (fixture->path, &raw, &size, NULL));
  for (guint i = 0; i < 30; i++)
    {
      gsize at = gx_random_below (&random.parent, (guint32) size);

      raw[at] ^= (char) (1 << i % 8);
      g_assert_true (g_file_set_contents (fixture->path, raw, (gssize) size, NULL));
      assert_is_refused (fixture);
      raw[at] ^= (char) (1 << i % 8);
    }
  swapped = g_memdup2 (raw, size);
  memcpy (swapped + HEAD, raw + HEAD + MESSAGE, MESSAGE);
  memcpy (swapped + HEAD + MESSAGE, raw + HEAD, MESSAGE);
  g_assert_true (g_file_set_contents (fixture->path, swapped, (gssize) size, NULL));
  assert_is_refused (fixture);

  g_assert_true (g_file_set_contents (fixture->path, raw, (gssize) size, NULL));
  g_assert_null (gx_sealed_file_read (fixture->path, other, SIZE, LABEL, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_TAMPERED);
  g_clear_error (&error);
  g_assert_null (gx_sealed_file_read (fixture->path, key, SIZE, "another paper", &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_TAMPERED);
}

static void
append_next (Fixture        *fixture,
             GxSealedWriter *writer)
{
  g_autoptr(GError) error = NULL;
  gsize due = gx_sealed_writer_get_due (writer);
  g_autoptr(GBytes) chunk = g_bytes_new_from_bytes (fixture->clear, (gsize) gx_sealed_writer_get_offset (writer), due);

  gx_sealed_writer_append (writer, chunk, &error);
  g_assert_no_error (error);
}

/* The process ends after any byte it wrote; the next one goes on behind the last whole chunk. */
static void
test_torn_anywhere (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *hash = gx_sha256_hex (g_bytes_get_data (fixture->clear, NULL), SIZE);
  GxSeededRandom random;

  gx_seeded_random_init (&random, 7);
  for (guint round = 0; round < 25; round++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GxSealedWriter) writer = gx_sealed_writer_create (fixture->path, key, SIZE, LABEL, &error);
      g_autofree char *sha256 = NULL, *raw = NULL;
      g_autoptr(GBytes) back = NULL;
      guint chunks = gx_random_below (&random.parent, 4);
      gsize size, cut;

      g_assert_no_error (error);
      for (guint i = 0; i < chunks; i++)
        append_next (fixture, writer);
      g_clear_pointer (&writer, gx_sealed_writer_free);
      g_assert_true (g_file_get_contents (fixture->path, &raw, &size, NULL));
      cut = HEAD + gx_random_below (&random.parent, (guint32) (size - HEAD + 1));
      g_assert_true (g_file_set_contents (fixture->path, raw, (gssize) cut, NULL));

      writer = gx_sealed_writer_open (fixture->path, key, SIZE, LABEL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (gx_sealed_writer_get_offset (writer), ==, cut == HEAD + SIZE + 51 ? SIZE : (cut - HEAD) / MESSAGE * GX_SEALED_CHUNK);
      while (gx_sealed_writer_get_due (writer) > 0)
        append_next (fixture, writer);
      sha256 = gx_sealed_writer_finish (writer, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (sha256, ==, hash);
      back = read_back (fixture, &error);
      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (back, fixture->clear));
      g_unlink (fixture->path);
    }
}

static void
test_only_the_due_chunk (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GxSealedWriter) writer = gx_sealed_writer_create (fixture->path, key, SIZE, LABEL, &error);
  g_autoptr(GBytes) part = g_bytes_new_from_bytes (fixture->clear, 0, 1000);

  g_assert_no_error (error);
  g_assert_false (gx_sealed_writer_append (writer, part, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (gx_sealed_writer_finish (writer, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_STATE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/trust/sealed_file/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("round", test_round);
  ADD ("cut_at_chunk_borders", test_cut_at_chunk_borders);
  ADD ("changed", test_changed);
  ADD ("torn_anywhere", test_torn_anywhere);
  ADD ("only_the_due_chunk", test_only_the_due_chunk);
#undef ADD

  return g_test_run ();
}
