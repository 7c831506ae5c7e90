/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statements, transactions, migrations and entities against a real SQLite in memory. */
#include "gx-catalog.h"
#include "gx-customer.h"
#include "gx-db-driver.h"
#include "gx-migrator.h"
#include "gx-sql.h"
#include "gx-transaction.h"

static GxDb *
open_memory (GxSide side)
{
  g_autoptr(GError) error = NULL;
  GxDb *db = gx_db_open (&gx_db_sqlite, &(GxDbOptions) { .location = ":memory:", .flags = GX_DB_CREATE, .side = side }, &error);

  g_assert_no_error (error);
  return db;
}

static void
create_table (GxDb           *db,
              const GxEntity *entity)
{
  g_autoptr(GString) sql = g_string_new (NULL);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < gx_entity_n_fields (entity); i++)
    {
      const GxField *field = gx_entity_field (entity, i);

      if (gx_sql_has_column (gx_db_get_side (db), field))
        g_string_append_printf (sql, "%s%s @%s@%s", sql->len > 0 ? "," : "", field->name, gx_sql_ops[field->kind].macro,
                                i == 0 ? " PRIMARY KEY" : "");
    }
  g_string_prepend (sql, "(");
  g_string_prepend (sql, entity->name);
  g_string_prepend (sql, "CREATE TABLE ");
  g_string_append (sql, ") STRICT");

  {
    g_autofree char *expanded = gx_migrator_expand (gx_db_get_driver (db), sql->str, &error);

    g_assert_no_error (error);
    gx_db_exec (db, expanded, &error);
    g_assert_no_error (error);
  }
}

static void
test_transaction_undoes_what_was_not_committed (void)
{
  g_autoptr(GxDb) db = open_memory (GX_SIDE_CLIENT);
  g_autoptr(GError) error = NULL;
  gint64 n = -1;

  g_assert_true (gx_db_exec (db, "CREATE TABLE t(a INTEGER) STRICT", &error));
  {
    g_autoptr(GxTransaction) outer = gx_transaction_begin (db, &error);

    g_assert_true (gx_db_run (db, &error, "INSERT INTO t VALUES(?)", "n", 1));
    {
      g_autoptr(GxTransaction) inner = gx_transaction_begin (db, &error);
      g_assert_true (gx_db_run (db, &error, "INSERT INTO t VALUES(?)", "n", 2));
    }
    g_assert_true (gx_transaction_commit (outer, &error));
  }
  {
    g_autoptr(GxTransaction) lost = gx_transaction_begin (db, &error);
    g_assert_true (gx_db_run (db, &error, "INSERT INTO t VALUES(?)", "n", 3));
  }
  g_assert_true (gx_db_query_int (db, &n, &error, "SELECT sum(a) FROM t", NULL));
  g_assert_cmpint (n, ==, 1);
}

static void
test_errors_are_ours (void)
{
  g_autoptr(GxDb) db = open_memory (GX_SIDE_CLIENT);
  g_autoptr(GError) error = NULL;
  gint64 n;

  g_assert_true (gx_db_exec (db, "CREATE TABLE t(a INTEGER PRIMARY KEY CHECK(a > 0)) STRICT", NULL));
  g_assert_false (gx_db_run (db, &error, "INSERT INTO t VALUES(?)", "n", 0));
  g_assert_error (error, GX_ERROR, GX_ERROR_CONSTRAINT);
  g_clear_error (&error);
  g_assert_false (gx_db_run (db, &error, "INSERT INTO no_such VALUES(1)", NULL));
  g_assert_error (error, GX_ERROR, GX_ERROR_DATABASE);
  g_clear_error (&error);
  g_assert_false (gx_db_query_int (db, &n, &error, "SELECT a FROM t", NULL));
  g_assert_error (error, GX_ERROR, GX_ERROR_NOT_FOUND);
}

/* No row is no error: the value stays what it was. */
static void
test_an_integer_that_may_be_missing (void)
{
  g_autoptr(GxDb) db = open_memory (GX_SIDE_CLIENT);
  g_autoptr(GError) error = NULL;
  gint64 n = -1;

  g_assert_true (gx_db_exec (db, "CREATE TABLE t(a INTEGER) STRICT", &error));
  g_assert_true (gx_db_find_int (db, &n, &error, "SELECT a FROM t WHERE a>?", "n", 3));
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, -1);
  g_assert_true (gx_db_run (db, &error, "INSERT INTO t VALUES(?)", "n", 7));
  g_assert_true (gx_db_find_int (db, &n, &error, "SELECT a FROM t WHERE a>?", "n", 3));
  g_assert_cmpint (n, ==, 7);
  g_assert_false (gx_db_find_int (db, &n, &error, "SELECT a FROM no_such", NULL));
  g_assert_error (error, GX_ERROR, GX_ERROR_DATABASE);
}

static void
test_entity_round_trip (void)
{
  g_autoptr(GxDb) db = open_memory (GX_SIDE_SERVER);
  g_autoptr(GError) error = NULL;
  GxCustomer *customer = gx_entity_new (&gx_customer_entity);
  GxCustomer *back;
  int index = gx_entity_index_of (&gx_customer_entity, "lang");

  create_table (db, &gx_customer_entity);
  customer->meta.id = gx_id_new ();
  customer->meta.v = customer->meta.v0 = 17;
  customer->type = GX_CUSTOMER_PERSON;
  customer->name = g_strdup ("欧阳锋");
  customer->tier = GX_TIER_GOLD;
  customer->onboarded_on = 0;               /* 1970-01-01 is a date, not nothing */
  customer->dnd = TRUE;
  g_assert_true (gx_sql_insert (db, &gx_customer_entity, customer, &error));

  back = gx_sql_load (db, &gx_customer_entity, &customer->meta.id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (gx_entity_diff (&gx_customer_entity, customer, back), ==, 0);

  g_free (customer->lang);
  customer->lang = g_strdup ("zh_CN");
  g_assert_true (gx_sql_update (db, &gx_customer_entity, customer, GX_FIELD_BIT (index), &error));
  gx_entity_free (&gx_customer_entity, back);
  back = gx_sql_load (db, &gx_customer_entity, &customer->meta.id, &error);
  g_assert_cmpstr (back->lang, ==, "zh_CN");

  g_assert_false (gx_sql_insert (db, &gx_customer_entity, customer, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_CONSTRAINT);
  g_clear_error (&error);

  g_assert_true (gx_sql_delete (db, &gx_customer_entity, &customer->meta.id, &error));
  g_assert_false (gx_sql_update (db, &gx_customer_entity, customer, GX_FIELD_BIT (index), &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_NOT_FOUND);

  gx_entity_free (&gx_customer_entity, customer);
  gx_entity_free (&gx_customer_entity, back);
}

static gboolean
make_t (GxDb    *db,
        GError **error)
{
  return gx_db_exec (db, "CREATE TABLE t(a INTEGER) STRICT", error);
}

static gboolean
make_then_fail (GxDb    *db,
                GError **error)
{
  return gx_db_exec (db, "CREATE TABLE u(a INTEGER) STRICT", error) && gx_fail (error, GX_ERROR_INTERNAL, "on purpose");
}

static void
test_migrations_are_all_or_nothing (void)
{
  static const GxMigration good[] = { { 1, "t", NULL, make_t } };
  static const GxMigration bad[] = { { 1, "t", NULL, make_t }, { 2, "u", NULL, make_then_fail } };
  g_autoptr(GxDb) db = open_memory (GX_SIDE_CLIENT);
  g_autoptr(GError) error = NULL;
  gint64 n;

  g_assert_false (gx_migrator_run (db, bad, 2, gx_clock_system (), &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_INTERNAL);
  g_clear_error (&error);
  g_assert_cmpuint (gx_migrator_version (db), ==, 1);
  g_assert_true (gx_db_query_int (db, &n, &error, "SELECT count(*) FROM sqlite_schema WHERE name = 'u'", NULL));
  g_assert_cmpint (n, ==, 0);

  g_assert_true (gx_migrator_run (db, good, 1, gx_clock_system (), &error));
  g_assert_false (gx_migrator_run (db, good, 0, gx_clock_system (), &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_FUTURE);
}

static void
test_migration_macros_are_known (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *sql = gx_migrator_expand (&gx_db_sqlite, "a @ID@, b @MONEY@", &error);

  g_assert_cmpstr (sql, ==, "a BLOB, b INTEGER");
  g_assert_null (gx_migrator_expand (&gx_db_sqlite, "a @NOPE@", &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_INTERNAL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db/transaction/undoes_what_was_not_committed", test_transaction_undoes_what_was_not_committed);
  g_test_add_func ("/db/error/is_ours", test_errors_are_ours);
  g_test_add_func ("/db/an_integer_that_may_be_missing", test_an_integer_that_may_be_missing);
  g_test_add_func ("/db/entity/round_trip", test_entity_round_trip);
  g_test_add_func ("/db/migrator/all_or_nothing", test_migrations_are_all_or_nothing);
  g_test_add_func ("/db/migrator/macros_are_known", test_migration_macros_are_known);
  return g_test_run ();
}
