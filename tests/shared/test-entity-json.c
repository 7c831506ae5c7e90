/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows to JSON and back: equal rows are equal bytes, and what is wrong is named. */
#include "gx-customer.h"
#include "gx-entity-json.h"

static GxCustomer *
make_customer (void)
{
  GxCustomer *customer = gx_entity_new (&gx_customer_entity);

  customer->meta.id = gx_id_new ();
  customer->meta.v = 5122;
  customer->meta.v0 = 17;
  customer->meta.fv = g_strdup ("{\"name\":5122}");
  customer->meta.masked = g_strdup ("{\"name\":null}");
  customer->type = GX_CUSTOMER_ORG;
  customer->name = g_strdup ("深圳“前海”\n贸易");
  customer->status = GX_CUSTOMER_PROSPECT;
  customer->tier = GX_TIER_STANDARD;
  customer->onboarded_on = gx_date_from_ymd (2019, 2, 28);
  customer->dq_missing = g_strdup ("[\"mobile\"]");
  return customer;
}

static void
test_put_round_trip (void)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GString) again = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = NULL;
  GxJsonWriter writer;
  GxPut put = { .entity = &gx_customer_entity, .data = make_customer () };
  GxPut back;

  gx_json_writer_init_canonical (&writer, text);
  gx_put_write (&put, &writer);
  node = gx_json_parse (text->str, (gssize) text->len, &error);
  g_assert_no_error (error);
  g_assert_true (gx_put_read (json_node_get_object (node), &back, &error));
  g_assert_cmpuint (gx_entity_diff (&gx_customer_entity, put.data, back.data), ==, 0);

  gx_json_writer_init_canonical (&writer, again);
  gx_put_write (&back, &writer);
  g_assert_cmpstr (text->str, ==, again->str);

  gx_put_clear (&put);
  gx_put_clear (&back);
}

static void
assert_refused (const char *json,
                GxError     code,
                const char *field)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = gx_json_parse (json, -1, &error);
  GxCustomer *customer = gx_entity_new (&gx_customer_entity);

  g_assert_no_error (error);
  g_assert_false (gx_entity_from_json (&gx_customer_entity, json_node_get_object (node), customer, NULL, &error));
  g_assert_error (error, GX_ERROR, (int) code);
  g_assert_cmpstr (((GxViolation *) g_ptr_array_index (gx_error_get_violations (error), 0))->field, ==, field);
  gx_entity_free (&gx_customer_entity, customer);
}

static void
test_wrong_members_are_named (void)
{
  assert_refused ("{\"nmae\":\"x\"}", GX_ERROR_SCHEMA, "nmae");
  assert_refused ("{\"del\":true}", GX_ERROR_SCHEMA, "del");
  assert_refused ("{\"name\":1}", GX_ERROR_INVALID, "name");
  assert_refused ("{\"name\":{}}", GX_ERROR_INVALID, "name");
  assert_refused ("{\"tier\":\"SILVER\"}", GX_ERROR_INVALID, "tier");
  assert_refused ("{\"tier\":2}", GX_ERROR_INVALID, "tier");
  assert_refused ("{\"dnd\":\"true\"}", GX_ERROR_INVALID, "dnd");
  assert_refused ("{\"onboarded_on\":\"2019-02-29\"}", GX_ERROR_INVALID, "onboarded_on");
  assert_refused ("{\"primary_rm_id\":\"x\"}", GX_ERROR_INVALID, "primary_rm_id");
  assert_refused ("{\"first_contact_at\":\"now\"}", GX_ERROR_INVALID, "first_contact_at");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/codec/put/round_trip", test_put_round_trip);
  g_test_add_func ("/codec/entity/wrong_members_are_named", test_wrong_members_are_named);
  return g_test_run ();
}
