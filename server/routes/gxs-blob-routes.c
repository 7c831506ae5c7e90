/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Handlers of /v1/blobs: the bytes of attachments, in and out. */
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

static gboolean
read_announced (JsonObject    *body,
                GxsAnnounced  *out,
                GError       **error)
{
  static const char *const members[] = { "sha256", "size", "type", "name", "with_place", NULL };

  *out = (GxsAnnounced) { .size = 0 };
  return gx_json_allow_members (body, members, error)
         && gx_json_get_string (body, "sha256", &out->sha256, error)
         && gx_json_get_int (body, "size", &out->size, error)
         && gx_json_get_string (body, "type", &out->type, error)
         && gx_json_opt_string (body, "name", &out->name, error)
         && gx_json_opt_bool (body, "with_place", &out->with_place, error);
}

/* POST {"sha256","size","type","name","with_place"?} -> 201 {"upload","offset"}; 200 {"here":true} to whoever sent it before */
gboolean
gxs_route_blob_begin (GxsContext  *ctx,
                      GError     **error)
{
  GxsBlobs *blobs = gxs_handle_services (ctx)->blobs;
  GxDb *db = gxs_handle_reader (ctx);
  g_autoptr(GxsAuthz) authz = gxs_handle_authz (ctx, db, error);
  JsonObject *body = authz != NULL ? gxs_handle_object (ctx, error) : NULL;
  GxsAnnounced announced;
  GxsUpload upload;

  if (body == NULL
      || !read_announced (body, &announced, error)
      || !gxs_blobs_begin (blobs, db, authz, &announced, &upload, error))
    return FALSE;

  gxs_context_set_status (ctx, upload.here ? 200 : 201);
  gxs_handle_take_json (ctx, upload.here ? g_strdup ("{\"here\":true}")
                                         : g_strdup_printf ("{\"upload\":\"%s\",\"offset\":%" G_GINT64_FORMAT "}",
                                                            GX_ID_STR (&upload.id), upload.offset));
  return TRUE;
}

gboolean
gxs_route_blob_offset (GxsContext  *ctx,
                       GError     **error)
{
  GxsBlobs *blobs = gxs_handle_services (ctx)->blobs;
  GxDb *db = gxs_handle_reader (ctx);
  g_autoptr(GxsAuthz) authz = gxs_handle_authz (ctx, db, error);
  GxId upload;
  gint64 offset;

  if (authz == NULL
      || !gxs_handle_id_arg (ctx, 0, &upload, error)
      || !gxs_blobs_get_offset (blobs, db, authz, &upload, &offset, error))
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

/* PATCH: the next chunk, with Upload-Offset and Chunk-Sha256 -> 204 and the new offset; 409 {"offset"} where it stands */
gboolean
gxs_route_blob_write (GxsContext  *ctx,
                      GError     **error)
{
  GxsBlobs *blobs = gxs_handle_services (ctx)->blobs;
  GxDb *db = gxs_handle_reader (ctx);
  g_autoptr(GxsAuthz) authz = gxs_handle_authz (ctx, db, error);
  GxId upload;
  gint64 offset, now_at = -1;
  gboolean written;

  if (authz == NULL || !gxs_handle_id_arg (ctx, 0, &upload, error) || !read_offset (ctx, &offset, error))
    return FALSE;

  written = gxs_blobs_write (blobs, db, authz, &upload, offset, gxs_context_get_body (ctx),
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

/* GET ?ref=<id of a request or attachment>, all of it or a Range */
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
    return gx_fail_field (error, GX_ERROR_INVALID, "ref", "required", "must be the id of a request or an attachment");

  bytes = gxs_blobs_read (gxs_handle_services (ctx)->blobs, db, authz, gxs_context_get_arg (ctx, 0), &request, &type, error);
  if (bytes == NULL)
    return FALSE;

  /* Never rendered by a browser as what it claims to be. */
  gxs_context_add_header (ctx, "X-Media-Type", type);
  gxs_context_set_body (ctx, GX_TYPE_BYTES, bytes);
  return TRUE;
}
