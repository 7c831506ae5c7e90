/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTTPS to the bank's server: with gxc-http-stream the only file of the client with libsoup.
 *
 * The bank's own CA is the whole of the trust: no system store, no exceptions by hand, no redirects, TLS as the server speaks it.
 * The session belongs to the thread that uses it, so it is made at the first request; the API is the blocking one.
 */
#include "gxc-http-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gx-config.h"
#include "gx-protocol.h"
#include "gxc-distrust.h"

#define TIMEOUT_SECONDS 90              /* without a byte; longer than the server's long-poll */
#define BODY_MAX (64u * 1024 * 1024)    /* bytes of an answer, gunzipped */

typedef struct
{
  GxcTransport  parent;
  char         *server;                 /* "https://host:port" */
  GTlsDatabase *trust;
  SoupSession  *session;                /* (nullable): made and used in one thread */
  GThread      *thread;
} GxcHttp;

static SoupSession *
get_session (GxcHttp *self)
{
  if (self->session == NULL)
    {
      self->thread = g_thread_self ();
      self->session = soup_session_new_with_options ("tls-database", self->trust, "timeout", TIMEOUT_SECONDS,
                                                     "idle-timeout", 60, "max-conns", 2, "max-conns-per-host", 2,
                                                     "user-agent", "guanxi/" GX_VERSION, NULL);
    }
  g_assert (self->thread == g_thread_self ());

  return self->session;
}

void
gxc_http_add_headers (SoupMessage      *message,
                      const GxcRequest *request)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  for (guint i = 0; i < G_N_ELEMENTS (request->headers) && request->headers[i][0] != NULL; i++)
    soup_message_headers_replace (headers, request->headers[i][0], request->headers[i][1]);
  if (request->body != NULL)
    soup_message_set_request_body_from_bytes (message, request->type, request->body);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
}

/* A refused certificate is another matter than a cable that is out. A peer that is not trusted, or speaks no TLS that we accept; not a connection that broke on the way there. */
static gboolean
is_distrust (SoupMessage  *message,
             const GError *local)
{
  return soup_message_get_tls_peer_certificate_errors (message) != 0
         || g_error_matches (local, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE)
         || g_error_matches (local, G_TLS_ERROR, G_TLS_ERROR_HANDSHAKE)
         || g_error_matches (local, G_TLS_ERROR, G_TLS_ERROR_CERTIFICATE_REQUIRED);
}

gboolean
gxc_http_convert_error (SoupMessage  *message,
                        GError       *local,
                        GError      **error)
{
  g_autoptr(GError) owned = local;
  g_autofree char *why = NULL;

  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return gx_fail (error, GX_ERROR_CANCELLED, "%s", local->message);
  if (!is_distrust (message, local))
    return gx_fail (error, GX_ERROR_OFFLINE, "%s", local->message);

  why = gxc_distrust_words (soup_message_get_tls_peer_certificate_errors (message), soup_message_get_tls_peer_certificate (message),
                            g_get_real_time () / 1000);
  gx_fail (error, GX_ERROR_TLS, "%s", why);

  return FALSE;
}

static gint64
server_date (SoupMessage *message)
{
  const char *text = soup_message_headers_get_one (soup_message_get_response_headers (message), "Date");
  g_autoptr(GDateTime) date = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;

  return date != NULL ? g_date_time_to_unix (date) * 1000 : 0;
}

/* @n of its bytes are here: where they stand in the whole, and how much that is. */
static void
tell_progress (const GxcRequest *request,
               SoupMessage      *message,
               gsize             n)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  goffset start = 0, end, total = -1;

  if (!soup_message_headers_get_content_range (headers, &start, &end, &total)
      && soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH)
    total = soup_message_headers_get_content_length (headers);
  if (total > 0)
    request->progress (MIN (start + (goffset) n, total), total, request->progress_data);
}

/* The session gunzips; what comes out is counted, so that a small answer cannot fill the memory. */
static GBytes *
read_body (GInputStream      *stream,
           const GxcRequest  *request,
           SoupMessage       *message,
           GCancellable      *cancellable,
           GError           **error)
{
  g_autoptr(GByteArray) body = g_byte_array_new ();
  GError *local = NULL;
  gssize n;

  for (;;)
    {
      gsize before = body->len;

      g_byte_array_set_size (body, (guint) before + 65536);
      n = g_input_stream_read (stream, body->data + before, 65536, cancellable, &local);
      g_byte_array_set_size (body, (guint) (before + (gsize) MAX (n, 0)));
      if (n <= 0)
        break;
      if (body->len > BODY_MAX)
        {
          gx_fail (error, GX_ERROR_TOO_LARGE, "the server's answer is too large");
          return NULL;
        }
      if (request->progress != NULL && soup_message_get_status (message) < 300)
        tell_progress (request, message, body->len);
    }
  if (n < 0)
    {
      gxc_http_convert_error (message, local, error);
      return NULL;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&body));
}

static gboolean
http_send (GxcTransport      *transport,
           const GxcRequest  *request,
           GxcResponse       *out,
           GCancellable      *cancellable,
           GError           **error)
{
  GxcHttp *self = (GxcHttp *) transport;
  g_autofree char *uri = g_strconcat (self->server, request->path, NULL);
  g_autoptr(SoupMessage) message = soup_message_new (request->method, uri);
  g_autoptr(GInputStream) stream = NULL;
  GError *local = NULL;

  if (message == NULL)
    return gx_fail (error, GX_ERROR_USAGE, "“%s” is no address of a server", self->server);
  gxc_http_add_headers (message, request);
  stream = soup_session_send (get_session (self), message, cancellable, &local);
  if (stream == NULL)
    return gxc_http_convert_error (message, local, error);

  out->body = read_body (stream, request, message, cancellable, error);
  out->status = soup_message_get_status (message);
  out->date = server_date (message);

  return out->body != NULL;
}

static GxcStream *
http_open_stream (GxcTransport      *transport,
                  const GxcRequest  *request,
                  GCancellable      *cancellable,
                  GError           **error)
{
  GxcHttp *self = (GxcHttp *) transport;
  g_autofree char *uri = g_strconcat (self->server, request->path, NULL);

  return gxc_http_stream_open (uri, self->trust, request, cancellable, error);
}

static void
http_free (GxcTransport *transport)
{
  GxcHttp *self = (GxcHttp *) transport;

  g_clear_object (&self->session);
  g_clear_object (&self->trust);
  g_free (self->server);
  g_free (self);
}

/**
 * gxc_http_prepare:
 *
 * To be called before the program's first thread and first use of TLS: the library reads its priorities from the
 * environment, once.
 */
void
gxc_http_prepare (void)
{
  g_setenv ("G_TLS_GNUTLS_PRIORITY", GX_TLS_PRIORITY, TRUE);
}

/**
 * gxc_http_new:
 * @server: "https://host:port"
 * @ca_file: the bank's CA certificate, PEM
 *
 * Returns: (transfer full) (nullable)
 *
 * Errors: %GX_ERROR_USAGE if @server is not such an address, %GX_ERROR_TLS if @ca_file cannot be read
 */
GxcTransport *
gxc_http_new (const char  *server,
              const char  *ca_file,
              GError     **error)
{
  g_autoptr(GUri) uri = g_uri_parse (server, G_URI_FLAGS_NONE, NULL);
  g_autofree char *anchor = NULL;
  GTlsDatabase *trust;
  GxcHttp *self;

  if (uri == NULL || g_strcmp0 (g_uri_get_scheme (uri), "https") != 0 || g_uri_get_host (uri) == NULL)
    {
      gx_fail (error, GX_ERROR_USAGE, "“%s” is no address of a server: https://HOST:PORT", server);
      return NULL;
    }
  /* A profile may be named by a relative path; GIO takes only an absolute one. */
  anchor = g_canonicalize_filename (ca_file, NULL);
  trust = g_tls_file_database_new (anchor, NULL);
  if (trust == NULL)
    {
      gx_fail (error, GX_ERROR_TLS, _("%s cannot be read, or is no certificate."), ca_file);
      return NULL;
    }

  self = g_new0 (GxcHttp, 1);
  self->parent.send = http_send;
  self->parent.open_stream = http_open_stream;
  self->parent.free = http_free;
  self->server = g_strdup (server);
  while (g_str_has_suffix (self->server, "/"))
    self->server[strlen (self->server) - 1] = '\0';
  self->trust = trust;

  return &self->parent;
}
