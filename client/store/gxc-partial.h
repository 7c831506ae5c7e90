/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-store.h"

G_BEGIN_DECLS

#define GXC_PARTIAL_SUFFIX ".part"
#define GXC_PARTIAL_SIZE   (4 * 1024 * 1024)     /* bytes of each piece but a document's last, which is never kept */

/* What has come of a document that is being fetched, so that whoever is killed goes on there. */
GBytes  *gxc_partial_read   (GxcStore *store, const char *sha256, guint index);
gboolean gxc_partial_keep   (GxcStore *store, const char *sha256, guint index, GBytes *piece, GError **error);
void     gxc_partial_forget (GxcStore *store, const char *sha256);

G_END_DECLS
