/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guanxi [--profile DIR] [LINK…]: the desktop. The language is chosen before GTK wakes up, hence here. */

#include <glib/gi18n.h>

#include "gx-config.h"
#include "gx-process.h"
#include "gxc-application.h"
#include "gxc-language.h"

int
main (int argc, char **argv)
{
  g_autofree char *profile = NULL, *otherwise = g_build_filename (g_get_user_data_dir (), "guanxi", NULL), *language = NULL;
  gboolean version = FALSE;
  const GOptionEntry entries[] = {
    { "profile", 0, 0, G_OPTION_ARG_FILENAME, &profile, N_("The folder of the profile"), "DIR" },
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, N_("Show the version"), NULL },
    { NULL }
  };
  g_autoptr(GOptionContext) context = NULL;
  g_autoptr(GxcPreferences) preferences = NULL;
  g_autoptr(GxcApplication) application = NULL;
  g_autoptr(GError) error = NULL;

  gx_process_keep_secrets ();
  gxc_language_apply (NULL);
  context = g_option_context_new (_("[LINK…]"));
  g_option_context_add_main_entries (context, entries, GX_GETTEXT_PACKAGE);
  g_option_context_set_ignore_unknown_options (context, TRUE);      /* --gapplication-service is GApplication's */
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("guanxi: %s\n", error->message);
      return 2;
    }
  if (version)
    {
      g_print ("guanxi %s\n", GX_VERSION);
      return 0;
    }

  preferences = gxc_preferences_new (profile ? profile : otherwise);
  language = gxc_preferences_get (preferences, "language", "system");
  if (!g_str_equal (language, "system"))
    gxc_language_apply (language);
  application = gxc_application_new (profile ? profile : otherwise, profile != NULL, preferences);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
