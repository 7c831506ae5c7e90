/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-migrator.h"

G_BEGIN_DECLS

extern const GxMigration gxc_migrations[];
extern const guint       gxc_n_migrations;

gboolean gxc_migrate (GxDb *db, GxClock *clock, GError **error);

G_END_DECLS
