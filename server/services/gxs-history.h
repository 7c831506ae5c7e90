/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-db.h"
#include "gx-entity.h"
#include "gxs-authz.h"

G_BEGIN_DECLS

/**
 * GxsHistoryQuery: the history of one row, and of a customer with all rows that hang on it.
 */
typedef struct
{
  const GxEntity *entity;
  GxId            id;
  gint64          before;       /* number of an audit entry: only older ones; G_MAXINT64 = from the newest */
  gint64          limit;
} GxsHistoryQuery;

gboolean gxs_history (GxDb *db, const GxsAuthz *authz, const GxsHistoryQuery *query, GString *out, GError **error);

G_END_DECLS
