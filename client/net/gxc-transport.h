/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "gx-error.h"

G_BEGIN_DECLS

typedef struct _GxcTransport GxcTransport;

/**
 * GxcRequest: one request to the bank's server.
 */
typedef struct
{
  const char *method;           /* "GET", "POST" … */
  const char *path;             /* from the slash on, with the query */
  const char *type;             /* (nullable): media type of @body */
  GBytes     *body;             /* (nullable) */
  const char *headers[8][2];    /* name, value; ends with a row of %NULL */
} GxcRequest;

/**
 * GxcResponse: its answer, whatever its status.
 */
typedef struct
{
  guint   status;
  GBytes *body;                 /* never %NULL; gunzipped */
  gint64  date;                 /* ms UTC, the server's clock; 0 = not said */
} GxcResponse;

/**
 * GxcTransport: how requests reach the server: HTTPS (gxc-http.h), or whatever a test or a simulation puts in its place.
 *
 * @send blocks; used from one thread at a time. Errors: %GX_ERROR_OFFLINE, %GX_ERROR_TLS, %GX_ERROR_CANCELLED; an answer
 * of any status is no error.
 */
struct _GxcTransport
{
  gboolean (*send) (GxcTransport *transport, const GxcRequest *request, GxcResponse *out, GCancellable *cancellable,
                    GError **error);
  void     (*free) (GxcTransport *transport);
};

gboolean gxc_transport_send    (GxcTransport *transport, const GxcRequest *request, GxcResponse *out,
                                GCancellable *cancellable, GError **error);
void     gxc_transport_free    (GxcTransport *transport);
void     gxc_response_clear    (GxcResponse *response);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcTransport, gxc_transport_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GxcResponse, gxc_response_clear)

G_END_DECLS
