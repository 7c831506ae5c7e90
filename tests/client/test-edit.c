/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person's change becomes: one patch, one request, or nothing at all. */
#include "gxt-desk.h"

#include "gx-contact-point.h"
#include "gx-customer.h"
#include "gx-identifier.h"
#include "gx-json.h"
#include "gx-person-profile.h"
#include "gx-task.h"
#include "gx-text.h"

#include <string.h>

static JsonObject *
body_of (GxtDesk   *desk,
         guint      index,
         JsonNode **out_node)
{
  g_autoptr(GPtrArray) queue = gxc_queue_list (gxc_store_get_db (desk->store), NULL);
  g_autoptr(GError) error = NULL;

  g_assert_cmpuint (index, <, queue->len);
  *out_node = gx_json_parse (((GxcMutation *) g_ptr_array_index (queue, index))->body, -1, &error);
  g_assert_no_error (error);

  return json_node_get_object (*out_node);
}

/* One row: the customer's status, what is changed, and what comes of it. */
static const struct
{
  int         status;
  const char *field, *text, *reason;
  const char *queue;            /* what is queued */
  GxError     error;            /* if nothing is */
} changes[] = {
  { GX_CUSTOMER_ACTIVE,   "lang", "zh", NULL, "1 patch customer" },
  { GX_CUSTOMER_ACTIVE,   "name", "张三丰", NULL, "", GX_ERROR_NEEDS_REVIEW },
  { GX_CUSTOMER_ACTIVE,   "name", "张三丰", "  ", "", GX_ERROR_NEEDS_REVIEW },
  { GX_CUSTOMER_ACTIVE,   "name", "张三丰", "客户本人到场，证件已核对", "1 cr.submit change_request" },
  { GX_CUSTOMER_ACTIVE,   "name", "张三丰", "太短", "", GX_ERROR_INVALID },
  { GX_CUSTOMER_PROSPECT, "name", "张三丰", NULL, "1 patch customer" },
  { GX_CUSTOMER_PROSPECT, "tier", "GOLD", NULL, "", GX_ERROR_NEEDS_REVIEW },
  { GX_CUSTOMER_PROSPECT, "tier", "GOLD", "客户本人到场，证件已核对", "1 cr.submit change_request" },
  { GX_CUSTOMER_PROSPECT, "status", "ACTIVE", "客户本人到场，证件已核对", "1 cr.submit change_request" },
  { GX_CUSTOMER_ACTIVE,   "cif_no", "0000000001", "r", "", GX_ERROR_FIELD },
  { GX_CUSTOMER_ACTIVE,   "type", "ORG", "r", "", GX_ERROR_FIELD },
  { GX_CUSTOMER_ACTIVE,   "quiet_from", "8", NULL, "", GX_ERROR_INVALID },
  { GX_CUSTOMER_ACTIVE,   "lang", NULL, NULL, "" },
};

static void
test_changes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_auto(GxtDesk) desk = { 0 };
      g_autoptr(GError) error = NULL;
      g_autofree char *queue = NULL;
      GxId id;
      gboolean ok;

      gxt_desk_init (&desk);
      id = gxt_desk_customer (&desk, "张三", "zhang san", changes[i].status, 17);
      ok = gxt_desk_set (&desk, &gx_customer_entity, &id, changes[i].field, changes[i].text, changes[i].reason, NULL, &error);
      queue = gxt_desk_queue (&desk);
      g_test_message ("%s=%s: %s", changes[i].field, changes[i].text, error != NULL ? error->message : queue);
      g_assert_cmpstr (queue, ==, changes[i].queue);
      if (ok)
        g_assert_cmpint (changes[i].error, ==, 0);
      else
        g_assert_error (error, GX_ERROR, (int) changes[i].error);
    }
}

static void
test_plain_and_reviewed_together (void)
{
  g_auto(GxtDesk) desk = { 0 };
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) patch = NULL, submit = NULL;
  GxcReason why = { .reason = "客户本人到场，证件已核对" };
  GxCustomer *original, *current;
  GxcWritten out;
  JsonObject *set;
  GxId id;

  gxt_desk_init (&desk);
  id = gxt_desk_customer (&desk, "张三", "zhang san", GX_CUSTOMER_ACTIVE, 17);
  original = gxt_desk_load (&desk, &gx_customer_entity, &id);
  current = gx_entity_copy (&gx_customer_entity, original);
  gx_set_str (&current->name, "张三丰");
  gx_set_str (&current->lang, "zh");
  gxc_store_edit (desk.store, &gx_customer_entity, original, current, &why, &out, &error);
  g_assert_no_error (error);
  g_assert_cmpint (out.mid, ==, 1);
  g_assert_cmpint (out.request_mid, ==, 2);

  set = json_object_get_object_member (body_of (&desk, 0, &patch), "set");
  g_assert_cmpuint (json_object_get_size (set), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (set, "lang"), "v"), ==, "zh");
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (json_object_get_object_member (set, "lang"), "b"), "s"),
                   ==, 17);

  set = json_object_get_object_member (body_of (&desk, 1, &submit), "set");
  g_assert_cmpstr (json_object_get_string_member (set, "kind"), ==, "customer.identity");
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (set, "after"), "name"), ==, "张三丰");
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (json_object_get_object_member (set, "base"), "name"), "s"),
                   ==, 17);
  g_assert_cmpint (json_object_get_int_member (set, "base_v"), ==, 17);

  {
    g_autofree char *name = gxt_desk_text (&desk, &gx_customer_entity, &id, "name");
    g_autofree char *lang = gxt_desk_text (&desk, &gx_customer_entity, &id, "lang");

    /* The old name is effective until somebody else approves. */
    g_assert_cmpstr (name, ==, "张三");
    g_assert_cmpstr (lang, ==, "zh");
  }
  gx_entity_free (&gx_customer_entity, original);
  gx_entity_free (&gx_customer_entity, current);
}

static void
test_two_kinds_are_refused (void)
{
  g_auto(GxtDesk) desk = { 0 };
  g_autoptr(GError) error = NULL;
  g_autofree char *queue = NULL;
  GxcReason why = { .reason = "客户本人到场，证件已核对" };
  GxCustomer *original, *current;
  GxId id;

  gxt_desk_init (&desk);
  id = gxt_desk_customer (&desk, "张三", "zhang san", GX_CUSTOMER_ACTIVE, 17);
  original = gxt_desk_load (&desk, &gx_customer_entity, &id);
  current = gx_entity_copy (&gx_customer_entity, original);
  gx_set_str (&current->name, "张三丰");
  gx_set_str (&current->lang, "zh");
  current->tier = GX_TIER_GOLD;
  g_assert_false (gxc_store_edit (desk.store, &gx_customer_entity, original, current, &why, NULL, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "customer.identity"));
  g_assert_nonnull (strstr (error->message, "tier.change"));
  queue = gxt_desk_queue (&desk);
  g_assert_cmpstr (queue, ==, "");
  gx_entity_free (&gx_customer_entity, original);
  gx_entity_free (&gx_customer_entity, current);
}

static void
test_an_own_pending_change_is_the_base (void)
{
  g_auto(GxtDesk) desk = { 0 };
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = NULL;
  JsonObject *set;
  GxId id;

  gxt_desk_init (&desk);
  id = gxt_desk_customer (&desk, "张三", "zhang san", GX_CUSTOMER_ACTIVE, 17);
  gxt_desk_set (&desk, &gx_customer_entity, &id, "lang", "zh", NULL, NULL, &error);
  g_assert_no_error (error);
  g_ptr_array_unref (gxc_queue_take (desk.store, 200, 1 << 20, &error));
  gxt_desk_set (&desk, &gx_customer_entity, &id, "lang", "en", NULL, NULL, &error);
  g_assert_no_error (error);

  set = json_object_get_object_member (body_of (&desk, 1, &node), "set");
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (json_object_get_object_member (set, "lang"), "b"), "m"),
                   ==, 1);
}

/* Somebody else's change arrived while the form was open: the base stays what the person saw. */
static void
test_the_base_is_what_the_person_saw (void)
{
  g_auto(GxtDesk) desk = { 0 };
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = NULL;
  GxCustomer *original, *current, *theirs;
  JsonObject *set;
  GxId id;

  gxt_desk_init (&desk);
  id = gxt_desk_customer (&desk, "张三", "zhang san", GX_CUSTOMER_ACTIVE, 17);
  original = gxt_desk_load (&desk, &gx_customer_entity, &id);
  current = gx_entity_copy (&gx_customer_entity, original);
  theirs = gx_entity_copy (&gx_customer_entity, original);
  theirs->meta.v = 30;
  gx_set_str (&theirs->meta.fv, "{\"dnd\":30,\"lang\":30}");
  gx_set_str (&theirs->lang, "fr");
  theirs->dnd = TRUE;
  gxt_desk_put (&desk, &gx_customer_entity, theirs);

  gx_set_str (&current->lang, "en");
  gx_set_str (&current->quiet_from, "21:00");
  gx_set_str (&current->quiet_to, "08:00");
  gxc_store_edit (desk.store, &gx_customer_entity, original, current, NULL, NULL, &error);
  g_assert_no_error (error);
  set = json_object_get_object_member (body_of (&desk, 0, &node), "set");
  g_assert_false (json_object_has_member (set, "dnd"));
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (json_object_get_object_member (set, "lang"), "b"), "s"),
                   ==, 17);
  gx_entity_free (&gx_customer_entity, original);
  gx_entity_free (&gx_customer_entity, current);
  gx_entity_free (&gx_customer_entity, theirs);
}

static void
test_whole_rows (void)
{
  static const struct { const GxEntity *entity; int status; gboolean primary; gboolean request; } rows[] = {
    { &gx_contact_point_entity, GX_CUSTOMER_ACTIVE, TRUE, TRUE },
    { &gx_contact_point_entity, GX_CUSTOMER_ACTIVE, FALSE, FALSE },
    { &gx_contact_point_entity, GX_CUSTOMER_PROSPECT, TRUE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto(GxtDesk) desk = { 0 };
      g_autoptr(GError) error = NULL;
      g_autofree char *queue = NULL;
      GxcReason why = { .reason = "客户本人到场，证件已核对" };
      GxContactPoint *contact = gx_entity_new (rows[i].entity);

      gxt_desk_init (&desk);
      contact->customer_id = gxt_desk_customer (&desk, "张三", "zhang san", rows[i].status, 17);
      contact->kind = 1;
      contact->is_primary = rows[i].primary;
      gx_set_str (&contact->value, "13800138000");
      gxc_store_create (desk.store, rows[i].entity, contact, &why, NULL, &error);
      g_assert_no_error (error);
      queue = gxt_desk_queue (&desk);
      g_assert_cmpstr (queue, ==, rows[i].request ? "1 cr.submit change_request" : "1 create contact_point");
      gx_entity_free (rows[i].entity, contact);
    }
}

static void
test_a_new_customer_is_a_prospect_of_mine (void)
{
  g_auto(GxtDesk) desk = { 0 };
  g_autoptr(GError) error = NULL;
  GxCustomer *customer = gx_entity_new (&gx_customer_entity), *shown;
  GxcWritten out;

  gxt_desk_init (&desk);
  customer->type = GX_CUSTOMER_PERSON;
  customer->org_id = desk.me;
  gx_set_str (&customer->name, "单雄信");
  gxc_store_create (desk.store, &gx_customer_entity, customer, NULL, &out, &error);
  g_assert_no_error (error);
  shown = gxt_desk_load (&desk, &gx_customer_entity, &out.id);
  g_assert_nonnull (shown);
  g_assert_cmpint (shown->status, ==, GX_CUSTOMER_PROSPECT);
  g_assert_true (gx_id_equal (&shown->primary_rm_id, &desk.me));
  g_assert_cmpstr (shown->name_pinyin, ==, "shan xiong xin");
  g_assert_true (gxc_list_is_pending (gxc_store_get_db (desk.store), &gx_customer_entity, &out.id));
  gx_entity_free (&gx_customer_entity, shown);

  customer->status = GX_CUSTOMER_ACTIVE;
  g_assert_false (gxc_store_create (desk.store, &gx_customer_entity, customer, NULL, NULL, &error));
  g_assert_error (error, GX_ERROR, GX_ERROR_NEEDS_REVIEW);
  gx_entity_free (&gx_customer_entity, customer);
}

static void
test_lists_carry_what_was_seen (void)
{
  g_auto(GxtDesk) desk = { 0 };
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = NULL;
  GxPersonProfile *profile = gx_entity_new (&gx_person_profile_entity);
  JsonObject *base;

  gxt_desk_init (&desk);
  profile->meta.id = gxc_store_new_id (desk.store);
  profile->meta.v = profile->meta.v0 = 20;
  profile->customer_id = gxt_desk_customer (&desk, "张三", "zhang san", GX_CUSTOMER_ACTIVE, 17);
  gx_set_str (&profile->hobbies, "tea,chess");
  gxt_desk_put (&desk, &gx_person_profile_entity, profile);
  gxt_desk_set (&desk, &gx_person_profile_entity, &profile->meta.id, "hobbies", "tea,go", NULL, NULL, &error);
  g_assert_no_error (error);
  base = json_object_get_object_member (json_object_get_object_member (json_object_get_object_member (body_of (&desk, 0, &node), "set"),
                                                                       "hobbies"), "b");
  g_assert_cmpstr (json_object_get_string_member (base, "v"), ==, "tea,chess");

  /* A colleague's word stays visible beside one's own. */
  profile->meta.v = 25;
  gx_set_str (&profile->hobbies, "tea,chess,opera");
  gxt_desk_put (&desk, &gx_person_profile_entity, profile);
  {
    g_autofree char *text = gxt_desk_text (&desk, &gx_person_profile_entity, &profile->meta.id, "hobbies");

    g_assert_cmpstr (text, ==, "tea,opera,go");
  }
  gx_entity_free (&gx_person_profile_entity, profile);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/edit/changes", test_changes);
  g_test_add_func ("/store/edit/plain_and_reviewed_together", test_plain_and_reviewed_together);
  g_test_add_func ("/store/edit/two_kinds_are_refused", test_two_kinds_are_refused);
  g_test_add_func ("/store/edit/an_own_pending_change_is_the_base", test_an_own_pending_change_is_the_base);
  g_test_add_func ("/store/edit/the_base_is_what_the_person_saw", test_the_base_is_what_the_person_saw);
  g_test_add_func ("/store/edit/whole_rows", test_whole_rows);
  g_test_add_func ("/store/edit/a_new_customer_is_a_prospect_of_mine", test_a_new_customer_is_a_prospect_of_mine);
  g_test_add_func ("/store/edit/lists_carry_what_was_seen", test_lists_carry_what_was_seen);

  return g_test_run ();
}
