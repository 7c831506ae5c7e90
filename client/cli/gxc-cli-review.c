/* SPDX-License-Identifier: GPL-3.0-or-later */
/* review: what a maker and a checker do with a request. The list comes from the store (head office: from the server);
 * everything else is online, and a decision is signed with the device's key.
 */
#include "gxc-cli.h"

#include "gx-change-request.h"
#include "gx-entity-json.h"
#include "gx-role.h"
#include "gxc-list.h"
#include "gxc-review.h"

#include <glib/gi18n.h>
#include <string.h>

static void
print_node (JsonNode *node)
{
  g_autofree char *text = gx_json_canonical (node);

  g_print ("%s\n", text);
}

static gboolean
list_from_server (GxcCli  *cli,
                  GError **error)
{
  g_autoptr(JsonNode) node = NULL;

  if (!gxc_cli_go_online (cli, error))
    return FALSE;
  node = gxc_review_list (cli->context, "to_check", NULL, error);
  if (node == NULL)
    return FALSE;

  print_node (node);
  return TRUE;
}

static gboolean
list_requests (GxcCli  *cli,
               GError **error)
{
  GxcListQuery query = { .entity = &gx_change_request_entity };
  g_autoptr(GArray) ids = NULL;

  /* Head office keeps no requests offline. */
  if (gxc_context_get_roles (cli->context) == GX_ROLE_BIT (GX_ROLE_HQ))
    return list_from_server (cli, error);

  ids = gxc_list_ids (cli->db, &query, error);
  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      const GxId *id = &g_array_index (ids, GxId, i);
      g_autoptr(GxRecord) record = gxc_list_find (cli->db, query.entity, id, error);
      const GxChangeRequest *request;
      g_autofree char *json = cli->json ? gxc_list_to_json (cli->db, query.entity, id, error) : NULL;

      if (record == NULL || (cli->json && json == NULL))
        return FALSE;
      request = gx_record_get_data (record);
      if (cli->json)
        g_print ("%s\n", json);
      else
        g_print ("%s  %-10s %-20s %s\n", GX_ID_STR (id), request->state, request->kind, request->reason != NULL ? request->reason : "");
    }

  return TRUE;
}

static gboolean
revise (GxcCli      *cli,
        JsonObject  *shown,
        JsonNode   **out_answer,
        GError     **error)
{
  const char *table = json_object_has_member (shown, "tbl") ? json_object_get_string_member (shown, "tbl") : NULL;
  const GxEntity *entity = NULL;
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(JsonNode) after = NULL;
  GxJsonWriter writer;
  gpointer data;

  if (json_object_has_member (shown, "d"))
    table = json_object_get_string_member (json_object_get_object_member (shown, "d"), "tbl");
  if (cli->n_args < 3 && cli->reason == NULL)
    return gx_fail (error, GX_ERROR_USAGE, "review revise ID FIELD=VALUE… [--reason TEXT]");
  entity = gxc_cli_entity (table != NULL ? table : "", error);
  if (entity == NULL)
    return FALSE;

  data = gx_entity_new (entity);
  if (!gxc_cli_assign (entity, data, cli->args + 2, cli->n_args - 2, error))
    {
      gx_entity_free (entity, data);
      return FALSE;
    }

  gx_json_writer_init_canonical (&writer, text);
  gx_json_writer_begin_object (&writer);
  for (guint i = 0; i < gx_entity_n_fields (entity); i++)
    {
      const GxField *field = gx_entity_field (entity, gx_entity_sorted (entity, i));

      for (guint j = 2; j < cli->n_args; j++)
        if (g_str_has_prefix (cli->args[j], field->name) && cli->args[j][strlen (field->name)] == '=')
          {
            gx_json_writer_member (&writer, field->name);
            gx_field_write_json (field, data, &writer);
            break;
          }
    }
  gx_json_writer_end_object (&writer);
  gx_entity_free (entity, data);
  after = gx_json_parse (text->str, (gssize) text->len, error);
  if (after == NULL)
    return FALSE;

  *out_answer = gxc_review_revise (cli->context, shown, json_node_get_object (after), cli->reason, NULL, error);
  return *out_answer != NULL;
}

static gboolean
act (GxcCli      *cli,
     const char  *verb,
     JsonObject  *shown,
     JsonNode   **out_answer,
     GError     **error)
{
  if (strcmp (verb, "withdraw") == 0)
    *out_answer = gxc_review_withdraw (cli->context, shown, NULL, error);
  else if (strcmp (verb, "rebase") == 0)
    *out_answer = gxc_review_rebase (cli->context, shown, NULL, error);
  else if (strcmp (verb, "revise") == 0)
    return revise (cli, shown, out_answer, error);
  else
    *out_answer = gxc_review_decide (cli->context, shown, verb, cli->note, NULL, error);

  return *out_answer != NULL;
}

/* The password again, where it was given. */
static gboolean
step_up (GxcCli  *cli,
         GError **error)
{
  g_autofree char *password = NULL;

  if (cli->password_file == NULL)
    return TRUE;

  password = gxc_cli_read_password (cli, error);
  return password != NULL && gxc_review_step_up (cli->context, password, NULL, error);
}

static gboolean
is_verb (const char *word)
{
  static const char *const verbs[] = { "approve", "return", "reject", "withdraw", "rebase", "revise", NULL };

  return g_strv_contains (verbs, word);
}

/**
 * gxc_cli_review:
 */
gboolean
gxc_cli_review (GxcCli  *cli,
                GError **error)
{
  const char *verb = cli->args[0];
  g_autoptr(JsonNode) shown = NULL;
  g_autoptr(JsonNode) answer = NULL;
  GxId id;

  if (strcmp (verb, "list") == 0)
    return list_requests (cli, error);
  if ((strcmp (verb, "show") != 0 && !is_verb (verb)) || cli->n_args < 2)
    return gx_fail (error, GX_ERROR_USAGE, "review list | show|approve|return|reject|withdraw|rebase ID | revise ID FIELD=VALUE…");
  if (!gxc_cli_id (cli->args[1], &id, error)
      || !gxc_cli_go_online (cli, error)
      || (is_verb (verb) && !gxc_context_can_sign (cli->context, error))
      || (is_verb (verb) && !step_up (cli, error))
      || (shown = gxc_review_show (cli->context, &id, NULL, error)) == NULL)
    return FALSE;
  if (!is_verb (verb))
    {
      print_node (shown);
      return TRUE;
    }
  if (!act (cli, verb, json_node_get_object (shown), &answer, error))
    return FALSE;

  print_node (answer);
  return TRUE;
}
