/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one door to the server: a request in, a response out. It knows neither HTTP nor what is asked. */
#include "gxc-transport.h"

/**
 * gxc_transport_send:
 * @out: (out caller-allocates): to be cleared with gxc_response_clear()
 */
gboolean
gxc_transport_send (GxcTransport      *transport,
                    const GxcRequest  *request,
                    GxcResponse       *out,
                    GCancellable      *cancellable,
                    GError           **error)
{
  *out = (GxcResponse) { 0 };
  if (g_cancellable_is_cancelled (cancellable))
    return gx_fail (error, GX_ERROR_CANCELLED, "cancelled");

  return transport->send (transport, request, out, cancellable, error);
}

/**
 * gxc_transport_open_stream:
 *
 * Returns: (transfer full) (nullable)
 *
 * Errors: %GX_ERROR_NOT_FOUND where there is no such line
 */
GxcStream *
gxc_transport_open_stream (GxcTransport      *transport,
                           const GxcRequest  *request,
                           GCancellable      *cancellable,
                           GError           **error)
{
  if (g_cancellable_is_cancelled (cancellable))
    gx_fail (error, GX_ERROR_CANCELLED, "cancelled");
  else if (transport->open_stream == NULL)
    gx_fail (error, GX_ERROR_NOT_FOUND, "there is no stream on this way");
  else
    return transport->open_stream (transport, request, cancellable, error);

  return NULL;
}

/**
 * gxc_stream_next:
 * @out_text: (out) (transfer full)
 *
 * Waits for the next text.
 */
gboolean
gxc_stream_next (GxcStream     *stream,
                 char         **out_text,
                 GCancellable  *cancellable,
                 GError       **error)
{
  *out_text = NULL;

  return stream->next (stream, out_text, cancellable, error);
}

void
gxc_stream_free (GxcStream *stream)
{
  stream->free (stream);
}

void
gxc_transport_free (GxcTransport *transport)
{
  transport->free (transport);
}

void
gxc_response_clear (GxcResponse *response)
{
  g_clear_pointer (&response->body, g_bytes_unref);
}
