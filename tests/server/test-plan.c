/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who writes what a desk plans with: views are their own person's, plans their customer's managers', the rest the server's. */
#include "gx-customer.h"
#include "gx-plan-tmpl.h"
#include "gx-pin.h"
#include "gx-saved-view.h"
#include "gxt-sync.h"

typedef struct
{
  GxtSync *sync;
  GxId     customer;        /* of RM1, with RM2 as wealth manager */
  GxId     tmpl;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  GxPlanTmpl *tmpl = gx_entity_new (&gx_plan_tmpl_entity);

  fixture->sync = gxt_sync_new ();
  fixture->customer = gxt_sync_customer (fixture->sync, GXT_RM1, GXT_RM2, "王小明", GX_CUSTOMER_ACTIVE);
  fixture->tmpl = tmpl->meta.id = gxt_sync_id (fixture->sync);
  tmpl->code = g_strdup ("ONBOARD_90");
  tmpl->name = g_strdup ("新客户 90 天维护");
  tmpl->version = 1;
  tmpl->status = GX_TMPL_PUBLISHED;
  gxt_sync_put (fixture->sync, &gx_plan_tmpl_entity, tmpl);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gxt_sync_free (fixture->sync);
}

/* "" if it was not refused. */
static char *
code_of (Fixture    *fixture,
         GxtPerson   person,
         const char *op,
         const char *table,
         const GxId *id,
         const char *rest)
{
  g_autoptr(JsonObject) result = NULL;
  g_autofree char *text = gxt_json ("%s", rest);

  gxt_sync_mutate (fixture->sync, person, op, table, id, text, &result);
  return g_strdup (json_object_has_member (result, "code") ? json_object_get_string_member (result, "code")
                                                           : json_object_get_string_member (result, "st"));
}

static void
assert_answer (Fixture    *fixture,
               GxtPerson   person,
               const char *op,
               const char *table,
               const GxId *id,
               const char *rest,
               const char *expected)
{
  g_autofree char *code = code_of (fixture, person, op, table, id, rest);

  g_test_message ("%d %s %s", person, op, table);
  g_assert_cmpstr (code, ==, expected);
}

static char *
view_set (Fixture   *fixture,
          GxtPerson  whose)
{
  return g_strdup_printf ("'set':{'employee_id':'%s','screen':'customers','name':'Mine','filter':{'tier':'GOLD'},'descending':true}",
                          GX_ID_STR (&fixture->sync->employee[whose]));
}

static void
test_a_view_is_its_persons (Fixture       *fixture,
                            gconstpointer  data)
{
  const char *rename = "'set':{'name':{'v':'Theirs','b':{'s':999}}}";
  GxId id = gxt_sync_id (fixture->sync), other = gxt_sync_id (fixture->sync);
  g_autofree char *mine = view_set (fixture, GXT_RM1);
  GxSavedView *view;

  assert_answer (fixture, GXT_RM1, "create", "saved_view", &id, mine, "applied");
  assert_answer (fixture, GXT_RM2, "create", "saved_view", &other, mine, "FORBIDDEN");
  assert_answer (fixture, GXT_RM2, "patch", "saved_view", &id, rename, "NOT_FOUND");
  assert_answer (fixture, GXT_SUP1, "patch", "saved_view", &id, rename, "NOT_FOUND");
  assert_answer (fixture, GXT_SUP1, "delete", "saved_view", &id, "'b':{'s':999}", "NOT_FOUND");
  assert_answer (fixture, GXT_HQ1, "patch", "saved_view", &id, rename, "FORBIDDEN");
  assert_answer (fixture, GXT_RM1, "patch", "saved_view", &id, rename, "applied");

  view = gxt_sync_load (fixture->sync, &gx_saved_view_entity, &id);
  g_assert_cmpstr (view->name, ==, "Theirs");
  g_assert_true (view->descending);
  gx_entity_free (&gx_saved_view_entity, view);
  assert_answer (fixture, GXT_RM1, "delete", "saved_view", &id, "'b':{'s':999}", "applied");
}

static void
test_a_view_is_in_one_scope (Fixture       *fixture,
                             gconstpointer  data)
{
  GxId id = gxt_sync_id (fixture->sync);
  g_autofree char *mine = view_set (fixture, GXT_RM1);
  g_autofree char *sql = NULL;

  assert_answer (fixture, GXT_RM1, "create", "saved_view", &id, mine, "applied");
  sql = g_strdup_printf ("SELECT COUNT(*) FROM scope_row r JOIN scope s ON s.id=r.scope WHERE r.tbl=%u AND s.name='ow:%s'",
                         gx_saved_view_entity.number, GX_ID_STR (&fixture->sync->employee[GXT_RM1]));
  g_assert_cmpint (gxt_number (fixture->sync->db, sql), ==, 1);
  g_assert_cmpint (gxt_number (fixture->sync->db, "SELECT COUNT(*) FROM scope_row WHERE tbl=27"), ==, 1);
}

static void
test_a_view_has_a_size (Fixture       *fixture,
                        gconstpointer  data)
{
  GxId id = gxt_sync_id (fixture->sync);
  g_autofree char *names = g_strnfill (8001, 'x');
  g_autofree char *big = g_strdup_printf ("'set':{'employee_id':'%s','screen':'customers','name':'Big','filter':['%s']}",
                                          GX_ID_STR (&fixture->sync->employee[GXT_RM1]), names);
  g_autofree char *bare = g_strdup_printf ("'set':{'employee_id':'%s','screen':'customers','name':'Bare','columns':7}",
                                           GX_ID_STR (&fixture->sync->employee[GXT_RM1]));

  assert_answer (fixture, GXT_RM1, "create", "saved_view", &id, big, "INVALID");
  assert_answer (fixture, GXT_RM1, "create", "saved_view", &id, bare, "INVALID");
}

static char *
pin_set (Fixture    *fixture,
         GxtPerson   whose,
         const GxId *customer)
{
  return g_strdup_printf ("'set':{'employee_id':'%s','customer_id':'%s','at':1795223207000}", GX_ID_STR (&fixture->sync->employee[whose]),
                          GX_ID_STR (customer));
}

/* A pin says what its person looks at: not even who manages the customer learns of it. */
static void
test_a_pin_is_its_persons (Fixture       *fixture,
                           gconstpointer  data)
{
  GxId id = gxt_sync_id (fixture->sync), other = gxt_sync_id (fixture->sync), nobody = gxt_sync_id (fixture->sync);
  g_autofree char *mine = pin_set (fixture, GXT_RM1, &fixture->customer), *astray = pin_set (fixture, GXT_RM1, &nobody);
  g_autofree char *sql = g_strdup_printf ("SELECT COUNT(*) FROM scope_row r JOIN scope s ON s.id=r.scope WHERE r.tbl=%u AND s.name='ow:%s'"
                                          " AND r.gone=0", gx_pin_entity.number, GX_ID_STR (&fixture->sync->employee[GXT_RM1]));

  assert_answer (fixture, GXT_RM1, "create", "pin", &id, astray, "INVALID");
  assert_answer (fixture, GXT_RM2, "create", "pin", &id, mine, "FORBIDDEN");
  assert_answer (fixture, GXT_RM1, "create", "pin", &id, mine, "applied");
  assert_answer (fixture, GXT_RM1, "patch", "pin", &id, "'set':{'at':{'v':1,'b':{'s':999}}}", "FORBIDDEN");
  assert_answer (fixture, GXT_SUP1, "delete", "pin", &id, "'b':{'s':999}", "NOT_FOUND");
  g_assert_cmpint (gxt_number (fixture->sync->db, sql), ==, 1);
  g_assert_cmpint (gxt_number (fixture->sync->db, "SELECT COUNT(*) FROM scope_row WHERE tbl=34"), ==, 1);

  /* Another desk of the same person did not know of it. */
  assert_answer (fixture, GXT_RM1, "create", "pin", &other, mine, "applied");
  assert_answer (fixture, GXT_RM1, "delete", "pin", &id, "'b':{'s':999}", "applied");
  g_assert_cmpint (gxt_number (fixture->sync->db, sql), ==, 1);
}

static void
test_a_plan_is_its_managers (Fixture       *fixture,
                             gconstpointer  data)
{
  const char *half = "'set':{'pct':{'v':50,'b':{'s':999}}}", *done = "'set':{'status':{'v':'DONE','b':{'s':999}}}";
  GxId id = gxt_sync_id (fixture->sync), other = gxt_sync_id (fixture->sync);
  g_autofree char *set = g_strdup_printf ("'set':{'tmpl_id':'%s','customer_id':'%s','started_on':'2026-11-20','status':'RUNNING','pct':0}",
                                          GX_ID_STR (&fixture->tmpl), GX_ID_STR (&fixture->customer));
  g_autofree char *astray = g_strdup_printf ("'set':{'tmpl_id':'%s','customer_id':'%s','started_on':'2026-11-20'}",
                                             GX_ID_STR (&other), GX_ID_STR (&fixture->customer));

  assert_answer (fixture, GXT_RM3, "create", "plan", &id, set, "FORBIDDEN");
  assert_answer (fixture, GXT_SUP1, "create", "plan", &id, set, "FORBIDDEN");
  assert_answer (fixture, GXT_RM1, "create", "plan", &id, astray, "INVALID");
  assert_answer (fixture, GXT_RM1, "create", "plan", &id, set, "applied");
  assert_answer (fixture, GXT_RM2, "patch", "plan", &id, half, "applied");
  assert_answer (fixture, GXT_RM3, "patch", "plan", &id, half, "NOT_FOUND");
  assert_answer (fixture, GXT_RM1, "patch", "plan", &id, done, "INVALID");
  assert_answer (fixture, GXT_RM1, "patch", "plan", &id, "'set':{'started_on':{'v':'2026-11-01','b':{'s':999}}}", "FIELD");
  assert_answer (fixture, GXT_RM1, "delete", "plan", &id, "'b':{'s':999}", "FORBIDDEN");
  /* That is how a desk takes back one that it started. */
  assert_answer (fixture, GXT_RM1, "patch", "plan", &id, "'set':{'status':{'v':'CANCELLED','b':{'s':999}}}", "applied");
}

static void
test_the_rest_is_the_servers (Fixture       *fixture,
                              gconstpointer  data)
{
  static const char *const tables[] = { "calendar_day", "tier_policy", "stage_hist", "risk_assessment", "plan_tmpl", "plan_item_tmpl" };
  static const GxtPerson people[] = { GXT_RM1, GXT_SUP1, GXT_MGR1, GXT_HQ1, GXT_ADMIN1 };
  GxId id = gxt_sync_id (fixture->sync);

  for (guint t = 0; t < G_N_ELEMENTS (tables); t++)
    for (guint p = 0; p < G_N_ELEMENTS (people); p++)
      assert_answer (fixture, people[p], "create", tables[t], &id, "'set':{}", "FORBIDDEN");
  assert_answer (fixture, GXT_RM1, "patch", "plan_tmpl", &fixture->tmpl, "'set':{'name':{'v':'x','b':{'s':999}}}", "FORBIDDEN");
}

static const struct { const char *name; void (*func) (Fixture *fixture, gconstpointer data); } tests[] = {
  { "views/are_written_by_their_person_alone", test_a_view_is_its_persons },
  { "views/are_in_one_scope", test_a_view_is_in_one_scope },
  { "views/have_a_size_and_a_form", test_a_view_has_a_size },
  { "pins/are_known_to_their_person_alone", test_a_pin_is_its_persons },
  { "plans/are_written_by_the_customers_managers", test_a_plan_is_its_managers },
  { "reference/is_written_by_no_client", test_the_rest_is_the_servers },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/server/plan/", tests[i].name, NULL);

      g_test_add (path, Fixture, NULL, set_up, tests[i].func, tear_down);
    }

  return g_test_run ();
}
