/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The server's TLS: bytes that arrive one by one, records that lie ready while the socket is silent, bodies larger than
 * any buffer, old protocols, silent peers, client certificates.
 */
#include <gnutls/gnutls.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "gx-protocol.h"
#include "gxs-context.h"
#include "gxt-http-client.h"
#include "gxt-http-server.h"

#define BIG (900 * 1024)

static gboolean
handle_hello (GxsContext *ctx, GError **error)
{
  g_autoptr(GBytes) body = g_bytes_new_static ("{\"hello\":true}", 14);

  gxs_context_set_json (ctx, body);
  return TRUE;
}

static gboolean
handle_echo (GxsContext *ctx, GError **error)
{
  gxs_context_set_body (ctx, "application/octet-stream", gxs_context_get_body (ctx));
  return TRUE;
}

static const GxsRoute routes[] = {
  { "GET", "/hello", .flags = GXS_ROUTE_PUBLIC, .handler = handle_hello },
  { "POST", "/echo", .flags = GXS_ROUTE_PUBLIC | GXS_ROUTE_PLAIN, .body = GXS_BODY_RAW, .pool = GXS_POOL_READ, .handler = handle_echo },
};

static GxtHttpServer *
start_server (void)
{
  GxtHttpServer *server = gxt_http_server_new (routes, G_N_ELEMENTS (routes));

  gxt_http_server_start (server);
  return server;
}

/* A GnuTLS client whose bytes leave in random pieces */

typedef struct
{
  int              fd;
  gnutls_session_t session;
  gnutls_certificate_credentials_t credentials;
  guint            max_piece;     /* bytes; 0 = whole */
} Client;

static ssize_t
push_pieces (gnutls_transport_ptr_t ptr, const void *data, size_t size)
{
  Client *client = ptr;
  size_t piece = client->max_piece > 0 ? (size_t) g_test_rand_int_range (1, (int) client->max_piece + 1) : size;

  return send (client->fd, data, MIN (piece, size), MSG_NOSIGNAL);
}

static ssize_t
pull_bytes (gnutls_transport_ptr_t ptr, void *data, size_t size)
{
  return recv (((Client *) ptr)->fd, data, size, 0);
}

static int
dial (guint16 port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (port), .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  struct timeval patience = { .tv_sec = 30 };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  int one = 1;

  g_assert_cmpint (connect (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  return fd;
}

static int
client_open (Client *client, guint16 port, const char *priority, guint max_piece, const GxtCertificate *certificate)
{
  int code;

  memset (client, 0, sizeof *client);
  client->fd = dial (port);
  client->max_piece = max_piece;
  g_assert_cmpint (gnutls_init (&client->session, GNUTLS_CLIENT), ==, 0);
  g_assert_cmpint (gnutls_priority_set_direct (client->session, priority, NULL), ==, 0);
  g_assert_cmpint (gnutls_certificate_allocate_credentials (&client->credentials), ==, 0);
  if (certificate != NULL)
    {
      gnutls_datum_t crt = { (unsigned char *) g_bytes_get_data (certificate->certificate, NULL),
                             (unsigned int) g_bytes_get_size (certificate->certificate) };
      gnutls_datum_t key = { (unsigned char *) g_bytes_get_data (certificate->key, NULL),
                             (unsigned int) g_bytes_get_size (certificate->key) };

      g_assert_cmpint (gnutls_certificate_set_x509_key_mem (client->credentials, &crt, &key, GNUTLS_X509_FMT_PEM), >=, 0);
    }
  gnutls_credentials_set (client->session, GNUTLS_CRD_CERTIFICATE, client->credentials);
  gnutls_transport_set_ptr (client->session, client);
  gnutls_transport_set_push_function (client->session, push_pieces);
  gnutls_transport_set_pull_function (client->session, pull_bytes);
  do
    code = gnutls_handshake (client->session);
  while (code < 0 && !gnutls_error_is_fatal (code));

  return code;
}

static void
client_close (Client *client)
{
  gnutls_deinit (client->session);
  gnutls_certificate_free_credentials (client->credentials);
  close (client->fd);
}

static void
client_send (Client *client, const char *data, gsize size)
{
  while (size > 0)
    {
      ssize_t n = gnutls_record_send (client->session, data, size);

      g_assert_cmpint (n, >, 0);
      data += n;
      size -= (gsize) n;
    }
}

/* Reads until @wanted bytes of body have come; returns the whole answer. */
static GString *
client_receive (Client *client, gsize wanted)
{
  GString *all = g_string_new (NULL);
  char buffer[16384];

  for (;;)
    {
      const char *end = strstr (all->str, "\r\n\r\n");
      ssize_t n;

      if (end != NULL && all->len - (gsize) (end + 4 - all->str) >= wanted)
        return all;
      n = gnutls_record_recv (client->session, buffer, sizeof buffer);
      if (n == GNUTLS_E_AGAIN || n == GNUTLS_E_INTERRUPTED)
        continue;
      if (n <= 0)
        return all;
      g_string_append_len (all, buffer, n);
    }
}

static const char hello[] = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n";

static void
test_random_splits (gconstpointer data)
{
  const char *priority = data;
  g_autoptr(GxtHttpServer) server = start_server ();

  for (guint i = 0; i < 20; i++)
    {
      Client client;

      g_assert_cmpint (client_open (&client, server->port, priority, (guint) g_test_rand_int_range (1, 40), NULL), ==, 0);
      for (guint j = 0; j < 3; j++)
        {
          g_autoptr(GString) answer = NULL;

          client_send (&client, hello, sizeof hello - 1);
          answer = client_receive (&client, 14);
          g_assert_true (g_str_has_prefix (answer->str, "HTTP/1.1 200 "));
          g_assert_true (g_str_has_suffix (answer->str, "{\"hello\":true}"));
        }
      client_close (&client);
    }
}

/* One record with more in it than the reader asks for at once, and no byte after it. */
static void
test_pending_records_are_read (void)
{
  g_autoptr(GxtHttpServer) server = start_server ();
  g_autofree char *body = g_malloc (15000);
  g_autoptr(GString) request = g_string_new (NULL);
  g_autoptr(GString) answer = NULL;
  Client client;

  memset (body, 'p', 15000);
  g_string_append_printf (request, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/octet-stream\r\nContent-Length: %d\r\n\r\n", 15000);
  g_string_append_len (request, body, 15000);
  g_assert_cmpint (client_open (&client, server->port, GX_TLS_PRIORITY, 0, NULL), ==, 0);
  client_send (&client, request->str, request->len);
  answer = client_receive (&client, 15000);
  g_assert_true (g_str_has_prefix (answer->str, "HTTP/1.1 200 "));
  g_assert_cmpint (memcmp (answer->str + answer->len - 15000, body, 15000), ==, 0);
  client_close (&client);
}

/* Several requests in one record: the second lies decrypted while the socket is silent. */
static void
test_pipelined_requests_are_answered (void)
{
  static const char two[] = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\nGET /hello HTTP/1.1\r\nHost: x\r\n\r\n";
  g_autoptr(GxtHttpServer) server = start_server ();
  g_autoptr(GString) all = g_string_new (NULL);
  Client client;
  guint n = 0;

  g_assert_cmpint (client_open (&client, server->port, GX_TLS_PRIORITY, 0, NULL), ==, 0);
  client_send (&client, two, sizeof two - 1);
  while (n < 2)
    {
      char buffer[4096];
      ssize_t got = gnutls_record_recv (client.session, buffer, sizeof buffer);

      if (got == GNUTLS_E_AGAIN || got == GNUTLS_E_INTERRUPTED)
        continue;
      g_assert_cmpint (got, >, 0);
      g_string_append_len (all, buffer, got);
      n = 0;
      for (const char *at = all->str; (at = strstr (at, "{\"hello\":true}")) != NULL; at++)
        n++;
    }
  client_close (&client);
}

#define MANY 40000

static gpointer
send_many (gpointer data)
{
  g_autoptr(GString) requests = g_string_new (NULL);

  for (guint i = 0; i < 100; i++)
    g_string_append (requests, hello);
  for (guint i = 0; i < MANY / 100; i++)
    client_send (data, requests->str, requests->len);
  return NULL;
}

/* Who asks much and reads late: the server must stop in the middle of small answers and go on where it was. */
static void
test_late_reader_misses_nothing (void)
{
  g_autoptr(GxtHttpServer) server = gxt_http_server_new (routes, G_N_ELEMENTS (routes));
  g_autoptr(GString) all = g_string_new (NULL);
  GThread *sender;
  Client client;
  guint n = 0;

  server->limits.max_requests = 2 * MANY;
  gxt_http_server_start (server);
  g_assert_cmpint (client_open (&client, server->port, GX_TLS_PRIORITY, 0, NULL), ==, 0);
  sender = g_thread_new ("sender", send_many, &client);
  g_usleep (500000);
  while (n < MANY)
    {
      char buffer[16384];
      ssize_t got = gnutls_record_recv (client.session, buffer, sizeof buffer);
      const char *at;

      if (got == GNUTLS_E_AGAIN || got == GNUTLS_E_INTERRUPTED)
        continue;
      g_assert_cmpint (got, >, 0);
      g_string_append_len (all, buffer, got);
      for (at = all->str; (at = strstr (at, "{\"hello\":true}")) != NULL; at += 14)
        {
          n++;
          g_string_erase (all, 0, at + 14 - all->str);
          at = all->str - 14;
          g_assert_true (all->len == 0 || g_str_has_prefix (all->str, "H"));
        }
    }
  g_assert_cmpuint (all->len, ==, 0);
  g_thread_join (sender);
  client_close (&client);
}

static void
test_big_bodies_both_ways (void)
{
  g_autoptr(GxtHttpServer) server = start_server ();

  for (guint round = 0; round < 4; round++)
    {
      g_autofree char *body = g_malloc (BIG);
      g_autoptr(GString) head = g_string_new (NULL);
      g_autoptr(GString) answer = NULL;
      Client client;

      for (guint i = 0; i < BIG; i++)
        body[i] = (char) g_test_rand_int ();
      g_string_append_printf (head, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/octet-stream\r\nContent-Length: %d\r\n\r\n", BIG);
      g_assert_cmpint (client_open (&client, server->port, GX_TLS_PRIORITY, round == 0 ? 0 : 5000, NULL), ==, 0);
      client_send (&client, head->str, head->len);
      client_send (&client, body, BIG);
      g_usleep (50000);       /* let the answer fill the socket, so that the server must wait in the middle of a record */
      answer = client_receive (&client, BIG);
      g_assert_true (g_str_has_prefix (answer->str, "HTTP/1.1 200 "));
      g_assert_cmpint (memcmp (answer->str + answer->len - BIG, body, BIG), ==, 0);
      client_close (&client);
    }
}

static void
test_old_protocols_are_refused (void)
{
  static const struct { const char *priority; gboolean accepted; } rows[] = {
    { "NORMAL:-VERS-ALL:+VERS-TLS1.0", FALSE },
    { "NORMAL:-VERS-ALL:+VERS-TLS1.1", FALSE },
    { "NORMAL:-VERS-ALL:+VERS-TLS1.2:-CIPHER-ALL:+AES-128-CBC:+AES-256-CBC", FALSE },
    { "NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+RSA", FALSE },
    { "NORMAL:-VERS-ALL:+VERS-TLS1.2", TRUE },
    { "NORMAL:-VERS-ALL:+VERS-TLS1.3", TRUE },
  };
  g_autoptr(GxtHttpServer) server = start_server ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Client client;
      int code = client_open (&client, server->port, rows[i].priority, 0, NULL);

      g_test_message ("%s: %s", rows[i].priority, gnutls_strerror (code));
      g_assert_cmpint (code == 0, ==, rows[i].accepted);
      client_close (&client);
    }
}

static void
test_sessions_are_resumed (void)
{
  g_autoptr(GxtHttpServer) server = start_server ();
  const char *priority = "NORMAL:-VERS-ALL:+VERS-TLS1.2";
  gnutls_datum_t ticket = { 0 };
  Client client, again;

  g_assert_cmpint (client_open (&client, server->port, priority, 0, NULL), ==, 0);
  g_assert_cmpint (gnutls_session_get_data2 (client.session, &ticket), ==, 0);
  client_close (&client);

  memset (&again, 0, sizeof again);
  again.fd = dial (server->port);
  gnutls_init (&again.session, GNUTLS_CLIENT);
  gnutls_priority_set_direct (again.session, priority, NULL);
  gnutls_certificate_allocate_credentials (&again.credentials);
  gnutls_credentials_set (again.session, GNUTLS_CRD_CERTIFICATE, again.credentials);
  gnutls_session_set_data (again.session, ticket.data, ticket.size);
  gnutls_transport_set_int (again.session, again.fd);
  g_assert_cmpint (gnutls_handshake (again.session), ==, 0);
  g_assert_true (gnutls_session_is_resumed (again.session));
  client_close (&again);
  gnutls_free (ticket.data);
}

static void
test_silent_peers_keep_nobody_out (void)
{
  g_autoptr(GxtHttpServer) server = start_server ();
  g_autoptr(GxtAnswer) answer = NULL;
  int silent[200];

  for (guint i = 0; i < G_N_ELEMENTS (silent); i++)
    {
      silent[i] = dial (server->port);
      if (i % 2 == 0)     /* half of them say a little and stop */
        g_assert_cmpint (send (silent[i], "\x16\x03\x01\x02\x00\x01", 6, MSG_NOSIGNAL), ==, 6);
    }
  answer = gxt_http_ask (server->port, "GET", "/hello", NULL, NULL, 0);
  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_cmpuint (gxs_listener_get_connections (server->listener), >=, 200);
  for (guint i = 0; i < G_N_ELEMENTS (silent); i++)
    close (silent[i]);
}

static void
test_handshake_has_a_deadline (void)
{
  g_autoptr(GxtHttpServer) server = gxt_http_server_new (routes, G_N_ELEMENTS (routes));
  char c;
  int fd;

  server->setup.timeouts.handshake = 100;
  gxt_http_server_start (server);
  fd = dial (server->port);
  g_assert_cmpint (recv (fd, &c, 1, 0), <=, 0);       /* it hangs up, and we did not */
  close (fd);
}

static void
test_rubbish_instead_of_tls (void)
{
  g_autoptr(GxtHttpServer) server = start_server ();
  g_autoptr(GxtAnswer) answer = NULL;

  for (guint i = 0; i < 50; i++)
    {
      char rubbish[300];
      int fd = dial (server->port);

      for (guint j = 0; j < sizeof rubbish; j++)
        rubbish[j] = (char) g_test_rand_int ();
      if (i % 3 == 0)
        strcpy (rubbish, "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
      send (fd, rubbish, sizeof rubbish, MSG_NOSIGNAL);
      shutdown (fd, SHUT_WR);
      while (recv (fd, rubbish, sizeof rubbish, 0) > 0)
        ;
      close (fd);
    }
  answer = gxt_http_ask (server->port, "GET", "/hello", NULL, NULL, 0);
  g_assert_cmpuint (answer->status, ==, 200);
}

/* Whether a request on the connection is answered; with TLS 1.3 a client learns of its refusal only then. */
static gboolean
is_served (guint16 port, const GxtCertificate *certificate)
{
  g_autoptr(GString) answer = NULL;
  Client client;
  gboolean ok = FALSE;

  if (client_open (&client, port, GX_TLS_PRIORITY, 0, certificate) == 0
      && gnutls_record_send (client.session, hello, sizeof hello - 1) > 0)
    {
      answer = client_receive (&client, 14);
      ok = g_str_has_prefix (answer->str, "HTTP/1.1 200 ");
    }
  client_close (&client);

  return ok;
}

static void
test_client_certificates_can_be_required (void)
{
  g_autoptr(GxtHttpServer) server = gxt_http_server_new (routes, G_N_ELEMENTS (routes));
  g_autoptr(GxtCertificate) good = NULL;
  g_autoptr(GxtCertificate) wrong_purpose = NULL;
  g_autoptr(GxtCertificate) stranger = gxt_certificate_new (GXT_CERTIFICATE_CLIENT, NULL);

  server->wants_client = TRUE;
  gxt_http_server_start (server);
  good = gxt_certificate_new (GXT_CERTIFICATE_CLIENT, server->ca);
  wrong_purpose = gxt_certificate_new (GXT_CERTIFICATE_SERVER, server->ca);
  g_assert_true (is_served (server->port, good));
  g_assert_false (is_served (server->port, NULL));
  g_assert_false (is_served (server->port, stranger));
  g_assert_false (is_served (server->port, wrong_purpose));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/server/tls/random_splits_1.3", "NORMAL:-VERS-ALL:+VERS-TLS1.3", test_random_splits);
  g_test_add_data_func ("/server/tls/random_splits_1.2", "NORMAL:-VERS-ALL:+VERS-TLS1.2", test_random_splits);
  g_test_add_func ("/server/tls/pending_records_are_read", test_pending_records_are_read);
  g_test_add_func ("/server/tls/pipelined_requests_are_answered", test_pipelined_requests_are_answered);
  g_test_add_func ("/server/tls/late_reader_misses_nothing", test_late_reader_misses_nothing);
  g_test_add_func ("/server/tls/big_bodies_both_ways", test_big_bodies_both_ways);
  g_test_add_func ("/server/tls/old_protocols_are_refused", test_old_protocols_are_refused);
  g_test_add_func ("/server/tls/sessions_are_resumed", test_sessions_are_resumed);
  g_test_add_func ("/server/tls/silent_peers_keep_nobody_out", test_silent_peers_keep_nobody_out);
  g_test_add_func ("/server/tls/handshake_has_a_deadline", test_handshake_has_a_deadline);
  g_test_add_func ("/server/tls/rubbish_instead_of_tls", test_rubbish_instead_of_tls);
  g_test_add_func ("/server/tls/client_certificates_can_be_required", test_client_certificates_can_be_required);
  return g_test_run ();
}
