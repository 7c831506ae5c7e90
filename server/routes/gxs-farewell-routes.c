/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Handlers of /v1/devices and /v1/farewell: one's devices, revoking one, and a revoked one's last words. The latter have no
 * session: the device's signature opens them, then a ticket. */
#include "gxs-farewell-routes.h"

#include "gx-base64.h"
#include "gx-json.h"
#include "gx-protocol.h"
#include "gxs-handle.h"

/* GET -> {"devices":[…]}, of one's own login */
gboolean
gxs_route_devices (GxsContext  *ctx,
                   GError     **error)
{
  GxDb *db = gxs_handle_reader (ctx);
  g_autoptr(GxsAuthz) authz = gxs_handle_authz (ctx, db, error);
  char *answer = authz != NULL ? gxs_auth_list_devices (db, authz, error) : NULL;

  if (answer == NULL)
    return FALSE;

  gxs_handle_take_json (ctx, answer);
  return TRUE;
}

/* POST: 204 */
gboolean
gxs_route_revoke (GxsContext  *ctx,
                  GError     **error)
{
  g_autoptr(GxsAuthz) authz = gxs_handle_authz (ctx, gxs_handle_reader (ctx), error);
  GxId device;

  return authz != NULL && gxs_handle_id_arg (ctx, 0, &device, error)
         && gxs_auth_revoke (&gxs_handle_services (ctx)->auth, gxs_handle_session (ctx), &device, error);
}

/* POST {"client_id","device_id","at","sig"} -> {"state","ticket"?,"export_key"?} */
gboolean
gxs_route_farewell (GxsContext  *ctx,
                    GError     **error)
{
  static const char *const members[] = { "client_id", "device_id", "at", "sig", NULL };
  JsonObject *body = gxs_handle_object (ctx, error);
  GxsFarewellClaim claim;
  GxsFarewell farewell;

  if (body == NULL
      || !gx_json_allow_members (body, members, error)
      || !gx_json_get_id (body, "client_id", &claim.client_id, error)
      || !gx_json_get_id (body, "device_id", &claim.device_id, error)
      || !gx_json_get_int (body, "at", &claim.at, error)
      || !gx_json_get_string (body, "sig", &claim.signature, error)
      || !gxs_farewells_begin (gxs_handle_services (ctx)->farewells, gxs_handle_reader (ctx), &claim, &farewell, error))
    return FALSE;

  if (farewell.ticket == NULL)
    gxs_handle_take_json (ctx, g_strdup_printf ("{\"state\":\"%s\"}", farewell.state));
  else
    {
      g_autofree char *key = gx_base64_encode (gxs_handle_services (ctx)->auth.export_key, GX_PARCEL_KEY_SIZE);

      gxs_handle_take_json (ctx, g_strdup_printf ("{\"state\":\"%s\",\"ticket\":\"%s\",\"export_key\":\"%s\"}", farewell.state, farewell.ticket, key));
    }
  g_free (farewell.ticket);
  return TRUE;
}

/* PATCH: the next part, with Upload-Offset -> 204; 409 {"offset"} where it stands */
gboolean
gxs_route_farewell_write (GxsContext  *ctx,
                          GError     **error)
{
  const char *text = gxs_context_get_header (ctx, GXS_HEADER_UPLOAD_OFFSET);
  gint64 offset, now_at;

  if (text == NULL || !g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, &offset, NULL))
    return gx_fail_field (error, GX_ERROR_INVALID, GX_HEADER_UPLOAD_OFFSET, "required", "must be a number");

  return gxs_farewells_write (gxs_handle_services (ctx)->farewells, gxs_context_get_arg (ctx, 0), offset, gxs_context_get_body (ctx), &now_at, error);
}

/* POST {"size","sha256"} -> {"done","taken","known","refused","papers"}: the device wipes what it has */
gboolean
gxs_route_farewell_end (GxsContext  *ctx,
                        GError     **error)
{
  static const char *const members[] = { "size", "sha256", NULL };
  GxsServices *services = gxs_handle_services (ctx);
  JsonObject *body = gxs_handle_object (ctx, error);
  const char *sha256;
  gint64 size;
  GxsHandedIn in;
  gboolean done;

  if (body == NULL
      || !gx_json_allow_members (body, members, error)
      || !gx_json_get_int (body, "size", &size, error)
      || !gx_json_get_string (body, "sha256", &sha256, error)
      || !gxs_farewells_end (services->farewells, services->store, &services->parcels, gxs_context_get_arg (ctx, 0), size, sha256, &in, &done, error))
    return FALSE;

  gxs_handle_take_json (ctx, g_strdup_printf ("{\"done\":%s,\"taken\":%u,\"known\":%u,\"refused\":%u,\"papers\":%u}", done ? "true" : "false", in.taken,
                                              in.known, in.refused, in.papers));
  return TRUE;
}
