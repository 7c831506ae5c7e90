/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The encrypting file layer under real SQLite: nothing readable on the disk, nothing changed there that goes unseen, and a log
 * that ends where the power went (sync.md 3.2).
 */
#include <glib/gstdio.h>
#include <string.h>

#include "gx-db.h"
#include "gx-vault.h"

#define SECRET "深圳前海张三丰13800138000"

typedef struct
{
  char    *folder, *path, *log;
  guint8   key[GX_VAULT_KEY_SIZE];
  GxId     database;
  GxVault *vault;
} Fixture;

static void
new_vault (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  g_clear_pointer (&fixture->vault, gx_vault_free);
  fixture->vault = gx_vault_new (fixture->key, &fixture->database, NULL, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("gx-vault-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "store.db", NULL);
  fixture->log = g_strconcat (fixture->path, "-wal", NULL);
  memset (fixture->key, 7, sizeof fixture->key);
  fixture->database = gx_id_new ();
  new_vault (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  const char *ends[] = { "", "-wal", "-shm", "-journal" };

  gx_vault_free (fixture->vault);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *path = g_strconcat (fixture->path, ends[i], NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->log);
}

static GxDb *
try_open (Fixture  *fixture,
          GxDbFlags flags,
          GError  **error)
{
  const GxDbOptions options = { .location = fixture->path, .vfs = gx_vault_get_vfs (fixture->vault), .flags = flags,
                                .side = GX_SIDE_CLIENT };

  return gx_db_open (&gx_db_sqlite, &options, error);
}

static GxDb *
open_db (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  GxDb *db = try_open (fixture, GX_DB_CREATE, &error);

  g_assert_no_error (error);
  return db;
}

static void
run (GxDb       *db,
     const char *sql)
{
  g_autoptr(GError) error = NULL;

  gx_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

static void
fill (GxDb *db,
      guint rows)
{
  run (db, "CREATE TABLE IF NOT EXISTS t(id INTEGER PRIMARY KEY, name TEXT, big BLOB)");
  for (guint i = 0; i < rows; i++)
    {
      g_autofree char *sql = g_strdup_printf ("INSERT INTO t(name, big) VALUES('" SECRET "%u', zeroblob(%u))", i, i % 7 * 900);

      run (db, sql);
    }
}

/* Reads everything: rows, or -1 with @error. */
static gint64
read_all (Fixture  *fixture,
          GError  **error)
{
  GxDb *db = try_open (fixture, GX_DB_READ_ONLY, error);
  g_autofree char *verdict = NULL;
  gint64 rows = -1, bytes;

  if (db == NULL)
    return -1;
  if (!gx_db_query_int (db, &rows, error, "SELECT COUNT(*) FROM t", NULL)
      || !gx_db_query_int (db, &bytes, error, "SELECT SUM(length(name) + length(hex(big))) FROM t", NULL)
      || !gx_db_query_text (db, &verdict, error, "PRAGMA integrity_check", NULL))
    rows = -1;
  else if (strcmp (verdict, "ok") != 0)
    {
      gx_fail (error, GX_ERROR_TAMPERED, "%s", verdict);
      rows = -1;
    }
  gx_db_close (db);
  return rows;
}

static GBytes *
contents (const char *path)
{
  char *data;
  gsize size;

  if (!g_file_get_contents (path, &data, &size, NULL))
    return g_bytes_new (NULL, 0);
  return g_bytes_new_take (data, size);
}

static void
put_contents (const char *path,
              GBytes     *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autoptr(GError) error = NULL;

  g_file_set_contents_full (path, data != NULL ? data : "", (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
}

static gboolean
holds_run_of (GBytes     *bytes,
              const char *text)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  for (gsize at = 0; at + 8 <= strlen (text); at++)
    for (gsize i = 0; i + 8 <= size; i++)
      if (memcmp (data + i, text + at, 8) == 0)
        return TRUE;

  return FALSE;
}

static void
test_what_is_written_is_read (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  GxDb *db = open_db (fixture);
  g_autofree char *mode = NULL;

  fill (db, 100);
  gx_db_query_text (db, &mode, &error, "PRAGMA journal_mode", NULL);
  g_assert_cmpstr (mode, ==, "wal");
  gx_db_close (db);

  new_vault (fixture);
  g_assert_cmpint (read_all (fixture, &error), ==, 100);
  g_assert_no_error (error);
}

static void
test_nothing_readable_on_the_disk (Fixture       *fixture,
                                   gconstpointer  data)
{
  static const char *const words[] = { SECRET, "SQLite format 3", "CREATE TABLE IF NOT EXISTS", "INTEGER PRIMARY KEY" };
  GxDb *db = open_db (fixture);

  fill (db, 60);
  for (guint pass = 0; pass < 2; pass++)
    {
      g_autoptr(GBytes) file = contents (fixture->path), log = contents (fixture->log);

      g_assert_cmpuint (g_bytes_get_size (pass == 0 ? log : file), >, 8 * GX_VAULT_PAGE);
      for (guint i = 0; i < G_N_ELEMENTS (words); i++)
        g_assert_false (holds_run_of (file, words[i]) || holds_run_of (log, words[i]));
      if (pass == 0)
        run (db, "PRAGMA wal_checkpoint(TRUNCATE)");
    }
  gx_db_close (db);
}

static void
test_another_key_or_database_opens_nothing (Fixture       *fixture,
                                            gconstpointer  data)
{
  GxDb *db = open_db (fixture);

  fill (db, 3);
  gx_db_close (db);
  for (guint pass = 0; pass < 2; pass++)
    {
      g_autoptr(GError) error = NULL;
      Fixture other = *fixture;

      other.vault = NULL;
      if (pass == 0)
        other.key[31] ^= 1;
      else
        other.database = gx_id_new ();
      new_vault (&other);
      g_assert_cmpint (read_all (&other, &error), ==, -1);
      g_assert_error (error, GX_ERROR, GX_ERROR_TAMPERED);
      gx_vault_free (other.vault);
    }
}

static GBytes *
flipped (GBytes *bytes,
         gsize   bit)
{
  gsize size;
  guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, &size), g_bytes_get_size (bytes));

  copy[bit / 8] ^= (guint8) (1 << bit % 8);
  return g_bytes_new_take (copy, size);
}

/* All bits with --slow, a seeded choice otherwise. */
static gsize
next_bit (gsize bit)
{
  return bit + 1 + (g_test_slow () ? 0 : (gsize) g_test_rand_int_range (0, 1200));
}

static void
test_a_flipped_bit_of_the_database_is_seen (Fixture       *fixture,
                                            gconstpointer  data)
{
  GxDb *db = open_db (fixture);
  g_autoptr(GBytes) file = NULL;
  guint n = 0;

  fill (db, 12);
  gx_db_close (db);
  file = contents (fixture->path);
  for (gsize bit = 0; bit < g_bytes_get_size (file) * 8; bit = next_bit (bit), n++)
    {
      g_autoptr(GBytes) bad = flipped (file, bit);
      g_autoptr(GError) error = NULL;

      put_contents (fixture->path, bad);
      g_assert_cmpint (read_all (fixture, &error), ==, -1);
      g_assert_error (error, GX_ERROR, GX_ERROR_TAMPERED);
    }
  g_test_message ("%u bits of %" G_GSIZE_FORMAT " flipped, each seen", n, g_bytes_get_size (file) * 8);
}

static void
test_a_page_cannot_be_moved (Fixture       *fixture,
                             gconstpointer  data)
{
  GxDb *db = open_db (fixture);
  g_autoptr(GBytes) file = NULL;
  g_autofree guint8 *bytes = NULL;
  g_autoptr(GBytes) bad = NULL;
  g_autoptr(GError) error = NULL;

  fill (db, 40);
  gx_db_close (db);
  file = contents (fixture->path);
  bytes = g_memdup2 (g_bytes_get_data (file, NULL), g_bytes_get_size (file));
  memcpy (bytes + 3 * GX_VAULT_PAGE, bytes + 4 * GX_VAULT_PAGE, GX_VAULT_PAGE);
  bad = g_bytes_new (bytes, g_bytes_get_size (file));
  put_contents (fixture->path, bad);
  g_assert_cmpint (read_all (fixture, &error), ==, -1);
  g_assert_error (error, GX_ERROR, GX_ERROR_TAMPERED);
  /* By the vault, and not because SQLite found the tree in disorder: two leaves of one tree may change places unseen. */
  g_assert_nonnull (strstr (error->message, ": page 4 is not what was written there"));
}

/* As after kill -9 in the middle of a day: the files as they lie there while the writer is still at work. */
static void
copy_of_running (Fixture *fixture,
                 GBytes **out_file,
                 GBytes **out_log)
{
  GxDb *db = open_db (fixture);

  run (db, "CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT, big BLOB)");
  run (db, "PRAGMA wal_checkpoint(TRUNCATE)");
  fill (db, 20);
  *out_file = contents (fixture->path);
  *out_log = contents (fixture->log);
  gx_db_close (db);
}

static gint64
read_with_log (Fixture  *fixture,
               GBytes   *file,
               GBytes   *log,
               GError  **error)
{
  g_autofree char *shm = g_strconcat (fixture->path, "-shm", NULL);

  g_unlink (shm);
  put_contents (fixture->path, file);
  put_contents (fixture->log, log);
  return read_all (fixture, error);
}

static void
test_a_torn_log_ends_where_it_was_torn (Fixture       *fixture,
                                        gconstpointer  data)
{
  g_autoptr(GBytes) file = NULL, log = NULL;
  gint64 last = -1;

  copy_of_running (fixture, &file, &log);
  for (gsize size = 0; size <= g_bytes_get_size (log); size += g_test_slow () ? 1 : (gsize) g_test_rand_int_range (1, 700))
    {
      g_autoptr(GBytes) torn = g_bytes_new_from_bytes (log, 0, size);
      g_autoptr(GError) error = NULL;
      gint64 rows = read_with_log (fixture, file, torn, &error);

      g_assert_no_error (error);
      g_assert_cmpint (rows, >=, last);
      last = rows;
    }
  {
    g_autoptr(GError) error = NULL;

    g_assert_cmpint (read_with_log (fixture, file, log, &error), ==, 20);
  }
}

static void
test_a_flipped_bit_of_the_log_only_shortens_it (Fixture       *fixture,
                                                gconstpointer  data)
{
  g_autoptr(GBytes) file = NULL, log = NULL;
  guint n = 0;

  copy_of_running (fixture, &file, &log);
  for (gsize bit = 0; bit < g_bytes_get_size (log) * 8; bit = next_bit (bit), n++)
    {
      g_autoptr(GBytes) bad = flipped (log, bit);
      g_autoptr(GError) error = NULL;
      gint64 rows = read_with_log (fixture, file, bad, &error);

      g_assert_no_error (error);
      g_assert_cmpint (rows, >=, 0);
      g_assert_cmpint (rows, <, 20);
    }
  g_test_message ("%u bits of the log flipped", n);
}

static void
test_the_same_work_gives_the_same_rows (Fixture       *fixture,
                                        gconstpointer  data)
{
  const GxDbOptions options = { .location = ":memory:", .flags = GX_DB_CREATE, .side = GX_SIDE_CLIENT };
  g_autoptr(GError) error = NULL;
  GxDb *plain = gx_db_open (&gx_db_sqlite, &options, &error), *sealed = open_db (fixture);
  const char *sums = "SELECT group_concat(id || ':' || name || ':' || length(big), ' ') FROM (SELECT * FROM t ORDER BY id)";
  g_autofree char *one = NULL, *two = NULL;

  fill (plain, 30);
  fill (sealed, 30);
  for (guint i = 0; i < 400; i++)
    {
      int a = g_test_rand_int_range (1, 200), b = g_test_rand_int_range (0, 9000);
      const char *forms[] = {
        "INSERT OR REPLACE INTO t VALUES(%d, 'x', zeroblob(%d))", "UPDATE t SET big = zeroblob(%2$d) WHERE id = %1$d",
        "DELETE FROM t WHERE id = %d", "UPDATE t SET name = name || 'y' WHERE id < %d",
      };
      g_autofree char *sql = g_strdup_printf (forms[i % G_N_ELEMENTS (forms)], a, b);

      run (plain, sql);
      run (sealed, sql);
      if (i % 50 == 49)
        {
          run (sealed, "PRAGMA wal_checkpoint(PASSIVE)");
          gx_db_close (sealed);
          sealed = open_db (fixture);
        }
    }
  gx_db_query_text (plain, &one, &error, sums, NULL);
  gx_db_query_text (sealed, &two, &error, sums, NULL);
  g_assert_no_error (error);
  g_assert_cmpstr (one, ==, two);
  gx_db_close (plain);
  gx_db_close (sealed);
  g_assert_cmpint (read_all (fixture, &error), >, 0);
  g_assert_no_error (error);
}

/* Of two pages that were changed, the one that is read first. */
static void
test_a_refusal_names_file_and_page (Fixture       *fixture,
                                    gconstpointer  data)
{
  GxDb *db = open_db (fixture);
  g_autoptr(GBytes) file = NULL, third = NULL, first = NULL;
  g_autoptr(GError) error = NULL, key = NULL;

  fill (db, 40);
  gx_db_close (db);
  file = contents (fixture->path);
  third = flipped (file, (2 * GX_VAULT_PAGE + 77) * 8);
  put_contents (fixture->path, third);
  g_assert_cmpint (read_all (fixture, &error), ==, -1);
  g_assert_true (g_str_has_prefix (error->message, fixture->path));
  g_assert_nonnull (strstr (error->message, ": page 3 "));

  first = flipped (file, 8);
  put_contents (fixture->path, first);
  g_assert_cmpint (read_all (fixture, &key), ==, -1);
  g_assert_nonnull (strstr (key->message, "page 1 cannot be opened: the key is not this database's"));
}

static char *
read_sums (GxDb *db)
{
  g_autoptr(GError) error = NULL;
  char *sums = NULL;

  gx_db_query_text (db, &sums, &error, "SELECT (SELECT group_concat(id || name || hex(big)) FROM t) || (SELECT group_concat(rowid || hex(id) || n)"
                    " FROM (SELECT rowid, * FROM u ORDER BY rowid))", NULL);
  g_assert_no_error (error);
  return sums;
}

/* A log that was not yet folded in, with rows that no INTEGER PRIMARY KEY numbers. Returns what is in it. */
static char *
write_clear (Fixture *fixture)
{
  const GxDbOptions options = { .location = fixture->path, .flags = GX_DB_CREATE, .side = GX_SIDE_CLIENT };
  g_autoptr(GError) error = NULL;
  GxDb *db = gx_db_open (&gx_db_sqlite, &options, &error);
  g_autoptr(GBytes) file = NULL, log = NULL;
  char *sums;

  g_assert_no_error (error);
  fill (db, 30);
  run (db, "CREATE TABLE u(id BLOB PRIMARY KEY, n INTEGER); INSERT INTO u SELECT randomblob(16), id FROM t; DELETE FROM u WHERE n % 3 = 0");
  sums = read_sums (db);
  file = contents (fixture->path);
  log = contents (fixture->log);
  gx_db_close (db);
  put_contents (fixture->path, file);
  put_contents (fixture->log, log);
  return sums;
}

static void
test_a_database_in_clear_text_is_taken_in (Fixture       *fixture,
                                           gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *before = NULL, *after = NULL, *left = g_strconcat (fixture->path, ".sealing", NULL);
  g_autoptr(GBytes) file = NULL;
  GxDb *db;

  before = write_clear (fixture);
  g_assert_true (gx_vault_is_clear (fixture->path));
  g_file_set_contents (left, "what a cut left behind", -1, &error);
  gx_vault_adopt (fixture->vault, fixture->path, &error);
  g_assert_no_error (error);

  g_assert_false (gx_vault_is_clear (fixture->path));
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS) || g_file_test (fixture->log, G_FILE_TEST_EXISTS));
  file = contents (fixture->path);
  g_assert_false (holds_run_of (file, SECRET));
  db = open_db (fixture);
  after = read_sums (db);
  g_assert_cmpstr (before, ==, after);
  gx_db_close (db);
  gx_vault_adopt (fixture->vault, fixture->path, &error);
  g_assert_no_error (error);
}

/* A full disk, or a folder that may not be written: the old file is what it was. */
static void
test_a_taking_in_that_fails_changes_nothing (Fixture       *fixture,
                                             gconstpointer  data)
{
  g_autoptr(GError) error = NULL, ignored = NULL;
  g_autofree char *left = g_strconcat (fixture->path, ".sealing", NULL);
  g_autofree char *before = NULL, *after = NULL;
  GxDb *db;

  before = write_clear (fixture);
  g_assert_cmpint (g_mkdir (left, 0700), ==, 0);
  g_assert_false (gx_vault_adopt (fixture->vault, fixture->path, &error));
  g_assert_nonnull (error);
  g_assert_true (gx_vault_is_clear (fixture->path));
  db = gx_db_open (&gx_db_sqlite, &(GxDbOptions) { .location = fixture->path }, NULL);
  after = read_sums (db);
  g_assert_cmpstr (before, ==, after);
  gx_db_close (db);
  g_rmdir (left);
}

static void
test_no_temporary_file_lies_on_the_disk (Fixture       *fixture,
                                         gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  GxDb *db = open_db (fixture);

  fill (db, 200);
  run (db, "PRAGMA temp_store=FILE");
  g_assert_false (gx_db_exec (db, "PRAGMA temp.cache_size=4; CREATE TEMP TABLE spill AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                               " WHERE i < 20000) SELECT i, hex(randomblob(100)) FROM n", &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_IO);
  gx_db_close (db);
}

int
main (int   argc,
      char *argv[])
{
  static const struct { const char *name; void (*test) (Fixture *, gconstpointer); } tests[] = {
    { "what_is_written_is_read", test_what_is_written_is_read },
    { "nothing_readable_on_the_disk", test_nothing_readable_on_the_disk },
    { "another_key_or_database_opens_nothing", test_another_key_or_database_opens_nothing },
    { "a_flipped_bit_of_the_database_is_seen", test_a_flipped_bit_of_the_database_is_seen },
    { "a_page_cannot_be_moved", test_a_page_cannot_be_moved },
    { "a_torn_log_ends_where_it_was_torn", test_a_torn_log_ends_where_it_was_torn },
    { "a_flipped_bit_of_the_log_only_shortens_it", test_a_flipped_bit_of_the_log_only_shortens_it },
    { "the_same_work_gives_the_same_rows", test_the_same_work_gives_the_same_rows },
    { "a_refusal_names_file_and_page", test_a_refusal_names_file_and_page },
    { "a_database_in_clear_text_is_taken_in", test_a_database_in_clear_text_is_taken_in },
    { "a_taking_in_that_fails_changes_nothing", test_a_taking_in_that_fails_changes_nothing },
    { "no_temporary_file_lies_on_the_disk", test_no_temporary_file_lies_on_the_disk },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/vault/", tests[i].name, NULL);

      g_test_add (path, Fixture, NULL, set_up, tests[i].test, tear_down);
    }
  return g_test_run ();
}
