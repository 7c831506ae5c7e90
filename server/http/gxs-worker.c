/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One I/O worker: a thread, its main context, its SoupServer, and the connections that live in it.
 *
 * Once a second it walks its connections and ends those whose deadline has passed; a timer for each would cost more than
 * the walk. SoupServer keeps a connection alive only while it has a listener, so it is given one end of a socket pair on
 * which nothing ever arrives: no port is opened for it.
 */
#include "gxs-worker.h"

#include <sys/socket.h>
#include <unistd.h>

#include "gx-error.h"
#include "gxs-context-private.h"
#include "gxs-gate-private.h"
#include "gxs-stream.h"

struct _GxsWorker
{
  const GxsWorkerSetup *setup;          /* (borrowed) */
  guint                 index;
  GxsInbox             *inbox;          /* (owned) any thread */
  GThread              *thread;         /* (owned) (nullable) */
  int                   silent_fd;      /* the far end of the listener that SoupServer wants */

  /* touched only in the thread, once it runs */
  struct
  {
    GMainContext *context;              /* (owned) */
    GMainLoop    *loop;                 /* (owned) */
    SoupServer   *server;               /* (owned) */
    GQueue        connections;          /* of GxsConnection, through its link */
    GBytes       *latest;               /* (owned) (nullable): what was said last to all WebSockets */
    gint64        drain;                /* ms */
    gboolean      is_draining;
  } own;
};

const GxsWorkerSetup *
gxs_worker_get_setup (GxsWorker *self)
{
  return self->setup;
}

GMainContext *
gxs_worker_get_main_context (GxsWorker *self)
{
  return self->own.context;
}

GxsInbox *
gxs_worker_get_inbox (GxsWorker *self)
{
  return self->inbox;
}

gboolean
gxs_worker_is_draining (GxsWorker *self)
{
  return self->own.is_draining;
}

/**
 * gxs_worker_now:
 *
 * Returns: µs of the monotonic clock
 */
gint64
gxs_worker_now (GxsWorker *self)
{
  return gx_clock_monotonic (self->setup->clock);
}

void
gxs_worker_add (GxsWorker     *self,
                GxsConnection *connection)
{
  g_queue_push_tail_link (&self->own.connections, &connection->link);
}

static void
quit_when_drained (GxsWorker *self)
{
  if (self->own.is_draining && g_queue_is_empty (&self->own.connections))
    g_main_loop_quit (self->own.loop);
}

void
gxs_worker_remove (GxsWorker     *self,
                   GxsConnection *connection)
{
  g_queue_unlink (&self->own.connections, &connection->link);
  gxs_admission_leave (self->setup->admission, connection->ip);
  quit_when_drained (self);
}

/* SoupServer's events, led to the gate */

static void
on_headers_cb (SoupServer        *server,
               SoupServerMessage *message,
               const char        *path,
               GHashTable        *query,
               gpointer           data)
{
  GxsWorker *self = data;
  GxsConnection *connection = gxs_connection_of (message);

  g_return_if_fail (connection != NULL);
  gxs_gate_on_headers (self->setup->gate, connection, message);
}

static void
on_body_cb (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           data)
{
  GxsWorker *self = data;
  GxsConnection *connection = gxs_connection_of (message);

  g_return_if_fail (connection != NULL && connection->ctx != NULL);
  gxs_gate_on_body (self->setup->gate, connection, message, query);
}

static void
on_over_cb (SoupServer        *server,
            SoupServerMessage *message,
            gpointer           data)
{
  GxsWorker *self = data;
  GxsConnection *connection = gxs_connection_of (message);

  if (connection != NULL)
    gxs_gate_on_over (self->setup->gate, connection, message);
}

/**
 * gxs_worker_serve:
 * @connection: after its handshake
 *
 * Gives it to SoupServer. It may be gone afterwards.
 */
void
gxs_worker_serve (GxsWorker     *self,
                  GxsConnection *connection)
{
  g_autoptr(GxsTlsStream) stream = g_object_ref (connection->stream);
  g_autoptr(GError) error = NULL;

  if (!soup_server_accept_iostream (self->own.server, G_IO_STREAM (stream), connection->local, connection->remote, &error))
    g_io_stream_close (G_IO_STREAM (stream), NULL, NULL);
}

/* Deadlines */

static gboolean
on_sweep_cb (gpointer data)
{
  GxsWorker *self = data;
  gint64 now = gxs_worker_now (self);
  GList *next;

  for (GList *link = self->own.connections.head; link != NULL; link = next)
    {
      GxsConnection *connection = link->data;

      next = link->next;
      if (connection->websocket != NULL)
        gxs_stream_tick (connection->websocket, now);
      else if (gxs_pace_is_overdue (&connection->pace, &self->setup->timeouts, now))
        {
          gxs_log (self->setup->log, GXS_LOG_INFO, "deadline", GXS_LOG_CODE ("ip", connection->ip),
                   GXS_LOG_NUMBER ("phase", connection->pace.phase));
          gxs_connection_expire (connection);
        }
    }
  gxs_log_flush (self->setup->log);

  return G_SOURCE_CONTINUE;
}

static void
attach_source (GxsWorker   *self,
               GSource     *source,
               GSourceFunc  callback)
{
  g_source_set_callback (source, callback, self, NULL);
  g_source_attach (source, self->own.context);
  g_source_unref (source);
}

/* Making and running */

static gboolean
give_listener (GxsWorker  *self,
               GError    **error)
{
  g_autoptr(GSocket) near_end = NULL;
  int fds[2];

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, fds) < 0)
    return gx_fail (error, GX_ERROR_IO, "socketpair");

  self->silent_fd = fds[1];
  near_end = g_socket_new_from_fd (fds[0], error);
  if (near_end == NULL)
    {
      close (fds[0]);
      return gx_error_adopt (error);
    }

  return soup_server_listen_socket (self->own.server, near_end, 0, error) || gx_error_adopt (error);
}

static gboolean
make_server (GxsWorker  *self,
             GError    **error)
{
  self->own.server = g_object_new (SOUP_TYPE_SERVER, "raw-paths", TRUE, NULL);
  soup_server_add_early_handler (self->own.server, NULL, on_headers_cb, self, NULL);
  soup_server_add_handler (self->own.server, NULL, on_body_cb, self, NULL);
  g_signal_connect (self->own.server, "request-finished", G_CALLBACK (on_over_cb), self);
  g_signal_connect (self->own.server, "request-aborted", G_CALLBACK (on_over_cb), self);

  return give_listener (self, error);
}

static void
close_remaining (GxsWorker *self)
{
  GList *next;

  soup_server_disconnect (self->own.server);
  for (GList *link = self->own.connections.head; link != NULL; link = next)
    {
      next = link->next;
      gxs_connection_expire (link->data);
    }
}

static gpointer
run_worker (gpointer data)
{
  GxsWorker *self = data;

  g_main_context_push_thread_default (self->own.context);
  g_main_loop_run (self->own.loop);

  close_remaining (self);
  gxs_inbox_close (self->inbox);
  g_clear_object (&self->own.server);
  while (g_main_context_iteration (self->own.context, FALSE))
    ;
  g_main_context_pop_thread_default (self->own.context);
  return NULL;
}

/**
 * gxs_worker_new:
 * @setup: must outlive the worker
 * @index: for its thread's name
 *
 * Returns: (nullable): a running worker
 */
GxsWorker *
gxs_worker_new (const GxsWorkerSetup  *setup,
                guint                  index,
                GError               **error)
{
  g_autofree char *name = g_strdup_printf ("io-%u", index);
  GxsWorker *self = g_new0 (GxsWorker, 1);
  gboolean ok;

  self->setup = setup;
  self->index = index;
  self->silent_fd = -1;
  self->own.context = g_main_context_new ();
  self->own.loop = g_main_loop_new (self->own.context, FALSE);
  self->inbox = gxs_inbox_new (self->own.context);
  g_queue_init (&self->own.connections);

  /* SoupServer hangs its sources into the thread's default context, which is ours for this moment */
  g_main_context_push_thread_default (self->own.context);
  ok = make_server (self, error);
  g_main_context_pop_thread_default (self->own.context);
  if (!ok)
    {
      gxs_worker_free (self);
      return NULL;
    }

  attach_source (self, g_timeout_source_new ((guint) setup->sweep), on_sweep_cb);
  self->thread = g_thread_new (name, run_worker, self);
  return self;
}

typedef struct
{
  GxsWorker *worker;
  GSocket   *socket;        /* (owned) */
} Arrival;

static void
arrival_free (Arrival *arrival)
{
  g_object_unref (arrival->socket);
  g_free (arrival);
}

static void
turn_away (GxsWorker *self,
           GSocket   *socket)
{
  g_autoptr(GSocketAddress) remote = g_socket_get_remote_address (socket, NULL);
  char ip[GXS_IP_SIZE];

  gxs_ip_of (remote, ip);
  gxs_admission_leave (self->setup->admission, ip);
}

static void
arrive_cb (gpointer data)
{
  Arrival *arrival = data;
  GxsWorker *self = arrival->worker;
  g_autoptr(GError) error = NULL;
  GxsConnection *connection = gxs_connection_new (self, arrival->socket, self->setup->tls, &error);

  if (connection != NULL)
    gxs_connection_start (connection);
  else
    {
      gxs_log_error (self->setup->log, GXS_LOG_WARNING, "connection-failed", error);
      turn_away (self, arrival->socket);
    }
  arrival_free (arrival);
}

/**
 * gxs_worker_take:
 * @socket: accepted, and counted by the admission
 *
 * Gives the worker one more connection. Any thread.
 */
void
gxs_worker_take (GxsWorker *self,
                 GSocket   *socket)
{
  Arrival *arrival = g_new0 (Arrival, 1);

  arrival->worker = self;
  arrival->socket = g_object_ref (socket);
  if (!gxs_inbox_post (self->inbox, arrive_cb, arrival))
    {
      turn_away (self, socket);
      arrival_free (arrival);
    }
}

/* --- what is said to all WebSockets ------------------------------------------------------------------------------- */

/** gxs_worker_get_latest: (nullable) (transfer none): the frame that was last said to all */
GBytes *
gxs_worker_get_latest (GxsWorker *self)
{
  return self->own.latest;
}

typedef struct
{
  GxsWorker *worker;
  GBytes    *frame;         /* (owned) (nullable) */
  gpointer   session;       /* (nullable): only compared: a stream holds its own */
} Word;

static void
each_stream (GxsWorker *self,
             void     (*func) (GxsStream *stream, const Word *word),
             Word      *word)
{
  GList *next;

  for (GList *link = self->own.connections.head; link != NULL; link = next)
    {
      GxsConnection *connection = link->data;

      next = link->next;
      if (connection->websocket != NULL)
        func (connection->websocket, word);
    }
}

static void
say_it (GxsStream  *stream,
        const Word *word)
{
  gxs_stream_say (stream, word->frame);
}

static void
end_it (GxsStream  *stream,
        const Word *word)
{
  if (gxs_stream_get_session (stream) == word->session)
    gxs_stream_end (stream, GXS_CLOSE_POLICY);
}

static void
word_cb (gpointer data)
{
  Word *word = data;
  GxsWorker *self = word->worker;

  if (word->frame != NULL)
    {
      g_clear_pointer (&self->own.latest, g_bytes_unref);
      self->own.latest = g_bytes_ref (word->frame);
      each_stream (self, say_it, word);
    }
  else
    each_stream (self, end_it, word);
  g_clear_pointer (&word->frame, g_bytes_unref);
  g_free (word);
}

static void
send_word (GxsWorker *self,
           GBytes    *frame,
           gpointer   session)
{
  Word *word = g_new0 (Word, 1);

  *word = (Word) { self, frame != NULL ? g_bytes_ref (frame) : NULL, session };
  if (gxs_inbox_post (self->inbox, word_cb, word))
    return;
  g_clear_pointer (&word->frame, g_bytes_unref);
  g_free (word);
}

/**
 * gxs_worker_broadcast:
 * @frame: a whole text frame
 *
 * Says it to each WebSocket of this worker, and to those that come. Any thread.
 */
void
gxs_worker_broadcast (GxsWorker *self,
                      GBytes    *frame)
{
  send_word (self, frame, NULL);
}

/** gxs_worker_end_streams: ends the WebSockets of @session, which need not live any more; any thread */
void
gxs_worker_end_streams (GxsWorker *self,
                        gpointer   session)
{
  send_word (self, NULL, session);
}

/* --- the end ------------------------------------------------------------------------------------------------------ */

static gboolean
on_drain_over_cb (gpointer data)
{
  GxsWorker *self = data;

  g_main_loop_quit (self->own.loop);
  return G_SOURCE_REMOVE;
}

/* Who is being served gets his answer; who only holds the line is let go. */
static gboolean
is_waiting (const GxsConnection *connection)
{
  return connection->pace.phase == GXS_PHASE_IDLE || connection->pace.phase == GXS_PHASE_HANDSHAKE
         || connection->pace.phase == GXS_PHASE_OPEN
         || (connection->pace.phase == GXS_PHASE_HEADERS && connection->pace.bytes == 0);
}

static void
drain_cb (gpointer data)
{
  GxsWorker *self = data;
  GList *next;

  self->own.is_draining = TRUE;
  for (GList *link = self->own.connections.head; link != NULL; link = next)
    {
      next = link->next;
      if (is_waiting (link->data))
        gxs_connection_expire (link->data);
    }
  attach_source (self, g_timeout_source_new ((guint) self->own.drain), on_drain_over_cb);
  quit_when_drained (self);
}

/**
 * gxs_worker_begin_stop:
 * @drain: ms that answers in the making are waited for
 */
void
gxs_worker_begin_stop (GxsWorker *self,
                       gint64     drain)
{
  self->own.drain = drain;
  gxs_inbox_post (self->inbox, drain_cb, self);
}

/**
 * gxs_worker_free:
 *
 * Waits for the end of its thread: gxs_worker_begin_stop() goes before.
 */
void
gxs_worker_free (GxsWorker *self)
{
  if (self->thread != NULL)
    g_thread_join (self->thread);
  else
    gxs_inbox_close (self->inbox);
  g_clear_object (&self->own.server);
  g_clear_pointer (&self->own.latest, g_bytes_unref);
  g_main_loop_unref (self->own.loop);
  g_clear_pointer (&self->inbox, gxs_inbox_unref);
  g_main_context_unref (self->own.context);
  if (self->silent_fd >= 0)
    close (self->silent_fd);
  g_free (self);
}
