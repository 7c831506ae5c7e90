/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which mistake is made: read once from the environment, in a build that has mistakes at all. */
#include "gx-bug.h"

#ifdef GX_SEEDED_BUGS
gboolean
gx_bug (GxBug bug)
{
  static gsize number;        /* one more than the number, so that it is never 0 once it was read */

  if (g_once_init_enter (&number))
    {
      const char *text = g_getenv ("GUANXI_BUG");

      g_once_init_leave (&number, 1 + (text != NULL ? (gsize) g_ascii_strtoull (text, NULL, 10) : 0));
    }

  return number == (gsize) bug + 1;
}
#endif
