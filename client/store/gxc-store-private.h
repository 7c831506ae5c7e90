/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-transaction.h"
#include "gxc-store.h"

G_BEGIN_DECLS

/**
 * GxcSearchState: which customers' search words must be made anew before the transaction ends.
 */
typedef struct
{
  GHashTable *dirty;        /* (nullable): set of GxId */
  gboolean    deferred;     /* a first load is under way: words are made in bulk afterwards */
  GxId        caught_up;    /* of the making in bulk: the last customer that has them */
} GxcSearchState;

/**
 * GxcDigestState: which customers' figures must be made anew before the transaction ends, and how far the making in bulk is.
 */
typedef struct
{
  GHashTable *dirty;        /* (nullable): set of GxId */
  gint32      today;        /* the business date, 0 = to be read again */
  gboolean    all;          /* what all figures depend on was changed */
  gboolean    behind;       /* some are missing or of an earlier making */
  gboolean    deferred;     /* a first load is under way: figures are made in bulk afterwards */
  GxId        caught_up;    /* of the making in bulk: the last customer that has them */
} GxcDigestState;

GxcDigestState *gxc_store_get_digest     (GxcStore *store);
void            gxc_digest_state_clear   (GxcDigestState *state);
GxcSearchState *gxc_store_get_search     (GxcStore *store);
void            gxc_search_state_clear   (GxcSearchState *state);
gint64         *gxc_store_get_lease_mark (GxcStore *store);

/* What is queued from now on belongs together: the server does all of it or nothing. */
void            gxc_store_begin_bundle   (GxcStore *store);
void            gxc_store_end_bundle     (GxcStore *store);
GxId            gxc_store_get_bundle     (GxcStore *store);

/* Ends every transaction that may have written rows. */
gboolean        gxc_store_commit         (GxcStore *store, GxTransaction *transaction, GError **error);

G_END_DECLS
