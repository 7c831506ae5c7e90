/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "gxc-http.h"

G_BEGIN_DECLS

void       gxc_http_add_headers   (SoupMessage *message, const GxcRequest *request);
/* Takes @local; always FALSE. */
gboolean   gxc_http_convert_error (SoupMessage *message, GError *local, GError **error);
GxcStream *gxc_http_stream_open   (const char *uri, GTlsDatabase *trust, const GxcRequest *request, GCancellable *cancellable, GError **error);

G_END_DECLS
