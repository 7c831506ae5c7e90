/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxb-sql.h"

G_BEGIN_DECLS

void gxb_floor_bank_fill (sqlite3 *db, guint customers);

G_END_DECLS
