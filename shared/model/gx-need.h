/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"

G_BEGIN_DECLS

typedef enum
{
  GX_NEED_HOUSING = 1, GX_NEED_CAR, GX_NEED_EDUCATION, GX_NEED_STUDY_ABROAD, GX_NEED_WEALTH, GX_NEED_RETIREMENT,
  GX_NEED_INSURANCE, GX_NEED_INHERITANCE, GX_NEED_OVERSEAS_ASSET, GX_NEED_CONSUMPTION, GX_NEED_FINANCING, GX_NEED_TRADE,
  GX_NEED_SUPPLY_CHAIN, GX_NEED_CASH_MGMT, GX_NEED_PAYROLL, GX_NEED_FX, GX_NEED_CROSS_BORDER, GX_NEED_OTHER
} GxNeedCategory;
typedef enum { GX_NEED_OPEN = 1, GX_NEED_MET, GX_NEED_EXPIRED, GX_NEED_DROPPED } GxNeedStatus;

/**
 * GxNeed: what a customer wants of the bank.
 */
typedef struct
{
  GxMeta  meta;
  GxId    customer_id;
  int     category;                 /* GxNeedCategory */
  char   *detail;
  GxId    source_interaction_id;
  int     status;                   /* GxNeedStatus */
  gint32  due_on;
} GxNeed;

extern const GxEntity gx_need_entity;

G_END_DECLS
