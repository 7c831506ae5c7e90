/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The two ends of a GxsTlsStream as GIO wants them: pollable, with a blocking pair for completeness.
 *
 * They hold nothing and decide one thing: whether a reader must wait for the socket or finds something already. What
 * passes through them is gxs-tls-stream's.
 */
#include "gxs-tls-stream-private.h"

#define GXS_TYPE_TLS_INPUT (gxs_tls_input_get_type ())
G_DECLARE_FINAL_TYPE (GxsTlsInput, gxs_tls_input, GXS, TLS_INPUT, GInputStream)
#define GXS_TYPE_TLS_OUTPUT (gxs_tls_output_get_type ())
G_DECLARE_FINAL_TYPE (GxsTlsOutput, gxs_tls_output, GXS, TLS_OUTPUT, GOutputStream)

struct _GxsTlsInput
{
  GInputStream  parent_instance;
  GxsTlsStream *stream;           /* (borrowed) it owns us */
};

struct _GxsTlsOutput
{
  GOutputStream parent_instance;
  GxsTlsStream *stream;           /* (borrowed) it owns us */
};

static void gxs_tls_input_pollable_init (GPollableInputStreamInterface *iface);
static void gxs_tls_output_pollable_init (GPollableOutputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GxsTlsInput, gxs_tls_input, G_TYPE_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM, gxs_tls_input_pollable_init))
G_DEFINE_FINAL_TYPE_WITH_CODE (GxsTlsOutput, gxs_tls_output, G_TYPE_OUTPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_OUTPUT_STREAM, gxs_tls_output_pollable_init))

static gssize
gxs_tls_input_read_nonblocking (GPollableInputStream  *pollable,
                                void                  *buffer,
                                gsize                  count,
                                GError               **error)
{
  return gxs_tls_stream_read (GXS_TLS_INPUT (pollable)->stream, buffer, count, error);
}

static gboolean
gxs_tls_input_is_readable (GPollableInputStream *pollable)
{
  GxsTlsStream *stream = GXS_TLS_INPUT (pollable)->stream;

  return gxs_tls_stream_has_read_ahead (stream) || g_socket_condition_check (gxs_tls_stream_get_socket (stream), G_IO_IN) != 0;
}

static GSource *
wrap_source (gpointer      pollable,
             GSource      *child,
             GCancellable *cancellable)
{
  GSource *source = g_pollable_source_new_full (pollable, child, cancellable);

  g_source_unref (child);
  return source;
}

static GSource *
gxs_tls_input_create_source (GPollableInputStream *pollable,
                             GCancellable         *cancellable)
{
  GxsTlsStream *stream = GXS_TLS_INPUT (pollable)->stream;
  GSource *child = gxs_tls_stream_has_read_ahead (stream) ? g_timeout_source_new (0)
                                               : g_socket_create_source (gxs_tls_stream_get_socket (stream), G_IO_IN, NULL);

  return wrap_source (pollable, child, cancellable);
}

static gssize
gxs_tls_output_write_nonblocking (GPollableOutputStream  *pollable,
                                  const void             *buffer,
                                  gsize                   count,
                                  GError                **error)
{
  return gxs_tls_stream_write (GXS_TLS_OUTPUT (pollable)->stream, buffer, count, error);
}

static gboolean
gxs_tls_output_is_writable (GPollableOutputStream *pollable)
{
  return g_socket_condition_check (gxs_tls_stream_get_socket (GXS_TLS_OUTPUT (pollable)->stream), G_IO_OUT) != 0;
}

static GSource *
gxs_tls_output_create_source (GPollableOutputStream *pollable,
                              GCancellable          *cancellable)
{
  GxsTlsStream *stream = GXS_TLS_OUTPUT (pollable)->stream;

  return wrap_source (pollable, g_socket_create_source (gxs_tls_stream_get_socket (stream), G_IO_OUT, NULL), cancellable);
}

/* The blocking pair, for completeness of the classes (a stream is taken over by a WebSocket or a test). */

static gssize
gxs_tls_input_read (GInputStream  *input,
                    void          *buffer,
                    gsize          count,
                    GCancellable  *cancellable,
                    GError       **error)
{
  GxsTlsStream *stream = GXS_TLS_INPUT (input)->stream;

  for (;;)
    {
      g_autoptr(GError) local = NULL;
      gssize n = gxs_tls_stream_read (stream, buffer, count, &local);

      if (n >= 0)
        return n;
      if (!g_error_matches (local, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return -1;
        }
      if (!g_socket_condition_wait (gxs_tls_stream_get_socket (stream), gxs_tls_stream_get_wanted (stream), cancellable, error))
        return -1;
    }
}

static gssize
gxs_tls_output_write (GOutputStream  *output,
                      const void     *buffer,
                      gsize           count,
                      GCancellable   *cancellable,
                      GError        **error)
{
  GxsTlsStream *stream = GXS_TLS_OUTPUT (output)->stream;

  for (;;)
    {
      g_autoptr(GError) local = NULL;
      gssize n = gxs_tls_stream_write (stream, buffer, count, &local);

      if (n >= 0)
        return n;
      if (!g_error_matches (local, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return -1;
        }
      if (!g_socket_condition_wait (gxs_tls_stream_get_socket (stream), G_IO_OUT, cancellable, error))
        return -1;
    }
}

/* Types */

static void
gxs_tls_input_pollable_init (GPollableInputStreamInterface *iface)
{
  iface->is_readable = gxs_tls_input_is_readable;
  iface->create_source = gxs_tls_input_create_source;
  iface->read_nonblocking = gxs_tls_input_read_nonblocking;
}

static void
gxs_tls_output_pollable_init (GPollableOutputStreamInterface *iface)
{
  iface->is_writable = gxs_tls_output_is_writable;
  iface->create_source = gxs_tls_output_create_source;
  iface->write_nonblocking = gxs_tls_output_write_nonblocking;
}

static void
gxs_tls_input_class_init (GxsTlsInputClass *klass)
{
  G_INPUT_STREAM_CLASS (klass)->read_fn = gxs_tls_input_read;
}

static void
gxs_tls_output_class_init (GxsTlsOutputClass *klass)
{
  G_OUTPUT_STREAM_CLASS (klass)->write_fn = gxs_tls_output_write;
}

static void
gxs_tls_input_init (GxsTlsInput *self)
{
}

static void
gxs_tls_output_init (GxsTlsOutput *self)
{
}

GInputStream *
gxs_tls_input_new (GxsTlsStream *stream)
{
  GxsTlsInput *self = g_object_new (GXS_TYPE_TLS_INPUT, NULL);

  self->stream = stream;
  return G_INPUT_STREAM (self);
}

GOutputStream *
gxs_tls_output_new (GxsTlsStream *stream)
{
  GxsTlsOutput *self = g_object_new (GXS_TYPE_TLS_OUTPUT, NULL);

  self->stream = stream;
  return G_OUTPUT_STREAM (self);
}
