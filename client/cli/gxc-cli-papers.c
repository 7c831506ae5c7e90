/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents by commands: attach and get. What a document is called, what it proves and until when are fields as any others. */
#include "gxc-cli.h"

#include "gx-attachment.h"
#include "gx-error.h"
#include "gx-text.h"
#include "gxc-attach.h"
#include "gxc-cli-print.h"
#include "gxc-list.h"
#include "gxc-transfer.h"

#include <glib/gi18n.h>

/* What was said of it, in a row that is only used for that. */
static gboolean
attach_as (GxcCli             *cli,
           const GxId         *customer_id,
           const GxAttachment *said,
           GError            **error)
{
  const GxcAttach attach = { .customer_id = *customer_id, .path = cli->args[1], .name = said->name,
                             .kind = said->kind > 0 ? gx_choice_code (gx_attachment_kinds, said->kind) : "OTHER",
                             .valid_to = said->valid_to, .visit_id = said->visit_id };
  g_autofree char *sha256 = NULL;
  GxId id;

  if (!gxc_attach (gxc_context_get_store (cli->context), &attach, &id, &sha256, error))
    return FALSE;
  if (cli->json)
    gxc_print_line ("{\"id\":\"%s\",\"sha256\":\"%s\"}", GX_ID_STR (&id), sha256);
  else
    {
      gxc_print_line ("%s", GX_ID_STR (&id));
      gxc_print_line ("%s", _("Saved; it waits to be sent."));
    }

  return TRUE;
}

gboolean
gxc_cli_attach (GxcCli  *cli,
                GError **error)
{
  GxAttachment *said = gx_entity_new (&gx_attachment_entity);
  GxId customer_id;
  gboolean ok = gxc_cli_id (cli->args[0], &customer_id, error)
                && gxc_cli_assign (&gx_attachment_entity, said, cli->args + 2, cli->n_args - 2, error)
                && attach_as (cli, &customer_id, said, error);

  gx_entity_free (&gx_attachment_entity, said);
  return ok;
}

gboolean
gxc_cli_get (GxcCli  *cli,
             GError **error)
{
  g_autoptr(GxRecord) record = NULL;
  g_autoptr(GBytes) bytes = NULL;
  GxId id;

  if (!gxc_cli_id (cli->args[0], &id, error))
    return FALSE;
  record = gxc_list_find (gxc_cli_db (cli), &gx_attachment_entity, &id, error);
  if (record == NULL)
    return FALSE;
  bytes = gxc_transfer_fetch (cli->context, ((const GxAttachment *) gx_record_get_data (record))->sha256, &id, NULL, NULL, NULL, error);

  return bytes != NULL
         && (g_file_set_contents_full (cli->args[1], g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                                       G_FILE_SET_CONTENTS_CONSISTENT, 0600, error)
             || gx_error_adopt (error));
}
