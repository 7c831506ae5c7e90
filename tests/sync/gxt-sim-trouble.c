/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happens to the bank and on the way in the simulation: rows change hands, grants come and go, what left a scope is
 * forgotten, a backup is put back, a profile turns out to be a copy; the line loses, cuts, repeats and delays.
 */
#include "gxt-sim.h"

#include <string.h>

#include "gx-customer.h"
#include "gx-json.h"
#include "gx-role-grant.h"
#include "gx-role.h"
#include "gx-sql.h"
#include "gxc-member.h"
#include "gxc-queue.h"
#include "gxc-store-private.h"
#include "gxs-horizon.h"
#include "gxs-mutate.h"
#include "gxs-write.h"


/* Back office moves a prospect between managers, or takes it from both. */
static void
move_customer (GxtSim *sim,
               GxtSimClient *client)
{
  const GxId *managers[] = { &sim->bank->people[GXT_RM1].employee, &sim->bank->people[GXT_RM2].employee,
                             &sim->bank->people[GXT_RM3].employee };

  gxt_sim_give (sim, &sim->bank->prospect, managers[gxt_sim_below (sim, 3)], managers[gxt_sim_below (sim, 3)]);
}

static void
pass_time (GxtSim *sim,
           GxtSimClient *client)
{
  sim->bank->clock.now += gxt_sim_below (sim, 3600 * 1000);
}

static void
sync_step (GxtSim *sim,
           GxtSimClient *client)
{
  static const GxtFault faults[] = { GXT_FAULT_LOST_REQUEST, GXT_FAULT_LOST_ANSWER, GXT_FAULT_CUT_ANSWER, GXT_FAULT_TWICE,
                                     GXT_FAULT_CRASH };
  g_autoptr(GError) error = NULL;
  gboolean more, cut = FALSE;

  if (gxt_sim_below (sim, 4) == 0)
    client->line.fault = faults[gxt_sim_below (sim, G_N_ELEMENTS (faults))];
  cut = client->line.fault == GXT_FAULT_CUT_ANSWER;      /* of a refusal no more than the status may be left */
  client->line.cut = (guint) gx_random_uint64 (&sim->random.parent);
  if (!gxc_sync_step (gxc_context_get_sync (client->context), &more, NULL, &error)
      && !cut && !(g_error_matches (error, GX_ERROR, GX_ERROR_OFFLINE) || g_error_matches (error, GX_ERROR, GX_ERROR_MALFORMED)
           || g_error_matches (error, GX_ERROR, GX_ERROR_CLIENT_FORKED)))
    g_error ("seed %" G_GUINT64_FORMAT ": %s", sim->seed, error->message);
  client->line.fault = GXT_FAULT_NONE;
  if (g_error_matches (error, GX_ERROR, GX_ERROR_CLIENT_FORKED))
    gxt_sim_sign_in (client);
}

static void
sync_one (GxtSim       *sim,
          GxtSimClient *client)
{
  gxt_sim_sync_all (sim, client);
}

static void
old_push_comes_late (GxtSim *sim,
                     GxtSimClient *client)
{
  gxt_direct_replay (&client->line);
}

static gboolean
reset_here (GxcStore  *store,
            gpointer   data,
            GError   **error)
{
  g_autoptr(GxTransaction) transaction = gx_transaction_begin (gxc_store_get_db (store), error);

  return transaction != NULL && gxc_member_reset (store, error) && gxc_store_commit (store, transaction, error);
}

/* I10: forgetting what the server said takes nothing from the queue. */
static void
reset_base (GxtSim *sim,
            GxtSimClient *client)
{
  gint64 before = gxc_queue_length (gxt_sim_db (client));
  g_autoptr(GError) error = NULL;

  if (gxt_sim_below (sim, 4) != 0)
    return;
  gxc_store_call (gxc_context_get_store (client->context), reset_here, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gxc_queue_length (gxt_sim_db (client)), ==, before);
}

static void
commit (GxsBatch *batch)
{
  g_autoptr(GError) error = NULL;

  gxs_batch_commit (batch, &error);
  g_assert_no_error (error);
}

/* The supervisor gets the other branch as well, or loses it again. */
static void
change_grant (GxtSim       *sim,
              GxtSimClient *client)
{
  const GxsActor actor = { .action = "grant", .unaudited = TRUE };
  const GxId *login = &sim->bank->people[GXT_SUP1].login;
  g_autoptr(GxsBatch) batch = gxt_bank_batch (sim->bank);
  g_autoptr(GError) error = NULL;
  gint64 n = 0;

  gx_db_query_int (sim->bank->db, &n, &error, "SELECT COUNT(*) FROM role_grant WHERE login_id=? AND org_id=? AND del=0", "uu", login,
                   &sim->bank->branch2);
  g_assert_no_error (error);
  if (n == 0)
    {
      GxRoleGrant *grant = gx_entity_new (&gx_role_grant_entity);

      grant->login_id = *login;
      grant->role = GX_ROLE_SUPERVISOR;
      grant->org_id = sim->bank->branch2;
      gxt_bank_create (batch, &gx_role_grant_entity, grant);
    }
  else
    {
      g_autoptr(GxStatement) statement = gx_db_query (sim->bank->db, &error, "SELECT id FROM role_grant WHERE login_id=? AND org_id=? AND del=0",
                                                      "uu", login, &sim->bank->branch2);
      GxRoleGrant *grant;
      GxId id;

      g_assert_true (gx_statement_next (statement, &error));
      id = gx_statement_get_id (statement, 0);
      g_clear_pointer (&statement, gx_statement_release);
      grant = gx_sql_load (sim->bank->db, &gx_role_grant_entity, &id, &error);
      gxs_write_delete (batch, &actor, &gx_role_grant_entity, grant, &error);
      g_assert_no_error (error);
      gx_entity_free (&gx_role_grant_entity, grant);
    }
  commit (batch);
  gxt_sim_totals.grants++;
}

/* As if half a year had passed: what left a scope is forgotten, and cursors from before have expired. */
static void
forget_gone (GxtSim       *sim,
             GxtSimClient *client)
{
  g_autoptr(GxsBatch) batch = gxt_bank_batch (sim->bank);
  g_autoptr(GError) error = NULL;
  gint64 now = gxs_batch_get_now (batch);

  gx_db_run (sim->bank->db, &error, "INSERT INTO sync_mark(at, seq) VALUES(?, ?) ON CONFLICT(at) DO UPDATE SET seq=excluded.seq", "ii",
             now - GXS_HORIZON_AGE - 1, gxs_batch_get_head (batch));
  g_assert_no_error (error);
  gxs_horizon_sweep (batch, &error);
  g_assert_no_error (error);
  commit (batch);
  gxt_sim_totals.expired++;
}

static void
back_up (GxtSim       *sim,
         GxtSimClient *client)
{
  if (sim->backup == NULL)
    sim->backup = gxt_bank_back_up (sim->bank);
}

/* Whoever was signed in signs in again: no session outlives a restore. */
static void
restore (GxtSim       *sim,
         GxtSimClient *client)
{
  if (sim->backup == NULL)
    return;
  gxt_bank_restore (sim->bank, sim->backup);
  sim->restored = TRUE;
  gxt_sim_totals.restores++;
  for (guint i = 0; i < GXT_SIM_CLIENTS; i++)
    gxt_sim_sign_in (&sim->clients[i]);
}

/* A twin of the client, from a copied disk, was faster: it has used the next number for a change of its own. */
static void
twin_works (GxtSim       *sim,
            GxtSimClient *client)
{
  const GxId mut_id = gxt_bank_id (sim->bank), id = gxt_bank_id (sim->bank);
  g_autoptr(GxsAuthz) authz = gxt_line_authz (&client->line);
  g_autoptr(GxsBatch) batch = gxt_bank_batch (sim->bank);
  g_autoptr(GString) answer = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = NULL;
  g_autofree char *text = NULL;
  gint64 last = gxt_sim_number (sim->bank->db, "SELECT last_mid FROM client WHERE id=?", &client->line.client_id);

  text = g_strdup_printf ("{\"client_id\":\"%s\",\"epoch\":\"%s\",\"schema\":1,\"mutations\":[{\"mid\":%" G_GINT64_FORMAT ",\"mut_id\":\"%s\","
                          "\"op\":\"create\",\"tbl\":\"task\",\"id\":\"%s\",\"set\":{\"title\":\"twin\",\"kind\":\"CALL\",\"status\":\"OPEN\","
                          "\"due_at\":1795223207000,\"assignee_id\":\"%s\"}}]}", GX_ID_STR (&client->line.client_id),
                          gxs_batch_get_epoch (batch), last + 1, GX_ID_STR (&mut_id), GX_ID_STR (&id), GX_ID_STR (&authz->employee_id));
  node = gx_json_parse (text, -1, &error);
  g_assert_no_error (error);
  gxs_mutate_push (batch, authz, json_node_get_object (node), answer, &error);
  g_assert_no_error (error);
  commit (batch);
  gxt_sim_totals.forks++;
}

const GxtSimAct gxt_sim_trouble[] = {
  { move_customer, 1, FALSE }, { pass_time, 2, FALSE }, { sync_step, 45, FALSE }, { sync_one, 3, FALSE },
  { old_push_comes_late, 2, FALSE }, { reset_base, 1, FALSE }, { change_grant, 1, FALSE }, { forget_gone, 1, FALSE },
  { back_up, 1, FALSE }, { restore, 1, FALSE }, { twin_works, 1, FALSE },
};
const guint gxt_sim_n_trouble = G_N_ELEMENTS (gxt_sim_trouble);
