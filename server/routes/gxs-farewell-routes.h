/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxs-context.h"

G_BEGIN_DECLS

gboolean gxs_route_devices        (GxsContext *ctx, GError **error);
gboolean gxs_route_revoke         (GxsContext *ctx, GError **error);

gboolean gxs_route_farewell       (GxsContext *ctx, GError **error);
gboolean gxs_route_farewell_write (GxsContext *ctx, GError **error);
gboolean gxs_route_farewell_end   (GxsContext *ctx, GError **error);

G_END_DECLS
