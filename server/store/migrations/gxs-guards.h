/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-db.h"
#include "gx-entity.h"

G_BEGIN_DECLS

gboolean   gxs_guards_install (GxDb *db, GError **error);

/* For tests: what gxs_guards_install() makes. */
gboolean   gxs_guards_apply_to (const GxEntity *entity);
GPtrArray *gxs_guards_of       (GxDb *db, const GxEntity *entity, GError **error);

G_END_DECLS
