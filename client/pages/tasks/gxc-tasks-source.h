/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-desk.h"

G_BEGIN_DECLS

typedef enum
{
  GXC_TASKS_OVERDUE,
  GXC_TASKS_TODAY,
  GXC_TASKS_WEEK,           /* the seven days from tomorrow on */
  GXC_TASKS_LATER,
  GXC_TASKS_DONE,           /* lately */
  GXC_TASKS_N_GROUPS
} GxcTasksGroup;

/**
 * GxcTasksFilter: which of one's tasks.
 */
typedef struct
{
  int  kind;                /* GxTaskKind, 0: all */
  GxId customer_id;         /* none: all */
} GxcTasksFilter;

/**
 * GxcTasksRead: what was read, all of it owned.
 */
typedef struct
{
  GPtrArray  *groups[GXC_TASKS_N_GROUPS];   /* of GxRecord */
  GHashTable *customers;                    /* GxId → GxRecord */
} GxcTasksRead;

GxcTasksRead *gxc_tasks_read       (GxcDesk *desk, const GxcTasksFilter *filter, GError **error);
GxcTasksRead *gxc_tasks_read_days  (GxcDesk *desk, const GxcTasksFilter *filter, gint32 first, gint32 last, GError **error);
void          gxc_tasks_read_free  (GxcTasksRead *read);
GPtrArray    *gxc_tasks_month_items (GxcDesk *desk, GxcTasksRead *read);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcTasksRead, gxc_tasks_read_free)

G_END_DECLS
