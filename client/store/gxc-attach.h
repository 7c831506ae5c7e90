/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-change-item.h"
#include "gxc-store.h"

G_BEGIN_DECLS

/**
 * GxcAttach: a document that is to become one of a customer's. All borrowed.
 */
typedef struct
{
  GxId        customer_id;
  GxId        visit_id;     /* none: of no visit; else one of that customer's */
  const char *path;         /* (nullable): of the file, or */
  GBytes     *bytes;        /* (nullable): what was pasted */
  const char *name;         /* (nullable): else the file's */
  const char *kind;         /* gx_attachment_kinds code */
  gint32      valid_to;     /* date; GX_INT32_NONE = for ever */
} GxcAttach;

gboolean gxc_attach        (GxcStore *store, const GxcAttach *attach, GxId *out_id, char **out_sha256, GError **error);
gboolean gxc_attach_follow (GxcStore *store, GPtrArray *done, GError **error);

G_END_DECLS
