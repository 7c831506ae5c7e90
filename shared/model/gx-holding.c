/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a customer has at the bank, and its months. Imports write them; clients only read. */
#include "gx-holding.h"

#include "gx-mask.h"

#include <glib/gi18n.h>

static const GxChoice statuses[] = { { "OPEN", N_("In use") }, { "CLOSED", N_("Closed") }, GX_CHOICES_END };

static const GxChoice source_systems[] = {
  { "DEPOSIT", N_("Deposits") }, { "CREDIT", N_("Credit") }, { "ACCOUNTING", N_("Accounting") },
  { "SETTLEMENT", N_("Settlement") }, { "WEALTH", N_("Wealth") }, { "ONLINE", N_("Online") }, GX_CHOICES_END
};

static const GxField fields[] = {
  GX_FIELD_REF   (GxHolding, customer_id,   N_("Customer"),       .flags = GX_REQUIRED | GX_SERVER | GX_FIXED,
                 .entity = "customer"),
  GX_FIELD_REF   (GxHolding, product_id,    N_("Product"),        .flags = GX_REQUIRED | GX_SERVER | GX_FIXED | GX_LISTED,
                 .entity = "product"),
  GX_FIELD_TEXT  (GxHolding, acct_no,       N_("Account number"), .flags = GX_SERVER | GX_LISTED | GX_MASKED | GX_SEALED,
                 .max = 40, .mask = gx_mask_account),
  GX_FIELD_TEXT  (GxHolding, ccy,           N_("Currency"),       .flags = GX_SERVER | GX_LISTED, .min = 3, .max = 3),
  GX_FIELD_DATE  (GxHolding, opened_on,     N_("Opened"),         .flags = GX_REQUIRED | GX_SERVER | GX_LISTED),
  GX_FIELD_DATE  (GxHolding, matures_on,    N_("Matures"),        .flags = GX_SERVER | GX_LISTED),
  GX_FIELD_ENUM  (GxHolding, status,        N_("Status"),         .flags = GX_REQUIRED | GX_SERVER | GX_LISTED,
                 .choices = statuses),
  GX_FIELD_MONEY (GxHolding, balance,       N_("Balance"),        .flags = GX_SERVER | GX_LISTED | GX_MASKED),
  GX_FIELD_MONEY (GxHolding, limit_amt,     N_("Limit"),          .flags = GX_SERVER | GX_MASKED),
  GX_FIELD_PPM   (GxHolding, rate_ppm,      N_("Rate"),           .flags = GX_SERVER | GX_LISTED),
  GX_FIELD_ENUM  (GxHolding, source_system, N_("Source"),         .flags = GX_REQUIRED | GX_SERVER,
                 .choices = source_systems),
  GX_FIELD_DATE  (GxHolding, as_of,         N_("As of"),          .flags = GX_REQUIRED | GX_SERVER | GX_LISTED),
};

static const GxField month_fields[] = {
  GX_FIELD_REF   (GxHoldingMonth, holding_id,    N_("Holding"),            .flags = GX_REQUIRED | GX_SERVER | GX_FIXED,
                 .entity = "holding"),
  GX_FIELD_DATE  (GxHoldingMonth, month,         N_("Month"),              .flags = GX_REQUIRED | GX_SERVER | GX_FIXED),
  GX_FIELD_MONEY (GxHoldingMonth, avg_balance,   N_("Average balance"),    .flags = GX_SERVER | GX_MASKED),
  GX_FIELD_MONEY (GxHoldingMonth, end_balance,   N_("Balance at the end"), .flags = GX_SERVER | GX_MASKED),
  GX_FIELD_PPM   (GxHoldingMonth, ftp_ppm,       N_("Internal rate"),      .flags = GX_SERVER),
  GX_FIELD_PPM   (GxHoldingMonth, cust_ppm,      N_("Customer rate"),      .flags = GX_SERVER),
  GX_FIELD_MONEY (GxHoldingMonth, fee_income,    N_("Fee income"),         .flags = GX_SERVER | GX_MASKED),
  GX_FIELD_MONEY (GxHoldingMonth, expected_loss, N_("Expected loss"),      .flags = GX_SERVER | GX_MASKED),
  GX_FIELD_MONEY (GxHoldingMonth, cost,          N_("Cost"),               .flags = GX_SERVER | GX_MASKED),
};

GX_DEFINE_ENTITY (gx_holding_entity, GxHolding, 15, "holding", N_("Holding"), fields, .parents = { "customer_id" });

GX_DEFINE_ENTITY (gx_holding_month_entity, GxHoldingMonth, 16, "holding_month", N_("Month of a holding"), month_fields,
                  .fact_of = &gx_holding_entity, .fact_key = "holding_id");
