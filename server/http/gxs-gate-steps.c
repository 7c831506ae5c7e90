/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a request must be before a handler sees it: each question one small function, asked in the order of the table.
 *
 * All but the last two need only the headers, so a stranger's megabytes are refused before they are read. The order
 * matters: what is cheap comes first, nothing is looked up for somebody who asks too often, and nobody learns from a
 * status what his token does not let him see.
 */
#include "gxs-gate-private.h"

#include <string.h>

#include "gx-error.h"
#include "gx-json.h"
#include "gx-protocol.h"
#include "gxs-context-private.h"
#include "gxs-frame.h"
#include "gxs-gzip.h"

static const char * const header_names[GXS_N_HEADERS] = {
  [GXS_HEADER_CLIENT]          = GX_HEADER_CLIENT,
  [GXS_HEADER_SCHEMA]          = GX_HEADER_SCHEMA,
  [GXS_HEADER_IDEMPOTENCY_KEY] = GX_HEADER_IDEMPOTENCY_KEY,
  [GXS_HEADER_UPLOAD_OFFSET]   = GX_HEADER_UPLOAD_OFFSET,
  [GXS_HEADER_CHUNK_SHA256]    = GX_HEADER_CHUNK_SHA256,
  [GXS_HEADER_IF_MATCH]        = "If-Match",
  [GXS_HEADER_IF_NONE_MATCH]   = "If-None-Match",
  [GXS_HEADER_RANGE]           = "Range",
};

static const char * const known_methods[] = { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", NULL };

typedef struct
{
  guint n_host;
  guint n_length;
  guint n_transfer;
  gsize size;
} Framing;

static Framing
measure_framing (SoupMessageHeaders *headers)
{
  SoupMessageHeadersIter iter;
  const char *name, *value;
  Framing framing = { 0 };

  soup_message_headers_iter_init (&iter, headers);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    {
      framing.size += strlen (name) + strlen (value) + 4;
      framing.n_host += g_ascii_strcasecmp (name, "Host") == 0;
      framing.n_length += g_ascii_strcasecmp (name, "Content-Length") == 0;
      framing.n_transfer += g_ascii_strcasecmp (name, "Transfer-Encoding") == 0;
    }

  return framing;
}

/* Where two readers of one request could disagree about its end, nobody reads it (smuggling); libsoup 3.2 lets it by. */
static gboolean
check_framing (GxsGate            *gate,
               GxsContext         *ctx,
               SoupServerMessage  *message,
               GError            **error)
{
  Framing framing = measure_framing (soup_server_message_get_request_headers (message));

  ctx->worker.is_misframed = framing.n_host > 1 || framing.n_length > 1 || (framing.n_transfer > 0 && framing.n_length > 0);
  if (ctx->worker.is_misframed)
    return gx_fail (error, GX_ERROR_MALFORMED, "the length or host of the request is told twice");
  if (framing.size > gate->limits.max_headers)
    return gx_fail (error, GX_ERROR_TOO_LARGE, "the headers have more than %" G_GSIZE_FORMAT " bytes", gate->limits.max_headers);

  return TRUE;
}

static gboolean
check_path (GxsGate            *gate,
            GxsContext         *ctx,
            SoupServerMessage  *message,
            GError            **error)
{
  const char *method = soup_server_message_get_method (message);
  GUri *uri = soup_server_message_get_uri (message);

  if (gxs_router_match (gate->router, method, g_uri_get_path (uri), &ctx->match))
    return TRUE;
  if (ctx->match.allow == NULL && g_strv_contains (known_methods, method))
    return gx_fail (error, GX_ERROR_NOT_FOUND, "there is no such path");

  gxs_context_add_header (ctx, "Allow", ctx->match.allow != NULL ? ctx->match.allow : "GET, HEAD, POST, PATCH");
  return gx_fail (error, GX_ERROR_METHOD, "the path has no such method");
}

static const char *
read_token (SoupMessageHeaders *headers)
{
  const char *value = soup_message_headers_get_one (headers, "Authorization");

  if (value == NULL || g_ascii_strncasecmp (value, GX_BEARER, strlen (GX_BEARER)) != 0)
    return NULL;
  for (value += strlen (GX_BEARER); *value == ' '; value++)
    ;

  return *value != '\0' ? value : NULL;
}

/* Every request without a token draws from its address; one with a token from the token, true or not. */
static gboolean
check_rate (GxsGate            *gate,
            GxsContext         *ctx,
            SoupServerMessage  *message,
            GError            **error)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *token = read_token (headers);
  const char *key = token != NULL ? token : ctx->ip;
  GxsRate rate = ctx->match.route->rate;

  if (!gxs_limiter_take (gate->limiter, GXS_RATE_SESSION, key, error))
    return FALSE;
  /* A stranger names whatever device he likes, and each try costs a long hash: so his address is counted too. */
  if (rate == GXS_RATE_LOGIN && token == NULL && !gxs_limiter_take (gate->limiter, GXS_RATE_ADDRESS, ctx->ip, error))
    return FALSE;
  if (rate == GXS_RATE_LOGIN && soup_message_headers_get_one (headers, GX_HEADER_CLIENT) != NULL)
    key = soup_message_headers_get_one (headers, GX_HEADER_CLIENT);

  return rate == GXS_RATE_SESSION || gxs_limiter_take (gate->limiter, rate, key, error);
}

static gboolean
check_size (GxsGate            *gate,
            GxsContext         *ctx,
            SoupServerMessage  *message,
            GError            **error)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  SoupEncoding encoding = soup_message_headers_get_encoding (headers);
  goffset length = encoding == SOUP_ENCODING_CONTENT_LENGTH ? soup_message_headers_get_content_length (headers) : 0;
  const GxsRoute *route = ctx->match.route;
  gsize max = route->body == GXS_BODY_NONE ? 0 : route->max_body > 0 ? route->max_body : gate->limits.max_body;

  if (encoding == SOUP_ENCODING_CHUNKED
      || (encoding != SOUP_ENCODING_CONTENT_LENGTH && (route->body == GXS_BODY_JSON || route->body == GXS_BODY_RAW)))
    return gx_fail (error, GX_ERROR_LENGTH_REQUIRED, "a body must tell its Content-Length");
  if (length < 0 || (guint64) length > max)
    return gx_fail (error, GX_ERROR_TOO_LARGE, "the body may have %" G_GSIZE_FORMAT " bytes", max);

  ctx->bytes_in = (gsize) length;
  return TRUE;
}

static void
take_headers (GxsContext         *ctx,
              SoupMessageHeaders *headers)
{
  for (guint i = 0; i < GXS_N_HEADERS; i++)
    ctx->headers[i] = g_strdup (soup_message_headers_get_one (headers, header_names[i]));
  ctx->takes_gzip = soup_message_headers_header_contains (headers, "Accept-Encoding", "gzip");
  soup_message_headers_remove (headers, "Range");       /* SoupServer would honour it unasked: see gxs-range.c */
}

/* Each invented token has a bucket of its own, so false ones are counted by their sender too. Always FALSE. */
static gboolean
limit_guessing (GxsGate     *gate,
                GxsContext  *ctx,
                GError     **error)
{
  char key[GXS_IP_SIZE + 8];
  g_autoptr(GError) too_many = NULL;

  g_snprintf (key, sizeof key, "false %s", ctx->ip);
  if (!gxs_limiter_take (gate->limiter, GXS_RATE_SESSION, key, &too_many))
    {
      g_clear_error (error);
      g_propagate_error (error, g_steal_pointer (&too_many));
    }

  return FALSE;
}

static gboolean
check_token (GxsGate            *gate,
             GxsContext         *ctx,
             SoupServerMessage  *message,
             GError            **error)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *token = read_token (headers);

  take_headers (ctx, headers);
  if ((ctx->match.route->flags & GXS_ROUTE_PUBLIC) != 0)
    return TRUE;
  if (token == NULL || gate->host.authenticate == NULL)
    return gx_fail (error, GX_ERROR_UNAUTHENTICATED, "a bearer token is needed");

  ctx->has_principal = gate->host.authenticate (gate->host.services, token, gxs_log_text (ctx->headers[GXS_HEADER_CLIENT]),
                                                ctx->ip, &ctx->principal, error);
  return ctx->has_principal || limit_guessing (gate, ctx, error);
}

static gboolean
check_role (GxsGate            *gate,
            GxsContext         *ctx,
            SoupServerMessage  *message,
            GError            **error)
{
  guint64 wanted = ctx->match.route->roles;

  if ((ctx->match.route->flags & GXS_ROUTE_PUBLIC) != 0 || wanted == 0 || (wanted & ctx->principal.roles) != 0)
    return TRUE;

  return gx_fail (error, GX_ERROR_FORBIDDEN, "none of the session's roles may do this");
}

static gboolean
check_schema (GxsGate            *gate,
              GxsContext         *ctx,
              SoupServerMessage  *message,
              GError            **error)
{
  const char *text = ctx->headers[GXS_HEADER_SCHEMA];
  guint min = (ctx->match.route->flags & GXS_ROUTE_OLD_SCHEMA) != 0 ? gate->host.schema_oldest : gate->host.schema_min;
  gint64 schema;

  if (gate->host.schema_min == 0 || (ctx->match.route->flags & GXS_ROUTE_ANY_SCHEMA) != 0 || text == NULL)
    return TRUE;
  if (!g_ascii_string_to_signed (text, 10, 1, G_MAXINT32, &schema, NULL))
    return gx_fail (error, GX_ERROR_MALFORMED, "%s is no number", GX_HEADER_SCHEMA);
  if (schema >= min && schema <= gate->host.schema_max)
    return TRUE;

  gx_fail (error, GX_ERROR_UPGRADE, "schemas %u to %u are spoken here", min, gate->host.schema_max);
  if (error != NULL)
    {
      g_autofree char *params = g_strdup_printf ("{\"from\":%u,\"to\":%u}", min, gate->host.schema_max);

      gx_error_set_params (*error, params);
    }
  return FALSE;
}

static gboolean
is_type (SoupMessageHeaders *headers,
         const char         *wanted)
{
  g_autoptr(GHashTable) params = NULL;
  const char *type = soup_message_headers_get_content_type (headers, &params);
  const char *charset = params != NULL ? g_hash_table_lookup (params, "charset") : NULL;

  return g_strcmp0 (type, wanted) == 0 && (charset == NULL || g_ascii_strcasecmp (charset, "utf-8") == 0);
}

static gboolean
check_type (GxsGate            *gate,
            GxsContext         *ctx,
            SoupServerMessage  *message,
            GError            **error)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *coding = soup_message_headers_get_list (headers, "Content-Encoding");
  GxsBodyKind kind = ctx->match.route->body;
  const char *wanted = kind == GXS_BODY_RAW ? GX_TYPE_BYTES : GX_TYPE_JSON;

  if (kind == GXS_BODY_NONE || (kind == GXS_BODY_OPTIONAL_JSON && ctx->bytes_in == 0))
    return TRUE;
  if (!is_type (headers, wanted))
    return gx_fail (error, GX_ERROR_MEDIA_TYPE, "the body must be %s", wanted);

  ctx->is_gzip = coding != NULL && kind != GXS_BODY_RAW && g_ascii_strcasecmp (coding, "gzip") == 0;
  if (coding != NULL && !ctx->is_gzip && g_ascii_strcasecmp (coding, "identity") != 0)
    return gx_fail (error, GX_ERROR_MEDIA_TYPE, "the body's encoding must be %s", kind == GXS_BODY_RAW ? "identity" : "gzip or identity");

  return TRUE;
}

static gboolean
check_upgrade (GxsGate            *gate,
               GxsContext         *ctx,
               SoupServerMessage  *message,
               GError            **error)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  if ((ctx->match.route->flags & GXS_ROUTE_STREAM) == 0)
    return TRUE;
  if (soup_message_headers_header_equals (headers, "Upgrade", "websocket")
      && soup_message_headers_header_contains (headers, "Connection", "upgrade")
      && soup_message_headers_header_equals (headers, "Sec-WebSocket-Version", "13"))
    ctx->accept_key = gxs_frame_accept_key (soup_message_headers_get_one (headers, "Sec-WebSocket-Key"));
  if (ctx->accept_key != NULL)
    return TRUE;

  gxs_context_add_header (ctx, "Sec-WebSocket-Version", "13");
  return gx_fail (error, GX_ERROR_MALFORMED, "this path is for WebSockets only");
}

/**
 * gxs_gate_check_headers: (skip)
 *
 * Asks everything that the headers can answer.
 */
gboolean
gxs_gate_check_headers (GxsGate            *gate,
                        GxsContext         *ctx,
                        SoupServerMessage  *message,
                        GError            **error)
{
  static const GxsGateStep steps[] = {
    check_framing, check_path, check_rate, check_size, check_token, check_role, check_schema, check_type,
    check_upgrade,
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (!steps[i] (gate, ctx, message, error))
      return FALSE;

  return TRUE;
}

static gboolean
gunzip_body (GxsGate     *gate,
             GxsContext  *ctx,
             GError     **error)
{
  GBytes *plain;

  if (!ctx->is_gzip)
    return TRUE;

  plain = gxs_gunzip (ctx->body, gate->limits.max_inflated, gate->limits.max_ratio, error);
  if (plain == NULL)
    return FALSE;

  g_bytes_unref (ctx->body);
  ctx->body = plain;
  return TRUE;
}

static gboolean
parse_body (GxsGate     *gate,
            GxsContext  *ctx,
            GError     **error)
{
  gsize size;
  const char *data = g_bytes_get_data (ctx->body, &size);

  ctx->json = gx_json_parse_sized (data != NULL ? data : "", (gssize) size, gate->limits.max_inflated, error);
  g_clear_pointer (&ctx->body, g_bytes_unref);

  return ctx->json != NULL;
}

/**
 * gxs_gate_decode_body: (skip)
 *
 * Unpacks and parses the body, in whatever thread the handler is to run.
 */
gboolean
gxs_gate_decode_body (GxsGate     *gate,
                      GxsContext  *ctx,
                      GError     **error)
{
  GxsBodyKind kind = ctx->match.route->body;

  if (ctx->body == NULL || kind == GXS_BODY_RAW || kind == GXS_BODY_NONE)
    return TRUE;

  return gunzip_body (gate, ctx, error) && parse_body (gate, ctx, error);
}
