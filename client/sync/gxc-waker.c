/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who listens (sync.md 1.9): over a connection of its own, to a stream on which the server says how far it has come; where none gets
 * through, by asking it to answer when there are news. It kicks the engine when the server knows more than this desk. Neither way
 * carries anything but that number, so losing it is harmless: the engine polls by itself as well.
 *
 *   stream ──head──> known? ──no──> kick, rest ─┐      rest: a desk does not pull more often than every other second,
 *     │ none here: long poll, and after a while   │            and after errors ever more rarely, at random
 *     └─────── the stream again <────────────────┘      another network: at once, and as if nothing had failed
 */
#include "gxc-waker.h"

#include "gx-protocol.h"
#include "gxc-backoff.h"
#include "gxc-meta.h"
#include "gxc-sync.h"

#define REST_MS 2000                /* at least, between two kicks; and as much again by chance */
#define WITHOUT_US (10 * 60 * G_USEC_PER_SEC)       /* for how long no stream is tried where there was none */

struct _GxcWaker
{
  GxcContext   *context;            /* borrowed */
  GxcSync      *sync;               /* borrowed */
  GThread      *thread;

  struct                            /* touched only in the thread */
  {
    GxcApi    *api;                 /* (nullable) */
    GxcStream *stream;              /* (nullable): opened by @api */
    gint64     without_until;       /* µs, monotonic: until then no stream is tried */
    guint      attempts;            /* that failed in a row */
  } own;

  struct
  {
    GMutex        lock;
    GCond         cond;
    GCancellable *cancellable;      /* of what is under way */
    gboolean      fresh;            /* another network: what was opened and what failed before mean nothing */
    gboolean      stopping;
  } shared;
};

static void
hang_up (GxcWaker *waker)
{
  g_clear_pointer (&waker->own.stream, gxc_stream_free);
  g_clear_pointer (&waker->own.api, gxc_api_free);
}

/* Returns whether the server is listened to; no stream is no error as long as it answers otherwise. */
static gboolean
open_line (GxcWaker      *waker,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr(GError) local = NULL;

  if (waker->own.api == NULL && (waker->own.api = gxc_context_open_api (waker->context, error)) == NULL)
    return FALSE;
  if (waker->own.stream != NULL || g_get_monotonic_time () < waker->own.without_until)
    return TRUE;

  waker->own.stream = gxc_api_open_stream (waker->own.api, cancellable, &local);
  if (waker->own.stream != NULL)
    return TRUE;
  if (g_error_matches (local, GX_ERROR, GX_ERROR_NOT_FOUND))
    {
      waker->own.without_until = g_get_monotonic_time () + WITHOUT_US;
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Whether there are news. */
static gboolean
ask (GxcWaker      *waker,
     GCancellable  *cancellable,
     GError       **error)
{
  g_autofree char *cursor = gxc_store_dup_meta (gxc_context_get_store (waker->context), GXC_META_CURSOR);
  gint64 head = 0;

  if (!open_line (waker, cancellable, error))
    return FALSE;
  if (waker->own.stream != NULL ? !gxc_api_hear_head (waker->own.stream, &head, cancellable, error)
                                : !gxc_api_wait (waker->own.api, cursor != NULL ? cursor : "0", GX_WAIT_SECONDS, &head, cancellable, error))
    return FALSE;
  g_free (cursor);
  cursor = gxc_store_dup_meta (gxc_context_get_store (waker->context), GXC_META_CURSOR);

  return head > (cursor != NULL ? g_ascii_strtoll (cursor, NULL, 10) : 0);
}

/* Returns whether to go on; *out_cancellable is for what comes next. */
static gboolean
rest (GxcWaker      *waker,
      gint64         ms,
      GCancellable **out_cancellable)
{
  gint64 until = g_get_monotonic_time () + ms * 1000;
  gboolean go_on, fresh;

  g_mutex_lock (&waker->shared.lock);
  while (!waker->shared.stopping && !waker->shared.fresh && g_cond_wait_until (&waker->shared.cond, &waker->shared.lock, until))
    ;
  go_on = !waker->shared.stopping;
  fresh = waker->shared.fresh;
  waker->shared.fresh = FALSE;
  if (fresh && go_on)
    {
      g_object_unref (waker->shared.cancellable);
      waker->shared.cancellable = g_cancellable_new ();
    }
  g_set_object (out_cancellable, waker->shared.cancellable);
  g_mutex_unlock (&waker->shared.lock);

  if (fresh)
    {
      hang_up (waker);
      waker->own.attempts = 0;
      waker->own.without_until = 0;
    }

  return go_on;
}

/* Returns how long to rest, ms. */
static gint64
settle (GxcWaker     *waker,
        gboolean      news,
        const GError *error)
{
  GxRandom *random = gxc_store_get_random (gxc_context_get_store (waker->context));

  if (error == NULL)
    {
      waker->own.attempts = 0;
      return news ? REST_MS + gx_random_below (random, REST_MS) : 0;
    }

  hang_up (waker);
  return REST_MS + gxc_backoff_delay (++waker->own.attempts, (gint64) gx_error_get_retry_after (error) * 1000, (guint32) gx_random_uint64 (random));
}

static gpointer
waker_thread (gpointer data)
{
  GxcWaker *waker = data;
  g_autoptr(GCancellable) cancellable = NULL;
  gint64 pause = 0;

  while (rest (waker, pause, &cancellable))
    {
      g_autoptr(GError) error = NULL;
      gboolean news = ask (waker, cancellable, &error);

      /* A session that ended while it listened: the engine finds out, and says so. */
      if (news || (waker->own.stream != NULL && g_error_matches (error, GX_ERROR, GX_ERROR_UNAUTHENTICATED)))
        gxc_sync_kick (waker->sync);
      pause = settle (waker, news, error);
    }
  hang_up (waker);

  return NULL;
}

GxcWaker *
gxc_waker_new (GxcContext *context,
               GxcSync    *sync)
{
  GxcWaker *waker = g_new0 (GxcWaker, 1);

  waker->context = context;
  waker->sync = sync;
  waker->shared.cancellable = g_cancellable_new ();
  g_mutex_init (&waker->shared.lock);
  g_cond_init (&waker->shared.cond);
  waker->thread = g_thread_new ("waker", waker_thread, waker);

  return waker;
}

/* With the lock held, so that nobody takes another one meanwhile. */
static void
interrupt (GxcWaker *waker)
{
  g_cond_signal (&waker->shared.cond);
  g_cancellable_cancel (waker->shared.cancellable);
}

void
gxc_waker_free (GxcWaker *waker)
{
  g_mutex_lock (&waker->shared.lock);
  waker->shared.stopping = TRUE;
  interrupt (waker);
  g_mutex_unlock (&waker->shared.lock);
  g_thread_join (waker->thread);
  g_object_unref (waker->shared.cancellable);
  g_mutex_clear (&waker->shared.lock);
  g_cond_clear (&waker->shared.cond);
  g_free (waker);
}

/** gxc_waker_network_changed: what is open goes through the old network: it is opened anew at once; from any thread */
void
gxc_waker_network_changed (GxcWaker *waker)
{
  g_mutex_lock (&waker->shared.lock);
  waker->shared.fresh = TRUE;
  interrupt (waker);
  g_mutex_unlock (&waker->shared.lock);
}
