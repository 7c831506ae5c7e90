/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-id.h"
#include "gx-json.h"
#include "gx-role.h"
#include "gxs-scope.h"

G_BEGIN_DECLS

/**
 * GxsAuthz: who asks and what that person may see: made from role grants (sync.md 1.2) and handed to every reader; no
 * row is read without one. Immutable once made, counted by references, shared by threads.
 */
typedef struct
{
  GxId      login_id;         /* the account: created_by, audit actor */
  GxId      employee_id;      /* the human: maker, checker, ow: */
  GxId      session_id;
  GxId      device_id;        /* none until the client registered its key */
  GxId      client_id;        /* of X-Client; none if it sent none */
  GxRoleMask roles;           /* GxRole bits, in force now */
  GxId      org_id;           /* the employee's own unit */
  char     *org_path;         /* of that unit */
  GPtrArray *branch_paths;    /* (owned) of char*: paths of the units its SUPERVISOR and MANAGER grants cover */
  char    **scopes;           /* (owned) sorted: "ref", "ow:<employee id>", "br:<unit code>" … all it may sync */
  gint64    perm_ver;
  gint64    step_up_at;       /* ms UTC of the last password entry */
  gint64    valid_until;      /* ms UTC at which a grant begins or ends: made anew from then on */
} GxsAuthz;

/**
 * GxsSignedIn: what a session says of itself; the rest is looked up.
 */
typedef struct
{
  GxId       login_id;
  GxId       session_id;
  GxId       device_id;
  GxId       client_id;
  GxRoleMask roles;           /* that the session chose; 0 = all it has */
  gint64     step_up_at;
} GxsSignedIn;

GxsAuthz *gxs_authz_new         (GxDb *db, const GxsSignedIn *who, gint64 now, GError **error);
GxsAuthz *gxs_authz_ref         (GxsAuthz *authz);
void      gxs_authz_free        (GxsAuthz *authz);

gboolean  gxs_authz_is_current  (const GxsAuthz *authz, GxDb *db, gint64 now);
gboolean  gxs_authz_has_scope   (const GxsAuthz *authz, const char *scope);
gboolean  gxs_authz_covers_path (const GxsAuthz *authz, const char *org_path);
gboolean  gxs_authz_holds       (const GxsAuthz *authz, const GxsScopeSet *set);
gboolean  gxs_authz_manages     (const GxsAuthz *authz, const GxsHolders *holders);
void      gxs_authz_write_roles (const GxsAuthz *authz, GxJsonWriter *writer);
gboolean  gxs_authz_may_read    (const GxsAuthz *authz, const GxEntity *entity, gconstpointer data, const GxsHolders *holders);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxsAuthz, gxs_authz_free)

G_END_DECLS
