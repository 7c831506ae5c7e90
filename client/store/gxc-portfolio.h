/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-db.h"
#include "gxc-book.h"

G_BEGIN_DECLS

/* A reader, see gxc-list.h. */
GxcBook *gxc_portfolio_read (GxDb *db, const GxId *employee, gint32 today, GError **error);

G_END_DECLS
