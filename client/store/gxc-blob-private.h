/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxc-blob.h"
#include "gxc-meta.h"

G_BEGIN_DECLS

#define GXC_N_BLOB_STATES 4

GBytes  *gxc_blob_key_wrap   (GxRandom *random, const guint8 profile_key[static GX_SEALED_KEY_SIZE], const char *sha256,
                              const guint8 key[static GX_SEALED_KEY_SIZE]);
gboolean gxc_blob_key_unwrap (const guint8 profile_key[static GX_SEALED_KEY_SIZE], const char *sha256, GBytes *wrapped,
                              guint8 out_key[static GX_SEALED_KEY_SIZE], GError **error);

extern const char *const gxc_blob_states[GXC_N_BLOB_STATES];       /* GxcBlobState -> the database's word */

G_END_DECLS
