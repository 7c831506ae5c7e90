/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The door: a thread that accepts, counts, and deals connections out to the workers in turn.
 *
 * It does no TLS and reads nothing, so it cannot be kept busy by a peer that talks slowly or not at all. Whoever comes
 * beyond the caps is closed without a word: an answer would need the handshake that the cap is there to save.
 */
#include "gxs-listener.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>

#include "gx-bug.h"
#include "gx-error.h"
#include "gxs-frame.h"

#define ACCEPTS_AT_ONCE 64
#define OUT_OF_FILES_PAUSE 100          /* ms */

struct _GxsListener
{
  GxsWorkerSetup setup;                 /* of all workers */
  GxsLimiter    *limiter;               /* (borrowed) */
  GxsAdmission  *admission;             /* (owned) */
  GPtrArray     *workers;               /* (owned) */
  GSocket       *socket;                /* (owned) */
  guint16        port;
  GxsInbox      *inbox;                 /* (owned) */
  GThread       *thread;                /* (owned) (nullable) */

  /* touched only in the thread */
  struct
  {
    GMainContext *context;              /* (owned) */
    GMainLoop    *loop;                 /* (owned) */
    GSource      *source;               /* (owned) (nullable) */
    guint         next;
  } own;
};

static void watch_socket (GxsListener *self);

static gboolean
on_pause_over_cb (gpointer data)
{
  watch_socket (data);

  return G_SOURCE_REMOVE;
}

static void
attach (GxsListener *self,
        GSource     *source,
        GSourceFunc  callback)
{
  g_source_set_callback (source, callback, self, NULL);
  g_source_attach (source, self->own.context);
}

/* With no file descriptor left, accepting would spin. */
static void
pause_accepting (GxsListener *self)
{
  g_autoptr(GSource) timer = g_timeout_source_new (OUT_OF_FILES_PAUSE);

  g_source_destroy (self->own.source);
  g_clear_pointer (&self->own.source, g_source_unref);
  attach (self, timer, on_pause_over_cb);
}

static void
deal_out (GxsListener *self,
          GSocket     *socket)
{
  g_autoptr(GSocketAddress) remote = g_socket_get_remote_address (socket, NULL);
  char ip[GXS_IP_SIZE];

  if (remote == NULL)
    return;       /* gone already */

  gxs_ip_of (remote, ip);
  if (!gxs_admission_enter (self->admission, ip))
    {
      gxs_log (self->setup.log, GXS_LOG_INFO, "connection-refused", GXS_LOG_CODE ("ip", ip));
      g_socket_close (socket, NULL);
      return;
    }

  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, TRUE, NULL);
  gxs_worker_take (g_ptr_array_index (self->workers, self->own.next), socket);
  self->own.next = (self->own.next + 1) % self->workers->len;
}

static gboolean
on_incoming_cb (GSocket      *listening,
                GIOCondition  condition,
                gpointer      data)
{
  GxsListener *self = data;

  for (guint i = 0; i < ACCEPTS_AT_ONCE; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GSocket) socket = g_socket_accept (listening, NULL, &error);

      if (socket != NULL)
        {
          deal_out (self, socket);
          continue;
        }
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        break;
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED))
        {
          gxs_log (self->setup.log, GXS_LOG_WARNING, "accept-failed", GXS_LOG_CODE ("detail", error->message));
          pause_accepting (self);
          return G_SOURCE_REMOVE;
        }
    }

  return G_SOURCE_CONTINUE;
}

static void
watch_socket (GxsListener *self)
{
  self->own.source = g_socket_create_source (self->socket, G_IO_IN, NULL);
  attach (self, self->own.source, G_SOURCE_FUNC (on_incoming_cb));
}

static gboolean
on_tick_cb (gpointer data)
{
  GxsListener *self = data;

  gxs_limiter_sweep (self->limiter);
  return G_SOURCE_CONTINUE;
}

static gpointer
run_listener (gpointer data)
{
  GxsListener *self = data;

  g_main_context_push_thread_default (self->own.context);
  g_main_loop_run (self->own.loop);
  gxs_inbox_close (self->inbox);
  g_main_context_pop_thread_default (self->own.context);
  return NULL;
}

static GSocketAddress *
parse_address (const char  *text,
               GError     **error)
{
  g_autoptr(GSocketConnectable) connectable = g_network_address_parse (text, 8443, error);
  g_autoptr(GSocketAddress) address = NULL;

  if (connectable != NULL)
    address = g_inet_socket_address_new_from_string (g_network_address_get_hostname (G_NETWORK_ADDRESS (connectable)),
                                                     g_network_address_get_port (G_NETWORK_ADDRESS (connectable)));
  if (address == NULL)
    {
      g_clear_error (error);
      gx_fail (error, GX_ERROR_USAGE, "%s is no address with a port, such as 127.0.0.1:8443", text);
    }

  return g_steal_pointer (&address);
}

/**
 * gxs_listener_is_loopback:
 * @address: as in GxsListenerSetup
 *
 * Returns: whether only this machine reaches @address; %FALSE with %GX_ERROR_USAGE if it is no address
 */
gboolean
gxs_listener_is_loopback (const char  *address,
                          GError     **error)
{
  g_autoptr(GSocketAddress) parsed = parse_address (address, error);

  return parsed != NULL
         && g_inet_address_get_is_loopback (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (parsed)));
}

static gboolean
open_socket (GxsListener  *self,
             const char   *text,
             GError      **error)
{
  g_autoptr(GSocketAddress) address = parse_address (text, error);
  g_autoptr(GSocketAddress) bound = NULL;

  if (address == NULL)
    return FALSE;

  self->socket = g_socket_new (g_socket_address_get_family (address), G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
  if (self->socket == NULL)
    return gx_error_adopt (error);

  g_socket_set_blocking (self->socket, FALSE);
  g_socket_set_listen_backlog (self->socket, 1024);
  if (!g_socket_bind (self->socket, address, TRUE, error)
      || !g_socket_listen (self->socket, error)
      || (bound = g_socket_get_local_address (self->socket, error)) == NULL)
    {
      g_prefix_error (error, "%s: ", text);
      return gx_error_adopt (error);
    }

  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  return TRUE;
}

static gboolean
make_workers (GxsListener  *self,
              guint         n,
              GError      **error)
{
  if (n == 0)
    n = MAX (g_get_num_processors (), 2);

  for (guint i = 0; i < n; i++)
    {
      GxsWorker *worker = gxs_worker_new (&self->setup, i, error);

      if (worker == NULL)
        return FALSE;
      g_ptr_array_add (self->workers, worker);
    }

  return TRUE;
}

/* A connection is a file: the customary soft limit of 1,024 would be the cap. */
static void
raise_file_limit (guint max_connections)
{
  struct rlimit limit;
  rlim_t wanted = max_connections + 512;

  if (getrlimit (RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < wanted)
    {
      limit.rlim_cur = limit.rlim_max == RLIM_INFINITY ? wanted : MIN (limit.rlim_max, wanted);
      setrlimit (RLIMIT_NOFILE, &limit);
    }
}

static void
share_setup (GxsListener            *self,
             const GxsListenerSetup *setup)
{
  self->admission = gxs_admission_new (setup->max_connections, setup->max_per_ip);
  self->limiter = setup->limiter;
  self->setup = (GxsWorkerSetup) {
    .gate = setup->gate, .tls = setup->tls, .log = setup->log, .clock = setup->clock, .admission = self->admission,
    .timeouts = setup->timeouts, .sweep = setup->sweep, .max_headers = setup->max_headers,
  };
}

static void
start_thread (GxsListener *self)
{
  g_autoptr(GSource) tick = g_timeout_source_new_seconds (60);

  attach (self, tick, on_tick_cb);
  watch_socket (self);
  self->thread = g_thread_new ("acceptor", run_listener, self);
}

/**
 * gxs_listener_new:
 *
 * Returns: (nullable): a server that answers already, or %NULL with %GX_ERROR_USAGE (no address) or %GX_ERROR_IO (the
 *   port is taken)
 */
GxsListener *
gxs_listener_new (const GxsListenerSetup  *setup,
                  GError                 **error)
{
  g_autoptr(GxsListener) self = g_new0 (GxsListener, 1);

  self->own.context = g_main_context_new ();
  self->own.loop = g_main_loop_new (self->own.context, FALSE);
  self->inbox = gxs_inbox_new (self->own.context);
  self->workers = g_ptr_array_new_with_free_func ((GDestroyNotify) gxs_worker_free);
  share_setup (self, setup);
  raise_file_limit (setup->max_connections);
  if (!open_socket (self, setup->address, error) || !make_workers (self, setup->n_workers, error))
    return NULL;

  start_thread (self);
  return g_steal_pointer (&self);
}

guint16
gxs_listener_get_port (GxsListener *self)
{
  return self->port;
}

/**
 * gxs_listener_get_connections:
 *
 * Returns: how many connections are open
 */
guint
gxs_listener_get_connections (GxsListener *self)
{
  return gxs_admission_get_total (self->admission);
}

/**
 * gxs_listener_broadcast:
 * @text: at most %GXS_FRAME_PAYLOAD_MAX bytes
 *
 * Says it to each WebSocket there is and, as the first thing, to each that comes; a newer text takes its place. Any thread.
 */
void
gxs_listener_broadcast (GxsListener *self,
                        const char  *text)
{
  guint8 bytes[GXS_FRAME_MAX];
  guint size = gxs_frame_write (bytes, GXS_FRAME_TEXT, text, (guint) strlen (text));
  g_autoptr(GBytes) frame = g_bytes_new (bytes, size);

  for (guint i = 0; i < self->workers->len; i++)
    gxs_worker_broadcast (g_ptr_array_index (self->workers, i), frame);
}

/**
 * gxs_listener_end_streams:
 * @session: the one that ended: only compared
 *
 * Ends its WebSockets at once. Any thread.
 */
void
gxs_listener_end_streams (GxsListener *self,
                          gpointer     session)
{
  for (guint i = 0; i < self->workers->len && !GX_BUG (GX_BUG_STREAM); i++)
    gxs_worker_end_streams (g_ptr_array_index (self->workers, i), session);
}

static void
quit_cb (gpointer data)
{
  GxsListener *self = data;

  if (self->own.source != NULL)
    g_source_destroy (self->own.source);
  g_socket_close (self->socket, NULL);
  g_main_loop_quit (self->own.loop);
}

/**
 * gxs_listener_stop:
 * @drain: ms that answers in the making are waited for
 *
 * Accepts no more, lets idle connections go, waits for the answers that are being made, and ends all threads. Contexts
 * that are still with a pool afterwards complete into nothing.
 */
void
gxs_listener_stop (GxsListener *self,
                   gint64       drain)
{
  if (self->thread != NULL)
    {
      gxs_inbox_post (self->inbox, quit_cb, self);
      g_thread_join (g_steal_pointer (&self->thread));
    }
  for (guint i = 0; i < self->workers->len; i++)
    gxs_worker_begin_stop (g_ptr_array_index (self->workers, i), drain);
  g_ptr_array_set_size (self->workers, 0);
}

/**
 * gxs_listener_free:
 *
 * Stops, without waiting for answers, if that was not done before.
 */
void
gxs_listener_free (GxsListener *self)
{
  gxs_listener_stop (self, 0);
  g_ptr_array_unref (self->workers);
  g_clear_pointer (&self->own.source, g_source_unref);
  g_main_loop_unref (self->own.loop);
  g_clear_pointer (&self->inbox, gxs_inbox_unref);
  g_main_context_unref (self->own.context);
  g_clear_object (&self->socket);
  g_clear_pointer (&self->admission, gxs_admission_free);
  g_free (self);
}
