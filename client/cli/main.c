/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guanxi-cli: the client core without a window, for scripts and tests. One table of subcommands; one table of options,
 * of which each subcommand says what it takes.
 */
#include "gxc-cli.h"

#include "gxc-cli-print.h"
#include "gxc-farewell.h"
#include "gxc-store-lease.h"
#include "gxc-store.h"
#include "gxc-unlock.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "gx-config.h"
#include "gx-process.h"

static gboolean gxc_cli_batch (GxcCli *cli, GError **error);

static const struct
{
  const char    *name;
  const char    *usage;             /* untranslated, the words after the name */
  guint          min_args, max_args;
  GxcCliOptions  options;
  GxcCliFunc     func;
} commands[] = {
  { "sign-in", "URL --ca FILE --user NAME [--password-file FILE]", 1, 1, GXC_CLI_CA | GXC_CLI_USER, gxc_cli_sign_in },
  { "sign-out", "", 0, 0, 0, gxc_cli_sign_out },
  { "password", "[--password-file FILE] [--new-password-file FILE]", 0, 0, GXC_CLI_NEW_PASSWORD, gxc_cli_password },
  { "devices", "[list | revoke ID]", 0, 2, 0, gxc_cli_devices },
  { "sync", "[--password-file FILE]", 0, 0, 0, gxc_cli_sync },
  { "status", "", 0, 0, 0, gxc_cli_status },
  { "list", "ENTITY [--where field=value]… [--search TEXT] [--limit N]", 1, 1, GXC_CLI_SHOWS | GXC_CLI_WHERE | GXC_CLI_SEARCH | GXC_CLI_LIMIT, gxc_cli_list },
  { "show", "ENTITY ID", 2, 2, GXC_CLI_SHOWS, gxc_cli_show },
  { "new", "ENTITY field=value… [--reason TEXT] [--evidence FILE[:KIND]]…", 2, G_MAXUINT, GXC_CLI_REASON | GXC_CLI_EVIDENCE, gxc_cli_new },
  { "set", "ENTITY ID field=value… [--reason TEXT] [--evidence FILE[:KIND]]…", 3, G_MAXUINT, GXC_CLI_REASON | GXC_CLI_EVIDENCE, gxc_cli_set },
  { "delete", "ENTITY ID [--reason TEXT] [--evidence FILE[:KIND]]…", 2, 2, GXC_CLI_REASON | GXC_CLI_EVIDENCE, gxc_cli_delete },
  { "attach", "CUSTOMER FILE [kind=KIND] [valid_to=DATE] [name=TEXT]", 2, 5, 0, gxc_cli_attach },
  { "get", "ATTACHMENT FILE", 2, 2, GXC_CLI_SHOWS, gxc_cli_get },
  { "carry", "[list | take CUSTOMER… | leave CUSTOMER… | room MB]", 0, G_MAXUINT, GXC_CLI_SHOWS, gxc_cli_carry },
  { "queue", "[export FILE]", 0, 2, 0, gxc_cli_queue },
  { "issues", "[list | keep NUMBER | drop NUMBER]", 0, 2, GXC_CLI_SHOWS, gxc_cli_issues },
  { "review", "list | show ID | approve ID | return ID | reject ID | withdraw ID | rebase ID | revise ID field=value…", 1, G_MAXUINT,
    GXC_CLI_NOTE | GXC_CLI_REASON | GXC_CLI_BOX, gxc_cli_review },
  { "batch", "", 0, 0, 0, gxc_cli_batch },
};

typedef struct
{
  GxcCli   cli;
  char    *profile;
  gboolean version;
  char   **words;
} Line;

/* What was given, as bits; the password's file is for all, since it may open the profile. */
static GxcCliOptions
given (const GxcCli *cli)
{
  return (cli->ca != NULL ? GXC_CLI_CA : 0) | (cli->user != NULL ? GXC_CLI_USER : 0)
         | (cli->where != NULL ? GXC_CLI_WHERE : 0)
         | (cli->search != NULL ? GXC_CLI_SEARCH : 0) | (cli->limit != 0 ? GXC_CLI_LIMIT : 0)
         | (cli->reason != NULL ? GXC_CLI_REASON : 0) | (cli->evidence != NULL ? GXC_CLI_EVIDENCE : 0)
         | (cli->note != NULL ? GXC_CLI_NOTE : 0) | (cli->box != NULL ? GXC_CLI_BOX : 0)
         | (cli->new_password_file != NULL ? GXC_CLI_NEW_PASSWORD : 0);
}

static void
line_clear (Line *line)
{
  g_free (line->cli.ca);
  g_free (line->cli.user);
  g_free (line->cli.password_file);
  g_free (line->cli.new_password_file);
  g_strfreev (line->cli.where);
  g_free (line->cli.search);
  g_free (line->cli.reason);
  g_strfreev (line->cli.evidence);
  g_free (line->cli.note);
  g_free (line->cli.box);
  g_free (line->profile);
  g_strfreev (line->words);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Line, line_clear)

static char *
describe_commands (void)
{
  GString *text = g_string_new (_("Commands:\n"));

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (text, "  %s %s\n", commands[i].name, commands[i].usage);
  g_string_append (text, _("\nExit codes: 0 done, 1 refused, 2 usage, 3 offline\n"));

  return g_string_free (text, FALSE);
}

static gboolean
parse_line (Line    *line,
            int      argc,
            char   **argv,
            GError **error)
{
  GxcCli *cli = &line->cli;
  const GOptionEntry entries[] = {
    { "profile", 0, 0, G_OPTION_ARG_FILENAME, &line->profile, N_("The profile's folder"), N_("DIR") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &cli->json, N_("Print JSON, as it travels"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &line->version, N_("Print the version"), NULL },
    { "ca", 0, 0, G_OPTION_ARG_FILENAME, &cli->ca, N_("The bank's own certificate"), N_("FILE") },
    { "user", 0, 0, G_OPTION_ARG_STRING, &cli->user, N_("Who signs in"), N_("NAME") },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &cli->password_file, N_("A file whose first line is the password (without one it is asked for)"), N_("FILE") },
    { "new-password-file", 0, 0, G_OPTION_ARG_FILENAME, &cli->new_password_file, N_("A file with the new password"), N_("FILE") },
    { "where", 0, 0, G_OPTION_ARG_STRING_ARRAY, &cli->where, N_("Only records with this value"), N_("FIELD=VALUE") },
    { "search", 0, 0, G_OPTION_ARG_STRING, &cli->search, N_("Only records with this in them"), N_("TEXT") },
    { "limit", 0, 0, G_OPTION_ARG_INT, &cli->limit, N_("At most so many"), N_("N") },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &cli->reason, N_("Why a reviewed field shall change"), N_("TEXT") },
    { "evidence", 0, 0, G_OPTION_ARG_STRING_ARRAY, &cli->evidence, N_("A document for the reviewer"), N_("FILE[:KIND]") },
    { "note", 0, 0, G_OPTION_ARG_STRING, &cli->note, N_("What the reviewer says"), N_("TEXT") },
    { "box", 0, 0, G_OPTION_ARG_STRING, &cli->box, N_("Which requests: mine, to_check or done"), N_("BOX") },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &line->words, NULL, NULL },
    { NULL }
  };
  g_autoptr(GOptionContext) context = g_option_context_new (_("COMMAND …"));
  g_autofree char *description = describe_commands ();
  GError *local = NULL;

  g_option_context_add_main_entries (context, entries, GX_GETTEXT_PACKAGE);
  g_option_context_set_description (context, description);
  if (g_option_context_parse (context, &argc, &argv, &local))
    return TRUE;
  gx_fail (error, GX_ERROR_USAGE, "%s", local->message);
  g_error_free (local);

  return FALSE;
}

static int
find_command (Line    *line,
              GError **error)
{
  guint n = line->words != NULL ? g_strv_length (line->words) : 0;

  for (guint i = 0; n > 0 && i < G_N_ELEMENTS (commands); i++)
    {
      if (!g_str_equal (commands[i].name, line->words[0]))
        continue;
      line->cli.args = line->words + 1;
      line->cli.n_args = n - 1;
      if (n - 1 >= commands[i].min_args && n - 1 <= commands[i].max_args && (given (&line->cli) & ~commands[i].options) == 0)
        return (int) i;
      gx_fail (error, GX_ERROR_USAGE, "%s %s", commands[i].name, commands[i].usage);
      return -1;
    }
  gx_fail (error, GX_ERROR_USAGE, n > 0 ? _("There is no command “%s”; see --help.") : _("Which command? See --help."),
           n > 0 ? line->words[0] : "");

  return -1;
}

static char *
profile_directory (const Line *line)
{
  return line->profile != NULL ? g_strdup (line->profile) : g_build_filename (g_get_user_data_dir (), "guanxi", NULL);
}

/* The password that locks the data here: for scripts the file that the environment names, so that it can be another one than
 * the one to sign in with. */
static GxcProfileKey *
unlock (Line        *line,
        const char  *directory,
        GError     **error)
{
  const char *file = g_getenv ("GUANXI_PASSWORD_FILE");
  g_autofree char *password = gxc_cli_read_password (file != NULL ? file : line->cli.password_file, error);
  GxcProfileKey *key = password != NULL ? gxc_unlock (directory, NULL, password, NULL, error) : NULL;

  if (password != NULL)
    explicit_bzero (password, strlen (password));
  return key;
}

/* With the profile open. */
static gboolean
run_command (Line    *line,
             int      command,
             GError **error)
{
  return (!(commands[command].options & GXC_CLI_SHOWS) || gxc_lease_may_show (gxc_context_get_store (line->cli.context), error))
         && commands[command].func (&line->cli, error);
}

static gboolean
is_export (const GxcCli *cli,
           int           command)
{
  return commands[command].func == gxc_cli_queue && cli->n_args == 2 && g_str_equal (cli->args[0], "export");
}

static gboolean
run (Line    *line,
     GError **error)
{
  int command = find_command (line, error);
  g_autofree char *directory = profile_directory (line);
  GxcContextOptions options = { .directory = directory, .fetch_ahead = TRUE };
  g_autoptr(GError) local = NULL;
  gboolean ok;

  if (command < 0)
    return FALSE;
  if (gxc_farewell_is_due (directory))      /* a wipe that was cut short */
    return gxc_farewell_wipe (directory, NULL, error) && gx_fail (error, GX_ERROR_REVOKED, "%s", gx_error_info (GX_ERROR_REVOKED)->title);
  if (gxc_profile_look (directory) == GXC_PROFILE_SEALED && !(options.key = unlock (line, directory, &local)))
    {
      if (is_export (&line->cli, command) && g_error_matches (local, GX_ERROR, GX_ERROR_KEYRING_ITEM))
        return gxc_cli_export_locked (directory, line->cli.args[1], error);
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  line->cli.context = gxc_context_new (&options, error);
  if (line->cli.context == NULL)
    return FALSE;
  ok = run_command (line, command, error);
  gxc_context_free (line->cli.context);
  if (gxc_farewell_is_due (directory))
    gxc_farewell_wipe (directory, NULL, NULL);

  return ok;
}

/*
 * gxc_cli_db:
 *
 * Everything runs in one thread, so the store's own connection reads too.
 */
GxDb *
gxc_cli_db (GxcCli *cli)
{
  return gxc_store_get_db (gxc_context_get_store (cli->context));
}

static int
exit_code (const GError *error)
{
  if (g_error_matches (error, GX_ERROR, GX_ERROR_USAGE))
    return GXC_CLI_USAGE;

  return g_error_matches (error, GX_ERROR, GX_ERROR_OFFLINE) ? GXC_CLI_OFFLINE : GXC_CLI_REFUSED;
}

/* One line of a batch: as on the command line, without the name of the program and the profile. */
static gboolean
run_line (GxcContext  *context,
          const char  *text,
          gboolean    *out_json,
          GError     **error)
{
  g_autofree char *whole = g_strconcat ("guanxi-cli ", text, NULL);
  g_auto(Line) line = { 0 };
  g_auto(GStrv) words = NULL;
  g_autofree char **list = NULL;
  GError *local = NULL;
  int n, command;

  if (!g_shell_parse_argv (whole, &n, &words, &local))
    {
      gx_fail (error, GX_ERROR_USAGE, "%s", local->message);
      g_error_free (local);
      return FALSE;
    }
  /* GOption takes words out of the list that it is given. */
  list = g_memdup2 (words, sizeof (char *) * ((gsize) n + 1));
  if (!parse_line (&line, n, list, error))
    return FALSE;
  *out_json = line.cli.json;
  line.cli.context = context;
  command = find_command (&line, error);

  return command >= 0
         && (commands[command].func != gxc_cli_batch || gx_fail (error, GX_ERROR_USAGE, "%s", commands[command].name))
         && run_command (&line, command, error);
}

/* Commands from the standard input, one a line, with the profile open all the while; after each a line "= CODE" with what
 * would have been its exit code. */
static gboolean
gxc_cli_batch (GxcCli  *cli,
               GError **error)
{
  g_autofree char *text = NULL;
  size_t size = 0;
  ssize_t length;

  while ((length = getline (&text, &size, stdin)) >= 0)
    {
      g_autoptr(GError) local = NULL;
      gboolean json = FALSE, ok;

      text[strcspn (text, "\n")] = '\0';
      if (text[0] == '\0')
        continue;
      ok = run_line (cli->context, text, &json, &local);
      fflush (stdout);
      if (!ok)
        gxc_print_error (local, json);
      gxc_print_line ("= %d", ok ? GXC_CLI_DONE : exit_code (local));
      fflush (stdout);
    }

  return TRUE;
}

int
main (int    argc,
      char **argv)
{
  g_auto(Line) line = { 0 };
  g_autoptr(GError) error = NULL;

  gx_process_keep_secrets ();
  setlocale (LC_ALL, "");
  bindtextdomain (GX_GETTEXT_PACKAGE, g_getenv ("GUANXI_LOCALE_DIR") != NULL ? g_getenv ("GUANXI_LOCALE_DIR") : GX_LOCALE_DIR);
  bind_textdomain_codeset (GX_GETTEXT_PACKAGE, "UTF-8");
  textdomain (GX_GETTEXT_PACKAGE);

  if (!parse_line (&line, argc, argv, &error))
    {
      gxc_print_error (error, line.cli.json);
      return GXC_CLI_USAGE;
    }
  if (line.version)
    {
      gxc_print_line ("guanxi-cli %s", GX_VERSION);
      return GXC_CLI_DONE;
    }
  if (run (&line, &error))
    return GXC_CLI_DONE;
  gxc_print_error (error, line.cli.json);

  return exit_code (error);
}
