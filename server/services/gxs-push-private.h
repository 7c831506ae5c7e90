/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-hash.h"
#include "gxs-mutation.h"

G_BEGIN_DECLS

/**
 * GxsPush: one push while it is worked off: gxs-mutate keeps the order, gxs-take does one mutation or bundle after the other.
 */
typedef struct
{
  GxsBatch       *batch;
  const GxsAuthz *authz;
  GxId            client_id;
  gint64          schema;         /* that its mutations are written in */
  gint64          last_mid;       /* moves on with each mutation that has its result */
  gint64          ack_mid;
  gint64          from;           /* where the client's numbers go on in this epoch, 0 = at the next */
  gboolean        is_new_here;    /* its first push in this epoch */
  JsonArray      *mutations;
  GString        *results;        /* a list's content */
} GxsPush;

/**
 * GxsItem: a mutation as it came, with the hash of its canonical body.
 */
typedef struct
{
  GxsMutation mutation;
  GxHash      sha;
} GxsItem;

gboolean gxs_take_known   (GxsPush *push, const GxsItem *item, GError **error);
gboolean gxs_take_new     (GxsPush *push, const GxsItem *item, GError **error);
gboolean gxs_take_bundle  (GxsPush *push, const GxsItem *items, guint n, GError **error);
gboolean gxs_is_transient (const GError *error);

G_END_DECLS
