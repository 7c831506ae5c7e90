/* SPDX-License-Identifier: GPL-3.0-or-later */
/* R-ENTRY at the bank: a new contact's clock, from a laptop that was away too (scenarios 1 and 2). */
#include "gx-customer.h"
#include "gxs-entry.h"
#include "gxt-sync.h"

#define HOUR (G_GINT64_CONSTANT (3600) * 1000)

typedef struct
{
  GxtSync *sync;
  gint64   ten;             /* when the contact walked in, by a right clock */
  gint64   wrong;           /* ms that the laptop's clock is behind */
  GxId     customer;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->sync = gxt_sync_new ();
  fixture->ten = fixture->sync->bank->clock.now;
  fixture->wrong = 0;
  fixture->customer = gxt_sync_id (fixture->sync);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gxt_sync_free (fixture->sync);
}

/* Pushes a new row that was written at @at, whenever the push is. */
static void
enter (Fixture    *fixture,
       const char *table,
       const GxId *id,
       gint64      at,
       const char *set)
{
  GxtSync *sync = fixture->sync;
  GxId mut_id = gxt_sync_id (sync);
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) answer = NULL;
  g_autofree char *mutation =
    gxt_json ("{'mid':%" G_GINT64_FORMAT ",'mut_id':'%s','op':'create','tbl':'%s','id':'%s','at':%" G_GINT64_FORMAT ",'off':480,'clk':%"
              G_GINT64_FORMAT ",'set':{%s}}", ++sync->mid[GXT_RM1], GX_ID_STR (&mut_id), table, GX_ID_STR (id), at - fixture->wrong,
              fixture->wrong, set);

  answer = gxt_sync_push (sync, GXT_RM1, mutation, &error);
  g_assert_no_error (error);
  g_test_message ("%s", json_object_get_string_member (json_array_get_object_element (json_object_get_array_member (answer, "results"), 0), "st"));
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (json_object_get_array_member (answer, "results"), 0), "st"), ==,
                   "applied");
}

static void
walk_in (Fixture *fixture)
{
  GxtSync *sync = fixture->sync;
  g_autofree char *set = g_strdup_printf ("'type':'PERSON','name':'张三','status':'PROSPECT','primary_rm_id':'%s','org_id':'%s','first_contact_at':%"
                                          G_GINT64_FORMAT, GX_ID_STR (&sync->employee[GXT_RM1]), GX_ID_STR (&sync->bank->branch1),
                                          fixture->ten - fixture->wrong);

  enter (fixture, "customer", &fixture->customer, fixture->ten, set);
}

/* All the rest of what the rule wants, written at @at. */
static void
complete (Fixture *fixture,
          gint64   at)
{
  GxtSync *sync = fixture->sync;
  const char *rows[][2] = {
    { "person_profile", "'gender':'1','occupation':'工程师'" },
    { "identifier", "'kind':'ID_CARD','number':'11010519491231002X','valid_to':'2035-01-01'" },
    { "contact_point", "'kind':'MOBILE','value':'13912345678'" },
    { "address", "'line':'江虹路 459 号','region_code':'330108'" },
    { "interaction", "'channel':'BRANCH','purpose':'RECEPTION','subject':'首次来访'" },
    { "need", "'category':'WEALTH','status':'OPEN'" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GxId id = i == 0 ? fixture->customer : gxt_sync_id (sync);
      g_autoptr(GString) set = g_string_new (rows[i][1]);

      g_string_append_printf (set, ",'customer_id':'%s'", GX_ID_STR (&fixture->customer));
      if (g_str_equal (rows[i][0], "interaction"))
        g_string_append_printf (set, ",'owner_id':'%s','started_at':%" G_GINT64_FORMAT, GX_ID_STR (&sync->employee[GXT_RM1]), at);
      enter (fixture, rows[i][0], &id, at, set->str);
    }
}

static void
sweep (Fixture *fixture)
{
  g_autoptr(GxsBatch) batch = gxt_bank_batch (fixture->sync->bank);
  g_autoptr(GError) error = NULL;

  gxs_entry_sweep (batch, &error);
  g_assert_no_error (error);
  gxs_batch_commit (batch, &error);
  g_assert_no_error (error);
}

static void
assert_state (Fixture *fixture,
              int      state,
              gint64   done_at)
{
  GxCustomer *customer = gxt_sync_load (fixture->sync, &gx_customer_entity, &fixture->customer);

  g_assert_cmpint (customer->entry_due_at, ==, fixture->ten + 24 * HOUR);
  g_assert_cmpint (customer->entry_state, ==, state);
  g_assert_cmpint (customer->entry_done_at, ==, done_at);
  gx_entity_free (&gx_customer_entity, customer);
}

static void
assert_missing (Fixture    *fixture,
                const char *expected)
{
  GxCustomer *customer = gxt_sync_load (fixture->sync, &gx_customer_entity, &fixture->customer);

  g_assert_cmpstr (customer->dq_missing, ==, expected);
  gx_entity_free (&gx_customer_entity, customer);
}

static gint64
count_told (Fixture    *fixture,
            const char *kind,
            GxtPerson   who)
{
  g_autofree char *sql = g_strdup_printf ("SELECT COUNT(*) FROM notification n JOIN employee e ON e.id=n.employee_id WHERE n.kind='%s' AND n.employee_id=x'", kind);
  GString *whole = g_string_new (sql);
  gint64 n;

  for (guint i = 0; i < sizeof (GxId); i++)
    g_string_append_printf (whole, "%02x", fixture->sync->employee[who].b[i]);
  g_string_append_c (whole, '\'');
  n = gxt_number (fixture->sync->db, whole->str);
  g_string_free (whole, TRUE);
  return n;
}

/* Scenario 1: 10:00 offline, 20:00 offline, synced the next day at 11:00; the laptop's clock is two hours behind. */
static void
test_written_in_time_counts (Fixture       *fixture,
                             gconstpointer  data)
{
  fixture->wrong = 2 * HOUR;
  fixture->sync->bank->clock.now += 25 * HOUR;
  walk_in (fixture);
  assert_state (fixture, GX_ENTRY_STATE_OPEN, 0);
  sweep (fixture);
  complete (fixture, fixture->ten + 10 * HOUR);
  assert_state (fixture, GX_ENTRY_STATE_DONE, fixture->ten + 10 * HOUR);
  fixture->sync->bank->clock.now += HOUR;
  sweep (fixture);
  g_assert_cmpint (count_told (fixture, "ENTRY_LATE", GXT_RM1), ==, 0);
}

/* Scenario 2: the same case after 24 hours: both are told, once. */
static void
test_late_is_told_once (Fixture       *fixture,
                        gconstpointer  data)
{
  walk_in (fixture);
  fixture->sync->bank->clock.now += 18 * HOUR;
  sweep (fixture);
  g_assert_cmpint (count_told (fixture, "ENTRY_DUE", GXT_RM1), ==, 0);
  fixture->sync->bank->clock.now += HOUR;
  sweep (fixture);
  sweep (fixture);
  g_assert_cmpint (count_told (fixture, "ENTRY_DUE", GXT_RM1), ==, 1);
  fixture->sync->bank->clock.now += 6 * HOUR;
  sweep (fixture);
  sweep (fixture);
  assert_state (fixture, GX_ENTRY_STATE_BREACHED, 0);
  g_assert_cmpint (count_told (fixture, "ENTRY_LATE", GXT_RM1), ==, 1);
  g_assert_cmpint (count_told (fixture, "ENTRY_LATE", GXT_MGR1), ==, 1);
  g_assert_cmpint (count_told (fixture, "ENTRY_LATE", GXT_MGR2), ==, 0);

  complete (fixture, fixture->ten + 25 * HOUR);
  assert_state (fixture, GX_ENTRY_STATE_BREACHED, fixture->ten + 25 * HOUR);
  sweep (fixture);
  g_assert_cmpint (count_told (fixture, "ENTRY_LATE", GXT_RM1), ==, 1);
  g_assert_cmpint (gxt_number (fixture->sync->db, "SELECT COUNT(*) FROM entry_clock"), ==, 0);
}

/* The laptop comes after the 24 hours, with all of it: no timer ever saw the clock run. */
static void
test_what_comes_late_is_told_too (Fixture       *fixture,
                                  gconstpointer  data)
{
  fixture->sync->bank->clock.now += 26 * HOUR;
  walk_in (fixture);
  complete (fixture, fixture->ten + 25 * HOUR);
  assert_state (fixture, GX_ENTRY_STATE_BREACHED, fixture->ten + 25 * HOUR);
  fixture->sync->bank->clock.now += HOUR;
  sweep (fixture);
  g_assert_cmpint (count_told (fixture, "ENTRY_LATE", GXT_RM1), ==, 1);
  g_assert_cmpint (count_told (fixture, "ENTRY_LATE", GXT_MGR1), ==, 1);
  g_assert_cmpint (count_told (fixture, "ENTRY_DUE", GXT_RM1), ==, 0);
}

static void
test_what_is_missing_is_named (Fixture       *fixture,
                               gconstpointer  data)
{
  GxId id = gxt_sync_id (fixture->sync);
  g_autofree char *mobile = NULL;

  walk_in (fixture);
  assert_missing (fixture, "[\"gender\",\"identifier\",\"mobile\",\"occupation\",\"region\",\"source\",\"need\"]");
  mobile = g_strdup_printf ("'customer_id':'%s','kind':'MOBILE','value':'13912345678'", GX_ID_STR (&fixture->customer));
  enter (fixture, "contact_point", &id, fixture->ten, mobile);
  assert_missing (fixture, "[\"gender\",\"identifier\",\"occupation\",\"region\",\"source\",\"need\"]");
}

static const struct { const char *path; void (*func) (Fixture *fixture, gconstpointer data); } tests[] = {
  { "/entry/written_in_time_counts_whenever_it_comes", test_written_in_time_counts },
  { "/entry/late_is_told_once_to_both", test_late_is_told_once },
  { "/entry/late_from_the_first_is_told_once_to_both", test_what_comes_late_is_told_too },
  { "/entry/names_what_is_missing", test_what_is_missing_is_named },
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
