/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-sealed-file.h"
#include "gxc-store.h"

G_BEGIN_DECLS

/**
 * GxcBlobState: what became of the bytes of a document.
 * @GXC_BLOB_WAITING: added here, the bank has not all of it
 * @GXC_BLOB_REFUSED: added here, the bank does not take it
 * @GXC_BLOB_SENT: added here, the bank has it
 * @GXC_BLOB_HELD: here, and not to be sent: fetched from the bank, or taken back before the bank had it
 */
typedef enum
{
  GXC_BLOB_WAITING,
  GXC_BLOB_REFUSED,
  GXC_BLOB_SENT,
  GXC_BLOB_HELD,
} GxcBlobState;

/**
 * GxcBlob: the bytes of a document that this desk knows, named by their SHA-256. What is here lies sealed in the profile.
 */
typedef struct
{
  char        *sha256;      /* hex */
  GxcBlobState state;
  gint64       size;        /* bytes */
  gint64       sent;        /* bytes that the bank acknowledged */
  char        *type;        /* media type */
  char        *name;        /* (nullable): of the file it was */
  char        *path;        /* (nullable): of the sealed file, %NULL = not here any more */
  char        *problem;     /* (nullable): why it was refused */
  gboolean     with_place;
  guint8       key[GX_SEALED_KEY_SIZE];
} GxcBlob;

/**
 * GxcBlobCounts: what is on its way to the bank.
 */
typedef struct
{
  gint64 n_waiting, n_refused;
  gint64 done, total;       /* bytes of those that wait */
} GxcBlobCounts;

void      gxc_blob_free      (GxcBlob *blob);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxcBlob, gxc_blob_free)

char     *gxc_blob_add       (GxcStore *store, GBytes *bytes, const char *name, GError **error);
char     *gxc_blob_add_file  (GxcStore *store, const char *path, GError **error);
gboolean  gxc_blob_hold      (GxcStore *store, const char *sha256, GBytes *bytes, GError **error);
GxcBlob  *gxc_blob_find      (GxcStore *store, const char *sha256, GError **error);
GBytes   *gxc_blob_read      (GxcStore *store, const char *sha256, GError **error);

/* For whoever sends them. */
GxcBlob  *gxc_blob_next      (GxcStore *store, GError **error);
gboolean  gxc_blob_set_sent  (GxcStore *store, const char *sha256, gint64 sent, GError **error);
gboolean  gxc_blob_settle    (GxcStore *store, const char *sha256, GxcBlobState state, const char *problem, GError **error);
gboolean  gxc_blob_trim      (GxcStore *store, gint64 max_bytes, GHashTable *wanted, GError **error);

/* For whoever brings the profile's key. */
gboolean  gxc_blob_rewrap    (GxcStore *store, const guint8 before[static GX_SEALED_KEY_SIZE], const guint8 after[static GX_SEALED_KEY_SIZE],
                              GError **error);

/* With any connection. */
void      gxc_blob_count     (GxDb *db, GxcBlobCounts *out_counts);
gboolean  gxc_blob_look      (GxDb *db, const char *sha256, GxcBlobState *out_state, gint64 *out_sent, gint64 *out_size);
gboolean  gxc_blob_is_waiting (GxDb *db, const char *sha256);

G_END_DECLS
