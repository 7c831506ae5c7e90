/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A WebSocket client that does what it is told, right or wrong. */
#include "gxt-websocket.h"

#include <string.h>

GIOStream *
gxt_websocket_open (guint16     port,
                    const char *path,
                    const char *headers,
                    guint      *out_status)
{
  g_autoptr(GIOStream) stream = gxt_http_connect (port);
  g_autofree char *text = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n" GXT_WEBSOCKET_ASK "%s\r\n", path, headers);
  g_autoptr(GxtAnswer) answer = NULL;

  *out_status = 0;
  if (stream == NULL)
    return NULL;
  gxt_http_send (stream, text, -1);
  answer = gxt_http_receive (stream);
  *out_status = answer->status;
  if (answer->status != 101)
    return NULL;

  g_assert_nonnull (strstr (answer->head, GXT_WEBSOCKET_ACCEPT));
  return g_steal_pointer (&stream);
}

void
gxt_websocket_send (GIOStream  *stream,
                    guint8      first,
                    const void *payload,
                    gsize       length)
{
  static const guint8 mask[] = { 0x37, 0xfa, 0x21, 0x3d };
  guint8 frame[2 + 4 + 125] = { first, (guint8) (0x80 | length) };

  g_assert (length <= 125);
  memcpy (frame + 2, mask, sizeof mask);
  for (gsize i = 0; i < length; i++)
    frame[6 + i] = ((const guint8 *) payload)[i] ^ mask[i & 3];
  gxt_http_send (stream, (const char *) frame, (gssize) (6 + length));
}

static gboolean
read_bytes (GIOStream *stream,
            guint8    *data,
            gsize      size)
{
  gsize got = 0;

  return g_input_stream_read_all (g_io_stream_get_input_stream (stream), data, size, &got, NULL, NULL) && got == size;
}

gboolean
gxt_websocket_read (GIOStream *stream,
                    guint8    *out_opcode,
                    char     **out_text,
                    guint     *out_code)
{
  guint8 head[2], payload[126] = { 0 };

  *out_text = NULL;
  *out_code = 0;
  if (!read_bytes (stream, head, 2))
    return FALSE;
  g_assert_cmpuint (head[1], <=, 125);          /* a server's frame has no mask, and ours are short */
  if (!read_bytes (stream, payload, head[1]))
    return FALSE;
  *out_opcode = head[0] & 0x0F;
  if (*out_opcode == 0x8 && head[1] >= 2)
    *out_code = (guint) payload[0] << 8 | payload[1];
  else
    *out_text = g_strdup ((const char *) payload);

  return TRUE;
}

char *
gxt_websocket_text (GIOStream *stream,
                    guint     *out_code)
{
  guint code = 0;
  guint8 opcode;

  for (;;)
    {
      g_autofree char *text = NULL;
      guint told;

      if (!gxt_websocket_read (stream, &opcode, &text, &told))
        break;
      code = told != 0 ? told : code;
      if (opcode == 0x9)
        gxt_websocket_send (stream, 0x8A, text, strlen (text));
      if (opcode == 0x1)
        return g_steal_pointer (&text);
    }
  if (out_code != NULL)
    *out_code = code;

  return NULL;
}
