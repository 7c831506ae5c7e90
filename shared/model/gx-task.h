/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"

G_BEGIN_DECLS

typedef enum
{
  GX_TASK_CALL = 1, GX_TASK_VISIT, GX_TASK_DOC, GX_TASK_REVIEW, GX_TASK_CALLBACK, GX_TASK_CARE, GX_TASK_RETENTION,
  GX_TASK_ONBOARD, GX_TASK_REFRESH, GX_TASK_OTHER
} GxTaskKind;
typedef enum { GX_TASK_OPEN = 1, GX_TASK_DOING, GX_TASK_WAITING, GX_TASK_DONE, GX_TASK_CANCELLED } GxTaskStatus;

/**
 * GxTask: something an employee is to do, with or without a customer.
 */
typedef struct
{
  GxMeta  meta;
  char   *title;
  GxId    customer_id;
  int     kind;             /* GxTaskKind */
  gint64  due_at;
  gint64  remind_at;
  int     priority;         /* of gx_task_priorities: 1 is urgent */
  int     status;           /* GxTaskStatus */
  GxId    assignee_id;      /* employee */
  char   *source;
  GxId    plan_item_id;
  char   *result;
  gint64  snooze_cnt;
} GxTask;

extern const GxEntity gx_task_entity;
extern const GxChoice gx_task_kinds[];
extern const GxChoice gx_task_priorities[];

G_END_DECLS
