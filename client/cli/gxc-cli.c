/* SPDX-License-Identifier: GPL-3.0-or-later */
/* guanxi-cli: the client core without a window, for scripts, tests and people who live in a terminal.
 *
 * A table of commands; each answers for people or, with --json, for programs. It decides nothing: what may be written,
 * what needs review and what becomes of a conflict is the core's matter.
 */
#include "gxc-cli.h"

#include "gx-config.h"

#include "gx-catalog.h"
#include "gx-problem.h"
#include "gx-text.h"
#include "gxc-sync.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

static const GxcCommand commands[] = {
  { "sign-in", "URL --ca FILE --user NAME --password-file FILE", N_("Tie this profile to a server and a login"), 0, FALSE, gxc_cli_sign_in },
  { "sync",    "",                                               N_("Send what waits, fetch what changed"),      0, TRUE,  gxc_cli_sync },
  { "status",  "",                                               N_("Say who works here and what waits"),        0, TRUE,  gxc_cli_status },
  { "list",    "ENTITY [--where FIELD=VALUE]… [--search TEXT] [--limit N]", N_("List records"),                   1, TRUE,  gxc_cli_list },
  { "show",    "ENTITY ID",                                      N_("Show one record"),                          2, TRUE,  gxc_cli_show },
  { "new",     "ENTITY FIELD=VALUE… [--reason TEXT] [--evidence FILE[:KIND]]…", N_("Make a record"),              2, TRUE,  gxc_cli_new },
  { "set",     "ENTITY ID FIELD=VALUE… [--reason TEXT] [--evidence FILE[:KIND]]…", N_("Change a record"),         3, TRUE,  gxc_cli_set },
  { "queue",   "",                                               N_("List what waits to be sent, in order"),     0, TRUE,  gxc_cli_queue },
  { "issues",  "[keep-mine MID | drop MID]",                     N_("List what was refused, and why"),           0, TRUE,  gxc_cli_issues },
  { "review",  "list | show|approve|return|reject|withdraw|rebase ID [--note TEXT] | revise ID FIELD=VALUE…",
                                                                 N_("Requests that need a second person"),       1, TRUE,  gxc_cli_review },
};

static void
print_usage (void)
{
  g_printerr ("%s", _("Usage: guanxi-cli --profile DIR COMMAND [ARGUMENT…] [--json]\n"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_printerr ("  %s %s\n      %s\n", commands[i].name, commands[i].usage, _(commands[i].summary));
}

static const GxcCommand *
find_command (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (commands[i].name, name) == 0)
      return &commands[i];

  return NULL;
}

/**
 * gxc_cli_entity:
 *
 * Returns: (nullable): the entity called @name
 */
const GxEntity *
gxc_cli_entity (const char  *name,
                GError     **error)
{
  const GxEntity *entity = gx_entity_by_name (name);

  if (entity == NULL || entity->fact_of != NULL)
    {
      gx_fail (error, GX_ERROR_USAGE, "there is no entity “%s”", name);
      return NULL;
    }

  return entity;
}

gboolean
gxc_cli_id (const char  *text,
            GxId        *out_id,
            GError     **error)
{
  return gx_id_parse (text, out_id) || gx_fail (error, GX_ERROR_USAGE, "“%s” is not an id of 36 characters", text);
}

/**
 * gxc_cli_split:
 * @assignment: "field=value"
 * @out_value: (out) (transfer none): within @assignment
 */
gboolean
gxc_cli_split (const char  *assignment,
               char       **out_name,
               const char **out_value,
               GError     **error)
{
  const char *equals = strchr (assignment, '=');

  if (equals == NULL || equals == assignment)
    return gx_fail (error, GX_ERROR_USAGE, "“%s” is not of the form field=value", assignment);

  *out_name = g_strndup (assignment, (gsize) (equals - assignment));
  *out_value = equals + 1;
  return TRUE;
}

/**
 * gxc_cli_assign:
 *
 * Puts "field=value" words into @data; an empty value clears the field.
 *
 * Errors: %GX_ERROR_USAGE for a word without "=", %GX_ERROR_SCHEMA for an unknown field, %GX_ERROR_INVALID
 */
gboolean
gxc_cli_assign (const GxEntity     *entity,
                gpointer            data,
                const char *const  *assignments,
                guint               n,
                GError            **error)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = NULL;
      const char *value;
      const GxField *field;

      if (!gxc_cli_split (assignments[i], &name, &value, error))
        return FALSE;
      field = gx_entity_find (entity, name);
      if (field == NULL || (field->flags & GX_LOCAL))
        return gx_fail_field (error, GX_ERROR_SCHEMA, name, "schema", "%s has no such field", entity->name);
      if (!gx_field_from_text (field, data, value, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * gxc_cli_read_password:
 *
 * Returns: (transfer full) (nullable): the first line of --password-file
 */
char *
gxc_cli_read_password (GxcCli  *cli,
                       GError **error)
{
  g_autofree char *text = NULL;

  if (cli->password_file == NULL)
    {
      gx_fail (error, GX_ERROR_USAGE, "give --password-file FILE");
      return NULL;
    }
  if (!g_file_get_contents (cli->password_file, &text, NULL, error))
    {
      gx_error_adopt (error);
      return NULL;
    }

  text[strcspn (text, "\r\n")] = '\0';
  return g_steal_pointer (&text);
}

/**
 * gxc_cli_go_online:
 *
 * With --password-file signs in anew, for profiles without a keyring or whose session ended; otherwise the session of
 * the keyring serves.
 */
gboolean
gxc_cli_go_online (GxcCli  *cli,
                   GError **error)
{
  g_autofree char *password = NULL;
  g_autofree char *server = NULL;
  g_autofree char *login = NULL;

  if (cli->password_file == NULL)
    return TRUE;

  password = gxc_cli_read_password (cli, error);
  server = gxc_context_dup_server (cli->context);
  login = gxc_context_dup_login (cli->context);
  return password != NULL && gxc_context_sign_in (cli->context, server, cli->ca, login, password, NULL, error);
}

/**
 * gxc_cli_print_padded:
 *
 * Prints @text and fills up to @width columns; a Chinese character takes two.
 */
void
gxc_cli_print_padded (const char *text,
                      guint       width)
{
  guint used = gx_text_width (text);

  g_print ("%s%*s", text, (int) (used < width ? width - used : 0) + 2, "");
}

void
gxc_cli_print_row (const char *label,
                   const char *value)
{
  gxc_cli_print_padded (label, 24);
  g_print ("%s\n", value != NULL ? value : "–");
}

static int
status_of (const GError *error)
{
  if (error->domain != GX_ERROR)
    return error->domain == G_OPTION_ERROR ? GXC_EXIT_USAGE : GXC_EXIT_REFUSED;

  switch (error->code)
    {
    case GX_ERROR_USAGE:
      return GXC_EXIT_USAGE;
    case GX_ERROR_OFFLINE:
    case GX_ERROR_TLS:
      return GXC_EXIT_OFFLINE;
    default:
      return GXC_EXIT_REFUSED;
    }
}

/* What would make it possible, where the message alone does not say. */
static const char *
advice_for (const GError *error)
{
  if (error->domain != GX_ERROR)
    return NULL;

  switch (error->code)
    {
    case GX_ERROR_OFFLINE:
      return N_("It stays in the queue; `sync` sends it when the server can be reached.");
    case GX_ERROR_UNAUTHENTICATED:
    case GX_ERROR_STEP_UP:
      return N_("Give your password with --password-file FILE.");
    case GX_ERROR_KEYRING_ABSENT:
      return N_("Start a Secret Service (gnome-keyring), or give --password-file FILE; requests and decisions need the keyring.");
    case GX_ERROR_KEYRING_LOCKED:
      return N_("Unlock the keyring and try again.");
    case GX_ERROR_IN_USE:
      return N_("Close the other program that uses this profile.");
    case GX_ERROR_STALE:
      return N_("Look at the record as it is now, then `review rebase`.");
    default:
      return NULL;
    }
}

static void
print_problem (const GxcCli *cli,
               const GError *error)
{
  const char *advice = advice_for (error);

  if (cli->json)
    {
      g_autofree char *problem = gx_problem_write (error);
      g_printerr ("%s\n", problem);
      return;
    }

  g_printerr ("%s: %s\n", error->domain == GX_ERROR ? _(gx_error_info ((GxError) error->code)->title) : "guanxi-cli", error->message);
  if (advice != NULL)
    g_printerr ("%s\n", _(advice));
}

static gboolean
open_profile (GxcCli            *cli,
              const GxcCommand  *command,
              GError           **error)
{
  cli->context = gxc_context_new (&(GxcContextOptions) { .directory = cli->profile }, error);
  if (cli->context == NULL)
    return FALSE;
  if (command->needs_profile && !gxc_context_has_profile (cli->context))
    return gx_fail (error, GX_ERROR_STATE, "%s: nobody has signed in here; run `guanxi-cli --profile %s sign-in …` first",
                    cli->profile, cli->profile);

  cli->db = gxc_store_open_reader (gxc_context_get_store (cli->context), error);
  return cli->db != NULL;
}

static gboolean
parse_command_line (GxcCli             *cli,
                    int                 argc,
                    char              **argv,
                    const GxcCommand  **out_command,
                    GError            **error)
{
  const GOptionEntry entries[] = {
    { "profile", 0, 0, G_OPTION_ARG_FILENAME, &cli->profile, N_("Folder of the profile"), "DIR" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &cli->json, N_("Answer in JSON"), NULL },
    { "ca", 0, 0, G_OPTION_ARG_FILENAME, &cli->ca, N_("The bank's certificate authority"), "FILE" },
    { "user", 0, 0, G_OPTION_ARG_STRING, &cli->user, N_("Login"), "NAME" },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &cli->password_file, N_("File whose first line is the password"), "FILE" },
    { "where", 0, 0, G_OPTION_ARG_STRING_ARRAY, &cli->where, N_("Only records with this value"), "FIELD=VALUE" },
    { "search", 0, 0, G_OPTION_ARG_STRING, &cli->search, N_("Name, pinyin, initials, telephone tail or customer number"), "TEXT" },
    { "limit", 0, 0, G_OPTION_ARG_INT, &cli->limit, N_("At most so many"), "N" },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &cli->reason, N_("Why a reviewed field changes"), "TEXT" },
    { "evidence", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &cli->evidence, N_("A document that proves it"), "FILE[:KIND]" },
    { "note", 0, 0, G_OPTION_ARG_STRING, &cli->note, N_("Note to the maker of a request"), "TEXT" },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, GX_GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, error))
    return FALSE;
  if (cli->profile == NULL || argc < 2)
    return gx_fail (error, GX_ERROR_USAGE, "guanxi-cli --profile DIR COMMAND");
  *out_command = find_command (argv[1]);
  if (*out_command == NULL)
    return gx_fail (error, GX_ERROR_USAGE, "there is no command “%s”", argv[1]);
  if ((guint) argc - 2 < (*out_command)->min_args || cli->limit < 0)
    return gx_fail (error, GX_ERROR_USAGE, "%s %s", (*out_command)->name, (*out_command)->usage);

  cli->args = (const char *const *) argv + 2;
  cli->n_args = (guint) argc - 2;
  return TRUE;
}

static void
cli_clear (GxcCli *cli)
{
  g_clear_pointer (&cli->db, gx_db_close);
  g_clear_pointer (&cli->context, gxc_context_free);
  g_strfreev (cli->where);
  g_strfreev (cli->evidence);
  g_free (cli->profile);
  g_free (cli->ca);
  g_free (cli->user);
  g_free (cli->password_file);
  g_free (cli->search);
  g_free (cli->reason);
  g_free (cli->note);
}

int
main (int   argc,
      char *argv[])
{
  GxcCli cli = { 0 };
  const GxcCommand *command = NULL;
  g_autoptr(GError) error = NULL;
  int status = GXC_EXIT_DONE;

  setlocale (LC_ALL, "");
  bindtextdomain (GX_GETTEXT_PACKAGE, GX_LOCALE_DIR);
  bind_textdomain_codeset (GX_GETTEXT_PACKAGE, "UTF-8");
  textdomain (GX_GETTEXT_PACKAGE);

  if (!parse_command_line (&cli, argc, argv, &command, &error)
      || !open_profile (&cli, command, &error)
      || !command->run (&cli, &error))
    {
      status = status_of (error);
      print_problem (&cli, error);
      if (command == NULL)
        print_usage ();
    }
  cli_clear (&cli);

  return status;
}
