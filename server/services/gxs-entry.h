/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-customer.h"
#include "gxs-scope.h"
#include "gxs-write.h"

G_BEGIN_DECLS

void     gxs_entry_begin  (const GxsActor *actor, GxCustomer *customer);
gboolean gxs_entry_follow (GxsBatch *batch, const GxsActor *actor, const GxsHolder *customer, GError **error);
gboolean gxs_entry_sweep  (GxsBatch *batch, GError **error);

G_END_DECLS
