/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first load of a scope, page by page, resumed where it stopped (sync.md 1.7). Search words are made in bulk when all
 * scopes are here: the desk is usable long before.
 */
#include "gxc-steps.h"

#include "gx-bug.h"
#include "gx-transaction.h"
#include "gxc-apply.h"
#include "gxc-member.h"
#include "gxc-digest.h"
#include "gxc-search.h"
#include "gxc-store-private.h"

#define WORDS_AT_ONCE 4000          /* customers whose search words are made in one transaction */
#define DIGESTS_AT_ONCE 4000

static gboolean
next_here (GxcStore  *store,
           gpointer   data,
           GError   **error)
{
  GxcScope **scope = data;
  GError *local = NULL;

  *scope = gxc_member_next (gxc_store_get_db (store), &local);
  gxc_search_defer (store, *scope != NULL);
  gxc_digest_defer (store, *scope != NULL);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, local);
  return FALSE;
}

/* The session was given the scope, and it was taken again before it was here: nobody says so in a pull, since it is not had. */
static gboolean
leave_here (GxcStore  *store,
            gpointer   data,
            GError   **error)
{
  const GxcScope *scope = data;
  g_autoptr(GxTransaction) transaction = gx_transaction_begin (gxc_store_get_db (store), error);

  return transaction != NULL && gxc_member_leave (store, scope->name, error) && gxc_store_commit (store, transaction, error);
}

/* Words first: who is not found is missed sooner than who has no figures. */
static gboolean
derived_here (GxcStore  *store,
            gpointer   data,
            GError   **error)
{
  g_autoptr(GxTransaction) transaction = gx_transaction_begin (gxc_store_get_db (store), error);

  return transaction != NULL
         && gxc_search_catch_up (store, WORDS_AT_ONCE, data, error)
         && (*(gboolean *) data || gxc_digest_catch_up (store, DIGESTS_AT_ONCE, data, error))
         && gxc_store_commit (store, transaction, error);
}

/* The page after the one that is about to be written is asked for first. */
static GxcFeedPage *
next_page (GxcApi          *api,
           GxcFetcher      *fetcher,
           const GxcScope  *scope,
           GCancellable    *cancellable,
           GError         **error)
{
  GxcFeedPage *page;

  if (fetcher == NULL)
    return gxc_fetch_page (api, scope->name, scope->after, cancellable, error);
  page = gxc_fetcher_take (fetcher, scope->name, scope->after, error);
  if (page != NULL && page->more)
    gxc_fetcher_ask (fetcher, scope->name, page->after);

  return page;
}

/**
 * gxc_derive_step:
 *
 * A batch of search words or customers' figures of what a first load brought; nothing while a scope is still to come. It asks
 * the server for nothing.
 */
gboolean
gxc_derive_step (GxcContext  *context,
                 gboolean    *out_more,
                 GError     **error)
{
  GxcStore *store = gxc_context_get_store (context);
  g_autoptr(GxcScope) scope = NULL;

  *out_more = FALSE;
  if (!gxc_store_call (store, next_here, &scope, error))
    return FALSE;

  return scope != NULL || gxc_store_call (store, derived_here, out_more, error);
}

/**
 * gxc_bootstrap_step:
 * @fetcher: (inout) (nullable): fetches ahead; made when there is a scope to load, ended with the last one; %NULL = no
 *   fetching ahead
 * @out_complete: (out): whether a scope has joined, or was lost: a pull is due, for its changes since its load began, and to let
 *   go of what waited for it
 *
 * One page of the next scope, or a batch of search words or customers' figures when all scopes are here.
 */
gboolean
gxc_bootstrap_step (GxcContext    *context,
                    GxcApi        *api,
                    GxcFetcher   **fetcher,
                    gboolean      *out_more,
                    gboolean      *out_complete,
                    GCancellable  *cancellable,
                    GError       **error)
{
  GxcStore *store = gxc_context_get_store (context);
  g_autoptr(GxcScope) scope = NULL;
  g_autoptr(GxcFeedPage) page = NULL;
  g_autoptr(GError) local = NULL;

  *out_complete = FALSE;
  if (!gxc_store_call (store, next_here, &scope, error))
    return FALSE;
  if (scope == NULL)
    {
      if (fetcher != NULL)
        g_clear_pointer (fetcher, gxc_fetcher_free);
      return gxc_store_call (store, derived_here, out_more, error);
    }

  *out_more = TRUE;
  if (fetcher != NULL && *fetcher == NULL && (*fetcher = gxc_fetcher_new (context, cancellable, error)) == NULL)
    return FALSE;
  page = next_page (api, fetcher != NULL ? *fetcher : NULL, scope, cancellable, &local);
  if (page == NULL && g_error_matches (local, GX_ERROR, GX_ERROR_FORBIDDEN))
    {
      *out_complete = !GX_BUG (GX_BUG_LOST_SCOPE);
      return gxc_store_call (store, leave_here, scope, error);
    }
  if (page == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  *out_complete = !page->more;

  return gxc_apply_page (store, page, scope->name, 0, error);
}
