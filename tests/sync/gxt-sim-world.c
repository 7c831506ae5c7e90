/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The world of the simulation: a bank with two branches, and four desks that have signed in and loaded, each on a disk in memory.
 * It is made once; a schedule begins in a copy of the process, or spends it.
 *
 * Not here: what happens in it.
 */
#include "gxt-sim.h"

#include <glib/gstdio.h>

#include "gx-catalog.h"
#include "gx-contact-point.h"
#include "gx-customer.h"
#include "gx-interaction.h"
#include "gx-sql.h"
#include "gx-task.h"
#include "gxc-member.h"
#include "gxc-store-private.h"
#include "gxs-restore.h"
#include "gxt-door.h"

#define BANK   "bank.db"
#define BACKUP "backup.db"

static const GxtPerson people[GXT_SIM_CLIENTS] = { GXT_RM1, GXT_RM2, GXT_RM3, GXT_SUP1 };

guint
gxt_sim_below (GxtSim *sim,
               guint   n)
{
  return gx_random_below (&sim->random.parent, n);
}

GxcStore *
gxt_sim_store (GxtSimClient *client)
{
  return gxc_context_get_store (client->context);
}

GxDb *
gxt_sim_db (GxtSimClient *client)
{
  return gxc_store_get_db (gxt_sim_store (client));
}

/* ---- the bank ---- */

static void
commit (GxsBatch *batch)
{
  g_autoptr(GError) error = NULL;

  gxs_batch_commit (batch, &error);
  g_assert_no_error (error);
}

void
gxt_sim_give (GxtSim     *sim,
              const GxId *customer,
              const GxId *primary_rm,
              const GxId *wealth_mgr,
              const GxId *org)
{
  const GxsActor actor = { .action = "patch", .unaudited = TRUE };
  g_autoptr(GxsBatch) batch = gxt_bank_batch (sim->bank);
  g_autoptr(GError) error = NULL;
  GxCustomer *before = gx_sql_load (sim->bank->db, &gx_customer_entity, customer, &error), *after;

  g_assert_no_error (error);
  after = gx_entity_copy (&gx_customer_entity, before);
  after->primary_rm_id = *primary_rm;
  after->wealth_mgr_id = *wealth_mgr;
  after->org_id = *org;
  gxs_write_update (batch, &actor, &gx_customer_entity, before, after, &error);
  g_assert_no_error (error);
  commit (batch);
  gx_entity_free (&gx_customer_entity, before);
  gx_entity_free (&gx_customer_entity, after);
}

static void
exec (GxDb       *db,
      const char *sql)
{
  g_autoptr(GError) error = NULL;

  gx_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

/* What a request for a grant does is tested elsewhere (I14). */
static void
drop_grant_guards (GxDb *db)
{
  exec (db, "DROP TRIGGER IF EXISTS guard_role_grant_del");
  exec (db, "DROP TRIGGER IF EXISTS guard_role_grant_insert");
}

/* The database itself tells when a removed row lives again, or is not even a tombstone any more (I9). */
static void
watch_tombstones (GxDb *db)
{
  exec (db, "CREATE TABLE sim_risen(tbl TEXT NOT NULL, id BLOB NOT NULL)");
  for (guint i = 0; i < gx_n_entities; i++)
    if (gx_entities[i]->fact_of == NULL)
      {
        g_autofree char *risen = g_strdup_printf (
          "CREATE TRIGGER sim_risen_%1$s AFTER UPDATE OF del ON %1$s WHEN OLD.del=1 AND NEW.del=0 BEGIN"
          " INSERT INTO sim_risen VALUES('%1$s', NEW.id); END", gx_entities[i]->name);
        g_autofree char *vanished = g_strdup_printf (
          "CREATE TRIGGER sim_vanished_%1$s AFTER DELETE ON %1$s BEGIN INSERT INTO sim_risen VALUES('%1$s', OLD.id); END",
          gx_entities[i]->name);

        exec (db, risen);
        exec (db, vanished);
      }
}

static void
hang_on_customer (GxtSim     *sim,
                  GxsBatch   *batch,
                  const GxId *customer,
                  GxtPerson   owner,
                  guint       number)
{
  GxContactPoint *contact = gx_entity_new (&gx_contact_point_entity);
  GxInteraction *note = gx_entity_new (&gx_interaction_entity);
  GxTask *task = gx_entity_new (&gx_task_entity);

  contact->customer_id = note->customer_id = task->customer_id = *customer;
  contact->kind = note->channel = note->purpose = task->kind = task->status = 1;
  contact->value = g_strdup_printf ("137%08u", number);
  note->subject = g_strdup_printf ("first%u", number);
  task->title = g_strdup_printf ("first%u", number);
  note->owner_id = task->assignee_id = sim->bank->people[owner].employee;
  note->started_at = task->due_at = sim->bank->clock.now;
  gxt_bank_create (batch, &gx_contact_point_entity, contact);
  gxt_bank_create (batch, &gx_interaction_entity, note);
  gxt_bank_create (batch, &gx_task_entity, task);
}

/* Besides the bank's own: one of another manager, and two of the other branch. */
static void
make_customers (GxtSim *sim)
{
  static const struct { const char *name; GxtPerson rm; guint branch; } rows[] = {
    { "王芳", GXT_RM2, 1 }, { "赵强", GXT_RM3, 2 }, { "孙丽", GXT_RM3, 2 },
  };
  g_autoptr(GxsBatch) batch = gxt_bank_batch (sim->bank);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GxCustomer *customer = gx_entity_new (&gx_customer_entity);
      GxId id;

      customer->type = GX_CUSTOMER_PERSON;
      customer->name = g_strdup (rows[i].name);
      customer->status = GX_CUSTOMER_PROSPECT;
      customer->primary_rm_id = sim->bank->people[rows[i].rm].employee;
      customer->org_id = rows[i].branch == 1 ? sim->bank->branch1 : sim->bank->branch2;
      customer->first_contact_at = sim->bank->clock.now;
      id = gxt_bank_create (batch, &gx_customer_entity, customer);
      hang_on_customer (sim, batch, &id, rows[i].rm, i);
    }
  hang_on_customer (sim, batch, &sim->bank->prospect, GXT_RM1, G_N_ELEMENTS (rows));
  commit (batch);
}

static GxDbOptions
bank_options (GxtSim *sim)
{
  return (GxDbOptions) { .location = BANK, .vfs = gxt_disk_get_vfs (sim->disk), .flags = GX_DB_CREATE };
}

static void
make_bank (GxtSim *sim)
{
  const GxDbOptions options = bank_options (sim);

  sim->bank = gxt_bank_new_on (&options);
  drop_grant_guards (sim->bank->db);
  watch_tombstones (sim->bank->db);
  exec (sim->bank->db, "CREATE TABLE sim_before(mut_id BLOB NOT NULL PRIMARY KEY)");
  make_customers (sim);
  /* Two people work on one prospect. */
  gxt_sim_give (sim, &sim->bank->prospect, &sim->bank->people[GXT_RM1].employee, &sim->bank->people[GXT_RM2].employee,
                &sim->bank->branch1);
}

/* As an operator copies the file away. */
void
gxt_sim_back_up (GxtSim *sim)
{
  g_autoptr(GError) error = NULL;

  gx_db_checkpoint (sim->bank->db, TRUE, &error);
  g_assert_no_error (error);
  gxt_disk_copy (sim->disk, BANK, BACKUP);
  sim->has_backup = TRUE;
}

/* What came after the backup is lost. */
void
gxt_sim_restore (GxtSim *sim)
{
  const GxDbOptions options = bank_options (sim);
  g_autoptr(GxsBatch) batch = NULL;
  g_autoptr(GError) error = NULL;

  gx_db_close (sim->bank->db);
  gxt_disk_copy (sim->disk, BACKUP, BANK);
  gxt_bank_open (sim->bank, &options);
  batch = gxt_bank_batch (sim->bank);
  gxs_restore_mark (batch, &error);
  g_assert_no_error (error);
  commit (batch);
  exec (sim->bank->db, "DELETE FROM sim_before");
  exec (sim->bank->db, "INSERT INTO sim_before SELECT mut_id FROM mut_result");
  sim->restored = TRUE;
}

/* ---- a desk ---- */

static void
open_desk (GxtSim       *sim,
           GxtSimClient *client)
{
  GxcContextOptions options = { .clock = &sim->bank->clock.parent, .random = &sim->random.parent, .connect = gxt_direct_connect,
                                .connect_data = &client->line, .keyring = gxt_door_to (client->secrets),
                                .vfs = gxt_disk_get_vfs (client->disk), .papers = client->papers };
  g_autoptr(GError) error = NULL;

  client->context = gxc_context_new (&options, &error);
  g_assert_no_error (error);
}

/* Over a line that works: people are patient with a password. */
void
gxt_sim_sign_in (GxtSimClient *client)
{
  g_autoptr(GError) error = NULL;
  GxtFault fault = client->line.fault;

  if (gxt_disk_is_off (client->disk))
    return;
  client->line.fault = GXT_FAULT_NONE;
  gxc_context_sign_in (client->context, "https://bank", NULL, "login", "password", NULL, &error);
  if (!gxt_disk_is_off (client->disk))
    g_assert_no_error (error);
  client->line.fault = fault;
}

static void
make_desk (GxtSim *sim,
           guint   index)
{
  GxtSimClient *client = &sim->clients[index];
  g_autofree char *key = gx_secret_key_to_text (&sim->bank->people[people[index]].key);
  g_autoptr(GError) error = NULL;

  client->index = index;
  client->disk = gxt_disk_new (&sim->random.parent);
  client->secrets = gxc_keyring_new_memory ();
  client->line = (GxtLine) { .bank = sim->bank, .person = people[index] };
  client->papers = g_strdup_printf ("papers-%u", index);      /* where the schedule stands once it has documents */
  client->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  client->typed = g_ptr_array_new_with_free_func (g_free);
  gxc_keyring_store (client->secrets, GXC_SECRET_DEVICE, key, &error);
  open_desk (sim, client);
  gxt_sim_sign_in (client);
  gxt_sim_sync_all (sim, client);
}

static gboolean
forget_here (GxcStore  *store,
             gpointer   data,
             GError   **error)
{
  g_autoptr(GxTransaction) transaction = gx_transaction_begin (gxc_store_get_db (store), error);

  return transaction != NULL && gxc_member_reset (store, error) && gxc_store_commit (store, transaction, error);
}

/* All that the server said. */
void
gxt_sim_forget (GxtSimClient *client)
{
  g_autoptr(GError) error = NULL;

  gxc_store_call (gxt_sim_store (client), forget_here, NULL, &error);
  g_assert_no_error (error);
}

/* The program ends, perhaps in the middle of something, and begins again with what is safe on the disk. Whoever finds no session
 * signs in. */
void
gxt_sim_die (GxtSim       *sim,
             GxtSimClient *client)
{
  g_autofree char *token = NULL;

  if (!gxt_disk_is_off (client->disk))
    gxt_disk_cut_at (client->disk, 1);
  gxc_context_free (client->context);
  gxt_disk_power_on (client->disk);
  client->line.fault = GXT_FAULT_NONE;
  open_desk (sim, client);
  token = gxc_keyring_lookup (client->secrets, GXC_SECRET_TOKEN, NULL);
  if (token == NULL)
    gxt_sim_sign_in (client);
}

/* Where documents lie: a folder for this schedule alone, in which the process stands from then on. */
GxtBlobs *
gxt_sim_want_blobs (GxtSim *sim)
{
  g_autofree char *folder = NULL;

  if (sim->blobs != NULL)
    return sim->blobs;
  folder = g_build_filename (sim->base, "XXXXXX", NULL);
  g_assert_nonnull (g_mkdtemp (folder));
  g_assert_no_errno (g_chdir (folder));
  sim->folder = g_steal_pointer (&folder);
  sim->blobs = gxt_blobs_new_in (sim->bank, "bank");
  for (guint i = 0; i < GXT_SIM_CLIENTS; i++)
    {
      g_assert_no_errno (g_mkdir (sim->clients[i].papers, 0700));
      sim->clients[i].line.blobs = sim->blobs;
    }

  return sim->blobs;
}

/* What a schedule leaves on the machine. */
void
gxt_sim_tidy (GxtSim *sim)
{
  g_clear_pointer (&sim->blobs, gxt_blobs_free);
  if (sim->folder == NULL)
    return;
  for (guint i = 0; i < GXT_SIM_CLIENTS; i++)
    gxt_empty_folder (sim->clients[i].papers);
  for (guint i = 0; i < GXT_SIM_CLIENTS; i++)
    g_rmdir (sim->clients[i].papers);
  g_assert_no_errno (g_chdir ("/"));
  g_assert_no_errno (g_rmdir (sim->folder));
  g_clear_pointer (&sim->folder, g_free);
}

/* Everybody does nearly everything once: so no morning begins with empty tables, and what a schedule asks of its databases has been asked
 * before, and stands prepared. */
static void
rehearse (GxtSim *sim)
{
  for (guint i = 0; i < GXT_SIM_CLIENTS; i++)
    {
      GxtSimClient *client = &sim->clients[i];

      for (guint k = 0; k < gxt_sim_n_people; k++)
        if (!gxt_sim_people[k].later)
          gxt_sim_people[k].act (sim, client);
      gxt_sim_check_desk (sim, client, TRUE);
      gxt_sim_sync_all (sim, client);
      gxt_sim_check_synced (sim, client);
    }
  gxt_sim_check_bank (sim);
  for (guint i = 0; i < GXT_SIM_CLIENTS; i++)
    sim->clients[i].line.n_exchanges = 0;
}

GxtSim *
gxt_sim_new (void)
{
  GxtSim *sim = g_new0 (GxtSim, 1);

  gx_seeded_random_init (&sim->random, 0);
  /* In memory where there is such a folder: nothing here is to last. */
  sim->base = g_build_filename (g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR) ? "/dev/shm" : g_get_tmp_dir (), "gxt-sim-XXXXXX", NULL);
  g_assert_nonnull (g_mkdtemp (sim->base));
  sim->disk = gxt_disk_new (&sim->random.parent);
  gxt_disk_set_steady (sim->disk);
  sim->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  make_bank (sim);
  for (guint i = 0; i < GXT_SIM_CLIENTS; i++)
    make_desk (sim, i);
  gxt_sim_watch (sim);
  rehearse (sim);

  return sim;
}

void
gxt_sim_begin (GxtSim  *sim,
               guint64  seed)
{
  sim->seed = seed;
  gx_seeded_random_init (&sim->random, seed);
  sim->tells = g_getenv ("GUANXI_TELL") != NULL;
  gxt_sim_watch (sim);
}

void
gxt_sim_free (GxtSim *sim)
{
  for (guint i = 0; i < GXT_SIM_CLIENTS; i++)
    {
      GxtSimClient *client = &sim->clients[i];

      g_clear_object (&client->form);
      gxc_context_free (client->context);
      gxc_keyring_free (client->secrets);
      gxt_line_clear (&client->line);
      gxt_disk_free (client->disk);
      g_hash_table_unref (client->known);
      g_ptr_array_unref (client->typed);
      g_free (client->papers);
    }
  gxt_empty_folder (sim->base);     /* a schedule that failed leaves its documents */
  g_rmdir (sim->base);
  g_free (sim->base);
  gxt_bank_free (sim->bank);
  gxt_disk_free (sim->disk);
  g_hash_table_unref (sim->seen);
  g_clear_pointer (&sim->rows, g_hash_table_unref);
  g_clear_pointer (&sim->fresh, g_hash_table_unref);
  g_free (sim);
}
