/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxs-context.h"

G_BEGIN_DECLS

gboolean gxs_route_sign_in  (GxsContext *ctx, GError **error);
gboolean gxs_route_sign_out (GxsContext *ctx, GError **error);
gboolean gxs_route_step_up  (GxsContext *ctx, GError **error);
gboolean gxs_route_password (GxsContext *ctx, GError **error);
gboolean gxs_route_session  (GxsContext *ctx, GError **error);
gboolean gxs_route_enrol    (GxsContext *ctx, GError **error);

G_END_DECLS
