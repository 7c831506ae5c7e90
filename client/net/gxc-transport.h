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
  GFileProgressCallback progress;       /* (nullable): how far the answer has come, in the thread that waits for it: bytes of the whole of
                                         * which it is a part. Not called if the server does not say how many they are */
  gpointer    progress_data;
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

typedef struct _GxcStream GxcStream;

/**
 * GxcStream: a line on which the server says short texts unasked. Used in the thread that opened it.
 *
 * @next waits for a text, as long as it takes; of several that came meanwhile only the last. Errors: %GX_ERROR_UNAUTHENTICATED if the session
 * ended, %GX_ERROR_OFFLINE, %GX_ERROR_CANCELLED; the line is of no use then.
 */
struct _GxcStream
{
  gboolean (*next) (GxcStream *stream, char **out_text, GCancellable *cancellable, GError **error);
  void     (*free) (GxcStream *stream);
};

/**
 * GxcTransport: how requests reach the server: HTTPS (gxc-http.h), or whatever a test or a simulation puts in its place.
 *
 * @send blocks; used from one thread at a time. Errors: %GX_ERROR_OFFLINE, %GX_ERROR_TLS, %GX_ERROR_CANCELLED; an answer
 * of any status is no error.
 * @open_stream asks with @request for a line of the other kind; may be %NULL. Errors: as @send, and %GX_ERROR_UNAUTHENTICATED, %GX_ERROR_UPGRADE,
 * %GX_ERROR_NOT_FOUND if whoever answered opens none.
 */
struct _GxcTransport
{
  gboolean (*send) (GxcTransport *transport, const GxcRequest *request, GxcResponse *out, GCancellable *cancellable,
                    GError **error);
  GxcStream *(*open_stream) (GxcTransport *transport, const GxcRequest *request, GCancellable *cancellable, GError **error);
  void     (*free) (GxcTransport *transport);
};

gboolean gxc_transport_send    (GxcTransport *transport, const GxcRequest *request, GxcResponse *out,
                                GCancellable *cancellable, GError **error);
GxcStream *gxc_transport_open_stream (GxcTransport *transport, const GxcRequest *request, GCancellable *cancellable, GError **error);
gboolean gxc_stream_next       (GxcStream *stream, char **out_text, GCancellable *cancellable, GError **error);
void     gxc_stream_free       (GxcStream *stream);
void     gxc_transport_free    (GxcTransport *transport);
void     gxc_response_clear    (GxcResponse *response);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcTransport, gxc_transport_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcStream, gxc_stream_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GxcResponse, gxc_response_clear)

G_END_DECLS
