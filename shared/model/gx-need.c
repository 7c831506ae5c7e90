/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a customer wants. */
#include "gx-need.h"

#include <glib/gi18n.h>

static const GxChoice categories[] = {
  { "HOUSING", N_("Housing") }, { "CAR", N_("Car") }, { "EDUCATION", N_("Education") },
  { "STUDY_ABROAD", N_("Study abroad") }, { "WEALTH", N_("Wealth") }, { "RETIREMENT", N_("Retirement planning") },
  { "INSURANCE", N_("Insurance") }, { "INHERITANCE", N_("Succession") }, { "OVERSEAS_ASSET", N_("Assets abroad") },
  { "CONSUMPTION", N_("Consumption") }, { "FINANCING", N_("Financing") }, { "TRADE", N_("Trade") },
  { "SUPPLY_CHAIN", N_("Supply chain") }, { "CASH_MGMT", N_("Cash management") }, { "PAYROLL", N_("Payroll") },
  { "FX", N_("Foreign exchange") }, { "CROSS_BORDER", N_("Cross-border") }, { "OTHER", N_("Other") }, GX_CHOICES_END
};

static const GxChoice statuses[] = {
  { "OPEN", N_("Open") }, { "MET", N_("Met") }, { "EXPIRED", N_("Expired") }, { "DROPPED", N_("Dropped") },
  GX_CHOICES_END
};

static const GxField fields[] = {
  GX_FIELD_REF  (GxNeed, customer_id,           N_("Customer"), .flags = GX_REQUIRED | GX_FIXED, .entity = "customer"),
  GX_FIELD_ENUM (GxNeed, category,              N_("Category"), .flags = GX_REQUIRED | GX_LISTED, .choices = categories),
  GX_FIELD_TEXT (GxNeed, detail,                N_("Detail"),   .flags = GX_LISTED, .max = 2000),
  GX_FIELD_REF  (GxNeed, source_interaction_id, N_("Heard in"), .flags = GX_FIXED, .entity = "interaction"),
  GX_FIELD_ENUM (GxNeed, status,                N_("Status"),   .flags = GX_REQUIRED | GX_LISTED, .choices = statuses),
  GX_FIELD_DATE (GxNeed, due_on,                N_("Due"),      .flags = GX_LISTED),
};

GX_DEFINE_ENTITY (gx_need_entity, GxNeed, 21, "need", N_("Need"), fields, .parents = { "customer_id" });
