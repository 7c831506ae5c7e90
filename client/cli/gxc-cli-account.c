/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose profile it is, and its exchange with the server: sign-in, sign-out, password, sync, status. */
#include "gxc-blob.h"
#include "gxc-cli.h"

#include "gx-json.h"
#include "gx-protocol.h"
#include "gxc-cli-print.h"
#include "gxc-member.h"
#include "gxc-meta.h"
#include "gxc-store-lease.h"
#include "gxc-sync.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FILE, fclose)

static char *
ask_password (GError **error)
{
  struct termios old, quiet;
  char line[256];
  g_autoptr(FILE) tty = fopen ("/dev/tty", "r+");

  if (tty == NULL || tcgetattr (fileno (tty), &old) != 0)
    {
      gx_fail (error, GX_ERROR_USAGE, "%s", _("There is no terminal to ask for the password: give --password-file."));
      return NULL;
    }
  quiet = old;
  quiet.c_lflag &= ~(tcflag_t) ECHO;
  fputs (_("Password: "), tty);
  fflush (tty);
  tcsetattr (fileno (tty), TCSAFLUSH, &quiet);
  if (fgets (line, sizeof line, tty) == NULL)
    line[0] = '\0';
  tcsetattr (fileno (tty), TCSAFLUSH, &old);
  fputs ("\n", tty);

  return g_strdup (g_strchomp (line));
}

/*
 * gxc_cli_read_password:
 * @path: (nullable): a file whose first line is the password; %NULL asks on the terminal
 */
char *
gxc_cli_read_password (const char  *path,
                       GError     **error)
{
  g_autofree char *contents = NULL;
  char *end;

  if (path == NULL)
    return ask_password (error);
  if (!g_file_get_contents (path, &contents, NULL, error))
    {
      gx_error_adopt (error);
      return NULL;
    }
  end = strpbrk (contents, "\r\n");
  if (end != NULL)
    *end = '\0';

  return g_steal_pointer (&contents);
}

static gboolean
sign_in_again (GxcCli  *cli,
               GError **error)
{
  g_autofree char *server = gxc_context_dup_server (cli->context);
  g_autofree char *login = gxc_context_dup_login (cli->context);
  g_autofree char *password = gxc_cli_read_password (cli->password_file, error);

  return password != NULL && gxc_context_sign_in (cli->context, server, NULL, login, password, NULL, error);
}

static gboolean
wants_password (const GError *error)
{
  return g_error_matches (error, GX_ERROR, GX_ERROR_UNAUTHENTICATED)
         || g_error_matches (error, GX_ERROR, GX_ERROR_KEYRING_ABSENT)
         || g_error_matches (error, GX_ERROR, GX_ERROR_KEYRING_LOCKED)
         || g_error_matches (error, GX_ERROR, GX_ERROR_KEYRING_ITEM);
}

/*
 * gxc_cli_online:
 *
 * Runs what needs the server; where the session has ended or there is no keyring to keep one, with the password of
 * --password-file.
 */
gboolean
gxc_cli_online (GxcCli      *cli,
                GxcCliFunc   func,
                GError     **error)
{
  g_autoptr(GError) local = NULL;

  if (func (cli, &local))
    return TRUE;
  if (cli->password_file != NULL && gxc_context_has_profile (cli->context) && wants_password (local))
    return sign_in_again (cli, error) && func (cli, error);

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
gxc_cli_sign_in (GxcCli  *cli,
                 GError **error)
{
  g_autofree char *password = NULL;
  g_autofree char *name = NULL;

  if (cli->user == NULL)
    return gx_fail (error, GX_ERROR_USAGE, "%s", _("sign-in needs --user"));
  if (cli->ca == NULL && !gxc_context_has_profile (cli->context))
    return gx_fail (error, GX_ERROR_USAGE, "%s", _("the first sign-in needs --ca, the bank's own certificate"));
  password = gxc_cli_read_password (cli->password_file, error);
  if (password == NULL
      || !gxc_context_sign_in (cli->context, cli->args[0], cli->ca, cli->user, password, NULL, error))
    return FALSE;

  name = gxc_context_dup_name (cli->context);
  if (cli->json)
    {
      g_autoptr(GString) out = g_string_new (NULL);
      GxJsonWriter writer;

      gx_json_writer_init (&writer, out);
      gx_json_writer_begin_object (&writer);
      gx_json_writer_put_string (&writer, "name", name);
      gx_json_writer_put_bool (&writer, "must_change", gxc_context_must_change_password (cli->context));
      gx_json_writer_put_bool (&writer, "can_sign", gxc_context_can_sign (cli->context, NULL));
      gx_json_writer_end_object (&writer);
      gxc_print_line ("%s", out->str);
      return TRUE;
    }
  gxc_print_line (_("Signed in as %s."), name);
  if (gxc_context_must_change_password (cli->context))
    gxc_print_line ("%s", _("The password must be changed before anything else: guanxi-cli password."));
  else if (!gxc_context_can_sign (cli->context, NULL))
    gxc_print_line ("%s", _("There is no keyring here: nothing can be submitted or decided from this profile."));

  return TRUE;
}

gboolean
gxc_cli_sign_out (GxcCli  *cli,
                  GError **error)
{
  return gxc_context_sign_out (cli->context, NULL, error);
}

static gboolean
change_password (GxcCli  *cli,
                 GError **error)
{
  g_autofree char *old_password = gxc_cli_read_password (cli->password_file, error);
  g_autofree char *new_password = old_password != NULL ? gxc_cli_read_password (cli->new_password_file, error) : NULL;

  return new_password != NULL && gxc_context_change_password (cli->context, old_password, new_password, NULL, error);
}

gboolean
gxc_cli_password (GxcCli  *cli,
                  GError **error)
{
  return gxc_cli_online (cli, change_password, error);
}

static gboolean
run_sync (GxcCli  *cli,
          GError **error)
{
  return gxc_sync_run (gxc_context_get_sync (cli->context), NULL, error);
}

gboolean
gxc_cli_sync (GxcCli  *cli,
              GError **error)
{
  return gxc_cli_online (cli, run_sync, error) && gxc_cli_status (cli, error);
}

static void
put_lease (GxJsonWriter   *writer,
           const GxcLease *lease)
{
  static const char *const states[] = { "open", "read-only", "locked" };

  gx_json_writer_member (writer, "lease");
  gx_json_writer_begin_object (writer);
  gx_json_writer_put_string (writer, "state", states[lease->state]);
  gx_json_writer_put_int (writer, "contact", lease->contact);
  gx_json_writer_put_int (writer, "now", lease->now);
  gx_json_writer_put_int (writer, "read_only_at", lease->read_only_at);
  gx_json_writer_put_int (writer, "locked_at", lease->locked_at);
  gx_json_writer_end_object (writer);
}

static void
print_lease (const GxcLease *lease)
{
  g_autofree char *title = gxc_lease_title (lease), *words = gxc_lease_words (lease);

  if (title != NULL)
    gxc_print_line ("%s. %s", title, words);
}

static void
print_status_json (GxcCli              *cli,
                   const GxcCounts     *counts,
                   const GxcBlobCounts *papers,
                   const GxcLease      *lease,
                   const char          *server,
                   const char          *login,
                   const char          *name)
{
  g_autoptr(GString) out = g_string_new (NULL);
  GxJsonWriter writer;

  gx_json_writer_init (&writer, out);
  gx_json_writer_begin_object (&writer);
  gx_json_writer_put_string (&writer, "server", server);
  gx_json_writer_put_string (&writer, "login", login);
  gx_json_writer_put_string (&writer, "name", name);
  gx_json_writer_put_int (&writer, "pending", counts->pending);
  gx_json_writer_put_int (&writer, "issues", counts->issues);
  gx_json_writer_put_int (&writer, "last_sync", counts->last_sync);
  gx_json_writer_put_int (&writer, "scopes", counts->scopes);
  gx_json_writer_put_int (&writer, "scopes_complete", counts->scopes_complete);
  gx_json_writer_put_int (&writer, "rows_expected", counts->rows_expected);
  gx_json_writer_put_int (&writer, "rows_loaded", counts->rows_loaded);
  gx_json_writer_put_int (&writer, "clock_off", counts->clock_off);
  put_lease (&writer, lease);
  gx_json_writer_put_int (&writer, "papers_waiting", papers->n_waiting);
  gx_json_writer_put_int (&writer, "papers_refused", papers->n_refused);
  gx_json_writer_put_int (&writer, "papers_done", papers->done);
  gx_json_writer_put_int (&writer, "papers_total", papers->total);
  gx_json_writer_end_object (&writer);
  gxc_print_line ("%s", out->str);
}

static void
print_papers (const GxcBlobCounts *papers)
{
  g_autofree char *done = g_format_size ((guint64) papers->done), *total = g_format_size ((guint64) papers->total);

  if (papers->n_waiting > 0)
    gxc_print_line (ngettext ("%ld document is on its way to the bank: %s of %s", "%ld documents are on their way to the bank: %s of %s",
                              (gulong) papers->n_waiting), (long) papers->n_waiting, done, total);
  if (papers->n_refused > 0)
    gxc_print_line (ngettext ("The bank did not accept %ld document", "The bank did not accept %ld documents", (gulong) papers->n_refused),
                    (long) papers->n_refused);
}

static void
print_clock (gint64 clock_off)
{
  long minutes = (long) (ABS (clock_off) / 60000);

  if (ABS (clock_off) > GX_CLOCK_TOLERANCE)
    gxc_print_line (clock_off > 0 ? ngettext ("This computer's clock is %ld minute slow: set it, please.",
                                              "This computer's clock is %ld minutes slow: set it, please.", (gulong) minutes)
                    : ngettext ("This computer's clock is %ld minute fast: set it, please.",
                                "This computer's clock is %ld minutes fast: set it, please.", (gulong) minutes), minutes);
}

static void
print_status (const GxcCounts     *counts,
              const GxcBlobCounts *papers,
              const GxcLease      *lease,
              const char          *server,
              const char          *login,
              const char          *name)
{
  g_autofree char *when = counts->last_sync != 0 ? gxc_print_time (counts->last_sync) : g_strdup (_("never"));

  gxc_print_line (_("%s (%s) at %s"), name, login, server);
  gxc_print_line (_("Last synced: %s"), when);
  gxc_print_line (ngettext ("%ld change waits to be sent", "%ld changes wait to be sent",
                            (gulong) counts->pending), (long) counts->pending);
  gxc_print_line (ngettext ("%ld was refused or is in conflict", "%ld were refused or are in conflict",
                            (gulong) counts->issues), (long) counts->issues);
  print_papers (papers);
  print_clock (counts->clock_off);
  print_lease (lease);
  if (counts->scopes_complete < counts->scopes)
    gxc_print_line (_("Loading: %ld of %ld records"), (long) counts->rows_loaded, (long) counts->rows_expected);
  else if (counts->scopes > 0 && counts->pending == 0 && counts->issues == 0 && papers->n_waiting == 0)
    gxc_print_line ("%s", _("All is synced."));
}

gboolean
gxc_cli_status (GxcCli  *cli,
                GError **error)
{
  g_autofree char *server = gxc_context_dup_server (cli->context);
  g_autofree char *login = gxc_context_dup_login (cli->context);
  g_autofree char *name = gxc_context_dup_name (cli->context);
  GxcBlobCounts papers;
  GxcCounts counts;
  GxcLease lease;

  if (login == NULL)
    return gx_fail (error, GX_ERROR_UNAUTHENTICATED, "%s", _("Nobody has signed in to this profile yet."));
  if (!gxc_counts_read (gxc_cli_db (cli), &counts, error))
    return FALSE;
  gxc_blob_count (gxc_cli_db (cli), &papers);
  gxc_store_read_lease (gxc_context_get_store (cli->context), &lease);
  if (cli->json)
    print_status_json (cli, &counts, &papers, &lease, server, login, name);
  else
    print_status (&counts, &papers, &lease, server, login, name);

  return TRUE;
}
