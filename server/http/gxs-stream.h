/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxs-connection.h"
#include "gxs-frame.h"

G_BEGIN_DECLS

/**
 * GxsStream: a connection that became a WebSocket: the server says short texts, the client keeps the line open. Touched only
 * in its worker's thread; belongs to its connection.
 */

/**
 * GxsStreamSession: whose stream it is.
 * @holds: whether the session still is one; asked now and then, and must not wait. May be %NULL.
 * @release: gives @session back. May be %NULL.
 */
typedef struct
{
  gpointer session;
  gboolean (*holds)   (gpointer services, gpointer session);
  void     (*release) (gpointer services, gpointer session);
  gpointer services;
} GxsStreamSession;

GxsStream *gxs_stream_new         (GxsConnection *connection, const char *accept_key, const GxsStreamSession *session);
void       gxs_stream_free        (GxsStream *stream);
gpointer   gxs_stream_get_session (GxsStream *stream);
void       gxs_stream_begin       (GxsStream *stream, GBytes *latest);
void       gxs_stream_say         (GxsStream *stream, GBytes *frame);
void       gxs_stream_end         (GxsStream *stream, GxsCloseCode code);
void       gxs_stream_tick        (GxsStream *stream, gint64 now);

G_END_DECLS
