/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-customer.h"
#include "gx-task.h"
#include "gxc-digest-entity.h"
#include "gxc-record-model.h"

G_BEGIN_DECLS

/**
 * GxcCustomersRow: one customer as the list shows him: the record, its digest and the task that is due next.
 */
typedef struct
{
  GxRecord *customer;       /* (owned) (nullable) */
  GxRecord *digest;         /* (owned) (nullable) */
  GxRecord *task;           /* (owned) (nullable) */
  gboolean  marked;
} GxcCustomersRow;

void                gxc_customers_row_clear    (GxcCustomersRow *row);
const GxCustomer   *gxc_customers_row_customer (const GxcCustomersRow *row);
const GxcDigest    *gxc_customers_row_digest   (const GxcCustomersRow *row);
const GxTask       *gxc_customers_row_task     (const GxcCustomersRow *row);

#define GXC_TYPE_CUSTOMERS_ROWS (gxc_customers_rows_get_type ())
G_DECLARE_FINAL_TYPE (GxcCustomersRows, gxc_customers_rows, GXC, CUSTOMERS_ROWS, GObject)

GxcCustomersRows *gxc_customers_rows_new  (GxcDesk *desk, GxcRecordModel *model);
void              gxc_customers_rows_get  (GxcCustomersRows *self, guint position, GxRecord *customer, GxcCustomersRow *out_row);

GArray           *gxc_customers_rows_read (GxcDesk *desk, const GxId *ids, guint n_ids, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GxcCustomersRow, gxc_customers_row_clear)

G_END_DECLS
