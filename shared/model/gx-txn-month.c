/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A customer's flows, month by month: facts of a feed, never written by clients. */
#include "gx-txn-month.h"

#include "gx-customer.h"

#include <glib/gi18n.h>

static const GxField fields[] = {
  GX_FIELD_REF   (GxTxnMonth, customer_id,             N_("Customer"),                  .flags = GX_REQUIRED | GX_SERVER | GX_FIXED,
                 .entity = "customer"),
  GX_FIELD_DATE  (GxTxnMonth, month,                   N_("Month"),                     .flags = GX_REQUIRED | GX_SERVER | GX_FIXED),
  GX_FIELD_MONEY (GxTxnMonth, in_amt,                  N_("Money in"),                  .flags = GX_SERVER | GX_MASKED),
  GX_FIELD_MONEY (GxTxnMonth, out_amt,                 N_("Money out"),                 .flags = GX_SERVER | GX_MASKED),
  GX_FIELD_INT   (GxTxnMonth, in_cnt,                  N_("Payments in"),               .flags = GX_SERVER),
  GX_FIELD_INT   (GxTxnMonth, out_cnt,                 N_("Payments out"),              .flags = GX_SERVER),
  GX_FIELD_INT   (GxTxnMonth, cust_initiated_cnt,      N_("Initiated by the customer"), .flags = GX_SERVER),
  GX_FIELD_MONEY (GxTxnMonth, own_name_out_other_bank, N_("To own accounts elsewhere"), .flags = GX_SERVER | GX_MASKED),
  GX_FIELD_DATE  (GxTxnMonth, last_txn_on,             N_("Last transaction"),          .flags = GX_SERVER),
  GX_FIELD_INT   (GxTxnMonth, login_cnt,               N_("Sign-ins"),                  .flags = GX_SERVER),
};

GX_DEFINE_ENTITY (gx_txn_month_entity, GxTxnMonth, 17, "txn_month", N_("Month of flows"), fields,
                  .fact_of = &gx_customer_entity, .fact_key = "customer_id");
