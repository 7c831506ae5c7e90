/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-db.h"
#include "gx-id.h"

G_BEGIN_DECLS

gint64 gxt_number    (GxDb *db, const char *sql);
gint64 gxt_number_of (GxDb *db, const char *sql, const GxId *id);

G_END_DECLS
