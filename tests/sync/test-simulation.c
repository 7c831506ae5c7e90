/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deterministic simulation (sync.md 4.3, T1 in small): the real server core and three real clients, in one thread, over a
 * line that loses, cuts, repeats and delays, with a clock and randomness from the seed. At the end of each schedule the
 * line is good again, everybody syncs, and the invariants must hold.
 *
 *   GUANXI_SEED=n runs one schedule; GUANXI_SCHEDULES=n runs that many. A failing seed is printed.
 */
#include "gxt-direct.h"

#include "gx-catalog.h"
#include "gx-change-request.h"
#include "gx-contact-point.h"
#include "gx-customer.h"
#include "gx-interaction.h"
#include "gx-json.h"
#include "gx-person-profile.h"
#include "gx-sql.h"
#include "gx-task.h"
#include "gx-text.h"
#include "gxc-blob.h"
#include "gxc-edit.h"
#include "gxc-issues.h"
#include "gxc-list.h"
#include "gxc-member.h"
#include "gxc-meta.h"
#include "gxc-overlay.h"
#include "gxc-queue.h"
#include "gxc-review.h"
#include "gxc-store-private.h"
#include "gxc-sync.h"
#include "gxs-records.h"
#include "gxs-scope.h"

#include <stdlib.h>
#include <string.h>

#define N_CLIENTS 3

typedef struct
{
  GxtLine     line;
  GxcContext *context;
} Client;

typedef struct
{
  guint64        seed;
  GxSeededRandom random;
  GxtBank       *bank;
  Client         clients[N_CLIENTS];
  guint          n_edits;
} Sim;

/* What all schedules together met; a simulation in which nothing happens proves nothing. */
static struct { gint64 applied, noop, conflict, rejected, pending_review, decided, exchanges; } totals;

static const GxtPerson people[N_CLIENTS] = { GXT_RM1, GXT_RM2, GXT_SUP1 };

static guint
below (Sim   *sim,
       guint  n)
{
  return gx_random_below (&sim->random.parent, n);
}

static GxDb *
db_of (Client *client)
{
  return gxc_store_get_db (gxc_context_get_store (client->context));
}

static void
open_client (Sim    *sim,
             Client *client,
             guint   index)
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
  gxc_context_sign_in (client->context, "https://bank", NULL, "login", "password", NULL, &error);
  g_assert_no_error (error);
}

/* ---- what people do ---- */

static GxRecord *
any_row (Sim            *sim,
         Client         *client,
         const GxEntity *entity)
{
  GxcListQuery query = { .entity = entity };
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) ids = gxc_list_ids (db_of (client), &query, &error);
  GxRecord *record;

  g_assert_no_error (error);
  if (ids->len == 0)
    return NULL;
  record = gxc_list_find (db_of (client), entity, &g_array_index (ids, GxId, below (sim, ids->len)), &error);
  g_assert_no_error (error);

  return record;
}

/* Refusals on the spot are part of the game; anything else is not. */
static void
check_refusal (const GError *error)
{
  static const GxError allowed[] = { GX_ERROR_FIELD, GX_ERROR_NEEDS_REVIEW, GX_ERROR_INVALID, GX_ERROR_STATE };

  for (guint i = 0; error != NULL && i < G_N_ELEMENTS (allowed); i++)
    if (g_error_matches (error, GX_ERROR, (int) allowed[i]))
      return;
  g_assert_no_error (error);
}

static void
set_text (Sim            *sim,
          Client         *client,
          const GxEntity *entity,
          const char     *field,
          const char     *text)
{
  g_autoptr(GxRecord) record = any_row (sim, client, entity);
  g_autoptr(GError) error = NULL;
  GxcReason reason = { .reason = "客户本人到场，证件已核对" };
  gpointer data;

  if (record == NULL)
    return;
  data = gx_entity_copy (entity, gx_record_get_data (record));
  if (gx_field_from_text (gx_entity_find (entity, field), data, text, &error))
    gxc_store_edit (gxc_context_get_store (client->context), entity, gx_record_get_data (record), data, &reason, NULL, &error);
  check_refusal (error);
  gx_entity_free (entity, data);
}

static void
edit_customer (Sim    *sim,
               Client *client)
{
  guint n = sim->n_edits++;
  g_autofree char *text = g_strdup_printf ("%c%c_%c%c", 'a' + n % 26, 'a' + n / 26 % 26, 'A' + n % 26, 'A' + n / 676 % 26);

  set_text (sim, client, &gx_customer_entity, "lang", text);
}

static void
edit_customer_flag (Sim    *sim,
                    Client *client)
{
  set_text (sim, client, &gx_customer_entity, "dnd", below (sim, 2) ? "true" : "false");
}

static void
edit_hobbies (Sim    *sim,
              Client *client)
{
  static const char *const hobbies[] = { "tea", "tea,chess", "go", "tea,go", NULL };

  set_text (sim, client, &gx_person_profile_entity, "hobbies", hobbies[below (sim, G_N_ELEMENTS (hobbies))]);
}

static void
edit_task (Sim    *sim,
           Client *client)
{
  g_autofree char *text = g_strdup_printf ("t%u", sim->n_edits++);

  set_text (sim, client, &gx_task_entity, "title", text);
}

/* Of an active customer a request, of a prospect a patch. */
static void
edit_contact (Sim    *sim,
              Client *client)
{
  g_autofree char *text = g_strdup_printf ("139%08u", sim->n_edits++);

  set_text (sim, client, &gx_contact_point_entity, "value", text);
}

static void
create_task (Sim    *sim,
             Client *client)
{
  g_autoptr(GxRecord) customer = any_row (sim, client, &gx_customer_entity);
  g_autoptr(GError) error = NULL;
  GxTask *task = gx_entity_new (&gx_task_entity);

  if (customer != NULL)
    task->customer_id = *gx_record_get_id (customer);
  task->kind = 1;
  task->due_at = 1795223207000;
  task->title = g_strdup_printf ("n%u", sim->n_edits++);
  gxc_store_create (gxc_context_get_store (client->context), &gx_task_entity, task, NULL, NULL, &error);
  check_refusal (error);
  gx_entity_free (&gx_task_entity, task);
}

static void
create_customer (Sim    *sim,
                 Client *client)
{
  g_autoptr(GError) error = NULL;
  GxCustomer *customer = gx_entity_new (&gx_customer_entity);
  GxContactPoint *contact = gx_entity_new (&gx_contact_point_entity);
  GxcWritten out;

  customer->type = GX_CUSTOMER_PERSON;
  customer->name = g_strdup_printf ("客户%u", sim->n_edits);
  customer->org_id = sim->bank->branch1;
  if (gxc_store_create (gxc_context_get_store (client->context), &gx_customer_entity, customer, NULL, &out, &error))
    {
      contact->customer_id = out.id;
      contact->kind = 1;
      contact->is_primary = TRUE;
      contact->value = g_strdup_printf ("138%08u", sim->n_edits++);
      gxc_store_create (gxc_context_get_store (client->context), &gx_contact_point_entity, contact, NULL, NULL, &error);
    }
  check_refusal (error);
  gx_entity_free (&gx_customer_entity, customer);
  gx_entity_free (&gx_contact_point_entity, contact);
}

static void
delete_row (Sim    *sim,
            Client *client)
{
  const GxEntity *entity = below (sim, 2) ? &gx_task_entity : &gx_contact_point_entity;
  g_autoptr(GxRecord) record = any_row (sim, client, entity);
  g_autoptr(GError) error = NULL;
  GxcReason reason = { .reason = "客户本人到场，证件已核对" };

  if (record != NULL)
    gxc_store_delete (gxc_context_get_store (client->context), entity, gx_record_get_id (record), &reason, NULL, &error);
  check_refusal (error);
}

/* The supervisor decides what it sees; on a bad line nothing comes of it. */
static void
decide (Sim    *sim,
        Client *client)
{
  static const char *const verdicts[] = { "approve", "approve", "reject", "return" };
  static const GxcCondition pending = { "state", GXC_IS, "PENDING" };
  GxcListQuery query = { .entity = &gx_change_request_entity, .conditions = &pending, .n_conditions = 1 };
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) ids = gxc_list_ids (db_of (&sim->clients[2]), &query, &error);
  g_autoptr(JsonNode) shown = NULL;
  g_autoptr(JsonNode) done = NULL;

  g_assert_no_error (error);
  if (ids->len == 0)
    return;
  shown = gxc_review_show (sim->clients[2].context, &g_array_index (ids, GxId, below (sim, ids->len)), NULL, NULL);
  if (shown != NULL)
    done = gxc_review_decide (sim->clients[2].context, json_node_get_object (shown), verdicts[below (sim, G_N_ELEMENTS (verdicts))],
                              "已核对无误", NULL, NULL);
}

static void
resolve_issue (Sim    *sim,
               Client *client)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) issues = gxc_issues_list (db_of (client), &error);
  const GxcIssue *issue;

  g_assert_no_error (error);
  if (issues->len == 0)
    return;
  issue = g_ptr_array_index (issues, below (sim, issues->len));
  if (below (sim, 2))
    gxc_issues_keep_mine (gxc_context_get_store (client->context), issue->mid, &error);
  else
    gxc_issues_drop (gxc_context_get_store (client->context), issue->mid, &error);
  check_refusal (error);
}

/* ---- what happens at the bank ---- */

static void
give_customer (Sim        *sim,
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

/* Back office moves a prospect between managers, or takes it from both. */
static void
move_customer (Sim    *sim,
               Client *client)
{
  const GxId *managers[] = { &sim->bank->people[GXT_RM1].employee, &sim->bank->people[GXT_RM2].employee,
                             &sim->bank->people[GXT_RM3].employee };

  give_customer (sim, &sim->bank->prospect, managers[below (sim, 3)], managers[below (sim, 3)]);
}

static void
pass_time (Sim    *sim,
           Client *client)
{
  sim->bank->clock.now += below (sim, 3600 * 1000);
}

/* ---- what happens on the way ---- */

static void
sync_step (Sim    *sim,
           Client *client)
{
  static const GxtFault faults[] = { GXT_FAULT_LOST_REQUEST, GXT_FAULT_LOST_ANSWER, GXT_FAULT_CUT_ANSWER, GXT_FAULT_TWICE,
                                     GXT_FAULT_CRASH };
  g_autoptr(GError) error = NULL;
  gboolean more;

  if (below (sim, 4) == 0)
    client->line.fault = faults[below (sim, G_N_ELEMENTS (faults))];
  client->line.cut = (guint) gx_random_uint64 (&sim->random.parent);
  if (!gxc_sync_step (gxc_context_get_sync (client->context), &more, NULL, &error))
    g_assert_true (g_error_matches (error, GX_ERROR, GX_ERROR_OFFLINE) || g_error_matches (error, GX_ERROR, GX_ERROR_MALFORMED));
  client->line.fault = GXT_FAULT_NONE;
}

static void
sync_all (Sim    *sim,
          Client *client)
{
  g_autoptr(GError) error = NULL;

  gxc_sync_run (gxc_context_get_sync (client->context), NULL, &error);
  g_assert_no_error (error);
}

static void
old_push_comes_late (Sim    *sim,
                     Client *client)
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
reset_base (Sim    *sim,
            Client *client)
{
  gint64 before = gxc_queue_length (db_of (client));
  g_autoptr(GError) error = NULL;

  if (below (sim, 4) != 0)
    return;
  gxc_store_call (gxc_context_get_store (client->context), reset_here, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gxc_queue_length (db_of (client)), ==, before);
}

static const struct { void (*act) (Sim *sim, Client *client); guint weight; gboolean manager; } acts[] = {
  { edit_customer, 12, TRUE }, { edit_customer_flag, 4, TRUE }, { edit_hobbies, 5, TRUE }, { edit_task, 6, TRUE },
  { edit_contact, 5, TRUE }, { create_task, 6, TRUE }, { create_customer, 2, TRUE }, { delete_row, 4, TRUE },
  { decide, 8 }, { resolve_issue, 5 }, { move_customer, 1 }, { pass_time, 2 },
  { sync_step, 45 }, { sync_all, 3 }, { old_push_comes_late, 2 }, { reset_base, 1 },
};

/* A manager's work is mostly done by managers; now and then the supervisor tries it, and is refused. */
static Client *
draw_client (Sim      *sim,
             gboolean  manager)
{
  return &sim->clients[below (sim, manager && below (sim, 20) > 0 ? 2 : N_CLIENTS)];
}

static void
act (Sim *sim)
{
  guint total = 0, drawn;

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    total += acts[i].weight;
  drawn = below (sim, total);
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      if (drawn < acts[i].weight)
        {
          acts[i].act (sim, draw_client (sim, acts[i].manager));
          return;
        }
      drawn -= acts[i].weight;
    }
}

/* ---- the invariants ---- */

static gint64
number (GxDb       *db,
        const char *sql,
        const GxId *id)
{
  g_autoptr(GError) error = NULL;
  gint64 value;

  gx_db_query_int (db, &value, &error, sql, id != NULL ? "u" : NULL, id);
  g_assert_no_error (error);

  return value;
}

/* I1, I2, I7: each mutation that was made has one result, the same at both ends; what was refused can still be read. */
static void
check_queue (Sim    *sim,
             Client *client)
{
  GxDb *db = db_of (client);
  gint64 last_mid = gxc_meta_get_int (db, GXC_META_LAST_MID);
  gint64 refused = number (db, "SELECT COUNT(*) FROM result WHERE st IN ('conflict', 'rejected')", NULL);

  g_assert_cmpint (gxc_queue_length (db), ==, 0);
  g_assert_cmpint (number (db, "SELECT COUNT(*) FROM result", NULL), ==, last_mid);
  g_assert_cmpint (number (sim->bank->db, "SELECT COUNT(*) FROM mut_result WHERE client_id=?", &client->line.client_id), ==, last_mid);
  g_assert_cmpint (number (sim->bank->db, "SELECT last_mid FROM client WHERE id=?", &client->line.client_id), ==, last_mid);
  g_assert_cmpint (number (db, "SELECT COUNT(*) FROM issue", NULL), ==, refused);
  g_assert_cmpint (number (db, "SELECT COUNT(*) FROM cover", NULL), ==, 0);
  g_assert_cmpint (number (db, "SELECT COUNT(*) FROM covered", NULL), ==, 0);
  g_assert_cmpint (number (sim->bank->db, "SELECT COUNT(*) - COUNT(DISTINCT mut_id) FROM mut_result", NULL), ==, 0);
}

/* Every row that the server has in the session's scopes. */
static GHashTable *
rows_in_scopes (Sim            *sim,
                const GxsAuthz *authz,
                const GxEntity *entity)
{
  GHashTable *ids = g_hash_table_new_full (gx_id_hash, gx_id_equal, g_free, NULL);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; authz->scopes[i] != NULL; i++)
    {
      g_autoptr(GxStatement) statement =
        gx_db_query (sim->bank->db, &error, "SELECT row_id FROM scope_row WHERE gone=0 AND tbl=? AND scope=(SELECT id FROM scope WHERE name=?)",
                     "nt", (int) entity->number, authz->scopes[i]);

      g_assert_no_error (error);
      while (gx_statement_next (statement, &error))
        {
          GxId id = gx_statement_get_id (statement, 0);

          g_hash_table_add (ids, gx_id_copy (&id));
        }
      g_assert_no_error (error);
    }

  return ids;
}

/* I4, I8: the client has the rows of its scopes and no other, byte for byte. */
static void
check_entity (Sim            *sim,
              Client         *client,
              const GxsAuthz *authz,
              const GxEntity *entity)
{
  g_autoptr(GHashTable) there = rows_in_scopes (sim, authz, entity);
  GxcListQuery query = { .entity = entity };
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) here = gxc_list_ids (db_of (client), &query, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < here->len; i++)
    {
      const GxId *id = &g_array_index (here, GxId, i);
      g_autofree char *mine = gxc_list_to_json (db_of (client), entity, id, &error);
      g_autoptr(GString) theirs = g_string_new (NULL);

      g_assert_no_error (error);
      if (!g_hash_table_contains (there, id))
        g_error ("seed %" G_GUINT64_FORMAT ": person %u holds a row that is not in scope: %s", sim->seed, client->line.person, mine);
      gxs_records_get (sim->bank->db, authz, entity, id, theirs, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (mine, ==, theirs->str);
    }
  if (here->len != g_hash_table_size (there))
    g_error ("seed %" G_GUINT64_FORMAT ": person %u has %u of %u rows of %s", sim->seed, client->line.person, here->len,
             g_hash_table_size (there), entity->name);
}

static void
count_results (Client *client)
{
  static const struct { const char *sql; gint64 *total; } counts[] = {
    { "SELECT COUNT(*) FROM result WHERE st='applied'", &totals.applied },
    { "SELECT COUNT(*) FROM result WHERE st='noop'", &totals.noop },
    { "SELECT COUNT(*) FROM result WHERE st='conflict'", &totals.conflict },
    { "SELECT COUNT(*) FROM result WHERE st='rejected'", &totals.rejected },
    { "SELECT COUNT(*) FROM result WHERE st='pending_review'", &totals.pending_review },
  };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    *counts[i].total += number (db_of (client), counts[i].sql, NULL);
  totals.exchanges += client->line.n_exchanges;
}

static void
check_client (Sim    *sim,
              Client *client)
{
  g_autoptr(GxsAuthz) authz = gxt_line_authz (&client->line);

  count_results (client);

  check_queue (sim, client);
  for (guint i = 0; i < gx_n_entities; i++)
    if (gx_entities[i]->fact_of == NULL)
      check_entity (sim, client, authz, gx_entities[i]);

  /* Every customer is found by its name, and no other. */
  g_assert_cmpint (number (db_of (client), "SELECT COUNT(*) FROM name_row", NULL), ==,
                   number (db_of (client), "SELECT COUNT(*) FROM customer", NULL));
  g_assert_cmpint (number (db_of (client), "SELECT COUNT(*) FROM name_row WHERE customer_id NOT IN (SELECT id FROM customer)", NULL), ==, 0);
}

static void
quiesce (Sim *sim)
{
  for (guint i = 0; i < N_CLIENTS; i++)
    sync_all (sim, &sim->clients[i]);
  /* What the last ones wrote reaches the first ones. */
  for (guint i = 0; i < N_CLIENTS; i++)
    sync_all (sim, &sim->clients[i]);
}

static void
run_schedule (guint64 seed)
{
  Sim sim = { .seed = seed };
  guint n;

  gx_seeded_random_init (&sim.random, seed);
  sim.bank = gxt_bank_new (":memory:");
  for (guint i = 0; i < N_CLIENTS; i++)
    open_client (&sim, &sim.clients[i], i);
  /* Two people work on one prospect. */
  give_customer (&sim, &sim.bank->prospect, &sim.bank->people[GXT_RM1].employee, &sim.bank->people[GXT_RM2].employee);
  /* Most begin the day with everything loaded, some while it still is. */
  for (guint i = 0; i < N_CLIENTS; i++)
    if (below (&sim, 4) > 0)
      sync_all (&sim, &sim.clients[i]);
  n = 40 + below (&sim, 80);
  for (guint i = 0; i < n; i++)
    act (&sim);
  quiesce (&sim);
  totals.decided += number (sim.bank->db, "SELECT COUNT(*) FROM cr_decision", NULL);
  for (guint i = 0; i < N_CLIENTS; i++)
    check_client (&sim, &sim.clients[i]);

  for (guint i = 0; i < N_CLIENTS; i++)
    {
      gxc_context_free (sim.clients[i].context);
      gxt_line_clear (&sim.clients[i].line);
    }
  gxt_bank_free (sim.bank);
}

static void
test_schedules (void)
{
  const char *one = g_getenv ("GUANXI_SEED"), *many = g_getenv ("GUANXI_SCHEDULES");
  guint64 first = one != NULL ? g_ascii_strtoull (one, NULL, 10) : 1;
  guint64 n = one != NULL ? 1 : many != NULL ? g_ascii_strtoull (many, NULL, 10) : 300;

  for (guint64 seed = first; seed < first + n; seed++)
    {
      g_test_message ("seed %" G_GUINT64_FORMAT, seed);
      run_schedule (seed);
    }
  g_test_message ("%" G_GUINT64_FORMAT " schedules: %" G_GINT64_FORMAT " applied, %" G_GINT64_FORMAT " same, %" G_GINT64_FORMAT
                  " conflicts, %" G_GINT64_FORMAT " rejected, %" G_GINT64_FORMAT " requests, %" G_GINT64_FORMAT " decisions, %"
                  G_GINT64_FORMAT " exchanges", n, totals.applied, totals.noop, totals.conflict, totals.rejected,
                  totals.pending_review, totals.decided, totals.exchanges);
  if (n >= 300)
    g_assert_true (totals.applied > 0 && totals.noop > 0 && totals.conflict > 0 && totals.rejected > 0 && totals.pending_review > 0
                   && totals.decided > 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/simulation/every_schedule_ends_with_equal_rows", test_schedules);

  return g_test_run ();
}
