/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A first load in two hands: while the store writes a page, the next one comes over the network and is read.
 *
 *   sync thread:  take 1 | ask 2 | write 1 ............ | take 2 | ask 3 | write 2 ......
 *   fetcher:               fetch and read 2 ..................     fetch and read 3 ..............
 *
 * What was fetched ahead may be older than a pull that came in between. That is no harm: a row older than the one here is
 * passed over, and the changes since the load began are pulled once more when it ends (gxc-member.h). Tests and the
 * simulation have no fetcher, so that one thing happens after the other.
 */
#include "gxc-fetcher.h"

#include "gx-protocol.h"

typedef struct
{
  char        *scope;           /* (nullable): the last request: the thread ends */
  char        *after;           /* (nullable) */
  GxcFeedPage *page;            /* (nullable): the answer */
  GError      *error;           /* (nullable) */
} Request;

struct _GxcFetcher
{
  GThread      *thread;
  GxcApi       *api;            /* used on the thread only */
  GCancellable *cancellable;    /* (nullable) */
  GAsyncQueue  *requests;       /* of Request */
  GAsyncQueue  *answers;
  Request      *asked;          /* (nullable) (borrowed): what was asked for and not yet taken */
};

static Request *
request_new (const char *scope,
             const char *after)
{
  Request *request = g_new0 (Request, 1);

  request->scope = g_strdup (scope);
  request->after = g_strdup (after);

  return request;
}

static void
request_free (Request *request)
{
  g_free (request->scope);
  g_free (request->after);
  g_clear_pointer (&request->page, gxc_feed_page_free);
  g_clear_error (&request->error);
  g_free (request);
}

/**
 * gxc_fetch_page:
 * @after: (nullable): where the page begins, %NULL = at the beginning
 *
 * Returns: (transfer full) (nullable): one page of a first load, whole and read
 */
GxcFeedPage *
gxc_fetch_page (GxcApi        *api,
                const char    *scope,
                const char    *after,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr(GBytes) answer = gxc_api_bootstrap (api, scope, after, GX_BOOTSTRAP_LIMIT, cancellable, error);
  g_autoptr(GxcFeedPage) page = answer != NULL ? gxc_feed_page_parse (answer, error) : NULL;

  if (page != NULL && page->more && page->after == NULL)
    {
      gx_fail (error, GX_ERROR_MALFORMED, "a page that goes on, but not where");
      return NULL;
    }

  return g_steal_pointer (&page);
}

/* The connection belongs to the thread that uses it, and goes with it. */
static gpointer
fetch_thread (gpointer data)
{
  GxcFetcher *fetcher = data;
  Request *request;

  while ((request = g_async_queue_pop (fetcher->requests))->scope != NULL)
    {
      request->page = gxc_fetch_page (fetcher->api, request->scope, request->after, fetcher->cancellable, &request->error);
      g_async_queue_push (fetcher->answers, request);
    }
  request_free (request);
  g_clear_pointer (&fetcher->api, gxc_api_free);

  return NULL;
}

/**
 * gxc_fetcher_new:
 *
 * Errors: as of gxc_context_open_api()
 */
GxcFetcher *
gxc_fetcher_new (GxcContext    *context,
                 GCancellable  *cancellable,
                 GError       **error)
{
  GxcApi *api = gxc_context_open_api (context, error);
  GxcFetcher *fetcher;

  if (api == NULL)
    return NULL;
  fetcher = g_new0 (GxcFetcher, 1);
  fetcher->api = api;
  g_set_object (&fetcher->cancellable, cancellable);
  fetcher->requests = g_async_queue_new ();
  fetcher->answers = g_async_queue_new_full ((GDestroyNotify) request_free);
  fetcher->thread = g_thread_new ("fetch", fetch_thread, fetcher);

  return fetcher;
}

/** gxc_fetcher_free: waits for the exchange under way, which its cancellable may cut short */
void
gxc_fetcher_free (GxcFetcher *fetcher)
{
  g_async_queue_push (fetcher->requests, g_new0 (Request, 1));
  g_thread_join (fetcher->thread);
  g_async_queue_unref (fetcher->requests);
  g_async_queue_unref (fetcher->answers);
  g_clear_object (&fetcher->cancellable);
  g_free (fetcher);
}

/** gxc_fetcher_ask: begins to fetch; at once */
void
gxc_fetcher_ask (GxcFetcher *fetcher,
                 const char *scope,
                 const char *after)
{
  g_return_if_fail (fetcher->asked == NULL);

  fetcher->asked = request_new (scope, after);
  g_async_queue_push (fetcher->requests, fetcher->asked);
}

static Request *
wait_for_answer (GxcFetcher *fetcher)
{
  fetcher->asked = NULL;

  return g_async_queue_pop (fetcher->answers);
}

/**
 * gxc_fetcher_take:
 *
 * Returns: (transfer full) (nullable): the page, which was asked for or is now; anything else that was is dropped
 */
GxcFeedPage *
gxc_fetcher_take (GxcFetcher  *fetcher,
                  const char  *scope,
                  const char  *after,
                  GError     **error)
{
  Request *request;
  GxcFeedPage *page;

  if (fetcher->asked != NULL && (g_strcmp0 (fetcher->asked->scope, scope) != 0 || g_strcmp0 (fetcher->asked->after, after) != 0))
    request_free (wait_for_answer (fetcher));
  if (fetcher->asked == NULL)
    gxc_fetcher_ask (fetcher, scope, after);

  request = wait_for_answer (fetcher);
  page = g_steal_pointer (&request->page);
  if (page == NULL)
    g_propagate_error (error, g_steal_pointer (&request->error));
  request_free (request);

  return page;
}
