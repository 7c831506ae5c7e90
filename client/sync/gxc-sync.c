/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine: push, then pull, then the first loads, until there is nothing left to do; again when kicked, when the poll
 * is due, or when it is time to try once more.
 *
 *        queue?         pull due?        scope to load?
 *   +--> push  --no-->  pull   --no-->   bootstrap  --no-->  idle (kick | poll) --+
 *   |      |              |                  | (figures, then pull)               |
 *   +------+--------------+------------------+------------------------------------+
 *          `-- error --> offline (backoff) | signed out (kick) | stopped (kick, or some minutes)
 *
 * The queue drives it, not events: whatever waits is tried while the server can be reached (powersync-native#15). Nothing
 * here holds a transaction while it waits for the network.
 */
#include "gxc-sync.h"

#include "gxc-backoff.h"
#include "gxc-clock.h"
#include "gxc-farewell.h"
#include "gxc-meta.h"
#include "gxc-queue-order.h"
#include "gxc-steps.h"
#include "gxc-store-lease.h"
#include "gxc-transfer.h"
#include "gxc-waker.h"

#define IDLE_US (30 * G_USEC_PER_SEC)       /* a connection older than that is not used again: the server may have closed it */
#define MENDS_MAX 3
#define POLL_MS 60000               /* should the waker have missed something */
#define STOPPED_MS GXC_BACKOFF_LAST_MS      /* what trying again does not mend somebody may mend elsewhere: the server, a gateway */

struct _GxcSync
{
  GxcContext *context;              /* borrowed */
  GThread    *thread;               /* (nullable): while started */
  gboolean    threaded;             /* since its thread began */
  GxcTransfer *transfer;            /* (owned): of documents */
  struct                            /* touched only by whoever runs the engine */
  {
    GxcApi   *api;                  /* (nullable) */
    GxcFetcher *fetcher;            /* (nullable): during a first load */
    gint64    used_at;              /* monotonic, µs: when @api was used last */
    gboolean  pull_due;
    gboolean  derive_due;           /* a scope has joined, of whose rows nothing was made yet */
    gboolean  met;                  /* the server let us in, in this step: it answered a pull */
    guint     attempts;             /* that failed in a row */
    guint     mended;               /* refusals that were mended in a row */
  } engine;

  struct
  {
    GMutex        lock;
    GCond         cond;
    gboolean      kicked;
    gboolean      fresh;            /* what failed before says nothing any more */
    gboolean      stopping;
    GCancellable *cancellable;
    GxcSyncState  state;
    gint64        retry_at;
    GxcSyncFunc   func;             /* (nullable) */
    gpointer      data;
    GxcWaker     *waker;            /* (owned) (nullable): while started */
  } shared;
};

static void
wake (GxcSync *sync)
{
  g_mutex_lock (&sync->shared.lock);
  sync->shared.kicked = TRUE;
  g_cond_broadcast (&sync->shared.cond);
  g_mutex_unlock (&sync->shared.lock);
}

/* Perhaps a request waited for this document. */
static void
on_document_settled (gpointer data)
{
  wake (data);
}

GxcSync *
gxc_sync_new (GxcContext *context)
{
  GxcSync *sync = g_new0 (GxcSync, 1);

  sync->context = context;
  sync->transfer = gxc_transfer_new (context, on_document_settled, sync);
  sync->engine.pull_due = TRUE;
  sync->shared.cancellable = g_cancellable_new ();
  g_mutex_init (&sync->shared.lock);
  g_cond_init (&sync->shared.cond);

  return sync;
}

static void
close_connections (GxcSync *sync)
{
  g_clear_pointer (&sync->engine.fetcher, gxc_fetcher_free);
  g_clear_pointer (&sync->engine.api, gxc_api_free);
}

void
gxc_sync_free (GxcSync *sync)
{
  gxc_sync_stop (sync);
  g_clear_pointer (&sync->transfer, gxc_transfer_free);
  close_connections (sync);
  g_clear_object (&sync->shared.cancellable);
  g_mutex_clear (&sync->shared.lock);
  g_cond_clear (&sync->shared.cond);
  g_free (sync);
}

static void
set_state (GxcSync      *sync,
           GxcSyncState  state,
           const GError *problem,
           gint64        retry_at)
{
  GxcSyncStatus status = { state, problem, retry_at };
  GxcSyncFunc func = NULL;
  gpointer data = NULL;

  g_mutex_lock (&sync->shared.lock);
  if (sync->shared.state != state || problem != NULL)
    {
      func = sync->shared.func;
      data = sync->shared.data;
    }
  sync->shared.state = state;
  sync->shared.retry_at = retry_at;
  g_mutex_unlock (&sync->shared.lock);

  if (func != NULL)
    func (&status, data);
}

/* Returns: (transfer none): what sends the documents */
GxcTransfer *
gxc_sync_get_transfer (GxcSync *sync)
{
  return sync->transfer;
}

/**
 * gxc_sync_get_status:
 * @out_retry_at: (out) (optional): ms UTC, 0 = when kicked
 */
void
gxc_sync_get_status (GxcSync      *sync,
                     GxcSyncState *out_state,
                     gint64       *out_retry_at)
{
  g_mutex_lock (&sync->shared.lock);
  *out_state = sync->shared.state;
  if (out_retry_at != NULL)
    *out_retry_at = sync->shared.retry_at;
  g_mutex_unlock (&sync->shared.lock);
}

/**
 * gxc_sync_set_listener:
 * @func: (nullable): called on the engine's thread
 */
void
gxc_sync_set_listener (GxcSync     *sync,
                       GxcSyncFunc  func,
                       gpointer     data)
{
  g_mutex_lock (&sync->shared.lock);
  sync->shared.func = func;
  sync->shared.data = data;
  g_mutex_unlock (&sync->shared.lock);
}

static gboolean
push (GxcSync       *sync,
      GCancellable  *cancellable,
      GError       **error)
{
  gboolean more;

  set_state (sync, GXC_SYNC_PUSHING, NULL, 0);
  sync->engine.pull_due = TRUE;
  return gxc_push_step (sync->context, sync->engine.api, &more, cancellable, error);
}

static gboolean
pull (GxcSync       *sync,
      GCancellable  *cancellable,
      GError       **error)
{
  set_state (sync, GXC_SYNC_PULLING, NULL, 0);
  return sync->engine.met = gxc_pull_step (sync->context, sync->engine.api, &sync->engine.pull_due, cancellable, error);
}

static gboolean
bootstrap (GxcSync       *sync,
           gboolean      *out_more,
           GCancellable  *cancellable,
           GError       **error)
{
  GxcFetcher **fetcher = gxc_context_fetches_ahead (sync->context) ? &sync->engine.fetcher : NULL;
  gboolean complete;

  set_state (sync, GXC_SYNC_BOOTSTRAPPING, NULL, 0);
  if (!gxc_bootstrap_step (sync->context, sync->engine.api, fetcher, out_more, &complete, cancellable, error))
    return FALSE;
  if (complete)
    sync->engine.pull_due = sync->engine.derive_due = TRUE;

  return TRUE;
}

/* While a fetcher loads, over a connection of its own, this one waits: perhaps for longer than the server keeps it. */
static gboolean
open_connection (GxcSync  *sync,
                 GError  **error)
{
  gint64 now = gx_clock_monotonic (gxc_store_get_clock (gxc_context_get_store (sync->context)));

  if (gxc_context_fetches_ahead (sync->context) && now - sync->engine.used_at > IDLE_US)
    g_clear_pointer (&sync->engine.api, gxc_api_free);
  if (sync->engine.api == NULL)
    sync->engine.api = gxc_context_open_api (sync->context, error);
  sync->engine.used_at = now;

  return sync->engine.api != NULL;
}

static gboolean
exchange (GxcSync       *sync,
          gboolean      *out_more,
          GCancellable  *cancellable,
          GError       **error)
{
  GxcStore *store = gxc_context_get_store (sync->context);
  g_autofree char *epoch = gxc_store_dup_meta (store, GXC_META_EPOCH);      /* a push must say it, a pull tells it */
  gint64 waiting;

  *out_more = TRUE;
  /* Before the pull that follows a load: a line that hangs then would leave a desk with rows, and without figures. */
  if (sync->engine.derive_due)
    return gxc_derive_step (sync->context, &sync->engine.derive_due, error);
  if (!gxc_queue_let_pass (store, &waiting, error))
    return FALSE;
  if ((waiting > 0 || sync->engine.pull_due || !gxc_context_fetches_ahead (sync->context)) && !open_connection (sync, error))
    return FALSE;

  if (waiting > 0 && epoch != NULL)
    return push (sync, cancellable, error);
  if (sync->engine.pull_due || epoch == NULL)
    return pull (sync, cancellable, error);

  return bootstrap (sync, out_more, cancellable, error);
}

/* The server has let this desk in: its clock is heard, and the days that a desk may go on without it begin anew. */
static gboolean
note_contact (GxcSync  *sync,
              GError  **error)
{
  gboolean met = sync->engine.met;

  sync->engine.met = FALSE;
  return !met || gxc_clock_keep (gxc_context_get_store (sync->context), sync->engine.api, error);
}

/**
 * gxc_sync_step:
 * @out_more: (out): whether there is more to do at once
 *
 * One exchange with the server. Errors leave everything as it was before the exchange.
 */
gboolean
gxc_sync_step (GxcSync       *sync,
               gboolean      *out_more,
               GCancellable  *cancellable,
               GError       **error)
{
  GError *local = NULL;

  if (exchange (sync, out_more, cancellable, &local))
    {
      sync->engine.mended = 0;
      return note_contact (sync, error);
    }
  /* A server that says the same again and again is not to be mended from here. */
  if (sync->engine.mended >= MENDS_MAX || !gxc_recover_can (local))
    {
      g_propagate_error (error, gxc_recover_explain (gxc_farewell_look (sync->context, local, cancellable)));
      return FALSE;
    }

  sync->engine.mended++;
  *out_more = sync->engine.pull_due = TRUE;
  return gxc_recover (sync->context, local, error);
}

/* Where everything is done in one thread: then what waited for a document may go. */
static gboolean
send_documents (GxcSync       *sync,
                gboolean      *out_more,
                GCancellable  *cancellable,
                GError       **error)
{
  gint64 ready;

  *out_more = FALSE;
  if (sync->threaded)
    return TRUE;
  if (!gxc_transfer_run (sync->transfer, cancellable, error)
      || !gxc_queue_let_pass (gxc_context_get_store (sync->context), &ready, error))
    return FALSE;

  *out_more = ready > 0;
  return TRUE;
}

static gboolean
step_on (GxcSync       *sync,
         gboolean      *out_more,
         GCancellable  *cancellable,
         GError       **error)
{
  return gxc_sync_step (sync, out_more, cancellable, error)
         && (*out_more || send_documents (sync, out_more, cancellable, error));
}

/**
 * gxc_sync_run:
 *
 * Does all there is to do now; without a thread of its own, documents too.
 */
gboolean
gxc_sync_run (GxcSync       *sync,
              GCancellable  *cancellable,
              GError       **error)
{
  gboolean more = TRUE;

  sync->engine.pull_due = TRUE;
  while (more)
    if (!step_on (sync, &more, cancellable, error))
      {
        /* The next attempt begins with whatever session there is then. */
        close_connections (sync);
        return FALSE;
      }
  set_state (sync, GXC_SYNC_IDLE, NULL, 0);

  return TRUE;
}

/* What an error means to the engine; whatever is not here stops it until somebody looks. */
static const struct { GxError code; GxcSyncState state; } meanings[] = {
  { GX_ERROR_OFFLINE,         GXC_SYNC_OFFLINE },
  { GX_ERROR_BUSY,            GXC_SYNC_OFFLINE },
  { GX_ERROR_RATE,            GXC_SYNC_OFFLINE },
  { GX_ERROR_IO,              GXC_SYNC_OFFLINE },
  { GX_ERROR_MALFORMED,       GXC_SYNC_OFFLINE },       /* an answer that was cut short */
  { GX_ERROR_INTERNAL,        GXC_SYNC_OFFLINE },
  { GX_ERROR_CANCELLED,       GXC_SYNC_OFFLINE },
  { GX_ERROR_UNAUTHENTICATED, GXC_SYNC_SIGNED_OUT },
  { GX_ERROR_CLIENT_FORKED,   GXC_SYNC_SIGNED_OUT },
  { GX_ERROR_KEYRING_ABSENT,  GXC_SYNC_SIGNED_OUT },
  { GX_ERROR_KEYRING_LOCKED,  GXC_SYNC_SIGNED_OUT },
  { GX_ERROR_KEYRING_ITEM,    GXC_SYNC_SIGNED_OUT },
};

static GxcSyncState
state_of (const GError *error)
{
  for (guint i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (g_error_matches (error, GX_ERROR, (int) meanings[i].code))
      return meanings[i].state;

  return GXC_SYNC_STOPPED;
}

/* Returns how long to wait, ms; -1 = until kicked. */
static gint64
run_once (GxcSync *sync)
{
  GxcStore *store = gxc_context_get_store (sync->context);
  g_autoptr(GError) error = NULL;
  GxcSyncState state;
  gint64 delay = -1;

  gxc_lease_touch (store, NULL);
  if (gxc_sync_run (sync, sync->shared.cancellable, &error))
    {
      /* The server is back: no document need wait longer. */
      if (sync->engine.attempts > 0)
        gxc_transfer_kick (sync->transfer);
      sync->engine.attempts = 0;
      return POLL_MS;
    }

  state = state_of (error);
  if (state == GXC_SYNC_OFFLINE)
    delay = gxc_backoff_delay (++sync->engine.attempts, (gint64) gx_error_get_retry_after (error) * 1000,
                               (guint32) gx_random_uint64 (gxc_store_get_random (store)));
  else if (state == GXC_SYNC_STOPPED)
    delay = STOPPED_MS;
  set_state (sync, state, error, delay >= 0 ? gx_clock_now (gxc_store_get_clock (store)) + delay : 0);

  return delay;
}

/* Returns whether to go on. */
static gboolean
wait_for_work (GxcSync *sync,
               gint64   delay)
{
  gint64 until = g_get_monotonic_time () + delay * 1000;
  gboolean go_on;

  g_mutex_lock (&sync->shared.lock);
  while (!sync->shared.kicked && !sync->shared.stopping)
    if (delay < 0)
      g_cond_wait (&sync->shared.cond, &sync->shared.lock);
    else if (!g_cond_wait_until (&sync->shared.cond, &sync->shared.lock, until))
      break;
  if (sync->shared.fresh)
    sync->engine.attempts = 0;
  sync->shared.kicked = sync->shared.fresh = FALSE;
  go_on = !sync->shared.stopping;
  g_mutex_unlock (&sync->shared.lock);

  return go_on;
}

static gpointer
sync_thread (gpointer data)
{
  GxcSync *sync = data;

  while (wait_for_work (sync, run_once (sync)))
    ;
  close_connections (sync);

  return NULL;
}

/**
 * gxc_sync_start:
 *
 * Runs the engine in a thread of its own until gxc_sync_stop().
 */
void
gxc_sync_start (GxcSync *sync)
{
  if (sync->thread != NULL)
    {
      gxc_sync_kick (sync);
      return;
    }
  close_connections (sync);
  sync->shared.stopping = FALSE;
  g_cancellable_reset (sync->shared.cancellable);
  sync->threaded = TRUE;
  sync->thread = g_thread_new ("sync", sync_thread, sync);
  gxc_transfer_start (sync->transfer);
  g_mutex_lock (&sync->shared.lock);
  sync->shared.waker = gxc_waker_new (sync->context, sync);
  g_mutex_unlock (&sync->shared.lock);
}

/**
 * gxc_sync_stop:
 *
 * Cancels what is on its way and waits for the thread.
 */
void
gxc_sync_stop (GxcSync *sync)
{
  GxcWaker *waker;

  if (sync->thread == NULL)
    return;

  g_mutex_lock (&sync->shared.lock);
  waker = g_steal_pointer (&sync->shared.waker);
  g_mutex_unlock (&sync->shared.lock);
  gxc_waker_free (waker);
  gxc_transfer_stop (sync->transfer);
  g_mutex_lock (&sync->shared.lock);
  sync->shared.stopping = TRUE;
  g_cond_broadcast (&sync->shared.cond);
  g_mutex_unlock (&sync->shared.lock);
  g_cancellable_cancel (sync->shared.cancellable);
  g_thread_join (g_steal_pointer (&sync->thread));
  sync->threaded = FALSE;
}

/**
 * gxc_sync_kick:
 *
 * There is something to do, or the network is back, or somebody signed in. From any thread.
 */
void
gxc_sync_kick (GxcSync *sync)
{
  wake (sync);
  gxc_transfer_kick (sync->transfer);
}

/**
 * gxc_sync_network_changed:
 *
 * Another network, or one again: it is tried at once, and failures are counted anew. From any thread.
 */
void
gxc_sync_network_changed (GxcSync *sync)
{
  g_mutex_lock (&sync->shared.lock);
  sync->shared.fresh = TRUE;
  if (sync->shared.waker != NULL)
    gxc_waker_network_changed (sync->shared.waker);
  g_mutex_unlock (&sync->shared.lock);
  gxc_sync_kick (sync);
}
