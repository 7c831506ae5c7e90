/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words that stay on one line. Between any two Chinese signs a line may end, and a label that wraps ends it there, in the middle of a
 * name. For what is short: of what does not fit into a line the end is cut. */

#include "gxc-unbroken.h"

/** gxc_unbroken: (transfer full): @text so that no line ends within it; for the eye, not for who searches or reads aloud */
char *
gxc_unbroken (const char *text)
{
  GString *words = g_string_new (NULL);

  for (const char *at = text; *at; at = g_utf8_next_char (at))
    {
      if (at > text)
        g_string_append (words, "\u2060");        /* a word joiner */
      if (*at == ' ')
        g_string_append (words, "\u00a0");
      else
        g_string_append_unichar (words, g_utf8_get_char (at));
    }
  return g_string_free (words, FALSE);
}
