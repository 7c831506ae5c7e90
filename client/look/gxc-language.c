/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The language switch. Debian does not generate zh_CN.UTF-8 unless it is asked to, and gettext answers in English under
 * the plain C locale; C.UTF-8 with LANGUAGE set works everywhere, so that is what the switch does. Dates and numbers do
 * not come from the locale at all: gxc-format.c has translated patterns. */

#include "gxc-language.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "gx-config.h"

/**
 * gxc_language_apply:
 * @code: (nullable): "zh_CN", "en"; NULL or "" for the desktop's own
 *
 * Call before the first window. GUANXI_LOCALE_DIR names another folder of translations, for an uninstalled build.
 */
void
gxc_language_apply (const char *code)
{
  const char *directory = g_getenv ("GUANXI_LOCALE_DIR");
  const char *locale;

  if (code && *code)
    g_setenv ("LANGUAGE", code, TRUE);

  locale = setlocale (LC_ALL, "");
  if (!locale || g_str_equal (locale, "C") || g_str_equal (locale, "POSIX"))
    setlocale (LC_ALL, "C.UTF-8");

  bindtextdomain (GX_GETTEXT_PACKAGE, directory ? directory : GX_LOCALE_DIR);
  bind_textdomain_codeset (GX_GETTEXT_PACKAGE, "UTF-8");
  textdomain (GX_GETTEXT_PACKAGE);
}
