/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A visit on the server: whose it is, what it must say, and what becomes of one that nobody ended. */
#include "gx-customer.h"
#include "gx-visit.h"
#include "gxs-visit-timers.h"
#include "gxt-sync.h"

#define HOUR (G_GINT64_CONSTANT (3600) * 1000)

typedef struct
{
  GxtSync *sync;
  GxId     customer;        /* of RM1 */
  GxId     visit;           /* planned by RM1, an hour from now */
} Fixture;

static char *
code_of (Fixture    *fixture,
         GxtPerson   person,
         const char *op,
         const GxId *id,
         const char *rest)
{
  g_autoptr(JsonObject) result = NULL;
  g_autofree char *text = gxt_json ("%s", rest);

  gxt_sync_mutate (fixture->sync, person, op, "visit", id, text, &result);
  return g_strdup (json_object_has_member (result, "code") ? json_object_get_string_member (result, "code")
                                                           : json_object_get_string_member (result, "st"));
}

static void
assert_answer (Fixture    *fixture,
               GxtPerson   person,
               const char *op,
               const GxId *id,
               const char *rest,
               const char *expected)
{
  g_autofree char *code = code_of (fixture, person, op, id, rest);

  g_test_message ("%d %s %s", person, op, rest);
  g_assert_cmpstr (code, ==, expected);
}

static char *
plan_set (Fixture *fixture,
          gint64   at)
{
  return g_strdup_printf ("'set':{'customer_id':'%s','owner_id':'%s','plan_at':%" G_GINT64_FORMAT ",'status':'PLANNED','goal':'续贷面谈'}",
                          GX_ID_STR (&fixture->customer), GX_ID_STR (&fixture->sync->employee[GXT_RM1]), at);
}

static gint64
now (Fixture *fixture)
{
  return fixture->sync->bank->clock.now;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *set = NULL;

  fixture->sync = gxt_sync_new ();
  fixture->customer = gxt_sync_customer (fixture->sync, GXT_RM1, GXT_RM2, "王小明", GX_CUSTOMER_ACTIVE);
  fixture->visit = gxt_sync_id (fixture->sync);
  set = plan_set (fixture, now (fixture) + HOUR);
  assert_answer (fixture, GXT_RM1, "create", &fixture->visit, set, "applied");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gxt_sync_free (fixture->sync);
}

static void
sweep (Fixture *fixture)
{
  g_autoptr(GxsBatch) batch = gxt_bank_batch (fixture->sync->bank);
  g_autoptr(GError) error = NULL;

  gxs_visit_sweep (batch, &error);
  g_assert_no_error (error);
  gxs_batch_commit (batch, &error);
  g_assert_no_error (error);
}

static void
assert_status (Fixture *fixture,
               int      expected)
{
  GxVisit *visit = gxt_sync_load (fixture->sync, &gx_visit_entity, &fixture->visit);

  g_assert_cmpint (visit->status, ==, expected);
  gx_entity_free (&gx_visit_entity, visit);
}

static char *
done_set (Fixture *fixture,
          gint64   began,
          gint64   base)
{
  return g_strdup_printf ("'set':{'status':{'v':'DONE','b':{'s':%" G_GINT64_FORMAT "}},'check_in_at':{'v':%" G_GINT64_FORMAT
                          ",'b':{'s':999}},'check_out_at':{'v':%" G_GINT64_FORMAT ",'b':{'s':999}}}", base, began, began + HOUR / 2);
}

static gint64
version (Fixture *fixture)
{
  GxVisit *visit = gxt_sync_load (fixture->sync, &gx_visit_entity, &fixture->visit);
  gint64 v = visit->meta.v;

  gx_entity_free (&gx_visit_entity, visit);
  return v;
}

static void
test_it_is_its_managers (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autofree char *set = plan_set (fixture, now (fixture) + HOUR);
  GxId other = gxt_sync_id (fixture->sync);

  assert_answer (fixture, GXT_RM3, "create", &other, set, "FORBIDDEN");
  assert_answer (fixture, GXT_RM3, "patch", &fixture->visit, "'set':{'goal':{'v':'x','b':{'s':999}}}", "NOT_FOUND");
  assert_answer (fixture, GXT_RM1, "patch", &fixture->visit, "'set':{'goal':{'v':'季度维护','b':{'s':999}}}", "applied");
}

static void
test_it_says_when_it_began_and_ended (Fixture       *fixture,
                                      gconstpointer  data)
{
  g_autofree char *geo = g_strdup_printf ("'set':{'check_in_geo':{'v':'30.2741,120.1551','b':{'s':999}}}");
  g_autofree char *done = done_set (fixture, now (fixture), 999);

  assert_answer (fixture, GXT_RM1, "patch", &fixture->visit, "'set':{'status':{'v':'CHECKED_IN','b':{'s':999}}}", "INVALID");
  assert_answer (fixture, GXT_RM1, "patch", &fixture->visit, geo, "INVALID");
  assert_answer (fixture, GXT_RM1, "patch", &fixture->visit, done, "applied");
}

static void
test_nobody_ended_it (Fixture       *fixture,
                      gconstpointer  data)
{
  sweep (fixture);
  assert_status (fixture, GX_VISIT_PLANNED);
  fixture->sync->bank->clock.now += 24 * HOUR;
  sweep (fixture);
  assert_status (fixture, GX_VISIT_MISSED);
  sweep (fixture);
  g_assert_cmpint (gxt_number (fixture->sync->db, "SELECT COUNT(*) FROM audit_log WHERE action='visit.missed'"), ==, 1);
}

/* The laptop was away: what it did while the bank thought the visit missed stays, whichever came first. */
static void
test_done_outlives_missed (Fixture       *fixture,
                           gconstpointer  data)
{
  gint64 base = version (fixture);
  g_autofree char *done = done_set (fixture, now (fixture) + HOUR, base);

  fixture->sync->bank->clock.now += 48 * HOUR;
  sweep (fixture);
  assert_status (fixture, GX_VISIT_MISSED);
  assert_answer (fixture, GXT_RM1, "patch", &fixture->visit, done, "applied");
  assert_status (fixture, GX_VISIT_DONE);
}

/* Whoever has seen that it was missed may plan it anew. */
static void
test_a_missed_one_is_planned_anew (Fixture       *fixture,
                                   gconstpointer  data)
{
  g_autofree char *again = NULL;

  fixture->sync->bank->clock.now += 24 * HOUR;
  sweep (fixture);
  again = g_strdup_printf ("'set':{'status':{'v':'PLANNED','b':{'s':%" G_GINT64_FORMAT "}},'plan_at':{'v':%" G_GINT64_FORMAT ",'b':{'s':999}}}",
                           version (fixture), now (fixture) + HOUR);
  assert_answer (fixture, GXT_RM1, "patch", &fixture->visit, again, "applied");
  sweep (fixture);
  assert_status (fixture, GX_VISIT_PLANNED);
}

static const struct { const char *path; void (*func) (Fixture *fixture, gconstpointer data); } tests[] = {
  { "/visit/is_written_by_the_customers_managers", test_it_is_its_managers },
  { "/visit/says_when_it_began_and_ended", test_it_says_when_it_began_and_ended },
  { "/visit/missed/the_next_day_if_nobody_ended_it", test_nobody_ended_it },
  { "/visit/missed/gives_way_to_what_was_done_offline", test_done_outlives_missed },
  { "/visit/missed/is_planned_anew", test_a_missed_one_is_planned_anew },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);

  return g_test_run ();
}
