/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gxt-http-client.h"

G_BEGIN_DECLS

/* RFC 6455 from the other end, byte by byte, so that a test can be rude. Blocking. */

/* Asks for @path as a WebSocket; @headers as of gxt_http_ask(). */
GIOStream *gxt_websocket_open  (guint16 port, const char *path, const char *headers, guint *out_status);
/* One frame, masked; @first is FIN, the reserved bits and the opcode. */
void       gxt_websocket_send  (GIOStream *stream, guint8 first, const void *payload, gsize length);
/* The next frame, FALSE at the end; @out_text of a text or ping, @out_code of a close, 0 else. */
gboolean   gxt_websocket_read  (GIOStream *stream, guint8 *out_opcode, char **out_text, guint *out_code);
/* The next text, pings passed over and answered; NULL at the end, then @out_code says what was said last. */
char      *gxt_websocket_text  (GIOStream *stream, guint *out_code);

#define GXT_WEBSOCKET_KEY    "dGhlIHNhbXBsZSBub25jZQ=="
#define GXT_WEBSOCKET_ACCEPT "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
#define GXT_WEBSOCKET_ASK    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " \
                             GXT_WEBSOCKET_KEY "\r\n"

G_END_DECLS
