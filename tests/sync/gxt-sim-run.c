/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One schedule of the simulation: by random numbers alone, what people do and what happens to them; at the end the line is good
 * again, everybody syncs, and the invariants must hold.
 */
#include "gxt-sim.h"

GxtSimTotals *gxt_sim_totals;

#define ROUNDS_MAX 4000         /* exchanges of one sync: more is for ever */

/* Whoever is told when to come again comes then: a document that another desk of the same person began to send is that desk's for
 * half a minute (sync.md 1.8). */
static gboolean
wait_as_told (GxtSim       *sim,
              const GError *error)
{
  guint wait = gx_error_get_retry_after (error);

  if (!g_error_matches (error, GX_ERROR, GX_ERROR_BUSY) || wait == 0)
    return FALSE;

  sim->bank->clock.now += (gint64) wait * 1000;
  return TRUE;
}

/* A copied profile is told so once, and goes on when its person has signed in. */
void
gxt_sim_sync_all (GxtSim       *sim,
                  GxtSimClient *client)
{
  guint before = client->line.n_exchanges;

  client->line.most = before + ROUNDS_MAX;
  for (guint tries = 0; tries < 3; tries++)
    {
      g_autoptr(GError) error = NULL;

      if (gxc_sync_run (gxc_context_get_sync (client->context), NULL, &error))
        {
          client->line.most = 0;
          return;
        }
      if (wait_as_told (sim, error))
        continue;
      if (!g_error_matches (error, GX_ERROR, GX_ERROR_CLIENT_FORKED) && !g_error_matches (error, GX_ERROR, GX_ERROR_DEVICE)
          && !g_error_matches (error, GX_ERROR, GX_ERROR_UNAUTHENTICATED))
        gxt_sim_fail (sim, GXT_SIM_I18, "desk %u over a good line is told: %s", client->index, error->message);
      gxt_sim_sign_in (client);
    }
  gxt_sim_fail (sim, GXT_SIM_I18, "desk %u is to sign in for ever", client->index);
}

/* A manager's work is mostly done by managers; now and then the supervisor tries it, and is refused. */
static GxtSimClient *
draw_client (GxtSim   *sim,
             gboolean  manager)
{
  guint drawn = gxt_sim_below (sim, manager && gxt_sim_below (sim, 20) > 0 ? GXT_SIM_CLIENTS - 1 : GXT_SIM_CLIENTS);

  G_STATIC_ASSERT (GXT_SIM_SUP == GXT_SIM_CLIENTS - 1);
  return &sim->clients[drawn];
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

static guint
find_act (const GxtSimAct *acts,
          guint            drawn)
{
  guint i;

  for (i = 0; drawn >= acts[i].weight; i++)
    drawn -= acts[i].weight;

  return i;
}

static void
act (GxtSim *sim)
{
  guint people_total = total_of (gxt_sim_people, gxt_sim_n_people), trouble_total = total_of (gxt_sim_trouble, gxt_sim_n_trouble);
  guint drawn = gxt_sim_below (sim, people_total + trouble_total);
  gboolean person = drawn < people_total;
  guint index = person ? find_act (gxt_sim_people, drawn) : find_act (gxt_sim_trouble, drawn - people_total);
  const GxtSimAct *chosen = person ? &gxt_sim_people[index] : &gxt_sim_trouble[index];
  GxtSimClient *client = draw_client (sim, chosen->manager);

  gxt_sim_totals->acts[person ? index : gxt_sim_n_people + index]++;
  if (sim->tells)
    g_printerr ("desk %u: %s\n", client->index, chosen->name);
  chosen->act (sim, client);
  gxt_sim_check_desk (sim, client, chosen->removes);
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

/**
 * gxt_sim_run:
 * @sim: as gxt_sim_new() left it
 *
 * Most begin the day with everything loaded, some load it anew. Some lines bring short pages.
 */
void
gxt_sim_run (GxtSim  *sim,
             guint64  seed)
{
  static const guint limits[] = { 0, 1, 2, 5 };
  guint n;

  gxt_sim_begin (sim, seed);
  for (guint i = 0; i < GXT_SIM_CLIENTS; i++)
    {
      sim->clients[i].line.pull_limit = limits[gxt_sim_below (sim, G_N_ELEMENTS (limits))];
      if (gxt_sim_below (sim, 4) == 0)
        gxt_sim_forget (&sim->clients[i]);
    }
  n = 40 + gxt_sim_below (sim, 80);
  for (guint i = 0; i < n; i++)
    {
      act (sim);
      if (i % 8 == 0)
        gxt_sim_check_bank (sim);
    }
  quiesce (sim);
  gxt_sim_check_bank (sim);
  gxt_sim_totals->decided += gxt_number (sim->bank->db, "SELECT COUNT(*) FROM cr_decision");
  gxt_sim_totals->bundles += gxt_number (sim->bank->db, "SELECT COUNT(DISTINCT bundle) FROM mut_result");
  for (guint i = 0; i < GXT_SIM_CLIENTS; i++)
    gxt_sim_check_quiet (sim, &sim->clients[i]);
}
