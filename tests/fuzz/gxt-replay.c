/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The corpus of one target, replayed, and then changed by chance so many times: what stands in for libFuzzer's main () wherever there
 * is no libFuzzer. Each input is a block of exactly its size.
 *
 *   GUANXI_FUZZ_ROUNDS=n changes, GUANXI_SEED=n others. GUANXI_FUZZ_KEEP=FILE holds the input of each round until the next: the one
 *   that ended the program is for the corpus.
 */
#include "gxt-fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "gxt-environment.h"
#include "gxt-mutate.h"

static GBytes *
replay (const char *folder,
        const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL), *data = NULL, *exact = NULL;
  g_autoptr(GError) error = NULL;
  gsize size = 0;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  exact = g_memdup2 (data, size);
  g_print ("# %s\n", name);
  LLVMFuzzerTestOneInput ((const guint8 *) (exact != NULL ? exact : ""), size);

  return g_bytes_new_take (g_steal_pointer (&data), size);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/* In an order that no file system decides. Returns what they hold. */
static GPtrArray *
replay_all (const char *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free), *inputs = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) dir = g_dir_open (folder, 0, &error);
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    g_ptr_array_add (inputs, replay (folder, names->pdata[i]));
  g_ptr_array_unref (names);

  return inputs;
}

static void
change (GPtrArray *inputs,
        guint64    rounds,
        guint64    seed)
{
  const char *keep = g_getenv ("GUANXI_FUZZ_KEEP");
  g_autoptr(GString) data = g_string_new (NULL);
  GxSeededRandom random;
  gsize most = 0;

  gx_seeded_random_init (&random, seed);
  for (guint64 round = 0; round < rounds; round++)
    {
      g_autofree char *exact = NULL;

      /* Some go on from the last one, so that damage adds up. */
      if (round == 0 || gx_random_below (&random.parent, 4) > 0)
        {
          GBytes *input = inputs->pdata[gx_random_below (&random.parent, inputs->len)];

          g_string_truncate (data, 0);
          g_string_append_len (data, g_bytes_get_data (input, NULL), (gssize) g_bytes_get_size (input));
          most = MAX (2 * data->len, 4096);
        }
      exact = gxt_mutate (&random.parent, data, most);
      if (keep != NULL)
        g_file_set_contents (keep, exact, (gssize) data->len, NULL);
      LLVMFuzzerTestOneInput ((const guint8 *) exact, data->len);
    }
}

int
main (int    argc,
      char **argv)
{
  guint64 rounds = gxt_environment ("GUANXI_FUZZ_ROUNDS", argc == 3 ? g_ascii_strtoull (argv[2], NULL, 10) : 0), seed = gxt_environment ("GUANXI_SEED", 1);
  g_autoptr(GPtrArray) inputs = NULL;

  if (argc < 2)
    {
      g_printerr ("%s CORPUS [ROUNDS]\n", argv[0]);
      return EXIT_FAILURE;
    }
  g_print ("1..2\n");
  inputs = replay_all (argv[1]);
  g_print ("%s 1 - %u inputs of %s\n", inputs->len > 0 ? "ok" : "not ok", inputs->len, argv[1]);
  if (inputs->len == 0)
    return EXIT_FAILURE;
  change (inputs, rounds, seed);
  g_print ("ok 2 - %" G_GUINT64_FORMAT " changes of them, seed %" G_GUINT64_FORMAT "\n", rounds, seed);

  return EXIT_SUCCESS;
}
