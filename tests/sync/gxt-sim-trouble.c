/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happens to the bank and on the way in the simulation: rows change hands and units, grants come and go, what left a scope is
 * forgotten, a backup is put back, a profile turns out to be a copy, a desk dies; the line loses, cuts, garbles, repeats and delays.
 */
#include "gxt-sim.h"

#include <string.h>

#include "gx-customer.h"
#include "gx-json.h"
#include "gx-role-grant.h"
#include "gx-role.h"
#include "gx-sql.h"
#include "gxc-queue.h"
#include "gxc-transfer.h"
#include "gxs-horizon.h"
#include "gxs-mutate.h"
#include "gxs-write.h"

static void
commit (GxsBatch *batch)
{
  g_autoptr(GError) error = NULL;

  gxs_batch_commit (batch, &error);
  g_assert_no_error (error);
}

static GArray *
list_ids (GxDb       *db,
          const char *sql)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GxStatement) statement = gx_db_query (db, &error, sql, NULL);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (GxId));

  g_assert_no_error (error);
  gx_statement_collect_ids (statement, ids, &error);
  g_assert_no_error (error);
  return ids;
}

/* Back office moves a prospect between managers and branches: whoever had it loses it. */
static void
move_customer (GxtSim       *sim,
               GxtSimClient *client)
{
  g_autoptr(GArray) ids = list_ids (sim->bank->db, "SELECT id FROM customer WHERE status=1 AND del=0 ORDER BY id");
  const GxId none = GX_ID_NONE;
  const GxId *managers[] = { &sim->bank->people[GXT_RM1].employee, &sim->bank->people[GXT_RM2].employee,
                             &sim->bank->people[GXT_RM3].employee, &none };
  const GxId *units[] = { &sim->bank->branch1, &sim->bank->branch2 };
  const GxId *customer;

  G_STATIC_ASSERT (GX_CUSTOMER_PROSPECT == 1);
  if (ids->len == 0)
    return;
  customer = &g_array_index (ids, GxId, gxt_sim_below (sim, ids->len));
  gxt_sim_give (sim, customer, managers[gxt_sim_below (sim, 3)], managers[gxt_sim_below (sim, 4)], units[gxt_sim_below (sim, 2)]);
}

static void
pass_time (GxtSim *sim,
           GxtSimClient *client)
{
  sim->bank->clock.now += gxt_sim_below (sim, 3600 * 1000);
}

static void
draw_fault (GxtSim       *sim,
            GxtSimClient *client)
{
  static const GxtFault faults[] = { GXT_FAULT_LOST_REQUEST, GXT_FAULT_LOST_ANSWER, GXT_FAULT_CUT_ANSWER, GXT_FAULT_GARBLED, GXT_FAULT_TWICE,
                                     GXT_FAULT_CRASH };

  client->line.fault = gxt_sim_below (sim, 4) == 0 ? faults[gxt_sim_below (sim, G_N_ELEMENTS (faults))] : GXT_FAULT_NONE;
  client->line.cut = (guint) gx_random_uint64 (&sim->random.parent);
}

static gboolean
is_any_of (const GError  *error,
           const GxError *codes,
           guint          n)
{
  for (guint i = 0; i < n; i++)
    if (g_error_matches (error, GX_ERROR, (int) codes[i]))
      return TRUE;

  return FALSE;
}

/* What a bad line may bring, what the person is asked to sign in for, and nothing else. Of half a refusal no more than the status may
 * be left. */
static void
check_problem (GxtSim       *sim,
               GxtSimClient *client,
               gboolean      mangled,
               const GError *error)
{
  static const GxError line[] = { GX_ERROR_OFFLINE, GX_ERROR_MALFORMED };
  static const GxError session[] = { GX_ERROR_CLIENT_FORKED, GX_ERROR_UNAUTHENTICATED, GX_ERROR_DEVICE };

  if (gxt_disk_is_off (client->disk))
    return;
  if (is_any_of (error, session, G_N_ELEMENTS (session)))
    gxt_sim_sign_in (client);
  else if (!mangled && !is_any_of (error, line, G_N_ELEMENTS (line)))
    gxt_sim_fail (sim, GXT_SIM_I18, "desk %u is told: %s", client->index, error->message);
}

/* All that a feed may change. */
static char *
fingerprint (GxtSimClient *client)
{
  char *text = NULL;

  gx_db_query_text (gxt_sim_db (client), &text, NULL,
                    "SELECT (SELECT COALESCE(MAX(v), '') FROM meta WHERE k='cursor') || '|' || (SELECT COUNT(*) FROM member)"
                    " || '|' || (SELECT COALESCE(GROUP_CONCAT(name || ',' || held || ',' || loaded || ',' || COALESCE(after, '')), '') FROM scope)"
                    " || '|' || (SELECT COUNT(*) FROM cover) || '|' || (SELECT COUNT(*) FROM result)", NULL);
  return text;
}

static void
sync_step (GxtSim       *sim,
           GxtSimClient *client)
{
  g_autofree char *before = NULL, *after = NULL;
  g_autoptr(GError) error = NULL;
  gboolean more, mangled;

  draw_fault (sim, client);
  mangled = client->line.fault == GXT_FAULT_CUT_ANSWER || client->line.fault == GXT_FAULT_GARBLED;
  sim->fed = FALSE;
  if (mangled)
    before = fingerprint (client);
  if (!gxc_sync_step (gxc_context_get_sync (client->context), &more, NULL, &error))
    {
      after = mangled && !gxt_disk_is_off (client->disk) ? fingerprint (client) : NULL;
      if (after != NULL && g_error_matches (error, GX_ERROR, GX_ERROR_MALFORMED))
        gxt_sim_check (sim, GXT_SIM_I11, g_str_equal (before, after), "half an answer changed %s to %s", before, after);
      check_problem (sim, client, mangled, error);
    }
  client->line.fault = GXT_FAULT_NONE;
  if (sim->fed && !gxt_disk_is_off (client->disk))
    gxt_sim_check_cursor (sim, client);
}

/* As long as the line holds, or not so long. */
static void
sync_steps (GxtSim       *sim,
            GxtSimClient *client)
{
  guint n = 1 + gxt_sim_below (sim, 5);

  for (guint i = 0; i < n && !gxt_disk_is_off (client->disk); i++)
    sync_step (sim, client);
}

/* Documents go on their own way. */
static void
paper_step (GxtSim       *sim,
            GxtSimClient *client)
{
  g_autoptr(GError) error = NULL;
  gboolean more, mangled;

  if (sim->blobs == NULL)
    return;
  draw_fault (sim, client);
  mangled = client->line.fault == GXT_FAULT_CUT_ANSWER;
  if (!gxc_transfer_step (gxc_sync_get_transfer (gxc_context_get_sync (client->context)), &more, NULL, &error))
    check_problem (sim, client, mangled, error);
  client->line.fault = GXT_FAULT_NONE;
}

static void
sync_one (GxtSim       *sim,
          GxtSimClient *client)
{
  gxt_sim_sync_all (sim, client);
  gxt_sim_check_synced (sim, client);
}

static void
old_push_comes_late (GxtSim *sim,
                     GxtSimClient *client)
{
  gxt_direct_replay (&client->line);
}

/* I10: forgetting what the server said takes nothing from the queue. */
static void
reset_base (GxtSim       *sim,
            GxtSimClient *client)
{
  gint64 before = gxc_queue_length (gxt_sim_db (client));

  gxt_sim_forget (client);
  gxt_sim_check (sim, GXT_SIM_I10, gxc_queue_length (gxt_sim_db (client)) == before, "the queue is another one after a beginning anew");
}

typedef struct
{
  GxtPerson person;
  GxRole    role;
  gboolean  other_branch;
} Right;

static void
give_right (GxtSim      *sim,
            const Right *right,
            const GxId  *org)
{
  g_autoptr(GxsBatch) batch = gxt_bank_batch (sim->bank);
  GxRoleGrant *grant = gx_entity_new (&gx_role_grant_entity);

  grant->login_id = sim->bank->people[right->person].login;
  grant->role = right->role;
  grant->org_id = *org;
  gxt_bank_create (batch, &gx_role_grant_entity, grant);
  commit (batch);
}

static void
take_right (GxtSim     *sim,
            const GxId *id)
{
  const GxsActor actor = { .action = "revoke", .unaudited = TRUE };
  g_autoptr(GxsBatch) batch = gxt_bank_batch (sim->bank);
  g_autoptr(GError) error = NULL;
  GxRoleGrant *grant = gx_sql_load (sim->bank->db, &gx_role_grant_entity, id, &error);

  g_assert_no_error (error);
  gxs_write_delete (batch, &actor, &gx_role_grant_entity, grant, &error);
  g_assert_no_error (error);
  gx_entity_free (&gx_role_grant_entity, grant);
  commit (batch);
}

/* The supervisor gets the other branch as well, loses it, or loses the own one; now and then a manager is none for a while. */
static void
change_grant (GxtSim       *sim,
              GxtSimClient *client)
{
  static const Right rights[] = {
    { GXT_SUP1, GX_ROLE_SUPERVISOR, TRUE }, { GXT_SUP1, GX_ROLE_SUPERVISOR, TRUE }, { GXT_SUP1, GX_ROLE_SUPERVISOR, FALSE },
    { GXT_RM1, GX_ROLE_RM, FALSE }, { GXT_RM2, GX_ROLE_RM, FALSE }, { GXT_RM3, GX_ROLE_RM, FALSE },
  };
  const Right *right = &rights[gxt_sim_below (sim, G_N_ELEMENTS (rights))];
  const GxId *org = right->other_branch || right->person == GXT_RM3 ? &sim->bank->branch2 : &sim->bank->branch1;
  g_autoptr(GError) error = NULL;
  GxId id = GX_ID_NONE;

  {
    g_autoptr(GxStatement) statement = gx_db_query (sim->bank->db, &error, "SELECT id FROM role_grant WHERE login_id=? AND org_id=? AND del=0",
                                                    "uu", &sim->bank->people[right->person].login, org);

    g_assert_no_error (error);
    if (gx_statement_next (statement, &error))
      id = gx_statement_get_id (statement, 0);
    g_assert_no_error (error);
  }
  if (gx_id_is_none (&id))
    give_right (sim, right, org);
  else
    take_right (sim, &id);
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
}

static void
back_up (GxtSim       *sim,
         GxtSimClient *client)
{
  if (!sim->has_backup)
    gxt_sim_back_up (sim);
}

/* Whoever was signed in signs in again: no session outlives a restore. */
static void
restore (GxtSim       *sim,
         GxtSimClient *client)
{
  if (!sim->has_backup)
    return;
  gxt_sim_restore (sim);
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
  gint64 last = gxt_number_of (sim->bank->db, "SELECT last_mid FROM client WHERE id=?", &client->line.client_id);

  text = g_strdup_printf ("{\"client_id\":\"%s\",\"epoch\":\"%s\",\"schema\":1,\"mutations\":[{\"mid\":%" G_GINT64_FORMAT ",\"mut_id\":\"%s\","
                          "\"op\":\"create\",\"tbl\":\"task\",\"id\":\"%s\",\"set\":{\"title\":\"twin\",\"kind\":\"CALL\",\"status\":\"OPEN\","
                          "\"due_at\":1795223207000,\"assignee_id\":\"%s\"}}]}", GX_ID_STR (&client->line.client_id),
                          gxs_batch_get_epoch (batch), last + 1, GX_ID_STR (&mut_id), GX_ID_STR (&id), GX_ID_STR (&authz->employee_id));
  node = gx_json_parse (text, -1, &error);
  g_assert_no_error (error);
  gxs_mutate_push (batch, authz, json_node_get_object (node), answer, &error);
  g_assert_no_error (error);
  commit (batch);
}

static void
die (GxtSim       *sim,
     GxtSimClient *client)
{
  gxt_sim_die (sim, client);
}

/* In the middle of what a person does or of an exchange: of it, all or nothing is left. */
static void
die_in_the_middle (GxtSim       *sim,
                   GxtSimClient *client)
{
  guint drawn = gxt_sim_below (sim, 2 * gxt_sim_n_people);

  gxt_disk_cut_at (client->disk, 1 + gxt_sim_below (sim, 60));
  if (drawn >= gxt_sim_n_people || gxt_sim_people[drawn].removes)
    sync_steps (sim, client);
  else
    gxt_sim_people[drawn].act (sim, client);
  gxt_sim_die (sim, client);
}

const GxtSimAct gxt_sim_trouble[] = {
  { "move", move_customer, 3, FALSE }, { "time", pass_time, 2, FALSE }, { "exchange", sync_steps, 45, FALSE },
  { "sync", sync_one, 3, FALSE }, { "paper on its way", paper_step, 3, FALSE }, { "late push", old_push_comes_late, 2, FALSE },
  { "begin anew", reset_base, 1, FALSE }, { "grant", change_grant, 3, FALSE }, { "forget gone", forget_gone, 1, FALSE },
  { "backup", back_up, 1, FALSE }, { "restore", restore, 1, FALSE }, { "copy", twin_works, 1, FALSE },
  { "death", die, 1, FALSE }, { "death in the middle", die_in_the_middle, 3, FALSE },
};
const guint gxt_sim_n_trouble = G_N_ELEMENTS (gxt_sim_trouble);
