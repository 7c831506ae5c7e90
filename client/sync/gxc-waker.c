/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The long poll (sync.md 1.9): over a connection of its own it asks the server to answer when its clock moves on, and kicks the
 * engine then. It carries nothing but that number, so losing it is harmless: the engine polls by itself as well.
 *
 *   wait (cursor) --head moved--> kick, rest --+      rest: a desk does not pull more often than every other second,
 *        ^----------- nothing, error, rest ----+            and after errors ever more rarely
 */
#include "gxc-waker.h"

#include "gx-protocol.h"
#include "gxc-backoff.h"
#include "gxc-meta.h"
#include "gxc-sync.h"

#define REST_MS 2000                /* at least, between two kicks; and as much again by chance */

struct _GxcWaker
{
  GxcContext   *context;            /* borrowed */
  GxcSync      *sync;               /* borrowed */
  GThread      *thread;
  GCancellable *cancellable;        /* of the request under way */
  GMutex        lock;
  GCond         cond;
  gboolean      stopping;           /* guarded by lock */
};

/* Whether there are news; with the connection kept for the next time. */
static gboolean
ask (GxcWaker   *waker,
     GxcApi    **api,
     GError    **error)
{
  g_autofree char *cursor = gxc_store_dup_meta (gxc_context_get_store (waker->context), GXC_META_CURSOR);
  gint64 head = 0;

  if (*api == NULL && (*api = gxc_context_open_api (waker->context, error)) == NULL)
    return FALSE;
  if (!gxc_api_wait (*api, cursor != NULL ? cursor : "0", GX_WAIT_SECONDS, &head, waker->cancellable, error))
    return FALSE;

  return head > (cursor != NULL ? g_ascii_strtoll (cursor, NULL, 10) : 0);
}

/* Returns whether to go on. */
static gboolean
rest (GxcWaker *waker,
      gint64    ms)
{
  gint64 until = g_get_monotonic_time () + ms * 1000;
  gboolean go_on;

  g_mutex_lock (&waker->lock);
  while (!waker->stopping && g_cond_wait_until (&waker->cond, &waker->lock, until))
    ;
  go_on = !waker->stopping;
  g_mutex_unlock (&waker->lock);

  return go_on;
}

static gpointer
waker_thread (gpointer data)
{
  GxcWaker *waker = data;
  GxRandom *random = gxc_store_get_random (gxc_context_get_store (waker->context));
  GxcApi *api = NULL;
  guint attempts = 0;
  gint64 pause = 0;

  while (rest (waker, pause))
    {
      g_autoptr(GError) error = NULL;
      gboolean news = ask (waker, &api, &error);

      attempts = error != NULL ? attempts + 1 : 0;
      pause = error != NULL ? REST_MS + gxc_backoff_delay (attempts, (gint64) gx_error_get_retry_after (error) * 1000,
                                                            (guint32) gx_random_uint64 (random))
              : news ? REST_MS + gx_random_below (random, REST_MS) : 0;
      if (error != NULL)
        g_clear_pointer (&api, gxc_api_free);
      if (news)
        gxc_sync_kick (waker->sync);
    }
  g_clear_pointer (&api, gxc_api_free);

  return NULL;
}

GxcWaker *
gxc_waker_new (GxcContext *context,
               GxcSync    *sync)
{
  GxcWaker *waker = g_new0 (GxcWaker, 1);

  waker->context = context;
  waker->sync = sync;
  waker->cancellable = g_cancellable_new ();
  g_mutex_init (&waker->lock);
  g_cond_init (&waker->cond);
  waker->thread = g_thread_new ("waker", waker_thread, waker);

  return waker;
}

void
gxc_waker_free (GxcWaker *waker)
{
  g_mutex_lock (&waker->lock);
  waker->stopping = TRUE;
  g_cond_signal (&waker->cond);
  g_mutex_unlock (&waker->lock);
  g_cancellable_cancel (waker->cancellable);
  g_thread_join (waker->thread);
  g_object_unref (waker->cancellable);
  g_mutex_clear (&waker->lock);
  g_cond_clear (&waker->cond);
  g_free (waker);
}
