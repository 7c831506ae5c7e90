/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one way into the server: headers checked, body decoded, handler run where its row says, answer written.
 *
 *   I/O worker:   on_headers ─ steps ─┬─> refuse
 *                 on_body ────────────┴─> pause ──────────┐                      ┌─> apply, unpause ─> on_over: access log
 *   pool thread:                           decode ─ handler ─ settle ─ gzip ─ inbox
 *   any thread:                                     (async handlers: gxs_context_complete)
 *
 * Who may do what is asked of the host; the gate knows no service. A context belongs to one side of the picture at a
 * time; the SoupServerMessage never leaves its worker.
 */
#include "gxs-gate-private.h"

#include "gx-error.h"
#include "gxs-context-private.h"
#include "gxs-response.h"
#include "gxs-stream.h"
#include "gxs-worker.h"

#define INLINE_MAX (16 * 1024)          /* bytes of a body that are decoded on the I/O worker */
#define HOLD_MAX (12 * 1024)            /* bytes of an answer that leaves together with its headers */
#define DISCARD_MAX (64 * 1024)         /* bytes of a refused body that are read rather than cut off */

static _Thread_local gboolean is_pool_thread;

/**
 * gxs_gate_new:
 * @pools: (element-type GxsPool): by #GxsPoolKind; that of %GXS_POOL_WORKER is not used
 *
 * Everything is borrowed and must outlive the gate, which must outlive listener and pools.
 */
GxsGate *
gxs_gate_new (const GxsRouter     *router,
              const GxsGateHost   *host,
              const GxsGateLimits *limits,
              GxsLimiter          *limiter,
              GxsPool             *pools[GXS_N_POOLS],
              GxsLog              *log,
              GxClock             *clock)
{
  GxsGate *self = g_new0 (GxsGate, 1);

  self->router = router;
  self->host = *host;
  self->limits = *limits;
  self->limiter = limiter;
  for (guint i = 0; i < GXS_N_POOLS; i++)
    self->pools[i] = pools[i];
  self->log = log;
  self->clock = clock;

  return self;
}

void
gxs_gate_free (GxsGate *self)
{
  g_free (self);
}

/**
 * gxs_context_get_services:
 *
 * Returns: (transfer none): GxsGateHost.services
 */
gpointer
gxs_context_get_services (GxsContext *ctx)
{
  return ctx->gate->host.services;
}

static void
end_context (GxsContext *ctx)
{
  const GxsGateHost *host = &ctx->gate->host;

  if (ctx->has_principal && host->release != NULL)
    host->release (host->services, ctx->principal.session);
  gxs_context_free (ctx);
}

static void
log_access (GxsContext *ctx,
            const char *method,
            guint       status)
{
  const GxsRoute *route = ctx->match.route;

  gxs_log (ctx->gate->log, status >= 500 ? GXS_LOG_WARNING : GXS_LOG_INFO, "request",
           GXS_LOG_NUMBER ("id", (gint64) ctx->id),
           GXS_LOG_CODE ("m", route != NULL ? route->method : method),
           GXS_LOG_CODE ("route", route != NULL ? route->pattern : ""),
           GXS_LOG_NUMBER ("st", status),
           GXS_LOG_CODE ("code", ctx->error != NULL ? gx_error_slug (ctx->error) : ""),
           GXS_LOG_NUMBER ("us", gx_clock_monotonic (ctx->gate->clock) - ctx->started),
           GXS_LOG_NUMBER ("in", (gint64) ctx->bytes_in),
           GXS_LOG_NUMBER ("out", ctx->answer != NULL ? (gint64) g_bytes_get_size (ctx->answer) : 0),
           GXS_LOG_CODE ("ip", ctx->ip),
           GXS_LOG_NUMBER ("s", ctx->principal.tag));
}

/* On the way back */

static gboolean
is_last (GxsConnection *connection)
{
  return connection->n_requests >= ((GxsContext *) connection->ctx)->gate->limits.max_requests
         || gxs_worker_is_draining (connection->worker);
}

static void
apply_answer (GxsContext *ctx)
{
  GxsConnection *connection = ctx->worker.connection;
  gboolean last = is_last (connection);

  gxs_response_apply (ctx, ctx->worker.message, last);
  if (!last && (ctx->answer == NULL || g_bytes_get_size (ctx->answer) <= HOLD_MAX))
    gxs_tls_stream_hold (connection->stream);
}

static void
answer (GxsContext *ctx)
{
  gxs_connection_enter (ctx->worker.connection, GXS_PHASE_ANSWER);
  apply_answer (ctx);
}

/* The session's reference goes over to the stream. It may have ended while the handler ran: then nobody ended this one. */
static void
upgrade (GxsContext *ctx)
{
  const GxsGateHost *host = &ctx->gate->host;
  const GxsStreamSession session = { ctx->has_principal ? ctx->principal.session : NULL, host->holds,
                                     ctx->has_principal ? host->release : NULL, host->services };
  GxsConnection *connection = ctx->worker.connection;
  GxsStream *stream = gxs_stream_new (connection, ctx->accept_key, &session);
  gboolean over = session.holds != NULL && !session.holds (session.services, session.session);

  ctx->has_principal = FALSE;
  connection->ctx = NULL;
  gxs_connection_upgrade (connection, ctx->worker.message, stream);
  log_access (ctx, "", 101);
  end_context (ctx);
  if (over || gxs_worker_is_draining (connection->worker))
    gxs_stream_end (stream, over ? GXS_CLOSE_POLICY : GXS_CLOSE_AWAY);
  else
    gxs_stream_begin (stream, gxs_worker_get_latest (connection->worker));
}

static void
finish_cb (gpointer data)
{
  GxsContext *ctx = data;

  ctx->worker.is_pending = FALSE;
  if (ctx->worker.connection == NULL)
    {
      log_access (ctx, "", 499);
      end_context (ctx);
      return;
    }

  if (ctx->accept_key != NULL && ctx->error == NULL)
    {
      upgrade (ctx);
      return;
    }

  answer (ctx);
  soup_server_message_unpause (ctx->worker.message);
}

static void
send_back (GxsContext *ctx)
{
  if (!gxs_inbox_post (ctx->inbox, finish_cb, ctx))
    end_context (ctx);
}

static void
gzip_job (gpointer job_data,
          gpointer thread_data)
{
  gxs_response_gzip (job_data);
  send_back (job_data);
}

/* Whoever completes: a pool's thread packs the answer itself, another (the committer) has better things to do. */
/* What a handler refused by right; one that writes has told of it itself. */
static void
tell_refusal (GxsContext *ctx)
{
  const GxsGateHost *host = &ctx->gate->host;

  if (ctx->error != NULL && ctx->status == 403 && host->refused != NULL && ctx->has_principal
      && (ctx->match.route->flags & GXS_ROUTE_ASYNC) == 0)
    host->refused (host->services, &ctx->principal, ctx->match.route, ctx->error);
}

static void
on_done (GxsContext *ctx)
{
  gxs_response_settle (ctx);
  tell_refusal (ctx);
  if (ctx->error != NULL && ctx->status >= 500 && ctx->error->code != GX_ERROR_BUSY)
    gxs_log_error (ctx->gate->log, GXS_LOG_ERROR, "handler-failed", ctx->error);

  if (ctx->thread == g_thread_self () && ctx->worker.is_dispatching)
    {
      ctx->worker.is_answered_inline = TRUE;
      return;
    }
  if (gxs_response_wants_gzip (ctx))
    {
      if (!is_pool_thread && gxs_pool_submit (ctx->gate->pools[GXS_POOL_READ], gzip_job, ctx, NULL))
        return;
      if (is_pool_thread)
        gxs_response_gzip (ctx);
    }
  send_back (ctx);
}

/* On the way in */

static void
run_handler (GxsContext *ctx)
{
  const GxsRoute *route = ctx->match.route;
  GError *error = NULL;

  if (!gxs_gate_decode_body (ctx->gate, ctx, &error) || !route->handler (ctx, &error))
    gxs_context_complete (ctx, error);
  else if ((route->flags & GXS_ROUTE_ASYNC) == 0)
    gxs_context_complete (ctx, NULL);
}

static void
handler_job (gpointer job_data,
             gpointer thread_data)
{
  GxsContext *ctx = job_data;

  is_pool_thread = TRUE;
  ctx->thread_data = thread_data;
  run_handler (ctx);
}

static void
run_inline (GxsContext *ctx)
{
  ctx->worker.is_dispatching = TRUE;
  run_handler (ctx);
  ctx->worker.is_dispatching = FALSE;
}

static void
dispatch (GxsContext        *ctx,
          SoupServerMessage *message)
{
  GxsPoolKind kind = ctx->match.route->pool;
  GError *error = NULL;

  if (kind == GXS_POOL_WORKER && ctx->bytes_in > INLINE_MAX)
    kind = GXS_POOL_READ;

  ctx->worker.is_pending = TRUE;
  if (kind == GXS_POOL_WORKER)
    run_inline (ctx);
  else if (!gxs_pool_submit (ctx->gate->pools[kind], handler_job, ctx, &error))
    {
      ctx->error = error;
      gxs_response_settle (ctx);
      ctx->worker.is_answered_inline = TRUE;
    }

  if (ctx->worker.is_answered_inline)
    {
      ctx->worker.is_pending = FALSE;
      answer (ctx);
    }
  else
    soup_server_message_pause (message);
}

/* A refused body that is long, or of unknown length, is not waited for. */
static gboolean
must_cut_off (GxsContext        *ctx,
              SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  if (ctx->worker.is_misframed)
    return TRUE;

  switch (soup_message_headers_get_encoding (headers))
    {
    case SOUP_ENCODING_NONE:
      return FALSE;
    case SOUP_ENCODING_CONTENT_LENGTH:
      return soup_message_headers_get_content_length (headers) > DISCARD_MAX
             || (soup_message_headers_get_expectations (headers) & SOUP_EXPECTATION_CONTINUE) != 0;
    default:
      return TRUE;
    }
}

static void
refuse (GxsGate           *gate,
        GxsContext        *ctx,
        SoupServerMessage *message,
        GError            *error)
{
  GxsConnection *connection = ctx->worker.connection;
  g_autoptr(GBytes) raw = NULL;

  ctx->error = error;
  gxs_response_settle (ctx);
  if (gate->host.refused != NULL && (ctx->status == 401 || ctx->status == 403))
    gate->host.refused (gate->host.services, &ctx->principal, ctx->match.route, error);
  if (!must_cut_off (ctx, message))
    {
      apply_answer (ctx);
      return;
    }

  raw = gxs_response_raw (ctx);
  log_access (ctx, soup_server_message_get_method (message), ctx->status);
  connection->ctx = NULL;
  gxs_connection_refuse (connection, message, raw);
  end_context (ctx);
}

static GxsContext *
begin_context (GxsGate           *gate,
               GxsConnection     *connection,
               SoupServerMessage *message)
{
  GxsContext *ctx = gxs_context_new (gate);

  ctx->worker.message = g_object_ref (message);
  ctx->worker.connection = connection;
  ctx->inbox = gxs_inbox_ref (gxs_worker_get_inbox (connection->worker));
  ctx->thread = g_thread_self ();
  ctx->done = on_done;
  ctx->id = (guint64) g_atomic_pointer_add (&gate->next_id, 1) + 1;
  ctx->started = gx_clock_monotonic (gate->clock);
  g_strlcpy (ctx->ip, connection->ip, sizeof ctx->ip);

  return ctx;
}

/**
 * gxs_gate_on_headers: (skip)
 *
 * The headers of a request are there. The connection may be gone afterwards.
 */
void
gxs_gate_on_headers (GxsGate           *gate,
                     GxsConnection     *connection,
                     SoupServerMessage *message)
{
  GError *error = NULL;

  g_assert (connection->ctx == NULL);

  g_clear_object (&connection->last);
  connection->n_requests++;
  gxs_connection_enter (connection, GXS_PHASE_BODY);
  connection->ctx = begin_context (gate, connection, message);
  if (!gxs_gate_check_headers (gate, connection->ctx, message, &error))
    refuse (gate, connection->ctx, message, error);
}

/**
 * gxs_gate_on_body: (skip)
 * @query: (nullable) (element-type utf8 utf8): decoded
 *
 * A request that was not refused is there as a whole.
 */
void
gxs_gate_on_body (GxsGate           *gate,
                  GxsConnection     *connection,
                  SoupServerMessage *message,
                  GHashTable        *query)
{
  GxsContext *ctx = connection->ctx;

  gxs_connection_enter (connection, GXS_PHASE_HANDLER);
  ctx->query = query != NULL ? g_hash_table_ref (query) : NULL;
  if (ctx->bytes_in > 0)
    ctx->body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  else if (ctx->match.route->body == GXS_BODY_JSON || ctx->match.route->body == GXS_BODY_RAW)
    ctx->body = g_bytes_new_static ("", 0);
  dispatch (ctx, message);
}

/**
 * gxs_gate_on_over: (skip)
 *
 * The answer is written, or never will be.
 */
void
gxs_gate_on_over (GxsGate           *gate,
                  GxsConnection     *connection,
                  SoupServerMessage *message)
{
  GxsContext *ctx = connection->ctx;

  connection->ctx = NULL;
  gxs_connection_rest (connection, message);
  if (ctx == NULL)
    {
      gxs_log (gate->log, GXS_LOG_INFO, "request-malformed", GXS_LOG_CODE ("ip", connection->ip),
               GXS_LOG_NUMBER ("st", soup_server_message_get_status (message)));
      return;
    }
  if (ctx->worker.is_pending)
    {
      gxs_context_lose_connection (ctx);
      return;
    }

  log_access (ctx, soup_server_message_get_method (message), soup_server_message_get_status (message));
  end_context (ctx);
}
