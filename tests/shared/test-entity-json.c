/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows to JSON and back: equal rows are equal bytes, and what is wrong is named. */
#include "gx-customer.h"
#include "gx-entity-json.h"
#include "gx-holding.h"

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

#define HOLDING "{\"d\":{},\"id\":\"01890a5d-ac96-774b-bcce-b302099a8057\",%s\"tbl\":\"holding\",\"v\":2,\"v0\":1}"

static gboolean
read_holding (const char  *months,
              GxPut       *out_put,
              char       **out_text,
              GError     **error)
{
  g_autofree char *text = g_strdup_printf (HOLDING, months);
  g_autoptr(JsonNode) node = gx_json_parse (text, -1, error);

  g_assert_nonnull (node);
  if (out_text != NULL)
    *out_text = g_steal_pointer (&text);
  return gx_put_read (json_node_get_object (node), out_put, error);
}

static void
test_months_are_a_table (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GString) again = g_string_new (NULL);
  g_autofree char *text = NULL;
  const GxHoldingMonth *month;
  GxJsonWriter writer;
  GxPut put;

  read_holding ("\"months\":[[\"cost\",\"end_balance\",\"month\"],[null,700,\"2026-10-01\"],[3,-5,\"2026-11-01\"]],", &put, &text, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (put.facts->len, ==, 2);
  month = g_ptr_array_index (put.facts, 0);
  g_assert_cmpint (month->end_balance, ==, 700);
  g_assert_cmpint (month->cost, ==, GX_INT_NONE);
  g_assert_cmpint (month->month, ==, gx_date_from_ymd (2026, 10, 1));
  g_assert_true (gx_id_equal (&month->holding_id, &((GxMeta *) put.data)->id));

  gx_json_writer_init (&writer, again);
  gx_put_write (&put, &writer);
  g_assert_cmpstr (again->str, ==, text);
  gx_put_clear (&put);
}

static void
test_what_is_no_table_of_months_is_refused (void)
{
  static const char *const wrong[] = {
    "\"months\":[{\"month\":\"2026-10-01\"}],",
    "\"months\":[[\"month\",\"nmae\"]],",
    "\"months\":[[\"month\",\"month\"]],",
    "\"months\":[[\"holding_id\"]],",
    "\"months\":[[\"end_balance\",\"month\"],[1]],",
    "\"months\":[[\"month\"],[\"2026-10-01\",2]],",
    "\"months\":[[\"month\"],[1]],",
    "\"months\":[[1]],",
    "\"months\":[[\"month\"],7],",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(GError) error = NULL;
      GxPut put;

      g_test_message ("%s", wrong[i]);
      g_assert_false (read_holding (wrong[i], &put, NULL, &error));
      g_assert_true (error->domain == GX_ERROR);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/codec/put/round_trip", test_put_round_trip);
  g_test_add_func ("/codec/put/months_are_a_table", test_months_are_a_table);
  g_test_add_func ("/codec/put/what_is_no_table_of_months_is_refused", test_what_is_no_table_of_months_is_refused);
  g_test_add_func ("/codec/entity/wrong_members_are_named", test_wrong_members_are_named);
  return g_test_run ();
}
