/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A desk and a bank of every schema that there was, one step after the other, each with changes that wait, brought to today's
 * (sync.md 4.3, T18; I10). A store of step n is made by the first n migrations and filled with what today's store has, as far as
 * it had a place there: what came later it does not know, as if it had been written then. What the programs of then truly wrote
 * is tests/day/old.py's matter.
 *
 * After it the queue is there, byte for byte; all of it arrives; and the desk's rows are the bank's.
 */
#include "gxt-context.h"
#include "gxt-disk.h"
#include "gxt-door.h"
#include "gxt-same.h"

#include "gx-catalog.h"
#include "gx-contact-point.h"
#include "gx-customer.h"
#include "gx-interaction.h"
#include "gx-sql.h"
#include "gx-task.h"
#include "gx-text.h"
#include "gx-visit.h"
#include "gxc-change-item.h"
#include "gxc-edit.h"
#include "gxc-list.h"
#include "gxc-meta.h"
#include "gxc-migrations.h"
#include "gxc-queue.h"
#include "gxc-save.h"
#include "gxc-sync.h"
#include "gxs-audit-verify.h"
#include "gxs-migrations.h"

#define DESK "store.db"         /* what a context in no folder calls it */
#define BANK "bank.db"
#define FULL "full.db"

typedef struct
{
  GxSeededRandom  random;
  GxtDisk        *disk;
  GxtBank        *bank;
  GxtLine         line;
  GxcKeyring     *secrets;
  GxcContext     *context;  /* (nullable): while the desk is open */
  char           *queue;    /* as it was before */
} Fixture;

static GxDbOptions
options_of (Fixture    *fixture,
            const char *name,
            GxSide      side)
{
  return (GxDbOptions) { .location = name, .vfs = gxt_disk_get_vfs (fixture->disk), .side = side, .flags = GX_DB_CREATE };
}

static void
run (GxDb       *db,
     const char *sql)
{
  g_autoptr(GError) error = NULL;

  if (!gx_db_exec (db, sql, &error))
    g_error ("%s: %s", sql, error->message);
}

static GPtrArray *
texts (GxDb       *db,
       const char *sql)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GxStatement) statement = gx_db_query (db, &error, sql, NULL);
  GPtrArray *out = g_ptr_array_new_with_free_func (g_free);

  g_assert_no_error (error);
  while (gx_statement_next (statement, &error))
    g_ptr_array_add (out, g_strdup (gx_statement_get_text (statement, 0)));
  g_assert_no_error (error);
  return out;
}

/* ---- a store of before ---- */

/* Every table but the migrator's own and those that SQLite keeps for a search index, which is filled with what it indexes. */
static GPtrArray *
tables_of (GxDb *db)
{
  return texts (db, "SELECT name FROM sqlite_schema t WHERE type='table' AND name<>'migration' AND name NOT LIKE 'sqlite_%'"
                    " AND sql NOT LIKE 'CREATE VIRTUAL%' AND NOT EXISTS (SELECT 1 FROM sqlite_schema v WHERE v.sql LIKE 'CREATE VIRTUAL%'"
                    " AND substr(t.name, 1, length(v.name) + 1) = v.name || '_')");
}

static void
copy_table (GxDb       *db,
            const char *table)
{
  g_autofree char *sql = g_strdup_printf ("SELECT name FROM pragma_table_info('%s') WHERE name IN (SELECT name FROM pragma_table_info('%s', 'full'))",
                                          table, table);
  g_autoptr(GPtrArray) names = texts (db, sql);
  g_autoptr(GString) columns = g_string_new (NULL);
  g_autofree char *copy = NULL;

  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (columns, "%s\"%s\"", i > 0 ? ", " : "", (char *) names->pdata[i]);
  if (names->len == 0)
    return;             /* it is gone since */
  copy = g_strdup_printf ("DELETE FROM main.\"%s\"; INSERT INTO main.\"%s\"(%s) SELECT %s FROM full.\"%s\"", table, table, columns->str,
                          columns->str, table);
  run (db, copy);
}

/* What guards rows from being written otherwise than by an approval stands aside while they are filled in. */
static GPtrArray *
drop_triggers (GxDb *db)
{
  g_autoptr(GPtrArray) names = texts (db, "SELECT name FROM sqlite_schema WHERE type='trigger'");
  GPtrArray *sql = texts (db, "SELECT sql FROM sqlite_schema WHERE type='trigger'");

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *drop = g_strdup_printf ("DROP TRIGGER \"%s\"", (char *) names->pdata[i]);

      run (db, drop);
    }
  return sql;
}

/* @name becomes what it was after @steps migrations. */
static void
make_older (Fixture           *fixture,
            const char        *name,
            GxSide             side,
            const GxMigration *migrations,
            guint              steps)
{
  GxDbOptions options = options_of (fixture, name, side);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) tables = NULL, triggers = NULL;
  GxDb *db;

  gxt_disk_copy (fixture->disk, name, FULL);
  gxt_disk_remove (fixture->disk, name);
  db = gx_db_open (&gx_db_sqlite, &options, &error);
  g_assert_no_error (error);
  gx_migrator_run (db, migrations, steps, &fixture->bank->clock.parent, &error);
  g_assert_no_error (error);
  run (db, "PRAGMA foreign_keys=OFF; ATTACH '" FULL "' AS full");
  triggers = drop_triggers (db);
  tables = tables_of (db);
  run (db, "BEGIN");
  for (guint i = 0; i < tables->len; i++)
    copy_table (db, tables->pdata[i]);
  for (guint i = 0; i < triggers->len; i++)
    run (db, triggers->pdata[i]);
  if (side == GX_SIDE_CLIENT && steps < gxc_n_migrations)
    run (db, "DELETE FROM meta WHERE k='" GXC_META_SHAPE "'");    /* it knew of another one, or of none */
  run (db, "COMMIT; DETACH full");
  g_assert_cmpint (gxt_number (db, "SELECT COUNT(*) FROM pragma_foreign_key_check"), ==, 0);
  gx_db_close (db);
}

/* ---- a desk ---- */

static void
open_desk (Fixture *fixture)
{
  GxcContextOptions options = { .clock = &fixture->bank->clock.parent, .random = &fixture->random.parent, .connect = gxt_direct_connect,
                                .connect_data = &fixture->line, .keyring = gxt_door_to (fixture->secrets), .vfs = gxt_disk_get_vfs (fixture->disk) };
  g_autoptr(GError) error = NULL;

  fixture->context = gxc_context_new (&options, &error);
  g_assert_no_error (error);
}

static void
close_desk (Fixture *fixture)
{
  g_clear_pointer (&fixture->context, gxc_context_free);
}

static GxcStore *
store_of (Fixture *fixture)
{
  return gxc_context_get_store (fixture->context);
}

static GxDb *
db_of (Fixture *fixture)
{
  return gxc_store_get_db (store_of (fixture));
}

static void
sync_desk (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      gxc_sync_run (gxc_context_get_sync (fixture->context), NULL, &error);
      g_assert_no_error (error);
    }
}

/* Each row of the queue as it lies there. */
static char *
read_queue (GxDb *db)
{
  g_autoptr(GPtrArray) rows = texts (db, "SELECT mid || ' ' || hex(mut_id) || ' ' || COALESCE(hex(bundle), '') || ' ' || tbl || ' ' || hex(id) || ' ' || op"
                                         " || ' ' || schema || ' ' || created_at || ' ' || body FROM queue ORDER BY mid");

  g_ptr_array_add (rows, NULL);
  return g_strjoinv ("\n", (char **) rows->pdata);
}

/* ---- a day without a network ---- */

static void
type (Fixture        *fixture,
      const GxEntity *entity,
      const GxId     *id,
      const char     *field,
      const char     *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GxRecord) record = gxc_list_find (db_of (fixture), entity, id, &error);
  const GxcReason reason = { .reason = "客户本人到场，证件已核对" };
  gpointer data;

  g_assert_no_error (error);
  data = gx_entity_copy (entity, gx_record_get_data (record));
  g_assert_true (gx_field_from_text (gx_entity_find (entity, field), data, text, NULL));
  gxc_store_edit (store_of (fixture), entity, gx_record_get_data (record), data, &reason, NULL, &error);
  g_assert_no_error (error);
  gx_entity_free (entity, data);
}

/* A note and the task that follows from it, saved together. */
static void
write_note (Fixture    *fixture,
            const char *subject)
{
  g_autoptr(GPtrArray) changes = gxc_change_items_new (), done = NULL;
  g_autoptr(GError) error = NULL;
  GxInteraction *note = gx_entity_new (&gx_interaction_entity);
  GxTask *task = gx_entity_new (&gx_task_entity);

  note->customer_id = task->customer_id = fixture->bank->customer;
  note->channel = note->purpose = task->kind = 1;
  note->started_at = task->due_at = fixture->bank->clock.now;
  note->subject = g_strdup (subject);
  task->title = g_strdup (subject);
  g_ptr_array_add (changes, gxc_change_item_create (&gx_interaction_entity, note));
  g_ptr_array_add (changes, gxc_change_item_create (&gx_task_entity, task));
  done = gxc_store_save (store_of (fixture), changes, FALSE, &error);
  g_assert_no_error (error);
}

/* Rows and fields that came late, so that an older store has no place for them. */
static void
write_what_is_new (Fixture *fixture)
{
  GxVisit *visit = gx_entity_new (&gx_visit_entity);
  g_autoptr(GError) error = NULL;

  visit->customer_id = fixture->bank->customer;
  visit->plan_at = fixture->bank->clock.now;
  visit->goal = g_strdup ("年度回访");
  gxc_store_create (store_of (fixture), &gx_visit_entity, visit, NULL, NULL, &error);
  g_assert_no_error (error);
  gx_entity_free (&gx_visit_entity, visit);
}

static void
work_offline (Fixture *fixture)
{
  write_note (fixture, "电话回访");
  type (fixture, &gx_customer_entity, &fixture->bank->customer, "lang", "en");
  type (fixture, &gx_customer_entity, &fixture->bank->prospect, "lang", "zh_TW");
  type (fixture, &gx_contact_point_entity, &fixture->bank->mobile, "value", "13987654321");
  fixture->queue = read_queue (db_of (fixture));
  g_assert_cmpint (gxc_queue_length (db_of (fixture)), ==, 5);
}

static void
begin (Fixture  *fixture,
       gboolean  with_new)
{
  g_autofree char *key = NULL;
  g_autoptr(GError) error = NULL;
  GxDbOptions options;

  gx_seeded_random_init (&fixture->random, 11);
  fixture->disk = gxt_disk_new (&fixture->random.parent);
  gxt_disk_set_steady (fixture->disk);
  options = options_of (fixture, BANK, GX_SIDE_SERVER);
  fixture->bank = gxt_bank_new_on (&options);
  fixture->line = (GxtLine) { .bank = fixture->bank, .person = GXT_RM1 };
  fixture->secrets = gxc_keyring_new_memory ();
  key = gx_secret_key_to_text (&fixture->bank->people[GXT_RM1].key);
  gxc_keyring_store (fixture->secrets, GXC_SECRET_DEVICE, key, &error);
  open_desk (fixture);
  gxc_context_sign_in (fixture->context, "https://bank", NULL, "login", "password", NULL, &error);
  g_assert_no_error (error);
  sync_desk (fixture);
  write_note (fixture, "首次来访");
  write_note (fixture, "过期");
  if (with_new)
    write_what_is_new (fixture);
  sync_desk (fixture);
  work_offline (fixture);
  close_desk (fixture);
}

static void
set_up_desk (Fixture       *fixture,
             gconstpointer  data)
{
  begin (fixture, TRUE);
}

/* An older bank has nothing for which it had no place. */
static void
set_up_bank (Fixture       *fixture,
             gconstpointer  data)
{
  begin (fixture, FALSE);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  close_desk (fixture);
  gxt_line_clear (&fixture->line);
  gxc_keyring_free (fixture->secrets);
  gxt_bank_free (fixture->bank);
  gxt_disk_free (fixture->disk);
  g_free (fixture->queue);
}

/* While the program was replaced, the bank let a row go. */
static void
forget_one (Fixture *fixture)
{
  const GxsActor system = { .action = "delete", .unaudited = TRUE };
  g_autoptr(GxsBatch) batch = gxt_bank_batch (fixture->bank);
  g_autoptr(GError) error = NULL;
  g_autoptr(GxStatement) statement = gx_db_query (fixture->bank->db, &error, "SELECT id FROM task WHERE title='过期'", NULL);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (GxId));
  gpointer task;

  gx_statement_collect_ids (statement, ids, &error);
  task = gx_sql_load (fixture->bank->db, &gx_task_entity, &g_array_index (ids, GxId, 0), &error);
  g_assert_no_error (error);
  gxs_write_delete (batch, &system, &gx_task_entity, task, &error);
  g_assert_no_error (error);
  gxs_batch_commit (batch, &error);
  g_assert_no_error (error);
  gx_entity_free (&gx_task_entity, task);
}

/* ---- what must hold ---- */

static void
check_arrives (Fixture *fixture)
{
  GxtBank *bank = fixture->bank;
  g_autofree char *queue = NULL;
  g_autoptr(GPtrArray) issues = NULL;
  gint64 before = gxt_number (bank->db, "SELECT COUNT(*) FROM mut_result");

  open_desk (fixture);
  g_assert_cmpuint (gx_migrator_version (db_of (fixture)), ==, gxc_n_migrations);
  queue = read_queue (db_of (fixture));
  g_assert_cmpstr (queue, ==, fixture->queue);

  sync_desk (fixture);
  g_assert_cmpint (gxc_queue_length (db_of (fixture)), ==, 0);
  issues = texts (db_of (fixture), "SELECT kind || ' ' || body FROM issue");
  for (guint i = 0; i < issues->len; i++)
    g_test_message ("%s", (char *) issues->pdata[i]);
  g_assert_cmpuint (issues->len, ==, 0);
  g_assert_cmpint (gxt_number (bank->db, "SELECT COUNT(*) FROM mut_result"), ==, before + 5);
  g_assert_cmpint (gxt_number (bank->db, "SELECT COUNT(*) FROM mut_result WHERE st IN ('applied', 'pending_review')"), ==, before + 5);
  g_assert_cmpint (gxt_number (bank->db, "SELECT COUNT(*) FROM customer WHERE lang IN ('en', 'zh_TW')"), ==, 2);
  g_assert_cmpint (gxt_number (bank->db, "SELECT COUNT(*) FROM interaction i JOIN task t ON t.title=i.subject WHERE t.title<>'过期'"), ==, 2);
  g_assert_cmpuint (gxt_same_rows (&fixture->line, db_of (fixture)), >, 10);
  close_desk (fixture);
}

static void
test_desk (Fixture       *fixture,
           gconstpointer  steps)
{
  make_older (fixture, DESK, GX_SIDE_CLIENT, gxc_migrations, GPOINTER_TO_UINT (steps));
  forget_one (fixture);
  check_arrives (fixture);
}

/* The rows that there were are there, each field that had a place as it was. */
static void
check_rows (Fixture *fixture)
{
  GxtBank *bank = fixture->bank;
  g_auto(GxsAuditReport) report = { 0 };
  g_autoptr(GError) error = NULL;

  g_assert_cmpuint (gx_migrator_version (bank->db), ==, gxs_n_migrations);
  g_assert_cmpint (gxt_number (bank->db, "SELECT COUNT(*) FROM pragma_foreign_key_check"), ==, 0);
  gxs_audit_verify (bank->db, &(GxPublicKey) { { 0 } }, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (report.fault, ==, NULL);
}

static void
test_bank (Fixture       *fixture,
           gconstpointer  steps)
{
  GxtBank *bank = fixture->bank;
  GxDbOptions options = options_of (fixture, BANK, GX_SIDE_SERVER);
  gint64 customers = gxt_number (bank->db, "SELECT COUNT(*) FROM customer"), results = gxt_number (bank->db, "SELECT COUNT(*) FROM mut_result");
  g_autoptr(GError) error = NULL;

  g_clear_pointer (&bank->db, gx_db_close);
  make_older (fixture, BANK, GX_SIDE_SERVER, gxs_migrations, GPOINTER_TO_UINT (steps));
  gxt_bank_open (bank, &options);
  gxs_migrate (bank->db, &bank->clock.parent, &error);
  g_assert_no_error (error);
  check_rows (fixture);
  g_assert_cmpint (gxt_number (bank->db, "SELECT COUNT(*) FROM customer"), ==, customers);
  g_assert_cmpint (gxt_number (bank->db, "SELECT COUNT(*) FROM mut_result"), ==, results);
  check_arrives (fixture);
  check_rows (fixture);
}

static void
add (const char *side,
     guint       steps,
     void      (*set_up) (Fixture *fixture, gconstpointer data),
     void      (*func) (Fixture *fixture, gconstpointer data))
{
  g_autofree char *path = g_strdup_printf ("/old-schemas/%s/after_step_%u", side, steps);

  g_test_add (path, Fixture, GUINT_TO_POINTER (steps), set_up, func, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 2; i <= gxc_n_migrations; i++)         /* the first program that came out had two */
    add ("desk", i, set_up_desk, test_desk);
  for (guint i = 3; i <= gxs_n_migrations; i++)
    add ("bank", i, set_up_bank, test_bank);

  return g_test_run ();
}
