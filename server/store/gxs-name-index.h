/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-customer.h"
#include "gxs-batch.h"

G_BEGIN_DECLS

gboolean gxs_name_index_put    (GxsBatch *batch, const GxCustomer *customer, const char *keys, GError **error);
gboolean gxs_name_index_place  (GxsBatch *batch, const GxCustomer *customer, GError **error);
gboolean gxs_name_index_remove (GxsBatch *batch, const GxId *customer_id, GError **error);
gint64   gxs_name_index_number (const char *pinyin);

G_END_DECLS
