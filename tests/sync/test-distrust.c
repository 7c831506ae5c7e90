/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person is told of a server that is not believed: a certificate out of its time names this computer's clock, another's
 * says whom to ask, and no word of the library's is among it. The servers are real ones, on 127.0.0.1.
 */
#include "gxc-distrust.h"
#include "gxc-http.h"

#include <glib/gstdio.h>
#include <string.h>

#include "gx-error.h"
#include "gxt-certificate.h"

#define DAY 86400

typedef struct
{
  GSocketListener *listener;
  GTlsCertificate *certificate;
} Server;

/* Shakes hands once, as far as it gets. */
static gpointer
serve (gpointer data)
{
  Server *server = data;
  g_autoptr(GSocketConnection) connection = g_socket_listener_accept (server->listener, NULL, NULL, NULL);
  g_autoptr(GIOStream) line = g_tls_server_connection_new (G_IO_STREAM (connection), server->certificate, NULL);

  g_tls_connection_handshake (G_TLS_CONNECTION (line), NULL, NULL);
  g_io_stream_close (line, NULL, NULL);
  return NULL;
}

static GTlsCertificate *
parse (const GxtCertificate *made)
{
  g_autofree char *pem = g_strdup_printf ("%.*s%.*s", (int) g_bytes_get_size (made->certificate), (const char *) g_bytes_get_data (made->certificate, NULL),
                                          (int) g_bytes_get_size (made->key), (const char *) g_bytes_get_data (made->key, NULL));
  g_autoptr(GError) error = NULL;
  GTlsCertificate *certificate = g_tls_certificate_new_from_pem (pem, -1, &error);

  g_assert_no_error (error);
  return certificate;
}

static char *
write_anchor (const GxtCertificate *ca)
{
  g_autoptr(GError) error = NULL;
  char *path;
  int fd = g_file_open_tmp ("guanxi-test-XXXXXX.pem", &path, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);
  g_file_set_contents (path, g_bytes_get_data (ca->certificate, NULL), (gssize) g_bytes_get_size (ca->certificate), &error);
  g_assert_no_error (error);
  return path;
}

/* What a desk that trusts @anchor says of a server with @made. */
static char *
ask (const GxtCertificate *made, const char *anchor)
{
  g_autoptr(GSocketListener) listener = g_socket_listener_new ();
  g_autoptr(GTlsCertificate) certificate = parse (made);
  g_autoptr(GError) error = NULL;
  const guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, &error);
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u", port);
  const GxcRequest request = { .method = "GET", .path = "/v1/about" };
  g_auto(GxcResponse) response = { 0 };
  Server server = { listener, certificate };
  GxcTransport *transport;
  GThread *thread;

  g_assert_no_error (error);
  thread = g_thread_new ("server", serve, &server);
  transport = gxc_http_new (url, anchor, &error);
  g_assert_no_error (error);
  g_assert_false (gxc_transport_send (transport, &request, &response, NULL, &error));
  gxc_transport_free (transport);
  g_thread_join (thread);
  g_assert_error (error, GX_ERROR, GX_ERROR_TLS);
  return g_strdup (error->message);
}

static void
assert_says (GxtCertificate *made, const char *anchor, const char *words)
{
  g_autoptr(GxtCertificate) owned = made;
  g_autofree char *said = ask (owned, anchor);

  g_test_message ("%s", said);
  g_assert_nonnull (strstr (said, words));
  g_assert_null (strstr (said, "Unacceptable"));
}

static void
test_servers (void)
{
  const gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr(GxtCertificate) ca = gxt_certificate_new (GXT_CERTIFICATE_CA, NULL);
  g_autoptr(GxtCertificate) other = gxt_certificate_new (GXT_CERTIFICATE_CA, NULL);
  g_autofree char *anchor = write_anchor (ca);

  assert_says (gxt_certificate_new_at (GXT_CERTIFICATE_SERVER, ca, now - 5 * DAY), anchor, "This computer's clock says");
  assert_says (gxt_certificate_new_at (GXT_CERTIFICATE_SERVER, ca, now + 5 * DAY), anchor, "This computer's clock says");
  assert_says (gxt_certificate_new (GXT_CERTIFICATE_SERVER, other), anchor, "Ask your administrators for the certificate file");
  assert_says (gxt_certificate_new_at (GXT_CERTIFICATE_SERVER, other, now - 5 * DAY), anchor, "Ask your administrators for the certificate file");
  g_unlink (anchor);
}

static void
test_words (void)
{
  g_autoptr(GxtCertificate) made = gxt_certificate_new_at (GXT_CERTIFICATE_SERVER, NULL, 1795392000);      /* 2026-11-23 00:00 UTC */
  g_autoptr(GTlsCertificate) certificate = parse (made);
  g_autofree char *early = gxc_distrust_words (G_TLS_CERTIFICATE_NOT_ACTIVATED, certificate, G_GINT64_CONSTANT (1577836800000));
  g_autofree char *other = gxc_distrust_words (G_TLS_CERTIFICATE_NOT_ACTIVATED | G_TLS_CERTIFICATE_UNKNOWN_CA, certificate, 0);
  g_autofree char *none = gxc_distrust_words (0, NULL, 0);

  g_assert_nonnull (strstr (early, "clock says 2020-01-01"));
  g_assert_nonnull (strstr (early, "from 2026-11-23"));
  g_assert_null (strstr (other, "clock"));
  g_assert_nonnull (strstr (none, "no encryption"));
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/distrust/names_the_clock_only_where_it_may_be_wrong", test_words);
  g_test_add_func ("/sync/distrust/is_told_in_words_that_help", test_servers);
  return g_test_run ();
}
