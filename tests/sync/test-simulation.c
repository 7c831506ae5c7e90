/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deterministic simulation (sync.md 4.3, T1): the real server core and three real clients, in one thread, over a line that
 * loses, cuts, repeats and delays, with a clock and randomness from the seed. What people do is in gxt-sim-people, what
 * happens to them in gxt-sim-trouble. At the end of each schedule the line is good again, everybody syncs, and the
 * invariants (gxt-sim-oracles) must hold.
 *
 *   GUANXI_SEED=n runs one schedule; GUANXI_SCHEDULES=n runs that many, from the seed GUANXI_FIRST on. A failing seed is printed,
 *   and once mended it stays in the list of seeds that are always run.
 */
#include "gxt-sim.h"

#include "gx-customer.h"
#include "gx-sql.h"
#include "gxs-write.h"

#include <glib/gstdio.h>

/* Schedules that once found something. */
static const guint64 found[] = {
  1,      /* a part undone within a part that is undone: the marks of its states were mixed up */
  24,     /* a scope that was given and taken before its first load: asked for again and again */
  184,    /* a copy went on first in a new epoch: the other was told of a gap for ever */
  74,     /* three bad connections in a row, and then a restored server */
};

static const GxtPerson people[GXT_SIM_CLIENTS] = { GXT_RM1, GXT_RM2, GXT_SUP1 };

guint
gxt_sim_below (GxtSim *sim,
               guint   n)
{
  return gx_random_below (&sim->random.parent, n);
}

GxDb *
gxt_sim_db (GxtSimClient *client)
{
  return gxc_store_get_db (gxc_context_get_store (client->context));
}

/* Over a line that works: people are patient with a password. */
void
gxt_sim_sign_in (GxtSimClient *client)
{
  g_autoptr(GError) error = NULL;
  GxtFault fault = client->line.fault;

  client->line.fault = GXT_FAULT_NONE;
  gxc_context_sign_in (client->context, "https://bank", NULL, "login", "password", NULL, &error);
  g_assert_no_error (error);
  client->line.fault = fault;
}

void
gxt_sim_open (GxtSim       *sim,
              GxtSimClient *client,
              guint         index)
{
  GxcKeyring *keyring = gxc_keyring_new_memory ();
  GxcContextOptions options = { .clock = &sim->bank->clock.parent, .random = &sim->random.parent, .connect = gxt_direct_connect,
                                .connect_data = &client->line, .keyring = keyring };
  g_autoptr(GError) error = NULL;
  g_autofree char *key = gx_secret_key_to_text (&sim->bank->people[people[index]].key);

  client->line = (GxtLine) { .bank = sim->bank, .person = people[index] };
  gxc_keyring_store (keyring, GXC_SECRET_DEVICE, key, &error);
  client->context = gxc_context_new (&options, &error);
  g_assert_no_error (error);
  client->sent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gxt_sim_sign_in (client);
}

void
gxt_sim_give (GxtSim     *sim,
              const GxId *customer,
              const GxId *primary_rm,
              const GxId *wealth_mgr)
{
  const GxsActor actor = { .action = "patch", .unaudited = TRUE };
  g_autoptr(GxsBatch) batch = gxt_bank_batch (sim->bank);
  g_autoptr(GError) error = NULL;
  GxCustomer *before = gx_sql_load (sim->bank->db, &gx_customer_entity, customer, &error), *after;

  g_assert_no_error (error);
  after = gx_entity_copy (&gx_customer_entity, before);
  after->primary_rm_id = *primary_rm;
  after->wealth_mgr_id = *wealth_mgr;
  gxs_write_update (batch, &actor, &gx_customer_entity, before, after, &error);
  g_assert_no_error (error);
  gxs_batch_commit (batch, &error);
  g_assert_no_error (error);
  gx_entity_free (&gx_customer_entity, before);
  gx_entity_free (&gx_customer_entity, after);
}

/* A copied profile is told so once, and goes on when its person has signed in. */
void
gxt_sim_sync_all (GxtSim       *sim,
                  GxtSimClient *client)
{
  for (guint tries = 0; tries < 3; tries++)
    {
      g_autoptr(GError) error = NULL;

      if (gxc_sync_run (gxc_context_get_sync (client->context), NULL, &error))
        return;
      if (!g_error_matches (error, GX_ERROR, GX_ERROR_CLIENT_FORKED))
        g_assert_no_error (error);
      gxt_sim_sign_in (client);
    }
  g_error ("seed %" G_GUINT64_FORMAT ": I18: it is a copy for ever", sim->seed);
}

/* A manager's work is mostly done by managers; now and then the supervisor tries it, and is refused. */
static GxtSimClient *
draw_client (GxtSim   *sim,
             gboolean  manager)
{
  return &sim->clients[gxt_sim_below (sim, manager && gxt_sim_below (sim, 20) > 0 ? 2 : GXT_SIM_CLIENTS)];
}

static guint
total_of (const GxtSimAct *acts,
          guint            n)
{
  guint total = 0;

  for (guint i = 0; i < n; i++)
    total += acts[i].weight;

  return total;
}

static const GxtSimAct *
find_act (const GxtSimAct *acts,
          guint            n,
          guint            drawn)
{
  for (guint i = 0; i < n; i++)
    {
      if (drawn < acts[i].weight)
        return &acts[i];
      drawn -= acts[i].weight;
    }
  g_assert_not_reached ();
}

static void
act (GxtSim *sim)
{
  guint people_total = total_of (gxt_sim_people, gxt_sim_n_people), trouble_total = total_of (gxt_sim_trouble, gxt_sim_n_trouble);
  guint drawn = gxt_sim_below (sim, people_total + trouble_total);
  const GxtSimAct *chosen = drawn < people_total ? find_act (gxt_sim_people, gxt_sim_n_people, drawn)
                            : find_act (gxt_sim_trouble, gxt_sim_n_trouble, drawn - people_total);

  chosen->act (sim, draw_client (sim, chosen->manager));
  for (guint i = 0; i < GXT_SIM_CLIENTS; i++)
    gxt_sim_note_sent (sim, &sim->clients[i]);
}

static void
quiesce (GxtSim *sim)
{
  for (guint i = 0; i < GXT_SIM_CLIENTS; i++)
    gxt_sim_sync_all (sim, &sim->clients[i]);
  /* What the last ones wrote reaches the first ones. */
  for (guint i = 0; i < GXT_SIM_CLIENTS; i++)
    gxt_sim_sync_all (sim, &sim->clients[i]);
}

/* What a request for a grant does is tested elsewhere (I14). */
static void
drop_grant_guards (GxDb *db)
{
  static const char *const names[] = { "guard_role_grant_del", "guard_role_grant_insert" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *sql = g_strdup_printf ("DROP TRIGGER IF EXISTS %s", names[i]);
      g_autoptr(GError) error = NULL;

      gx_db_exec (db, sql, &error);
      g_assert_no_error (error);
    }
}

static void
run_schedule (guint64 seed)
{
  GxtSim sim = { .seed = seed };
  guint n;

  gx_seeded_random_init (&sim.random, seed);
  sim.bank = gxt_bank_new (":memory:");
  drop_grant_guards (sim.bank->db);
  for (guint i = 0; i < GXT_SIM_CLIENTS; i++)
    gxt_sim_open (&sim, &sim.clients[i], i);
  /* Two people work on one prospect. */
  gxt_sim_give (&sim, &sim.bank->prospect, &sim.bank->people[GXT_RM1].employee, &sim.bank->people[GXT_RM2].employee);
  /* Most begin the day with everything loaded, some while it still is. */
  for (guint i = 0; i < GXT_SIM_CLIENTS; i++)
    if (gxt_sim_below (&sim, 4) > 0)
      gxt_sim_sync_all (&sim, &sim.clients[i]);
  n = 40 + gxt_sim_below (&sim, 80);
  for (guint i = 0; i < n; i++)
    {
      act (&sim);
      if (i % 8 == 0)
        gxt_sim_check_always (&sim);
    }
  quiesce (&sim);
  gxt_sim_check_always (&sim);
  gxt_sim_totals.decided += gxt_sim_number (sim.bank->db, "SELECT COUNT(*) FROM cr_decision", NULL);
  for (guint i = 0; i < GXT_SIM_CLIENTS; i++)
    gxt_sim_check_quiet (&sim, &sim.clients[i]);

  for (guint i = 0; i < GXT_SIM_CLIENTS; i++)
    {
      gxc_context_free (sim.clients[i].context);
      gxt_line_clear (&sim.clients[i].line);
      g_hash_table_unref (sim.clients[i].sent);
    }
  gxt_bank_free (sim.bank);
  if (sim.backup != NULL)
    g_unlink (sim.backup);
  g_free (sim.backup);
}

static guint64
from_environment (const char *name,
                  guint64     otherwise)
{
  const char *text = g_getenv (name);

  return text != NULL ? g_ascii_strtoull (text, NULL, 10) : otherwise;
}

static void
test_schedules (void)
{
  const GxtSimTotals *totals = &gxt_sim_totals;
  guint64 one = from_environment ("GUANXI_SEED", 0), n = one != 0 ? 1 : from_environment ("GUANXI_SCHEDULES", 300);
  guint64 first = one != 0 ? one : from_environment ("GUANXI_FIRST", 1);

  for (guint64 seed = first; seed < first + n; seed++)
    {
      g_test_message ("seed %" G_GUINT64_FORMAT, seed);
      run_schedule (seed);
    }
  g_test_message ("%" G_GUINT64_FORMAT " schedules from seed %" G_GUINT64_FORMAT ", 0 failures: %" G_GINT64_FORMAT " applied, %" G_GINT64_FORMAT
                  " same, %" G_GINT64_FORMAT " conflicts, %" G_GINT64_FORMAT " rejected, %" G_GINT64_FORMAT " requests, %" G_GINT64_FORMAT
                  " decisions, %" G_GINT64_FORMAT " bundles; %" G_GINT64_FORMAT " copies, %" G_GINT64_FORMAT " restores, %" G_GINT64_FORMAT
                  " horizons, %" G_GINT64_FORMAT " grants; %" G_GINT64_FORMAT " exchanges", n, first, totals->applied, totals->noop,
                  totals->conflict, totals->rejected, totals->pending_review, totals->decided, totals->bundles, totals->forks,
                  totals->restores, totals->expired, totals->grants, totals->exchanges);
  if (n >= 300)
    g_assert_true (totals->applied > 0 && totals->noop > 0 && totals->conflict > 0 && totals->rejected > 0 && totals->pending_review > 0
                   && totals->decided > 0 && totals->bundles > 0 && totals->forks > 0 && totals->restores > 0 && totals->expired > 0
                   && totals->grants > 0);
}

static void
test_found (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (found); i++)
    run_schedule (found[i]);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/simulation/what_was_once_found", test_found);
  g_test_add_func ("/sync/simulation/every_schedule_ends_with_equal_rows", test_schedules);

  return g_test_run ();
}
