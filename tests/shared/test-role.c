/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Roles: what each may do, and which may never be one person's at once. */
#include "gx-role.h"

#define B(role) GX_ROLE_BIT (GX_ROLE_##role)

static void
test_capabilities (void)
{
  static const struct { GxRoleMask roles; GxCapability capability; gboolean can; } rows[] = {
    { B (RM), GX_CAN_EDIT_CUSTOMER, TRUE },             { B (RM), GX_CAN_MAKE_CR, TRUE },
    { B (RM), GX_CAN_DECIDE_1, FALSE },                 { B (RM), GX_CAN_READ_BRANCH, FALSE },
    { B (RM), GX_CAN_TRANSFER, FALSE },                 { B (SUPERVISOR), GX_CAN_DECIDE_1, TRUE },
    { B (SUPERVISOR), GX_CAN_DECIDE_2, FALSE },         { B (SUPERVISOR), GX_CAN_EDIT_CUSTOMER, FALSE },
    { B (SUPERVISOR), GX_CAN_TRANSFER, TRUE },          { B (SUPERVISOR), GX_CAN_READ_OWN, FALSE },
    { B (MANAGER), GX_CAN_DECIDE_1 | GX_CAN_DECIDE_2, TRUE }, { B (MANAGER), GX_CAN_DECIDE_ADMIN, FALSE },
    { B (HQ), GX_CAN_DECIDE_2, TRUE },                  { B (HQ), GX_CAN_DECIDE_1, FALSE },
    { B (HQ), GX_CAN_READ_BANK, TRUE },                 { B (HQ), GX_CAN_EDIT_CUSTOMER, FALSE },
    { B (COMPLAINTS), GX_CAN_DECIDE_1, FALSE },         { B (COMPLAINTS), GX_CAN_MAKE_CR, TRUE },
    { B (AUDITOR), GX_CAN_READ_AUDIT, TRUE },           { B (AUDITOR), GX_CAN_MAKE_CR, FALSE },
    { B (ADMIN), GX_CAN_ADMIN, TRUE },                  { B (ADMIN), GX_CAN_READ_BANK, FALSE },
    { B (ADMIN), GX_CAN_READ_AUDIT, FALSE },            { B (ADMIN), GX_CAN_DECIDE_1, FALSE },
    { B (RM) | B (SUPERVISOR), GX_CAN_EDIT_CUSTOMER | GX_CAN_DECIDE_1, TRUE },
    { 0, GX_CAN_READ_OWN, FALSE },                      { 1, GX_CAN_READ_OWN, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("row %u", i);
      g_assert_cmpint (gx_role_can (rows[i].roles, rows[i].capability), ==, rows[i].can);
    }
}

static void
test_writers (void)
{
  for (int role = GX_ROLE_RM; role <= GX_ROLE_ADMIN; role++)
    g_assert_cmpint (gx_role_may_write (GX_ROLE_BIT (role)), ==, role != GX_ROLE_AUDITOR);
  g_assert_false (gx_role_may_write (0));
}

/* Every pair of roles: only those of the business go together. */
static void
test_separation (void)
{
  for (int a = GX_ROLE_RM; a <= GX_ROLE_ADMIN; a++)
    for (int b = a; b <= GX_ROLE_ADMIN; b++)
      {
        g_autoptr(GError) error = NULL;
        gboolean apart = a != b && (b == GX_ROLE_ADMIN || a == GX_ROLE_AUDITOR || b == GX_ROLE_AUDITOR);
        gboolean allowed = gx_role_check_separation (GX_ROLE_BIT (a) | GX_ROLE_BIT (b), &error);

        g_test_message ("%s and %s", gx_choice_code (gx_roles, a), gx_choice_code (gx_roles, b));
        g_assert_cmpint (allowed, ==, !apart);
        if (apart)
          g_assert_error (error, GX_ERROR, GX_ERROR_INVALID);
      }
}

static void
test_codes (void)
{
  static const char *const codes[] = { "RM", "NOBODY", "AUDITOR", NULL };
  static const char *const words[] = { "RM", "SUPERVISOR", "MANAGER", "HQ", "COMPLAINTS", "AUDITOR", "ADMIN" };

  g_assert_cmpuint (gx_role_mask_from_codes (codes), ==, B (RM) | B (AUDITOR));
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_cmpint (gx_choice_find (gx_roles, words[i]), ==, (int) i + 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/role/capabilities_are_the_tables", test_capabilities);
  g_test_add_func ("/model/role/only_the_auditor_never_writes", test_writers);
  g_test_add_func ("/model/role/separation_of_every_pair", test_separation);
  g_test_add_func ("/model/role/code_words_are_positions", test_codes);
  return g_test_run ();
}
