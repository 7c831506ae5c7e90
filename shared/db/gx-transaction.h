/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-db.h"

G_BEGIN_DECLS

/**
 * GxTransaction: leaving its scope without gx_transaction_commit() undoes everything. One begun inside another is a
 * savepoint.
 */
typedef struct _GxTransaction GxTransaction;

GxTransaction *gx_transaction_begin      (GxDb *db, GError **error);
GxTransaction *gx_transaction_begin_read (GxDb *db, GError **error);
gboolean       gx_transaction_commit     (GxTransaction *transaction, GError **error);
void           gx_transaction_free       (GxTransaction *transaction);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxTransaction, gx_transaction_free)

G_END_DECLS
