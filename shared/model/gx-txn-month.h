/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"

G_BEGIN_DECLS

/**
 * GxTxnMonth: one month of a customer's money coming and going: a fact, it travels inside the customer.
 */
typedef struct
{
  GxId    customer_id;
  gint32  month;                      /* its first day */
  gint64  in_amt;
  gint64  out_amt;
  gint64  in_cnt;
  gint64  out_cnt;
  gint64  cust_initiated_cnt;
  gint64  own_name_out_other_bank;    /* amount sent to own accounts elsewhere */
  gint32  last_txn_on;
  gint64  login_cnt;
} GxTxnMonth;

extern const GxEntity gx_txn_month_entity;

G_END_DECLS
