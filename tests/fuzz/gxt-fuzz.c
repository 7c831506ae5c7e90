/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An input as a row of decisions. */
#include "gxt-fuzz.h"

/* 0 … @n - 1, of one byte; @n is at most 256. */
guint
gxt_fuzz_below (GxtFuzzBytes *bytes,
                guint         n)
{
  guint byte = 0;

  if (bytes->size > 0)
    {
      byte = bytes->data[0];
      bytes->data++;
      bytes->size--;
    }

  return byte % n;
}

/* Returns: (transfer full): the next @size bytes, or as many as there are */
GBytes *
gxt_fuzz_take (GxtFuzzBytes *bytes,
               gsize         size)
{
  GBytes *taken;

  size = MIN (size, bytes->size);
  taken = g_bytes_new (bytes->data, size);
  bytes->data += size;
  bytes->size -= size;

  return taken;
}
