/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One client's connection: the TLS handshake, the deadlines of each phase, and refusing without reading on.
 *
 *   HANDSHAKE ─> HEADERS ─> BODY ─> HANDLER ─> ANSWER ─> IDLE ─> HEADERS …
 *                   └─────────┴── refused ──> LINGER ─> closed      └─> OPEN (a WebSocket, gxs-stream)
 *
 * Between handshake and close SoupServer owns the traffic; this only watches bytes pass and keeps the time. When a
 * deadline is missed the socket is shut down under SoupServer, which then ends the connection in its usual way. A
 * refusal while a body is still coming takes the connection away from SoupServer, says its one sentence, and reads into
 * the void for a moment: closing at once would reset the connection, and the client would never see the answer.
 */
#include "gxs-connection.h"

#include <string.h>

#include "gxs-context-private.h"
#include "gxs-stream.h"
#include "gxs-worker.h"

#define MS 1000                         /* µs */
#define READ_SLACK (8 * 1024)           /* SoupServer reads ahead of the headers it has not parsed yet */

/**
 * gxs_pace_is_overdue:
 * @now: µs, monotonic
 *
 * Returns: whether the phase has lasted too long, or a body comes in too slowly
 */
gboolean
gxs_pace_is_overdue (const GxsPace     *pace,
                     const GxsTimeouts *timeouts,
                     gint64             now)
{
  gint64 age = now - pace->since;

  switch (pace->phase)
    {
    case GXS_PHASE_HANDSHAKE:
      return age > timeouts->handshake * MS;
    case GXS_PHASE_HEADERS:
      return age > timeouts->headers * MS;
    case GXS_PHASE_BODY:
      return age > timeouts->body_grace * MS
             && (gint64) pace->bytes * G_USEC_PER_SEC < (gint64) timeouts->body_rate * age;
    case GXS_PHASE_ANSWER:
      return now - pace->progress > timeouts->stall * MS;
    case GXS_PHASE_IDLE:
      return age > timeouts->idle * MS;
    case GXS_PHASE_LINGER:
      return age > timeouts->linger * MS;
    case GXS_PHASE_HANDLER:
    case GXS_PHASE_OPEN:
    default:
      return FALSE;
    }
}

static void
drop_source (GxsConnection *self)
{
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
}

static GQuark
connection_quark (void)
{
  static gsize quark;

  if (g_once_init_enter (&quark))
    g_once_init_leave (&quark, g_quark_from_static_string ("gxs-connection"));
  return (GQuark) quark;
}

static void
connection_free (GxsConnection *self)
{
  drop_source (self);
  g_clear_pointer (&self->websocket, gxs_stream_free);
  g_clear_object (&self->last);
  g_clear_pointer (&self->farewell, g_bytes_unref);
  g_object_set_qdata (G_OBJECT (self->remote), connection_quark (), NULL);
  g_clear_object (&self->local);
  g_clear_object (&self->remote);
  g_clear_object (&self->stream);
  g_free (self);
}

static void
on_read_cb (gpointer data,
            gsize    length)
{
  GxsConnection *self = data;

  if (self->pace.phase == GXS_PHASE_IDLE)
    gxs_connection_enter (self, GXS_PHASE_HEADERS);
  self->pace.bytes += length;
  if (self->pace.phase == GXS_PHASE_OPEN)
    self->pace.progress = gxs_worker_now (self->worker);
  if (self->pace.phase == GXS_PHASE_HEADERS
      && self->pace.bytes > gxs_worker_get_setup (self->worker)->max_headers + READ_SLACK)
    gxs_tls_stream_abort (self->stream);
}

static void
on_wrote_cb (gpointer data,
             gsize    length)
{
  GxsConnection *self = data;

  if (self->pace.phase == GXS_PHASE_ANSWER)
    self->pace.progress = gxs_worker_now (self->worker);
}

static void
on_closed_cb (gpointer data)
{
  GxsConnection *self = data;

  if (self->ctx != NULL)
    gxs_context_lose_connection (g_steal_pointer (&self->ctx));
  gxs_worker_remove (self->worker, self);
  connection_free (self);
}

static void
wait_for (GxsConnection     *self,
          GIOCondition       condition,
          GSocketSourceFunc  callback)
{
  drop_source (self);
  self->source = g_socket_create_source (gxs_tls_stream_get_socket (self->stream), condition, NULL);
  g_source_set_callback (self->source, G_SOURCE_FUNC (callback), self, NULL);
  g_source_attach (self->source, gxs_worker_get_main_context (self->worker));
}

/**
 * gxs_connection_close:
 *
 * Of a connection that SoupServer does not have. It is gone afterwards.
 */
void
gxs_connection_close (GxsConnection *self)
{
  g_autoptr(GxsTlsStream) stream = g_object_ref (self->stream);

  g_io_stream_close (G_IO_STREAM (stream), NULL, NULL);
}

/* SoupServer 3.2 forgets a connection that ends between two requests: it neither closes it nor lets go of it. So an idle
 * connection is taken back from it by the last message, and closed here. */
static void
retire (GxsConnection *self)
{
  g_autoptr(SoupServerMessage) last = g_steal_pointer (&self->last);
  g_autoptr(GIOStream) stolen = soup_server_message_steal_connection (last);

  gxs_connection_close (self);
}

static gboolean
on_retire_cb (gpointer data)
{
  retire (data);

  return G_SOURCE_REMOVE;
}

static gboolean
on_ended_cb (gpointer data)
{
  GxsConnection *self = data;

  if (self->pace.phase != GXS_PHASE_IDLE || self->last == NULL)
    return FALSE;

  if (!self->is_retiring)
    {
      self->is_retiring = TRUE;
      drop_source (self);
      self->source = g_idle_source_new ();
      g_source_set_priority (self->source, G_PRIORITY_HIGH);
      g_source_set_callback (self->source, on_retire_cb, self, NULL);
      g_source_attach (self->source, gxs_worker_get_main_context (self->worker));
    }
  return TRUE;
}

static const GxsTlsStreamWatch watch = { on_read_cb, on_wrote_cb, on_ended_cb, on_closed_cb };

/**
 * gxs_connection_new:
 * @socket: just accepted, and admitted
 *
 * Returns: (nullable): a connection in the worker's list; it frees itself when its stream is closed
 */
GxsConnection *
gxs_connection_new (GxsWorker  *worker,
                    GSocket    *socket,
                    GxsTls     *tls,
                    GError    **error)
{
  g_autoptr(GSocketAddress) local = g_socket_get_local_address (socket, error);
  g_autoptr(GSocketAddress) remote = local != NULL ? g_socket_get_remote_address (socket, error) : NULL;
  g_autoptr(GxsTlsStream) stream = remote != NULL ? gxs_tls_stream_new (tls, socket, error) : NULL;
  GxsConnection *self;

  if (stream == NULL)
    return NULL;

  self = g_new0 (GxsConnection, 1);
  self->worker = worker;
  self->stream = g_steal_pointer (&stream);
  self->local = g_steal_pointer (&local);
  self->remote = g_steal_pointer (&remote);
  self->link.data = self;
  gxs_ip_of (self->remote, self->ip);
  gxs_tls_stream_set_watch (self->stream, &watch, self);
  /* SoupServer hands our address object through unchanged: it is how a message is led back to its connection. */
  g_object_set_qdata (G_OBJECT (self->remote), connection_quark (), self);
  gxs_connection_enter (self, GXS_PHASE_HANDSHAKE);
  gxs_worker_add (worker, self);

  return self;
}

static gboolean
on_handshake_ready_cb (GSocket      *socket,
                       GIOCondition  condition,
                       gpointer      data)
{
  gxs_connection_start (data);

  return G_SOURCE_REMOVE;
}

/**
 * gxs_connection_start:
 *
 * Carries the handshake on, and gives the connection to SoupServer at its end. The connection may be gone afterwards.
 */
void
gxs_connection_start (GxsConnection *self)
{
  g_autoptr(GError) error = NULL;
  GIOCondition wanted = 0;

  switch (gxs_tls_stream_handshake (self->stream, &wanted, &error))
    {
    case GXS_TLS_AGAIN:
      wait_for (self, wanted, on_handshake_ready_cb);
      break;
    case GXS_TLS_FAILED:
      gxs_log (gxs_worker_get_setup (self->worker)->log, GXS_LOG_INFO, "handshake-failed",
               GXS_LOG_CODE ("ip", self->ip), GXS_LOG_CODE ("detail", error->message));
      gxs_connection_close (self);
      break;
    case GXS_TLS_DONE:
    default:
      drop_source (self);
      self->is_served = TRUE;
      gxs_connection_enter (self, GXS_PHASE_HEADERS);
      gxs_worker_serve (self->worker, self);
      break;
    }
}

/**
 * gxs_connection_enter:
 *
 * Begins a phase: its deadline counts from now.
 */
void
gxs_connection_enter (GxsConnection *self,
                      GxsPhase       phase)
{
  gint64 now = gxs_worker_now (self->worker);

  self->pace = (GxsPace) { .phase = phase, .since = now, .progress = now };
}

static gboolean
on_flushable_cb (GSocket      *socket,
                 GIOCondition  condition,
                 gpointer      data)
{
  GxsConnection *self = data;

  if (gxs_tls_stream_release (self->stream) == GXS_TLS_AGAIN)
    return G_SOURCE_CONTINUE;

  drop_source (self);
  return G_SOURCE_REMOVE;
}

/**
 * gxs_connection_rest:
 * @last: the request that is over
 *
 * Between two requests. What was held back of the answer leaves now.
 */
void
gxs_connection_rest (GxsConnection     *self,
                     SoupServerMessage *last)
{
  g_set_object (&self->last, last);
  gxs_connection_enter (self, GXS_PHASE_IDLE);
  if (gxs_tls_stream_release (self->stream) == GXS_TLS_AGAIN && !self->is_retiring)
    wait_for (self, G_IO_OUT, on_flushable_cb);
}

/* Reads what the refused client still sends, undeciphered, until it has read our answer and goes. */
static gboolean
on_linger_readable_cb (GSocket      *socket,
                       GIOCondition  condition,
                       gpointer      data)
{
  GxsConnection *self = data;
  char waste[16 * 1024];
  gssize n;

  for (guint i = 0; i < 16; i++)
    if ((n = g_socket_receive_with_blocking (socket, waste, sizeof waste, FALSE, NULL, NULL)) < (gssize) sizeof waste)
      break;
  if (n == 0 || (condition & (G_IO_ERR | G_IO_HUP)) != 0)
    {
      gxs_connection_close (self);
      return G_SOURCE_REMOVE;
    }

  return G_SOURCE_CONTINUE;
}

static gboolean on_farewell_writable_cb (GSocket *socket, GIOCondition condition, gpointer data);

static void
say_farewell (GxsConnection *self)
{
  GPollableOutputStream *output = G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (G_IO_STREAM (self->stream)));
  gsize size;
  const char *data = g_bytes_get_data (self->farewell, &size);

  while (self->farewell_at < size)
    {
      g_autoptr(GError) error = NULL;
      gssize n = g_pollable_output_stream_write_nonblocking (output, data + self->farewell_at, size - self->farewell_at,
                                                             NULL, &error);

      if (n < 0 && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        {
          wait_for (self, G_IO_OUT, on_farewell_writable_cb);
          return;
        }
      if (n < 0)
        {
          gxs_connection_close (self);
          return;
        }
      self->farewell_at += (gsize) n;
    }

  gxs_tls_stream_shut_writing (self->stream);
  wait_for (self, G_IO_IN, on_linger_readable_cb);
}

static gboolean
on_farewell_writable_cb (GSocket      *socket,
                         GIOCondition  condition,
                         gpointer      data)
{
  say_farewell (data);

  return G_SOURCE_REMOVE;
}

/**
 * gxs_connection_refuse:
 * @message: the request that is not read to its end
 * @response: a whole HTTP response
 *
 * Takes the connection from SoupServer, answers and closes. The connection may be gone afterwards.
 */
void
gxs_connection_refuse (GxsConnection     *self,
                       SoupServerMessage *message,
                       GBytes            *response)
{
  g_autoptr(GIOStream) stolen = soup_server_message_steal_connection (message);

  self->is_served = FALSE;
  self->farewell = g_bytes_ref (response);
  gxs_connection_enter (self, GXS_PHASE_LINGER);
  say_farewell (self);
}

/**
 * gxs_connection_upgrade:
 * @message: the request that asked for it, unanswered
 * @websocket: (transfer full): of this connection; not begun
 *
 * Takes the connection from SoupServer: from here on it is a WebSocket.
 */
void
gxs_connection_upgrade (GxsConnection     *self,
                        SoupServerMessage *message,
                        GxsStream         *websocket)
{
  g_autoptr(GIOStream) stolen = soup_server_message_steal_connection (message);

  self->is_served = FALSE;
  self->websocket = websocket;
  gxs_connection_enter (self, GXS_PHASE_OPEN);
}

/**
 * gxs_connection_expire:
 *
 * Ends a connection whose deadline has passed. It may be gone afterwards.
 */
void
gxs_connection_expire (GxsConnection *self)
{
  if (self->websocket != NULL)
    gxs_stream_end (self->websocket, GXS_CLOSE_AWAY);
  else if (self->is_served && self->pace.phase == GXS_PHASE_IDLE)
    retire (self);
  else if (self->is_served)
    gxs_tls_stream_abort (self->stream);
  else
    gxs_connection_close (self);
}

/**
 * gxs_connection_of:
 *
 * Returns: (nullable): the connection that @message came in on
 */
GxsConnection *
gxs_connection_of (SoupServerMessage *message)
{
  GSocketAddress *remote = soup_server_message_get_remote_address (message);

  return remote != NULL ? g_object_get_qdata (G_OBJECT (remote), connection_quark ()) : NULL;
}
