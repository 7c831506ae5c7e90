/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define GX_HASH_SIZE 32

/**
 * GxHash: a SHA-256.
 */
typedef struct
{
  guint8 b[GX_HASH_SIZE];
} GxHash;

void      gx_hash_bytes  (gconstpointer data, gsize length, GxHash *out_hash);
void      gx_hash_pair   (gconstpointer first, gsize first_length, gconstpointer second, gsize second_length, GxHash *out_hash);
void      gx_hash_keyed  (gconstpointer key, gsize key_length, gconstpointer data, gsize length, GxHash *out_hash);
gboolean  gx_hash_equal  (const GxHash *a, const GxHash *b);
char     *gx_hash_to_hex (const GxHash *hash);
gboolean  gx_hash_parse  (const char *hex, GxHash *out_hash);
char     *gx_sha256_hex  (gconstpointer data, gssize length);

G_END_DECLS
