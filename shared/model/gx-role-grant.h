/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"

G_BEGIN_DECLS

/**
 * GxRoleGrant: a role that a login holds in a unit and in all below it.
 */
typedef struct
{
  GxMeta  meta;
  GxId    login_id;
  int     role;         /* GxRole */
  GxId    org_id;
  gint64  valid_from;
  gint64  valid_to;     /* 0 = until revoked */
} GxRoleGrant;

extern const GxEntity gx_role_grant_entity;

G_END_DECLS
