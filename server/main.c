/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guanxi-server: the first word of the command line chooses a row of this table.
 */
#include "gx-config.h"

#include "gx-process.h"
#include "gxs-admin.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

static const GxsSubcommand subcommands[] = {
  { "init",   N_("Make a new bank, its keys and first people"),        gxs_admin_init },
  { "serve",  N_("Serve the bank to its desktops"),                    gxs_admin_serve },
  { "status", N_("Ask the running server how it is doing"),            gxs_admin_status },
  { "import", N_("Read another system's files into a stopped bank"),   gxs_admin_import },
  { "queue",  N_("What a desk could not send and left in a file: queue show, queue import"), gxs_admin_queue },
  { "set",    N_("Change a setting of a stopped bank"),               gxs_admin_set },
  { "restored", N_("After a backup was put back: tell every desktop so"), gxs_admin_restored },
  { "audit",  N_("Verify the audit log: audit verify"),                gxs_admin_audit },
};

static int
print_usage (int status)
{
  g_printerr ("%s", _("Usage: guanxi-server SUBCOMMAND [OPTION…]\n"));
  for (guint i = 0; i < G_N_ELEMENTS (subcommands); i++)
    g_printerr ("  %-10s %s\n", subcommands[i].name, _(subcommands[i].summary));

  return status;
}

int
main (int   argc,
      char *argv[])
{
  gx_process_keep_secrets ();
  setlocale (LC_ALL, "");
  bindtextdomain (GX_GETTEXT_PACKAGE, GX_LOCALE_DIR);
  bind_textdomain_codeset (GX_GETTEXT_PACKAGE, "UTF-8");
  textdomain (GX_GETTEXT_PACKAGE);

  if (argc > 1 && strcmp (argv[1], "--help") == 0)
    return print_usage (GXS_EXIT_DONE);
  for (guint i = 0; argc > 1 && i < G_N_ELEMENTS (subcommands); i++)
    if (strcmp (argv[1], subcommands[i].name) == 0)
      return subcommands[i].run (argc - 1, argv + 1);

  return print_usage (GXS_EXIT_USAGE);
}
