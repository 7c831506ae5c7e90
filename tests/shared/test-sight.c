/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who sees what of a customer, field by field, and what is left of a row that is masked. */
#include "gx-catalog.h"
#include "gx-contact-point.h"
#include "gx-customer.h"
#include "gx-holding.h"
#include "gx-identifier.h"
#include "gx-money.h"
#include "gx-sight.h"

#define B(role) GX_ROLE_BIT (GX_ROLE_##role)
#define NONE   GX_SIGHT_NONE
#define MASKED GX_SIGHT_MASKED
#define CLEAR  GX_SIGHT_CLEAR

static void
test_table (void)
{
  static const struct { GxRoleMask roles; GxSightRelation relation; const char *entity, *field; GxSight sight; } rows[] = {
    { B (RM), GX_SEES_AS_OWNER, "customer", "name", CLEAR },
    { B (RM), GX_SEES_AS_OWNER, "contact_point", "value", CLEAR },
    { B (RM), GX_SEES_AS_OWNER, "address", "line", CLEAR },
    { B (RM), GX_SEES_AS_OWNER, "holding", "balance", CLEAR },
    { B (RM), GX_SEES_AS_OWNER, "holding", "acct_no", CLEAR },
    { B (RM), GX_SEES_AS_OWNER, "identifier", "number", MASKED },
    { B (RM), GX_SEES_AS_OWNER, "org_profile", "legal_rep_id", MASKED },
    { B (RM), GX_SEES_AS_OWNER, "address", "lat", MASKED },
    { B (RM), GX_SEES_AS_STRANGER, "contact_point", "value", MASKED },
    { B (RM), GX_SEES_AS_STRANGER, "customer", "name", MASKED },
    { B (RM), GX_SEES_AS_STRANGER, "customer", "tier", CLEAR },
    /* A supervisor login of the owner's own person is no owner's session. */
    { B (SUPERVISOR), GX_SEES_AS_OWNER, "contact_point", "value", MASKED },
    { B (SUPERVISOR), GX_SEES_AS_STRANGER, "holding", "balance", MASKED },
    { B (SUPERVISOR), GX_SEES_AS_CHECKER, "contact_point", "value", CLEAR },
    { B (SUPERVISOR), GX_SEES_AS_CHECKER, "identifier", "number", CLEAR },
    { B (MANAGER), GX_SEES_AS_STRANGER, "person_profile", "birth_date", MASKED },
    { B (HQ), GX_SEES_AS_STRANGER, "customer", "name", MASKED },
    { B (AUDITOR), GX_SEES_AS_STRANGER, "holding", "balance", MASKED },
    { B (AUDITOR), GX_SEES_AS_STRANGER, "customer", "status", CLEAR },
    { B (ADMIN), GX_SEES_AS_STRANGER, "customer", "status", NONE },
    { B (ADMIN), GX_SEES_AS_OWNER, "contact_point", "value", NONE },
    { B (ADMIN), GX_SEES_AS_STRANGER, "interaction", "subject", NONE },
    { B (ADMIN), GX_SEES_AS_STRANGER, "holding_month", "month", NONE },
    { B (ADMIN), GX_SEES_AS_STRANGER, "employee", "name", CLEAR },
    { B (ADMIN), GX_SEES_AS_STRANGER, "login", "status", CLEAR },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const GxEntity *entity = gx_entity_by_name (rows[i].entity);

      g_test_message ("row %u: %s.%s", i, rows[i].entity, rows[i].field);
      g_assert_cmpint (gx_sight (rows[i].roles, rows[i].relation, entity, gx_entity_find (entity, rows[i].field)), ==, rows[i].sight);
    }
}

/* No role but the owner's sees a masked field in clear as a stranger, whatever fields come later. */
static void
test_strangers_see_masks_everywhere (void)
{
  for (int role = GX_ROLE_RM; role <= GX_ROLE_ADMIN; role++)
    for (guint e = 0; e < gx_n_entities; e++)
      for (guint i = 0; i < gx_entity_n_fields (gx_entities[e]); i++)
        {
          const GxField *field = gx_entity_field (gx_entities[e], i);

          if (field->flags & GX_MASKED)
            g_assert_cmpint (gx_sight (GX_ROLE_BIT (role), GX_SEES_AS_STRANGER, gx_entities[e], field), <=, MASKED);
          if (field->flags & GX_HIDDEN)
            g_assert_cmpint (gx_sight (GX_ROLE_BIT (role), GX_SEES_AS_OWNER, gx_entities[e], field), <=, MASKED);
        }
}

static GxHolding *
make_holding (void)
{
  GxHolding *holding = gx_entity_new (&gx_holding_entity);

  holding->meta.id = gx_id_new ();
  holding->acct_no = g_strdup ("6222020200000000014");
  holding->ccy = g_strdup ("CNY");
  holding->balance = G_GINT64_CONSTANT (123456789);
  holding->rate_ppm = 45000;
  return holding;
}

static void
test_stranger_gets_bands (void)
{
  GxViewer viewer = { .roles = B (SUPERVISOR), .relation = GX_SEES_AS_STRANGER, .ccy = "CNY" };
  GxHolding *holding = make_holding ();
  g_autofree char *expected = g_strdup_printf ("{\"acct_no\":null,\"balance\":%u}", gx_money_band (holding->balance, "CNY"));

  g_assert_true (gx_sight_mask (&viewer, &gx_holding_entity, holding));
  g_assert_cmpstr (holding->meta.masked, ==, expected);
  g_assert_cmpstr (holding->acct_no, ==, "**** **** **** 0014");
  g_assert_cmpint (holding->balance, ==, GX_INT_NONE);
  g_assert_cmpint (holding->rate_ppm, ==, 45000);
  g_assert_cmpint (gx_sight_of_facts (&viewer, &gx_holding_month_entity), ==, MASKED);

  gx_entity_free (&gx_holding_entity, holding);
}

static void
test_owner_gets_all_but_the_hidden (void)
{
  GxViewer viewer = { .roles = B (RM), .relation = GX_SEES_AS_OWNER, .ccy = "CNY" };
  GxHolding *holding = make_holding ();
  GxIdentifier *identifier = gx_entity_new (&gx_identifier_entity);

  g_assert_true (gx_sight_mask (&viewer, &gx_holding_entity, holding));
  g_assert_null (holding->meta.masked);
  g_assert_cmpint (holding->balance, ==, 123456789);
  g_assert_cmpint (gx_sight_of_facts (&viewer, &gx_holding_month_entity), ==, CLEAR);

  identifier->number = g_strdup ("110101199003070011");
  g_assert_true (gx_sight_mask (&viewer, &gx_identifier_entity, identifier));
  g_assert_cmpstr (identifier->meta.masked, ==, "{\"number\":null}");
  g_assert_cmpstr (identifier->number, ==, "110***********0011");

  gx_entity_free (&gx_holding_entity, holding);
  gx_entity_free (&gx_identifier_entity, identifier);
}

static void
test_checker_sees_what_was_asked_for_only (void)
{
  GxViewer viewer = { .roles = B (SUPERVISOR), .relation = GX_SEES_AS_CHECKER, .ccy = "CNY" };
  GxCustomer *customer = gx_entity_new (&gx_customer_entity);

  viewer.requested = GX_FIELD_BIT (gx_entity_index_of (&gx_customer_entity, "name"));
  customer->name = g_strdup ("张伟");
  customer->name_pinyin = g_strdup ("zhang wei");
  g_assert_true (gx_sight_mask (&viewer, &gx_customer_entity, customer));
  g_assert_cmpstr (customer->name, ==, "张伟");
  g_assert_cmpstr (customer->name_pinyin, ==, "***");
  g_assert_cmpstr (customer->meta.masked, ==, "{\"name_pinyin\":null}");

  gx_entity_free (&gx_customer_entity, customer);
}

static void
test_administrator_gets_no_customer (void)
{
  GxViewer viewer = { .roles = B (ADMIN), .relation = GX_SEES_AS_STRANGER, .ccy = "CNY" };
  GxCustomer *customer = gx_entity_new (&gx_customer_entity);
  GxMeta *unit = gx_entity_new (gx_entity_by_name ("org_unit"));

  g_assert_false (gx_sight_mask (&viewer, &gx_customer_entity, customer));
  g_assert_true (gx_sight_mask (&viewer, gx_entity_by_name ("org_unit"), unit));
  g_assert_null (unit->masked);
  g_assert_cmpint (gx_sight_of_facts (&viewer, &gx_holding_month_entity), ==, NONE);

  gx_entity_free (&gx_customer_entity, customer);
  gx_entity_free (gx_entity_by_name ("org_unit"), unit);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/sight/table", test_table);
  g_test_add_func ("/model/sight/strangers_see_masks_everywhere", test_strangers_see_masks_everywhere);
  g_test_add_func ("/model/sight/stranger_gets_bands", test_stranger_gets_bands);
  g_test_add_func ("/model/sight/owner_gets_all_but_the_hidden", test_owner_gets_all_but_the_hidden);
  g_test_add_func ("/model/sight/checker_sees_what_was_asked_for_only", test_checker_sees_what_was_asked_for_only);
  g_test_add_func ("/model/sight/administrator_gets_no_customer", test_administrator_gets_no_customer);
  return g_test_run ();
}
