/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The HTTP layer as main assembles it, small and quick, for tests: real sockets, real TLS, real pools. */
#include "gxt-http-server.h"

#include <glib/gstdio.h>
#include <unistd.h>

GxtHttpServer *
gxt_http_server_new (const GxsRoute *routes,
                     guint           n_routes)
{
  GxtHttpServer *self = g_new0 (GxtHttpServer, 1);

  self->router = gxs_router_new (routes, n_routes);
  self->limits = (GxsGateLimits) {
    .max_headers = 16 * 1024, .max_body = 1024 * 1024, .max_inflated = 8 * 1024 * 1024, .max_ratio = 100, .max_requests = 1000,
  };
  self->setup = (GxsListenerSetup) {
    .address = "127.0.0.1:0", .n_workers = 2, .max_connections = 4096, .max_per_ip = 4096, .sweep = 20, .max_headers = 16 * 1024,
    .timeouts = { .handshake = 5000, .headers = 10000, .body_grace = 10000, .body_rate = 1024, .stall = 60000, .idle = 75000,
                  .linger = 2000, .keepalive = 30000 },
  };
  self->read_threads = 2;
  self->read_queue = 256;

  return self;
}

static void
open_log (GxtHttpServer *self)
{
  g_autoptr(GError) error = NULL;
  int fd = g_file_open_tmp ("guanxi-log-XXXXXX", &self->log_path, &error);

  g_assert_no_error (error);
  close (fd);
  self->log = gxs_log_new (self->log_path, GXS_LOG_INFO, gx_clock_system (), &error);
  g_assert_no_error (error);
}

static void
make_pools (GxtHttpServer *self)
{
  g_autoptr(GError) error = NULL;

  self->pools[GXS_POOL_READ] = gxs_pool_new ("read", self->read_threads, self->read_queue, &self->hooks, &error);
  g_assert_no_error (error);
  self->pools[GXS_POOL_HASH] = gxs_pool_new ("hash", 1, 32, NULL, &error);
  g_assert_no_error (error);
  self->pools[GXS_POOL_BLOB] = gxs_pool_new ("blob", 1, 32, NULL, &error);
  g_assert_no_error (error);
}

void
gxt_http_server_start (GxtHttpServer *self)
{
  g_autoptr(GError) error = NULL;

  open_log (self);
  make_pools (self);
  self->ca = gxt_certificate_new (GXT_CERTIFICATE_CA, NULL);
  self->certificate = gxt_certificate_new (GXT_CERTIFICATE_SERVER, self->ca);
  self->tls = gxs_tls_new (self->certificate->certificate, self->certificate->key,
                           self->wants_client ? self->ca->certificate : NULL, &error);
  g_assert_no_error (error);
  self->limiter = gxs_limiter_new (self->rates, gx_clock_system ());
  self->gate = gxs_gate_new (self->router, &self->host, &self->limits, self->limiter, self->pools, self->log,
                             gx_clock_system ());

  self->setup.tls = self->tls;
  self->setup.gate = self->gate;
  self->setup.limiter = self->limiter;
  self->setup.log = self->log;
  self->setup.clock = gx_clock_system ();
  self->listener = gxs_listener_new (&self->setup, &error);
  g_assert_no_error (error);
  self->port = gxs_listener_get_port (self->listener);
}

/**
 * gxt_http_server_dup_log:
 *
 * Returns: (transfer full): everything that was logged so far
 */
char *
gxt_http_server_dup_log (GxtHttpServer *self)
{
  char *text = NULL;

  gxs_log_flush (self->log);
  g_assert_true (g_file_get_contents (self->log_path, &text, NULL, NULL));
  return text;
}

void
gxt_http_server_free (GxtHttpServer *self)
{
  g_clear_pointer (&self->listener, gxs_listener_free);
  for (guint i = 0; i < GXS_N_POOLS; i++)
    g_clear_pointer (&self->pools[i], gxs_pool_free);
  g_clear_pointer (&self->gate, gxs_gate_free);
  g_clear_pointer (&self->limiter, gxs_limiter_free);
  g_clear_pointer (&self->router, gxs_router_free);
  g_clear_pointer (&self->log, gxs_log_free);
  g_clear_pointer (&self->tls, gxs_tls_unref);
  g_clear_pointer (&self->certificate, gxt_certificate_free);
  g_clear_pointer (&self->ca, gxt_certificate_free);
  if (self->log_path != NULL)
    g_unlink (self->log_path);
  g_free (self->log_path);
  g_free (self);
}
