/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who holds which row, and what a session may see. */
#include "gx-catalog.h"
#include "gx-change-request.h"
#include "gx-customer.h"
#include "gx-login.h"
#include "gx-role-grant.h"
#include "gx-sql.h"
#include "gx-task.h"
#include "gxt-sync.h"

static void
test_every_entity_has_a_line (void)
{
  for (guint i = 0; i < gx_n_entities; i++)
    {
      g_test_message ("%s", gx_entities[i]->name);
      g_assert_cmpint (gxs_scope_is_mapped (gx_entities[i]), ==, gx_entities[i]->fact_of == NULL);
    }
}

static void
assert_scopes (GxtSync        *sync,
               const GxEntity *entity,
               gconstpointer   data,
               const char     *expected)
{
  GxsHolders holders;
  GxsScopeSet set;
  g_autoptr(GString) names = g_string_new (NULL);
  g_autoptr(GError) error = NULL;

  gxs_holders_load (sync->db, entity, data, &holders, &error);
  g_assert_no_error (error);
  gxs_scopes_of (entity, data, &holders, &set);
  for (guint i = 0; i < set.n; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? " " : "", set.names[i]);
  g_assert_cmpstr (names->str, ==, expected);
}

static void
test_customers_and_their_children (void)
{
  g_autoptr(GxtSync) sync = gxt_sync_new ();
  GxId id = gxt_sync_customer (sync, GXT_RM1, GXT_RM2, "王小明", GX_CUSTOMER_ACTIVE);
  GxCustomer *customer = gxt_sync_load (sync, &gx_customer_entity, &id);
  GxTask *task = gx_entity_new (&gx_task_entity);
  g_autofree char *held = g_strdup_printf ("ow:%s ow:%s br:NB01", GX_ID_STR (&sync->employee[GXT_RM1]),
                                           GX_ID_STR (&sync->employee[GXT_RM2]));
  g_autofree char *given = g_strdup_printf ("%s ow:%s", held, GX_ID_STR (&sync->employee[GXT_RM3]));
  g_autofree char *alone = g_strdup_printf ("ow:%s", GX_ID_STR (&sync->employee[GXT_RM3]));

  assert_scopes (sync, &gx_customer_entity, customer, held);
  customer->meta.del = TRUE;
  assert_scopes (sync, &gx_customer_entity, customer, "");

  task->customer_id = id;
  task->assignee_id = sync->employee[GXT_RM3];
  assert_scopes (sync, &gx_task_entity, task, given);
  task->customer_id = GX_ID_NONE;
  assert_scopes (sync, &gx_task_entity, task, alone);
  gx_entity_free (&gx_customer_entity, customer);
  gx_entity_free (&gx_task_entity, task);
}

static void
test_requests (void)
{
  g_autoptr(GxtSync) sync = gxt_sync_new ();
  GxChangeRequest *request = gx_entity_new (&gx_change_request_entity);
  g_autofree char *open = g_strdup_printf ("ow:%s cr:NB02", GX_ID_STR (&sync->employee[GXT_RM1]));
  g_autofree char *closed = g_strdup_printf ("ow:%s", GX_ID_STR (&sync->employee[GXT_RM1]));

  request->maker_id = sync->employee[GXT_RM1];
  request->meta.org_path = g_strdup ("/HQ/N/NB02/");
  request->state = g_strdup ("PENDING");
  assert_scopes (sync, &gx_change_request_entity, request, open);
  g_free (request->state);
  request->state = g_strdup ("REJECTED");
  assert_scopes (sync, &gx_change_request_entity, request, closed);
  gx_entity_free (&gx_change_request_entity, request);
}

static void
assert_session (GxtSync    *sync,
                GxtPerson   person,
                const char *expected)
{
  g_autoptr(GxsAuthz) authz = gxt_sync_authz (sync, person);
  g_autofree char *names = g_strjoinv (" ", authz->scopes);

  g_assert_cmpstr (names, ==, expected);
}

static void
test_sessions (void)
{
  g_autoptr(GxtSync) sync = gxt_sync_new ();
  g_autofree char *rm1 = g_strdup_printf ("ow:%s ref", GX_ID_STR (&sync->employee[GXT_RM1]));
  g_autofree char *sup1 = g_strdup_printf ("br:NB01 cr:NB01 ow:%s ref", GX_ID_STR (&sync->employee[GXT_SUP1]));
  g_autofree char *region = g_strdup_printf ("br:N br:NB01 br:NB02 cr:N cr:NB01 cr:NB02 ow:%s ref",
                                             GX_ID_STR (&sync->employee[GXT_REGION]));

  assert_session (sync, GXT_RM1, rm1);
  assert_session (sync, GXT_SUP1, sup1);
  assert_session (sync, GXT_REGION, region);
  assert_session (sync, GXT_HQ1, "ref");
  assert_session (sync, GXT_ADMIN1, "adm ref");
  assert_session (sync, GXT_AUDITOR1, "");
}

static GxRoleGrant *
load_grant (GxtSync   *sync,
            GxtPerson  person)
{
  g_autoptr(GxStatement) statement = gx_db_query (sync->db, NULL, "SELECT id FROM role_grant WHERE login_id = ?", "u",
                                                  &sync->login[person]);
  GxId id;

  g_assert_true (gx_statement_next (statement, NULL));
  id = gx_statement_get_id (statement, 0);
  gx_statement_rewind (statement);
  return gxt_sync_load (sync, &gx_role_grant_entity, &id);
}

static void
test_rights_change_with_the_next_request (void)
{
  g_autoptr(GxtSync) sync = gxt_sync_new ();
  g_autoptr(GxsAuthz) before = gxt_sync_authz (sync, GXT_SUP1);
  g_autoptr(GxsAuthz) other = gxt_sync_authz (sync, GXT_RM1);
  GxRoleGrant *grant = load_grant (sync, GXT_SUP1);
  gint64 now = sync->bank->clock.now;

  g_assert_true (gxs_authz_is_current (before, sync->db, now));
  grant->org_id = sync->bank->branch2;
  gxt_sync_update (sync, &gx_role_grant_entity, grant);
  g_assert_false (gxs_authz_is_current (before, sync->db, now));
  g_assert_true (gxs_authz_is_current (other, sync->db, now));
}

static void
test_grants_begin_and_end_by_the_clock (void)
{
  g_autoptr(GxtSync) sync = gxt_sync_new ();
  GxRoleGrant *grant = load_grant (sync, GXT_RM1);
  gint64 now = sync->bank->clock.now;

  grant->valid_from = now + 1000;
  grant->valid_to = now + 2000;
  gxt_sync_update (sync, &gx_role_grant_entity, grant);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(GxsAuthz) authz = gxt_sync_authz (sync, GXT_RM1);

      g_assert_cmpint (authz->roles != 0, ==, i == 1);
      g_assert_true (gxs_authz_is_current (authz, sync->db, sync->bank->clock.now + 999));
      if (i < 2)
        g_assert_false (gxs_authz_is_current (authz, sync->db, sync->bank->clock.now + 1000));
      sync->bank->clock.now += 1000;
    }
}

static void
test_a_locked_login_has_no_rights (void)
{
  g_autoptr(GxtSync) sync = gxt_sync_new ();
  const GxsSignedIn who = { .login_id = sync->login[GXT_RM1] };
  GxLogin *login = gxt_sync_load (sync, &gx_login_entity, &who.login_id);
  g_autoptr(GError) error = NULL;

  login->status = GX_LOGIN_LOCKED;
  gxt_sync_update (sync, &gx_login_entity, login);
  g_assert_null (gxs_authz_new (sync->db, &who, sync->bank->clock.now, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_UNAUTHENTICATED);
}

/* Whoever administers, or audits, does nothing else: also where two grants were made one by one. */
static void
test_roles_apart (void)
{
  static const struct { GxtPerson person; GxRole second; } cases[] = {
    { GXT_RM1, GX_ROLE_AUDITOR }, { GXT_RM1, GX_ROLE_ADMIN }, { GXT_AUDITOR1, GX_ROLE_SUPERVISOR }, { GXT_ADMIN1, GX_ROLE_HQ },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GxtSync) sync = gxt_sync_new ();
      GxsSignedIn who = { .login_id = sync->login[cases[i].person] };
      g_autoptr(GxsAuthz) alone = gxs_authz_new (sync->db, &who, sync->bank->clock.now, NULL), chosen = NULL;
      GxRoleGrant *grant = load_grant (sync, cases[i].person);
      g_autoptr(GError) error = NULL;

      g_assert_nonnull (alone);
      grant->meta.id = gxt_bank_id (sync->bank);
      grant->role = cases[i].second;
      gxt_sync_put (sync, &gx_role_grant_entity, grant);
      g_assert_null (gxs_authz_new (sync->db, &who, sync->bank->clock.now, &error));
      g_assert_error (error, GX_ERROR, GX_ERROR_FORBIDDEN);
      who.roles = alone->roles;                             /* a session of one of them */
      chosen = gxs_authz_new (sync->db, &who, sync->bank->clock.now, NULL);
      g_assert_nonnull (chosen);
      g_assert_cmpuint (chosen->roles, ==, alone->roles);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/scope/every_entity_has_a_line", test_every_entity_has_a_line);
  g_test_add_func ("/server/scope/customers_and_their_children", test_customers_and_their_children);
  g_test_add_func ("/server/scope/requests_of_maker_and_open_step", test_requests);
  g_test_add_func ("/server/authz/sessions_by_role", test_sessions);
  g_test_add_func ("/server/authz/rights_change_with_the_next_request", test_rights_change_with_the_next_request);
  g_test_add_func ("/server/authz/grants_begin_and_end_by_the_clock", test_grants_begin_and_end_by_the_clock);
  g_test_add_func ("/server/authz/roles_are_held_apart", test_roles_apart);
  g_test_add_func ("/server/authz/a_locked_login_has_no_rights", test_a_locked_login_has_no_rights);

  return g_test_run ();
}
