/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"
#include "gxs-authz.h"

G_BEGIN_DECLS

gboolean gxs_paper_may_come (GxDb *db, const GxEntity *entity, gconstpointer data, GError **error);
gboolean gxs_paper_may_go   (GxDb *db, const GxsAuthz *authz, const GxEntity *entity, gconstpointer data, GError **error);

G_END_DECLS
