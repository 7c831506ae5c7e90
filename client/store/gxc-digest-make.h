/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-digest-entity.h"
#include "gx-db.h"

G_BEGIN_DECLS

GTimeZone *gxc_digest_zone (void);
GPtrArray *gxc_digest_make (GxDb *db, const GxId *from, const GxId *to, gint32 today, GError **error);

G_END_DECLS
