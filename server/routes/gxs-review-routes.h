/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxs-context.h"

G_BEGIN_DECLS

gboolean gxs_route_cr_submit   (GxsContext *ctx, GError **error);
gboolean gxs_route_cr_list     (GxsContext *ctx, GError **error);
gboolean gxs_route_cr_show     (GxsContext *ctx, GError **error);
gboolean gxs_route_cr_decide   (GxsContext *ctx, GError **error);
gboolean gxs_route_cr_withdraw (GxsContext *ctx, GError **error);
gboolean gxs_route_cr_rebase   (GxsContext *ctx, GError **error);
gboolean gxs_route_cr_revise   (GxsContext *ctx, GError **error);

G_END_DECLS
