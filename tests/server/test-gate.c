/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every step of the gate, asked from outside: a small table of routes behind a real listener, and clients that behave or
 * do not.
 */
#include <libsoup/soup.h>
#include <string.h>

#include "gx-error.h"
#include "gx-json.h"
#include "gxs-gzip.h"
#include "gxt-http-client.h"
#include "gxt-http-server.h"
#include "gxt-route-walk.h"

#define JSON "Content-Type: application/json\r\n"
#define RM   "Authorization: Bearer rm\r\n"
#define SUP  "Authorization: Bearer sup\r\n"

enum { ROLE_RM = 1 << 0, ROLE_SUP = 1 << 1 };

/* What the handlers and the host share with the tests. */
static struct
{
  GMutex lock;
  GCond  changed;
  guint  n_waiting;         /* handlers of /wait that have begun */
  gboolean is_open;         /* they may go on */
  gint   n_sessions;        /* authenticated and not released yet */
  gint   n_refused;
  gint   n_handled;
} state;

static void
reset_state (void)
{
  state.n_waiting = 0;
  state.is_open = FALSE;
  state.n_sessions = 0;
  state.n_refused = 0;
  state.n_handled = 0;
}

static void
answer_text (GxsContext *ctx, const char *text)
{
  g_autoptr(GBytes) body = g_bytes_new (text, strlen (text));

  gxs_context_set_json (ctx, body);
}

static gboolean
handle_open (GxsContext *ctx, GError **error)
{
  answer_text (ctx, "{}");
  return TRUE;
}

static gboolean
handle_thing (GxsContext *ctx, GError **error)
{
  gint64 n;
  g_autofree char *text = NULL;

  if (!gxs_context_get_query_int (ctx, "n", 1, 50, 7, &n, error))
    return FALSE;

  g_assert_nonnull (gxs_context_get_thread_data (ctx));
  text = g_strdup_printf ("{\"id\":\"%s\",\"n\":%d,\"session\":\"%s\",\"client\":\"%s\"}", gxs_context_get_arg (ctx, 0), (int) n,
                          (char *) gxs_context_get_session (ctx), gxs_context_get_header (ctx, GXS_HEADER_CLIENT));
  answer_text (ctx, text);
  return TRUE;
}

static gboolean
handle_echo (GxsContext *ctx, GError **error)
{
  JsonNode *node = gxs_context_get_json (ctx);
  g_autofree char *text = node != NULL ? gx_json_canonical (node) : g_strdup ("null");

  g_atomic_int_inc (&state.n_handled);
  answer_text (ctx, text);
  return TRUE;
}

static gboolean
handle_raw (GxsContext *ctx, GError **error)
{
  g_autofree char *text = g_strdup_printf ("{\"size\":%" G_GSIZE_FORMAT "}", g_bytes_get_size (gxs_context_get_body (ctx)));

  answer_text (ctx, text);
  gxs_context_set_status (ctx, 201);
  gxs_context_add_header (ctx, "Upload-Offset", "5");
  return TRUE;
}

static gpointer
complete_later (gpointer data)
{
  GxsContext *ctx = data;

  g_usleep (20000);
  answer_text (ctx, "{\"late\":true}");
  gxs_context_complete (ctx, NULL);
  return NULL;
}

static gboolean
handle_async (GxsContext *ctx, GError **error)
{
  const char *how = gxs_context_get_query (ctx, "how");

  if (g_strcmp0 (how, "refuse") == 0)
    return gx_fail_busy (error, 3, "the committer's queue is full");
  if (g_strcmp0 (how, "now") == 0)
    {
      answer_text (ctx, "{\"late\":false}");
      gxs_context_complete (ctx, NULL);
      return TRUE;
    }

  g_thread_unref (g_thread_new ("committer", complete_later, ctx));
  return TRUE;
}

static gboolean
handle_wait (GxsContext *ctx, GError **error)
{
  g_mutex_lock (&state.lock);
  state.n_waiting++;
  g_cond_broadcast (&state.changed);
  while (!state.is_open)
    g_cond_wait (&state.changed, &state.lock);
  g_mutex_unlock (&state.lock);
  answer_text (ctx, "{\"waited\":true}");
  return TRUE;
}

static gboolean
handle_big (GxsContext *ctx, GError **error)
{
  g_autoptr(GString) text = g_string_new ("[0");

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (text, ",%u", i);
  g_string_append_c (text, ']');
  answer_text (ctx, text->str);
  return TRUE;
}

static gboolean
handle_fail (GxsContext *ctx, GError **error)
{
  answer_text (ctx, "{\"not\":\"sent\"}");
  if (g_strcmp0 (gxs_context_get_arg (ctx, 0), "bug") == 0)
    return gx_fail (error, GX_ERROR_INTERNAL, "a secret of the house");

  return gx_fail_field (error, GX_ERROR_INVALID, "mobile", "R-VALID", "must have 11 digits");
}

static const GxsRoute routes[] = {
  { "GET", "/open", .flags = GXS_ROUTE_PUBLIC, .handler = handle_open },
  { "HEAD", "/open", .flags = GXS_ROUTE_PUBLIC, .handler = handle_open },
  { "GET", "/things/{id}", .pool = GXS_POOL_READ, .handler = handle_thing },
  { "POST", "/things", .roles = ROLE_RM, .body = GXS_BODY_JSON, .pool = GXS_POOL_READ, .handler = handle_echo },
  { "POST", "/worker", .roles = ROLE_RM | ROLE_SUP, .body = GXS_BODY_JSON, .handler = handle_echo },
  { "POST", "/optional", .roles = ROLE_SUP, .body = GXS_BODY_OPTIONAL_JSON, .max_body = 100, .handler = handle_echo },
  { "POST", "/sign-in", .flags = GXS_ROUTE_PUBLIC, .body = GXS_BODY_JSON, .rate = GXS_RATE_LOGIN, .pool = GXS_POOL_HASH, .handler = handle_echo },
  { "PATCH", "/blobs/{id}", .body = GXS_BODY_RAW, .max_body = 300000, .pool = GXS_POOL_BLOB, .handler = handle_raw },
  { "POST", "/async", .flags = GXS_ROUTE_ASYNC, .body = GXS_BODY_OPTIONAL_JSON, .handler = handle_async },
  { "GET", "/wait", .roles = ROLE_RM, .pool = GXS_POOL_READ, .handler = handle_wait },
  { "GET", "/big", .pool = GXS_POOL_READ, .handler = handle_big },
  { "GET", "/bytes", .flags = GXS_ROUTE_RANGE | GXS_ROUTE_PLAIN, .pool = GXS_POOL_READ, .handler = handle_big },
  { "GET", "/fail/{how}", .flags = GXS_ROUTE_ANY_SCHEMA, .pool = GXS_POOL_READ, .handler = handle_fail },
};

/* The host */

static gboolean
authenticate (gpointer services, const char *token, const char *client_id, const char *remote_ip, GxsPrincipal *out, GError **error)
{
  g_assert_cmpstr (remote_ip, ==, "127.0.0.1");
  if (strcmp (token, "rm") != 0 && strcmp (token, "sup") != 0)
    return gx_fail (error, GX_ERROR_UNAUTHENTICATED, "no such session");
  if (strcmp (client_id, "stolen") == 0)
    return gx_fail (error, GX_ERROR_DEVICE, "another client's session");

  g_atomic_int_inc (&state.n_sessions);
  out->session = g_strdup (token);
  out->roles = strcmp (token, "rm") == 0 ? ROLE_RM : ROLE_SUP;
  out->tag = 77;
  return TRUE;
}

static void
refused (gpointer services, const GxsPrincipal *principal, const GxsRoute *route, const GError *error)
{
  g_atomic_int_inc (&state.n_refused);
}

static void
release (gpointer services, gpointer session)
{
  g_atomic_int_add (&state.n_sessions, -1);
  g_free (session);
}

static gpointer
start_reader (gpointer data, guint index, GError **error)
{
  return GUINT_TO_POINTER (index + 1);
}

static GxtHttpServer *
prepare_server (void)
{
  GxtHttpServer *server = gxt_http_server_new (routes, G_N_ELEMENTS (routes));

  reset_state ();
  server->host.authenticate = authenticate;
  server->host.refused = refused;
  server->host.release = release;
  server->hooks.start = start_reader;
  return server;
}

static GxtHttpServer *
start_server (void)
{
  GxtHttpServer *server = prepare_server ();

  gxt_http_server_start (server);
  return server;
}

static void
wait_until_waiting (guint n)
{
  g_mutex_lock (&state.lock);
  while (state.n_waiting < n)
    g_cond_wait (&state.changed, &state.lock);
  g_mutex_unlock (&state.lock);
}

static void
open_the_door (void)
{
  g_mutex_lock (&state.lock);
  state.is_open = TRUE;
  g_cond_broadcast (&state.changed);
  g_mutex_unlock (&state.lock);
}

static void
expect (GxtHttpServer *server, guint status, const char *code, const char *method, const char *path, const char *headers,
        const char *body)
{
  g_autoptr(GxtAnswer) answer = gxt_http_ask (server->port, method, path, headers, body, -1);
  g_autofree char *got = gxt_answer_dup_code (answer);

  g_test_message ("%s %s", method, path);
  g_assert_cmpuint (answer->status, ==, status);
  g_assert_cmpstr (got, ==, code);
}

static void
expect_header (GxtAnswer *answer, const char *name, const char *wanted)
{
  g_autofree char *value = gxt_answer_dup_header (answer, name);

  g_assert_cmpstr (value, ==, wanted);
}

/* Tests */

static void
test_answers_carry_what_they_must (void)
{
  g_autoptr(GxtHttpServer) server = start_server ();
  g_autoptr(GxtAnswer) answer = gxt_http_ask (server->port, "GET", "/open", "", NULL, 0);
  g_autoptr(GxtAnswer) missing = gxt_http_ask (server->port, "GET", "/nowhere", "", NULL, 0);
  g_autoptr(GxtAnswer) head = gxt_http_ask (server->port, "HEAD", "/open", "", NULL, 0);

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpstr (gxt_answer_get_body (answer), ==, "{}");
  expect_header (answer, "Content-Type", "application/json");
  expect_header (answer, "Cache-Control", "no-store");
  expect_header (answer, "X-Content-Type-Options", "nosniff");
  expect_header (answer, "Server", NULL);
  expect_header (missing, "Content-Type", "application/problem+json");
  expect_header (missing, "Server", NULL);
  g_assert_cmpuint (head->status, ==, 200);
  expect_header (head, "Content-Length", "2");
}

static char *
dup_token (guint64 role, gpointer data)
{
  return g_strdup (role == ROLE_RM ? "rm" : "sup");
}

static void
test_every_route_refuses (void)
{
  static const guint64 roles[] = { ROLE_RM, ROLE_SUP };
  g_autoptr(GxtHttpServer) server = start_server ();
  GxtRouteWalk walk = {
    .port = server->port, .routes = routes, .n_routes = G_N_ELEMENTS (routes), .roles = roles, .n_roles = 2,
    .max_body = server->limits.max_body, .dup_token = dup_token,
  };
  guint n = gxt_route_walk (&walk);

  g_test_message ("%u requests", n);
  g_assert_cmpuint (n, >, 12 * G_N_ELEMENTS (routes));
  g_assert_cmpint (g_atomic_int_get (&state.n_handled), ==, 0);
  g_assert_cmpint (g_atomic_int_get (&state.n_refused), >, 0);
  g_clear_pointer (&server->listener, gxs_listener_free);
  g_assert_cmpint (g_atomic_int_get (&state.n_sessions), ==, 0);
}

static void
test_methods_are_named (void)
{
  g_autoptr(GxtHttpServer) server = start_server ();
  g_autoptr(GxtAnswer) answer = gxt_http_ask (server->port, "DELETE", "/open", "", NULL, 0);
  g_autoptr(GxtAnswer) trace = gxt_http_ask (server->port, "TRACE", "/nowhere", "", NULL, 0);

  g_assert_cmpuint (answer->status, ==, 405);
  expect_header (answer, "Allow", "GET, HEAD");
  g_assert_cmpuint (trace->status, ==, 405);
}

static void
test_framing_told_twice_is_refused (void)
{
  static const struct { const char *request; guint status; } rows[] = {
    { "GET /open HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400 },
    { "POST /worker HTTP/1.1\r\nHost: x\r\n" RM JSON "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", 400 },
    { "POST /worker HTTP/1.1\r\nHost: x\r\n" RM JSON "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400 },
    { "POST /worker HTTP/1.1\r\nHost: x\r\n" RM JSON "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 411 },
    { "GET /open HTTP/1.1\r\n\r\n", 400 },
    { "GET /open\r\n\r\n", 400 },
    { "NONSENSE\r\n\r\n", 400 },
    { "GET https://elsewhere/open HTTP/1.1\r\nHost: x\r\n\r\n", 400 },
    { "CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n", 405 },
    { "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", 404 },
  };
  g_autoptr(GxtHttpServer) server = start_server ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GIOStream) stream = gxt_http_connect (server->port);
      g_autoptr(GxtAnswer) answer = NULL;

      gxt_http_send (stream, rows[i].request, -1);
      answer = gxt_http_receive (stream);
      g_test_message ("%s", rows[i].request);
      g_assert_cmpuint (answer->status, ==, rows[i].status);
    }
}

static char *
header_of_size (gsize size)
{
  g_autofree char *fill = g_strnfill (size, 'a');

  return g_strdup_printf ("X-Fill: %s\r\n", fill);
}

static void
test_headers_have_a_limit (void)
{
  g_autoptr(GxtHttpServer) server = start_server ();
  g_autofree char *fits = header_of_size (15000);
  g_autofree char *large = header_of_size (18000);
  g_autofree char *huge = header_of_size (500000);

  expect (server, 200, NULL, "GET", "/open", fits, NULL);
  expect (server, 413, "TOO_LARGE", "GET", "/open", large, NULL);
  expect (server, 0, NULL, "GET", "/open", huge, NULL);       /* hung up on in the middle of it */
}

/* Naming another device each time does not make it another stranger. */
static void
test_sign_ins_of_one_address (void)
{
  g_autoptr(GxtHttpServer) server = prepare_server ();

  server->rates[GXS_RATE_ADDRESS] = (GxsRateLimit) { 1, 100000, 2 };
  gxt_http_server_start (server);

  expect (server, 200, NULL, "POST", "/sign-in", JSON "X-Client: a\r\n", "{}");
  expect (server, 200, NULL, "POST", "/sign-in", JSON "X-Client: b\r\n", "{}");
  expect (server, 429, "RATE", "POST", "/sign-in", JSON "X-Client: c\r\n", "{}");
}

static void
test_rates_are_kept (void)
{
  g_autoptr(GxtHttpServer) server = prepare_server ();
  g_autoptr(GxtAnswer) answer = NULL;

  server->rates[GXS_RATE_SESSION] = (GxsRateLimit) { 1, 100000, 3 };
  server->rates[GXS_RATE_LOGIN] = (GxsRateLimit) { 1, 100000, 1 };
  gxt_http_server_start (server);

  for (guint i = 0; i < 3; i++)
    expect (server, 200, NULL, "GET", "/things/1", RM, NULL);
  answer = gxt_http_ask (server->port, "GET", "/things/1", RM, NULL, 0);
  g_assert_cmpuint (answer->status, ==, 429);
  expect_header (answer, "Retry-After", "100");
  expect (server, 200, NULL, "GET", "/things/1", SUP, NULL);                      /* another session */
  expect (server, 200, NULL, "POST", "/sign-in", JSON "X-Client: a\r\n", "{}");   /* the address */
  expect (server, 429, "RATE", "POST", "/sign-in", JSON "X-Client: a\r\n", "{}");
  expect (server, 200, NULL, "POST", "/sign-in", JSON "X-Client: b\r\n", "{}");
  expect (server, 429, "RATE", "GET", "/open", "", NULL);
}

static void
test_guessing_tokens_is_slow (void)
{
  g_autoptr(GxtHttpServer) server = prepare_server ();

  server->rates[GXS_RATE_SESSION] = (GxsRateLimit) { 1, 100000, 3 };
  gxt_http_server_start (server);
  expect (server, 401, "UNAUTHENTICATED", "GET", "/things/1", "Authorization: Bearer a\r\n", NULL);
  expect (server, 401, "UNAUTHENTICATED", "GET", "/things/1", "Authorization: Bearer b\r\n", NULL);
  expect (server, 401, "UNAUTHENTICATED", "GET", "/things/1", "Authorization: Bearer c\r\n", NULL);
  expect (server, 429, "RATE", "GET", "/things/1", "Authorization: Bearer d\r\n", NULL);
  expect (server, 200, NULL, "GET", "/things/1", RM, NULL);       /* who has a session is not hurt by it */
  expect (server, 200, NULL, "GET", "/open", "", NULL);           /* nor who wants to sign in */
}

static void
test_oversized_body_is_not_read (void)
{
  g_autoptr(GxtHttpServer) server = start_server ();
  g_autofree char *half = g_strnfill (3 * 1024 * 1024, ' ');

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr(GIOStream) stream = gxt_http_connect (server->port);
      g_autoptr(GxtAnswer) answer = NULL;

      gxt_http_send (stream, "POST /things HTTP/1.1\r\nHost: x\r\n" RM JSON "Content-Length: 9000000\r\n\r\n", -1);
      if (i % 2 == 1)
        gxt_http_send (stream, half, -1);       /* one who talks on must get to read the answer too */
      answer = gxt_http_receive (stream);
      g_assert_cmpuint (answer->status, ==, 413);
      expect_header (answer, "Connection", "close");
      g_assert_true (gxt_http_is_closed (stream));
    }
}

static void
test_small_refused_body_keeps_the_connection (void)
{
  g_autoptr(GxtHttpServer) server = start_server ();
  g_autoptr(GIOStream) stream = gxt_http_connect (server->port);

  for (guint i = 0; i < 5; i++)
    {
      g_autoptr(GxtAnswer) answer = NULL;

      gxt_http_send (stream, "POST /things HTTP/1.1\r\nHost: x\r\n" SUP JSON "Content-Length: 2\r\n\r\n{}", -1);
      answer = gxt_http_receive (stream);
      g_assert_cmpuint (answer->status, ==, 403);
    }
}

static void
test_expect_continue (void)
{
  g_autoptr(GxtHttpServer) server = start_server ();
  g_autoptr(GIOStream) stream = gxt_http_connect (server->port);
  g_autoptr(GIOStream) refused_stream = gxt_http_connect (server->port);
  g_autoptr(GxtAnswer) go_on = NULL;
  g_autoptr(GxtAnswer) answer = NULL;
  g_autoptr(GxtAnswer) no = NULL;

  gxt_http_send (stream, "POST /things HTTP/1.1\r\nHost: x\r\n" RM JSON "Expect: 100-continue\r\nContent-Length: 7\r\n\r\n", -1);
  go_on = gxt_http_receive (stream);
  g_assert_cmpuint (go_on->status, ==, 100);
  gxt_http_send (stream, "{\"a\":1}", -1);
  answer = gxt_http_receive (stream);
  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpstr (gxt_answer_get_body (answer), ==, "{\"a\":1}");

  gxt_http_send (refused_stream, "POST /things HTTP/1.1\r\nHost: x\r\n" JSON "Expect: 100-continue\r\nContent-Length: 7\r\n\r\n", -1);
  no = gxt_http_receive (refused_stream);
  g_assert_cmpuint (no->status, ==, 401);
}

static void
test_tokens_and_roles (void)
{
  g_autoptr(GxtHttpServer) server = start_server ();

  expect (server, 401, "UNAUTHENTICATED", "GET", "/things/1", "", NULL);
  expect (server, 401, "UNAUTHENTICATED", "GET", "/things/1", "Authorization: Basic cm06cm0=\r\n", NULL);
  expect (server, 401, "UNAUTHENTICATED", "GET", "/things/1", "Authorization: Bearer \r\n", NULL);
  expect (server, 401, "UNAUTHENTICATED", "GET", "/things/1", "Authorization: Bearer rmx\r\n", NULL);
  expect (server, gx_error_info (GX_ERROR_DEVICE)->status, "DEVICE", "GET", "/things/1", RM "X-Client: stolen\r\n", NULL);
  expect (server, 403, "FORBIDDEN", "POST", "/things", SUP JSON, "{}");
  expect (server, 200, NULL, "POST", "/things", RM JSON, "{}");
  expect (server, 200, NULL, "GET", "/things/1", "authorization: bearer rm\r\n", NULL);
}

static void
test_schema_out_of_range (void)
{
  g_autoptr(GxtHttpServer) server = prepare_server ();

  server->host.schema_min = 2;
  server->host.schema_max = 3;
  gxt_http_server_start (server);
  expect (server, 426, "UPGRADE", "GET", "/things/1", RM "X-Schema: 1\r\n", NULL);
  expect (server, 400, "MALFORMED", "GET", "/things/1", RM "X-Schema: one\r\n", NULL);
  expect (server, 200, NULL, "GET", "/things/1", RM "X-Schema: 2\r\n", NULL);
  expect (server, 426, "UPGRADE", "GET", "/things/1", RM "X-Schema: 4\r\n", NULL);
  expect (server, 422, "INVALID", "GET", "/fail/x", RM "X-Schema: 1\r\n", NULL);
}

static void
test_context_tells_the_request (void)
{
  g_autoptr(GxtHttpServer) server = start_server ();
  g_autoptr(GxtAnswer) answer = gxt_http_ask (server->port, "GET", "/things/a%20%E5%BC%A0?n=12&n2=x", RM "X-Client: c1\r\n", NULL, 0);

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpstr (gxt_answer_get_body (answer), ==, "{\"id\":\"a 张\",\"n\":12,\"session\":\"rm\",\"client\":\"c1\"}");
  expect (server, 422, "INVALID", "GET", "/things/1?n=51", RM, NULL);
  expect (server, 422, "INVALID", "GET", "/things/1?n=1x", RM, NULL);
}

static void
test_bodies_of_each_kind (void)
{
  g_autoptr(GxtHttpServer) server = start_server ();
  g_autofree char *large = g_strnfill (200000, ' ');
  g_autofree char *large_json = g_strconcat ("{\"a\":1}", large, NULL);
  g_autoptr(GxtAnswer) from_pool = gxt_http_ask (server->port, "POST", "/worker", RM JSON, large_json, -1);
  g_autoptr(GxtAnswer) charset = gxt_http_ask (server->port, "POST", "/worker", RM "Content-Type: application/json; charset=UTF-8\r\n", "[1]", -1);
  g_autoptr(GxtAnswer) none = gxt_http_ask (server->port, "POST", "/optional", SUP, NULL, 0);
  g_autoptr(GxtAnswer) raw = gxt_http_ask (server->port, "PATCH", "/blobs/1", RM "Content-Type: application/octet-stream\r\n", large, -1);

  g_assert_cmpstr (gxt_answer_get_body (from_pool), ==, "{\"a\":1}");
  g_assert_cmpstr (gxt_answer_get_body (charset), ==, "[1]");
  g_assert_cmpstr (gxt_answer_get_body (none), ==, "null");
  g_assert_cmpuint (raw->status, ==, 201);
  g_assert_cmpstr (gxt_answer_get_body (raw), ==, "{\"size\":200000}");
  expect_header (raw, "Upload-Offset", "5");
  expect (server, 400, "MALFORMED", "POST", "/worker", RM JSON, "");
  expect (server, 415, "MEDIA_TYPE", "POST", "/worker", RM "Content-Type: application/json; charset=GB18030\r\n", "{}");
}

static GxtAnswer *
ask_gzip (GxtHttpServer *server, GBytes *plain, gsize cut)
{
  g_autoptr(GBytes) packed = gxs_gzip (plain);

  return gxt_http_ask (server->port, "POST", "/worker", RM JSON "Content-Encoding: gzip\r\n", g_bytes_get_data (packed, NULL),
                       (gssize) (g_bytes_get_size (packed) - cut));
}

static void
test_gzip_bodies (void)
{
  g_autoptr(GxtHttpServer) server = start_server ();
  g_autoptr(GBytes) good = g_bytes_new_static ("{\"a\":[1,2,3]}", 13);
  g_autoptr(GBytes) bomb = g_bytes_new_take (g_strnfill (900000, ' '), 900000);
  g_autoptr(GxtAnswer) answer = ask_gzip (server, good, 0);
  g_autoptr(GxtAnswer) refused_bomb = ask_gzip (server, bomb, 0);
  g_autoptr(GxtAnswer) cut = ask_gzip (server, good, 4);

  g_assert_cmpstr (gxt_answer_get_body (answer), ==, "{\"a\":[1,2,3]}");
  g_assert_cmpuint (refused_bomb->status, ==, 413);
  g_assert_cmpuint (cut->status, ==, 400);
  expect (server, 400, "MALFORMED", "POST", "/worker", RM JSON "Content-Encoding: gzip\r\n", "{}");
}

static void
test_gzip_answers (void)
{
  g_autoptr(GxtHttpServer) server = start_server ();
  g_autoptr(GxtAnswer) plain = gxt_http_ask (server->port, "GET", "/big", RM, NULL, 0);
  g_autoptr(GxtAnswer) packed = gxt_http_ask (server->port, "GET", "/big", RM "Accept-Encoding: br, gzip\r\n", NULL, 0);
  g_autoptr(GxtAnswer) unwanted = gxt_http_ask (server->port, "GET", "/big", RM "Accept-Encoding: gzip;q=0\r\n", NULL, 0);
  g_autoptr(GxtAnswer) route_says_no = gxt_http_ask (server->port, "GET", "/bytes", RM "Accept-Encoding: gzip\r\n", NULL, 0);
  g_autoptr(GxtAnswer) small = gxt_http_ask (server->port, "GET", "/open", "Accept-Encoding: gzip\r\n", NULL, 0);
  g_autoptr(GBytes) again = gxs_gunzip (packed->body, 1024 * 1024, 100, NULL);

  expect_header (packed, "Content-Encoding", "gzip");
  g_assert_true (g_bytes_equal (again, plain->body));
  expect_header (plain, "Content-Encoding", NULL);
  expect_header (unwanted, "Content-Encoding", NULL);
  expect_header (route_says_no, "Content-Encoding", NULL);
  expect_header (small, "Content-Encoding", NULL);
}

static void
test_ranges_only_where_said (void)
{
  g_autoptr(GxtHttpServer) server = start_server ();

  expect (server, 206, NULL, "GET", "/bytes", RM "Range: bytes=0-9\r\n", NULL);
  expect (server, 200, NULL, "GET", "/big", RM "Range: bytes=0-9\r\n", NULL);
}

static void
test_ranges (void)
{
  static const struct { const char *range; guint status; gsize from, length; } rows[] = {
    { "bytes=0-9", 206, 0, 10 }, { "bytes=5-", 206, 5, 0 }, { "bytes=-7", 206, 0, 7 }, { "bytes=3-99999999", 206, 3, 0 },
    { "bytes=-99999999", 206, 0, 0 }, { "bytes=99999999-", 416, 0, 0 }, { "bytes=99999999-99999999999", 416, 0, 0 },
    { "bytes=9-3", 200, 0, 0 }, { "bytes=0-1,4-5", 200, 0, 0 }, { "bytes=-", 200, 0, 0 }, { "lines=0-1", 200, 0, 0 },
    { "bytes=0-99999999999999999999999", 200, 0, 0 },
  };
  g_autoptr(GxtHttpServer) server = start_server ();
  g_autoptr(GxtAnswer) whole = gxt_http_ask (server->port, "GET", "/bytes", RM, NULL, 0);
  gsize size = g_bytes_get_size (whole->body);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *headers = g_strdup_printf (RM "Range: %s\r\n", rows[i].range);
      g_autoptr(GxtAnswer) answer = gxt_http_ask (server->port, "GET", "/bytes", headers, NULL, 0);
      gsize length = rows[i].length != 0 ? rows[i].length : size - rows[i].from;
      gsize from = strcmp (rows[i].range, "bytes=-7") == 0 ? size - 7 : rows[i].from;
      g_autoptr(GBytes) part = rows[i].status == 416 ? g_bytes_new (NULL, 0) : g_bytes_new_from_bytes (whole->body, from, length);

      g_test_message ("%s", rows[i].range);
      g_assert_cmpuint (answer->status, ==, rows[i].status);
      g_assert_true (g_bytes_equal (answer->body, part));
    }
}

static void
test_async_answers (void)
{
  g_autoptr(GxtHttpServer) server = start_server ();
  g_autoptr(GxtAnswer) late = gxt_http_ask (server->port, "POST", "/async", RM, NULL, 0);
  g_autoptr(GxtAnswer) now = gxt_http_ask (server->port, "POST", "/async?how=now", RM, NULL, 0);
  g_autoptr(GxtAnswer) busy = gxt_http_ask (server->port, "POST", "/async?how=refuse", RM, NULL, 0);

  g_assert_cmpstr (gxt_answer_get_body (late), ==, "{\"late\":true}");
  g_assert_cmpstr (gxt_answer_get_body (now), ==, "{\"late\":false}");
  g_assert_cmpuint (busy->status, ==, 503);
  expect_header (busy, "Retry-After", "3");
}

static void
test_errors_become_problems (void)
{
  g_autoptr(GxtHttpServer) server = start_server ();
  g_autoptr(GxtAnswer) invalid = gxt_http_ask (server->port, "GET", "/fail/x", RM, NULL, 0);
  g_autoptr(GxtAnswer) bug = gxt_http_ask (server->port, "GET", "/fail/bug", RM, NULL, 0);
  g_autofree char *log = NULL;

  g_assert_cmpuint (invalid->status, ==, 422);
  g_assert_nonnull (strstr (gxt_answer_get_body (invalid), "\"violations\":[{\"field\":\"mobile\",\"rule\":\"R-VALID\""));
  g_assert_cmpuint (bug->status, ==, 500);
  g_assert_null (strstr (gxt_answer_get_body (bug), "secret"));
  log = gxt_http_server_dup_log (server);
  g_assert_nonnull (strstr (log, "a secret of the house"));     /* where it belongs */
}

static void
test_full_queue_is_told (void)
{
  g_autoptr(GxtHttpServer) server = prepare_server ();
  g_autoptr(GxtAnswer) answer = NULL;
  GIOStream *streams[3];

  server->read_threads = 1;
  server->read_queue = 2;
  gxt_http_server_start (server);
  for (guint i = 0; i < 3; i++)
    {
      streams[i] = gxt_http_connect (server->port);
      gxt_http_send (streams[i], "GET /wait HTTP/1.1\r\nHost: x\r\n" RM "\r\n", -1);
      wait_until_waiting (1);
      while (gxs_pool_get_queued (server->pools[GXS_POOL_READ]) < i)
        g_usleep (1000);
    }
  answer = gxt_http_ask (server->port, "GET", "/wait", RM, NULL, 0);
  g_assert_cmpuint (answer->status, ==, 503);
  expect_header (answer, "Retry-After", "1");
  expect (server, 200, NULL, "GET", "/open", "", NULL);         /* what needs no reader goes on */

  open_the_door ();
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(GxtAnswer) waited = gxt_http_receive (streams[i]);

      g_assert_cmpuint (waited->status, ==, 200);
      g_object_unref (streams[i]);
    }
}

static void
test_client_that_leaves_hurts_nobody (void)
{
  g_autoptr(GxtHttpServer) server = start_server ();
  GIOStream *stream = gxt_http_connect (server->port);

  gxt_http_send (stream, "GET /wait HTTP/1.1\r\nHost: x\r\n" RM "\r\n", -1);
  wait_until_waiting (1);
  g_io_stream_close (stream, NULL, NULL);
  g_object_unref (stream);
  open_the_door ();
  while (g_atomic_int_get (&state.n_sessions) > 0)      /* the session comes back although nobody reads the answer */
    g_usleep (1000);
  expect (server, 200, NULL, "GET", "/open", "", NULL);
}

static void
test_slow_clients_are_let_go (void)
{
  static const char * const beginnings[] = {
    "GET /op",                                                                              /* headers that never end */
    "POST /things HTTP/1.1\r\nHost: x\r\n" RM JSON "Content-Length: 100000\r\n\r\n{",       /* a body that never comes */
    "GET /open HTTP/1.1\r\nHost: x\r\n\r\n",                                                /* idle afterwards */
    "",                                                                                     /* nothing at all */
  };
  g_autoptr(GxtHttpServer) server = prepare_server ();

  server->setup.timeouts = (GxsTimeouts) { .handshake = 5000, .headers = 100, .body_grace = 100, .body_rate = 1024, .stall = 100,
                                           .idle = 100, .linger = 100 };
  gxt_http_server_start (server);
  for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++)
    {
      g_autoptr(GIOStream) stream = gxt_http_connect (server->port);

      gxt_http_send (stream, beginnings[i], -1);
      if (i == 2)
        gxt_answer_free (gxt_http_receive (stream));
      g_test_message ("%u", i);
      g_assert_true (gxt_http_is_closed (stream));
    }
  while (gxs_listener_get_connections (server->listener) > 0)
    g_usleep (1000);
}

static void
test_requests_on_a_connection_are_counted (void)
{
  g_autoptr(GxtHttpServer) server = prepare_server ();
  g_autoptr(GIOStream) stream = NULL;

  server->limits.max_requests = 3;
  gxt_http_server_start (server);
  stream = gxt_http_connect (server->port);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(GxtAnswer) answer = NULL;

      gxt_http_send (stream, "GET /open HTTP/1.1\r\nHost: x\r\n\r\n", -1);
      answer = gxt_http_receive (stream);
      g_assert_cmpuint (answer->status, ==, 200);
      expect_header (answer, "Connection", i == 2 ? "close" : NULL);
    }
  g_assert_true (gxt_http_is_closed (stream));
}

static void
test_connections_are_capped (void)
{
  g_autoptr(GxtHttpServer) server = prepare_server ();
  GIOStream *streams[3];

  server->setup.max_per_ip = 3;
  gxt_http_server_start (server);
  for (guint i = 0; i < 3; i++)
    g_assert_nonnull (streams[i] = gxt_http_connect (server->port));
  g_assert_null (gxt_http_connect (server->port));
  for (guint i = 0; i < 3; i++)
    {
      g_io_stream_close (streams[i], NULL, NULL);
      g_object_unref (streams[i]);
    }
  while (gxs_listener_get_connections (server->listener) > 0)
    g_usleep (1000);
  expect (server, 200, NULL, "GET", "/open", "", NULL);
}

/* SoupServer alone would keep each of them for ever. */
static void
test_clients_that_leave_between_requests_are_forgotten (void)
{
  g_autoptr(GxtHttpServer) server = start_server ();

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr(GIOStream) stream = gxt_http_connect (server->port);

      for (guint j = 0; j < 2; j++)
        {
          gxt_http_send (stream, "GET /open HTTP/1.1\r\nHost: x\r\n\r\n", -1);
          gxt_answer_free (gxt_http_receive (stream));
        }
      g_io_stream_close (stream, NULL, NULL);
    }
  while (gxs_listener_get_connections (server->listener) > 0)
    g_usleep (1000);
}

static gboolean
on_accept_certificate_cb (SoupMessage *message, GTlsCertificate *certificate, GTlsCertificateFlags flags, gpointer data)
{
  return TRUE;
}

static void
test_libsoup_keeps_its_connection (void)
{
  g_autoptr(GxtHttpServer) server = start_server ();
  g_autoptr(SoupSession) session = soup_session_new ();
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u/things/9", server->port);
  guint64 connection = 0;

  for (guint i = 0; i < 50; i++)
    {
      g_autoptr(SoupMessage) message = soup_message_new ("GET", url);
      g_autoptr(GBytes) body = NULL;
      g_autoptr(GError) error = NULL;

      g_signal_connect (message, "accept-certificate", G_CALLBACK (on_accept_certificate_cb), NULL);
      soup_message_headers_append (soup_message_get_request_headers (message), "Authorization", "Bearer rm");
      body = soup_session_send_and_read (session, message, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (soup_message_get_status (message), ==, 200);
      if (i > 0)
        g_assert_cmpuint (soup_message_get_connection_id (message), ==, connection);
      connection = soup_message_get_connection_id (message);
    }
}

static gpointer
stop_listener (gpointer data)
{
  gxs_listener_stop (((GxtHttpServer *) data)->listener, 20000);
  return NULL;
}

static void
test_stop_waits_for_answers (void)
{
  g_autoptr(GxtHttpServer) server = start_server ();
  g_autoptr(GIOStream) stream = gxt_http_connect (server->port);
  g_autoptr(GIOStream) idle = gxt_http_connect (server->port);
  g_autoptr(GxtAnswer) answer = NULL;
  GThread *stopper;

  gxt_http_send (stream, "GET /wait HTTP/1.1\r\nHost: x\r\n" RM "\r\n", -1);
  wait_until_waiting (1);
  stopper = g_thread_new ("stop", stop_listener, server);
  g_assert_true (gxt_http_is_closed (idle));            /* who waits for nothing is let go at once */
  g_assert_null (gxt_http_connect (server->port));
  open_the_door ();
  answer = gxt_http_receive (stream);
  g_assert_cmpuint (answer->status, ==, 200);
  expect_header (answer, "Connection", "close");
  g_thread_join (stopper);
  g_assert_cmpint (g_atomic_int_get (&state.n_sessions), ==, 0);
}

static void
test_stop_does_not_wait_for_ever (void)
{
  g_autoptr(GxtHttpServer) server = start_server ();
  g_autoptr(GIOStream) stream = gxt_http_connect (server->port);

  gxt_http_send (stream, "GET /wait HTTP/1.1\r\nHost: x\r\n" RM "\r\n", -1);
  wait_until_waiting (1);
  gxs_listener_stop (server->listener, 50);
  g_assert_true (gxt_http_is_closed (stream));
  open_the_door ();                                     /* the handler ends into nothing, in the pool's own time */
  while (g_atomic_int_get (&state.n_sessions) > 0)
    g_usleep (1000);
}

static void
test_log_names_routes_not_values (void)
{
  g_autoptr(GxtHttpServer) server = start_server ();
  g_autofree char *log = NULL;

  expect (server, 200, NULL, "GET", "/things/zhangwei?q=zhangwei", RM, NULL);
  expect (server, 404, "NOT_FOUND", "GET", "/zhangwei/x", RM, NULL);
  log = gxt_http_server_dup_log (server);
  while (strstr (log, "\"st\":404") == NULL)
    {
      g_free (log);
      log = gxt_http_server_dup_log (server);
    }
  g_assert_nonnull (strstr (log, "\"e\":\"request\",\"id\":1,\"m\":\"GET\",\"route\":\"/things/{id}\",\"st\":200,"));
  g_assert_nonnull (strstr (log, "\"ip\":\"127.0.0.1\",\"s\":77}"));
  g_assert_null (strstr (log, "zhangwei"));
  g_assert_null (strstr (log, "Bearer"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/gate/answers_carry_what_they_must", test_answers_carry_what_they_must);
  g_test_add_func ("/server/gate/every_route_refuses", test_every_route_refuses);
  g_test_add_func ("/server/gate/methods_are_named", test_methods_are_named);
  g_test_add_func ("/server/gate/framing_told_twice_is_refused", test_framing_told_twice_is_refused);
  g_test_add_func ("/server/gate/headers_have_a_limit", test_headers_have_a_limit);
  g_test_add_func ("/server/gate/rates_are_kept", test_rates_are_kept);
  g_test_add_func ("/server/gate/sign_ins_of_one_address_are_counted", test_sign_ins_of_one_address);
  g_test_add_func ("/server/gate/guessing_tokens_is_slow", test_guessing_tokens_is_slow);
  g_test_add_func ("/server/gate/oversized_body_is_not_read", test_oversized_body_is_not_read);
  g_test_add_func ("/server/gate/small_refused_body_keeps_the_connection", test_small_refused_body_keeps_the_connection);
  g_test_add_func ("/server/gate/expect_continue", test_expect_continue);
  g_test_add_func ("/server/gate/tokens_and_roles", test_tokens_and_roles);
  g_test_add_func ("/server/gate/schema_out_of_range", test_schema_out_of_range);
  g_test_add_func ("/server/gate/context_tells_the_request", test_context_tells_the_request);
  g_test_add_func ("/server/gate/bodies_of_each_kind", test_bodies_of_each_kind);
  g_test_add_func ("/server/gate/gzip_bodies", test_gzip_bodies);
  g_test_add_func ("/server/gate/gzip_answers", test_gzip_answers);
  g_test_add_func ("/server/gate/ranges_only_where_said", test_ranges_only_where_said);
  g_test_add_func ("/server/gate/ranges_are_cut_to_what_there_is", test_ranges);
  g_test_add_func ("/server/gate/async_answers", test_async_answers);
  g_test_add_func ("/server/gate/errors_become_problems", test_errors_become_problems);
  g_test_add_func ("/server/gate/full_queue_is_told", test_full_queue_is_told);
  g_test_add_func ("/server/gate/client_that_leaves_hurts_nobody", test_client_that_leaves_hurts_nobody);
  g_test_add_func ("/server/gate/slow_clients_are_let_go", test_slow_clients_are_let_go);
  g_test_add_func ("/server/gate/requests_on_a_connection_are_counted", test_requests_on_a_connection_are_counted);
  g_test_add_func ("/server/gate/connections_are_capped", test_connections_are_capped);
  g_test_add_func ("/server/gate/clients_that_leave_between_requests_are_forgotten", test_clients_that_leave_between_requests_are_forgotten);
  g_test_add_func ("/server/gate/libsoup_keeps_its_connection", test_libsoup_keeps_its_connection);
  g_test_add_func ("/server/gate/stop_waits_for_answers", test_stop_waits_for_answers);
  g_test_add_func ("/server/gate/stop_does_not_wait_for_ever", test_stop_does_not_wait_for_ever);
  g_test_add_func ("/server/gate/log_names_routes_not_values", test_log_names_routes_not_values);
  return g_test_run ();
}
