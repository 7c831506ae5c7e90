/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-sealed-file.h"
#include "gxs-blob.h"

G_BEGIN_DECLS

#define GXS_FORM_PIECE  1       /* nonce | XChaCha20-Poly1305, the hash as associated data: what the first version wrote */
#define GXS_FORM_STREAM 2       /* gx-sealed-file.h, the hash for a label */

/**
 * GxsLive: an upload that somebody works on, in this process. It is made from the file and forgotten at any time.
 */
typedef struct
{
  GxId            id;
  GMutex          lock;       /* of all below */
  gatomicrefcount refs;
  GxSealedWriter *writer;     /* (nullable) */
  GxId            client;     /* who has it to itself */
  gint64          lease_until;        /* ms UTC */
} GxsLive;

struct _GxsBlobs
{
  GxsBlobsOptions options;
  char           *folder;     /* DIR/blobs */
  char           *uploads;    /* DIR/blobs/uploads */
  GMutex          mutex;      /* of what follows */
  GHashTable     *live;       /* GxId → GxsLive */
  gint64          tidied_at;  /* ms UTC */
  GMutex          keeping;    /* one document is put away at a time */
};

char     *gxs_blob_path       (const char *folder, const char *sha256);
GBytes   *gxs_blob_wrap_key   (GxBankSealer *sealer, const char *sha256, const guint8 key[static GX_SEALED_KEY_SIZE]);
gboolean  gxs_blob_unwrap_key (GxBankSealer *sealer, const char *sha256, gconstpointer wrapped, gsize size,
                               guint8 key[static GX_SEALED_KEY_SIZE], GError **error);
gboolean  gxs_blob_is_kept    (GxDb *db, const char *sha256, gboolean *out_kept, GError **error);
gboolean  gxs_blob_is_sent_by (GxDb *db, const char *sha256, const GxId *login_id, gboolean *out_sent, GError **error);
gboolean  gxs_blob_insert     (GxsBatch *batch, const char *sha256, gint64 size, const char *type, GBytes *wrapped, const GxId *login_id,
                               GError **error);
gboolean  gxs_blob_refer      (GxsBatch *batch, const char *sha256, const GxId *login_id, GError **error);
gboolean  gxs_blob_check_hash (const char *sha256, GError **error);

GxsLive  *gxs_live_get        (GxsBlobs *blobs, const GxId *id);
void      gxs_live_unref      (GxsLive *live);
void      gxs_live_forget     (GxsBlobs *blobs, const GxId *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxsLive, gxs_live_unref)

G_END_DECLS
