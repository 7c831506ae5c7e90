/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GnuTLS on a non-blocking socket, dressed as a GIOStream that SoupServer takes.
 *
 *   SoupServer ── read_nonblocking ──> gnutls_record_recv ── pull ──> read-ahead buffer <── recv ── socket
 *              ── write_nonblocking ─> gnutls_record_send ── push ────────────────────────> send ── socket
 *
 * Two things are easily got wrong. A record may lie decrypted (or still encrypted in the read-ahead buffer) while the
 * socket has nothing more to say: a source that waits for the socket then sleeps for ever, so create_source() answers
 * with one that is ready. And a record that the socket took only in part must be finished with the same bytes: GnuTLS
 * keeps it, and the next write, whatever its buffer, first sends the rest and tells the length that was promised.
 */
#include "gxs-tls-stream-private.h"

#include <errno.h>
#include <gnutls/x509.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#define READ_AHEAD 4096           /* bytes; a small request with its record header in one recv() */
#define MAX_SKIPS 8               /* records without data (alerts, key updates) in one read */

struct _GxsTlsStream
{
  GIOStream         parent_instance;

  /* owned */
  GxsTls           *tls;
  GSocket          *socket;
  gnutls_session_t  session;
  GInputStream     *input;
  GOutputStream    *output;

  const GxsTlsStreamWatch *watch; /* (nullable) (borrowed) */
  gpointer          watch_data;   /* (borrowed) */

  int               fd;
  gsize             unfinished;   /* bytes promised to a write that WOULD_BLOCK */
  gboolean          is_secure;    /* the handshake is over */
  gboolean          is_broken;    /* no orderly goodbye */
  gboolean          is_held;      /* what is written is gathered */
  gboolean          is_flushing;  /* what was gathered is not all sent yet */
  guint16           ahead_at;
  guint16           ahead_end;
  guint8            ahead[READ_AHEAD];
};

G_DEFINE_FINAL_TYPE (GxsTlsStream, gxs_tls_stream, G_TYPE_IO_STREAM)

/* Transport */

static ssize_t
take_ahead (GxsTlsStream *self,
            void         *data,
            size_t        size)
{
  size_t n = MIN (size, (size_t) (self->ahead_end - self->ahead_at));

  memcpy (data, self->ahead + self->ahead_at, n);
  self->ahead_at += n;
  return (ssize_t) n;
}

static ssize_t
pull_cb (gnutls_transport_ptr_t ptr,
         void                  *data,
         size_t                 size)
{
  GxsTlsStream *self = ptr;
  ssize_t n;

  if (self->ahead_at < self->ahead_end)
    return take_ahead (self, data, size);
  if (size >= READ_AHEAD)
    n = recv (self->fd, data, size, 0);
  else
    n = recv (self->fd, self->ahead, READ_AHEAD, 0);
  if (n < 0)
    gnutls_transport_set_errno (self->session, errno);
  if (n <= 0 || size >= READ_AHEAD)
    return n;

  self->ahead_at = 0;
  self->ahead_end = (guint16) n;
  return take_ahead (self, data, size);
}

static int
pull_timeout_cb (gnutls_transport_ptr_t ptr,
                 unsigned int           ms)
{
  GxsTlsStream *self = ptr;
  struct pollfd item = { .fd = self->fd, .events = POLLIN };

  return self->ahead_at < self->ahead_end ? 1 : poll (&item, 1, ms == GNUTLS_INDEFINITE_TIMEOUT ? -1 : (int) ms);
}

static ssize_t
push_cb (gnutls_transport_ptr_t  ptr,
         const giovec_t         *parts,
         int                     n_parts)
{
  GxsTlsStream *self = ptr;
  struct msghdr message = { .msg_iov = (struct iovec *) parts, .msg_iovlen = (size_t) n_parts };
  ssize_t n = sendmsg (self->fd, &message, MSG_NOSIGNAL);

  if (n < 0)
    gnutls_transport_set_errno (self->session, errno);
  return n;
}

/* Reading and writing */

static gssize
fail_would_block (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK, "TLS would block");
  return -1;
}

static gssize
fail_broken (GxsTlsStream  *self,
             int            code,
             GError       **error)
{
  self->is_broken = TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "TLS: %s", gnutls_strerror (code));
  return -1;
}

static gssize
take_record (GxsTlsStream  *self,
             void          *buffer,
             gsize          count,
             GError       **error)
{
  for (guint i = 0; i < MAX_SKIPS; i++)
    {
      ssize_t n = gnutls_record_recv (self->session, buffer, count);

      if (n > 0 && self->watch != NULL)
        self->watch->has_read (self->watch_data, (gsize) n);
      if (n >= 0)
        return n;
      if (n == GNUTLS_E_AGAIN)
        return fail_would_block (error);
      if (n == GNUTLS_E_PREMATURE_TERMINATION)
        return 0;       /* HTTP tells its own lengths: a cut body is noticed without close_notify */
      if (n != GNUTLS_E_INTERRUPTED && n != GNUTLS_E_WARNING_ALERT_RECEIVED)
        return fail_broken (self, (int) n, error);
    }

  return fail_broken (self, GNUTLS_E_TOO_MANY_EMPTY_PACKETS, error);
}

gssize
gxs_tls_stream_read (GxsTlsStream  *self,
                     void          *buffer,
                     gsize          count,
                     GError       **error)
{
  g_autoptr(GError) local = NULL;
  gssize n = take_record (self, buffer, count, &local);
  gboolean has_ended = n == 0 || (n < 0 && !g_error_matches (local, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK));

  if (has_ended && self->watch != NULL && self->watch->has_ended (self->watch_data))
    return fail_would_block (error);
  if (n < 0)
    g_propagate_error (error, g_steal_pointer (&local));

  return n;
}

gssize
gxs_tls_stream_write (GxsTlsStream  *self,
                      const void    *buffer,
                      gsize          count,
                      GError       **error)
{
  ssize_t n;

  if (self->is_flushing && gxs_tls_stream_release (self) == GXS_TLS_AGAIN)
    return fail_would_block (error);

  do
    n = self->unfinished > 0 ? gnutls_record_send (self->session, NULL, 0)
                             : gnutls_record_send (self->session, buffer, count);
  while (n == GNUTLS_E_INTERRUPTED);

  if (n == GNUTLS_E_AGAIN)
    {
      self->unfinished = count;
      return fail_would_block (error);
    }
  self->unfinished = 0;
  if (n < 0)
    return fail_broken (self, (int) n, error);

  if (n > 0 && self->watch != NULL)
    self->watch->has_wrote (self->watch_data, (gsize) n);
  return n;
}

gboolean
gxs_tls_stream_has_read_ahead (GxsTlsStream *self)
{
  return self->is_broken || self->ahead_at < self->ahead_end || gnutls_record_check_pending (self->session) > 0;
}

GIOCondition
gxs_tls_stream_get_wanted (GxsTlsStream *self)
{
  return gnutls_record_get_direction (self->session) == 0 ? G_IO_IN : G_IO_OUT;
}

/* The class */

static GInputStream *
gxs_tls_stream_get_input_stream (GIOStream *io)
{
  return GXS_TLS_STREAM (io)->input;
}

static GOutputStream *
gxs_tls_stream_get_output_stream (GIOStream *io)
{
  return GXS_TLS_STREAM (io)->output;
}

static gboolean
gxs_tls_stream_close (GIOStream     *io,
                      GCancellable  *cancellable,
                      GError       **error)
{
  GxsTlsStream *self = GXS_TLS_STREAM (io);

  if (self->is_secure && !self->is_broken && self->unfinished == 0 && !self->is_flushing)
    gnutls_bye (self->session, GNUTLS_SHUT_WR);         /* as far as the socket takes it: nobody waits for a goodbye */
  g_socket_close (self->socket, NULL);
  self->fd = -1;                  /* the number may soon be somebody else's connection */
  self->is_broken = TRUE;
  if (self->watch != NULL)
    {
      const GxsTlsStreamWatch *watch = g_steal_pointer (&self->watch);

      watch->is_closed (self->watch_data);
    }

  return TRUE;
}

static void
gxs_tls_stream_finalize (GObject *object)
{
  GxsTlsStream *self = GXS_TLS_STREAM (object);

  g_clear_pointer (&self->session, gnutls_deinit);
  g_clear_object (&self->input);
  g_clear_object (&self->output);
  g_clear_object (&self->socket);
  g_clear_pointer (&self->tls, gxs_tls_unref);

  G_OBJECT_CLASS (gxs_tls_stream_parent_class)->finalize (object);
}

static void
gxs_tls_stream_class_init (GxsTlsStreamClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gxs_tls_stream_finalize;
  G_IO_STREAM_CLASS (klass)->get_input_stream = gxs_tls_stream_get_input_stream;
  G_IO_STREAM_CLASS (klass)->get_output_stream = gxs_tls_stream_get_output_stream;
  G_IO_STREAM_CLASS (klass)->close_fn = gxs_tls_stream_close;
}

static void
gxs_tls_stream_init (GxsTlsStream *self)
{
  self->input = gxs_tls_input_new (self);
  self->output = gxs_tls_output_new (self);
}

/* The public face */

/**
 * gxs_tls_stream_new:
 * @socket: connected; made non-blocking
 *
 * Returns: (nullable) (transfer full): a stream whose handshake has not begun
 */
GxsTlsStream *
gxs_tls_stream_new (GxsTls   *tls,
                    GSocket  *socket,
                    GError  **error)
{
  g_autoptr(GxsTlsStream) self = g_object_new (GXS_TYPE_TLS_STREAM, NULL);

  self->tls = gxs_tls_ref (tls);
  self->socket = g_object_ref (socket);
  self->fd = g_socket_get_fd (socket);
  g_socket_set_blocking (socket, FALSE);
  if (!gxs_tls_open_session (tls, &self->session, error))
    return NULL;

  gnutls_transport_set_ptr (self->session, self);
  gnutls_transport_set_pull_function (self->session, pull_cb);
  gnutls_transport_set_pull_timeout_function (self->session, pull_timeout_cb);
  gnutls_transport_set_vec_push_function (self->session, push_cb);

  return g_steal_pointer (&self);
}

/**
 * gxs_tls_stream_set_watch:
 * @watch: (nullable): must outlive the stream; %NULL ends the watching
 */
void
gxs_tls_stream_set_watch (GxsTlsStream            *self,
                          const GxsTlsStreamWatch *watch,
                          gpointer                 user_data)
{
  self->watch = watch;
  self->watch_data = user_data;
}

/**
 * gxs_tls_stream_handshake:
 * @out_wanted: (out): with %GXS_TLS_AGAIN, what to wait for on the socket before the next call
 *
 * Takes the handshake as far as the socket allows.
 *
 * Returns: %GXS_TLS_FAILED with @error set when the peer cannot be agreed with
 */
GxsTlsProgress
gxs_tls_stream_handshake (GxsTlsStream  *self,
                          GIOCondition  *out_wanted,
                          GError       **error)
{
  int code;

  do
    code = gnutls_handshake (self->session);
  while (code == GNUTLS_E_INTERRUPTED || code == GNUTLS_E_WARNING_ALERT_RECEIVED);

  if (code == GNUTLS_E_SUCCESS)
    {
      self->is_secure = TRUE;
      return GXS_TLS_DONE;
    }
  if (code == GNUTLS_E_AGAIN)
    {
      *out_wanted = gxs_tls_stream_get_wanted (self);
      return GXS_TLS_AGAIN;
    }

  gnutls_alert_send_appropriate (self->session, code);
  fail_broken (self, code, error);
  return GXS_TLS_FAILED;
}

/**
 * gxs_tls_stream_get_fingerprint:
 * @out_sha256: (out): of the client's certificate
 *
 * Returns: %FALSE when the client showed none
 */
gboolean
gxs_tls_stream_get_fingerprint (GxsTlsStream *self,
                                guint8        out_sha256[static GXS_TLS_FINGERPRINT_SIZE])
{
  unsigned int n = 0;
  const gnutls_datum_t *chain = gnutls_certificate_get_peers (self->session, &n);
  size_t size = GXS_TLS_FINGERPRINT_SIZE;

  return chain != NULL && n > 0 && gnutls_fingerprint (GNUTLS_DIG_SHA256, &chain[0], out_sha256, &size) >= 0;
}

/**
 * gxs_tls_stream_get_socket:
 *
 * Returns: (transfer none)
 */
GSocket *
gxs_tls_stream_get_socket (GxsTlsStream *self)
{
  return self->socket;
}

/**
 * gxs_tls_stream_hold:
 *
 * Gathers what is written from now on, so that headers and a small body leave in one record and one packet. At most some
 * 16 KiB should be written until gxs_tls_stream_release().
 */
void
gxs_tls_stream_hold (GxsTlsStream *self)
{
  if (self->is_held || self->is_flushing || self->is_broken || self->unfinished > 0)
    return;

  gnutls_record_cork (self->session);
  self->is_held = TRUE;
}

/**
 * gxs_tls_stream_release:
 *
 * Sends what was gathered.
 *
 * Returns: %GXS_TLS_AGAIN when the socket did not take it all: to be called again once it is writable, unless something
 *   else is written first
 */
GxsTlsProgress
gxs_tls_stream_release (GxsTlsStream *self)
{
  int code;

  if (!self->is_held && !self->is_flushing)
    return GXS_TLS_DONE;

  do
    code = gnutls_record_uncork (self->session, 0);
  while (code == GNUTLS_E_INTERRUPTED);

  self->is_held = FALSE;
  self->is_flushing = code == GNUTLS_E_AGAIN;
  if (self->is_flushing)
    return GXS_TLS_AGAIN;
  if (code >= 0)
    return GXS_TLS_DONE;

  self->is_broken = TRUE;
  return GXS_TLS_FAILED;
}

/**
 * gxs_tls_stream_shut_writing:
 *
 * Says goodbye, while the peer may still be talking.
 */
void
gxs_tls_stream_shut_writing (GxsTlsStream *self)
{
  if (!self->is_broken)
    gnutls_bye (self->session, GNUTLS_SHUT_WR);
  self->is_broken = TRUE;
  g_socket_shutdown (self->socket, FALSE, TRUE, NULL);
}

/**
 * gxs_tls_stream_abort:
 *
 * Cuts the connection under whoever reads or writes it: their next call ends. The stream stays to be closed by its
 * owner.
 */
void
gxs_tls_stream_abort (GxsTlsStream *self)
{
  self->is_broken = TRUE;
  g_socket_shutdown (self->socket, TRUE, TRUE, NULL);
}
