/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"

G_BEGIN_DECLS

typedef enum
{
  GX_FAMILY_DEPOSIT_CURRENT = 1, GX_FAMILY_DEPOSIT_TIME, GX_FAMILY_DEPOSIT_NOTICE, GX_FAMILY_LARGE_CD, GX_FAMILY_MORTGAGE,
  GX_FAMILY_AUTO_LOAN, GX_FAMILY_CONSUMER_LOAN, GX_FAMILY_WORKING_CAPITAL, GX_FAMILY_PROJECT_LOAN, GX_FAMILY_TRADE_FIN,
  GX_FAMILY_SYNDICATED, GX_FAMILY_SUPPLY_CHAIN, GX_FAMILY_CREDIT_CARD, GX_FAMILY_CARD_INSTAL, GX_FAMILY_WM_FIXED,
  GX_FAMILY_WM_EQUITY, GX_FAMILY_WM_MIXED, GX_FAMILY_MONEY_FUND, GX_FAMILY_FUND, GX_FAMILY_INSURANCE, GX_FAMILY_GOLD,
  GX_FAMILY_FX, GX_FAMILY_PAYROLL, GX_FAMILY_SETTLEMENT, GX_FAMILY_TRUST, GX_FAMILY_PENSION, GX_FAMILY_OTHER
} GxProductFamily;
typedef enum { GX_LINE_DEPOSIT = 1, GX_LINE_LOAN, GX_LINE_CARD, GX_LINE_WEALTH, GX_LINE_SETTLEMENT, GX_LINE_INSURANCE, GX_LINE_OTHER } GxProductLine;
typedef enum { GX_RISK_R1 = 1, GX_RISK_R2, GX_RISK_R3, GX_RISK_R4, GX_RISK_R5 } GxRiskLevel;
typedef enum { GX_PRODUCT_ON_SALE = 1, GX_PRODUCT_PAUSED, GX_PRODUCT_ENDED } GxProductStatus;

/**
 * GxProduct: something the bank sells. The effective risk level is the higher of its own and the issuer's.
 */
typedef struct
{
  GxMeta    meta;
  char     *code;
  char     *name;
  int       family;               /* GxProductFamily */
  int       line;                 /* GxProductLine */
  int       risk_level;           /* GxRiskLevel */
  char     *issuer;
  int       issuer_risk_level;    /* GxRiskLevel */
  gboolean  entry_level;          /* light enough to begin with */
  gint64    min_amount;
  gboolean  professional_only;
  gboolean  private_offer;
  gint64    cooling_hours;
  int       status;               /* GxProductStatus */
  gint32    valid_from;
  gint32    valid_to;
  char     *plain_text;
  char     *example_text;
  char     *age_note;
} GxProduct;

extern const GxEntity gx_product_entity;
extern const GxChoice gx_product_families[];
extern const GxChoice gx_product_lines[];
extern const GxChoice gx_risk_levels[];

G_END_DECLS
