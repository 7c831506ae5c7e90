/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sign-in, sync, status, queue, issues: the profile and its way to the server.
 */
#include "gxc-cli.h"

#include "gx-catalog.h"
#include "gx-json-writer.h"
#include "gx-role.h"
#include "gxc-issues.h"
#include "gxc-meta.h"
#include "gxc-queue.h"
#include "gxc-sync.h"

#include <glib/gi18n.h>
#include <string.h>

static void
print_text (GString *text)
{
  g_print ("%s\n", text->str);
}

static char *
format_moment (gint64 time)
{
  g_autoptr(GDateTime) moment = time > 0 ? g_date_time_new_from_unix_local (time / 1000) : NULL;

  return moment != NULL ? g_date_time_format (moment, "%Y-%m-%d %H:%M:%S") : g_strdup (_("never"));
}

/**
 * gxc_cli_sign_in:
 */
gboolean
gxc_cli_sign_in (GxcCli  *cli,
                 GError **error)
{
  g_autofree char *password = NULL;
  g_autofree char *name = NULL;
  g_autofree char *ca = NULL;

  if (cli->n_args < 1 || cli->user == NULL)
    return gx_fail (error, GX_ERROR_USAGE, "sign-in URL --ca FILE --user NAME --password-file FILE");
  ca = cli->ca != NULL ? g_canonicalize_filename (cli->ca, NULL) : NULL;
  password = gxc_cli_read_password (cli, error);
  if (password == NULL || !gxc_context_sign_in (cli->context, cli->args[0], ca, cli->user, password, NULL, error))
    return FALSE;

  name = gxc_context_dup_name (cli->context);
  if (gxc_context_must_change_password (cli->context))
    g_print (_("Signed in as %s. Your password was made by somebody else: change it before anything else.\n"), name);
  else
    g_print (_("Signed in as %s.\n"), name);
  return TRUE;
}

/**
 * gxc_cli_sync:
 *
 * Until nothing is left to send or fetch. What the server refused is in `issues`; that is no failure of the sync.
 */
gboolean
gxc_cli_sync (GxcCli  *cli,
              GError **error)
{
  GxcCounts counts;

  if (!gxc_cli_go_online (cli, error)
      || !gxc_sync_run (gxc_context_get_sync (cli->context), NULL, error)
      || !gxc_counts_read (cli->db, &counts, error))
    return FALSE;

  if (cli->json)
    g_print ("{\"issues\":%" G_GINT64_FORMAT ",\"pending\":%" G_GINT64_FORMAT "}\n", counts.issues, counts.pending);
  else if (counts.issues == 0 && counts.pending == 0)
    g_print ("%s\n", _("All synced."));
  else
    g_print (_("%d wait, %d were refused (see `issues`).\n"), (int) counts.pending, (int) counts.issues);
  return TRUE;
}

/**
 * gxc_cli_status:
 */
gboolean
gxc_cli_status (GxcCli  *cli,
                GError **error)
{
  g_autofree char *server = gxc_context_dup_server (cli->context);
  g_autofree char *login = gxc_context_dup_login (cli->context);
  g_autofree char *name = gxc_context_dup_name (cli->context);
  g_autofree char *last = NULL;
  g_autofree char *pending = NULL;
  g_autofree char *issues = NULL;
  g_autoptr(GString) roles = g_string_new (NULL);
  GxcCounts counts;

  if (!gxc_counts_read (cli->db, &counts, error))
    return FALSE;

  for (int role = 1; gx_choice_code (gx_roles, role) != NULL; role++)
    if (gxc_context_get_roles (cli->context) & GX_ROLE_BIT (role))
      g_string_append_printf (roles, "%s%s", roles->len > 0 ? "," : "", gx_choice_code (gx_roles, role));
  if (cli->json)
    {
      g_autoptr(GString) out = g_string_new (NULL);
      GxJsonWriter writer;

      gx_json_writer_init_canonical (&writer, out);
      gx_json_writer_begin_object (&writer);
      gx_json_writer_put_int (&writer, "issues", counts.issues);
      gx_json_writer_put_int (&writer, "last_sync", counts.last_sync);
      gx_json_writer_put_string (&writer, "login", login);
      gx_json_writer_put_string (&writer, "name", name);
      gx_json_writer_put_int (&writer, "pending", counts.pending);
      gx_json_writer_put_string (&writer, "roles", roles->str);
      gx_json_writer_put_int (&writer, "scopes", counts.scopes);
      gx_json_writer_put_int (&writer, "scopes_complete", counts.scopes_complete);
      gx_json_writer_put_string (&writer, "server", server);
      gx_json_writer_end_object (&writer);
      print_text (out);
      return TRUE;
    }

  last = format_moment (counts.last_sync);
  pending = g_strdup_printf ("%d", (int) counts.pending);
  issues = g_strdup_printf ("%d", (int) counts.issues);
  gxc_cli_print_row (_("Server"), server);
  gxc_cli_print_row (_("Login"), login);
  gxc_cli_print_row (_("Name"), name);
  gxc_cli_print_row (_("Roles"), roles->str);
  gxc_cli_print_row (_("Last sync"), last);
  gxc_cli_print_row (_("Waiting"), pending);
  gxc_cli_print_row (_("Refused"), issues);
  return TRUE;
}

/**
 * gxc_cli_queue:
 */
gboolean
gxc_cli_queue (GxcCli  *cli,
               GError **error)
{
  g_autoptr(GPtrArray) queue = gxc_queue_list (cli->db, error);

  if (queue == NULL)
    return FALSE;
  for (guint i = 0; i < queue->len; i++)
    {
      const GxcMutation *mutation = queue->pdata[i];
      g_autofree char *at = format_moment (mutation->created_at);

      if (cli->json)
        g_print ("%s\n", mutation->body);
      else
        g_print ("%5" G_GINT64_FORMAT "  %-10s %-16s %s  %s%s\n", mutation->mid, mutation->op, mutation->tbl, GX_ID_STR (&mutation->id), at,
                 mutation->sent_at > 0 ? _("  sent, no answer yet") : "");
    }

  return TRUE;
}

static void
print_issue_json (const GxcIssue *issue)
{
  g_autoptr(GString) out = g_string_new (NULL);
  GxJsonWriter writer;

  gx_json_writer_init_canonical (&writer, out);
  gx_json_writer_begin_object (&writer);
  if (issue->code != NULL)
    gx_json_writer_put_string (&writer, "code", issue->code);
  if (issue->detail != NULL)
    gx_json_writer_put_string (&writer, "detail", issue->detail);
  gx_json_writer_member (&writer, "fields");
  gx_json_writer_begin_array (&writer);
  for (guint i = 0; i < issue->fields->len; i++)
    {
      const GxcIssueField *field = issue->fields->pdata[i];
      const struct { const char *name, *text; } values[] = {
        { "base", field->base }, { "field", field->field }, { "mine", field->mine }, { "theirs", field->theirs },
      };

      gx_json_writer_begin_object (&writer);
      for (guint j = 0; j < G_N_ELEMENTS (values); j++)
        {
          gx_json_writer_member (&writer, values[j].name);
          if (values[j].text != NULL)
            gx_json_writer_string (&writer, values[j].text);
          else
            gx_json_writer_null (&writer);
        }
      gx_json_writer_end_object (&writer);
    }
  gx_json_writer_end_array (&writer);
  gx_json_writer_put_id (&writer, "id", &issue->id);
  gx_json_writer_put_string (&writer, "kind", issue->kind);
  gx_json_writer_put_int (&writer, "mid", issue->mid);
  gx_json_writer_put_string (&writer, "op", issue->op);
  if (issue->entity != NULL)
    gx_json_writer_put_string (&writer, "tbl", issue->entity->name);
  gx_json_writer_end_object (&writer);
  print_text (out);
}

static void
print_issue (const GxcIssue *issue)
{
  g_print ("%5" G_GINT64_FORMAT "  %s %s %s %s\n", issue->mid, issue->kind, issue->op, issue->entity != NULL ? issue->entity->name : "?",
           GX_ID_STR (&issue->id));
  if (issue->code != NULL)
    g_print ("       %s: %s\n", issue->code, issue->detail != NULL ? issue->detail : "");
  for (guint i = 0; i < issue->fields->len; i++)
    {
      const GxcIssueField *field = issue->fields->pdata[i];

      g_print (_("       %s: it was “%s”, you wrote “%s”, now it is “%s”\n"), field->field, field->base != NULL ? field->base : "",
               field->mine != NULL ? field->mine : "", field->theirs != NULL ? field->theirs : "");
    }
}

static gboolean
resolve_issue (GxcCli  *cli,
               GError **error)
{
  GxcStore *store = gxc_context_get_store (cli->context);
  gint64 mid;

  if (cli->n_args != 2 || !g_ascii_string_to_signed (cli->args[1], 10, 1, G_MAXINT64, &mid, NULL))
    return gx_fail (error, GX_ERROR_USAGE, "issues keep-mine MID, issues drop MID");
  if (strcmp (cli->args[0], "keep-mine") == 0)
    return gxc_issues_keep_mine (store, mid, error);
  if (strcmp (cli->args[0], "drop") == 0)
    return gxc_issues_drop (store, mid, error);

  return gx_fail (error, GX_ERROR_USAGE, "issues keep-mine MID, issues drop MID");
}

/**
 * gxc_cli_issues:
 */
gboolean
gxc_cli_issues (GxcCli  *cli,
                GError **error)
{
  g_autoptr(GPtrArray) issues = NULL;

  if (cli->n_args > 0)
    return resolve_issue (cli, error);

  issues = gxc_issues_list (cli->db, error);
  if (issues == NULL)
    return FALSE;
  for (guint i = 0; i < issues->len; i++)
    (cli->json ? print_issue_json : print_issue) (issues->pdata[i]);

  return TRUE;
}
