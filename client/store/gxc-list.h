/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-db.h"
#include "gx-entity-json.h"
#include "gx-record.h"
#include "gxc-condition.h"

G_BEGIN_DECLS

/**
 * GxcListQuery: which rows of one entity, in which order.
 */
typedef struct
{
  const GxEntity     *entity;
  const GxcCondition *conditions;   /* (nullable) */
  guint               n_conditions;
  const char         *search;       /* (nullable): what a person typed; finds customers by their contacts too */
  const char         *sort;         /* (nullable): a field; %NULL = by id. A customer's name sorts by its pinyin */
  gboolean            descending;
  guint               limit;        /* 0 = all */
} GxcListQuery;

/**
 * GxcListOrder: the last list of all customers in an order. Zeroed at first; clear with gxc_list_order_clear().
 */
typedef struct
{
  char   *query;        /* (nullable): which */
  gint64  version;      /* of the data, as its reader counts them */
  GArray *ids;          /* (nullable) */
} GxcListOrder;

/* Readers: @db is a reader of the calling thread (gxc_store_open_reader()), or the store's own inside a GxcStoreFunc. */
GArray    *gxc_list_ids     (GxDb *db, const GxcListQuery *query, GError **error);
GArray    *gxc_list_ids_again   (GxDb *db, const GxcListQuery *query, GxcListOrder *order, GError **error);
void       gxc_list_order_clear (GxcListOrder *order);
gint64     gxc_list_count   (GxDb *db, const GxcListQuery *query, GError **error);
GPtrArray *gxc_list_window  (GxDb *db, const GxEntity *entity, const GxId *ids, guint n_ids, GError **error);
GxRecord  *gxc_list_find    (GxDb *db, const GxEntity *entity, const GxId *id, GError **error);
gboolean   gxc_list_load    (GxDb *db, const GxEntity *entity, const GxId *id, GxPut *out_put, GError **error);
char      *gxc_list_to_json (GxDb *db, const GxEntity *entity, const GxId *id, GError **error);
gboolean   gxc_list_is_pending (GxDb *db, const GxEntity *entity, const GxId *id);

G_END_DECLS
