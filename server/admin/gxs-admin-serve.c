/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `guanxi-server serve`: runs until SIGTERM or SIGINT; `guanxi-server status`: asks the one that runs.
 */
#include "gxs-admin.h"
#include "gxs-admin-audit.h"
#include "gxs-admin-queue.h"

#include "gx-config.h"

#include "gx-error.h"
#include "gxs-control.h"
#include "gxs-server.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <stdio.h>

static char *
run_status (gpointer     data,
            const char  *arguments,
            GError     **error)
{
  return gxs_server_describe (data);
}

static const GxsControlCommand commands[] = {
  { "status", run_status },
  { "audit verify", gxs_admin_audit_run },
  { "queue import", gxs_admin_queue_run },
};

static gboolean
on_signal_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static void
run_until_signal (void)
{
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  guint term = g_unix_signal_add (SIGTERM, on_signal_cb, loop);
  guint interrupt = g_unix_signal_add (SIGINT, on_signal_cb, loop);

  g_main_loop_run (loop);
  g_source_remove (term);
  g_source_remove (interrupt);
}

static gboolean
serve (const GxsConfig  *config,
       GError          **error)
{
  g_autoptr(GxsServer) server = gxs_server_new (config, error);
  g_autoptr(GxsControl) control = NULL;

  if (server == NULL)
    return FALSE;
  control = gxs_control_new (config->data_dir, commands, G_N_ELEMENTS (commands), server, error);
  if (control == NULL)
    return FALSE;

  if (config->client_ca == NULL && config->is_lab)
    g_printerr ("%s", _("Without client certificates: for a laboratory only.\n"));
  /* Scripts wait for this line. */
  g_print ("listening on %s port %u\n", config->listen, gxs_server_get_port (server));
  fflush (stdout);
  run_until_signal ();
  return TRUE;
}

static int
status_of (const GError *error)
{
  return g_error_matches (error, GX_ERROR, GX_ERROR_USAGE) || g_error_matches (error, GX_ERROR, GX_ERROR_IN_USE)
         ? GXS_EXIT_USAGE : GXS_EXIT_FAILED;
}

/**
 * gxs_admin_serve:
 *
 * Returns: %GXS_EXIT_DONE after a clean stop, %GXS_EXIT_USAGE also if another process has the data, %GXS_EXIT_FAILED
 */
int
gxs_admin_serve (int   argc,
                 char *argv[])
{
  g_auto(GxsConfig) config = { 0 };
  g_autoptr(GError) error = NULL;

  signal (SIGPIPE, SIG_IGN);
  gxs_config_init (&config);
  if (gxs_config_load (&config, _("Serve the bank in DIR to its desktops"), &argc, &argv, &error) && serve (&config, &error))
    return GXS_EXIT_DONE;

  g_printerr ("guanxi-server: %s\n", error->message);
  return status_of (error);
}

/**
 * gxs_admin_status:
 *
 * Prints what the running server says of itself.
 */
int
gxs_admin_status (int   argc,
                  char *argv[])
{
  g_autofree char *data_dir = NULL;
  g_autofree char *answer = NULL;
  g_autoptr(GError) error = NULL;
  const GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &data_dir, N_("Folder of the bank"), "DIR" },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, GX_GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error) || data_dir == NULL)
    {
      g_printerr ("guanxi-server: %s\n", error != NULL ? error->message : "status --data DIR");
      return GXS_EXIT_USAGE;
    }

  answer = gxs_control_ask (data_dir, "status", &error);
  if (answer == NULL)
    {
      g_printerr ("guanxi-server: %s\n", error->message);
      return GXS_EXIT_FAILED;
    }
  g_print ("%s\n", answer);
  return GXS_EXIT_DONE;
}
