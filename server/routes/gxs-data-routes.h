/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxs-context.h"

G_BEGIN_DECLS

gboolean gxs_route_health    (GxsContext *ctx, GError **error);
gboolean gxs_route_push      (GxsContext *ctx, GError **error);
gboolean gxs_route_pull      (GxsContext *ctx, GError **error);
gboolean gxs_route_wait      (GxsContext *ctx, GError **error);
gboolean gxs_route_stream    (GxsContext *ctx, GError **error);
gboolean gxs_route_bootstrap (GxsContext *ctx, GError **error);
gboolean gxs_route_record    (GxsContext *ctx, GError **error);
gboolean gxs_route_history   (GxsContext *ctx, GError **error);
gboolean gxs_route_records   (GxsContext *ctx, GError **error);
gboolean gxs_route_search    (GxsContext *ctx, GError **error);

G_END_DECLS
