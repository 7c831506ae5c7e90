/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cheapest honest HTTPS client: a blocking socket, GnuTLS, HTTP/1.1 keep-alive, Content-Length and chunked.
 *
 * Not for use outside bench: it does not verify the server's certificate (both servers stand on this machine and were
 * started by the same run), follows nothing and ends the program when the wire breaks. It exists because the load
 * generator shares two cores with the servers it measures, and libsoup's client would take as much of them as they do. */

#include "gxb-conn.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* The suites our server offers, in its order, so that both servers encrypt alike. */
#define PRIORITY "SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-CIPHER-ALL:+AES-256-GCM:+AES-128-GCM:+CHACHA20-POLY1305:-RSA"

GxbConn *
gxb_conn_new (guint16 port)
{
  GxbConn *conn = g_new0 (GxbConn, 1);

  conn->port = port;
  conn->fd = -1;
  gnutls_certificate_allocate_credentials (&conn->credentials);
  return conn;
}

static void
disconnect (GxbConn *conn)
{
  if (conn->session != NULL)
    {
      gnutls_bye (conn->session, GNUTLS_SHUT_WR);
      gnutls_deinit (conn->session);
    }
  if (conn->fd >= 0)
    close (conn->fd);
  conn->session = NULL;
  conn->fd = -1;
  conn->at = conn->end = 0;
}

void
gxb_conn_free (GxbConn *conn)
{
  disconnect (conn);
  gnutls_certificate_free_credentials (conn->credentials);
  g_free (conn);
}

static void
open_socket (GxbConn *conn)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (conn->port) };
  int on = 1;

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  conn->fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (conn->fd < 0 || connect (conn->fd, (struct sockaddr *) &address, sizeof address) < 0)
    g_error ("connect to 127.0.0.1:%u: %s", conn->port, g_strerror (errno));
  setsockopt (conn->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

static void
connect_tls (GxbConn *conn)
{
  int result;

  open_socket (conn);
  gnutls_init (&conn->session, GNUTLS_CLIENT | GNUTLS_NO_SIGNAL);
  gnutls_priority_set_direct (conn->session, PRIORITY, NULL);
  gnutls_credentials_set (conn->session, GNUTLS_CRD_CERTIFICATE, conn->credentials);
  gnutls_server_name_set (conn->session, GNUTLS_NAME_DNS, "localhost", strlen ("localhost"));
  gnutls_transport_set_int (conn->session, conn->fd);
  do
    result = gnutls_handshake (conn->session);
  while (result < 0 && !gnutls_error_is_fatal (result));
  if (result < 0)
    g_error ("TLS handshake: %s", gnutls_strerror (result));
  conn->connects++;
}

static gboolean
send_all (GxbConn *conn, const char *data, gsize length)
{
  while (length > 0)
    {
      gssize n = gnutls_record_send (conn->session, data, length);

      if (n == GNUTLS_E_INTERRUPTED || n == GNUTLS_E_AGAIN)
        continue;
      if (n < 0)
        return FALSE;
      data += n;
      length -= n;
    }
  return TRUE;
}

/* Reads more behind what is unread. FALSE: the peer has closed. */
static gboolean
fill (GxbConn *conn)
{
  gssize n;

  if (conn->at > 0)
    {
      memmove (conn->buffer, conn->buffer + conn->at, conn->end - conn->at);
      conn->end -= conn->at;
      conn->at = 0;
    }
  if (conn->end == GXB_CONN_BUFFER)
    g_error ("an answer's head is longer than %d bytes", GXB_CONN_BUFFER);
  do
    n = gnutls_record_recv (conn->session, conn->buffer + conn->end, GXB_CONN_BUFFER - conn->end);
  while (n == GNUTLS_E_INTERRUPTED || n == GNUTLS_E_AGAIN);
  if (n <= 0)
    return FALSE;
  conn->end += n;
  return TRUE;
}

/* One line or head up to @mark, which is consumed. NULL: the peer has closed. Borrowed until the next fill(). */
static const char *
take_until (GxbConn *conn, const char *mark)
{
  gsize length = strlen (mark);
  const char *start;
  char *found;

  while ((found = g_strstr_len (conn->buffer + conn->at, conn->end - conn->at, mark)) == NULL)
    if (!fill (conn))
      return NULL;
  *found = '\0';
  start = conn->buffer + conn->at;
  conn->at = found - conn->buffer + length;
  return start;
}

static void
take_bytes (GxbConn *conn, guint64 length, GString *out_body, gsize keep)
{
  conn->received += length;
  while (length > 0)
    {
      gsize n;

      if (conn->at == conn->end && !fill (conn))
        g_error ("the answer was cut");
      n = MIN (length, conn->end - conn->at);
      if (out_body->len < keep)
        g_string_append_len (out_body, conn->buffer + conn->at, MIN (n, keep - out_body->len));
      conn->at += n;
      length -= n;
    }
}

static void
take_chunks (GxbConn *conn, GString *out_body, gsize keep)
{
  guint64 size;

  do
    {
      const char *line = take_until (conn, "\r\n");

      if (line == NULL)
        g_error ("the answer was cut");
      size = g_ascii_strtoull (line, NULL, 16);
      take_bytes (conn, size, out_body, keep);
      if (take_until (conn, "\r\n") == NULL)
        g_error ("the answer was cut");
    }
  while (size > 0);
}

static const char *
find_header (const char *head, const char *name)
{
  gsize length = strlen (name);

  for (const char *line = strstr (head, "\r\n"); line != NULL; line = strstr (line, "\r\n"))
    {
      line += 2;
      if (g_ascii_strncasecmp (line, name, length) == 0 && line[length] == ':')
        return line + length + 1 + strspn (line + length + 1, " ");
    }
  return NULL;
}

static gboolean
header_is (const char *head, const char *name, const char *value)
{
  const char *found = find_header (head, name);

  return found != NULL && g_ascii_strncasecmp (found, value, strlen (value)) == 0;
}

/* 0: the connection was closed before an answer began */
static guint
receive (GxbConn *conn, GString *out_body, gsize keep)
{
  const char *head = take_until (conn, "\r\n\r\n");
  gboolean chunked, closing;
  const char *length;
  guint status;

  if (head == NULL || strlen (head) < 12)
    return 0;
  status = strtoul (head + 9, NULL, 10);
  chunked = header_is (head, "Transfer-Encoding", "chunked");
  closing = header_is (head, "Connection", "close");
  length = find_header (head, "Content-Length");
  if (chunked)
    take_chunks (conn, out_body, keep);
  else if (length != NULL)
    take_bytes (conn, g_ascii_strtoull (length, NULL, 10), out_body, keep);
  if (closing)
    disconnect (conn);
  return status;
}

/**
 * gxb_conn_ask:
 * @request: a whole HTTP/1.1 request
 * @out_body: where the body goes
 * @keep: how many bytes of it; the rest is received and dropped
 *
 * Sends and receives; connects first, and once more if an idle connection turns out to be closed.
 *
 * Returns: the HTTP status
 */
guint
gxb_conn_ask (GxbConn *conn, const GString *request, GString *out_body, gsize keep)
{
  for (guint try = 0; try < 2; try++)
    {
      guint status;

      if (conn->session == NULL)
        connect_tls (conn);
      g_string_truncate (out_body, 0);
      if (send_all (conn, request->str, request->len) && (status = receive (conn, out_body, keep)) > 0)
        return status;
      disconnect (conn);
    }
  g_error ("127.0.0.1:%u closed the connection without an answer", conn->port);
}
