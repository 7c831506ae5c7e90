/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-parcel.h"
#include "gx-random.h"

G_BEGIN_DECLS

/**
 * GxsKeys: the bank's secrets, in memory that is locked and wiped. On disk each is a file of DIR/keys, mode 0400, unless
 * systemd hands it over as a credential of the same name ($CREDENTIALS_DIRECTORY).
 */
typedef struct
{
  guint8 bank[32];          /* seals column values, subject keys and blob keys */
  guint8 index[32];         /* blinds the indexes of sealed columns */
  guint8 audit_seed[32];    /* Ed25519: signs checkpoints of the audit log */
} GxsKeys;

GxsKeys  *gxs_keys_new    (GxRandom *random);
GxsKeys  *gxs_keys_load   (const char *data_dir, GError **error);
gboolean  gxs_keys_save   (const GxsKeys *keys, const char *data_dir, GError **error);
void      gxs_keys_free   (GxsKeys *keys);

char     *gxs_keys_path   (const char *data_dir, const char *name);
gboolean  gxs_keys_write  (const char *data_dir, const char *name, const char *text, GError **error);

/**
 * GxsSubkey: what a key is derived from the bank's key for. Numbers are permanent: what they seal is lost with them.
 */
typedef enum
{
  GXS_SUBKEY_DATABASE    = 1,     /* pages of bank.db */
  GXS_SUBKEY_DATABASE_ID = 2,     /* its first 16 bytes: which database a page belongs to */
  GXS_SUBKEY_BLOBS       = 3,     /* wraps the keys of attachments */
  GXS_SUBKEY_EXPORT      = 4,     /* seed of the pair that exported queues are sealed to */
} GxsSubkey;

#define GXS_SUBKEY_SIZE 32        /* bytes */

void      gxs_keys_derive_export (const GxsKeys *keys, GxParcelKeys *out_keys);
void      gxs_keys_get_export (const GxsKeys *keys, guint8 out_key[static GX_PARCEL_KEY_SIZE]);
void      gxs_keys_derive (const GxsKeys *keys, GxsSubkey which, guint8 out_key[static GXS_SUBKEY_SIZE]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxsKeys, gxs_keys_free)

G_END_DECLS
