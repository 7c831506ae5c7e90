/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that only the bank opens: what went in comes out, and a file that was cut, changed or sealed for another says so. */
#include "gx-error.h"
#include "gx-parcel.h"

#include <glib/gstdio.h>
#include <string.h>

#define LARGE (3 * 1024 * 1024 + 17)

typedef struct
{
  char         *folder, *path;
  GxParcelKeys  keys;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  const guint8 seed[GX_PARCEL_KEY_SIZE] = { 1, 2, 3 };
  g_autoptr(GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("guanxi-test-XXXXXX", &error);
  fixture->path = g_build_filename (fixture->folder, "a.parcel", NULL);
  gx_parcel_keys_from_seed (seed, &fixture->keys);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_unlink (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);       /* nothing else was left there */
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
write_parcel (Fixture *fixture,
              GBytes  *large)
{
  g_autoptr(GBytes) words = g_bytes_new_static ("known words of a customer", 25), none = g_bytes_new_static ("", 0);
  g_autoptr(GError) error = NULL;
  g_autoptr(GxParcelWriter) writer = gx_parcel_writer_new (fixture->path, fixture->keys.open, &error);

  g_assert_no_error (error);
  g_assert_true (gx_parcel_writer_add (writer, "words", words, &error));
  g_assert_true (gx_parcel_writer_add (writer, "none", none, &error));
  if (large != NULL)
    g_assert_true (gx_parcel_writer_add (writer, "large", large, &error));
  g_assert_true (gx_parcel_writer_finish (writer, &error));
}

/* Returns how many contents there are; @error of the first that fails. */
static guint
read_parcel (const char          *path,
             const GxParcelKeys  *keys,
             GBytes             **out_last,
             GError             **error)
{
  g_autoptr(GxParcelReader) reader = gx_parcel_reader_open (path, keys, error);

  for (guint n = 0; reader != NULL; n++)
    {
      g_autofree char *name = NULL;
      g_autoptr(GBytes) content = NULL;

      if (!gx_parcel_reader_next (reader, &name, &content, error) || name == NULL)
        return n;
      g_clear_pointer (out_last, g_bytes_unref);
      *out_last = g_steal_pointer (&content);
    }

  return 0;
}

static void
test_round (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *text = g_strnfill (LARGE, 'x');
  g_autoptr(GBytes) large = g_bytes_new (text, LARGE), last = NULL;
  g_autoptr(GError) error = NULL;

  write_parcel (fixture, large);
  g_assert_cmpuint (read_parcel (fixture->path, &fixture->keys, &last, &error), ==, 3);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (last, large));
}

static gboolean
holds (const char *text,
       gsize       size,
       const char *words)
{
  for (gsize i = 0; i + strlen (words) <= size; i++)
    if (memcmp (text + i, words, strlen (words)) == 0)
      return TRUE;

  return FALSE;
}

static void
test_nobody_else (Fixture       *fixture,
                  gconstpointer  data)
{
  const guint8 seed[GX_PARCEL_KEY_SIZE] = { 9 };
  g_autofree char *text = NULL;
  g_autoptr(GBytes) last = NULL;
  g_autoptr(GError) error = NULL;
  GxParcelKeys other;
  gsize size;

  write_parcel (fixture, NULL);
  gx_parcel_keys_from_seed (seed, &other);
  g_assert_cmpuint (read_parcel (fixture->path, &other, &last, &error), ==, 0);
  g_assert_error (error, GX_ERROR, GX_ERROR_SIGNATURE);
  g_clear_error (&error);
  g_assert_true (g_file_get_contents (fixture->path, &text, &size, &error));
  g_assert_false (holds (text, size, "known wo"));
  g_assert_false (holds (text, size, "customer"));
}

/* Each byte changed, and the file cut behind each. */
static void
test_changed (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  gsize size;

  write_parcel (fixture, NULL);
  g_assert_true (g_file_get_contents (fixture->path, &text, &size, &error));
  for (gsize i = 0; i < size; i++)
    {
      g_autoptr(GBytes) last = NULL;

      text[i] ^= 0x10;
      g_assert_true (g_file_set_contents_full (fixture->path, text, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600, &error));
      read_parcel (fixture->path, &fixture->keys, &last, &error);
      g_assert_nonnull (error);
      g_clear_error (&error);
      text[i] ^= 0x10;
      g_assert_true (g_file_set_contents_full (fixture->path, text, (gssize) i, G_FILE_SET_CONTENTS_NONE, 0600, &error));
      read_parcel (fixture->path, &fixture->keys, &last, &error);
      g_assert_nonnull (error);
      g_clear_error (&error);
    }
  g_test_message ("%" G_GSIZE_FORMAT " bytes changed and cut", size);
}

static void
test_unfinished (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(GBytes) words = g_bytes_new_static ("words", 5);
  g_autoptr(GError) error = NULL;
  GxParcelWriter *writer = gx_parcel_writer_new (fixture->path, fixture->keys.open, &error);

  g_assert_true (gx_parcel_writer_add (writer, "words", words, &error));
  gx_parcel_writer_free (writer);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

static void
test_sealed_key (void)
{
  const guint8 seed[GX_PARCEL_KEY_SIZE] = { 4 }, key[GX_PARCEL_KEY_SIZE] = { 7, 7, 7 };
  guint8 sealed[GX_PARCEL_SEALED_SIZE], opened[GX_PARCEL_KEY_SIZE];
  GxParcelKeys keys;

  gx_parcel_keys_from_seed (seed, &keys);
  gx_parcel_seal_key (keys.open, key, sealed);
  g_assert_true (gx_parcel_open_key (&keys, sealed, opened));
  g_assert_cmpmem (opened, sizeof opened, key, sizeof key);
  sealed[40] ^= 1;
  g_assert_false (gx_parcel_open_key (&keys, sealed, opened));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add ("/shared/parcel/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("what_went_in_comes_out", test_round);
  ADD ("nobody_else_opens_it", test_nobody_else);
  ADD ("each_byte_changed_or_cut_is_told", test_changed);
  ADD ("what_is_not_finished_is_not_there", test_unfinished);
  g_test_add_func ("/shared/parcel/a_key_for_the_bank", test_sealed_key);

  return g_test_run ();
}
