/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"
#include "gxs-authz.h"
#include "gxs-batch.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * GxsMutation: one change that a client asks for, as it came (sync.md 1.4).
 */
typedef struct
{
  gint64      mid;
  GxId        mut_id;
  const char *op;           /* "create", "patch", "delete", "cr.submit" */
  const char *table;
  GxId        id;
  JsonObject *set;          /* (nullable) */
  JsonObject *base;         /* (nullable): "b" of a delete */
  GxId        client_id;
  GxId        bundle;       /* none = it stands for itself */
  gint64      at;           /* ms UTC by the device's clock, 0 = not said */
  gint64      off;          /* minutes that the device's wall clock was ahead of UTC */
  gint64      clk;          /* ms that the server's clock was ahead of the device's, as far as it knew */
} GxsMutation;

/**
 * GxsOutcome: what became of it. Refusals are not outcomes but errors; gxs-mutate makes results of both.
 */
typedef struct
{
  const char *st;           /* "applied", "noop", "conflict", "pending_review" */
  gint64      seq;          /* of the effect; of a noop, the version it found; 0 = none */
  char       *body;         /* (nullable) (owned): further members of the result, as a JSON object */
} GxsOutcome;

gboolean gxs_mutation_run    (GxsBatch *batch, const GxsAuthz *authz, const GxsMutation *mutation, GxsOutcome *out_outcome,
                              GError **error);
void     gxs_outcome_clear   (GxsOutcome *outcome);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GxsOutcome, gxs_outcome_clear)

G_END_DECLS
