/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "gxs-limiter.h"

G_BEGIN_DECLS

typedef struct _GxsContext GxsContext;

#define GXS_ROUTE_ARGS 4            /* {args} a pattern may have */

/**
 * GxsPoolKind: where a handler runs.
 *
 * @GXS_POOL_WORKER: on the I/O worker itself. For handlers that only enqueue (to the committer, say) or answer from
 *   memory: no query, no file, no lock that is held for long. A body of more than 16 KiB moves decoding and handler
 *   to the read pool.
 * @GXS_POOL_READ: a read thread; gxs_context_get_thread_data() is that thread's own read-only connection
 * @GXS_POOL_HASH: a thread for password hashing
 * @GXS_POOL_BLOB: a thread for attachment files
 */
typedef enum
{
  GXS_POOL_WORKER,
  GXS_POOL_READ,
  GXS_POOL_HASH,
  GXS_POOL_BLOB,
  GXS_N_POOLS
} GxsPoolKind;

/**
 * GxsBodyKind: what a request may carry. %GXS_BODY_NONE refuses a body (413), the others demand Content-Length (411).
 */
typedef enum
{
  GXS_BODY_NONE,
  GXS_BODY_JSON,            /* application/json, strict; gxs_context_get_json() */
  GXS_BODY_OPTIONAL_JSON,   /* the same, or nothing: then the node is NULL */
  GXS_BODY_RAW,             /* application/octet-stream; gxs_context_get_body() */
} GxsBodyKind;

/**
 * GxsRouteFlags:
 * @GXS_ROUTE_PUBLIC: no token is asked for
 * @GXS_ROUTE_ASYNC: the handler returns before the answer is there; it (or whoever it gave the context to) calls
 *   gxs_context_complete() exactly once, from any thread. Without the flag the gate completes when the handler returns.
 * @GXS_ROUTE_RANGE: a Range header is honoured (attachments)
 * @GXS_ROUTE_PLAIN: never gzip the answer (it is compressed or encrypted already)
 * @GXS_ROUTE_ANY_SCHEMA: answers clients of every schema number
 * @GXS_ROUTE_OLD_SCHEMA: answers clients of an older schema that is still understood: what one needs to hand in its queue
 * @GXS_ROUTE_STREAM: asks for a WebSocket (400 without its handshake); the connection becomes one when the handler lets it
 */
typedef enum
{
  GXS_ROUTE_PUBLIC     = 1 << 0,
  GXS_ROUTE_ASYNC      = 1 << 1,
  GXS_ROUTE_RANGE      = 1 << 2,
  GXS_ROUTE_PLAIN      = 1 << 3,
  GXS_ROUTE_ANY_SCHEMA = 1 << 4,
  GXS_ROUTE_STREAM     = 1 << 5,
  GXS_ROUTE_OLD_SCHEMA = 1 << 6,
} GxsRouteFlags;

/**
 * GxsHandler:
 * @ctx: the request, and where the answer goes
 *
 * Assumes a request that passed the gate. Sets the answer with gxs_context_set_json() or its sisters; nothing set means
 * 204. With %GXS_ROUTE_ASYNC, a return of %TRUE means "will be completed later", %FALSE with @error completes at once.
 */
typedef gboolean (*GxsHandler) (GxsContext *ctx, GError **error);

/**
 * GxsRoute: one row of the table. A pattern is `/v1/records/{entity}/{id}`; a literal segment goes before an {arg}.
 */
typedef struct
{
  const char    *method;    /* "GET", "POST", "PATCH", "HEAD" */
  const char    *pattern;
  guint64        roles;     /* any bit of it suffices; 0 = everybody who is signed in */
  GxsRouteFlags  flags;
  GxsBodyKind    body;
  gsize          max_body;  /* bytes; 0 = the configured push limit */
  GxsRate        rate;      /* its own bucket, besides the session's */
  GxsPoolKind    pool;
  GxsHandler     handler;
} GxsRoute;

/**
 * GxsRouter: the table, made ready for matching. Immutable, shared by all workers.
 */
typedef struct _GxsRouter GxsRouter;

/**
 * GxsMatch: what a path leads to. Arguments are percent-decoded, in the order of the pattern.
 */
typedef struct
{
  const GxsRoute *route;                  /* (nullable) */
  char           *args[GXS_ROUTE_ARGS];   /* (owned) */
  const char     *allow;                  /* (nullable) when the path exists with other methods: "GET, POST" */
} GxsMatch;

GxsRouter *gxs_router_new   (const GxsRoute *routes, guint n_routes);
void       gxs_router_free  (GxsRouter *router);
gboolean   gxs_router_match (const GxsRouter *router, const char *method, const char *path, GxsMatch *out_match);
void       gxs_match_clear  (GxsMatch *match);

const GxsRoute *gxs_router_get_routes (const GxsRouter *router, guint *out_n_routes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxsRouter, gxs_router_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GxsMatch, gxs_match_clear)

G_END_DECLS
