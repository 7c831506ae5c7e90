/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The invariants of the simulation (the numbers are the README's). Some hold at every moment, the others when the line is good
 * and all is quiet. An oracle asks the two databases, never the code under test.
 */
#include "gxt-sim.h"

#include "gxc-meta.h"
#include "gxt-same.h"

#include <string.h>

GxtSimTotals gxt_sim_totals;

gint64
gxt_sim_number (GxDb       *db,
                const char *sql,
                const GxId *id)
{
  g_autoptr(GError) error = NULL;
  gint64 value;

  gx_db_query_int (db, &value, &error, sql, id != NULL ? "u" : NULL, id);
  g_assert_no_error (error);

  return value;
}

static void
foreach_id (GxDb        *db,
            const char  *sql,
            const GxId  *arg,
            void       (*func) (const char *text, gpointer data),
            gpointer     data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GxStatement) statement = gx_db_query (db, &error, sql, arg != NULL ? "u" : NULL, arg);

  g_assert_no_error (error);
  while (gx_statement_next (statement, &error))
    {
      GxId id = gx_statement_get_id (statement, 0);

      func (GX_ID_STR (&id), data);
    }
  g_assert_no_error (error);
}

static void
add_text (const char *text,
          gpointer    data)
{
  g_hash_table_add (data, g_strdup (text));
}

/* From here on nobody but a result takes it away. */
void
gxt_sim_note_sent (GxtSim       *sim,
                   GxtSimClient *client)
{
  foreach_id (gxt_sim_db (client), "SELECT mut_id FROM queue WHERE sent_at IS NOT NULL", NULL, add_text, client->sent);
}

static void
assert_none (GxtSim     *sim,
             const char *invariant,
             const char *sql)
{
  gint64 n = gxt_sim_number (sim->bank->db, sql, NULL);

  if (n != 0)
    g_error ("seed %" G_GUINT64_FORMAT ": %s: %" G_GINT64_FORMAT " rows of %s", sim->seed, invariant, n, sql);
}

/* I2 exactly once; I3 a prefix of the queue; bundles wholly or not at all; I9 what is removed stays removed. */
void
gxt_sim_check_always (GxtSim *sim)
{
  assert_none (sim, "I2", "SELECT COUNT(*) - COUNT(DISTINCT mut_id) FROM mut_result");
  assert_none (sim, "I2", "SELECT COUNT(*) FROM mut_again a WHERE NOT EXISTS (SELECT 1 FROM mut_result r WHERE r.mut_id=a.mut_id)");
  assert_none (sim, "I3", "SELECT COUNT(*) FROM client c WHERE c.last_mid > 0 AND NOT EXISTS"
               " (SELECT 1 FROM mut_result r WHERE r.client_id=c.id AND r.mid=c.last_mid) AND NOT EXISTS"
               " (SELECT 1 FROM mut_again a WHERE a.client_id=c.id AND a.mid=c.last_mid)");
  assert_none (sim, "I3", "SELECT COUNT(*) FROM mut_result r JOIN client c ON c.id=r.client_id WHERE r.mid > c.last_mid");
  assert_none (sim, "bundle", "SELECT COUNT(*) FROM (SELECT bundle FROM mut_result WHERE bundle IS NOT NULL GROUP BY bundle"
               " HAVING MIN(st IN ('conflict', 'rejected')) <> MAX(st IN ('conflict', 'rejected')))");
  assert_none (sim, "I9", "SELECT COUNT(*) FROM scope_row s JOIN task t ON t.id=s.row_id WHERE s.gone=0 AND t.del=1");
}

typedef struct
{
  GxtSim       *sim;
  GxtSimClient *client;
} Pair;

/* I1: what this client knows as done is in the server. */
static void
check_done (const char *text,
            gpointer    data)
{
  const Pair *pair = data;
  GxId id;

  g_assert_true (gx_id_parse (text, &id));
  if (gxt_sim_number (pair->sim->bank->db, "SELECT COUNT(*) FROM mut_result WHERE mut_id=? AND st IN ('applied', 'noop', 'pending_review')",
                      &id) != 1)
    g_error ("seed %" G_GUINT64_FORMAT ": I1: mutation %s is done for its desk, and not at the bank", pair->sim->seed, text);
}

/* I7: what ever left has its result, and a refused one its text. */
static void
check_sent (GxtSim       *sim,
            GxtSimClient *client)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, client->sent);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      g_autofree char *pattern = g_strdup_printf ("%%\"mut_id\":\"%s\"%%", (char *) key);
      g_autoptr(GError) error = NULL;
      gint64 n = 0;
      GxId id;

      g_assert_true (gx_id_parse (key, &id));
      gx_db_query_int (gxt_sim_db (client), &n, &error, "SELECT (SELECT COUNT(*) FROM acked WHERE mut_id=?)"
                       " + (SELECT COUNT(*) FROM issue WHERE body LIKE ?)", "ut", &id, pattern);
      g_assert_no_error (error);
      if (n != 1)
        g_error ("seed %" G_GUINT64_FORMAT ": I7: mutation %s has %" G_GINT64_FORMAT " ends", sim->seed, (char *) key, n);
    }
}

/* I18: nothing waits for ever. */
static void
check_queue (GxtSim       *sim,
             GxtSimClient *client)
{
  GxDb *db = gxt_sim_db (client);
  Pair pair = { sim, client };

  g_assert_cmpint (gxt_sim_number (db, "SELECT COUNT(*) FROM queue", NULL), ==, 0);
  g_assert_cmpint (gxt_sim_number (db, "SELECT COUNT(*) FROM result", NULL), ==,
                   gxt_sim_number (db, "SELECT (SELECT COUNT(*) FROM acked) + (SELECT COUNT(*) FROM issue)", NULL));
  g_assert_cmpint (gxt_sim_number (db, "SELECT COUNT(*) FROM cover", NULL), ==, 0);
  g_assert_cmpint (gxt_sim_number (db, "SELECT COUNT(*) FROM covered", NULL), ==, 0);
  foreach_id (db, "SELECT mut_id FROM acked", NULL, check_done, &pair);
  check_sent (sim, client);
}

static void
count_results (GxtSimClient *client)
{
  static const struct { const char *sql; gint64 *total; } counts[] = {
    { "SELECT COUNT(*) FROM result WHERE st='applied'", &gxt_sim_totals.applied },
    { "SELECT COUNT(*) FROM result WHERE st='noop'", &gxt_sim_totals.noop },
    { "SELECT COUNT(*) FROM result WHERE st='conflict'", &gxt_sim_totals.conflict },
    { "SELECT COUNT(*) FROM result WHERE st='rejected'", &gxt_sim_totals.rejected },
    { "SELECT COUNT(*) FROM result WHERE st='pending_review'", &gxt_sim_totals.pending_review },
  };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    *counts[i].total += gxt_sim_number (gxt_sim_db (client), counts[i].sql, NULL);
  gxt_sim_totals.exchanges += client->line.n_exchanges;
}

void
gxt_sim_check_quiet (GxtSim       *sim,
                     GxtSimClient *client)
{
  count_results (client);

  check_queue (sim, client);
  gxt_sim_totals.bundles += gxt_sim_number (sim->bank->db, "SELECT COUNT(DISTINCT bundle) FROM mut_result WHERE client_id=?",
                                            &client->line.client_id);
  gxt_same_rows (&client->line, gxt_sim_db (client));

  /* Every customer is found by its name, and no other. */
  g_assert_cmpint (gxt_sim_number (gxt_sim_db (client), "SELECT COUNT(*) FROM name_row", NULL), ==,
                   gxt_sim_number (gxt_sim_db (client), "SELECT COUNT(*) FROM customer", NULL));
  g_assert_cmpint (gxt_sim_number (gxt_sim_db (client), "SELECT COUNT(*) FROM name_row WHERE customer_id NOT IN (SELECT id FROM customer)", NULL), ==, 0);
}

