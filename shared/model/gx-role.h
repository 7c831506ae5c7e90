/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-field.h"

G_BEGIN_DECLS

typedef enum
{
  GX_ROLE_RM = 1,
  GX_ROLE_SUPERVISOR,
  GX_ROLE_MANAGER,
  GX_ROLE_HQ,
  GX_ROLE_COMPLAINTS,
  GX_ROLE_AUDITOR,
  GX_ROLE_ADMIN,
} GxRole;

/** GxRoleMask: one bit a role, GX_ROLE_BIT (role). */
typedef guint GxRoleMask;
#define GX_ROLE_BIT(role) (1u << (role))
#define GX_ROLES_ALL      ((1u << (GX_ROLE_ADMIN + 1)) - 2u)

/**
 * GxCapability: one thing that a session may do. Where (own customers, a branch) is the scope's matter, not the role's.
 * @GX_CAN_READ_OWN: the customers of which one is manager
 * @GX_CAN_READ_BRANCH: all customers of the granted units
 * @GX_CAN_READ_BANK: all customers, by query only
 * @GX_CAN_EDIT_CUSTOMER: create customers, edit one's own and what hangs on them
 * @GX_CAN_WRITE_TASK: tasks and interactions
 * @GX_CAN_MAKE_CR: submit change requests
 * @GX_CAN_DECIDE_1: decide the first step of a request
 * @GX_CAN_DECIDE_2: decide the second step of a request
 * @GX_CAN_DECIDE_ADMIN: decide requests about permissions
 * @GX_CAN_TRANSFER: give a branch's customers to another manager
 * @GX_CAN_READ_AUDIT: the audit log, its proofs and checkpoints
 * @GX_CAN_ADMIN: logins, devices and grants, each through a request
 */
typedef enum
{
  GX_CAN_READ_OWN      = 1 << 0,
  GX_CAN_READ_BRANCH   = 1 << 1,
  GX_CAN_READ_BANK     = 1 << 2,
  GX_CAN_EDIT_CUSTOMER = 1 << 3,
  GX_CAN_WRITE_TASK    = 1 << 4,
  GX_CAN_MAKE_CR       = 1 << 5,
  GX_CAN_DECIDE_1      = 1 << 6,
  GX_CAN_DECIDE_2      = 1 << 7,
  GX_CAN_DECIDE_ADMIN  = 1 << 8,
  GX_CAN_TRANSFER      = 1 << 9,
  GX_CAN_READ_AUDIT    = 1 << 10,
  GX_CAN_ADMIN         = 1 << 11,
} GxCapability;

extern const GxChoice gx_roles[];

GxRoleMask   gx_role_mask_from_codes (const char *const *codes);
GxCapability gx_role_capabilities    (GxRoleMask roles);
gboolean     gx_role_can             (GxRoleMask roles, GxCapability capability);
gboolean     gx_role_may_write       (GxRoleMask roles);
gboolean     gx_role_check_separation (GxRoleMask roles, GError **error);

G_END_DECLS
