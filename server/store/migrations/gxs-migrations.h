/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-migrator.h"

G_BEGIN_DECLS

extern const GxMigration gxs_migrations[];
extern const guint       gxs_n_migrations;

gboolean gxs_migrate (GxDb *db, GxClock *clock, GError **error);

G_END_DECLS
