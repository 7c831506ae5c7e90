/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A WebSocket on the server's side (sync.md 1.9): it says the newest text, pings, answers a ping, and ends.
 *
 *   101 ─> text* ─ ping every 30 s ─ pong … ─> close frame ─> closed
 *
 * What is to be said is at most one of each kind: a newer text takes the place of one that has not begun to leave, a newer ping
 * is answered instead of an older one. So a peer that reads slowly, or not at all, costs one frame and no queue; who does
 * not answer two pings, takes nothing for too long or talks too much is let go. It knows no session and no news, only texts.
 */
#include "gxs-stream.h"

#include <string.h>

#include "gx-bug.h"
#include "gxs-worker.h"

#define MS            1000          /* µs */
#define READ_SIZE     512
#define READS_AT_ONCE 8
#define CONTROLS_MAX  64            /* frames that a client may send between two of our pings */

struct _GxsStream
{
  GxsConnection   *connection;      /* borrowed: it owns us */
  GxsStreamSession session;
  GSource         *input;           /* (owned) (nullable) */
  GSource         *output;          /* (owned) (nullable): while the socket takes no more */
  GxsFrameReader   reader;

  /* to be said, in this order */
  GBytes          *out;             /* (owned) (nullable): what is leaving */
  gsize            out_at;
  GxsCloseCode     close;           /* once said, nothing follows */
  gboolean         pongs;
  gboolean         pings;
  GxsFrame         pong;
  GBytes          *text;            /* (owned) (nullable) */

  gint64           pinged_at;       /* µs */
  gint64           moved_at;        /* µs: when the socket last took something, or had all */
  guint            n_controls;
  gboolean         is_closing;
};

static void
drop_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static char *
write_handshake (const char *accept_key)
{
  return g_strdup_printf ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                          "Sec-WebSocket-Accept: %s\r\nCache-Control: no-store\r\n\r\n", accept_key);
}

/**
 * gxs_stream_new:
 * @accept_key: what Sec-WebSocket-Accept says
 * @session: copied; its reference is taken
 */
GxsStream *
gxs_stream_new (GxsConnection          *connection,
                const char             *accept_key,
                const GxsStreamSession *session)
{
  GxsStream *self = g_new0 (GxsStream, 1);
  char *handshake = write_handshake (accept_key);

  self->connection = connection;
  self->session = *session;
  self->out = g_bytes_new_take (handshake, strlen (handshake));
  self->pinged_at = self->moved_at = gxs_worker_now (connection->worker);

  return self;
}

void
gxs_stream_free (GxsStream *self)
{
  drop_source (&self->input);
  drop_source (&self->output);
  g_clear_pointer (&self->out, g_bytes_unref);
  g_clear_pointer (&self->text, g_bytes_unref);
  if (self->session.release != NULL)
    self->session.release (self->session.services, self->session.session);
  g_free (self);
}

/** gxs_stream_get_session: (transfer none) (nullable): whose it is */
gpointer
gxs_stream_get_session (GxsStream *self)
{
  return self->session.session;
}

/* --- saying ------------------------------------------------------------------------------------------------------- */

static GBytes *
control_frame (GxsFrameOpcode opcode,
               const guint8  *payload,
               guint          length)
{
  guint8 frame[GXS_FRAME_MAX];
  guint size = gxs_frame_write (frame, opcode, payload, length);

  return g_bytes_new (frame, size);
}

/* What is to leave next, %NULL if there is nothing. */
static GBytes *
take_next (GxsStream *self)
{
  if (self->is_closing)
    return NULL;
  if (self->close != GXS_CLOSE_NONE)
    {
      const guint8 code[] = { (guint8) (self->close >> 8), (guint8) self->close };

      self->is_closing = TRUE;
      return control_frame (GXS_FRAME_CLOSE, code, sizeof code);
    }
  if (self->pongs)
    {
      self->pongs = FALSE;
      return control_frame (GXS_FRAME_PONG, self->pong.payload, self->pong.length);
    }
  if (self->pings)
    {
      self->pings = FALSE;
      return control_frame (GXS_FRAME_PING, NULL, 0);
    }

  return g_steal_pointer (&self->text);
}

typedef enum { SAID_ALL, SAID_SOME, SAID_LAST } Said;

static Said
say_on (GxsStream *self)
{
  GPollableOutputStream *output =
    G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (G_IO_STREAM (self->connection->stream)));

  for (;;)
    {
      g_autoptr(GError) error = NULL;
      gsize size;
      const guint8 *data;
      gssize n;

      if (self->out == NULL)
        {
          self->out = take_next (self);
          self->out_at = 0;
        }
      if (self->out == NULL)
        return self->is_closing ? SAID_LAST : SAID_ALL;
      data = g_bytes_get_data (self->out, &size);
      n = g_pollable_output_stream_write_nonblocking (output, data + self->out_at, size - self->out_at, NULL, &error);
      if (n < 0)
        return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK) ? SAID_SOME : SAID_LAST;
      self->moved_at = gxs_worker_now (self->connection->worker);
      self->out_at += (gsize) n;
      if (self->out_at == size)
        g_clear_pointer (&self->out, g_bytes_unref);
    }
}

static gboolean on_writable_cb (GSocket *socket, GIOCondition condition, gpointer data);

/* Says what there is. The stream may be gone afterwards. */
static void
flush (GxsStream *self)
{
  switch (say_on (self))
    {
    case SAID_LAST:
      gxs_connection_close (self->connection);
      break;
    case SAID_ALL:
      self->moved_at = gxs_worker_now (self->connection->worker);
      drop_source (&self->output);
      break;
    case SAID_SOME:
    default:
      if (self->output != NULL)
        break;
      self->output = g_socket_create_source (gxs_tls_stream_get_socket (self->connection->stream), G_IO_OUT, NULL);
      g_source_set_callback (self->output, G_SOURCE_FUNC (on_writable_cb), self, NULL);
      g_source_attach (self->output, gxs_worker_get_main_context (self->connection->worker));
      break;
    }
}

static gboolean
on_writable_cb (GSocket      *socket,
                GIOCondition  condition,
                gpointer      data)
{
  flush (data);

  return G_SOURCE_CONTINUE;
}

/**
 * gxs_stream_say:
 * @frame: a whole text frame; in the place of one that has not begun to leave
 *
 * The stream may be gone afterwards.
 */
void
gxs_stream_say (GxsStream *self,
                GBytes    *frame)
{
  g_clear_pointer (&self->text, g_bytes_unref);
  self->text = g_bytes_ref (frame);
  if (self->output == NULL)
    flush (self);
}

/**
 * gxs_stream_end:
 *
 * Says why, as far as the socket takes it, and closes. The stream may be gone afterwards.
 */
void
gxs_stream_end (GxsStream    *self,
                GxsCloseCode  code)
{
  g_autoptr(GIOStream) io = g_object_ref (G_IO_STREAM (self->connection->stream));

  if (self->close == GXS_CLOSE_NONE)
    self->close = code;
  if (say_on (self) == SAID_SOME)
    gxs_tls_stream_abort (GXS_TLS_STREAM (io));
  gxs_connection_close (self->connection);
}

/* --- hearing ------------------------------------------------------------------------------------------------------ */

/* What to end with, %GXS_CLOSE_NONE to go on. */
static GxsCloseCode
hear_frame (GxsStream      *self,
            const GxsFrame *frame)
{
  if (++self->n_controls > CONTROLS_MAX)
    return GXS_CLOSE_POLICY;
  if (frame->opcode == GXS_FRAME_CLOSE)
    return GXS_CLOSE_NORMAL;
  if (frame->opcode == GXS_FRAME_PING)
    {
      self->pong = *frame;
      self->pongs = TRUE;
    }

  return GXS_CLOSE_NONE;
}

static GxsCloseCode
hear (GxsStream    *self,
      const guint8 *data,
      gsize         size)
{
  for (gsize at = 0; at < size;)
    {
      GxsCloseCode code;
      GxsFrame frame;
      gboolean whole;

      at += gxs_frame_read (&self->reader, data + at, size - at, &frame, &whole, &code);
      if (code == GXS_CLOSE_NONE && whole)
        code = hear_frame (self, &frame);
      if (code != GXS_CLOSE_NONE)
        return code;
    }

  return GXS_CLOSE_NONE;
}

static gboolean on_readable_cb (GObject *pollable, gpointer data);

/* For one time: what TLS has read ahead is seen when the source is made, and no later. */
static void
listen_once (GxsStream *self)
{
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (self->connection->stream));

  drop_source (&self->input);
  self->input = g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (input), NULL);
  g_source_set_callback (self->input, G_SOURCE_FUNC (on_readable_cb), self, NULL);
  g_source_attach (self->input, gxs_worker_get_main_context (self->connection->worker));
}

static gboolean
on_readable_cb (GObject  *pollable,
                gpointer  data)
{
  GxsStream *self = data;
  GxsCloseCode code = GXS_CLOSE_NONE;

  for (guint i = 0; i < READS_AT_ONCE && code == GXS_CLOSE_NONE; i++)
    {
      g_autoptr(GError) error = NULL;
      guint8 bytes[READ_SIZE];
      gssize n = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (pollable), bytes, sizeof bytes, NULL, &error);

      if (n < 0 && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        break;
      if (n <= 0)
        {
          gxs_connection_close (self->connection);
          return G_SOURCE_REMOVE;
        }
      code = hear (self, bytes, (gsize) n);
    }
  if (code != GXS_CLOSE_NONE)
    {
      gxs_stream_end (self, code);
      return G_SOURCE_REMOVE;
    }
  listen_once (self);
  if (self->pongs && self->output == NULL)
    flush (self);

  return G_SOURCE_REMOVE;
}

/**
 * gxs_stream_begin:
 * @latest: (nullable): the text that was said last, for somebody who was not there
 *
 * The stream may be gone afterwards.
 */
void
gxs_stream_begin (GxsStream *self,
                  GBytes    *latest)
{
  listen_once (self);
  if (latest != NULL)
    self->text = g_bytes_ref (latest);
  flush (self);
}

/**
 * gxs_stream_tick:
 * @now: µs, monotonic
 *
 * Keeps the line alive, and ends it where nobody is at its other end any more, or nobody who may. The stream may be gone
 * afterwards.
 */
void
gxs_stream_tick (GxsStream *self,
                 gint64     now)
{
  const GxsTimeouts *timeouts = &gxs_worker_get_setup (self->connection->worker)->timeouts;

  if (now - self->connection->pace.progress > timeouts->keepalive * MS * 5 / 2
      || (self->out != NULL && now - self->moved_at > timeouts->stall * MS))
    {
      gxs_connection_close (self->connection);
      return;
    }
  if (now - self->pinged_at < timeouts->keepalive * MS)
    return;

  self->pinged_at = now;
  self->n_controls = 0;
  if (self->session.holds != NULL && !GX_BUG (GX_BUG_STREAM) && !self->session.holds (self->session.services, self->session.session))
    {
      gxs_stream_end (self, GXS_CLOSE_POLICY);
      return;
    }
  self->pings = TRUE;
  if (self->output == NULL)
    flush (self);
}
