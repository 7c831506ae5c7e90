/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-customer.h"
#include "gx-risk-assessment.h"
#include "gxc-desk.h"

G_BEGIN_DECLS

#define GXC_RISK_SOON 30    /* days before its end from which on a risk grade is told in amber */

#define GXC_TYPE_CUSTOMER_FILE (gxc_customer_file_get_type ())
G_DECLARE_FINAL_TYPE (GxcCustomerFile, gxc_customer_file, GXC, CUSTOMER_FILE, GObject)

GxcCustomerFile  *gxc_customer_file_new          (GxcDesk *desk, const GxId *id);
gboolean          gxc_customer_file_load         (GxcCustomerFile *self, GError **error);

GxcDesk          *gxc_customer_file_get_desk     (GxcCustomerFile *self);
const GxId       *gxc_customer_file_get_id       (GxcCustomerFile *self);
GxRecord         *gxc_customer_file_get_customer (GxcCustomerFile *self);
const GxCustomer *gxc_customer_file_get_row      (GxcCustomerFile *self);
char             *gxc_customer_file_words        (GxcCustomerFile *self, const char *field);
char             *gxc_customer_file_dup_tail     (GxcCustomerFile *self);

GPtrArray        *gxc_customer_file_rows         (GxcCustomerFile *self, const GxEntity *entity);
GPtrArray        *gxc_customer_file_facts        (GxcCustomerFile *self, const GxEntity *fact);
GPtrArray        *gxc_customer_file_requests     (GxcCustomerFile *self);
GPtrArray        *gxc_customer_file_dup_all_requests (GxcCustomerFile *self);
GPtrArray        *gxc_customer_file_queue        (GxcCustomerFile *self);
GError           *gxc_customer_file_take_error   (GxcCustomerFile *self);
const GxRiskAssessment *gxc_customer_file_get_risk (GxcCustomerFile *self);
gboolean          gxc_customer_file_is_masked    (GxcCustomerFile *self);

G_END_DECLS
