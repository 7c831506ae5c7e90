/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the bank sells. Written by imports; everybody reads it. */
#include "gx-product.h"

#include <glib/gi18n.h>

const GxChoice gx_product_families[] = {
  { "DEPOSIT_CURRENT", N_("Current account") }, { "DEPOSIT_TIME", N_("Time deposit") },
  { "DEPOSIT_NOTICE", N_("Notice deposit") }, { "LARGE_CD", N_("Large certificate of deposit") },
  { "MORTGAGE", N_("Mortgage") }, { "AUTO_LOAN", N_("Car loan") }, { "CONSUMER_LOAN", N_("Consumer loan") },
  { "WORKING_CAPITAL", N_("Working capital loan") }, { "PROJECT_LOAN", N_("Project loan") },
  { "TRADE_FIN", N_("Trade finance") }, { "SYNDICATED", N_("Syndicated loan") },
  { "SUPPLY_CHAIN", N_("Supply-chain finance") }, { "CREDIT_CARD", N_("Credit card") },
  { "CARD_INSTAL", N_("Card instalment") }, { "WM_FIXED", N_("Fixed-income wealth product") },
  { "WM_EQUITY", N_("Equity wealth product") }, { "WM_MIXED", N_("Mixed wealth product") },
  { "MONEY_FUND", N_("Money-market fund") }, { "FUND", N_("Fund") }, { "INSURANCE", N_("Insurance") },
  { "GOLD", N_("Gold product") }, { "FX", N_("Foreign exchange") }, { "PAYROLL", N_("Payroll") },
  { "SETTLEMENT", N_("Settlement") }, { "TRUST", N_("Trust") }, { "PENSION", N_("Pension") },
  { "OTHER", N_("Other") }, GX_CHOICES_END
};

const GxChoice gx_product_lines[] = {
  { "DEPOSIT", N_("Deposits") }, { "LOAN", N_("Loans") }, { "CARD", N_("Cards") }, { "WEALTH", N_("Wealth") },
  { "SETTLEMENT", N_("Settlement") }, { "INSURANCE", N_("Insurance") }, { "OTHER", N_("Other") }, GX_CHOICES_END
};

const GxChoice gx_risk_levels[] = {
  { "R1", N_("R1 low") }, { "R2", N_("R2 medium-low") }, { "R3", N_("R3 medium") }, { "R4", N_("R4 medium-high") },
  { "R5", N_("R5 high") }, GX_CHOICES_END
};

static const GxChoice statuses[] = {
  { "ON_SALE", N_("On sale") }, { "PAUSED", N_("Paused") }, { "ENDED", N_("Ended") }, GX_CHOICES_END
};

static const GxField fields[] = {
  GX_FIELD_TEXT  (GxProduct, code,              N_("Code"),                        .flags = GX_REQUIRED | GX_SERVER | GX_LISTED | GX_SEARCHED,
                 .max = 40),
  GX_FIELD_TEXT  (GxProduct, name,              N_("Name"),                        .flags = GX_REQUIRED | GX_SERVER | GX_LISTED | GX_SEARCHED,
                 .max = 120),
  GX_FIELD_ENUM  (GxProduct, family,            N_("Product family"),              .flags = GX_REQUIRED | GX_SERVER | GX_LISTED,
                 .choices = gx_product_families),
  GX_FIELD_ENUM  (GxProduct, line,              N_("Business line"),               .flags = GX_REQUIRED | GX_SERVER | GX_LISTED,
                 .choices = gx_product_lines),
  GX_FIELD_ENUM  (GxProduct, risk_level,        N_("Risk level"),                  .flags = GX_SERVER | GX_LISTED,
                 .choices = gx_risk_levels),
  GX_FIELD_TEXT  (GxProduct, issuer,            N_("Issuer"),                      .flags = GX_SERVER, .max = 120),
  GX_FIELD_ENUM  (GxProduct, issuer_risk_level, N_("Risk level by the issuer"),    .flags = GX_SERVER,
                 .choices = gx_risk_levels),
  GX_FIELD_BOOL  (GxProduct, entry_level,       N_("Entry level"),                 .flags = GX_SERVER),
  GX_FIELD_MONEY (GxProduct, min_amount,        N_("Minimum amount"),              .flags = GX_SERVER, .max = G_MAXINT64),
  GX_FIELD_BOOL  (GxProduct, professional_only, N_("Professional investors only"), .flags = GX_SERVER),
  GX_FIELD_BOOL  (GxProduct, private_offer,     N_("Private offer"),               .flags = GX_SERVER),
  GX_FIELD_INT   (GxProduct, cooling_hours,     N_("Cooling-off hours"),           .flags = GX_SERVER, .max = 720),
  GX_FIELD_ENUM  (GxProduct, status,            N_("Status"),                      .flags = GX_SERVER | GX_LISTED,
                 .choices = statuses),
  GX_FIELD_DATE  (GxProduct, valid_from,        N_("Valid from"),                  .flags = GX_SERVER),
  GX_FIELD_DATE  (GxProduct, valid_to,          N_("Valid until"),                 .flags = GX_SERVER),
  GX_FIELD_TEXT  (GxProduct, plain_text,        N_("In plain words"),              .flags = GX_SERVER, .max = 4000),
  GX_FIELD_TEXT  (GxProduct, example_text,      N_("Example"),                     .flags = GX_SERVER, .max = 4000),
  GX_FIELD_TEXT  (GxProduct, age_note,          N_("Note for older customers"),    .flags = GX_SERVER, .max = 2000),
};

GX_DEFINE_ENTITY (gx_product_entity, GxProduct, 14, "product", N_("Product"), fields);
