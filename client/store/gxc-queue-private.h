/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-queue.h"

G_BEGIN_DECLS

#define GXC_SELECT_QUEUE "SELECT mid, mut_id, tbl, id, op, body, created_at, sent_at, bundle, schema FROM queue "

GPtrArray *gxc_queue_load       (GxStatement *statement, GError **error);
GPtrArray *gxc_queue_load_after (GxDb *db, gint64 mid, GError **error);
gboolean   gxc_queue_is_referred_to (GxDb *db, gint64 mid);
gboolean   gxc_queue_coalesce   (GxcStore *store, const GxEntity *entity, const GxId *id, JsonObject *set, JsonObject *original,
                                 gint64 *out_mid, GError **error);

/* The wire's JSON of a mutation. */
char      *gxc_body_write       (GxcStore *store, const GxcMutation *mutation, JsonObject *set, JsonObject *base);
JsonNode  *gxc_body_read        (const char *body, int schema, GError **error);
char      *gxc_body_of_object   (JsonObject *object);

/* The places of a mutation where a base stands: {"s":N}, the version that was seen, or {"m":N}, as my mutation N left it. */
typedef gboolean (*GxcBaseFunc) (JsonObject *base, gpointer data);

gboolean   gxc_body_visit_bases (JsonObject *mutation, GxcBaseFunc func, gpointer data);

G_END_DECLS
