/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-api.h"
#include "gxc-store.h"

G_BEGIN_DECLS

/**
 * GxcDownload: one document on its way here.
 */
typedef struct _GxcDownload GxcDownload;

GxcDownload *gxc_download_new  (GxcStore *store, const char *sha256, const GxId *ref, gboolean ahead);
void         gxc_download_free (GxcDownload *download);
const char  *gxc_download_get_sha256 (GxcDownload *download);
gboolean     gxc_download_step (GxcDownload *download, GxcApi *api, GBytes **out_bytes, GCancellable *cancellable, GError **error);

/* All of it. */
GBytes      *gxc_download      (GxcStore *store, GxcApi *api, const char *sha256, const GxId *ref, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcDownload, gxc_download_free)

G_END_DECLS
