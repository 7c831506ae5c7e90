/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"
#include "gxs-batch.h"

G_BEGIN_DECLS

/**
 * GxsActor: on whose account a write happens. The import and the generator write as the login "system".
 */
typedef struct
{
  GxId        login_id;
  GxId        employee_id;
  GxId        device_id;
  GxId        session_id;
  const char *action;       /* of the audit entry: "create", "patch", "delete", "cr.apply", "import" … */
  GxId        cr_id;        /* of an applied request, else none */
  GxId        mut_id;       /* of a client's mutation, else none */
  gint64      at;           /* of a client's mutation: when it was made, by the device's clock, ms UTC; 0 = now */
  gint64      clk;          /* ms that the bank's clock was ahead of the device's */
  gboolean    unaudited;    /* the import and the generator write one audit entry a batch themselves */
} GxsActor;

/* The only ways into a synced table. Each gives the row its sequence, field versions, path and times, moves its scope
 * rows (and those of its children where the customer's scopes moved), keeps the name index, and appends the audit entry
 * with commitments, all in the batch's transaction. @data is updated in place. */
gboolean gxs_write_create (GxsBatch *batch, const GxsActor *actor, const GxEntity *entity, gpointer data, GError **error);
gboolean gxs_write_update (GxsBatch *batch, const GxsActor *actor, const GxEntity *entity, gconstpointer before, gpointer data,
                           GError **error);
gboolean gxs_write_delete (GxsBatch *batch, const GxsActor *actor, const GxEntity *entity, gpointer data, GError **error);
/* A change in what travels inside or is composed into the row (months, request parts): new sequence, no field. */
gboolean gxs_write_touch  (GxsBatch *batch, const GxsActor *actor, const GxEntity *entity, gpointer data, GError **error);

G_END_DECLS
