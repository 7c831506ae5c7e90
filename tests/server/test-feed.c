/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pull and bootstrap on small cases: nothing missed, nothing shown that is not the session's, cursors that cover what
 * they say (I4, I5, I8).
 */
#include "gx-customer.h"
#include "gx-holding.h"
#include "gx-json.h"
#include "gx-need.h"
#include "gx-product.h"
#include "gx-role-grant.h"
#include "gx-role.h"
#include "gx-sql.h"
#include "gxs-feed.h"
#include "gxt-replica.h"

#include <string.h>

typedef struct
{
  GxtSync    *sync;
  GxtReplica *rm1, *rm2, *rm3, *sup1;
  GxId        customer;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->sync = gxt_sync_new ();
  fixture->customer = gxt_sync_customer (fixture->sync, GXT_RM1, GXT_NOBODY, "王小明", GX_CUSTOMER_ACTIVE);
  fixture->rm1 = gxt_replica_new (fixture->sync, GXT_RM1);
  fixture->rm2 = gxt_replica_new (fixture->sync, GXT_RM2);
  fixture->rm3 = gxt_replica_new (fixture->sync, GXT_RM3);
  fixture->sup1 = gxt_replica_new (fixture->sync, GXT_SUP1);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gxt_replica_free (fixture->rm1);
  gxt_replica_free (fixture->rm2);
  gxt_replica_free (fixture->rm3);
  gxt_replica_free (fixture->sup1);
  gxt_sync_free (fixture->sync);
}

static void
sync_all (Fixture *fixture,
          guint    limit)
{
  GxtReplica *all[] = { fixture->rm1, fixture->rm2, fixture->rm3, fixture->sup1 };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      gxt_replica_sync (all[i], limit);
      gxt_replica_assert_equal (all[i]);
    }
}

static GxId
make_need (Fixture    *fixture,
           GxtPerson   person,
           const GxId *customer)
{
  GxId id = gxt_sync_id (fixture->sync);
  g_autofree char *set = gxt_json ("'set':{'customer_id':'%s','category':'HOUSING','status':'OPEN'}", GX_ID_STR (customer));

  g_assert_cmpstr (gxt_sync_mutate (fixture->sync, person, "create", "need", &id, set, NULL), ==, "applied");
  return id;
}

static void
hand_over (Fixture   *fixture,
           GxtPerson  rm,
           GxtPerson  wealth)
{
  GxCustomer *customer = gxt_sync_load (fixture->sync, &gx_customer_entity, &fixture->customer);

  customer->primary_rm_id = fixture->sync->employee[rm];
  customer->wealth_mgr_id = wealth != GXT_NOBODY ? fixture->sync->employee[wealth] : GX_ID_NONE;
  customer->org_id = rm == GXT_RM3 ? fixture->sync->bank->branch2 : fixture->sync->bank->branch1;
  gxt_sync_update (fixture->sync, &gx_customer_entity, customer);
}

static void
test_everybody_gets_what_is_theirs (Fixture       *fixture,
                                    gconstpointer  data)
{
  GxId need = make_need (fixture, GXT_RM1, &fixture->customer);

  sync_all (fixture, 7);
  g_assert_nonnull (gxt_replica_get (fixture->rm1, "need", &need));
  g_assert_nonnull (gxt_replica_get (fixture->sup1, "need", &need));
  g_assert_null (gxt_replica_get (fixture->rm2, "need", &need));
  g_assert_null (gxt_replica_get (fixture->rm3, "customer", &fixture->customer));
}

static void
test_sight (Fixture       *fixture,
            gconstpointer  data)
{
  sync_all (fixture, 100);
  g_assert_nonnull (strstr (gxt_replica_get (fixture->rm1, "customer", &fixture->customer), "王小明"));
  g_assert_null (strstr (gxt_replica_get (fixture->sup1, "customer", &fixture->customer), "王小明"));
  g_assert_null (strstr (gxt_replica_get (fixture->sup1, "customer", &fixture->customer), "xiao"));
  g_assert_nonnull (strstr (gxt_replica_get (fixture->sup1, "customer", &fixture->customer), "\"masked\""));
}

static void
test_changes_arrive (Fixture       *fixture,
                     gconstpointer  data)
{
  GxId need;

  sync_all (fixture, 100);
  need = make_need (fixture, GXT_RM1, &fixture->customer);
  sync_all (fixture, 1);
  g_assert_nonnull (gxt_replica_get (fixture->rm1, "need", &need));
  gxt_sync_delete (fixture->sync, &gx_need_entity, &need);
  sync_all (fixture, 1);
  g_assert_null (gxt_replica_get (fixture->rm1, "need", &need));
  g_assert_null (gxt_replica_get (fixture->sup1, "need", &need));
}

static void
test_transfer_takes_the_children_along (Fixture       *fixture,
                                        gconstpointer  data)
{
  GxId need = make_need (fixture, GXT_RM1, &fixture->customer);

  sync_all (fixture, 100);
  hand_over (fixture, GXT_RM2, GXT_NOBODY);
  sync_all (fixture, 1);
  g_assert_null (gxt_replica_get (fixture->rm1, "customer", &fixture->customer));
  g_assert_null (gxt_replica_get (fixture->rm1, "need", &need));
  g_assert_nonnull (gxt_replica_get (fixture->rm2, "customer", &fixture->customer));
  g_assert_nonnull (gxt_replica_get (fixture->rm2, "need", &need));
  g_assert_nonnull (gxt_replica_get (fixture->sup1, "need", &need));
}

static void
test_transfer_to_another_branch (Fixture       *fixture,
                                 gconstpointer  data)
{
  GxId need = make_need (fixture, GXT_RM1, &fixture->customer);
  GxNeed *row;

  sync_all (fixture, 100);
  hand_over (fixture, GXT_RM3, GXT_NOBODY);
  sync_all (fixture, 2);
  g_assert_null (gxt_replica_get (fixture->sup1, "customer", &fixture->customer));
  g_assert_null (gxt_replica_get (fixture->sup1, "need", &need));
  g_assert_nonnull (gxt_replica_get (fixture->rm3, "need", &need));
  row = gxt_sync_load (fixture->sync, &gx_need_entity, &need);
  g_assert_cmpstr (row->meta.org_path, ==, "/HQ/N/NB02/");
  gx_entity_free (&gx_need_entity, row);
}

static void
test_there_and_back_between_two_pulls (Fixture       *fixture,
                                       gconstpointer  data)
{
  sync_all (fixture, 100);
  hand_over (fixture, GXT_RM2, GXT_NOBODY);
  hand_over (fixture, GXT_RM1, GXT_NOBODY);
  sync_all (fixture, 1);
  g_assert_nonnull (gxt_replica_get (fixture->rm1, "customer", &fixture->customer));
  g_assert_null (gxt_replica_get (fixture->rm2, "customer", &fixture->customer));
}

/* RM1 is the customer's manager and, by another grant, supervisor of its branch: two scopes hold the row. */
static void
test_sight_falls_with_the_scope (Fixture       *fixture,
                                 gconstpointer  data)
{
  GxRoleGrant *grant = gx_entity_new (&gx_role_grant_entity);
  g_autofree char *page = NULL;
  const char *gone, *put;

  grant->login_id = fixture->sync->login[GXT_RM1];
  grant->role = GX_ROLE_SUPERVISOR;
  grant->org_id = fixture->sync->bank->branch1;
  gxt_sync_put (fixture->sync, &gx_role_grant_entity, grant);
  sync_all (fixture, 100);
  g_assert_nonnull (strstr (gxt_replica_get (fixture->rm1, "customer", &fixture->customer), "王小明"));

  hand_over (fixture, GXT_RM2, GXT_NOBODY);
  page = gxt_replica_pull (fixture->rm1, 100);
  gone = strstr (page, "\"gone\"");
  put = strstr (page, "\"put\"");
  g_assert_nonnull (gone);
  g_assert_nonnull (put);
  g_assert_true (gone < put);
  g_assert_null (strstr (page, "王小明"));
  sync_all (fixture, 1);
  g_assert_null (strstr (gxt_replica_get (fixture->rm1, "customer", &fixture->customer), "王小明"));
}

static void
test_a_grant_that_ends_takes_its_rows (Fixture       *fixture,
                                       gconstpointer  data)
{
  GxId grant;
  g_autoptr(GxStatement) statement = gx_db_query (fixture->sync->db, NULL, "SELECT id FROM role_grant WHERE login_id = ?", "u",
                                                  &fixture->sync->login[GXT_SUP1]);

  g_assert_true (gx_statement_next (statement, NULL));
  grant = gx_statement_get_id (statement, 0);
  gx_statement_rewind (statement);
  sync_all (fixture, 100);
  g_assert_nonnull (gxt_replica_get (fixture->sup1, "customer", &fixture->customer));

  gxt_sync_delete (fixture->sync, &gx_role_grant_entity, &grant);
  sync_all (fixture, 100);
  g_assert_cmpuint (g_hash_table_size (fixture->sup1->rows), ==, 0);
}

static void
test_a_page_never_splits_a_seq (Fixture       *fixture,
                                gconstpointer  data)
{
  g_autofree char *page = NULL;
  g_autofree char *second = NULL;

  for (guint i = 0; i < 9; i++)
    make_need (fixture, GXT_RM1, &fixture->customer);
  sync_all (fixture, 100);
  /* One change, ten rows. */
  hand_over (fixture, GXT_RM2, GXT_NOBODY);
  page = gxt_replica_pull (fixture->rm2, 1);
  g_assert_nonnull (strstr (page, "\"more\":false"));
  g_assert_nonnull (strstr (page, "\"n\":11"));
}

static void
test_the_cursor_is_the_head_when_nothing_is_left (Fixture       *fixture,
                                                  gconstpointer  data)
{
  g_autofree char *page = NULL;
  g_autofree char *cursor = NULL;

  sync_all (fixture, 100);
  make_need (fixture, GXT_RM1, &fixture->customer);
  page = gxt_replica_pull (fixture->rm3, 100);
  cursor = gxt_json ("'cursor':'%" G_GINT64_FORMAT "'", gxt_number (fixture->sync->db, "SELECT seq FROM sync_clock"));
  g_assert_nonnull (strstr (page, cursor));
}

static void
change_something (gpointer data)
{
  Fixture *fixture = data;

  make_need (fixture, GXT_RM1, &fixture->customer);
  hand_over (fixture, GXT_RM1, g_random_boolean () ? GXT_RM2 : GXT_NOBODY);
}

static void
test_changes_while_a_scope_is_loading (Fixture       *fixture,
                                       gconstpointer  data)
{
  for (guint i = 0; i < 10; i++)
    make_need (fixture, GXT_RM1, &fixture->customer);
  fixture->rm1->between = change_something;
  fixture->rm1->between_data = fixture;
  fixture->rm1->n_between = 8;
  gxt_replica_sync (fixture->rm1, 3);
  g_assert_cmpuint (fixture->rm1->n_between, ==, 0);
  gxt_replica_assert_equal (fixture->rm1);
}

static GxId
make_holding (Fixture *fixture)
{
  GxProduct *product = gx_entity_new (&gx_product_entity);
  GxHolding *holding = gx_entity_new (&gx_holding_entity);
  g_autoptr(GError) error = NULL;
  GxId id = gxt_sync_id (fixture->sync), product_id = gxt_sync_id (fixture->sync);

  product->meta.id = product_id;
  product->code = g_strdup ("D1");
  product->name = g_strdup ("Deposit");
  product->family = product->line = 1;
  gxt_sync_put (fixture->sync, &gx_product_entity, product);
  holding->meta.id = id;
  holding->customer_id = fixture->customer;
  holding->product_id = product_id;
  holding->acct_no = g_strdup ("6222020200012345678");
  holding->ccy = g_strdup ("CNY");
  holding->opened_on = holding->as_of = 20000;
  holding->status = GX_HOLDING_OPEN;
  holding->source_system = GX_SOURCE_DEPOSIT;
  holding->balance = 1234567;
  gxt_sync_put (fixture->sync, &gx_holding_entity, holding);
  gx_db_run (fixture->sync->db, &error, "INSERT INTO holding_month(holding_id, month, end_balance) VALUES(?, 20000, 7), (?, 20031, 8)",
             "uu", &id, &id);
  g_assert_no_error (error);
  return id;
}

static void
test_months_travel_inside_in_clear_only (Fixture       *fixture,
                                         gconstpointer  data)
{
  GxId id = make_holding (fixture);
  const char *mine, *theirs;

  sync_all (fixture, 100);
  mine = gxt_replica_get (fixture->rm1, "holding", &id);
  theirs = gxt_replica_get (fixture->sup1, "holding", &id);
  g_assert_nonnull (strstr (mine, "\"months\":[[\"end_balance\",\"month\"],[7,"));
  g_assert_nonnull (strstr (mine, "\"balance\":1234567"));
  g_assert_null (strstr (theirs, "months"));
  g_assert_null (strstr (theirs, "1234567"));
  g_assert_null (strstr (theirs, "6222020200012345678"));
  g_assert_nonnull (strstr (theirs, "\"balance\":"));       /* its band, among the masked */
}

static void
test_another_scope_is_refused (Fixture       *fixture,
                               gconstpointer  data)
{
  g_autoptr(GxsAuthz) authz = gxt_sync_authz (fixture->sync, GXT_RM3);
  g_autofree char *scope = g_strconcat ("ow:", GX_ID_STR (&fixture->sync->employee[GXT_RM1]), NULL);
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GError) error = NULL;

  g_assert_false (gxs_feed_bootstrap (fixture->sync->db, authz, scope, NULL, 10, out, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_FORBIDDEN);

  /* A claim to have it only makes it drop. */
  g_ptr_array_add (fixture->rm3->have, g_strdup (scope));
  {
    g_autofree char *page = gxt_replica_pull (fixture->rm3, 100);

    g_assert_nonnull (strstr (page, "scope-"));
    g_assert_null (strstr (page, "王小明"));
  }
}

static void
test_a_cursor_from_the_future_waits (Fixture       *fixture,
                                     gconstpointer  data)
{
  g_autoptr(GxsAuthz) authz = gxt_sync_authz (fixture->sync, GXT_RM1);
  g_autofree char *body = gxt_json ("{'client_id':'%s','schema':2,'cursor':'999999','have':[]}",
                                    GX_ID_STR (&fixture->sync->client[GXT_RM1]));
  g_autoptr(JsonNode) node = gx_json_parse (body, -1, NULL);
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GError) error = NULL;

  g_assert_false (gxs_feed_pull (fixture->sync->db, authz, json_node_get_object (node), out, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_BUSY);
}

/* Many small changes by everybody, pulled at odd moments in pages of odd sizes. */
static void
test_many_changes_at_odd_moments (Fixture       *fixture,
                                  gconstpointer  data)
{
  const GxtPerson rms[] = { GXT_RM1, GXT_RM2, GXT_RM3 };
  GxtReplica *all[] = { fixture->rm1, fixture->rm2, fixture->rm3, fixture->sup1 };
  g_autoptr(GRand) rand = g_rand_new_with_seed (4711);
  GxtPerson rm = GXT_RM1;

  for (guint i = 0; i < 120; i++)
    {
      switch (g_rand_int_range (rand, 0, 4))
        {
        case 0:
          rm = rms[g_rand_int_range (rand, 0, 3)];
          hand_over (fixture, rm, rm == GXT_RM3 || g_rand_boolean (rand) ? GXT_NOBODY : GXT_RM2);
          break;
        case 1:
          gxt_sync_customer (fixture->sync, rms[g_rand_int_range (rand, 0, 3)], GXT_NOBODY, "钱七", GX_CUSTOMER_ACTIVE);
          break;
        case 2:
          make_need (fixture, rm, &fixture->customer);
          break;
        default:
          gxt_replica_sync (all[g_rand_int_range (rand, 0, 4)], (guint) g_rand_int_range (rand, 1, 5));
        }
    }
  sync_all (fixture, 3);
}

static const struct { const char *name; void (*func) (Fixture *fixture, gconstpointer data); } tests[] = {
  { "everybody_gets_what_is_theirs", test_everybody_gets_what_is_theirs },
  { "only_the_owner_sees_in_clear", test_sight },
  { "changes_and_deletions_arrive", test_changes_arrive },
  { "a_transfer_takes_the_children_along", test_transfer_takes_the_children_along },
  { "a_transfer_to_another_branch_leaves_the_first", test_transfer_to_another_branch },
  { "there_and_back_between_two_pulls", test_there_and_back_between_two_pulls },
  { "when_sight_falls_gone_comes_before_put", test_sight_falls_with_the_scope },
  { "a_grant_that_ends_takes_its_rows", test_a_grant_that_ends_takes_its_rows },
  { "a_page_never_splits_a_seq", test_a_page_never_splits_a_seq },
  { "the_cursor_is_the_head_when_nothing_is_left", test_the_cursor_is_the_head_when_nothing_is_left },
  { "changes_while_a_scope_is_loading_are_not_missed", test_changes_while_a_scope_is_loading },
  { "months_travel_inside_and_in_clear_only", test_months_travel_inside_in_clear_only },
  { "another_scope_is_refused", test_another_scope_is_refused },
  { "a_cursor_from_the_future_waits", test_a_cursor_from_the_future_waits },
  { "many_changes_at_odd_moments", test_many_changes_at_odd_moments },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/server/feed/", tests[i].name, NULL);

      g_test_add (path, Fixture, NULL, set_up, tests[i].func, tear_down);
    }

  return g_test_run ();
}
