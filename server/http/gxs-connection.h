/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "gxs-admission.h"
#include "gxs-context.h"
#include "gxs-tls-stream.h"

G_BEGIN_DECLS

typedef struct _GxsWorker GxsWorker;
typedef struct _GxsStream GxsStream;

/**
 * GxsPhase: what a connection is doing, hence which deadline holds.
 */
typedef enum
{
  GXS_PHASE_HANDSHAKE,      /* TLS is being agreed */
  GXS_PHASE_HEADERS,        /* a request has begun, or must begin */
  GXS_PHASE_BODY,           /* its body is coming in */
  GXS_PHASE_HANDLER,        /* the answer is being made: our own time, no deadline */
  GXS_PHASE_ANSWER,         /* the answer is going out */
  GXS_PHASE_IDLE,           /* kept alive between two requests */
  GXS_PHASE_LINGER,         /* refused and answered; what still comes in is thrown away */
  GXS_PHASE_OPEN,           /* a WebSocket: its own pings keep the time */
} GxsPhase;

/**
 * GxsTimeouts: how long each phase may last.
 */
typedef struct
{
  gint64 handshake;         /* ms */
  gint64 headers;           /* ms */
  gint64 body_grace;        /* ms before the body's rate is looked at */
  guint  body_rate;         /* bytes a second */
  gint64 stall;             /* ms without progress of an answer */
  gint64 idle;              /* ms */
  gint64 linger;            /* ms */
  gint64 keepalive;         /* ms between two pings of a WebSocket */
} GxsTimeouts;

/**
 * GxsPace: what a deadline is decided from.
 */
typedef struct
{
  GxsPhase phase;
  gint64   since;           /* µs, monotonic: when the phase began */
  gint64   progress;        /* µs: when a byte last passed; of a WebSocket, when one last came in */
  gsize    bytes;           /* that came in during the phase */
} GxsPace;

gboolean gxs_pace_is_overdue (const GxsPace *pace, const GxsTimeouts *timeouts, gint64 now);

/**
 * GxsConnection: one client's connection, touched only in its worker's thread.
 */
typedef struct
{
  /* owned */
  GxsTlsStream *stream;
  GSocketAddress *local;
  GSocketAddress *remote;
  GSource      *source;     /* (nullable) of the handshake, of lingering … */
  SoupServerMessage *last;  /* (nullable) of the request before, while idle: the handle to take the connection back by */
  GBytes       *farewell;   /* (nullable) what is still to be said before lingering */
  GxsStream    *websocket;  /* (nullable) what it became */

  /* borrowed */
  GxsWorker    *worker;
  GxsContext   *ctx;        /* (nullable) the request being served */

  GList         link;       /* in the worker's list */
  GxsPace       pace;
  gsize         farewell_at;
  guint         n_requests;
  gboolean      is_served;  /* SoupServer has it */
  gboolean      is_retiring;
  char          ip[GXS_IP_SIZE];
} GxsConnection;

GxsConnection *gxs_connection_new     (GxsWorker *worker, GSocket *socket, GxsTls *tls, GError **error);
void           gxs_connection_start   (GxsConnection *connection);
void           gxs_connection_enter   (GxsConnection *connection, GxsPhase phase);
void           gxs_connection_rest    (GxsConnection *connection, SoupServerMessage *last);
void           gxs_connection_refuse  (GxsConnection *connection, SoupServerMessage *message, GBytes *response);
void           gxs_connection_upgrade (GxsConnection *connection, SoupServerMessage *message, GxsStream *websocket);
void           gxs_connection_expire  (GxsConnection *connection);
void           gxs_connection_close   (GxsConnection *connection);
GxsConnection *gxs_connection_of      (SoupServerMessage *message);

G_END_DECLS
