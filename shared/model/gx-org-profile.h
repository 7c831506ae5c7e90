/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"

G_BEGIN_DECLS

typedef enum { GX_SIZE_MICRO = 1, GX_SIZE_SMALL, GX_SIZE_MEDIUM, GX_SIZE_LARGE } GxEnterpriseSize;
typedef enum { GX_TAX_A = 1, GX_TAX_B, GX_TAX_M, GX_TAX_C, GX_TAX_D } GxTaxRating;

/**
 * GxOrgProfile: what is known of a company; its id is the customer's.
 */
typedef struct
{
  GxMeta    meta;
  GxId      customer_id;
  char     *uscc;               /* GB 32100 */
  char     *legal_rep;
  char     *legal_rep_id;
  gint64    reg_capital;
  gint32    reg_date;
  char     *industry;           /* GB/T 4754 */
  gint64    employees;
  gint64    annual_revenue;
  gint64    total_assets;
  int       enterprise_size;    /* GxEnterpriseSize */
  gboolean  listed;
  char     *group_name;
  char     *credit_rating;
  int       tax_rating;         /* GxTaxRating */
} GxOrgProfile;

extern const GxEntity gx_org_profile_entity;

G_END_DECLS
