/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxs-context.h"
#include "gxs-limiter.h"
#include "gxs-log.h"
#include "gxs-pool.h"
#include "gxs-route.h"

G_BEGIN_DECLS

/**
 * GxsPrincipal: who a token belongs to, as far as the gate must know.
 */
typedef struct
{
  gpointer session;         /* (owned by the request) opaque; given back by GxsGateHost.release */
  guint64  roles;           /* bits of the active roles, matched with GxsRoute.roles */
  gint64   tag;             /* names the session in the log, and is no secret; 0 = none */
} GxsPrincipal;

/**
 * GxsGateHost: what main lends the gate, so that http stays below services.
 *
 * @authenticate: finds the session of a bearer token. Runs on an I/O worker: it may look into memory, but must not query
 *   or wait. @client_id is the X-Client header, empty if there is none. Fails with %GX_ERROR_UNAUTHENTICATED (no such
 *   session, another client's) or %GX_ERROR_DEVICE.
 * @refused: told of each refusal after the token was read (401, 403), also by a handler that only reads, for the audit;
 *   must only enqueue. May be %NULL.
 * @release: gives @session back when the request is over; any thread. May be %NULL.
 * @holds: whether @session is one still, for a WebSocket that outlives its request; as @authenticate it must not wait. May
 *   be %NULL.
 */
typedef struct
{
  gboolean (*authenticate) (gpointer services, const char *token, const char *client_id, const char *remote_ip,
                            GxsPrincipal *out_principal, GError **error);
  void     (*refused)      (gpointer services, const GxsPrincipal *principal, const GxsRoute *route, const GError *error);
  void     (*release)      (gpointer services, gpointer session);
  gboolean (*holds)        (gpointer services, gpointer session);
  gpointer  services;       /* gxs_context_get_services() */
  guint     schema_min;     /* X-Schema below it is answered 426; 0 = the header is not looked at */
  guint     schema_max;
  guint     schema_oldest;  /* of routes with %GXS_ROUTE_OLD_SCHEMA */
} GxsGateHost;

/**
 * GxsGateLimits: the part of the configuration that the gate holds requests to.
 */
typedef struct
{
  gsize max_headers;        /* bytes */
  gsize max_body;           /* bytes, where the route says nothing */
  gsize max_inflated;       /* bytes after gunzip */
  guint max_ratio;          /* inflated : sent */
  guint max_requests;       /* on one connection */
} GxsGateLimits;

typedef struct _GxsGate GxsGate;

GxsGate *gxs_gate_new      (const GxsRouter *router, const GxsGateHost *host, const GxsGateLimits *limits,
                            GxsLimiter *limiter, GxsPool *pools[GXS_N_POOLS], GxsLog *log, GxClock *clock);
void     gxs_gate_free     (GxsGate *gate);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxsGate, gxs_gate_free)

G_END_DECLS
