/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The computers that one signed in on, and revoking one that is lost. An administrator finds others' with `list device`. */
#include "gxc-cli.h"

#include "gx-json.h"
#include "gx-protocol.h"
#include "gxc-cli-print.h"
#include "gxc-review.h"

#include <glib/gi18n.h>
#include <string.h>

static gboolean
print_devices (GxcCli  *cli,
               GError **error)
{
  g_autoptr(GxcApi) api = gxc_context_open_api (cli->context, error);
  g_autoptr(JsonNode) node = api != NULL ? gxc_api_get_json (api, GX_PATH_DEVICES, NULL, error) : NULL;
  g_autoptr(GxcTable) table = gxc_table_new (4);
  JsonObject *answer = node != NULL ? gx_json_root_object (node, error) : NULL;
  JsonArray *devices;

  if (answer == NULL || !gx_json_get_array (answer, "devices", &devices, error))
    return FALSE;
  gxc_table_add (table, _("Record"), _("Computer"), _("Since"), _("State"), NULL);
  for (guint i = 0; i < json_array_get_length (devices); i++)
    {
      JsonObject *device = json_array_get_object_element (devices, i);

      if (cli->json)
        {
          g_autoptr(GString) line = g_string_new (NULL);

          gx_json_write_node (line, json_array_get_element (devices, i));
          gxc_print_line ("%s", line->str);
          continue;
        }
      gxc_table_take (table, g_strdup (json_object_get_string_member_with_default (device, "id", "")));
      gxc_table_take (table, g_strdup (json_object_get_string_member_with_default (device, "name", "")));
      gxc_table_take (table, gxc_print_time (json_object_get_int_member_with_default (device, "enrolled_at", 0)));
      gxc_table_take (table, g_strdup (json_object_get_string_member_with_default (device, "status", "")));
    }
  if (!cli->json)
    gxc_table_print (table, TRUE);

  return TRUE;
}

static gboolean
send_revocation (GxcCli      *cli,
                 const GxId  *id,
                 GError     **error)
{
  g_autoptr(GxcApi) api = gxc_context_open_api (cli->context, error);

  return api != NULL && gxc_api_revoke_device (api, id, NULL, error);
}

/* It wants the password to be fresh. */
static gboolean
revoke_device (GxcCli  *cli,
               GError **error)
{
  g_autofree char *password = NULL;
  g_autoptr(GError) local = NULL;
  gboolean done;
  GxId id;

  if (!gxc_cli_id (cli->args[1], &id, error))
    return FALSE;
  if (!send_revocation (cli, &id, &local))
    {
      if (!g_error_matches (local, GX_ERROR, GX_ERROR_STEP_UP))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      password = gxc_cli_read_password (cli->password_file, error);
      done = password != NULL && gxc_review_step_up (cli->context, password, NULL, error) && send_revocation (cli, &id, error);
      if (password != NULL)
        explicit_bzero (password, strlen (password));
      if (!done)
        return FALSE;
    }
  gxc_print_line ("%s", _("It is revoked. At its next contact it hands in what waits on it and removes what it has."));

  return TRUE;
}

gboolean
gxc_cli_devices (GxcCli  *cli,
                 GError **error)
{
  if (cli->n_args == 0 || (cli->n_args == 1 && g_str_equal (cli->args[0], "list")))
    return gxc_cli_online (cli, print_devices, error);
  if (cli->n_args == 2 && g_str_equal (cli->args[0], "revoke"))
    return gxc_cli_online (cli, revoke_device, error);

  return gx_fail (error, GX_ERROR_USAGE, "devices [list | revoke ID]");
}
