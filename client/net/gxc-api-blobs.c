/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The routes of documents as calls: up in chunks, down in ranges. What is sent next, and what an error means for it, is
 * gxc-transfer's matter.
 */
#include "gxc-api-private.h"

#include "gx-json.h"
#include "gx-protocol.h"

static GString *
announce (const char *sha256,
          gint64      size,
          const char *type,
          gboolean    with_place)
{
  GString *out = g_string_new (NULL);
  GxJsonWriter writer;

  gx_json_writer_init (&writer, out);
  gx_json_writer_begin_object (&writer);
  gx_json_writer_put_string (&writer, "sha256", sha256);
  gx_json_writer_put_int (&writer, "size", size);
  gx_json_writer_put_string (&writer, "type", type);
  if (with_place)
    gx_json_writer_put_bool (&writer, "with_place", TRUE);
  gx_json_writer_end_object (&writer);

  return out;
}

/**
 * gxc_api_begin_upload:
 * @out_upload: (out) (transfer full) (nullable): %NULL if the bank has what this login sent before
 * @out_offset: (out): how much of it the bank has
 */
gboolean
gxc_api_begin_upload (GxcApi        *api,
                      const char    *sha256,
                      gint64         size,
                      const char    *type,
                      gboolean       with_place,
                      char         **out_upload,
                      gint64        *out_offset,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_autoptr(GString) body = announce (sha256, size, type, with_place);
  g_autoptr(GBytes) answer = gxc_api_post (api, GX_PATH_BLOBS, body->str, NULL, cancellable, error);
  g_autoptr(JsonNode) node = gxc_api_read_object (answer, error);
  JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;
  const char *upload = NULL;

  *out_upload = NULL;
  *out_offset = 0;
  if (object == NULL
      || !gx_json_opt_string (object, "upload", &upload, error)
      || !gx_json_opt_int (object, "offset", out_offset, error))
    return FALSE;

  *out_upload = g_strdup (upload);
  return TRUE;
}

/**
 * gxc_api_send_chunk:
 *
 * Errors: %GX_ERROR_STATE with {"offset":n} if the upload stands elsewhere
 */
gboolean
gxc_api_send_chunk (GxcApi        *api,
                    const char    *upload,
                    gint64         offset,
                    GBytes        *chunk,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autofree char *path = g_strconcat (GX_PATH_UPLOADS, upload, NULL);
  g_autofree char *at = g_strdup_printf ("%" G_GINT64_FORMAT, offset);
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, chunk);
  GxcRequest request = { .method = "PATCH", .path = path, .type = GX_TYPE_BYTES, .body = chunk };
  g_autoptr(GBytes) answer = NULL;

  gxc_request_add_header (&request, GX_HEADER_UPLOAD_OFFSET, at);
  gxc_request_add_header (&request, GX_HEADER_CHUNK_SHA256, sha256);
  answer = gxc_api_send (api, &request, NULL, cancellable, error);

  return answer != NULL;
}

/**
 * gxc_api_end_upload:
 *
 * All of it was sent: now it is the bank's, or refused.
 */
gboolean
gxc_api_end_upload (GxcApi        *api,
                    const char    *upload,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autofree char *path = g_strconcat (GX_PATH_UPLOADS, upload, "/done", NULL);
  g_autoptr(GBytes) answer = gxc_api_post (api, path, "{}", NULL, cancellable, error);

  return answer != NULL;
}

/**
 * gxc_api_download:
 * @ref: the request or attachment that names the document, and that the session may read
 * @ahead: nobody waits for it: it is no person's action
 * @offset: bytes that are here already
 * @size: bytes that are wanted
 * @out_whole: (out): whether what came is the document from its beginning, whatever was asked for
 *
 * Returns: (transfer full) (nullable): what stands there; less than @size at the end of the document, nothing behind it
 */
GBytes *
gxc_api_download (GxcApi        *api,
                  const char    *sha256,
                  const GxId    *ref,
                  gboolean       ahead,
                  gint64         offset,
                  gint64         size,
                  gboolean      *out_whole,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autofree char *path = g_strdup_printf ("%s/%s?ref=%s%s", GX_PATH_BLOBS, sha256, GX_ID_STR (ref), ahead ? "&ahead=1" : "");
  g_autofree char *range = g_strdup_printf ("bytes=%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, offset, offset + size - 1);
  GxcRequest request = { .method = "GET", .path = path };
  g_autoptr(GError) local = NULL;
  GBytes *part;
  guint status = 0;

  gxc_request_add_header (&request, "Range", range);
  part = gxc_api_send (api, &request, &status, cancellable, &local);
  *out_whole = status != 206;
  /* The range before ended where the document does. */
  if (part == NULL && status == 416 && offset > 0)
    {
      *out_whole = FALSE;
      return g_bytes_new_static ("", 0);
    }
  if (part == NULL)
    g_propagate_error (error, g_steal_pointer (&local));

  return part;
}
