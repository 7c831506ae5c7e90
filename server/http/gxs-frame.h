/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define GXS_FRAME_PAYLOAD_MAX 125   /* bytes; more wants a longer head, and nobody here says more */
#define GXS_FRAME_MAX         (2 + GXS_FRAME_PAYLOAD_MAX)

typedef enum
{
  GXS_FRAME_TEXT  = 0x1,
  GXS_FRAME_CLOSE = 0x8,
  GXS_FRAME_PING  = 0x9,
  GXS_FRAME_PONG  = 0xA,
} GxsFrameOpcode;

typedef enum
{
  GXS_CLOSE_NONE      = 0,
  GXS_CLOSE_NORMAL    = 1000,
  GXS_CLOSE_AWAY      = 1001,
  GXS_CLOSE_PROTOCOL  = 1002,
  GXS_CLOSE_DATA      = 1003,       /* a client that sends messages: nobody reads them */
  GXS_CLOSE_POLICY    = 1008,
} GxsCloseCode;

/**
 * GxsFrameReader: the frames of a WebSocket client as they come in, byte by byte if need be. It holds one frame of at most
 * 125 bytes, whatever a client announces.
 */
typedef struct
{
  guint8 bytes[2 + 4 + GXS_FRAME_PAYLOAD_MAX];
  guint  n;                         /* of bytes */
} GxsFrameReader;

/**
 * GxsFrame: one whole frame from a client, without its mask.
 */
typedef struct
{
  GxsFrameOpcode opcode;
  guint          length;
  guint8         payload[GXS_FRAME_PAYLOAD_MAX];
} GxsFrame;

gsize        gxs_frame_read       (GxsFrameReader *reader, const guint8 *data, gsize size, GxsFrame *out_frame, gboolean *out_whole,
                                   GxsCloseCode *out_broken);
guint        gxs_frame_write      (guint8 out[static GXS_FRAME_MAX], GxsFrameOpcode opcode, const void *payload, guint length);
char        *gxs_frame_accept_key (const char *key);

G_END_DECLS
