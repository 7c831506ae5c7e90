/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-interaction.h"
#include "gx-visit.h"
#include "gxc-desk.h"

G_BEGIN_DECLS

/**
 * GxcStopWish: one visit that shall be planned.
 * @task_id: the task that asked for it, or none
 * @due_at: the hour that the task names, ms UTC, 0 = none
 */
typedef struct
{
  GxId   customer_id;
  GxId   task_id;
  gint64 due_at;
  char  *goal;              /* (owned) (nullable) */
} GxcStopWish;

GxcStopWish *gxc_stop_wish_copy (const GxcStopWish *wish);
void         gxc_stop_wish_free (GxcStopWish *wish);

/* What can be done to the visits of a day (GxRecord), as changes for gxc_desk_save(): (transfer full) (element-type
 * GxcChangeItem). */
GPtrArray *gxc_visit_changes_plan   (GxcDesk *desk, GPtrArray *stops, GPtrArray *wishes, gint32 day);
GPtrArray *gxc_visit_changes_cancel (GxRecord *visit);
GPtrArray *gxc_visit_changes_move   (GxRecord *visit, gint32 day, gint64 position);
GPtrArray *gxc_visit_changes_order  (GPtrArray *stops);
GPtrArray *gxc_visit_changes_begin  (GxcDesk *desk, GxRecord *visit, const char *place);

GxInteraction *gxc_visit_make_interaction (const GxVisit *visit);
gint64     gxc_visit_next_position  (GPtrArray *stops);

G_END_DECLS
