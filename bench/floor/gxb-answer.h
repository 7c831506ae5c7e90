/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxb-sql.h"

G_BEGIN_DECLS

void gxb_answer_row (GString *out, sqlite3_stmt *row);

G_END_DECLS
