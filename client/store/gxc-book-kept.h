/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-book.h"
#include "gxc-store.h"

G_BEGIN_DECLS

gboolean gxc_book_keep     (GxcStore *store, const GxId *employee, const GxcBook *book, GError **error);
GxcBook *gxc_book_dup_kept (GxDb *db, const GxId *employee);

G_END_DECLS
