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

GxcSearchState *gxc_store_get_search     (GxcStore *store);
void            gxc_search_state_clear   (GxcSearchState *state);

/* Ends every transaction that may have written rows. */
gboolean        gxc_store_commit         (GxcStore *store, GxTransaction *transaction, GError **error);

G_END_DECLS
