/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the server keeps of a push, over a bank in memory: bundles wholly or not at all, results told until they are
 * acknowledged, numbers that go on after a restore, and what ages out of the feed.
 */
#include "gx-customer.h"
#include "gx-json.h"
#include "gxs-feed.h"
#include "gxs-horizon.h"
#include "gxs-result.h"
#include "gxt-sync.h"

#include <string.h>

#define DAY_MS G_GINT64_CONSTANT (86400000)

typedef struct
{
  GxtSync *sync;
  GxId     customer;        /* of RM1, active */
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->sync = gxt_sync_new ();
  fixture->customer = gxt_sync_customer (fixture->sync, GXT_RM1, GXT_NOBODY, "王小明", GX_CUSTOMER_ACTIVE);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gxt_sync_free (fixture->sync);
}

/* A need of the customer; of no customer at all if @good is not set: that one is refused. */
static char *
need (Fixture    *fixture,
      gint64      mid,
      const GxId *bundle,
      gboolean    good)
{
  GxId mut_id = gxt_sync_id (fixture->sync), id = gxt_sync_id (fixture->sync);
  g_autofree char *part = gx_id_is_none (bundle) ? g_strdup ("") : g_strdup_printf ("'bundle':'%s',", GX_ID_STR (bundle));

  return gxt_json ("{'mid':%" G_GINT64_FORMAT ",'mut_id':'%s','op':'create','tbl':'need','id':'%s',%s'at':1790000000000,'off':480,"
                   "'set':{'customer_id':'%s','category':'HOUSING','status':'OPEN'}}", mid, GX_ID_STR (&mut_id), GX_ID_STR (&id), part,
                   GX_ID_STR (good ? &fixture->customer : &id));
}

static char *
states_of (JsonObject *answer)
{
  JsonArray *results = json_object_get_array_member (answer, "results");
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (results); i++)
    {
      JsonObject *result = json_array_get_object_element (results, i);
      const char *code = json_object_get_string_member_with_default (result, "code", NULL);

      g_string_append_printf (out, "%s%d %s", i > 0 ? ", " : "", (int) json_object_get_int_member (result, "mid"),
                              code != NULL ? code : json_object_get_string_member (result, "st"));
    }

  return g_string_free (out, FALSE);
}

static void
assert_push (Fixture    *fixture,
             const char *mutations,
             const char *expected)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) answer = gxt_sync_push (fixture->sync, GXT_RM1, mutations, &error);
  g_autofree char *states = NULL;

  g_assert_no_error (error);
  states = states_of (answer);
  g_assert_cmpstr (states, ==, expected);
}

static gint64
count_needs (Fixture *fixture)
{
  return gxt_number (fixture->sync->db, "SELECT COUNT(*) FROM need");
}

static void
test_all_of_a_bundle (Fixture       *fixture,
                      gconstpointer  data)
{
  GxId bundle = gxt_sync_id (fixture->sync), none = GX_ID_NONE;
  g_autofree char *a = need (fixture, 1, &bundle, TRUE);
  g_autofree char *b = need (fixture, 2, &bundle, TRUE);
  g_autofree char *c = need (fixture, 3, &none, TRUE);
  g_autofree char *all = g_strjoin (",", a, b, c, NULL);

  assert_push (fixture, all, "1 applied, 2 applied, 3 applied");
  g_assert_cmpint (count_needs (fixture), ==, 3);
  assert_push (fixture, all, "1 applied, 2 applied, 3 applied");
  g_assert_cmpint (count_needs (fixture), ==, 3);
}

/* Whichever of it is refused: nothing stays, each has its result, and the queue goes on behind it. */
static void
test_nothing_of_a_bundle (Fixture       *fixture,
                          gconstpointer  data)
{
  static const char *const expected[] = {
    "1 INVALID, 2 BUNDLE, 3 BUNDLE, 4 applied", "5 BUNDLE, 6 INVALID, 7 BUNDLE, 8 applied", "9 BUNDLE, 10 BUNDLE, 11 INVALID, 12 applied",
  };

  for (guint bad = 0; bad < 3; bad++)
    {
      GxId bundle = gxt_sync_id (fixture->sync), none = GX_ID_NONE;
      g_autofree char *a = need (fixture, bad * 4 + 1, &bundle, bad != 0);
      g_autofree char *b = need (fixture, bad * 4 + 2, &bundle, bad != 1);
      g_autofree char *c = need (fixture, bad * 4 + 3, &bundle, bad != 2);
      g_autofree char *d = need (fixture, bad * 4 + 4, &none, TRUE);
      g_autofree char *all = g_strjoin (",", a, b, c, d, NULL);
      gint64 entries = gxt_number (fixture->sync->db, "SELECT COUNT(*) FROM audit_log");

      assert_push (fixture, all, expected[bad]);
      g_assert_cmpint (count_needs (fixture), ==, bad + 1);
      /* I15: three refusals and one effect. */
      g_assert_cmpint (gxt_number (fixture->sync->db, "SELECT COUNT(*) FROM audit_log"), ==, entries + 4);
      assert_push (fixture, all, expected[bad]);
    }
}

static void
test_a_conflict_holds_up_its_bundle (Fixture       *fixture,
                                     gconstpointer  data)
{
  GxId bundle = gxt_sync_id (fixture->sync), mut_id = gxt_sync_id (fixture->sync);
  g_autofree char *a = need (fixture, 1, &bundle, TRUE);
  g_autofree char *b = gxt_json ("{'mid':2,'mut_id':'%s','op':'patch','tbl':'customer','id':'%s','bundle':'%s',"
                                 "'set':{'lang':{'v':'en','b':{'s':0}}}}", GX_ID_STR (&mut_id), GX_ID_STR (&fixture->customer),
                                 GX_ID_STR (&bundle));
  g_autofree char *both = g_strjoin (",", a, b, NULL);

  assert_push (fixture, both, "1 BUNDLE, 2 conflict");
  g_assert_cmpint (count_needs (fixture), ==, 0);
  g_assert_cmpint (gxt_number (fixture->sync->db, "SELECT COUNT(*) FROM mut_result WHERE body LIKE '%\"at\"%'"), ==, 1);
}

static void
test_a_bundle_is_not_cut (Fixture       *fixture,
                          gconstpointer  data)
{
  GxId bundle = gxt_sync_id (fixture->sync);
  g_autofree char *a = need (fixture, 1, &bundle, TRUE);
  g_autofree char *b = need (fixture, 2, &bundle, TRUE);
  g_autoptr(GError) error = NULL;

  assert_push (fixture, a, "1 applied");
  g_assert_null (gxt_sync_push (fixture->sync, GXT_RM1, b, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_INVALID);
  g_assert_cmpint (count_needs (fixture), ==, 1);
}

/* The lines "res" of a pull that says it has the results up to @ack_mid. */
static char *
told (Fixture *fixture,
      gint64   ack_mid)
{
  g_autoptr(GxsAuthz) authz = gxt_sync_authz (fixture->sync, GXT_RM1);
  g_autofree char *body = gxt_json ("{'client_id':'%s','schema':2,'have':[],'ack_mid':%" G_GINT64_FORMAT "}",
                                    GX_ID_STR (&fixture->sync->client[GXT_RM1]), ack_mid);
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = gx_json_parse (body, -1, &error);
  g_autoptr(GString) out = g_string_new (NULL);
  g_auto(GStrv) lines = NULL;
  GString *found = g_string_new (NULL);

  g_assert_true (gxs_feed_pull (fixture->sync->db, authz, json_node_get_object (node), out, &error));
  lines = g_strsplit (out->str, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], "{\"t\":\"res\","))
      {
        g_autoptr(JsonNode) line = gx_json_parse (lines[i], -1, &error);
        JsonObject *result = json_node_get_object (line);

        g_assert_no_error (error);
        g_assert_true (json_object_has_member (result, "mut_id"));
        g_string_append_printf (found, "%s%d %s", found->len > 0 ? ", " : "", (int) json_object_get_int_member (result, "mid"),
                                json_object_get_string_member (result, "st"));
      }

  return g_string_free (found, FALSE);
}

static void
assert_told (Fixture    *fixture,
             gint64      ack_mid,
             const char *expected)
{
  g_autofree char *found = told (fixture, ack_mid);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_a_lost_answer_comes_with_the_pull (Fixture       *fixture,
                                        gconstpointer  data)
{
  const GxId none = GX_ID_NONE;
  g_autofree char *a = need (fixture, 1, &none, TRUE);
  g_autofree char *b = need (fixture, 2, &none, FALSE);
  g_autofree char *c = need (fixture, 3, &none, TRUE);
  g_autofree char *all = g_strjoin (",", a, b, c, NULL);

  assert_push (fixture, all, "1 applied, 2 INVALID, 3 applied");
  assert_told (fixture, 0, "1 applied, 2 rejected, 3 applied");
  assert_told (fixture, 1, "2 rejected, 3 applied");
  assert_told (fixture, 3, "");
}

static void
sweep (Fixture *fixture,
       gboolean (*func) (GxsBatch *batch, GError **error))
{
  g_autoptr(GxsBatch) batch = gxt_bank_batch (fixture->sync->bank);
  g_autoptr(GError) error = NULL;

  g_assert_true (func (batch, &error) && gxs_batch_commit (batch, &error));
}

/* Acknowledged and old, not one of the two; whoever asks then for a number long gone is a copy. */
static void
test_results_age_out (Fixture       *fixture,
                      gconstpointer  data)
{
  const GxId none = GX_ID_NONE;
  g_autofree char *a = need (fixture, 1, &none, TRUE);
  g_autofree char *b = need (fixture, 2, &none, TRUE);
  g_autofree char *c = need (fixture, 3, &none, TRUE);
  g_autoptr(GError) error = NULL;

  assert_push (fixture, a, "1 applied");
  assert_push (fixture, b, "2 applied");
  fixture->sync->bank->clock.now += 31 * DAY_MS;
  fixture->sync->ack_mid = 1;
  assert_push (fixture, c, "3 applied");
  sweep (fixture, gxs_result_sweep);
  assert_told (fixture, 0, "2 applied, 3 applied");

  fixture->sync->bank->clock.now += 29 * DAY_MS;
  fixture->sync->ack_mid = 3;
  assert_push (fixture, b, "2 applied");
  sweep (fixture, gxs_result_sweep);
  assert_told (fixture, 0, "3 applied");
  g_assert_null (gxt_sync_push (fixture->sync, GXT_RM1, a, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_CLIENT_FORKED);
  g_assert_cmpint (count_needs (fixture), ==, 3);
}

/* After a restore the same mutations come under later numbers: each has its first result, also for what builds on it. */
static void
test_numbers_go_on_once_an_epoch (Fixture       *fixture,
                                  gconstpointer  data)
{
  GxId mut_id = gxt_sync_id (fixture->sync), id = gxt_sync_id (fixture->sync), later = gxt_sync_id (fixture->sync);
  const char *create = "{'mid':%d,'mut_id':'%s','op':'create','tbl':'need','id':'%s',"
                       "'set':{'customer_id':'%s','category':'HOUSING','status':'OPEN'}}";
  g_autofree char *first = gxt_json (create, 1, GX_ID_STR (&mut_id), GX_ID_STR (&id), GX_ID_STR (&fixture->customer));
  g_autofree char *again = gxt_json (create, 43, GX_ID_STR (&mut_id), GX_ID_STR (&id), GX_ID_STR (&fixture->customer));
  g_autofree char *chained = gxt_json ("{'mid':44,'mut_id':'%s','op':'patch','tbl':'need','id':'%s',"
                                       "'set':{'detail':{'v':'x','b':{'m':43}}}}", GX_ID_STR (&later), GX_ID_STR (&id));
  g_autofree char *both = g_strjoin (",", again, chained, NULL);
  const GxId none = GX_ID_NONE;
  g_autofree char *far = need (fixture, 90, &none, TRUE);
  g_autoptr(GError) error = NULL;

  assert_push (fixture, first, "1 applied");
  fixture->sync->from = 43;
  g_assert_null (gxt_sync_push (fixture->sync, GXT_RM1, far, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_GAP);
  g_clear_error (&error);

  g_assert_true (gx_db_run (fixture->sync->db, &error, "UPDATE sync_clock SET epoch = 'e2'", NULL));
  assert_push (fixture, both, "43 applied, 44 applied");
  assert_push (fixture, both, "43 applied, 44 applied");
  g_assert_cmpint (count_needs (fixture), ==, 1);
  assert_told (fixture, 42, "43 applied, 44 applied");

  /* A second time it is a copy that says so. */
  fixture->sync->from = 90;
  g_assert_null (gxt_sync_push (fixture->sync, GXT_RM1, far, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_CLIENT_FORKED);
}

static gboolean
pull_at (Fixture     *fixture,
         const char  *have,
         gint64       cursor,
         GError     **error)
{
  g_autoptr(GxsAuthz) authz = gxt_sync_authz (fixture->sync, GXT_RM1);
  g_autofree char *body = gxt_json ("{'client_id':'%s','schema':2,'have':[%s],'cursor':'%" G_GINT64_FORMAT "'}",
                                    GX_ID_STR (&fixture->sync->client[GXT_RM1]), have, cursor);
  g_autoptr(JsonNode) node = gx_json_parse (body, -1, error);
  g_autoptr(GString) out = g_string_new (NULL);

  return gxs_feed_pull (fixture->sync->db, authz, json_node_get_object (node), out, error);
}

static void
test_the_horizon (Fixture       *fixture,
                  gconstpointer  data)
{
  GxId gone = gxt_sync_customer (fixture->sync, GXT_RM1, GXT_NOBODY, "钱七", GX_CUSTOMER_PROSPECT);
  const char *count_gone = "SELECT COUNT(*) FROM scope_row WHERE gone = 1";
  g_autoptr(GError) error = NULL;
  gint64 cursor, head;

  cursor = gxt_number (fixture->sync->db, "SELECT seq FROM sync_clock");
  gxt_sync_delete (fixture->sync, &gx_customer_entity, &gone);
  g_assert_cmpint (gxt_number (fixture->sync->db, count_gone), >, 0);
  sweep (fixture, gxs_horizon_sweep);
  head = gxt_number (fixture->sync->db, "SELECT seq FROM sync_clock");

  /* Not a day too early. */
  fixture->sync->bank->clock.now += 179 * DAY_MS;
  sweep (fixture, gxs_horizon_sweep);
  g_assert_cmpint (gxt_number (fixture->sync->db, count_gone), >, 0);
  g_assert_true (pull_at (fixture, "'ref'", cursor, &error));

  fixture->sync->bank->clock.now += 2 * DAY_MS;
  sweep (fixture, gxs_horizon_sweep);
  g_assert_cmpint (gxt_number (fixture->sync->db, count_gone), ==, 0);
  g_assert_true (pull_at (fixture, "'ref'", head, &error));
  g_assert_true (pull_at (fixture, "", 0, &error));
  g_assert_false (pull_at (fixture, "'ref'", cursor, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_CURSOR_EXPIRED);
}

static void
test_when_it_was_made_is_kept (Fixture       *fixture,
                               gconstpointer  data)
{
  const GxId none = GX_ID_NONE;
  g_autofree char *a = need (fixture, 1, &none, TRUE);

  assert_push (fixture, a, "1 applied");
  g_assert_cmpint (gxt_number (fixture->sync->db, "SELECT COUNT(*) FROM mut_result WHERE made_at = 1790000000000 AND off = 480"), ==, 1);
}

static const struct { const char *name; void (*func) (Fixture *fixture, gconstpointer data); } tests[] = {
  { "all_of_a_bundle", test_all_of_a_bundle },
  { "nothing_of_a_bundle_where_one_is_refused", test_nothing_of_a_bundle },
  { "a_conflict_holds_up_its_bundle", test_a_conflict_holds_up_its_bundle },
  { "a_bundle_is_not_cut", test_a_bundle_is_not_cut },
  { "a_lost_answer_comes_with_the_pull", test_a_lost_answer_comes_with_the_pull },
  { "what_is_acknowledged_and_old_goes", test_results_age_out },
  { "numbers_go_on_once_an_epoch", test_numbers_go_on_once_an_epoch },
  { "a_cursor_from_before_the_horizon_has_expired", test_the_horizon },
  { "when_it_was_made_is_kept", test_when_it_was_made_is_kept },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/server/results/", tests[i].name, NULL);

      g_test_add (path, Fixture, NULL, set_up, tests[i].func, tear_down);
    }

  return g_test_run ();
}
