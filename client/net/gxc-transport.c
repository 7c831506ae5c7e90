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
