/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Handlers of /v1/blobs: the bytes of attachments, one part of at most 1 MiB in this version. */
#include "gxs-blob-routes.h"

#include "gx-json.h"
#include "gx-protocol.h"
#include "gxs-handle.h"

static void
add_offset (GxsContext *ctx,
            gint64      offset)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, offset);

  gxs_context_add_header (ctx, GX_HEADER_UPLOAD_OFFSET, text);
}

/* POST {"sha256","size","type","name"} -> 201 {"upload","offset":0} */
gboolean
gxs_route_blob_begin (GxsContext  *ctx,
                      GError     **error)
{
  static const char *const members[] = { "sha256", "size", "type", "name", NULL };
  GxsBlobs *blobs = gxs_handle_services (ctx)->blobs;
  g_autoptr(GxsAuthz) authz = gxs_handle_authz (ctx, gxs_handle_reader (ctx), error);
  JsonObject *body = authz != NULL ? gxs_handle_object (ctx, error) : NULL;
  const char *sha256, *type, *name = NULL;
  gint64 size;
  GxId upload;

  if (body == NULL
      || !gx_json_allow_members (body, members, error)
      || !gx_json_get_string (body, "sha256", &sha256, error)
      || !gx_json_get_int (body, "size", &size, error)
      || !gx_json_get_string (body, "type", &type, error)
      || !gx_json_opt_string (body, "name", &name, error)
      || !gxs_blobs_begin (blobs, authz, sha256, size, type, name, &upload, error))
    return FALSE;

  gxs_context_set_status (ctx, 201);
  gxs_handle_take_json (ctx, g_strdup_printf ("{\"upload\":\"%s\",\"offset\":0}", GX_ID_STR (&upload)));
  return TRUE;
}

gboolean
gxs_route_blob_offset (GxsContext  *ctx,
                       GError     **error)
{
  GxsBlobs *blobs = gxs_handle_services (ctx)->blobs;
  g_autoptr(GxsAuthz) authz = gxs_handle_authz (ctx, gxs_handle_reader (ctx), error);
  GxId upload;
  gint64 offset;

  if (authz == NULL
      || !gxs_handle_id_arg (ctx, 0, &upload, error)
      || !gxs_blobs_get_offset (blobs, authz, &upload, &offset, error))
    return FALSE;

  add_offset (ctx, offset);
  return TRUE;
}

static gboolean
read_offset (GxsContext  *ctx,
             gint64      *out_offset,
             GError     **error)
{
  const char *text = gxs_context_get_header (ctx, GXS_HEADER_UPLOAD_OFFSET);

  return (text != NULL && g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, out_offset, NULL))
         || gx_fail_field (error, GX_ERROR_INVALID, GX_HEADER_UPLOAD_OFFSET, "required", "must be a number");
}

/* PATCH: a raw part with Upload-Offset -> 204 and the new offset */
gboolean
gxs_route_blob_write (GxsContext  *ctx,
                      GError     **error)
{
  GxsBlobs *blobs = gxs_handle_services (ctx)->blobs;
  g_autoptr(GxsAuthz) authz = gxs_handle_authz (ctx, gxs_handle_reader (ctx), error);
  GxId upload;
  gint64 offset, now_at = -1;
  gboolean written;

  if (authz == NULL || !gxs_handle_id_arg (ctx, 0, &upload, error) || !read_offset (ctx, &offset, error))
    return FALSE;

  written = gxs_blobs_write (blobs, authz, &upload, offset, gxs_context_get_body (ctx),
                             gxs_context_get_header (ctx, GXS_HEADER_CHUNK_SHA256), &now_at, error);
  if (now_at >= 0)
    add_offset (ctx, now_at);
  return written;
}

/* POST, no body -> 201 {"sha256"} */
gboolean
gxs_route_blob_finish (GxsContext  *ctx,
                       GError     **error)
{
  GxsBlobs *blobs = gxs_handle_services (ctx)->blobs;
  g_autoptr(GxsAuthz) authz = gxs_handle_authz (ctx, gxs_handle_reader (ctx), error);
  g_autofree char *sha256 = NULL;
  GxId upload;

  if (authz == NULL
      || !gxs_handle_id_arg (ctx, 0, &upload, error)
      || !gxs_blobs_finish (blobs, gxs_handle_reader (ctx), authz, &upload, &sha256, error))
    return FALSE;

  gxs_context_set_status (ctx, 201);
  gxs_handle_take_json (ctx, g_strdup_printf ("{\"sha256\":\"%s\"}", sha256));
  return TRUE;
}

/* GET ?ref=<request id> */
gboolean
gxs_route_blob_read (GxsContext  *ctx,
                     GError     **error)
{
  GxDb *db = gxs_handle_reader (ctx);
  g_autoptr(GxsAuthz) authz = gxs_handle_authz (ctx, db, error);
  const char *ref = gxs_context_get_query (ctx, "ref");
  g_autofree char *type = NULL;
  g_autoptr(GBytes) bytes = NULL;
  GxId request;

  if (authz == NULL)
    return FALSE;
  if (ref == NULL || !gx_id_parse (ref, &request))
    return gx_fail_field (error, GX_ERROR_INVALID, "ref", "required", "must be the id of a request");

  bytes = gxs_blobs_read (gxs_handle_services (ctx)->blobs, db, authz, gxs_context_get_arg (ctx, 0), &request, &type, error);
  if (bytes == NULL)
    return FALSE;

  /* Never rendered by a browser as what it claims to be. */
  gxs_context_add_header (ctx, "X-Media-Type", type);
  gxs_context_set_body (ctx, GX_TYPE_BYTES, bytes);
  return TRUE;
}
