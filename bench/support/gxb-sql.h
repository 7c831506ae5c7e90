/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-id.h"
#include <sqlite3.h>

G_BEGIN_DECLS

sqlite3      *gxb_sql_open    (const char *path);
void          gxb_sql_run     (sqlite3 *db, const char *sql);
sqlite3_stmt *gxb_sql_prepare (sqlite3 *db, const char *sql);
gboolean      gxb_sql_step    (sqlite3_stmt *statement);
void          gxb_sql_done    (sqlite3_stmt *statement);
void          gxb_sql_bind_id (sqlite3_stmt *statement, int column, const GxId *id);

G_END_DECLS
