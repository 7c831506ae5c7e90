/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One person at two desks, both offline: each changes the same customer, in part the same fields. What is in a group that nobody else
 * touched arrives; only the group in conflict waits for the person. */
#include "gxt-context.h"

#include "gx-customer.h"
#include "gx-sql.h"
#include "gx-text.h"
#include "gxc-edit.h"
#include "gxc-issues.h"
#include "gxc-queue.h"
#include "gxc-sync.h"

typedef struct
{
  GxtLine     line;
  GxcContext *context;
} Desk;

static GxcStore *
store_of (Desk *desk)
{
  return gxc_context_get_store (desk->context);
}

static GxDb *
db_of (Desk *desk)
{
  return gxc_store_get_db (store_of (desk));
}

static void
desk_open (Desk    *desk,
           GxtBank *bank)
{
  desk->line = (GxtLine) { .bank = bank, .person = GXT_RM1 };
  desk->context = gxt_context_sign_in (&desk->line, NULL);
  gxt_context_sync (desk->context);
}

static void
desk_close (Desk *desk)
{
  gxc_context_free (desk->context);
  gxt_line_clear (&desk->line);
}

static GxCustomer *
read_customer (GxDb       *db,
               const GxId *id)
{
  g_autoptr(GError) error = NULL;
  gpointer customer = gx_sql_load (db, &gx_customer_entity, id, &error);

  g_assert_no_error (error);
  return customer;
}

static void
edit (Desk       *desk,
      const GxId *id,
      gboolean    key_account,
      const char *lang)
{
  g_autoptr(GError) error = NULL;
  GxCustomer *before = read_customer (db_of (desk), id), *after = gx_entity_copy (&gx_customer_entity, before);

  after->key_account = key_account;
  gx_set_str (&after->lang, lang);
  gxc_store_edit (store_of (desk), &gx_customer_entity, before, after, NULL, NULL, &error);
  g_assert_no_error (error);
  gx_entity_free (&gx_customer_entity, before);
  gx_entity_free (&gx_customer_entity, after);
}

static void
test_conflict_in_one_group (void)
{
  GxtBank *bank = gxt_bank_new (":memory:");
  const GxId *id = &bank->customer;
  g_autoptr(GPtrArray) issues = NULL;
  g_autoptr(GError) error = NULL;
  const GxcIssue *issue;
  GxCustomer *at_bank;
  Desk laptop = { 0 }, other = { 0 };
  gboolean key_account;

  desk_open (&laptop, bank);
  desk_open (&other, bank);
  at_bank = read_customer (bank->db, id);
  key_account = at_bank->key_account;
  gx_entity_free (&gx_customer_entity, at_bank);

  edit (&laptop, id, !key_account, "en");
  g_assert_cmpint (gxc_queue_length (db_of (&laptop)), ==, 2);
  edit (&laptop, id, !key_account, "fr");       /* goes into the one of its group */
  g_assert_cmpint (gxc_queue_length (db_of (&laptop)), ==, 2);
  edit (&other, id, key_account, "de");
  g_assert_cmpint (gxc_queue_length (db_of (&other)), ==, 1);
  gxt_context_sync (other.context);
  gxt_context_sync (laptop.context);

  at_bank = read_customer (bank->db, id);
  g_assert_cmpint (at_bank->key_account, ==, !key_account);
  g_assert_cmpstr (at_bank->lang, ==, "de");
  gx_entity_free (&gx_customer_entity, at_bank);
  issues = gxc_issues_list (db_of (&laptop), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (issues->len, ==, 1);
  issue = issues->pdata[0];
  g_assert_cmpuint (issue->fields->len, ==, 1);
  g_assert_cmpstr (((GxcIssueField *) issue->fields->pdata[0])->field, ==, "lang");
  g_assert_cmpstr (((GxcIssueField *) issue->fields->pdata[0])->mine, ==, "fr");
  g_assert_cmpstr (((GxcIssueField *) issue->fields->pdata[0])->theirs, ==, "de");
  desk_close (&laptop);
  desk_close (&other);
  gxt_bank_free (bank);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/groups/a_conflict_holds_up_only_its_own_group", test_conflict_in_one_group);

  return g_test_run ();
}
