/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The committer: many jobs a transaction, each undone alone; answers after the commit; one process a folder; nothing
 * answered is lost when the process is killed.
 */
#include "gx-clock.h"
#include "gxs-batch.h"
#include "gxs-lock.h"
#include "gxs-store.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct
{
  char     *dir;
  GxsStore *store;
} Fixture;

static GxsStore *
open_store (const char *dir)
{
  g_autoptr(GError) error = NULL;
  GxsStore *store = gxs_store_open (&(GxsStoreOptions) { .data_dir = dir, .create = TRUE, .clock = gx_clock_system (),
                                                         .random = gx_random_system () }, &error);

  g_assert_no_error (error);
  return store;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->dir = g_dir_make_tmp ("guanxi-store-XXXXXX", NULL);
  fixture->store = open_store (fixture->dir);
}

static void
remove_folder (const char *dir)
{
  g_autoptr(GDir) folder = g_dir_open (dir, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (dir, name, NULL);

      g_unlink (path);
    }
  g_rmdir (dir);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_pointer (&fixture->store, gxs_store_close);
  remove_folder (fixture->dir);
  g_free (fixture->dir);
}

typedef struct
{
  guint    number;
  gboolean fails;
  gint     done;            /* atomic: 1 went well, 2 failed */
  GxsStore *store;
} Note;

static gboolean
write_note (GxsBatch  *batch,
            gpointer   data,
            GError   **error)
{
  Note *note = data;
  g_autofree char *key = g_strdup_printf ("note %u", note->number);
  g_autofree char *seq = g_strdup_printf ("%" G_GINT64_FORMAT, gxs_batch_next_seq (batch));

  return gx_db_run (gxs_batch_get_db (batch), error, "INSERT INTO meta(k, v) VALUES(?, ?)", "tt", key, seq)
         && (!note->fails || gx_fail (error, GX_ERROR_STATE, "as told"));
}

static void
on_done_cb (gpointer      data,
            const GError *error)
{
  g_atomic_int_set (&((Note *) data)->done, error == NULL ? 1 : 2);
}

static gint64
count_notes (GxsStore *store)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GxDb) db = gxs_store_open_reader (store, &error);
  gint64 n = -1;

  g_assert_no_error (error);
  gx_db_query_int (db, &n, &error, "SELECT COUNT(*) FROM meta", NULL);
  g_assert_no_error (error);
  return n;
}

static void
test_each_job_is_undone_alone (Fixture       *fixture,
                               gconstpointer  data)
{
  Note notes[300] = { 0 };

  gxs_store_start (fixture->store);
  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    {
      g_autoptr(GError) error = NULL;

      notes[i] = (Note) { .number = i, .fails = i % 3 == 0 };
      gxs_store_submit (fixture->store, write_note, on_done_cb, &notes[i], &error);
      g_assert_no_error (error);
    }
  gxs_store_stop (fixture->store);
  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    g_assert_cmpint (notes[i].done, ==, notes[i].fails ? 2 : 1);
  g_assert_cmpint (count_notes (fixture->store), ==, 200);
}

/* Told on the committer's thread; what a reader sees then is what was committed. */
static void
on_done_look_cb (gpointer      data,
                 const GError *error)
{
  Note *note = data;
  GxDb *db = gxs_store_open_reader (note->store, NULL);
  g_autofree char *key = g_strdup_printf ("note %u", note->number);
  g_autofree char *value = NULL;

  g_assert_true (gx_db_query_text (db, &value, NULL, "SELECT v FROM meta WHERE k = ?", "t", key));
  gx_db_close (db);
  g_atomic_int_set (&note->done, 1);
}

static void
test_answers_come_after_the_commit (Fixture       *fixture,
                                    gconstpointer  data)
{
  Note notes[20] = { 0 };

  gxs_store_start (fixture->store);
  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    {
      notes[i] = (Note) { .number = i, .store = fixture->store };
      g_assert_true (gxs_store_submit (fixture->store, write_note, on_done_look_cb, &notes[i], NULL));
    }
  gxs_store_stop (fixture->store);
  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    g_assert_cmpint (notes[i].done, ==, 1);
}

/* A key that is looked at only when the transaction commits spoils everybody's commit: only its own job may fail. */
static gboolean
write_orphan (GxsBatch  *batch,
              gpointer   data,
              GError   **error)
{
  const GxId nobody = { { 1 } };

  return gx_db_run (gxs_batch_get_db (batch), error, "INSERT INTO txn_month(customer_id, month) VALUES(?, 1)", "u", &nobody);
}

static void
test_one_that_spoils_the_commit_fails_alone (Fixture       *fixture,
                                             gconstpointer  data)
{
  Note notes[10] = { 0 };
  Note orphan = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    notes[i].number = i;
  gxs_store_start (fixture->store);
  for (guint i = 0; i < 5; i++)
    g_assert_true (gxs_store_submit (fixture->store, write_note, on_done_cb, &notes[i], NULL));
  g_assert_true (gxs_store_submit (fixture->store, write_orphan, on_done_cb, &orphan, NULL));
  for (guint i = 5; i < 10; i++)
    g_assert_true (gxs_store_submit (fixture->store, write_note, on_done_cb, &notes[i], NULL));
  gxs_store_stop (fixture->store);
  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    g_assert_cmpint (notes[i].done, ==, 1);
  g_assert_cmpint (orphan.done, ==, 2);
  g_assert_cmpint (count_notes (fixture->store), ==, 10);
}

static gboolean
wait_here (GxsBatch  *batch,
           gpointer   data,
           GError   **error)
{
  g_mutex_lock (data);
  g_mutex_unlock (data);
  return TRUE;
}

static void
test_a_full_queue_refuses (void)
{
  GMutex gate;
  Note note = { 0 };
  g_autoptr(GError) error = NULL;
  g_autoptr(GxsStore) store = gxs_store_open (&(GxsStoreOptions) { .clock = gx_clock_system (), .random = gx_random_system (),
                                                                   .max_queue = 1 }, &error);

  g_assert_no_error (error);
  g_mutex_init (&gate);
  g_mutex_lock (&gate);
  gxs_store_start (store);
  g_assert_true (gxs_store_submit (store, wait_here, NULL, &gate, NULL));
  while (gxs_store_get_queued (store) > 0)
    g_thread_yield ();
  g_assert_true (gxs_store_submit (store, write_note, on_done_cb, &note, NULL));
  g_assert_false (gxs_store_submit (store, write_note, on_done_cb, &note, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_BUSY);
  g_mutex_unlock (&gate);
  gxs_store_stop (store);
  g_mutex_clear (&gate);
  g_assert_cmpint (note.done, ==, 1);
}

static void
test_a_second_process_is_told_the_pid (Fixture       *fixture,
                                       gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *pid = g_strdup_printf ("process %d", (int) getpid ());

  g_assert_null (gxs_lock_take (fixture->dir, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_IN_USE);
  g_assert_nonnull (strstr (error->message, pid));

  g_clear_pointer (&fixture->store, gxs_store_close);
  fixture->store = open_store (fixture->dir);
}

/* Writes for ever, and says of each note that it is kept, once it is. */
static void
write_until_killed (const char *dir,
                    int         fd)
{
  g_autoptr(GxsStore) store = NULL;

  store = gxs_store_open (&(GxsStoreOptions) { .data_dir = dir, .create = TRUE, .clock = gx_clock_system (),
                                               .random = gx_random_system () }, NULL);
  gxs_store_start (store);
  for (guint i = 0;; i++)
    {
      Note note = { .number = i };

      if (!gxs_store_run (store, write_note, &note, NULL) || write (fd, &i, sizeof i) != sizeof i)
        _exit (1);
    }
}

static const char *program;

static void
test_nothing_answered_is_lost_by_a_kill (Fixture       *fixture,
                                         gconstpointer  data)
{
  const char *const command[] = { program, "--write", fixture->dir, NULL };
  g_autoptr(GError) error = NULL;
  guint last = 0;
  GPid child;
  int fd;

  g_clear_pointer (&fixture->store, gxs_store_close);
  g_spawn_async_with_pipes (NULL, (char **) command, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &child, NULL, &fd, NULL, &error);
  g_assert_no_error (error);
  while (last < 50 && read (fd, &last, sizeof last) == sizeof last)
    ;
  kill (child, SIGKILL);
  while (read (fd, &last, sizeof last) == sizeof last)
    ;
  waitpid (child, NULL, 0);
  close (fd);

  fixture->store = open_store (fixture->dir);
  g_assert_cmpuint (last, >=, 50);
  /* One more may have been committed when the kill came, before it could say so. */
  g_assert_cmpint (count_notes (fixture->store), >=, last + 1);
  g_assert_cmpint (count_notes (fixture->store), <=, last + 2);
}

/* Fills the database up to its last page: then the engine gives the whole transaction up. */
static gboolean
write_too_much (GxsBatch  *batch,
                gpointer   data,
                GError   **error)
{
  GxDb *db = gxs_batch_get_db (batch);
  g_autofree char *text = g_strnfill (3000, 'x');
  gint64 pages;

  if (!gx_db_query_int (db, &pages, error, "PRAGMA max_page_count = 1", NULL))
    return FALSE;
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *key = g_strdup_printf ("much %u", i);

      if (!gx_db_run (db, error, "INSERT INTO meta(k, v) VALUES(?, ?)", "tt", key, text))
        return FALSE;
    }
  return TRUE;
}

/* What follows in the same batch must not be written by itself, outside any transaction. */
static void
test_a_full_disk_keeps_nothing_by_halves (Fixture       *fixture,
                                          gconstpointer  data)
{
  Note before = { .number = 1 }, after = { .number = 2 };
  GxDb *db = gxs_store_get_writer (fixture->store);
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) full = NULL;
  g_autoptr(GError) late = NULL;
  g_autoptr(GxsBatch) batch = gxs_batch_begin (db, gx_clock_system (), gx_random_system (), &error);

  g_assert_no_error (error);
  g_assert_true (write_note (batch, &before, &error));
  g_assert_false (write_too_much (batch, NULL, &full));
  g_assert_error (full, GX_ERROR, GX_ERROR_IO);
  g_assert_false (write_note (batch, &after, &late));
  g_assert_error (late, GX_ERROR, GX_ERROR_IO);
  g_assert_false (gxs_batch_commit (batch, &error));
  g_clear_pointer (&batch, gxs_batch_free);
  g_clear_error (&error);
  g_assert_true (gx_db_exec (db, "PRAGMA max_page_count = 1000000", &error));
  g_assert_cmpint (count_notes (fixture->store), ==, 0);
}

typedef struct
{
  int value;
} Count;

static gboolean
count_flush (GxsBatch  *batch,
             gpointer   data,
             GError   **error)
{
  g_autofree char *text = g_strdup_printf ("%d", ((Count *) data)->value);

  return gx_db_run (gxs_batch_get_db (batch), error, "UPDATE meta SET v = ? WHERE k = 'count'", "t", text);
}

/* A service's state of the batch: read from the database when it is not there. */
static Count *
count_of (GxsBatch *batch)
{
  Count *count = gxs_batch_get_state (batch, "count");
  g_autofree char *text = NULL;

  if (count != NULL)
    return count;
  g_assert_true (gx_db_query_text (gxs_batch_get_db (batch), &text, NULL, "SELECT v FROM meta WHERE k = 'count'", NULL));
  count = g_new0 (Count, 1);
  count->value = atoi (text);
  gxs_batch_set_state (batch, "count", count, g_free, count_flush);
  return count;
}

static void
test_state_follows_an_undone_part (Fixture       *fixture,
                                   gconstpointer  data)
{
  GxDb *db = gxs_store_get_writer (fixture->store);
  g_autoptr(GError) error = NULL;
  g_autoptr(GxsBatch) batch = NULL;
  g_autofree char *kept = NULL;

  g_assert_true (gx_db_run (db, &error, "INSERT INTO meta(k, v) VALUES('count', '0')", NULL));
  batch = gxs_batch_begin (db, gx_clock_system (), gx_random_system (), &error);
  g_assert_no_error (error);
  for (int i = 0; i < 6; i++)
    {
      g_autoptr(GxsPart) part = gxs_part_begin (batch, &error);

      g_assert_no_error (error);
      count_of (batch)->value++;
      if (i % 2 == 0)
        g_assert_true (gxs_part_commit (part, &error));
    }
  g_assert_true (gxs_batch_commit (batch, &error));
  g_assert_true (gx_db_query_text (db, &kept, &error, "SELECT v FROM meta WHERE k = 'count'", NULL));
  g_assert_cmpstr (kept, ==, "3");
}

int
main (int   argc,
      char *argv[])
{
  program = argv[0];
  if (argc == 3 && strcmp (argv[1], "--write") == 0)
    write_until_killed (argv[2], STDOUT_FILENO);

  g_test_init (&argc, &argv, NULL);
  g_test_add ("/server/store/each_job_is_undone_alone", Fixture, NULL, set_up, test_each_job_is_undone_alone, tear_down);
  g_test_add ("/server/store/answers_come_after_the_commit", Fixture, NULL, set_up, test_answers_come_after_the_commit, tear_down);
  g_test_add ("/server/store/one_that_spoils_the_commit_fails_alone", Fixture, NULL, set_up,
              test_one_that_spoils_the_commit_fails_alone, tear_down);
  g_test_add_func ("/server/store/a_full_queue_refuses", test_a_full_queue_refuses);
  g_test_add ("/server/store/a_second_process_is_told_the_pid", Fixture, NULL, set_up, test_a_second_process_is_told_the_pid,
              tear_down);
  g_test_add ("/server/store/nothing_answered_is_lost_by_a_kill", Fixture, NULL, set_up, test_nothing_answered_is_lost_by_a_kill,
              tear_down);
  g_test_add ("/server/batch/a_full_disk_keeps_nothing_by_halves", Fixture, NULL, set_up,
              test_a_full_disk_keeps_nothing_by_halves, tear_down);
  g_test_add ("/server/batch/state_follows_an_undone_part", Fixture, NULL, set_up, test_state_follows_an_undone_part, tear_down);

  return g_test_run ();
}
