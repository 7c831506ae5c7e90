/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The server's routes as calls: paths, headers and bodies in one place. What the sync routes carry is sync's matter.
 *
 * A refusal becomes the error that the server had; an answer that is no JSON of ours is MALFORMED. Retrying is not here.
 */
#include "gxc-api-private.h"

#include <string.h>

#include "gx-json.h"
#include "gx-problem.h"
#include "gx-protocol.h"
#include "gx-text.h"

struct _GxcApi
{
  GxcTransport *transport;      /* (owned) */
  char         *bearer;         /* (nullable): "Bearer …" */
  char         *client;         /* (nullable) */
  GFileProgressCallback progress;       /* (nullable) */
  gpointer      progress_data;
  gint64        date;           /* of the last answer; 0 = told already */
  gint64        heard_at;       /* µs, monotonic: when it came */
};

/**
 * gxc_api_new:
 * @transport: (transfer full)
 */
GxcApi *
gxc_api_new (GxcTransport *transport)
{
  GxcApi *api = g_new0 (GxcApi, 1);

  api->transport = transport;
  return api;
}

void
gxc_api_free (GxcApi *api)
{
  gxc_transport_free (api->transport);
  g_free (api->bearer);
  g_free (api->client);
  g_free (api);
}

/**
 * gxc_api_set_token:
 * @token: (nullable): of the session
 */
void
gxc_api_set_token (GxcApi     *api,
                   const char *token)
{
  g_free (api->bearer);
  api->bearer = token != NULL ? g_strconcat (GX_BEARER, token, NULL) : NULL;
}

void
gxc_api_set_client (GxcApi     *api,
                    const GxId *client_id)
{
  gx_set_str (&api->client, GX_ID_STR (client_id));
}

/**
 * gxc_api_set_progress:
 * @progress: (nullable): called while an answer comes, in the thread that asks; as of #GxcRequest
 */
void
gxc_api_set_progress (GxcApi                *api,
                      GFileProgressCallback  progress,
                      gpointer               data)
{
  api->progress = progress;
  api->progress_data = data;
}

/**
 * gxc_api_hear_clock:
 * @now: ms UTC, this machine's
 * @out_offset: (out): how far the server's clock is ahead, ms, to the second
 *
 * What the last answer told of the time; each answer tells it once.
 *
 * Returns: whether it told any
 */
gboolean
gxc_api_hear_clock (GxcApi *api,
                    gint64  now,
                    gint64 *out_offset)
{
  gint64 date = api->date;

  api->date = 0;
  *out_offset = date + 500 - (now - (g_get_monotonic_time () - api->heard_at) / 1000);

  return date != 0;
}

void
gxc_request_add_header (GxcRequest *request,
                        const char *name,
                        const char *value)
{
  guint i = 0;

  if (value == NULL)
    return;
  while (request->headers[i][0] != NULL)
    i++;
  g_assert (i + 1 < G_N_ELEMENTS (request->headers));
  request->headers[i][0] = name;
  request->headers[i][1] = value;
}

static void
add_own_headers (GxcApi     *api,
                 GxcRequest *request)
{
  gxc_request_add_header (request, GX_HEADER_SCHEMA, G_STRINGIFY (GX_SCHEMA));
  gxc_request_add_header (request, GX_HEADER_CLIENT, api->client);
  gxc_request_add_header (request, "Authorization", api->bearer);
}

/* @out_status: (out) (optional): of an answer that is no refusal */
GBytes *
gxc_api_send (GxcApi        *api,
              GxcRequest    *request,
              guint         *out_status,
              GCancellable  *cancellable,
              GError       **error)
{
  g_auto(GxcResponse) response = { 0 };
  gsize size;
  const char *data;

  add_own_headers (api, request);
  request->progress = api->progress;
  request->progress_data = api->progress_data;
  if (!gxc_transport_send (api->transport, request, &response, cancellable, error))
    return NULL;

  if (response.date != 0)
    {
      api->date = response.date;
      api->heard_at = g_get_monotonic_time ();
    }
  if (out_status != NULL)
    *out_status = response.status;
  if (response.status >= 200 && response.status < 300)
    return g_steal_pointer (&response.body);
  data = g_bytes_get_data (response.body, &size);
  gx_problem_read (response.status, data, (gssize) size, error);

  return NULL;
}

static GBytes *
send_request (GxcApi        *api,
              GxcRequest    *request,
              GCancellable  *cancellable,
              GError       **error)
{
  return gxc_api_send (api, request, NULL, cancellable, error);
}

/* @idempotency_key: (nullable) */
GBytes *
gxc_api_post (GxcApi        *api,
              const char    *path,
              const char    *json,
              const char    *idempotency_key,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr(GBytes) body = g_bytes_new (json, strlen (json));
  GxcRequest request = { .method = "POST", .path = path, .type = GX_TYPE_JSON, .body = body };

  gxc_request_add_header (&request, GX_HEADER_IDEMPOTENCY_KEY, idempotency_key);

  return send_request (api, &request, cancellable, error);
}

/* Every JSON answer is an object. @answer: (nullable): %NULL after an error, which is kept */
JsonNode *
gxc_api_read_object (GBytes  *answer,
                     GError **error)
{
  g_autoptr(JsonNode) node = NULL;
  gsize size;
  const char *data;

  if (answer == NULL)
    return NULL;
  data = g_bytes_get_data (answer, &size);
  node = gx_json_parse (data, (gssize) size, error);

  return node != NULL && gx_json_root_object (node, error) != NULL ? g_steal_pointer (&node) : NULL;
}

static GString *
begin_json (GxJsonWriter *writer)
{
  GString *out = g_string_new (NULL);

  gx_json_writer_init (writer, out);
  gx_json_writer_begin_object (writer);

  return out;
}

void
gxc_session_free (GxcSession *session)
{
  g_free (session->token);
  g_free (session->name);
  g_strfreev (session->roles);
  g_free (session->org_path);
  g_strfreev (session->scopes);
  g_free (session->epoch);
  g_free (session->log_key);
  g_free (session->export_key);
  g_free (session);
}

static gboolean
read_session (JsonObject  *object,
              GxcSession  *session,
              GError     **error)
{
  const char *token, *name, *org_path, *epoch, *log_key = NULL, *export_key = NULL;

  if (!gx_json_get_string (object, "token", &token, error)
      || !gx_json_get_id (object, "login_id", &session->login_id, error)
      || !gx_json_get_id (object, "employee_id", &session->employee_id, error)
      || !gx_json_get_string (object, "name", &name, error)
      || !gx_json_get_string (object, "org_path", &org_path, error)
      || !gx_json_get_string (object, "epoch", &epoch, error)
      || !gx_json_opt_string (object, "log_key", &log_key, error)
      || !gx_json_opt_string (object, "export_key", &export_key, error)
      || !gx_json_get_int (object, "perm_ver", &session->perm_ver, error)
      || !gx_json_opt_bool (object, "must_change", &session->must_change, error)
      || !gx_json_opt_id (object, "device_id", &session->device_id, error)
      || !gx_json_get_strings (object, "roles", &session->roles, error)
      || !gx_json_get_strings (object, "scopes", &session->scopes, error))
    return FALSE;

  session->token = g_strdup (token);
  session->name = g_strdup (name);
  session->org_path = g_strdup (org_path);
  session->epoch = g_strdup (epoch);
  session->log_key = g_strdup (log_key);
  session->export_key = g_strdup (export_key);

  return TRUE;
}

/**
 * gxc_api_sign_in:
 *
 * Returns: (transfer full) (nullable): the session; its token is in use from here on
 *
 * Errors: %GX_ERROR_UNAUTHENTICATED for a wrong name or password, %GX_ERROR_RATE after too many, %GX_ERROR_DEVICE if this
 * client belongs to another login
 */
GxcSession *
gxc_api_sign_in (GxcApi        *api,
                 const char    *login,
                 const char    *password,
                 GCancellable  *cancellable,
                 GError       **error)
{
  GxJsonWriter writer;
  g_autoptr(GString) body = begin_json (&writer);
  g_autoptr(GxcSession) session = g_new0 (GxcSession, 1);
  g_autoptr(GBytes) answer = NULL;
  g_autoptr(JsonNode) node = NULL;

  gx_json_writer_put_string (&writer, "login", login);
  gx_json_writer_put_string (&writer, "password", password);
  gx_json_writer_put_string (&writer, "client_id", api->client);
  gx_json_writer_end_object (&writer);
  gxc_api_set_token (api, NULL);
  answer = gxc_api_post (api, GX_PATH_SIGN_IN, body->str, NULL, cancellable, error);
  node = gxc_api_read_object (answer, error);
  if (node == NULL || !read_session (json_node_get_object (node), session, error))
    return NULL;
  gxc_api_set_token (api, session->token);

  return g_steal_pointer (&session);
}

gboolean
gxc_api_sign_out (GxcApi        *api,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autoptr(GBytes) answer = gxc_api_post (api, GX_PATH_SIGN_OUT, "{}", NULL, cancellable, error);

  return answer != NULL;
}

/**
 * gxc_api_step_up:
 *
 * The password again, for what wants it to be fresh (decisions).
 */
gboolean
gxc_api_step_up (GxcApi        *api,
                 const char    *password,
                 GCancellable  *cancellable,
                 GError       **error)
{
  GxJsonWriter writer;
  g_autoptr(GString) body = begin_json (&writer);
  g_autoptr(GBytes) answer = NULL;

  gx_json_writer_put_string (&writer, "password", password);
  gx_json_writer_end_object (&writer);
  answer = gxc_api_post (api, GX_PATH_STEP_UP, body->str, NULL, cancellable, error);

  return answer != NULL;
}

gboolean
gxc_api_set_password (GxcApi        *api,
                      const char    *old_password,
                      const char    *new_password,
                      GCancellable  *cancellable,
                      GError       **error)
{
  GxJsonWriter writer;
  g_autoptr(GString) body = begin_json (&writer);
  g_autoptr(GBytes) answer = NULL;

  gx_json_writer_put_string (&writer, "new_password", new_password);
  gx_json_writer_put_string (&writer, "old_password", old_password);
  gx_json_writer_end_object (&writer);
  answer = gxc_api_post (api, GX_PATH_PASSWORD, body->str, NULL, cancellable, error);

  return answer != NULL;
}

/**
 * gxc_api_enrol:
 * @public_key: of this device, base64
 * @name: what a person calls the device
 * @replace: whether the key that this client registered before is lost; needs a fresh password
 */
gboolean
gxc_api_enrol (GxcApi        *api,
               const char    *public_key,
               const char    *name,
               gboolean       replace,
               GxId          *out_device_id,
               GCancellable  *cancellable,
               GError       **error)
{
  GxJsonWriter writer;
  g_autoptr(GString) body = begin_json (&writer);
  g_autoptr(GBytes) answer = NULL;
  g_autoptr(JsonNode) node = NULL;

  gx_json_writer_put_string (&writer, "pubkey", public_key);
  gx_json_writer_put_string (&writer, "name", name);
  if (replace)
    gx_json_writer_put_bool (&writer, "replace", TRUE);
  gx_json_writer_end_object (&writer);
  answer = gxc_api_post (api, GX_PATH_ENROL, body->str, NULL, cancellable, error);
  node = gxc_api_read_object (answer, error);

  return node != NULL && gx_json_get_id (json_node_get_object (node), "device_id", out_device_id, error);
}

GBytes *
gxc_api_push (GxcApi        *api,
              GBytes        *body,
              GCancellable  *cancellable,
              GError       **error)
{
  GxcRequest request = { .method = "POST", .path = GX_PATH_PUSH, .type = GX_TYPE_JSON, .body = body };

  return send_request (api, &request, cancellable, error);
}

GBytes *
gxc_api_pull (GxcApi        *api,
              GBytes        *body,
              GCancellable  *cancellable,
              GError       **error)
{
  GxcRequest request = { .method = "POST", .path = GX_PATH_PULL, .type = GX_TYPE_JSON, .body = body };

  return send_request (api, &request, cancellable, error);
}

/**
 * gxc_api_wait:
 * @cursor: decimal: what is known here
 * @seconds: how long the server may keep quiet
 * @out_head: (out): how far the server has come
 */
gboolean
gxc_api_wait (GxcApi        *api,
              const char    *cursor,
              guint          seconds,
              gint64        *out_head,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autofree char *path = g_strdup_printf (GX_PATH_WAIT "?cursor=%s&t=%u", cursor, seconds);
  GxcRequest request = { .method = "GET", .path = path };
  g_autoptr(GBytes) answer = send_request (api, &request, cancellable, error);
  g_autoptr(JsonNode) node = gxc_api_read_object (answer, error);

  return node != NULL && gx_json_get_int (json_node_get_object (node), "head", out_head, error);
}

/**
 * gxc_api_open_stream:
 *
 * Returns: (transfer full) (nullable): on which the server says how far it has come; for the thread that opened it
 *
 * Errors: %GX_ERROR_NOT_FOUND where there is none: then gxc_api_wait() serves
 */
GxcStream *
gxc_api_open_stream (GxcApi        *api,
                     GCancellable  *cancellable,
                     GError       **error)
{
  GxcRequest request = { .method = "GET", .path = GX_PATH_STREAM };

  add_own_headers (api, &request);

  return gxc_transport_open_stream (api->transport, &request, cancellable, error);
}

/** gxc_api_hear_head: waits until the server says how far it has come */
gboolean
gxc_api_hear_head (GxcStream     *stream,
                   gint64        *out_head,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autofree char *text = NULL;
  g_autoptr(JsonNode) node = NULL;
  JsonObject *object;

  if (!gxc_stream_next (stream, &text, cancellable, error))
    return FALSE;
  node = gx_json_parse (text, -1, error);
  object = node != NULL ? gx_json_root_object (node, error) : NULL;

  return object != NULL && gx_json_get_int (object, "head", out_head, error);
}

/**
 * gxc_api_bootstrap:
 * @after: (nullable): where the page before ended
 */
GBytes *
gxc_api_bootstrap (GxcApi        *api,
                   const char    *scope,
                   const char    *after,
                   guint          limit,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autofree char *name = g_uri_escape_string (scope, NULL, FALSE);
  g_autofree char *from = after != NULL ? g_uri_escape_string (after, NULL, FALSE) : NULL;
  g_autofree char *path = g_strdup_printf ("%s?scope=%s&limit=%u%s%s", GX_PATH_BOOTSTRAP, name, limit,
                                           from != NULL ? "&after=" : "", from != NULL ? from : "");
  GxcRequest request = { .method = "GET", .path = path };

  return send_request (api, &request, cancellable, error);
}

/**
 * gxc_api_get_text:
 * @path: from the slash on, with the query
 */
char *
gxc_api_get_text (GxcApi        *api,
                  const char    *path,
                  GCancellable  *cancellable,
                  GError       **error)
{
  GxcRequest request = { .method = "GET", .path = path };
  g_autoptr(GBytes) answer = send_request (api, &request, cancellable, error);

  return answer != NULL ? g_strndup (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer)) : NULL;
}

/**
 * gxc_api_get_json:
 * @path: from the slash on, with the query
 */
JsonNode *
gxc_api_get_json (GxcApi        *api,
                  const char    *path,
                  GCancellable  *cancellable,
                  GError       **error)
{
  GxcRequest request = { .method = "GET", .path = path };
  g_autoptr(GBytes) answer = send_request (api, &request, cancellable, error);

  return gxc_api_read_object (answer, error);
}

/**
 * gxc_api_list_requests:
 * @box: "to_check", "mine" or "done"
 * @cursor: (nullable): of the page before
 */
JsonNode *
gxc_api_list_requests (GxcApi        *api,
                       const char    *box,
                       const char    *cursor,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_autofree char *from = cursor != NULL ? g_uri_escape_string (cursor, NULL, FALSE) : NULL;
  g_autofree char *path = g_strdup_printf ("%s?box=%s%s%s", GX_PATH_REQUESTS, box, from != NULL ? "&cursor=" : "",
                                           from != NULL ? from : "");

  return gxc_api_get_json (api, path, cancellable, error);
}

JsonNode *
gxc_api_get_request (GxcApi        *api,
                     const GxId    *cr_id,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_autofree char *path = g_strdup_printf ("%s/%s", GX_PATH_REQUESTS, GX_ID_STR (cr_id));

  return gxc_api_get_json (api, path, cancellable, error);
}

/**
 * gxc_api_post_request:
 * @action: "decide", "withdraw", "rebase" or "revise"
 * @body: JSON
 * @idempotency_key: (nullable): of a decision
 */
JsonNode *
gxc_api_post_request (GxcApi        *api,
                      const GxId    *cr_id,
                      const char    *action,
                      const char    *body,
                      const GxId    *idempotency_key,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_autofree char *path = g_strdup_printf ("%s/%s/%s", GX_PATH_REQUESTS, GX_ID_STR (cr_id), action);
  g_autofree char *key = idempotency_key != NULL ? gx_id_to_string (idempotency_key) : NULL;
  g_autoptr(GBytes) answer = gxc_api_post (api, path, body, key, cancellable, error);

  return gxc_api_read_object (answer, error);
}
