/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The schemas of both sides: each step as it was when it came to main, and after all of them one column a field with its
 * kind's type, no more and no less.
 */
#include "gx-catalog.h"
#include "gx-customer.h"
#include "gx-db-driver.h"
#include "gx-sql.h"
#include "gxc-migrations.h"
#include "gxs-migrations.h"
#include "gxt-number.h"

#include <gio/gio.h>

/* A step that is on main never changes: mend by a new step, and add a row here. */
static const struct { const char *resource, *sha256; } texts[] = {
  { "/org/guanxi/server/migrations/0001-bank.sql", "b2938f46382ab75af243f50a86f4aa55949f09ed38b64c17c66f7d14831b7545" },
  { "/org/guanxi/server/migrations/0001-bank.sqlite.sql", "a9dd0bc7938b7690676de7448226ee60e25e53414febbe6460ce0ce7815a0408" },
  { "/org/guanxi/server/migrations/0002-review.sql", "4549927120c670f41c62a30cb159586221652437e711b84faeba1b1d51e4c575" },
  { "/org/guanxi/server/migrations/0002-review.sqlite.sql", "404347008aaf95a9756ada3501cb4d8da965fda857594008281bdcfc66de6e13" },
  { "/org/guanxi/server/migrations/0004-read.sql", "5656521a86d46d9cceb0484a246b69763a2be585272bc5993dfd780a12e99f90" },
  { "/org/guanxi/server/migrations/0005-history.sql", "422edaad44b12586a6917f7f8eeee66f5b965f059248a14e8b2e0b72fd687c7f" },
  { "/org/guanxi/server/migrations/0006-plan.sql", "77506ab9a7c4b314fd56df819a84982e214219cbb9633f3474a792badadc04f6" },
  { "/org/guanxi/server/migrations/0009-sync.sql", "93ef1a24f67d2118e83131c039423718393662b0035ae113246c340cb10a0159" },
  { "/org/guanxi/client/migrations/0001-desk.sql", "fceb5d4e299feb074b92ac053eb953ac81d5607493b0a1f5d2cbd4c0a85503ef" },
  { "/org/guanxi/client/migrations/0001-desk.sqlite.sql", "605d8396eb67afdcc68de2813fd25ea4363c4b66ba7b8f2d2f38a321b18ffdb8" },
  { "/org/guanxi/client/migrations/0002-overlay.sql", "d86a49223e4cbf08b38de723a482f566192abacc3d3820b9ae933d5a7621c7fb" },
  { "/org/guanxi/client/migrations/0003-order.sql", "311ea555618cd234171552dcd8c9ecdb1352f68488922286a8732c2716cf4604" },
  { "/org/guanxi/client/migrations/0006-digest.sql", "4b4514dad6337286e465d9ffc667e72b4049246943840b560cf8f0d7b544a9b8" },
  { "/org/guanxi/client/migrations/0007-book.sql", "b529e5b2d58fc21f3ff8aa9502c8a3fcd9f541c9f9bfcb6229650151ab9bac35" },
  { "/org/guanxi/client/migrations/0013-papers-by.sql", "1838b2a4d2c00076fdfa5938347484953ba9dc326ef4ae2183dae6b43ce5e0ec" },
  { "/org/guanxi/server/migrations/0010-papers-by.sql", "5d286f20c37b7648345a4fb25d84a47b377aaf29405481af38ae7d24a74e2523" },
  { "/org/guanxi/client/migrations/0010-papers.sql", "b7b9fe8862171c9d58cb0a4c29ae24c003f13ceaeab342c50f77ac2abfbc75ae" },
  { "/org/guanxi/server/migrations/0008-papers.sql", "f48ab0f1159f3ebb4bb51128eaf7f80037debce63787326f41926c47fcc700bf" },
  { "/org/guanxi/client/migrations/0012-sync.sql", "6834dfb385445ec4aaca2954402e68b8d8cccff198d701dc0bdd46d119f78988" },
  { "/org/guanxi/client/migrations/0005-plan.sql", "acd270d1831af7dd6814b5e3e7747b8e81b94eb53e24478f9a20f983a456aeef" },
  { "/org/guanxi/client/migrations/0008-tail.sql", "9c08ad54ede18109f227bf35fa2c75f4f6e2e5c3eabce1dc6490cfe7ffa4be33" },
  { "/org/guanxi/client/migrations/0008-tail.sqlite.sql", "e63e323ddf1c902f55af996f38b297924841e6136665acd51082c0c429c1e37b" },
  { "/org/guanxi/server/migrations/0007-visit.sql", "e35190ab5c932cac28924587d348b38346e76bfd755366e739f41dfe18395d5c" },
  { "/org/guanxi/client/migrations/0009-visit.sql", "9973f428d025b92935480b76b0450bfb8a193bae8dc83ea82597d6d3029709ab" },
  { "/org/guanxi/client/migrations/0011-entry.sql", "ccf69296d8fdc2721384be03b6b09d9dfccf1372e14bf27e20ae92e7a7069fa0" },
  { "/org/guanxi/client/migrations/0014-priority.sql", "1fe8587ba693c778abf641284c2f0dc5d3b43bb89e80f4374e15fc9a363c9a29" },
  { "/org/guanxi/client/migrations/0014-priority.sqlite.sql", "d2aab53d379d52136ed1e8326a5fc3e2d621231dc52f72b7c1234f3f12849d12" },
  { "/org/guanxi/server/migrations/0013-checkpoint.sql", "9e8ab8e721f3092a591456768435c9a647d909571f58c04cb5cbb0440feb29b6" },
  { "/org/guanxi/server/migrations/0012-pin.sql", "73a1a9baca092fe06eea0056a2f64664371404baaf9d6b7c145772653c63068b" },
  { "/org/guanxi/client/migrations/0016-carry.sql", "63e217c819d1c62d1df6ddd5684219bf055c288cc1879e5c9d4490809b2c6f1f" },
  { "/org/guanxi/client/migrations/0015-pin.sql", "8bf034d14c1783a11db5cc2ef0ff3142bd34b7d87a5d1ff10fb3eaee6877b3d2" },
  { "/org/guanxi/server/migrations/0011-entry.sql", "049bc7257dc6bbbfb2c96fd0052b09952da9a92237cc4ee2adc92a1a5c9e22f6" },
  { "/org/guanxi/server/migrations/0014-visit-papers.sql", "90b0f2d45fd93a97e72e091307123e7bfd67bfff4c39c5505f41408707ded2b6" },
  { "/org/guanxi/client/migrations/0017-visit-papers.sql", "d0080a5fe960af9087e7faeeb54afe03add0480ff886b767b7bcaf03028b7df7" },
  { "/org/guanxi/client/migrations/0018-change.sql", "bb0f83580e5ca67d51ad2c152c7aba9fcfcfa61324a94c408d8f4f176c900fd4" },
};

static const struct
{
  GxSide             side;
  const char        *name;
  const char        *prefix;
  const GxMigration *migrations;
  const guint       *n_migrations;
  gboolean         (*migrate) (GxDb *db, GxClock *clock, GError **error);
} sides[] = {
  { GX_SIDE_SERVER, "server", "/org/guanxi/server/migrations", gxs_migrations, &gxs_n_migrations, gxs_migrate },
  { GX_SIDE_CLIENT, "client", "/org/guanxi/client/migrations", gxc_migrations, &gxc_n_migrations, gxc_migrate },
};

static GxDb *
open_empty (guint side)
{
  g_autoptr(GError) error = NULL;
  GxDbOptions options = { .location = ":memory:", .side = sides[side].side, .flags = GX_DB_CREATE };
  GxDb *db = gx_db_open (&gx_db_sqlite, &options, &error);

  g_assert_no_error (error);
  return db;
}

static GxDb *
open_migrated (guint side)
{
  g_autoptr(GError) error = NULL;
  GxDb *db = open_empty (side);

  sides[side].migrate (db, gx_clock_system (), &error);
  g_assert_no_error (error);
  return db;
}

static const char *
expected_sha256 (const char *resource)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_strcmp0 (texts[i].resource, resource) == 0)
      return texts[i].sha256;

  return NULL;
}

/* Every text in the resource has its row in the table, and every row its text. */
static void
test_texts_never_change (void)
{
  guint n = 0;

  for (guint side = 0; side < G_N_ELEMENTS (sides); side++)
    {
      g_autoptr(GxDb) db = open_migrated (side);      /* registers the resource */
      g_auto(GStrv) names = g_resources_enumerate_children (sides[side].prefix, 0, NULL);

      for (guint i = 0; names[i] != NULL; i++, n++)
        {
          g_autofree char *path = g_strconcat (sides[side].prefix, "/", names[i], NULL);
          g_autoptr(GBytes) text = g_resources_lookup_data (path, 0, NULL);
          g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, text);

          g_test_message ("%s %s", path, sha256);
          g_assert_cmpstr (sha256, ==, expected_sha256 (path));
        }
    }

  g_assert_cmpuint (n, ==, G_N_ELEMENTS (texts));
}

static void
test_steps_are_numbered (void)
{
  for (guint side = 0; side < G_N_ELEMENTS (sides); side++)
    {
      g_autoptr(GxDb) db = open_migrated (side);

      g_assert_cmpuint (gx_migrator_version (db), ==, *sides[side].n_migrations);
      for (guint i = 0; i < *sides[side].n_migrations; i++)
        {
          const GxMigration *step = &sides[side].migrations[i];

          g_assert_cmpuint (step->number, ==, i + 1);
          g_assert_true ((step->resource != NULL) != (step->run != NULL));
        }
    }
}

static void
expect_column (GHashTable *expected,
               const char *field,
               const char *suffix,
               const char *macro)
{
  g_hash_table_insert (expected, g_strconcat (field, suffix, NULL), (gpointer) gx_db_sqlite.type_of (macro));
}

static GHashTable *
expected_columns (GxSide          side,
                  const GxEntity *entity)
{
  GHashTable *expected = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < gx_entity_n_fields (entity); i++)
    {
      const GxField *field = gx_entity_field (entity, i);
      gboolean sealed = side == GX_SIDE_SERVER && (field->flags & GX_SEALED);

      if (!gx_sql_has_column (side, field))
        continue;
      expect_column (expected, field->name, "", sealed ? "SEALED" : gx_sql_ops[field->kind].macro);
      if (sealed)
        expect_column (expected, field->name, "_bi", "BYTES");
      if (sealed && (field->flags & GX_TAILED))
        expect_column (expected, field->name, "_tail", "BYTES");
    }

  return expected;
}

static void
check_table (GxDb           *db,
             const GxEntity *entity)
{
  g_autoptr(GHashTable) expected = expected_columns (gx_db_get_side (db), entity);
  g_autoptr(GError) error = NULL;
  g_autoptr(GxStatement) statement = gx_db_query (db, &error, "SELECT name, type, \"notnull\" FROM pragma_table_info(?)",
                                                  "t", entity->name);

  g_assert_no_error (error);
  while (gx_statement_next (statement, &error))
    {
      const char *name = gx_statement_get_text (statement, 0);
      const GxField *field = gx_entity_find (entity, name);

      g_test_message ("%s.%s", entity->name, name);
      g_assert_cmpstr (gx_statement_get_text (statement, 1), ==, g_hash_table_lookup (expected, name));
      if (gx_db_get_side (db) == GX_SIDE_SERVER && field != NULL && (field->flags & GX_REQUIRED))
        g_assert_cmpint (gx_statement_get_int (statement, 2), ==, 1);
      g_assert_true (g_hash_table_remove (expected, name));
    }
  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (expected), ==, 0);
}

static void
test_schema_agrees_with_fields (void)
{
  for (guint side = 0; side < G_N_ELEMENTS (sides); side++)
    {
      g_autoptr(GxDb) db = open_migrated (side);

      for (guint i = 0; i < gx_n_entities; i++)
        check_table (db, gx_entities[i]);
    }
}

static void
test_every_table_is_strict (void)
{
  for (guint side = 0; side < G_N_ELEMENTS (sides); side++)
    {
      g_autoptr(GxDb) db = open_migrated (side);

      g_assert_cmpint (gxt_number (db, "SELECT COUNT(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict "
                                       "AND name NOT IN ('migration', 'sqlite_schema')"), ==, 0);
      g_assert_cmpint (gxt_number (db, "SELECT COUNT(*) FROM pragma_table_list WHERE schema = 'main' AND strict"), >=, gx_n_entities);
    }
}

static void
test_desk_has_no_foreign_keys (void)
{
  g_autoptr(GxDb) db = open_migrated (1);

  g_assert_cmpint (gxt_number (db, "SELECT COUNT(*) FROM sqlite_schema AS s, pragma_foreign_key_list(s.name) WHERE s.type = 'table'"), ==, 0);
}

/* Every ID field of the bank that names an entity has its key, and those to a customer wait for COMMIT. */
static void
test_bank_has_foreign_keys (void)
{
  g_autoptr(GxDb) db = open_migrated (0);

  for (guint i = 0; i < gx_n_entities; i++)
    for (guint f = gx_entity_first_own (gx_entities[i]); f < gx_entity_n_fields (gx_entities[i]); f++)
      {
        const GxField *field = gx_entity_field (gx_entities[i], f);
        g_autoptr(GError) error = NULL;
        g_autofree char *target = NULL;

        if (field->entity == NULL || g_str_equal (gx_entities[i]->name, "change_request"))
          continue;
        gx_db_query_text (db, &target, &error, "SELECT \"table\" FROM pragma_foreign_key_list(?) WHERE \"from\" = ?", "tt",
                          gx_entities[i]->name, field->name);
        g_test_message ("%s.%s", gx_entities[i]->name, field->name);
        g_assert_no_error (error);
        g_assert_cmpstr (target, ==, field->entity);
      }
}

static void
expect_refused (GxDb       *db,
                const char *sql)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (gx_db_exec (db, sql, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_CONSTRAINT);
}

static void
run (GxDb       *db,
     const char *sql)
{
  g_autoptr(GError) error = NULL;

  gx_db_exec (db, sql, &error);
  g_assert_no_error (error);
}

/* Four eyes by the keys of the first step alone (trust.md 1.3): one person, one part; no decision without a party; no
 * state without its revision.
 */
static void
test_keys_refuse_the_maker_as_checker (void)
{
  g_autoptr(GxDb) db = open_empty (0);
  g_autoptr(GError) error = NULL;
  g_autofree char *signature = g_strnfill (88, 'A');
  g_autofree char *rev = g_strdup_printf ("INSERT INTO cr_rev VALUES(x'0c', 1, 1, '{}', '{}', 's', '{}', 'because', 'd1', '%s', 1)", signature);
  g_autofree char *decision = g_strdup_printf ("INSERT INTO cr_decision(cr_id, rev, person_id, step, verdict, digest, step_up_at, dev_sig, at) "
                                               "VALUES(x'0c', 1, x'0e01', 1, 'approve', 'd1', 1, '%s', 1)", signature);
  g_autofree char *stranger = g_strdup_printf ("INSERT INTO cr_decision(cr_id, rev, person_id, step, verdict, digest, step_up_at, dev_sig, at) "
                                               "VALUES(x'0c', 1, x'0e02', 1, 'approve', 'd1', 1, '%s', 1)", signature);
  g_autofree char *stale = g_strdup_printf ("INSERT INTO cr_decision(cr_id, rev, person_id, step, verdict, digest, step_up_at, dev_sig, at) "
                                            "VALUES(x'0c', 1, x'0e02', 1, 'approve', 'd0', 1, '%s', 1)", signature);
  static const char request[] =
    "INSERT INTO change_request(id, v, v0, kind, op, tbl, entity_id, branch_id, rev, lock_v, digest, state, maker_id, required_n, strict)"
    " VALUES(x'0c', 1, 1, 'customer.contact', 'patch', 'contact_point', x'01', x'0b', 1, 1, 'd1', 'PENDING', x'0e01', 1, 0)";

  gx_migrator_run (db, gxs_migrations, 1, gx_clock_system (), &error);
  g_assert_no_error (error);
  run (db, "INSERT INTO org_unit(id, v, v0, code, name, kind, path) VALUES(x'0b', 1, 1, 'HQ', 'HQ', 1, '/HQ/')");
  run (db, "INSERT INTO employee(id, v, v0, staff_no, name, org_id, status) VALUES(x'0e01', 1, 1, '1', 'a', x'0b', 1), (x'0e02', 1, 1, '2', 'b', x'0b', 1)");

  expect_refused (db, request);                       /* no party, no revision */
  run (db, "BEGIN");
  run (db, request);
  run (db, "INSERT INTO cr_party VALUES(x'0c', x'0e01', 'maker')");
  run (db, rev);
  run (db, "COMMIT");

  expect_refused (db, "INSERT INTO cr_party VALUES(x'0c', x'0e01', 'checker')");
  expect_refused (db, decision);
  expect_refused (db, stranger);
  run (db, "INSERT INTO cr_party VALUES(x'0c', x'0e02', 'checker')");
  expect_refused (db, stale);
  run (db, stranger);
  expect_refused (db, "UPDATE change_request SET state = 'APPLIED' WHERE id = x'0c'");
  expect_refused (db, "UPDATE change_request SET digest = 'd2' WHERE id = x'0c'");
}

static void
test_name_index_finds_one_character (void)
{
  for (guint side = 0; side < G_N_ELEMENTS (sides); side++)
    {
      g_autoptr(GxDb) db = open_migrated (side);

      run (db, "INSERT INTO name_row(n, customer_id) VALUES(1, x'01'), (2, x'02')");
      run (db, "INSERT INTO name_fts(rowid, name, keys) VALUES(1, '张 伟', 'zhang wei'), (2, '李 小 伟', 'li xiao wei')");
      g_assert_cmpint (gxt_number (db, "SELECT COUNT(*) FROM name_fts WHERE name_fts MATCH '\"伟\"'"), ==, 2);
      g_assert_cmpint (gxt_number (db, "SELECT COUNT(*) FROM name_fts WHERE name_fts MATCH '\"小 伟\"'"), ==, 1);
      run (db, "DELETE FROM name_fts WHERE rowid = 2");
      g_assert_cmpint (gxt_number (db, "SELECT COUNT(*) FROM name_fts WHERE name_fts MATCH '\"小 伟\"'"), ==, 0);
    }
}

/* A bank and a desk made by the program before the calendar and the plans keep what they hold. */
static void
test_older_ones_keep_their_rows (void)
{
  static const struct { guint before; const char *insert, *kept, *after; } rows[] = {
    { 4, "INSERT INTO org_unit(id, v, v0, code, name, kind, path, active) VALUES(x'0b', 7, 7, 'HQ', 'HQ', 1, '/HQ/', 1);"
         "INSERT INTO employee(id, v, v0, staff_no, name, org_id, status) VALUES(x'0e', 8, 8, 'E1', 'a', x'0b', 1)",
      "SELECT COUNT(*) FROM employee e JOIN org_unit u ON u.id = e.org_id WHERE e.v = 8 AND u.active = 1",
      "INSERT INTO saved_view(id, v, v0, employee_id, screen, name) VALUES(x'0f', 9, 9, x'0e', 'customers', 'mine')" },
    { 3, "INSERT INTO task(id, v, title, kind, due_at, status) VALUES(x'0a', 7, 't', 1, 5, 1);"
         "INSERT INTO queue(mid, mut_id, tbl, id, op, body, schema, created_at) VALUES(1, x'01', 'task', x'0a', 'patch', '{}', 1, 1)",
      "SELECT COUNT(*) FROM task t JOIN queue q ON q.id = t.id WHERE t.due_at = 5 AND q.mid = 1",
      "INSERT INTO calendar_day(id, v, date, kind) VALUES(x'0f', 9, 20000, 3)" },
  };

  for (guint side = 0; side < G_N_ELEMENTS (sides); side++)
    {
      g_autoptr(GxDb) db = open_empty (side);
      g_autoptr(GError) error = NULL;

      gx_migrator_run (db, sides[side].migrations, rows[side].before, gx_clock_system (), &error);
      g_assert_no_error (error);
      run (db, rows[side].insert);
      sides[side].migrate (db, gx_clock_system (), &error);
      g_assert_no_error (error);
      g_assert_cmpuint (gx_migrator_version (db), ==, *sides[side].n_migrations);
      g_assert_cmpint (gxt_number (db, rows[side].kept), ==, 1);
      run (db, rows[side].after);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/steps/texts_never_change", test_texts_never_change);
  g_test_add_func ("/schema/steps/are_numbered", test_steps_are_numbered);
  g_test_add_func ("/schema/steps/older_ones_keep_their_rows", test_older_ones_keep_their_rows);
  g_test_add_func ("/schema/columns/agree_with_fields", test_schema_agrees_with_fields);
  g_test_add_func ("/schema/tables/are_strict", test_every_table_is_strict);
  g_test_add_func ("/schema/desk/has_no_foreign_keys", test_desk_has_no_foreign_keys);
  g_test_add_func ("/schema/bank/has_foreign_keys", test_bank_has_foreign_keys);
  g_test_add_func ("/schema/bank/keys_refuse_the_maker_as_checker", test_keys_refuse_the_maker_as_checker);
  g_test_add_func ("/schema/names/index_finds_one_character", test_name_index_finds_one_character);
  return g_test_run ();
}
