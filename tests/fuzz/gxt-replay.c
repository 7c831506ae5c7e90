/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The corpus of one target, replayed: what stands in for libFuzzer's main () wherever there is no libFuzzer. Each input is a
 * block of exactly its size.
 */
#include "gxt-fuzz.h"

#include <stdlib.h>

static void
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
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) folder = argc == 2 ? g_dir_open (argv[1], 0, &error) : NULL;
  const char *name;
  guint n = 0;

  if (folder == NULL)
    {
      g_printerr ("%s FOLDER: %s\n", argv[0], error != NULL ? error->message : "the corpus");
      return EXIT_FAILURE;
    }
  for (; (name = g_dir_read_name (folder)) != NULL; n++)
    replay (argv[1], name);
  g_print ("%s 1 - %u inputs of %s\n1..1\n", n > 0 ? "ok" : "not ok", n, argv[1]);

  return n > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
