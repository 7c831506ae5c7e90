/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The server put together: store, services, pools, gate, listener, in that order, and taken down in the other.
 *
 *   keys -> store (lock, schema) -> sessions -> committer -> pools (a reader a thread) -> gate -> listener
 *
 * Each layer is handed what it works with; nothing here decides anything. The command line is admin's.
 */
#include "gxs-server.h"

#include "gx-json.h"
#include "gx-protocol.h"
#include "gx-upcast.h"
#include "gxs-audit-tree.h"
#include "gxs-audit-verify.h"
#include "gxs-audit.h"
#include "gxs-keys.h"
#include "gxs-routes.h"
#include "gxs-scheduler.h"
#include "gxs-sealer.h"

#include <string.h>
#include <unistd.h>

struct _GxsServer
{
  const GxsConfig *config;        /* borrowed */
  GxsLog          *log;
  GxsKeys         *keys;
  GxBankSealer     sealer;
  GxsServices      services;
  GxsScheduler    *scheduler;
  gint64           started_at;
  GxsPool         *pools[GXS_N_POOLS];
  GxsTls          *tls;
  GxsLimiter      *limiter;
  GxsRouter       *router;
  GxsGate         *gate;
  GxsListener     *listener;
};

static gboolean
authenticate (gpointer       services,
              const char    *token,
              const char    *client_id,
              const char    *remote_ip,
              GxsPrincipal  *out_principal,
              GError       **error)
{
  GxsSession *session = gxs_sessions_find (((GxsServices *) services)->sessions, token, client_id, error);

  if (session == NULL)
    return FALSE;

  out_principal->session = session;
  out_principal->roles = gxs_session_get_roles (session);
  /* Enough of the hash to find the lines of one session. */
  for (guint i = 0; i < 6; i++)
    out_principal->tag = out_principal->tag << 8 | gxs_session_get_token (session)->b[i];
  return TRUE;
}

static void
release (gpointer services,
         gpointer session)
{
  if (session != NULL)
    gxs_session_unref (session);
}

static gboolean
holds (gpointer services,
       gpointer session)
{
  return session != NULL && gxs_sessions_holds (((GxsServices *) services)->sessions, session);
}

typedef struct
{
  GxId    login_id;
  GxId    session_id;
  GxError code;
} Refusal;

static gboolean
write_refusal (GxsBatch  *batch,
               gpointer   data,
               GError   **error)
{
  const Refusal *refusal = data;
  const GxsAuditEvent event = { .action = "refused", .actor = refusal->login_id, .session = refusal->session_id,
                                .result = gx_error_info (refusal->code)->slug };

  return gxs_audit_append (batch, &event, error);
}

static void
on_refusal_written_cb (gpointer      data,
                       const GError *error)
{
  g_free (data);
}

/* Of strangers there is nothing to tell, and they could fill the log; their tries are the access log's. */
static void
refused (gpointer            services,
         const GxsPrincipal *principal,
         const GxsRoute     *route,
         const GError       *error)
{
  Refusal *refusal;

  if (principal->session == NULL || error->domain != GX_ERROR)
    return;

  refusal = g_new (Refusal, 1);
  *refusal = (Refusal) { *gxs_session_get_login_id (principal->session), *gxs_session_get_id (principal->session),
                         (GxError) error->code };
  if (!gxs_store_submit (((GxsServices *) services)->store, write_refusal, on_refusal_written_cb, refusal, NULL))
    g_free (refusal);
}

static gpointer
open_reader (gpointer   user_data,
             guint      index,
             GError   **error)
{
  return gxs_store_open_reader (((GxsServer *) user_data)->services.store, error);
}

static void
close_reader (gpointer user_data,
              gpointer thread_data)
{
  gx_db_close (thread_data);
}

static void
tell_news (GxsServer *server,
           GxDb      *db)
{
  gint64 head = 0;

  if (gx_db_query_int (db, &head, NULL, "SELECT seq FROM sync_clock WHERE shard = 0", NULL))
    gxs_news_tell (server->services.news, head);
}

/* Tells whoever waits, and signs what was committed. A checkpoint that fails is made up for by the next. */
static void
on_batch_done_cb (GxDb     *db,
                  gpointer  data)
{
  GxsServer *server = data;
  g_autoptr(GError) error = NULL;

  if (!gxs_audit_checkpoint (db, server->keys->audit_seed, gx_clock_now (server->services.clock), FALSE, NULL, &error))
    gxs_log_error (server->log, GXS_LOG_ERROR, "audit-checkpoint", error);
  tell_news (server, db);
}

static void
on_job_failed_cb (const char   *name,
                  const GError *error,
                  gpointer      data)
{
  gxs_log_error (((GxsServer *) data)->log, GXS_LOG_ERROR, name, error);
}

static gboolean
run_in_store (gpointer       store,
              GxsStoreWork   work,
              gpointer       data,
              GError       **error)
{
  return gxs_store_run (store, work, data, error);
}

/* --- a log that is not what it was ---------------------------------------------------------------------------------- */

typedef struct
{
  const char *ticket;
  gint64      bad_seq;
} Fork;

static gboolean
write_fork (GxsBatch  *batch,
            gpointer   data,
            GError   **error)
{
  const Fork *fork = data;
  g_autoptr(GString) extra = g_string_new (NULL);
  GxsAuditEvent event = { .action = "fork.accept", .result = "applied" };
  GxJsonWriter writer;

  gx_json_writer_init_canonical (&writer, extra);
  gx_json_writer_begin_object (&writer);
  gx_json_writer_put_int (&writer, "bad_seq", fork->bad_seq);
  gx_json_writer_put_string (&writer, "ticket", fork->ticket);
  gx_json_writer_end_object (&writer);
  event.extra = extra->str;

  return gxs_audit_append (batch, &event, error);
}

/* What came after the newest checkpoint, at each start; the whole of it is `audit verify`'s (trust.md 2). Who goes on over a fault says
 * so in the log. */
static gboolean
check_log (GxsServer  *server,
           GError    **error)
{
  g_auto(GxsAuditReport) report = { 0 };
  Fork fork = { server->config->accept_fork, 0 };
  GxPublicKey key;

  gxs_server_get_audit_key (server, &key);
  if (!gxs_audit_verify_end (gxs_store_get_writer (server->services.store), &key, &report, error))
    return FALSE;
  if (report.fault == NULL)
    return TRUE;

  fork.bad_seq = report.bad_seq;
  if (fork.ticket == NULL)
    return gx_fail (error, GX_ERROR_TAMPERED, "the audit log is not what it was: entry %" G_GINT64_FORMAT ": %s (`audit verify` tells the"
                    " rest; --accept-fork TICKET starts all the same, and is logged)", report.bad_seq, report.fault);
  gxs_log (server->log, GXS_LOG_ERROR, "fork-accepted", GXS_LOG_NUMBER ("entry", report.bad_seq));
  return gxs_store_run (server->services.store, write_fork, &fork, error);
}

static gboolean
open_store (GxsServer  *server,
            GError    **error)
{
  const GxsConfig *config = server->config;
  GxsServices *services = &server->services;

  services->clock = gx_clock_system ();
  services->random = gx_random_system ();
  services->step_up_age = config->step_up_age;
  server->keys = gxs_keys_load (config->data_dir, error);
  if (server->keys == NULL)
    return FALSE;
  gxs_sealer_init (&server->sealer, server->keys, services->random);
  services->store = gxs_store_open (&(GxsStoreOptions) { .data_dir = config->data_dir, .keys = server->keys,
                                                         .sealer = &server->sealer.parent,
                                                         .clock = services->clock, .random = services->random,
                                                         .max_batch = config->commit_batch,
                                                         .max_queue = config->commit_queue }, error);
  if (services->store == NULL || !check_log (server, error))
    return FALSE;

  services->sessions = gxs_sessions_new (services->clock, config->session_idle, config->session_max);
  services->auth = (GxsAuth) { services->store, services->sessions, services->clock, services->random };
  gxs_server_get_audit_key (server, &services->auth.log_key);
  services->parcels = (GxsParcels) { config->data_dir, &server->sealer, server->keys };
  gxs_keys_get_export (server->keys, services->auth.export_key);
  services->blobs = gxs_blobs_new (&(GxsBlobsOptions) { .data_dir = config->data_dir, .run = run_in_store, .run_data = services->store,
                                                        .sealer = &server->sealer, .clock = services->clock,
                                                        .random = services->random, .max_size = (gint64) config->max_blob }, error);
  if (services->blobs == NULL
      || !gxs_sessions_load (services->sessions, gxs_store_get_writer (services->store), error))
    return FALSE;

  services->farewells = gxs_farewells_new (config->data_dir, services->clock, services->random);
  services->news = gxs_news_new ();
  tell_news (server, gxs_store_get_writer (services->store));
  gxs_store_set_between (services->store, on_batch_done_cb, server);
  gxs_store_start (services->store);
  server->scheduler = gxs_scheduler_new (services->store, gxs_jobs, gxs_n_jobs, on_job_failed_cb, server);
  return TRUE;
}

static gboolean
make_pools (GxsServer  *server,
            GError    **error)
{
  const GxsConfig *config = server->config;
  const GxsPoolHooks hooks = { open_reader, close_reader, server };
  const struct { GxsPoolKind kind; const char *name; guint threads, queue; } rows[] = {
    { GXS_POOL_READ, "read", config->read_threads, config->read_queue },
    { GXS_POOL_HASH, "hash", config->hash_threads, config->hash_queue },
    { GXS_POOL_BLOB, "blob", config->blob_threads, config->blob_queue },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      server->pools[rows[i].kind] = gxs_pool_new (rows[i].name, rows[i].threads, rows[i].queue, &hooks, error);
      if (server->pools[rows[i].kind] == NULL)
        return FALSE;
    }

  return TRUE;
}

static gboolean
load_tls (GxsServer  *server,
          GError    **error)
{
  const GxsConfig *config = server->config;
  g_autofree char *certificate = gxs_keys_path (config->data_dir, "server.pem");
  g_autofree char *key = gxs_keys_path (config->data_dir, "server.key");

  server->tls = gxs_tls_new_for_files (config->certificate != NULL ? config->certificate : certificate,
                                       config->key != NULL ? config->key : key, config->client_ca, error);
  return server->tls != NULL;
}

static void
make_gate (GxsServer *server)
{
  const GxsGateHost host = {
    .authenticate = authenticate,
    .refused = refused,
    .release = release,
    .holds = holds,
    .services = &server->services,
    .schema_min = GX_SCHEMA,
    .schema_max = GX_SCHEMA,
    .schema_oldest = (guint) gx_upcast_oldest (),
  };

  server->router = gxs_router_new (gxs_routes, gxs_n_routes);
  server->limiter = gxs_limiter_new (server->config->rates, server->services.clock);
  server->gate = gxs_gate_new (server->router, &host, &server->config->limits, server->limiter, server->pools, server->log,
                               server->services.clock);
}

/* On the thread that tells the news. */
static void
on_news (gint64   head,
         gpointer data)
{
  char text[40];

  g_snprintf (text, sizeof text, "{\"head\":%" G_GINT64_FORMAT "}", head);
  gxs_listener_broadcast (((GxsServer *) data)->listener, text);
}

/* I20: whoever may not ask any more does not listen either. */
static void
on_session_ended (GxsSession *session,
                  gpointer    data)
{
  gxs_listener_end_streams (((GxsServer *) data)->listener, session);
}

static gboolean
listen_now (GxsServer  *server,
            GError    **error)
{
  GxsListenerSetup setup;

  gxs_config_fill_listener (server->config, &setup);
  setup.tls = server->tls;
  setup.gate = server->gate;
  setup.limiter = server->limiter;
  setup.log = server->log;
  setup.clock = server->services.clock;
  server->listener = gxs_listener_new (&setup, error);
  if (server->listener == NULL)
    return FALSE;

  gxs_sessions_set_ended (server->services.sessions, on_session_ended, server);
  on_news (gxs_news_follow (server->services.news, on_news, server), server);
  return TRUE;
}

/* Client certificates come later: until then strangers are kept away by the address. */
static gboolean
check_address (const GxsConfig  *config,
               GError          **error)
{
  GError *local = NULL;

  if (config->is_lab || config->client_ca != NULL || gxs_listener_is_loopback (config->listen, &local))
    return TRUE;
  if (local == NULL)
    return gx_fail (error, GX_ERROR_USAGE, "%s is not a loopback address: without client certificates the server answers"
                    " this machine only (--lab-no-mtls lifts that, for a laboratory)", config->listen);

  g_propagate_error (error, local);
  return FALSE;
}

/**
 * gxs_server_new:
 * @config: (transfer none): outlives the server
 *
 * Returns: (transfer full) (nullable): the server, answering
 *
 * Errors: %GX_ERROR_USAGE for an address it may not serve, %GX_ERROR_IN_USE naming the pid that has the data,
 *   %GX_ERROR_NOT_FOUND if there is no bank, %GX_ERROR_IO
 */
GxsServer *
gxs_server_new (const GxsConfig  *config,
                GError          **error)
{
  g_autoptr(GxsServer) server = g_new0 (GxsServer, 1);

  server->config = config;
  server->started_at = gx_clock_now (gx_clock_system ());
  if (config->data_dir == NULL)
    {
      gx_fail (error, GX_ERROR_USAGE, "serve --data DIR [--listen ADDRESS:PORT]");
      return NULL;
    }
  if (!check_address (config, error))
    return NULL;

  server->log = gxs_log_new (config->log_file, GXS_LOG_INFO, gx_clock_system (), error);
  if (server->log == NULL || !open_store (server, error) || !make_pools (server, error) || !load_tls (server, error))
    return NULL;
  make_gate (server);
  if (!listen_now (server, error))
    return NULL;

  gxs_log (server->log, GXS_LOG_INFO, "started", GXS_LOG_NUMBER ("port", gxs_server_get_port (server)));
  return g_steal_pointer (&server);
}

static void
stop_http (GxsServer *server)
{
  if (server->services.news != NULL)
    gxs_news_stop (server->services.news);
  if (server->services.sessions != NULL)
    gxs_sessions_set_ended (server->services.sessions, NULL, NULL);
  if (server->listener != NULL)
    gxs_listener_stop (server->listener, server->config->drain);
  g_clear_pointer (&server->listener, gxs_listener_free);
  for (guint i = 0; i < GXS_N_POOLS; i++)
    g_clear_pointer (&server->pools[i], gxs_pool_free);
}

static void
stop_store (GxsServer *server)
{
  GxsServices *services = &server->services;

  if (services->store != NULL)
    {
      gxs_store_stop (services->store);
      gxs_audit_checkpoint (gxs_store_get_writer (services->store), server->keys->audit_seed, gx_clock_now (services->clock), TRUE,
                            NULL, NULL);
    }
  g_clear_pointer (&server->scheduler, gxs_scheduler_free);
  g_clear_pointer (&services->news, gxs_news_free);
  g_clear_pointer (&services->blobs, gxs_blobs_free);
  g_clear_pointer (&services->farewells, gxs_farewells_free);
  g_clear_pointer (&services->sessions, gxs_sessions_free);
  g_clear_pointer (&services->store, gxs_store_close);
}

/**
 * gxs_server_free:
 *
 * Stops listening, lets answers in the making go out, writes what is queued, signs the log and closes everything.
 */
void
gxs_server_free (GxsServer *server)
{
  gboolean ran = server->listener != NULL;

  stop_http (server);
  stop_store (server);
  g_clear_pointer (&server->gate, gxs_gate_free);
  g_clear_pointer (&server->limiter, gxs_limiter_free);
  g_clear_pointer (&server->router, gxs_router_free);
  g_clear_pointer (&server->tls, gxs_tls_unref);
  if (server->keys != NULL)
    gx_bank_sealer_clear (&server->sealer);
  g_clear_pointer (&server->keys, gxs_keys_free);
  if (ran)
    gxs_log (server->log, GXS_LOG_INFO, "stopped");
  g_clear_pointer (&server->log, gxs_log_free);
  g_free (server);
}

guint16
gxs_server_get_port (GxsServer *server)
{
  return gxs_listener_get_port (server->listener);
}

GxsServices *
gxs_server_get_services (GxsServer *server)
{
  return &server->services;
}

GxsLog *
gxs_server_get_log (GxsServer *server)
{
  return server->log;
}

/**
 * gxs_server_get_audit_key:
 *
 * The public half of what signs checkpoints.
 */
void
gxs_server_get_audit_key (GxsServer   *server,
                          GxPublicKey *out_key)
{
  g_auto(GxSecretKey) key = { 0 };

  gx_secret_key_from_seed (server->keys->audit_seed, &key);
  gx_secret_key_get_public (&key, out_key);
}

/**
 * gxs_server_describe:
 *
 * Returns: (transfer full): how it is doing, as JSON
 */
char *
gxs_server_describe (GxsServer *server)
{
  GString *out = g_string_new (NULL);
  GxJsonWriter writer;

  gx_json_writer_init (&writer, out);
  gx_json_writer_begin_object (&writer);
  gx_json_writer_put_int (&writer, "port", gxs_server_get_port (server));
  gx_json_writer_put_int (&writer, "pid", getpid ());
  gx_json_writer_put_int (&writer, "uptime", gx_clock_now (server->services.clock) - server->started_at);
  gx_json_writer_put_int (&writer, "connections", gxs_listener_get_connections (server->listener));
  gx_json_writer_put_int (&writer, "sessions", gxs_sessions_count (server->services.sessions));
  gx_json_writer_put_int (&writer, "commit_queue", gxs_store_get_queued (server->services.store));
  gx_json_writer_put_int (&writer, "read_queue", gxs_pool_get_queued (server->pools[GXS_POOL_READ]));
  gx_json_writer_end_object (&writer);

  return g_string_free (out, FALSE);
}
