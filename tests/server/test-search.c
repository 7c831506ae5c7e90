/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search line over the whole bank: what is found, by whom, and in which order. */
#include "gx-customer.h"
#include "gx-json.h"
#include "gxs-name-index.h"
#include "gxs-search.h"
#include "gxt-sync.h"

/* The names found, in their order, with blanks between. */
static char *
found (GxtSync    *sync,
       GxtPerson   person,
       const char *question,
       gint64      limit)
{
  g_autoptr(GxsAuthz) authz = gxt_sync_authz (sync, person);
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GString) names = g_string_new (NULL);
  g_autoptr(JsonNode) root = NULL;
  g_autoptr(GError) error = NULL;
  JsonArray *rows;

  gxs_search (sync->db, authz, question, limit, out, &error);
  g_assert_no_error (error);
  root = gx_json_parse (out->str, (gssize) out->len, &error);
  g_assert_no_error (error);
  rows = json_object_get_array_member (json_node_get_object (root), "rows");
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *d = json_object_get_object_member (json_array_get_object_element (rows, i), "d");

      g_string_append_printf (names, "%s%s", i > 0 ? " " : "", json_object_get_string_member (d, "name"));
    }

  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
assert_found (GxtSync    *sync,
              GxtPerson   person,
              const char *question,
              gint64      limit,
              const char *expected)
{
  g_autofree char *names = found (sync, person, question, limit);

  g_test_message ("%s", question);
  g_assert_cmpstr (names, ==, expected);
}

static void
test_by_characters_pinyin_and_initials (void)
{
  g_autoptr(GxtSync) sync = gxt_sync_new ();

  gxt_sync_customer (sync, GXT_RM1, GXT_NOBODY, "欧阳建国", GX_CUSTOMER_ACTIVE);
  gxt_sync_customer (sync, GXT_RM1, GXT_NOBODY, "曾建平", GX_CUSTOMER_PROSPECT);

  assert_found (sync, GXT_RM1, "建", 50, "欧阳建国 曾建平");
  assert_found (sync, GXT_RM1, "阳建", 50, "欧阳建国");
  assert_found (sync, GXT_RM1, "ouyang", 50, "欧阳建国");
  assert_found (sync, GXT_RM1, "zengjianping", 50, "曾建平");
  assert_found (sync, GXT_RM1, "zjp", 50, "曾建平");
  assert_found (sync, GXT_RM1, "建 zeng", 50, "曾建平");
  assert_found (sync, GXT_RM1, "建\" OR name:\"欧", 50, "");
}

static void
test_in_the_order_of_names_up_to_the_limit (void)
{
  g_autoptr(GxtSync) sync = gxt_sync_new ();

  gxt_sync_customer (sync, GXT_RM1, GXT_NOBODY, "赵春梅", GX_CUSTOMER_PROSPECT);
  gxt_sync_customer (sync, GXT_RM1, GXT_NOBODY, "白春梅", GX_CUSTOMER_PROSPECT);
  gxt_sync_customer (sync, GXT_RM1, GXT_NOBODY, "林春梅", GX_CUSTOMER_PROSPECT);

  assert_found (sync, GXT_RM1, "春梅", 50, "白春梅 林春梅 赵春梅");
  assert_found (sync, GXT_RM1, "春梅", 2, "白春梅 林春梅");
}

static void
give (GxtSync    *sync,
      const GxId *id,
      GxtPerson   rm,
      GxtPerson   wealth,
      const GxId *unit)
{
  GxCustomer *customer = gxt_sync_load (sync, &gx_customer_entity, id);

  customer->primary_rm_id = sync->employee[rm];
  customer->wealth_mgr_id = wealth != GXT_NOBODY ? sync->employee[wealth] : GX_ID_NONE;
  customer->org_id = *unit;
  gxt_sync_update (sync, &gx_customer_entity, customer);
}

/* Whoever else's customers are not found, from the moment that they change hands. */
static void
test_whose_customers (void)
{
  g_autoptr(GxtSync) sync = gxt_sync_new ();
  GxId id = gxt_sync_customer (sync, GXT_RM1, GXT_NOBODY, "司马青云", GX_CUSTOMER_PROSPECT);

  assert_found (sync, GXT_RM1, "司马", 50, "司马青云");
  assert_found (sync, GXT_RM2, "司马", 50, "");
  assert_found (sync, GXT_SUP1, "司马", 50, "司*");
  assert_found (sync, GXT_SUP2, "司马", 50, "");
  assert_found (sync, GXT_AUDITOR1, "青云", 50, "司*");

  give (sync, &id, GXT_RM2, GXT_NOBODY, &sync->bank->branch1);
  assert_found (sync, GXT_RM1, "司马", 50, "");
  assert_found (sync, GXT_RM2, "司马", 50, "司马青云");

  give (sync, &id, GXT_RM2, GXT_RM1, &sync->bank->branch1);
  assert_found (sync, GXT_RM1, "司马", 50, "司马青云");

  give (sync, &id, GXT_RM3, GXT_NOBODY, &sync->bank->branch2);
  assert_found (sync, GXT_SUP1, "司马", 50, "");
  assert_found (sync, GXT_SUP2, "司马", 50, "司*");

  gxt_sync_delete (sync, &gx_customer_entity, &id);
  assert_found (sync, GXT_RM3, "司马", 50, "");
}

static void
test_another_name (void)
{
  g_autoptr(GxtSync) sync = gxt_sync_new ();
  GxId id = gxt_sync_customer (sync, GXT_RM1, GXT_NOBODY, "钱多多", GX_CUSTOMER_PROSPECT);
  GxCustomer *customer = gxt_sync_load (sync, &gx_customer_entity, &id);

  assert_found (sync, GXT_RM1, "qdd", 50, "钱多多");
  g_free (customer->name);
  customer->name = g_strdup ("安来来");
  gxt_sync_update (sync, &gx_customer_entity, customer);
  gxt_sync_customer (sync, GXT_RM1, GXT_NOBODY, "白来来", GX_CUSTOMER_PROSPECT);
  assert_found (sync, GXT_RM1, "qdd", 50, "");
  assert_found (sync, GXT_RM1, "来", 50, "安来来 白来来");
}

/* The test bank's own customer has a mobile, a telephone and an ID card. */
static void
test_by_numbers (void)
{
  g_autoptr(GxtSync) sync = gxt_sync_new ();

  assert_found (sync, GXT_RM1, "8000", 50, "张伟");
  assert_found (sync, GXT_RM1, "13800138000", 50, "张伟");
  assert_found (sync, GXT_RM1, "110101199003070011", 50, "张伟");
  assert_found (sync, GXT_RM1, "1000000001", 50, "张伟");
  assert_found (sync, GXT_RM1, "0001", 50, "张伟");
  assert_found (sync, GXT_RM1, "1380013800", 50, "");
  assert_found (sync, GXT_RM2, "8000", 50, "");
}

static void
test_questions_that_are_none (void)
{
  g_autoptr(GxtSync) sync = gxt_sync_new ();
  g_autoptr(GxsAuthz) authz = gxt_sync_authz (sync, GXT_RM1);
  g_autoptr(GString) out = g_string_new (NULL);
  g_autofree char *long_text = g_strnfill (GXS_SEARCH_TEXT_MAX + 1, 'a');
  const char *const texts[] = { NULL, "", "   ", long_text };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (gxs_search (sync->db, authz, texts[i], 50, out, &error));
      g_assert_error (error, GX_ERROR, GX_ERROR_INVALID);
    }
}

static void
test_index_numbers_are_ordered_as_names (void)
{
  static const char *const names[] = { NULL, "an", "an b", "ana", "li", "li na", "lian", "wang", "zhuang bei bei" };

  for (guint i = 1; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpint (gxs_name_index_number (names[i - 1]), <, gxs_name_index_number (names[i]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/server/search/by_characters_pinyin_and_initials", test_by_characters_pinyin_and_initials);
  g_test_add_func ("/server/search/in_the_order_of_names_up_to_the_limit", test_in_the_order_of_names_up_to_the_limit);
  g_test_add_func ("/server/search/whose_customers", test_whose_customers);

  g_test_add_func ("/server/search/another_name", test_another_name);
  g_test_add_func ("/server/search/by_tails_of_numbers_and_whole_ones", test_by_numbers);
  g_test_add_func ("/server/search/questions_that_are_none", test_questions_that_are_none);
  g_test_add_func ("/server/search/index_numbers_are_ordered_as_names", test_index_numbers_are_ordered_as_names);

  return g_test_run ();
}
