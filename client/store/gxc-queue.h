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
  gboolean sealed;          /* a request gets its digest and signature when it reaches the head of the queue */
} GxcMutation;

void       gxc_mutation_free   (GxcMutation *mutation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcMutation, gxc_mutation_free)

/* Inside a GxcStoreFunc and a transaction. */
gint64     gxc_queue_append    (GxcStore *store, const GxEntity *entity, const GxId *id, const char *op,
                                JsonObject *set, JsonObject *base, JsonObject *original, GError **error);
gboolean   gxc_queue_withdraw_row (GxcStore *store, const GxEntity *entity, const GxId *id, gboolean *out_done, GError **error);
gboolean   gxc_queue_drop      (GxcStore *store, gint64 mid, GError **error);

/* Readers, see gxc-list.h. */
GPtrArray *gxc_queue_list      (GxDb *db, GError **error);
gint64     gxc_queue_length    (GxDb *db);

/* For push. */
GPtrArray *gxc_queue_take      (GxcStore *store, guint max_n, gsize max_bytes, GError **error);
gboolean   gxc_queue_seal      (GxcStore *store, gint64 mid, const char *body, GError **error);
gboolean   gxc_queue_settle    (GxcStore *store, gint64 mid, const char *st, gint64 seq, const char *result, GError **error);

G_END_DECLS
