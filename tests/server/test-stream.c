/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stream (sync.md 1.9) over real sockets, by a client that is nobody's library: who may have one, what is said on it, what
 * becomes of who is rude, silent, slow or loud, and that it ends with its session, its server and its turn.
 */
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "gx-error.h"
#include "gxt-http-server.h"
#include "gxt-websocket.h"

#define ANN "Authorization: Bearer ann\r\n"
#define BOB "Authorization: Bearer bob\r\n"

/* Two sessions, counted by who holds them. */
static struct
{
  gint ann, bob;
  gint gone;                /* holds () says no */
} sessions;

static gboolean
authenticate (gpointer       services,
              const char    *token,
              const char    *client_id,
              const char    *remote_ip,
              GxsPrincipal  *out_principal,
              GError       **error)
{
  gint *session = strcmp (token, "ann") == 0 ? &sessions.ann : strcmp (token, "bob") == 0 ? &sessions.bob : NULL;

  if (session == NULL)
    return gx_fail (error, GX_ERROR_UNAUTHENTICATED, "who?");
  g_atomic_int_inc (session);
  out_principal->session = session;
  out_principal->roles = 1;
  return TRUE;
}

static void
release (gpointer services,
         gpointer session)
{
  g_atomic_int_add ((gint *) session, -1);
}

static gboolean
holds (gpointer services,
       gpointer session)
{
  return !g_atomic_int_get (&sessions.gone);
}

static gboolean
handle_stream (GxsContext *ctx, GError **error)
{
  return gxs_context_get_query (ctx, "refuse") == NULL || gx_fail (error, GX_ERROR_FORBIDDEN, "not you");
}

static const GxsRoute routes[] = {
  { "GET", "/stream", 0, GXS_ROUTE_STREAM, GXS_BODY_NONE, 0, 0, GXS_POOL_READ, handle_stream },
};

static GxtHttpServer *
make_server (void)
{
  GxtHttpServer *server = gxt_http_server_new (routes, G_N_ELEMENTS (routes));

  memset (&sessions, 0, sizeof sessions);
  server->host = (GxsGateHost) { .authenticate = authenticate, .release = release, .holds = holds };
  return server;
}

static GIOStream *
open_stream (GxtHttpServer *server,
             const char    *who)
{
  guint status;
  GIOStream *stream = gxt_websocket_open (server->port, "/stream", who, &status);

  g_assert_cmpuint (status, ==, 101);
  return stream;
}

static void
expect_text (GIOStream  *stream,
             const char *text)
{
  g_autofree char *got = gxt_websocket_text (stream, NULL);

  g_assert_cmpstr (got, ==, text);
}

static void
expect_end (GIOStream *stream,
            guint      wanted)
{
  guint code = 0;
  g_autofree char *got = gxt_websocket_text (stream, &code);

  g_assert_null (got);
  g_assert_cmpuint (code, ==, wanted);
}

/* All sessions were given back once the server has done away with its connections. */
static void
free_server (GxtHttpServer *server)
{
  gxt_http_server_free (server);
  g_assert_cmpint (sessions.ann, ==, 0);
  g_assert_cmpint (sessions.bob, ==, 0);
}

static void
test_handshake (void)
{
  static const struct { const char *headers; guint status; } rows[] = {
    { GXT_WEBSOCKET_ASK ANN, 101 },
    { GXT_WEBSOCKET_ASK, 401 },
    { GXT_WEBSOCKET_ASK "Authorization: Bearer eve\r\n", 401 },
    { ANN, 400 },
    { ANN "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " GXT_WEBSOCKET_KEY "\r\n", 400 },
    { ANN "Upgrade: h2c\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " GXT_WEBSOCKET_KEY "\r\n", 400 },
    { ANN "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " GXT_WEBSOCKET_KEY "\r\n", 400 },
    { ANN "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 8\r\nSec-WebSocket-Key: " GXT_WEBSOCKET_KEY "\r\n", 400 },
    { ANN "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n", 400 },
    { ANN "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short\r\n", 400 },
    { ANN "Upgrade: WebSocket\r\nConnection: keep-alive, Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " GXT_WEBSOCKET_KEY
      "\r\nSec-WebSocket-Extensions: permessage-deflate\r\n", 101 },
  };
  GxtHttpServer *server = make_server ();
  guint status;

  gxt_http_server_start (server);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GIOStream) stream = gxt_http_connect (server->port);
      g_autofree char *text = g_strdup_printf ("GET /stream HTTP/1.1\r\nHost: 127.0.0.1\r\n%s\r\n", rows[i].headers);
      g_autoptr(GxtAnswer) answer = NULL;

      gxt_http_send (stream, text, -1);
      answer = gxt_http_receive (stream);
      g_test_message ("%u: %s", i, rows[i].headers);
      g_assert_cmpuint (answer->status, ==, rows[i].status);
      g_assert_null (strstr (answer->head, "permessage-deflate"));
    }
  g_assert_null (gxt_websocket_open (server->port, "/stream?refuse=1", ANN, &status));
  g_assert_cmpuint (status, ==, 403);
  free_server (server);
}

static void
test_newest_to_all (void)
{
  GxtHttpServer *server = make_server ();
  g_autoptr(GIOStream) ann = NULL, bob = NULL;

  gxt_http_server_start (server);
  gxs_listener_broadcast (server->listener, "{\"head\":1}");
  ann = open_stream (server, ANN);
  expect_text (ann, "{\"head\":1}");        /* it was said before she came */
  bob = open_stream (server, BOB);
  expect_text (bob, "{\"head\":1}");
  gxs_listener_broadcast (server->listener, "{\"head\":2}");
  expect_text (ann, "{\"head\":2}");
  expect_text (bob, "{\"head\":2}");
  g_clear_object (&ann);
  g_clear_object (&bob);
  free_server (server);
}

static void
test_pings_and_goodbye (void)
{
  static const char ping[] = { (char) 0x89, (char) 0x83, 1, 2, 3, 4, 'a' ^ 1, 'b' ^ 2, 'c' ^ 3 };
  GxtHttpServer *server = make_server ();
  g_autoptr(GIOStream) ann = NULL;
  g_autofree char *text = NULL;
  guint code;
  guint8 opcode;

  gxt_http_server_start (server);
  ann = open_stream (server, ANN);
  for (guint i = 0; i < sizeof ping; i++)       /* in nine packets */
    gxt_http_send (ann, ping + i, 1);
  g_assert_true (gxt_websocket_read (ann, &opcode, &text, &code));
  g_assert_cmpuint (opcode, ==, 0xA);
  g_assert_cmpstr (text, ==, "abc");
  gxt_websocket_send (ann, 0x88, "\x03\xe8", 2);
  expect_end (ann, 1000);
  g_clear_object (&ann);
  free_server (server);
}

/* What a client may not say ends the line at once, whatever it announces. */
static void
test_rude (void)
{
  static const struct { const char *what; guint8 bytes[16]; gsize size; guint code; } rows[] = {
    { "a ping without a mask",    { 0x89, 0x00 }, 2, 1002 },
    { "a text",                   { 0x81, 0x81, 0, 0, 0, 0, 'a' }, 7, 1003 },
    { "bytes",                    { 0x82, 0x81, 0, 0, 0, 0, 'a' }, 7, 1003 },
    { "the first of many",        { 0x01, 0x81, 0, 0, 0, 0, 'a' }, 7, 1003 },
    { "one more of none",         { 0x80, 0x81, 0, 0, 0, 0, 'a' }, 7, 1003 },
    { "a terabyte of text",       { 0x81, 0xFF, 0, 0, 1, 0, 0, 0, 0, 0 }, 10, 1003 },
    { "a ping in two parts",      { 0x09, 0x80, 0, 0, 0, 0 }, 6, 1002 },
    { "a ping that is too long",  { 0x89, 0xFE, 0, 126 }, 4, 1002 },
    { "a terabyte of ping",       { 0x89, 0xFF, 0, 0, 1, 0, 0, 0, 0, 0 }, 10, 1002 },
    { "a reserved bit",           { 0xC9, 0x80, 0, 0, 0, 0 }, 6, 1002 },
    { "an opcode there is not",   { 0x8B, 0x80, 0, 0, 0, 0 }, 6, 1002 },
    { "data as there is not",     { 0x83, 0x80, 0, 0, 0, 0 }, 6, 1002 },
    { "HTTP",                     { 'G', 'E', 'T', ' ', '/' }, 5, 1002 },
  };
  GxtHttpServer *server = make_server ();

  gxt_http_server_start (server);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(GIOStream) stream = open_stream (server, ANN);

      g_test_message ("%s", rows[i].what);
      gxt_http_send (stream, (const char *) rows[i].bytes, (gssize) rows[i].size);
      expect_end (stream, rows[i].code);
    }
  free_server (server);
}

static void
test_loud (void)
{
  GxtHttpServer *server = make_server ();
  g_autoptr(GIOStream) stream = NULL;

  gxt_http_server_start (server);
  stream = open_stream (server, ANN);
  for (guint i = 0; i < 100; i++)
    gxt_websocket_send (stream, 0x8A, NULL, 0);
  expect_end (stream, 1008);
  g_clear_object (&stream);
  free_server (server);
}

/* Who answers no ping is let go; who does stays for as long as he likes. */
static void
test_silent (void)
{
  GxtHttpServer *server = make_server ();
  g_autoptr(GIOStream) stream = NULL;
  guint n = 0;

  server->setup.timeouts.keepalive = 500;
  gxt_http_server_start (server);
  stream = open_stream (server, ANN);
  while (n < 6)
    {
      g_autofree char *text = NULL;
      guint8 opcode;
      guint code;

      g_assert_true (gxt_websocket_read (stream, &opcode, &text, &code));
      g_assert_cmpuint (opcode, ==, 0x9);
      gxt_websocket_send (stream, 0x8A, NULL, 0);
      n++;
    }
  for (gboolean open = TRUE; open; n++)
    {
      g_autofree char *text = NULL;
      guint8 opcode;
      guint code;

      open = gxt_websocket_read (stream, &opcode, &text, &code);
    }
  g_assert_cmpuint (n, <, 12);
  g_clear_object (&stream);
  free_server (server);
}

static void
set_small_buffer (GIOStream *stream)
{
  g_autoptr(GIOStream) plain = NULL;
  int size = 4096;

  g_object_get (stream, "base-io-stream", &plain, NULL);
  g_assert_no_errno (setsockopt (g_socket_get_fd (g_socket_connection_get_socket (G_SOCKET_CONNECTION (plain))), SOL_SOCKET, SO_RCVBUF,
                                 &size, sizeof size));
}

/* One who does not read holds up nobody, and what he missed is not kept for him: only the newest. */
static void
test_slow (void)
{
  enum { WAVES = 400, TEXTS = 200 };
  GxtHttpServer *server = make_server ();
  g_autoptr(GIOStream) quick = NULL, slow = NULL;
  char pad[90];
  guint n_slow = 0;
  gboolean last = FALSE;

  memset (pad, 'x', sizeof pad);
  server->setup.n_workers = 1;
  gxt_http_server_start (server);
  quick = open_stream (server, ANN);
  slow = open_stream (server, BOB);
  set_small_buffer (slow);
  for (guint wave = 0; wave < WAVES; wave++)
    {
      g_autofree char *end = g_strdup_printf ("end of %u", wave);
      gboolean here = FALSE;

      for (guint i = 0; i < TEXTS; i++)
        {
          g_autofree char *text = g_strdup_printf ("%06u %.90s", wave * TEXTS + i, pad);

          gxs_listener_broadcast (server->listener, text);
        }
      gxs_listener_broadcast (server->listener, end);
      while (!here)
        {
          g_autofree char *text = gxt_websocket_text (quick, NULL);

          g_assert_nonnull (text);
          here = strcmp (text, end) == 0;
        }
    }
  while (!last)
    {
      g_autofree char *text = gxt_websocket_text (slow, NULL);

      g_assert_nonnull (text);
      n_slow++;
      last = g_str_equal (text, "end of 399");
    }
  g_test_message ("of %u texts the slow one was told %u", WAVES * (TEXTS + 1), n_slow);
  g_assert_cmpuint (n_slow, <, WAVES * (TEXTS + 1));
  g_clear_object (&quick);
  g_clear_object (&slow);
  free_server (server);
}

/* I20: at once, and nobody else. */
static void
test_ends_with_its_session (void)
{
  GxtHttpServer *server = make_server ();
  g_autoptr(GIOStream) ann = NULL, ann2 = NULL, bob = NULL;

  gxt_http_server_start (server);
  ann = open_stream (server, ANN);
  ann2 = open_stream (server, ANN);
  bob = open_stream (server, BOB);
  gxs_listener_end_streams (server->listener, &sessions.ann);
  expect_end (ann, 1008);
  expect_end (ann2, 1008);
  gxs_listener_broadcast (server->listener, "{\"head\":3}");
  expect_text (bob, "{\"head\":3}");
  g_clear_object (&ann);
  g_clear_object (&ann2);
  g_clear_object (&bob);
  free_server (server);
}

/* One that ran out tells nobody: it is asked for with each ping, and once more before the line is opened. */
static void
test_session_that_ran_out (void)
{
  GxtHttpServer *server = make_server ();
  g_autoptr(GIOStream) stream = NULL, late = NULL;

  server->setup.timeouts.keepalive = 50;
  gxt_http_server_start (server);
  stream = open_stream (server, ANN);
  g_atomic_int_set (&sessions.gone, TRUE);
  expect_end (stream, 1008);
  late = open_stream (server, BOB);
  expect_end (late, 1008);
  g_clear_object (&stream);
  g_clear_object (&late);
  free_server (server);
}

/* A server that stops says so, and waits for nobody who only listens. */
static void
test_ends_with_the_server (void)
{
  GxtHttpServer *server = make_server ();
  g_autoptr(GIOStream) stream = NULL;

  gxt_http_server_start (server);
  stream = open_stream (server, ANN);
  gxs_listener_stop (server->listener, 60000);
  expect_end (stream, 1001);
  g_clear_object (&stream);
  free_server (server);
}

static void
test_counts (void)
{
  GxtHttpServer *server = make_server ();
  g_autoptr(GIOStream) one = NULL, two = NULL, three = NULL;

  server->setup.max_per_ip = 2;
  gxt_http_server_start (server);
  one = open_stream (server, ANN);
  two = open_stream (server, BOB);
  g_assert_cmpuint (gxs_listener_get_connections (server->listener), ==, 2);
  three = gxt_http_connect (server->port);
  g_assert_null (three);
  gxt_websocket_send (one, 0x88, NULL, 0);
  expect_end (one, 1000);
  while (gxs_listener_get_connections (server->listener) > 1)
    g_usleep (1000);
  three = open_stream (server, ANN);
  g_clear_object (&one);
  g_clear_object (&two);
  g_clear_object (&three);
  free_server (server);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/stream/handshake", test_handshake);
  g_test_add_func ("/server/stream/says_the_newest_to_all", test_newest_to_all);
  g_test_add_func ("/server/stream/answers_pings_and_a_goodbye", test_pings_and_goodbye);
  g_test_add_func ("/server/stream/ends_who_is_rude", test_rude);
  g_test_add_func ("/server/stream/ends_who_is_loud", test_loud);
  g_test_add_func ("/server/stream/ends_who_is_silent", test_silent);
  g_test_add_func ("/server/stream/keeps_only_the_newest_for_who_is_slow", test_slow);
  g_test_add_func ("/server/stream/ends_with_its_session", test_ends_with_its_session);
  g_test_add_func ("/server/stream/ends_with_a_session_that_ran_out", test_session_that_ran_out);
  g_test_add_func ("/server/stream/ends_with_the_server", test_ends_with_the_server);
  g_test_add_func ("/server/stream/counts_as_a_connection", test_counts);

  return g_test_run ();
}
