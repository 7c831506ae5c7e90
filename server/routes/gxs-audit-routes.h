/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxs-context.h"

G_BEGIN_DECLS

gboolean gxs_route_audit_checkpoint  (GxsContext *ctx, GError **error);
gboolean gxs_route_audit_entries     (GxsContext *ctx, GError **error);
gboolean gxs_route_audit_proof       (GxsContext *ctx, GError **error);
gboolean gxs_route_audit_consistency (GxsContext *ctx, GError **error);

G_END_DECLS
