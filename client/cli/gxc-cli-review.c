/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests: lists from the store (head office, who has none, asks the server), everything else at the server itself. */
#include "gxc-cli.h"

#include "gx-catalog.h"
#include "gx-change-request.h"
#include "gx-entity-json.h"
#include "gx-role.h"
#include "gxc-cli-print.h"
#include "gxc-list.h"
#include "gxc-review.h"

#include <glib/gi18n.h>
#include <string.h>

static void
print_node (JsonNode *node)
{
  g_autoptr(GString) out = g_string_new (NULL);

  gx_json_write_node (out, node);
  gxc_print_line ("%s", out->str);
}

static GxcTable *
new_list (void)
{
  GxcTable *table = gxc_table_new (6);

  gxc_table_add (table, _("Id"), _("Kind"), _("State"), _("Maker"), _("Submitted"), _("Reason"), NULL);
  return table;
}

static void
add_request (GxcCli                *cli,
             GxcTable              *table,
             const GxChangeRequest *request)
{
  static const char *const fields[] = { "kind", "state", "maker_id", "submitted_at", "reason" };

  gxc_table_take (table, gx_id_to_string (&request->meta.id));
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    gxc_table_take (table, gxc_print_field (gxc_cli_db (cli), &gx_change_request_entity, request,
                                            gx_entity_find (&gx_change_request_entity, fields[i])));
}

/* Which of the store's requests are in the box; who may decide is told by the server when it is opened. */
static gboolean
is_in_box (GxcCli                *cli,
           const GxChangeRequest *request)
{
  GxId me = gxc_context_get_employee (cli->context);
  gboolean mine = gx_id_equal (&request->maker_id, &me);

  if (cli->box == NULL)
    return TRUE;
  if (g_str_equal (cli->box, "mine"))
    return mine;
  if (g_str_equal (cli->box, "to_check"))
    return !mine && g_strcmp0 (request->state, "PENDING") == 0;

  return g_strcmp0 (request->state, "PENDING") != 0;
}

static gboolean
list_store (GxcCli  *cli,
            GError **error)
{
  GxcListQuery query = { .entity = &gx_change_request_entity };
  g_autoptr(GArray) ids = gxc_list_ids (gxc_cli_db (cli), &query, error);
  g_autoptr(GxcTable) table = new_list ();

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      const GxId *id = &g_array_index (ids, GxId, i);
      g_autoptr(GxRecord) record = gxc_list_find (gxc_cli_db (cli), &gx_change_request_entity, id, error);
      g_autofree char *json = NULL;

      if (record == NULL)
        return FALSE;
      if (!is_in_box (cli, gx_record_get_data (record)))
        continue;
      if (!cli->json)
        {
          add_request (cli, table, gx_record_get_data (record));
          continue;
        }
      json = gxc_list_to_json (gxc_cli_db (cli), &gx_change_request_entity, id, error);
      if (json == NULL)
        return FALSE;
      gxc_print_line ("%s", json);
    }
  if (!cli->json)
    gxc_table_print (table, TRUE);

  return TRUE;
}

static gboolean
list_server (GxcCli  *cli,
             GError **error)
{
  g_autoptr(JsonNode) node = gxc_review_list (cli->context, cli->box != NULL ? cli->box : "to_check", NULL, error);
  g_autoptr(GxcTable) table = new_list ();
  JsonArray *requests;

  if (node == NULL || !gx_json_get_array (json_node_get_object (node), "requests", &requests, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (requests); i++)
    {
      GxPut put;

      if (cli->json)
        {
          print_node (json_array_get_element (requests, i));
          continue;
        }
      if (!gx_put_read (json_array_get_object_element (requests, i), &put, error))
        return FALSE;
      add_request (cli, table, put.data);
      gx_put_clear (&put);
    }
  if (!cli->json)
    gxc_table_print (table, TRUE);

  return TRUE;
}

static gboolean
list_requests (GxcCli  *cli,
               GError **error)
{
  if (cli->box != NULL && !g_str_equal (cli->box, "mine") && !g_str_equal (cli->box, "to_check") && !g_str_equal (cli->box, "done"))
    return gx_fail (error, GX_ERROR_USAGE, "%s", _("--box is mine, to_check or done"));

  return gxc_context_get_roles (cli->context) & GX_ROLE_BIT (GX_ROLE_HQ) ? gxc_cli_online (cli, list_server, error)
                                                                         : list_store (cli, error);
}

static JsonNode *
fetch (GxcCli  *cli,
       GError **error)
{
  GxId id;

  return gxc_cli_id (cli->args[1], &id, error) ? gxc_review_show (cli->context, &id, NULL, error) : NULL;
}

static void
print_values (const char *title,
              JsonObject *d,
              const char *member)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (!json_object_has_member (d, member))
    return;
  gxc_print_line ("%s", title);
  json_object_iter_init (&iter, json_object_get_object_member (d, member));
  while (json_object_iter_next (&iter, &name, &node))
    {
      g_autofree char *text = gx_json_canonical (node);

      gxc_print_line ("  %s: %s", name, text);
    }
}

static gboolean
show_request (GxcCli  *cli,
              GError **error)
{
  g_autoptr(JsonNode) node = fetch (cli, error);
  g_autoptr(GxcTable) table = new_list ();
  JsonObject *d;
  GxPut put;

  if (node == NULL)
    return FALSE;
  if (cli->json)
    {
      print_node (node);
      return TRUE;
    }
  if (json_object_has_member (json_node_get_object (node), "may_decide"))
    json_object_remove_member (json_node_get_object (node), "may_decide");
  if (!gx_json_get_object (json_node_get_object (node), "d", &d, error) || !gx_put_read (json_node_get_object (node), &put, error))
    return FALSE;
  add_request (cli, table, put.data);
  gxc_table_print (table, TRUE);
  print_values (_("Before:"), d, "before");
  print_values (_("After:"), d, "after");
  gx_put_clear (&put);

  return TRUE;
}

static gboolean
print_answer (GxcCli   *cli,
              JsonNode *answer)
{
  if (answer == NULL)
    return FALSE;
  if (cli->json)
    print_node (answer);
  else
    gxc_print_line (_("The request is now: %s"),
                    json_object_get_string_member_with_default (json_node_get_object (answer), "state", "?"));

  return TRUE;
}

static const char *
verdict_of (GxcCli *cli)
{
  return cli->args[0];
}

/* A decision wants the password to be fresh; it is asked for when the server says so. */
static gboolean
decide (GxcCli  *cli,
        GError **error)
{
  g_autoptr(JsonNode) shown = NULL;
  g_autoptr(JsonNode) answer = NULL;
  g_autofree char *password = NULL;
  GError *local = NULL;

  if (!gxc_context_can_sign (cli->context, error) || (shown = fetch (cli, error)) == NULL)
    return FALSE;
  answer = gxc_review_decide (cli->context, json_node_get_object (shown), verdict_of (cli), cli->note, NULL, &local);
  if (g_error_matches (local, GX_ERROR, GX_ERROR_STEP_UP))
    {
      g_clear_error (&local);
      password = gxc_cli_read_password (cli->password_file, error);
      if (password == NULL || !gxc_review_step_up (cli->context, password, NULL, error))
        return FALSE;
      answer = gxc_review_decide (cli->context, json_node_get_object (shown), verdict_of (cli), cli->note, NULL, &local);
    }
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }

  return print_answer (cli, answer);
}

static gboolean
withdraw (GxcCli  *cli,
          GError **error)
{
  g_autoptr(JsonNode) shown = fetch (cli, error);
  g_autoptr(JsonNode) answer = shown != NULL ? gxc_review_withdraw (cli->context, json_node_get_object (shown), NULL, error) : NULL;

  return print_answer (cli, answer);
}

static gboolean
rebase (GxcCli  *cli,
        GError **error)
{
  g_autoptr(JsonNode) shown = fetch (cli, error);
  g_autoptr(JsonNode) answer = shown != NULL ? gxc_review_rebase (cli->context, json_node_get_object (shown), NULL, error) : NULL;

  return print_answer (cli, answer);
}

static JsonObject *
write_changes (const GxEntity  *entity,
               char           **assignments,
               guint            n,
               GError         **error)
{
  g_autoptr(JsonObject) after = json_object_new ();
  gpointer data = gx_entity_new (entity);
  gboolean ok = gxc_cli_assign (entity, data, assignments, n, error);

  for (guint i = 0; ok && i < n; i++)
    {
      g_autofree char *name = g_strndup (assignments[i], strcspn (assignments[i], "="));
      g_autoptr(GString) text = g_string_new (NULL);
      GxJsonWriter writer;

      gx_json_writer_init (&writer, text);
      gx_field_write_json (gx_entity_find (entity, name), data, &writer);
      json_object_set_member (after, name, json_from_string (text->str, NULL));
    }
  gx_entity_free (entity, data);

  return ok ? g_steal_pointer (&after) : NULL;
}

static gboolean
revise (GxcCli  *cli,
        GError **error)
{
  g_autoptr(JsonNode) shown = fetch (cli, error);
  g_autoptr(JsonNode) answer = NULL;
  g_autoptr(JsonObject) after = NULL;
  const GxEntity *entity;
  const char *tbl;
  JsonObject *d;

  if (shown == NULL
      || !gx_json_get_object (json_node_get_object (shown), "d", &d, error)
      || !gx_json_get_string (d, "tbl", &tbl, error)
      || (entity = gxc_cli_entity (tbl, error)) == NULL
      || (after = write_changes (entity, cli->args + 2, cli->n_args - 2, error)) == NULL)
    return FALSE;
  answer = gxc_review_revise (cli->context, json_node_get_object (shown), after, cli->reason, NULL, error);

  return print_answer (cli, answer);
}

static const struct
{
  const char *name;
  guint       min_args, max_args;       /* after the word */
  gboolean    online;
  GxcCliFunc  func;
} actions[] = {
  { "list",     0, 0,          FALSE, list_requests },
  { "show",     1, 1,          TRUE,  show_request },
  { "approve",  1, 1,          TRUE,  decide },
  { "return",   1, 1,          TRUE,  decide },
  { "reject",   1, 1,          TRUE,  decide },
  { "withdraw", 1, 1,          TRUE,  withdraw },
  { "rebase",   1, 1,          TRUE,  rebase },
  { "revise",   1, G_MAXUINT,  TRUE,  revise },
};

gboolean
gxc_cli_review (GxcCli  *cli,
                GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      if (!g_str_equal (actions[i].name, cli->args[0]))
        continue;
      if (cli->n_args - 1 < actions[i].min_args || cli->n_args - 1 > actions[i].max_args)
        break;
      return actions[i].online ? gxc_cli_online (cli, actions[i].func, error) : actions[i].func (cli, error);
    }

  return gx_fail (error, GX_ERROR_USAGE, "%s",
                  _("review list [--box mine|to_check|done] | show ID | approve ID --note T | return ID --note T | reject ID --note T |"
                    " withdraw ID | rebase ID | revise ID field=value …"));
}
