/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who changed what, read from the audit log: by those who may see the row, newest first, never a value. */
#include "gx-contact-point.h"
#include "gx-customer.h"
#include "gx-json.h"
#include "gxs-history.h"
#include "gxt-sync.h"

#include <string.h>

/* (transfer full) (nullable): the answer, NULL with @error */
static JsonNode *
history (GxtSync         *sync,
         GxtPerson        person,
         const GxEntity  *entity,
         const GxId      *id,
         gint64           before,
         gint64           limit,
         GError         **error)
{
  g_autoptr(GxsAuthz) authz = gxt_sync_authz (sync, person);
  const GxsHistoryQuery query = { entity, *id, before, limit };
  g_autoptr(GString) out = g_string_new (NULL);

  if (!gxs_history (sync->db, authz, &query, out, error))
    return NULL;
  g_test_message ("%s", out->str);
  return gx_json_parse (out->str, (gssize) out->len, error);
}

static JsonArray *
items_of (JsonNode *root)
{
  return json_object_get_array_member (json_node_get_object (root), "items");
}

static void
change (GxtSync    *sync,
        GxtPerson   person,
        const char *op,
        const char *table,
        const GxId *id,
        const char *rest)
{
  g_autoptr(JsonObject) result = NULL;

  g_assert_cmpstr (gxt_sync_mutate (sync, person, op, table, id, rest, &result), ==, "applied");
}

static GxId
prospect_with_changes (GxtSync *sync)
{
  GxId customer = gxt_sync_customer (sync, GXT_RM1, GXT_NOBODY, "王小明", GX_CUSTOMER_PROSPECT), point = gxt_sync_id (sync);
  GxCustomer *row = gxt_sync_load (sync, &gx_customer_entity, &customer);
  g_autofree char *patch = gxt_json ("'set':{'dnd':{'v':true,'b':{'s':%" G_GINT64_FORMAT "}}}", row->meta.v);
  g_autofree char *create = gxt_json ("'set':{'customer_id':'%s','kind':'MOBILE','value':'13800138000'}", GX_ID_STR (&customer));

  change (sync, GXT_RM1, "patch", "customer", &customer, patch);
  change (sync, GXT_RM1, "create", "contact_point", &point, create);
  gx_entity_free (&gx_customer_entity, row);
  return customer;
}

static void
test_a_customer_with_what_hangs_on_it (void)
{
  g_autoptr(GxtSync) sync = gxt_sync_new ();
  GxId customer = prospect_with_changes (sync);
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) root = history (sync, GXT_RM1, &gx_customer_entity, &customer, G_MAXINT64, 50, &error);
  g_autofree char *text = NULL;
  JsonObject *newest, *older;

  g_assert_no_error (error);
  g_assert_cmpuint (json_array_get_length (items_of (root)), >=, 2);
  newest = json_array_get_object_element (items_of (root), 0);
  older = json_array_get_object_element (items_of (root), 1);
  g_assert_cmpstr (json_object_get_string_member (newest, "entity"), ==, "contact_point");
  g_assert_cmpstr (json_object_get_string_member (newest, "action"), ==, "create");
  g_assert_cmpstr (json_object_get_string_member (older, "entity"), ==, "customer");
  g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (older, "fields"), 0), ==, "dnd");
  g_assert_nonnull (json_object_get_string_member (older, "actor_name"));
  text = json_to_string (root, FALSE);
  g_assert_null (strstr (text, "13800138000"));
}

static void
test_by_pages (void)
{
  g_autoptr(GxtSync) sync = gxt_sync_new ();
  GxId customer = prospect_with_changes (sync);
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) first = history (sync, GXT_RM1, &gx_customer_entity, &customer, G_MAXINT64, 1, &error);
  g_autoptr(JsonNode) second = NULL;
  JsonObject *object = json_node_get_object (first);

  g_assert_true (json_object_get_boolean_member (object, "more"));
  second = history (sync, GXT_RM1, &gx_customer_entity, &customer, json_object_get_int_member (object, "next"), 1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (json_object_get_int_member (json_array_get_object_element (items_of (second), 0), "seq"), <,
                   json_object_get_int_member (json_array_get_object_element (items_of (first), 0), "seq"));
}

static void
test_of_what_one_may_not_see_there_is_none (void)
{
  g_autoptr(GxtSync) sync = gxt_sync_new ();
  GxId customer = prospect_with_changes (sync);
  const GxtPerson strangers[] = { GXT_RM2, GXT_RM3, GXT_SUP2, GXT_ADMIN1 };

  for (guint i = 0; i < G_N_ELEMENTS (strangers); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(JsonNode) root = history (sync, strangers[i], &gx_customer_entity, &customer, G_MAXINT64, 50, &error);

      g_test_message ("stranger %u", i);
      g_assert_null (root);
      g_assert_error (error, GX_ERROR, GX_ERROR_NOT_FOUND);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/history/a_customer_with_what_hangs_on_it", test_a_customer_with_what_hangs_on_it);
  g_test_add_func ("/server/history/by_pages", test_by_pages);
  g_test_add_func ("/server/history/of_what_one_may_not_see_there_is_none", test_of_what_one_may_not_see_there_is_none);
  return g_test_run ();
}
