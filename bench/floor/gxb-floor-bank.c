/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fills the floor's own database: customers, one and a half accounts each, one interaction each, 200 RMs, and 24 months
 * of flows inside those customers that an RM pulls.
 *
 * A customer has 22 columns, as many as one on our wire, so that both answer with like bytes. No keys between tables,
 * no triggers, no scopes: a floor owes nobody anything. */

#include "gxb-floor-bank.h"

#include "gxb-bank.h"

static const char schema[] =
  "CREATE TABLE customer (id BLOB PRIMARY KEY, v INTEGER, v0 INTEGER, fv TEXT, org_path TEXT, created_at INTEGER,"
  "  updated_at INTEGER, cif_no TEXT, type INTEGER, name TEXT, name_pinyin TEXT, name_initials TEXT, status INTEGER,"
  "  lifecycle_stage TEXT, value_class TEXT, tier INTEGER, primary_rm_id BLOB, wealth_mgr_id BLOB, org_id BLOB,"
  "  first_contact_at INTEGER, onboarded_on INTEGER, pref_channel INTEGER) STRICT;"
  "CREATE TABLE account (id BLOB PRIMARY KEY, customer_id BLOB, acct_no TEXT, ccy TEXT, balance INTEGER,"
  "  opened_on INTEGER, v INTEGER) STRICT;"
  "CREATE TABLE interaction (id BLOB PRIMARY KEY, customer_id BLOB, owner_id BLOB, channel INTEGER, subject TEXT,"
  "  notes TEXT, started_at INTEGER, minutes INTEGER, v INTEGER) STRICT;"
  "CREATE TABLE txn_month (customer_id BLOB, month TEXT, in_amt INTEGER, out_amt INTEGER, in_cnt INTEGER, out_cnt INTEGER,"
  "  cust_initiated_cnt INTEGER, own_name_out_other_bank INTEGER, last_txn_on TEXT, login_cnt INTEGER,"
  "  PRIMARY KEY (customer_id, month)) STRICT, WITHOUT ROWID;";

static const char indexes[] =
  "CREATE INDEX customer_by_name ON customer (name, name_pinyin);"
  "CREATE INDEX customer_by_rm ON customer (primary_rm_id, id);"
  "CREATE INDEX account_by_customer ON account (customer_id, balance);"
  "CREATE INDEX interaction_by_customer ON interaction (customer_id, started_at);"
  "ANALYZE;";

static const char *const stages[] = { "NEW", "GROWING", "MATURE", "DECLINING" };

static void
fill_customer (sqlite3_stmt *insert, guint number)
{
  GxId id = gxb_bank_id (GXB_CUSTOMER, number);
  GxId rm = gxb_bank_id (GXB_RM, number % GXB_RMS);
  g_autofree char *cif = g_strdup_printf ("%010u", number + 1);
  GxbPerson person;

  gxb_bank_person (number, &person);
  gxb_sql_bind_id (insert, 1, &id);
  sqlite3_bind_int64 (insert, 2, number + 1);
  sqlite3_bind_int64 (insert, 3, number + 1);
  sqlite3_bind_text (insert, 4, "{}", -1, SQLITE_STATIC);
  sqlite3_bind_text (insert, 5, "/HQ/E/B01/", -1, SQLITE_STATIC);
  sqlite3_bind_int64 (insert, 6, G_GINT64_CONSTANT (1735689600000) + number);
  sqlite3_bind_int64 (insert, 7, G_GINT64_CONSTANT (1735689600000) + number);
  sqlite3_bind_text (insert, 8, cif, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int (insert, 9, 1);
  sqlite3_bind_text (insert, 10, person.name, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (insert, 11, person.pinyin, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (insert, 12, person.initials, -1, SQLITE_TRANSIENT);
  sqlite3_bind_int (insert, 13, 2);
  sqlite3_bind_text (insert, 14, stages[number % G_N_ELEMENTS (stages)], -1, SQLITE_STATIC);
  sqlite3_bind_text (insert, 15, "POTENTIAL", -1, SQLITE_STATIC);
  sqlite3_bind_int (insert, 16, 1 + number % 4);
  gxb_sql_bind_id (insert, 17, &rm);
  gxb_sql_bind_id (insert, 18, &rm);
  gxb_sql_bind_id (insert, 19, &rm);
  sqlite3_bind_int64 (insert, 20, G_GINT64_CONSTANT (1704067200000) + number);
  sqlite3_bind_int (insert, 21, 19000 + number % 900);
  sqlite3_bind_int (insert, 22, 1 + number % 3);
  gxb_sql_done (insert);
}

static void
fill_account (sqlite3_stmt *insert, guint number, guint customers)
{
  GxId id = gxb_bank_id (GXB_ACCOUNT, number);
  GxId customer = gxb_bank_id (GXB_CUSTOMER, number % customers);
  g_autofree char *acct_no = g_strdup_printf ("622202%013u", number);

  gxb_sql_bind_id (insert, 1, &id);
  gxb_sql_bind_id (insert, 2, &customer);
  sqlite3_bind_text (insert, 3, acct_no, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (insert, 4, "CNY", -1, SQLITE_STATIC);
  sqlite3_bind_int64 (insert, 5, (number * 7919u) % 90000000);
  sqlite3_bind_int (insert, 6, 19000 + number % 900);
  sqlite3_bind_int64 (insert, 7, number + 1);
  gxb_sql_done (insert);
}

static void
fill_interaction (sqlite3_stmt *insert, guint number)
{
  GxId id = gxb_bank_id (GXB_INTERACTION, number);
  GxId customer = gxb_bank_id (GXB_CUSTOMER, number);
  GxId rm = gxb_bank_id (GXB_RM, number % GXB_RMS);

  gxb_sql_bind_id (insert, 1, &id);
  gxb_sql_bind_id (insert, 2, &customer);
  gxb_sql_bind_id (insert, 3, &rm);
  sqlite3_bind_int (insert, 4, 1 + number % 5);
  sqlite3_bind_text (insert, 5, "季度回访", -1, SQLITE_STATIC);
  sqlite3_bind_text (insert, 6, "客户关注到期理财，约下周来行面谈。", -1, SQLITE_STATIC);
  sqlite3_bind_int64 (insert, 7, G_GINT64_CONSTANT (1735689600000) + number);
  sqlite3_bind_int (insert, 8, 5 + number % 40);
  sqlite3_bind_int64 (insert, 9, number + 1);
  gxb_sql_done (insert);
}

/* What an RM's first pull brings inside each customer; of customers beyond that pull nobody asks for them. */
static void
fill_months (sqlite3_stmt *insert, guint number)
{
  GxId customer = gxb_bank_id (GXB_CUSTOMER, number);

  for (guint i = 0; i < 24; i++)
    {
      char month[16], last[16];

      g_snprintf (month, sizeof month, "%u-%02u-01", 2024 + i / 12, i % 12 + 1);
      g_snprintf (last, sizeof last, "%u-%02u-%02u", 2024 + i / 12, i % 12 + 1, 1 + (number + i) % 28);
      gxb_sql_bind_id (insert, 1, &customer);
      sqlite3_bind_text (insert, 2, month, -1, SQLITE_TRANSIENT);
      for (int column = 3; column <= 8; column++)
        sqlite3_bind_int64 (insert, column, (number * 7919u + i * column * 104729u) % (column < 5 ? 60000000 : 40));
      sqlite3_bind_text (insert, 9, last, -1, SQLITE_TRANSIENT);
      sqlite3_bind_int (insert, 10, (number + i) % 12);
      gxb_sql_done (insert);
    }
}

/**
 * gxb_floor_bank_fill:
 * @customers: how many; the other tables follow from it
 *
 * Makes the tables and fills them in one transaction.
 */
void
gxb_floor_bank_fill (sqlite3 *db, guint customers)
{
  sqlite3_stmt *insert;

  gxb_sql_run (db, "BEGIN");
  gxb_sql_run (db, schema);
  insert = gxb_sql_prepare (db, "INSERT INTO customer VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
  for (guint i = 0; i < customers; i++)
    fill_customer (insert, i);
  sqlite3_finalize (insert);
  insert = gxb_sql_prepare (db, "INSERT INTO account VALUES (?,?,?,?,?,?,?)");
  for (guint i = 0; i < customers + customers / 2; i++)
    fill_account (insert, i, customers);
  sqlite3_finalize (insert);
  insert = gxb_sql_prepare (db, "INSERT INTO interaction VALUES (?,?,?,?,?,?,?,?,?)");
  for (guint i = 0; i < customers; i++)
    fill_interaction (insert, i);
  sqlite3_finalize (insert);
  insert = gxb_sql_prepare (db, "INSERT INTO txn_month VALUES (?,?,?,?,?,?,?,?,?,?)");
  for (guint i = 0; i < MIN (customers, GXB_RM_PULL); i++)
    if (i % 5 != 0)                     /* four of five records of that pull are customers */
      fill_months (insert, i);
  sqlite3_finalize (insert);
  gxb_sql_run (db, indexes);
  gxb_sql_run (db, "COMMIT");
  gxb_sql_run (db, "PRAGMA wal_checkpoint(TRUNCATE)");
}
