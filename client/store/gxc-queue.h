/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "gxc-store.h"

G_BEGIN_DECLS

/**
 * GxcMutation: one entry of the queue, as it was made and as it will travel.
 */
typedef struct
{
  gint64  mid;              /* 1, 2, 3 … for this client */
  GxId    mut_id;
  char   *tbl;              /* entity's name */
  GxId    id;               /* of the row */
  char   *op;               /* "create", "patch", "delete", "cr.submit" */
  char   *body;             /* JSON, verbatim */
  gint64  created_at;       /* ms UTC */
  gint64  sent_at;          /* ms UTC; 0 = never left this machine */
  GxId    bundle;           /* of mutations that the server does all or none of; none = it stands for itself */
  int     schema;           /* of the wire, when it was made */
  gboolean sealed;          /* a request gets its digest and signature when it reaches the head of the queue */
} GxcMutation;

/**
 * GxcResult: what the server said of one mutation.
 */
typedef struct
{
  gint64      mid;
  GxId        mut_id;       /* none if it answers a push: then the number is enough */
  const char *st;           /* applied, noop, pending_review; conflict, rejected */
  gint64      seq;          /* of the effect, 0 if it said none */
  const char *text;         /* its whole answer, JSON */
} GxcResult;

void       gxc_mutation_free   (GxcMutation *mutation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcMutation, gxc_mutation_free)

/* Inside a GxcStoreFunc and a transaction. */
gint64     gxc_queue_append    (GxcStore *store, const GxEntity *entity, const GxId *id, const char *op,
                                JsonObject *set, JsonObject *base, JsonObject *original, GError **error);
gboolean   gxc_queue_may_withdraw (GxDb *db, const GxEntity *entity, const GxId *id);
gboolean   gxc_queue_withdraw_row (GxcStore *store, const GxEntity *entity, const GxId *id, gboolean *out_done, GError **error);
gboolean   gxc_queue_drop      (GxcStore *store, gint64 mid, GError **error);

/* Readers, see gxc-list.h. */
GPtrArray *gxc_queue_list      (GxDb *db, GError **error);
gint64     gxc_queue_length    (GxDb *db);

/* For push. */
GPtrArray *gxc_queue_take      (GxcStore *store, guint max_n, gsize max_bytes, GError **error);
gboolean   gxc_queue_seal      (GxcStore *store, gint64 mid, const char *body, GError **error);
gboolean   gxc_queue_settle    (GxcStore *store, const GxcResult *result, GError **error);

G_END_DECLS
