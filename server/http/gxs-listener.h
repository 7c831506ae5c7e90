/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxs-worker.h"

G_BEGIN_DECLS

/**
 * GxsListenerSetup: how to listen.
 */
typedef struct
{
  const char   *address;    /* "127.0.0.1:8443", "[::1]:0"; port 0 takes a free one */
  guint         n_workers;  /* 0 = as many as cores, at least 2 */
  guint         max_connections;
  guint         max_per_ip;
  gint64        sweep;      /* ms */
  gsize         max_headers;  /* bytes */
  GxsTimeouts   timeouts;
  GxsTls       *tls;        /* (borrowed) */
  GxsGate      *gate;       /* (borrowed) */
  GxsLimiter   *limiter;    /* (borrowed) swept together with the connections */
  GxsLog       *log;        /* (borrowed) */
  GxClock      *clock;      /* (borrowed) */
} GxsListenerSetup;

/**
 * GxsListener: accepts connections and deals them out to the I/O workers.
 */
typedef struct _GxsListener GxsListener;

GxsListener *gxs_listener_new      (const GxsListenerSetup *setup, GError **error);
guint16      gxs_listener_get_port (GxsListener *listener);
guint        gxs_listener_get_connections (GxsListener *listener);
void         gxs_listener_broadcast (GxsListener *listener, const char *text);
void         gxs_listener_end_streams (GxsListener *listener, gpointer session);
void         gxs_listener_stop     (GxsListener *listener, gint64 drain);
void         gxs_listener_free     (GxsListener *listener);
gboolean     gxs_listener_is_loopback (const char *address, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxsListener, gxs_listener_free)

G_END_DECLS
