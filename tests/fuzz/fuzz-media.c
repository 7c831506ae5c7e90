/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bytes of a document that a stranger made: what it is, and the place it tells. What forgot its place tells none. */
#include "gxt-fuzz.h"

#include "gx-media.h"

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size), forgot = NULL;
  g_autoptr(GError) error = NULL;
  GxMedia media, after;

  gx_media_look (bytes, &media);
  g_assert_true (gx_media_check (bytes, "image/jpeg", FALSE, &error) == (error == NULL));
  forgot = gx_media_forget_place (bytes);
  if (forgot == NULL)
    return 0;
  gx_media_look (forgot, &after);
  g_assert_false (after.has_place);
  /* What was broken before may be none at all after it: then nobody takes it. */
  g_assert_true (after.type == NULL || g_str_equal (after.type, media.type));
  g_assert_cmpuint (g_bytes_get_size (forgot), <=, size);

  return 0;
}
