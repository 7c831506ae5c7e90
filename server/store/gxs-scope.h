/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"
#include "gxs-batch.h"

G_BEGIN_DECLS

#define GXS_SCOPES_MAX 12

/**
 * GxsScopeSet: names of scopes, without duplicates. Lives on the stack.
 */
typedef struct
{
  guint n;
  char  names[GXS_SCOPES_MAX][48];
} GxsScopeSet;

/**
 * GxsHolder: what of a customer decides who holds the rows that hang on it.
 */
typedef struct
{
  gboolean live;            /* there is such a customer, and it is not removed */
  GxId     id;
  GxId     primary_rm_id;
  GxId     wealth_mgr_id;
  GxId     org_id;
  int      status;          /* GxCustomerStatus */
  gboolean entry_runs;      /* the clock of R-ENTRY */
  char     org_path[208];   /* "" if unknown */
} GxsHolder;

/* The customers that a row hangs on: of a customer itself, it. */
typedef struct
{
  GxsHolder of[2];
} GxsHolders;

gboolean gxs_holder_load        (GxDb *db, const GxId *customer_id, GxsHolder *out_holder, GError **error);
gboolean gxs_holders_load       (GxDb *db, const GxEntity *entity, gconstpointer data, GxsHolders *out_holders, GError **error);
gboolean gxs_holder_is_managed_by (const GxsHolder *holder, const GxId *employee_id);

void     gxs_scope_set_add      (GxsScopeSet *set, const char *name);
gboolean gxs_scope_set_has      (const GxsScopeSet *set, const char *name);
void     gxs_scopes_of          (const GxEntity *entity, gconstpointer data, const GxsHolders *holders, GxsScopeSet *out_set);
gboolean gxs_scope_is_mapped    (const GxEntity *entity);

gboolean gxs_scope_put          (GxsBatch *batch, const GxEntity *entity, const GxId *row_id, const GxsScopeSet *before,
                                 const GxsScopeSet *after, gint64 seq, GError **error);
gboolean gxs_scope_move_children (GxsBatch *batch, const GxsHolder *before, const GxsHolder *after, gint64 seq, GError **error);
gboolean gxs_scope_find         (GxDb *db, const char *name, gint64 *out_id, GError **error);

G_END_DECLS
