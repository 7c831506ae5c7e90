/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The routes of devices as calls: revoking one, and what a revoked one says at last. When that is said, and what follows, is
 * gxc-farewell's matter.
 */
#include "gxc-api-private.h"

#include "gx-protocol.h"

/** gxc_api_farewell: (transfer full) (nullable): {"state","ticket"?,"export_key"?} */
JsonNode *
gxc_api_farewell (GxcApi        *api,
                  const char    *body,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autoptr(GBytes) answer = gxc_api_post (api, GX_PATH_FAREWELL, body, NULL, cancellable, error);

  return gxc_api_read_object (answer, error);
}

gboolean
gxc_api_send_farewell (GxcApi        *api,
                       const char    *ticket,
                       gint64         offset,
                       GBytes        *part,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_autofree char *path = g_strconcat (GX_PATH_FAREWELL "/", ticket, NULL);
  g_autofree char *at = g_strdup_printf ("%" G_GINT64_FORMAT, offset);
  GxcRequest request = { .method = "PATCH", .path = path, .type = GX_TYPE_BYTES, .body = part };
  g_autoptr(GBytes) answer = NULL;

  gxc_request_add_header (&request, GX_HEADER_UPLOAD_OFFSET, at);
  answer = gxc_api_send (api, &request, NULL, cancellable, error);

  return answer != NULL;
}

/** gxc_api_end_farewell: (transfer full) (nullable): {"done","taken","known","refused","papers"} */
JsonNode *
gxc_api_end_farewell (GxcApi        *api,
                      const char    *ticket,
                      gint64         size,
                      const char    *sha256,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_autofree char *path = g_strconcat (GX_PATH_FAREWELL "/", ticket, "/end", NULL);
  g_autofree char *body = g_strdup_printf ("{\"size\":%" G_GINT64_FORMAT ",\"sha256\":\"%s\"}", size, sha256);
  g_autoptr(GBytes) answer = gxc_api_post (api, path, body, NULL, cancellable, error);

  return gxc_api_read_object (answer, error);
}

/** gxc_api_revoke_device: in a session whose password is fresh */
gboolean
gxc_api_revoke_device (GxcApi        *api,
                       const GxId    *device_id,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_autofree char *path = g_strdup_printf ("%s/%s/revoke", GX_PATH_DEVICES, GX_ID_STR (device_id));
  g_autoptr(GBytes) answer = gxc_api_post (api, path, "{}", NULL, cancellable, error);

  return answer != NULL;
}
