/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The invariants of the simulation (the numbers are the README's). Some hold at every moment, the others when the line is good
 * and all is quiet. An oracle asks the two databases, never the code under test. Those of single exchanges are in gxt-sim-feed and
 * gxt-sim-writes, what a person sees in gxt-sim-shown.
 */
#include "gxt-sim.h"

#include <string.h>

#include "gx-protocol.h"
#include "gxc-blob.h"
#include "gxt-same.h"

static const char *const names[GXT_SIM_N_ORACLES] = {
  [GXT_SIM_I1] = "I1", [GXT_SIM_I2] = "I2", [GXT_SIM_I3] = "I3", [GXT_SIM_I4] = "I4", [GXT_SIM_I5] = "I5", [GXT_SIM_I6] = "I6",
  [GXT_SIM_I7] = "I7", [GXT_SIM_I8] = "I8", [GXT_SIM_I8_FIELD] = "I8-fields", [GXT_SIM_I9] = "I9", [GXT_SIM_I10] = "I10",
  [GXT_SIM_I11] = "I11", [GXT_SIM_I18] = "I18", [GXT_SIM_BUNDLE] = "bundles", [GXT_SIM_SHOWN] = "shown", [GXT_SIM_PAPER] = "papers",
};

const char *
gxt_sim_oracle_name (GxtSimOracle oracle)
{
  return names[oracle];
}

void
gxt_sim_fail (GxtSim       *sim,
              GxtSimOracle  oracle,
              const char   *format,
              ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_error ("seed %" G_GUINT64_FORMAT ": %s: %s", sim->seed, names[oracle], text);
}

static void
assert_none (GxtSim       *sim,
             GxtSimOracle  oracle,
             const char   *sql)
{
  gint64 n = gxt_number (sim->bank->db, sql);

  gxt_sim_check (sim, oracle, n == 0, "%" G_GINT64_FORMAT " rows of %s", n, sql);
}

/* I2 exactly once: one result, and one entry of the log, which is written with the effect; I3 no number is left out; bundles wholly or
 * not at all; I9 what is removed stays removed. */
void
gxt_sim_check_bank (GxtSim *sim)
{
  assert_none (sim, GXT_SIM_I2, "SELECT COUNT(*) - COUNT(DISTINCT mut_id) FROM mut_result");
  assert_none (sim, GXT_SIM_I2, "SELECT COUNT(*) FROM mut_again a WHERE NOT EXISTS (SELECT 1 FROM mut_result r WHERE r.mut_id=a.mut_id)");
  assert_none (sim, GXT_SIM_I2, "SELECT COUNT(*) - COUNT(DISTINCT mut_id) FROM audit_log WHERE mut_id IS NOT NULL AND action IN"
               " ('create', 'patch', 'delete')");
  assert_none (sim, GXT_SIM_I3, "SELECT COUNT(*) FROM client c WHERE c.last_mid > 0 AND NOT EXISTS"
               " (SELECT 1 FROM mut_result r WHERE r.client_id=c.id AND r.mid=c.last_mid) AND NOT EXISTS"
               " (SELECT 1 FROM mut_again a WHERE a.client_id=c.id AND a.mid=c.last_mid)");
  assert_none (sim, GXT_SIM_I3, "SELECT COUNT(*) FROM mut_result r JOIN client c ON c.id=r.client_id WHERE r.mid > c.last_mid");
  assert_none (sim, GXT_SIM_BUNDLE, "SELECT COUNT(*) FROM (SELECT bundle FROM mut_result WHERE bundle IS NOT NULL GROUP BY bundle"
               " HAVING MIN(st IN ('conflict', 'rejected')) <> MAX(st IN ('conflict', 'rejected')))");
  assert_none (sim, GXT_SIM_I9, "SELECT COUNT(*) FROM sim_risen");
  assert_none (sim, GXT_SIM_I9, "SELECT COUNT(*) FROM scope_row s JOIN task t ON t.id=s.row_id WHERE s.gone=0 AND t.del=1");
  assert_none (sim, GXT_SIM_I9, "SELECT COUNT(*) FROM scope_row s JOIN contact_point t ON t.id=s.row_id WHERE s.gone=0 AND t.del=1");
}

/* ---- where each mutation stands ---- */

static GxStatement *
ask (GxDb       *db,
     const char *sql)
{
  g_autoptr(GError) error = NULL;
  GxStatement *statement = gx_db_query (db, &error, sql, NULL);

  g_assert_no_error (error);
  return statement;
}

static gboolean
next (GxStatement *statement)
{
  g_autoptr(GError) error = NULL;
  gboolean there = gx_statement_next (statement, &error);

  g_assert_no_error (error);
  return there;
}

/* Every mutation that has an end or waits for one: set of char*. */
static GHashTable *
load_ends (GxtSim       *sim,
           GxtSimClient *client)
{
  GHashTable *ends = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GxStatement) stored = ask (gxt_sim_db (client), "SELECT mut_id FROM queue UNION ALL SELECT mut_id FROM acked");
  g_autoptr(GxStatement) refused = ask (gxt_sim_db (client), "SELECT json_extract(body, '$.mutation.mut_id') FROM issue");

  while (next (stored))
    {
      GxId id = gx_statement_get_id (stored, 0);
      gboolean once = g_hash_table_add (ends, gx_id_to_string (&id));

      gxt_sim_check (sim, GXT_SIM_I7, once, "mutation %s has two ends", GX_ID_STR (&id));
    }
  while (next (refused))
    {
      const char *text = gx_statement_get_text (refused, 0);
      gboolean once = g_hash_table_add (ends, g_strdup (text));

      gxt_sim_check (sim, GXT_SIM_I7, once, "mutation %s has two ends", text);
    }

  return ends;
}

/* I7, I10: what its person was told is saved waits, is done, or was refused and is readable; nothing but that person takes any of it
 * away. */
static void
check_ends (GxtSim       *sim,
            GxtSimClient *client,
            gboolean      removes)
{
  GHashTable *ends = load_ends (sim, client);
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, client->known);
  while (!removes && g_hash_table_iter_next (&iter, &key, NULL))
    gxt_sim_check (sim, GXT_SIM_I7, g_hash_table_contains (ends, key), "mutation %s of desk %u is lost", (char *) key, client->index);
  g_hash_table_unref (client->known);
  client->known = ends;
}

/* I3: of what waits here, the bank knows the first ones or none. What it knew when it was restored has had its turn, and may wait
 * anywhere to be told so: a request whose document travels once more lets others pass. */
static void
check_prefix (GxtSim       *sim,
              GxtSimClient *client)
{
  g_autoptr(GxStatement) queue = ask (gxt_sim_db (client), "SELECT mut_id FROM queue ORDER BY mid");
  gboolean known = TRUE;

  while (next (queue))
    {
      GxId id = gx_statement_get_id (queue, 0);
      gboolean there = gxt_number_of (sim->bank->db, "SELECT COUNT(*) FROM mut_result WHERE mut_id=?", &id) > 0;

      if (gxt_number_of (sim->bank->db, "SELECT COUNT(*) FROM sim_before WHERE mut_id=?", &id) > 0)
        continue;
      gxt_sim_check (sim, GXT_SIM_I3, known || !there, "the bank knows a mutation of desk %u and not the one before it", client->index);
      known = there;
    }
}

void
gxt_sim_check_desk (GxtSim       *sim,
                    GxtSimClient *client,
                    gboolean      removes)
{
  check_ends (sim, client, removes);
  check_prefix (sim, client);
  gxt_sim_check_shown (sim, client);
}

/* ---- a desk that has synced ---- */

/* I4, I8: its rows are the bank's, and there are no others. */
void
gxt_sim_check_synced (GxtSim       *sim,
                      GxtSimClient *client)
{
  GxDb *db = gxt_sim_db (client);

  gxt_sim_check_cursor (sim, client);
  gxt_sim_totals->checks[GXT_SIM_I4] += gxt_same_rows (&client->line, db);
  gxt_sim_check (sim, GXT_SIM_I8, gxt_number (db, "SELECT COUNT(*) FROM scope WHERE held=0") == 0, "desk %u has synced, and not all of it",
                 client->index);
  /* Every customer is found by its name, and no other. */
  gxt_sim_check (sim, GXT_SIM_I4, gxt_number (db, "SELECT COUNT(*) FROM name_row") == gxt_number (db, "SELECT COUNT(*) FROM customer")
                 && gxt_number (db, "SELECT COUNT(*) FROM name_row WHERE customer_id NOT IN (SELECT id FROM customer)") == 0,
                 "desk %u does not find its customers by name", client->index);
}

/* I1: what this client knows as done is in the server. */
static void
check_done (GxtSim       *sim,
            GxtSimClient *client)
{
  g_autoptr(GxStatement) acked = ask (gxt_sim_db (client), "SELECT mut_id, op, tbl, id FROM acked");

  while (next (acked))
    {
      GxId mut_id = gx_statement_get_id (acked, 0), id = gx_statement_get_id (acked, 3);

      gxt_sim_check (sim, GXT_SIM_I1, gxt_number_of (sim->bank->db, "SELECT COUNT(*) FROM mut_result WHERE mut_id=? AND st IN"
                                                     " ('applied', 'noop', 'pending_review')", &mut_id) == 1,
                     "mutation %s is done for its desk, and not at the bank", GX_ID_STR (&mut_id));
      if (g_strcmp0 (gx_statement_get_text (acked, 1), "create") == 0)
        {
          g_autofree char *sql = g_strdup_printf ("SELECT COUNT(*) FROM %s WHERE id=?", gx_statement_get_text (acked, 2));

          gxt_sim_check (sim, GXT_SIM_I1, gxt_number_of (sim->bank->db, sql, &id) == 1, "what mutation %s made is not at the bank",
                         GX_ID_STR (&mut_id));
        }
    }
}

/* I18: nothing waits for ever. */
static void
check_queue (GxtSim       *sim,
             GxtSimClient *client)
{
  static const char *const empty[] = { "SELECT COUNT(*) FROM queue", "SELECT COUNT(*) FROM cover", "SELECT COUNT(*) FROM covered",
                                       "SELECT COUNT(*) FROM blob WHERE state='WAITING'" };
  GxDb *db = gxt_sim_db (client);

  for (guint i = 0; i < G_N_ELEMENTS (empty); i++)
    gxt_sim_check (sim, GXT_SIM_I18, gxt_number (db, empty[i]) == 0, "desk %u: %s", client->index, empty[i]);
  gxt_sim_check (sim, GXT_SIM_I7, gxt_number (db, "SELECT COUNT(*) FROM result")
                 == gxt_number (db, "SELECT (SELECT COUNT(*) FROM acked) + (SELECT COUNT(*) FROM issue)"),
                 "desk %u has results without an end", client->index);
}

/* Whoever sent it asks for it by a row that he sees. */
static void
check_papers (GxtSim       *sim,
              GxtSimClient *client)
{
  g_autoptr(GxStatement) sent = ask (gxt_sim_db (client), "SELECT b.sha256, a.id FROM blob b JOIN attachment a ON a.sha256=b.sha256 AND a.customer_id"
                                     " IS NOT NULL WHERE b.state='SENT' AND b.path IS NOT NULL");

  while (next (sent))
    {
      g_autoptr(GxsAuthz) authz = gxt_line_authz (&client->line);
      g_autoptr(GError) error = NULL;
      g_autofree char *type = NULL;
      const char *sha256 = gx_statement_get_text (sent, 0);
      GxId ref = gx_statement_get_id (sent, 1);
      g_autoptr(GBytes) here = gxc_blob_read (gxt_sim_store (client), sha256, &error);
      g_autoptr(GBytes) there = here != NULL ? gxs_blobs_read (sim->blobs->blobs, sim->bank->db, authz, sha256, &ref, &type, &error) : NULL;

      if (g_error_matches (error, GX_ERROR, GX_ERROR_FORBIDDEN) || g_error_matches (error, GX_ERROR, GX_ERROR_NOT_FOUND))
        continue;
      g_assert_no_error (error);
      gxt_sim_check (sim, GXT_SIM_PAPER, g_bytes_equal (here, there), "document %s is another one at the bank", sha256);
    }
}

static void
count_results (GxtSimClient *client)
{
  static const struct { const char *st; gsize total; } counts[] = {
    { "applied", G_STRUCT_OFFSET (GxtSimTotals, applied) }, { "noop", G_STRUCT_OFFSET (GxtSimTotals, noop) },
    { "conflict", G_STRUCT_OFFSET (GxtSimTotals, conflict) }, { "rejected", G_STRUCT_OFFSET (GxtSimTotals, rejected) },
    { "pending_review", G_STRUCT_OFFSET (GxtSimTotals, pending_review) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT COUNT(*) FROM result WHERE st='%s'", counts[i].st);

      *(gint64 *) ((char *) gxt_sim_totals + counts[i].total) += gxt_number (gxt_sim_db (client), sql);
    }
  gxt_sim_totals->exchanges += client->line.n_exchanges;
  gxt_sim_totals->papers += gxt_number (gxt_sim_db (client), "SELECT COUNT(*) FROM blob WHERE state='SENT'");
}

void
gxt_sim_check_quiet (GxtSim       *sim,
                     GxtSimClient *client)
{
  count_results (client);
  gxt_sim_check_desk (sim, client, FALSE);
  check_queue (sim, client);
  check_done (sim, client);
  gxt_sim_check_synced (sim, client);
  if (sim->blobs != NULL)
    check_papers (sim, client);
}

/* ---- who looks on ---- */

/* FNV-1a: not against anybody, only to tell two courses apart. */
static void
trace (GxtSim     *sim,
       const void *data,
       gsize       size)
{
  for (gsize i = 0; i < size; i++)
    sim->trace = (sim->trace ^ ((const guint8 *) data)[i]) * G_GUINT64_CONSTANT (1099511628211);
}

static void
trace_bytes (GxtSim *sim,
             GBytes *bytes)
{
  gsize size = 0;
  gconstpointer data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

  trace (sim, data, size);
}

static gboolean
before (gpointer          data,
        GxtLine          *line,
        const GxcRequest *request,
        GxcResponse      *out)
{
  GxtSim *sim = data;

  trace (sim, request->path, strlen (request->path));
  if (sim->tells)
    {
      gsize size = 0;
      const char *body = request->body != NULL ? g_bytes_get_data (request->body, &size) : "";

      g_printerr ("  %u -> %s %s %.*s\n", line->person, request->method, request->path, (int) MIN (size, 3000), body);
    }
  trace_bytes (sim, request->body);
  if (g_str_equal (request->path, GX_PATH_PUSH))
    gxt_sim_before_push (sim, line, request);

  return FALSE;
}

static void
after (gpointer          data,
       GxtLine          *line,
       const GxcRequest *request,
       GxcResponse      *response)
{
  GxtSim *sim = data;

  trace (sim, &response->status, sizeof response->status);
  if (sim->tells)
    {
      gsize size;
      const char *body = g_bytes_get_data (response->body, &size);

      g_printerr ("  %u <- %u %.*s\n", line->person, response->status, (int) MIN (size, 3000), body);
    }
  trace_bytes (sim, response->body);
  if (g_str_equal (request->path, GX_PATH_PUSH))
    gxt_sim_after_push (sim, line, request, response);
  else if (g_str_equal (request->path, GX_PATH_PULL) || g_str_has_prefix (request->path, GX_PATH_BOOTSTRAP))
    gxt_sim_look_at_feed (sim, line, request, response);
}

void
gxt_sim_watch (GxtSim *sim)
{
  sim->watch = (GxtWatch) { before, after, sim };
  sim->trace = G_GUINT64_CONSTANT (14695981039346656037);
  for (guint i = 0; i < GXT_SIM_CLIENTS; i++)
    sim->clients[i].line.watch = &sim->watch;
}
