/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-seal.h"
#include "gxs-authz.h"
#include "gxs-store.h"

G_BEGIN_DECLS

#define GXS_UPLOAD_KEPT_MS (7 * 24 * 3600 * G_GINT64_CONSTANT (1000))      /* then an unfinished one is forgotten */
#define GXS_UPLOADS_MAX    64                                             /* unfinished ones of a login */
#define GXS_LEASE_MS       30000                                          /* for which one client has an upload to itself */

/**
 * GxsBlobs: the bytes of attachments: files of DIR/blobs, each sealed under a key of its own, named by the SHA-256 of what
 * is in them; those on their way in DIR/blobs/uploads.
 */
typedef struct _GxsBlobs GxsBlobs;

/* How blobs write to the database: as one transaction, in whatever thread it has. */
typedef gboolean (*GxsBlobsRun) (gpointer data, GxsStoreWork work, gpointer work_data, GError **error);

/**
 * GxsBlobsOptions: what blobs work with; all borrowed, and outliving them.
 */
typedef struct
{
  const char   *data_dir;
  GxsBlobsRun   run;
  gpointer      run_data;
  GxBankSealer *sealer;
  GxClock      *clock;
  GxRandom     *random;
  gint64        max_size;   /* bytes of a document; 0 = GX_BLOB_MAX */
} GxsBlobsOptions;

/**
 * GxsAnnounced: what a client says of a document before it sends it.
 */
typedef struct
{
  const char *sha256;
  gint64      size;         /* bytes */
  const char *type;         /* media type */
  const char *name;         /* (nullable): checked, not kept: the attachment has it */
  gboolean    with_place;   /* a photo may tell where it was taken: somebody consented */
} GxsAnnounced;

/**
 * GxsUpload: where an upload stands.
 */
typedef struct
{
  GxId     id;
  gint64   offset;          /* bytes that are there for good */
  gboolean here;            /* there is nothing to send: this login sent it before */
} GxsUpload;

GxsBlobs *gxs_blobs_new        (const GxsBlobsOptions *options, GError **error);
void      gxs_blobs_free       (GxsBlobs *blobs);

gboolean  gxs_blobs_begin      (GxsBlobs *blobs, GxDb *db, const GxsAuthz *authz, const GxsAnnounced *announced, GxsUpload *out_upload,
                                GError **error);
gboolean  gxs_blobs_get_offset (GxsBlobs *blobs, GxDb *db, const GxsAuthz *authz, const GxId *upload, gint64 *out_offset, GError **error);
gboolean  gxs_blobs_write      (GxsBlobs *blobs, GxDb *db, const GxsAuthz *authz, const GxId *upload, gint64 offset, GBytes *part,
                                const char *part_sha256, gint64 *out_offset, GError **error);
gboolean  gxs_blobs_finish     (GxsBlobs *blobs, GxDb *db, const GxsAuthz *authz, const GxId *upload, char **out_sha256, GError **error);
void      gxs_blobs_tidy       (GxsBlobs *blobs, GxDb *db);

GBytes   *gxs_blobs_read       (GxsBlobs *blobs, GxDb *db, const GxsAuthz *authz, const char *sha256, const GxId *ref, char **out_type,
                                GError **error);

/* Inside a batch. */
gboolean  gxs_uploads_sweep    (GxsBatch *batch, GError **error);
char     *gxs_blob_put         (const char *data_dir, GxBankSealer *sealer, GxsBatch *batch, const GxId *login_id, GBytes *bytes,
                                GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxsBlobs, gxs_blobs_free)

G_END_DECLS
