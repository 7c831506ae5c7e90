/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxs-authz.h"

G_BEGIN_DECLS

/**
 * GxsRecordsQuery: a list of rows of one entity, in the order of their ids.
 */
typedef struct
{
  const GxEntity *entity;
  const GxField  *field;        /* (nullable): an indexed reference or a plain column; NULL = all */
  const char     *value;        /* what it must be, as text */
  GxId            after;        /* none = from the first */
  gint64          limit;
  gboolean        with_totals;  /* of customers: balances summed by currency */
  gboolean        with_months;  /* the facts that travel inside, as in the feed */
} GxsRecordsQuery;

/* Online reading: one row as {"tbl":…,"id":…,"d":{…}}, a list as {"rows":[…],"after":…}. */
gboolean gxs_records_get  (GxDb *db, const GxsAuthz *authz, const GxEntity *entity, const GxId *id, GString *out, GError **error);
gboolean gxs_records_list (GxDb *db, const GxsAuthz *authz, const GxsRecordsQuery *query, GString *out, GError **error);

G_END_DECLS
