/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-db.h"
#include "gx-json.h"
#include "gxs-authz.h"

G_BEGIN_DECLS

/**
 * GxsRow: a row as it leaves the server: read with the customers it hangs on, then shown to one session.
 */
typedef struct
{
  const GxEntity *entity;
  gpointer        data;         /* (owned) struct of entity */
  GxsHolders      holders;
} GxsRow;

/* "SELECT <row> FROM <entity> t …": the caller goes on with " WHERE t.id = ?" and the like. */
const char *gxs_row_select (const GxEntity *entity);
gboolean    gxs_row_read   (GxStatement *statement, const GxEntity *entity, GxsRow *out_row, GError **error);
gboolean    gxs_row_find   (GxDb *db, const GxEntity *entity, const GxId *id, GxsRow *out_row, GError **error);
gboolean    gxs_row_show   (GxDb *db, const GxsAuthz *authz, GxsRow *row, const char *const *scopes, gboolean with_facts,
                            GxJsonWriter *writer, gboolean *out_shown, GError **error);
void        gxs_row_clear  (GxsRow *row);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GxsRow, gxs_row_clear)

G_END_DECLS
