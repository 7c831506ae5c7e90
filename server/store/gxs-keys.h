/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gx-random.h"

G_BEGIN_DECLS

/**
 * GxsKeys: the bank's secrets, in memory that is locked and wiped. On disk each is a file of DIR/keys, mode 0400.
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

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxsKeys, gxs_keys_free)

G_END_DECLS
