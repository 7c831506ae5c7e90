/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The field tables themselves: since everything walks them, a wrong row here would be wrong everywhere. */
#include "gx-catalog.h"
#include "gx-change-request.h"
#include "gx-customer.h"

#include <string.h>

typedef void (*EntityCheck) (const GxEntity *entity);

static void
for_each_entity (gconstpointer check)
{
  for (guint i = 0; i < gx_n_entities; i++)
    {
      g_test_message ("%s", gx_entities[i]->name);
      ((EntityCheck) check) (gx_entities[i]);
    }
}

static gboolean
is_word (const char *name)
{
  for (const char *p = name; *p != '\0'; p++)
    if (!g_ascii_islower (*p) && *p != '_' && (p == name || !g_ascii_isdigit (*p)))
      return FALSE;

  return *name != '\0' && strlen (name) <= 32;
}

static void
check_names (const GxEntity *entity)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_true (is_word (entity->name));
  g_assert_nonnull (entity->label);
  for (guint i = 0; i < gx_entity_n_fields (entity); i++)
    {
      const GxField *field = gx_entity_field (entity, i);

      g_assert_true (is_word (field->name));
      g_assert_nonnull (field->label);
      g_assert_true (g_hash_table_add (seen, (gpointer) field->name));
      g_assert_cmpint (gx_entity_index_of (entity, field->name), ==, (int) i);
    }
}

static void
test_entity_numbers_are_unique (void)
{
  g_autoptr(GHashTable) numbers = g_hash_table_new (NULL, NULL);
  g_autoptr(GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (gx_n_entities, ==, 34);
  for (guint i = 0; i < gx_n_entities; i++)
    {
      g_assert_cmpuint (gx_entities[i]->number, >=, 1);
      g_assert_true (g_hash_table_add (numbers, GUINT_TO_POINTER (gx_entities[i]->number)));
      g_assert_true (g_hash_table_add (names, (gpointer) gx_entities[i]->name));
      g_assert_true (gx_entity_by_name (gx_entities[i]->name) == gx_entities[i]);
      g_assert_true (gx_entity_by_number (gx_entities[i]->number) == gx_entities[i]);
    }
  g_assert_null (gx_entity_by_name ("no_such_thing"));
  g_assert_null (gx_entity_by_number (0));
}

/* A group is what a person changes together by a plain patch: more than one field, and none that nobody patches. */
static void
check_groups (const GxEntity *entity)
{
  for (guint i = 0; i < gx_entity_n_fields (entity); i++)
    {
      const GxField *field = gx_entity_field (entity, i);
      GxFieldSet group = gx_entity_group (entity, GX_FIELD_BIT (i));

      g_assert_true (group & GX_FIELD_BIT (i));
      if (field->group == NULL)
        continue;
      g_assert_cmpint (__builtin_popcountll (group), >, 1);
      g_assert_false (field->flags & (GX_REVIEWED | GX_SERVER | GX_FIXED | GX_LOCAL | GX_COMPOSED));
    }
}

/* They are on disk and in signatures: this table only ever grows. */
static void
test_entity_numbers_are_permanent (void)
{
  static const char *const names[] = {
    NULL, "customer", "setting", "org_unit", "employee", "login", "role_grant", "device", "person_profile", "org_profile",
    "identifier", "contact_point", "address", "relationship", "product", "holding", "holding_month", "txn_month",
    "interaction", "task", "life_event", "need", "change_request", "attachment", "notification",
    "calendar_day", "tier_policy", "saved_view", "stage_hist", "risk_assessment", "plan_tmpl", "plan_item_tmpl", "plan",
    "visit", "pin",
  };

  for (guint number = 1; number < G_N_ELEMENTS (names); number++)
    {
      const GxEntity *entity = gx_entity_by_number (number);

      g_assert_nonnull (entity);
      g_assert_cmpstr (entity->name, ==, names[number]);
    }
}

/* Each byte of the struct is one field's, or padding of fewer than 8 bytes before a field or at the end. */
static void
check_members (const GxEntity *entity)
{
  g_autofree guint8 *owner = g_malloc0 (entity->size);
  gboolean meta_without_request = entity->fact_of == NULL && !entity->reviewed;
  guint gap = 0;

  g_assert_cmpuint (gx_entity_n_fields (entity), <=, 64);
  for (guint i = 0; i < gx_entity_n_fields (entity); i++)
    {
      const GxField *field = gx_entity_field (entity, i);

      g_assert_cmpuint (field->size, ==, gx_field_ops (field)->size);
      g_assert_cmpuint (field->offset + field->size, <=, entity->size);
      for (guint b = 0; b < field->size; b++)
        g_assert_cmpuint (owner[field->offset + b]++, ==, 0);
    }
  if (meta_without_request)
    memset (owner + G_STRUCT_OFFSET (GxMeta, last_cr_id), 1, sizeof (GxId));

  for (gsize b = 0; b < entity->size; b++)
    {
      gap = owner[b] ? 0 : gap + 1;
      g_assert_cmpuint (gap, <, 8);
    }
}

static void
check_reviewed (const GxEntity *entity)
{
  gboolean reviewed = FALSE;

  for (guint i = 0; i < gx_entity_n_fields (entity); i++)
    {
      const GxField *field = gx_entity_field (entity, i);
      gboolean flag = (field->flags & GX_REVIEWED) != 0;

      reviewed |= flag;
      g_assert_cmpint (flag, ==, field->review != NULL);
      if (flag)
        g_assert_cmpint (gx_choice_find (gx_review_kinds, field->review), >, 0);
    }

  g_assert_cmpint (entity->reviewed, ==, reviewed);
  g_assert_cmpint (gx_entity_find (entity, "last_cr_id") != NULL, ==, reviewed);
}

static void
check_masks (const GxEntity *entity)
{
  for (guint i = 0; i < gx_entity_n_fields (entity); i++)
    {
      const GxField *field = gx_entity_field (entity, i);

      if (field->flags & GX_HIDDEN)
        g_assert_true (field->flags & GX_MASKED);
      g_assert_cmpint (field->mask != NULL, ==, (field->flags & GX_MASKED) && field->kind == GX_KIND_TEXT);
      /* What cannot be "nothing there" cannot be masked. */
      if (field->flags & GX_MASKED)
        g_assert_true (field->kind != GX_KIND_BOOL && field->kind != GX_KIND_ENUM && field->kind != GX_KIND_JSON);
      if (field->flags & GX_SEALED)
        g_assert_true (field->kind == GX_KIND_TEXT && (field->flags & (GX_MASKED | GX_LOCAL)));
      if (field->flags & GX_TAILED)
        g_assert_true (field->flags & GX_SEALED);
      g_assert_false ((field->flags & GX_LOCAL) && (field->flags & GX_COMPOSED));
      g_assert_false ((field->flags & GX_COMPOSED) && !(field->flags & GX_SERVER));
    }
}

static void
check_id_field (const GxEntity *entity,
                const char     *name,
                const char     *target)
{
  const GxField *field;

  if (name == NULL)
    return;

  field = gx_entity_find (entity, name);
  g_assert_nonnull (field);
  g_assert_cmpint (field->kind, ==, GX_KIND_ID);
  g_assert_cmpstr (field->entity, ==, target);
}

static guint
place_of (const char *name)
{
  for (guint i = 0; i < gx_n_entities; i++)
    if (strcmp (gx_entities[i]->name, name) == 0)
      return i;

  g_assert_not_reached ();
}

static void
check_references (const GxEntity *entity)
{
  for (guint i = 0; i < gx_entity_n_fields (entity); i++)
    {
      const GxField *field = gx_entity_field (entity, i);

      if (field->entity == NULL)
        continue;
      g_assert_cmpint (field->kind, ==, GX_KIND_ID);
      g_assert_nonnull (gx_entity_by_name (field->entity));
      if (i >= gx_entity_first_own (entity) && strcmp (field->entity, entity->name) != 0)
        g_assert_cmpuint (place_of (field->entity), <, place_of (entity->name));
    }

  if (entity->ended_by != NULL)
    {
      const GxField *field = gx_entity_find (entity, entity->ended_by);

      g_assert_true (field != NULL && field->kind == GX_KIND_ENUM && !(field->flags & (GX_SERVER | GX_FIXED | GX_REVIEWED)));
    }
  for (guint i = 0; i < G_N_ELEMENTS (entity->parents); i++)
    {
      check_id_field (entity, entity->parents[i], "customer");
      if (entity->parents[i] != NULL)
        g_assert_true (gx_entity_find (entity, entity->parents[i])->flags & GX_FIXED);
    }
  check_id_field (entity, entity->owner, "employee");
  g_assert_cmpint (entity->fact_of != NULL, ==, entity->fact_key != NULL);
  if (entity->fact_of != NULL)
    {
      check_id_field (entity, entity->fact_key, entity->fact_of->name);
      g_assert_true (gx_entity_by_name (entity->fact_of->name) == entity->fact_of);
      g_assert_nonnull (gx_entity_find (entity, "month"));
    }
}

static void
check_choices (const GxEntity *entity)
{
  for (guint i = 0; i < gx_entity_n_fields (entity); i++)
    {
      const GxField *field = gx_entity_field (entity, i);

      g_assert_false (field->kind == GX_KIND_ENUM && field->choices == NULL);
      if (field->choices == NULL)
        continue;
      g_assert_true (field->kind == GX_KIND_ENUM || field->kind == GX_KIND_TEXT || field->kind == GX_KIND_INT);
      for (guint c = 0; field->choices[c].code != NULL; c++)
        {
          g_assert_nonnull (field->choices[c].label);
          g_assert_cmpint (gx_choice_find (field->choices, field->choices[c].code), ==, (int) c + 1);
          if (field->kind == GX_KIND_TEXT && field->max > 0)
            g_assert_cmpuint (strlen (field->choices[c].code), <=, (guint) field->max);
          if (field->kind == GX_KIND_INT)       /* a number's code is the number, and each of its numbers has a word */
            g_assert_cmpint (g_ascii_strtoll (field->choices[c].code, NULL, 10), ==, (int) c + 1);
        }
      if (field->kind == GX_KIND_INT)
        g_assert_true (field->min == 1 && field->choices[field->max - 1].code && !field->choices[field->max].code);
    }
}

static void
check_limits (const GxEntity *entity)
{
  for (guint i = 0; i < gx_entity_n_fields (entity); i++)
    {
      const GxField *field = gx_entity_field (entity, i);

      g_assert_true (field->min <= field->max || field->max == 0);
      if (field->kind == GX_KIND_TEXT)
        g_assert_true (field->min >= 0 && field->max <= 10000);
      if (field->merge == GX_MERGE_SET || field->merge == GX_MERGE_APPEND)
        g_assert_cmpint (field->kind, ==, GX_KIND_TEXT);
      if (field->merge == GX_MERGE_MAX)
        g_assert_nonnull (gx_field_ops (field)->compare);
    }
}

/* What domain.md 2 marks, in one place and in its own order: § reviewed, # masked or hidden, sealed. */
static void
test_marks_are_the_domains (void)
{
  static const struct { const char *entity, *field; GxFieldFlags flags; const char *review; } rows[] = {
    { "employee", "mobile", GX_SEALED | GX_LOCAL, NULL },
    { "employee", "email", GX_SEALED | GX_LOCAL, NULL },
    { "employee", "org_id", GX_REQUIRED | GX_REVIEWED, "permission.change" },
    { "login", "pw_hash", GX_LOCAL, NULL },
    { "role_grant", "role", GX_REQUIRED | GX_REVIEWED, "permission.change" },
    { "customer", "cif_no", GX_SERVER, NULL },
    { "customer", "name", GX_REQUIRED | GX_REVIEWED, "customer.identity" },
    { "customer", "status", GX_REQUIRED | GX_REVIEWED, "customer.activate" },
    { "customer", "tier", GX_REQUIRED | GX_REVIEWED | GX_SERVER, "tier.change" },
    { "customer", "primary_rm_id", GX_REVIEWED, "customer.transfer" },
    { "customer", "wealth_mgr_id", GX_REVIEWED, "customer.wealth_mgr" },
    { "customer", "org_id", GX_REQUIRED | GX_REVIEWED, "customer.transfer" },
    { "customer", "lifecycle_stage", GX_REQUIRED | GX_SERVER, NULL },
    { "customer", "value_class", GX_REQUIRED | GX_SERVER, NULL },
    { "customer", "need_diversity", GX_SERVER, NULL },
    { "customer", "dq_score", GX_SERVER, NULL },
    { "customer", "dq_missing", GX_SERVER, NULL },
    { "customer", "entry_due_at", GX_SERVER, NULL },
    { "customer", "entry_done_at", GX_SERVER, NULL },
    { "customer", "entry_state", GX_SERVER, NULL },
    { "person_profile", "birth_date", GX_REVIEWED | GX_MASKED, "customer.identity" },
    { "person_profile", "annual_income", GX_MASKED, NULL },
    { "org_profile", "uscc", GX_REQUIRED | GX_REVIEWED, "customer.identity" },
    { "org_profile", "legal_rep", GX_REQUIRED | GX_REVIEWED, "customer.identity" },
    { "org_profile", "legal_rep_id", GX_SEALED | GX_HIDDEN, NULL },
    { "org_profile", "credit_rating", GX_REVIEWED, "credit.rating" },
    { "identifier", "kind", GX_REQUIRED | GX_REVIEWED, "customer.identity" },
    { "identifier", "number", GX_REQUIRED | GX_REVIEWED | GX_SEALED | GX_HIDDEN, "customer.identity" },
    { "identifier", "valid_to", GX_REQUIRED | GX_REVIEWED, "customer.identity" },
    { "contact_point", "kind", GX_REQUIRED | GX_REVIEWED, "customer.contact" },
    { "contact_point", "value", GX_REQUIRED | GX_REVIEWED | GX_SEALED | GX_MASKED, "customer.contact" },
    { "contact_point", "is_primary", GX_REVIEWED, "customer.contact" },
    { "address", "line", GX_REQUIRED | GX_REVIEWED | GX_MASKED, "customer.contact" },
    { "address", "lat", GX_HIDDEN, NULL },
    { "address", "lon", GX_HIDDEN, NULL },
    { "holding", "acct_no", GX_SEALED | GX_MASKED, NULL },
    { "holding", "balance", GX_MASKED | GX_SERVER, NULL },
    { "holding", "limit_amt", GX_MASKED | GX_SERVER, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const GxField *field = gx_entity_find (gx_entity_by_name (rows[i].entity), rows[i].field);

      g_test_message ("%s.%s", rows[i].entity, rows[i].field);
      g_assert_nonnull (field);
      g_assert_cmphex (field->flags & rows[i].flags, ==, rows[i].flags);
      g_assert_cmpint (field->flags & GX_REVIEWED, ==, rows[i].flags & GX_REVIEWED);
      g_assert_cmpstr (field->review, ==, rows[i].review);
    }
}

/* Feeds and the program write these, never a client: each own field says so. */
static void
test_imported_entities_are_the_servers (void)
{
  static const char *const names[] = {
    "setting", "org_unit", "employee", "login", "role_grant", "device", "product", "holding", "holding_month", "txn_month",
    "change_request", "calendar_day", "tier_policy", "stage_hist", "risk_assessment", "plan_tmpl", "plan_item_tmpl",
  };

  for (guint n = 0; n < G_N_ELEMENTS (names); n++)
    {
      const GxEntity *entity = gx_entity_by_name (names[n]);

      for (guint i = gx_entity_first_own (entity); i < gx_entity_n_fields (entity); i++)
        g_assert_true (gx_entity_field (entity, i)->flags & GX_SERVER);
    }
}

/* In SQL a choice is its position: these are on disk. */
static void
test_positions_are_permanent (void)
{
  static const struct { const char *entity, *field, *code; int value; } rows[] = {
    { "customer", "status", "MERGED", GX_CUSTOMER_MERGED },         { "customer", "tier", "PRIVATE", GX_TIER_PRIVATE },
    { "customer", "value_class", "BASIC", GX_VALUE_BASIC },         { "org_unit", "kind", "DEPT", 5 },
    { "org_unit", "region", "NORTHEAST", 7 },                       { "org_unit", "dept_kind", "AUDIT", 10 },
    { "role_grant", "role", "ADMIN", 7 },                           { "device", "status", "WIPED", 4 },
    { "identifier", "kind", "OTHER", 9 },                           { "contact_point", "kind", "FAX", 5 },
    { "address", "kind", "MAIL", 4 },                               { "relationship", "kind", "SIGNATORY", 6 },
    { "relationship", "kind", "OTHER", 15 },                        { "product", "family", "WM_FIXED", 15 },
    { "product", "family", "OTHER", 27 },                           { "product", "line", "OTHER", 7 },
    { "product", "risk_level", "R5", 5 },                           { "holding", "status", "CLOSED", 2 },
    { "holding", "source_system", "ONLINE", 6 },                    { "interaction", "channel", "LETTER", 14 },
    { "interaction", "purpose", "SURVEY", 8 },                      { "task", "kind", "OTHER", 10 },
    { "task", "priority", "CAN_WAIT", 4 },                          { "task", "status", "CANCELLED", 5 },
    { "life_event", "type", "START_BUSINESS", 15 },
    { "life_event", "type", "RELOCATION", 27 },                     { "need", "category", "OTHER", 18 },
    { "need", "status", "DROPPED", 4 },                             { "attachment", "kind", "OTHER", 11 },
    { "person_profile", "occ_group", "OTHER", 7 },                  { "org_profile", "tax_rating", "D", 5 },
    { "org_profile", "enterprise_size", "LARGE", 4 },               { "login", "status", "LOCKED", 2 },
    { "calendar_day", "kind", "MAKEUP", 4 },                        { "risk_assessment", "grade", "C5", 5 },
    { "plan_tmpl", "status", "RETIRED", 3 },                        { "plan_tmpl", "trigger", "MANUAL", 7 },
    { "plan_item_tmpl", "offset_kind", "WORKDAY", 2 },              { "plan", "status", "CANCELLED", 4 },
    { "visit", "status", "DONE", 5 },                               { "visit", "geo_state", "INVALID", 4 },
    { "stage_hist", "to_stage", "WON_BACK", 7 },                    { "tier_policy", "tier", "PRIVATE", 5 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const GxField *field = gx_entity_find (gx_entity_by_name (rows[i].entity), rows[i].field);

      g_test_message ("%s.%s %s", rows[i].entity, rows[i].field, rows[i].code);
      g_assert_cmpint (gx_choice_find (field->choices, rows[i].code), ==, rows[i].value);
    }
}

int
main (int   argc,
      char *argv[])
{
  static const struct { const char *path; EntityCheck check; } walks[] = {
    { "/model/fields/have_unique_names", check_names },
    { "/model/fields/cover_the_struct", check_members },
    { "/model/fields/reviewed_ones_name_their_kind", check_reviewed },
    { "/model/fields/masked_ones_have_a_mask", check_masks },
    { "/model/fields/refer_to_what_exists", check_references },
    { "/model/fields/choices_are_complete", check_choices },
    { "/model/fields/limits_make_sense", check_limits },
    { "/model/fields/groups_are_patched_together", check_groups },
  };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/entities/numbers_are_unique", test_entity_numbers_are_unique);
  g_test_add_func ("/model/entities/numbers_are_permanent", test_entity_numbers_are_permanent);
  for (guint i = 0; i < G_N_ELEMENTS (walks); i++)
    g_test_add_data_func (walks[i].path, walks[i].check, for_each_entity);
  g_test_add_func ("/model/fields/marks_are_the_domains", test_marks_are_the_domains);
  g_test_add_func ("/model/fields/imported_ones_are_the_servers", test_imported_entities_are_the_servers);
  g_test_add_func ("/model/choices/positions_are_permanent", test_positions_are_permanent);
  return g_test_run ();
}
