/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stream over a WebSocket of libsoup, as a blocking call: a session and a main context of its own, iterated only while
 * somebody waits.
 *
 *   open: connect ─101─> | next: iterate until a text, the end or silence | free: goodbye, then everything is let go
 *
 * A line that died in a cable's end says nothing: so it pings, and takes two pings without an answer for the end.
 */
#include "gxc-http-private.h"

#include "gx-config.h"

#define PING_SECONDS    30
#define SILENCE_US      (75 * G_USEC_PER_SEC)
#define TEXT_MAX        4096                        /* bytes that the server may say at once */
#define GOODBYE_US      (500 * 1000)                /* for a server to answer a goodbye */

typedef struct
{
  GxcStream                parent;
  GMainContext            *context;
  SoupSession             *session;
  SoupMessage             *message;
  SoupWebsocketConnection *connection;  /* (nullable) */
  GError                  *error;       /* (nullable): why it could not be opened */
  char                    *text;        /* (nullable): the last that came and was not taken */
  gint64                   heard_at;    /* µs, monotonic */
  gboolean                 asked;       /* the answer to opening is there */
  gboolean                 closed;
} HttpStream;

static void
on_connected_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  HttpStream *self = data;

  self->connection = soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &self->error);
  self->asked = TRUE;
}

static void
on_message_cb (SoupWebsocketConnection *connection,
               int                      type,
               GBytes                  *message,
               HttpStream              *self)
{
  gsize size;
  const char *text = g_bytes_get_data (message, &size);

  self->heard_at = g_get_monotonic_time ();
  g_free (self->text);
  self->text = g_strndup (text, size);
}

static void
on_pong_cb (SoupWebsocketConnection *connection,
            GBytes                  *message,
            HttpStream              *self)
{
  self->heard_at = g_get_monotonic_time ();
}

static void
on_closed_cb (SoupWebsocketConnection *connection,
              HttpStream              *self)
{
  self->closed = TRUE;
}

/* Something to wake the context by, for as long as somebody waits. */
static gboolean
on_woken_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

typedef struct { GSource *timer, *cancelled; } Alarm;

static Alarm
set_alarm (HttpStream   *self,
           GCancellable *cancellable,
           guint         ms)
{
  Alarm alarm = { g_timeout_source_new (ms), cancellable != NULL ? g_cancellable_source_new (cancellable) : NULL };

  g_source_set_callback (alarm.timer, on_woken_cb, NULL, NULL);
  g_source_attach (alarm.timer, self->context);
  if (alarm.cancelled != NULL)
    {
      g_source_set_callback (alarm.cancelled, G_SOURCE_FUNC (on_woken_cb), NULL, NULL);
      g_source_attach (alarm.cancelled, self->context);
    }

  return alarm;
}

static void
clear_alarm (Alarm *alarm)
{
  g_source_destroy (alarm->timer);
  g_source_unref (alarm->timer);
  if (alarm->cancelled != NULL)
    g_source_destroy (alarm->cancelled);
  g_clear_pointer (&alarm->cancelled, g_source_unref);
}

static gboolean
is_silent (const HttpStream *self)
{
  return g_get_monotonic_time () - self->heard_at > SILENCE_US;
}

/* 1008 is what the server says to a session that ended. */
static gboolean
tell_end (HttpStream  *self,
          GError     **error)
{
  if (soup_websocket_connection_get_close_code (self->connection) == SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION)
    return gx_fail (error, GX_ERROR_UNAUTHENTICATED, "the session ended");

  return gx_fail (error, GX_ERROR_OFFLINE, "the stream ended");
}

static gboolean
stream_next (GxcStream     *stream,
             char         **out_text,
             GCancellable  *cancellable,
             GError       **error)
{
  HttpStream *self = (HttpStream *) stream;
  Alarm alarm;

  g_main_context_push_thread_default (self->context);
  alarm = set_alarm (self, cancellable, PING_SECONDS * 1000);
  while (self->text == NULL && !self->closed && !g_cancellable_is_cancelled (cancellable) && !is_silent (self))
    g_main_context_iteration (self->context, TRUE);
  clear_alarm (&alarm);
  g_main_context_pop_thread_default (self->context);

  if (self->text == NULL && g_cancellable_is_cancelled (cancellable))
    return gx_fail (error, GX_ERROR_CANCELLED, "cancelled");
  if (self->text == NULL)
    return tell_end (self, error);

  *out_text = g_steal_pointer (&self->text);
  return TRUE;
}

/* Says goodbye and waits a moment for the answer; what is let go unclosed would stay behind in the context. */
static void
hang_up (HttpStream *self)
{
  gint64 until = g_get_monotonic_time () + GOODBYE_US;
  Alarm alarm = set_alarm (self, NULL, 50);

  if (soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (self->connection, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
  while (!self->closed && g_get_monotonic_time () < until)
    g_main_context_iteration (self->context, TRUE);
  clear_alarm (&alarm);
  g_signal_handlers_disconnect_by_data (self->connection, self);
  g_clear_object (&self->connection);
}

static void
stream_free (GxcStream *stream)
{
  HttpStream *self = (HttpStream *) stream;

  g_main_context_push_thread_default (self->context);
  if (self->connection != NULL)
    hang_up (self);
  soup_session_abort (self->session);
  g_clear_object (&self->message);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_clear_object (&self->session);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);
  g_main_context_unref (self->context);
  g_clear_error (&self->error);
  g_free (self->text);
  g_free (self);
}

static void
connect_now (HttpStream   *self,
             GCancellable *cancellable)
{
  soup_session_websocket_connect_async (self->session, self->message, NULL, NULL, G_PRIORITY_DEFAULT, cancellable, on_connected_cb, self);
  while (!self->asked)
    g_main_context_iteration (self->context, TRUE);
  if (self->connection == NULL)
    return;

  self->heard_at = g_get_monotonic_time ();
  soup_websocket_connection_set_max_incoming_payload_size (self->connection, TEXT_MAX);
  soup_websocket_connection_set_keepalive_interval (self->connection, PING_SECONDS);
  g_signal_connect (self->connection, "message", G_CALLBACK (on_message_cb), self);
  g_signal_connect (self->connection, "pong", G_CALLBACK (on_pong_cb), self);
  g_signal_connect (self->connection, "closed", G_CALLBACK (on_closed_cb), self);
}

/* An answer that is none of ours comes from something on the way: then there is no stream here. */
static gboolean
tell_refusal (HttpStream  *self,
              GError     **error)
{
  guint status = soup_message_get_status (self->message);

  if (status == SOUP_STATUS_UNAUTHORIZED)
    return gx_fail (error, GX_ERROR_UNAUTHENTICATED, "%s", gx_error_info (GX_ERROR_UNAUTHENTICATED)->title);
  if (status == 426)
    return gx_fail (error, GX_ERROR_UPGRADE, "%s", gx_error_info (GX_ERROR_UPGRADE)->title);
  if (self->error->domain == SOUP_WEBSOCKET_ERROR)
    return gx_fail (error, GX_ERROR_NOT_FOUND, "no stream: %s", self->error->message);

  return gxc_http_convert_error (self->message, g_steal_pointer (&self->error), error);
}

/**
 * gxc_http_stream_open: (skip)
 *
 * Returns: (transfer full) (nullable)
 */
GxcStream *
gxc_http_stream_open (const char        *uri,
                      GTlsDatabase      *trust,
                      const GxcRequest  *request,
                      GCancellable      *cancellable,
                      GError           **error)
{
  HttpStream *self = g_new0 (HttpStream, 1);

  self->parent.next = stream_next;
  self->parent.free = stream_free;
  self->context = g_main_context_new ();
  g_main_context_push_thread_default (self->context);
  self->session = soup_session_new_with_options ("tls-database", trust, "timeout", 90, "user-agent", "guanxi/" GX_VERSION, NULL);
  self->message = soup_message_new (request->method, uri);
  if (self->message != NULL)
    {
      gxc_http_add_headers (self->message, request);
      connect_now (self, cancellable);
    }
  g_main_context_pop_thread_default (self->context);
  if (self->connection != NULL)
    return &self->parent;

  if (self->message == NULL)
    gx_fail (error, GX_ERROR_USAGE, "“%s” is no address of a server", uri);
  else
    tell_refusal (self, error);
  stream_free (&self->parent);
  return NULL;
}
