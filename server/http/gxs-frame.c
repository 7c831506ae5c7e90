/* SPDX-License-Identifier: GPL-3.0-or-later */
/* RFC 6455 as far as the bank needs it: what a client may send on a stream is a ping, a pong or a goodbye, each whole, masked
 * and of at most 125 bytes. Everything else (a message, a fragment, a longer length) ends the connection at its first two
 * bytes, so that nothing a stranger announces is ever allocated, and nothing he sends is gathered.
 *
 * libsoup has all of RFC 6455, but the libsoup of our floor reads past a frame's end, gathers fragments without limit and
 * queues an answer for every ping; it stays the client's end, whose peer is known. Pure: no socket, no clock.
 */
#include "gxs-frame.h"

#include <string.h>

#define GUID "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

#define FIN      0x80
#define RESERVED 0x70
#define OPCODE   0x0F
#define MASKED   0x80
#define LENGTH   0x7F
#define HEAD     (2 + 4)            /* with the mask */

/* Decided on the first two bytes. */
static GxsCloseCode
judge_head (const guint8 *bytes)
{
  guint opcode = bytes[0] & OPCODE;

  if ((bytes[0] & RESERVED) != 0 || (bytes[1] & MASKED) == 0)
    return GXS_CLOSE_PROTOCOL;
  if (opcode <= 0x2)
    return GXS_CLOSE_DATA;
  if (opcode < GXS_FRAME_CLOSE || opcode > GXS_FRAME_PONG)
    return GXS_CLOSE_PROTOCOL;

  return (bytes[0] & FIN) != 0 && (bytes[1] & LENGTH) <= GXS_FRAME_PAYLOAD_MAX ? GXS_CLOSE_NONE : GXS_CLOSE_PROTOCOL;
}

static void
unmask (const GxsFrameReader *reader,
        GxsFrame             *out)
{
  out->opcode = reader->bytes[0] & OPCODE;
  out->length = reader->n - HEAD;
  for (guint i = 0; i < out->length; i++)
    out->payload[i] = reader->bytes[HEAD + i] ^ reader->bytes[2 + (i & 3)];
}

/**
 * gxs_frame_read:
 * @reader: all zero at the beginning
 * @out_whole: (out): whether @out_frame is one
 * @out_broken: (out): why the connection must end, %GXS_CLOSE_NONE if it need not
 *
 * Returns: how many of @size bytes were taken: all of them, or up to the end of a frame
 */
gsize
gxs_frame_read (GxsFrameReader *reader,
                const guint8   *data,
                gsize           size,
                GxsFrame       *out_frame,
                gboolean       *out_whole,
                GxsCloseCode   *out_broken)
{
  gsize taken = 0;

  *out_whole = FALSE;
  *out_broken = GXS_CLOSE_NONE;
  while (taken < size && !*out_whole)
    {
      reader->bytes[reader->n++] = data[taken++];
      if (reader->n == 2)
        *out_broken = judge_head (reader->bytes);
      if (*out_broken != GXS_CLOSE_NONE)
        return taken;
      *out_whole = reader->n >= 2 && reader->n == HEAD + (guint) (reader->bytes[1] & LENGTH);
    }
  if (*out_whole)
    {
      unmask (reader, out_frame);
      reader->n = 0;
    }

  return taken;
}

/**
 * gxs_frame_write:
 * @length: at most %GXS_FRAME_PAYLOAD_MAX
 *
 * Returns: the bytes of @out that are the frame
 */
guint
gxs_frame_write (guint8          out[static GXS_FRAME_MAX],
                 GxsFrameOpcode  opcode,
                 const void     *payload,
                 guint           length)
{
  g_assert (length <= GXS_FRAME_PAYLOAD_MAX);

  out[0] = FIN | opcode;
  out[1] = (guint8) length;
  if (length > 0)
    memcpy (out + 2, payload, length);

  return 2 + length;
}

/**
 * gxs_frame_accept_key:
 * @key: of Sec-WebSocket-Key
 *
 * Returns: (transfer full) (nullable): what Sec-WebSocket-Accept says to it; %NULL if it is not 16 bytes in base64
 */
char *
gxs_frame_accept_key (const char *key)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  g_autofree guchar *raw = NULL;
  guint8 digest[20];
  gsize size = 0;

  if (key == NULL || strlen (key) != 24)
    return NULL;
  raw = g_base64_decode (key, &size);
  if (size != 16)
    return NULL;

  g_checksum_update (checksum, (const guchar *) key, -1);
  g_checksum_update (checksum, (const guchar *) GUID, -1);
  size = sizeof digest;
  g_checksum_get_digest (checksum, digest, &size);

  return g_base64_encode (digest, size);
}
