/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each rule of sync.md 1.4 and 1.5, over a bank in memory. */
#include "gx-catalog.h"
#include "gx-contact-point.h"
#include "gx-customer.h"
#include "gx-interaction.h"
#include "gx-json.h"
#include "gx-need.h"
#include "gx-person-profile.h"
#include "gx-protocol.h"
#include "gx-sql.h"
#include "gx-task.h"
#include "gx-upcast.h"
#include "gxt-sync.h"

#include <string.h>

typedef struct
{
  GxtSync *sync;
  GxId     customer;        /* of RM1, active */
  GxId     prospect;        /* of RM1 */
  GxId     foreign;         /* of RM3, in the other branch */
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->sync = gxt_sync_new ();
  fixture->customer = gxt_sync_customer (fixture->sync, GXT_RM1, GXT_NOBODY, "王小明", GX_CUSTOMER_ACTIVE);
  fixture->prospect = gxt_sync_customer (fixture->sync, GXT_RM1, GXT_NOBODY, "李四", GX_CUSTOMER_PROSPECT);
  fixture->foreign = gxt_sync_customer (fixture->sync, GXT_RM3, GXT_NOBODY, "赵六", GX_CUSTOMER_ACTIVE);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gxt_sync_free (fixture->sync);
}

static const char *
code_of (JsonObject *result)
{
  return json_object_has_member (result, "code") ? json_object_get_string_member (result, "code") : "";
}

static char *
need_set (const GxId *customer)
{
  return gxt_json ("'set':{'customer_id':'%s','category':'HOUSING','status':'OPEN'}", GX_ID_STR (customer));
}

static GxId
make_need (Fixture *fixture)
{
  GxId id = gxt_sync_id (fixture->sync);
  g_autofree char *set = need_set (&fixture->customer);

  g_assert_cmpstr (gxt_sync_mutate (fixture->sync, GXT_RM1, "create", "need", &id, set, NULL), ==, "applied");
  return id;
}

static void
assert_refused (Fixture    *fixture,
                GxtPerson   person,
                const char *op,
                const char *table,
                const GxId *id,
                const char *rest,
                const char *code)
{
  g_autoptr(JsonObject) result = NULL;
  g_autofree char *text = gxt_json ("%s", rest);

  g_assert_cmpstr (gxt_sync_mutate (fixture->sync, person, op, table, id, text, &result), ==, "rejected");
  g_assert_cmpstr (code_of (result), ==, code);
}

static gint64
version_of (Fixture        *fixture,
            const GxEntity *entity,
            const GxId     *id)
{
  GxMeta *meta = gxt_sync_load (fixture->sync, entity, id);
  gint64 v = meta->v;

  gx_entity_free (entity, meta);
  return v;
}

static void
test_create (Fixture       *fixture,
             gconstpointer  data)
{
  GxId id = make_need (fixture);
  GxNeed *need = gxt_sync_load (fixture->sync, &gx_need_entity, &id);

  g_assert_cmpint (need->meta.v, >, 0);
  g_assert_cmpint (need->meta.v0, ==, need->meta.v);
  g_assert_null (need->meta.fv);
  g_assert_cmpstr (need->meta.org_path, ==, "/HQ/N/NB01/");
  g_assert_true (gx_id_equal (&need->meta.created_by, &fixture->sync->login[GXT_RM1]));
  gx_entity_free (&gx_need_entity, need);
}

static void
test_create_customer (Fixture       *fixture,
                      gconstpointer  data)
{
  GxId id = gxt_sync_id (fixture->sync);
  g_autofree char *set = gxt_json ("'set':{'type':'PERSON','name':'曾子墨','first_contact_at':1795000000000}");
  GxCustomer *customer;

  g_assert_cmpstr (gxt_sync_mutate (fixture->sync, GXT_RM1, "create", "customer", &id, set, NULL), ==, "applied");
  customer = gxt_sync_load (fixture->sync, &gx_customer_entity, &id);
  g_assert_cmpint (customer->status, ==, GX_CUSTOMER_PROSPECT);
  g_assert_cmpint (customer->tier, ==, GX_TIER_STANDARD);
  g_assert_cmpstr (customer->name_pinyin, ==, "zeng zi mo");
  g_assert_cmpuint (strlen (customer->cif_no), ==, 10);
  g_assert_true (gx_id_equal (&customer->primary_rm_id, &fixture->sync->employee[GXT_RM1]));
  g_assert_true (gx_id_equal (&customer->org_id, &fixture->sync->bank->branch1));
  gx_entity_free (&gx_customer_entity, customer);
}

static void
test_same_mid_is_answered_from_the_store (Fixture       *fixture,
                                          gconstpointer  data)
{
  GxId id = gxt_sync_id (fixture->sync), mut_id = gxt_sync_id (fixture->sync);
  g_autofree char *set = need_set (&fixture->customer);
  g_autofree char *mutation = gxt_json ("{'mid':1,'mut_id':'%s','op':'create','tbl':'need','id':'%s',%s}", GX_ID_STR (&mut_id),
                                        GX_ID_STR (&id), set);
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) first = gxt_sync_push (fixture->sync, GXT_RM1, mutation, &error);
  gint64 head = gxt_number (fixture->sync->db, "SELECT seq FROM sync_clock");
  gint64 entries = gxt_number (fixture->sync->db, "SELECT COUNT(*) FROM audit_log");
  g_autoptr(JsonObject) second = gxt_sync_push (fixture->sync, GXT_RM1, mutation, &error);
  g_autofree char *a = gx_json_canonical (json_object_get_member (first, "results"));
  g_autofree char *b = gx_json_canonical (json_object_get_member (second, "results"));

  g_assert_no_error (error);
  g_assert_cmpstr (a, ==, b);
  g_assert_cmpint (gxt_number (fixture->sync->db, "SELECT seq FROM sync_clock"), ==, head);
  g_assert_cmpint (gxt_number (fixture->sync->db, "SELECT COUNT(*) FROM audit_log"), ==, entries);
  g_assert_cmpint (gxt_number (fixture->sync->db, "SELECT COUNT(*) FROM need"), ==, 1);
}

static void
test_same_mid_other_body_is_a_fork (Fixture       *fixture,
                                    gconstpointer  data)
{
  GxId id = make_need (fixture), mut_id = gxt_sync_id (fixture->sync);
  g_autofree char *set = need_set (&fixture->customer);
  g_autofree char *mutation = gxt_json ("{'mid':1,'mut_id':'%s','op':'create','tbl':'need','id':'%s',%s}", GX_ID_STR (&mut_id),
                                        GX_ID_STR (&id), set);
  g_autoptr(GError) error = NULL;

  g_assert_null (gxt_sync_push (fixture->sync, GXT_RM1, mutation, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_CLIENT_FORKED);
}

static void
test_gap_does_nothing (Fixture       *fixture,
                       gconstpointer  data)
{
  GxId id = gxt_sync_id (fixture->sync), mut_id = gxt_sync_id (fixture->sync);
  g_autofree char *set = need_set (&fixture->customer);
  g_autofree char *gap = gxt_json ("{'mid':2,'mut_id':'%s','op':'create','tbl':'need','id':'%s',%s}", GX_ID_STR (&mut_id),
                                   GX_ID_STR (&id), set);
  g_autofree char *inside = gxt_json ("{'mid':1,'mut_id':'%s','op':'create','tbl':'need','id':'%s',%s},"
                                      "{'mid':3,'mut_id':'%s','op':'create','tbl':'need','id':'%s',%s}",
                                      GX_ID_STR (&mut_id), GX_ID_STR (&id), set, GX_ID_STR (&id), GX_ID_STR (&mut_id), set);
  g_autoptr(GError) error = NULL;

  g_assert_null (gxt_sync_push (fixture->sync, GXT_RM1, gap, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_GAP);
  g_assert_cmpstr (gx_error_get_params (error), ==, "{\"expected\":1}");
  g_clear_error (&error);
  g_assert_null (gxt_sync_push (fixture->sync, GXT_RM1, inside, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_GAP);
  g_assert_cmpint (gxt_number (fixture->sync->db, "SELECT COUNT(*) FROM need"), ==, 0);
}

static void
test_refusal_advances_the_queue (Fixture       *fixture,
                                 gconstpointer  data)
{
  GxId a = gxt_sync_id (fixture->sync), b = gxt_sync_id (fixture->sync);
  GxId m1 = gxt_sync_id (fixture->sync), m2 = gxt_sync_id (fixture->sync);
  g_autofree char *set = need_set (&fixture->customer);
  g_autofree char *two = gxt_json ("{'mid':1,'mut_id':'%s','op':'create','tbl':'nonsense','id':'%s','set':{}},"
                                   "{'mid':2,'mut_id':'%s','op':'create','tbl':'need','id':'%s',%s}",
                                   GX_ID_STR (&m1), GX_ID_STR (&a), GX_ID_STR (&m2), GX_ID_STR (&b), set);
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) answer = gxt_sync_push (fixture->sync, GXT_RM1, two, &error);
  JsonArray *results = json_object_get_array_member (answer, "results");
  JsonObject *first = json_array_get_object_element (results, 0);
  JsonObject *second = json_array_get_object_element (results, 1);

  g_assert_no_error (error);
  g_assert_cmpint (json_object_get_int_member (answer, "last_mid"), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (first, "st"), ==, "rejected");
  g_assert_cmpstr (code_of (first), ==, "SCHEMA");
  g_assert_cmpstr (json_object_get_string_member (second, "st"), ==, "applied");
  g_assert_cmpint (gxt_number (fixture->sync->db, "SELECT COUNT(*) FROM audit_log WHERE action = 'refused'"), ==, 1);
}

static void
test_known_mut_id_from_a_new_client (Fixture       *fixture,
                                     gconstpointer  data)
{
  GxId id = gxt_sync_id (fixture->sync), mut_id = gxt_sync_id (fixture->sync);
  g_autofree char *set = need_set (&fixture->customer);
  g_autofree char *mutation = gxt_json ("{'mid':1,'mut_id':'%s','op':'create','tbl':'need','id':'%s',%s}", GX_ID_STR (&mut_id),
                                        GX_ID_STR (&id), set);
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonObject) first = gxt_sync_push (fixture->sync, GXT_RM1, mutation, &error);
  g_autoptr(JsonObject) second = NULL;
  JsonObject *result;

  g_assert_nonnull (first);
  /* The profile was copied: it takes a new number and sends again what it holds for unsent. */
  fixture->sync->client[GXT_RM1] = gxt_sync_id (fixture->sync);
  g_assert_true (gx_db_run (fixture->sync->db, &error, "INSERT INTO client(id, login_id, schema) VALUES(?, ?, 1)", "uu",
                            &fixture->sync->client[GXT_RM1], &fixture->sync->login[GXT_RM1]));
  second = gxt_sync_push (fixture->sync, GXT_RM1, mutation, &error);
  g_assert_no_error (error);
  result = json_array_get_object_element (json_object_get_array_member (second, "results"), 0);
  g_assert_cmpstr (json_object_get_string_member (result, "st"), ==, "applied");
  g_assert_cmpint (gxt_number (fixture->sync->db, "SELECT COUNT(*) FROM need"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (second, "last_mid"), ==, 1);
}

static void
test_other_epoch_or_client (Fixture       *fixture,
                            gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  GxId mine = fixture->sync->client[GXT_RM1];

  g_assert_true (gx_db_run (fixture->sync->db, &error, "UPDATE client SET blocked = 1 WHERE id = ?", "u", &mine));
  g_assert_null (gxt_sync_push (fixture->sync, GXT_RM1, "", &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_DEVICE);
  g_clear_error (&error);

  fixture->sync->client[GXT_RM1] = fixture->sync->client[GXT_RM2];
  g_assert_null (gxt_sync_push (fixture->sync, GXT_RM1, "", &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_DEVICE);
}

static void
test_patch (Fixture       *fixture,
            gconstpointer  data)
{
  gint64 v = version_of (fixture, &gx_customer_entity, &fixture->customer);
  g_autofree char *set = gxt_json ("'set':{'lang':{'v':'en','b':{'s':%" G_GINT64_FORMAT "}},'dnd':{'v':true,'b':{'s':%"
                                   G_GINT64_FORMAT "}}}", v, v);
  g_autoptr(JsonObject) result = NULL;
  g_autofree char *fv = NULL;
  GxCustomer *customer;
  gint64 seq;

  g_assert_cmpstr (gxt_sync_mutate (fixture->sync, GXT_RM1, "patch", "customer", &fixture->customer, set, &result), ==, "applied");
  seq = json_object_get_int_member (result, "seq");
  customer = gxt_sync_load (fixture->sync, &gx_customer_entity, &fixture->customer);
  fv = g_strdup_printf ("{\"dnd\":%" G_GINT64_FORMAT ",\"lang\":%" G_GINT64_FORMAT "}", seq, seq);
  g_assert_cmpstr (customer->lang, ==, "en");
  g_assert_true (customer->dnd);
  g_assert_cmpstr (customer->meta.fv, ==, fv);
  g_assert_cmpint (customer->meta.v, ==, seq);
  gx_entity_free (&gx_customer_entity, customer);
}

static void
test_conflict_keeps_both (Fixture       *fixture,
                          gconstpointer  data)
{
  GxId id = make_need (fixture);
  gint64 v = version_of (fixture, &gx_need_entity, &id);
  g_autofree char *first = gxt_json ("'set':{'detail':{'v':'first','b':{'s':%" G_GINT64_FORMAT "}}}", v);
  g_autofree char *second = gxt_json ("'set':{'detail':{'v':'second','b':{'s':%" G_GINT64_FORMAT "}},'due_on':{'v':'2027-01-01',"
                                      "'b':{'s':%" G_GINT64_FORMAT "}}}", v, v);
  g_autoptr(JsonObject) result = NULL;
  JsonObject *at;
  GxNeed *need;

  gxt_sync_mutate (fixture->sync, GXT_RM1, "patch", "need", &id, first, NULL);
  g_assert_cmpstr (gxt_sync_mutate (fixture->sync, GXT_RM1, "patch", "need", &id, second, &result), ==, "conflict");
  at = json_array_get_object_element (json_object_get_array_member (result, "at"), 0);
  g_assert_cmpstr (json_object_get_string_member (at, "f"), ==, "detail");
  g_assert_cmpstr (json_object_get_string_member (at, "server"), ==, "first");
  g_assert_cmpstr (json_object_get_string_member (at, "yours"), ==, "second");
  g_assert_cmpint (json_object_get_int_member (at, "s"), ==, v + 1);

  /* All or nothing: the other field was not written either. */
  need = gxt_sync_load (fixture->sync, &gx_need_entity, &id);
  g_assert_cmpstr (need->detail, ==, "first");
  g_assert_cmpint (need->due_on, ==, GX_INT32_NONE);
  gx_entity_free (&gx_need_entity, need);
}

static void
test_different_fields_do_not_conflict (Fixture       *fixture,
                                       gconstpointer  data)
{
  GxId id = make_need (fixture);
  gint64 v = version_of (fixture, &gx_need_entity, &id);
  g_autofree char *first = gxt_json ("'set':{'detail':{'v':'first','b':{'s':%" G_GINT64_FORMAT "}}}", v);
  g_autofree char *second = gxt_json ("'set':{'due_on':{'v':'2027-01-01','b':{'s':%" G_GINT64_FORMAT "}}}", v);

  gxt_sync_mutate (fixture->sync, GXT_RM1, "patch", "need", &id, first, NULL);
  g_assert_cmpstr (gxt_sync_mutate (fixture->sync, GXT_RM1, "patch", "need", &id, second, NULL), ==, "applied");
}

static void
test_equal_value_is_a_noop (Fixture       *fixture,
                            gconstpointer  data)
{
  GxId id = make_need (fixture);
  gint64 v = version_of (fixture, &gx_need_entity, &id);
  g_autofree char *set = gxt_json ("'set':{'category':{'v':'HOUSING','b':{'s':0}}}");
  g_autoptr(JsonObject) result = NULL;

  g_assert_cmpstr (gxt_sync_mutate (fixture->sync, GXT_RM1, "patch", "need", &id, set, &result), ==, "noop");
  g_assert_cmpint (version_of (fixture, &gx_need_entity, &id), ==, v);
  g_assert_cmpint (json_object_get_int_member (result, "seq"), >=, v);
}

static void
test_own_earlier_mutation_as_base (Fixture       *fixture,
                                   gconstpointer  data)
{
  GxId id = make_need (fixture);
  gint64 mid = fixture->sync->mid[GXT_RM1];
  g_autofree char *chain = gxt_json ("'set':{'detail':{'v':'then','b':{'m':%" G_GINT64_FORMAT "}}}", mid);
  g_autofree char *broken = NULL;
  g_autoptr(JsonObject) result = NULL;

  g_assert_cmpstr (gxt_sync_mutate (fixture->sync, GXT_RM1, "patch", "need", &id, chain, NULL), ==, "applied");

  /* What depends on something refused is a conflict that says so. */
  assert_refused (fixture, GXT_RM1, "patch", "need", &id, "'set':{'v':{'v':1,'b':{'s':1}}}", "FIELD");
  mid = fixture->sync->mid[GXT_RM1];
  broken = gxt_json ("'set':{'detail':{'v':'later','b':{'m':%" G_GINT64_FORMAT "}}}", mid);
  g_assert_cmpstr (gxt_sync_mutate (fixture->sync, GXT_RM1, "patch", "need", &id, broken, &result), ==, "conflict");
  g_assert_cmpint (json_object_get_int_member (json_array_get_object_element (json_object_get_array_member (result, "at"), 0),
                                               "depends"), ==, mid);
}

static void
test_words_and_lines_merge (Fixture       *fixture,
                            gconstpointer  data)
{
  GxPersonProfile *profile = gx_entity_new (&gx_person_profile_entity);
  gint64 v;

  profile->meta.id = profile->customer_id = fixture->customer;
  profile->hobbies = g_strdup ("golf,tea");
  gxt_sync_put (fixture->sync, &gx_person_profile_entity, profile);
  v = version_of (fixture, &gx_person_profile_entity, &fixture->customer);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *set = gxt_json ("'set':{'hobbies':{'v':'golf,tea,%s','b':{'s':%" G_GINT64_FORMAT ",'v':'golf,tea'}}}",
                                       i == 0 ? "chess" : "opera", v);
      g_assert_cmpstr (gxt_sync_mutate (fixture->sync, GXT_RM1, "patch", "person_profile", &fixture->customer, set, NULL), ==,
                       "applied");
    }
  profile = gxt_sync_load (fixture->sync, &gx_person_profile_entity, &fixture->customer);
  g_assert_cmpstr (profile->hobbies, ==, "golf,tea,chess,opera");
  gx_entity_free (&gx_person_profile_entity, profile);
}

static void
test_delete (Fixture       *fixture,
             gconstpointer  data)
{
  GxId id = make_need (fixture);
  gint64 v = version_of (fixture, &gx_need_entity, &id);
  g_autofree char *early = gxt_json ("'b':{'s':%" G_GINT64_FORMAT "}", v - 1);
  g_autofree char *seen = gxt_json ("'b':{'s':%" G_GINT64_FORMAT "}", v);
  g_autofree char *set = need_set (&fixture->customer);

  g_assert_cmpstr (gxt_sync_mutate (fixture->sync, GXT_RM1, "delete", "need", &id, early, NULL), ==, "conflict");
  g_assert_cmpstr (gxt_sync_mutate (fixture->sync, GXT_RM1, "delete", "need", &id, seen, NULL), ==, "applied");
  g_assert_cmpstr (gxt_sync_mutate (fixture->sync, GXT_RM1, "delete", "need", &id, seen, NULL), ==, "noop");
  /* Deletion is final. */
  assert_refused (fixture, GXT_RM1, "create", "need", &id, set, "EXISTS");
  assert_refused (fixture, GXT_RM1, "patch", "need", &id, "'set':{'detail':{'v':'x','b':{'s':0}}}", "NOT_FOUND");
}

static void
test_reviewed_fields_need_review (Fixture       *fixture,
                                  gconstpointer  data)
{
  const GxId id = gxt_sync_id (fixture->sync);
  g_autofree char *number = gxt_json ("'set':{'customer_id':'%s','kind':'PASSPORT','number':'E12345678','valid_to':'2031-01-01'}",
                                      GX_ID_STR (&fixture->customer));
  g_autofree char *primary = gxt_json ("'set':{'customer_id':'%s','kind':'MOBILE','value':'13812345678','is_primary':true}",
                                       GX_ID_STR (&fixture->customer));
  g_autofree char *other = gxt_json ("'set':{'customer_id':'%s','kind':'MOBILE','value':'13812345678'}",
                                     GX_ID_STR (&fixture->customer));
  GxContactPoint *contact;

  assert_refused (fixture, GXT_RM1, "patch", "customer", &fixture->customer, "'set':{'name':{'v':'王大明','b':{'s':999}}}",
                  "NEEDS_REVIEW");
  assert_refused (fixture, GXT_RM1, "patch", "customer", &fixture->customer, "'set':{'tier':{'v':'GOLD','b':{'s':999}}}",
                  "NEEDS_REVIEW");
  assert_refused (fixture, GXT_RM1, "create", "identifier", &id, number, "NEEDS_REVIEW");
  assert_refused (fixture, GXT_RM1, "create", "contact_point", &id, primary, "NEEDS_REVIEW");
  assert_refused (fixture, GXT_RM1, "delete", "customer", &fixture->customer, "'b':{'s':999}", "NEEDS_REVIEW");

  g_assert_cmpstr (gxt_sync_mutate (fixture->sync, GXT_RM1, "create", "contact_point", &id, other, NULL), ==, "applied");
  contact = gxt_sync_load (fixture->sync, &gx_contact_point_entity, &id);
  g_assert_cmpstr (contact->value, ==, "13812345678");
  gx_entity_free (&gx_contact_point_entity, contact);
  assert_refused (fixture, GXT_RM1, "patch", "contact_point", &id, "'set':{'is_primary':{'v':true,'b':{'s':999}}}", "NEEDS_REVIEW");
}

/* Rows that carry reviewed values neither go unseen nor bring them along as new ones. */
static void
test_rows_with_reviewed_values (Fixture       *fixture,
                                gconstpointer  data)
{
  const GxId address = gxt_sync_id (fixture->sync);
  g_autofree char *home = gxt_json ("'set':{'customer_id':'%s','kind':'HOME','line':'人民路1号'}", GX_ID_STR (&fixture->customer));
  g_autofree char *born = gxt_json ("'set':{'customer_id':'%s','birth_date':'1990-03-07'}", GX_ID_STR (&fixture->customer));
  g_autofree char *plain = gxt_json ("'set':{'customer_id':'%s','hobbies':'围棋'}", GX_ID_STR (&fixture->customer));

  g_assert_cmpstr (gxt_sync_mutate (fixture->sync, GXT_RM1, "create", "address", &address, home, NULL), ==, "applied");
  assert_refused (fixture, GXT_RM1, "delete", "address", &address, "'b':{'s':9999}", "NEEDS_REVIEW");
  assert_refused (fixture, GXT_RM1, "create", "person_profile", &fixture->customer, born, "NEEDS_REVIEW");
  g_assert_cmpstr (gxt_sync_mutate (fixture->sync, GXT_RM1, "create", "person_profile", &fixture->customer, plain, NULL), ==,
                   "applied");
}

/* A wealth manager works on the prospect, but does not take it over. */
static void
test_whose_a_prospect_is (Fixture       *fixture,
                          gconstpointer  data)
{
  GxId shared = gxt_sync_customer (fixture->sync, GXT_RM1, GXT_RM2, "钱七", GX_CUSTOMER_PROSPECT);
  g_autofree char *mine = gxt_json ("'set':{'primary_rm_id':{'v':'%s','b':{'s':999}}}", GX_ID_STR (&fixture->sync->employee[GXT_RM2]));

  assert_refused (fixture, GXT_RM2, "patch", "customer", &shared, mine, "FORBIDDEN");
  assert_refused (fixture, GXT_RM2, "patch", "customer", &shared, "'set':{'wealth_mgr_id':{'v':null,'b':{'s':999}}}", "FORBIDDEN");
  g_assert_cmpstr (gxt_sync_mutate (fixture->sync, GXT_RM2, "patch", "customer", &shared, "\"set\":{\"lang\":{\"v\":\"en\",\"b\":{\"s\":999}}}",
                                    NULL), ==, "applied");
  g_assert_cmpstr (gxt_sync_mutate (fixture->sync, GXT_RM1, "patch", "customer", &shared,
                                    "\"set\":{\"wealth_mgr_id\":{\"v\":null,\"b\":{\"s\":999}}}", NULL), ==, "applied");
}

/* A mutation that changed nothing saw the version it found, not what others write later in the same batch. */
static void
test_base_of_a_noop (Fixture       *fixture,
                     gconstpointer  data)
{
  GxId need = make_need (fixture);
  g_autofree char *same = gxt_json ("'set':{'status':{'v':'OPEN','b':{'s':0}}}");
  g_autoptr(JsonObject) result = NULL;

  make_need (fixture);                          /* the head goes on */
  g_assert_cmpstr (gxt_sync_mutate (fixture->sync, GXT_RM1, "patch", "need", &need, same, &result), ==, "noop");
  g_assert_cmpint (json_object_get_int_member (result, "seq"), ==, version_of (fixture, &gx_need_entity, &need));
}

static void
test_a_prospect_is_free (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autofree char *name = gxt_json ("'set':{'name':{'v':'李四海','b':{'s':999}}}");
  const GxId id = gxt_sync_id (fixture->sync);
  g_autofree char *primary = gxt_json ("'set':{'customer_id':'%s','kind':'MOBILE','value':'13812345678','is_primary':true}",
                                       GX_ID_STR (&fixture->prospect));
  GxCustomer *customer;

  g_assert_cmpstr (gxt_sync_mutate (fixture->sync, GXT_RM1, "patch", "customer", &fixture->prospect, name, NULL), ==, "applied");
  customer = gxt_sync_load (fixture->sync, &gx_customer_entity, &fixture->prospect);
  g_assert_cmpstr (customer->name_pinyin, ==, "li si hai");
  gx_entity_free (&gx_customer_entity, customer);
  g_assert_cmpstr (gxt_sync_mutate (fixture->sync, GXT_RM1, "create", "contact_point", &id, primary, NULL), ==, "applied");

  assert_refused (fixture, GXT_RM1, "patch", "customer", &fixture->prospect, "'set':{'status':{'v':'ACTIVE','b':{'s':999}}}",
                  "NEEDS_REVIEW");
  assert_refused (fixture, GXT_RM1, "patch", "customer", &fixture->prospect, "'set':{'tier':{'v':'GOLD','b':{'s':999}}}", "FIELD");
}

static void
test_server_and_fixed_fields (Fixture       *fixture,
                              gconstpointer  data)
{
  const GxId id = gxt_sync_id (fixture->sync);

  assert_refused (fixture, GXT_RM1, "patch", "customer", &fixture->prospect, "'set':{'cif_no':{'v':'1','b':{'s':999}}}", "FIELD");
  assert_refused (fixture, GXT_RM1, "patch", "customer", &fixture->prospect, "'set':{'type':{'v':'ORG','b':{'s':999}}}", "FIELD");
  assert_refused (fixture, GXT_RM1, "patch", "customer", &fixture->prospect, "'set':{'wings':{'v':2,'b':{'s':999}}}", "SCHEMA");
  assert_refused (fixture, GXT_RM1, "patch", "customer", &fixture->prospect, "'set':{'lang':'en'}", "INVALID");
  assert_refused (fixture, GXT_RM1, "create", "customer", &id,
                  "'set':{'type':'PERSON','name':'x','first_contact_at':1,'cif_no':'1'}", "FIELD");
  assert_refused (fixture, GXT_RM1, "create", "customer", &id,
                  "'set':{'type':'PERSON','name':'x','first_contact_at':1,'created_by':'01920000-0000-7000-8000-000000000000'}",
                  "FIELD");
  assert_refused (fixture, GXT_RM1, "create", "customer", &id,
                  "'set':{'type':'PERSON','name':'x','first_contact_at':1795000000000,'status':'ACTIVE'}", "NEEDS_REVIEW");
  assert_refused (fixture, GXT_RM1, "explode", "customer", &id, "'set':{}", "SCHEMA");
}

static void
test_masked_values_do_not_come_back (Fixture       *fixture,
                                     gconstpointer  data)
{
  const GxId id = gxt_sync_id (fixture->sync);
  g_autofree char *number = gxt_json ("'set':{'customer_id':'%s','kind':'PASSPORT','number':'E12345678','valid_to':'2031-01-01'}",
                                      GX_ID_STR (&fixture->prospect));
  g_autofree char *mask = NULL;
  g_autofree char *back = NULL;
  g_autofree char *new_number = gxt_json ("'set':{'number':{'v':'E87654321','b':{'s':999}}}");

  g_assert_cmpstr (gxt_sync_mutate (fixture->sync, GXT_RM1, "create", "identifier", &id, number, NULL), ==, "applied");
  mask = gx_entity_find (gx_entity_by_name ("identifier"), "number")->mask ("E12345678");
  back = gxt_json ("'set':{'number':{'v':'%s','b':{'s':999}}}", mask);
  assert_refused (fixture, GXT_RM1, "patch", "identifier", &id, back, "FIELD");
  g_assert_cmpstr (gxt_sync_mutate (fixture->sync, GXT_RM1, "patch", "identifier", &id, new_number, NULL), ==, "applied");
}

static void
test_conflict_answers_are_masked (Fixture       *fixture,
                                  gconstpointer  data)
{
  const GxId id = gxt_sync_id (fixture->sync);
  g_autofree char *number = gxt_json ("'set':{'customer_id':'%s','kind':'PASSPORT','number':'E12345678','valid_to':'2031-01-01'}",
                                      GX_ID_STR (&fixture->prospect));
  g_autofree char *late = gxt_json ("'set':{'number':{'v':'E87654321','b':{'s':0}}}");
  g_autoptr(JsonObject) result = NULL;
  JsonObject *at;

  gxt_sync_mutate (fixture->sync, GXT_RM1, "create", "identifier", &id, number, NULL);
  g_assert_cmpstr (gxt_sync_mutate (fixture->sync, GXT_RM1, "patch", "identifier", &id, late, &result), ==, "conflict");
  at = json_array_get_object_element (json_object_get_array_member (result, "at"), 0);
  g_assert_null (strstr (json_object_get_string_member (at, "server"), "1234567"));
}

/* The number that somebody typed is kept for the answer to a lost one, but not for whoever reads the tables. */
static void
test_kept_conflicts_are_sealed (Fixture       *fixture,
                                gconstpointer  data)
{
  const GxId id = gxt_sync_id (fixture->sync), mut_id = gxt_sync_id (fixture->sync);
  g_autofree char *number = gxt_json ("'set':{'customer_id':'%s','kind':'PASSPORT','number':'E12345678','valid_to':'2031-01-01'}",
                                      GX_ID_STR (&fixture->prospect));
  g_autofree char *late = NULL;
  g_autoptr(JsonObject) first = NULL;
  g_autoptr(JsonObject) again = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  gxt_sync_mutate (fixture->sync, GXT_RM1, "create", "identifier", &id, number, NULL);
  late = gxt_json ("{'mid':2,'mut_id':'%s','op':'patch','tbl':'identifier','id':'%s','set':{'number':{'v':'E87654321','b':{'s':0}}}}",
                   GX_ID_STR (&mut_id), GX_ID_STR (&id));
  first = gxt_sync_push (fixture->sync, GXT_RM1, late, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gxt_number (fixture->sync->db, "SELECT COUNT(*) FROM mut_result WHERE st='conflict'"), ==, 1);
  g_assert_cmpint (gxt_number (fixture->sync->db, "SELECT COUNT(*) FROM mut_result WHERE body LIKE '%87654321%'"), ==, 0);
  again = gxt_sync_push (fixture->sync, GXT_RM1, late, &error);
  g_assert_no_error (error);
  a = gx_json_canonical (json_object_get_member (first, "results"));
  b = gx_json_canonical (json_object_get_member (again, "results"));
  g_assert_cmpstr (a, ==, b);
  g_assert_nonnull (strstr (b, "E87654321"));
}

static void
test_whose_rows (Fixture       *fixture,
                 gconstpointer  data)
{
  const GxId id = gxt_sync_id (fixture->sync);
  g_autofree char *foreign = need_set (&fixture->foreign);
  g_autofree char *own = need_set (&fixture->customer);
  GxId need = make_need (fixture);

  assert_refused (fixture, GXT_RM1, "create", "need", &id, foreign, "FORBIDDEN");
  assert_refused (fixture, GXT_RM2, "create", "need", &id, own, "FORBIDDEN");
  assert_refused (fixture, GXT_SUP1, "create", "need", &id, own, "FORBIDDEN");
  assert_refused (fixture, GXT_RM2, "patch", "need", &need, "'set':{'detail':{'v':'x','b':{'s':999}}}", "NOT_FOUND");
  assert_refused (fixture, GXT_RM3, "delete", "need", &need, "'b':{'s':999}", "NOT_FOUND");
  assert_refused (fixture, GXT_HQ1, "patch", "customer", &fixture->customer, "'set':{'lang':{'v':'en','b':{'s':999}}}", "FORBIDDEN");
  assert_refused (fixture, GXT_ADMIN1, "patch", "customer", &fixture->customer, "'set':{'lang':{'v':'en','b':{'s':999}}}",
                  "FORBIDDEN");
  assert_refused (fixture, GXT_RM1, "create", "setting", &id, "'set':{'code':'a','value':'b'}", "FORBIDDEN");
  assert_refused (fixture, GXT_RM1, "create", "holding", &id, "'set':{}", "FORBIDDEN");
}

static void
test_wealth_managers_write_too (Fixture       *fixture,
                                gconstpointer  data)
{
  const GxId id = gxt_sync_id (fixture->sync);
  GxId shared = gxt_sync_customer (fixture->sync, GXT_RM1, GXT_RM2, "钱七", GX_CUSTOMER_ACTIVE);
  g_autofree char *set = need_set (&shared);

  g_assert_cmpstr (gxt_sync_mutate (fixture->sync, GXT_RM2, "create", "need", &id, set, NULL), ==, "applied");
}

static void
test_tasks_can_be_given_to_others (Fixture       *fixture,
                                   gconstpointer  data)
{
  const GxId id = gxt_sync_id (fixture->sync), other = gxt_sync_id (fixture->sync);
  g_autofree char *set = gxt_json ("'set':{'title':'Call','kind':'CALL','due_at':1795000000000,'status':'OPEN','customer_id':'%s',"
                                   "'assignee_id':'%s'}", GX_ID_STR (&fixture->customer),
                                   GX_ID_STR (&fixture->sync->employee[GXT_RM2]));
  g_autofree char *note = gxt_json ("'set':{'customer_id':'%s','channel':'PHONE','purpose':'VISIT','subject':'x',"
                                    "'started_at':1795000000000,'owner_id':'%s'}", GX_ID_STR (&fixture->customer),
                                    GX_ID_STR (&fixture->sync->employee[GXT_RM2]));
  g_autofree char *done = gxt_json ("'set':{'status':{'v':'DONE','b':{'s':999}}}");

  g_assert_cmpstr (gxt_sync_mutate (fixture->sync, GXT_RM1, "create", "task", &id, set, NULL), ==, "applied");
  g_assert_cmpstr (gxt_sync_mutate (fixture->sync, GXT_RM2, "patch", "task", &id, done, NULL), ==, "applied");
  assert_refused (fixture, GXT_RM1, "create", "interaction", &other, note, "FORBIDDEN");
}

static void
test_bad_values_and_references (Fixture       *fixture,
                                gconstpointer  data)
{
  const GxId id = gxt_sync_id (fixture->sync), nobody = gxt_sync_id (fixture->sync);
  g_autofree char *missing = gxt_json ("'set':{'customer_id':'%s'}", GX_ID_STR (&fixture->customer));
  g_autofree char *no_customer = need_set (&nobody);
  g_autofree char *no_source = gxt_json ("'set':{'customer_id':'%s','category':'HOUSING','status':'OPEN','source_interaction_id':'%s'}",
                                         GX_ID_STR (&fixture->customer), GX_ID_STR (&nobody));
  g_autofree char *no_word = gxt_json ("'set':{'customer_id':'%s','category':'CASTLE','status':'OPEN'}", GX_ID_STR (&fixture->customer));

  assert_refused (fixture, GXT_RM1, "create", "need", &id, missing, "INVALID");
  assert_refused (fixture, GXT_RM1, "create", "need", &id, no_customer, "INVALID");
  assert_refused (fixture, GXT_RM1, "create", "need", &id, no_source, "INVALID");
  assert_refused (fixture, GXT_RM1, "create", "need", &id, no_word, "INVALID");
  assert_refused (fixture, GXT_RM1, "create", "need", &id, "'b':{}", "INVALID");
}

static void
test_every_result_is_in_the_log (Fixture       *fixture,
                                 gconstpointer  data)
{
  gint64 before = gxt_number (fixture->sync->db, "SELECT COUNT(*) FROM audit_log");
  GxId id = make_need (fixture);
  g_autofree char *same = gxt_json ("'set':{'category':{'v':'HOUSING','b':{'s':0}}}");
  g_autofree char *conflict = gxt_json ("'set':{'status':{'v':'MET','b':{'s':0}}}");

  gxt_sync_mutate (fixture->sync, GXT_RM1, "patch", "need", &id, same, NULL);
  gxt_sync_mutate (fixture->sync, GXT_RM1, "patch", "need", &id, conflict, NULL);
  assert_refused (fixture, GXT_RM1, "patch", "need", &id, "'set':{'wings':{'v':2,'b':{'s':0}}}", "SCHEMA");
  g_assert_cmpint (gxt_number (fixture->sync->db, "SELECT COUNT(*) FROM audit_log"), ==, before + 4);
  g_assert_cmpint (gxt_number (fixture->sync->db, "SELECT COUNT(*) FROM mut_result"), ==, 4);
  g_assert_cmpint (gxt_number (fixture->sync->db, "SELECT size FROM audit_head"), ==,
                   gxt_number (fixture->sync->db, "SELECT COUNT(*) FROM audit_log"));
}

/* A queue that an older program wrote (tests/fixtures/wire). */
static JsonArray *
recorded_queue (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("GUANXI_SOURCE_DIR"), "tests", "fixtures", "wire", "schema-1.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  node = gx_json_parse (text, -1, &error);
  g_assert_no_error (error);
  return json_array_ref (json_object_get_array_member (json_array_get_object_element (json_node_get_array (node), 1), "queue"));
}

/* Its result's code, or what became of it. */
static char *
push_in (Fixture     *fixture,
         int          schema,
         JsonObject  *mutation,
         GError     **error)
{
  g_autoptr(JsonNode) node = json_node_init_object (json_node_alloc (), mutation);
  g_autofree char *text = gx_json_canonical (node);
  g_autoptr(JsonObject) answer = NULL;
  JsonObject *result;

  fixture->sync->schema = schema;
  answer = gxt_sync_push (fixture->sync, GXT_RM1, text, error);
  if (answer == NULL)
    return NULL;
  result = json_array_get_object_element (json_object_get_array_member (answer, "results"), 0);
  return g_strdup (json_object_has_member (result, "code") ? code_of (result) : json_object_get_string_member (result, "st"));
}

static void
expect_pushed (Fixture    *fixture,
               int         schema,
               JsonObject *mutation,
               const char *wanted)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *got = push_in (fixture, schema, mutation, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (got, ==, wanted);
}

/* A task as the program of schema 1 made it, and its later change: both taken, and known again as they came. */
static void
test_older_schema (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(JsonArray) queue = recorded_queue ();
  JsonObject *create = json_array_get_object_element (queue, 0), *patch = json_array_get_object_element (queue, 1), *base = json_object_new ();
  JsonObject *set = json_object_get_object_member (create, "set");
  g_autoptr(GError) error = NULL;
  GxTask *task;
  GxId id;

  json_object_set_string_member (set, "customer_id", GX_ID_STR (&fixture->customer));
  json_object_set_string_member (set, "assignee_id", GX_ID_STR (&fixture->sync->employee[GXT_RM1]));
  json_object_set_int_member (create, "mid", 1);
  expect_pushed (fixture, 1, create, "applied");
  expect_pushed (fixture, 1, create, "applied");

  g_assert_true (gx_id_parse (json_object_get_string_member (create, "id"), &id));
  json_object_set_string_member (patch, "id", GX_ID_STR (&id));
  json_object_set_int_member (patch, "mid", 2);
  json_object_set_int_member (base, "m", 1);
  json_object_set_object_member (json_object_get_object_member (json_object_get_object_member (patch, "set"), "priority"), "b", base);
  expect_pushed (fixture, 1, patch, "applied");
  task = gx_sql_load (fixture->sync->db, &gx_task_entity, &id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (task->priority, ==, 4);
  gx_entity_free (&gx_task_entity, task);

  /* The same words in the present schema are none. */
  json_object_set_int_member (patch, "mid", 3);
  json_object_set_string_member (patch, "mut_id", "01920000-0000-7000-8000-0000000000aa");
  expect_pushed (fixture, GX_SCHEMA, patch, "INVALID");
}

/* What is too old, or of a program that does not exist yet, is refused as a whole, and it is told what is spoken. */
static void
test_foreign_schemas (Fixture       *fixture,
                      gconstpointer  data)
{
  const int schemas[] = { -1, GX_SCHEMA + 1 };
  g_autofree char *spoken = g_strdup_printf ("{\"from\":%d,\"to\":%d}", gx_upcast_oldest (), GX_SCHEMA);
  g_autoptr(JsonArray) queue = recorded_queue ();

  for (guint i = 0; i < G_N_ELEMENTS (schemas); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (push_in (fixture, schemas[i], json_array_get_object_element (queue, 0), &error));
      g_assert_error (error, GX_ERROR, GX_ERROR_UPGRADE);
      g_assert_cmpstr (gx_error_get_params (error), ==, spoken);
    }
}

static const struct { const char *name; void (*func) (Fixture *fixture, gconstpointer data); } tests[] = {
  { "create_gives_versions_path_and_times", test_create },
  { "a_new_customer_is_ones_own_prospect_with_number_and_pinyin", test_create_customer },
  { "same_mid_is_answered_from_the_store", test_same_mid_is_answered_from_the_store },
  { "same_mid_with_another_body_is_a_fork", test_same_mid_other_body_is_a_fork },
  { "a_gap_does_nothing", test_gap_does_nothing },
  { "a_refusal_advances_the_queue", test_refusal_advances_the_queue },
  { "a_known_mut_id_from_a_new_client_has_no_second_effect", test_known_mut_id_from_a_new_client },
  { "a_blocked_or_foreign_client_is_refused", test_other_epoch_or_client },
  { "patch_gives_each_field_its_version", test_patch },
  { "conflict_keeps_both_and_writes_nothing", test_conflict_keeps_both },
  { "different_fields_do_not_conflict", test_different_fields_do_not_conflict },
  { "an_equal_value_is_a_noop", test_equal_value_is_a_noop },
  { "an_own_earlier_mutation_is_a_base", test_own_earlier_mutation_as_base },
  { "words_merge_when_the_base_is_told", test_words_and_lines_merge },
  { "delete_needs_the_version_and_is_final", test_delete },
  { "reviewed_fields_need_review", test_reviewed_fields_need_review },
  { "rows_with_reviewed_values_come_and_go_by_request", test_rows_with_reviewed_values },
  { "whose_a_prospect_is_its_own_manager_says", test_whose_a_prospect_is },
  { "a_noop_saw_the_version_it_found", test_base_of_a_noop },
  { "a_prospect_is_free_but_for_status_and_tier", test_a_prospect_is_free },
  { "server_fixed_and_unknown_fields_are_refused", test_server_and_fixed_fields },
  { "masked_values_do_not_come_back", test_masked_values_do_not_come_back },
  { "conflict_answers_are_masked", test_conflict_answers_are_masked },
  { "kept_conflicts_are_sealed", test_kept_conflicts_are_sealed },
  { "only_ones_own_rows", test_whose_rows },
  { "wealth_managers_write_too", test_wealth_managers_write_too },
  { "tasks_can_be_given_to_others_interactions_not", test_tasks_can_be_given_to_others },
  { "bad_values_and_references_are_refused", test_bad_values_and_references },
  { "every_result_is_in_the_log", test_every_result_is_in_the_log },
  { "an_older_schema_is_understood", test_older_schema },
  { "a_foreign_schema_is_refused_as_a_whole", test_foreign_schemas },
};

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/server/mutate/", tests[i].name, NULL);

      g_test_add (path, Fixture, NULL, set_up, tests[i].func, tear_down);
    }

  return g_test_run ();
}
