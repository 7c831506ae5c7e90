/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxs-listener.h"
#include "gxt-certificate.h"

G_BEGIN_DECLS

/**
 * GxtHttpServer: a whole HTTP layer on 127.0.0.1 around a table of routes. Change the public members between
 * gxt_http_server_new() and gxt_http_server_start().
 */
typedef struct
{
  /* to be changed before the start */
  GxsListenerSetup setup;
  GxsGateLimits    limits;
  GxsGateHost      host;
  GxsRateLimit     rates[GXS_N_RATES];    /* all unlimited */
  GxsPoolHooks     hooks;                 /* of the read pool */
  guint            read_threads;
  guint            read_queue;
  gboolean         wants_client;          /* client certificates */

  /* afterwards */
  guint16          port;
  GxsListener     *listener;              /* (owned) */
  GxsGate         *gate;                  /* (owned) */
  GxsPool         *pools[GXS_N_POOLS];    /* (owned) */
  GxsLimiter      *limiter;               /* (owned) */
  GxsRouter       *router;                /* (owned) */
  GxsLog          *log;                   /* (owned) */
  GxsTls          *tls;                   /* (owned) */
  GxtCertificate  *ca;                    /* (owned) */
  GxtCertificate  *certificate;           /* (owned) */
  char            *log_path;              /* (owned) */
} GxtHttpServer;

GxtHttpServer *gxt_http_server_new      (const GxsRoute *routes, guint n_routes);
void           gxt_http_server_start    (GxtHttpServer *server);
char          *gxt_http_server_dup_log  (GxtHttpServer *server);
void           gxt_http_server_free     (GxtHttpServer *server);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxtHttpServer, gxt_http_server_free)

G_END_DECLS
