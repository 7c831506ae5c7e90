/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-context.h"
#include "gxc-feed-page.h"

G_BEGIN_DECLS

/**
 * GxcFetcher: fetches and reads pages of a first load in a thread and over a connection of its own, one ahead.
 */
typedef struct _GxcFetcher GxcFetcher;

GxcFetcher  *gxc_fetcher_new  (GxcContext *context, GCancellable *cancellable, GError **error);
void         gxc_fetcher_free (GxcFetcher *fetcher);
void         gxc_fetcher_ask  (GxcFetcher *fetcher, const char *scope, const char *after);
GxcFeedPage *gxc_fetcher_take (GxcFetcher *fetcher, const char *scope, const char *after, GError **error);

/* The same without a thread. */
GxcFeedPage *gxc_fetch_page   (GxcApi *api, const char *scope, const char *after, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcFetcher, gxc_fetcher_free)

G_END_DECLS
