/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a client sends on a stream: the same frames come of it however it is cut into packets, none is longer than it may be, and after
 * the end nothing is read. */
#include "gxt-fuzz.h"

#include "gxs-frame.h"

/* All that is read, as text; @step bytes a packet. */
static char *
read_all (const guint8 *data,
          gsize         size,
          gsize         step)
{
  GxsFrameReader reader = { 0 };
  GString *told = g_string_new (NULL);
  GxsCloseCode broken = GXS_CLOSE_NONE;

  for (gsize at = 0; at < size && broken == GXS_CLOSE_NONE; at += step)
    for (gsize end = MIN (size, at + step), from = at; from < end && broken == GXS_CLOSE_NONE;)
      {
        GxsFrame frame;
        gboolean whole;
        gsize taken = gxs_frame_read (&reader, data + from, end - from, &frame, &whole, &broken);

        g_assert_true (taken > 0 && taken <= end - from);
        g_assert_cmpuint (reader.n, <, sizeof reader.bytes);
        from += taken;
        if (!whole)
          continue;
        g_assert_true (broken == GXS_CLOSE_NONE && reader.n == 0);
        g_assert_cmpuint (frame.length, <=, GXS_FRAME_PAYLOAD_MAX);
        g_assert_true (frame.opcode == GXS_FRAME_CLOSE || frame.opcode == GXS_FRAME_PING || frame.opcode == GXS_FRAME_PONG);
        g_string_append_printf (told, "%u:", frame.opcode);
        for (guint i = 0; i < frame.length; i++)
          g_string_append_printf (told, "%02x", frame.payload[i]);
      }
  g_string_append_printf (told, "/%u", broken);

  return g_string_free (told, FALSE);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autofree char *whole = read_all (data, size, MAX (size, 1)), *single = read_all (data, size, 1), *seven = read_all (data, size, 7);

  g_assert_cmpstr (whole, ==, single);
  g_assert_cmpstr (whole, ==, seven);

  return 0;
}
