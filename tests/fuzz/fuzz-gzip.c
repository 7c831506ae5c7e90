/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A packed body before anybody signed in: it never becomes larger than it may, and what we pack comes back. */
#include "gxt-fuzz.h"

#include "gxs-gzip.h"

#define MOST  65536
#define RATIO 100

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr(GBytes) bytes = g_bytes_new (data, size), plain = NULL, packed = NULL, again = NULL;
  g_autoptr(GError) error = NULL;

  plain = gxs_gunzip (bytes, MOST, RATIO, &error);
  g_assert_true ((plain != NULL) == (error == NULL));
  g_assert_true (plain == NULL || g_bytes_get_size (plain) <= MOST);
  packed = gxs_gzip (bytes);
  again = gxs_gunzip (packed, MAX (size, 1), 100000, NULL);
  g_assert_true (again != NULL && g_bytes_equal (again, bytes));

  return 0;
}
