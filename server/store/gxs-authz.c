/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a session may see, from the role grants in force: one function, used by every way to a row (trust.md 3.1).
 *
 * It is made once and kept until login.perm_ver moves or a grant begins or ends: so a change of rights holds from the
 * next request on, for one cheap query. What a role may do is gx-role's table; this is about whose rows.
 */
#include "gxs-authz.h"

#include "gx-bug.h"
#include "gx-catalog.h"
#include "gx-device.h"

#include <string.h>

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
load_login (GxsAuthz  *authz,
            GxDb      *db,
            GError   **error)
{
  g_autoptr(GxStatement) statement =
    gx_db_query (db, error, "SELECT l.employee_id, COALESCE(l.perm_ver, 0), e.org_id, u.path FROM login l"
                 " JOIN employee e ON e.id = l.employee_id JOIN org_unit u ON u.id = e.org_id"
                 " WHERE l.id = ? AND l.status = 1 AND l.del = 0 AND e.status = 1 AND e.del = 0", "u", &authz->login_id);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;
  if (!gx_statement_next (statement, &local))
    {
      if (local == NULL)
        return gx_fail (error, GX_ERROR_UNAUTHENTICATED, "the login is not active");
      g_propagate_error (error, local);
      return FALSE;
    }

  authz->employee_id = gx_statement_get_id (statement, 0);
  authz->perm_ver = gx_statement_get_int (statement, 1);
  authz->org_id = gx_statement_get_id (statement, 2);
  authz->org_path = g_strdup (gx_statement_get_text (statement, 3));
  return TRUE;
}

/* A session may have been found before its device was revoked. */
static gboolean
check_device (GxsAuthz  *authz,
              GxDb      *db,
              GError   **error)
{
  gint64 revoked = 0;

  if (gx_id_is_none (&authz->device_id))
    return TRUE;
  if (!gx_db_find_int (db, &revoked, error, "SELECT status IN (?, ?) FROM device WHERE id = ?", "nnu", GX_DEVICE_WIPE_PENDING, GX_DEVICE_WIPED,
                       &authz->device_id))
    return FALSE;

  return revoked == 0 || gx_fail (error, GX_ERROR_UNAUTHENTICATED, "the device is revoked");
}

/* Whether a grant is in force; moves valid_until to the moment at which that changes. */
static gboolean
is_in_force (GxsAuthz    *authz,
             GxStatement *grant,
             gint64       now)
{
  gint64 from = gx_statement_get_int (grant, 2);
  gint64 to = gx_statement_is_null (grant, 3) ? G_MAXINT64 : gx_statement_get_int (grant, 3);

  if (now < from)
    authz->valid_until = MIN (authz->valid_until, from);
  else if (now < to)
    authz->valid_until = MIN (authz->valid_until, to);

  return from <= now && now < to;
}

static gboolean
load_grants (GxsAuthz    *authz,
             GxDb        *db,
             GxRoleMask   chosen,
             gint64       now,
             GError     **error)
{
  const GxRoleMask branch_roles = GX_ROLE_BIT (GX_ROLE_SUPERVISOR) | GX_ROLE_BIT (GX_ROLE_MANAGER);
  g_autoptr(GxStatement) statement =
    gx_db_query (db, error, "SELECT g.role, u.path, g.valid_from, g.valid_to FROM role_grant g"
                 " JOIN org_unit u ON u.id = g.org_id WHERE g.login_id = ? AND g.del = 0", "u", &authz->login_id);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;

  while (gx_statement_next (statement, &local))
    {
      GxRoleMask role = GX_ROLE_BIT (gx_statement_get_int (statement, 0));

      if (!is_in_force (authz, statement, now) || !(role & (chosen != 0 ? chosen : GX_ROLES_ALL)))
        continue;
      authz->roles |= role;
      if (role & branch_roles)
        g_ptr_array_add (authz->branch_paths, g_strdup (gx_statement_get_text (statement, 1)));
    }
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, local);
  return FALSE;
}

/* Grants come from several hands; what they make together is looked at where it would be used (trust.md 3.1). */
static gboolean
check_separation (GxsAuthz  *authz,
                  GError   **error)
{
  g_autoptr(GError) local = NULL;

  return gx_role_check_separation (authz->roles, &local)
         || gx_fail (error, GX_ERROR_FORBIDDEN, "%s: one of this person's grants has to go", local->message);
}

static gboolean
add_units (GxsAuthz    *authz,
           GxDb        *db,
           GPtrArray   *scopes,
           GError     **error)
{
  g_autoptr(GxStatement) statement = gx_db_query (db, error, "SELECT code, path FROM org_unit WHERE del = 0", NULL);
  GError *local = NULL;

  if (statement == NULL)
    return FALSE;

  while (gx_statement_next (statement, &local))
    if (gxs_authz_covers_path (authz, gx_statement_get_text (statement, 1)))
      {
        g_ptr_array_add (scopes, g_strconcat ("br:", gx_statement_get_text (statement, 0), NULL));
        g_ptr_array_add (scopes, g_strconcat ("cr:", gx_statement_get_text (statement, 0), NULL));
      }
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, local);
  return FALSE;
}

/* trust.md 3.1, the column "offline scopes". */
static gboolean
list_scopes (GxsAuthz  *authz,
             GxDb      *db,
             GError   **error)
{
  const GxRoleMask desk_roles = GX_ROLE_BIT (GX_ROLE_RM) | GX_ROLE_BIT (GX_ROLE_SUPERVISOR) | GX_ROLE_BIT (GX_ROLE_MANAGER)
                                | GX_ROLE_BIT (GX_ROLE_COMPLAINTS);
  const GxRoleMask ref_roles = desk_roles | GX_ROLE_BIT (GX_ROLE_HQ) | GX_ROLE_BIT (GX_ROLE_ADMIN);
  g_autoptr(GPtrArray) scopes = g_ptr_array_new_with_free_func (g_free);

  if (authz->roles & ref_roles)
    g_ptr_array_add (scopes, g_strdup ("ref"));
  if (authz->roles & desk_roles)
    g_ptr_array_add (scopes, g_strconcat ("ow:", GX_ID_STR (&authz->employee_id), NULL));
  if (authz->roles & GX_ROLE_BIT (GX_ROLE_ADMIN))
    g_ptr_array_add (scopes, g_strdup ("adm"));
  if (authz->branch_paths->len > 0 && !add_units (authz, db, scopes, error))
    return FALSE;

  g_ptr_array_sort (scopes, compare_texts);
  g_ptr_array_add (scopes, NULL);
  g_ptr_array_set_free_func (scopes, NULL);
  authz->scopes = (char **) g_ptr_array_free (g_steal_pointer (&scopes), FALSE);
  return TRUE;
}

/**
 * gxs_authz_new:
 *
 * Returns: (transfer full) (nullable)
 *
 * Errors: %GX_ERROR_UNAUTHENTICATED if the login or its person is not active, %GX_ERROR_FORBIDDEN if its roles are not to be held together
 */
GxsAuthz *
gxs_authz_new (GxDb               *db,
               const GxsSignedIn  *who,
               gint64              now,
               GError            **error)
{
  g_autoptr(GxsAuthz) authz = g_atomic_rc_box_new0 (GxsAuthz);

  authz->login_id = who->login_id;
  authz->session_id = who->session_id;
  authz->device_id = who->device_id;
  authz->client_id = who->client_id;
  authz->step_up_at = who->step_up_at;
  authz->valid_until = G_MAXINT64;
  authz->branch_paths = g_ptr_array_new_with_free_func (g_free);
  if (!load_login (authz, db, error)
      || !check_device (authz, db, error)
      || !load_grants (authz, db, who->roles, now, error)
      || !check_separation (authz, error)
      || !list_scopes (authz, db, error))
    return NULL;

  return g_steal_pointer (&authz);
}

GxsAuthz *
gxs_authz_ref (GxsAuthz *authz)
{
  return g_atomic_rc_box_acquire (authz);
}

static void
clear (gpointer data)
{
  GxsAuthz *authz = data;

  g_free (authz->org_path);
  g_ptr_array_unref (authz->branch_paths);
  g_strfreev (authz->scopes);
}

void
gxs_authz_free (GxsAuthz *authz)
{
  g_atomic_rc_box_release_full (authz, clear);
}

/**
 * gxs_authz_is_current:
 *
 * Returns: whether the rights are still those that the database gives
 */
gboolean
gxs_authz_is_current (const GxsAuthz *authz,
                      GxDb           *db,
                      gint64          now)
{
  gint64 version;

  return now < authz->valid_until
         && gx_db_query_int (db, &version, NULL, "SELECT COALESCE(perm_ver, 0) FROM login WHERE id = ?", "u", &authz->login_id)
         && (version == authz->perm_ver || GX_BUG (GX_BUG_REVOKED));
}

gboolean
gxs_authz_has_scope (const GxsAuthz *authz,
                     const char     *scope)
{
  return g_strv_contains ((const char *const *) authz->scopes, scope);
}

/**
 * gxs_authz_covers_path:
 * @org_path: (nullable)
 *
 * Returns: whether a grant as supervisor or manager reaches the unit with that path
 */
gboolean
gxs_authz_covers_path (const GxsAuthz *authz,
                       const char     *org_path)
{
  for (guint i = 0; org_path != NULL && i < authz->branch_paths->len; i++)
    if (g_str_has_prefix (org_path, g_ptr_array_index (authz->branch_paths, i)))
      return TRUE;

  return FALSE;
}

/**
 * gxs_authz_holds:
 *
 * Returns: whether any scope of the session is in @set
 */
gboolean
gxs_authz_holds (const GxsAuthz    *authz,
                 const GxsScopeSet *set)
{
  for (guint i = 0; i < set->n; i++)
    if (gxs_authz_has_scope (authz, set->names[i]))
      return TRUE;

  return FALSE;
}

/**
 * gxs_authz_manages:
 *
 * Returns: whether the session's person is relationship or wealth manager of any of @holders
 */
gboolean
gxs_authz_manages (const GxsAuthz   *authz,
                   const GxsHolders *holders)
{
  return gxs_holder_is_managed_by (&holders->of[0], &authz->employee_id)
         || gxs_holder_is_managed_by (&holders->of[1], &authz->employee_id);
}

/**
 * gxs_authz_may_read:
 *
 * Returns: whether the session may be shown the row at all: by a scope, or by a role that reads the whole bank online
 */
gboolean
gxs_authz_may_read (const GxsAuthz   *authz,
                    const GxEntity   *entity,
                    gconstpointer     data,
                    const GxsHolders *holders)
{
  GxsScopeSet set;

  if (((const GxMeta *) data)->del)
    return FALSE;
  gxs_scopes_of (entity, data, holders, &set);
  if (gxs_authz_holds (authz, &set))
    return TRUE;

  return gx_role_can (authz->roles, GX_CAN_READ_BANK) && !gxs_scope_set_has (&set, "adm") && set.n > 0;
}

/**
 * gxs_authz_write_roles:
 * @writer: in an object
 *
 * Writes "roles", the codes of those in force now, for a desk to show what they are good for.
 */
void
gxs_authz_write_roles (const GxsAuthz *authz,
                       GxJsonWriter   *writer)
{
  gx_json_writer_member (writer, "roles");
  gx_json_writer_begin_array (writer);
  for (int role = GX_ROLE_RM; role <= GX_ROLE_ADMIN; role++)
    if (authz->roles & GX_ROLE_BIT (role))
      gx_json_writer_string (writer, gx_choice_code (gx_roles, role));
  gx_json_writer_end_array (writer);
}
