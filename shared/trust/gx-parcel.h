/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define GX_PARCEL_KEY_SIZE    32                            /* bytes */
#define GX_PARCEL_SEALED_SIZE (GX_PARCEL_KEY_SIZE + 48)     /* a key sealed to a bank */

/**
 * GxParcelKeys: the pair of X25519 keys that parcels are sealed to. Wipe @secret.
 */
typedef struct
{
  guint8 open[GX_PARCEL_KEY_SIZE];
  guint8 secret[GX_PARCEL_KEY_SIZE];
} GxParcelKeys;

/**
 * GxParcelWriter: one file with named contents that only the bank opens.
 */
typedef struct _GxParcelWriter GxParcelWriter;

/**
 * GxParcelReader: what is in one, in its order.
 */
typedef struct _GxParcelReader GxParcelReader;

void            gx_parcel_keys_from_seed (const guint8 seed[static GX_PARCEL_KEY_SIZE], GxParcelKeys *out_keys);
void            gx_parcel_seal_key       (const guint8 bank[static GX_PARCEL_KEY_SIZE], const guint8 key[static GX_PARCEL_KEY_SIZE],
                                          guint8 out_sealed[static GX_PARCEL_SEALED_SIZE]);
gboolean        gx_parcel_open_key       (const GxParcelKeys *keys, const guint8 sealed[static GX_PARCEL_SEALED_SIZE],
                                          guint8 out_key[static GX_PARCEL_KEY_SIZE]);

GxParcelWriter *gx_parcel_writer_new     (const char *path, const guint8 bank[static GX_PARCEL_KEY_SIZE], GError **error);
gboolean        gx_parcel_writer_add     (GxParcelWriter *writer, const char *name, GBytes *content, GError **error);
gboolean        gx_parcel_writer_finish  (GxParcelWriter *writer, GError **error);
void            gx_parcel_writer_free    (GxParcelWriter *writer);

GxParcelReader *gx_parcel_reader_open    (const char *path, const GxParcelKeys *keys, GError **error);
gboolean        gx_parcel_reader_next    (GxParcelReader *reader, char **out_name, GBytes **out_content, GError **error);
void            gx_parcel_reader_free    (GxParcelReader *reader);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxParcelWriter, gx_parcel_writer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxParcelReader, gx_parcel_reader_free)

G_END_DECLS
