/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxs-tls-stream.h"

G_BEGIN_DECLS

/* Between the stream and its two ends. Reading and writing never block: G_IO_ERROR_WOULD_BLOCK. */
gssize         gxs_tls_stream_read           (GxsTlsStream *self, void *buffer, gsize count, GError **error);
gssize         gxs_tls_stream_write          (GxsTlsStream *self, const void *buffer, gsize count, GError **error);
gboolean       gxs_tls_stream_has_read_ahead (GxsTlsStream *self);
GIOCondition   gxs_tls_stream_get_wanted     (GxsTlsStream *self);

GInputStream  *gxs_tls_input_new             (GxsTlsStream *stream);
GOutputStream *gxs_tls_output_new            (GxsTlsStream *stream);

G_END_DECLS
