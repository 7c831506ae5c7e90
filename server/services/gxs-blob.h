/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-seal.h"
#include "gxs-authz.h"
#include "gxs-store.h"

G_BEGIN_DECLS

/**
 * GxsBlobs: the bytes of attachments: files of DIR/blobs, each under a key of its own, named by the SHA-256 of what is in
 * them. In this version one part of at most 1 MiB.
 */
typedef struct _GxsBlobs GxsBlobs;

GxsBlobs *gxs_blobs_new    (const char *data_dir, GxsStore *store, GxBankSealer *sealer, GxClock *clock, GxRandom *random,
                            GError **error);
void      gxs_blobs_free   (GxsBlobs *blobs);

gboolean  gxs_blobs_begin  (GxsBlobs *blobs, const GxsAuthz *authz, const char *sha256, gint64 size, const char *type,
                            const char *name, GxId *out_upload, GError **error);
gboolean  gxs_blobs_write  (GxsBlobs *blobs, const GxsAuthz *authz, const GxId *upload, gint64 offset, GBytes *part,
                            const char *part_sha256, gint64 *out_offset, GError **error);
gboolean  gxs_blobs_get_offset (GxsBlobs *blobs, const GxsAuthz *authz, const GxId *upload, gint64 *out_offset, GError **error);
gboolean  gxs_blobs_finish (GxsBlobs *blobs, GxDb *db, const GxsAuthz *authz, const GxId *upload, char **out_sha256, GError **error);
GBytes   *gxs_blobs_read   (GxsBlobs *blobs, GxDb *db, const GxsAuthz *authz, const char *sha256, const GxId *request,
                            char **out_type, GError **error);
guint     gxs_blobs_sweep  (GxsBlobs *blobs);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxsBlobs, gxs_blobs_free)

G_END_DECLS
