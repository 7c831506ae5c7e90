/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The language switch. Debian does not generate zh_CN.UTF-8 unless it is asked to, and gettext answers in English under
 * the plain C locale; C.UTF-8 with LANGUAGE set works everywhere, so that is what the switch does. Dates and numbers do
 * not come from the locale at all: gxc-format.c has translated patterns. */

#include "gxc-language.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "gx-config.h"

/* What the desktop said before anybody chose; "" is as good as nothing to gettext. */
static char *desktop_language;      /* (owned) main thread only */

/**
 * gxc_language_apply:
 * @code: (nullable): "zh_CN", "en"; NULL, "" or "system" for the desktop's own
 *
 * Call before the first thread and the first window, and again whenever another language is chosen; what stands on the
 * screen then is made again by whoever made it. GUANXI_LOCALE_DIR names another folder of translations, for an
 * uninstalled build.
 */
void
gxc_language_apply (const char *code)
{
  const char *directory = g_getenv ("GUANXI_LOCALE_DIR");
  gboolean again = desktop_language != NULL;
  gboolean chosen = code && *code && !g_str_equal (code, "system");

  if (!again)
    desktop_language = g_strdup (g_getenv ("LANGUAGE") ? g_getenv ("LANGUAGE") : "");

  /* Set from the first call on, so that later ones only replace it: the environment must not grow once there are threads. */
  g_setenv ("LANGUAGE", chosen ? code : desktop_language, TRUE);

  if (!again)       /* with threads it would not be safe, and nothing of it changes */
    {
      const char *locale = setlocale (LC_ALL, "");

      if (!locale || g_str_equal (locale, "C") || g_str_equal (locale, "POSIX"))
        setlocale (LC_ALL, "C.UTF-8");
    }

  bindtextdomain (GX_GETTEXT_PACKAGE, directory ? directory : GX_LOCALE_DIR);
  bind_textdomain_codeset (GX_GETTEXT_PACKAGE, "UTF-8");
  textdomain (GX_GETTEXT_PACKAGE);      /* also makes gettext forget what it found in another language */
}
