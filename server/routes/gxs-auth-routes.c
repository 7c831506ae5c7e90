/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Handlers of /v1/auth and /v1/devices: members of the body in, gxs-auth, its answer out. */
#include "gxs-auth-routes.h"

#include "gx-json.h"
#include "gxs-handle.h"

#define PASSWORD_BYTES_MAX 1024     /* before any hashing */

#include <string.h>

static gboolean
get_password (JsonObject  *body,
              const char  *member,
              const char **out,
              GError     **error)
{
  if (!gx_json_get_string (body, member, out, error))
    return FALSE;

  return strlen (*out) <= PASSWORD_BYTES_MAX
         || gx_fail_field (error, GX_ERROR_INVALID, member, "max-length", "is too long for a password");
}

/* POST {"login","password","client_id"} */
gboolean
gxs_route_sign_in (GxsContext  *ctx,
                   GError     **error)
{
  static const char *const members[] = { "login", "password", "client_id", NULL };
  GxsServices *services = gxs_handle_services (ctx);
  JsonObject *body = gxs_handle_object (ctx, error);
  const char *login, *password;
  GxId client_id;
  char *answer;

  if (body == NULL
      || !gx_json_allow_members (body, members, error)
      || !gx_json_get_string (body, "login", &login, error)
      || !get_password (body, "password", &password, error)
      || !gx_json_get_id (body, "client_id", &client_id, error)
      || !gxs_auth_sign_in (&services->auth, gxs_handle_reader (ctx), login, password, &client_id, &answer, error))
    return FALSE;

  gxs_handle_take_json (ctx, answer);
  return TRUE;
}

gboolean
gxs_route_sign_out (GxsContext  *ctx,
                    GError     **error)
{
  return gxs_auth_sign_out (&gxs_handle_services (ctx)->auth, gxs_handle_session (ctx), error);
}

/* POST {"password"}: the password again; 204 */
gboolean
gxs_route_step_up (GxsContext  *ctx,
                   GError     **error)
{
  static const char *const members[] = { "password", NULL };
  g_autoptr(GxsAuthz) authz = gxs_handle_authz (ctx, gxs_handle_reader (ctx), error);
  JsonObject *body = authz != NULL ? gxs_handle_object (ctx, error) : NULL;
  const char *password;

  return body != NULL
         && gx_json_allow_members (body, members, error)
         && get_password (body, "password", &password, error)
         && gxs_auth_step_up (&gxs_handle_services (ctx)->auth, gxs_handle_reader (ctx), gxs_handle_session (ctx), password, error);
}

/* POST {"old_password","new_password"}: 204; the login's other sessions end */
gboolean
gxs_route_password (GxsContext  *ctx,
                    GError     **error)
{
  static const char *const members[] = { "old_password", "new_password", NULL };
  g_autoptr(GxsAuthz) authz = gxs_handle_authz (ctx, gxs_handle_reader (ctx), error);
  JsonObject *body = authz != NULL ? gxs_handle_object (ctx, error) : NULL;
  const char *old_password, *new_password;

  return body != NULL
         && gx_json_allow_members (body, members, error)
         && get_password (body, "old_password", &old_password, error)
         && get_password (body, "new_password", &new_password, error)
         && gxs_auth_password (&gxs_handle_services (ctx)->auth, gxs_handle_reader (ctx), gxs_handle_session (ctx), old_password,
                               new_password, error);
}

/* GET: what sign-in told, without the token */
gboolean
gxs_route_session (GxsContext  *ctx,
                   GError     **error)
{
  GxDb *db = gxs_handle_reader (ctx);
  g_autoptr(GxsAuthz) authz = gxs_handle_authz (ctx, db, error);
  char *answer;

  if (authz == NULL
      || !gxs_auth_describe (&gxs_handle_services (ctx)->auth, db, authz, gxs_session_must_change (gxs_handle_session (ctx)), NULL,
                             &answer, error))
    return FALSE;

  gxs_handle_take_json (ctx, answer);
  return TRUE;
}

/* POST {"pubkey","name","replace"} -> {"device_id"} */
gboolean
gxs_route_enrol (GxsContext  *ctx,
                 GError     **error)
{
  static const char *const members[] = { "pubkey", "name", "replace", NULL };
  g_autoptr(GxsAuthz) authz = gxs_handle_authz (ctx, gxs_handle_reader (ctx), error);
  JsonObject *body = authz != NULL ? gxs_handle_object (ctx, error) : NULL;
  const char *pubkey, *name = NULL;
  gboolean replace = FALSE;
  GxId device;

  if (body == NULL
      || !gx_json_allow_members (body, members, error)
      || !gx_json_get_string (body, "pubkey", &pubkey, error)
      || !gx_json_opt_string (body, "name", &name, error)
      || !gx_json_opt_bool (body, "replace", &replace, error)
      || !gxs_auth_enrol (&gxs_handle_services (ctx)->auth, gxs_handle_session (ctx), pubkey, name, replace, &device, error))
    return FALSE;

  gxs_handle_take_json (ctx, g_strdup_printf ("{\"device_id\":\"%s\"}", GX_ID_STR (&device)));
  return TRUE;
}
