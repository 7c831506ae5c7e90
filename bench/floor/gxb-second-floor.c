/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gxb-second-floor: what bare SQLite can do when it must write every row that our push writes: the clock, the effect,
 * the membership of each scope with its index, the stored result and the audit entry (sync: one transaction of 100).
 *
 * No HTTP, no JSON, no hash, no check: only the rows, as long as ours. The first floor says what a push costs without
 * them; the distance between the two is the price of the promises, and not to be saved.
 *
 *   gxb-second-floor --db FILE [--customers N] [--rounds 5] [--seconds 2]
 */

#include "gxb-bank.h"
#include "gxb-floor-bank.h"

#include <stdio.h>
#include <string.h>

static const char schema[] =
  "CREATE TABLE sync_clock (shard INTEGER PRIMARY KEY, seq INTEGER NOT NULL, epoch TEXT NOT NULL) STRICT;"
  "CREATE TABLE client (id BLOB PRIMARY KEY, last_mid INTEGER NOT NULL, last_seen INTEGER NOT NULL) STRICT;"
  "CREATE TABLE scope_row (scope INTEGER NOT NULL, tbl INTEGER NOT NULL, row_id BLOB NOT NULL, seq INTEGER NOT NULL,"
  "  gone INTEGER NOT NULL, PRIMARY KEY (scope, tbl, row_id)) STRICT, WITHOUT ROWID;"
  "CREATE INDEX scope_row_by_seq ON scope_row (scope, seq);"
  "CREATE TABLE mut_result (client_id BLOB NOT NULL, mid INTEGER NOT NULL, mut_id BLOB NOT NULL UNIQUE,"
  "  body_sha BLOB NOT NULL, st TEXT NOT NULL, seq INTEGER, body TEXT, at INTEGER NOT NULL,"
  "  PRIMARY KEY (client_id, mid)) STRICT;"
  "CREATE TABLE audit_log (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor BLOB, device BLOB, session BLOB,"
  "  action TEXT NOT NULL, tbl TEXT, entity_id BLOB, mut_id BLOB, branch_id BLOB, entry BLOB NOT NULL,"
  "  leaf BLOB NOT NULL) STRICT;"
  "CREATE TABLE audit_head (id INTEGER PRIMARY KEY CHECK (id = 1), size INTEGER NOT NULL, frontier BLOB NOT NULL,"
  "  root BLOB NOT NULL) STRICT;"
  "INSERT INTO sync_clock VALUES (0, 1000000, 'e');"
  "INSERT INTO audit_head VALUES (1, 0, zeroblob(640), zeroblob(32));"
  "INSERT INTO scope_row SELECT 1 + (rowid - 1) % 200, 1, id, rowid, 0 FROM customer;"
  "INSERT INTO scope_row SELECT 1000 + (rowid - 1) % 200 % 3, 1, id, rowid, 0 FROM customer;"
  "INSERT INTO scope_row SELECT 1 + (rowid - 1) % 200, 2, id, rowid, 0 FROM account;"
  "INSERT INTO scope_row SELECT 1000 + (rowid - 1) % 200 % 3, 2, id, rowid, 0 FROM account;"
  "INSERT INTO scope_row SELECT 1 + (rowid - 1) % 200, 3, id, rowid, 0 FROM interaction;"
  "INSERT INTO scope_row SELECT 1000 + (rowid - 1) % 200 % 3, 3, id, rowid, 0 FROM interaction;";

/* As long as an entry of ours: canonical JSON with names of fields, versions and commitments. */
#define ENTRY_BYTES 420
#define RESULT_BYTES 48

typedef struct
{
  sqlite3      *db;
  sqlite3_stmt *begin, *commit, *clock, *client, *note, *touch, *scope, *result, *audit, *head;
  guint         customers;
  guint         next;
  guint         rm;                 /* whose push this is: one RM's customers, two scopes */
  gint64        mid;
  gint64        seq;
  GxId          actor;
} Second;

static void
prepare (Second *s)
{
  s->begin = gxb_sql_prepare (s->db, "BEGIN IMMEDIATE");
  s->commit = gxb_sql_prepare (s->db, "COMMIT");
  s->clock = gxb_sql_prepare (s->db, "UPDATE sync_clock SET seq = seq + 100 WHERE shard = 0 RETURNING seq");
  s->client = gxb_sql_prepare (s->db, "INSERT INTO client VALUES (?1, ?2, ?2)"
                                      " ON CONFLICT (id) DO UPDATE SET last_mid = ?2, last_seen = ?2");
  s->note = gxb_sql_prepare (s->db,
    "INSERT INTO interaction (id, customer_id, owner_id, channel, subject, notes, started_at, minutes, v)"
    " VALUES (?, ?, ?, 2, '电话回访', '客户询问到期理财的续作方案，约定下周来行面谈。', ?, 10, 1)");
  s->touch = gxb_sql_prepare (s->db, "UPDATE customer SET pref_channel = ?, v = ?, fv = ? WHERE id = ?");
  s->scope = gxb_sql_prepare (s->db, "INSERT INTO scope_row VALUES (?1, ?2, ?3, ?4, 0)"
                                     " ON CONFLICT (scope, tbl, row_id) DO UPDATE SET seq = ?4, gone = 0");
  s->result = gxb_sql_prepare (s->db, "INSERT INTO mut_result VALUES (?, ?, ?, zeroblob(32), 'applied', ?, ?, 0)");
  s->audit = gxb_sql_prepare (s->db, "INSERT INTO audit_log VALUES (NULL, ?1, ?2, ?2, ?2, 'mutation', ?3, ?4, ?5, ?2, ?6, ?7)");
  s->head = gxb_sql_prepare (s->db, "UPDATE audit_head SET size = size + 100, frontier = zeroblob(640),"
                                    " root = zeroblob(32) WHERE id = 1");
}

static void
write_scopes (Second *s, int tbl, const GxId *id)
{
  const int scopes[] = { 1 + s->rm, 1000 + s->rm % 3 };

  for (guint i = 0; i < G_N_ELEMENTS (scopes); i++)
    {
      sqlite3_bind_int (s->scope, 1, scopes[i]);
      sqlite3_bind_int (s->scope, 2, tbl);
      gxb_sql_bind_id (s->scope, 3, id);
      sqlite3_bind_int64 (s->scope, 4, s->seq);
      gxb_sql_done (s->scope);
    }
}

static void
write_proofs (Second *s, const char *tbl, const GxId *id)
{
  static const char blank[ENTRY_BYTES];
  GxId mut_id = gx_id_new ();

  gxb_sql_bind_id (s->result, 1, &s->actor);
  sqlite3_bind_int64 (s->result, 2, ++s->mid);
  gxb_sql_bind_id (s->result, 3, &mut_id);
  sqlite3_bind_int64 (s->result, 4, s->seq);
  sqlite3_bind_text (s->result, 5, "{\"mid\":1000000,\"st\":\"applied\",\"seq\":100000000}", RESULT_BYTES, SQLITE_STATIC);
  gxb_sql_done (s->result);

  sqlite3_bind_int64 (s->audit, 1, s->seq);
  gxb_sql_bind_id (s->audit, 2, &s->actor);
  sqlite3_bind_text (s->audit, 3, tbl, -1, SQLITE_STATIC);
  gxb_sql_bind_id (s->audit, 4, id);
  gxb_sql_bind_id (s->audit, 5, &mut_id);
  sqlite3_bind_blob (s->audit, 6, blank, sizeof blank, SQLITE_STATIC);
  sqlite3_bind_blob (s->audit, 7, blank, 32, SQLITE_STATIC);
  gxb_sql_done (s->audit);
}

static GxId
pick_customer (Second *s)
{
  guint own = MAX (s->customers / GXB_RMS, 1);

  return gxb_bank_id (GXB_CUSTOMER, (s->rm + (s->next++ * 7919u) % own * GXB_RMS) % s->customers);
}

static void
write_note (Second *s)
{
  GxId id = gx_id_new ();
  GxId customer = pick_customer (s);

  gxb_sql_bind_id (s->note, 1, &id);
  gxb_sql_bind_id (s->note, 2, &customer);
  gxb_sql_bind_id (s->note, 3, &s->actor);
  sqlite3_bind_int64 (s->note, 4, s->seq);
  gxb_sql_done (s->note);
  write_scopes (s, 3, &id);
  write_proofs (s, "interaction", &id);
}

static void
touch_customer (Second *s)
{
  GxId id = pick_customer (s);
  char fv[64];

  g_snprintf (fv, sizeof fv, "{\"pref_channel\":%" G_GINT64_FORMAT "}", s->seq);
  sqlite3_bind_int (s->touch, 1, 1 + s->next % 3);
  sqlite3_bind_int64 (s->touch, 2, s->seq);
  sqlite3_bind_text (s->touch, 3, fv, -1, SQLITE_STATIC);
  gxb_sql_bind_id (s->touch, 4, &id);
  gxb_sql_done (s->touch);
  write_scopes (s, 1, &id);
  write_proofs (s, "customer", &id);
}

static void
push (Second *s)
{
  s->rm = (s->rm + 1) % GXB_RMS;
  gxb_sql_done (s->begin);
  while (gxb_sql_step (s->clock))
    s->seq = sqlite3_column_int64 (s->clock, 0);
  for (guint i = 0; i < 80; i++)
    write_note (s);
  for (guint i = 0; i < 20; i++)
    touch_customer (s);
  gxb_sql_bind_id (s->client, 1, &s->actor);
  sqlite3_bind_int64 (s->client, 2, s->mid);
  gxb_sql_done (s->client);
  gxb_sql_done (s->head);
  gxb_sql_done (s->commit);
}

static double
run_round (Second *s, double seconds)
{
  gint64 start = g_get_monotonic_time ();
  gint64 until = start + (gint64) (seconds * G_USEC_PER_SEC);
  guint pushes = 0;

  for (; g_get_monotonic_time () < until; pushes++)
    push (s);
  return pushes * (double) G_USEC_PER_SEC / (g_get_monotonic_time () - start);
}

static void
open_bank (Second *s, const char *file, guint customers)
{
  sqlite3_stmt *probe;

  s->db = gxb_sql_open (file);
  s->customers = customers;
  s->actor = gx_id_new ();
  probe = gxb_sql_prepare (s->db, "SELECT 1 FROM sqlite_schema WHERE name = 'audit_head'");
  if (!gxb_sql_step (probe))
    {
      gxb_floor_bank_fill (s->db, customers);
      gxb_sql_run (s->db, schema);
    }
  sqlite3_finalize (probe);
  prepare (s);
}

int
main (int argc, char **argv)
{
  g_autofree char *file = NULL;
  int customers = 100000, rounds = 5;
  double seconds = 2;
  const GOptionEntry entries[] = {
    { "db", 0, 0, G_OPTION_ARG_FILENAME, &file, "Its own database", "FILE" },
    { "customers", 0, 0, G_OPTION_ARG_INT, &customers, "How many customers a new database gets", "N" },
    { "rounds", 0, 0, G_OPTION_ARG_INT, &rounds, "How many rounds (5)", "N" },
    { "seconds", 0, 0, G_OPTION_ARG_DOUBLE, &seconds, "Length of a round (2)", "S" },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  Second second = { NULL };

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || file == NULL || customers < 1 || rounds < 1)
    {
      g_printerr ("gxb-second-floor: %s\n", error != NULL ? error->message : "--db FILE is needed");
      return 2;
    }
  open_bank (&second, file, customers);
  push (&second);
  for (int i = 0; i < rounds; i++)
    printf ("{\"w\":\"e\",\"target\":\"second floor\",\"rate\":%.3f}\n", run_round (&second, seconds));
  sqlite3_close (second.db);
  return 0;
}
