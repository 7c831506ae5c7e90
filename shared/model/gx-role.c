/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Roles and what each may do: one table (domain.md 7, trust.md 3.1), reduced to what exists.
 *
 * A session activates a set of roles; the set must pass the static separation: no administrator has any business role,
 * no auditor any role that writes. Nothing here knows about scopes: a capability says what, a scope says on which rows.
 */
#include "gx-role.h"

#include <glib/gi18n.h>

const GxChoice gx_roles[] = {
  { "RM", N_("Relationship manager") }, { "SUPERVISOR", N_("Supervisor") }, { "MANAGER", N_("Branch manager") },
  { "HQ", N_("Head office") }, { "COMPLAINTS", N_("Complaints officer") }, { "AUDITOR", N_("Auditor") },
  { "ADMIN", N_("Administrator") }, GX_CHOICES_END
};

static const GxCapability capabilities[] = {
  [GX_ROLE_RM]         = GX_CAN_READ_OWN | GX_CAN_EDIT_CUSTOMER | GX_CAN_WRITE_TASK | GX_CAN_MAKE_CR,
  [GX_ROLE_SUPERVISOR] = GX_CAN_READ_BRANCH | GX_CAN_MAKE_CR | GX_CAN_DECIDE_1 | GX_CAN_TRANSFER,
  [GX_ROLE_MANAGER]    = GX_CAN_READ_BRANCH | GX_CAN_MAKE_CR | GX_CAN_DECIDE_1 | GX_CAN_DECIDE_2 | GX_CAN_TRANSFER,
  [GX_ROLE_HQ]         = GX_CAN_READ_BANK | GX_CAN_DECIDE_2 | GX_CAN_DECIDE_ADMIN,
  [GX_ROLE_COMPLAINTS] = GX_CAN_WRITE_TASK | GX_CAN_MAKE_CR,
  [GX_ROLE_AUDITOR]    = GX_CAN_READ_BANK | GX_CAN_READ_AUDIT,
  [GX_ROLE_ADMIN]      = GX_CAN_MAKE_CR | GX_CAN_DECIDE_ADMIN | GX_CAN_ADMIN,
};

#define WRITES (GX_CAN_EDIT_CUSTOMER | GX_CAN_WRITE_TASK | GX_CAN_MAKE_CR | GX_CAN_DECIDE_1 | GX_CAN_DECIDE_2 | \
                GX_CAN_DECIDE_ADMIN | GX_CAN_TRANSFER | GX_CAN_ADMIN)

/* Whoever holds the first holds none of the second. */
static const struct
{
  GxRole      role;
  GxRoleMask  never_with;
  const char *rule;
} separations[] = {
  { GX_ROLE_ADMIN, GX_ROLES_ALL & ~GX_ROLE_BIT (GX_ROLE_ADMIN), "an administrator holds no other role" },
  { GX_ROLE_AUDITOR, GX_ROLES_ALL & ~GX_ROLE_BIT (GX_ROLE_AUDITOR), "an auditor holds no role that writes" },
};

/**
 * gx_role_mask_from_codes:
 * @codes: (array zero-terminated=1): code words of roles; unknown ones are passed over
 */
GxRoleMask
gx_role_mask_from_codes (const char *const *codes)
{
  GxRoleMask mask = 0;

  for (guint i = 0; codes[i] != NULL; i++)
    {
      int role = gx_choice_find (gx_roles, codes[i]);

      if (role > 0)
        mask |= GX_ROLE_BIT (role);
    }

  return mask;
}

/**
 * gx_role_capabilities:
 *
 * Returns: all that any of @roles may do
 */
GxCapability
gx_role_capabilities (GxRoleMask roles)
{
  GxCapability all = 0;

  for (guint role = GX_ROLE_RM; role < G_N_ELEMENTS (capabilities); role++)
    if (roles & GX_ROLE_BIT (role))
      all |= capabilities[role];

  return all;
}

/**
 * gx_role_can:
 * @capability: one or more
 *
 * Returns: whether @roles together may do all of @capability
 */
gboolean
gx_role_can (GxRoleMask   roles,
             GxCapability capability)
{
  return (gx_role_capabilities (roles) & capability) == capability;
}

/**
 * gx_role_may_write:
 *
 * Returns: whether any of @roles changes anything at all
 */
gboolean
gx_role_may_write (GxRoleMask roles)
{
  return (gx_role_capabilities (roles) & WRITES) != 0;
}

/**
 * gx_role_check_separation:
 *
 * Checks that one session, and one employee, may hold @roles together.
 *
 * Errors: %GX_ERROR_INVALID naming the field "role" and the rule
 */
gboolean
gx_role_check_separation (GxRoleMask   roles,
                          GError     **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (separations); i++)
    if ((roles & GX_ROLE_BIT (separations[i].role)) && (roles & separations[i].never_with))
      return gx_fail_field (error, GX_ERROR_INVALID, "role", "separation", "%s", separations[i].rule);

  return TRUE;
}
