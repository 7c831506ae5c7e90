/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"

G_BEGIN_DECLS

/**
 * GxStageHist: one change of a customer's life-cycle stage, with the facts that caused it (R-STAGE).
 */
typedef struct
{
  GxMeta    meta;
  GxId      customer_id;
  int       from_stage;       /* GxStage; 0 of the first one */
  int       to_stage;         /* GxStage */
  gint64    at;               /* ms UTC */
  char     *cause;            /* JSON object of facts */
  gboolean  automatic;        /* by the rule, not by a person's event */
} GxStageHist;

extern const GxEntity gx_stage_hist_entity;

G_END_DECLS
