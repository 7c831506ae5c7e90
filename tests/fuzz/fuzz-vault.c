/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A burglar who writes into the file of an encrypted database: bytes are changed, cut off or added as the input says; whoever then
 * opens it reads what was written, or is told that it cannot be read. He never reads anything else.
 */
#include "gxt-fuzz.h"

#include "gx-db.h"
#include "gx-random.h"
#include "gx-vault.h"
#include "gxt-disk.h"

#define FILE_NAME "vault.db"
#define ROWS      400

static GxtDisk *disk;
static GxVault *vault;
static GxSeededRandom random_numbers;
static char *wanted;

static GxDb *
open_database (GxDbFlags   flags,
               GError    **error)
{
  const GxDbOptions options = { .location = FILE_NAME, .vfs = gx_vault_get_vfs (vault), .flags = flags };

  return gx_db_open (&gx_db_sqlite, &options, error);
}

static char *
read_all (GxDb    *db,
          GError **error)
{
  char *text = NULL;

  return gx_db_query_text (db, &text, error, "SELECT group_concat(n || text) FROM (SELECT * FROM row ORDER BY n)", NULL) ? text : NULL;
}

static void
prepare (void)
{
  const guint8 key[GX_VAULT_KEY_SIZE] = "burglar";
  g_autoptr(GError) error = NULL;
  g_autoptr(GxDb) db = NULL;

  gx_seeded_random_init (&random_numbers, 1);
  disk = gxt_disk_new (&random_numbers.parent);
  vault = gx_vault_new (key, &(GxId) { { 3 } }, gxt_disk_get_vfs (disk), &error);
  g_assert_no_error (error);
  db = open_database (GX_DB_CREATE, &error);
  g_assert_no_error (error);
  gx_db_exec (db, "CREATE TABLE row(n INTEGER PRIMARY KEY, text TEXT)", &error);
  for (int i = 0; i < ROWS; i++)
    gx_db_run (db, &error, "INSERT INTO row VALUES(?, hex(randomblob(20)))", "n", i);
  g_assert_no_error (error);
  wanted = read_all (db, &error);
  g_assert_nonnull (wanted);
  g_clear_pointer (&db, gx_db_close);
  gxt_disk_keep (disk);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  GxtFuzzBytes bytes = { data, size };
  g_autoptr(GError) error = NULL;
  g_autoptr(GxDb) db = NULL;
  g_autofree char *read = NULL;
  gboolean touched = FALSE;

  if (disk == NULL)
    prepare ();
  gxt_disk_go_back (disk);
  while (bytes.size >= 4)
    {
      gsize at = (gsize) (gxt_fuzz_below (&bytes, 256) << 8 | gxt_fuzz_below (&bytes, 256));
      guint mask = gxt_fuzz_below (&bytes, 256);

      touched |= gxt_disk_spoil (disk, FILE_NAME, at, (guint8) mask, gxt_fuzz_below (&bytes, 16) == 0);
    }
  db = open_database (0, &error);
  read = db != NULL ? read_all (db, &error) : NULL;
  g_assert_true ((read != NULL) == (error == NULL));
  g_assert_true (error == NULL || error->domain == GX_ERROR);
  g_assert_true (read == NULL || g_str_equal (read, wanted));
  g_assert_true (touched || read != NULL);

  return 0;
}
