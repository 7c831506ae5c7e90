/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"

G_BEGIN_DECLS

typedef enum { GX_PLAN_RUNNING = 1, GX_PLAN_DONE, GX_PLAN_EXPIRED, GX_PLAN_CANCELLED } GxPlanStatus;

/**
 * GxPlan: a care plan that runs for one customer. Its tasks name their step in plan_item_id and the plan in their source
 * ({"kind":"plan","plan":"<id>"}).
 */
typedef struct
{
  GxMeta  meta;
  GxId    tmpl_id;          /* plan_tmpl */
  GxId    customer_id;
  gint32  started_on;
  int     status;           /* GxPlanStatus */
  gint64  pct;              /* done so far, 0-100 */
} GxPlan;

extern const GxEntity gx_plan_entity;
extern const GxChoice gx_plan_statuses[];

G_END_DECLS
