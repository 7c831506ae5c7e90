/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many, and from which seed on: what whoever runs a test may say. */
#include "gxt-environment.h"

/** gxt_environment: the number that the variable @name holds; @otherwise where there is none */
guint64
gxt_environment (const char *name,
                 guint64     otherwise)
{
  const char *text = g_getenv (name);

  return text != NULL ? g_ascii_strtoull (text, NULL, 10) : otherwise;
}
