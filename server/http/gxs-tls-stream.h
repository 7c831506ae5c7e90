/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "gxs-tls.h"

G_BEGIN_DECLS

#define GXS_TLS_FINGERPRINT_SIZE 32     /* SHA-256 */

/**
 * GxsTlsStream: one TLS connection as a pollable GIOStream, driven by whoever owns the main context. Never blocks in
 * its non-blocking calls and starts no thread. Belongs to one thread.
 */
#define GXS_TYPE_TLS_STREAM (gxs_tls_stream_get_type ())
G_DECLARE_FINAL_TYPE (GxsTlsStream, gxs_tls_stream, GXS, TLS_STREAM, GIOStream)

/**
 * GxsTlsStreamWatch: told what passes, so that deadlines can be kept. The functions must not read, write or close.
 */
typedef struct
{
  void     (*has_read)  (gpointer user_data, gsize length);
  void     (*has_wrote) (gpointer user_data, gsize length);
  gboolean (*has_ended) (gpointer user_data);   /* the peer says no more; TRUE: the reader is not told, the watch closes */
  void     (*is_closed) (gpointer user_data);   /* once, last */
} GxsTlsStreamWatch;

typedef enum
{
  GXS_TLS_DONE,
  GXS_TLS_AGAIN,
  GXS_TLS_FAILED,
} GxsTlsProgress;

GxsTlsStream  *gxs_tls_stream_new             (GxsTls *tls, GSocket *socket, GError **error);
void           gxs_tls_stream_set_watch       (GxsTlsStream *self, const GxsTlsStreamWatch *watch, gpointer user_data);
GxsTlsProgress gxs_tls_stream_handshake       (GxsTlsStream *self, GIOCondition *out_wanted, GError **error);
gboolean       gxs_tls_stream_get_fingerprint (GxsTlsStream *self, guint8 out_sha256[static GXS_TLS_FINGERPRINT_SIZE]);
GSocket       *gxs_tls_stream_get_socket      (GxsTlsStream *self);
void           gxs_tls_stream_hold            (GxsTlsStream *self);
GxsTlsProgress gxs_tls_stream_release         (GxsTlsStream *self);
void           gxs_tls_stream_shut_writing    (GxsTlsStream *self);
void           gxs_tls_stream_abort           (GxsTlsStream *self);

G_END_DECLS
