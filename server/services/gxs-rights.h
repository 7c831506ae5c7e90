/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-entity.h"
#include "gx-sight.h"
#include "gxs-authz.h"

G_BEGIN_DECLS

/**
 * GxsOp: what a client may do to a row.
 */
typedef enum
{
  GXS_OP_CREATE,
  GXS_OP_PATCH,
  GXS_OP_DELETE,
} GxsOp;

gboolean gxs_rights_may          (const GxsAuthz *authz, const GxEntity *entity, GxsOp op, GError **error);
gboolean gxs_rights_over_new     (const GxsAuthz *authz, const GxEntity *entity, gconstpointer data, const GxsHolders *holders,
                                  GError **error);
gboolean gxs_rights_over_row     (const GxsAuthz *authz, const GxEntity *entity, gconstpointer data, const GxsHolders *holders,
                                  GError **error);

gboolean gxs_rights_over_field   (const GxsAuthz *authz, const GxEntity *entity, const GxField *field, const GxsHolders *holders,
                                  GError **error);
gboolean gxs_rights_is_guarded   (const GxsHolders *holders);
gboolean gxs_rights_review_row   (const GxEntity *entity, GxsOp op, gconstpointer data, const GxsHolders *holders, GError **error);
gboolean gxs_rights_review_field (const GxEntity *entity, const GxField *field, const GxsHolders *holders, GError **error);

void     gxs_rights_viewer       (const GxsAuthz *authz, const GxEntity *entity, gconstpointer data, const GxsHolders *holders,
                                  GxViewer *out_viewer);

G_END_DECLS
