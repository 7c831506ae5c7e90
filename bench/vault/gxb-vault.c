/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the vault costs: the same work on a database in the vault and on one in clear text, turn by turn in one run, both through
 * shared/db with the settings of the desk's store. Prints one line of JSON for each kind of work: medians in ms, and their ratio.
 *
 *   gxb-vault FOLDER ROUNDS
 */

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gx-db.h"
#include "gx-transaction.h"
#include "gx-vault.h"

#define ROWS    50000
#define COMMITS 300
#define LOOKUPS 20000
#define FINDS   200
#define MAX_ROUNDS 99

typedef struct
{
  char       *path;
  const char *vfs;          /* (nullable) */
  GxDb       *db;           /* (nullable) */
  GRand      *random;
} Side;

static void
must (gboolean ok, GError *error)
{
  if (!ok)
    g_error ("%s", error != NULL ? error->message : "failed");
}

static void
open_side (Side *side)
{
  const GxDbOptions options = { .location = side->path, .vfs = side->vfs, .flags = GX_DB_CREATE, .side = GX_SIDE_CLIENT, .cache_mib = 16 };
  g_autoptr(GError) error = NULL;

  side->db = gx_db_open (&gx_db_sqlite, &options, &error);
  must (side->db != NULL, error);
}

static void
close_side (Side *side)
{
  g_clear_pointer (&side->db, gx_db_close);
}

static void
insert (Side *side, guint n)
{
  g_autofree char *name = g_strdup_printf ("客户%u 深圳前海支行 customer %u", n * 7919 % 100003, n);
  g_autoptr(GError) error = NULL;

  must (gx_db_run (side->db, &error, "INSERT INTO t(name, note) VALUES(?, ?)", "tt", name,
                   "客户询问到期理财的续作方案，约定下周来行面谈。下次带上风险测评表。"), error);
  must (gx_db_run (side->db, &error, "INSERT INTO f(rowid, name) VALUES(last_insert_rowid(), ?)", "t", name), error);
}

/* As a first load: pages of 1,000 rows, each a transaction. */
static void
load (Side *side)
{
  g_autoptr(GError) error = NULL;

  must (gx_db_exec (side->db, "CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT, note TEXT); CREATE INDEX i ON t(name);"
                    "CREATE VIRTUAL TABLE f USING fts5(name, content='', columnsize=0)", &error), error);
  for (guint n = 0; n < ROWS; n += 1000)
    {
      g_autoptr(GxTransaction) transaction = gx_transaction_begin (side->db, &error);

      must (transaction != NULL, error);
      for (guint i = 0; i < 1000; i++)
        insert (side, n + i);
      must (gx_transaction_commit (transaction, &error), error);
    }
  must (gx_db_checkpoint (side->db, TRUE, &error), error);
}

/* As a person saves: one row, synced. */
static void
commit (Side *side)
{
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < COMMITS; i++)
    {
      g_autoptr(GxTransaction) transaction = gx_transaction_begin (side->db, &error);

      must (transaction != NULL
            && gx_db_run (side->db, &error, "UPDATE t SET note = note || 'x' WHERE id=?", "i", (gint64) g_rand_int_range (side->random, 1, ROWS))
            && gx_transaction_commit (transaction, &error), error);
    }
}

/* As a start: a fresh connection reads everything. */
static void
scan (Side *side)
{
  g_autoptr(GError) error = NULL;
  gint64 sum;

  must (gx_db_query_int (side->db, &sum, &error, "SELECT SUM(length(name) + length(note)) FROM t", NULL), error);
}

/* As a list: rows by their ids, which the cache holds or not. */
static void
look_up (Side *side)
{
  g_autoptr(GError) error = NULL;
  gint64 length;

  for (guint i = 0; i < LOOKUPS; i++)
    must (gx_db_query_int (side->db, &length, &error, "SELECT length(note) FROM t WHERE id=?", "i",
                           (gint64) g_rand_int_range (side->random, 1, ROWS)), error);
}

static void
find (Side *side)
{
  g_autoptr(GError) error = NULL;
  gint64 n;

  for (guint i = 0; i < FINDS; i++)
    {
      g_autofree char *word = g_strdup_printf ("\"%u\"", (guint) g_rand_int_range (side->random, 1, ROWS));

      must (gx_db_query_int (side->db, &n, &error, "SELECT COUNT(*) FROM f WHERE f MATCH ?", "t", word), error);
    }
}

static const struct
{
  const char *what;
  void      (*work) (Side *side);
  gboolean    anew;         /* on a fresh connection */
} works[] = {
  { "load", load, FALSE },
  { "commit", commit, FALSE },
  { "scan", scan, TRUE },
  { "lookup", look_up, TRUE },
  { "find", find, TRUE },
};

static double
time_work (Side *side, guint which)
{
  gint64 started;

  if (works[which].anew)
    {
      close_side (side);
      open_side (side);
    }
  started = g_get_monotonic_time ();
  works[which].work (side);
  return (double) (g_get_monotonic_time () - started) / 1000;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const double *x = a, *y = b;

  return (*x > *y) - (*x < *y);
}

static double
median (double *values, guint n)
{
  qsort (values, n, sizeof *values, compare);
  return values[n / 2];
}

static void
begin_anew (Side *side)
{
  static const char *const ends[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      g_autofree char *path = g_strconcat (side->path, ends[i], NULL);

      g_unlink (path);
    }
  open_side (side);
}

int
main (int argc, char **argv)
{
  static double times[2][G_N_ELEMENTS (works)][MAX_ROUNDS];
  guint rounds = argc == 3 ? CLAMP ((guint) atoi (argv[2]), 1, MAX_ROUNDS) : 0;
  guint8 key[GX_VAULT_KEY_SIZE] = { 7 };
  const GxId database = gx_id_new ();
  g_autoptr(GError) error = NULL;
  GxVault *vault = gx_vault_new (key, &database, NULL, &error);
  Side sides[2] = { { .random = g_rand_new_with_seed (1) }, { .random = g_rand_new_with_seed (1) } };

  if (rounds == 0)
    return g_printerr ("gxb-vault FOLDER ROUNDS\n"), 2;
  must (vault != NULL, error);
  sides[0].path = g_build_filename (argv[1], "plain.db", NULL);
  sides[1].path = g_build_filename (argv[1], "vault.db", NULL);
  sides[1].vfs = gx_vault_get_vfs (vault);

  for (guint round = 0; round < rounds; round++)
    {
      for (guint s = 0; s < 2; s++)
        begin_anew (&sides[s]);
      for (guint w = 0; w < G_N_ELEMENTS (works); w++)
        for (guint s = 0; s < 2; s++)
          times[(s + round) % 2][w][round] = time_work (&sides[(s + round) % 2], w);
      for (guint s = 0; s < 2; s++)
        close_side (&sides[s]);
    }
  for (guint w = 0; w < G_N_ELEMENTS (works); w++)
    {
      double plain = median (times[0][w], rounds), sealed = median (times[1][w], rounds);

      printf ("{\"what\":\"%s\",\"plain\":%.2f,\"vault\":%.2f,\"ratio\":%.3f}\n", works[w].what, plain, sealed, sealed / plain);
    }
  for (guint s = 0; s < 2; s++)
    {
      g_free (sides[s].path);
      g_rand_free (sides[s].random);
    }
  gx_vault_free (vault);
  return 0;
}
