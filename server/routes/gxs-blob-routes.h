/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxs-context.h"

G_BEGIN_DECLS

gboolean gxs_route_blob_begin  (GxsContext *ctx, GError **error);
gboolean gxs_route_blob_offset (GxsContext *ctx, GError **error);
gboolean gxs_route_blob_write  (GxsContext *ctx, GError **error);
gboolean gxs_route_blob_finish (GxsContext *ctx, GError **error);
gboolean gxs_route_blob_read   (GxsContext *ctx, GError **error);

G_END_DECLS
