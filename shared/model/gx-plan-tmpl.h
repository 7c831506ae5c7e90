/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"

G_BEGIN_DECLS

typedef enum { GX_TMPL_DRAFT = 1, GX_TMPL_PUBLISHED, GX_TMPL_RETIRED } GxTmplStatus;
typedef enum
{
  GX_TRIGGER_ACCOUNT_OPEN = 1, GX_TRIGGER_STAGE, GX_TRIGGER_TIER_UP, GX_TRIGGER_LIFE_EVENT, GX_TRIGGER_CHURN,
  GX_TRIGGER_COMPLAINT_DONE, GX_TRIGGER_MANUAL
} GxPlanTrigger;
typedef enum { GX_OFFSET_CALENDAR = 1, GX_OFFSET_WORKDAY } GxOffsetKind;

/**
 * GxPlanTmpl: a care plan as the bank publishes it; GxPlanItemTmpl: one of its steps, which becomes a task.
 */
typedef struct
{
  GxMeta  meta;
  char   *code;             /* one row a code and version */
  char   *name;
  gint64  version;
  int     status;           /* GxTmplStatus: only what is published is started */
  int     trigger;          /* GxPlanTrigger */
} GxPlanTmpl;

typedef struct
{
  GxMeta    meta;
  GxId      tmpl_id;
  gint64    seq;            /* from 1 */
  char     *title;
  int       kind;           /* GxTaskKind */
  gint64    offset_days;    /* from the plan's first day */
  int       offset_kind;    /* GxOffsetKind */
  gboolean  required;       /* the plan is not done before it is */
} GxPlanItemTmpl;

extern const GxEntity gx_plan_tmpl_entity;
extern const GxEntity gx_plan_item_tmpl_entity;
extern const GxChoice gx_offset_kinds[];

G_END_DECLS
