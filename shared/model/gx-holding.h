/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"

G_BEGIN_DECLS

typedef enum { GX_HOLDING_OPEN = 1, GX_HOLDING_CLOSED } GxHoldingStatus;
typedef enum { GX_SOURCE_DEPOSIT = 1, GX_SOURCE_CREDIT, GX_SOURCE_ACCOUNTING, GX_SOURCE_SETTLEMENT, GX_SOURCE_WEALTH, GX_SOURCE_ONLINE } GxSourceSystem;

/**
 * GxHolding: a product that a customer has. Written by imports only.
 */
typedef struct
{
  GxMeta  meta;
  GxId    customer_id;
  GxId    product_id;
  char   *acct_no;
  char   *ccy;              /* ISO 4217 */
  gint32  opened_on;
  gint32  matures_on;
  int     status;           /* GxHoldingStatus */
  gint64  balance;          /* minor units; what is owed is negative */
  gint64  limit_amt;
  gint32  rate_ppm;         /* a year */
  int     source_system;    /* GxSourceSystem */
  gint32  as_of;
} GxHolding;

/**
 * GxHoldingMonth: one month of a holding: a fact, it travels inside the holding.
 */
typedef struct
{
  GxId    holding_id;
  gint32  month;            /* its first day */
  gint64  avg_balance;
  gint64  end_balance;
  gint32  ftp_ppm;
  gint32  cust_ppm;
  gint64  fee_income;
  gint64  expected_loss;
  gint64  cost;
} GxHoldingMonth;

extern const GxEntity gx_holding_entity;
extern const GxEntity gx_holding_month_entity;

G_END_DECLS
