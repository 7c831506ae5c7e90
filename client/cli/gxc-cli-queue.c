/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits to be sent, and what was refused. */
#include "gxc-cli.h"

#include "gx-json.h"
#include "gxc-cli-print.h"
#include "gxc-export.h"
#include "gxc-issues.h"
#include "gxc-queue.h"
#include "gxc-store-lease.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

static gboolean
parse_mid (const char  *text,
           gint64      *out_mid,
           GError     **error)
{
  return g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, out_mid, NULL)
         || gx_fail (error, GX_ERROR_USAGE, _("“%s” is not the number of a change."), text);
}

static gboolean
print_queue (GxcCli  *cli,
             GError **error)
{
  g_autoptr(GPtrArray) queue = gxc_queue_list (gxc_cli_db (cli), error);
  g_autoptr(GxcTable) table = gxc_table_new (5);

  if (queue == NULL)
    return FALSE;
  gxc_table_add (table, _("Number"), _("Made"), _("What"), _("Record type"), _("Record"), NULL);
  for (guint i = 0; i < queue->len; i++)
    {
      const GxcMutation *mutation = g_ptr_array_index (queue, i);

      if (cli->json)
        {
          gxc_print_line ("%s", mutation->body);
          continue;
        }
      gxc_table_take (table, g_strdup_printf ("%" G_GINT64_FORMAT, mutation->mid));
      gxc_table_take (table, gxc_print_time (mutation->created_at));
      gxc_table_take (table, g_strdup (mutation->op));
      gxc_table_take (table, g_strdup (mutation->tbl));
      gxc_table_take (table, gx_id_to_string (&mutation->id));
    }
  if (!cli->json)
    gxc_table_print (table, TRUE);

  return TRUE;
}

static gboolean
export_queue (GxcCli      *cli,
              const char  *file,
              GError     **error)
{
  GxcExport done;

  if (!gxc_export_write (cli->context, file, &done, error))
    return FALSE;
  gxc_print_line (_("%s: %u changes that wait, %u refused or in conflict, %u documents. Only your bank opens it: guanxi-server queue import."), file,
                  done.changes, done.issues, done.papers);
  return TRUE;
}

gboolean
gxc_cli_queue (GxcCli  *cli,
               GError **error)
{
  if (cli->n_args == 2 && g_str_equal (cli->args[0], "export"))
    return export_queue (cli, cli->args[1], error);
  if (cli->n_args > 0)
    return gx_fail (error, GX_ERROR_USAGE, "queue [export FILE]");

  return gxc_lease_may_show (gxc_context_get_store (cli->context), error) && print_queue (cli, error);
}

/*
 * gxc_cli_export_locked:
 *
 * `queue export` of a profile whose keyring has lost its half of the key: nobody here opens it, the bank does.
 */
gboolean
gxc_cli_export_locked (const char  *directory,
                       const char  *file,
                       GError     **error)
{
  if (!gxc_export_write_locked (directory, file, error))
    return FALSE;

  gxc_print_line (_("%s: all that lies here, as it lies. Only your bank opens it: guanxi-server queue import."), file);
  return TRUE;
}

static void
write_text (GxJsonWriter *writer,
            const char   *name,
            const char   *text)
{
  if (text != NULL)
    gx_json_writer_put_string (writer, name, text);
}

/* What was seen, what was typed, what is there now: in the machine's words, left out where there is nothing. */
static void
write_fields (GxJsonWriter   *writer,
              const GxcIssue *issue)
{
  gx_json_writer_member (writer, "fields");
  gx_json_writer_begin_array (writer);
  for (guint i = 0; i < issue->fields->len; i++)
    {
      const GxcIssueField *field = g_ptr_array_index (issue->fields, i);

      gx_json_writer_begin_object (writer);
      gx_json_writer_put_string (writer, "field", field->field);
      write_text (writer, "base", field->base);
      write_text (writer, "mine", field->mine);
      write_text (writer, "theirs", field->theirs);
      gx_json_writer_put_bool (writer, "conflict", field->conflict);
      gx_json_writer_end_object (writer);
    }
  gx_json_writer_end_array (writer);
}

static void
print_issue_json (const GxcIssue *issue)
{
  g_autoptr(GString) out = g_string_new (NULL);
  GxJsonWriter writer;

  gx_json_writer_init (&writer, out);
  gx_json_writer_begin_object (&writer);
  gx_json_writer_put_int (&writer, "mid", issue->mid);
  gx_json_writer_put_string (&writer, "kind", issue->kind);
  write_fields (&writer, issue);
  gx_json_writer_put_raw (&writer, "mutation", issue->body);
  gx_json_writer_put_raw (&writer, "result", issue->result);
  gx_json_writer_end_object (&writer);
  gxc_print_line ("%s", out->str);
}

static void
print_issue (const GxcIssue *issue)
{
  g_autofree char *when = gxc_print_time (issue->opened_at);
  g_autoptr(GxcTable) table = gxc_table_new (4);

  gxc_print_line ("%" G_GINT64_FORMAT "  %s  %s  %s %s %s", issue->mid, when,
                  g_str_equal (issue->kind, "conflict") ? _("Conflict") : _("Refused"), issue->op,
                  issue->entity != NULL ? _(issue->entity->label) : "", GX_ID_STR (&issue->id));
  if (issue->code != NULL)
    gxc_print_line ("    %s: %s", issue->code, issue->detail != NULL ? issue->detail : "");
  gxc_table_add (table, _("    Field"), _("Before"), _("Mine"), _("Theirs"), NULL);
  for (guint i = 0; i < issue->fields->len; i++)
    {
      const GxcIssueField *field = g_ptr_array_index (issue->fields, i);

      gxc_table_take (table, g_strconcat ("    ", field->field, NULL));
      gxc_table_take (table, g_strdup (field->base));
      gxc_table_take (table, g_strdup (field->mine));
      gxc_table_take (table, g_strdup (field->theirs));
    }
  gxc_table_print (table, TRUE);
}

static gboolean
print_issues (GxcCli  *cli,
              GError **error)
{
  g_autoptr(GPtrArray) issues = gxc_issues_list (gxc_cli_db (cli), error);

  if (issues == NULL)
    return FALSE;
  for (guint i = 0; i < issues->len; i++)
    (cli->json ? print_issue_json : print_issue) (g_ptr_array_index (issues, i));

  return TRUE;
}

gboolean
gxc_cli_issues (GxcCli  *cli,
                GError **error)
{
  GxcStore *store = gxc_context_get_store (cli->context);
  gint64 mid;

  if (cli->n_args == 0 || (cli->n_args == 1 && g_str_equal (cli->args[0], "list")))
    return print_issues (cli, error);
  if (cli->n_args != 2 || !(g_str_equal (cli->args[0], "keep") || g_str_equal (cli->args[0], "drop")))
    return gx_fail (error, GX_ERROR_USAGE, "%s", _("issues [list | keep NUMBER | drop NUMBER]"));
  if (!parse_mid (cli->args[1], &mid, error))
    return FALSE;

  return (g_str_equal (cli->args[0], "keep") ? gxc_issues_keep_mine : gxc_issues_drop) (store, mid, error);
}
