/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxs-connection.h"
#include "gxs-gate.h"

G_BEGIN_DECLS

struct _GxsGate
{
  const GxsRouter *router;              /* (borrowed) */
  GxsGateHost      host;
  GxsGateLimits    limits;
  GxsLimiter      *limiter;             /* (borrowed) */
  GxsPool         *pools[GXS_N_POOLS];  /* (borrowed) */
  GxsLog          *log;                 /* (borrowed) */
  GxClock         *clock;               /* (borrowed) */
  gsize            next_id;             /* atomic */
};

/* One step: FALSE with the error that refuses the request. */
typedef gboolean (*GxsGateStep) (GxsGate *gate, GxsContext *ctx, SoupServerMessage *message, GError **error);

gboolean gxs_gate_check_headers (GxsGate *gate, GxsContext *ctx, SoupServerMessage *message, GError **error);
gboolean gxs_gate_decode_body   (GxsGate *gate, GxsContext *ctx, GError **error);

/* What a worker tells the gate, in the worker's thread. */
void     gxs_gate_on_headers    (GxsGate *gate, GxsConnection *connection, SoupServerMessage *message);
void     gxs_gate_on_body       (GxsGate *gate, GxsConnection *connection, SoupServerMessage *message, GHashTable *query);
void     gxs_gate_on_over       (GxsGate *gate, GxsConnection *connection, SoupServerMessage *message);

G_END_DECLS
