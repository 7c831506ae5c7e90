/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define GX_SEALED_KEY_SIZE  32                /* bytes */
#define GX_SEALED_CHUNK     (1024 * 1024)     /* clear bytes of each message but the last */

/**
 * GxSealedWriter: a file that is sealed while it grows, a chunk a message; what stands in it outlives the process.
 *
 * Every chunk has %GX_SEALED_CHUNK bytes, the last one what is left. One thread at a time.
 */
typedef struct _GxSealedWriter GxSealedWriter;

/**
 * GxSealedReader: such a file from its beginning, a chunk at a time.
 */
typedef struct _GxSealedReader GxSealedReader;

GxSealedWriter *gx_sealed_writer_create     (const char *path, const guint8 key[static GX_SEALED_KEY_SIZE], gint64 size, const char *label,
                                             GError **error);
GxSealedWriter *gx_sealed_writer_open       (const char *path, const guint8 key[static GX_SEALED_KEY_SIZE], gint64 size, const char *label,
                                             GError **error);
void            gx_sealed_writer_free       (GxSealedWriter *writer);
gint64          gx_sealed_writer_get_offset (GxSealedWriter *writer);
gsize           gx_sealed_writer_get_due    (GxSealedWriter *writer);
gboolean        gx_sealed_writer_append     (GxSealedWriter *writer, GBytes *chunk, GError **error);
char           *gx_sealed_writer_finish     (GxSealedWriter *writer, GError **error);

GxSealedReader *gx_sealed_reader_open       (const char *path, const guint8 key[static GX_SEALED_KEY_SIZE], gint64 size, const char *label,
                                             GError **error);
void            gx_sealed_reader_free       (GxSealedReader *reader);
gint64          gx_sealed_reader_get_offset (GxSealedReader *reader);
GBytes         *gx_sealed_reader_next       (GxSealedReader *reader, GError **error);

/* A whole file at once. */
gboolean        gx_sealed_file_write        (const char *path, const guint8 key[static GX_SEALED_KEY_SIZE], GBytes *clear, const char *label,
                                             GError **error);
GBytes         *gx_sealed_file_read         (const char *path, const guint8 key[static GX_SEALED_KEY_SIZE], gint64 size, const char *label,
                                             GError **error);
gboolean        gx_sync_folder              (const char *folder, GError **error);
gboolean        gx_make_folder              (const char *folder, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxSealedWriter, gx_sealed_writer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GxSealedReader, gx_sealed_reader_free)

G_END_DECLS
