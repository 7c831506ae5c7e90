/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An HTTP client that is nobody's library: it writes the bytes it is given, so that a test can be rude.
 *
 * TLS is GIO's, so the server's own TLS is met by another implementation's driving of it. Certificates are not verified:
 * that is the client's business and tested there.
 */
#include "gxt-http-client.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>

#include "gx-json.h"

static gboolean
on_accept_certificate_cb (GTlsConnection       *connection,
                          GTlsCertificate      *certificate,
                          GTlsCertificateFlags  flags,
                          gpointer              data)
{
  return TRUE;
}

/**
 * gxt_http_connect:
 *
 * Returns: (transfer full) (nullable): a TLS connection to 127.0.0.1, or %NULL if it was refused
 */
GIOStream *
gxt_http_connect (guint16 port)
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GSocketConnection) plain = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, NULL);
  g_autoptr(GIOStream) tls = NULL;

  if (plain == NULL)
    return NULL;

  g_socket_set_timeout (g_socket_connection_get_socket (plain), 30);
  g_socket_set_option (g_socket_connection_get_socket (plain), IPPROTO_TCP, TCP_NODELAY, TRUE, NULL);
  tls = g_tls_client_connection_new (G_IO_STREAM (plain), NULL, NULL);
  g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (tls), FALSE);
  g_signal_connect (tls, "accept-certificate", G_CALLBACK (on_accept_certificate_cb), NULL);
  if (!g_tls_connection_handshake (G_TLS_CONNECTION (tls), NULL, NULL))
    return NULL;

  return g_steal_pointer (&tls);
}

/**
 * gxt_http_send:
 *
 * A connection that the server has closed meanwhile is no failure: the answer tells.
 */
void
gxt_http_send (GIOStream  *stream,
               const char *text,
               gssize      length)
{
  g_output_stream_write_all (g_io_stream_get_output_stream (stream), text, length < 0 ? strlen (text) : (gsize) length,
                             NULL, NULL, NULL);
}

static char *
read_head (GInputStream *input)
{
  g_autoptr(GString) head = g_string_new (NULL);
  char c;

  while (!g_str_has_suffix (head->str, "\r\n\r\n"))
    {
      if (g_input_stream_read (input, &c, 1, NULL, NULL) != 1)
        return NULL;
      g_string_append_c (head, c);
    }
  g_string_truncate (head, head->len - 2);

  return g_string_free (g_steal_pointer (&head), FALSE);
}

static GxtAnswer *
receive (GIOStream *stream,
         gboolean   is_head)
{
  GInputStream *input = g_io_stream_get_input_stream (stream);
  GxtAnswer *self = g_new0 (GxtAnswer, 1);
  g_autofree char *length = NULL;
  g_autofree char *data = NULL;
  gsize size, got = 0;

  self->head = read_head (input);
  if (self->head == NULL)
    return self;

  self->status = (guint) atoi (self->head + strlen ("HTTP/1.1 "));
  length = gxt_answer_dup_header (self, "Content-Length");
  size = length != NULL && !is_head ? (gsize) g_ascii_strtoull (length, NULL, 10) : 0;
  data = g_malloc0 (size + 1);
  g_input_stream_read_all (input, data, size, &got, NULL, NULL);
  self->body = g_bytes_new_take (g_steal_pointer (&data), got);

  return self;
}

/**
 * gxt_http_receive:
 *
 * Returns: (transfer full): the next answer (not to a HEAD); its status is 0 if the connection ended first
 */
GxtAnswer *
gxt_http_receive (GIOStream *stream)
{
  return receive (stream, FALSE);
}

/**
 * gxt_http_is_closed:
 *
 * Returns: whether the server has ended the connection; waits for a byte or the end
 */
gboolean
gxt_http_is_closed (GIOStream *stream)
{
  char c;

  return g_input_stream_read (g_io_stream_get_input_stream (stream), &c, 1, NULL, NULL) <= 0;
}

GxtAnswer *
gxt_http_ask (guint16     port,
              const char *method,
              const char *path,
              const char *headers,
              const char *body,
              gssize      length)
{
  g_autoptr(GIOStream) stream = gxt_http_connect (port);
  g_autoptr(GString) text = g_string_new (NULL);

  if (stream == NULL)
    return g_new0 (GxtAnswer, 1);

  g_string_append_printf (text, "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\n%s", method, path, headers != NULL ? headers : "");
  if (body != NULL)
    {
      length = length < 0 ? (gssize) strlen (body) : length;
      g_string_append_printf (text, "Content-Length: %" G_GSSIZE_FORMAT "\r\n\r\n", length);
      g_string_append_len (text, body, length);
    }
  else
    g_string_append (text, "\r\n");
  gxt_http_send (stream, text->str, (gssize) text->len);

  return receive (stream, strcmp (method, "HEAD") == 0);
}

/**
 * gxt_answer_get_body:
 *
 * Returns: (transfer none): the body as text
 */
const char *
gxt_answer_get_body (GxtAnswer *self)
{
  return self->body != NULL ? g_bytes_get_data (self->body, NULL) : "";
}

/**
 * gxt_answer_dup_header:
 *
 * Returns: (transfer full) (nullable): the value of the first header called @name
 */
char *
gxt_answer_dup_header (GxtAnswer  *self,
                       const char *name)
{
  g_auto(GStrv) lines = g_strsplit (self->head != NULL ? self->head : "", "\r\n", -1);
  gsize length = strlen (name);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_ascii_strncasecmp (lines[i], name, length) == 0 && lines[i][length] == ':')
      return g_strdup (g_strstrip (lines[i] + length + 1));

  return NULL;
}

/**
 * gxt_answer_dup_code:
 *
 * Returns: (transfer full) (nullable): the code word of a problem answer
 */
char *
gxt_answer_dup_code (GxtAnswer *self)
{
  g_autoptr(JsonNode) node = self->body != NULL ? gx_json_parse (g_bytes_get_data (self->body, NULL),
                                                                 (gssize) g_bytes_get_size (self->body), NULL) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;

  return g_strdup (json_object_get_string_member_with_default (json_node_get_object (node), "code", NULL));
}

void
gxt_answer_free (GxtAnswer *self)
{
  g_free (self->head);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}
