/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-customers-paint.h"

G_BEGIN_DECLS

#define GXC_CUSTOMERS_MONTHS 13     /* twelve changes have thirteen ends */

/**
 * GxcDue: how near a task's end is; each has its colour and its weight.
 */
typedef enum
{
  GXC_DUE_FAR,
  GXC_DUE_WEEK,
  GXC_DUE_TODAY,
  GXC_DUE_LATE,             /* or within half an hour */
} GxcDue;

guint   gxc_customers_months      (const GxcDigest *digest, double values[GXC_CUSTOMERS_MONTHS]);
double  gxc_customers_change      (const GxcDigest *digest);
double  gxc_customers_cadence     (const GxcCustomersPaint *paint, const GxcDigest *digest);
GxcDue  gxc_customers_due         (const GxcCustomersPaint *paint, gint64 at, char **out_words);
int     gxc_customers_risk_days   (const GxcCustomersPaint *paint, const GxcDigest *digest);

char   *gxc_customers_dup_name    (GxcCustomersPaint *paint, const GxcCustomersRow *row);
char   *gxc_customers_dup_mark    (GxcCustomersPaint *paint, const GxcCustomersRow *row);
char   *gxc_customers_dup_money   (GxcCustomersPaint *paint, const GxcCustomersRow *row);
char   *gxc_customers_dup_trend   (GxcCustomersPaint *paint, const GxcCustomersRow *row);
char   *gxc_customers_dup_contact (GxcCustomersPaint *paint, const GxcCustomersRow *row);
char   *gxc_customers_dup_task    (GxcCustomersPaint *paint, const GxcCustomersRow *row);
char   *gxc_customers_dup_risk    (GxcCustomersPaint *paint, const GxcCustomersRow *row);
char   *gxc_customers_dup_quality (GxcCustomersPaint *paint, const GxcCustomersRow *row);
char   *gxc_customers_dup_birthday (GxcCustomersPaint *paint, const GxcCustomersRow *row);

const char *gxc_customers_cif_tail (const GxCustomer *customer);

const char *gxc_customers_home      (GxcDesk *desk);
gboolean    gxc_customers_own_units (GxcDesk *desk);

G_END_DECLS
