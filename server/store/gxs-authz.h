/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-id.h"

G_BEGIN_DECLS

/**
 * GxsAuthz: who asks and what that person may see: made once a request from role grants (sync.md 1.2) and handed to
 * every reader; no row is read without one.
 */
typedef struct
{
  GxId      login_id;         /* the account: created_by, audit actor */
  GxId      employee_id;      /* the human: maker, checker, ow: */
  GxId      session_id;
  GxId      device_id;        /* none until the client registered its key */
  GxId      client_id;        /* of X-Client; none if it sent none */
  guint     roles;            /* GxRole bits, in force today */
  GxId      org_id;           /* the employee's own unit */
  char     *org_path;         /* of that unit */
  GPtrArray *branch_paths;    /* (owned) of char*: paths of the units its SUPERVISOR and MANAGER grants cover */
  char    **scopes;           /* (owned) sorted: "ref", "ow:<employee id>", "br:<unit code>" … all it may sync */
  gint64    perm_ver;
  gint64    step_up_at;       /* ms UTC of the last password entry */
} GxsAuthz;

void gxs_authz_free (GxsAuthz *authz);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxsAuthz, gxs_authz_free)

G_END_DECLS
